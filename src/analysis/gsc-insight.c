/* gsc-insight.c - any analysis of a model, asked for by a plain value
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-insight.h"

#include <string.h>

static const char *const names[GSC_N_INSIGHTS] = {
  [GSC_INSIGHT_HEAD_MAPS] = "head-maps",
  [GSC_INSIGHT_KSHOT] = "k-shot",
  [GSC_INSIGHT_SIMILARITY] = "similarity",
  [GSC_INSIGHT_NOISE] = "noise",
  [GSC_INSIGHT_LENS] = "lens",
  [GSC_INSIGHT_SPECTRUM] = "spectrum",
  [GSC_INSIGHT_ABLATION] = "ablation",
  [GSC_INSIGHT_SCORES] = "scores",
};

const char *
gsc_insight_kind_get_name (GscInsightKind kind)
{
  return names[kind];
}

static gboolean
has_same_tokens (const GscInsightRequest *a, const GscInsightRequest *b)
{
  return a->n_tokens == b->n_tokens
         && (a->n_tokens == 0
             || memcmp (a->tokens, b->tokens, a->n_tokens * sizeof *a->tokens) == 0);
}

gboolean
gsc_insight_request_equal (const GscInsightRequest *a, const GscInsightRequest *b)
{
  gboolean same_task = a->a == b->a && a->b == b->b && has_same_tokens (a, b);

  if (a->kind != b->kind)
    return FALSE;
  switch (a->kind)
    {
    case GSC_INSIGHT_HEAD_MAPS:
    case GSC_INSIGHT_NOISE:
      return a->set == b->set;
    case GSC_INSIGHT_KSHOT:
      return same_task;
    case GSC_INSIGHT_SIMILARITY:
      return same_task && a->shot == b->shot && a->slot == b->slot;
    case GSC_INSIGHT_ABLATION:
      return a->mode == b->mode;
    case GSC_INSIGHT_LENS:
    case GSC_INSIGHT_SPECTRUM:
    case GSC_INSIGHT_SCORES:
    case GSC_N_INSIGHTS:
    default:
      return TRUE;
    }
}

GscInsight *
gsc_insight_new (const GscInsightRequest *request,
                 const GscSubject *subject,
                 GscTeam *team,
                 const GscWatch *watch,
                 GError **error)
{
  GscInsight *insight = g_new0 (GscInsight, 1);
  gboolean done = FALSE;

  g_atomic_ref_count_init (&insight->ref_count);
  insight->kind = request->kind;
  switch (request->kind)
    {
    case GSC_INSIGHT_HEAD_MAPS:
      insight->head_maps = gsc_head_maps_new (subject, request->set, team, watch, error);
      done = insight->head_maps != NULL;
      break;
    case GSC_INSIGHT_KSHOT:
      insight->kshot = gsc_kshot_new (subject, request->a, request->b, request->tokens,
                                      request->n_tokens, team, watch, error);
      done = insight->kshot != NULL;
      break;
    case GSC_INSIGHT_SIMILARITY:
      insight->similarity
          = gsc_similarity_new (subject, request->a, request->b, request->tokens, request->n_tokens,
                                request->shot, request->slot, team, watch, error);
      done = insight->similarity != NULL;
      break;
    case GSC_INSIGHT_NOISE:
      insight->noise = gsc_noise_new (subject, request->set, team, watch, error);
      done = insight->noise != NULL;
      break;
    case GSC_INSIGHT_LENS:
      insight->lens = gsc_lens_new (subject, team, watch, error);
      done = insight->lens != NULL;
      break;
    case GSC_INSIGHT_SPECTRUM:
      insight->spectrum = gsc_spectrum_new (subject, error);
      done = insight->spectrum != NULL;
      break;
    case GSC_INSIGHT_ABLATION:
      insight->ablation = gsc_ablation_table_new (subject, request->mode, team, watch, error);
      done = insight->ablation != NULL;
      break;
    case GSC_INSIGHT_SCORES:
      insight->scores = gsc_scores_new (subject, request->step, team, watch, error);
      done = insight->scores != NULL;
      break;
    case GSC_N_INSIGHTS:
    default:
      g_return_val_if_reached (NULL);
    }
  if (!done)
    g_clear_pointer (&insight, g_free);
  return insight;
}

GscInsight *
gsc_insight_ref (GscInsight *insight)
{
  g_atomic_ref_count_inc (&insight->ref_count);
  return insight;
}

void
gsc_insight_unref (GscInsight *insight)
{
  if (insight == NULL || !g_atomic_ref_count_dec (&insight->ref_count))
    return;
  switch (insight->kind)
    {
    case GSC_INSIGHT_HEAD_MAPS:
      gsc_head_maps_unref (insight->head_maps);
      break;
    case GSC_INSIGHT_KSHOT:
      gsc_kshot_unref (insight->kshot);
      break;
    case GSC_INSIGHT_SIMILARITY:
      gsc_similarity_unref (insight->similarity);
      break;
    case GSC_INSIGHT_NOISE:
      gsc_noise_unref (insight->noise);
      break;
    case GSC_INSIGHT_LENS:
      gsc_lens_unref (insight->lens);
      break;
    case GSC_INSIGHT_SPECTRUM:
      gsc_spectrum_unref (insight->spectrum);
      break;
    case GSC_INSIGHT_ABLATION:
      gsc_ablation_table_unref (insight->ablation);
      break;
    case GSC_INSIGHT_SCORES:
      gsc_record_unref (insight->scores);
      break;
    case GSC_N_INSIGHTS:
    default:
      break;
    }
  g_free (insight);
}

/* Only those that can be large are counted in detail. */
gsize
gsc_insight_get_size (const GscInsight *insight)
{
  enum
  {
    OTHERS = 64 * 1024,
  };

  switch (insight->kind)
    {
    case GSC_INSIGHT_SIMILARITY:
      return (gsize) insight->similarity->n_maps * insight->similarity->n * insight->similarity->n
                 * sizeof (float)
             + OTHERS;
    case GSC_INSIGHT_HEAD_MAPS:
      return (gsize) insight->head_maps->model.depth * (gsize) insight->head_maps->model.heads
                 * insight->head_maps->n * insight->head_maps->n * sizeof (float)
             + OTHERS;
    case GSC_INSIGHT_KSHOT:
      return (gsize) (insight->kshot->n_examples + 1) * (gsize) insight->kshot->p
                 * (gsize) insight->kshot->p * (sizeof (float) + 3)
             + OTHERS;
    case GSC_INSIGHT_NOISE:
    case GSC_INSIGHT_LENS:
    case GSC_INSIGHT_SPECTRUM:
    case GSC_INSIGHT_ABLATION:
    case GSC_INSIGHT_SCORES:
    case GSC_N_INSIGHTS:
    default:
      return OTHERS;
    }
}
