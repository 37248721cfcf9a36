/* gsc-end-labels.h - a legend beside the ends of the lines it names
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-legend.h"

G_BEGIN_DECLS

/* Keys and names in one column right of a plot, each as close to the end of its line as the others
 * let it, in the lines' order, with a thin leader where it could not stand at the end itself. */
typedef struct
{
  guint n;
  GscPoint *ends;   /* [n] where the lines end */
  GscRect *keys;    /* [n] */
  GscLabel *labels; /* [n] */
  double width;     /* of the column, leaders included */
  double height;    /* least height it needs */
} GscEndLabels;

/* Measures the column. NULL without entries. */
GscEndLabels *gsc_end_labels_new (const GscLegendInput *input, const GscStyle *style);
void gsc_end_labels_free (GscEndLabels *labels);

/* Places the column right of @plot; @ends[n] are within @plot. What does not fit between its top
 * and bottom reaches beyond the bottom. */
void gsc_end_labels_place (GscEndLabels *labels,
                           const GscStyle *style,
                           const GscRect *plot,
                           const GscPoint *ends);

void gsc_end_labels_paint (cairo_t *cr,
                           const GscEndLabels *labels,
                           const GscLegendInput *input,
                           const GscStyle *style);

/* Moves places[0..n) apart: at least @distance between neighbours, all within @min..@max, the order
 * kept, and the sum of the squares of the moves least. */
void gsc_end_labels_spread (double *places, guint n, double distance, double min, double max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscEndLabels, gsc_end_labels_free)

G_END_DECLS
