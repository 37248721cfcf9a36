/* gsc-tiles.h - a table of small maps whose cells are of a few colours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-label.h"

G_BEGIN_DECLS

/* Maps of @n x @n cells, all with the same colours; map number row * columns + column. In a map,
 * cell x * n + y stands in its column x from the left and its row y from the bottom. Borrows
 * everything. */
typedef struct
{
  guint rows; /* of maps, at least 1 */
  guint columns;
  const char *const *row_titles;    /* [rows][2] two lines at the left, the second may be NULL; or
                                       NULL */
  const char *const *column_titles; /* [columns] above all, or NULL */
  const char *const *titles;        /* [rows * columns] above each map, or NULL */
  const char *x_title;              /* of the columns of cells, or NULL */
  const char *y_title;
  double stretch; /* how much longer than the other a side of a map may be; 1: squares */

  guint n;             /* at least 1 */
  const guint8 *cells; /* [rows * columns][n * n] numbers of colours */
  const GscColor *colors;
  int chosen_column; /* of maps, which are outlined; -1: none */
} GscTilesInput;

/* At the ends of a side of a map, and between them. */
enum
{
  GSC_TILES_FIRST, /* 0 */
  GSC_TILES_TITLE,
  GSC_TILES_LAST, /* n - 1 */
  GSC_TILES_N_TICKS,
};

typedef struct
{
  GscRect area;
  guint rows;
  guint columns;
  guint n;
  GscPoint first; /* top left corner of the first map */
  double width;   /* of a map */
  double height;
  double across; /* from a map to the next one in its row */
  double down;

  /* What there is no room for has no text. */
  GscLabel *row_titles;    /* [rows][2] */
  GscLabel *column_titles; /* [columns] */
  GscLabel *titles;        /* [rows * columns] */
  GscLabel *x_ticks;       /* [columns][GSC_TILES_N_TICKS] */
  GscLabel *y_ticks;       /* [rows][GSC_TILES_N_TICKS] */
} GscTilesLayout;

/* The largest maps that fit into @area, in the middle of it. */
GscTilesLayout *
gsc_tiles_layout (const GscTilesInput *input, const GscStyle *style, const GscRect *area);
void gsc_tiles_layout_free (GscTilesLayout *layout);

/* The rectangles of a map, and of one of its cells. */
GscRect gsc_tiles_layout_get_map (const GscTilesLayout *layout, guint row, guint column);
GscRect
gsc_tiles_layout_get_cell (const GscTilesLayout *layout, guint row, guint column, guint x, guint y);

/* Each map is one picture without interpolation, so that no viewer shows seams between cells. */
void gsc_tiles_paint (cairo_t *cr,
                      const GscTilesLayout *layout,
                      const GscTilesInput *input,
                      const GscStyle *style);

typedef struct
{
  guint row; /* the map */
  guint column;
  guint x; /* its cell */
  guint y;
} GscTilesPick;

/* The map and its cell at (x, y). FALSE outside the maps. */
gboolean gsc_tiles_pick (const GscTilesLayout *layout, double x, double y, GscTilesPick *pick);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscTilesLayout, gsc_tiles_layout_free)

G_END_DECLS
