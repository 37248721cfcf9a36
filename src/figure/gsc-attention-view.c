/* gsc-attention-view.c - the attention that a frame has to show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-attention-view.h"

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"
#include "gsc-head-similarity.h"

static gboolean
find_source (GscAttentionView *view, const GscFrame *frame, gboolean batch_mean)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_HEAD_MAPS];

  if (batch_mean && insight != NULL)
    {
      view->maps = insight->head_maps;
      view->model = &view->maps->model;
      view->attention = view->maps->attention;
      view->n_read = view->maps->n;
    }
  else if (!batch_mean && frame->probe != NULL)
    {
      view->probe = frame->probe;
      view->model = &view->probe->model;
      view->attention = view->probe->attention;
      view->n_read = view->probe->n_read;
    }
  return view->n_read > 0;
}

gboolean
gsc_attention_view_init (GscAttentionView *view,
                         const GscFrame *frame,
                         const GscFigureOptions *options)
{
  *view = (GscAttentionView){ .ablation = frame->ablation, .beside = frame->beside };
  if (!find_source (view, frame, options->batch_mean))
    return FALSE;
  view->n = view->n_read;
  if (options->max_tokens > 0)
    view->n = MIN (view->n, options->max_tokens);
  view->layer = MIN (frame->cursor.layer, (guint) view->model->depth - 1);
  view->head = MIN (frame->cursor.head, (guint) view->model->heads - 1);
  return TRUE;
}

const char *
gsc_attention_view_get_missing (const GscFigureOptions *options)
{
  return options->batch_mean ? _ ("No mean attention to show yet")
                             : gsc_figure_pages_get_no_model ();
}

guint
gsc_attention_view_count_heads (const GscAttentionView *view)
{
  return (guint) (view->model->depth * view->model->heads);
}

const float *
gsc_attention_view_get_map (const GscAttentionView *view, guint layer, guint head)
{
  gsize index = layer * (gsize) view->model->heads + head;

  return view->attention + index * view->n_read * view->n_read;
}

void
gsc_attention_view_get_roles (const GscAttentionView *view,
                              guint layer,
                              guint head,
                              GscHeadRoles *roles)
{
  if (view->maps != NULL)
    *roles = *gsc_head_maps_get_roles (view->maps, layer, head);
  else
    gsc_head_roles_measure (roles, view->probe->p, view->probe->tokens, view->n,
                            gsc_attention_view_get_map (view, layer, head), view->n_read);
}

double
gsc_attention_view_get_top (const GscAttentionView *view, guint layer, guint head)
{
  const float *map = gsc_attention_view_get_map (view, layer, head);
  double top = 0;

  for (gsize query = view->n / 2; query < view->n; query++)
    for (gsize key = 0; key <= query; key++)
      if (map[query * view->n_read + key] > top) /* never for NaN */
        top = map[query * view->n_read + key];
  return top > 0 ? top : 1;
}

double
gsc_attention_view_get_common_top (const GscAttentionView *view,
                                   const GscFigureOptions *options,
                                   guint layer,
                                   guint head)
{
  double top = gsc_attention_view_get_top (view, layer, head);
  GscAttentionView beside;

  if (view->beside == NULL || !gsc_attention_view_init (&beside, view->beside, options)
      || layer >= (guint) beside.model->depth || head >= (guint) beside.model->heads)
    return top;
  return MAX (top, gsc_attention_view_get_top (&beside, layer, head));
}

float *
gsc_attention_view_dup_similarity (const GscAttentionView *view)
{
  guint n = gsc_attention_view_count_heads (view);
  float *similarity;
  g_autofree double *products = NULL;

  if (view->maps != NULL)
    return g_memdup2 (view->maps->similarity, (gsize) n * n * sizeof (float));
  similarity = g_new (float, (gsize) n *n);
  products = g_new0 (double, (gsize) n *n);
  gsc_head_similarity_add (products, view->attention, n, view->n_read);
  gsc_head_similarity_finish (products, n, similarity);
  return similarity;
}

char *
gsc_attention_view_describe_source (const GscAttentionView *view)
{
  /* Translators: the last is a set of sequences: "i.d./test". */
  return g_strdup_printf (ngettext ("mean over %u sequence of %s", "mean over %u sequences of %s",
                                    view->maps->n_sequences),
                          view->maps->n_sequences,
                          gsc_figure_pages_get_set_title (view->maps->set));
}

char *
gsc_attention_view_describe_token (const GscAttentionView *view, guint token)
{
  char slot = "xyz"[token % 3];

  if (view->maps != NULL)
    /* Translators: x, y or z, and where it stands in the sequence. */
    return g_strdup_printf (_ ("%c of example %u (token %u)"), slot, token / 3 + 1, token + 1);
  /* Translators: x, y or z, where it stands in the sequence, and its number. */
  return g_strdup_printf (_ ("%c of example %u (token %u = %d)"), slot, token / 3 + 1, token + 1,
                          view->probe->tokens[token]);
}

char *
gsc_attention_view_describe_head (guint layer, guint head, const GscHeadRoles *roles)
{
  if (roles->best == GSC_HEAD_ROLE_NONE)
    return gsc_figure_pages_describe_head (layer, head);
  /* Translators: the last two are what the head looks at, and with what share of its weight. */
  return g_strdup_printf (_ ("layer %u, head %u: %s %s"), layer + 1, head + 1,
                          gsc_head_role_get_title (roles->best),
                          GSC_SHARE (roles->share[roles->best]));
}

static int
compare_roles (gconstpointer a, gconstpointer b, gpointer data)
{
  double first = gsc_head_roles_get_excess (data, *(const GscHeadRole *) a);
  double second = gsc_head_roles_get_excess (data, *(const GscHeadRole *) b);

  /* NaN after all others */
  if (isnan (first) || isnan (second))
    return isnan (first) - isnan (second);
  return (first < second) - (first > second);
}

char *
gsc_attention_view_describe_scores (const GscHeadRoles *roles, const char *separator)
{
  GscHeadRole order[GSC_N_HEAD_ROLES];
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < GSC_N_HEAD_ROLES; i++)
    order[i] = i;
  /* a stable order among equals, so that the same numbers give the same sentence */
  g_qsort_with_data (order, GSC_N_HEAD_ROLES, sizeof *order, compare_roles, (gpointer) roles);
  for (guint i = 0; i < GSC_N_HEAD_ROLES; i++)
    {
      g_string_append (text, i > 0 ? separator : "");
      /* Translators: what a head looks at, with what share of its weight, and that of a head that
       * looks at everything alike. */
      g_string_append_printf (text, _ ("%s %s (chance %s)"), gsc_head_role_get_title (order[i]),
                              GSC_SHARE (roles->share[order[i]]),
                              GSC_SHARE (roles->chance[order[i]]));
    }
  return g_string_free (text, FALSE);
}

const char *
gsc_attention_view_describe_ablation (const GscAttentionView *view, guint layer, guint head)
{
  if (view->ablation == NULL)
    return NULL;
  switch (gsc_ablation_get (view->ablation, layer, head))
    {
    case GSC_ABLATION_ZERO:
      /* Translators: a head is switched off: what it gives is replaced by zero. */
      return _ ("ablated (zero)");
    case GSC_ABLATION_MEAN:
      /* Translators: a head is switched off: what it gives is replaced by its mean. */
      return _ ("ablated (mean)");
    case GSC_ABLATION_NONE:
    default:
      return NULL;
    }
}
