/* gsc-style.c - sizes and colours that every plot is drawn with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-style.h"

#include <math.h>

void
gsc_style_init (GscStyle *style, const GscPalette *palette, double text_size)
{
  double unit = text_size / 8;

  *style = (GscStyle){
    .palette = palette,
    .font_family = "Arial, Liberation Sans, DejaVu Sans, Sans",
    .text_size = text_size,
    .title_size = 9 * unit,
    .line_width = 1.1 * unit,
    .axis_width = 0.6 * unit,
    .grid_width = 0.5 * unit,
    .marker_size = 4.2 * unit,
    .tick_length = 3 * unit,
    .gap = 3 * unit,
  };
}

void
gsc_style_set_color (cairo_t *cr, const GscColor *color)
{
  cairo_set_source_rgb (cr, color->red, color->green, color->blue);
}

void
gsc_style_set_color_alpha (cairo_t *cr, const GscColor *color, double alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, alpha);
}

void
gsc_style_set_dash (cairo_t *cr, GscDash dash, double width)
{
  static const struct
  {
    int n;
    double lengths[4]; /* in line widths */
  } patterns[] = {
    [GSC_DASH_SOLID] = { 0, { 0 } },
    [GSC_DASH_DASHED] = { 2, { 4, 2 } },
    [GSC_DASH_DOTTED] = { 2, { 1, 1.6 } },
    [GSC_DASH_DASH_DOT] = { 4, { 5, 1.8, 1, 1.8 } },
  };
  double lengths[4];

  for (int i = 0; i < patterns[dash].n; i++)
    lengths[i] = patterns[dash].lengths[i] * width;
  cairo_set_dash (cr, lengths, patterns[dash].n, 0);
  cairo_set_line_width (cr, width);
}

void
gsc_style_add_rect (cairo_t *cr, const GscRect *rect)
{
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
}

void
gsc_style_add_marker (cairo_t *cr, GscMarker marker, double x, double y, double size)
{
  double radius = size / 2;

  cairo_new_sub_path (cr);
  switch (marker)
    {
    case GSC_MARKER_CIRCLE:
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      break;
    case GSC_MARKER_SQUARE:
      cairo_rectangle (cr, x - 0.88 * radius, y - 0.88 * radius, 1.76 * radius, 1.76 * radius);
      break;
    case GSC_MARKER_TRIANGLE:
      cairo_move_to (cr, x, y - 1.2 * radius);
      cairo_line_to (cr, x + 1.1 * radius, y + 0.75 * radius);
      cairo_line_to (cr, x - 1.1 * radius, y + 0.75 * radius);
      cairo_close_path (cr);
      break;
    case GSC_MARKER_DIAMOND:
      cairo_move_to (cr, x, y - 1.25 * radius);
      cairo_line_to (cr, x + 1.25 * radius, y);
      cairo_line_to (cr, x, y + 1.25 * radius);
      cairo_line_to (cr, x - 1.25 * radius, y);
      cairo_close_path (cr);
      break;
    case GSC_MARKER_NONE:
    default:
      break;
    }
}

void
gsc_style_paint_verdict (
    cairo_t *cr, GscVerdict verdict, double x, double y, double size, const GscColor *color)
{
  double half = 0.42 * size;

  if (verdict == GSC_VERDICT_NONE)
    return;
  cairo_save (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, 0.18 * size);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (verdict == GSC_VERDICT_RIGHT)
    {
      cairo_move_to (cr, x - half, y + 0.1 * half);
      cairo_line_to (cr, x - 0.25 * half, y + 0.8 * half);
      cairo_line_to (cr, x + half, y - 0.8 * half);
    }
  else
    {
      half *= 0.85;
      cairo_move_to (cr, x - half, y - half);
      cairo_line_to (cr, x + half, y + half);
      cairo_move_to (cr, x - half, y + half);
      cairo_line_to (cr, x + half, y - half);
    }
  gsc_style_set_color (cr, color);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
gsc_style_paint_marker (
    cairo_t *cr, const GscStyle *style, const GscSeriesLook *look, double x, double y)
{
  double stroke = 0.8 * style->line_width;

  if (look->marker == GSC_MARKER_NONE)
    return;
  cairo_save (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, stroke);
  gsc_style_add_marker (cr, look->marker, x, y, style->marker_size - stroke);
  gsc_style_set_color (cr, look->filled ? &look->color : &style->palette->background);
  cairo_fill_preserve (cr);
  gsc_style_set_color (cr, &look->color);
  cairo_stroke (cr);
  cairo_restore (cr);
}
