/* gsc-evaluation.c - accuracy and loss on the four sets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-evaluation.h"

#include "gsc-rng.h"
#include "gsc-sequence.h"

/* Between two calls of a GscEvaluationStep. */
#define FOLLOWED_SEQUENCES 64

/* One set's sequences, those of each task together. */
typedef struct
{
  guint n;       /* sequences */
  guint n_tasks; /* tasks with at least one */
  guint *task;   /* [n_tasks] index in the split */
  guint *count;  /* [n_tasks] sequences of it */
  int32_t *rows; /* [n][3 shots] */
} Set;

struct _GscEvaluation
{
  int shots;
  Set sets[GSC_N_SETS];
  float *losses; /* [n][shots], of the set under way */
  int32_t *best; /* [n][shots] */
};

static void
set_draw (Set *set,
          GscSet which,
          const GscConfig *config,
          const GscTaskSplit *tasks,
          const GscInputSplit *inputs)
{
  gboolean ood = which == GSC_SET_OOD_TRAIN || which == GSC_SET_OOD_TEST;
  gboolean test = which == GSC_SET_ID_TEST || which == GSC_SET_OOD_TEST;
  guint first = ood ? tasks->n_id : 0;
  guint n_tasks = ood ? gsc_task_split_n_scored_ood (tasks) : tasks->n_id;
  guint at = 0;

  set->n = config->eval_sequences;
  set->task = g_new (guint, n_tasks);
  set->count = g_new (guint, n_tasks);
  set->rows = g_new (int32_t, (gsize) set->n * 3 * config->shots);
  for (guint i = 0; i < n_tasks; i++)
    {
      guint count = gsc_evaluation_sequences_of_task (n_tasks, set->n, i);

      if (count == 0)
        continue;
      set->task[set->n_tasks] = first + i;
      set->count[set->n_tasks] = count;
      set->n_tasks++;
      for (guint j = 0; j < count; j++, at++)
        {
          GscRng rng;

          gsc_rng_init (&rng, config->seed, GSC_RNG_EVAL, which, at);
          gsc_sequence_draw (&rng, config->p, &tasks->tasks[first + i],
                             test ? inputs->test : inputs->train,
                             test ? inputs->n_test : inputs->n_train, config->shots,
                             set->rows + (gsize) at * 3 * config->shots);
        }
    }
}

GscEvaluation *
gsc_evaluation_new (const GscConfig *config, const GscTaskSplit *tasks, const GscInputSplit *inputs)
{
  GscEvaluation *evaluation = g_new0 (GscEvaluation, 1);
  gsize answers = (gsize) config->eval_sequences * config->shots;

  evaluation->shots = config->shots;
  for (guint i = 0; i < GSC_N_SETS; i++)
    set_draw (&evaluation->sets[i], i, config, tasks, inputs);
  evaluation->losses = g_new (float, answers);
  evaluation->best = g_new (int32_t, answers);
  return evaluation;
}

void
gsc_evaluation_free (GscEvaluation *evaluation)
{
  if (evaluation == NULL)
    return;
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      g_free (evaluation->sets[i].task);
      g_free (evaluation->sets[i].count);
      g_free (evaluation->sets[i].rows);
    }
  g_free (evaluation->losses);
  g_free (evaluation->best);
  g_free (evaluation);
}

const int32_t *
gsc_evaluation_get_rows (const GscEvaluation *evaluation, GscSet set, guint *n)
{
  *n = evaluation->sets[set].n;
  return evaluation->sets[set].rows;
}

/* Sums the answers of the set just run into its score. */
static void
score_set (const GscEvaluation *evaluation, const Set *set, GscSetScore *score)
{
  int shots = evaluation->shots;
  gsize at = 0; /* sequence */
  gsize total_right = 0;

  score->sequences = set->n;
  for (guint i = 0; i < set->n_tasks; i++)
    {
      guint task_right = 0, task_last_right = 0;

      for (guint j = 0; j < set->count[i]; j++, at++)
        for (int k = 0; k < shots; k++)
          {
            gsize answer = at * shots + k;
            gboolean right = evaluation->best[answer] == set->rows[at * 3 * shots + 3 * k + 2];

            score->loss += evaluation->losses[answer];
            score->shot_accuracy[k] += right;
            task_right += right;
            if (k == shots - 1)
              task_last_right += right;
          }
      score->task[i] = set->task[i];
      score->task_sequences[i] = set->count[i];
      score->task_accuracy[i] = task_right / ((double) set->count[i] * shots);
      score->task_last_accuracy[i] = task_last_right / (double) set->count[i];
      total_right += task_right;
    }
  for (int k = 0; k < shots; k++)
    score->shot_accuracy[k] /= set->n;
  score->loss /= (double) set->n * shots;
  score->accuracy = total_right / ((double) set->n * shots);
  score->last_accuracy = score->shot_accuracy[shots - 1];
}

/* FALSE: stopped by @step. @before: sequences of earlier sets, of @total. */
static gboolean
run_set (GscEvaluation *evaluation,
         const Set *set,
         GscPass *pass,
         const float *weights,
         GscEvaluationStep step,
         gpointer data,
         guint before,
         guint total)
{
  gsize shots = (gsize) evaluation->shots;
  guint chunk = step != NULL ? FOLLOWED_SEQUENCES : MAX (set->n, 1);

  for (guint at = 0; at < set->n; at += chunk)
    {
      guint n = MIN (chunk, set->n - at);

      gsc_pass_losses (pass, weights, set->rows + at * 3 * shots, n, evaluation->losses + at * shots,
                       evaluation->best + at * shots);
      if (step != NULL && !step ((double) (before + at + n) / total, data))
        return FALSE;
    }
  return TRUE;
}

GscRecord *
gsc_evaluation_run_followed (GscEvaluation *evaluation,
                             GscPass *pass,
                             const float *weights,
                             GscEvaluationStep step,
                             gpointer data)
{
  guint n_tasks[GSC_N_SETS];
  guint before = 0, total = 0;
  GscRecord *record;

  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      n_tasks[i] = evaluation->sets[i].n_tasks;
      total += evaluation->sets[i].n;
    }
  record = gsc_record_new (evaluation->shots, n_tasks);
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      const Set *set = &evaluation->sets[i];

      if (!run_set (evaluation, set, pass, weights, step, data, before, total))
        {
          gsc_record_unref (record);
          return NULL;
        }
      score_set (evaluation, set, &record->sets[i]);
      before += set->n;
    }
  return record;
}

GscRecord *
gsc_evaluation_run (GscEvaluation *evaluation, GscPass *pass, const float *weights)
{
  return gsc_evaluation_run_followed (evaluation, pass, weights, NULL, NULL);
}
