/* gsc-board-area.h - the panels of a board in their places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-panel.h"

G_BEGIN_DECLS

#define GSC_TYPE_BOARD_AREA (gsc_board_area_get_type ())

/* Places its visible panels by gsc-board-layout.h. Their order on screen is their order as
 * children, so that Tab follows it. */
G_DECLARE_FINAL_TYPE (GscBoardArea, gsc_board_area, GSC, BOARD_AREA, GtkWidget)

GtkWidget *gsc_board_area_new (void);

/* Puts @panels in that order; those that are not there yet are added. */
void gsc_board_area_set_panels (GscBoardArea *area, GscPanel *const *panels, guint n);

/* Shows one panel alone; NULL: all. */
void gsc_board_area_set_single (GscBoardArea *area, GscPanel *panel);

G_END_DECLS
