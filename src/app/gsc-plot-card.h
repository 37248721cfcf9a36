/* gsc-plot-card.h - the little card with the values at the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-figure.h"

G_BEGIN_DECLS

#define GSC_TYPE_PLOT_CARD (gsc_plot_card_get_type ())

/* Unlike a tooltip it comes at once, and stays beside what it is about. It takes neither focus nor
 * pointer, goes when its window loses the focus, and does not come while a dialog is open that the
 * window waits for. */
G_DECLARE_FINAL_TYPE (GscPlotCard, gsc_plot_card, GSC, PLOT_CARD, GtkPopover)

/* A card over @parent, which has to gtk_popover_present() it in its size_allocate() and to
 * gtk_widget_unparent() it in its dispose(). */
GscPlotCard *gsc_plot_card_new (GtkWidget *parent);

/* Shows the text of @pick beside its rectangle, or beside the pointer at (x, y) where that is
 * large. */
void gsc_plot_card_show (GscPlotCard *card, const GscFigurePick *pick, double x, double y);

G_END_DECLS
