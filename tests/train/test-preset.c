/* test-preset.c - the experiments that come with the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "gsc-preset.h"

static void
test_names (void)
{
  static const char *const names[]
      = { "quick", "memorise", "adamw", "deep", "paper-d2", "paper-d4", "paper-d6" };
  const char *const *listed = gsc_preset_get_names ();
  guint n;
  const GscPreset *presets = gsc_preset_get_all (&n);

  g_assert_cmpuint (n, ==, G_N_ELEMENTS (names));
  g_assert_cmpuint (g_strv_length ((char **) listed), ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpstr (listed[i], ==, names[i]);
      g_assert_cmpstr (presets[i].name, ==, names[i]);
      g_assert_true (gsc_preset_find (names[i], NULL) == &presets[i]);
      g_assert_cmpint (presets[i].paper, ==, g_str_has_prefix (names[i], "paper-"));
    }
  g_assert_true (gsc_preset_get_default () == gsc_preset_find ("quick", NULL));
}

static void
test_all_are_complete (void)
{
  guint n;
  const GscPreset *presets = gsc_preset_get_all (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", presets[i].name);
      gsc_config_validate (&presets[i].config, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (strlen (presets[i].title), >, 10);
      g_assert_cmpuint (strlen (presets[i].shows), >, 20);
      g_assert_cmpuint (strlen (presets[i].look), >, 20);
      for (guint j = 0; j < i; j++)
        g_assert_false (gsc_config_equal (&presets[i].config, &presets[j].config));
    }
}

static void
test_default_config (void)
{
  GscConfig config;

  gsc_config_init_default (&config);
  g_assert_true (gsc_config_equal (&config, &gsc_preset_get_default ()->config));
}

/* What the issue fixes: the task and the model family, not what is for tuning. */
static void
test_small_presets (void)
{
  const GscConfig *quick = &gsc_preset_find ("quick", NULL)->config;
  const GscConfig *adamw = &gsc_preset_find ("adamw", NULL)->config;
  GscConfig memorise = gsc_preset_find ("memorise", NULL)->config;

  g_assert_cmpint (quick->p, ==, 11);
  g_assert_cmpint (quick->width, ==, 64);
  g_assert_cmpint (quick->heads, ==, 4);
  g_assert_cmpint (quick->depth, ==, 2);
  g_assert_cmpint (quick->shots, ==, 16);
  g_assert_cmpint (quick->tasks, ==, 96);
  g_assert_cmpint (quick->task_rule, ==, GSC_TASK_RULE_RECTANGLE);
  g_assert_cmpfloat (quick->alpha, ==, 0.8);

  g_assert_cmpint (memorise.tasks, ==, 16);
  memorise.tasks = quick->tasks;
  g_assert_true (gsc_config_equal (&memorise, quick));

  g_assert_cmpint (adamw->optimizer, ==, GSC_OPTIMIZER_ADAMW);
  g_assert_cmpint (adamw->p, ==, quick->p);
  g_assert_cmpint (gsc_preset_find ("deep", NULL)->config.depth, >=, 4);
}

/* experiment.md, "Training". */
static void
test_paper_presets (void)
{
  static const struct
  {
    const char *name;
    int depth, tasks, batch;
    double alpha;
  } papers[] = {
    { "paper-d2", 2, 512, 1024, 0.6 },
    { "paper-d4", 4, 384, 1536, 0.8 },
    { "paper-d6", 6, 512, 1024, 0.8 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    {
      const GscConfig *config = &gsc_preset_find (papers[i].name, NULL)->config;

      g_assert_cmpint (config->depth, ==, papers[i].depth);
      g_assert_cmpint (config->tasks, ==, papers[i].tasks);
      g_assert_cmpint (config->batch, ==, papers[i].batch);
      g_assert_cmpfloat (config->alpha, ==, papers[i].alpha);
      g_assert_cmpint (config->p, ==, 29);
      g_assert_cmpint (config->width, ==, 512);
      g_assert_cmpint (config->heads, ==, 4);
      g_assert_cmpint (config->shots, ==, 32);
      g_assert_cmpint (gsc_config_get_time (config), ==, 95);
      g_assert_cmpint (config->task_rule, ==, GSC_TASK_RULE_RECTANGLE);
      g_assert_cmpint (config->activation, ==, GSC_ACTIVATION_RELU);
      g_assert_true (config->tied);
      g_assert_cmpint (config->optimizer, ==, GSC_OPTIMIZER_ADAMW);
      g_assert_cmpfloat (config->lr, ==, 1.5e-4);
      g_assert_cmpfloat (config->weight_decay, ==, 2.0);
      g_assert_cmpfloat (config->beta1, ==, 0.9);
      g_assert_cmpfloat (config->beta2, ==, 0.98);
      g_assert_cmpfloat (config->epsilon, ==, 1e-8);
      g_assert_cmpint (config->warmup_steps, ==, 10000);
      g_assert_cmpfloat (config->lr_start, ==, 0.01);
      g_assert_cmpfloat (config->lr_floor, ==, 0.1);
      g_assert_cmpint (config->steps, ==, 200000);
      g_assert_cmpint (config->record_every, ==, 1000);
    }
}

static void
test_unknown (void)
{
  static const char *const cases[][2]
      = { { "quik", "quick" },        { "QUICK", "quick" }, { "memorize", "memorise" },
          { "paper_d4", "paper-d4" }, { "adam", "adamw" },  { "", "deep" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *expected
          = g_strdup_printf ("There is no preset “%s”; the nearest one is “%s”. The presets are: "
                             "quick, memorise, adamw, deep, paper-d2, paper-d4, paper-d6.",
                             cases[i][0], cases[i][1]);

      g_assert_null (gsc_preset_find (cases[i][0], &error));
      g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_UNKNOWN_KEY);
      g_assert_cmpstr (error->message, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preset/names", test_names);
  g_test_add_func ("/preset/all-are-complete", test_all_are_complete);
  g_test_add_func ("/preset/default-config", test_default_config);
  g_test_add_func ("/preset/small-presets", test_small_presets);
  g_test_add_func ("/preset/paper-presets", test_paper_presets);
  g_test_add_func ("/preset/unknown", test_unknown);
  return g_test_run ();
}
