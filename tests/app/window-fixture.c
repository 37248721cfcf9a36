/* window-fixture.c - the program's window with a library of its own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "window-fixture.h"

#include <string.h>

#include "training-fixture.h"
#include "widget-fixture.h"

/* A path of the test's own. GLib's isolated folders would hide the system's list of file types, and
 * with it the reader of the icons; the display's script has private folders for all. */
char *
window_fixture_folder (const char *name)
{
  g_autofree char *test = g_strdelimit (g_strdup (g_test_get_path ()), "/", '-');

  return g_build_filename (g_get_user_data_dir (), test + 1, name, NULL);
}

/* One program, which goes on for all tests: only the end of g_application_run() can take it off the
 * bus. Each test has a library and windows of its own. */
static GscApplication *application;

void
window_fixture_init (int *argc, char ***argv)
{
  g_autofree char *folder = NULL;

  g_test_init (argc, argv, NULL);
  folder = g_build_filename (g_get_user_data_dir (), "unused", NULL);
  application = gsc_application_new (NULL, folder);
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
}

GApplication *
window_fixture_get_application (void)
{
  return G_APPLICATION (application);
}

void
window_fixture_open (WindowFixture *program)
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

void
window_fixture_start (WindowFixture *program, const char *folder)
{
  program->settings = gsc_application_load_settings ();
  g_assert_nonnull (program->settings);
  program->library = gsc_library_new (folder);
  g_test_log_set_fatal_handler (is_fatal, NULL); /* for this test */
  window_fixture_open (program);
}

/* Closes the window and asserts that nothing of it is left. */
void
window_fixture_end (WindowFixture *program)
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
void
window_fixture_forget (void)
{
  static const char *const keys[] = { "window-size",     "show-sidebar",   "board", "last-run",
                                      "interrupted-run", "runs-elsewhere", "recipe" };
  g_autoptr (GSettings) settings = gsc_application_load_settings ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
  g_settings_set_boolean (settings, "example-offered", TRUE); /* test-example.c has the rest */
}

GscLibrary *
window_fixture_get_library (WindowFixture *program)
{
  return gsc_window_get_library (program->window);
}

GscRun *
window_fixture_get_run (WindowFixture *program)
{
  return gsc_session_get_run (gsc_window_get_session (program->window));
}

GtkWidget *
window_fixture_find_widget (GtkWidget *root, GType type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = window_fixture_find_widget (child, type);
  return found;
}

guint
window_fixture_count_runs (WindowFixture *program)
{
  return g_list_model_get_n_items (G_LIST_MODEL (window_fixture_get_library (program)));
}

void
window_fixture_activate (WindowFixture *program, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (program->window), action, NULL));
}

gboolean
window_fixture_is_enabled (WindowFixture *program, const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (program->window), action);
}

gboolean
window_fixture_is_idle (gpointer data)
{
  return gsc_library_get_training (window_fixture_get_library (data)) == NULL;
}

gboolean
window_fixture_has_model (gpointer data)
{
  GscFrame *frame
      = gsc_session_get_frame (gsc_window_get_session (((WindowFixture *) data)->window));

  return frame != NULL && frame->probe != NULL && frame->record >= 0;
}

gboolean
window_fixture_has_some_steps (gpointer data)
{
  GscRun *run = window_fixture_get_run (data);

  return run != NULL && gsc_run_get_step (run) >= 10;
}

GscModelDialog *
window_fixture_find_model_dialog (void)
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
void
window_fixture_set_recipe (WindowFixture *program, int steps)
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

const char *
window_fixture_get_page (WindowFixture *program)
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

gboolean
window_fixture_has_banner (gpointer data)
{
  return gsc_window_get_banner (((WindowFixture *) data)->window) != NULL;
}
