/* test-recipe.c - the recipe as it is typed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <gio/gio.h>

#include "gsc-benchmark.h"
#include "gsc-estimate.h"
#include "gsc-recipe.h"

/* Far from any real machine's speed, so that nothing is measured in tests that do not want it. */
#define SLOW 1e-3

static void
count (guint *n)
{
  (*n)++;
}

static gboolean
on_late (gpointer data)
{
  g_error ("It takes too long");
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until there is an estimate. */
static void
wait_for_estimate (GscRecipe *recipe)
{
  guint late = g_timeout_add_seconds (60, on_late, NULL);

  while (*gsc_recipe_get_estimate (recipe) == '\0')
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (late);
}

static GscRecipe *
recipe_new (void)
{
  gsc_estimate_set_measured (&gsc_preset_get_default ()->config, SLOW);
  return gsc_recipe_new ();
}

static void
assert_text (GscRecipe *recipe, const char *key, const char *expected)
{
  g_autofree char *text = gsc_recipe_get_text (recipe, key);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
get_boolean (gpointer object, const char *property)
{
  gboolean value;

  g_object_get (object, property, &value, NULL);
  return value;
}

static void
free_recipe (GscRecipe *recipe)
{
  g_assert_finalize_object (recipe);
}

/* Every key: a bad text is kept and told, a good one clears it. */

/* A text of the key that differs from @text and is fine with the quick recipe. */
static const struct
{
  const char *key, *bad, *good;
} samples[] = {
  { "p", "12", "13" },
  { "width", "62", "72" },
  { "heads", "0", "2" },
  { "depth", "9", "3" },
  { "shots", "-1", "8" },
  { "batch", "1.5", "64" },
  { "tasks", "95", "92" },
  { "task_rule", "circle", "random" },
  { "alpha", "1", "0.5" },
  { "activation", "tanh", "gelu" },
  { "tied", "perhaps", "false" },
  { "optimizer", "sgd", "adamw" },
  { "lr", "0", "2e-3" },
  { "weight_decay", "-0.1", "0.2" },
  { "beta1", "1", "0.8" },
  { "beta2", "two", "0.99" },
  { "epsilon", "1e", "1e-7" },
  { "muon_lr", "nan", "0.01" },
  { "muon_weight_decay", "1e9", "0.1" },
  { "muon_momentum", "1", "0.9" },
  { "warmup_steps", "-5", "100" },
  { "lr_start", "2", "0.5" },
  { "lr_floor", "-1", "0.1" },
  { "steps", "0", "2000" },
  { "record_every", "many", "100" },
  { "eval_sequences", "1e3", "256" },
  { "seed", "-1", "4" },
};

static void
test_keys (void)
{
  const char *const *keys = gsc_config_get_keys ();

  g_assert_cmpuint (g_strv_length ((char **) keys), ==, G_N_ELEMENTS (samples));
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      GscRecipe *recipe = recipe_new ();
      g_autofree char *before = gsc_recipe_get_text (recipe, samples[i].key);
      const char *texts[] = { samples[i].bad, "", " 1", "?", NULL };

      g_assert_null (gsc_recipe_get_fault (recipe, samples[i].key));
      for (guint j = 0; texts[j] != NULL; j++)
        {
          const char *fault;

          gsc_recipe_set_text (recipe, samples[i].key, texts[j]);
          fault = gsc_recipe_get_fault (recipe, samples[i].key);
          assert_text (recipe, samples[i].key, texts[j]);
          g_assert_nonnull (fault);
          /* A sentence about this key. */
          g_assert_nonnull (strstr (fault, samples[i].key));
          g_assert_true (g_str_has_suffix (fault, "."));
          g_assert_false (gsc_recipe_is_valid (recipe));
          g_assert_true (gsc_recipe_is_modified (recipe));
        }
      gsc_recipe_set_text (recipe, samples[i].key, samples[i].good);
      assert_text (recipe, samples[i].key, samples[i].good);
      g_assert_null (gsc_recipe_get_fault (recipe, samples[i].key));
      g_assert_true (gsc_recipe_is_valid (recipe));
      g_assert_true (gsc_config_validate (gsc_recipe_get_config (recipe), NULL));
      g_assert_true (gsc_recipe_is_modified (recipe));

      gsc_recipe_set_text (recipe, samples[i].key, before);
      g_assert_false (gsc_recipe_is_modified (recipe));
      free_recipe (recipe);
    }
}

static void
test_relations (void)
{
  GscRecipe *recipe = recipe_new ();

  /* Multiples of 4 are asked for by the rectangle rule only. */
  gsc_recipe_set_text (recipe, "tasks", "90");
  g_assert_nonnull (strstr (gsc_recipe_get_fault (recipe, "tasks"), "88 and 92"));
  gsc_recipe_set_text (recipe, "task_rule", "random");
  g_assert_true (gsc_recipe_is_valid (recipe));
  gsc_recipe_set_text (recipe, "task_rule", "rectangle");
  gsc_recipe_set_text (recipe, "tasks", "120");
  g_assert_true (gsc_recipe_is_valid (recipe));
  gsc_recipe_set_text (recipe, "tasks", "124");
  g_assert_nonnull (strstr (gsc_recipe_get_fault (recipe, "tasks"), "120"));
  gsc_recipe_set_text (recipe, "p", "13");
  g_assert_true (gsc_recipe_is_valid (recipe));
  /* A prime that is too small for the tasks faults the tasks, not p. */
  gsc_recipe_set_text (recipe, "p", "7");
  g_assert_null (gsc_recipe_get_fault (recipe, "p"));
  g_assert_nonnull (gsc_recipe_get_fault (recipe, "tasks"));
  gsc_recipe_set_text (recipe, "p", "15");
  g_assert_nonnull (strstr (gsc_recipe_get_fault (recipe, "p"), "13 and 17"));
  gsc_recipe_set_preset (recipe, "quick");

  gsc_recipe_set_text (recipe, "heads", "6");
  g_assert_nonnull (strstr (gsc_recipe_get_fault (recipe, "width"), "60 and 72"));
  gsc_recipe_set_text (recipe, "width", "72");
  g_assert_true (gsc_recipe_is_valid (recipe));
  /* A text that is no number leaves the value before: the other keys are judged by that. */
  gsc_recipe_set_text (recipe, "heads", "few");
  g_assert_null (gsc_recipe_get_fault (recipe, "width"));
  g_assert_cmpint (gsc_recipe_get_config (recipe)->heads, ==, 6);
  free_recipe (recipe);
}

static void
test_stop (void)
{
  static const struct
  {
    const char *mode, *key, *bad, *good;
  } modes[] = {
    { "patience", "stop_patience", "0", "7" },
    { "step", "stop_step", "half", "9000" },
    { "accuracy", "stop_accuracy", "1.5", "0.75" },
  };
  GscRecipe *recipe = recipe_new ();
  GscStopRule rule;

  assert_text (recipe, "stop", "off");
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      gsc_recipe_set_text (recipe, "stop", modes[i].mode);
      g_assert_true (gsc_recipe_is_valid (recipe));
      g_assert_true (gsc_recipe_is_modified (recipe));
      gsc_recipe_set_text (recipe, modes[i].key, modes[i].bad);
      g_assert_nonnull (gsc_recipe_get_fault (recipe, modes[i].key));
      assert_text (recipe, modes[i].key, modes[i].bad);
      /* What early stopping does not use is no fault, and is not lost. */
      gsc_recipe_set_text (recipe, "stop", "off");
      g_assert_true (gsc_recipe_is_valid (recipe));
      g_assert_false (gsc_recipe_is_modified (recipe));
      gsc_recipe_set_text (recipe, "stop", modes[i].mode);
      g_assert_false (gsc_recipe_is_valid (recipe));
      gsc_recipe_set_text (recipe, modes[i].key, modes[i].good);
      g_assert_true (gsc_recipe_is_valid (recipe));
    }
  rule = gsc_recipe_get_stop_rule (recipe);
  g_assert_cmpint (rule.mode, ==, GSC_STOP_AT_ACCURACY);
  g_assert_cmpint (rule.patience, ==, 7);
  g_assert_cmpint (rule.step, ==, 9000);
  g_assert_cmpfloat (rule.accuracy, ==, 0.75);

  gsc_recipe_set_text (recipe, "stop", "never");
  g_assert_nonnull (gsc_recipe_get_fault (recipe, "stop"));
  gsc_recipe_set_text (recipe, "stop", "step");
  gsc_recipe_set_text (recipe, "steps", "8000");
  g_assert_nonnull (strstr (gsc_recipe_get_fault (recipe, "stop_step"), "8000"));
  g_assert_null (gsc_recipe_get_fault (recipe, "steps"));
  rule.mode = GSC_STOP_AT_STEP;
  rule.step = 8000;
  gsc_recipe_set_stop_rule (recipe, &rule);
  g_assert_true (gsc_recipe_is_valid (recipe));
  assert_text (recipe, "stop_step", "8000");
  rule.step = 0;
  gsc_recipe_set_stop_rule (recipe, &rule);
  g_assert_nonnull (gsc_recipe_get_fault (recipe, "stop_step"));
  gsc_recipe_set_preset (recipe, "quick");
  assert_text (recipe, "stop", "off");
  free_recipe (recipe);
}

static void
test_presets (void)
{
  const char *const *names = gsc_preset_get_names ();
  GscRecipe *recipe = recipe_new ();
  guint n_changed = 0, n_modified = 0, n_preset = 0;
  GscConfig config;

  g_signal_connect_swapped (recipe, "changed", G_CALLBACK (count), &n_changed);
  g_signal_connect_swapped (recipe, "notify::modified", G_CALLBACK (count), &n_modified);
  g_signal_connect_swapped (recipe, "notify::preset", G_CALLBACK (count), &n_preset);
  g_assert_cmpstr (gsc_recipe_get_preset (recipe), ==, "quick");
  for (guint i = 0; names[i] != NULL; i++)
    {
      gsc_recipe_set_preset (recipe, names[i]);
      g_assert_cmpstr (gsc_recipe_get_preset (recipe), ==, names[i]);
      g_assert_true (gsc_config_equal (gsc_recipe_get_config (recipe),
                                       &gsc_preset_find (names[i], NULL)->config));
      g_assert_false (gsc_recipe_is_modified (recipe));
      g_assert_true (gsc_recipe_is_valid (recipe));
    }
  /* The first one it was already. */
  g_assert_cmpuint (n_changed, ==, g_strv_length ((char **) names) - 1);
  g_assert_cmpuint (n_preset, ==, n_changed);
  g_assert_cmpuint (n_modified, ==, 0);

  gsc_recipe_set_preset (recipe, "quick");
  gsc_recipe_set_text (recipe, "seed", "77");
  g_assert_cmpuint (n_modified, ==, 1);
  g_assert_cmpstr (gsc_recipe_get_preset (recipe), ==, "quick");
  gsc_recipe_set_preset (recipe, "quick");
  g_assert_cmpuint (n_modified, ==, 2);
  assert_text (recipe, "seed", "3");

  /* The recipe of a run: of a preset, or of none, or of one that is not known. */
  config = *gsc_recipe_get_config (recipe);
  config.seed = 5;
  gsc_recipe_set_config (recipe, &config, "quick");
  g_assert_true (gsc_recipe_is_modified (recipe));
  gsc_recipe_set_config (recipe, &config, NULL);
  g_assert_null (gsc_recipe_get_preset (recipe));
  g_assert_false (gsc_recipe_is_modified (recipe));
  gsc_recipe_set_config (recipe, &config, "of a later version");
  g_assert_null (gsc_recipe_get_preset (recipe));
  assert_text (recipe, "seed", "5");
  /* One from the terminal may be a preset without saying so. */
  gsc_recipe_set_config (recipe, &gsc_preset_find ("deep", NULL)->config, NULL);
  g_assert_cmpstr (gsc_recipe_get_preset (recipe), ==, "deep");
  g_assert_false (gsc_recipe_is_modified (recipe));
  free_recipe (recipe);
}

static void
test_undo (void)
{
  GscRecipe *recipe = recipe_new ();
  GscConfig config;
  GscStopRule rule = gsc_stop_rule_default ();

  g_assert_false (get_boolean (recipe, "can-undo"));
  gsc_recipe_undo (recipe);
  gsc_recipe_redo (recipe);

  /* Typing 1, 10, 100 is one step; another key begins the next. */
  gsc_recipe_set_text (recipe, "batch", "1");
  gsc_recipe_set_text (recipe, "batch", "10");
  gsc_recipe_set_text (recipe, "batch", "100");
  gsc_recipe_set_text (recipe, "lr", "abc");
  gsc_recipe_set_text (recipe, "batch", "200");
  gsc_recipe_undo (recipe);
  assert_text (recipe, "batch", "100");
  assert_text (recipe, "lr", "abc");
  g_assert_nonnull (gsc_recipe_get_fault (recipe, "lr"));
  gsc_recipe_undo (recipe);
  assert_text (recipe, "lr", "0.001");
  g_assert_true (gsc_recipe_is_valid (recipe));
  gsc_recipe_undo (recipe);
  assert_text (recipe, "batch", "96");
  g_assert_false (get_boolean (recipe, "can-undo"));
  g_assert_false (gsc_recipe_is_modified (recipe));

  gsc_recipe_redo (recipe);
  gsc_recipe_redo (recipe);
  assert_text (recipe, "batch", "100");
  assert_text (recipe, "lr", "abc");
  g_assert_true (get_boolean (recipe, "can-redo"));
  /* An edit after undo is a step of its own and ends redo. */
  gsc_recipe_set_text (recipe, "lr", "0.01");
  g_assert_false (get_boolean (recipe, "can-redo"));
  gsc_recipe_undo (recipe);
  assert_text (recipe, "lr", "abc");
  gsc_recipe_redo (recipe);

  /* A preset with all its values, and a run's config with its stop rule, are one step each. */
  gsc_recipe_set_preset (recipe, "deep");
  gsc_recipe_undo (recipe);
  g_assert_cmpstr (gsc_recipe_get_preset (recipe), ==, "quick");
  assert_text (recipe, "lr", "0.01");
  config = *gsc_recipe_get_config (recipe);
  config.depth = 5;
  rule.mode = GSC_STOP_PATIENCE;
  gsc_recipe_set_config (recipe, &config, NULL);
  gsc_recipe_set_stop_rule (recipe, &rule);
  gsc_recipe_undo (recipe);
  assert_text (recipe, "depth", "2");
  assert_text (recipe, "stop", "off");
  g_assert_cmpstr (gsc_recipe_get_preset (recipe), ==, "quick");

  /* Setting what it is already is no step. */
  g_assert_true (get_boolean (recipe, "can-redo"));
  gsc_recipe_set_text (recipe, "depth", "2");
  gsc_recipe_set_config (recipe, gsc_recipe_get_config (recipe), "quick");
  g_assert_true (get_boolean (recipe, "can-redo"));
  free_recipe (recipe);
}

/* Estimates */

static void
test_words (void)
{
  static const struct
  {
    double seconds;
    const char *text;
  } times[] = {
    { 0, "a few seconds" },           { 11, "about 15 seconds" },    { 50, "about 50 seconds" },
    { 57, "about 1 minute" },         { 170, "about 3 minutes" },    { 570, "about 10 minutes" },
    { 1740, "about 30 minutes" },     { 3500, "about 1 hour" },      { 4e4, "about 11 hours" },
    { 86400 * 3, "about 3 days" },    { 86400e2, "about 3 months" }, { 1e9, "about 32 years" },
    { 1e12, "more than a lifetime" },
  };
  GscEstimate estimate = { .seconds = 170, .memory = 45.4e6, .disk = 1.24e9 };
  g_autofree char *text = gsc_estimate_to_text (&estimate);
  g_autofree char *unknown = NULL;
  g_autofree char *bounded = NULL;
  g_autofree char *large = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *time = gsc_estimate_seconds_to_text (times[i].seconds);

      g_assert_cmpstr (time, ==, times[i].text);
    }
  g_assert_cmpstr (text, ==, "about 3 minutes · 45 MB of memory · 1.2 GB on disk");
  estimate.at_most = TRUE;
  bounded = gsc_estimate_to_text (&estimate);
  g_assert_true (g_str_has_prefix (bounded, "at most about 3 minutes · "));
  estimate.seconds = -1;
  unknown = gsc_estimate_to_text (&estimate);
  g_assert_true (g_str_has_prefix (unknown, "time not known yet · "));
  estimate.memory = 123e9;
  estimate.available = 8.1e9;
  large = gsc_estimate_to_text (&estimate);
  g_assert_nonnull (strstr (large, "120 GB"));
  g_assert_nonnull (strstr (large, "8.1 GB"));
}

static void
test_figures (void)
{
  const GscPreset *quick = gsc_preset_get_default ();
  const GscPreset *paper = gsc_preset_find ("paper-d6", NULL);
  GscConfig config = quick->config;
  GscStopRule rule = gsc_stop_rule_default ();
  GscEstimate first, second;

  /* A training with 100 steps a second does its steps in steps / 100 seconds. */
  gsc_estimate_set_measured (&config, 100);
  gsc_estimate_compute (&config, NULL, &first);
  g_assert_cmpfloat_with_epsilon (first.seconds, config.steps / 100.0, 0.01 * config.steps / 100);
  /* Weights in single precision: a little over 100,000; snapshots of all 76 records. */
  g_assert_cmpfloat (first.disk, >, 76 * 4e5);
  g_assert_cmpfloat (first.disk, <, 76 * 4.4e5);
  g_assert_cmpfloat (first.memory, >, 3 * 4e5);
  g_assert_cmpfloat (first.memory, <, 1e9);

  /* Twice the steps take twice the time, and a step at which it is stopped is the last. */
  config.steps *= 2;
  gsc_estimate_compute (&config, &rule, &second);
  g_assert_cmpfloat_with_epsilon (second.seconds, 2 * first.seconds, 0.01 * first.seconds);
  g_assert_false (second.at_most);
  rule.mode = GSC_STOP_AT_STEP;
  rule.step = config.steps / 2;
  gsc_estimate_compute (&config, &rule, &second);
  g_assert_cmpfloat_with_epsilon (second.seconds, first.seconds, 1e-6);
  g_assert_cmpfloat (second.disk, ==, first.disk);
  rule.mode = GSC_STOP_PATIENCE;
  gsc_estimate_compute (&config, &rule, &second);
  g_assert_true (second.at_most);

  /* The snapshots of a large model are thinned to the budget. */
  gsc_estimate_compute (&paper->config, NULL, &second);
  g_assert_cmpfloat (second.seconds, >, 86400);
  g_assert_cmpfloat (second.disk, >, 512 * 1024 * 1024);
  g_assert_cmpfloat (second.disk, <, 2e9);
  g_assert_cmpfloat (second.memory, >, 5 * 4 * 18e6);
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer data)
{
  GError **error = data;
  g_autoptr (GError) found = NULL;

  if (gsc_estimate_measure_finish (result, &found))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "measured");
  else
    *error = g_steal_pointer (&found);
}

static void
measure (const GscConfig *config, GError **error)
{
  gsc_estimate_measure_async (config, on_measured, error);
  while (*error == NULL)
    g_main_context_iteration (NULL, TRUE);
}

/* Widths 8 and 16 are no other test's. */
static void
test_measure (void)
{
  GscConfig config = gsc_preset_get_default ()->config;
  GscEstimate estimate;
  g_autoptr (GError) busy = NULL;
  g_autoptr (GError) done = NULL;
  g_autoptr (GError) fault = NULL;

  config.width = 8;
  g_assert_false (gsc_estimate_is_measured (&config));
  gsc_estimate_set_busy (TRUE);
  measure (&config, &busy);
  g_assert_error (busy, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_false (gsc_estimate_is_measured (&config));
  gsc_estimate_set_busy (FALSE);
  measure (&config, &done);
  g_assert_error (done, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_true (gsc_estimate_is_measured (&config));
  gsc_estimate_compute (&config, NULL, &estimate);
  g_assert_cmpfloat (estimate.seconds, >, 0.1);
  g_assert_cmpfloat (estimate.seconds, <, 1e5);

  config.tasks = 3;
  measure (&config, &fault);
  g_assert_error (fault, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
}

static void
test_estimate (void)
{
  GscRecipe *recipe = recipe_new ();
  guint n = 0;
  g_autofree char *first = NULL;

  g_signal_connect_swapped (recipe, "notify::estimate", G_CALLBACK (count), &n);
  g_assert_cmpstr (gsc_recipe_get_estimate (recipe), ==, "");
  wait_for_estimate (recipe);
  g_assert_cmpuint (n, ==, 1);
  first = g_strdup (gsc_recipe_get_estimate (recipe));

  /* At once unknown; of several changes only the last is estimated. */
  gsc_recipe_set_text (recipe, "steps", "1000");
  g_assert_cmpstr (gsc_recipe_get_estimate (recipe), ==, "");
  gsc_recipe_set_text (recipe, "steps", "10000");
  gsc_recipe_set_text (recipe, "depth", "4");
  gsc_recipe_set_preset (recipe, "quick");
  wait_for_estimate (recipe);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (gsc_recipe_get_estimate (recipe), ==, first);

  /* There is none of a recipe with faults. */
  gsc_recipe_set_text (recipe, "steps", "0");
  g_assert_cmpstr (gsc_recipe_get_estimate (recipe), ==, "");
  gsc_recipe_refresh_estimate (recipe);
  g_assert_cmpstr (gsc_recipe_get_estimate (recipe), ==, "");
  gsc_recipe_undo (recipe);
  wait_for_estimate (recipe);

  /* A real training tells better. */
  gsc_estimate_set_measured (gsc_recipe_get_config (recipe), 1e5);
  gsc_recipe_refresh_estimate (recipe);
  g_assert_true (g_str_has_prefix (gsc_recipe_get_estimate (recipe), "a few seconds"));
  free_recipe (recipe);
}

/* A measurement under way is of the recipe before: its end must not show that recipe's time. */
static void
test_stale (void)
{
  GscRecipe *recipe = recipe_new ();
  GscConfig config = *gsc_recipe_get_config (recipe);
  GscEstimate expected;
  g_autofree char *text = NULL;
  gint64 end;

  config.width = 16;
  g_assert_false (gsc_estimate_is_measured (&config));
  gsc_recipe_set_text (recipe, "width", "16");
  /* The measurement starts after the delay. */
  end = g_get_monotonic_time () + 450 * G_TIME_SPAN_MILLISECOND;
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  gsc_recipe_set_text (recipe, "steps", "30000");
  wait_for_estimate (recipe);
  gsc_estimate_compute (gsc_recipe_get_config (recipe), NULL, &expected);
  text = gsc_estimate_to_text (&expected);
  g_assert_cmpint (gsc_recipe_get_config (recipe)->steps, ==, 30000);
  g_assert_cmpstr (gsc_recipe_get_estimate (recipe), ==, text);
  free_recipe (recipe);
}

/* A recipe that goes while its speed is measured is not kept, nor touched afterwards. */
static void
test_gone (void)
{
  GscRecipe *recipe = recipe_new ();
  gint64 end = g_get_monotonic_time () + 450 * G_TIME_SPAN_MILLISECOND;
  GscConfig config;

  gsc_recipe_set_text (recipe, "width", "32");
  config = *gsc_recipe_get_config (recipe);
  g_assert_false (gsc_estimate_is_measured (&config));
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  free_recipe (recipe);
  while (!gsc_estimate_is_measured (&config))
    g_main_context_iteration (NULL, FALSE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recipe/keys", test_keys);
  g_test_add_func ("/recipe/relations", test_relations);
  g_test_add_func ("/recipe/stop", test_stop);
  g_test_add_func ("/recipe/presets", test_presets);
  g_test_add_func ("/recipe/undo", test_undo);
  g_test_add_func ("/recipe/estimate", test_estimate);
  g_test_add_func ("/recipe/stale", test_stale);
  g_test_add_func ("/recipe/gone", test_gone);
  g_test_add_func ("/estimate/words", test_words);
  g_test_add_func ("/estimate/figures", test_figures);
  g_test_add_func ("/estimate/measure", test_measure);
  return g_test_run ();
}
