/* gsc-head-menu.h - the menu of a head, at the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-plot-view.h"

G_BEGIN_DECLS

#define GSC_TYPE_HEAD_MENU (gsc_head_menu_get_type ())

/* A popover with what can be done with a head (gsc-head-actions.h; the action groups "heads" and
 * "board" must be above it). Opens at a secondary click on a head in the plot, which becomes the
 * cursor's, and at the Menu key or Shift+F10 for the cursor's head. */
G_DECLARE_FINAL_TYPE (GscHeadMenu, gsc_head_menu, GSC, HEAD_MENU, GtkWidget)

/* To be a child of some widget that has the plot inside. Does not hold @plot. */
GtkWidget *gsc_head_menu_new (GscPlotView *plot);

/* What the pointer does: opens the menu for the head at (x, y) of the plot. FALSE if there is
 * none. */
gboolean gsc_head_menu_open_at (GscHeadMenu *menu, double x, double y);

/* For the cursor's head. */
void gsc_head_menu_open (GscHeadMenu *menu);

GtkPopover *gsc_head_menu_get_popover (GscHeadMenu *menu); /* borrowed */

G_END_DECLS
