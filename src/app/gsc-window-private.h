/* gsc-window-private.h - shared by the files of the main window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-archive-bar.h"
#include "gsc-banner.h"
#include "gsc-comparison.h"
#include "gsc-lesson-bar.h"
#include "gsc-player.h"
#include "gsc-presentation.h"
#include "gsc-window.h"

G_BEGIN_DECLS

/* The least size that everything is laid out for. */
#define GSC_WINDOW_MIN_WIDTH 560
#define GSC_WINDOW_MIN_HEIGHT 400

typedef struct _GscWindowPhase GscWindowPhase;
typedef struct _GscWindowPresent GscWindowPresent;

struct _GscWindow
{
  AdwApplicationWindow parent_instance;

  /* Borrowed References */
  AdwFlap *flap;
  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GscBanner *banner;
  GscArchiveBar *archive_bar;
  GscLessonBar *lessons;
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
  GscPanel *focused; /* the panel that had the focus last, or NULL */

  AdwToast *report_toast; /* says how far the report is, or NULL */

  /* Owned References */
  GTask *report; /* being written, or NULL */
  guint report_timeout;
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
  GCancellable *example; /* of the example run's unpacking, or NULL */
  char **exported; /* paths of the files that were exported last, or NULL */

  GscWindowPresent *present; /* gsc-window-present.c's own */
  GscWindowPhase *phase;     /* gsc-window-phase.c's own */

  GtkCssProvider *zoom_style; /* NULL: as in style.css */
  double zoom;

  int enlarged_before; /* the lessons showed a panel: the figure, or -1 */
  int lesson_figure;   /* the panel that they show, or -1; and whether it was hidden before */
  gboolean lesson_figure_hidden;

  gint64 message_time; /* monotonic, when the passing message came */
  gint64 title_time;   /* monotonic, of the latest change of the header */
  guint title_timeout;
};

/* gsc-window.c: shows a run (NULL: none), but does not select it in the sidebar; brings page, header
 * and actions in line with what is shown. */
void gsc_window_set_run (GscWindow *self, GscRun *run);
void gsc_window_update (GscWindow *self);

/* gsc-window-messages.c: says what happens to the library, the session and deleted runs. */
void gsc_window_follow_messages (GscWindow *self);

/* gsc-window-state.c: the settings that are read at the start, and written at the end. */
void gsc_window_load_state (GscWindow *self);
void gsc_window_save_state (GscWindow *self);

/* gsc-window-actions.c: the "win" actions and the keys. */
void gsc_window_add_actions (GscWindow *self);
void gsc_window_add_shortcuts (GscWindow *self);

/* Brings the actions' states in line with what is possible now. */
void gsc_window_update_actions (GscWindow *self);

/* The size of the figures' text; 1: as usual. */
void gsc_window_set_zoom (GscWindow *self, double zoom);

/* gsc-window-model.c: lets the user choose a model file, and opens it. */
void gsc_window_choose_model_file (GscWindow *self);

/* gsc-window-time.c: the actions that move the time, and the player; whether the space bar plays,
 * and does not train. */
void gsc_window_add_time_actions (GscWindow *self);
gboolean gsc_window_space_plays (GscWindow *self);

/* gsc-window-archive.c: runs as files: the line that shows how far one is, the actions, and dropping
 * files on the window. */
GtkWidget *gsc_window_make_archive_bar (GscWindow *self);
void gsc_window_add_archive_actions (GscWindow *self);
void gsc_window_update_archive_actions (GscWindow *self);

/* gsc-window-compare.c: the actions for comparing, and for the table of runs. */
void gsc_window_add_compare_actions (GscWindow *self);
void gsc_window_update_compare_actions (GscWindow *self);

/* Ends a comparison with @run (NULL: with any). */
void gsc_window_forget_compared (GscWindow *self, GscRun *run);

/* gsc-window-export.c: the actions that make files and pictures of figures. */
void gsc_window_add_export_actions (GscWindow *self);
void gsc_window_update_export_actions (GscWindow *self);

/* gsc-window-report.c: the action that writes a report; its end, without a word. */
void gsc_window_add_report_actions (GscWindow *self);
void gsc_window_update_report_actions (GscWindow *self);
void gsc_window_end_report (GscWindow *self);

/* gsc-window-learn.c: the actions for guide, tour, lessons and citation, and the lessons' bar. */
GtkWidget *gsc_window_make_lesson_bar (GscWindow *self);
void gsc_window_add_learn_actions (GscWindow *self);

/* gsc-window-example.c: the action that opens the run that comes with the program; at the first start,
 * with no runs, it opens by itself. */
void gsc_window_add_example_actions (GscWindow *self);
void gsc_window_offer_example (GscWindow *self);
void gsc_window_end_example (GscWindow *self);

/* gsc-window-film.c: the action that exports a film. */
void gsc_window_add_film_actions (GscWindow *self);

/* gsc-window-present.c: the actions for presenting and for bookmarks. */
void gsc_window_add_present_actions (GscWindow *self);
void gsc_window_update_present_actions (GscWindow *self);
void gsc_window_clear_present (GscWindow *self);

/* What is on the stage (borrowed), or NULL; and the size of its figures' text, @by so many times
 * larger, or as usual (0). */
GscPresentation *gsc_window_get_presentation (GscWindow *self);
void gsc_window_zoom_presentation (GscWindow *self, double by);

/* gsc-window-phase.c: the actions for phase diagrams, and their menu (transfer full). Their windows
 * close with this one, and what is trained is saved. */
void gsc_window_add_phase_actions (GscWindow *self);
GMenuModel *gsc_window_make_phase_menu (GscWindow *self);
void gsc_window_save_phase (GscWindow *self);
void gsc_window_offer_sweep (GscWindow *self);
void gsc_window_clear_phase (GscWindow *self);

/* Shows the sweep in @folder. FALSE if it is none, or cannot be read, which is said. */
gboolean gsc_window_open_sweep (GscWindow *self, const char *folder);

/* gsc-window-header.c: the header bar. */
GtkWidget *gsc_window_make_header (GscWindow *self);
void gsc_window_update_header (GscWindow *self);

G_END_DECLS
