/* test-evaluation.c - the four sets are what they claim, and are scored right
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-evaluation.h"

#include <math.h>
#include <string.h>

#include "gsc-ops.h"
#include "gsc-workspace.h"

static GscConfig
small_config (int p, int tasks, int eval_sequences)
{
  GscConfig config;

  gsc_config_init_default (&config);
  config.p = p;
  config.tasks = tasks;
  config.task_rule = GSC_TASK_RULE_RANDOM;
  config.width = 16;
  config.heads = 2;
  config.shots = 5;
  config.eval_sequences = eval_sequences;
  config.seed = 11;
  return config;
}

/* Every sequence of every set: answers right for a task of the right role, all inputs of the right
 * kind. */
static void
test_sets (void)
{
  static const struct
  {
    int p, tasks, sequences;
  } cases[] = { { 5, 12, 40 }, { 7, 1, 9 }, { 11, 96, 64 }, { 5, 24, 100 }, { 19, 8, 300 } };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      GscConfig config = small_config (cases[c].p, cases[c].tasks, cases[c].sequences);
      g_autoptr (GscTaskSplit) tasks
          = gsc_task_split_new (config.p, config.tasks, config.task_rule, config.seed, NULL);
      g_autoptr (GscInputSplit) inputs
          = gsc_input_split_new (config.p, config.alpha, config.seed, NULL);
      g_autoptr (GscEvaluation) evaluation = gsc_evaluation_new (&config, tasks, inputs);
      g_autoptr (GscEvaluation) again = gsc_evaluation_new (&config, tasks, inputs);

      for (guint set = 0; set < GSC_N_SETS; set++)
        {
          gboolean ood = set >= GSC_SET_OOD_TRAIN;
          gboolean train = set == GSC_SET_ID_TRAIN || set == GSC_SET_OOD_TRAIN;
          guint first = ood ? tasks->n_id : 0;
          guint scored = ood ? gsc_task_split_n_scored_ood (tasks) : tasks->n_id;
          guint n, n_again, row = 0;
          const int32_t *rows = gsc_evaluation_get_rows (evaluation, set, &n);
          const int32_t *rows_again = gsc_evaluation_get_rows (again, set, &n_again);

          g_assert_cmpuint (n, ==, config.eval_sequences);
          g_assert_cmpmem (rows, n * 15 * sizeof *rows, rows_again, n_again * 15 * sizeof *rows);
          for (guint t = 0; t < scored; t++)
            for (guint j = 0; j < gsc_evaluation_sequences_of_task (scored, n, t); j++, row++)
              for (int i = 0; i < config.shots; i++)
                {
                  const int32_t *example = rows + row * 15 + 3 * i;

                  g_assert_true (gsc_input_split_is_train (inputs, example[0], example[1])
                                 == train);
                  g_assert_cmpint (
                      gsc_task_answer (&tasks->tasks[first + t], config.p, example[0], example[1]),
                      ==, example[2]);
                }
          g_assert_cmpuint (row, ==, n);
        }
    }
}

/* Scores against one forward pass a sequence and sums made here. */
static void
test_scores (void)
{
  GscConfig config = small_config (7, 20, 50);
  g_autoptr (GscTaskSplit) tasks
      = gsc_task_split_new (config.p, config.tasks, config.task_rule, config.seed, NULL);
  g_autoptr (GscInputSplit) inputs
      = gsc_input_split_new (config.p, config.alpha, config.seed, NULL);
  g_autoptr (GscEvaluation) evaluation = gsc_evaluation_new (&config, tasks, inputs);
  g_autoptr (GscTeam) team = gsc_team_new (3);
  g_autoptr (GscModel) model = NULL;
  g_autoptr (GscPass) pass = NULL;
  g_autoptr (GscWorkspace) ws = NULL;
  g_autoptr (GscTokenTable) table = NULL;
  g_autoptr (GscRecord) record = NULL;
  GscModelConfig shape;
  const float *weights;

  gsc_config_get_model (&config, &shape);
  model = gsc_model_new (&shape, NULL);
  gsc_model_init_weights (model, 3);
  weights = gsc_model_peek_weights (model);
  pass = gsc_pass_new (team, gsc_model_get_layout (model), config.shots, 0);
  gsc_pass_update (pass, weights);
  record = gsc_evaluation_run (evaluation, pass, weights);

  table = gsc_token_table_new (gsc_model_get_layout (model));
  gsc_token_table_update (table, weights);
  ws = gsc_workspace_new (gsc_model_get_layout (model), 1, 14, GSC_OUTPUTS_ALL, FALSE);
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      const GscSetScore *score = &record->sets[set];
      guint n;
      const int32_t *rows = gsc_evaluation_get_rows (evaluation, set, &n);
      double loss = 0.0;
      guint right[5] = { 0 }, all = 0;

      for (guint s = 0; s < n; s++)
        {
          const float *logits;

          gsc_workspace_forward (ws, weights, table, rows + s * 15, 1);
          logits = gsc_workspace_get_logits (ws);
          for (int i = 0; i < 5; i++)
            {
              const float *z = logits + (3 * i + 1) * 7;
              int answer = rows[s * 15 + 3 * i + 2], best = 0;
              double sum = 0.0;

              for (int v = 0; v < 7; v++)
                {
                  sum += exp (z[v]);
                  if (z[v] > z[best])
                    best = v;
                }
              loss += log (sum) - z[answer];
              right[i] += best == answer;
              all += best == answer;
            }
        }
      g_assert_cmpfloat_with_epsilon (score->loss, loss / (n * 5), 1e-5);
      g_assert_cmpfloat_with_epsilon (score->accuracy, all / (n * 5.0), 1e-12);
      for (int i = 0; i < 5; i++)
        g_assert_cmpfloat_with_epsilon (score->shot_accuracy[i], right[i] / (double) n, 1e-12);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gsc_linear_init ();
  g_test_add_func ("/evaluation/sets", test_sets);
  g_test_add_func ("/evaluation/scores", test_scores);
  return g_test_run ();
}
