/* gsc-figure-kshot-difference.c - where one of two models answers right and the other wrong
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From top to bottom the answers of A and of B and their difference, from left to right more
 * examples, as in the k-shot grid.
 */

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "gsc-figure-difference.h"
#include "gsc-kshot-columns.h"

enum
{
  MAP_A,
  MAP_B,
  MAP_DIFFERENCE,
  N_MAPS,
};

/* Of the difference; A and B alone have the first and the last. */
enum
{
  CELL_A,    /* A alone is right */
  CELL_SAME, /* both are, or neither */
  CELL_B,    /* B alone is right */
  N_CELLS,
};

#define STRETCH 1.5

/* Both grids; why they cannot be subtracted, or NULL. */
static const char *
find_kshots (const GscFrame *frame, const GscKshot **a, const GscKshot **b)
{
  *a = gsc_kshot_columns_get_kshot (frame);
  *b = gsc_kshot_columns_get_kshot (frame->beside);
  if (*a == NULL || *b == NULL)
    return gsc_figure_pages_get_no_model ();
  if ((*a)->p != (*b)->p)
    return _ ("grids of different primes have no difference");
  if ((*a)->a != (*b)->a || (*a)->b != (*b)->b)
    return _ ("the same task of both is on its way");
  return NULL;
}

/* Whether both have read the same examples, as far as the shorter context goes. */
static gboolean
is_same_context (const GscKshot *a, const GscKshot *b)
{
  return memcmp (a->tokens, b->tokens, 3 * MIN (a->n_examples, b->n_examples) * sizeof (gint32))
         == 0;
}

/* Columns that both have. */
static guint
find_columns (const GscFrame *frame,
              const GscFigureOptions *options,
              const GscKshot *a,
              const GscKshot *b,
              guint shots[GSC_KSHOT_MAX_COLUMNS])
{
  guint n = gsc_kshot_columns_find (frame, options, a, shots);
  guint last = gsc_kshot_columns_find_last (frame->beside, b);

  while (n > 1 && shots[n - 1] > last)
    n--;
  shots[0] = MIN (shots[0], last);
  return n;
}

static int
get_difference (const GscKshot *a, const GscKshot *b, guint shot, guint cell)
{
  return (int) gsc_kshot_is_right (a, shot, cell) - (int) gsc_kshot_is_right (b, shot, cell);
}

static guint8
get_cell (const GscKshot *a, const GscKshot *b, guint map, guint shot, guint cell)
{
  if (map == MAP_DIFFERENCE)
    return (guint8) (CELL_SAME - get_difference (a, b, shot, cell));
  return gsc_kshot_is_right (map == MAP_A ? a : b, shot, cell) ? CELL_A : CELL_B;
}

/* How many queries A alone answers right, and B alone. */
static void
count (const GscKshot *a, const GscKshot *b, guint shot, guint counts[N_CELLS])
{
  memset (counts, 0, N_CELLS * sizeof *counts);
  for (guint cell = 0; cell < (guint) (a->p * a->p); cell++)
    counts[get_cell (a, b, MAP_DIFFERENCE, shot, cell)]++;
}

/* Page */

static const char *
print_number (GscFigurePage *page, const GscKshot *a, const GscKshot *b, guint map, guint shot)
{
  guint counts[N_CELLS];

  if (map == MAP_DIFFERENCE)
    {
      count (a, b, shot, counts);
      return gsc_figure_page_print (page, "+%u −%u", counts[CELL_A], counts[CELL_B]);
    }
  return gsc_figure_page_print (page, "%s",
                                GSC_SHARE ((map == MAP_A ? a : b)->columns[shot].accuracy));
}

static const GscColor *
make_colors (GscFigurePage *page)
{
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;
  GscColor *colors = gsc_figure_page_alloc (page, N_CELLS * sizeof *colors);

  colors[CELL_A] = palette->right;
  colors[CELL_SAME] = palette->grid;
  colors[CELL_B] = palette->wrong;
  return colors;
}

static GscRect
add_legend (GscFigurePage *page, const GscRect *area)
{
  static const char *const texts[N_CELLS] = {
    /* Translators: a cell's colour: in the maps of A and of B the answer is right; in the map of
     * their difference A alone is right. */
    [CELL_A] = N_ ("right; A alone"),
    [CELL_SAME] = N_ ("both or neither"),
    [CELL_B] = N_ ("wrong; B alone"),
  };
  GscLegendEntry *entries = gsc_figure_page_alloc (page, N_CELLS * sizeof *entries);
  const GscColor *colors = make_colors (page);

  for (guint i = 0; i < N_CELLS; i++)
    entries[i]
        = (GscLegendEntry){ .text = _ (texts[i]), .kind = GSC_LEGEND_CELL, .color = colors[i] };
  return gsc_figure_page_add_legend (page, &(GscLegendInput){ entries, N_CELLS }, area);
}

static void
add_tiles (GscFigurePage *page,
           const GscFrame *frame,
           const GscFigureOptions *options,
           const GscKshot *a,
           const GscKshot *b,
           const GscRect *area)
{
  static const char *const row_titles[N_MAPS][2]
      = { { "A", NULL }, { "B", NULL }, { "A − B", NULL } };
  guint shots[GSC_KSHOT_MAX_COLUMNS], n = find_columns (frame, options, a, b, shots);
  guint n_cells = (guint) (a->p * a->p);
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
    .n = (guint) a->p,
    .cells = cells,
    .colors = make_colors (page),
    .chosen_column = -1,
  };

  for (guint column = 0; column < n; column++)
    {
      g_autofree char *title = gsc_figure_pages_describe_shots (shots[column]);

      column_titles[column] = gsc_figure_page_print (page, "%s", title);
      if (options->show_cursor && n > 1 && shots[column] == frame->cursor.shot)
        tiles.chosen_column = (int) column;
      for (guint map = 0; map < N_MAPS; map++)
        {
          guint at = map * n + column;

          titles[at] = print_number (page, a, b, map, shots[column]);
          for (guint cell = 0; cell < n_cells; cell++)
            cells[at * n_cells + cell] = get_cell (a, b, map, shots[column], cell);
        }
    }
  gsc_figure_page_add_tiles (page, &tiles, area);
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  GscFigurePage *page = gsc_figure_difference_begin (frame, options, style, width, height,
                                                     _ ("All queries of one task, A and B"));
  GscRect area = gsc_figure_page_get_content (page);
  const GscKshot *a, *b;
  const char *missing = find_kshots (frame, &a, &b);
  const char *format;

  if (missing != NULL)
    {
      gsc_figure_page_add_note (page, missing, &area);
      return page;
    }
  /* Translators: keep the formula, whose blanks do not break. */
  format = is_same_context (a, b) ? _ ("z\302\240=\302\240%dx\302\240+\302\240%dy mod\302\240%d")
                                  : _ ("z\302\240=\302\240%dx\302\240+\302\240%dy mod\302\240%d, "
                                       "after different examples");
  area = gsc_figure_page_add_text (page, gsc_figure_page_print (page, format, a->a, a->b, a->p), 1,
                                   &area);
  area = add_legend (page, &area);
  add_tiles (page, frame, options, a, b, &area);
  return page;
}

/* Picks */

/* @right, @wrong: formats with the places of a number and its share. */
static void
append_answer (GString *text,
               const char *right,
               const char *wrong,
               const GscKshot *kshot,
               guint shot,
               guint cell)
{
  const GscKshotColumn *column = &kshot->columns[shot];

  g_string_append_c (text, '\n');
  g_string_append_printf (text, gsc_kshot_is_right (kshot, shot, cell) ? right : wrong,
                          column->answers[cell], GSC_SHARE (column->probabilities[cell]));
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
  guint shots[GSC_KSHOT_MAX_COLUMNS], n, cell;
  const GscKshot *a, *b;
  GscTilesPick found;
  GString *text;

  if (layout == NULL || find_kshots (frame, &a, &b) != NULL
      || !gsc_tiles_pick (layout, x, y, &found))
    return FALSE;
  n = find_columns (frame, options, a, b, shots);
  pick->kind = GSC_PICK_INPUT;
  pick->x = (int) found.x;
  pick->y = (int) found.y;
  pick->shot = shots[MIN (found.column, n - 1)];
  pick->rect = gsc_tiles_layout_get_cell (layout, found.row, found.column, found.x, found.y);
  cell = gsc_kshot_get_cell (a, pick->x, pick->y);
  text = g_string_new (NULL);
  g_string_append_printf (text,
                          ngettext ("(x, y) = (%d, %d) after %u shot\ntrue z: %d",
                                    "(x, y) = (%d, %d) after %u shots\ntrue z: %d", pick->shot),
                          pick->x, pick->y, pick->shot, a->truth[cell]);
  /* Translators: the answers of A and of B, and their probabilities. */
  append_answer (text, _ ("A: %d (%s), right"), _ ("A: %d (%s), wrong"), a, pick->shot, cell);
  append_answer (text, _ ("B: %d (%s), right"), _ ("B: %d (%s), wrong"), b, pick->shot, cell);
  pick->text = g_string_free (text, FALSE);
  return TRUE;
}

/* Words and numbers */

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  guint shots[GSC_KSHOT_MAX_COLUMNS], n;
  const GscKshot *a, *b;
  const char *missing = find_kshots (frame, &a, &b);
  g_autoptr (GString) list = NULL;

  if (missing != NULL)
    return gsc_figure_pages_end_sentence (missing);
  list = g_string_new (NULL);
  n = find_columns (frame, options, a, b, shots);
  for (guint i = 0; i < n; i++)
    {
      guint counts[N_CELLS];

      count (a, b, shots[i], counts);
      g_string_append (list, i > 0 ? ", " : "");
      /* Translators: how many queries A alone and B alone answer right. */
      g_string_append_printf (
          list, ngettext ("%u and %u after %u shot", "%u and %u after %u shots", shots[i]),
          counts[CELL_A], counts[CELL_B], shots[i]);
    }
  /* Translators: the last is a list of "3 and 5 after 2 shots". */
  return g_strdup_printf (_ ("Of %d queries of z = %dx + %dy mod %d, right in A alone and in B "
                             "alone: %s."),
                          a->p * a->p, a->a, a->b, a->p, list->str);
}

/* A row for each query and number of shots shown. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[] = {
    "shots",         "x",       "y",       "z",          "answer_a", "answer_b", "probability_a",
    "probability_b", "right_a", "right_b", "difference", NULL
  };
  GscFigureTable *table = gsc_figure_table_new (columns);
  guint shots[GSC_KSHOT_MAX_COLUMNS], n;
  const GscKshot *a, *b;

  if (find_kshots (frame, &a, &b) != NULL)
    return table;
  n = find_columns (frame, options, a, b, shots);
  for (guint i = 0; i < n; i++)
    for (guint cell = 0; cell < (guint) (a->p * a->p); cell++)
      {
        guint shot = shots[i];
        char text[G_ASCII_DTOSTR_BUF_SIZE];

        gsc_figure_table_add_int (table, shot);
        gsc_figure_table_add_int (table, (int) cell / a->p);
        gsc_figure_table_add_int (table, (int) cell % a->p);
        gsc_figure_table_add_int (table, a->truth[cell]);
        gsc_figure_table_add_int (table, a->columns[shot].answers[cell]);
        gsc_figure_table_add_int (table, b->columns[shot].answers[cell]);
        /* as many digits as the models' numbers have */
        gsc_figure_table_add_text (table, g_ascii_formatd (text, sizeof text, "%.7g",
                                                           a->columns[shot].probabilities[cell]));
        gsc_figure_table_add_text (table, g_ascii_formatd (text, sizeof text, "%.7g",
                                                           b->columns[shot].probabilities[cell]));
        gsc_figure_table_add_int (table, gsc_kshot_is_right (a, shot, cell));
        gsc_figure_table_add_int (table, gsc_kshot_is_right (b, shot, cell));
        gsc_figure_table_add_int (table, get_difference (a, b, shot, cell));
      }
  return table;
}

const GscFigureClass gsc_figure_kshot_difference = {
  .name = "k-shot-grid-difference",
  .title = N_ ("k-shot grid, difference"),
  .needs_model = TRUE,
  .lay_out = lay_out,
  .pick = pick,
  .move = gsc_figure_pages_no_move,
  .summarise = summarise,
  .tabulate = tabulate,
};
