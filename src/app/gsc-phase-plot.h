/* gsc-phase-plot.h - a phase diagram to look at and to point into
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-phase-figure.h"

G_BEGIN_DECLS

#define GSC_TYPE_PHASE_PLOT (gsc_phase_plot_get_type ())

/* Hovering shows what a cell says, arrow keys move the cursor, a click, Enter or the space bar open
 * the cell's run. Its accessible name is the figure's summary, its description the cursor's cell.
 * Signal "chosen" (const GscPhaseRun *run): a run is to be opened. */
G_DECLARE_FINAL_TYPE (GscPhasePlot, gsc_phase_plot, GSC, PHASE_PLOT, GtkWidget)

GtkWidget *gsc_phase_plot_new (void);

/* Keeps a reference. The cursor stays where it is, as far as there are cells. */
void gsc_phase_plot_set_figure (GscPhasePlot *plot, GscPhaseFigure *figure);
GscPhaseFigure *gsc_phase_plot_get_figure (GscPhasePlot *plot); /* borrowed, or NULL */

/* The page as it is painted at present size, or NULL. Borrowed. */
const GscFigurePage *gsc_phase_plot_get_page (GscPhasePlot *plot);

GscHeatMapCursor gsc_phase_plot_get_cursor (GscPhasePlot *plot);

/* What pointer and keys do. TRUE if there is something. */
gboolean gsc_phase_plot_hover (GscPhasePlot *plot, double x, double y);
void gsc_phase_plot_leave (GscPhasePlot *plot);
gboolean gsc_phase_plot_choose (GscPhasePlot *plot, double x, double y);
gboolean gsc_phase_plot_move (GscPhasePlot *plot, GscDirection direction);
gboolean gsc_phase_plot_choose_cursor (GscPhasePlot *plot);

/* The text of the card, or NULL. Borrowed. */
const char *gsc_phase_plot_get_hover_text (GscPhasePlot *plot);

G_END_DECLS
