/* gsc-figure-attention.c - every head's attention on one sequence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figure 6 of the paper: layers from top to bottom, heads from left to right; in each map a row for
 * each query and a column for each key. Layers, heads, examples and tokens count from 1 in all
 * text.
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-attention-pattern.h"
#include "gsc-figure-pages.h"

/* Weights below this are as pale as it on the logarithmic scale. */
#define LEAST_WEIGHT 0.001

/* In sizes of the text: on a narrower page the maps need the colour bar's place more. */
#define MIN_WIDTH_OF_BAR 24.0

/* Many small maps use a panel of another shape than theirs better as rectangles. */
#define STRETCH 1.5

static gboolean
has_attention (const GscFrame *frame)
{
  return frame->probe != NULL && frame->probe->n_read > 0;
}

/* Tokens shown. */
static guint
count_tokens (const GscFrame *frame, const GscFigureOptions *options)
{
  guint n = frame->probe->n_read;

  return options->max_tokens > 0 ? MIN (n, options->max_tokens) : n;
}

static guint
count_layers (const GscFrame *frame)
{
  return (guint) frame->probe->model.depth;
}

static guint
count_heads (const GscFrame *frame)
{
  return (guint) frame->probe->model.heads;
}

/* The cursor, or the nearest head that the model has. */
static void
find_cursor (const GscFrame *frame, guint *layer, guint *head)
{
  *layer = MIN (frame->cursor.layer, count_layers (frame) - 1);
  *head = MIN (frame->cursor.head, count_heads (frame) - 1);
}

static GscColorScale
make_scale (const GscFigureOptions *options)
{
  switch (options->weight_scale)
    {
    case GSC_SCALE_SQRT:
      return (GscColorScale){ GSC_COLOR_SCALE_SQUARE_ROOT, 0, 1 };
    case GSC_SCALE_LOG:
      return (GscColorScale){ GSC_COLOR_SCALE_LOGARITHMIC, LEAST_WEIGHT, 1 };
    case GSC_SCALE_LINEAR:
    default:
      return (GscColorScale){ GSC_COLOR_SCALE_SEQUENTIAL, 0, 1 };
    }
}

/* Page */

static GscMultiplesInput
make_maps (GscFigurePage *page, const GscFrame *frame, const GscFigureOptions *options)
{
  const GscProbe *probe = frame->probe;
  gsize n_read = probe->n_read;
  guint layer, head;
  GscMultiplesInput maps = {
    .rows = count_layers (frame),
    .columns = count_heads (frame),
    .row_name = "layer",
    .column_name = "head",
    .x_title = "key (ticks: z)",
    .y_title = "query",
    .stretch = options->single_head ? 1 : STRETCH,
    .n = count_tokens (frame, options),
    .values = probe->attention,
    .map_stride = n_read * n_read,
    .row_stride = n_read,
    .lower = TRUE,
    .scale = make_scale (options),
    .first_tick = 2,
    .tick_stride = 3,
    .chosen = -1,
  };

  find_cursor (frame, &layer, &head);
  if (!options->single_head)
    {
      if (options->show_cursor)
        maps.chosen = (int) (layer * maps.columns + head);
      return maps;
    }

  maps.values += (layer * maps.columns + head) * maps.map_stride;
  maps.heading = gsc_figure_page_print (page, "layer %u, head %u", layer + 1, head + 1);
  maps.rows = maps.columns = 1;
  maps.row_name = maps.column_name = NULL;
  maps.labels = gsc_figure_page_alloc (page, maps.n * sizeof *maps.labels);
  for (guint i = 0; i < maps.n; i++)
    ((const char **) maps.labels)[i] = gsc_figure_page_print (page, "%d", probe->tokens[i]);
  return maps;
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height,
                                                "Attention of each head on one sequence", TRUE);
  GscRect area = gsc_figure_page_get_content (page);
  GscRect bar_area = area;
  GscColorBarInput bar = { .scale = make_scale (options), .title = "weight" };
  g_autoptr (GscColorBarLayout) bar_probe = NULL;
  const GscMultiplesLayout *layout;
  GscMultiplesInput maps;
  gboolean has_bar = area.width >= MIN_WIDTH_OF_BAR * style->text_size;
  double gap = style->text_size;

  if (!has_attention (frame))
    {
      gsc_figure_page_add_note (page, "No model to show yet", &area);
      return page;
    }
  maps = make_maps (page, frame, options);
  if (has_bar)
    {
      bar_probe = gsc_color_bar_layout (&bar, style, &area);
      area.width = MAX (area.width - bar_probe->width - gap, 1);
    }
  layout = gsc_figure_page_add_multiples (page, &maps, &area);
  if (has_bar)
    {
      bar_area.x = gsc_rect_right (&layout->plot) + gap;
      bar_area.y = layout->plot.y;
      bar_area.height = layout->plot.height;
      gsc_figure_page_add_color_bar (page, &bar, &bar_area);
    }
  return page;
}

/* Picks */

static char *
describe_token (const GscProbe *probe, int token)
{
  return g_strdup_printf ("%c of example %d (token %d = %d)", "xyz"[token % 3], token / 3 + 1,
                          token + 1, probe->tokens[token]);
}

static char *
describe_cell (const GscProbe *probe, const GscFigurePick *pick)
{
  g_autofree char *query = describe_token (probe, pick->query);
  g_autofree char *key = describe_token (probe, pick->key);
  char weight[GSC_TICK_LABEL_SIZE];

  gsc_figure_pages_format (
      gsc_probe_get_weight (probe, pick->layer, pick->head, (guint) pick->query, (guint) pick->key),
      2, weight);
  return g_strdup_printf ("layer %u, head %u\nquery: %s\nkey: %s\nweight %s", pick->layer + 1,
                          pick->head + 1, query, key, weight);
}

static char *
describe_head (const GscProbe *probe, guint n, const GscFigurePick *pick)
{
  GscAttentionPattern pattern;
  g_autofree char *text = NULL;

  gsc_attention_pattern_measure (&pattern, probe, pick->layer, pick->head, n);
  text = gsc_attention_pattern_describe (&pattern);
  return g_strdup_printf ("layer %u, head %u\n%s", pick->layer + 1, pick->head + 1, text);
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
  GscMultiplesPick found;

  if (layout == NULL || !gsc_multiples_pick (layout, x, y, &found))
    return FALSE;
  pick->kind = GSC_PICK_HEAD;
  pick->layer = found.row;
  pick->head = found.column;
  if (options->single_head)
    find_cursor (frame, &pick->layer, &pick->head);
  if (found.cell_column <= found.cell_row)
    {
      pick->query = (int) found.cell_row;
      pick->key = (int) found.cell_column;
      pick->rect = gsc_multiples_layout_get_cell (layout, found.row, found.column, found.cell_row,
                                                  found.cell_column);
      pick->text = describe_cell (frame->probe, pick);
    }
  else /* where there is no cell the head as a whole is meant */
    {
      pick->query = pick->key = -1;
      pick->rect = gsc_multiples_layout_get_map (layout, found.row, found.column);
      pick->text = describe_head (frame->probe, layout->n, pick);
    }
  return TRUE;
}

/* Arrows go from head to head as the maps stand, whether all or one of them are shown. */
static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  const GscModelConfig *model = frame->probe != NULL ? &frame->probe->model : NULL;
  guint depth = (guint) (model != NULL ? model->depth : frame->run->config.depth);
  guint heads = (guint) (model != NULL ? model->heads : frame->run->config.heads);
  guint layer = MIN (cursor->layer, depth - 1);
  guint head = MIN (cursor->head, heads - 1);

  if (direction == GSC_DIRECTION_LEFT && head > 0)
    head--;
  else if (direction == GSC_DIRECTION_RIGHT && head + 1 < heads)
    head++;
  else if (direction == GSC_DIRECTION_UP && layer > 0)
    layer--;
  else if (direction == GSC_DIRECTION_DOWN && layer + 1 < depth)
    layer++;
  else
    return FALSE;
  cursor->layer = layer;
  cursor->head = head;
  return TRUE;
}

/* Text */

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  guint layer, head, n;
  GscAttentionPattern pattern;
  g_autofree char *text = NULL;

  if (!has_attention (frame))
    return g_strdup ("No model to show yet.");
  n = count_tokens (frame, options);
  find_cursor (frame, &layer, &head);
  gsc_attention_pattern_measure (&pattern, frame->probe, layer, head, n);
  text = gsc_attention_pattern_describe (&pattern);
  if (options->single_head)
    return g_strdup_printf ("Attention of layer %u, head %u on %u tokens. Mean weights: %s.",
                            layer + 1, head + 1, n, text);
  return g_strdup_printf ("Attention of %u %s with %u %s each on %u tokens. Mean weights of layer "
                          "%u, head %u: %s.",
                          count_layers (frame), count_layers (frame) == 1 ? "layer" : "layers",
                          count_heads (frame), count_heads (frame) == 1 ? "head" : "heads", n,
                          layer + 1, head + 1, text);
}

static void
add_head (GscFigureTable *table, const GscProbe *probe, guint layer, guint head, guint n)
{
  for (guint query = 0; query < n; query++)
    for (guint key = 0; key <= query; key++)
      {
        float weight = gsc_probe_get_weight (probe, layer, head, query, key);
        char text[G_ASCII_DTOSTR_BUF_SIZE];

        gsc_figure_table_add_int (table, layer + 1);
        gsc_figure_table_add_int (table, head + 1);
        gsc_figure_table_add_int (table, query + 1);
        gsc_figure_table_add_int (table, key + 1);
        /* as many digits as the model's numbers have */
        gsc_figure_table_add_text (
            table, isnan (weight) ? "" : g_ascii_formatd (text, sizeof text, "%.7g", weight));
      }
}

static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[] = { "layer", "head", "query", "key", "weight", NULL };
  GscFigureTable *table = gsc_figure_table_new (columns);
  guint layer, head;

  if (!has_attention (frame))
    return table;
  find_cursor (frame, &layer, &head);
  if (options->single_head)
    add_head (table, frame->probe, layer, head, count_tokens (frame, options));
  else
    for (layer = 0; layer < count_layers (frame); layer++)
      for (head = 0; head < count_heads (frame); head++)
        add_head (table, frame->probe, layer, head, count_tokens (frame, options));
  return table;
}

const GscFigureClass gsc_figure_attention = {
  .name = "attention",
  .title = N_ ("Attention"),
  .needs_model = TRUE,
  .slope = 0.5,
  .base = 44,
  .narrow = 20,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
};
