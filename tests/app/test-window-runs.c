/* test-window-runs.c - model files, comparing, tables and archives
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "gsc-archive-bar.h"
#include "gsc-compare-dialog.h"
#include "gsc-run-summary.h"
#include "gsc-runs-table.h"
#include "training-fixture.h"
#include "widget-fixture.h"
#include "window-fixture.h"

static gboolean
has_dialog (gpointer data)
{
  return window_fixture_find_model_dialog () != NULL;
}

static gboolean
shows_model_file (gpointer data)
{
  GscRun *run = window_fixture_get_run (data);

  return run != NULL && gsc_run_get_state (run) == GSC_RUN_MODEL_FILE
         && window_fixture_has_model (data);
}

/* A model file: what it does not say is asked for, and then it is looked at like a run. */
static void
test_model_file (void)
{
  g_autofree char *folder = window_fixture_folder ("runs");
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "depth2.pth", NULL);
  g_autofree char *missing = window_fixture_folder ("missing.pth");
  WindowFixture program = { 0 };
  GscModelDialog *dialog;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  gsc_window_open_model_file (program.window, missing);
  training_fixture_wait (window_fixture_has_banner, &program);
  training_fixture_assert_sentence (gsc_window_get_banner (program.window), "missing.pth");

  gsc_window_open_model_file (program.window, path);
  training_fixture_wait (has_dialog, &program);
  dialog = window_fixture_find_model_dialog ();
  g_assert_cmpuint (widget_fixture_assert_named (GTK_WIDGET (dialog)), >=, 7);
  gsc_recipe_set_text (gsc_model_dialog_get_recipe (dialog), "p", "10");
  g_assert_nonnull (strstr (gsc_model_dialog_get_fault (dialog), "prime"));
  gsc_model_dialog_open (dialog);
  training_fixture_idle (50);
  g_assert_cmpuint (window_fixture_count_runs (&program), ==, 0);
  gsc_recipe_set_text (gsc_model_dialog_get_recipe (dialog), "p", "5");
  gsc_recipe_set_text (gsc_model_dialog_get_recipe (dialog), "tasks", "8");
  g_assert_null (gsc_model_dialog_get_fault (dialog));
  gsc_model_dialog_open (dialog);
  training_fixture_wait (shows_model_file, &program);
  g_assert_null (gsc_window_get_banner (program.window));
  g_assert_cmpuint (window_fixture_count_runs (&program), ==, 1);
  g_assert_false (window_fixture_is_enabled (&program, "branch"));
  g_assert_false (window_fixture_is_enabled (&program, "resume"));
  training_fixture_idle (200);
  g_assert_null (window_fixture_find_model_dialog ());
  window_fixture_end (&program);
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
  g_autofree char *path = window_fixture_folder ("runs.csv");
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
try_opening_from_table (WindowFixture *program)
{
  GscTableDialog *dialog;
  GscRunSummary summary;
  const double thresholds[GSC_N_SETS] = { 0 };
  GscRun *run;

  window_fixture_activate (program, "win.runs-table");
  dialog = find_table_dialog ();
  g_assert_nonnull (dialog);
  activate_row (dialog, 1);
  run = window_fixture_get_run (program);
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
  g_autofree char *folder = window_fixture_folder ("runs");
  WindowFixture program = { 0 };
  GscSession *session;
  GscRun *first, *second;
  g_autoptr (GtkWindow) dialog = NULL;
  g_autoptr (GscRunsTable) table = NULL;
  g_autoptr (GscFigureTable) numbers = NULL;
  GscRunList *list;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  window_fixture_set_recipe (&program, 0);
  g_assert_false (window_fixture_is_enabled (&program, "compare"));
  window_fixture_activate (&program, "win.train-new");
  first = window_fixture_get_run (&program);
  training_fixture_wait (window_fixture_is_idle, &program);
  training_fixture_wait (window_fixture_has_model, &program);
  window_fixture_activate (&program, "win.branch");
  window_fixture_activate (&program, "win.train-new");
  second = window_fixture_get_run (&program);
  training_fixture_wait (window_fixture_is_idle, &program);
  training_fixture_wait (window_fixture_has_model, &program);
  session = gsc_window_get_session (program.window);

  /* the branch stands below its parent */
  list = gsc_sidebar_get_run_list (gsc_window_get_sidebar (program.window));
  training_fixture_wait (is_in_place, &(Place){ list, first, 0 });
  training_fixture_wait (is_in_place, &(Place){ list, second, 1 });
  g_assert_nonnull (g_strstr_len (gtk_widget_get_tooltip_text (gsc_run_list_get_row (list, second)),
                                  -1, "Continues"));

  /* peak and final */
  g_assert_false (window_fixture_is_enabled (&program, "compare-stop"));
  window_fixture_activate (&program, "win.compare-peak-and-final");
  g_assert_true (window_fixture_is_enabled (&program, "compare-stop"));
  g_assert_nonnull (gsc_session_get_frame (session)->beside);
  g_action_group_change_action_state (G_ACTION_GROUP (program.window), "compare-show",
                                      g_variant_new_string ("difference"));
  training_fixture_idle (200);
  window_fixture_activate (&program, "win.unlock");
  g_assert_false (window_fixture_is_enabled (&program, "compare-stop"));
  g_assert_null (gsc_session_get_frame (session)->beside);

  /* with another run, chosen in the dialog, and the other way round */
  {
    GscComparison *comparison = gsc_comparison_new (session);
    GscCompareDialog *choice
        = gsc_compare_dialog_new (NULL, window_fixture_get_library (&program), comparison);
    GscSession *other;

    gsc_compare_dialog_choose (choice, first, "first");
    gsc_compare_dialog_apply (choice);
    other = gsc_comparison_get_other (comparison);
    g_assert_true (gsc_session_get_run (other) == first);
    g_assert_cmpint (gsc_session_get_frame (other)->record, ==, 0);
    training_fixture_wait (has_other_model, comparison);
    g_object_unref (comparison);
  }
  window_fixture_activate (&program, "win.compare-peak-and-final");
  window_fixture_activate (&program, "win.compare-swap");
  g_assert_true (window_fixture_get_run (&program) == second);
  g_assert_cmpint (gsc_session_get_frame (session)->record, ==,
                   (int) gsc_session_get_frame (session)->run->records->len - 1);

  /* a deleted run is compared with no longer, and its branch becomes a root */
  window_fixture_activate (&program, "win.compare-stop");
  try_opening_from_table (&program);
  table = gsc_runs_table_new (window_fixture_get_library (&program));
  numbers = gsc_runs_table_make_table (table);
  g_assert_cmpuint (numbers->n_rows, ==, 2);
  g_assert_true (gsc_runs_table_get_run (table, 0) == second);
  dialog = g_object_ref (gsc_runs_table_make_window (table, GTK_WINDOW (program.window)));
  gtk_window_present (dialog);
  try_runs_table (table, GSC_TABLE_DIALOG (dialog));
  g_assert_true (gsc_library_remove (window_fixture_get_library (&program), first, NULL));
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
  window_fixture_end (&program);
}

static gboolean
has_two_runs (gpointer data)
{
  return window_fixture_count_runs (data) == 2;
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
  g_autofree char *folder = window_fixture_folder ("runs");
  g_autofree char *path = window_fixture_folder ("Shown.grokrun");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  WindowFixture program = { 0 };
  GscRun *run;
  GtkWidget *bar;

  window_fixture_forget ();
  window_fixture_start (&program, folder);
  g_assert_false (window_fixture_is_enabled (&program, "save-archive"));
  window_fixture_set_recipe (&program, 0);
  window_fixture_activate (&program, "win.train-new");
  run = window_fixture_get_run (&program);
  training_fixture_wait (window_fixture_is_idle, &program);
  g_assert_true (window_fixture_is_enabled (&program, "save-archive"));
  bar = window_fixture_find_widget (GTK_WIDGET (program.window), GSC_TYPE_ARCHIVE_BAR);
  g_assert_nonnull (bar);
  gsc_archive_bar_save (GSC_ARCHIVE_BAR (bar), run, path);
  training_fixture_wait (exists, path);

  gsc_window_open_file (program.window, file);
  training_fixture_wait (has_two_runs, &program);
  training_fixture_idle (300);
  g_assert_true (gsc_archive_bar_is_idle (GSC_ARCHIVE_BAR (bar)));
  g_assert_true (window_fixture_get_run (&program) != run);
  g_assert_cmpint (gsc_run_get_step (window_fixture_get_run (&program)), ==,
                   gsc_run_get_step (run));
  g_assert_null (gsc_window_get_banner (program.window));

  /* what is wrong with one is said */
  g_assert_true (g_file_set_contents (path, "no archive", -1, NULL));
  gsc_window_open_file (program.window, file);
  training_fixture_idle (1500); /* so that libadwaita 1.2 has moved its toasts, too */
  g_assert_nonnull (strstr (gsc_window_get_banner (program.window), "Shown.grokrun"));
  g_assert_cmpuint (window_fixture_count_runs (&program), ==, 2);
  window_fixture_end (&program);
}

int
main (int argc, char **argv)
{
  window_fixture_init (&argc, &argv);
  g_test_add_func ("/window/model-file", test_model_file);
  g_test_add_func ("/window/compare", test_compare);
  g_test_add_func ("/window/archive", test_archive);
  return g_test_run ();
}
