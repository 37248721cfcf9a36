/* gsc-cell-map.h - a grid of coloured cells with words or numbers in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Unlike a heat map (gsc-heat-map.h) its columns and rows have names instead of numbers, its cells
 * need not be square, and it fills the area it is given.
 */

#pragma once

#include "gsc-heat-map.h"

G_BEGIN_DECLS

/* What a cell may have besides its colour. */
typedef enum
{
  GSC_CELL_MAP_HATCHED = 1 << 0,  /* oblique lines */
  GSC_CELL_MAP_CORNERED = 1 << 1, /* a small triangle in its upper right corner */
  GSC_CELL_MAP_SPOTTED = 1 << 2,  /* a dot in its middle, if there is no text in the cells */
} GscCellMapFlags;

/* Lines of text in a cell. */
#define GSC_CELL_MAP_N_LINES 2

/* Borrows everything. Cells are numbered row * columns + column; row 0 is at the bottom and column
 * 0 at the left. */
typedef struct
{
  const char *letter;     /* bold, before the heading; or NULL */
  const char *heading;    /* above the cells, or NULL */
  const char *x_title[2]; /* long, and short where that is too long; or NULL */
  const char *y_title[2]; /* likewise */
  guint columns;          /* at least 1 */
  guint rows;
  const char *const *column_names; /* [columns]; "" for none */
  const char *const *row_names;    /* [rows] */
  const GscColor *colors;          /* [rows * columns] */
  const guint8 *flags;             /* [rows * columns] of GscCellMapFlags, or NULL */
  guint n_texts;                   /* ways to write in the cells, the best first */
  const char *const *texts;        /* [n_texts][rows * columns][GSC_CELL_MAP_N_LINES]; the first
                                      way that fits into all cells is taken; NULL: no line */
  const GscHeatMapCursor *cursor;  /* a cell with a strong frame; or NULL */
} GscCellMapInput;

/* What stands around the cells, in points. */
typedef struct
{
  double left, right, top, bottom;
} GscCellMapRoom;

typedef struct
{
  GscRect area;
  GscRect plot; /* the cells */
  guint columns;
  guint rows;
  int text;         /* which way to write was taken; -1: none fits */
  double text_size; /* in the cells; 0: none */
  GscLabel letter;
  GscLabel heading;
  GscLabel x_title;
  GscLabel y_title;
  GscLabel *column_names; /* [columns]; where there is no room for all, some have no text */
  GscLabel *row_names;    /* [rows] */
  GscLabel *texts;        /* [rows * columns][GSC_CELL_MAP_N_LINES] */
} GscCellMapLayout;

/* The room that names and titles take. */
GscCellMapRoom gsc_cell_map_measure (const GscCellMapInput *input, const GscStyle *style);

/* The widest way to write whose lines fit into cells of @width x @height, or -1. */
int gsc_cell_map_choose_text (const GscCellMapInput *input,
                              const GscStyle *style,
                              double width,
                              double height);

GscCellMapLayout *
gsc_cell_map_layout (const GscCellMapInput *input, const GscStyle *style, const GscRect *area);
void gsc_cell_map_layout_free (GscCellMapLayout *layout);

/* The rectangle of one cell. */
GscRect gsc_cell_map_layout_get_cell (const GscCellMapLayout *layout, guint column, guint row);

void gsc_cell_map_paint (cairo_t *cr,
                         const GscCellMapLayout *layout,
                         const GscCellMapInput *input,
                         const GscStyle *style);

/* The number of the cell at (x, y), or -1. */
int gsc_cell_map_pick (const GscCellMapLayout *layout, double x, double y);

/* What the flags mean, on a cell of the colour @fill: for legends, too. */
void gsc_cell_map_paint_flags (
    cairo_t *cr, const GscRect *cell, guint8 flags, const GscColor *fill, const GscStyle *style);

/* Black or white, whichever is read better on @fill. Static. */
const GscColor *gsc_cell_map_get_ink (const GscColor *fill);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscCellMapLayout, gsc_cell_map_layout_free)

G_END_DECLS
