/* gsc-head-means.h - what heads give on average
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-subject.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

/* Measures the mean output of every head at every position (before Wo) over the sequences that the
 * i.d./train set of a run is scored on, for mean ablation: a new GscAblation in which no head is
 * ablated but the means are known. The subject's config, tasks and inputs must be there; its
 * ablation is left aside: the means are those of the whole model. Positions are those of a sequence
 * of config.shots examples without the last z.
 *
 * Any thread; @team (nullable: this thread alone) shares out the work, whose result is the same
 * bits for any number of threads. About the time of one set's evaluation. @watch (nullable) is
 * asked after every few sequences. NULL and @error: G_IO_ERROR_CANCELLED, GSC_TASK_ERROR_RANGE for
 * a p that the model has not, GSC_MODEL_ERROR_VALUE where the weights have diverged. */
GscAblation *gsc_head_means_measure (const GscSubject *subject,
                                     GscTeam *team,
                                     const GscWatch *watch,
                                     GError **error);

G_END_DECLS
