/* gsc-color-bar.h - the key to a colour scale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-axis.h"
#include "gsc-color-scale.h"

G_BEGIN_DECLS

typedef struct
{
  GscColorScale scale;
  gboolean whole;    /* ticks at whole numbers only */
  const char *title; /* or NULL */
} GscColorBarInput;

typedef struct
{
  GscRect bar;
  GscAxis axis; /* at its right */
  double width; /* of bar and axis */
} GscColorBarLayout;

/* A vertical bar as high as @area at its left side. */
GscColorBarLayout *
gsc_color_bar_layout (const GscColorBarInput *input, const GscStyle *style, const GscRect *area);
void gsc_color_bar_layout_free (GscColorBarLayout *layout);

void gsc_color_bar_paint (cairo_t *cr,
                          const GscColorBarLayout *layout,
                          const GscColorBarInput *input,
                          const GscStyle *style);

/* The value at (x, y). FALSE outside the bar. */
gboolean gsc_color_bar_pick (const GscColorBarLayout *layout, double x, double y, double *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscColorBarLayout, gsc_color_bar_layout_free)

G_END_DECLS
