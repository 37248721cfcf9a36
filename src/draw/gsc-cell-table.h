/* gsc-cell-table.h - a table whose cells are coloured by their numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-color-scale.h"
#include "gsc-label.h"

G_BEGIN_DECLS

/* Lines of a column's heading. */
#define GSC_CELL_TABLE_N_HEADINGS 2

/* Borrows everything. Row 0 is at the top; cells are numbered row * columns + column. */
typedef struct
{
  guint rows; /* at least 1 */
  guint columns;
  const char *const *headings[GSC_CELL_TABLE_N_HEADINGS]; /* [columns] each */
  const char *const *row_names;                           /* [rows] at the left */
  const char *const *groups; /* [rows]: at the first row of each group of rows, which stand apart,
                                what stands at the left where rows are too low for their names;
                                else NULL */
  const double *values;      /* [rows * columns]; NaN: not coloured */
  const char *const *texts;  /* [rows * columns], in the cells if all fit */
  GscColorScale scale;
  int cursor; /* a row with a frame; -1: none */
} GscCellTableInput;

typedef struct
{
  GscRect plot; /* all cells */
  guint rows;
  guint columns;
  double row_height;
  double *tops;        /* [rows] of the rows */
  double text_size;    /* in the cells; 0: none */
  double name_size;    /* of text at the left */
  GscLabel *headings;  /* [GSC_CELL_TABLE_N_HEADINGS * columns] */
  GscLabel *row_names; /* [rows]; those of groups, or none, where rows are too low */
  GscLabel *texts;     /* [rows * columns] in the cells */
} GscCellTableLayout;

/* The largest table, up to comfortable cells, that fits into @area; in its middle. */
GscCellTableLayout *
gsc_cell_table_layout (const GscCellTableInput *input, const GscStyle *style, const GscRect *area);
void gsc_cell_table_layout_free (GscCellTableLayout *layout);

/* The rectangle of one cell. */
GscRect gsc_cell_table_layout_get_cell (const GscCellTableLayout *layout, guint row, guint column);

void gsc_cell_table_paint (cairo_t *cr,
                           const GscCellTableLayout *layout,
                           const GscCellTableInput *input,
                           const GscStyle *style);

typedef struct
{
  guint row;
  int column; /* -1: the row's name */
} GscCellTablePick;

/* What is at (x, y). FALSE outside the rows. */
gboolean
gsc_cell_table_pick (const GscCellTableLayout *layout, double x, double y, GscCellTablePick *pick);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscCellTableLayout, gsc_cell_table_layout_free)

G_END_DECLS
