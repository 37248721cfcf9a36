/* gsc-task-scores.h - what a frame's scores say of each task
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

/* Of one task on one kind of inputs; 0 sequences: nothing. */
typedef struct
{
  double accuracy; /* NaN: not measured */
  guint sequences;
} GscTaskScore;

/* Where a task stands in grids of tasks: row b, column a. */
guint gsc_task_scores_get_cell (const GscRunData *data, const GscTask *task);

/* Fills in scores[p * p] by cell. */
void gsc_task_scores_fill (const GscFrame *frame,
                           GscInputs inputs,
                           GscMeasure measure,
                           GscTaskScore *scores);

G_END_DECLS
