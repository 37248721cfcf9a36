/* gsc-figure-maps.h - heat maps with their bar and legend on a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-page.h"

G_BEGIN_DECLS

/* One grid, or two of as many cells side by side or one above the other, whichever has the larger
 * cells, in the middle of @area; at their right @bar (NULL: none; there is none beside cells with
 * numbers in them either), below them @legend. What the inputs point to must live as long as @page.
 */
void gsc_figure_maps_add (GscFigurePage *page,
                          const GscHeatMapInput *grids,
                          guint n_grids,
                          const GscColorBarInput *bar,
                          const GscLegendInput *legend,
                          const GscRect *area);

G_END_DECLS
