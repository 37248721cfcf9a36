/* gsc-pca.h - principal components
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first k principal components of n points in m dimensions. */
typedef struct
{
  guint n;
  guint m;
  guint k;
  double *mean;       /* [m] of the points */
  double *directions; /* [k][m] unit vectors, at right angles; zero where no variance is left */
  double *scores;     /* [n][k] (point - mean) on each direction */
  double *variance;   /* [k] share of all variance, 0..1, descending */
} GscPca;

/* Of points [n][m], n and m >= 1, k >= 1 (components beyond the points' are zero). @precision is
 * how exact the points are, relative to their size (0: as double): components that vary less, and
 * all of them where a point is not finite, are zero, never NaN. The sign of a direction is such
 * that the first point to score at least half as much as the farthest does so on the positive side;
 * it depends on the points' distances alone, not on the axes that they are given in. Any thread.
 * Takes O(n m s + s^3), s the smaller of n and m. */
GscPca *gsc_pca_new (const double *points, guint n, guint m, guint k, double precision);
void gsc_pca_free (GscPca *pca);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscPca, gsc_pca_free)

G_END_DECLS
