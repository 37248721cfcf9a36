/* gsc-legend.h - what lines, markers and cells mean
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-label.h"

G_BEGIN_DECLS

/* A plot goes without a legend that would take more than this share of its height. */
#define GSC_LEGEND_MAX_SHARE 0.45

typedef enum
{
  GSC_LEGEND_LINE,   /* a piece of line with its marker */
  GSC_LEGEND_CELL,   /* a cell of a heat map */
  GSC_LEGEND_MARKER, /* a marker alone */
} GscLegendKind;

typedef struct
{
  const char *text;
  GscLegendKind kind;
  const GscSeriesLook *look; /* of a line or a marker */
  GscColor color;            /* of a cell */
  gboolean dotted;           /* the cell has a dot, see gsc-heat-map.h */
  GscVerdict verdict;        /* the cell has a check mark or a cross */
  guint8 map_flags;          /* the cell has these, see GscCellMapFlags in gsc-cell-map.h */
} GscLegendEntry;

/* A plain value that borrows everything. */
typedef struct
{
  const GscLegendEntry *entries;
  guint n_entries;
} GscLegendInput;

typedef struct
{
  GscRect rect; /* what it takes of the area */
  guint n_entries;
  GscRect *keys;    /* [n_entries] */
  GscLabel *labels; /* [n_entries] */
} GscLegendLayout;

/* Rows of as many columns as fit into the width of @area, from its top left corner; texts that are
 * wider than the area are cut. The height of @area does not count. */
GscLegendLayout *
gsc_legend_layout (const GscLegendInput *input, const GscStyle *style, const GscRect *area);
void gsc_legend_layout_free (GscLegendLayout *layout);

void gsc_legend_paint (cairo_t *cr,
                       const GscLegendLayout *layout,
                       const GscLegendInput *input,
                       const GscStyle *style);

/* The entry at (x, y), or -1. */
int gsc_legend_pick (const GscLegendLayout *layout, double x, double y);

/* Size of a key, and painting one: for plots that put their legend elsewhere. */
double gsc_legend_get_key_width (const GscStyle *style, GscLegendKind kind);
void gsc_legend_paint_key (cairo_t *cr,
                           const GscLegendEntry *entry,
                           const GscRect *rect,
                           const GscStyle *style);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscLegendLayout, gsc_legend_layout_free)

G_END_DECLS
