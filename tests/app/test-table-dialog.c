/* test-table-dialog.c - the window with a figure's numbers, and the words in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <math.h>

#include "gsc-table-dialog.h"
#include "gsc-table-words.h"
#include "gsc-term.h"
#include "session-fixture.h"
#include "widget-fixture.h"

/* Words */

static void
assert_heading (const char *column, const char *expected)
{
  g_autofree char *heading = gsc_table_words_make_heading (column);

  g_assert_cmpstr (heading, ==, expected);
}

static void
test_table_words (void)
{
  g_autofree char *attention = gsc_term_explain ("attention");
  g_autofree char *noise = gsc_term_explain ("label-noise");
  g_autofree char *alpha = gsc_term_explain ("alpha");

  assert_heading ("ood_test", "o.o.d./test");
  assert_heading ("ood_test_spread", "o.o.d./test, spread");
  assert_heading ("train_accuracy_a", "Training inputs, accuracy, A");
  assert_heading ("weight_decay", "Weight decay");
  assert_heading ("by_ratio", "By ratio");
  assert_heading ("n_explained_right", "Explained, right");
  assert_heading ("phase_runs", "Phase, runs");
  assert_heading ("counted", "Counted");
  assert_heading ("what_is_this", "what_is_this");
  g_assert_cmpstr (gsc_table_words_find_cell ("set", "id_train"), ==, "i.d./train");
  g_assert_cmpstr (gsc_table_words_find_cell ("peak_phase", "ood-generalisation"), ==,
                   "o.o.d. generalisation");
  g_assert_cmpstr (gsc_table_words_find_cell ("role", "two-back"), ==, "two tokens before");
  g_assert_cmpstr (gsc_table_words_get_term ("final_phase"), ==, "phase");
  g_assert_null (gsc_table_words_find_cell ("run", "test"));
  g_assert_null (gsc_table_words_find_cell ("name", "quick"));
  g_assert_true (g_str_has_suffix (attention, ".\nPaper: section 5, figure 6"));
  g_assert_true (g_str_has_suffix (noise, ".\nPaper: appendix"));
  g_assert_true (g_str_has_suffix (alpha, ".\nPaper: figures 1b, 3a, 4"));
  g_assert_null (gsc_term_explain ("nothing"));
}

/* The window */

static GscFigureTable *
make_table (void)
{
  static const char *const columns[] = { "name", "big_value", NULL };
  static const struct
  {
    const char *name;
    double value;
  } rows[] = { { "b", 10 }, { "c", 9 }, { "a", NAN }, { "d", -1e-3 } };
  GscFigureTable *table = gsc_figure_table_new (columns);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsc_figure_table_add_text (table, rows[i].name);
      gsc_figure_table_add_number (table, rows[i].value);
    }
  return table;
}

static void
assert_order (GscTableDialog *dialog, const char *expected)
{
  g_autoptr (GString) order = g_string_new (NULL);
  guint n = g_list_model_get_n_items (gsc_table_dialog_get_rows (dialog));

  for (guint i = 0; i < n; i++)
    g_string_append (order, gsc_table_dialog_get_cell (dialog, i, 0));
  g_assert_cmpstr (order->str, ==, expected);
}

static void
text_read (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
is_set (gpointer data)
{
  return *(char **) data != NULL;
}

static void
test_table_dialog (void)
{
  GscTableDialog *dialog = gsc_table_dialog_new (NULL, "Table", make_table ());
  g_autofree char *text = NULL;

  gtk_window_present (GTK_WINDOW (dialog));
  session_fixture_iterate (50);
  assert_order (dialog, "bcad");
  gsc_table_dialog_sort (dialog, 0, GTK_SORT_ASCENDING);
  assert_order (dialog, "abcd");
  gsc_table_dialog_sort (dialog, 0, GTK_SORT_DESCENDING);
  assert_order (dialog, "dcba");
  /* as numbers, not as text; what is missing comes first */
  gsc_table_dialog_sort (dialog, 1, GTK_SORT_ASCENDING);
  assert_order (dialog, "adcb");
  gsc_table_dialog_sort (dialog, -1, GTK_SORT_ASCENDING);
  assert_order (dialog, "bcad");

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "table.copy", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), NULL, text_read,
                                 &text);
  session_fixture_iterate_until (is_set, &text);
  g_assert_cmpstr (text, ==, "name,big_value\nb,10\nc,9\na,\nd,-0.001\n");
  /* The rows are named by their cells. */
  g_assert_cmpuint (widget_fixture_assert_named (
                        gtk_widget_get_first_child (adw_window_get_content (ADW_WINDOW (dialog)))),
                    >=, 3);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  session_fixture_iterate (10);
  g_assert_null (dialog);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/table-dialog/words", test_table_words);
  g_test_add_func ("/table-dialog/rows", test_table_dialog);
  return g_test_run ();
}
