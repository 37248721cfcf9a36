/* window-fixture.h - the program's window with a library of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-application.h"
#include "gsc-model-dialog.h"
#include "gsc-window.h"

typedef struct
{
  GscLibrary *library;
  GSettings *settings;
  GscWindow *window;
} WindowFixture;

/* Of main(): g_test_init(), and the program without a window, which goes on for all tests. */
void window_fixture_init (int *argc, char ***argv);
GApplication *window_fixture_get_application (void);

/* A path of the test's own. (transfer full) */
char *window_fixture_folder (const char *name);

/* A library of the runs in @folder, and a window of it. _end() closes the window and asserts that
 * nothing of it is left. */
void window_fixture_start (WindowFixture *program, const char *folder);
void window_fixture_end (WindowFixture *program);

/* Another window of the same, after the one before is closed. */
void window_fixture_open (WindowFixture *program);

/* The next test starts with a fresh memory. */
void window_fixture_forget (void);

GscLibrary *window_fixture_get_library (WindowFixture *program);
GscRun *window_fixture_get_run (WindowFixture *program); /* shown, or NULL */
guint window_fixture_count_runs (WindowFixture *program);
GtkWidget *window_fixture_find_widget (GtkWidget *root, GType type); /* the first, or NULL */
const char *window_fixture_get_page (WindowFixture *program);        /* "welcome", "board" ... */
GscModelDialog *window_fixture_find_model_dialog (void);             /* on the screen, or NULL */

void window_fixture_activate (WindowFixture *program, const char *action);
gboolean window_fixture_is_enabled (WindowFixture *program, const char *action);

/* Tiny, as a user would set it: key by key. 0 @steps: as it is. */
void window_fixture_set_recipe (WindowFixture *program, int steps);

/* Of training_fixture_wait(), with the fixture as data. */
gboolean window_fixture_is_idle (gpointer data);        /* nothing is trained */
gboolean window_fixture_has_model (gpointer data);      /* a model is looked at */
gboolean window_fixture_has_some_steps (gpointer data); /* the shown run is under way */
gboolean window_fixture_has_banner (gpointer data);
