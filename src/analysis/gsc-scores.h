/* gsc-scores.h - a model's scores on the four sets, measured anew
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-record.h"
#include "gsc-subject.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

/* Scores the subject, with its ablation, on the sequences that its run is scored on
 * (gsc-evaluation.h): without an ablation what the run's record of that step says. The record is
 * of @step; its other fields are 0. The subject's config, tasks and inputs must be there. Any
 * thread; @team (nullable: this thread alone) shares out the work; @watch (nullable) is asked after
 * every few sequences. NULL and @error: G_IO_ERROR_CANCELLED, GSC_TASK_ERROR_RANGE for a p that the
 * model has not, GSC_MODEL_ERROR_VALUE where the weights have diverged. */
GscRecord *gsc_scores_new (
    const GscSubject *subject, gint64 step, GscTeam *team, const GscWatch *watch, GError **error);

G_END_DECLS
