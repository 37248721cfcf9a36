/* gsc-board-layout.c - where the panels of a board stand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-board-layout.h"

#include <math.h>

#define GAP GSC_BOARD_LAYOUT_GAP

/* Widths in text sizes from which on there are two, or three columns. */
#define TWO_COLUMNS 66.0
#define THREE_COLUMNS 116.0

/* Beyond this width in text sizes three columns hold more and more. */
#define MORE_COLUMNS 230.0

/* Where panels stand in one column, and the board scrolls anyway, they may be so much higher. */
#define ROOMY 1.4

/* What a figure wants. Sizes are in text sizes, without the panel's chrome. */
typedef struct
{
  gboolean strip; /* a row of its own where there are several columns */
  gboolean alone; /* looks good over the full width, if a row has to have only one */
  double columns; /* of three */
  double min;     /* least height */
  double most;    /* a least height that is enough beside others */
  double stretch; /* share of the height that is left over */
} Wish;

static const Wish wishes[GSC_N_FIGURES] = {
  [GSC_FIGURE_LEARNING_CURVES] = { TRUE, TRUE, 3, 13, 14, 1 },
  [GSC_FIGURE_TASK_GRID] = { FALSE, FALSE, 1.05, 16, 18, 1.4 },
  [GSC_FIGURE_TASK_TABLE] = { FALSE, FALSE, 0.8, 16, 18, 1.4 },
  [GSC_FIGURE_SHOTS] = { FALSE, TRUE, 1.15, 15, 18, 1.2 },
  [GSC_FIGURE_ATTENTION] = { FALSE, TRUE, 1.1, 18, 20, 1.5 },
  [GSC_FIGURE_PROJECTION] = { FALSE, FALSE, 1, 18, 20, 1.5 },
  [GSC_FIGURE_KSHOT] = { FALSE, TRUE, 0.9, 19, 24, 1.6 },
  [GSC_FIGURE_SIMILARITY] = { FALSE, TRUE, 1.5, 18, 20, 1.5 },
  [GSC_FIGURE_NOISE] = { FALSE, TRUE, 1.5, 16, 18, 1.3 },
  [GSC_FIGURE_LENS] = { FALSE, TRUE, 1.15, 15, 18, 1.2 },
  [GSC_FIGURE_SPECTRUM] = { FALSE, TRUE, 1.15, 15, 18, 1.2 },
  [GSC_FIGURE_ABLATION] = { FALSE, TRUE, 1.5, 18, 20, 1.5 },
  [GSC_FIGURE_SEQUENCE] = { TRUE, TRUE, 3, 8, 9, 0.25 },
};

typedef struct
{
  guint first;
  guint n;
  int height;
  double stretch;
} Row;

/* The width of item @i among those of its row, the gaps not counted. */
static double
get_share (const GscBoardItem *items, const Row *row, guint i)
{
  double sum = 0;

  for (guint k = 0; k < row->n; k++)
    sum += wishes[items[row->first + k].figure].columns;
  return wishes[items[i].figure].columns / sum;
}

/* The left end of item row->first + @k, and with @k == row->n the right end of the row; plus the
 * gap behind it. */
static int
get_left (const GscBoardItem *items, const Row *row, guint k, int inside)
{
  double share = 0;
  int room = inside - (int) (row->n - 1) * GAP;

  for (guint i = 0; i < k; i++)
    share += get_share (items, row, row->first + i);
  return GAP + (int) round (share * room) + (int) k * GAP;
}

static int
get_item_width (const GscBoardItem *items, const Row *row, guint k, int inside)
{
  return get_left (items, row, k + 1, inside) - GAP - get_left (items, row, k, inside);
}

static gboolean
fits (const GscBoardItem *items, const Row *row, int inside)
{
  for (guint k = 0; k < row->n; k++)
    if (get_item_width (items, row, k, inside) < items[row->first + k].min_width)
      return FALSE;
  return TRUE;
}

/* The least height of an item. What figures like grows with their width, within limits. */
static int
get_min_height (const GscBoardItem *item, double text_size, int width, gboolean roomy)
{
  const Wish *wish = &wishes[item->figure];
  double unit = text_size / 8; /* gsc_figure_get_height() is for text of 8 points */
  double good
      = gsc_figure_get_height (item->figure, (item->pair ? width / 2 : width) / unit) * unit;
  double height = CLAMP (good, wish->min * text_size, wish->most * (roomy ? ROOMY : 1) * text_size);

  return MAX ((int) ceil (height) + item->chrome, item->min_height);
}

/* How bad a row is, as words in a line: by what is missing to a full one. */
static double
get_badness (const GscBoardItem *items, const Row *row, double columns)
{
  double sum = 0;
  double missing;

  for (guint k = 0; k < row->n; k++)
    {
      const Wish *wish = &wishes[items[row->first + k].figure];

      /* Two columns are two panels; a strip has a row to itself. */
      if (wish->strip && row->n > 1)
        return INFINITY;
      sum += wish->strip ? columns : columns < 3 ? 1 : wish->columns;
    }
  if (sum > columns + 1e-6 && row->n > 1)
    return INFINITY;
  missing = MAX (columns - sum, 0);
  if (row->n == 1 && !wishes[items[row->first].figure].alone)
    missing *= 1.5;
  return missing * missing;
}

/* Breaks the items into rows so that they are least bad altogether; the number of rows. */
static guint
break_rows (const GscBoardItem *items, guint n, double columns, int inside, Row *rows)
{
  double best[GSC_BOARD_LAYOUT_MAX + 1] = { 0 }; /* of the items from here on */
  guint length[GSC_BOARD_LAYOUT_MAX + 1] = { 0 };
  guint n_rows = 0;

  for (guint first = n; first-- > 0;)
    {
      best[first] = INFINITY;
      for (guint k = 1; first + k <= n; k++)
        {
          const Row row = { .first = first, .n = k };
          double badness = get_badness (items, &row, columns) + best[first + k];

          if (k > 1 && !fits (items, &row, inside))
            badness = INFINITY;
          if (badness < best[first] || k == 1)
            {
              best[first] = badness;
              length[first] = k;
            }
        }
    }
  for (guint first = 0; first < n; first += length[first])
    rows[n_rows++] = (Row){ .first = first, .n = length[first] };
  return n_rows;
}

/* Pairs take the room of two. */
static double
count_columns (const GscBoardItem *items, guint n, double text_size, int width)
{
  double sizes = width / text_size;

  for (guint i = 0; i < n; i++)
    if (items[i].pair)
      {
        sizes /= 2;
        break;
      }

  if (sizes < TWO_COLUMNS)
    return 1;
  if (sizes < THREE_COLUMNS)
    return 2;
  return sizes < MORE_COLUMNS ? 3 : 3 * sizes / MORE_COLUMNS;
}

/* Shares out the height that is left over. */
static void
stretch_rows (Row *rows, guint n_rows, int extra)
{
  double sum = 0;
  double given = 0;
  int before = 0;

  for (guint i = 0; i < n_rows; i++)
    sum += rows[i].stretch;
  for (guint i = 0; i < n_rows; i++)
    {
      int now;

      given += rows[i].stretch;
      now = (int) round (extra * given / sum);
      rows[i].height += now - before;
      before = now;
    }
}

int
gsc_board_layout_place (const GscBoardItem *items,
                        guint n,
                        double text_size,
                        int width,
                        int height,
                        GdkRectangle *places)
{
  Row rows[GSC_BOARD_LAYOUT_MAX];
  int inside = width - 2 * GAP;
  double columns = count_columns (items, n, text_size, width);
  int needed = GAP;
  int y = GAP;
  guint n_rows;

  g_return_val_if_fail (n <= GSC_BOARD_LAYOUT_MAX, 0);

  n_rows = break_rows (items, n, columns, inside, rows);
  for (guint i = 0; i < n_rows; i++)
    {
      Row *row = &rows[i];

      row->height = 0;
      row->stretch = 0;
      for (guint k = 0; k < row->n; k++)
        {
          const GscBoardItem *item = &items[row->first + k];
          int least = get_min_height (item, text_size, get_item_width (items, row, k, inside),
                                      columns < 2);

          row->height = MAX (row->height, least);
          row->stretch = MAX (row->stretch, wishes[item->figure].stretch);
        }
      needed += row->height + GAP;
    }
  if (places == NULL)
    return needed;
  if (n_rows > 0 && height > needed)
    stretch_rows (rows, n_rows, height - needed);
  for (guint i = 0; i < n_rows; i++)
    {
      const Row *row = &rows[i];

      for (guint k = 0; k < row->n; k++)
        places[row->first + k]
            = (GdkRectangle){ get_left (items, row, k, inside), y,
                              get_item_width (items, row, k, inside), row->height };
      y += row->height + GAP;
    }
  return needed;
}

int
gsc_board_layout_place_alone (
    const GscBoardItem *item, double text_size, int width, int height, GdkRectangle *place)
{
  int needed = get_min_height (item, text_size, width - 2 * GAP, FALSE) + 2 * GAP;

  if (place != NULL)
    *place = (GdkRectangle){ GAP, GAP, width - 2 * GAP, MAX (height, needed) - 2 * GAP };
  return needed;
}

int
gsc_board_layout_get_min_width (const GscBoardItem *items, guint n)
{
  int width = 0;

  for (guint i = 0; i < n; i++)
    width = MAX (width, items[i].min_width);
  return width + 2 * GAP;
}
