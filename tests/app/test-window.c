/* test-window.c - the program as a user meets it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "training-fixture.h"
#include "widget-fixture.h"
#include "window-fixture.h"

/* Without any run, and with the example deleted, a page explains, and offers to train. */
static void
test_welcome (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GtkWidget *button;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  g_assert_cmpstr (window_fixture_get_page (&program), ==, "welcome");
  g_assert_cmpuint (widget_fixture_assert_named (GTK_WIDGET (program.window)), >, 10);
  button = widget_fixture_find (GTK_WIDGET (program.window), GTK_TYPE_BUTTON, "action-name",
                                "win.train-quick");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_nonnull (gsc_library_get_training (window_fixture_get_library (&program)));
  training_fixture_wait (window_fixture_has_some_steps, &program);
  training_fixture_wait (window_fixture_has_model, &program);
  g_assert_cmpstr (window_fixture_get_page (&program), ==, "board");
  g_assert_cmpstr (gsc_run_get_notes (window_fixture_get_run (&program))->preset, ==, "quick");
  window_fixture_activate (&program, "win.pause");
  training_fixture_wait (window_fixture_is_idle, &program);
  window_fixture_end (&program);
}

/* A run from the first step to the last, and what can be done with it then. */
static void
test_train (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GscRun *run;
  GscRecipe *recipe;
  g_autofree char *text = NULL;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  run = window_fixture_get_run (&program);
  g_assert_nonnull (run);
  training_fixture_wait (window_fixture_is_idle, &program);
  training_fixture_wait (window_fixture_has_model, &program);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  g_assert_cmpint (gsc_run_get_step (run), ==, gsc_run_get_steps (run));
  g_assert_null (gsc_window_get_banner (program.window));
  g_assert_false (window_fixture_is_enabled (&program, "resume"));
  g_assert_false (window_fixture_is_enabled (&program, "stop"));

  /* from here, with another rate: as many steps again, from the same weights */
  recipe = gsc_window_get_recipe (program.window);
  gsc_recipe_set_text (recipe, "lr", "0.002");
  training_fixture_idle (50);
  window_fixture_activate (&program, "win.branch");
  g_assert_nonnull (gsc_recipe_get_origin (recipe));
  g_assert_nonnull (gsc_recipe_get_lock (recipe, "depth"));
  g_assert_null (gsc_recipe_get_lock (recipe, "lr"));
  g_assert_false (gtk_widget_get_sensitive (gsc_controls_get_field (
      gsc_sidebar_get_controls (gsc_window_get_sidebar (program.window)), "depth")));
  text = gsc_recipe_get_text (recipe, "lr");
  g_assert_cmpstr (text, ==, "0.002");
  window_fixture_activate (&program, "win.train-new");
  g_assert_null (gsc_recipe_get_origin (recipe));
  g_assert_true (window_fixture_get_run (&program) != run);
  training_fixture_wait (window_fixture_is_idle, &program);
  g_assert_cmpint (gsc_run_get_state (window_fixture_get_run (&program)), ==, GSC_RUN_FINISHED);
  g_assert_nonnull (gsc_run_get_notes (window_fixture_get_run (&program))->parent);
  g_assert_cmpuint (window_fixture_count_runs (&program), ==, 2);
  window_fixture_end (&program);
}

static void
test_pause (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  gint64 step;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 1000000);
  window_fixture_activate (&program, "win.toggle-training");
  training_fixture_wait (window_fixture_has_some_steps, &program);
  g_assert_false (window_fixture_is_enabled (&program, "train-new"));
  window_fixture_activate (&program, "win.toggle-training");
  training_fixture_wait (window_fixture_is_idle, &program);
  g_assert_cmpint (gsc_run_get_state (window_fixture_get_run (&program)), ==, GSC_RUN_WAITING);
  step = gsc_run_get_step (window_fixture_get_run (&program));
  window_fixture_activate (&program, "win.toggle-training");
  training_fixture_idle (200);
  g_assert_cmpint (gsc_run_get_state (window_fixture_get_run (&program)), ==, GSC_RUN_TRAINING);
  window_fixture_activate (&program, "win.stop");
  training_fixture_wait (window_fixture_is_idle, &program);
  g_assert_cmpint (gsc_run_get_state (window_fixture_get_run (&program)), ==, GSC_RUN_FINISHED);
  g_assert_cmpint (gsc_run_get_step (window_fixture_get_run (&program)), >, step);
  g_assert_cmpuint (window_fixture_count_runs (&program), ==, 1);
  window_fixture_end (&program);
}

/* A run that is chosen brings its recipe into the controls, with its early stopping. */
static void
test_recipe_follows (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GscRecipe *recipe;
  GscRun *runs[2];

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  recipe = gsc_window_get_recipe (program.window);
  for (guint i = 0; i < 2; i++)
    {
      window_fixture_set_recipe (&program, i ? 25 : 30);
      gsc_recipe_set_text (recipe, "stop", i ? "off" : "step");
      if (!i)
        gsc_recipe_set_text (recipe, "stop_step", "20");
      window_fixture_activate (&program, "win.train-new");
      runs[i] = window_fixture_get_run (&program);
      training_fixture_wait (window_fixture_is_idle, &program);
    }
  g_assert_cmpint (gsc_run_get_step (runs[0]), ==, 20);
  g_assert_cmpint (gsc_run_get_step (runs[1]), ==, 25);
  for (guint i = 0; i < 2; i++)
    {
      gsc_window_show_run (program.window, runs[i]);
      g_assert_cmpint (gsc_recipe_get_config (recipe)->steps, ==, i ? 25 : 30);
      g_assert_cmpint (gsc_recipe_get_stop_rule (recipe).mode, ==,
                       i ? GSC_STOP_OFF : GSC_STOP_AT_STEP);
    }
  window_fixture_end (&program);
}

/* Closing the window while a model trains loses nothing, and the next start offers to go on. */
static void
test_interrupted (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GtkWidget *button;
  gint64 step;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 1000000);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_has_some_steps, &program);
  window_fixture_end (&program);

  window_fixture_start (&program, folder);
  g_assert_cmpuint (window_fixture_count_runs (&program), ==, 1);
  g_assert_cmpint (gsc_run_get_state (window_fixture_get_run (&program)), ==, GSC_RUN_WAITING);
  step = gsc_run_get_step (window_fixture_get_run (&program));
  g_assert_cmpint (step, >=, 10);
  button = widget_fixture_find (GTK_WIDGET (program.window), GTK_TYPE_BUTTON, "action-name",
                                "win.resume-interrupted");
  g_assert_nonnull (button);
  g_assert_nonnull (gsc_window_get_banner (program.window));
  g_signal_emit_by_name (button, "clicked");
  training_fixture_idle (200);
  g_assert_cmpint (gsc_run_get_state (window_fixture_get_run (&program)), ==, GSC_RUN_TRAINING);
  g_assert_null (gsc_window_get_banner (program.window));
  window_fixture_activate (&program, "win.pause");
  training_fixture_wait (window_fixture_is_idle, &program);
  g_assert_cmpint (gsc_run_get_step (window_fixture_get_run (&program)), >=, step);
  window_fixture_end (&program);
}

/* Deleting asks nothing, but can be undone. */
static void
test_delete (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GtkWidget *undo;
  g_autofree char *path = NULL;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_is_idle, &program);
  path = g_strdup (gsc_run_get_path (window_fixture_get_run (&program)));
  window_fixture_activate (&program, "runs.delete");
  training_fixture_idle (100);
  g_assert_cmpuint (window_fixture_count_runs (&program), ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  undo = widget_fixture_find (GTK_WIDGET (program.window), GTK_TYPE_BUTTON, "label", "Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  training_fixture_idle (100);
  g_assert_cmpuint (window_fixture_count_runs (&program), ==, 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  window_fixture_end (&program);
}

/* A run that cannot be read is a page with the reason. */
static void
test_broken (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  g_autofree char *run = g_build_filename (folder, "quick-1", NULL);
  g_autofree char *config = g_build_filename (run, "config.json", NULL);
  WindowFixture program = { 0 };
  GtkWidget *page;

  window_fixture_forget ();
  g_assert_cmpint (g_mkdir_with_parents (run, 0700), ==, 0);
  g_assert_true (g_file_set_contents (config, "{ \"p\": <12> }", -1, NULL));
  window_fixture_start (&program, folder);
  g_assert_cmpstr (window_fixture_get_page (&program), ==, "broken");
  page = widget_fixture_find (GTK_WIDGET (program.window), ADW_TYPE_STATUS_PAGE, "icon-name",
                              "dialog-warning-symbolic");
  g_assert_nonnull (page);
  g_assert_nonnull (
      strstr (adw_status_page_get_description (ADW_STATUS_PAGE (page)), "config.json"));
  window_fixture_end (&program);
}

static gboolean
is_playing (WindowFixture *program)
{
  g_autoptr (GVariant) state
      = g_action_group_get_action_state (G_ACTION_GROUP (program->window), "play");

  return g_variant_get_boolean (state);
}

static gboolean
has_played (gpointer data)
{
  return !is_playing (data);
}

static int
get_record (WindowFixture *program)
{
  return gsc_session_get_frame (gsc_window_get_session (program->window))->record;
}

/* Space plays a finished run, and whatever is looked at in the past; elsewhere it trains. */
static void
test_time (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GscSession *session;
  GtkWidget *play;
  int peak;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  session = gsc_window_get_session (program.window);
  g_assert_false (window_fixture_is_enabled (&program, "play"));
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.space");
  g_assert_nonnull (gsc_library_get_training (window_fixture_get_library (&program)));
  training_fixture_wait (window_fixture_is_idle, &program);
  training_fixture_wait (window_fixture_has_model, &program);

  g_action_group_activate_action (G_ACTION_GROUP (program.window), "play-speed",
                                  g_variant_new_string ("8"));
  window_fixture_activate (&program, "win.space");
  g_assert_true (is_playing (&program));
  g_assert_null (gsc_library_get_training (window_fixture_get_library (&program)));
  play = widget_fixture_find (GTK_WIDGET (program.window), GTK_TYPE_TOGGLE_BUTTON, "action-name",
                              "win.play");
  g_assert_nonnull (play);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (play)));
  training_fixture_wait (has_played, &program);
  g_assert_true (gsc_session_get_live (session));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (play)));
  g_assert_cmpuint (window_fixture_count_runs (&program), ==, 1);

  /* stopped on the way, and on from there */
  window_fixture_activate (&program, "win.space");
  training_fixture_idle (200);
  window_fixture_activate (&program, "win.space");
  g_assert_false (is_playing (&program));
  g_assert_false (gsc_session_get_live (session));
  g_assert_true (window_fixture_is_enabled (&program, "go-live"));
  window_fixture_activate (&program, "win.space");
  g_assert_true (is_playing (&program));
  window_fixture_activate (&program, "win.go-live");
  g_assert_false (is_playing (&program));

  peak = gsc_run_data_find_record (gsc_run_get_data (window_fixture_get_run (&program)), "best",
                                   NULL);
  window_fixture_activate (&program, "win.go-to-peak");
  g_assert_cmpint (get_record (&program), ==, peak);
  window_fixture_activate (&program, "win.first-step");
  g_assert_cmpint (get_record (&program), ==, 0);

  /* while another run trains, Space still plays what is in the past, and pauses what is live */
  window_fixture_set_recipe (&program, 1000000);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_has_some_steps, &program);
  gsc_session_set_record (session, 0);
  window_fixture_activate (&program, "win.space");
  g_assert_nonnull (gsc_library_get_training (window_fixture_get_library (&program)));
  window_fixture_activate (&program, "win.go-live");
  window_fixture_activate (&program, "win.space");
  training_fixture_wait (window_fixture_is_idle, &program);
  window_fixture_end (&program);
}

/* A snapshot that cannot be read is said in the window, with the file's name. */
static void
test_damaged_snapshot (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  g_autofree char *file = NULL;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_is_idle, &program);
  training_fixture_wait (window_fixture_has_model, &program);
  g_assert_false (window_fixture_has_banner (&program));
  file = g_build_filename (gsc_run_get_path (window_fixture_get_run (&program)), "snapshots",
                           "step-00000010.safetensors", NULL);
  window_fixture_end (&program);

  g_assert_true (g_file_set_contents (file, "nothing", -1, NULL));
  window_fixture_start (&program, folder); /* which has read no snapshot ahead */
  training_fixture_wait (window_fixture_has_model, &program);
  gsc_session_set_record (gsc_window_get_session (program.window), 2);
  training_fixture_wait (window_fixture_has_banner, &program);
  g_assert_nonnull (strstr (gsc_window_get_banner (program.window), "step-00000010"));
  window_fixture_end (&program);
}

/* What the library says of a full disk and of early stopping is said in the window. */
static void
test_messages (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GscRun *run;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  training_fixture_wait (window_fixture_is_idle, &program);
  run = window_fixture_get_run (&program);
  g_signal_emit_by_name (program.library, "ended", run, GSC_WORKER_NO_ROOM, "No room.");
  g_assert_nonnull (strstr (gsc_window_get_banner (program.window), "disk is full"));
  g_assert_nonnull (strstr (gsc_window_get_banner (program.window), "step 30"));
  window_fixture_activate (&program, "win.stay-paused");
  g_assert_false (window_fixture_has_banner (&program));
  g_signal_emit_by_name (program.library, "marked", run, "The step was reached.");
  g_assert_nonnull (strstr (gsc_window_get_banner (program.window), "The step was reached."));
  g_signal_emit_by_name (program.library, "resumed", run);
  g_assert_false (window_fixture_has_banner (&program));
  window_fixture_end (&program);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/welcome", test_welcome);
  g_test_add_func ("/window/train", test_train);
  g_test_add_func ("/window/pause", test_pause);
  g_test_add_func ("/window/recipe-follows", test_recipe_follows);
  g_test_add_func ("/window/interrupted", test_interrupted);
  g_test_add_func ("/window/delete", test_delete);
  g_test_add_func ("/window/broken", test_broken);
  g_test_add_func ("/window/time", test_time);
  g_test_add_func ("/window/damaged-snapshot", test_damaged_snapshot);
  g_test_add_func ("/window/messages", test_messages);
  return g_test_run ();
}
