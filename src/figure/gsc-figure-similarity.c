/* gsc-figure-similarity.c - how alike the outputs of a head or block are for all inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures 7 and 8 of the paper: layers from top to bottom; from left to right heads, and the block
 * as a whole; in each map a row and a column for each input. Layers, heads and examples count from
 * 1 in all text.
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"

/* In sizes of the text: on a narrower page the maps need the colour bar's place more. */
/* Of a table. */
#define MAX_ROWS 100000

#define MIN_WIDTH_OF_BAR 24.0

/* The enlarged map gets such a share of the page, in so many steps; and is left out where it or one
 * of the others would be smaller than this, in sizes of the text, which the titles and ticks around
 * maps take about so many of. */
#define LEAST_SHARE 0.25
#define N_SHARES 26
#define LEAST_LARGE 12.0
#define LEAST_SMALL 3.0
#define AROUND 5.0

/* Many small maps use a panel of another shape than theirs better as rectangles. */
#define STRETCH 1.5

/* Averages per point: what screens and printers show of a map with more cells. */
#define VALUES_PER_POINT 2.0

/* Cells between ticks at the slot x; at the others there is one for each x. */
#define TICKS_OF_X 5

/* What to say where there is nothing to show. */
static const char *
get_missing (void)
{
  return _ ("No similarities to show yet");
}

/* What two inputs may have in common: the title of a relation. */
static const char *
get_relation_title (GscRelation relation)
{
  /* Translators: what the similarity of two inputs depends on: at x of "x1 / x2" or "x1 - x2",
   * later of x, y, their ratio y / x, or z. */
  static const char *const titles[GSC_N_RELATIONS]
      = { N_ ("quotient"), N_ ("difference"), N_ ("x"), N_ ("y"), N_ ("ratio"), N_ ("z") };

  return _ (titles[relation]);
}

static const GscSimilarity *
get_similarity (const GscFrame *frame)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_SIMILARITY];

  return insight != NULL ? insight->similarity : NULL;
}

static guint
count_heads (const GscSimilarity *similarity)
{
  return (guint) similarity->model.heads;
}

/* The enlarged map: the cursor's head, or the nearest that the model has; @head is the number of
 * heads for the block. */
static guint
find_chosen (const GscSimilarity *similarity,
             const GscFrame *frame,
             const GscFigureOptions *options,
             guint *layer,
             guint *head)
{
  guint heads = count_heads (similarity);

  *layer = MIN (frame->cursor.layer, (guint) similarity->model.depth - 1);
  *head = options->show_block ? heads : MIN (frame->cursor.head, heads - 1);
  return gsc_similarity_get_map (similarity, *layer, *head);
}

/* "layer 2, head 3" or "layer 2, block". (transfer full) */
static char *
describe_map (const GscSimilarity *similarity, guint layer, guint head)
{
  if (head < count_heads (similarity))
    return gsc_figure_pages_describe_head (layer, head);
  /* Translators: the block is the whole layer. */
  return g_strdup_printf (_ ("layer %u, block"), layer + 1);
}

/* "x 3 %, y 71 %, ratio 4 %, z 2 %" */
static char *
describe_shares (const GscSimilarity *similarity, guint map)
{
  const GscSimilarityScore *score = &similarity->scores[map];
  GString *text = g_string_new (NULL);

  for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
    if (gsc_relation_applies (relation, similarity->slot))
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "",
                              get_relation_title (relation), GSC_PERCENT (score->shares[relation]));
  return g_string_free (text, FALSE);
}

/* Page */

/* Averages of the n x n cells of each of @n_maps maps, @size x @size of them; they live as long as
 * @page. */
static const float *
reduce (GscFigurePage *page, const float *values, guint n_maps, guint n, guint size)
{
  float *reduced = gsc_figure_page_alloc (page, (gsize) n_maps * size * size * sizeof (float));
  g_autofree float *sums = g_new (float, n);
  double step = (double) n / size;

  for (guint i = 0; i < n_maps * size; i++)
    {
      const float *map = values + (gsize) (i / size) * n * n;
      double top = i % size * step, bottom = MIN (top + step, n);

      for (guint j = 0; j < n; j++)
        sums[j] = 0;
      for (guint row = (guint) top; row < bottom; row++)
        {
          float weight = (float) ((MIN (row + 1, bottom) - MAX (row, top)) / step);

          for (guint j = 0; j < n; j++)
            sums[j] += weight * map[(gsize) row * n + j];
        }
      for (guint k = 0; k < size; k++)
        {
          double left = k * step, right = MIN (left + step, n), sum = 0;

          for (guint j = (guint) left; j < right; j++)
            sum += (MIN (j + 1, right) - MAX (j, left)) / step * sums[j];
          reduced[(gsize) i * size + k] = (float) sum;
        }
    }
  return reduced;
}

/* Adds @maps in the middle of @area, with no more values than can be seen. */
static const GscMultiplesLayout *
add_maps (GscFigurePage *page, GscMultiplesInput *maps, const GscRect *area)
{
  const GscStyle *style = gsc_figure_page_get_style (page);
  g_autoptr (GscMultiplesLayout) probe = gsc_multiples_layout (maps, style, area);
  double size = ceil (VALUES_PER_POINT * MAX (probe->width, probe->height));
  double below = gsc_rect_bottom (area) - gsc_rect_bottom (&probe->x_title.rect);
  GscRect middle = *area;

  if (size < maps->n)
    {
      maps->resolution = (guint) MAX (size, 1);
      maps->values
          = reduce (page, maps->values, maps->rows * maps->columns, maps->n, maps->resolution);
      maps->row_stride = maps->resolution;
      maps->map_stride = maps->row_stride * maps->row_stride;
    }
  middle.y += MAX (below, 0) / 2;
  middle.height -= MAX (below, 0) / 2;
  return gsc_figure_page_add_multiples (page, maps, &middle);
}

static GscMultiplesInput
make_maps (const GscSimilarity *similarity)
{
  gboolean at_x = similarity->slot == GSC_SLOT_X;

  return (GscMultiplesInput){
    .rows = 1,
    .columns = 1,
    .n = similarity->n,
    .stretch = 1,
    .values = similarity->values,
    .map_stride = (gsize) similarity->n * similarity->n,
    .row_stride = similarity->n,
    .scale = { GSC_COLOR_SCALE_DIVERGING, -1, 1 },
    .tick_stride = at_x ? TICKS_OF_X : (guint) similarity->p,
    .x_title = at_x ? "x" : "p x + y",
    .y_title = at_x ? "x" : "p x + y",
    .chosen = -1,
  };
}

static void
add_all (GscFigurePage *page,
         const GscSimilarity *similarity,
         const GscFrame *frame,
         const GscFigureOptions *options,
         const GscRect *area)
{
  GscMultiplesInput maps = make_maps (similarity);
  guint layer, head;
  guint chosen = find_chosen (similarity, frame, options, &layer, &head);

  maps.rows = (guint) similarity->model.depth;
  maps.columns = count_heads (similarity) + 1;
  maps.row_name = _ ("layer");
  maps.column_name = _ ("head");
  /* Translators: of a transformer: the layer as a whole. */
  maps.last_column = _ ("block");
  maps.stretch = STRETCH;
  if (options->show_cursor)
    maps.chosen = (int) chosen;
  add_maps (page, &maps, area);
}

static void
add_large (GscFigurePage *page,
           const GscSimilarity *similarity,
           const GscFrame *frame,
           const GscFigureOptions *options,
           const GscRect *area)
{
  GscMultiplesInput maps = make_maps (similarity);
  gboolean at_x = similarity->slot == GSC_SLOT_X;
  guint layer, head, index = find_chosen (similarity, frame, options, &layer, &head);
  g_autofree char *name = describe_map (similarity, layer, head);

  maps.values += index * maps.map_stride;
  maps.heading = gsc_figure_page_print (page, "%s", name);
  maps.labels = gsc_figure_page_alloc (page, maps.n * sizeof *maps.labels);
  for (guint i = 0; i < maps.n; i++)
    ((const char **) maps.labels)[i]
        = at_x || i % (guint) similarity->p == 0 ? gsc_figure_page_print (page, "%u", i) : "";
  add_maps (page, &maps, area);
}

/* The area that maps in @columns and @rows can fill of @area; 0 where a side of them would be less
 * than @least. */
static double
get_filled (const GscRect *area,
            const GscStyle *style,
            double columns,
            double rows,
            double stretch,
            double least)
{
  double width = (area->width - AROUND * style->text_size) / columns;
  double height = (area->height - AROUND * style->text_size) / rows;

  if (MIN (width, height) < least * style->text_size)
    return 0;
  width = MIN (width, height * stretch);
  height = MIN (height, width * stretch);
  return columns * width * rows * height;
}

/* Divides @area between all maps and the enlarged one, beside or below them, so that both are
 * large. FALSE where there is no room for both. */
static gboolean
split (const GscSimilarity *similarity,
       const GscStyle *style,
       const GscRect *area,
       GscRect *all,
       GscRect *large)
{
  double columns = count_heads (similarity) + 1, rows = similarity->model.depth;
  double gap = 1.5 * style->text_size, best = 0;

  for (int i = 0; i < 2 * N_SHARES; i++)
    {
      double share = LEAST_SHARE + i / 2 * (1 - 2 * LEAST_SHARE) / (N_SHARES - 1);
      GscRect first = *area, second = *area;
      double value;

      if (i % 2 == 0)
        {
          second.width = share * area->width;
          first.width = area->width - second.width - gap;
          second.x += first.width + gap;
        }
      else
        {
          second.height = share * area->height;
          first.height = area->height - second.height - gap;
          second.y += first.height + gap;
        }
      value = get_filled (&first, style, columns, rows, STRETCH, LEAST_SMALL)
              * get_filled (&second, style, 1, 1, 1, LEAST_LARGE);
      if (value > best)
        {
          best = value;
          *all = first;
          *large = second;
        }
    }
  return best > 0;
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  const GscSimilarity *similarity = get_similarity (frame);
  g_autofree char *title
      = similarity == NULL
            ? g_strdup (_ ("Cosine similarity of outputs"))
            /* Translators: x, y or z. */
            : g_strdup_printf (_ ("Cosine similarity of outputs at %s of example %u"),
                               gsc_slot_get_name (similarity->slot), similarity->shot + 1);
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height, title, TRUE);
  GscRect area = gsc_figure_page_get_content (page);
  GscRect bar_area = area, all, large;
  GscColorBarInput bar
      = { .scale = { GSC_COLOR_SCALE_DIVERGING, -1, 1 }, .title = _ ("similarity") };

  if (similarity == NULL)
    {
      gsc_figure_page_add_note (page, get_missing (), &area);
      return page;
    }
  if (area.width >= MIN_WIDTH_OF_BAR * style->text_size)
    {
      g_autoptr (GscColorBarLayout) probe = gsc_color_bar_layout (&bar, style, &area);

      area.width = MAX (area.width - probe->width - style->text_size, 1);
    }
  if (options->single_head)
    add_large (page, similarity, frame, options, &area);
  else if (split (similarity, style, &area, &all, &large))
    {
      add_all (page, similarity, frame, options, &all);
      add_large (page, similarity, frame, options, &large);
    }
  else
    add_all (page, similarity, frame, options, &area);

  if (area.width < bar_area.width)
    {
      guint last = gsc_figure_page_get_multiples (page, 1) != NULL ? 1 : 0;
      const GscMultiplesLayout *beside = gsc_figure_page_get_multiples (page, last);

      bar_area.x = gsc_rect_right (&beside->plot) + style->text_size;
      bar_area.y = beside->plot.y;
      bar_area.height = beside->plot.height;
      gsc_figure_page_add_color_bar (page, &bar, &bar_area);
    }
  return page;
}

/* Picks */

/* "x = 3 and 5", "(x, y) = (3, 4) and (5, 6)", "(x, y, z) = ..." */
static char *
describe_inputs (const GscSimilarity *similarity, guint i, guint j)
{
  guint p = (guint) similarity->p;
  const guint inputs[2] = { i, j };
  guint x[2], y[2], z[2];

  if (similarity->slot == GSC_SLOT_X)
    return g_strdup_printf (_ ("x = %u and %u"), i, j);
  for (guint k = 0; k < 2; k++)
    {
      x[k] = inputs[k] / p;
      y[k] = inputs[k] % p;
      z[k] = ((guint) similarity->a * x[k] + (guint) similarity->b * y[k]) % p;
    }
  if (similarity->slot == GSC_SLOT_Y)
    return g_strdup_printf (_ ("(x, y) = (%u, %u) and (%u, %u)"), x[0], y[0], x[1], y[1]);
  return g_strdup_printf (_ ("(x, y, z) = (%u, %u, %u) and (%u, %u, %u)"), x[0], y[0], z[0], x[1],
                          y[1], z[1]);
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscSimilarity *similarity = get_similarity (frame);
  const GscMultiplesLayout *layout;

  for (guint i = 0; (layout = gsc_figure_page_get_multiples (page, i)) != NULL; i++)
    {
      GscMultiplesPick found;
      guint layer, head, map;
      g_autofree char *name = NULL;
      g_autofree char *inputs = NULL;
      g_autofree char *shares = NULL;

      if (!gsc_multiples_pick (layout, x, y, &found))
        continue;
      layer = found.row;
      head = found.column;
      if (i > 0 || options->single_head)
        find_chosen (similarity, frame, options, &layer, &head);
      map = gsc_similarity_get_map (similarity, layer, head);
      pick->kind = head < count_heads (similarity) ? GSC_PICK_HEAD : GSC_PICK_BAR;
      pick->layer = layer;
      pick->head = MIN (head, count_heads (similarity) - 1);
      pick->rect = gsc_multiples_layout_get_cell (layout, found.row, found.column, found.cell_row,
                                                  found.cell_column);
      name = describe_map (similarity, layer, head);
      inputs = describe_inputs (similarity, found.cell_row, found.cell_column);
      shares = describe_shares (similarity, map);
      /* Translators: "layer 2, head 3", two inputs, a number, and a list of percentages. */
      pick->text = g_strdup_printf (
          _ ("%s\n%s\nsimilarity %s\nexplained by %s"), name, inputs,
          GSC_SHARE (gsc_similarity_get (similarity, map, found.cell_row, found.cell_column)),
          shares);
      return TRUE;
    }
  return FALSE;
}

/* From head to head, as the maps stand. */
static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  return gsc_figure_attention.move (frame, direction, cursor, record);
}

/* Text */

/* The map that @relation explains best. */
static guint
find_most_striped (const GscSimilarity *similarity, GscRelation relation)
{
  guint best = 0;

  for (guint map = 1; map < similarity->n_maps; map++)
    if (similarity->scores[map].shares[relation] > similarity->scores[best].shares[relation])
      best = map;
  return best;
}

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscSimilarity *similarity = get_similarity (frame);
  guint layer, head, map, striped, columns;
  GscRelation relation;
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *shares = NULL;
  g_autofree char *other = NULL;
  GString *text;

  if (similarity == NULL)
    return gsc_figure_pages_end_sentence (get_missing ());
  map = find_chosen (similarity, frame, options, &layer, &head);
  name = describe_map (similarity, layer, head);
  shares = describe_shares (similarity, map);
  sentence = gsc_figure_pages_begin_sentence (name);
  text = g_string_new (NULL);
  /* Translators: the first %s is x, y or z. */
  g_string_append_printf (
      text, _ ("Cosine similarity of outputs at %s of example %u for %u inputs."),
      gsc_slot_get_name (similarity->slot), similarity->shot + 1, similarity->n);
  g_string_append_c (text, ' ');
  /* Translators: "Layer 2, head 3", a number, and a list of percentages. */
  g_string_append_printf (text, _ ("%s: mean %s, explained by %s."), sentence,
                          GSC_SHARE (similarity->scores[map].mean), shares);
  if (!options->single_head)
    {
      relation = similarity->slot == GSC_SLOT_X ? GSC_RELATION_QUOTIENT : GSC_RELATION_RATIO;
      striped = find_most_striped (similarity, relation);
      columns = count_heads (similarity) + 1;
      other = describe_map (similarity, striped / columns, striped % columns);
      g_string_append_c (text, ' ');
      /* Translators: "layer 2, head 3", and a percentage. */
      g_string_append_printf (text,
                              relation == GSC_RELATION_QUOTIENT
                                  ? _ ("The quotient explains most of %s: %s.")
                                  : _ ("The ratio explains most of %s: %s."),
                              other, GSC_PERCENT (similarity->scores[striped].shares[relation]));
    }
  return g_string_free (text, FALSE);
}

static void
add_names (GscFigureTable *table, const GscSimilarity *similarity, guint map)
{
  guint columns = count_heads (similarity) + 1;

  gsc_figure_table_add_int (table, map / columns + 1);
  if (map % columns + 1 < columns)
    gsc_figure_table_add_int (table, map % columns + 1);
  else
    gsc_figure_table_add_text (table, "block");
}

/* A row for each map. */
static GscFigureTable *
tabulate_scores (const GscSimilarity *similarity)
{
  static const char *const columns[]
      = { "layer",         "head", "slot", "example",  "mean", "by_quotient",
          "by_difference", "by_x", "by_y", "by_ratio", "by_z", NULL };
  GscFigureTable *table = gsc_figure_table_new (columns);

  for (guint map = 0; similarity != NULL && map < similarity->n_maps; map++)
    {
      const GscSimilarityScore *score = &similarity->scores[map];

      add_names (table, similarity, map);
      gsc_figure_table_add_text (table, gsc_slot_get_name (similarity->slot));
      gsc_figure_table_add_int (table, similarity->shot + 1);
      gsc_figure_table_add_number (table, score->mean);
      for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
        gsc_figure_table_add_number (table, gsc_relation_applies (relation, similarity->slot)
                                                ? score->shares[relation]
                                                : NAN);
    }
  return table;
}

static void
add_values (GscFigureTable *table, const GscSimilarity *similarity, guint map)
{
  for (guint i = 0; i < similarity->n; i++)
    for (guint j = i; j < similarity->n; j++)
      {
        char text[G_ASCII_DTOSTR_BUF_SIZE];

        add_names (table, similarity, map);
        gsc_figure_table_add_int (table, i);
        gsc_figure_table_add_int (table, j);
        /* as many digits as the model's numbers have */
        gsc_figure_table_add_text (table,
                                   g_ascii_formatd (text, sizeof text, "%.7g",
                                                    gsc_similarity_get (similarity, map, i, j)));
      }
}

/* A row for each two inputs, in either order the same, of @n_maps maps from @map on. */
static GscFigureTable *
tabulate_values (const GscSimilarity *similarity, guint map, guint n_maps)
{
  static const char *const columns[]
      = { "layer", "head", "input", "other_input", "similarity", NULL };
  GscFigureTable *table = gsc_figure_table_new (columns);

  for (guint i = map; i < map + n_maps; i++)
    add_values (table, similarity, i);
  return table;
}

/* Of one map its values; of all together what they depend on, or the values, too, if they are
 * wanted and not millions. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscSimilarity *similarity = get_similarity (frame);
  guint layer, head;

  if (similarity != NULL && options->single_head)
    return tabulate_values (similarity, find_chosen (similarity, frame, options, &layer, &head), 1);
  if (similarity != NULL && options->every_pair
      && (guint64) similarity->n_maps * similarity->n * (similarity->n + 1) / 2 <= MAX_ROWS)
    return tabulate_values (similarity, 0, similarity->n_maps);
  return tabulate_scores (similarity);
}

const GscFigureClass gsc_figure_similarity = {
  .name = "cosine-similarity",
  .title = N_ ("Cosine similarity"),
  .needs_model = TRUE,
  .slope = 0.4,
  .base = 44,
  .narrow = 60,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
};
