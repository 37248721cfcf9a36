/* gsc-figure-attention-difference.c - every head's attention in one frame minus another's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-attention-view.h"
#include "gsc-figure-difference.h"

/* In sizes of the text: on a narrower page the maps need the colour bar's place more. */
#define MIN_WIDTH_OF_BAR 24.0

/* As of the attention itself. */
#define STRETCH 1.5

/* Both frames' attention; why it cannot be subtracted, or NULL. */
static const char *
find_views (const GscFrame *frame,
            const GscFigureOptions *options,
            GscAttentionView *a,
            GscAttentionView *b)
{
  if (!gsc_attention_view_init (a, frame, options)
      || !gsc_attention_view_init (b, frame->beside, options))
    return gsc_attention_view_get_missing (options);
  if (a->model->depth != b->model->depth || a->model->heads != b->model->heads)
    return _ ("models with other layers or heads have no difference");
  /* what both have read */
  a->n = b->n = MIN (a->n, b->n);
  return NULL;
}

/* Of one head, [n * n]: what a head cannot look at is 0. */
static void
subtract (const GscAttentionView *a,
          const GscAttentionView *b,
          guint layer,
          guint head,
          float *difference)
{
  const float *first = gsc_attention_view_get_map (a, layer, head);
  const float *second = gsc_attention_view_get_map (b, layer, head);

  for (gsize query = 0; query < a->n; query++)
    for (gsize key = 0; key < a->n; key++)
      difference[query * a->n + key]
          = key <= query ? first[query * a->n_read + key] - second[query * b->n_read + key] : 0;
}

/* Half the weights that a query moves from one key to another, on average over the queries: 0 where
 * the head looks at the same, 1 where at something else. */
static double
measure_change (const float *difference, guint n)
{
  double sum = 0;

  for (gsize i = 0; i < (gsize) n * n; i++)
    sum += fabs (difference[i]);
  return n > 0 ? sum / 2 / n : 0;
}

/* Page */

static double
find_largest (const float *values, gsize n)
{
  double largest = 0;

  for (gsize i = 0; i < n; i++)
    largest = fmax (largest, fabs (values[i])); /* NaN does not count */
  return largest;
}

static GscMultiplesInput
make_maps (GscFigurePage *page,
           const GscAttentionView *a,
           const GscAttentionView *b,
           const GscFigureOptions *options)
{
  guint heads = (guint) a->model->heads;
  guint n_maps = options->single_head ? 1 : gsc_attention_view_count_heads (a);
  gsize size = (gsize) a->n * a->n;
  float *values = gsc_figure_page_alloc (page, n_maps * size * sizeof *values);
  g_autofree char *name = gsc_figure_pages_describe_head (a->layer, a->head);

  for (guint i = 0; i < n_maps; i++)
    subtract (a, b, options->single_head ? a->layer : i / heads,
              options->single_head ? a->head : i % heads, values + i * size);
  return (GscMultiplesInput){
    .heading = options->single_head ? gsc_figure_page_print (page, "%s", name) : NULL,
    .rows = options->single_head ? 1 : (guint) a->model->depth,
    .columns = options->single_head ? 1 : heads,
    .row_name = options->single_head ? NULL : _ ("layer"),
    .column_name = options->single_head ? NULL : _ ("head"),
    .x_title = _ ("key (ticks: z)"),
    .y_title = _ ("query"),
    .stretch = options->single_head ? 1 : STRETCH,
    .n = a->n,
    .values = values,
    .map_stride = size,
    .row_stride = a->n,
    .lower = TRUE,
    .scale = gsc_figure_difference_get_scale (find_largest (values, n_maps * size)),
    .first_tick = 2,
    .tick_stride = 3,
    .chosen
    = options->show_cursor && !options->single_head ? (int) (a->layer * heads + a->head) : -1,
  };
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  GscFigurePage *page = gsc_figure_difference_begin (frame, options, style, width, height,
                                                     _ ("Attention of each head, A − B"));
  GscRect content = gsc_figure_page_get_content (page);
  GscRect left = content, bar_area = content;
  GscColorBarInput bar = { .title = _ ("weight, A − B") };
  const GscMultiplesLayout *layout;
  GscAttentionView a, b;
  const char *missing = find_views (frame, options, &a, &b);
  GscMultiplesInput maps;

  if (missing != NULL)
    {
      gsc_figure_page_add_note (page, missing, &content);
      return page;
    }
  maps = make_maps (page, &a, &b, options);
  bar.scale = maps.scale;
  if (content.width >= MIN_WIDTH_OF_BAR * style->text_size)
    {
      g_autoptr (GscColorBarLayout) probe = gsc_color_bar_layout (&bar, style, &content);

      left.width = MAX (content.width - probe->width - style->text_size, 1);
    }
  layout = gsc_figure_page_add_multiples (page, &maps, &left);
  if (left.width < content.width)
    {
      bar_area.x = MAX (gsc_rect_right (&layout->plot), gsc_rect_right (&layout->heading.rect))
                   + style->text_size;
      bar_area.y = layout->plot.y;
      bar_area.height = layout->plot.height;
      gsc_figure_page_add_color_bar (page, &bar, &bar_area);
    }
  return page;
}

/* Picks */

static char *
describe_cell (const GscAttentionView *a, const GscAttentionView *b, const GscFigurePick *pick)
{
  g_autofree char *query = gsc_attention_view_describe_token (a, (guint) pick->query);
  g_autofree char *key = gsc_attention_view_describe_token (a, (guint) pick->key);
  double first = gsc_attention_view_get_map (
      a, pick->layer, pick->head)[(gsize) pick->query * a->n_read + (gsize) pick->key];
  double second = gsc_attention_view_get_map (
      b, pick->layer, pick->head)[(gsize) pick->query * b->n_read + (gsize) pick->key];

  return g_strdup_printf (_ ("layer %u, head %u\nquery: %s\nkey: %s\nweight %s (A %s, B %s)"),
                          pick->layer + 1, pick->head + 1, query, key,
                          GSC_DIFFERENCE (first - second), GSC_SHARE (first), GSC_SHARE (second));
}

static double
get_change (const GscAttentionView *a, const GscAttentionView *b, guint layer, guint head)
{
  g_autofree float *difference = g_new (float, (gsize) a->n * a->n);

  subtract (a, b, layer, head, difference);
  return measure_change (difference, a->n);
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscMultiplesLayout *layout = gsc_figure_page_get_multiples (page, 0);
  GscAttentionView a, b;
  GscMultiplesPick found;

  if (layout == NULL || find_views (frame, options, &a, &b) != NULL
      || !gsc_multiples_pick (layout, x, y, &found))
    return FALSE;
  pick->kind = GSC_PICK_HEAD;
  pick->layer = options->single_head ? a.layer : found.row;
  pick->head = options->single_head ? a.head : found.column;
  if (found.cell_column <= found.cell_row)
    {
      pick->query = (int) found.cell_row;
      pick->key = (int) found.cell_column;
      pick->rect = gsc_multiples_layout_get_cell (layout, found.row, found.column, found.cell_row,
                                                  found.cell_column);
      pick->text = describe_cell (&a, &b, pick);
      return TRUE;
    }
  pick->query = pick->key = -1;
  pick->rect = gsc_multiples_layout_get_map (layout, found.row, found.column);
  /* Translators: which share of its attention the head pays to other tokens in A than in B. */
  pick->text = g_strdup_printf (_ ("layer %u, head %u\nattention that is elsewhere: %s"),
                                pick->layer + 1, pick->head + 1,
                                GSC_PERCENT (get_change (&a, &b, pick->layer, pick->head)));
  return TRUE;
}

/* Words and numbers */

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  GscAttentionView a, b;
  const char *missing = find_views (frame, options, &a, &b);
  g_autoptr (GString) list = g_string_new (NULL);

  if (missing != NULL)
    return gsc_figure_pages_end_sentence (missing);
  for (guint i = 0; i < gsc_attention_view_count_heads (&a); i++)
    {
      guint heads = (guint) a.model->heads;

      g_string_append_printf (list, "%s%u.%u %s", i > 0 ? ", " : "", i / heads + 1, i % heads + 1,
                              GSC_PERCENT (get_change (&a, &b, i / heads, i % heads)));
    }
  /* Translators: a list of heads and percentages: "1.2 30 %" is the head 2 of layer 1. */
  return g_strdup_printf (_ ("Attention that is elsewhere in A than in B, by head: %s."),
                          list->str);
}

/* A row for each query and key that it can look at, of each head shown. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[]
      = { "layer", "head", "query", "key", "weight_a", "weight_b", "difference", NULL };
  GscFigureTable *table = gsc_figure_table_new (columns);
  GscAttentionView a, b;
  guint heads;

  if (find_views (frame, options, &a, &b) != NULL)
    return table;
  heads = (guint) a.model->heads;
  for (guint i = 0; i < gsc_attention_view_count_heads (&a); i++)
    {
      guint layer = i / heads, head = i % heads;
      const float *first = gsc_attention_view_get_map (&a, layer, head);
      const float *second = gsc_attention_view_get_map (&b, layer, head);

      if (options->single_head && (layer != a.layer || head != a.head))
        continue;
      for (gsize query = 0; query < a.n; query++)
        for (gsize key = 0; key <= query; key++)
          {
            double weight_a = first[query * a.n_read + key];
            double weight_b = second[query * b.n_read + key];

            gsc_figure_table_add_int (table, layer + 1);
            gsc_figure_table_add_int (table, head + 1);
            gsc_figure_table_add_int (table, (gint64) query + 1);
            gsc_figure_table_add_int (table, (gint64) key + 1);
            gsc_figure_table_add_number (table, weight_a);
            gsc_figure_table_add_number (table, weight_b);
            gsc_figure_table_add_number (table, weight_a - weight_b);
          }
    }
  return table;
}

const GscFigureClass gsc_figure_attention_difference = {
  .name = "attention-difference",
  .title = N_ ("Attention, difference"),
  .needs_model = TRUE,
  .lay_out = lay_out,
  .pick = pick,
  .move = gsc_figure_pages_no_move,
  .summarise = summarise,
  .tabulate = tabulate,
};
