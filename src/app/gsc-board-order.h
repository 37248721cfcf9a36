/* gsc-board-order.h - the order of a board's panels
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

/* Every figure once. A plain value. */
typedef struct
{
  GscFigure figures[GSC_N_FIGURES];
} GscBoardOrder;

/* The usual order: that of ux.md's sketch. */
void gsc_board_order_init (GscBoardOrder *order);

/* Whether a board shows the figure as long as nobody has chosen. */
gboolean gsc_board_order_is_usually_shown (GscFigure figure);

/* As @names (gsc_figure_get_name(), NULL-terminated) say. Names that are missing come last in their
 * usual order; unknown ones and repetitions are skipped. TRUE if that changes the order. */
gboolean gsc_board_order_set (GscBoardOrder *order, const char *const *names);

/* The figures' names. (transfer full) */
char **gsc_board_order_list (const GscBoardOrder *order);

/* Moves @figure by @places among those that are @shown, as far as it goes. FALSE if it does not. */
gboolean gsc_board_order_move (GscBoardOrder *order,
                               GscFigure figure,
                               int places,
                               const gboolean shown[GSC_N_FIGURES]);

/* Moves @figure to where @other stands, which makes room. FALSE if they are the same. */
gboolean gsc_board_order_put (GscBoardOrder *order, GscFigure figure, GscFigure other);

/* The figure called @name, or -1. */
int gsc_board_order_find_figure (const char *name);

G_END_DECLS
