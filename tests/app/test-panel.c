/* test-panel.c - a figure on a card, its choices, its table, and the editor of the sequence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-panel.h"

#include <adwaita.h>
#include <string.h>

#include "gsc-recipe-row.h"
#include "gsc-run-table.h"
#include "gsc-sequence-editor.h"
#include "gsc-table-dialog.h"
#include "gsc-table-words.h"
#include "gsc-term.h"
#include "session-fixture.h"
#include "widget-fixture.h"

typedef struct
{
  SessionFixture session;
  GtkWidget *window;
  GscPanel *panel;
} Fixture;

static void
open_fixture (Fixture *fixture, GscFigure figure)
{
  session_fixture_open (&fixture->session, 5);
  session_fixture_wait (&fixture->session);
  fixture->panel = GSC_PANEL (gsc_panel_new (figure));
  gsc_panel_set_session (fixture->panel, fixture->session.session);
  fixture->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->panel));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 400);
  gtk_window_present (GTK_WINDOW (fixture->window));
  session_fixture_settle (fixture->window);
}

static void
close_fixture (Fixture *fixture)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->panel), (gpointer *) &fixture->panel);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  session_fixture_iterate (10);
  g_assert_null (fixture->panel);
  session_fixture_close (&fixture->session);
}

/* Collects "action" or "action::target" of all entries, and asserts that each has a label. */
static void
list_menu (GMenuModel *menu, GPtrArray *list)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autofree char *label = NULL;
      g_autofree char *action = NULL;
      g_autofree char *target = NULL;

      if (section != NULL)
        {
          list_menu (section, list);
          continue;
        }
      g_assert_true (g_menu_model_get_item_attribute (menu, i, "label", "s", &label));
      g_assert_cmpstr (label, !=, "");
      g_assert_true (g_menu_model_get_item_attribute (menu, i, "action", "s", &action));
      g_menu_model_get_item_attribute (menu, i, "target", "s", &target);
      g_assert_true (g_str_has_prefix (action, "panel."));
      g_ptr_array_add (list,
                       g_strdup_printf ("%s%s%s", action + strlen ("panel."),
                                        target != NULL ? "::" : "", target != NULL ? target : ""));
    }
}

static gboolean
menu_has (GPtrArray *list, const char *action)
{
  for (guint i = 0; i < list->len; i++)
    {
      const char *entry = g_ptr_array_index (list, i);
      gsize n = strcspn (entry, ":");

      if (strlen (action) == n && strncmp (entry, action, n) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
destroy_other_windows (GtkWidget *window)
{
  GListModel *windows = gtk_window_get_toplevels ();
  guint n_others = 0;

  for (guint i = g_list_model_get_n_items (windows); i-- > 0;)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (windows, i);

      if (GTK_WIDGET (other) == window)
        continue;
      g_assert_true (GSC_IS_TABLE_DIALOG (other));
      n_others++;
      gtk_window_destroy (other);
    }
  g_assert_cmpuint (n_others, ==, 1);
}

/* Every entry of every menu does something, and every action has an entry. */
static void
test_menus (void)
{
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      Fixture fixture;
      GActionGroup *actions;
      g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_free);
      g_auto (GStrv) names = NULL;

      open_fixture (&fixture, (GscFigure) figure);
      actions = gsc_panel_get_action_group (fixture.panel);
      list_menu (gsc_panel_get_menu (fixture.panel), entries);
      g_assert_cmpuint (entries->len, >=, 6);
      names = g_action_group_list_actions (actions);
      for (guint i = 0; names[i] != NULL; i++)
        g_assert_true (menu_has (entries, names[i]));

      for (guint i = 0; i < entries->len; i++)
        {
          g_autofree char *name = NULL;
          g_autoptr (GVariant) target = NULL;
          g_autoptr (GVariant) before = NULL;
          g_autoptr (GVariant) after = NULL;

          g_assert_true (
              g_action_parse_detailed_name (g_ptr_array_index (entries, i), &name, &target, NULL));
          g_assert_true (g_action_group_has_action (actions, name));
          g_assert_true (g_action_group_get_action_enabled (actions, name));
          before = g_action_group_get_action_state (actions, name);
          g_action_group_activate_action (actions, name, target);
          after = g_action_group_get_action_state (actions, name);
          if (target != NULL)
            g_assert_true (g_variant_equal (after, target));
          else if (before != NULL && !g_str_equal (name, "enlarge")) /* the board's to do */
            g_assert_false (g_variant_equal (before, after));
          session_fixture_iterate (5);
          if (g_str_equal (name, "table"))
            destroy_other_windows (fixture.window);
        }
      close_fixture (&fixture);
    }
}

static void
count (guint *n)
{
  (*n)++;
}

static void
add (int *sum, int places)
{
  *sum += places;
}

/* What the board has to do is asked of it. */
static void
test_requests (void)
{
  Fixture fixture;
  GActionGroup *actions;
  guint n_enlarge = 0, n_hide = 0, n_notify = 0;
  int moved = 0;

  open_fixture (&fixture, GSC_FIGURE_SHOTS);
  actions = gsc_panel_get_action_group (fixture.panel);
  g_signal_connect_swapped (fixture.panel, "enlarge", G_CALLBACK (count), &n_enlarge);
  g_signal_connect_swapped (fixture.panel, "hide-panel", G_CALLBACK (count), &n_hide);
  g_signal_connect_swapped (fixture.panel, "move", G_CALLBACK (add), &moved);
  g_signal_connect_swapped (fixture.panel, "notify::enlarged", G_CALLBACK (count), &n_notify);
  g_action_group_activate_action (actions, "enlarge", NULL);
  gtk_widget_activate (GTK_WIDGET (gsc_panel_get_plot (fixture.panel)));
  g_assert_cmpuint (n_enlarge, ==, 2);
  g_action_group_activate_action (actions, "hide", NULL);
  g_assert_cmpuint (n_hide, ==, 1);
  g_action_group_activate_action (actions, "move-later", NULL);
  g_assert_cmpint (moved, ==, 1);
  g_action_group_activate_action (actions, "move-earlier", NULL);
  g_assert_cmpint (moved, ==, 0);

  g_assert_cmpuint (n_notify, ==, 0);
  gsc_panel_set_enlarged (fixture.panel, TRUE);
  gsc_panel_set_enlarged (fixture.panel, TRUE);
  g_assert_true (gsc_panel_get_enlarged (fixture.panel));
  g_assert_cmpuint (n_notify, ==, 1);
  close_fixture (&fixture);
}

static void
test_names (void)
{
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      Fixture fixture;

      open_fixture (&fixture, (GscFigure) figure);
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (fixture.panel),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL,
                                           gsc_figure_get_title ((GscFigure) figure));
      g_assert_cmpuint (widget_fixture_assert_named (fixture.window), >=,
                        figure == GSC_FIGURE_SEQUENCE ? 5 : 3);
      close_fixture (&fixture);
    }
}

static void
change (Fixture *fixture, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (detailed, &name, &target, NULL));
  g_action_group_activate_action (gsc_panel_get_action_group (fixture->panel), name, target);
}

/* The choices reach the figure and the session. */
static void
test_choices (void)
{
  Fixture fixture;
  const GscFigureOptions *options;
  GscProjectionSource source;

  open_fixture (&fixture, GSC_FIGURE_LEARNING_CURVES);
  options = gsc_plot_view_get_options (gsc_panel_get_plot (fixture.panel));
  g_assert_true (options->bare);
  change (&fixture, "measure::loss");
  change (&fixture, "log-steps");
  g_assert_cmpint (options->measure, ==, GSC_MEASURE_LOSS);
  g_assert_true (options->logarithmic_steps);
  close_fixture (&fixture);

  open_fixture (&fixture, GSC_FIGURE_ATTENTION);
  options = gsc_plot_view_get_options (gsc_panel_get_plot (fixture.panel));
  g_assert_cmpuint (options->max_tokens, >, 0);
  change (&fixture, "scale::log");
  change (&fixture, "single-head");
  change (&fixture, "all-tokens");
  g_assert_cmpint (options->weight_scale, ==, GSC_SCALE_LOG);
  g_assert_true (options->single_head);
  g_assert_cmpuint (options->max_tokens, ==, 0);
  change (&fixture, "all-tokens");
  g_assert_cmpuint (options->max_tokens, >, 0);
  close_fixture (&fixture);

  open_fixture (&fixture, GSC_FIGURE_PROJECTION);
  options = gsc_plot_view_get_options (gsc_panel_get_plot (fixture.panel));
  change (&fixture, "source::embedding");
  change (&fixture, "slots::yz");
  change (&fixture, "centred");
  change (&fixture, "labels::log");
  source = gsc_session_get_projection (fixture.session.session);
  g_assert_cmpint (source.part, ==, GSC_PROJECTION_EMBEDDING);
  g_assert_cmpint (source.slots, ==, GSC_SLOTS_YZ);
  g_assert_false (source.centred);
  g_assert_cmpint (options->labels, ==, GSC_LABELS_LOG);
  close_fixture (&fixture);
}

/* Choices survive; nonsense changes nothing. */
static void
test_state (void)
{
  static const char *const nonsense[] = {
    "{}",
    "{'measure': <'nothing'>}",
    "{'measure': <5>, 'log-steps': <'yes'>}",
    "{'other': <true>, 'enlarge': <true>}",
  };

  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      Fixture fixture;
      g_autoptr (GVariant) usual = NULL;
      g_autoptr (GVariant) changed = NULL;
      g_autoptr (GVariant) loaded = NULL;
      g_autoptr (GVariant) text = g_variant_ref_sink (g_variant_new_string ("no dictionary"));
      g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_free);
      guint n = 0;

      open_fixture (&fixture, (GscFigure) figure);
      usual = g_variant_ref_sink (gsc_panel_save_state (fixture.panel));
      list_menu (gsc_panel_get_menu (fixture.panel), entries);
      g_signal_connect_swapped (fixture.panel, "changed", G_CALLBACK (count), &n);
      for (guint i = 0; i < entries->len; i++)
        {
          g_autofree char *name = NULL;
          g_autoptr (GVariant) target = NULL;
          g_autoptr (GVariant) before = NULL;

          g_assert_true (
              g_action_parse_detailed_name (g_ptr_array_index (entries, i), &name, &target, NULL));
          before = g_variant_lookup_value (usual, name, NULL);
          if (before != NULL && (target == NULL || !g_variant_equal (before, target)))
            change (&fixture, g_ptr_array_index (entries, i));
        }
      changed = g_variant_ref_sink (gsc_panel_save_state (fixture.panel));
      if (g_variant_n_children (usual) > 0)
        {
          g_assert_false (g_variant_equal (usual, changed));
          g_assert_cmpuint (n, >, 0);
        }
      gsc_panel_load_state (fixture.panel, usual);
      loaded = g_variant_ref_sink (gsc_panel_save_state (fixture.panel));
      g_assert_true (g_variant_equal (usual, loaded));
      gsc_panel_load_state (fixture.panel, text);
      for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
        {
          g_autoptr (GVariant) state
              = g_variant_parse (G_VARIANT_TYPE_VARDICT, nonsense[i], NULL, NULL, NULL);
          g_autoptr (GVariant) after = NULL;

          g_assert_nonnull (state);
          gsc_panel_load_state (fixture.panel, state);
          after = g_variant_ref_sink (gsc_panel_save_state (fixture.panel));
          g_assert_true (g_variant_equal (usual, after));
        }
      close_fixture (&fixture);
    }
}

/* The rows are named by their cells. */
static void
assert_header_named (GtkWindow *dialog)
{
  GtkWidget *content = adw_window_get_content (ADW_WINDOW (dialog));

  g_assert_cmpuint (widget_fixture_assert_named (gtk_widget_get_first_child (content)), >=, 3);
}

static void
assert_explained (GtkWidget *panel, const char *title, const char *term)
{
  GtkWidget *found = widget_fixture_find (panel, GTK_TYPE_LABEL, "label", title);
  g_autofree char *text = gsc_term_explain (term);

  g_assert_nonnull (found);
  g_assert_nonnull (text);
  g_assert_cmpstr (gtk_widget_get_tooltip_text (found), ==, text);
}

/* The headings are words, not names of files, and those with a term explain it; @terms: which. */
static void
assert_headings (GtkWindow *dialog, const GscFigureTable *table, GHashTable *terms)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_autofree char *heading = gsc_table_words_make_heading (table->columns[i]);
      const char *term = gsc_table_words_get_term (table->columns[i]);

      g_assert_null (strchr (heading, '_'));
      g_assert_true (strlen (heading) == 1 || g_ascii_isupper (heading[0]) || heading[1] == '.');
      if (term != NULL)
        g_hash_table_add (terms, (gpointer) term);
      if (dialog == NULL)
        continue;
      g_assert_nonnull (
          widget_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, "label", heading));
      if (term != NULL)
        {
          g_autofree char *text = gsc_term_explain (term);

          g_assert_nonnull (
              widget_fixture_find (GTK_WIDGET (dialog), GTK_TYPE_WIDGET, "tooltip-text", text));
        }
    }
}

/* No term is there for nothing: each is that of a panel, of a row of the recipe, or of a column. */
static void
assert_terms_used (GHashTable *terms)
{
  const char *const *all = gsc_term_get_all ();

  for (guint i = 0; i < GSC_N_FIGURES; i++)
    g_hash_table_add (terms, (gpointer) gsc_term_of_figure ((GscFigure) i));
  for (guint i = 0; all[i] != NULL; i++)
    {
      g_assert_nonnull (gsc_term_get_sentence (all[i]));
      g_assert_true (g_hash_table_contains (terms, all[i])
                     || gsc_recipe_row_find_title (all[i]) != NULL);
    }
}

/* Every figure has a table of its numbers. */
static gboolean
has_insights (gpointer session)
{
  GscFrame *frame = gsc_session_get_frame (session);

  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    if (i != GSC_INSIGHT_SCORES && frame->insights[i] == NULL)
      return FALSE;
  return TRUE;
}

static void
test_tables (void)
{
  g_autoptr (GHashTable) terms = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) no_runs = g_ptr_array_new ();
  const double thresholds[GSC_N_SETS] = { 0.5, 0.5, 0.5, 0.5 };
  g_autoptr (GscFigureTable) runs = gsc_run_table_new (no_runs, GSC_SET_OOD_TEST, thresholds);

  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      Fixture fixture;
      GtkWindow *dialog;
      g_autoptr (GscFigureTable) table = NULL;

      open_fixture (&fixture, (GscFigure) figure);
      gsc_session_set_wanted_insights (fixture.session.session, (1u << GSC_INSIGHT_SCORES) - 1);
      session_fixture_iterate_until (has_insights, fixture.session.session);
      dialog = gsc_panel_show_table (fixture.panel);
      session_fixture_iterate (50);
      table = gsc_figure_tabulate ((GscFigure) figure,
                                   gsc_session_get_frame (fixture.session.session),
                                   gsc_plot_view_get_options (gsc_panel_get_plot (fixture.panel)));
      g_assert_cmpuint (table->n_rows, >, 0);
      g_assert_cmpuint (
          g_list_model_get_n_items (gsc_table_dialog_get_rows (GSC_TABLE_DIALOG (dialog))), ==,
          table->n_rows);
      assert_header_named (dialog);
      assert_headings (dialog, table, terms);
      assert_explained (GTK_WIDGET (fixture.panel), gsc_figure_get_title ((GscFigure) figure),
                        gsc_term_of_figure ((GscFigure) figure));
      g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
      gtk_window_destroy (dialog);
      session_fixture_iterate (10);
      g_assert_null (dialog);
      close_fixture (&fixture);
    }
  assert_headings (NULL, runs, terms);
  assert_terms_used (terms);
}

/* The sequence editor */

static gboolean
has_fault (GscSequenceEditor *editor)
{
  return gsc_sequence_editor_get_fault (editor) != NULL;
}

static void
test_editor (void)
{
  SessionFixture session;
  GscSequenceEditor *editor = GSC_SEQUENCE_EDITOR (gsc_sequence_editor_new ());
  GtkWidget *window = gtk_window_new ();
  g_autofree char *drawn = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *other = NULL;
  guint n_faults = 0;

  session_fixture_open (&session, 2);
  g_signal_connect_swapped (editor, "notify::fault", G_CALLBACK (count), &n_faults);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (editor));
  gtk_window_present (GTK_WINDOW (window));
  g_assert_cmpstr (gsc_sequence_editor_get_text (editor), ==, "");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (editor)));
  gsc_sequence_editor_apply (editor);
  gsc_sequence_editor_set_session (editor, session.session);
  drawn = gsc_session_get_sequence (session.session);
  g_assert_cmpstr (gsc_sequence_editor_get_text (editor), ==, drawn);
  g_assert_cmpuint (widget_fixture_assert_named (window), >=, 2);

  gsc_sequence_editor_type (editor, "1 2 3 | 4 5");
  gsc_sequence_editor_apply (editor);
  g_assert_false (has_fault (editor));
  g_assert_true (gsc_session_has_own_sequence (session.session));
  typed = gsc_session_get_sequence (session.session);
  g_assert_cmpstr (typed, ==, "1 2 3 | 4 5");

  /* what is wrong is said, and what was typed stays */
  gsc_sequence_editor_type (editor, "1 2 99");
  g_assert_false (has_fault (editor));
  gsc_sequence_editor_apply (editor);
  g_assert_true (has_fault (editor));
  g_assert_cmpstr (gsc_sequence_editor_get_text (editor), ==, "1 2 99");
  g_assert_cmpuint (n_faults, ==, 1);
  gsc_session_set_shot (session.session, 1);
  g_assert_cmpstr (gsc_sequence_editor_get_text (editor), ==, "1 2 99");
  gsc_sequence_editor_type (editor, "x");
  g_assert_false (has_fault (editor));
  gsc_sequence_editor_apply (editor);
  g_assert_true (has_fault (editor));

  /* a new context takes its place */
  gsc_session_new_context (session.session);
  gsc_sequence_editor_set_session (editor, NULL);
  g_assert_false (has_fault (editor));
  gsc_sequence_editor_set_session (editor, session.session);
  other = gsc_session_get_sequence (session.session);
  g_assert_cmpstr (other, !=, drawn);
  g_assert_cmpstr (gsc_sequence_editor_get_text (editor), ==, other);

  g_object_add_weak_pointer (G_OBJECT (editor), (gpointer *) &editor);
  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_null (editor);
  session_fixture_close (&session);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/panel/menus", test_menus);
  g_test_add_func ("/panel/requests", test_requests);
  g_test_add_func ("/panel/names", test_names);
  g_test_add_func ("/panel/choices", test_choices);
  g_test_add_func ("/panel/state", test_state);
  g_test_add_func ("/panel/tables", test_tables);
  g_test_add_func ("/panel/editor", test_editor);
  return g_test_run ();
}
