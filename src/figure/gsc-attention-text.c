/* gsc-attention-text.c - every head's attention as a sentence and as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-attention-text.h"

#include <math.h>

#include "gsc-attention-view.h"

/* Heads whose roles a sentence names. */
#define MAX_NAMED 6

/* "layer 1, head 2: previous token 0.93; ..." of the heads that have a role. */
static char *
describe_roles (const GscAttentionView *view)
{
  guint n = gsc_attention_view_count_heads (view), heads = (guint) view->model->heads;
  GString *text = g_string_new (NULL);
  guint found = 0;

  for (guint i = 0; i < n; i++)
    {
      GscHeadRoles roles;
      g_autofree char *role = NULL;

      gsc_attention_view_get_roles (view, i / heads, i % heads, &roles);
      if (roles.best == GSC_HEAD_ROLE_NONE || found++ >= MAX_NAMED)
        continue;
      role = gsc_attention_view_describe_role (&roles);
      g_string_append_printf (text, "%slayer %u, head %u%s", found > 1 ? "; " : "", i / heads + 1,
                              i % heads + 1, role);
    }
  if (found > MAX_NAMED)
    g_string_append_printf (text, "; %u more", found - MAX_NAMED);
  if (found == 0)
    g_string_append (text, "none of them stands out");
  return g_string_free (text, FALSE);
}

static char *
describe_ablated (const GscAttentionView *view)
{
  guint n = gsc_attention_view_count_heads (view), heads = (guint) view->model->heads;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      const char *ablation = gsc_attention_view_describe_ablation (view, i / heads, i % heads);

      if (ablation != NULL)
        g_string_append_printf (text, " Layer %u, head %u is %s.", i / heads + 1, i % heads + 1,
                                ablation);
    }
  return g_string_free (text, FALSE);
}

char *
gsc_attention_text_summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  GscAttentionView view;
  GscHeadRoles roles;
  GString *text;
  guint layer, head;
  g_autofree char *source = NULL;
  g_autofree char *scores = NULL;
  g_autofree char *ablated = NULL;

  if (!gsc_attention_view_init (&view, frame, options))
    return g_strdup_printf ("%s.", gsc_attention_view_get_missing (options));
  layer = view.layer;
  head = view.head;
  gsc_attention_view_get_roles (&view, layer, head, &roles);
  source = view.maps != NULL ? gsc_attention_view_describe_source (&view) : g_strdup ("");
  scores = gsc_attention_view_describe_scores (&roles, ", ");
  ablated = describe_ablated (&view);
  text = g_string_new (NULL);
  if (options->single_head)
    g_string_append_printf (text, "Attention of layer %u, head %u on %u tokens%s. ", layer + 1,
                            head + 1, view.n, source);
  else
    {
      g_autofree char *all = describe_roles (&view);
      guint depth = (guint) view.model->depth, heads = (guint) view.model->heads;

      g_string_append_printf (text,
                              "Attention of %u %s with %u %s each on %u tokens%s. Roles: %s. ",
                              depth, depth == 1 ? "layer" : "layers", heads,
                              heads == 1 ? "head" : "heads", view.n, source, all);
    }
  g_string_append_printf (text, "Mean weights of layer %u, head %u: %s.%s", layer + 1, head + 1,
                          scores, ablated);
  return g_string_free (text, FALSE);
}

static void
add_number (GscFigureTable *table, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  /* as many digits as the model's numbers have */
  gsc_figure_table_add_text (
      table, isnan (value) ? "" : g_ascii_formatd (text, sizeof text, "%.7g", value));
}

static void
add_head (GscFigureTable *table,
          const GscAttentionView *view,
          guint layer,
          guint head,
          gboolean has_similarity)
{
  const float *map = gsc_attention_view_get_map (view, layer, head);
  GscHeadRoles roles;

  gsc_attention_view_get_roles (view, layer, head, &roles);
  for (guint query = 0; query < view->n; query++)
    for (guint key = 0; key <= query; key++)
      {
        gsc_figure_table_add_int (table, layer + 1);
        gsc_figure_table_add_int (table, head + 1);
        gsc_figure_table_add_int (table, query + 1);
        gsc_figure_table_add_int (table, key + 1);
        add_number (table, map[(gsize) query * view->n_read + key]);
        gsc_figure_table_add_text (table, gsc_head_role_get_name (roles.best));
        add_number (table, roles.best == GSC_HEAD_ROLE_NONE ? NAN : roles.share[roles.best]);
        for (guint i = 0; has_similarity && i < 3; i++)
          gsc_figure_table_add_text (table, "");
      }
}

/* A line for each pair of heads. */
static void
add_pairs (GscFigureTable *table, const GscAttentionView *view)
{
  guint n = gsc_attention_view_count_heads (view), heads = (guint) view->model->heads;
  g_autofree float *similarity = gsc_attention_view_dup_similarity (view);

  for (guint i = 0; i < n * n; i++)
    {
      gsc_figure_table_add_int (table, i / n / heads + 1);
      gsc_figure_table_add_int (table, i / n % heads + 1);
      for (guint k = 0; k < 5; k++)
        gsc_figure_table_add_text (table, "");
      gsc_figure_table_add_int (table, i % n / heads + 1);
      gsc_figure_table_add_int (table, i % n % heads + 1);
      add_number (table, similarity[i]);
    }
}

GscFigureTable *
gsc_attention_text_tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[]
      = { "layer", "head", "query", "key", "weight", "role", "role_share", NULL };
  static const char *const more_columns[]
      = { "layer",      "head",        "query",      "key",        "weight", "role",
          "role_share", "other_layer", "other_head", "similarity", NULL };
  gboolean pairs = options->head_similarity;
  GscFigureTable *table = gsc_figure_table_new (pairs ? more_columns : columns);
  GscAttentionView view;

  if (!gsc_attention_view_init (&view, frame, options))
    return table;
  if (options->single_head)
    add_head (table, &view, view.layer, view.head, pairs);
  else
    for (guint i = 0; i < gsc_attention_view_count_heads (&view); i++)
      add_head (table, &view, i / (guint) view.model->heads, i % (guint) view.model->heads, pairs);
  if (pairs)
    add_pairs (table, &view);
  return table;
}
