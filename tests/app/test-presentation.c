/* test-presentation.c - a run on a stage, and its bookmarks in the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "gsc-application.h"
#include "gsc-bookmarks-dialog.h"
#include "gsc-presentation.h"
#include "gsc-snapshot-files.h"
#include "training-fixture.h"
#include "widget-fixture.h"

/* One program for all tests, as in test-window.c. */
static GscApplication *application;

typedef struct
{
  char *path; /* of the run */
  GscLibrary *library;
  GSettings *settings;
  GscWindow *window;
} Stage;

static GscSession *
get_session (Stage *stage)
{
  return gsc_window_get_session (stage->window);
}

/* A toast that went away, and a tooltip of a window that did: GTK 4.8's own. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strstr (message, "gdk_surface_get_device_position") == NULL
         && strstr (message, "_gtk_widget_find_at_coords") == NULL;
}

static gboolean
is_settled (gpointer data)
{
  GscSession *session = get_session (data);
  GscFrame *frame = gsc_session_get_frame (session);
  gboolean busy;

  g_object_get (session, "busy", &busy, NULL);
  return !busy && frame != NULL && frame->record >= 0 && frame->step >= 0;
}

/* A finished run of records and models at 0, 5, ... 30, in the window. */
static void
start (Stage *stage)
{
  g_autofree char *test = g_strdelimit (g_strdup (g_test_get_path ()), "/", '-');
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), test + 1, NULL);
  g_autofree char *runs = g_build_filename (folder, "runs", NULL);
  GscConfig config = training_fixture_config ();
  g_autoptr (GError) error = NULL;
  GscRun *run;

  g_test_log_set_fatal_handler (is_fatal, NULL);
  stage->path = g_build_filename (runs, "tiny", NULL);
  g_assert_cmpint (g_mkdir_with_parents (runs, 0700), ==, 0);
  training_fixture_train (stage->path, &config, -1);
  stage->settings = gsc_application_load_settings ();
  g_settings_reset (stage->settings, "board");
  g_settings_reset (stage->settings, "last-run");
  g_settings_reset (stage->settings, "presentation-text");
  stage->library = gsc_library_new (runs);
  stage->window = gsc_window_new (ADW_APPLICATION (application), stage->library, stage->settings);
  widget_fixture_present (GTK_WINDOW (stage->window));
  run = gsc_library_open (stage->library, stage->path, &error);
  g_assert_no_error (error);
  gsc_window_show_run (stage->window, run);
  training_fixture_wait (is_settled, stage);
}

/* Nothing of it is left. */
static void
end (Stage *stage)
{
  gpointer weak[] = { stage->window, get_session (stage), stage->library };

  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    g_object_add_weak_pointer (weak[i], &weak[i]);
  gtk_window_close (GTK_WINDOW (stage->window));
  g_object_unref (stage->library);
  training_fixture_idle (400);
  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    if (weak[i] != NULL)
      g_error ("a %s is left", G_OBJECT_TYPE_NAME (weak[i]));
  g_object_unref (stage->settings);
  g_free (stage->path);
}

static void
activate (Stage *stage, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (stage->window), action, NULL));
}

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (G_OBJECT_TYPE (root) == type)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What is on the stage, or NULL. */
static GscPresentation *
get_presentation (Stage *stage)
{
  return (GscPresentation *) find (GTK_WIDGET (stage->window), GSC_TYPE_PRESENTATION);
}

/* As a clicker does: the key goes to what has the focus, and up from there. */
static gboolean
press (Stage *stage, const char *key)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (stage->window));

  g_assert_nonnull (focus);
  return widget_fixture_press (focus, key);
}

static void
add_bookmark (Stage *stage, const char *text, const char *figure, const char *pair, gint64 step)
{
  g_autoptr (GscBookmarks) bookmarks = gsc_bookmarks_new (stage->path);
  g_autoptr (GscBookmark) bookmark = gsc_bookmark_new (figure);
  g_autoptr (GError) error = NULL;

  gsc_bookmark_set_text (bookmark, text);
  gsc_bookmark_set_panel (bookmark, 1, pair, NULL);
  bookmark->live = step < 0;
  bookmark->step = step;
  bookmark->a = 2;
  bookmark->b = 3;
  bookmark->shot = 1;
  bookmark->head = 1;
  bookmark->seed = 7;
  gsc_bookmarks_insert (bookmarks, G_MAXUINT, bookmark, &error);
  g_assert_no_error (error);
}

/* Three: curves at the beginning, a pair inside the model with typed tokens' place, live. */
static void
add_three (Stage *stage)
{
  add_bookmark (stage, "Chance", "learning-curves", NULL, 5);
  add_bookmark (stage, "Heads", "attention", "shots", 20);
  add_bookmark (stage, "Now", "task-grid", NULL, -1);
}

static gint64
get_record_step (Stage *stage)
{
  return gsc_frame_get_record (gsc_session_get_frame (get_session (stage)))->step;
}

static int
get_figure (Stage *stage, guint index)
{
  GscPanel *panel = gsc_presentation_get_panel (get_presentation (stage), index);

  return panel != NULL ? (int) gsc_panel_get_figure (panel) : -1;
}

static void
assert_first (Stage *stage)
{
  GscPresentation *presentation = get_presentation (stage);

  g_assert_cmpint (gsc_presentation_get_index (presentation), ==, 0);
  g_assert_cmpstr (gsc_presentation_get_caption (presentation), ==, "Chance");
  g_assert_cmpstr (gsc_presentation_get_status (presentation), ==, "step 5 · 1/3");
  g_assert_cmpint (get_figure (stage, 0), ==, GSC_FIGURE_LEARNING_CURVES);
  g_assert_cmpint (get_figure (stage, 1), ==, -1);
  g_assert_cmpint (get_record_step (stage), ==, 5);
}

static void
assert_second (Stage *stage)
{
  GscPresentation *presentation = get_presentation (stage);
  GscCursor cursor = gsc_session_get_cursor (get_session (stage));

  g_assert_cmpint (gsc_presentation_get_index (presentation), ==, 1);
  g_assert_cmpstr (gsc_presentation_get_caption (presentation), ==, "Heads");
  g_assert_cmpint (get_figure (stage, 0), ==, GSC_FIGURE_ATTENTION);
  g_assert_cmpint (get_figure (stage, 1), ==, GSC_FIGURE_SHOTS);
  g_assert_cmpint (get_record_step (stage), ==, 20);
  g_assert_cmpint (cursor.a, ==, 2);
  g_assert_cmpint (cursor.b, ==, 3);
  g_assert_cmpuint (cursor.shot, ==, 1);
  g_assert_cmpuint (cursor.head, ==, 1);
  g_assert_cmpint (gsc_session_get_context_seed (get_session (stage)), ==, 7);
}

static void
assert_third (Stage *stage)
{
  g_assert_cmpint (gsc_presentation_get_index (get_presentation (stage)), ==, 2);
  g_assert_cmpint (get_figure (stage, 0), ==, GSC_FIGURE_TASK_GRID);
  g_assert_true (gsc_session_get_live (get_session (stage)));
  g_assert_cmpint (get_record_step (stage), ==, 30);
}

static void
test_keys (void)
{
  static const char *const next[] = { "Page_Down", "space" };
  Stage stage = { 0 };

  start (&stage);
  add_three (&stage);
  activate (&stage, "win.present");
  training_fixture_idle (100);
  g_assert_nonnull (get_presentation (&stage));
  assert_first (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (next); i++)
    {
      g_assert_true (press (&stage, next[i]));
      assert_second (&stage);
      g_assert_true (press (&stage, next[i]));
      assert_third (&stage);
      g_assert_true (press (&stage, next[i])); /* the end */
      assert_third (&stage);
      g_assert_true (press (&stage, "Page_Up"));
      assert_second (&stage);
      g_assert_true (press (&stage, "Page_Up"));
      assert_first (&stage);
      g_assert_true (press (&stage, "Page_Up"));
      assert_first (&stage);
    }
  g_assert_true (press (&stage, "3"));
  assert_third (&stage);
  g_assert_true (press (&stage, "9")); /* there is none */
  assert_third (&stage);
  g_assert_true (press (&stage, "2"));
  assert_second (&stage);

  /* time goes on as in the window */
  g_assert_true (press (&stage, "Right"));
  g_assert_cmpint (get_record_step (&stage), ==, 25);
  g_assert_cmpstr (gsc_presentation_get_status (get_presentation (&stage)), ==, "step 25 · 2/3");

  /* also from inside a figure, and the keys work on */
  gtk_widget_grab_focus (
      GTK_WIDGET (gsc_panel_get_plot (gsc_presentation_get_panel (get_presentation (&stage), 1))));
  g_assert_true (press (&stage, "Page_Up"));
  assert_first (&stage);
  end (&stage);
}

static void
test_blank (void)
{
  static const char *const keys[] = { "b", "period" };
  Stage stage = { 0 };
  GscPresentation *presentation;

  start (&stage);
  add_three (&stage);
  activate (&stage, "win.present");
  training_fixture_idle (100);
  presentation = get_presentation (&stage);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (press (&stage, keys[i]));
      g_assert_true (gsc_presentation_get_blank (presentation));
      g_assert_true (press (&stage, keys[i]));
      g_assert_false (gsc_presentation_get_blank (presentation));
    }
  press (&stage, "b");
  press (&stage, "Page_Down");
  g_assert_false (gsc_presentation_get_blank (presentation));
  assert_second (&stage);
  end (&stage);
}

/* Everything is as it was: panels, time, cursor, what is computed. */
static void
test_leave (void)
{
  static const char *const keys[] = { "Escape", "F11" };
  Stage stage = { 0 };
  GscProjectionSource before, after;
  GscCursor cursor, usual;

  start (&stage);
  add_three (&stage);
  gsc_session_set_record (get_session (&stage), 2);
  gsc_session_set_task (get_session (&stage), 4, 1);
  training_fixture_wait (is_settled, &stage);
  usual = gsc_session_get_cursor (get_session (&stage));
  before = gsc_session_get_projection (get_session (&stage));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      activate (&stage, "win.present");
      training_fixture_idle (100);
      press (&stage, "2");
      training_fixture_idle (100);
      g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (gsc_window_get_board (stage.window))));
      g_assert_true (press (&stage, keys[i]));
      g_assert_null (get_presentation (&stage));
      training_fixture_idle (100);
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (gsc_window_get_board (stage.window))));
      g_assert_false (gsc_session_get_live (get_session (&stage)));
      g_assert_cmpint (get_record_step (&stage), ==, 10);
      cursor = gsc_session_get_cursor (get_session (&stage));
      g_assert_cmpmem (&cursor, sizeof cursor, &usual, sizeof usual);
      after = gsc_session_get_projection (get_session (&stage));
      g_assert_true (gsc_projection_source_equal (&before, &after));
      g_assert_cmpint (gsc_session_get_context_seed (get_session (&stage)), ==, 1);
    }
  /* the window may go while it is shown */
  activate (&stage, "win.present");
  training_fixture_idle (100);
  end (&stage);
}

/* Text is larger on the stage, by what is preferred and by what the bookmark says. */
static void
test_text (void)
{
  Stage stage = { 0 };
  GscPresentation *presentation;
  GscPlotView *plot;
  double size, usual;

  start (&stage);
  add_three (&stage);
  usual = 11.0 * 96 / 72;
  activate (&stage, "win.present");
  training_fixture_idle (100);
  presentation = get_presentation (&stage);
  plot = gsc_panel_get_plot (gsc_presentation_get_panel (presentation, 0));
  size = gsc_plot_view_get_text_size (plot);
  g_assert_cmpfloat (size, >=, 1.3 * usual);
  g_assert_cmpfloat (size, <=, 1.6 * usual);
  gsc_presentation_set_text_scale (presentation, 2);
  training_fixture_idle (100);
  g_assert_cmpfloat_with_epsilon (gsc_plot_view_get_text_size (plot), size * 2 / 1.5, 0.1);
  gtk_widget_activate_action (GTK_WIDGET (stage.window), "win.zoom", "i", 1);
  training_fixture_idle (100);
  g_assert_cmpfloat (gsc_plot_view_get_text_size (plot), >, size * 2 / 1.5 + 1);
  press (&stage, "1");
  g_assert_cmpfloat (gsc_presentation_get_zoom (presentation), ==, 1);
  end (&stage);
}

/* Without any bookmark the panel that is looked at is shown as it is. */
static void
test_plain (void)
{
  Stage stage = { 0 };
  GscBoard *board;
  gint64 step;

  start (&stage);
  board = gsc_window_get_board (stage.window);
  gsc_session_set_record (get_session (&stage), 3);
  step = get_record_step (&stage);
  gtk_widget_grab_focus (
      GTK_WIDGET (gsc_panel_get_plot (gsc_board_get_panel (board, GSC_FIGURE_SHOTS))));
  activate (&stage, "win.present");
  training_fixture_idle (100);
  g_assert_cmpint (gsc_presentation_get_index (get_presentation (&stage)), ==, -1);
  g_assert_cmpint (get_figure (&stage, 0), ==, GSC_FIGURE_SHOTS);
  g_assert_cmpint (get_record_step (&stage), ==, step);
  g_assert_cmpstr (gsc_presentation_get_status (get_presentation (&stage)), ==, "step 15");
  press (&stage, "Page_Down");
  g_assert_cmpint (get_figure (&stage, 0), ==, GSC_FIGURE_SHOTS);
  activate (&stage, "win.add-bookmark");
  g_assert_cmpstr (gsc_presentation_get_status (get_presentation (&stage)), ==, "step 15 · 1/1");
  press (&stage, "Escape");
  g_assert_cmpint (get_record_step (&stage), ==, step);
  end (&stage);
}

/* A model that is gone: the one before it, with a word; figures without model stay at their step;
 * a step that no record has. */
static void
test_missing_model (void)
{
  Stage stage = { 0 };
  GscPresentation *presentation;
  g_autofree char *model = NULL;

  start (&stage);
  add_bookmark (&stage, "Gone", "attention", NULL, 20);
  add_bookmark (&stage, "Curves", "learning-curves", NULL, 20);
  add_bookmark (&stage, "Between", "learning-curves", NULL, 13);
  model = gsc_snapshot_files_get_path (stage.path, 20);
  g_assert_cmpint (g_remove (model), ==, 0);
  activate (&stage, "win.present");
  training_fixture_idle (100);
  training_fixture_wait (is_settled, &stage);
  presentation = get_presentation (&stage);
  g_assert_cmpint (get_record_step (&stage), ==, 15);
  g_assert_cmpint (gsc_session_get_frame (get_session (&stage))->step, ==, 15);
  g_assert_nonnull (strstr (gsc_presentation_get_notice (presentation), "20"));
  g_assert_nonnull (strstr (gsc_presentation_get_notice (presentation), "15"));
  press (&stage, "Page_Down");
  g_assert_cmpint (get_record_step (&stage), ==, 20);
  g_assert_null (gsc_presentation_get_notice (presentation));
  press (&stage, "Page_Down");
  g_assert_cmpint (get_record_step (&stage), ==, 10);
  g_assert_nonnull (strstr (gsc_presentation_get_notice (presentation), "13"));
  end (&stage);
}

/* A file that cannot be read is no end of the talk, and is not overwritten. */
static void
test_damaged (void)
{
  Stage stage = { 0 };
  g_autofree char *file = NULL;
  g_autofree char *text = NULL;

  start (&stage);
  file = g_build_filename (stage.path, GSC_BOOKMARKS_FILE, NULL);
  g_assert_true (g_file_set_contents (file, "{ what", -1, NULL));
  activate (&stage, "win.present");
  training_fixture_idle (100);
  g_assert_cmpint (gsc_presentation_get_index (get_presentation (&stage)), ==, -1);
  press (&stage, "Escape");
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{ what");
  end (&stage);
}

static GscBookmarksDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GSC_IS_BOOKMARKS_DIALOG (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return GSC_BOOKMARKS_DIALOG (window);
    }
  return NULL;
}

static void
assert_texts (Stage *stage, const char *expected)
{
  g_autoptr (GscBookmarks) bookmarks = gsc_bookmarks_new (stage->path);
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < gsc_bookmarks_get_length (bookmarks); i++)
    g_string_append_printf (texts, "%s ", gsc_bookmarks_get (bookmarks, i)->text);
  g_assert_cmpstr (g_strchomp (texts->str), ==, expected);
  g_string_free (texts, TRUE);
}

static void
test_dialog (void)
{
  Stage stage = { 0 };
  GscBookmarksDialog *dialog;
  GtkWidget *row, *pair, *undo;

  start (&stage);
  add_three (&stage);
  activate (&stage, "win.bookmarks");
  training_fixture_idle (100);
  dialog = find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_cmpuint (widget_fixture_assert_named (GTK_WIDGET (dialog)), >, 10);

  /* order */
  row = gsc_bookmarks_dialog_get_row (dialog, 0);
  g_assert_true (widget_fixture_press (row, "<Alt>Down"));
  assert_texts (&stage, "Heads Chance Now");
  row = gsc_bookmarks_dialog_get_row (dialog, 1);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Chance");
  g_assert_true (widget_fixture_press (row, "<Alt>Up"));
  assert_texts (&stage, "Chance Heads Now");

  /* text and pair */
  row = gsc_bookmarks_dialog_get_row (dialog, 2);
  gtk_editable_set_text (GTK_EDITABLE (row), "Then");
  g_signal_emit_by_name (row, "apply");
  assert_texts (&stage, "Chance Heads Then");
  pair = find (row, GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (pair), GSC_FIGURE_KSHOT + 1);
  {
    g_autoptr (GscBookmarks) bookmarks = gsc_bookmarks_new (stage.path);

    g_assert_cmpstr (gsc_bookmarks_get (bookmarks, 2)->panels[1].figure, ==, "k-shot-grid");
  }

  /* deleting, and back */
  g_assert_true (gsc_bookmarks_dialog_remove (dialog, 1));
  assert_texts (&stage, "Chance Then");
  g_assert_null (gsc_bookmarks_dialog_get_row (dialog, 2));
  training_fixture_idle (300);
  undo = widget_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "label", "_Undo");
  g_assert_nonnull (undo);
  g_signal_emit_by_name (undo, "clicked");
  assert_texts (&stage, "Chance Heads Then");

  /* to see it, in the window and on the stage */
  g_signal_emit_by_name (dialog, "go", 0);
  g_assert_cmpint (get_record_step (&stage), ==, 5);
  g_signal_emit_by_name (dialog, "present", 1);
  training_fixture_idle (300);
  g_assert_null (find_dialog ());
  assert_second (&stage);
  end (&stage);
}

/* What Ctrl+D adds is what is shown. */
static void
test_add (void)
{
  Stage stage = { 0 };
  GscBoard *board;
  GActionGroup *actions;
  g_autoptr (GscBookmarks) bookmarks = NULL;
  const GscBookmark *bookmark;
  const char *scale = NULL;
  g_autoptr (GError) error = NULL;

  start (&stage);
  board = gsc_window_get_board (stage.window);
  gsc_session_set_record (get_session (&stage), 4);
  gsc_session_set_task (get_session (&stage), 1, 4);
  gsc_session_set_shot (get_session (&stage), 2);
  g_assert_true (gsc_session_set_sequence (get_session (&stage), "1 2 3 | 4 0", &error));
  actions = gsc_panel_get_action_group (gsc_board_get_panel (board, GSC_FIGURE_ATTENTION));
  g_action_group_change_action_state (actions, "scale", g_variant_new_string ("log"));
  gtk_widget_grab_focus (
      GTK_WIDGET (gsc_panel_get_plot (gsc_board_get_panel (board, GSC_FIGURE_ATTENTION))));
  activate (&stage, "win.add-bookmark");
  bookmarks = gsc_bookmarks_new (stage.path);
  g_assert_cmpuint (gsc_bookmarks_get_length (bookmarks), ==, 1);
  bookmark = gsc_bookmarks_get (bookmarks, 0);
  g_assert_cmpstr (bookmark->panels[0].figure, ==, "attention");
  g_assert_true (g_variant_lookup (bookmark->panels[0].choices, "scale", "&s", &scale));
  g_assert_cmpstr (scale, ==, "log");
  g_assert_false (bookmark->live);
  g_assert_cmpint (bookmark->step, ==, 20);
  g_assert_cmpint (bookmark->a, ==, 1);
  g_assert_cmpint (bookmark->b, ==, 4);
  g_assert_cmpuint (bookmark->shot, ==, 2);
  g_assert_cmpstr (bookmark->sequence, ==, "1 2 3 | 4 0");

  /* and is what is presented, from wherever one is */
  gsc_session_unlock (get_session (&stage));
  activate (&stage, "win.present");
  training_fixture_idle (100);
  g_assert_cmpint (get_record_step (&stage), ==, 20);
  g_assert_true (gsc_session_has_own_sequence (get_session (&stage)));
  g_assert_cmpint (gsc_plot_view_get_options (gsc_panel_get_plot (gsc_presentation_get_panel (
                                                  get_presentation (&stage), 0)))
                       ->weight_scale,
                   ==, GSC_SCALE_LOG);
  end (&stage);
}

/* A run of another is no talk of this one. */
static void
test_other_run (void)
{
  Stage stage = { 0 };

  start (&stage);
  add_three (&stage);
  activate (&stage, "win.present");
  training_fixture_idle (100);
  gsc_session_set_run (get_session (&stage), NULL);
  g_assert_null (get_presentation (&stage));
  end (&stage);
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

  g_test_add_func ("/presentation/keys", test_keys);
  g_test_add_func ("/presentation/blank", test_blank);
  g_test_add_func ("/presentation/leave", test_leave);
  g_test_add_func ("/presentation/text", test_text);
  g_test_add_func ("/presentation/plain", test_plain);
  g_test_add_func ("/presentation/missing-model", test_missing_model);
  g_test_add_func ("/presentation/damaged", test_damaged);
  g_test_add_func ("/presentation/dialog", test_dialog);
  g_test_add_func ("/presentation/add", test_add);
  g_test_add_func ("/presentation/other-run", test_other_run);
  return g_test_run ();
}
