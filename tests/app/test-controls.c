/* test-controls.c - the form for the recipe, the presets and the button that trains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>

#include "gsc-controls.h"
#include "gsc-estimate.h"
#include "gsc-experiments.h"
#include "gsc-recipe-row.h"
#include "gsc-term.h"
#include "gsc-train-bar.h"
#include "widget-fixture.h"

typedef struct
{
  GscRecipe *recipe;
  GtkWidget *window;
  GtkWidget *experiments;
  GtkWidget *controls;
  GtkWidget *bar;
  guint n_trained;
} Form;

static void
on_train_new (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Form *form = data;

  form->n_trained++;
}

static void
form_open (Form *form)
{
  static const GActionEntry entries[] = { { .name = "train-new", .activate = on_train_new } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  /* So that nothing is measured. */
  gsc_estimate_set_measured (&gsc_preset_get_default ()->config, 50);
  gsc_estimate_set_busy (TRUE);
  *form = (Form){ .recipe = gsc_recipe_new (), .window = gtk_window_new () };
  form->experiments = gsc_experiments_new (form->recipe);
  form->controls = gsc_controls_new (form->recipe);
  form->bar = gsc_train_bar_new (form->recipe);
  gtk_box_append (GTK_BOX (box), form->experiments);
  gtk_box_append (GTK_BOX (box), form->controls);
  gtk_box_append (GTK_BOX (box), form->bar);
  gtk_window_set_child (GTK_WINDOW (form->window), box);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), form);
  gtk_widget_insert_action_group (form->window, "win", G_ACTION_GROUP (actions));
  gsc_controls_set_expanded (GSC_CONTROLS (form->controls), TRUE);
  widget_fixture_present (GTK_WINDOW (form->window));
}

/* Every widget, and the recipe, must be gone. */
static void
form_close (Form *form)
{
  gpointer widgets[]
      = { form->experiments, form->controls, form->bar,
          gtk_widget_get_ancestor (gsc_controls_get_field (GSC_CONTROLS (form->controls), "lr"),
                                   GSC_TYPE_RECIPE_ROW) };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    g_object_add_weak_pointer (widgets[i], &widgets[i]);
  gtk_window_destroy (GTK_WINDOW (form->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    g_assert_null (widgets[i]);
  g_assert_finalize_object (form->recipe);
}

static GtkWidget *
get_field (Form *form, const char *key)
{
  return gsc_controls_get_field (GSC_CONTROLS (form->controls), key);
}

static GtkWidget *
get_row (Form *form, const char *key)
{
  return gtk_widget_get_ancestor (get_field (form, key), GSC_TYPE_RECIPE_ROW);
}

static void
type (Form *form, const char *key, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_field (form, key)), text);
}

static void
assert_shows (Form *form, const char *key, const char *expected)
{
  g_autofree char *text = gsc_recipe_get_text (form->recipe, key);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_field (form, key))), ==, expected);
  g_assert_cmpstr (text, ==, expected);
}

/* The sentence is beside the field, which is marked for the eye and for the screen reader. */
static void
assert_fault (Form *form, const char *key, gboolean expected)
{
  GtkWidget *field = get_field (form, key);
  const char *fault = gsc_recipe_get_fault (form->recipe, key);
  GtkWidget *button
      = widget_fixture_find (form->bar, GTK_TYPE_BUTTON, "action-name", "win.train-new");

  g_assert_true ((fault != NULL) == expected);
  g_assert_true (gtk_widget_has_css_class (field, "error") == expected);
  g_assert_true (
      gtk_test_accessible_has_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID)
      == expected);
  g_assert_true (gtk_test_accessible_has_relation (GTK_ACCESSIBLE (field),
                                                   GTK_ACCESSIBLE_RELATION_DESCRIBED_BY)
                 == expected);
  g_assert_cmpint (gtk_widget_is_sensitive (button), ==, gsc_recipe_is_valid (form->recipe));
  if (expected)
    {
      GtkWidget *label = widget_fixture_find (get_row (form, key), GTK_TYPE_LABEL, "label", fault);

      g_assert_nonnull (label);
      g_assert_true (gtk_widget_get_visible (label));
      g_assert_true (gtk_widget_get_visible (get_row (form, key)));
      g_assert_cmpstr (gtk_widget_get_tooltip_text (gtk_widget_get_parent (button)), ==, fault);
    }
}

static void
test_bad_values (void)
{
  static const char *const texts[] = { "", "abc", "-7", "1e400", "99999999999999999999", " 4" };
  const char *const *keys = gsc_config_get_keys ();
  Form form;

  form_open (&form);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      GtkWidget *field = get_field (&form, keys[i]);
      g_autofree char *good = gsc_recipe_get_text (form.recipe, keys[i]);

      assert_fault (&form, keys[i], FALSE);
      for (guint j = 0; j < G_N_ELEMENTS (texts); j++)
        {
          if (GTK_IS_EDITABLE (field))
            type (&form, keys[i], texts[j]);
          else
            gsc_recipe_set_text (form.recipe, keys[i], texts[j]);
          assert_fault (&form, keys[i], TRUE);
          if (!GTK_IS_EDITABLE (field))
            continue;
          assert_shows (&form, keys[i], texts[j]);
          /* What Enter and leaving the field do. */
          if (GTK_IS_SPIN_BUTTON (field))
            gtk_spin_button_update (GTK_SPIN_BUTTON (field));
          assert_shows (&form, keys[i], texts[j]);
        }
      gsc_recipe_set_text (form.recipe, keys[i], good);
      assert_fault (&form, keys[i], FALSE);
    }
  g_assert_false (gsc_recipe_is_modified (form.recipe));
  form_close (&form);
}

static void
spin (Form *form, const char *key, GtkScrollType how)
{
  g_signal_emit_by_name (get_field (form, key), "change-value", how);
}

/* What the arrow keys and buttons do. */
static void
test_spinning (void)
{
  Form form;

  form_open (&form);
  spin (&form, "depth", GTK_SCROLL_STEP_UP);
  assert_shows (&form, "depth", "3");
  g_assert_cmpint (gsc_recipe_get_config (form.recipe)->depth, ==, 3);
  /* From one of the rectangle rule's numbers to the next, from wherever. */
  spin (&form, "tasks", GTK_SCROLL_STEP_UP);
  assert_shows (&form, "tasks", "100");
  type (&form, "tasks", "97");
  assert_fault (&form, "tasks", TRUE);
  spin (&form, "tasks", GTK_SCROLL_STEP_UP);
  assert_shows (&form, "tasks", "100");
  assert_fault (&form, "tasks", FALSE);
  type (&form, "tasks", "99");
  spin (&form, "tasks", GTK_SCROLL_STEP_DOWN);
  assert_shows (&form, "tasks", "96");
  spin (&form, "tasks", GTK_SCROLL_PAGE_UP);
  assert_fault (&form, "tasks", FALSE);
  gsc_recipe_set_text (form.recipe, "task_rule", "random");
  type (&form, "tasks", "96");
  spin (&form, "tasks", GTK_SCROLL_STEP_UP);
  assert_shows (&form, "tasks", "97");
  gsc_recipe_set_preset (form.recipe, "quick");

  /* From prime to prime. */
  spin (&form, "p", GTK_SCROLL_STEP_UP);
  assert_shows (&form, "p", "13");
  spin (&form, "p", GTK_SCROLL_STEP_UP);
  assert_shows (&form, "p", "17");
  for (guint i = 0; i < 10; i++)
    spin (&form, "p", GTK_SCROLL_STEP_DOWN);
  assert_shows (&form, "p", "3");
  gsc_recipe_set_preset (form.recipe, "quick");

  /* Widths that the heads can share. */
  type (&form, "heads", "3");
  assert_fault (&form, "width", TRUE);
  spin (&form, "width", GTK_SCROLL_STEP_UP);
  assert_shows (&form, "width", "66");
  assert_fault (&form, "width", FALSE);

  /* From a text that is no number: on from the last one. */
  type (&form, "seed", "lucky");
  assert_fault (&form, "seed", TRUE);
  spin (&form, "seed", GTK_SCROLL_STEP_UP);
  assert_shows (&form, "seed", "4");
  assert_fault (&form, "seed", FALSE);
  form_close (&form);
}

static void
test_scrolling (void)
{
  const char *const *keys = gsc_config_get_keys ();
  guint n_spins = 0, n_wheels = 0;
  Form form;

  form_open (&form);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      GtkWidget *field = get_field (&form, keys[i]);
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (field);

      if (!GTK_IS_SPIN_BUTTON (field))
        continue;
      n_spins++;
      for (guint j = 0; j < g_list_model_get_n_items (controllers); j++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, j);

          if (!GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
            continue;
          n_wheels++;
          g_assert_cmpint (gtk_event_controller_get_propagation_phase (controller), ==,
                           GTK_PHASE_NONE);
        }
    }
  g_assert_cmpuint (n_spins, >, 8);
  g_assert_cmpuint (n_wheels, >=, n_spins);
  form_close (&form);
}

static void
test_choices (void)
{
  Form form;

  form_open (&form);
  /* Muon's keys are there with Muon only, or while one has a fault. */
  g_assert_true (gtk_widget_get_visible (get_row (&form, "muon_lr")));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_field (&form, "optimizer")), 0);
  g_assert_cmpint (gsc_recipe_get_config (form.recipe)->optimizer, ==, GSC_OPTIMIZER_ADAMW);
  g_assert_false (gtk_widget_get_visible (get_row (&form, "muon_lr")));
  g_assert_true (gtk_widget_get_visible (get_row (&form, "lr")));
  gsc_recipe_set_text (form.recipe, "muon_lr", "fast");
  assert_fault (&form, "muon_lr", TRUE);
  gsc_recipe_undo (form.recipe);
  g_assert_false (gtk_widget_get_visible (get_row (&form, "muon_lr")));
  gsc_recipe_undo (form.recipe);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (get_field (&form, "optimizer"))), ==,
                    1);

  gtk_switch_set_active (GTK_SWITCH (get_field (&form, "tied")), FALSE);
  g_assert_false (gsc_recipe_get_config (form.recipe)->tied);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_field (&form, "task_rule")), 1);
  g_assert_cmpint (gsc_recipe_get_config (form.recipe)->task_rule, ==, GSC_TASK_RULE_RANDOM);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_field (&form, "activation")), 1);
  g_assert_cmpint (gsc_recipe_get_config (form.recipe)->activation, ==, GSC_ACTIVATION_GELU);
  form_close (&form);
}

static void
test_early_stopping (void)
{
  static const char *const keys[] = { "stop_patience", "stop_step", "stop_accuracy" };
  static const char *const bad[] = { "0", "-1", "2" };
  Form form;

  form_open (&form);
  for (guint mode = 0; mode < 4; mode++)
    {
      gtk_drop_down_set_selected (GTK_DROP_DOWN (get_field (&form, "stop")), mode);
      g_assert_cmpint (gsc_recipe_get_stop_rule (form.recipe).mode, ==, mode);
      for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
        g_assert_true (gtk_widget_get_visible (get_row (&form, keys[i])) == (i + 1 == mode));
      g_assert_true (gtk_widget_get_visible (get_row (&form, "stop_only_marks")) == (mode != 0));
      if (mode == 0)
        continue;
      type (&form, keys[mode - 1], bad[mode - 1]);
      assert_fault (&form, keys[mode - 1], TRUE);
      gsc_recipe_undo (form.recipe);
      assert_fault (&form, keys[mode - 1], FALSE);
      gtk_switch_set_active (GTK_SWITCH (get_field (&form, "stop_only_marks")), mode % 2 == 1);
      g_assert_cmpint (gsc_recipe_get_stop_rule (form.recipe).only_marks, ==, mode % 2 == 1);
    }
  form_close (&form);
}

static void
test_more (void)
{
  Form form;

  form_open (&form);
  gsc_controls_set_expanded (GSC_CONTROLS (form.controls), FALSE);
  gsc_recipe_set_text (form.recipe, "tasks", "1000");
  gsc_recipe_set_text (form.recipe, "batch", "100");
  g_assert_false (gsc_controls_get_expanded (GSC_CONTROLS (form.controls)));
  gsc_recipe_set_text (form.recipe, "batch", "none");
  g_assert_true (gsc_controls_get_expanded (GSC_CONTROLS (form.controls)));
  /* Whoever closes it then, may. */
  gsc_controls_set_expanded (GSC_CONTROLS (form.controls), FALSE);
  gsc_recipe_set_text (form.recipe, "batch", "one");
  g_assert_false (gsc_controls_get_expanded (GSC_CONTROLS (form.controls)));
  form_close (&form);
}

/* Visible badges that say that the preset has been left. */
static guint
count_badges (GtkWidget *root)
{
  guint n = GTK_IS_LABEL (root) && gtk_widget_has_css_class (root, "badge")
            && gtk_widget_get_mapped (root);

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_badges (child);
  return n;
}

static void
test_presets (void)
{
  const char *const *names = gsc_preset_get_names ();
  GscConfig config = gsc_preset_get_default ()->config;
  GtkWidget *reset;
  Form form;

  form_open (&form);
  reset = widget_fixture_find (form.controls, GTK_TYPE_BUTTON, "icon-name", "edit-undo-symbolic");
  for (guint i = 0; names[i] != NULL; i++)
    {
      GtkListBoxRow *row = gsc_experiments_get_row (GSC_EXPERIMENTS (form.experiments), names[i]);
      const GscPreset *preset = gsc_preset_find (names[i], NULL);

      /* As Enter and a click do. */
      g_assert_true (gtk_widget_activate (GTK_WIDGET (row)));
      g_assert_cmpstr (gsc_recipe_get_preset (form.recipe), ==, names[i]);
      g_assert_nonnull (
          widget_fixture_find (form.controls, GTK_TYPE_LABEL, "label", preset->title));
      g_assert_null (gtk_test_accessible_check_state (
          GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_CHECKED, GTK_ACCESSIBLE_TRISTATE_TRUE));
      g_assert_nonnull (
          widget_fixture_find (GTK_WIDGET (row), GTK_TYPE_LABEL, "label", preset->look));
      g_assert_cmpuint (count_badges (form.window), ==, 0);
      g_assert_false (gtk_widget_is_sensitive (reset));

      type (&form, "seed", "123");
      g_assert_cmpuint (count_badges (form.controls), ==, 1);
      g_assert_cmpuint (count_badges (form.experiments), ==, 1);
      g_assert_true (gtk_widget_is_sensitive (reset));
      g_signal_emit_by_name (reset, "clicked");
      g_assert_false (gsc_recipe_is_modified (form.recipe));
      g_assert_cmpint (gsc_recipe_get_config (form.recipe)->seed, ==, preset->config.seed);
    }
  g_assert_null (gsc_experiments_get_row (GSC_EXPERIMENTS (form.experiments), "none"));
  config.seed = 99;
  gsc_recipe_set_config (form.recipe, &config, NULL);
  g_assert_nonnull (widget_fixture_find (form.controls, GTK_TYPE_LABEL, "label", "Own recipe"));
  g_assert_false (gtk_widget_is_sensitive (reset));
  form_close (&form);
}

static void
test_training (void)
{
  GtkWidget *button;
  const char *estimate;
  Form form;

  form_open (&form);
  button = widget_fixture_find (form.bar, GTK_TYPE_BUTTON, "action-name", "win.train-new");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (form.n_trained, ==, 1);
  while (*gsc_recipe_get_estimate (form.recipe) == '\0')
    g_main_context_iteration (NULL, TRUE);
  estimate = gsc_recipe_get_estimate (form.recipe);
  g_assert_true (g_str_has_prefix (estimate, "about 5 minutes"));
  g_assert_nonnull (widget_fixture_find (form.bar, GTK_TYPE_LABEL, "label", estimate));
  g_assert_nonnull (
      widget_fixture_find (form.experiments, GTK_TYPE_LABEL, "label", "about 5 minutes here"));

  gsc_recipe_set_text (form.recipe, "p", "4");
  g_assert_false (gtk_widget_is_sensitive (button));
  gsc_recipe_undo (form.recipe);
  g_assert_true (gtk_widget_is_sensitive (button));
  form_close (&form);
}

static void
test_names (void)
{
  Form form;

  form_open (&form);
  /* At least one a key, one a preset, and the buttons. */
  g_assert_cmpuint (widget_fixture_assert_named (form.window), >=,
                    g_strv_length ((char **) gsc_config_get_keys ())
                        + g_strv_length ((char **) gsc_preset_get_names ()) + 2);
  form_close (&form);
}

/* Every row says what it is. */
static void
test_terms (void)
{
  static const char *const stop_keys[]
      = { "stop", "stop_patience", "stop_step", "stop_accuracy", "stop_only_marks" };
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  Form form;

  for (guint i = 0; gsc_config_get_keys ()[i] != NULL; i++)
    g_ptr_array_add (keys, (gpointer) gsc_config_get_keys ()[i]);
  for (guint i = 0; i < G_N_ELEMENTS (stop_keys); i++)
    g_ptr_array_add (keys, (gpointer) stop_keys[i]);
  form_open (&form);
  for (guint i = 0; i < keys->len; i++)
    {
      const char *key = g_ptr_array_index (keys, i);
      GtkWidget *field = gsc_controls_get_field (GSC_CONTROLS (form.controls), key);
      GtkWidget *row = gtk_widget_get_ancestor (field, GSC_TYPE_RECIPE_ROW);
      g_autofree char *text = gsc_term_explain (key);

      g_assert_nonnull (gsc_term_get_sentence (key));
      g_assert_true (g_str_has_prefix (text, gsc_term_get_sentence (key)));
      g_assert_cmpstr (gtk_widget_get_tooltip_text (row), ==, text);
      if (g_str_equal (key, "stop"))
        g_assert_true (g_str_has_suffix (text, "\nPaper: section 4"));
    }
  form_close (&form);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/controls/bad-values", test_bad_values);
  g_test_add_func ("/controls/spinning", test_spinning);
  g_test_add_func ("/controls/scrolling", test_scrolling);
  g_test_add_func ("/controls/choices", test_choices);
  g_test_add_func ("/controls/early-stopping", test_early_stopping);
  g_test_add_func ("/controls/more", test_more);
  g_test_add_func ("/controls/presets", test_presets);
  g_test_add_func ("/controls/training", test_training);
  g_test_add_func ("/controls/names", test_names);
  g_test_add_func ("/controls/terms", test_terms);
  return g_test_run ();
}
