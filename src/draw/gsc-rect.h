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

G_END_DECLS
