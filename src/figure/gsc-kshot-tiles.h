/* gsc-kshot-tiles.h - maps of right and wrong answers, by number of shots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the k-shot grid and the difference of two share.
 */

#pragma once

#include "gsc-figure-page.h"

G_BEGIN_DECLS

/* What a cell may be: right, neither, or wrong; in a difference right in the first of two alone, in
 * both or neither, in the second alone. */
typedef enum
{
  GSC_KSHOT_CELL_RIGHT,
  GSC_KSHOT_CELL_OPEN,
  GSC_KSHOT_CELL_WRONG,
  GSC_KSHOT_N_CELLS,
} GscKshotCell;

/* A row of maps for each kind, a column for each number of shots; x goes across and y up in each
 * map. A plain value that borrows everything; the titles must live as long as the page. */
typedef struct
{
  guint n_maps;
  const char *const *row_titles; /* [n_maps][2] lines */
  guint n_shots;
  const guint *shots; /* [n_shots] of the columns */
  int chosen_shot;    /* whose column is marked, -1: none */
  int p;
  gconstpointer data; /* for the functions */
  GscKshotCell (*get_cell) (gconstpointer data, guint map, guint shot, guint cell);

  /* Above a map; lives as long as @page. */
  const char *(*print_number) (GscFigurePage *page, gconstpointer data, guint map, guint shot);
} GscKshotTiles;

void gsc_kshot_tiles_add (GscFigurePage *page, const GscKshotTiles *tiles, const GscRect *area);

/* [GSC_KSHOT_N_CELLS], living as long as @page. */
const GscColor *gsc_kshot_tiles_make_colors (GscFigurePage *page);

/* What the colours mean, in texts to be translated, at the bottom of @area; returns the area left
 * above it. */
GscRect gsc_kshot_tiles_add_legend (GscFigurePage *page,
                                    const char *const texts[GSC_KSHOT_N_CELLS],
                                    const GscRect *area);

/* "+12 −3": how many cells of a difference have either sign. Lives as long as @page. */
const char *gsc_kshot_tiles_print_signs (GscFigurePage *page,
                                         const guint counts[GSC_KSHOT_N_CELLS]);

G_END_DECLS
