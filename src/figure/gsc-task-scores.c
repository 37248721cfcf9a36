/* gsc-task-scores.c - what a frame's scores say of each task
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-task-scores.h"

#include <math.h>

guint
gsc_task_scores_get_cell (const GscRunData *data, const GscTask *task)
{
  return (guint) (task->b * data->config.p + task->a);
}

static double
get_accuracy (const GscSetScore *score, GscMeasure measure, guint index)
{
  return measure == GSC_MEASURE_LAST_ACCURACY ? score->task_last_accuracy[index]
                                              : score->task_accuracy[index];
}

void
gsc_task_scores_fill (const GscFrame *frame,
                      GscInputs inputs,
                      GscMeasure measure,
                      GscTaskScore *scores)
{
  const GscRunData *data = frame->run;
  const GscRecord *record = gsc_frame_get_scores (frame);
  guint p = (guint) data->config.p;

  for (guint i = 0; i < p * p; i++)
    scores[i] = (GscTaskScore){ NAN, 0 };
  for (int ood = 0; ood < 2 && record != NULL; ood++)
    {
      const GscSetScore *score = &record->sets[gsc_run_data_get_set (ood, inputs)];

      for (guint i = 0; i < score->n_tasks; i++)
        scores[gsc_task_scores_get_cell (data, &data->tasks->tasks[score->task[i]])]
            = (GscTaskScore){ get_accuracy (score, measure, i), score->task_sequences[i] };
    }
}
