/* gsc-board.h - all panels of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-panel.h"

G_BEGIN_DECLS

#define GSC_TYPE_BOARD (gsc_board_get_type ())

/* One panel for each figure, some of them hidden at first. A user reorders them (the panels' menus,
 * or dragging a header onto another panel), hides and shows them, and enlarges one to fill the
 * board; Esc puts it back, ends a
 * comparison, and otherwise unlocks the session's cursor.
 *
 * Properties, all notified:
 *   session (GscSession or NULL)
 *   order (strv): names of all figures (gsc_figure_get_name()) in the panels' order
 *   hidden (strv): names of those that are not shown
 *   enlarged (string or NULL): the name of the figure that fills the board
 * Signal "state-changed": gsc_board_save_state() would give something else.
 *
 * Action group "board" (inserted here; for the window's menus too): show-NAME (boolean state) for
 * each figure, show-all, show-usual, reset-order, put-back, show-head (the cursor's head alone, in
 * the attention panel). */
G_DECLARE_FINAL_TYPE (GscBoard, gsc_board, GSC, BOARD, GtkWidget)

GtkWidget *gsc_board_new (void);

void gsc_board_set_session (GscBoard *board, GscSession *session);
GscSession *gsc_board_get_session (GscBoard *board); /* borrowed, or NULL */

/* What the panels show beside the session (nullable; of that session). */
void gsc_board_set_comparison (GscBoard *board, GscComparison *comparison);

GscPanel *gsc_board_get_panel (GscBoard *board, GscFigure figure); /* borrowed */

/* While it is not @active, something else says what the session is to compute. */
void gsc_board_set_active (GscBoard *board, gboolean active);

/* The action group "board". Borrowed. */
GActionGroup *gsc_board_get_action_group (GscBoard *board);

/* The action group "heads" (gsc-head-actions.h), inserted here; for the window too. Borrowed, NULL
 * without a session. */
GActionGroup *gsc_board_get_head_actions (GscBoard *board);

/* A menu of show-NAME with the panels' titles, and show-all: for a View menu. (transfer full) */
GMenuModel *gsc_board_make_menu (GscBoard *board);

/* The panels' order. Names that are missing come last, unknown ones and repetitions are skipped. */
void gsc_board_set_order (GscBoard *board, const char *const *names);
char **gsc_board_get_order (GscBoard *board); /* (transfer full) */

gboolean gsc_board_is_shown (GscBoard *board, GscFigure figure);
void gsc_board_set_shown (GscBoard *board, GscFigure figure, gboolean shown);

/* @figure alone (shown if it was hidden); -1: all panels in their places. */
void gsc_board_set_enlarged (GscBoard *board, int figure);
int gsc_board_get_enlarged (GscBoard *board);

/* Moves the panel by @places among those that are shown. FALSE at the end. */
gboolean gsc_board_move (GscBoard *board, GscFigure figure, int places);

/* Order, hidden panels, the enlarged one and all panels' choices: a dictionary "a{sv}", floating.
 * Loading takes what it understands and leaves the rest as it is. */
GVariant *gsc_board_save_state (GscBoard *board);
void gsc_board_load_state (GscBoard *board, GVariant *state);

G_END_DECLS
