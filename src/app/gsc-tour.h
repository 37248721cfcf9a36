/* gsc-tour.h - a few cards that show a newcomer round
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define GSC_TYPE_TOUR (gsc_tour_get_type ())
G_DECLARE_FINAL_TYPE (GscTour, gsc_tour, GSC, TOUR, AdwWindow)

/* A window beside the main one, which stays usable. Where a card is about a panel, its button
 * emits "show-panel" with the panel's figure (gsc-figure.h); leaving that card, or the tour, emits
 * it with -1. Escape or closing skips the rest. */
GtkWidget *gsc_tour_new (GtkWindow *parent);

guint gsc_tour_get_n_cards (GscTour *self);

/* The card that is shown, from 0. */
guint gsc_tour_get_card (GscTour *self);

/* Goes @by cards on, or back where it is negative; from the last one on the window closes. */
void gsc_tour_move (GscTour *self, int by);

/* Shows the panel of the card, if it is about one: what its button does. */
void gsc_tour_show_panel (GscTour *self);

G_END_DECLS
