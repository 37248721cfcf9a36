/* gsc-similarity.c - cosine similarity of what a model computes for all inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-similarity.h"

#include <cblas.h>
#include <math.h>

#include <glib/gi18n.h>

#include "gsc-context.h"
#include "gsc-continuation.h"
#include "gsc-ops.h"
#include "gsc-zp.h"

/* Inputs that are run together. */
#define BATCH 64

/* Pieces of work of a thread between two looks at the watch. */
#define PER_ROUND 2

/* What is left of float's precision after a forward pass: features that differ less, relative to
 * their size, are equal. */
#define FORWARD_PRECISION 1e-6

/* Matrices of more than this are not made: p = 61 at y for 4 blocks of 4 heads. */
#define MAX_BYTES ((gsize) 1200 << 20)

typedef struct
{
  const GscSubject *subject;
  const gint32 *tokens;
  GscSimilarity *similarity;
  int n_tail;
  float *vectors;                  /* [n_maps][n][width] standardised, of unit norm */
  GscContinuation **continuations; /* [threads], made when a thread needs its own */
  guint begin;                     /* the round's first item */
  gint diverged;                   /* atomic */
} Job;

/* Vectors */

/* The endings of inputs begin, begin + 1, ... */
static void
write_tails (const Job *job, gint32 *tails, guint begin, guint n)
{
  const GscSimilarity *similarity = job->similarity;
  int p = similarity->p;

  for (guint i = 0; i < n; i++)
    {
      int x = (int) (begin + i), y = 0;

      if (similarity->slot != GSC_SLOT_X)
        {
          y = x % p;
          x = x / p;
        }
      *tails++ = x;
      if (job->n_tail > 1)
        *tails++ = y;
      if (job->n_tail > 2)
        *tails++ = (similarity->a * x + similarity->b * y) % p;
    }
}

/* Puts vector [d] at its place: minus the mean of its features, of unit norm. What remains of its
 * standard deviation cancels out. */
static void
standardise (float *vector, const float *from, gsize d, gint *diverged)
{
  double mean = 0.0, size = 0.0, norm = 0.0;

  for (gsize i = 0; i < d; i++)
    {
      mean += from[i];
      size += (double) from[i] * from[i];
    }
  mean /= (double) d;
  for (gsize i = 0; i < d; i++)
    norm += (from[i] - mean) * (from[i] - mean);
  if (!isfinite (norm))
    g_atomic_int_set (diverged, TRUE);
  norm = norm > FORWARD_PRECISION * FORWARD_PRECISION * size ? 1.0 / sqrt (norm) : 0.0;
  for (gsize i = 0; i < d; i++)
    vector[i] = (float) ((from[i] - mean) * norm);
}

/* Runs a batch of inputs and keeps what heads and blocks give. */
static void
run_batch (guint item, guint thread, gpointer data)
{
  Job *job = data;
  GscSimilarity *similarity = job->similarity;
  const GscModel *model = job->subject->model;
  const GscParamLayout *layout = gsc_model_get_layout (model);
  const float *weights = gsc_model_peek_weights (model);
  GscContinuation **continuation = &job->continuations[thread];
  guint begin = (job->begin + item) * BATCH, n = MIN (BATCH, similarity->n - begin);
  int d = similarity->model.width, heads = similarity->model.heads, size = d / heads;
  gsize row = (gsize) job->n_tail * d; /* from an input's last token to the next one's */
  g_autofree float *output = g_new (float, (gsize) BATCH *d);
  gint32 tails[3 * BATCH];

  if (*continuation == NULL)
    *continuation = gsc_continuation_new (model, job->subject->ablation, job->tokens,
                                          3 * (int) similarity->shot, job->n_tail, BATCH,
                                          GSC_CONTINUATION_BLOCK, similarity->model.depth - 1);
  write_tails (job, tails, begin, n);
  gsc_continuation_forward (*continuation, tails, (int) n);
  for (int layer = 0; layer < similarity->model.depth; layer++)
    for (int head = 0; head <= heads; head++)
      {
        guint map = gsc_similarity_get_map (similarity, (guint) layer, (guint) head);
        float *to = job->vectors + ((gsize) map * similarity->n + begin) * (gsize) d;
        const float *from = output;
        gsize stride = (gsize) d;

        if (head < heads)
          cblas_sgemm (
              CblasRowMajor, CblasNoTrans, CblasTrans, (int) n, d, size, 1.0f,
              gsc_continuation_get_heads (*continuation, layer) + (row - (gsize) d) + head * size,
              (int) row, weights + layout->blocks[layer].out + head * size, d, 0.0f, output, d);
        else
          {
            from = gsc_continuation_get_stream (*continuation, layer) + (row - (gsize) d);
            stride = row;
          }
        for (guint i = 0; i < n; i++)
          standardise (to + (gsize) i * d, from + i * stride, (gsize) d, &job->diverged);
      }
}

/* Products */

/* All products of one map's vectors, and its score. */
static void
multiply (guint item, guint thread, gpointer data)
{
  Job *job = data;
  GscSimilarity *similarity = job->similarity;
  guint index = job->begin + item, n = similarity->n;
  int d = similarity->model.width;
  const float *vectors = job->vectors + (gsize) index * n * (gsize) d;
  float *map = similarity->values + (gsize) index * n * n;

  gsc_linear_gram (map, vectors, TRUE, (int) n, d);
  for (gsize i = 0; i < (gsize) n * n; i++)
    map[i] = CLAMP (map[i], -1.0f, 1.0f);
  for (gsize i = 0; i < n; i++)
    {
      float *own = &map[i * n + i];

      *own = *own > 0.5f ? 1.0f : 0.0f; /* it is nothing between */
    }
  gsc_similarity_score_measure (&similarity->scores[index], map, similarity->p, similarity->a,
                                similarity->b, similarity->slot);
}

/* All together */

static gboolean
check (const GscSubject *subject,
       int a,
       int b,
       const gint32 *tokens,
       guint n_tokens,
       guint shot,
       GscSlot slot,
       GError **error)
{
  const GscModelConfig *model = gsc_model_get_config (subject->model);
  int p = subject->p;
  gsize n = (gsize) (slot == GSC_SLOT_X ? p : p * p);
  gsize size = n * n * (gsize) (model->depth * (model->heads + 1)) * sizeof (float);

  if (!gsc_context_check_prime (subject->model, p, error)
      || !gsc_context_check_tokens (tokens, n_tokens, p, error))
    return FALSE;
  if (a < 0 || a >= p || b < 0 || b >= p || slot >= GSC_N_SLOTS)
    g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
                 _ ("There is no task (%d, %d) modulo %d, or no such slot."), a, b, p);
  else if (shot > n_tokens / 3)
    g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                 ngettext ("The context has %u complete example x y z; %u are needed.",
                           "The context has %u complete examples x y z; %u are needed.",
                           n_tokens / 3),
                 n_tokens / 3, shot);
  else if (3 * shot + 3 > GSC_MAX_TIME)
    g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                 _ ("There is no room for one more example after %u."), shot);
  else if (size > MAX_BYTES)
    g_set_error (
        error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
        _ ("With p = %d the similarities of all pairs (x, y) would take %.1f GB; only those "
           "at the slot x can be shown."),
        p, size / 1e9);
  else
    return TRUE;
  return FALSE;
}

/* Runs @func for all items in rounds; the watch sees them as the share from @from to @to. */
static gboolean
run_rounds (Job *job,
            GscTeam *team,
            guint n_items,
            GscTeamFunc func,
            const GscWatch *watch,
            double from,
            double to,
            GError **error)
{
  guint round = PER_ROUND * gsc_team_get_threads (team);

  for (job->begin = 0; job->begin < n_items; job->begin += round)
    {
      if (!gsc_watch_step (watch, from + (to - from) * job->begin / n_items, error))
        return FALSE;
      gsc_team_run (team, MIN (round, n_items - job->begin), func, job);
      if (g_atomic_int_get (&job->diverged))
        {
          gsc_context_set_diverged (error);
          return FALSE;
        }
    }
  return gsc_watch_step (watch, to, error);
}

static GscSimilarity *
make_similarity (const GscSubject *subject, int a, int b, guint shot, GscSlot slot)
{
  GscSimilarity *similarity = g_new0 (GscSimilarity, 1);

  g_atomic_ref_count_init (&similarity->ref_count);
  similarity->model = *gsc_model_get_config (subject->model);
  similarity->p = subject->p;
  similarity->a = a;
  similarity->b = b;
  similarity->slot = slot;
  similarity->shot = shot;
  similarity->n = (guint) (slot == GSC_SLOT_X ? subject->p : subject->p * subject->p);
  similarity->n_maps = (guint) (similarity->model.depth * (similarity->model.heads + 1));
  similarity->values = g_new (float, (gsize) similarity->n_maps * similarity->n * similarity->n);
  similarity->scores = g_new0 (GscSimilarityScore, similarity->n_maps);
  return similarity;
}

GscSimilarity *
gsc_similarity_new (const GscSubject *subject,
                    int a,
                    int b,
                    const gint32 *tokens,
                    guint n_tokens,
                    guint shot,
                    GscSlot slot,
                    GscTeam *team,
                    const GscWatch *watch,
                    GError **error)
{
  g_autoptr (GscTeam) alone = NULL;
  g_autoptr (GscSimilarity) similarity = NULL;
  gboolean done;
  Job job;

  if (!check (subject, a, b, tokens, n_tokens, shot, slot, error))
    return NULL;

  gsc_linear_init ();
  if (team == NULL)
    team = alone = gsc_team_new (1);
  similarity = make_similarity (subject, a, b, shot, slot);
  job = (Job){
    .subject = subject,
    .tokens = tokens,
    .similarity = similarity,
    .n_tail = (int) slot + 1,
    .vectors
    = g_new (float, (gsize) similarity->n_maps * similarity->n * (gsize) similarity->model.width),
    .continuations = g_new0 (GscContinuation *, gsc_team_get_threads (team)),
  };
  done = run_rounds (&job, team, (similarity->n + BATCH - 1) / BATCH, run_batch, watch, 0.0, 0.6,
                     error)
         && run_rounds (&job, team, similarity->n_maps, multiply, watch, 0.6, 1.0, error);
  for (guint i = 0; i < gsc_team_get_threads (team); i++)
    gsc_continuation_free (job.continuations[i]);
  g_free (job.continuations);
  g_free (job.vectors);
  return done ? g_steal_pointer (&similarity) : NULL;
}

GscSimilarity *
gsc_similarity_ref (GscSimilarity *similarity)
{
  g_atomic_ref_count_inc (&similarity->ref_count);
  return similarity;
}

void
gsc_similarity_unref (GscSimilarity *similarity)
{
  if (similarity == NULL || !g_atomic_ref_count_dec (&similarity->ref_count))
    return;
  g_free (similarity->values);
  g_free (similarity->scores);
  g_free (similarity);
}
