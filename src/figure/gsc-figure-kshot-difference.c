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
#include "gsc-kshot-tiles.h"

enum
{
  MAP_A,
  MAP_B,
  MAP_DIFFERENCE,
  N_MAPS,
};

/* Both grids, for the maps. */
typedef struct
{
  const GscKshot *a, *b;
} Pair;

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

/* In the maps of A and of B a cell is right or wrong; in that of their difference A alone is right,
 * neither or both are, or B alone is. */
static GscKshotCell
get_cell (gconstpointer data, guint map, guint shot, guint cell)
{
  const Pair *pair = data;

  if (map == MAP_DIFFERENCE)
    return (GscKshotCell) (GSC_KSHOT_CELL_OPEN - get_difference (pair->a, pair->b, shot, cell));
  return gsc_kshot_is_right (map == MAP_A ? pair->a : pair->b, shot, cell) ? GSC_KSHOT_CELL_RIGHT
                                                                           : GSC_KSHOT_CELL_WRONG;
}

/* How many queries A alone answers right, and B alone. */
static void
count (const GscKshot *a, const GscKshot *b, guint shot, guint counts[GSC_KSHOT_N_CELLS])
{
  const Pair pair = { a, b };

  memset (counts, 0, GSC_KSHOT_N_CELLS * sizeof *counts);
  for (guint cell = 0; cell < (guint) (a->p * a->p); cell++)
    counts[get_cell (&pair, MAP_DIFFERENCE, shot, cell)]++;
}

/* Page */

static const char *
print_number (GscFigurePage *page, gconstpointer data, guint map, guint shot)
{
  const Pair *pair = data;
  guint counts[GSC_KSHOT_N_CELLS];

  if (map == MAP_DIFFERENCE)
    {
      count (pair->a, pair->b, shot, counts);
      return gsc_kshot_tiles_print_signs (page, counts);
    }
  return gsc_figure_page_print (
      page, "%s", GSC_SHARE ((map == MAP_A ? pair->a : pair->b)->columns[shot].accuracy));
}

static GscRect
add_legend (GscFigurePage *page, const GscRect *area)
{
  static const char *const texts[GSC_KSHOT_N_CELLS] = {
    /* Translators: a cell's colour: in the maps of A and of B the answer is right; in the map of
     * their difference A alone is right. */
    [GSC_KSHOT_CELL_RIGHT] = N_ ("right; A alone"),
    [GSC_KSHOT_CELL_OPEN] = N_ ("both or neither"),
    [GSC_KSHOT_CELL_WRONG] = N_ ("wrong; B alone"),
  };

  return gsc_kshot_tiles_add_legend (page, texts, area);
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
  const Pair pair = { a, b };
  const GscKshotTiles tiles = {
    .n_maps = N_MAPS,
    .row_titles = row_titles[0],
    .n_shots = n,
    .shots = shots,
    .chosen_shot = options->show_cursor && n > 1 ? (int) frame->cursor.shot : -1,
    .p = a->p,
    .data = &pair,
    .get_cell = get_cell,
    .print_number = print_number,
  };

  gsc_kshot_tiles_add (page, &tiles, area);
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
      guint counts[GSC_KSHOT_N_CELLS];

      count (a, b, shots[i], counts);
      g_string_append (list, i > 0 ? ", " : "");
      /* Translators: how many queries A alone and B alone answer right. */
      g_string_append_printf (
          list, ngettext ("%u and %u after %u shot", "%u and %u after %u shots", shots[i]),
          counts[GSC_KSHOT_CELL_RIGHT], counts[GSC_KSHOT_CELL_WRONG], shots[i]);
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
