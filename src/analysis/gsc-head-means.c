/* gsc-head-means.c - what heads give on average
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-head-means.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "gsc-context.h"
#include "gsc-evaluation.h"
#include "gsc-ops.h"
#include "gsc-workspace.h"

/* Sequences that are run at once. */
#define MICRO 8

/* Outputs are summed in so many lanes, each by one thread at a time, and the lanes in order
 * afterwards: the same bits for any number of threads. */
#define LANES 16

typedef struct
{
  const GscModelConfig *model;
  const float *weights;
  const GscTokenTable *table;
  const gint32 *rows; /* [n][time + 1] */
  guint n;
  int time;
  guint round;           /* lane l takes micro-batch round * LANES + l */
  GscWorkspace **spaces; /* by thread */
  gint32 **tokens;       /* by thread: [MICRO][time] */
  double *sums[LANES];   /* [depth][time][width]; NULL: the lane has had no work */
} Work;

static gsize
count_means (const Work *work)
{
  return (gsize) work->model->depth * work->time * work->model->width;
}

/* Adds what the heads gave for one sequence of the micro-batch to a lane's sums. */
static void
add_sequence (const Work *work, const GscWorkspace *ws, int sequence, double *sums)
{
  int width = work->model->width;
  int size = width / work->model->heads;

  for (int layer = 0; layer < work->model->depth; layer++)
    for (int head = 0; head < work->model->heads; head++)
      {
        int n_queries, stride;
        const float *output
            = gsc_workspace_get_head_output (ws, layer, sequence, head, &n_queries, &stride);

        for (int t = 0; t < work->time; t++)
          {
            double *sum = sums + ((gsize) layer * work->time + t) * width + head * size;

            for (int i = 0; i < size; i++)
              sum[i] += output[(gsize) t * stride + i];
          }
      }
}

static void
run_lane (guint lane, guint thread, gpointer data)
{
  Work *work = data;
  guint first = (work->round * LANES + lane) * MICRO;
  GscWorkspace *ws = work->spaces[thread];
  gint32 *tokens = work->tokens[thread];
  guint n;

  if (first >= work->n)
    return;
  n = MIN (MICRO, work->n - first);
  if (work->sums[lane] == NULL)
    work->sums[lane] = g_new0 (double, count_means (work));
  for (guint i = 0; i < n; i++)
    memcpy (tokens + (gsize) i * work->time,
            work->rows + (gsize) (first + i) * (work->time + 1), /* but the last z */
            work->time * sizeof *tokens);
  gsc_workspace_forward (ws, work->weights, work->table, tokens, (int) n);
  for (guint i = 0; i < n; i++)
    add_sequence (work, ws, (int) i, work->sums[lane]);
}

/* The lanes' sums as means, in single precision; NULL where one is not finite. */
static float *
take_means (const Work *work)
{
  gsize n = count_means (work);
  g_autofree float *means = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0.0;

      for (guint lane = 0; lane < LANES && work->sums[lane] != NULL; lane++)
        sum += work->sums[lane][i];
      means[i] = (float) (sum / work->n);
      if (!isfinite (means[i]))
        return NULL;
    }
  return g_steal_pointer (&means);
}

static gboolean
run_rounds (Work *work, GscTeam *team, const GscWatch *watch, GError **error)
{
  guint n_rounds = (work->n + LANES * MICRO - 1) / (LANES * MICRO);

  for (work->round = 0; work->round < n_rounds; work->round++)
    {
      if (!gsc_watch_step (watch, (double) work->round / n_rounds, error))
        return FALSE;
      gsc_team_run (team, LANES, run_lane, work);
    }
  return gsc_watch_step (watch, 1.0, error);
}

GscAblation *
gsc_head_means_measure (const GscSubject *subject,
                        GscTeam *team,
                        const GscWatch *watch,
                        GError **error)
{
  GscParamLayout *layout = gsc_model_get_layout (subject->model);
  Work work = { .model = gsc_model_get_config (subject->model),
                .weights = gsc_model_peek_weights (subject->model) };
  g_autoptr (GscEvaluation) evaluation = NULL;
  g_autoptr (GscTokenTable) table = NULL;
  g_autoptr (GscTeam) own = NULL;
  g_autofree float *means = NULL;
  guint threads;
  gboolean done;

  if (!gsc_context_check_prime (subject->model, subject->p, error))
    return NULL;
  gsc_linear_init ();
  if (team == NULL)
    team = own = gsc_team_new (1);
  threads = gsc_team_get_threads (team);
  evaluation = gsc_evaluation_new (subject->config, subject->tasks, subject->inputs);
  work.rows = gsc_evaluation_get_rows (evaluation, GSC_SET_ID_TRAIN, &work.n);
  work.time = 3 * subject->config->shots - 1;
  work.table = table = gsc_token_table_new (layout);
  gsc_token_table_update (table, work.weights);
  work.spaces = g_new (GscWorkspace *, threads);
  work.tokens = g_new (gint32 *, threads);
  for (guint i = 0; i < threads; i++)
    {
      work.spaces[i] = gsc_workspace_new (layout, MICRO, work.time, GSC_OUTPUTS_ALL, FALSE);
      work.tokens[i] = g_new (gint32, (gsize) MICRO * work.time);
    }

  done = run_rounds (&work, team, watch, error);
  if (done && (means = take_means (&work)) == NULL)
    g_set_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE,
                 _ ("The model has diverged: what its heads give is not a number, so they have no "
                    "mean."));
  for (guint i = 0; i < threads; i++)
    {
      gsc_workspace_free (work.spaces[i]);
      g_free (work.tokens[i]);
    }
  g_free (work.spaces);
  g_free (work.tokens);
  for (guint i = 0; i < LANES; i++)
    g_free (work.sums[i]);
  return means != NULL ? gsc_ablation_new (work.model, means, work.time) : NULL;
}
