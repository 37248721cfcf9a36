/* gsc-scatter.h - points in a plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-axis.h"

G_BEGIN_DECLS

/* Points that look alike and say the same. */
typedef struct
{
  const char *label; /* beside each of the points there is room for; NULL: none */
  GscColor color;
  GscMarker marker;
} GscScatterGroup;

/* A part of the plane, in the axes' numbers. */
typedef struct
{
  double min_x;
  double max_x;
  double min_y;
  double max_y;
} GscScatterBox;

/* Borrows everything. */
typedef struct
{
  const char *heading; /* above the plot, or NULL */
  const char *x_title; /* or NULL */
  const char *y_title;
  gboolean equal_aspect; /* a unit is as long on both axes */
  guint n;
  const double *x;    /* [n]; a point with a coordinate that is not finite is not there */
  const double *y;    /* [n] */
  const guint *group; /* [n] index of its group */
  const GscScatterGroup *groups;
  guint n_groups;
  const GscScatterBox *box; /* outlined, with its markers inside; or NULL */
  const GscScatterBox *around; /* the axes take it in, too; or NULL */
} GscScatterInput;

typedef struct
{
  GscRect area;
  GscRect plot;
  GscLabel heading;
  GscAxis x;
  GscAxis y;
  double marker_size; /* smaller where there are many points */
  guint n;
  GscPoint *points; /* [n] on the page; NaN for those that are not there */
  guint n_groups;
  GscLabel *texts; /* [n_groups] the groups' labels, at no place */
  guint n_labels;
  GscLabel *labels; /* [n_labels], by group, each at its place; they borrow the texts */
  guint *labelled;  /* [n_labels] the points they are of */
  GscRect box;      /* within the plot; no width: there is none */
} GscScatterLayout;

/* All points within @area, and labels at those where they touch neither another label nor any
 * marker: first one of each group, then others that are not near one of the same group. Points in
 * one place, or no point at all, have axes around them, too. */
GscScatterLayout *
gsc_scatter_layout (const GscScatterInput *input, const GscStyle *style, const GscRect *area);
void gsc_scatter_layout_free (GscScatterLayout *layout);

/* Groups are painted in their order. */
void gsc_scatter_paint (cairo_t *cr,
                        const GscScatterLayout *layout,
                        const GscScatterInput *input,
                        const GscStyle *style);

/* The point nearest to (x, y) and not far from it, or -1. */
int gsc_scatter_pick (const GscScatterLayout *layout, double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscScatterLayout, gsc_scatter_layout_free)

G_END_DECLS
