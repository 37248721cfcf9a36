/* test-lessons.c - the lessons, in the window and on a tiny run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "gsc-application.h"
#include "gsc-lesson-bar.h"
#include "gsc-window.h"
#include "training-fixture.h"
#include "widget-fixture.h"

typedef struct
{
  GscLibrary *library;
  GSettings *settings;
  GscWindow *window;
  GscSession *session;
  GscLessonBar *bar;
} Lessons;

static GscApplication *application;

/* GTK 4.8's own, as in test-window.c. */
static gboolean
is_fatal (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  return strstr (message, "gdk_surface_get_device_position") == NULL
         && strstr (message, "_gtk_widget_find_at_coords") == NULL;
}

static GtkWidget *
find_bar (GtkWidget *widget)
{
  if (GSC_IS_LESSON_BAR (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_bar (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_frame (gpointer session)
{
  return gsc_session_get_frame (session) != NULL;
}

static void
start (Lessons *lessons, gboolean with_run)
{
  g_autofree char *runs = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);

  g_test_log_set_fatal_handler (is_fatal, NULL);
  lessons->settings = gsc_application_load_settings ();
  g_settings_set_boolean (lessons->settings, "example-offered", TRUE);
  g_settings_reset (lessons->settings, "board");
  g_settings_reset (lessons->settings, "last-run");
  if (with_run)
    {
      GscConfig config = training_fixture_config ();
      g_autofree char *path = g_build_filename (runs, "tiny", NULL);

      training_fixture_train (path, &config, -1);
    }
  lessons->library = gsc_library_new (runs);
  lessons->window
      = gsc_window_new (ADW_APPLICATION (application), lessons->library, lessons->settings);
  lessons->session = gsc_window_get_session (lessons->window);
  lessons->bar = GSC_LESSON_BAR (find_bar (GTK_WIDGET (lessons->window)));
  widget_fixture_present (GTK_WINDOW (lessons->window));
  if (!with_run)
    return;
  if (gsc_session_get_run (lessons->session) == NULL)
    {
      g_autoptr (GscRun) run = g_list_model_get_item (G_LIST_MODEL (lessons->library), 0);

      gsc_window_show_run (lessons->window, run);
    }
  training_fixture_wait (has_frame, lessons->session);
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
end (Lessons *lessons)
{
  gpointer weak = lessons->window;

  g_object_add_weak_pointer (weak, &weak);
  gtk_window_close (GTK_WINDOW (lessons->window));
  training_fixture_wait (is_null, &weak);
  g_clear_object (&lessons->library);
  g_clear_object (&lessons->settings);
}

static void
open (Lessons *lessons)
{
  gtk_widget_activate_action (GTK_WIDGET (lessons->window), "win.lessons", NULL);
  g_assert_true (gsc_lesson_bar_is_open (lessons->bar));
}

static GtkWidget *
get_focus (Lessons *lessons)
{
  return gtk_window_get_focus (GTK_WINDOW (lessons->window));
}

static gboolean
shows_panel (gpointer board)
{
  return gsc_board_get_enlarged (board) >= 0;
}

static void
assert_shown (Lessons *lessons, const GscLesson *lesson)
{
  const GscFrame *frame = gsc_session_get_frame (lessons->session);
  GscCursor cursor = gsc_session_get_cursor (lessons->session);
  int task = gsc_task_split_lookup (frame->run->tasks, cursor.a, cursor.b);
  int last = (int) frame->run->records->len - 1;

  g_assert_false (gsc_session_get_live (lessons->session));
  if (lesson->moment == GSC_LESSON_PEAK)
    {
      const GscRecord *record = gsc_frame_get_record (frame);

      for (int i = 0; i <= last; i++)
        g_assert_cmpfloat (
            record->sets[GSC_SET_OOD_TEST].last_accuracy, >=,
            gsc_run_data_get_record (frame->run, i)->sets[GSC_SET_OOD_TEST].last_accuracy);
    }
  else
    g_assert_cmpint (frame->record, ==, lesson->moment == GSC_LESSON_FIRST ? 0 : last);
  g_assert_cmpint (task >= (int) frame->run->tasks->n_id, ==, lesson->ood);
  g_assert_cmpuint (cursor.shot, ==, (guint) frame->run->config.shots - 1);
  g_assert_cmpuint (cursor.layer, ==, (guint) frame->run->config.depth - 1);
  g_assert_cmpuint (cursor.head, ==, 0);
  g_assert_cmpint (gsc_board_get_enlarged (gsc_window_get_board (lessons->window)), ==,
                   lesson->figure);
}

/* Every card's key, from somewhere else each time; the keyboard alone; the end. */
static void
test_cards (void)
{
  static const GscCursor elsewhere = { 2, 2, 0, 0, 1 };
  Lessons lessons = { NULL };
  GtkWidget *before;
  guint n, n_facts = 0;
  const GscLesson *all = gsc_lesson_get_all (&n);
  GscBoard *board;

  start (&lessons, TRUE);
  board = gsc_window_get_board (lessons.window);
  g_assert_cmpuint (n, ==, 6);
  gtk_widget_child_focus (GTK_WIDGET (board), GTK_DIR_TAB_FORWARD);
  before = get_focus (&lessons);
  g_assert_nonnull (before);
  open (&lessons);
  widget_fixture_assert_named (GTK_WIDGET (lessons.bar));
  for (guint i = 0; i < n; i++)
    {
      const char *fact = gsc_lesson_bar_get_fact (lessons.bar);

      g_assert_cmpuint (gsc_lesson_bar_get_card (lessons.bar), ==, i);
      g_assert_true (gtk_widget_is_ancestor (get_focus (&lessons), GTK_WIDGET (lessons.bar)));
      g_assert_cmpint (fact != NULL, ==, all[i].fact != GSC_LESSON_NOTHING);
      if (all[i].fact == GSC_LESSON_TASKS)
        g_assert_nonnull (strstr (fact, "12 of 25"));
      n_facts += fact != NULL;
      gsc_session_set_record (lessons.session, 3);
      gsc_session_set_cursor (lessons.session, &elsewhere);
      g_assert_true (gtk_widget_activate (get_focus (&lessons)));
      training_fixture_wait (shows_panel, board); /* a button is pressed for a moment */
      assert_shown (&lessons, &all[i]);
      g_assert_true (widget_fixture_press (get_focus (&lessons), "Right"));
      g_assert_cmpint (gsc_board_get_enlarged (board), ==, -1);
    }
  g_assert_cmpuint (n_facts, >=, 4);
  g_assert_false (gsc_lesson_bar_is_open (lessons.bar));
  g_assert_true (get_focus (&lessons) == before);
  end (&lessons);
}

/* Cards can be passed over, and nothing moves; one goes back; Escape ends them; and what they
 * showed was hidden before. */
static void
test_skipping (void)
{
  g_autoptr (GVariant) before = NULL;
  g_autoptr (GVariant) after = NULL;
  g_autoptr (GSettings) settings = NULL;
  Lessons lessons = { NULL };
  guint n;
  const GscLesson *all = gsc_lesson_get_all (&n);
  GscCursor cursor, now;
  GscBoard *board;

  start (&lessons, TRUE);
  board = gsc_window_get_board (lessons.window);
  cursor = gsc_session_get_cursor (lessons.session);
  open (&lessons);
  g_assert_true (widget_fixture_press (get_focus (&lessons), "Left"));
  g_assert_cmpuint (gsc_lesson_bar_get_card (lessons.bar), ==, 0);
  g_assert_true (widget_fixture_press (get_focus (&lessons), "Right"));
  g_assert_true (widget_fixture_press (get_focus (&lessons), "Right"));
  g_assert_true (widget_fixture_press (get_focus (&lessons), "Left"));
  g_assert_cmpuint (gsc_lesson_bar_get_card (lessons.bar), ==, 1);
  open (&lessons); /* once more: where one was */
  g_assert_cmpuint (gsc_lesson_bar_get_card (lessons.bar), ==, 1);
  now = gsc_session_get_cursor (lessons.session);
  g_assert_cmpmem (&now, sizeof now, &cursor, sizeof cursor);
  g_assert_true (gsc_session_get_live (lessons.session));
  g_assert_cmpint (gsc_board_get_enlarged (board), ==, -1);

  gsc_board_set_shown (board, all[1].figure, FALSE);
  gsc_board_set_enlarged (board, GSC_FIGURE_SHOTS);
  gsc_lesson_bar_show_me (lessons.bar);
  g_assert_cmpint (gsc_board_get_enlarged (board), ==, all[1].figure);
  g_assert_true (widget_fixture_press (get_focus (&lessons), "Escape"));
  g_assert_false (gsc_lesson_bar_is_open (lessons.bar));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (lessons.bar)));
  g_assert_cmpint (gsc_board_get_enlarged (board), ==, GSC_FIGURE_SHOTS);
  g_assert_false (gsc_board_is_shown (board, all[1].figure));

  /* a window that is closed in a lesson remembers the board of before */
  before = g_variant_ref_sink (gsc_board_save_state (board));
  open (&lessons);
  gsc_lesson_bar_show_me (lessons.bar);
  settings = g_object_ref (lessons.settings);
  end (&lessons);
  after = g_settings_get_value (settings, "board");
  g_assert_true (g_variant_equal (before, after));
}

/* Without a run the cards can be read, and the example is asked for; the key waits for it. */
static void
test_no_run (void)
{
  Lessons lessons = { NULL };

  start (&lessons, FALSE);
  gsc_library_set_example (lessons.library, "missing.gsrun");
  open (&lessons);
  g_assert_false (gtk_widget_get_sensitive (
      widget_fixture_find (GTK_WIDGET (lessons.bar), GTK_TYPE_BUTTON, "label", "_Show Me")));
  gsc_lesson_bar_show_me (lessons.bar);
  g_assert_cmpint (gsc_board_get_enlarged (gsc_window_get_board (lessons.window)), ==, -1);
  g_assert_null (gsc_lesson_bar_get_fact (lessons.bar));
  training_fixture_idle (500);
  training_fixture_assert_sentence (gsc_window_get_banner (lessons.window), "missing.gsrun");
  end (&lessons);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  adw_init ();
  folder = g_build_filename (g_get_user_data_dir (), "unused", NULL);
  application = gsc_application_new (NULL, folder);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, &error));
  g_test_add_func ("/lessons/cards", test_cards);
  g_test_add_func ("/lessons/skipping", test_skipping);
  g_test_add_func ("/lessons/no-run", test_no_run);
  status = g_test_run ();
  g_object_unref (application);
  return status;
}
