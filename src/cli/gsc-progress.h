/* gsc-progress.h - what `train` shows while it trains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * On a terminal one line, rewritten about ten times a second and cut to the terminal's width;
 * elsewhere a line for each record.
 */

#pragma once

#include "gsc-config.h"
#include "gsc-trainer.h"

G_BEGIN_DECLS

typedef struct _GscProgress GscProgress;

/* @first_step: updates done before. Prints what the columns mean. */
GscProgress *gsc_progress_new (const GscConfig *config, gint64 first_step);
void gsc_progress_free (GscProgress *progress);

/* After each update. */
void gsc_progress_step (GscProgress *progress, const GscStepInfo *info);

/* At each record. */
void gsc_progress_record (GscProgress *progress, const GscRecord *record);

/* Leaves the line as it is; what is printed next begins a new one. */
void gsc_progress_finish (GscProgress *progress);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscProgress, gsc_progress_free)

G_END_DECLS
