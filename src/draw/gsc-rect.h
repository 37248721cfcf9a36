/* gsc-rect.h - points and rectangles on a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Lengths of the drawing layer are points (1/72 inch) from the page's top left corner, x to the
 * right and y down; one point is one unit of the cairo_t. A screen or a bitmap scales the cairo_t.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double x;
  double y;
} GscPoint;

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} GscRect;

static inline double
gsc_rect_right (const GscRect *rect)
{
  return rect->x + rect->width;
}

static inline double
gsc_rect_bottom (const GscRect *rect)
{
  return rect->y + rect->height;
}

/* Borders belong to the rectangle. */
static inline gboolean
gsc_rect_contains (const GscRect *rect, double x, double y)
{
  return x >= rect->x && x <= gsc_rect_right (rect) && y >= rect->y && y <= gsc_rect_bottom (rect);
}

/* The cell of a grid of equal ones that fills @grid, row 0 at the bottom. */
static inline GscRect
gsc_rect_get_cell (const GscRect *grid, guint columns, guint rows, guint column, guint row)
{
  double width = grid->width / columns;
  double height = grid->height / rows;

  return (GscRect){ grid->x + column * width, gsc_rect_bottom (grid) - (row + 1) * height, width,
                    height };
}

/* Which of them is there: row * columns + column, or -1. */
static inline int
gsc_rect_pick_cell (const GscRect *grid, guint columns, guint rows, double x, double y)
{
  guint column, row;

  if (!gsc_rect_contains (grid, x, y))
    return -1;
  column = (guint) ((x - grid->x) / grid->width * columns);
  row = (guint) ((gsc_rect_bottom (grid) - y) / grid->height * rows);
  return (int) (MIN (row, rows - 1) * columns + MIN (column, columns - 1));
}

G_END_DECLS
