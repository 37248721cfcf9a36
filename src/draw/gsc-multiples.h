/* gsc-multiples.h - small heat maps in rows and columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-color-scale.h"
#include "gsc-label.h"
#include "gsc-map-badges.h"

G_BEGIN_DECLS

/* Maps of @n x @n cells; map number row * columns + column. In a
 * map, row 0 is at the top and column 0 at the left. Borrows everything. */
typedef struct
{
  const char *heading; /* above all maps, or NULL */
  guint rows;          /* at least 1 */
  guint columns;
  const char *row_name; /* heads the rows: "layer" for "layer 1" and so on; NULL: no headings */
  const char *column_name;
  const char *last_column; /* heads the last column instead, or NULL */
  const char *x_title;     /* below all maps, or NULL */
  const char *y_title;     /* at their left */
  double stretch;          /* how much longer than the other a side of a map may be; 1: squares */

  guint n;             /* at least 1 */
  const float *values; /* of map m, row i, column j: [m * map_stride + i * row_stride + j] */
  gsize map_stride;
  gsize row_stride;
  guint resolution; /* values are averages: maps have so many rows and columns of them; 0: n */
  gboolean lower;   /* cells right of the diagonal are not there */
  GscColorScale scale;
  const GscColorScale *scales; /* [rows * columns] of each map instead of @scale, or NULL */

  guint first_tick; /* the cells first_tick + k * tick_stride have ticks; stride 0: none has */
  guint tick_stride;
  const char *const *labels; /* [n] what stands at the cells of a map that is alone, or NULL */
  int chosen;                /* the map that is outlined, or -1 */

  /* Of triangular maps (@lower); see gsc-map-badges.h. */
  const char *const *badges; /* [badge_forms][rows * columns], or NULL */
  guint badge_forms;
  const gboolean *crossed; /* [rows * columns] the maps that are crossed out, or NULL */
} GscMultiplesInput;

typedef struct
{
  GscRect area;
  GscRect plot; /* around all maps */
  guint rows;
  guint columns;
  guint n;
  double width; /* of a map */
  double height;
  double gap; /* between maps */
  double tick_length;
  GscLabel heading;
  GscLabel *row_labels;    /* [rows]; numbers alone, or nothing, where names do not fit: the
                              titles have the names then */
  GscLabel *column_labels; /* [columns] */
  GscLabel x_title;
  GscLabel y_title;
  GscLabel *x_labels; /* [n]; those there is no room for have no text */
  GscLabel *y_labels; /* [n] */
  GscLabel *badges;   /* [rows * columns][GSC_MAP_BADGE_LINES] */
} GscMultiplesLayout;

/* The largest maps that fit into @area, in the middle of the width and at the top. */
GscMultiplesLayout *
gsc_multiples_layout (const GscMultiplesInput *input, const GscStyle *style, const GscRect *area);
void gsc_multiples_layout_free (GscMultiplesLayout *layout);

/* The rectangles of a map, and of one of its cells. */
GscRect gsc_multiples_layout_get_map (const GscMultiplesLayout *layout, guint row, guint column);
GscRect gsc_multiples_layout_get_cell (
    const GscMultiplesLayout *layout, guint row, guint column, guint cell_row, guint cell_column);

/* Each map is one picture without interpolation; where its cells are smaller than a picture
 * element of the screen they are averaged. */
void gsc_multiples_paint (cairo_t *cr,
                          const GscMultiplesLayout *layout,
                          const GscMultiplesInput *input,
                          const GscStyle *style);

typedef struct
{
  guint row; /* the map */
  guint column;
  guint cell_row;
  guint cell_column;
} GscMultiplesPick;

/* The map and its cell at (x, y). FALSE outside the maps. */
gboolean
gsc_multiples_pick (const GscMultiplesLayout *layout, double x, double y, GscMultiplesPick *pick);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscMultiplesLayout, gsc_multiples_layout_free)

G_END_DECLS
