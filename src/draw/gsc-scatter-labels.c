/* gsc-scatter-labels.c - labels beside points, none on another thing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The plot is divided into small squares, each of which is free or taken by a marker or a label: so
 * one look at a label's squares tells whether there is room, however many points there are.
 */

#include "gsc-scatter-labels.h"

#include <math.h>
#include <string.h>

/* Squares in the height of a label's letters. */
#define SQUARES 4.0

/* A second label of the same group is no nearer than so many sizes of the text. */
#define SAME_DISTANCE 4.0

/* More squares than this along a side make no better picture. */
#define MAX_SQUARES 2000.0

typedef struct
{
  GscRect plot;
  double size; /* of a square */
  int columns;
  int rows;
  guint8 *taken; /* [rows * columns] */
} Board;

static void
board_init (Board *board, const GscRect *plot, double size)
{
  *board = (Board){ .plot = *plot };
  board->size = MAX (size, MAX (plot->width, plot->height) / MAX_SQUARES);
  board->columns = (int) ceil (plot->width / board->size) + 1;
  board->rows = (int) ceil (plot->height / board->size) + 1;
  board->taken = g_malloc0 ((gsize) board->columns * (gsize) board->rows);
}

/* The squares that @rect touches, within the board. */
static void
board_find (const Board *board, const GscRect *rect, int squares[4])
{
  squares[0] = MAX ((int) floor ((rect->x - board->plot.x) / board->size), 0);
  squares[1] = MIN ((int) floor ((gsc_rect_right (rect) - board->plot.x) / board->size),
                    board->columns - 1);
  squares[2] = MAX ((int) floor ((rect->y - board->plot.y) / board->size), 0);
  squares[3]
      = MIN ((int) floor ((gsc_rect_bottom (rect) - board->plot.y) / board->size), board->rows - 1);
}

static void
board_take (Board *board, const GscRect *rect)
{
  int squares[4];

  board_find (board, rect, squares);
  for (int row = squares[2]; row <= squares[3]; row++)
    if (squares[1] >= squares[0])
      memset (board->taken + (gsize) row * (gsize) board->columns + squares[0], 1,
              (gsize) (squares[1] - squares[0] + 1));
}

static gboolean
board_is_free (const Board *board, const GscRect *rect)
{
  int squares[4];

  if (!gsc_rect_contains (&board->plot, rect->x, rect->y)
      || !gsc_rect_contains (&board->plot, gsc_rect_right (rect), gsc_rect_bottom (rect)))
    return FALSE;
  board_find (board, rect, squares);
  for (int row = squares[2]; row <= squares[3]; row++)
    if (memchr (board->taken + (gsize) row * (gsize) board->columns + squares[0], 1,
                (gsize) (squares[1] - squares[0] + 1))
        != NULL)
      return FALSE;
  return TRUE;
}

/* The lines of the box that has some points in it. */
static void
board_take_box (Board *board, const GscRect *box)
{
  const GscRect lines[] = { { box->x, box->y, box->width, 0 },
                            { box->x, gsc_rect_bottom (box), box->width, 0 },
                            { box->x, box->y, 0, box->height },
                            { gsc_rect_right (box), box->y, 0, box->height } };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    board_take (board, &lines[i]);
}

/* Puts the label of @point where there is room beside it, if anywhere. */
static gboolean
place_label (GscScatterLayout *layout, const GscScatterInput *input, Board *board, guint point)
{
  /* in sizes of the label: right, left, above, below, then the corners */
  static const double shares[][2]
      = { { 0, 0.5 }, { 1, 0.5 }, { 0.5, 1 }, { 0.5, 0 }, { 0, 1 }, { 1, 1 }, { 0, 0 }, { 1, 0 } };
  /* a whole square between the marker's and the label's */
  double away = layout->marker_size / 2 + board->size;
  const GscPoint *at = &layout->points[point];
  GscLabel label = layout->texts[input->group[point]];

  if (label.text == NULL || isnan (at->x))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      /* corners are nearer: the way is a diagonal */
      double reach = i < 4 ? away : 0.75 * away;

      gsc_label_place (&label, at->x + (1 - 2 * shares[i][0]) * reach,
                       at->y + (1 - 2 * shares[i][1]) * reach, shares[i][0], shares[i][1]);
      if (!board_is_free (board, &label.rect))
        continue;
      board_take (board, &label.rect);
      layout->labels[layout->n_labels] = label;
      layout->labelled[layout->n_labels++] = point;
      return TRUE;
    }
  return FALSE;
}

/* Whether another label near @point says the same. */
static gboolean
is_said (const GscScatterLayout *layout, const GscScatterInput *input, guint point, double distance)
{
  const GscPoint *at = &layout->points[point];

  for (guint i = 0; i < layout->n_labels; i++)
    {
      const GscPoint *other = &layout->points[layout->labelled[i]];

      if (input->group[layout->labelled[i]] == input->group[point]
          && hypot (other->x - at->x, other->y - at->y) < distance)
        return TRUE;
    }
  return FALSE;
}

/* By group: the painter sets each text once. */
static void
sort_labels (GscScatterLayout *layout, const GscScatterInput *input)
{
  guint n = layout->n_labels;
  g_autofree guint *start = g_new0 (guint, input->n_groups + 1);
  g_autofree GscLabel *labels = g_memdup2 (layout->labels, n * sizeof *labels);
  g_autofree guint *labelled = g_memdup2 (layout->labelled, n * sizeof *labelled);

  for (guint i = 0; i < n; i++)
    start[input->group[labelled[i]] + 1]++;
  for (guint i = 0; i < input->n_groups; i++)
    start[i + 1] += start[i];
  for (guint i = 0; i < n; i++)
    {
      guint place = start[input->group[labelled[i]]]++;

      layout->labels[place] = labels[i];
      layout->labelled[place] = labelled[i];
    }
}

void
gsc_scatter_labels_place (GscScatterLayout *layout,
                          const GscScatterInput *input,
                          const GscStyle *style)
{
  double side = layout->marker_size;
  g_autofree gboolean *group_done = g_new0 (gboolean, input->n_groups + 1);
  g_autofree gboolean *done = g_new0 (gboolean, input->n + 1);
  Board board;

  layout->labels = g_new (GscLabel, input->n);
  layout->labelled = g_new (guint, input->n);
  board_init (&board, &layout->plot, style->text_size / SQUARES);
  for (guint i = 0; i < input->n; i++)
    if (!isnan (layout->points[i].x))
      {
        const GscRect marker
            = { layout->points[i].x - side / 2, layout->points[i].y - side / 2, side, side };

        board_take (&board, &marker);
      }
  if (layout->box.width > 0)
    board_take_box (&board, &layout->box);
  for (guint i = 0; i < input->n; i++)
    if (!group_done[input->group[i]])
      group_done[input->group[i]] = done[i] = place_label (layout, input, &board, i);
  for (guint i = 0; i < input->n; i++)
    if (!done[i] && !is_said (layout, input, i, SAME_DISTANCE * style->text_size))
      place_label (layout, input, &board, i);
  sort_labels (layout, input);
  g_free (board.taken);
}
