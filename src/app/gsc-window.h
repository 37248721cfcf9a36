/* gsc-window.h - the main window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-board.h"
#include "gsc-library.h"
#include "gsc-recipe.h"
#include "gsc-session.h"
#include "gsc-sidebar.h"

G_BEGIN_DECLS

#define GSC_TYPE_WINDOW (gsc_window_get_type ())
G_DECLARE_FINAL_TYPE (GscWindow, gsc_window, GSC, WINDOW, AdwApplicationWindow)

/* @library is shared by all windows of the program. @settings: what is remembered; NULL where the
 * schema is not installed. */
GscWindow *gsc_window_new (AdwApplication *application, GscLibrary *library, GSettings *settings);

/* Borrowed, for the application and tests. */
GscLibrary *gsc_window_get_library (GscWindow *window);
GscSession *gsc_window_get_session (GscWindow *window);
GscRecipe *gsc_window_get_recipe (GscWindow *window);
GscBoard *gsc_window_get_board (GscWindow *window);
GscSidebar *gsc_window_get_sidebar (GscWindow *window);

/* What the banner says, or NULL. Borrowed. */
const char *gsc_window_get_banner (GscWindow *window);

/* Shows a run, and selects it in the sidebar. */
void gsc_window_show_run (GscWindow *window, GscRun *run);

/* A passing message. */
void gsc_window_toast (GscWindow *window, const char *message);

/* Writes a report of the run shown (gsc-report.h) into the file @path, in a thread: a message says how
 * far it is, with a button to cancel it, and another one at its end, with a button to open it. */
void gsc_window_save_report (GscWindow *window, const char *path);

/* Opens a run's folder, a sweep's folder (in a window of its own), a run's archive (which is unpacked
 * into the library), or a model file. What is wrong with it is said in the window. */
void gsc_window_open_file (GscWindow *window, GFile *file);

/* Opens a model file: reads it in a thread and asks with a GscModelDialog what it does not say; a
 * message in the window says what is wrong with it. */
void gsc_window_open_model_file (GscWindow *window, const char *path);

G_END_DECLS
