/* gsc-color-scale.c - from a number to a colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-color-scale.h"

#include <math.h>

/* What a light scale leaves out of the colours. */
/* Of pictures in SVG: about 300 an inch. */
#define DOTS_PER_POINT 4

#define DARKEST 0.18

/* A logarithmic scale that is said to begin at 0 reaches so far below its end. */
#define DECADES 1000.0

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
  if (scale->kind == GSC_COLOR_SCALE_SQUARE_ROOT)
    *min = MAX (*min, 0);
  if (!(*min < *max) || !isfinite (*max - *min))
    {
      *min = scale->kind == GSC_COLOR_SCALE_DIVERGING ? -1 : 0;
      *max = 1;
    }
  if (scale->kind == GSC_COLOR_SCALE_LOGARITHMIC)
    {
      if (*max <= 0)
        *max = 1;
      if (*min <= 0)
        *min = *max / DECADES;
    }
}

double
gsc_color_scale_get_share (const GscColorScale *scale, double value)
{
  double min, max, share;

  gsc_color_scale_get_limits (scale, &min, &max);
  switch (scale->kind)
    {
    case GSC_COLOR_SCALE_SQUARE_ROOT:
      share = value <= min ? 0 : (sqrt (value) - sqrt (min)) / (sqrt (max) - sqrt (min));
      break;
    case GSC_COLOR_SCALE_LOGARITHMIC:
      share = value <= min ? 0 : log (value / min) / log (max / min);
      break;
    case GSC_COLOR_SCALE_CYCLIC:
      return isfinite (value) ? (value - min) / (max - min) : 0;
    case GSC_COLOR_SCALE_SEQUENTIAL:
    case GSC_COLOR_SCALE_LIGHT:
    case GSC_COLOR_SCALE_DIVERGING:
    default:
      share = (value - min) / (max - min);
      break;
    }
  if (isnan (share))
    return scale->kind == GSC_COLOR_SCALE_DIVERGING ? 0.5 : 0;
  return CLAMP (share, 0, 1);
}

GscColor
gsc_color_scale_get_at (const GscColorScale *scale, double share)
{
  switch (scale->kind)
    {
    case GSC_COLOR_SCALE_DIVERGING:
      return gsc_palette_diverging (2 * share - 1);
    case GSC_COLOR_SCALE_CYCLIC:
      return gsc_palette_cyclic (share);
    case GSC_COLOR_SCALE_LIGHT:
      return gsc_palette_sequential (DARKEST + (1 - DARKEST) * share);
    case GSC_COLOR_SCALE_SEQUENTIAL:
    case GSC_COLOR_SCALE_SQUARE_ROOT:
    case GSC_COLOR_SCALE_LOGARITHMIC:
    default:
      return gsc_palette_sequential (share);
    }
}

GscColor
gsc_color_scale_get (const GscColorScale *scale, double value)
{
  return gsc_color_scale_get_at (scale, gsc_color_scale_get_share (scale, value));
}

guint32
gsc_color_scale_pack (const GscColor *color)
{
  guint32 red = (guint32) lround (color->red * 255);
  guint32 green = (guint32) lround (color->green * 255);
  guint32 blue = (guint32) lround (color->blue * 255);

  return red << 16 | green << 8 | blue;
}

/* Whether @rect has fewer dots than @image, on a page that is made of dots. */
static gboolean
is_reduced (cairo_t *cr, cairo_surface_t *image, const GscRect *rect)
{
  cairo_surface_type_t type = cairo_surface_get_type (cairo_get_target (cr));
  double width = rect->width, height = rect->height;

  if (type == CAIRO_SURFACE_TYPE_PDF || type == CAIRO_SURFACE_TYPE_SVG)
    return FALSE;
  cairo_user_to_device_distance (cr, &width, &height);
  return fabs (width) < cairo_image_surface_get_width (image)
         || fabs (height) < cairo_image_surface_get_height (image);
}

/* @image with so many dots for each of its own that @rect has DOTS_PER_POINT of them. (transfer
 * full)
 */
static cairo_surface_t *
enlarge (cairo_surface_t *image, const GscRect *rect)
{
  int width = cairo_image_surface_get_width (image);
  int height = cairo_image_surface_get_height (image);
  int across = MAX ((int) ceil (rect->width * DOTS_PER_POINT / width), 1);
  int down = MAX ((int) ceil (rect->height * DOTS_PER_POINT / height), 1);
  cairo_surface_t *larger = cairo_image_surface_create (cairo_image_surface_get_format (image),
                                                        across * width, down * height);
  cairo_t *cr = cairo_create (larger);

  cairo_scale (cr, across, down);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
  return larger;
}

static void
paint_source (cairo_t *cr,
              cairo_surface_t *image,
              const GscRect *rect,
              cairo_filter_t filter,
              cairo_extend_t extend)
{
  cairo_save (cr);
  gsc_style_add_rect (cr, rect);
  cairo_clip (cr);
  cairo_translate (cr, rect->x, rect->y);
  cairo_scale (cr, rect->width / cairo_image_surface_get_width (image),
               rect->height / cairo_image_surface_get_height (image));
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), filter);
  cairo_pattern_set_extend (cairo_get_source (cr), extend);
  cairo_paint (cr);
  cairo_restore (cr);
}

void
gsc_color_scale_paint_image (cairo_t *cr, cairo_surface_t *image, const GscRect *rect)
{
  if (cairo_surface_get_type (cairo_get_target (cr)) == CAIRO_SURFACE_TYPE_SVG)
    {
      /* Many viewers smooth pictures whatever the file says: over a dot, no longer over a cell. */
      cairo_surface_t *larger = enlarge (image, rect);

      paint_source (cr, larger, rect, CAIRO_FILTER_NEAREST, CAIRO_EXTEND_NONE);
      cairo_surface_destroy (larger);
    }
  else
    paint_source (cr, image, rect,
                  is_reduced (cr, image, rect) ? CAIRO_FILTER_GOOD : CAIRO_FILTER_NEAREST,
                  CAIRO_EXTEND_PAD);
}
