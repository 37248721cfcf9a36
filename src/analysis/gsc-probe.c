/* gsc-probe.c - what a model does with one sequence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-probe.h"

#include <math.h>
#include <string.h>

#include "gsc-context.h"
#include "gsc-ops.h"
#include "gsc-sequence.h"
#include "gsc-workspace.h"

/* The probability of each of @p numbers among all of the vocabulary, and the most likely number. */
static void
read_logits (GscProbeAnswer *answer, const float *logits, int vocab, int p)
{
  double highest = -INFINITY, sum = 0.0;

  for (int v = 0; v < vocab; v++)
    highest = MAX (highest, logits[v]);
  for (int v = 0; v < vocab; v++)
    sum += exp (logits[v] - highest);
  answer->chances = g_new (double, p);
  for (int z = 0; z < p; z++)
    {
      answer->chances[z] = exp (logits[z] - highest) / sum;
      if (logits[z] > logits[answer->answer])
        answer->answer = z;
    }
  answer->probability = answer->chances[answer->answer];
}

static void
read_answer (GscProbe *probe, guint shot, const float *logits)
{
  GscProbeAnswer *answer = &probe->answers[shot];
  const gint32 *query = probe->tokens + 3 * shot;
  guint explaining[GSC_MAX_TIME / 3];
  GscPosterior posterior;

  answer->shot = shot;
  answer->position = 3 * shot + 1;
  answer->truth = answer->position + 1 < probe->n_tokens ? query[2] : -1;
  read_logits (answer, logits, probe->model.vocab, probe->p);
  answer->ratio = gsc_ratio_match (probe->p, probe->tokens, shot, query[0], query[1], explaining);
  answer->explaining = g_memdup2 (explaining, answer->ratio.n_explaining * sizeof *explaining);
  gsc_posterior_all_tasks (&posterior, probe->p, probe->tokens, shot, query[0], query[1]);
  answer->bayes = posterior.best;
  answer->bayes_probability = posterior.best >= 0 ? posterior.probability[posterior.best] : 0.0;
}

static void
copy_attention (GscProbe *probe, const GscWorkspace *ws)
{
  gsize n = probe->n_read;
  float *to = probe->attention = g_new (float, n *n * probe->model.depth * probe->model.heads);

  for (int layer = 0; layer < probe->model.depth; layer++)
    for (int head = 0; head < probe->model.heads; head++)
      {
        int n_queries, stride;
        const float *map = gsc_workspace_get_attention (ws, layer, 0, head, &n_queries, &stride);

        for (gsize query = 0; query < n; query++, to += n)
          memcpy (to, map + query * stride, n * sizeof (float));
      }
}

static gboolean
are_finite (const float *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return FALSE;
  return TRUE;
}

/* A probe that nothing has been read into yet. */
static GscProbe *
make_probe (const GscModel *model, int p, const gint32 *tokens, guint n_tokens)
{
  GscProbe *probe = g_new0 (GscProbe, 1);

  g_atomic_ref_count_init (&probe->ref_count);
  probe->model = *gsc_model_get_config (model);
  probe->p = p;
  probe->n_tokens = n_tokens;
  probe->tokens = g_memdup2 (tokens, n_tokens * sizeof *tokens);
  probe->n_read = n_tokens % 3 == 0 ? n_tokens - 1 : n_tokens;
  probe->n_answers = (probe->n_read + 1) / 3;
  probe->answers = g_new0 (GscProbeAnswer, probe->n_answers);
  return probe;
}

GscProbe *
gsc_probe_new (const GscSubject *subject, const gint32 *tokens, guint n_tokens, GError **error)
{
  const GscModel *model = subject->model;
  GscParamLayout *layout = gsc_model_get_layout (model);
  const float *weights = gsc_model_peek_weights (model);
  g_autoptr (GscProbe) probe = NULL;
  g_autoptr (GscTokenTable) table = NULL;
  g_autoptr (GscWorkspace) ws = NULL;
  const float *logits;
  gsize vocab, n_weights;

  if (!gsc_context_check_prime (model, subject->p, error)
      || !gsc_sequence_check_length (n_tokens, error)
      || !gsc_context_check_tokens (tokens, n_tokens, subject->p, error))
    return NULL;

  gsc_linear_init ();
  probe = make_probe (model, subject->p, tokens, n_tokens);
  vocab = probe->model.vocab;
  n_weights = (gsize) probe->model.depth * probe->model.heads * probe->n_read * probe->n_read;
  table = gsc_token_table_new (layout);
  gsc_token_table_update (table, weights);
  ws = gsc_workspace_new (layout, 1, (int) probe->n_read, GSC_OUTPUTS_ALL, FALSE);
  gsc_workspace_set_ablation (ws, subject->ablation);
  gsc_workspace_forward (ws, weights, table, tokens, 1);
  logits = gsc_workspace_get_logits (ws);
  copy_attention (probe, ws);
  if (!are_finite (logits, probe->n_read * vocab) || !are_finite (probe->attention, n_weights))
    {
      gsc_context_set_diverged (error);
      return NULL;
    }
  for (guint shot = 0; shot < probe->n_answers; shot++)
    read_answer (probe, shot, logits + (3 * shot + 1) * vocab);
  return g_steal_pointer (&probe);
}

GscProbe *
gsc_probe_ref (GscProbe *probe)
{
  g_atomic_ref_count_inc (&probe->ref_count);
  return probe;
}

void
gsc_probe_unref (GscProbe *probe)
{
  if (probe == NULL || !g_atomic_ref_count_dec (&probe->ref_count))
    return;
  for (guint i = 0; i < probe->n_answers; i++)
    {
      g_free (probe->answers[i].chances);
      g_free (probe->answers[i].explaining);
    }
  g_free (probe->answers);
  g_free (probe->tokens);
  g_free (probe->attention);
  g_free (probe);
}
