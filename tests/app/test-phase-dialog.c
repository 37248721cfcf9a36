/* test-phase-dialog.c - asking for a new phase diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-installed-path.h"
#include "gsc-phase-dialog.h"
#include "gsc-phase-recipe.h"
#include "sweep-fixture.h"
#include "training-fixture.h"
#include "widget-fixture.h"

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static gboolean
is_measured (gpointer data)
{
  return !gsc_phase_dialog_is_busy (data);
}

static void
set_text (GscPhaseDialog *dialog, const char *title, const char *text)
{
  GtkWidget *row = widget_fixture_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, "title", title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
assert_fault (GscPhaseDialog *dialog, const char *part)
{
  const char *faults = gsc_phase_dialog_get_faults (dialog);

  g_assert_nonnull (faults);
  g_assert_nonnull (strstr (faults, part));
  g_assert_false (gsc_phase_dialog_start (dialog));
}

static void
on_start (char **started, const char *folder)
{
  *started = g_strdup (folder);
}

static void
test_fields (void)
{
  g_autoptr (GscSweep) fixture = sweep_fixture_new ();
  const GscStopRule stop = gsc_stop_rule_default ();
  g_autofree char *root = training_fixture_folder ("sweeps");
  g_autofree char *taken = g_build_filename (root, "taken", NULL);
  g_autofree char *started = NULL;
  g_autoptr (GscSweep) made = NULL;
  g_autoptr (GError) error = NULL;
  GscPhaseDialog *dialog;
  gpointer weak;

  g_mkdir_with_parents (taken, 0700);
  dialog = gsc_phase_dialog_new (NULL, &fixture->base, &stop, root, 2);
  weak = dialog;
  g_object_add_weak_pointer (weak, &weak);
  g_signal_connect_swapped (dialog, "start", G_CALLBACK (on_start), &started);
  widget_fixture_present (GTK_WINDOW (dialog));
  widget_fixture_assert_named (GTK_WIDGET (dialog));

  set_text (dialog, "Values of the First Axis", "8, x");
  assert_fault (dialog, "x");
  set_text (dialog, "Values of the First Axis", "8; 12");
  set_text (dialog, "Values of the Second Axis", "");
  assert_fault (dialog, "alpha");
  set_text (dialog, "Values of the Second Axis", "0.4 0.8");
  set_text (dialog, "Seeds", "");
  assert_fault (dialog, "seed");
  set_text (dialog, "Seeds", "1, 2, 3");
  set_text (dialog, "Steps", "60 70");
  assert_fault (dialog, "steps");
  set_text (dialog, "Steps", "60");
  set_text (dialog, "Name", "a/b");
  assert_fault (dialog, "name");
  set_text (dialog, "Name", "taken");
  assert_fault (dialog, "taken");
  set_text (dialog, "Name", "mine");
  g_assert_cmpstr (gsc_phase_dialog_get_faults (dialog), ==, NULL);
  g_assert_cmpstr (gsc_phase_dialog_get_estimate (dialog), ==, "12 runs");
  g_assert_true (gsc_phase_dialog_is_busy (dialog));
  training_fixture_wait (is_measured, dialog);
  g_assert_true (g_str_has_prefix (gsc_phase_dialog_get_estimate (dialog), "12 runs, "));
  g_assert_nonnull (strstr (gsc_phase_dialog_get_estimate (dialog), "2 at a time"));

  g_assert_null (started);
  g_assert_true (gsc_phase_dialog_start (dialog));
  g_assert_nonnull (started);
  made = gsc_sweep_load (started, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (made->n_cells, ==, 12);
  g_assert_cmpstr (made->name, ==, "mine");
  g_assert_cmpint (gsc_sweep_find_axis (made, "seed"), ==, 2);
  g_assert_cmpint (made->cells[0].config.steps, ==, 60);
  g_assert_cmpint (made->cells[0].config.p, ==, 5);
  training_fixture_wait (is_gone, &weak);
}

static AdwComboRow *
find_combo (GscPhaseDialog *dialog, const char *title)
{
  GtkWidget *row = widget_fixture_find (GTK_WIDGET (dialog), ADW_TYPE_COMBO_ROW, "title", title);

  g_assert_nonnull (row);
  return ADW_COMBO_ROW (row);
}

/* Chooses the item that reads @text, or has it in brackets. */
static void
choose (GscPhaseDialog *dialog, const char *title, const char *text)
{
  AdwComboRow *row = find_combo (dialog, title);
  GListModel *items = adw_combo_row_get_model (row);
  g_autofree char *bracketed = g_strdup_printf ("(%s)", text);

  for (guint i = 0; i < g_list_model_get_n_items (items); i++)
    {
      const char *item = gtk_string_list_get_string (GTK_STRING_LIST (items), i);

      if (g_str_equal (item, text) || g_str_has_suffix (item, bracketed))
        {
          adw_combo_row_set_selected (row, i);
          return;
        }
    }
  g_assert_not_reached ();
}

static GscPhaseDialog *
open_dialog (const char *root, char **started)
{
  g_autoptr (GscSweep) fixture = sweep_fixture_new ();
  const GscStopRule stop = gsc_stop_rule_default ();
  GscPhaseDialog *dialog = gsc_phase_dialog_new (NULL, &fixture->base, &stop, root, 2);

  g_signal_connect_swapped (dialog, "start", G_CALLBACK (on_start), started);
  widget_fixture_present (GTK_WINDOW (dialog));
  return dialog;
}

/* Three axes, of which one is the depth, make figure 3a; every rule of stopping has its number. */
static void
test_axes_and_rules (void)
{
  g_autofree char *root = training_fixture_folder ("sweeps");
  g_autofree char *started = NULL;
  g_autoptr (GscSweep) made = NULL;
  g_autoptr (GscSweepTable) table = NULL;
  g_autoptr (GscPhaseFigure) figure = NULL;
  GscSweepTableOptions options = gsc_sweep_table_options_default ();
  g_autoptr (GError) error = NULL;
  GscPhaseDialog *dialog = open_dialog (root, &started);
  GscPhaseView view;

  set_text (dialog, "Values of the First Axis", "8, 12");
  set_text (dialog, "Values of the Second Axis", "0.4, 0.8");
  set_text (dialog, "Steps", "60");
  g_assert_null (gsc_phase_dialog_get_faults (dialog));
  choose (dialog, "Third Axis", "depth");
  assert_fault (dialog, "depth");
  set_text (dialog, "Values of the Third Axis", "1, 2");
  choose (dialog, "Stop Early", "Patience");
  set_text (dialog, "Patience (records)", "0");
  assert_fault (dialog, "patience");
  choose (dialog, "Stop Early", "At step");
  g_assert_null (gsc_phase_dialog_get_faults (dialog));
  set_text (dialog, "Stop at step", "soon");
  assert_fault (dialog, "soon");
  choose (dialog, "Stop Early", "Off"); /* whatever stood there */
  g_assert_null (gsc_phase_dialog_get_faults (dialog));
  choose (dialog, "Stop Early", "At accuracy");
  set_text (dialog, "Stop at accuracy", "1.5");
  assert_fault (dialog, "1.5");
  set_text (dialog, "Stop at accuracy", "0.75");
  widget_fixture_assert_named (GTK_WIDGET (dialog));
  g_assert_cmpstr (gsc_phase_dialog_get_faults (dialog), ==, NULL);
  g_assert_true (gsc_phase_dialog_start (dialog));

  made = gsc_sweep_load (started, &error);
  g_assert_no_error (error);
  g_assert_cmpint (made->stop.mode, ==, GSC_STOP_AT_ACCURACY);
  g_assert_cmpfloat (made->stop.accuracy, ==, 0.75);
  g_assert_cmpint (gsc_sweep_find_axis (made, "depth"), ==, 2);
  table = gsc_sweep_table_load (made, started, &options);
  gsc_phase_view_init (&view, made);
  figure = gsc_phase_recipe_make (GSC_PHASE_RECIPE_3A, made, table, &options, &view, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (figure->n_parts, ==, 2);
}

/* The words of the table's first columns, which are the axes, as "tasks=8,alpha=0.4". */
static GHashTable *
read_result (guint n_axes)
{
  g_autofree char *path = gsc_installed_data ("sweeps/phase-tiny-result.csv");
  GHashTable *cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) heads = NULL;

  g_assert_nonnull (path);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  heads = g_strsplit (lines[0], ",", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], ",", -1);
      g_autoptr (GString) name = g_string_new (NULL);

      g_assert_cmpuint (g_strv_length (words), ==, g_strv_length (heads));
      for (guint axis = 0; axis < n_axes; axis++)
        g_string_append_printf (name, "%s%s=%s", axis > 0 ? "," : "", heads[axis], words[axis]);
      g_assert_true (g_hash_table_add (cells, g_strdup (name->str)));
    }
  return cells;
}

/* Sweeps that come with the program can be begun with; the small one's result is of it. */
static void
test_shipped (void)
{
  static const struct
  {
    const char *name;
    const char *number;
  } sweeps[] = { { "phase-small", "56 runs" }, { "phase-tiny", "12 runs" } };
  g_autofree char *root = training_fixture_folder ("sweeps");
  g_autofree char *started = NULL;
  g_autoptr (GscSweep) made = NULL;
  g_autoptr (GHashTable) result = NULL;
  g_autoptr (GError) error = NULL;
  GscPhaseDialog *dialog = open_dialog (root, &started);

  for (guint i = 0; i < G_N_ELEMENTS (sweeps); i++)
    {
      choose (dialog, "Start From", sweeps[i].name);
      g_assert_cmpstr (gsc_phase_dialog_get_faults (dialog), ==, NULL);
      g_assert_cmpstr (gsc_phase_dialog_get_estimate (dialog), ==, sweeps[i].number);
    }
  training_fixture_wait (is_measured, dialog);
  g_assert_true (g_str_has_prefix (gsc_phase_dialog_get_estimate (dialog), "12 runs, about "));
  g_assert_nonnull (strstr (gsc_phase_dialog_get_estimate (dialog), "on disk"));
  g_assert_true (gsc_phase_dialog_start (dialog));

  made = gsc_sweep_load (started, &error);
  g_assert_no_error (error);
  result = read_result (made->n_axes);
  g_assert_cmpuint (g_hash_table_size (result), ==, made->n_cells);
  for (guint i = 0; i < made->n_cells; i++)
    g_assert_true (g_hash_table_contains (result, made->cells[i].name));
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);
  adw_init ();
  training_fixture_add ("/phase-dialog/fields", test_fields);
  training_fixture_add ("/phase-dialog/axes-and-rules", test_axes_and_rules);
  training_fixture_add ("/phase-dialog/shipped", test_shipped);
  return g_test_run ();
}
