/* data-fixture.c - figures' data without a training
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "data-fixture.h"

#include <math.h>

#define SHOTS 8

GscRecord *
data_fixture_make_record (
    const GscConfig *config, const GscTaskSplit *tasks, gint64 step, double value, double loss)
{
  guint n_ood = gsc_task_split_n_scored_ood (tasks);
  const guint n_tasks[GSC_N_SETS] = { tasks->n_id, tasks->n_id, n_ood, n_ood };
  GscRecord *record = gsc_record_new ((guint) config->shots, n_tasks);

  record->step = step;
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      GscSetScore *score = &record->sets[i];

      score->loss = loss;
      score->accuracy = score->last_accuracy = value;
      for (guint j = 0; j < score->n_shots; j++)
        score->shot_accuracy[j] = value;
      for (guint j = 0; j < score->n_tasks; j++)
        {
          score->task[j] = i >= GSC_SET_OOD_TRAIN ? tasks->n_id + j : j;
          score->task_sequences[j] = 1;
          score->task_accuracy[j] = score->task_last_accuracy[j] = value;
        }
    }
  return record;
}

GscRunData *
data_fixture_new (int p, guint n_records, FixtureKind kind)
{
  guint64 seed = 5;
  g_autoptr (GscTaskSplit) tasks
      = gsc_task_split_new (p, (guint) (p * p) / 2, GSC_TASK_RULE_RANDOM, seed, NULL);
  g_autoptr (GscInputSplit) inputs = gsc_input_split_new (p, 0.6, seed, NULL);
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_record_unref);
  GscConfig config;

  gsc_config_init_default (&config);
  config.seed = 1; /* in the labels */
  config.p = p;
  config.tasks = (int) tasks->n_id;
  config.task_rule = GSC_TASK_RULE_RANDOM;
  config.alpha = 0.6;
  config.shots = SHOTS;
  for (guint i = 0; i < n_records; i++)
    {
      double share = n_records > 1 ? (double) i / (n_records - 1) : 1;
      double value = kind == FIXTURE_NAN ? NAN : kind == FIXTURE_EQUAL ? 0.5 : share;
      double loss = kind == FIXTURE_RISING ? log (p) * (1 - share) : value;

      g_ptr_array_add (records,
                       data_fixture_make_record (&config, tasks, 100 * (gint64) i, value, loss));
    }
  return gsc_run_data_new ("fixture", &config, tasks, inputs, records);
}
