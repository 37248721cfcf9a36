/* test-config.c - the keys of a recipe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "gsc-config.h"

/* Names and order as other programs rely on them. */
static const char *const key_names[] = { "p",
                                         "width",
                                         "heads",
                                         "depth",
                                         "shots",
                                         "batch",
                                         "tasks",
                                         "task_rule",
                                         "alpha",
                                         "activation",
                                         "tied",
                                         "optimizer",
                                         "lr",
                                         "weight_decay",
                                         "beta1",
                                         "beta2",
                                         "epsilon",
                                         "muon_lr",
                                         "muon_weight_decay",
                                         "muon_momentum",
                                         "warmup_steps",
                                         "lr_start",
                                         "lr_floor",
                                         "steps",
                                         "record_every",
                                         "eval_sequences",
                                         "seed" };

static void
test_keys (void)
{
  const char *const *keys = gsc_config_get_keys ();

  g_assert_cmpuint (g_strv_length ((char **) keys), ==, G_N_ELEMENTS (key_names));
  for (guint i = 0; i < G_N_ELEMENTS (key_names); i++)
    {
      const char *help = gsc_config_get_help (key_names[i]);
      g_autofree char *takes = gsc_config_describe_values (key_names[i]);

      g_assert_cmpstr (keys[i], ==, key_names[i]);
      g_assert_cmpuint (strlen (help), >, 10);
      g_assert_true (g_str_has_suffix (help, "."));
      g_assert_cmpuint (strlen (takes), >, 5);
    }
  g_assert_null (gsc_config_get_help ("nonsense"));
  g_assert_null (gsc_config_describe_values ("nonsense"));
}

/* A value of each key that is not the default's, and how it reads back. */
static const struct
{
  const char *key, *value, *text;
} values[] = {
  { "p", "29", NULL },
  { "width", "48", NULL },
  { "heads", "3", NULL },
  { "depth", "7", NULL },
  { "shots", "5", NULL },
  { "batch", "+33", "33" },
  { "tasks", "60", NULL },
  { "task_rule", "random", NULL },
  { "alpha", "0.3", NULL },
  { "activation", "gelu", NULL },
  { "tied", "no", "false" },
  { "optimizer", "adamw", NULL },
  { "lr", "1.5e-4", "0.00015" },
  { "weight_decay", "2", NULL },
  { "beta1", "0.1", NULL },
  { "beta2", "0.999", NULL },
  { "epsilon", "1E-12", "1e-12" },
  { "muon_lr", ".02", "0.02" },
  { "muon_weight_decay", "0.33333333333333331", "0.3333333333333333" },
  { "muon_momentum", "0", NULL },
  { "warmup_steps", "7", NULL },
  { "lr_start", "1", NULL },
  { "lr_floor", "0.25", NULL },
  { "steps", "4294967295", NULL },
  { "record_every", "3", NULL },
  { "eval_sequences", "17", NULL },
  { "seed", "9007199254740991", NULL },
};

static void
test_set_and_get (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (values), ==, G_N_ELEMENTS (key_names));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      GscConfig before, config;
      g_autofree char *text = NULL;

      gsc_config_init_default (&before);
      config = before;
      g_assert_true (gsc_config_equal (&before, &config));
      g_assert_true (gsc_config_set (&config, values[i].key, values[i].value, NULL));
      g_assert_false (gsc_config_equal (&before, &config));
      text = gsc_config_get (&config, values[i].key);
      g_assert_cmpstr (text, ==, values[i].text != NULL ? values[i].text : values[i].value);

      /* Exactly this one key has changed. */
      for (guint j = 0; j < G_N_ELEMENTS (key_names); j++)
        {
          g_autofree char *old = gsc_config_get (&before, key_names[j]);
          g_autofree char *now = gsc_config_get (&config, key_names[j]);

          g_assert_cmpint (g_str_equal (old, now), ==, !g_str_equal (key_names[j], values[i].key));
        }
      /* And its text brings it back. */
      g_assert_true (gsc_config_set (&before, values[i].key, text, NULL));
      g_assert_true (gsc_config_equal (&before, &config));
    }
}

static void
test_set_booleans (void)
{
  static const char *const words[] = { "true", "yes", "1", "TRUE", "false", "no", "0", "No" };
  GscConfig config;

  gsc_config_init_default (&config);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_assert_true (gsc_config_set (&config, "tied", words[i], NULL));
      g_assert_cmpint (config.tied, ==, i < 4);
    }
}

static void
test_set_refusals (void)
{
  static const struct
  {
    const char *key, *value, *message;
  } cases[] = {
    { "width", "64.5", "width must be a whole number from 2 to 4096, not “64.5”." },
    { "width", "", "width must be a whole number from 2 to 4096, not “”." },
    { "width", "64 ", "*not “64 ”." },
    { "width", " 64", "*not “ 64”." },
    { "width", "0x40", "*not “0x40”." },
    { "width", "1e2", "*not “1e2”." },
    { "width", "--4", "*not “--4”." },
    { "width", "-", "*not “-”." },
    { "width", "4294967360", "*not “4294967360”." }, /* 64 in 32 bits */
    { "steps", "1.5",
      "steps must be a whole number from 1 to 4294967295 (the random streams "
      "count no further), not “1.5”." },
    { "seed", "99999999999999999999",
      "seed must be a whole number from 0 to 9007199254740991 (so*" },
    { "lr", "0,002", "lr must be a number above 0 and at most 1, not “0,002”." },
    { "lr", "nan", "*not “nan”." },
    { "lr", "inf", "*not “inf”." },
    { "lr", "1e999", "*not “1e999”." },
    { "lr", "0x1p-3", "*not “0x1p-3”." },
    { "lr", "1e-3x", "*not “1e-3x”." },
    { "lr", "fast", "*not “fast”." },
    { "lr", "", "*not “”." },
    { "lr", "1 2", "*not “1 2”." },
    { "beta1", "e", "beta1 must be a number of at least 0 and below 1, not “e”." },
    { "tied", "maybe", "tied must be true or false, not “maybe”." },
    { "task_rule", "square", "task_rule must be rectangle or random, not “square”." },
    { "activation", "RELU", "activation must be relu or gelu, not “RELU”." },
    { "optimizer", "sgd", "optimizer must be adamw or muon, not “sgd”." },
    { "optimizer", "a\nb\xff",
      "optimizer must be adamw or muon, not “a\xef\xbf\xbd"
      "b\xef\xbf\xbd”." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GscConfig before, config;
      g_autoptr (GError) error = NULL;

      gsc_config_init_default (&config);
      before = config;
      g_assert_false (gsc_config_set (&config, cases[i].key, cases[i].value, &error));
      g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_PARSE);
      if (!g_pattern_match_simple (cases[i].message, error->message))
        g_assert_cmpstr (error->message, ==, cases[i].message);
      g_assert_true (gsc_config_equal (&config, &before));
    }
}

static void
test_unknown_keys (void)
{
  static const struct
  {
    const char *key, *nearest;
  } cases[] = {
    { "widht", "width" },
    { "Width", "width" },
    { "weight-decay", "weight_decay" },
    { "taskrule", "task_rule" },
    { "beta3", "beta1" },
    { "eps", "epsilon" },
    { "epsilom", "epsilon" },
    { "lrfloor", "lr_floor" },
    { "muonlr", "muon_lr" },
    { "evalsequences", "eval_sequences" },
    { "warmup", "warmup_steps" },
    { "Momentum", "muon_momentum" },
    { "recordevery", "record_every" },
    { "", "p" },
  };
  g_autofree char *huge = g_strnfill (1000000, 'x');
  GscConfig config, before;

  gsc_config_init_default (&config);
  before = config;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *expected = g_strdup_printf ("There is no key “%s”; the nearest one is “%s”.",
                                                   cases[i].key, cases[i].nearest);

      g_assert_false (gsc_config_set (&config, cases[i].key, "1", &error));
      g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_UNKNOWN_KEY);
      g_assert_cmpstr (error->message, ==, expected);
      g_assert_null (gsc_config_get (&config, cases[i].key));
    }
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (gsc_config_set (&config, i == 0 ? huge : "\xff\xfe", "1", &error));
      g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_UNKNOWN_KEY);
      g_assert_cmpuint (strlen (error->message), <, 200);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  g_assert_true (gsc_config_equal (&config, &before));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config/keys", test_keys);
  g_test_add_func ("/config/set-and-get", test_set_and_get);
  g_test_add_func ("/config/set-booleans", test_set_booleans);
  g_test_add_func ("/config/set-refusals", test_set_refusals);
  g_test_add_func ("/config/unknown-keys", test_unknown_keys);
  return g_test_run ();
}
