/* subject-fixture.c - a model with random weights and its experiment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "subject-fixture.h"

void
subject_fixture_init (SubjectFixture *fixture, int eval_sequences)
{
  GscConfig *config = &fixture->config;
  GscModelConfig model;

  gsc_config_init_default (config);
  config->p = 7;
  config->tasks = 24;
  config->task_rule = GSC_TASK_RULE_RANDOM;
  config->alpha = 0.7;
  config->width = 32;
  config->heads = 4;
  config->depth = 2;
  config->shots = 5;
  config->eval_sequences = eval_sequences;
  config->seed = 3;
  g_assert_true (gsc_config_validate (config, NULL));
  gsc_config_get_model (config, &model);
  fixture->model = gsc_model_new (&model, NULL);
  gsc_model_init_weights (fixture->model, 5);
  fixture->tasks
      = gsc_task_split_new (config->p, (guint) config->tasks, config->task_rule, 3, NULL);
  fixture->inputs = gsc_input_split_new (config->p, config->alpha, 3, NULL);
  fixture->subject = (GscSubject){
    .model = fixture->model,
    .p = config->p,
    .config = config,
    .tasks = fixture->tasks,
    .inputs = fixture->inputs,
  };
}

void
subject_fixture_clear (SubjectFixture *fixture)
{
  g_clear_pointer (&fixture->model, gsc_model_free);
  g_clear_pointer (&fixture->tasks, gsc_task_split_unref);
  g_clear_pointer (&fixture->inputs, gsc_input_split_unref);
}
