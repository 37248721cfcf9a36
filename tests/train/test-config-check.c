/* test-config-check.c - what is wrong with a recipe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "gsc-config.h"

/* One fault at a time: settings, and the one message they must give. */
static const struct
{
  const char *settings; /* key=value, separated by blanks */
  const char *key;
  const char *message;
} faults[] = {
  { "p=12", "p", "p must be a prime from 3 to 97, not 12; the nearest are 11 and 13." },
  { "p=14", "p", "p must be a prime from 3 to 97, not 14; the nearest is 13." },
  { "p=10", "p", "p must be a prime from 3 to 97, not 10; the nearest is 11." },
  { "p=2", "p", "p must be a prime from 3 to 97, not 2; the nearest is 3." },
  { "p=-7", "p", "p must be a prime from 3 to 97, not -7; the nearest is 3." },
  { "p=101", "p", "p must be a prime from 3 to 97, not 101; the nearest is 97." },
  { "p=2147483647", "p", "p must be a prime from 3 to 97, not 2147483647; the nearest is 97." },
  { "width=63", "width",
    "width must be a multiple of 8 (twice the number of heads), not 63; the nearest are 56 and "
    "64." },
  { "width=4", "width",
    "width must be a multiple of 8 (twice the number of heads), not 4; the nearest is 8." },
  { "width=4095 heads=1000", "width",
    "width must be a multiple of 2000 (twice the number of heads), not 4095; the nearest is "
    "4000." },
  { "width=0", "width", "width must be a whole number from 2 to 4096, not 0." },
  { "width=4097", "width", "width must be a whole number from 2 to 4096, not 4097." },
  { "heads=0", "heads", "heads must be a whole number from 1 to 2048, not 0." },
  { "heads=-4", "heads", "heads must be a whole number from 1 to 2048, not -4." },
  { "depth=9", "depth", "depth must be a whole number from 1 to 8, not 9." },
  { "depth=0", "depth", "depth must be a whole number from 1 to 8, not 0." },
  { "shots=0", "shots", "shots must be a whole number from 1 to 128, not 0." },
  { "shots=129", "shots", "shots must be a whole number from 1 to 128, not 129." },
  { "batch=0", "batch", "batch must be a whole number from 1 to 65536, not 0." },
  { "batch=65537", "batch", "batch must be a whole number from 1 to 65536, not 65537." },
  { "tasks=0", "tasks", "tasks must be a whole number from 1 to 9408, not 0." },
  { "tasks=121", "tasks",
    "tasks must be from 1 to 120 at p = 11, so that at least one task is held out, not 121." },
  { "tasks=95", "tasks",
    "tasks must be a multiple of 4 by the rectangle rule, not 95; the nearest are 92 and 96." },
  { "tasks=3", "tasks",
    "tasks must be a multiple of 4 by the rectangle rule, not 3; the nearest is 4." },
  { "tasks=119", "tasks",
    "tasks must be a multiple of 4 by the rectangle rule, not 119; the nearest are 116 and 120." },
  { "alpha=0", "alpha", "alpha must be a number above 0 and below 1, not 0." },
  { "alpha=1", "alpha", "alpha must be a number above 0 and below 1, not 1." },
  { "alpha=0.001", "alpha",
    "alpha must be from 0.0083 to 0.9917 at p = 11, so that of the 121 input pairs at least one is "
    "a training input and one a test input, not 0.001." },
  { "alpha=0.999", "alpha",
    "alpha must be from 0.0083 to 0.9917 at p = 11, so that of the 121 input pairs at least one is "
    "a training input and one a test input, not 0.999." },
  { "lr=0", "lr", "lr must be a number above 0 and at most 1, not 0." },
  { "lr=-0.1", "lr", "lr must be a number above 0 and at most 1, not -0.1." },
  { "lr=1.5", "lr", "lr must be a number above 0 and at most 1, not 1.5." },
  { "weight_decay=-1", "weight_decay",
    "weight_decay must be a number of at least 0 and at most 1000000, not -1." },
  { "weight_decay=500", "weight_decay",
    "weight_decay must be below 500 (1 / lr) when lr is 0.002, not 500: each step would take away "
    "all the weights." },
  { "muon_weight_decay=201", "muon_weight_decay",
    "muon_weight_decay must be below 200 (1 / muon_lr) when muon_lr is 0.005, not 201: each step "
    "would take away all the weights." },
  { "beta1=1", "beta1", "beta1 must be a number of at least 0 and below 1, not 1." },
  { "beta2=-0.1", "beta2", "beta2 must be a number of at least 0 and below 1, not -0.1." },
  { "epsilon=0", "epsilon", "epsilon must be a number above 0 and at most 1, not 0." },
  { "muon_lr=0", "muon_lr", "muon_lr must be a number above 0 and at most 1, not 0." },
  { "muon_momentum=1", "muon_momentum",
    "muon_momentum must be a number of at least 0 and below 1, not 1." },
  { "warmup_steps=-1", "warmup_steps",
    "warmup_steps must be a whole number from 0 to 4294967295 (the random streams count no "
    "further), not -1." },
  { "lr_start=1.1", "lr_start", "lr_start must be a number of at least 0 and at most 1, not 1.1." },
  { "lr_floor=-1", "lr_floor", "lr_floor must be a number of at least 0 and at most 1, not -1." },
  { "steps=0", "steps",
    "steps must be a whole number from 1 to 4294967295 (the random streams count no further), not "
    "0." },
  { "steps=4294967296", "steps",
    "steps must be a whole number from 1 to 4294967295 (the random streams count no further), not "
    "4294967296." },
  { "record_every=0", "record_every",
    "record_every must be a whole number from 1 to 4294967295 (the random streams count no "
    "further), not 0." },
  { "eval_sequences=0", "eval_sequences",
    "eval_sequences must be a whole number from 1 to 65536, not 0." },
  { "seed=-1", "seed",
    "seed must be a whole number from 0 to 9007199254740991 (so that every JSON reader keeps it "
    "exactly), not -1." },
  { "seed=9007199254740992", "seed",
    "seed must be a whole number from 0 to 9007199254740991 (so that every JSON reader keeps it "
    "exactly), not 9007199254740992." },
};

/* The default recipe with steady numbers, whatever the preset is tuned to, and @settings. */
static void
init_with (GscConfig *config, const char *settings)
{
  g_auto (GStrv) list
      = g_strsplit ("p=11 width=64 heads=4 tasks=96 task_rule=rectangle alpha=0.8 lr=0.002 "
                    "weight_decay=0.1 muon_lr=0.005 muon_weight_decay=0.06 warmup_steps=100 "
                    "steps=10000",
                    " ", -1);
  g_auto (GStrv) more = g_strsplit (settings, " ", -1);

  gsc_config_init_default (config);
  for (guint round = 0; round < 2; round++)
    for (char **pair = round == 0 ? list : more; *pair != NULL; pair++)
      {
        g_auto (GStrv) parts = g_strsplit (*pair, "=", 2);
        g_autoptr (GError) error = NULL;

        g_assert_true (gsc_config_set (config, parts[0], parts[1], &error));
        g_assert_no_error (error);
      }
}

static void
test_faults (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      GscConfig config;
      g_autoptr (GPtrArray) found = NULL;
      g_autoptr (GError) error = NULL;
      const GscConfigFault *fault;

      init_with (&config, faults[i].settings);
      found = gsc_config_get_faults (&config);
      g_assert_cmpuint (found->len, >=, 1);
      fault = g_ptr_array_index (found, 0);
      g_assert_cmpstr (fault->message, ==, faults[i].message);
      g_assert_cmpstr (fault->key, ==, faults[i].key);
      g_assert_cmpuint (found->len, ==, 1); /* nothing that merely follows from it */
      g_assert_false (gsc_config_validate (&config, &error));
      g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, faults[i].message);
    }
}

static void
test_faults_all_at_once (void)
{
  GscConfig config;
  g_autoptr (GError) error = NULL;

  init_with (&config, "p=13 width=63 tasks=94 alpha=0.999 lr=0 weight_decay=1000 muon_lr=1 "
                      "muon_weight_decay=1 seed=-3 depth=20");
  g_assert_false (gsc_config_validate (&config, &error));
  g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
  g_assert_cmpstr (
      error->message, ==,
      "depth must be a whole number from 1 to 8, not 20.\n"
      "lr must be a number above 0 and at most 1, not 0.\n"
      "seed must be a whole number from 0 to 9007199254740991 (so that every JSON reader keeps it "
      "exactly), not -3.\n"
      "width must be a multiple of 8 (twice the number of heads), not 63; the nearest are 56 and "
      "64.\n"
      "tasks must be a multiple of 4 by the rectangle rule, not 94; the nearest are 92 and 96.\n"
      "alpha must be from 0.0059 to 0.9941 at p = 13, so that of the 169 input pairs at least one "
      "is a training input and one a test input, not 0.999.\n"
      "muon_weight_decay must be below 1 (1 / muon_lr) when muon_lr is 1, not 1: each step would "
      "take away all the weights.");
}

/* Values that no text can give. */
static void
test_faults_of_fields (void)
{
  GscConfig config;
  g_autoptr (GPtrArray) found = NULL;

  init_with (&config, "");
  config.lr = NAN;
  config.alpha = INFINITY;
  config.task_rule = (GscTaskRule) 7;
  config.activation = (GscActivation) 2;
  config.optimizer = (GscOptimizer) 1000;
  config.tasks = 95; /* by which rule? */
  found = gsc_config_get_faults (&config);
  g_assert_cmpuint (found->len, ==, 5);
  g_assert_cmpstr (((GscConfigFault *) found->pdata[0])->message, ==,
                   "task_rule must be rectangle or random, not 7.");
  g_assert_cmpstr (((GscConfigFault *) found->pdata[1])->message, ==,
                   "alpha must be a number above 0 and below 1, not inf.");
  g_assert_cmpstr (((GscConfigFault *) found->pdata[4])->message, ==,
                   "lr must be a number above 0 and at most 1, not nan.");
}

/* What passes can be built: validation promises the model and the splits the sizes they accept. */
static void
test_valid_can_be_built (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  guint n_valid = 0;

  for (guint i = 0; i < 20000; i++)
    {
      GscConfig config;
      GscModelConfig model;

      init_with (&config, "");
      config.p = g_rand_int_range (random, 0, 100);
      config.tasks = g_rand_int_range (random, 0, 1 << g_rand_int_range (random, 1, 15));
      config.alpha = g_rand_double_range (random, -0.01, 1.01);
      if (g_rand_int_range (random, 0, 2))
        config.alpha = g_rand_int_range (random, 0, 20) * 0.5 / (config.p * config.p + 1e-9);
      config.task_rule = g_rand_int_range (random, 0, 2);
      config.heads = g_rand_int_range (random, 0, 5);
      config.width = 4 * g_rand_int_range (random, 0, 20);
      config.depth = g_rand_int_range (random, 0, 10);
      if (!gsc_config_validate (&config, NULL))
        continue;
      n_valid++;
      gsc_config_get_model (&config, &model);
      g_assert_cmpint (model.vocab, ==, config.p);
      g_assert_true (gsc_model_config_check (&model, NULL));
      g_assert_true (gsc_task_split_check (config.p, (guint) config.tasks, config.task_rule, NULL));
    }
  g_assert_cmpuint (n_valid, >, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config-check/faults", test_faults);
  g_test_add_func ("/config-check/faults-all-at-once", test_faults_all_at_once);
  g_test_add_func ("/config-check/faults-of-fields", test_faults_of_fields);
  g_test_add_func ("/config-check/valid-can-be-built", test_valid_can_be_built);
  return g_test_run ();
}
