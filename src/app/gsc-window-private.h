/* gsc-window-private.h - shared by the files of the main window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-banner.h"
#include "gsc-comparison.h"
#include "gsc-player.h"
#include "gsc-window.h"

G_BEGIN_DECLS

struct _GscWindow
{
  AdwApplicationWindow parent_instance;

  /* Borrowed References */
  AdwFlap *flap;
  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GscBanner *banner;
  GscSidebar *sidebar;
  GscBoard *board;
  GtkStack *stack; /* "welcome", "broken" or "board" */
  AdwStatusPage *broken;
  GtkButton *primary;
  AdwButtonContent *primary_content;
  GtkButton *stop;
  GtkButton *go_live;
  GtkProgressBar *progress;
  GtkWidget *spinner;
  AdwToast *message; /* the passing one shown last, or NULL */

  /* Owned References */
  GscLibrary *library;
  GscSession *session;
  GscComparison *comparison;
  GscRecipe *recipe;
  GscPlayer *player;
  GSettings *settings;
  GscRun *run;      /* the one shown */
  GscRun *training; /* the one whose progress is followed */
  GscRun *origin;   /* what the recipe continues, while it says so */
  gint64 origin_step;

  GtkCssProvider *zoom_style; /* NULL: as in style.css */
  double zoom;

  gint64 title_time; /* monotonic, of the latest change of the header */
  guint title_timeout;
};

/* gsc-window-actions.c: the "win" actions and the keys. */
void gsc_window_add_actions (GscWindow *self);
void gsc_window_add_shortcuts (GscWindow *self);

/* Brings the actions' states in line with what is possible now. */
void gsc_window_update_actions (GscWindow *self);

/* gsc-window-model.c: lets the user choose a model file, and opens it. */
void gsc_window_choose_model_file (GscWindow *self);

/* gsc-window-time.c: the actions that move the time, and the player; messages of session and library;
 * whether the space bar plays, and does not train. */
void gsc_window_add_time_actions (GscWindow *self);
void gsc_window_follow_messages (GscWindow *self);
void gsc_window_show_no_room (GscWindow *self, GscRun *run);
gboolean gsc_window_space_plays (GscWindow *self);

/* gsc-window-compare.c: the actions for comparing, and for the table of runs. */
void gsc_window_add_compare_actions (GscWindow *self);
void gsc_window_update_compare_actions (GscWindow *self);

/* Ends a comparison with @run (NULL: with any). */
void gsc_window_forget_compared (GscWindow *self, GscRun *run);

/* gsc-window-header.c: the header bar. */
GtkWidget *gsc_window_make_header (GscWindow *self);
void gsc_window_update_header (GscWindow *self);

G_END_DECLS
