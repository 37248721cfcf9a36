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
#include "gsc-kshot-tiles.h"

/* The maps of one number of shots, in the order of the paper. */
enum
{
  MAP_MODEL,
  MAP_RATIO,
  MAP_BAYES,
  MAP_DIFFERENCE,
  N_MAPS,
};

/* Lines of the context, on a low page (in lines) and another; what is left over is cut. */
#define LOW 16
#define MIN_CONTEXT_LINES 1
#define MAX_CONTEXT_LINES 2

/* Maps */

static GscKshotCell
judge (const GscKshot *kshot, const guint8 *answers, guint cell)
{
  if (answers[cell] == GSC_KSHOT_NONE)
    return GSC_KSHOT_CELL_OPEN;
  return answers[cell] == kshot->truth[cell] ? GSC_KSHOT_CELL_RIGHT : GSC_KSHOT_CELL_WRONG;
}

static GscKshotCell
get_cell (gconstpointer data, guint map, guint shot, guint cell)
{
  const GscKshot *kshot = data;
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
      return (GscKshotCell) (GSC_KSHOT_CELL_OPEN - gsc_kshot_get_difference (kshot, shot, cell));
    }
}

/* What stands above a map: the share of right cells (without guesses, which have no cell of their
 * own), or how many cells have either sign. */
static const char *
print_number (GscFigurePage *page, gconstpointer data, guint map, guint shot)
{
  const GscKshot *kshot = data;
  guint n = (guint) (kshot->p * kshot->p), counts[GSC_KSHOT_N_CELLS] = { 0 };

  for (guint cell = 0; cell < n; cell++)
    counts[get_cell (kshot, map, shot, cell)]++;
  if (map == MAP_DIFFERENCE)
    return gsc_kshot_tiles_print_signs (page, counts);
  return gsc_figure_page_print (page, "%s", GSC_SHARE ((double) counts[GSC_KSHOT_CELL_RIGHT] / n));
}

/* A row of maps for each kind, a column for each number of shots. */
static void
add_table (GscFigurePage *page,
           const GscFrame *frame,
           const GscFigureOptions *options,
           const GscKshot *kshot,
           const GscRect *area)
{
  const char **row_titles = gsc_figure_page_alloc (page, 2 * N_MAPS * sizeof *row_titles);
  guint shots[GSC_KSHOT_MAX_COLUMNS], n = gsc_kshot_columns_find (frame, options, kshot, shots);
  const GscKshotTiles tiles = {
    .n_maps = N_MAPS,
    .row_titles = row_titles,
    .n_shots = n,
    .shots = shots,
    .chosen_shot = options->show_cursor ? (int) frame->cursor.shot : -1,
    .p = kshot->p,
    .data = kshot,
    .get_cell = get_cell,
    .print_number = print_number,
  };

  row_titles[2 * MAP_MODEL] = _ ("model");
  /* Translators: first and second line of "ratio matching", beside a row of maps. */
  row_titles[2 * MAP_RATIO] = C_ ("ratio matching, first line", "ratio");
  row_titles[2 * MAP_RATIO + 1] = C_ ("ratio matching, second line", "matching");
  row_titles[2 * MAP_BAYES] = _ ("Bayes");
  /* Translators: first and second line of "model minus ratio matching". */
  row_titles[2 * MAP_DIFFERENCE] = C_ ("difference, first line", "model minus");
  row_titles[2 * MAP_DIFFERENCE + 1] = C_ ("difference, second line", "ratio match.");
  gsc_kshot_tiles_add (page, &tiles, area);
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
    [MAP_MODEL] = N_ ("model"),
    [MAP_RATIO] = N_ ("ratio matching"),
    [MAP_BAYES] = N_ ("Bayes"),
    [MAP_DIFFERENCE] = N_ ("difference"),
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
    .colors = gsc_kshot_tiles_make_colors (page),
    .chosen_column = -1,
  };

  tiles.rows = N_MAPS / tiles.columns;
  for (guint map = 0; map < N_MAPS; map++)
    {
      titles[map] = gsc_figure_page_print (page, "%s %s", _ (names[map]),
                                           print_number (page, kshot, map, shot));
      for (guint cell = 0; cell < n_cells; cell++)
        cells[map * n_cells + cell] = (guint8) get_cell (kshot, map, shot, cell);
    }
  gsc_figure_page_add_tiles (page, &tiles, area);
}

/* Page */

/* The first @n examples, each in one piece: its blanks do not break. */
static char *
describe_context (const GscKshot *kshot, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s(%d\u00a0%d\u00a0%d)", i > 0 ? " " : "", kshot->tokens[3 * i],
                            kshot->tokens[3 * i + 1], kshot->tokens[3 * i + 2]);
  if (n == 0)
    g_string_append (text, C_ ("examples", "none"));
  return g_string_free (text, FALSE);
}

static GscRect
add_context (GscFigurePage *page,
             const GscFrame *frame,
             const GscFigureOptions *options,
             const GscKshot *kshot,
             const GscRect *area)
{
  gboolean one = options->kshot_view == GSC_KSHOT_CURSOR;
  gboolean low = area->height < LOW * gsc_figure_page_get_style (page)->text_size;
  guint n = one ? gsc_kshot_columns_find_shot (frame, kshot) : kshot->n_examples;
  g_autofree char *context = describe_context (kshot, n);
  g_autofree char *text = NULL;

  /* Translators: keep formulas, whose blanks do not break; the last is a list of examples. */
  if (one)
    text = g_strdup_printf (
        ngettext ("z\302\240=\302\240%dx\302\240+\302\240%dy mod\302\240%d after %u shot "
                  "(x\302\240y\302\240z): %s",
                  "z\302\240=\302\240%dx\302\240+\302\240%dy mod\302\240%d after %u shots "
                  "(x\302\240y\302\240z): %s",
                  n),
        kshot->a, kshot->b, kshot->p, n, context);
  else
    text = g_strdup_printf (
        _ ("z\302\240=\302\240%dx\302\240+\302\240%dy mod\302\240%d after the first shots of "
           "(x\302\240y\302\240z): %s"),
        kshot->a, kshot->b, kshot->p, context);
  return gsc_figure_page_add_text (page, text, low ? MIN_CONTEXT_LINES : MAX_CONTEXT_LINES, area);
}

static GscRect
add_legend (GscFigurePage *page, const GscRect *area)
{
  static const char *const texts[GSC_KSHOT_N_CELLS] = {
    /* Translators: a cell's colour: what the answer is, and in the map of differences the number.
     */
    [GSC_KSHOT_CELL_RIGHT] = N_ ("right (+1)"),
    [GSC_KSHOT_CELL_OPEN] = N_ ("no answer (0)"),
    [GSC_KSHOT_CELL_WRONG] = N_ ("wrong (−1)"),
  };

  return gsc_kshot_tiles_add_legend (page, texts, area);
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height,
                                                _ ("All queries of one task, by shot"), TRUE);
  GscRect area = gsc_figure_page_get_content (page);
  const GscKshot *kshot = gsc_kshot_columns_get_kshot (frame);

  if (kshot == NULL)
    {
      gsc_figure_page_add_note (page, gsc_figure_pages_get_no_model (), &area);
      return page;
    }
  area = add_context (page, frame, options, kshot, &area);
  if (options->kshot_view == GSC_KSHOT_CURVES)
    {
      gsc_kshot_curves_add (page, kshot,
                            options->show_cursor ? gsc_kshot_columns_find_shot (frame, kshot) : NAN,
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

  g_string_append_c (text, '\n');
  if (!match.answerable)
    g_string_append (text, _ ("ratio matching: no answer"));
  else if (match.n_explaining == 0)
    g_string_append_printf (text, _ ("ratio matching: %d, without any example"), match.answer);
  else
    {
      const gint32 *example = kshot->tokens + 3 * explaining[0];
      guint more = match.n_explaining - 1;

      if (more == 0)
        /* Translators: an answer, and the number of the example that gives it, as x y z. */
        g_string_append_printf (text, _ ("ratio matching: %d, by example %u (%d %d %d)"),
                                match.answer, explaining[0] + 1, example[0], example[1],
                                example[2]);
      else
        g_string_append_printf (
            text,
            match.unanimous
                ? ngettext ("ratio matching: %d, by example %u (%d %d %d) and %u more",
                            "ratio matching: %d, by example %u (%d %d %d) and %u more", more)
                : ngettext ("ratio matching: %d, by example %u (%d %d %d) and %u more, but some of "
                            "them disagree",
                            "ratio matching: %d, by example %u (%d %d %d) and %u more, but some of "
                            "them disagree",
                            more),
            match.answer, explaining[0] + 1, example[0], example[1], example[2], more);
    }
}

static void
append_bayes (GString *text, const GscKshot *kshot, guint shot, guint cell)
{
  const GscKshotColumn *column = &kshot->columns[shot];

  g_string_append_c (text, '\n');
  if (column->n_fitting == 0)
    g_string_append (text, _ ("Bayes: no task fits the examples"));
  else if (column->bayes[cell] == GSC_KSHOT_NONE)
    /* Translators: each number has the probability 1/p. */
    g_string_append_printf (text, _ ("Bayes: any number (1/%d each)"), kshot->p);
  else
    g_string_append_printf (text, _ ("Bayes: %d, for certain"), column->bayes[cell]);
}

static char *
describe_cell (const GscKshot *kshot, guint shot, int x, int y)
{
  const GscKshotColumn *column = &kshot->columns[shot];
  guint cell = gsc_kshot_get_cell (kshot, x, y);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          ngettext ("(x, y) = (%d, %d) after %u shot\ntrue z: %d",
                                    "(x, y) = (%d, %d) after %u shots\ntrue z: %d", shot),
                          x, y, shot, kshot->truth[cell]);
  g_string_append_c (text, '\n');
  /* Translators: the model's answer and its probability. */
  g_string_append_printf (text,
                          gsc_kshot_is_right (kshot, shot, cell) ? _ ("model: %d (%s), right")
                                                                 : _ ("model: %d (%s), wrong"),
                          column->answers[cell], GSC_SHARE (column->probabilities[cell]));
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
    return gsc_kshot_curves_pick (page, kshot, gsc_kshot_columns_find_last (frame, kshot), x, y,
                                  pick);
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
  guint shot, n;

  if (kshot == NULL)
    return gsc_figure_pages_end_sentence (gsc_figure_pages_get_no_model ());
  shot = gsc_kshot_columns_find_shot (frame, kshot);
  column = &kshot->columns[shot];
  n = (guint) (kshot->p * kshot->p);
  return g_strdup_printf (
      ngettext ("After %u example of z = %dx + %dy mod %d the model is right on %s of %u queries: "
                "on %s of the %u that ratio matching explains and on %s of the %u others. Ratio "
                "matching reaches %s and Bayes %s.",
                "After %u examples of z = %dx + %dy mod %d the model is right on %s of %u queries: "
                "on %s of the %u that ratio matching explains and on %s of the %u others. Ratio "
                "matching reaches %s and Bayes %s.",
                shot),
      shot, kshot->a, kshot->b, kshot->p, GSC_SHARE (column->accuracy), n,
      GSC_SHARE (column->explained_accuracy), column->n_explained,
      GSC_SHARE (column->unexplained_accuracy), n - column->n_explained,
      GSC_SHARE (column->ratio_accuracy), GSC_SHARE (column->bayes_accuracy));
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
