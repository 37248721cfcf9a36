/* gsc-style.h - sizes and colours that every plot is drawn with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cairo.h>

#include "gsc-palette.h"
#include "gsc-rect.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_VERDICT_NONE,
  GSC_VERDICT_RIGHT,
  GSC_VERDICT_WRONG,
} GscVerdict;

/* A plain value. Nothing is ever read from the desktop's theme: screen and paper differ only by
 * what stands here. Lengths are points. */
typedef struct
{
  const GscPalette *palette; /* static */
  const char *font_family;   /* one family or several, best first, separated by commas; static */
  double text_size;
  double title_size;
  double line_width; /* of a series */
  double axis_width; /* of axes, ticks and outlines */
  double grid_width;
  double marker_size; /* from side to side */
  double tick_length;
  double gap; /* between neighbours that belong together */
} GscStyle;

/* All sizes in proportion to @text_size (8 is what journals print, 5 to 9 what they accept). */
void gsc_style_init (GscStyle *style, const GscPalette *palette, double text_size);

/* Helpers of the plots. */
void gsc_style_set_color (cairo_t *cr, const GscColor *color);
void gsc_style_set_color_alpha (cairo_t *cr, const GscColor *color, double alpha);

/* Line width and dash pattern for lines of @width. */
void gsc_style_set_dash (cairo_t *cr, GscDash dash, double width);

/* Appends the rectangle to the path. */
void gsc_style_add_rect (cairo_t *cr, const GscRect *rect);

/* Appends the outline of a marker of @size from side to side around (x, y) to the path. */
void gsc_style_add_marker (cairo_t *cr, GscMarker marker, double x, double y, double size);

/* Strokes a check mark or a cross of @size from side to side around (x, y): to be told apart
 * without their colour. */
void gsc_style_paint_verdict (
    cairo_t *cr, GscVerdict verdict, double x, double y, double size, const GscColor *color);

/* Paints one marker of a series at (x, y). */
void gsc_style_paint_marker (
    cairo_t *cr, const GscStyle *style, const GscSeriesLook *look, double x, double y);

G_END_DECLS
