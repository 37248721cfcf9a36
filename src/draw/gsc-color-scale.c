/* gsc-color-scale.c - from a number to a colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-color-scale.h"

#include <math.h>

void
gsc_color_scale_get_limits (const GscColorScale *scale, double *min, double *max)
{
  *min = isfinite (scale->min) ? scale->min : 0;
  *max = isfinite (scale->max) ? scale->max : 1;
  if (scale->kind == GSC_COLOR_SCALE_DIVERGING)
    {
      *max = MAX (fabs (*min), fabs (*max));
      *min = -*max;
    }
  if (!(*min < *max) || !isfinite (*max - *min))
    {
      *min = scale->kind == GSC_COLOR_SCALE_DIVERGING ? -1 : 0;
      *max = 1;
    }
}

GscColor
gsc_color_scale_get (const GscColorScale *scale, double value)
{
  double min, max;

  gsc_color_scale_get_limits (scale, &min, &max);
  if (scale->kind == GSC_COLOR_SCALE_DIVERGING)
    return gsc_palette_diverging (value / max);
  return gsc_palette_sequential ((value - min) / (max - min));
}

guint32
gsc_color_scale_pack (const GscColor *color)
{
  guint32 red = (guint32) lround (color->red * 255);
  guint32 green = (guint32) lround (color->green * 255);
  guint32 blue = (guint32) lround (color->blue * 255);

  return red << 16 | green << 8 | blue;
}

void
gsc_color_scale_paint_image (cairo_t *cr, cairo_surface_t *image, const GscRect *rect)
{
  cairo_save (cr);
  gsc_style_add_rect (cr, rect);
  cairo_clip (cr);
  cairo_translate (cr, rect->x, rect->y);
  cairo_scale (cr, rect->width / cairo_image_surface_get_width (image),
               rect->height / cairo_image_surface_get_height (image));
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_restore (cr);
}
