/* gsc-record.c - what is measured at one step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-record.h"

const char *
gsc_set_get_name (GscSet set)
{
  static const char *const names[GSC_N_SETS] = { "id_train", "id_test", "ood_train", "ood_test" };

  g_return_val_if_fail ((guint) set < GSC_N_SETS, NULL);
  return names[set];
}

guint
gsc_evaluation_sequences_of_task (guint n_tasks, guint eval_sequences, guint i)
{
  return eval_sequences / n_tasks + (i < eval_sequences % n_tasks);
}

GscRecord *
gsc_record_new (guint n_shots, const guint n_tasks[GSC_N_SETS])
{
  GscRecord *record = g_new0 (GscRecord, 1);

  g_atomic_ref_count_init (&record->ref_count);
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      GscSetScore *score = &record->sets[i];

      score->n_shots = n_shots;
      score->shot_accuracy = g_new0 (double, n_shots);
      score->n_tasks = n_tasks[i];
      score->task = g_new0 (guint, n_tasks[i]);
      score->task_sequences = g_new0 (guint, n_tasks[i]);
      score->task_accuracy = g_new0 (double, n_tasks[i]);
      score->task_last_accuracy = g_new0 (double, n_tasks[i]);
    }
  return record;
}

GscRecord *
gsc_record_copy (const GscRecord *record)
{
  GscRecord *copy = g_memdup2 (record, sizeof *record);

  g_atomic_ref_count_init (&copy->ref_count);
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      GscSetScore *score = &copy->sets[i];
      gsize n = score->n_tasks;

      score->shot_accuracy = g_memdup2 (score->shot_accuracy, score->n_shots * sizeof (double));
      score->task = g_memdup2 (score->task, n * sizeof (guint));
      score->task_sequences = g_memdup2 (score->task_sequences, n * sizeof (guint));
      score->task_accuracy = g_memdup2 (score->task_accuracy, n * sizeof (double));
      score->task_last_accuracy = g_memdup2 (score->task_last_accuracy, n * sizeof (double));
    }
  return copy;
}

GscRecord *
gsc_record_ref (GscRecord *record)
{
  g_atomic_ref_count_inc (&record->ref_count);
  return record;
}

void
gsc_record_unref (GscRecord *record)
{
  if (record == NULL || !g_atomic_ref_count_dec (&record->ref_count))
    return;
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      GscSetScore *score = &record->sets[i];

      g_free (score->shot_accuracy);
      g_free (score->task);
      g_free (score->task_sequences);
      g_free (score->task_accuracy);
      g_free (score->task_last_accuracy);
    }
  g_free (record);
}
