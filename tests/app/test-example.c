/* test-example.c - the run that comes with the program, from the first start on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "gsc-application.h"
#include "gsc-board.h"
#include "gsc-figure.h"
#include "gsc-installed-path.h"
#include "gsc-window.h"
#include "training-fixture.h"
#include "widget-fixture.h"

/* One program, which goes on for all tests; each has a library and windows of its own. */
static GscApplication *application;

typedef struct
{
  char *folder;
  GscLibrary *library;
  GSettings *settings;
  GscWindow *window;
  guint n_notices;
} Program;

/* A path of the test's own, in the folders that the display's script made. */
static char *
own_path (const char *name)
{
  g_autofree char *test = g_strdelimit (g_strdup (g_test_get_path ()), "/", '-');

  return g_build_filename (g_get_user_data_dir (), test + 1, name, NULL);
}

/* GTK 4.8's own, as in test-window.c. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strstr (message, "gdk_surface_get_device_position") == NULL
         && strstr (message, "_gtk_widget_find_at_coords") == NULL;
}

static void
on_notice (GscSession *session, const char *message, gpointer data)
{
  ((Program *) data)->n_notices++;
}

/* As if the program had never been started. */
static void
prepare (Program *program)
{
  static const char *const keys[] = { "example-offered", "last-run", "runs-elsewhere", "board" };

  program->folder = own_path ("runs");
  program->settings = gsc_application_load_settings ();
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (program->settings, keys[i]);
}

/* @archive: to be unpacked in the place of the program's own, or NULL. */
static void
start (Program *program, const char *archive)
{
  g_test_log_set_fatal_handler (is_fatal, NULL);
  if (program->settings == NULL)
    prepare (program);
  program->library = gsc_library_new (program->folder);
  gsc_library_set_example (program->library, archive);
  program->window
      = gsc_window_new (ADW_APPLICATION (application), program->library, program->settings);
  g_signal_connect (gsc_window_get_session (program->window), "notice", G_CALLBACK (on_notice),
                    program);
  widget_fixture_present (GTK_WINDOW (program->window));
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Nothing of it may be left. */
static void
close_window (Program *program)
{
  gpointer weak[] = { program->window, program->library };

  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    g_object_add_weak_pointer (weak[i], &weak[i]);
  gtk_window_close (GTK_WINDOW (program->window));
  g_object_unref (program->library);
  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    training_fixture_wait (is_null, &weak[i]);
}

static void
end (Program *program)
{
  close_window (program);
  g_clear_object (&program->settings);
  g_clear_pointer (&program->folder, g_free);
}

static GscRun *
get_run (Program *program)
{
  return gsc_session_get_run (gsc_window_get_session (program->window));
}

static guint
count_runs (Program *program)
{
  return g_list_model_get_n_items (G_LIST_MODEL (program->library));
}

static gboolean
is_offered (gpointer data)
{
  return g_settings_get_boolean (((Program *) data)->settings, "example-offered");
}

static gboolean
shows_run (gpointer data)
{
  return get_run (data) != NULL;
}

static void
assert_welcome (Program *program)
{
  g_assert_null (get_run (program));
  g_assert_nonnull (widget_fixture_find (GTK_WIDGET (program->window), GTK_TYPE_STACK,
                                         "visible-child-name", "welcome"));
}

static void
assert_example (Program *program)
{
  GscRun *run = get_run (program);
  const GscRunNotes *notes = gsc_run_get_notes (run);

  g_assert_cmpstr (gsc_run_get_title (run), ==, "Example: quick");
  g_assert_cmpstr (notes->example, ==, "quick");
  g_assert_cmpstr (notes->preset, ==, "quick");
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
}

typedef struct
{
  GscSession *session;
  gint64 step;
  gboolean all; /* all insights, and not only the model */
} Wanted;

static gboolean
is_computed (gpointer data)
{
  const Wanted *wanted = data;
  const GscFrame *frame = gsc_session_get_frame (wanted->session);

  if (frame == NULL || frame->probe == NULL || frame->projection == NULL
      || frame->step != wanted->step)
    return FALSE;
  for (guint i = 0; i < GSC_N_INSIGHTS && wanted->all; i++)
    {
      g_assert_null (gsc_session_get_insight_message (wanted->session, (GscInsightKind) i));
      /* no head is taken out: the records have the scores */
      if (i == GSC_INSIGHT_SCORES)
        continue;
      if (frame->insights[i] == NULL || frame->insight_steps[i] != wanted->step)
        return FALSE;
    }
  return TRUE;
}

/* The index of the record at @step. */
static int
find_record (GscRunData *data, gint64 step)
{
  for (int i = 0; i < (int) data->records->len; i++)
    if (gsc_run_data_get_record (data, i)->step == step)
      return i;
  g_assert_not_reached ();
}

/* With nothing trained yet every panel can be looked at, at the end and at the steps that matter:
 * before, on the plateaus, in the rise, and at the best. */
static void
test_first_start (void)
{
  static const gint64 steps[] = { 0, 1200, 4400, 5000, 5200, 13200 };
  Program program = { 0 };
  Wanted wanted;
  GscBoard *board;

  start (&program, NULL);
  training_fixture_wait (shows_run, &program);
  assert_example (&program);
  g_assert_true (is_offered (&program));
  training_fixture_assert_sentence (gsc_window_get_banner (program.window), "Grokscope");
  g_assert_nonnull (widget_fixture_find (GTK_WIDGET (program.window), GTK_TYPE_BUTTON,
                                         "action-name", "win.tour"));
  board = gsc_window_get_board (program.window);
  wanted = (Wanted){ gsc_window_get_session (program.window), 15000, FALSE };
  training_fixture_wait (is_computed, &wanted);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      wanted.step = steps[i];
      gsc_session_set_record (wanted.session,
                              find_record (gsc_run_get_data (get_run (&program)), steps[i]));
      training_fixture_wait (is_computed, &wanted);
    }
  for (int i = 0; i < GSC_N_FIGURES; i++)
    gsc_board_set_shown (board, (GscFigure) i, TRUE);
  wanted.all = TRUE;
  training_fixture_wait (is_computed, &wanted);
  g_assert_cmpuint (program.n_notices, ==, 0);
  end (&program);
}

/* It is a run like any: once deleted it does not come back by itself, but when it is asked for. */
static void
test_deleted (void)
{
  Program program = { 0 };
  g_autoptr (GError) error = NULL;
  GscRun *copy, *example;

  start (&program, NULL);
  training_fixture_wait (shows_run, &program);
  gtk_widget_activate_action (GTK_WIDGET (program.window), "runs.delete", NULL);
  training_fixture_idle (100);
  assert_welcome (&program);
  close_window (&program);

  start (&program, NULL);
  training_fixture_idle (1000);
  assert_welcome (&program);
  g_assert_cmpuint (count_runs (&program), ==, 0);
  g_assert_nonnull (widget_fixture_find (GTK_WIDGET (program.window), GTK_TYPE_BUTTON,
                                         "action-name", "win.open-example"));
  gtk_widget_activate_action (GTK_WIDGET (program.window), "win.open-example", NULL);
  training_fixture_wait (shows_run, &program);
  assert_example (&program);

  /* one is enough, but a copy is not the example */
  example = get_run (&program);
  copy = gsc_library_duplicate (program.library, example, &error);
  g_assert_no_error (error);
  g_assert_null (gsc_run_get_notes (copy)->example);
  gsc_window_show_run (program.window, copy);
  gtk_widget_activate_action (GTK_WIDGET (program.window), "win.open-example", NULL);
  training_fixture_idle (200);
  g_assert_true (get_run (&program) == example);
  g_assert_cmpuint (count_runs (&program), ==, 2);
  close_window (&program);

  start (&program, NULL);
  training_fixture_idle (200);
  g_assert_cmpuint (count_runs (&program), ==, 2);
  assert_example (&program);
  g_assert_null (gsc_window_get_banner (program.window));
  end (&program);
}

/* Who has runs is not bothered, and is not later when they are deleted. */
static void
test_other_runs (void)
{
  Program program = { 0 };
  g_autofree char *run = own_path ("runs/tiny-1");
  g_autofree char *runs = own_path ("runs");
  const GscConfig config = training_fixture_config ();

  g_assert_cmpint (g_mkdir_with_parents (runs, 0700), ==, 0);
  training_fixture_train (run, &config, -1);
  start (&program, NULL);
  g_assert_true (is_offered (&program));
  gtk_widget_activate_action (GTK_WIDGET (program.window), "runs.delete", NULL);
  close_window (&program);
  start (&program, NULL);
  training_fixture_idle (1000);
  assert_welcome (&program);
  end (&program);
}

/* What is opened while the example comes stays in front of it. */
static void
test_opened_meanwhile (void)
{
  Program program = { 0 };
  g_autofree char *path = own_path ("elsewhere");
  g_autofree char *parent = own_path (".");
  const GscConfig config = training_fixture_config ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  training_fixture_train (path, &config, -1);
  prepare (&program);
  program.library = gsc_library_new (program.folder);
  program.window
      = gsc_window_new (ADW_APPLICATION (application), program.library, program.settings);
  gsc_window_open_file (program.window, file);
  widget_fixture_present (GTK_WINDOW (program.window));
  training_fixture_wait (is_offered, &program);
  g_assert_cmpuint (count_runs (&program), ==, 2);
  g_assert_cmpstr (gsc_run_get_path (get_run (&program)), ==, path);
  end (&program);
}

/* A window that is closed at once leaves nothing half done in the list, and the next one has it. */
static void
test_closed_at_once (void)
{
  Program program = { 0 };

  prepare (&program);
  program.library = gsc_library_new (program.folder);
  program.window
      = gsc_window_new (ADW_APPLICATION (application), program.library, program.settings);
  gtk_window_present (GTK_WINDOW (program.window));
  close_window (&program);
  start (&program, NULL);
  training_fixture_wait (shows_run, &program);
  assert_example (&program);
  g_assert_cmpuint (count_runs (&program), ==, 1);
  end (&program);
}

/* Without a whole archive there is a reason, and the page that explains. */
static void
test_damaged (void)
{
  Program program = { 0 };
  g_autofree char *own = gsc_installed_data ("examples/quick.grokrun");
  g_autofree char *damaged = own_path ("damaged.grokrun");
  g_autofree char *missing = own_path ("missing.grokrun");
  const char *const archives[] = { damaged, missing };
  g_autofree char *parent = own_path (".");
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_nonnull (own);
  g_assert_true (g_file_get_contents (own, &bytes, &length, NULL));
  memset (bytes + length / 2, 7, length / 4);
  g_assert_true (g_file_set_contents (damaged, bytes, (gssize) length, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (archives); i++)
    {
      g_autofree char *name = g_path_get_basename (archives[i]);

      if (program.settings != NULL)
        g_settings_reset (program.settings, "example-offered");
      start (&program, archives[i]);
      training_fixture_wait (is_offered, &program);
      training_fixture_assert_sentence (gsc_window_get_banner (program.window), name);
      assert_welcome (&program);
      g_assert_cmpuint (count_runs (&program), ==, 0);
      close_window (&program);

      /* said once, and not at each start */
      start (&program, archives[i]);
      training_fixture_idle (300);
      g_assert_null (gsc_window_get_banner (program.window));
      assert_welcome (&program);
      gtk_widget_activate_action (GTK_WIDGET (program.window), "win.open-example", NULL);
      training_fixture_idle (1000);
      training_fixture_assert_sentence (gsc_window_get_banner (program.window), name);
      close_window (&program);
    }
  g_clear_object (&program.settings);
  g_clear_pointer (&program.folder, g_free);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  folder = g_build_filename (g_get_user_data_dir (), "unused", NULL);
  application = gsc_application_new (NULL, folder);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_test_add_func ("/example/first-start", test_first_start);
  g_test_add_func ("/example/deleted", test_deleted);
  g_test_add_func ("/example/other-runs", test_other_runs);
  g_test_add_func ("/example/opened-meanwhile", test_opened_meanwhile);
  g_test_add_func ("/example/closed-at-once", test_closed_at_once);
  g_test_add_func ("/example/damaged", test_damaged);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
