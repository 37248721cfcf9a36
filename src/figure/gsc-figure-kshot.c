/* gsc-figure-kshot.c - all queries of one task after every number of examples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figure 5 of the paper: from top to bottom the model's answers, what ratio matching can answer,
 * what Bayes knows, and the difference of the first two; from left to right more examples of the
 * same context. x goes across and y up in each map.
 */

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"
#include "gsc-kshot-columns.h"
#include "gsc-kshot-curves.h"

/* The maps of one number of shots, in the order of the paper. */
enum
{
  MAP_MODEL,
  MAP_RATIO,
  MAP_BAYES,
  MAP_DIFFERENCE,
  N_MAPS,
};

/* What a cell may be. In the difference: the model alone is right, neither or both are, or ratio
 * matching alone is. */
enum
{
  CELL_RIGHT,
  CELL_OPEN,
  CELL_WRONG,
  N_CELLS,
};

/* Lines of the context, on a low page (in lines) and another; what is left over is cut. */
#define LOW 16
#define MIN_CONTEXT_LINES 1
#define MAX_CONTEXT_LINES 2

/* Many small maps use a panel of another shape than theirs better as rectangles. */
#define STRETCH 1.5

/* Maps */

static guint8
judge (const GscKshot *kshot, const guint8 *answers, guint cell)
{
  if (answers[cell] == GSC_KSHOT_NONE)
    return CELL_OPEN;
  return answers[cell] == kshot->truth[cell] ? CELL_RIGHT : CELL_WRONG;
}

static guint8
get_cell (const GscKshot *kshot, guint map, guint shot, guint cell)
{
  const GscKshotColumn *column = &kshot->columns[shot];

  switch (map)
    {
    case MAP_MODEL:
      return judge (kshot, column->answers, cell);
    case MAP_RATIO:
      return judge (kshot, column->ratio, cell);
    case MAP_BAYES:
      return judge (kshot, column->bayes, cell);
    case MAP_DIFFERENCE:
    default:
      return (guint8) (CELL_OPEN - gsc_kshot_get_difference (kshot, shot, cell));
    }
}

/* What stands above a map: the share of right cells (without guesses, which have no cell of their
 * own), or how many cells have either sign. */
static const char *
print_number (GscFigurePage *page, const GscKshot *kshot, guint map, guint shot)
{
  guint n = (guint) (kshot->p * kshot->p), counts[N_CELLS] = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint cell = 0; cell < n; cell++)
    counts[get_cell (kshot, map, shot, cell)]++;
  if (map == MAP_DIFFERENCE)
    g_string_printf (text, "+%u −%u", counts[CELL_RIGHT], counts[CELL_WRONG]);
  else
    gsc_figure_pages_append_share (text, (double) counts[CELL_RIGHT] / n);
  return gsc_figure_page_print (page, "%s", text->str);
}

static const GscColor *
make_colors (GscFigurePage *page)
{
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  GscColor *colors = gsc_figure_page_alloc (page, N_CELLS * sizeof *colors);

  colors[CELL_RIGHT] = palette->right;
  colors[CELL_OPEN] = palette->grid;
  colors[CELL_WRONG] = palette->wrong;
  return colors;
}

static const char *
print_shots (GscFigurePage *page, guint shots)
{
  return gsc_figure_page_print (page, shots == 1 ? "%u shot" : "%u shots", shots);
}

/* A row of maps for each kind, a column for each number of shots. */
static void
add_table (GscFigurePage *page,
           const GscFrame *frame,
           const GscFigureOptions *options,
           const GscKshot *kshot,
           const GscRect *area)
{
  static const char *const row_titles[N_MAPS][2] = {
    [MAP_MODEL] = { "model", NULL },
    [MAP_RATIO] = { "ratio", "matching" },
    [MAP_BAYES] = { "Bayes", NULL },
    [MAP_DIFFERENCE] = { "model minus", "ratio match." },
  };
  guint shots[GSC_KSHOT_MAX_COLUMNS], n = gsc_kshot_columns_find (frame, options, kshot, shots);
  guint n_cells = (guint) (kshot->p * kshot->p);
  const char **column_titles = gsc_figure_page_alloc (page, n * sizeof *column_titles);
  const char **titles = gsc_figure_page_alloc (page, N_MAPS * n * sizeof *titles);
  guint8 *cells = gsc_figure_page_alloc (page, N_MAPS * n * n_cells);
  GscTilesInput tiles = {
    .rows = N_MAPS,
    .columns = n,
    .row_titles = row_titles[0],
    .column_titles = column_titles,
    .titles = titles,
    .x_title = "x",
    .y_title = "y",
    .stretch = STRETCH,
    .n = (guint) kshot->p,
    .cells = cells,
    .colors = make_colors (page),
    .chosen_column = -1,
  };

  for (guint column = 0; column < n; column++)
    {
      column_titles[column] = print_shots (page, shots[column]);
      if (options->show_cursor && shots[column] == frame->cursor.shot)
        tiles.chosen_column = (int) column;
      for (guint map = 0; map < N_MAPS; map++)
        {
          guint at = map * n + column;

          titles[at] = print_number (page, kshot, map, shots[column]);
          for (guint cell = 0; cell < n_cells; cell++)
            cells[at * n_cells + cell] = get_cell (kshot, map, shots[column], cell);
        }
    }
  gsc_figure_page_add_tiles (page, &tiles, area);
}

/* How many maps stand side by side where there are only those of one number of shots: as makes
 * them largest. */
static guint
choose_columns (const GscRect *area)
{
  static const guint choices[] = { 1, 2, N_MAPS };
  double largest = -1;
  guint best = 1;

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      double side = MIN (area->width / choices[i], area->height / (N_MAPS / choices[i]));

      if (side > largest)
        {
          largest = side;
          best = choices[i];
        }
    }
  return best;
}

/* The four maps of the cursor's number of shots, large. */
static void
add_large (GscFigurePage *page, const GscFrame *frame, const GscKshot *kshot, const GscRect *area)
{
  static const char *const names[N_MAPS] = {
    [MAP_MODEL] = "model",
    [MAP_RATIO] = "ratio matching",
    [MAP_BAYES] = "Bayes",
    [MAP_DIFFERENCE] = "difference",
  };
  guint shot = gsc_kshot_columns_find_shot (frame, kshot);
  guint n_cells = (guint) (kshot->p * kshot->p);
  const char **titles = gsc_figure_page_alloc (page, N_MAPS * sizeof *titles);
  guint8 *cells = gsc_figure_page_alloc (page, N_MAPS * n_cells);
  GscTilesInput tiles = {
    .columns = choose_columns (area),
    .titles = titles,
    .x_title = "x",
    .y_title = "y",
    .stretch = 1,
    .n = (guint) kshot->p,
    .cells = cells,
    .colors = make_colors (page),
    .chosen_column = -1,
  };

  tiles.rows = N_MAPS / tiles.columns;
  for (guint map = 0; map < N_MAPS; map++)
    {
      titles[map] = gsc_figure_page_print (page, "%s %s", names[map],
                                           print_number (page, kshot, map, shot));
      for (guint cell = 0; cell < n_cells; cell++)
        cells[map * n_cells + cell] = get_cell (kshot, map, shot, cell);
    }
  gsc_figure_page_add_tiles (page, &tiles, area);
}

/* Page */

/* The first @n examples, each in one piece: its blanks do not break. */
static void
append_context (GString *text, const GscKshot *kshot, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, " (%d\u00a0%d\u00a0%d)", kshot->tokens[3 * i],
                            kshot->tokens[3 * i + 1], kshot->tokens[3 * i + 2]);
  if (n == 0)
    g_string_append (text, " none");
}

static GscRect
add_context (GscFigurePage *page,
             const GscFrame *frame,
             const GscFigureOptions *options,
             const GscKshot *kshot,
             const GscRect *area)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean one = options->kshot_view == GSC_KSHOT_CURSOR;
  gboolean low = area->height < LOW * gsc_figure_page_get_style (page)->text_size;
  guint n = one ? gsc_kshot_columns_find_shot (frame, kshot) : kshot->n_examples;

  g_string_append_printf (text, "z\u00a0=\u00a0%dx\u00a0+\u00a0%dy mod\u00a0%d after ", kshot->a,
                          kshot->b, kshot->p);
  g_string_append (text, one ? print_shots (page, n) : "the first shots of");
  g_string_append (text, " (x\u00a0y\u00a0z):");
  append_context (text, kshot, n);
  return gsc_figure_page_add_text (page, text->str, low ? MIN_CONTEXT_LINES : MAX_CONTEXT_LINES,
                                   area);
}

static GscRect
add_legend (GscFigurePage *page, const GscRect *area)
{
  static const char *const texts[N_CELLS] = {
    [CELL_RIGHT] = "right (+1)",
    [CELL_OPEN] = "no answer (0)",
    [CELL_WRONG] = "wrong (−1)",
  };
  GscLegendEntry *entries = gsc_figure_page_alloc (page, N_CELLS * sizeof *entries);
  const GscColor *colors = make_colors (page);

  for (guint i = 0; i < N_CELLS; i++)
    entries[i] = (GscLegendEntry){ .text = texts[i], .kind = GSC_LEGEND_CELL, .color = colors[i] };
  return gsc_figure_page_add_legend (page, &(GscLegendInput){ entries, N_CELLS }, area);
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height,
                                                "All queries of one task, by shot", TRUE);
  GscRect area = gsc_figure_page_get_content (page);
  const GscKshot *kshot = gsc_kshot_columns_get_kshot (frame);

  if (kshot == NULL)
    {
      gsc_figure_page_add_note (page, "No model to show yet", &area);
      return page;
    }
  area = add_context (page, frame, options, kshot, &area);
  if (options->kshot_view == GSC_KSHOT_CURVES)
    {
      gsc_kshot_curves_add (page, kshot, options->show_cursor ? gsc_kshot_columns_find_shot (frame, kshot) : NAN,
                            &area);
      return page;
    }
  area = add_legend (page, &area);
  if (options->kshot_view == GSC_KSHOT_CURSOR)
    add_large (page, frame, kshot, &area);
  else
    add_table (page, frame, options, kshot, &area);
  return page;
}

/* Pick and move */

static void
append_ratio (GString *text, const GscKshot *kshot, guint shot, int x, int y)
{
  g_autofree guint *explaining = g_new (guint, kshot->n_examples + 1);
  GscRatioMatch match = gsc_ratio_match (kshot->p, kshot->tokens, shot, x, y, explaining);

  g_string_append (text, "\nratio matching: ");
  if (!match.answerable)
    g_string_append (text, "no answer");
  else if (match.n_explaining == 0)
    g_string_append_printf (text, "%d, without any example", match.answer);
  else
    {
      const gint32 *example = kshot->tokens + 3 * explaining[0];

      g_string_append_printf (text, "%d, by example %u (%d %d %d)", match.answer, explaining[0] + 1,
                              example[0], example[1], example[2]);
      if (match.n_explaining > 1)
        g_string_append_printf (text, " and %u more", match.n_explaining - 1);
      if (!match.unanimous)
        g_string_append (text, ", but some of them disagree");
    }
}

static void
append_bayes (GString *text, const GscKshot *kshot, guint shot, guint cell)
{
  const GscKshotColumn *column = &kshot->columns[shot];

  g_string_append (text, "\nBayes: ");
  if (column->n_fitting == 0)
    g_string_append (text, "no task fits the examples");
  else if (column->bayes[cell] == GSC_KSHOT_NONE)
    g_string_append_printf (text, "any number (1/%d each)", kshot->p);
  else
    g_string_append_printf (text, "%d, for certain", column->bayes[cell]);
}

static char *
describe_cell (const GscKshot *kshot, guint shot, int x, int y)
{
  const GscKshotColumn *column = &kshot->columns[shot];
  guint cell = gsc_kshot_get_cell (kshot, x, y);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "(x, y) = (%d, %d) after %u %s\ntrue z: %d\nmodel: %d (", x, y,
                          shot, shot == 1 ? "shot" : "shots", kshot->truth[cell],
                          column->answers[cell]);
  gsc_figure_pages_append_share (text, column->probabilities[cell]);
  g_string_append (text, gsc_kshot_is_right (kshot, shot, cell) ? "), right" : "), wrong");
  append_ratio (text, kshot, shot, x, y);
  append_bayes (text, kshot, shot, cell);
  return g_string_free (text, FALSE);
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscTilesLayout *layout = gsc_figure_page_get_tiles (page, 0);
  const GscKshot *kshot = gsc_kshot_columns_get_kshot (frame);
  guint shots[GSC_KSHOT_MAX_COLUMNS], n;
  GscTilesPick found;

  if (kshot == NULL)
    return FALSE;
  if (options->kshot_view == GSC_KSHOT_CURVES)
    return gsc_kshot_curves_pick (page, kshot, gsc_kshot_columns_find_last (frame, kshot), x, y, pick);
  if (!gsc_tiles_pick (layout, x, y, &found))
    return FALSE;
  n = gsc_kshot_columns_find (frame, options, kshot, shots);
  pick->kind = GSC_PICK_INPUT;
  pick->x = (int) found.x;
  pick->y = (int) found.y;
  pick->shot = shots[MIN (found.column, n - 1)];
  pick->rect = gsc_tiles_layout_get_cell (layout, found.row, found.column, found.x, found.y);
  pick->text = describe_cell (kshot, pick->shot, pick->x, pick->y);
  return TRUE;
}

/* To the left are fewer shots, to the right more. */
static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  if (direction == GSC_DIRECTION_LEFT && cursor->shot > 0)
    cursor->shot--;
  else if (direction == GSC_DIRECTION_RIGHT && cursor->shot + 1 < (guint) frame->run->config.shots)
    cursor->shot++;
  else
    return FALSE;
  return TRUE;
}

/* Words and numbers */

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscKshot *kshot = gsc_kshot_columns_get_kshot (frame);
  const GscKshotColumn *column;
  GString *text;
  guint shot;

  if (kshot == NULL)
    return g_strdup ("No model to show yet.");
  text = g_string_new (NULL);
  shot = gsc_kshot_columns_find_shot (frame, kshot);
  column = &kshot->columns[shot];
  g_string_append_printf (text, "After %u %s of z = %dx + %dy mod %d the model is ", shot,
                          shot == 1 ? "example" : "examples", kshot->a, kshot->b, kshot->p);
  gsc_kshot_curves_append_shift (text, kshot, shot);
  g_string_append (text, ". Ratio matching reaches ");
  gsc_figure_pages_append_share (text, column->ratio_accuracy);
  g_string_append (text, " and Bayes ");
  gsc_figure_pages_append_share (text, column->bayes_accuracy);
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}

static void
add_answer (GscFigureTable *table, guint8 answer)
{
  gsc_figure_table_add_number (table, answer != GSC_KSHOT_NONE ? answer : NAN);
}

static void
add_cells (GscFigureTable *table, const GscKshot *kshot, guint shot)
{
  const GscKshotColumn *column = &kshot->columns[shot];

  for (int cell = 0; cell < kshot->p * kshot->p; cell++)
    {
      char text[G_ASCII_DTOSTR_BUF_SIZE];

      gsc_figure_table_add_int (table, shot);
      gsc_figure_table_add_int (table, cell / kshot->p);
      gsc_figure_table_add_int (table, cell % kshot->p);
      gsc_figure_table_add_int (table, kshot->truth[cell]);
      gsc_figure_table_add_int (table, column->answers[cell]);
      /* as many digits as the model's numbers have */
      gsc_figure_table_add_text (
          table, g_ascii_formatd (text, sizeof text, "%.7g", column->probabilities[cell]));
      gsc_figure_table_add_int (table, gsc_kshot_is_right (kshot, shot, (guint) cell));
      add_answer (table, column->ratio[cell]);
      gsc_figure_table_add_number (
          table, kshot->explained_from[cell] < shot ? kshot->explained_from[cell] + 1 : NAN);
      add_answer (table, column->bayes[cell]);
      gsc_figure_table_add_number (table,
                                   gsc_kshot_get_bayes_probability (kshot, shot, (guint) cell));
      gsc_figure_table_add_int (table, gsc_kshot_get_difference (kshot, shot, (guint) cell));
    }
}

/* A row for each query and number of shots shown; examples count from 1. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const names[] = {
    "shots",
    "x",
    "y",
    "z",
    "model",
    "probability",
    "right",
    "ratio_matching",
    "explained_by",
    "bayes",
    "bayes_probability",
    "difference",
    NULL,
  };
  const GscKshot *kshot = gsc_kshot_columns_get_kshot (frame);
  GscFigureTable *table;
  guint shots[GSC_KSHOT_MAX_COLUMNS], n;

  if (kshot != NULL && options->kshot_view == GSC_KSHOT_CURVES)
    return gsc_kshot_curves_tabulate (kshot);
  table = gsc_figure_table_new (names);
  if (kshot == NULL)
    return table;
  n = gsc_kshot_columns_find (frame, options, kshot, shots);
  for (guint i = 0; i < n; i++)
    add_cells (table, kshot, shots[i]);
  return table;
}

const GscFigureClass gsc_figure_kshot = {
  .name = "k-shot-grid",
  .title = N_ ("k-shot grid"),
  .needs_model = TRUE,
  .slope = 0.75,
  .base = 90,
  .narrow = 30,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
  .difference = &gsc_figure_kshot_difference,
};
