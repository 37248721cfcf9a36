/* gsc-bar-plot.h - one bar for each of some whole numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-axis.h"

G_BEGIN_DECLS

/* Borrows everything. */
typedef struct
{
  const char *heading; /* above the plot, or NULL */
  const char *x_title; /* or NULL */
  const char *y_title;
  int first; /* the number that the first bar is of; the next one is of the next number */
  guint n;
  const double *values; /* [n] from 0 up; a bar that is below 0 or not finite is not there */
  const double *levels; /* [n] a short line across each bar, likewise; or NULL */
  double max;           /* where the y axis ends at least */
  GscColor color;
} GscBarPlotInput;

typedef struct
{
  GscRect area;
  GscRect plot;
  GscLabel heading;
  GscAxis x;
  GscAxis y;
  guint n;
  GscRect *bars;  /* [n] on the page; no height: not there, or 0 */
  double *levels; /* [n] page coordinates; NaN: not there */
} GscBarPlotLayout;

/* The plot within @area; the y axis begins at 0 and has room for the highest bar. */
GscBarPlotLayout *
gsc_bar_plot_layout (const GscBarPlotInput *input, const GscStyle *style, const GscRect *area);
void gsc_bar_plot_layout_free (GscBarPlotLayout *layout);

void gsc_bar_plot_paint (cairo_t *cr,
                         const GscBarPlotLayout *layout,
                         const GscBarPlotInput *input,
                         const GscStyle *style);

/* The index of the bar above, at or below which (x, y) lies inside the axes, or -1. */
int gsc_bar_plot_pick (const GscBarPlotLayout *layout, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscBarPlotLayout, gsc_bar_plot_layout_free)

G_END_DECLS
