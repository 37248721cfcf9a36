/* gsc-attention-text.c - every head's attention as a sentence and as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-attention-text.h"

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-attention-view.h"
#include "gsc-figure-pages.h"

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
      g_autofree char *name = NULL;

      gsc_attention_view_get_roles (view, i / heads, i % heads, &roles);
      if (roles.best == GSC_HEAD_ROLE_NONE || found++ >= MAX_NAMED)
        continue;
      name = gsc_attention_view_describe_head (i / heads, i % heads, &roles);
      g_string_append_printf (text, "%s%s", found > 1 ? "; " : "", name);
    }
  if (found > MAX_NAMED)
    /* Translators: more heads, at the end of a list. */
    g_string_append_printf (text, ngettext ("; %u more", "; %u more", found - MAX_NAMED),
                            found - MAX_NAMED);
  if (found == 0)
    /* Translators: of heads of attention, after "Roles: ". */
    g_string_append (text, _ ("none of them stands out"));
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
        {
          g_string_append_c (text, ' ');
          /* Translators: the last is "ablated (zero)" or "ablated (mean)". */
          g_string_append_printf (text, _ ("Layer %u, head %u is %s."), i / heads + 1,
                                  i % heads + 1, ablation);
        }
    }
  return g_string_free (text, FALSE);
}

/* @source: where it was measured, or NULL. */
static void
append_all (GString *text, const GscAttentionView *view, const char *source)
{
  g_autofree char *roles = describe_roles (view);
  guint depth = (guint) view->model->depth, heads = (guint) view->model->heads;
  g_autofree char *layers = g_strdup_printf (ngettext ("%u layer", "%u layers", depth), depth);
  g_autofree char *each = g_strdup_printf (ngettext ("%u head", "%u heads", heads), heads);

  if (source != NULL)
    /* Translators: "2 layers", "4 heads", a number of tokens, where it was measured and a list of
     * heads. */
    g_string_append_printf (text, _ ("Attention of %s with %s each on %u tokens, %s. Roles: %s."),
                            layers, each, view->n, source, roles);
  else
    /* Translators: "2 layers", "4 heads", a number of tokens and a list of heads. */
    g_string_append_printf (text, _ ("Attention of %s with %s each on %u tokens. Roles: %s."),
                            layers, each, view->n, roles);
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
    return gsc_figure_pages_end_sentence (gsc_attention_view_get_missing (options));
  layer = view.layer;
  head = view.head;
  gsc_attention_view_get_roles (&view, layer, head, &roles);
  source = view.maps != NULL ? gsc_attention_view_describe_source (&view) : NULL;
  scores = gsc_attention_view_describe_scores (&roles, ", ");
  ablated = describe_ablated (&view);
  text = g_string_new (NULL);
  if (options->single_head && source != NULL)
    /* Translators: the last is where it was measured: "mean over 256 sequences of i.d./test". */
    g_string_append_printf (text, _ ("Attention of layer %u, head %u on %u tokens, %s."), layer + 1,
                            head + 1, view.n, source);
  else if (options->single_head)
    g_string_append_printf (text, _ ("Attention of layer %u, head %u on %u tokens."), layer + 1,
                            head + 1, view.n);
  else
    append_all (text, &view, source);
  g_string_append_c (text, ' ');
  g_string_append_printf (text, _ ("Mean weights of layer %u, head %u: %s."), layer + 1, head + 1,
                          scores);
  g_string_append (text, ablated);
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
