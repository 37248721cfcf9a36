/* gsc-phase-cells.h - the cells of a phase diagram's maps: colours, flags and texts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For gsc-phase-figure-layout.c and gsc-phase-arrangement.c.
 */

#pragma once

#include "gsc-figure-page.h"
#include "gsc-phase-figure.h"

G_BEGIN_DECLS

/* Part @index of @figure as a map, with all ways to write in its cells, the best first. What it
 * points to lives as long as @page. */
GscCellMapInput gsc_phase_cells_make (GscFigurePage *page,
                                      const GscPhaseFigure *figure,
                                      guint index,
                                      const GscPhaseFigureOptions *options);

/* What the colours of the maps of accuracies mean. */
GscColorBarInput gsc_phase_cells_make_bar (void);

GscColor gsc_phase_cells_get_phase_color (const GscPalette *palette, GscPhase phase);

/* Whether @figure has maps of phases, or else (FALSE) of accuracies. */
gboolean gsc_phase_cells_have_maps (const GscPhaseFigure *figure, gboolean phases);

/* Whether any cell stands for several runs. */
gboolean gsc_phase_cells_have_several (const GscPhaseFrame *frame);

G_END_DECLS
