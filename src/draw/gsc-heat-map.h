/* gsc-heat-map.h - a grid of coloured cells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-axis.h"
#include "gsc-color-scale.h"

G_BEGIN_DECLS

/* What a cell may have besides its colour. */
typedef enum
{
  GSC_CELL_DOTTED = 1 << 0, /* a dot in its middle */
  GSC_CELL_HINTED = 1 << 1, /* a faint frame */
  GSC_CELL_RIGHT = 1 << 2,  /* a check mark, in the corner of a cell with a number */
  GSC_CELL_WRONG = 1 << 3,  /* a cross there */
} GscCellFlags;

typedef struct
{
  guint column;
  guint row;
} GscHeatMapCursor;

/* Borrows everything. Cells are numbered row * columns + column; row 0 is at the bottom and column
 * 0 at the left, and the axes count them. */
typedef struct
{
  const char *heading; /* above the grid, or NULL */
  const char *x_title; /* or NULL */
  const char *y_title;
  guint columns; /* at least 1 */
  guint rows;
  const double *values; /* [rows * columns]; NaN: missing */
  gboolean numbers;     /* values are whole numbers from 0, printed in the cells if all fit */
  const guint8 *flags;  /* [rows * columns] of GscCellFlags, or NULL */
  GscColorScale scale;
  const GscColor
      *colors; /* [rows * columns] of the cells, instead of those of the scale; or NULL */
  const GscHeatMapCursor
      *cursor; /* a cell with a strong frame, its column and row hinted; or NULL */
} GscHeatMapInput;

typedef struct
{
  GscRect area;
  GscRect plot; /* the cells, all of them square */
  guint columns;
  guint rows;
  double number_size; /* of the text in cells; 0: none */
  GscLabel heading;
  GscAxis x;
  GscAxis y;
} GscHeatMapLayout;

/* The largest grid that fits into @area with its axes, in the middle of the width and at the top.
 */
GscHeatMapLayout *
gsc_heat_map_layout (const GscHeatMapInput *input, const GscStyle *style, const GscRect *area);
void gsc_heat_map_layout_free (GscHeatMapLayout *layout);

/* The rectangle of one cell. */
GscRect gsc_heat_map_layout_get_cell (const GscHeatMapLayout *layout, guint column, guint row);

/* The cells are one picture without interpolation, so that no viewer shows seams between them. */
void gsc_heat_map_paint (cairo_t *cr,
                         const GscHeatMapLayout *layout,
                         const GscHeatMapInput *input,
                         const GscStyle *style);

/* The number of the cell at (x, y), or -1. */
int gsc_heat_map_pick (const GscHeatMapLayout *layout, double x, double y);

/* The dot of one cell of the colour @fill, black or white, whichever is seen better on it. */
void gsc_heat_map_paint_dot (cairo_t *cr, const GscRect *cell, const GscColor *fill);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscHeatMapLayout, gsc_heat_map_layout_free)

G_END_DECLS
