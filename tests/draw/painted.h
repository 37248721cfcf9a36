/* painted.h - pictures for the tests to look at
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-style.h"

/* A picture of white points, @scale pixels each in both directions. */
typedef struct
{
  cairo_surface_t *surface;
  cairo_t *cr;
  double scale;
} Painted;

void painted_init (Painted *painted, double width, double height, double scale);
void painted_clear (Painted *painted);

/* The colour of the pixel in which (x, y) lies; points. */
guint32 painted_get (Painted *painted, double x, double y);

/* Number of pixels in @rect (points) that are not white. */
guint painted_count_ink (Painted *painted, const GscRect *rect);

/* A colour as painted_get() gives it. */
guint32 painted_pack (const GscColor *color);

/* The style of most tests: paper, 8 points. */
void painted_init_style (GscStyle *style);

/* @inner must lie within @outer. */
void painted_assert_inside (const GscRect *inner, const GscRect *outer);
