/* test-window-report.c - the window writes reports
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "gsc-application.h"
#include "training-fixture.h"
#include "widget-fixture.h"

static GscApplication *application;

typedef struct
{
  GscLibrary *library;
  GscWindow *window;
  char *folder;
  char *file;
} Program;

/* GTK 4.8 asks where the pointer is for a tooltip of a window that is closed. Nothing of ours. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strstr (message, "gdk_surface_get_device_position") == NULL;
}

static gboolean
is_enabled (const Program *program, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (program->window), action);
}

static gboolean
has_data (gpointer data)
{
  GscRun *run = gsc_session_get_run (gsc_window_get_session (((Program *) data)->window));

  return run != NULL && gsc_run_get_data (run) != NULL;
}

static void
set_up (Program *program, gconstpointer data)
{
  g_autofree char *test = g_strdelimit (g_strdup (g_test_get_path ()), "/", '-');
  g_autofree char *run = NULL;
  GscConfig config = training_fixture_config ();

  /* analyses that take long enough to be cancelled */
  if (data != NULL)
    config.eval_sequences = GPOINTER_TO_INT (data);
  g_test_log_set_fatal_handler (is_fatal, NULL);
  program->folder = g_build_filename (g_get_user_data_dir (), test + 1, NULL);
  program->file = g_build_filename (program->folder, "report.html", NULL);
  run = g_build_filename (program->folder, "one run", NULL);
  training_fixture_train (run, &config, -1);
  program->library = gsc_library_new (program->folder);
  program->window = gsc_window_new (ADW_APPLICATION (application), program->library, NULL);
  widget_fixture_present (GTK_WINDOW (program->window));
  gsc_window_show_run (program->window, gsc_library_find (program->library, run));
  training_fixture_wait (has_data, program);
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Program *program, gconstpointer data)
{
  gpointer window = program->window;

  g_object_add_weak_pointer (window, &window);
  gtk_window_close (window);
  g_object_unref (program->library);
  training_fixture_idle (100);
  training_fixture_wait (is_null, &window); /* a report that is being written has to notice */
  g_free (program->folder);
  g_free (program->file);
}

/* The first that is to be seen: others of the same name are hidden. */
static GtkWidget *
find_below (GtkWidget *widget, const char *label)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_below (child, label);
  return found;
}

static GtkWidget *
find_button (const Program *program, const char *label)
{
  return find_below (GTK_WIDGET (program->window), label);
}

static gboolean
can_be_opened (gpointer data)
{
  return find_button (data, "Open") != NULL;
}

static gboolean
can_be_cancelled (gpointer data)
{
  return find_button (data, "_Cancel") != NULL;
}

static gboolean
is_over (gpointer data)
{
  return is_enabled (data, "report");
}

/* A report of the step shown, and an offer to open it. */
static void
test_write (Program *program, gconstpointer data)
{
  g_autofree char *text = NULL;

  gsc_session_set_record (gsc_window_get_session (program->window), 2);
  g_assert_true (is_enabled (program, "report"));
  gsc_window_save_report (program->window, program->file);
  g_assert_false (is_enabled (program, "report")); /* one at a time */
  training_fixture_wait (is_over, program);
  training_fixture_wait (can_be_opened, program);
  g_assert_true (g_file_get_contents (program->file, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "Report of the run “one run”"));
  g_assert_nonnull (strstr (text, "--step 10 "));
  g_assert_true (g_str_has_suffix (text, "</html>\n"));
  g_assert_null (gsc_window_get_banner (program->window));
}

/* What cannot be done is said, and nothing is written. */
static void
test_faults (Program *program, gconstpointer data)
{
  g_autofree char *text = g_build_filename (program->folder, "report.txt", NULL);
  g_autofree char *nowhere = g_build_filename (program->folder, "none", "report.pdf", NULL);

  gsc_window_save_report (program->window, text);
  g_assert_nonnull (strstr (gsc_window_get_banner (program->window), ".html or .pdf"));
  g_assert_false (g_file_test (text, G_FILE_TEST_EXISTS));
  gsc_window_save_report (program->window, nowhere);
  training_fixture_wait (is_over, program);
  g_assert_nonnull (strstr (gsc_window_get_banner (program->window), "report.pdf"));
}

/* Cancel leaves nothing behind. */
static void
test_cancel (Program *program, gconstpointer data)
{
  gsc_window_save_report (program->window, program->file);
  training_fixture_wait (can_be_cancelled, program);
  g_signal_emit_by_name (find_button (program, "_Cancel"), "clicked");
  training_fixture_wait (is_over, program);
  g_assert_false (g_file_test (program->file, G_FILE_TEST_EXISTS));
  g_assert_false (can_be_opened (program));
  g_assert_null (gsc_window_get_banner (program->window));
}

/* A window that is closed meanwhile goes. */
static void
test_close (Program *program, gconstpointer data)
{
  gsc_window_save_report (program->window, program->file);
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = NULL;

  g_test_init (&argc, &argv, NULL);
  folder = g_build_filename (g_get_user_data_dir (), "unused", NULL);
  application = gsc_application_new (NULL, folder);
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));

  g_test_add ("/window-report/write", Program, NULL, set_up, test_write, tear_down);
  g_test_add ("/window-report/faults", Program, NULL, set_up, test_faults, tear_down);
  g_test_add ("/window-report/cancel", Program, GINT_TO_POINTER (4000), set_up, test_cancel,
              tear_down);
  g_test_add ("/window-report/close", Program, NULL, set_up, test_close, tear_down);
  return g_test_run ();
}
