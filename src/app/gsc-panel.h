/* gsc-panel.h - a figure on a card, with its name and its menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-comparison.h"
#include "gsc-figure-panel.h"
#include "gsc-panel-settings.h"
#include "gsc-plot-view.h"

G_BEGIN_DECLS

#define GSC_TYPE_PANEL (gsc_panel_get_type ())

/* Properties:
 *   session (GscSession or NULL)
 *   figure (int, GscFigure; construct only)
 *   enlarged (boolean): how the buttons show it; the board does it
 * Signals, which the board follows:
 *   "enlarge" (): to be enlarged, or put back if it is
 *   "hide-panel" ()
 *   "move" (int places): earlier (-1) or later (1) among the panels
 *   "take" (GscPanel *other): another panel was dropped here
 *   "changed" (): its settings
 *   "picture" () -> GdkContentProvider (transfer full) or NULL: what other windows get when the
 *     header is dragged there
 * Action group "panel": the choices of gsc-panel-settings.h that the figure has, with their values
 * as states; enlarge (its state says whether it is), table, copy-image (Ctrl+C), export, move-earlier,
 * move-later, hide. */
G_DECLARE_FINAL_TYPE (GscPanel, gsc_panel, GSC, PANEL, GtkWidget)

GtkWidget *gsc_panel_new (GscFigure figure);

GscFigure gsc_panel_get_figure (GscPanel *panel);
GscPlotView *gsc_panel_get_plot (GscPanel *panel); /* borrowed */

void gsc_panel_set_session (GscPanel *panel, GscSession *session);

/* What it follows (nullable; of the session): while something is compared, the panel shows A, B,
 * both side by side, or their difference. */
void gsc_panel_set_comparison (GscPanel *panel, GscComparison *comparison);
GscPlotView *gsc_panel_get_other_plot (GscPanel *panel); /* of B; borrowed */

/* The session that is seen: its own, or B's. Borrowed, or NULL. */
GscSession *gsc_panel_get_shown_session (GscPanel *panel);

/* Whether it shows two figures side by side. */
gboolean gsc_panel_is_pair (GscPanel *panel);

gboolean gsc_panel_get_enlarged (GscPanel *panel);
void gsc_panel_set_enlarged (GscPanel *panel, gboolean enlarged);

/* As on a stage: without buttons, editor and slider. */
void gsc_panel_set_presented (GscPanel *panel);

/* How high everything but the plot is, and how wide the panel has to be at least; logical pixels.
 */
int gsc_panel_measure_chrome (GscPanel *panel, int width);

/* The actions "panel". Borrowed. */
GActionGroup *gsc_panel_get_action_group (GscPanel *panel);

/* The menu behind the button. Borrowed. */
GMenuModel *gsc_panel_get_menu (GscPanel *panel);

/* The window with the figure's numbers, presented; NULL without a frame. Borrowed. */
GtkWindow *gsc_panel_show_table (GscPanel *panel);

/* The figure as it is shown, to be drawn into a file. */
void gsc_panel_make_export (GscPanel *panel, GscFigurePanel *export_panel);

/* The panel's choices, a dictionary "a{sv}", floating. Loading skips what it does not know. */
GVariant *gsc_panel_save_state (GscPanel *panel);
void gsc_panel_load_state (GscPanel *panel, GVariant *state);

G_END_DECLS
