/* gsc-color-scale.h - from a number to a colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-style.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_COLOR_SCALE_SEQUENTIAL,
  GSC_COLOR_SCALE_LIGHT,       /* sequential without the darkest colours, to be told from black */
  GSC_COLOR_SCALE_DIVERGING,   /* white at 0; the limits are -max..max with the larger of both */
  GSC_COLOR_SCALE_SQUARE_ROOT, /* sequential by the square root; limits from 0 up */
  GSC_COLOR_SCALE_LOGARITHMIC, /* sequential by the logarithm; limits above 0 */
  GSC_COLOR_SCALE_CYCLIC,      /* max is min again */
} GscColorScaleKind;

/* A plain value. */
typedef struct
{
  GscColorScaleKind kind;
  double min;
  double max;
} GscColorScale;

/* The limits that hold for it: finite and in order, whatever stands in @scale. */
void gsc_color_scale_get_limits (const GscColorScale *scale, double *min, double *max);

/* The colour of @value; beyond the limits that of the nearest. */
GscColor gsc_color_scale_get (const GscColorScale *scale, double value);

/* Where @value lies between the limits, 0..1 by the scale's kind; beyond them that of the nearest,
 * or for a cyclic scale counted on. NaN is as min (diverging: as 0). */
double gsc_color_scale_get_share (const GscColorScale *scale, double value);

/* The colour at a share. */
GscColor gsc_color_scale_get_at (const GscColorScale *scale, double share);

/* A colour as a pixel of CAIRO_FORMAT_RGB24. */
guint32 gsc_color_scale_pack (const GscColor *color);

/* Stretches @image over @rect without interpolation. Where there are fewer dots on the screen than
 * in the image, these are averaged, or some of them would vanish. */
void gsc_color_scale_paint_image (cairo_t *cr, cairo_surface_t *image, const GscRect *rect);

G_END_DECLS
