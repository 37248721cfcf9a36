/* gsc-board-order.c - the order of a board's panels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-board-order.h"

#include <string.h>

static const GscBoardOrder usual = { {
    GSC_FIGURE_LEARNING_CURVES,
    GSC_FIGURE_TASK_GRID,
    GSC_FIGURE_TASK_TABLE,
    GSC_FIGURE_SHOTS,
    GSC_FIGURE_ATTENTION,
    GSC_FIGURE_PROJECTION,
    GSC_FIGURE_KSHOT,
    GSC_FIGURE_ABLATION,
    GSC_FIGURE_SIMILARITY,
    GSC_FIGURE_NOISE,
    GSC_FIGURE_LENS,
    GSC_FIGURE_SPECTRUM,
    GSC_FIGURE_SEQUENCE,
} };

/* What a board begins with: enough to see what a model learns, not all there is. */
static const gboolean usually_shown[GSC_N_FIGURES] = {
  [GSC_FIGURE_LEARNING_CURVES] = TRUE, [GSC_FIGURE_TASK_GRID] = TRUE,
  [GSC_FIGURE_TASK_TABLE] = TRUE,      [GSC_FIGURE_SHOTS] = TRUE,
  [GSC_FIGURE_ATTENTION] = TRUE,       [GSC_FIGURE_PROJECTION] = TRUE,
  [GSC_FIGURE_KSHOT] = TRUE,           [GSC_FIGURE_SEQUENCE] = TRUE,
};

gboolean
gsc_board_order_is_usually_shown (GscFigure figure)
{
  return usually_shown[figure];
}

void
gsc_board_order_init (GscBoardOrder *order)
{
  *order = usual;
}

int
gsc_board_order_find_figure (const char *name)
{
  for (int i = 0; i < GSC_N_FIGURES; i++)
    if (g_strcmp0 (gsc_figure_get_name ((GscFigure) i), name) == 0)
      return i;
  return -1;
}

gboolean
gsc_board_order_set (GscBoardOrder *order, const char *const *names)
{
  const GscBoardOrder before = *order;
  gboolean taken[GSC_N_FIGURES] = { FALSE };
  guint n = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      int figure = gsc_board_order_find_figure (names[i]);

      if (figure < 0 || taken[figure])
        continue;
      taken[figure] = TRUE;
      order->figures[n++] = (GscFigure) figure;
    }
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    if (!taken[usual.figures[i]])
      order->figures[n++] = usual.figures[i];
  return memcmp (&before, order, sizeof before) != 0;
}

char **
gsc_board_order_list (const GscBoardOrder *order)
{
  char **names = g_new0 (char *, GSC_N_FIGURES + 1);

  for (guint i = 0; i < GSC_N_FIGURES; i++)
    names[i] = g_strdup (gsc_figure_get_name (order->figures[i]));
  return names;
}

static int
find_place (const GscBoardOrder *order, GscFigure figure)
{
  for (int i = 0; i < GSC_N_FIGURES; i++)
    if (order->figures[i] == figure)
      return i;
  g_return_val_if_reached (0);
}

/* Takes a figure out and puts it in again at @to. */
static gboolean
move (GscBoardOrder *order, int from, int to)
{
  GscFigure *figures = order->figures;
  GscFigure figure = figures[from];

  if (from < to)
    memmove (figures + from, figures + from + 1, (gsize) (to - from) * sizeof *figures);
  else
    memmove (figures + to + 1, figures + to, (gsize) (from - to) * sizeof *figures);
  figures[to] = figure;
  return from != to;
}

gboolean
gsc_board_order_move (GscBoardOrder *order,
                      GscFigure figure,
                      int places,
                      const gboolean shown[GSC_N_FIGURES])
{
  int step = places < 0 ? -1 : 1;
  int from = find_place (order, figure);
  int to = from;

  for (int i = from + step; places != 0 && i >= 0 && i < GSC_N_FIGURES; i += step)
    if (shown[order->figures[i]])
      {
        to = i;
        places -= step;
      }
  return move (order, from, to);
}

gboolean
gsc_board_order_put (GscBoardOrder *order, GscFigure figure, GscFigure other)
{
  return move (order, find_place (order, figure), find_place (order, other));
}
