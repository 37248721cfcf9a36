/* painted.c - pictures for the tests to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "painted.h"

#include <math.h>

#define WHITE 0xffffffu

void
painted_init (Painted *painted, double width, double height, double scale)
{
  painted->scale = scale;
  painted->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (width * scale),
                                                 (int) ceil (height * scale));
  painted->cr = cairo_create (painted->surface);
  cairo_set_source_rgb (painted->cr, 1, 1, 1);
  cairo_paint (painted->cr);
  cairo_scale (painted->cr, scale, scale);
}

void
painted_clear (Painted *painted)
{
  g_assert_cmpint (cairo_status (painted->cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (painted->cr);
  cairo_surface_destroy (painted->surface);
}

static guint32
get_pixel (Painted *painted, int column, int row)
{
  const unsigned char *data;

  cairo_surface_flush (painted->surface);
  data = cairo_image_surface_get_data (painted->surface);
  g_assert_cmpint (column, >=, 0);
  g_assert_cmpint (row, >=, 0);
  g_assert_cmpint (column, <, cairo_image_surface_get_width (painted->surface));
  g_assert_cmpint (row, <, cairo_image_surface_get_height (painted->surface));
  data += (gsize) row * (gsize) cairo_image_surface_get_stride (painted->surface);
  return ((const guint32 *) (gconstpointer) data)[column] & WHITE;
}

guint32
painted_get (Painted *painted, double x, double y)
{
  return get_pixel (painted, (int) floor (x * painted->scale), (int) floor (y * painted->scale));
}

guint
painted_count_ink (Painted *painted, const GscRect *rect)
{
  guint n = 0;

  for (int row = (int) ceil (rect->y * painted->scale);
       row < (int) floor (gsc_rect_bottom (rect) * painted->scale); row++)
    for (int column = (int) ceil (rect->x * painted->scale);
         column < (int) floor (gsc_rect_right (rect) * painted->scale); column++)
      n += get_pixel (painted, column, row) != WHITE;
  return n;
}

guint32
painted_pack (const GscColor *color)
{
  return (guint32) lround (color->red * 255) << 16 | (guint32) lround (color->green * 255) << 8
         | (guint32) lround (color->blue * 255);
}

void
painted_init_style (GscStyle *style)
{
  gsc_style_init (style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
}

void
painted_assert_inside (const GscRect *inner, const GscRect *outer)
{
  g_assert_cmpfloat (inner->x, >=, outer->x - 0.01);
  g_assert_cmpfloat (inner->y, >=, outer->y - 0.01);
  g_assert_cmpfloat (gsc_rect_right (inner), <=, gsc_rect_right (outer) + 0.01);
  g_assert_cmpfloat (gsc_rect_bottom (inner), <=, gsc_rect_bottom (outer) + 0.01);
}
