/* gsc-lens.c - what a model would answer after each layer ("logit lens")
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-lens.h"

#include <math.h>
#include <string.h>

#include "gsc-context.h"
#include "gsc-evaluation.h"
#include "gsc-ops.h"
#include "gsc-workspace.h"

/* Tokens of a micro-batch: enough for efficient products. */
#define MICRO_TOKENS 760

/* Micro-batches of a thread between two looks at the watch. */
#define PER_ROUND 8

/* One thread's own buffers, for a micro-batch. */
typedef struct
{
  GscWorkspace *ws;
  gint32 *tokens;  /* [micro][3 S - 1] */
  gint32 *targets; /* [micro][S] */
  float *stream;   /* [micro * S][d] where the next token is a z */
  float *norm;     /* likewise */
  float *logits;   /* [micro * S][V] */
  float *mean;     /* [micro * S] */
  float *rstd;
} Seat;

typedef struct
{
  const GscSubject *subject;
  GscLens *lens;
  const GscTokenTable *table;
  guint micro; /* sequences run together */
  Seat *seats; /* [threads] */

  /* of the set under way */
  const gint32 *rows; /* [n][3 S] */
  guint n;
  guint begin;   /* the round's first micro-batch */
  float *losses; /* [n_layers][n][S] */
  gint32 *best;  /* likewise */
} Job;

/* The stream after @layer blocks at the places of answers, [sequences * S][d]. */
static void
gather_stream (const Job *job, Seat *seat, guint layer, guint sequences)
{
  const GscParamLayout *layout = gsc_model_get_layout (job->subject->model);
  const float *weights = gsc_model_peek_weights (job->subject->model);
  guint shots = job->lens->shots, time = 3 * shots - 1;
  gsize d = (gsize) layout->config.width;
  const float *stream = NULL;
  int n_rows;

  if (layer > 0)
    stream = gsc_workspace_get_stream (seat->ws, (int) layer, &n_rows);
  for (guint s = 0; s < sequences; s++)
    for (guint k = 0; k < shots; k++)
      {
        gsize at = (gsize) s * time + 3 * k + 1;
        const float *from = layer > 0 ? stream + at * d
                                      : weights + layout->embedding + (gsize) seat->tokens[at] * d;

        memcpy (seat->stream + (s * (gsize) shots + k) * d, from, d * sizeof (float));
      }
}

/* What the stream after @layer blocks, not the last, would answer. */
static void
read_layer (const Job *job, Seat *seat, guint layer, guint sequences, float *losses, gint32 *best)
{
  const GscParamLayout *layout = gsc_model_get_layout (job->subject->model);
  const float *weights = gsc_model_peek_weights (job->subject->model);
  const GscOps *ops = gsc_ops_get ();
  int d = layout->config.width, vocab = layout->config.vocab;
  int n = (int) (sequences * job->lens->shots);

  gather_stream (job, seat, layer, sequences);
  ops->layernorm_forward (seat->norm, seat->mean, seat->rstd, seat->stream,
                          weights + layout->ln_f_weight, weights + layout->ln_f_bias, n, d);
  gsc_linear_forward (seat->logits, seat->norm, weights + layout->head, n, d, vocab);
  ops->cross_entropy (losses, best, NULL, seat->logits, seat->targets, 0.0f, n, vocab);
}

static void
run_micro (guint item, guint thread, gpointer data)
{
  Job *job = data;
  Seat *seat = &job->seats[thread];
  const float *weights = gsc_model_peek_weights (job->subject->model);
  guint shots = job->lens->shots, time = 3 * shots - 1;
  guint first = (job->begin + item) * job->micro;
  guint n = MIN (job->micro, job->n - first);

  for (guint i = 0; i < n; i++)
    {
      const gint32 *row = job->rows + (gsize) (first + i) * 3 * shots;

      memcpy (seat->tokens + i * time, row, time * sizeof *row);
      for (guint k = 0; k < shots; k++)
        seat->targets[i * shots + k] = row[3 * k + 2];
    }
  gsc_workspace_forward (seat->ws, weights, job->table, seat->tokens, (int) n);
  for (guint layer = 0; layer < job->lens->n_layers; layer++)
    {
      gsize at = ((gsize) layer * job->n + first) * shots;

      if (layer + 1 < job->lens->n_layers)
        read_layer (job, seat, layer, n, job->losses + at, job->best + at);
      else
        gsc_workspace_loss (seat->ws, seat->targets, 0.0f, job->losses + at, job->best + at);
    }
}

static void
seat_init (Seat *seat, GscParamLayout *layout, guint micro, guint shots)
{
  guint time = 3 * shots - 1, answers = micro * shots;
  gsize d = (gsize) layout->config.width;

  seat->ws = gsc_workspace_new (layout, (int) micro, (int) time, GSC_OUTPUTS_ANSWERS, FALSE);
  seat->tokens = g_new (gint32, micro * time);
  seat->targets = g_new (gint32, answers);
  seat->stream = g_aligned_alloc0 (answers * d, sizeof (float), 64);
  seat->norm = g_aligned_alloc0 (answers * d, sizeof (float), 64);
  seat->logits
      = g_aligned_alloc0 ((gsize) answers * (gsize) layout->config.vocab, sizeof (float), 64);
  seat->mean = g_new (float, answers);
  seat->rstd = g_new (float, answers);
}

static void
seat_clear (Seat *seat)
{
  gsc_workspace_free (seat->ws);
  g_free (seat->tokens);
  g_free (seat->targets);
  g_aligned_free (seat->stream);
  g_aligned_free (seat->norm);
  g_aligned_free (seat->logits);
  g_free (seat->mean);
  g_free (seat->rstd);
}

/* The scores of the set that was run. FALSE if what the model computes is not a number. */
static gboolean
score_set (const Job *job, GscSet set)
{
  GscLens *lens = job->lens;
  guint shots = lens->shots;

  lens->sequences[set] = job->n;
  for (guint layer = 0; layer < lens->n_layers; layer++)
    {
      GscLensScore *mean = &lens->means[layer * GSC_N_SETS + set];
      gsize all_right = 0;

      for (guint k = 0; k < shots; k++)
        {
          GscLensScore *score = &lens->scores[(layer * GSC_N_SETS + set) * shots + k];
          guint n_right = 0;

          for (guint i = 0; i < job->n; i++)
            {
              gsize at = ((gsize) layer * job->n + i) * shots + k;

              if (!isfinite (job->losses[at]))
                return FALSE;
              n_right += job->best[at] == job->rows[((gsize) i * shots + k) * 3 + 2];
              score->probability += exp (-(double) job->losses[at]);
            }
          score->probability /= job->n;
          score->accuracy = n_right / (double) job->n;
          mean->probability += score->probability / shots;
          all_right += n_right;
        }
      mean->accuracy = all_right / ((double) job->n * shots);
    }
  return TRUE;
}

static gboolean
run_set (Job *job, GscSet set, GscTeam *team, const GscWatch *watch, GError **error)
{
  guint n_micro = (job->n + job->micro - 1) / job->micro;
  guint round = PER_ROUND * gsc_team_get_threads (team);

  for (job->begin = 0; job->begin < n_micro; job->begin += round)
    {
      if (!gsc_watch_step (watch, (set + (double) job->begin / n_micro) / GSC_N_SETS, error))
        return FALSE;
      gsc_team_run (team, MIN (round, n_micro - job->begin), run_micro, job);
    }
  if (score_set (job, set))
    return TRUE;
  gsc_context_set_diverged (error);
  return FALSE;
}

static gboolean
run (Job *job, GscTeam *team, const GscWatch *watch, GError **error)
{
  const GscSubject *subject = job->subject;
  GscParamLayout *layout = gsc_model_get_layout (subject->model);
  guint threads = gsc_team_get_threads (team), shots = job->lens->shots;
  g_autoptr (GscEvaluation) evaluation
      = gsc_evaluation_new (subject->config, subject->tasks, subject->inputs);
  gboolean done = TRUE;

  job->micro = MAX (MICRO_TOKENS / (3 * shots), 1);
  job->seats = g_new0 (Seat, threads);
  for (guint i = 0; i < threads; i++)
    {
      seat_init (&job->seats[i], layout, job->micro, shots);
      gsc_workspace_set_ablation (job->seats[i].ws, subject->ablation);
    }
  for (guint set = 0; set < GSC_N_SETS && done; set++)
    {
      gsize answers;

      job->rows = gsc_evaluation_get_rows (evaluation, set, &job->n);
      answers = (gsize) job->lens->n_layers * job->n * shots;
      job->losses = g_new (float, answers);
      job->best = g_new (gint32, answers);
      done = run_set (job, set, team, watch, error);
      g_free (job->losses);
      g_free (job->best);
    }
  for (guint i = 0; i < threads; i++)
    seat_clear (&job->seats[i]);
  g_free (job->seats);
  return done && gsc_watch_step (watch, 1.0, error);
}

static GscLens *
make_lens (const GscSubject *subject)
{
  GscLens *lens = g_new0 (GscLens, 1);
  gsize lines;

  g_atomic_ref_count_init (&lens->ref_count);
  lens->n_layers = (guint) gsc_model_get_config (subject->model)->depth + 1;
  lens->shots = (guint) subject->config->shots;
  lines = (gsize) lens->n_layers * GSC_N_SETS;
  lens->scores = g_new0 (GscLensScore, lines * lens->shots);
  lens->means = g_new0 (GscLensScore, lines);
  return lens;
}

GscLens *
gsc_lens_new (const GscSubject *subject, GscTeam *team, const GscWatch *watch, GError **error)
{
  g_autoptr (GscTeam) alone = NULL;
  g_autoptr (GscTokenTable) table = NULL;
  g_autoptr (GscLens) lens = NULL;
  Job job = { .subject = subject };

  if (!gsc_context_check_prime (subject->model, subject->p, error))
    return NULL;
  gsc_linear_init ();
  if (team == NULL)
    team = alone = gsc_team_new (1);
  table = gsc_token_table_new (gsc_model_get_layout (subject->model));
  gsc_token_table_update (table, gsc_model_peek_weights (subject->model));
  job.table = table;
  job.lens = lens = make_lens (subject);
  return run (&job, team, watch, error) ? g_steal_pointer (&lens) : NULL;
}

GscLens *
gsc_lens_ref (GscLens *lens)
{
  g_atomic_ref_count_inc (&lens->ref_count);
  return lens;
}

void
gsc_lens_unref (GscLens *lens)
{
  if (lens == NULL || !g_atomic_ref_count_dec (&lens->ref_count))
    return;
  g_free (lens->scores);
  g_free (lens->means);
  g_free (lens);
}
