/* test-run-list.c - the list of runs and what can be done with one
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "gsc-estimate.h"
#include "gsc-run-row.h"
#include "gsc-sidebar.h"
#include "session-fixture.h"
#include "widget-fixture.h"

typedef struct
{
  char *folder;
  GscLibrary *library;
  GscRecipe *recipe;
  GtkWidget *window;
  GtkWidget *sidebar;
  GscRunList *list;
  GscRun *deleted;
  char *message; /* of the latest failure */
  guint n_selected;
} Fixture;

static gboolean
on_late (gpointer data)
{
  g_error ("It takes too long");
  return G_SOURCE_REMOVE;
}

typedef gboolean (*Test) (Fixture *fixture);

static void
iterate_until (Fixture *fixture, Test test)
{
  guint late = g_timeout_add_seconds (60, on_late, NULL);

  while (!test (fixture))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static gboolean
is_idle (Fixture *fixture)
{
  return gsc_library_get_training (fixture->library) == NULL;
}

static gboolean
is_stepping (Fixture *fixture)
{
  return gsc_run_get_step (gsc_library_get_training (fixture->library)) > 0;
}

static void
on_failed (GscLibrary *library, const char *message, Fixture *fixture)
{
  g_free (fixture->message);
  fixture->message = g_strdup (message);
}

static void
on_deleted (GscSidebar *sidebar, GscRun *run, Fixture *fixture)
{
  g_set_object (&fixture->deleted, run);
}

static void
count (Fixture *fixture)
{
  fixture->n_selected++;
}

static void
fixture_open (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  gsc_estimate_set_busy (TRUE);
  *fixture = (Fixture){ .folder = g_dir_make_tmp ("grokscope-test-XXXXXX", &error) };
  g_assert_no_error (error);
  fixture->library = gsc_library_new (fixture->folder);
  fixture->recipe = gsc_recipe_new ();
  fixture->window = gtk_window_new ();
  fixture->sidebar = gsc_sidebar_new (fixture->library, fixture->recipe);
  fixture->list = gsc_sidebar_get_run_list (GSC_SIDEBAR (fixture->sidebar));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 300, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->sidebar);
  g_signal_connect (fixture->library, "failed", G_CALLBACK (on_failed), fixture);
  g_signal_connect (fixture->sidebar, "deleted", G_CALLBACK (on_deleted), fixture);
  g_signal_connect_swapped (fixture->sidebar, "notify::selected-run", G_CALLBACK (count), fixture);
  widget_fixture_present (GTK_WINDOW (fixture->window));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
fixture_close (Fixture *fixture)
{
  gpointer gone[]
      = { fixture->sidebar, fixture->list, gtk_widget_get_first_child (GTK_WIDGET (fixture->list)),
          g_list_model_get_n_items (G_LIST_MODEL (fixture->library)) > 0
              ? gsc_run_list_get_row (fixture->list, gsc_run_list_get_selected (fixture->list))
              : NULL };

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    if (gone[i] != NULL)
      g_object_add_weak_pointer (gone[i], &gone[i]);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++)
    g_assert_null (gone[i]);
  g_clear_object (&fixture->deleted);
  g_assert_finalize_object (fixture->library);
  g_assert_finalize_object (fixture->recipe);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->message);
}

/* A run of a small model, being trained. */
static GscRun *
train (Fixture *fixture, const char *title, gint64 steps)
{
  GscConfig config = gsc_preset_get_default ()->config;
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  g_autoptr (GError) error = NULL;
  GscRun *run;

  config.p = 5;
  config.tasks = 8;
  config.shots = 4;
  config.width = 8;
  config.heads = 2;
  config.depth = 1;
  config.batch = 4;
  config.eval_sequences = 8;
  config.record_every = 1000;
  config.steps = steps;
  notes->title = g_strdup (title);
  run = gsc_library_train_new (fixture->library, &config, notes, NULL, &error);
  g_assert_no_error (error);
  return run;
}

/* A finished one. */
static GscRun *
add_run (Fixture *fixture, const char *title)
{
  GscRun *run = train (fixture, title, 20);

  iterate_until (fixture, is_idle);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  return run;
}

static guint
count_runs (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (fixture->library));
}

static gboolean
is_enabled (Fixture *fixture, const char *action)
{
  return g_action_group_get_action_enabled (
      gsc_sidebar_get_action_group (GSC_SIDEBAR (fixture->sidebar)), action);
}

static void
activate (Fixture *fixture, const char *action)
{
  g_assert_true (is_enabled (fixture, action));
  g_action_group_activate_action (gsc_sidebar_get_action_group (GSC_SIDEBAR (fixture->sidebar)),
                                  action, NULL);
}

static GtkWidget *
get_row (Fixture *fixture, GscRun *run)
{
  return gsc_run_list_get_row (fixture->list, run);
}

static void
select_run (Fixture *fixture, GscRun *run)
{
  gsc_sidebar_select_run (GSC_SIDEBAR (fixture->sidebar), run);
}

static GscRun *
get_selected (Fixture *fixture)
{
  return gsc_sidebar_get_selected_run (GSC_SIDEBAR (fixture->sidebar));
}

static void
test_empty (void)
{
  const char *const actions[] = { "rename", "resume", "duplicate", "delete", "open-folder", NULL };
  Fixture fixture;
  GtkWidget *empty;

  fixture_open (&fixture);
  empty = gtk_widget_get_first_child (GTK_WIDGET (fixture.list));
  g_assert_true (GTK_IS_LABEL (empty));
  g_assert_true (gtk_widget_get_mapped (empty));
  g_assert_null (get_selected (&fixture));
  for (guint i = 0; actions[i] != NULL; i++)
    g_assert_false (is_enabled (&fixture, actions[i]));
  add_run (&fixture, "first");
  g_assert_false (gtk_widget_get_visible (empty));
  /* Nothing is selected but by somebody. */
  g_assert_null (get_selected (&fixture));
  g_assert_cmpuint (fixture.n_selected, ==, 0);
  fixture_close (&fixture);
}

static void
test_selection (void)
{
  Fixture fixture;
  GscRun *first, *second;
  GtkListBox *box;

  fixture_open (&fixture);
  first = add_run (&fixture, "first");
  second = add_run (&fixture, "second");
  select_run (&fixture, first);
  g_assert_true (get_selected (&fixture) == first);
  g_assert_true (gtk_list_box_row_is_selected (GTK_LIST_BOX_ROW (get_row (&fixture, first))));
  g_assert_cmpuint (fixture.n_selected, ==, 1);
  select_run (&fixture, first);
  g_assert_cmpuint (fixture.n_selected, ==, 1);
  /* What a click and the arrow keys do. */
  box = GTK_LIST_BOX (gtk_widget_get_parent (get_row (&fixture, second)));
  gtk_list_box_select_row (box, GTK_LIST_BOX_ROW (get_row (&fixture, second)));
  g_assert_true (get_selected (&fixture) == second);
  g_assert_cmpuint (fixture.n_selected, ==, 2);
  select_run (&fixture, NULL);
  g_assert_null (get_selected (&fixture));
  g_assert_null (gtk_list_box_get_selected_row (box));
  select_run (&fixture, second);
  fixture_close (&fixture);
}

static void
test_rename (void)
{
  Fixture fixture;
  GscRun *run;
  GtkWidget *entry, *button;

  fixture_open (&fixture);
  run = add_run (&fixture, "first");
  select_run (&fixture, run);
  entry = gsc_run_row_get_entry (GSC_RUN_ROW (get_row (&fixture, run)));
  button = gtk_widget_get_next_sibling (entry);

  activate (&fixture, "rename");
  g_assert_true (gtk_widget_get_mapped (entry));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "first");
  gtk_editable_set_text (GTK_EDITABLE (entry), "  ");
  g_assert_false (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (gsc_run_get_title (run), ==, "first");
  gtk_editable_set_text (GTK_EDITABLE (entry), " a better name ");
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpstr (gsc_run_get_title (run), ==, "a better name");
  g_assert_nonnull (
      widget_fixture_find (get_row (&fixture, run), GTK_TYPE_LABEL, "label", "a better name"));

  /* The key, and the button. */
  g_assert_true (widget_fixture_press (get_row (&fixture, run), "F2"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "a better name");
  gtk_editable_set_text (GTK_EDITABLE (entry), "third");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (gsc_run_get_title (run), ==, "third");
  g_assert_null (fixture.message);
  fixture_close (&fixture);
}

static void
test_duplicate (void)
{
  Fixture fixture;
  GscRun *run, *copy;

  fixture_open (&fixture);
  run = add_run (&fixture, "first");
  select_run (&fixture, run);
  activate (&fixture, "duplicate");
  g_assert_cmpuint (count_runs (&fixture), ==, 2);
  copy = get_selected (&fixture);
  g_assert_true (copy != run);
  g_assert_nonnull (get_row (&fixture, copy));
  g_assert_cmpstr (gsc_run_get_path (copy), !=, gsc_run_get_path (run));
  g_assert_null (fixture.message);
  fixture_close (&fixture);
}

static void
test_delete (void)
{
  Fixture fixture;
  GscRun *first, *second, *third;
  g_autoptr (GError) error = NULL;

  fixture_open (&fixture);
  first = add_run (&fixture, "first");
  second = add_run (&fixture, "second");
  third = add_run (&fixture, "third");
  select_run (&fixture, second);
  activate (&fixture, "delete");
  g_assert_true (fixture.deleted == second);
  g_assert_cmpuint (count_runs (&fixture), ==, 2);
  g_assert_null (get_row (&fixture, second));
  /* A neighbour takes its place. */
  g_assert_true (get_selected (&fixture) == first || get_selected (&fixture) == third);
  g_assert_true (gtk_list_box_row_is_selected (
      GTK_LIST_BOX_ROW (get_row (&fixture, get_selected (&fixture)))));

  /* Undo: it is back, and what was selected stays. */
  gsc_library_restore (fixture.library, fixture.deleted, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_runs (&fixture), ==, 3);
  g_assert_nonnull (get_row (&fixture, second));
  g_assert_true (get_selected (&fixture) != second);

  /* By the key, until none is left. */
  for (guint left = 3; left-- > 0;)
    {
      g_assert_true (widget_fixture_press (get_row (&fixture, get_selected (&fixture)), "Delete"));
      g_assert_cmpuint (count_runs (&fixture), ==, left);
    }
  g_assert_null (get_selected (&fixture));
  g_assert_false (is_enabled (&fixture, "delete"));
  g_assert_true (gtk_widget_get_mapped (gtk_widget_get_first_child (GTK_WIDGET (fixture.list))));
  g_assert_null (fixture.message);
  fixture_close (&fixture);
}

static void
test_resume (void)
{
  Fixture fixture;
  GscRun *run, *other;
  g_autofree char *status = NULL;
  g_autofree char *speed = NULL;

  fixture_open (&fixture);
  other = add_run (&fixture, "other");
  run = train (&fixture, "long", 100000000);
  select_run (&fixture, run);
  /* A run under way is left alone. */
  g_assert_false (is_enabled (&fixture, "resume"));
  g_assert_false (is_enabled (&fixture, "delete"));
  g_assert_false (is_enabled (&fixture, "duplicate"));
  g_assert_true (is_enabled (&fixture, "rename"));
  iterate_until (&fixture, is_stepping);
  speed = gsc_run_row_describe (run);
  g_assert_true (strstr (speed, "training") != NULL || strstr (speed, "steps/s") != NULL);

  gsc_library_pause (fixture.library);
  iterate_until (&fixture, is_idle);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_WAITING);
  status = gsc_run_row_describe (run);
  g_assert_true (g_str_has_prefix (status, "paused at step "));
  g_assert_true (is_enabled (&fixture, "delete"));
  g_assert_true (is_enabled (&fixture, "duplicate"));
  activate (&fixture, "resume");
  g_assert_true (gsc_library_get_training (fixture.library) == run);
  g_assert_false (is_enabled (&fixture, "resume"));
  g_assert_null (fixture.message);

  /* Only one at a time; a finished one has nothing left to do. */
  select_run (&fixture, other);
  g_assert_false (is_enabled (&fixture, "resume"));
  gsc_library_pause (fixture.library);
  iterate_until (&fixture, is_idle);
  fixture_close (&fixture);
}

/* A program that writes down which folder it is to show; made before anyone asks for programs. */
static char *
install_file_manager (void)
{
  const char *data = g_get_user_data_dir ();
  g_autofree char *applications = g_build_filename (data, "applications", NULL);
  g_autofree char *desktop = g_build_filename (applications, "folders.desktop", NULL);
  g_autofree char *program = g_build_filename (data, "folders", NULL);
  g_autofree char *defaults = g_build_filename (g_get_user_config_dir (), "mimeapps.list", NULL);
  char *opened = g_build_filename (data, "opened", NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\nprintf '%%s' \"$1\" >'%s'\n", opened);
  g_autofree char *entry = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Folders\n"
                                            "Exec=%s %%f\nMimeType=inode/directory;\n",
                                            program);

  g_assert_cmpint (g_mkdir_with_parents (applications, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_config_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (program, script, -1, NULL));
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  g_assert_true (g_file_set_contents (desktop, entry, -1, NULL));
  g_assert_true (g_file_set_contents (
      defaults, "[Default Applications]\ninode/directory=folders.desktop\n", -1, NULL));
  return opened;
}

static char *opened; /* where that program writes */

static gboolean
is_opened (Fixture *fixture)
{
  g_autofree char *path = NULL;

  return g_file_get_contents (opened, &path, NULL, NULL) && *path != '\0';
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_open_folder (void)
{
  Fixture fixture;
  GscRun *run;
  g_autofree char *path = NULL;
  guint tick;

  fixture_open (&fixture);
  run = add_run (&fixture, "first");
  select_run (&fixture, run);
  activate (&fixture, "open-folder");
  /* A file wakes no main loop. */
  tick = g_timeout_add (20, on_tick, NULL);
  iterate_until (&fixture, is_opened);
  g_source_remove (tick);
  g_assert_true (g_file_get_contents (opened, &path, NULL, NULL));
  g_assert_cmpstr (path, ==, gsc_run_get_path (run));
  g_assert_null (fixture.message);
  fixture_close (&fixture);
}

/* What cannot be done is said. */
static void
test_failure (void)
{
  Fixture fixture;
  GscRun *first, *second;

  fixture_open (&fixture);
  first = train (&fixture, "first", 100000000);
  iterate_until (&fixture, is_stepping);
  gsc_library_pause (fixture.library);
  iterate_until (&fixture, is_idle);
  second = train (&fixture, "second", 100000000);
  select_run (&fixture, first);
  activate (&fixture, "resume");
  g_assert_nonnull (strstr (fixture.message, "second"));
  g_assert_true (gsc_library_get_training (fixture.library) == second);
  gsc_library_pause (fixture.library);
  iterate_until (&fixture, is_idle);
  fixture_close (&fixture);
}

static GtkWidget *
get_menu_button (GtkWidget *row)
{
  return widget_fixture_find (row, GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-symbolic");
}

/* The actions are those of the run whose menu is open. */
static void
test_menu (void)
{
  Fixture fixture;
  GscRun *first, *second;
  GMenuModel *menu;
  guint n_items = 0;

  fixture_open (&fixture);
  first = add_run (&fixture, "first");
  second = add_run (&fixture, "second");
  select_run (&fixture, first);
  gtk_menu_button_popup (GTK_MENU_BUTTON (get_menu_button (get_row (&fixture, second))));
  g_assert_true (get_selected (&fixture) == second);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (get_menu_button (get_row (&fixture, second))));
  g_assert_true (widget_fixture_press (get_row (&fixture, first), "<Shift>F10"));
  g_assert_true (get_selected (&fixture) == first);

  menu = gtk_menu_button_get_menu_model (
      GTK_MENU_BUTTON (get_menu_button (get_row (&fixture, first))));
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      for (int j = 0; j < g_menu_model_get_n_items (section); j++)
        {
          g_autofree char *action = NULL;

          g_assert_true (
              g_menu_model_get_item_attribute (section, j, G_MENU_ATTRIBUTE_ACTION, "s", &action));
          g_assert_true (g_str_has_prefix (action, "runs."));
          g_assert_true (g_action_group_has_action (
              gsc_sidebar_get_action_group (GSC_SIDEBAR (fixture.sidebar)),
              action + strlen ("runs.")));
          n_items++;
        }
    }
  g_assert_cmpuint (n_items, ==, 7);
  fixture_close (&fixture);
}

/* Words, and which of the row's parts are there. */
static void
test_states (void)
{
  static const struct
  {
    GscRunState state;
    gint64 step;
    double speed, left;
    const char *message;
    const char *words;
    gboolean progress;
  } states[] = {
    { GSC_RUN_WAITING, 3200, 0, -1, NULL, "paused at step 3200 of 15000", FALSE },
    { GSC_RUN_TRAINING, 0, 0, -1, NULL, "training", TRUE },
    { GSC_RUN_TRAINING, 10, 82.4, -1, NULL, "training · 82 steps/s", TRUE },
    { GSC_RUN_TRAINING, 20, 4.26, 141, NULL, "4.3 steps/s · 2:21 left", TRUE },
    { GSC_RUN_ELSEWHERE, 30, 0, -1, NULL, "trained by another program, step 30 of 15000", TRUE },
    { GSC_RUN_FINISHED, 15000, 0, -1, NULL, "finished, 15000 steps", FALSE },
    { GSC_RUN_FINISHED, 9000, 0, -1, NULL, "stopped at step 9000 of 15000", FALSE },
    { GSC_RUN_BROKEN, 9000, 0, -1, "The file is torn.", "The file is torn.", FALSE },
  };
  g_autoptr (GscRun) run = gsc_run_new ("/nowhere/quick-1");
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_list_box_new ();
  GtkWidget *row;

  gsc_run_set_config (run, &gsc_preset_get_default ()->config);
  row = gsc_run_row_new (run, G_MENU_MODEL (menu));
  gtk_list_box_append (GTK_LIST_BOX (box), row);
  gtk_window_set_child (GTK_WINDOW (window), box);
  widget_fixture_present (GTK_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      GtkWidget *label;

      gsc_run_set_state (run, states[i].state, states[i].message);
      gsc_run_set_progress (run, states[i].step, 1.0, states[i].speed, states[i].left);
      session_fixture_iterate (600);
      label = widget_fixture_find (row, GTK_TYPE_LABEL, "label", states[i].words);
      g_assert_nonnull (label);
      g_assert_true (gtk_widget_get_visible (gtk_widget_get_next_sibling (label))
                     == states[i].progress);
    }
  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *) &row);
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (row);
}

static void
test_data (void)
{
  Fixture fixture;
  GscRun *run;
  g_autofree char *words = NULL;

  fixture_open (&fixture);
  run = add_run (&fixture, "first");
  g_assert_nonnull (gsc_run_get_data (run));
  words = gsc_run_row_describe (run);
  g_assert_true (g_str_has_prefix (words, "best o.o.d./test 0."));
  fixture_close (&fixture);
}

static void
test_names (void)
{
  Fixture fixture;
  guint n_empty;

  fixture_open (&fixture);
  gsc_controls_set_expanded (gsc_sidebar_get_controls (GSC_SIDEBAR (fixture.sidebar)), TRUE);
  n_empty = widget_fixture_assert_named (fixture.window);
  select_run (&fixture, add_run (&fixture, "first"));
  /* The row, its menu, and the entry and the button that rename it. */
  g_assert_cmpuint (widget_fixture_assert_named (fixture.window), >=, n_empty + 4);
  fixture_close (&fixture);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  opened = install_file_manager ();
  gtk_init ();
  adw_init ();
  g_test_add_func ("/run-list/empty", test_empty);
  g_test_add_func ("/run-list/selection", test_selection);
  g_test_add_func ("/run-list/rename", test_rename);
  g_test_add_func ("/run-list/duplicate", test_duplicate);
  g_test_add_func ("/run-list/delete", test_delete);
  g_test_add_func ("/run-list/resume", test_resume);
  g_test_add_func ("/run-list/open-folder", test_open_folder);
  g_test_add_func ("/run-list/failure", test_failure);
  g_test_add_func ("/run-list/menu", test_menu);
  g_test_add_func ("/run-list/states", test_states);
  g_test_add_func ("/run-list/data", test_data);
  g_test_add_func ("/run-list/names", test_names);
  result = g_test_run ();
  g_free (opened);
  return result;
}
