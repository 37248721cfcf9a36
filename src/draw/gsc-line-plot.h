/* gsc-line-plot.h - lines over two axes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-axis.h"
#include "gsc-end-labels.h"

G_BEGIN_DECLS

/* One line. Borrows everything. A point with NaN (or nothing above 0 on a logarithmic axis) is a
 * gap in the line. */
typedef struct
{
  const char *name; /* in the legend; NULL: not there */
  const GscSeriesLook *look;
  guint n;
  const double *x;   /* [n], ascending */
  const double *y;   /* [n] */
  const double *low; /* [n] a band around the line, or both NULL */
  const double *high;
} GscLineSeries;

/* A vertical line at one place of the x axis. */
typedef struct
{
  double x;
  const char *label;         /* above the plot, or NULL */
  const char *brief;         /* where there is no room for that, or NULL */
  const GscSeriesLook *look; /* of the line that has a ring at (x, y), or NULL: there is no ring */
  double y;
  double
      end_x; /* with a ring: the corner is drawn from there to the right and to (end_x, end_y), */
  double end_y; /* unless that is no number */
} GscLineMark;

typedef struct
{
  const char *heading; /* above the plot, or NULL */
  GscAxisInput x;
  GscAxisInput y;
  const GscLineSeries *series; /* earlier ones are painted over later ones */
  guint n_series;
  const GscLineMark *marks;
  guint n_marks;
  double cursor;   /* a stronger vertical line; NaN: none */
  gboolean legend; /* beside the lines' ends, or below the plot where that takes too much width */
} GscLinePlotInput;

typedef struct
{
  GscRect area;
  GscRect plot; /* what the axes enclose */
  GscLabel heading;
  GscAxis x;
  GscAxis y;
  guint n_series;
  guint *n_points;   /* [n_series] */
  GscPoint **points; /* [n_series][n_points] on the page; NaN where there is a gap */
  guint n_marks;
  double *mark_x;        /* [n_marks] on the page; NaN outside the plot */
  GscLabel *mark_labels; /* [n_marks]; those that have no room beside earlier ones have no text */
  GscPoint *mark_rings;  /* [n_marks]; NaN: none */
  double cursor_x;       /* NaN: none */
  guint n_entries;       /* of the legend */
  GscLegendEntry *entries;
  GscEndLabels *end_labels; /* one of the two, or none */
  GscLegendLayout *legend;
} GscLinePlotLayout;

/* The plot within @area. Borrows from @input, which must live as long as the layout. */
GscLinePlotLayout *
gsc_line_plot_layout (const GscLinePlotInput *input, const GscStyle *style, const GscRect *area);
void gsc_line_plot_layout_free (GscLinePlotLayout *layout);

void gsc_line_plot_paint (cairo_t *cr,
                          const GscLinePlotLayout *layout,
                          const GscLinePlotInput *input,
                          const GscStyle *style);

typedef struct
{
  double x; /* in the axes' numbers */
  double y;
  int series; /* that of the nearest point, -1 if none is near */
  guint point;
} GscLinePlotPick;

/* What is at (x, y). FALSE outside the axes. */
gboolean
gsc_line_plot_pick (const GscLinePlotLayout *layout, double x, double y, GscLinePlotPick *pick);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscLinePlotLayout, gsc_line_plot_layout_free)

G_END_DECLS
