/* gsc-axis.h - an axis: from numbers to places on the page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-label.h"
#include "gsc-ticks.h"

G_BEGIN_DECLS

typedef struct
{
  /* The ends of the axis. Limits that make no axis (not finite, not in order, not above 0 on a
   * logarithmic one) are replaced by the nearest that do. */
  double min;
  double max;
  gboolean logarithmic;
  gboolean square_root; /* places by the square root: small numbers get room; min is at least 0 */
  gboolean whole;       /* ticks at whole numbers only */
  const char *title;    /* or NULL */
} GscAxisInput;

typedef enum
{
  GSC_AXIS_BOTTOM,
  GSC_AXIS_LEFT,
  GSC_AXIS_RIGHT,
} GscAxisSide;

/* An axis is laid out in two steps, because the room for one axis decides the length of the other:
 * gsc_axis_init() chooses ticks for a length and says how much room they take, gsc_axis_place()
 * puts it beside a rectangle. */
typedef struct
{
  GscAxisSide side;
  double min;
  double max;
  gboolean logarithmic;
  gboolean square_root;
  double room;      /* how far ticks, labels and title reach outwards */
  GArray *ticks;    /* of GscTick */
  GscLabel *labels; /* one a tick; minor ones have no text */
  GscLabel title;
  double start; /* page coordinate of min; x or y by side */
  double end;   /* of max */
  GscRect plot; /* the rectangle it belongs to */
} GscAxis;

/* As many ticks as fit into @length without their labels coming too close to each other. End with
 * gsc_axis_clear(). */
void gsc_axis_init (GscAxis *axis,
                    const GscAxisInput *input,
                    GscAxisSide side,
                    const GscStyle *style,
                    double length);
void gsc_axis_clear (GscAxis *axis);

/* Puts it at the side of @plot; labels and title get their places. A title that is longer than the
 * axis is cut. */
void gsc_axis_place (GscAxis *axis, const GscStyle *style, const GscRect *plot);

/* Page coordinate of @value, x or y by side; NaN for what the axis has no place for (NaN, or
 * nothing above 0 on a logarithmic axis, or below 0 on one of square roots). Values outside the
 * limits lie outside the axis. */
double gsc_axis_map (const GscAxis *axis, double value);

/* The value at a page coordinate. */
double gsc_axis_unmap (const GscAxis *axis, double position);

/* How far labels reach beyond the axis's end. */
double gsc_axis_get_overhang (const GscAxis *axis);

/* Grid lines at the labelled ticks across the plot. */
void gsc_axis_paint_grid (cairo_t *cr, const GscAxis *axis, const GscStyle *style);

/* Line, ticks, labels and title. */
void gsc_axis_paint (cairo_t *cr, const GscAxis *axis, const GscStyle *style);

G_END_DECLS
