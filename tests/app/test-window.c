/* test-window.c - the program as a user meets it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "gsc-application.h"
#include "gsc-archive-bar.h"
#include "gsc-compare-dialog.h"
#include "gsc-model-dialog.h"
#include "gsc-run-summary.h"
#include "gsc-runs-table.h"
#include "training-fixture.h"
#include "widget-fixture.h"

/* A path of the test's own. GLib's isolated folders would hide the system's list of file types, and
 * with it the reader of the icons; the display's script has private folders for all. */
static char *
own_folder (const char *name)
{
  g_autofree char *test = g_strdelimit (g_strdup (g_test_get_path ()), "/", '-');

  return g_build_filename (g_get_user_data_dir (), test + 1, name, NULL);
}

/* One program, which goes on for all tests: only the end of g_application_run() can take it off the
 * bus. Each test has a library and windows of its own. */
static GscApplication *application;

typedef struct
{
  GscLibrary *library;
  GSettings *settings;
  GscWindow *window;
} Program;

static void
open_window (Program *program)
{
  program->window
      = gsc_window_new (ADW_APPLICATION (application), program->library, program->settings);
  widget_fixture_present (GTK_WINDOW (program->window));
}

/* GTK 4.8 asks where the pointer is for a tooltip that was to come, though the window has been
 * closed meanwhile (the private server's pointer may lie over anything). Nothing of ours. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strstr (message, "gdk_surface_get_device_position") == NULL
         && strstr (message, "_gtk_widget_find_at_coords") == NULL;
}

static void
start (Program *program, const char *folder)
{
  program->settings = gsc_application_load_settings ();
  g_assert_nonnull (program->settings);
  program->library = gsc_library_new (folder);
  g_test_log_set_fatal_handler (is_fatal, NULL); /* for this test */
  open_window (program);
}

/* Closes the window and asserts that nothing of it is left. */
static void
end (Program *program)
{
  gpointer weak[] = { program->window,
                      gsc_window_get_session (program->window),
                      gsc_window_get_recipe (program->window),
                      gsc_window_get_board (program->window),
                      gsc_window_get_sidebar (program->window),
                      program->library };

  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    g_object_add_weak_pointer (weak[i], &weak[i]);
  gtk_window_close (GTK_WINDOW (program->window));
  g_object_unref (program->library);
  training_fixture_idle (400);
  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    if (weak[i] != NULL)
      g_error ("a %s is left", G_OBJECT_TYPE_NAME (weak[i]));
  g_clear_object (&program->settings);
}

/* The next test starts with a fresh memory. */
static void
forget (void)
{
  static const char *const keys[] = { "window-size",     "show-sidebar",   "board", "last-run",
                                      "interrupted-run", "runs-elsewhere", "recipe" };
  g_autoptr (GSettings) settings = gsc_application_load_settings ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
  g_settings_set_boolean (settings, "example-offered", TRUE); /* test-example.c has the rest */
}

static GscLibrary *
get_library (Program *program)
{
  return gsc_window_get_library (program->window);
}

static GscRun *
get_run (Program *program)
{
  return gsc_session_get_run (gsc_window_get_session (program->window));
}

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_widget (child, type);
  return found;
}

static guint
count_runs (Program *program)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_library (program)));
}

static void
activate (Program *program, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (program->window), action, NULL));
}

static gboolean
is_enabled (Program *program, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (program->window), action);
}

static gboolean
is_idle (gpointer data)
{
  return gsc_library_get_training (get_library (data)) == NULL;
}

static gboolean
has_model (gpointer data)
{
  GscFrame *frame = gsc_session_get_frame (gsc_window_get_session (((Program *) data)->window));

  return frame != NULL && frame->probe != NULL && frame->record >= 0;
}

static gboolean
has_some_steps (gpointer data)
{
  GscRun *run = get_run (data);

  return run != NULL && gsc_run_get_step (run) >= 10;
}

static GscModelDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GSC_IS_MODEL_DIALOG (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return GSC_MODEL_DIALOG (window);
    }
  return NULL;
}

/* Tiny, as a user would set it: key by key. */
static void
set_recipe (Program *program, int steps)
{
  GscRecipe *recipe = gsc_window_get_recipe (program->window);
  GscConfig config = training_fixture_config ();
  const char *const *keys = gsc_config_get_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *text = gsc_config_get (&config, keys[i]);

      gsc_recipe_set_text (recipe, keys[i], text);
    }
  if (steps > 0)
    {
      g_autofree char *text = g_strdup_printf ("%d", steps);

      gsc_recipe_set_text (recipe, "steps", text);
    }
  g_assert_true (gsc_recipe_is_valid (recipe));
}

static const char *
get_page (Program *program)
{
  GtkWidget *stack = widget_fixture_find (GTK_WIDGET (program->window), GTK_TYPE_STACK,
                                          "visible-child-name", "welcome");

  if (stack == NULL)
    stack = widget_fixture_find (GTK_WIDGET (program->window), GTK_TYPE_STACK, "visible-child-name",
                                 "board");
  if (stack == NULL)
    stack = widget_fixture_find (GTK_WIDGET (program->window), GTK_TYPE_STACK, "visible-child-name",
                                 "broken");
  g_assert_nonnull (stack);
  return gtk_stack_get_visible_child_name (GTK_STACK (stack));
}

/* Without any run, and with the example deleted, a page explains, and offers to train. */
static void
test_welcome (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GtkWidget *button;

  forget ();
  start (&program, folder);
  g_assert_cmpstr (get_page (&program), ==, "welcome");
  g_assert_cmpuint (widget_fixture_assert_named (GTK_WIDGET (program.window)), >, 10);
  button = widget_fixture_find (GTK_WIDGET (program.window), GTK_TYPE_BUTTON, "action-name",
                                "win.train-quick");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_nonnull (gsc_library_get_training (get_library (&program)));
  training_fixture_wait (has_some_steps, &program);
  training_fixture_wait (has_model, &program);
  g_assert_cmpstr (get_page (&program), ==, "board");
  g_assert_cmpstr (gsc_run_get_notes (get_run (&program))->preset, ==, "quick");
  activate (&program, "win.pause");
  training_fixture_wait (is_idle, &program);
  end (&program);
}

/* A run from the first step to the last, and what can be done with it then. */
static void
test_train (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GscRun *run;
  GscRecipe *recipe;
  g_autofree char *text = NULL;

  forget ();
  start (&program, folder);
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  run = get_run (&program);
  g_assert_nonnull (run);
  training_fixture_wait (is_idle, &program);
  training_fixture_wait (has_model, &program);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  g_assert_cmpint (gsc_run_get_step (run), ==, gsc_run_get_steps (run));
  g_assert_null (gsc_window_get_banner (program.window));
  g_assert_false (is_enabled (&program, "resume"));
  g_assert_false (is_enabled (&program, "stop"));

  /* from here, with another rate: as many steps again, from the same weights */
  recipe = gsc_window_get_recipe (program.window);
  gsc_recipe_set_text (recipe, "lr", "0.002");
  training_fixture_idle (50);
  activate (&program, "win.branch");
  g_assert_nonnull (gsc_recipe_get_origin (recipe));
  g_assert_nonnull (gsc_recipe_get_lock (recipe, "depth"));
  g_assert_null (gsc_recipe_get_lock (recipe, "lr"));
  g_assert_false (gtk_widget_get_sensitive (gsc_controls_get_field (
      gsc_sidebar_get_controls (gsc_window_get_sidebar (program.window)), "depth")));
  text = gsc_recipe_get_text (recipe, "lr");
  g_assert_cmpstr (text, ==, "0.002");
  activate (&program, "win.train-new");
  g_assert_null (gsc_recipe_get_origin (recipe));
  g_assert_true (get_run (&program) != run);
  training_fixture_wait (is_idle, &program);
  g_assert_cmpint (gsc_run_get_state (get_run (&program)), ==, GSC_RUN_FINISHED);
  g_assert_nonnull (gsc_run_get_notes (get_run (&program))->parent);
  g_assert_cmpuint (count_runs (&program), ==, 2);
  end (&program);
}

static void
test_pause (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  gint64 step;

  forget ();
  start (&program, folder);
  set_recipe (&program, 1000000);
  activate (&program, "win.toggle-training");
  training_fixture_wait (has_some_steps, &program);
  g_assert_false (is_enabled (&program, "train-new"));
  activate (&program, "win.toggle-training");
  training_fixture_wait (is_idle, &program);
  g_assert_cmpint (gsc_run_get_state (get_run (&program)), ==, GSC_RUN_WAITING);
  step = gsc_run_get_step (get_run (&program));
  activate (&program, "win.toggle-training");
  training_fixture_idle (200);
  g_assert_cmpint (gsc_run_get_state (get_run (&program)), ==, GSC_RUN_TRAINING);
  activate (&program, "win.stop");
  training_fixture_wait (is_idle, &program);
  g_assert_cmpint (gsc_run_get_state (get_run (&program)), ==, GSC_RUN_FINISHED);
  g_assert_cmpint (gsc_run_get_step (get_run (&program)), >, step);
  g_assert_cmpuint (count_runs (&program), ==, 1);
  end (&program);
}

/* A run that is chosen brings its recipe into the controls, with its early stopping. */
static void
test_recipe_follows (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GscRecipe *recipe;
  GscRun *runs[2];

  forget ();
  start (&program, folder);
  recipe = gsc_window_get_recipe (program.window);
  for (guint i = 0; i < 2; i++)
    {
      set_recipe (&program, i ? 25 : 30);
      gsc_recipe_set_text (recipe, "stop", i ? "off" : "step");
      if (!i)
        gsc_recipe_set_text (recipe, "stop_step", "20");
      activate (&program, "win.train-new");
      runs[i] = get_run (&program);
      training_fixture_wait (is_idle, &program);
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
  end (&program);
}

/* Closing the window while a model trains loses nothing, and the next start offers to go on. */
static void
test_interrupted (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GtkWidget *button;
  gint64 step;

  forget ();
  start (&program, folder);
  set_recipe (&program, 1000000);
  activate (&program, "win.train-new");
  training_fixture_wait (has_some_steps, &program);
  end (&program);

  start (&program, folder);
  g_assert_cmpuint (count_runs (&program), ==, 1);
  g_assert_cmpint (gsc_run_get_state (get_run (&program)), ==, GSC_RUN_WAITING);
  step = gsc_run_get_step (get_run (&program));
  g_assert_cmpint (step, >=, 10);
  button = widget_fixture_find (GTK_WIDGET (program.window), GTK_TYPE_BUTTON, "action-name",
                                "win.resume-interrupted");
  g_assert_nonnull (button);
  g_assert_nonnull (gsc_window_get_banner (program.window));
  g_signal_emit_by_name (button, "clicked");
  training_fixture_idle (200);
  g_assert_cmpint (gsc_run_get_state (get_run (&program)), ==, GSC_RUN_TRAINING);
  g_assert_null (gsc_window_get_banner (program.window));
  activate (&program, "win.pause");
  training_fixture_wait (is_idle, &program);
  g_assert_cmpint (gsc_run_get_step (get_run (&program)), >=, step);
  end (&program);
}

/* Deleting asks nothing, but can be undone. */
static void
test_delete (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GtkWidget *undo;
  g_autofree char *path = NULL;

  forget ();
  start (&program, folder);
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  training_fixture_wait (is_idle, &program);
  path = g_strdup (gsc_run_get_path (get_run (&program)));
  activate (&program, "runs.delete");
  training_fixture_idle (100);
  g_assert_cmpuint (count_runs (&program), ==, 0);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  undo = widget_fixture_find (GTK_WIDGET (program.window), GTK_TYPE_BUTTON, "label", "Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  training_fixture_idle (100);
  g_assert_cmpuint (count_runs (&program), ==, 1);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  end (&program);
}

/* A run that cannot be read is a page with the reason. */
static void
test_broken (void)
{
  g_autofree char *folder = own_folder ("runs");
  g_autofree char *run = g_build_filename (folder, "quick-1", NULL);
  g_autofree char *config = g_build_filename (run, "config.json", NULL);
  Program program = { 0 };
  GtkWidget *page;

  forget ();
  g_assert_cmpint (g_mkdir_with_parents (run, 0700), ==, 0);
  g_assert_true (g_file_set_contents (config, "{ \"p\": <12> }", -1, NULL));
  start (&program, folder);
  g_assert_cmpstr (get_page (&program), ==, "broken");
  page = widget_fixture_find (GTK_WIDGET (program.window), ADW_TYPE_STATUS_PAGE, "icon-name",
                              "dialog-warning-symbolic");
  g_assert_nonnull (page);
  g_assert_nonnull (
      strstr (adw_status_page_get_description (ADW_STATUS_PAGE (page)), "config.json"));
  end (&program);
}

static gboolean
is_playing (Program *program)
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
get_record (Program *program)
{
  return gsc_session_get_frame (gsc_window_get_session (program->window))->record;
}

/* Space plays a finished run, and whatever is looked at in the past; elsewhere it trains. */
static void
test_time (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GscSession *session;
  GtkWidget *play;
  int peak;

  forget ();
  start (&program, folder);
  session = gsc_window_get_session (program.window);
  g_assert_false (is_enabled (&program, "play"));
  set_recipe (&program, 0);
  activate (&program, "win.space");
  g_assert_nonnull (gsc_library_get_training (get_library (&program)));
  training_fixture_wait (is_idle, &program);
  training_fixture_wait (has_model, &program);

  g_action_group_activate_action (G_ACTION_GROUP (program.window), "play-speed",
                                  g_variant_new_string ("8"));
  activate (&program, "win.space");
  g_assert_true (is_playing (&program));
  g_assert_null (gsc_library_get_training (get_library (&program)));
  play = widget_fixture_find (GTK_WIDGET (program.window), GTK_TYPE_TOGGLE_BUTTON, "action-name",
                              "win.play");
  g_assert_nonnull (play);
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (play)));
  training_fixture_wait (has_played, &program);
  g_assert_true (gsc_session_get_live (session));
  g_assert_false (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (play)));
  g_assert_cmpuint (count_runs (&program), ==, 1);

  /* stopped on the way, and on from there */
  activate (&program, "win.space");
  training_fixture_idle (200);
  activate (&program, "win.space");
  g_assert_false (is_playing (&program));
  g_assert_false (gsc_session_get_live (session));
  g_assert_true (is_enabled (&program, "go-live"));
  activate (&program, "win.space");
  g_assert_true (is_playing (&program));
  activate (&program, "win.go-live");
  g_assert_false (is_playing (&program));

  peak = gsc_run_data_find_record (gsc_run_get_data (get_run (&program)), "best", NULL);
  activate (&program, "win.go-to-peak");
  g_assert_cmpint (get_record (&program), ==, peak);
  activate (&program, "win.first-step");
  g_assert_cmpint (get_record (&program), ==, 0);

  /* while another run trains, Space still plays what is in the past, and pauses what is live */
  set_recipe (&program, 1000000);
  activate (&program, "win.train-new");
  training_fixture_wait (has_some_steps, &program);
  gsc_session_set_record (session, 0);
  activate (&program, "win.space");
  g_assert_nonnull (gsc_library_get_training (get_library (&program)));
  activate (&program, "win.go-live");
  activate (&program, "win.space");
  training_fixture_wait (is_idle, &program);
  end (&program);
}

static gboolean
has_banner (gpointer data)
{
  return gsc_window_get_banner (((Program *) data)->window) != NULL;
}

/* A snapshot that cannot be read is said in the window, with the file's name. */
static void
test_damaged_snapshot (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  g_autofree char *file = NULL;

  forget ();
  start (&program, folder);
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  training_fixture_wait (is_idle, &program);
  training_fixture_wait (has_model, &program);
  g_assert_false (has_banner (&program));
  file = g_build_filename (gsc_run_get_path (get_run (&program)), "snapshots",
                           "step-00000010.safetensors", NULL);
  end (&program);

  g_assert_true (g_file_set_contents (file, "nothing", -1, NULL));
  start (&program, folder); /* which has read no snapshot ahead */
  training_fixture_wait (has_model, &program);
  gsc_session_set_record (gsc_window_get_session (program.window), 2);
  training_fixture_wait (has_banner, &program);
  g_assert_nonnull (strstr (gsc_window_get_banner (program.window), "step-00000010"));
  end (&program);
}

/* What the library says of a full disk and of early stopping is said in the window. */
static void
test_messages (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GscRun *run;

  forget ();
  start (&program, folder);
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  training_fixture_wait (is_idle, &program);
  run = get_run (&program);
  g_signal_emit_by_name (program.library, "ended", run, GSC_WORKER_NO_ROOM, "No room.");
  g_assert_nonnull (strstr (gsc_window_get_banner (program.window), "disk is full"));
  g_assert_nonnull (strstr (gsc_window_get_banner (program.window), "step 30"));
  activate (&program, "win.stay-paused");
  g_assert_false (has_banner (&program));
  g_signal_emit_by_name (program.library, "marked", run, "The step was reached.");
  g_assert_nonnull (strstr (gsc_window_get_banner (program.window), "The step was reached."));
  g_signal_emit_by_name (program.library, "resumed", run);
  g_assert_false (has_banner (&program));
  end (&program);
}

/* Every entry of a menu has an action, and every action can be activated. */
static void
walk_menu (Program *program, GMenuModel *menu, GtkWidget *widget, guint *n)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *action = NULL;
      g_autoptr (GVariant) target
          = g_menu_model_get_item_attribute_value (menu, i, G_MENU_ATTRIBUTE_TARGET, NULL);
      static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };

      for (guint j = 0; j < G_N_ELEMENTS (links); j++)
        {
          g_autoptr (GMenuModel) below = g_menu_model_get_item_link (menu, i, links[j]);

          if (below != NULL)
            walk_menu (program, below, widget, n);
        }
      if (!g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        continue;
      if (g_test_verbose ())
        g_test_message ("%s", action);
      if (gtk_widget_get_root (widget) == NULL)
        return;
      (*n)++;
      if (g_str_equal (action, "win.guide")) /* opens a browser */
        continue;
      /* of the application's and the window's own, what is not possible now is insensitive */
      if (!gtk_widget_activate_action_variant (widget, action, target))
        g_error ("the menu's action %s does not exist", action);
      training_fixture_idle (30);
      /* on the stage there are no menus */
      if (g_str_equal (action, "win.present"))
        g_assert_true (
            widget_fixture_press (gtk_root_get_focus (GTK_ROOT (program->window)), "Escape"));
    }
}

static void
collect_buttons (GtkWidget *widget, GPtrArray *buttons)
{
  if (GTK_IS_MENU_BUTTON (widget))
    g_ptr_array_add (buttons, g_object_ref (widget));
  else
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      collect_buttons (child, buttons);
}

/* An action may take a button away, such as that of a deleted run. */
static void
walk_menus (Program *program, GtkWidget *widget, guint *n)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new_with_free_func (g_object_unref);

  collect_buttons (widget, buttons);
  for (guint i = 0; i < buttons->len; i++)
    {
      GtkMenuButton *button = g_ptr_array_index (buttons, i);
      GMenuModel *menu = gtk_menu_button_get_menu_model (button);

      if (menu != NULL && gtk_widget_get_root (GTK_WIDGET (button)) != NULL)
        walk_menu (program, menu, GTK_WIDGET (button), n);
    }
}

static void
destroy_others (Program *program)
{
  GListModel *all = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (all); i-- > 0;)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (all, i);

      if (window != GTK_WINDOW (program->window))
        gtk_window_destroy (window);
    }
}

static void
test_menus (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  guint n = 0;

  forget ();
  start (&program, folder);
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  training_fixture_wait (is_idle, &program);
  training_fixture_wait (has_model, &program);
  walk_menus (&program, GTK_WIDGET (program.window), &n);
  g_assert_cmpuint (n, >, 50);
  training_fixture_wait (is_idle, &program);
  destroy_others (&program);
  training_fixture_idle (800); /* a tooltip of what is at the pointer now comes before the end */
  end (&program);
}

/* Where text runs from right to left the window is a mirror image: nothing sticks out of it, and
 * no panel is cut. */
static void
test_right_to_left (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  graphene_rect_t sidebar, board, panel;
  GtkWidget *window;

  forget ();
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  start (&program, folder);
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  training_fixture_wait (has_model, &program);
  training_fixture_wait (is_idle, &program);
  training_fixture_idle (100);
  window = GTK_WIDGET (program.window);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (gsc_window_get_sidebar (program.window)),
                                            window, &sidebar));
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (gsc_window_get_board (program.window)),
                                            window, &board));
  g_assert_cmpfloat (sidebar.origin.x, >=, board.origin.x + board.size.width - 1);
  g_assert_cmpfloat (sidebar.origin.x + sidebar.size.width, <=, gtk_widget_get_width (window) + 1);
  for (GscFigure figure = 0; figure < GSC_N_FIGURES; figure++)
    if (gsc_board_is_shown (gsc_window_get_board (program.window), figure))
      {
        g_assert_true (gtk_widget_compute_bounds (
            GTK_WIDGET (gsc_board_get_panel (gsc_window_get_board (program.window), figure)),
            window, &panel));
        g_assert_cmpfloat (panel.origin.x, >=, board.origin.x - 1);
        g_assert_cmpfloat (panel.origin.x + panel.size.width, <=,
                           board.origin.x + board.size.width + 1);
      }
  end (&program);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* Figures grow and shrink, within limits. */
static void
test_zoom (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GtkWidget *plot;
  int sizes[3];

  forget ();
  start (&program, folder);
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  training_fixture_wait (has_model, &program);
  plot = GTK_WIDGET (gsc_panel_get_plot (
      gsc_board_get_panel (gsc_window_get_board (program.window), GSC_FIGURE_SHOTS)));
  for (int i = 0; i < 3; i++)
    {
      for (guint j = 0; j < 40; j++)
        gtk_widget_activate_action (GTK_WIDGET (program.window), "win.zoom", "i", i - 1);
      gtk_widget_activate_action (GTK_WIDGET (program.window), "win.zoom", "i", i == 1 ? 0 : 1);
      training_fixture_idle (50);
      sizes[i] = pango_font_description_get_size (
          pango_context_get_font_description (gtk_widget_get_pango_context (plot)));
    }
  g_assert_cmpint (sizes[0], <, sizes[1]);
  g_assert_cmpint (sizes[1], <, sizes[2]);
  g_assert_cmpint (sizes[2], <, 4 * sizes[1]);
  training_fixture_wait (is_idle, &program);
  end (&program);
}

/* Every key of the window does what it says. */
static void
test_keys (void)
{
  static const char *const keys[]
      = { "Left",         "<Shift>Left", "Home",       "Right",     "End", "Up",    "Down",
          "bracketright", "bracketleft", "braceright", "braceleft", "n",   "Escape" };
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GscSession *session;
  GscCursor cursor;
  int last;

  forget ();
  start (&program, folder);
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  training_fixture_wait (is_idle, &program);
  training_fixture_wait (has_model, &program);
  session = gsc_window_get_session (program.window);
  last = gsc_session_get_frame (session)->record;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (widget_fixture_press (GTK_WIDGET (program.window), keys[i]));
      training_fixture_idle (20);
      cursor = gsc_session_get_cursor (session);
      switch (i)
        {
        case 0:
          g_assert_cmpint (gsc_session_get_frame (session)->record, ==, last - 1);
          g_assert_false (gsc_session_get_live (session));
          break;
        case 2:
          g_assert_cmpint (gsc_session_get_frame (session)->record, ==, 0);
          break;
        case 3:
          g_assert_cmpint (gsc_session_get_frame (session)->record, ==, 1);
          break;
        case 4:
          g_assert_true (gsc_session_get_live (session));
          break;
        case 6:
          g_assert_cmpuint (cursor.shot, ==, 2);
          break;
        case 7:
          g_assert_cmpuint (cursor.head, ==, 1);
          break;
        case 10:
          g_assert_cmpuint (cursor.layer, ==, 0);
          break;
        case 11:
          g_assert_cmpint (gsc_session_get_context_seed (session), ==, 2);
          break;
        case 12:
          g_assert_false (gsc_session_is_locked (session));
          break;
        default:
          break;
        }
    }
  end (&program);
}

static gboolean
has_dialog (gpointer data)
{
  return find_dialog () != NULL;
}

static gboolean
shows_model_file (gpointer data)
{
  GscRun *run = get_run (data);

  return run != NULL && gsc_run_get_state (run) == GSC_RUN_MODEL_FILE && has_model (data);
}

/* A model file: what it does not say is asked for, and then it is looked at like a run. */
static void
test_model_file (void)
{
  g_autofree char *folder = own_folder ("runs");
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "depth2.pth", NULL);
  g_autofree char *missing = own_folder ("missing.pth");
  Program program = { 0 };
  GscModelDialog *dialog;

  forget ();
  start (&program, folder);
  gsc_window_open_model_file (program.window, missing);
  training_fixture_wait (has_banner, &program);
  training_fixture_assert_sentence (gsc_window_get_banner (program.window), "missing.pth");

  gsc_window_open_model_file (program.window, path);
  training_fixture_wait (has_dialog, &program);
  dialog = find_dialog ();
  g_assert_cmpuint (widget_fixture_assert_named (GTK_WIDGET (dialog)), >=, 7);
  gsc_recipe_set_text (gsc_model_dialog_get_recipe (dialog), "p", "10");
  g_assert_nonnull (strstr (gsc_model_dialog_get_fault (dialog), "prime"));
  gsc_model_dialog_open (dialog);
  training_fixture_idle (50);
  g_assert_cmpuint (count_runs (&program), ==, 0);
  gsc_recipe_set_text (gsc_model_dialog_get_recipe (dialog), "p", "5");
  gsc_recipe_set_text (gsc_model_dialog_get_recipe (dialog), "tasks", "8");
  g_assert_null (gsc_model_dialog_get_fault (dialog));
  gsc_model_dialog_open (dialog);
  training_fixture_wait (shows_model_file, &program);
  g_assert_null (gsc_window_get_banner (program.window));
  g_assert_cmpuint (count_runs (&program), ==, 1);
  g_assert_false (is_enabled (&program, "branch"));
  g_assert_false (is_enabled (&program, "resume"));
  training_fixture_idle (200);
  g_assert_null (find_dialog ());
  end (&program);
}

/* Keys take a head out and put it back. */
static void
test_heads (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GscSession *session;

  forget ();
  start (&program, folder);
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  training_fixture_wait (is_idle, &program);
  training_fixture_wait (has_model, &program);
  session = gsc_window_get_session (program.window);
  g_assert_true (widget_fixture_press (GTK_WIDGET (program.window), "a"));
  g_assert_cmpuint (gsc_session_count_ablated (session), ==, 1);
  g_assert_true (widget_fixture_press (GTK_WIDGET (program.window), "a"));
  g_assert_cmpuint (gsc_session_count_ablated (session), ==, 0);
  g_assert_true (widget_fixture_press (GTK_WIDGET (program.window), "<Shift>a"));
  g_assert_cmpuint (gsc_session_count_ablated (session), ==, 1);
  g_assert_true (widget_fixture_press (GTK_WIDGET (program.window), "<Shift>r"));
  g_assert_cmpuint (gsc_session_count_ablated (session), ==, 0);
  end (&program);
}

/* The next start shows the same. */
static void
test_remembers (void)
{
  g_autofree char *folder = own_folder ("runs");
  g_autofree char *elsewhere = own_folder ("elsewhere");
  g_autofree char *path = NULL;
  g_autofree char *missing = NULL;
  g_autoptr (GError) error = NULL;
  Program program = { 0 };
  GscConfig config = training_fixture_config ();
  GscRun *run;

  forget ();
  training_fixture_train (elsewhere, &config, -1);
  start (&program, folder);
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  training_fixture_wait (is_idle, &program);
  run = gsc_library_open (get_library (&program), elsewhere, &error);
  g_assert_no_error (error);
  gsc_window_show_run (program.window, run);
  gsc_board_set_shown (gsc_window_get_board (program.window), GSC_FIGURE_ATTENTION, FALSE);
  activate (&program, "win.show-sidebar");
  end (&program);

  start (&program, folder);
  g_assert_cmpuint (count_runs (&program), ==, 2);
  g_assert_cmpstr (gsc_run_get_path (get_run (&program)), ==, elsewhere);
  g_assert_false (gsc_board_is_shown (gsc_window_get_board (program.window), GSC_FIGURE_ATTENTION));
  g_assert_false (g_settings_get_boolean (program.settings, "show-sidebar"));
  missing = g_build_filename (folder, "nothing", NULL);
  g_assert_null (gsc_library_open (get_library (&program), missing, &error));
  training_fixture_assert_sentence (error->message, "nothing");
  end (&program);
}

static gboolean
has_other_model (gpointer data)
{
  GscFrame *frame = gsc_session_get_frame (gsc_comparison_get_session (data));

  return frame->beside != NULL && frame->beside->step == 0;
}

/* A run's row, and where it is to stand in the list. */
typedef struct
{
  GscRunList *list;
  GscRun *run;
  int place;
} Place;

static gboolean
is_in_place (gpointer data)
{
  Place *place = data;
  GtkWidget *row = gsc_run_list_get_row (place->list, place->run);

  return row != NULL && gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == place->place;
}

/* As a table sorts: empty cells, numbers, other text. */
static int
compare_cells (const char *a, const char *b)
{
  char *end_a, *end_b;
  double x = g_ascii_strtod (a, &end_a);
  double y = g_ascii_strtod (b, &end_b);

  if (*a == '\0' || *b == '\0')
    return (*b == '\0') - (*a == '\0');
  return *end_a == '\0' && *end_b == '\0' ? (x > y) - (x < y) : g_utf8_collate (a, b);
}

static void
note_run (GscRun **opened, GscRun *run)
{
  *opened = run;
}

/* What a double click and Enter do. */
static void
activate_row (GscTableDialog *dialog, guint position)
{
  GtkWidget *view
      = widget_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_COLUMN_VIEW, "css-name", "columnview");

  g_assert_nonnull (view);
  g_signal_emit_by_name (view, "activate", position);
}

/* Two runs: sorted by each column both ways, chosen in that order, saved in the table's own. */
static void
try_runs_table (GscRunsTable *table, GscTableDialog *dialog)
{
  static const GtkSortType orders[] = { GTK_SORT_ASCENDING, GTK_SORT_DESCENDING };
  g_autoptr (GscFigureTable) numbers = gsc_runs_table_make_table (table);
  g_autofree char *csv = gsc_figure_table_to_csv (numbers);
  g_autofree char *path = own_folder ("runs.csv");
  g_autofree char *bad = g_build_filename (path, "no", "folder.csv", NULL);
  g_autofree char *saved = NULL;
  g_autoptr (GError) error = NULL;
  GscRun *opened = NULL;

  g_signal_connect_swapped (table, "open", G_CALLBACK (note_run), &opened);
  for (guint column = 0; column < numbers->n_columns; column++)
    for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
      {
        const char *first, *second;

        gsc_table_dialog_sort (dialog, (int) column, orders[i]);
        first = gsc_table_dialog_get_cell (dialog, 0, column);
        second = gsc_table_dialog_get_cell (dialog, 1, column);
        if (orders[i] == GTK_SORT_ASCENDING)
          g_assert_cmpint (compare_cells (first, second), <=, 0);
        else
          g_assert_cmpint (compare_cells (first, second), >=, 0);
        for (guint row = 0; row < 2; row++)
          {
            activate_row (dialog, row);
            g_assert_cmpstr (gsc_run_get_data (opened)->name, ==,
                             gsc_table_dialog_get_cell (dialog, row, 0));
          }
      }
  g_signal_handlers_disconnect_by_data (table, &opened);

  g_assert_true (gsc_table_dialog_save (dialog, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_cmpstr (saved, ==, csv);
  g_assert_true (g_str_has_prefix (saved, "run,p,depth,"));
  g_assert_false (gsc_table_dialog_save (dialog, bad, &error));
  training_fixture_assert_sentence (error->message, "folder.csv");
}

static GscTableDialog *
find_table_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i);

      if (GSC_IS_TABLE_DIALOG (window))
        return GSC_TABLE_DIALOG (window);
    }
  return NULL;
}

/* The window's own table opens a run at its peak. */
static void
try_opening_from_table (Program *program)
{
  GscTableDialog *dialog;
  GscRunSummary summary;
  const double thresholds[GSC_N_SETS] = { 0 };
  GscRun *run;

  activate (program, "win.runs-table");
  dialog = find_table_dialog ();
  g_assert_nonnull (dialog);
  activate_row (dialog, 1);
  run = get_run (program);
  g_assert_cmpstr (gsc_run_get_data (run)->name, ==, gsc_table_dialog_get_cell (dialog, 1, 0));
  summary = gsc_run_summarise (gsc_run_get_data (run)->records, GSC_SET_OOD_TEST,
                               gsc_run_get_data (run)->config.p, thresholds);
  g_assert_cmpint (gsc_session_get_frame (gsc_window_get_session (program->window))->record, ==,
                   summary.peak);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Comparing, the table of runs, and the tree of runs, with one that continues the other. */
static void
test_compare (void)
{
  g_autofree char *folder = own_folder ("runs");
  Program program = { 0 };
  GscSession *session;
  GscRun *first, *second;
  g_autoptr (GtkWindow) dialog = NULL;
  g_autoptr (GscRunsTable) table = NULL;
  g_autoptr (GscFigureTable) numbers = NULL;
  GscRunList *list;

  forget ();
  start (&program, folder);
  set_recipe (&program, 0);
  g_assert_false (is_enabled (&program, "compare"));
  activate (&program, "win.train-new");
  first = get_run (&program);
  training_fixture_wait (is_idle, &program);
  training_fixture_wait (has_model, &program);
  activate (&program, "win.branch");
  activate (&program, "win.train-new");
  second = get_run (&program);
  training_fixture_wait (is_idle, &program);
  training_fixture_wait (has_model, &program);
  session = gsc_window_get_session (program.window);

  /* the branch stands below its parent */
  list = gsc_sidebar_get_run_list (gsc_window_get_sidebar (program.window));
  training_fixture_wait (is_in_place, &(Place){ list, first, 0 });
  training_fixture_wait (is_in_place, &(Place){ list, second, 1 });
  g_assert_nonnull (g_strstr_len (gtk_widget_get_tooltip_text (gsc_run_list_get_row (list, second)),
                                  -1, "Continues"));

  /* peak and final */
  g_assert_false (is_enabled (&program, "compare-stop"));
  activate (&program, "win.compare-peak-and-final");
  g_assert_true (is_enabled (&program, "compare-stop"));
  g_assert_nonnull (gsc_session_get_frame (session)->beside);
  g_action_group_change_action_state (G_ACTION_GROUP (program.window), "compare-show",
                                      g_variant_new_string ("difference"));
  training_fixture_idle (200);
  activate (&program, "win.unlock");
  g_assert_false (is_enabled (&program, "compare-stop"));
  g_assert_null (gsc_session_get_frame (session)->beside);

  /* with another run, chosen in the dialog, and the other way round */
  {
    GscComparison *comparison = gsc_comparison_new (session);
    GscCompareDialog *choice = gsc_compare_dialog_new (NULL, get_library (&program), comparison);
    GscSession *other;

    gsc_compare_dialog_choose (choice, first, "first");
    gsc_compare_dialog_apply (choice);
    other = gsc_comparison_get_other (comparison);
    g_assert_true (gsc_session_get_run (other) == first);
    g_assert_cmpint (gsc_session_get_frame (other)->record, ==, 0);
    training_fixture_wait (has_other_model, comparison);
    g_object_unref (comparison);
  }
  activate (&program, "win.compare-peak-and-final");
  activate (&program, "win.compare-swap");
  g_assert_true (get_run (&program) == second);
  g_assert_cmpint (gsc_session_get_frame (session)->record, ==,
                   (int) gsc_session_get_frame (session)->run->records->len - 1);

  /* a deleted run is compared with no longer, and its branch becomes a root */
  activate (&program, "win.compare-stop");
  try_opening_from_table (&program);
  table = gsc_runs_table_new (get_library (&program));
  numbers = gsc_runs_table_make_table (table);
  g_assert_cmpuint (numbers->n_rows, ==, 2);
  g_assert_true (gsc_runs_table_get_run (table, 0) == second);
  dialog = g_object_ref (gsc_runs_table_make_window (table, GTK_WINDOW (program.window)));
  gtk_window_present (dialog);
  try_runs_table (table, GSC_TABLE_DIALOG (dialog));
  g_assert_true (gsc_library_remove (get_library (&program), first, NULL));
  training_fixture_idle (900);
  g_assert_cmpuint (
      g_list_model_get_n_items (gsc_table_dialog_get_rows (GSC_TABLE_DIALOG (dialog))), ==, 1);
  g_assert_cmpint (
      gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (gsc_run_list_get_row (list, second))), ==, 0);
  g_assert_nonnull (g_strstr_len (gtk_widget_get_tooltip_text (gsc_run_list_get_row (list, second)),
                                  -1, "not listed"));
  gtk_window_destroy (dialog);
  g_clear_object (&dialog);
  g_clear_object (&table);
  end (&program);
}

static gboolean
has_two_runs (gpointer data)
{
  return count_runs (data) == 2;
}

static gboolean
exists (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

/* A run becomes a file, and the file a run again. */
static void
test_archive (void)
{
  g_autofree char *folder = own_folder ("runs");
  g_autofree char *path = own_folder ("Shown.grokrun");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Program program = { 0 };
  GscRun *run;
  GtkWidget *bar;

  forget ();
  start (&program, folder);
  g_assert_false (is_enabled (&program, "save-archive"));
  set_recipe (&program, 0);
  activate (&program, "win.train-new");
  run = get_run (&program);
  training_fixture_wait (is_idle, &program);
  g_assert_true (is_enabled (&program, "save-archive"));
  bar = find_widget (GTK_WIDGET (program.window), GSC_TYPE_ARCHIVE_BAR);
  g_assert_nonnull (bar);
  gsc_archive_bar_save (GSC_ARCHIVE_BAR (bar), run, path);
  training_fixture_wait (exists, path);

  gsc_window_open_file (program.window, file);
  training_fixture_wait (has_two_runs, &program);
  training_fixture_idle (300);
  g_assert_true (gsc_archive_bar_is_idle (GSC_ARCHIVE_BAR (bar)));
  g_assert_true (get_run (&program) != run);
  g_assert_cmpint (gsc_run_get_step (get_run (&program)), ==, gsc_run_get_step (run));
  g_assert_null (gsc_window_get_banner (program.window));

  /* what is wrong with one is said */
  g_assert_true (g_file_set_contents (path, "no archive", -1, NULL));
  gsc_window_open_file (program.window, file);
  training_fixture_idle (1500); /* so that libadwaita 1.2 has moved its toasts, too */
  g_assert_nonnull (strstr (gsc_window_get_banner (program.window), "Shown.grokrun"));
  g_assert_cmpuint (count_runs (&program), ==, 2);
  end (&program);
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
  g_test_add_func ("/window/menus", test_menus);
  g_test_add_func ("/window/right-to-left", test_right_to_left);
  g_test_add_func ("/window/zoom", test_zoom);
  g_test_add_func ("/window/keys", test_keys);
  g_test_add_func ("/window/model-file", test_model_file);
  g_test_add_func ("/window/heads", test_heads);
  g_test_add_func ("/window/remembers", test_remembers);
  g_test_add_func ("/window/compare", test_compare);
  g_test_add_func ("/window/archive", test_archive);
  return g_test_run ();
}
