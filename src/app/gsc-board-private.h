/* gsc-board-private.h - shared by the files of the board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-board-area.h"
#include "gsc-board-order.h"
#include "gsc-board.h"
#include "gsc-head-actions.h"

G_BEGIN_DECLS

/* The action show-NAME of a figure. */
#define GSC_BOARD_SHOW_PREFIX "show-"

struct _GscBoard
{
  GtkWidget parent_instance;

  GscBoardOrder order;
  gboolean shown[GSC_N_FIGURES];
  int enlarged; /* -1: none */
  gboolean loading;
  gboolean inactive;

  /* Borrowed References */
  GtkWidget *stack; /* "panels" or "empty" */
  GtkWidget *scroller;
  GscBoardArea *area;
  GscPanel *panels[GSC_N_FIGURES];

  /* Owned References */
  GscSession *session;
  GscComparison *comparison; /* of the session, or NULL */
  GSimpleActionGroup *actions;
  GscHeadActions *heads; /* of the session, or NULL */
};

/* gsc-board-actions.c: the actions "board". */
void gsc_board_add_actions (GscBoard *self);

G_END_DECLS
