/* test-benchmark.c - counting operations, and measuring speed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "gsc-benchmark.h"

static GscConfig
tiny_config (void)
{
  GscConfig config;

  gsc_config_init_default (&config);
  config.p = 5;
  config.tasks = 12;
  config.width = 16;
  config.heads = 2;
  config.depth = 3;
  config.shots = 4;
  config.batch = 10;
  config.eval_sequences = 8;
  config.optimizer = GSC_OPTIMIZER_ADAMW;
  return config;
}

/* Position by position, as the workspace does it; multiply-adds of a forward pass. */
static double
count_forward (const GscConfig *config)
{
  double d = config->width;
  double count = 0;

  for (int layer = 0; layer < config->depth; layer++)
    for (int t = 0; t < 3 * config->shots - 1; t++)
      {
        gboolean answers = t % 3 == 1;
        gboolean own = layer < config->depth - 1 || answers;

        if (layer > 0)
          count += 2 * d * d; /* k, v */
        if (!own)
          continue;
        if (layer > 0)
          count += d * d;           /* q */
        count += 2 * d * (t + 1);   /* scores and mix, over the keys seen */
        count += d * d + 8 * d * d; /* output projection, MLP */
        if (layer == config->depth - 1)
          count += config->p * d; /* logits */
      }
  return count;
}

static void
test_real (void)
{
  for (int depth = 1; depth <= 4; depth++)
    for (int shots = 1; shots <= 7; shots += 3)
      {
        GscConfig config = tiny_config ();
        double table;

        config.depth = depth;
        config.shots = shots;
        table = 3.0 * config.width * config.width * config.p; /* q, k, v of each vocabulary entry */
        /* two operations a multiply-add, forward and two products backward */
        g_assert_cmpfloat (gsc_benchmark_count_real (&config), ==,
                           6 * (config.batch * count_forward (&config) + table));
      }
}

static void
test_dense (void)
{
  GscConfig config = tiny_config ();
  double time = 11, d = 16, tokens = 10 * time;

  g_assert_cmpfloat (gsc_benchmark_count_dense (&config), ==,
                     tokens * (6 * (12 * d * d * 3) + 12 * time * d * 3));
}

/* The share of a depth's dense count that no exact saving avoids, for many tokens (performance.md).
 */
static void
test_savings (void)
{
  GscConfig config = tiny_config ();

  config.width = 4096;
  config.p = 3;
  config.batch = 65536;
  config.shots = 64;
  config.depth = 2;
  g_assert_cmpfloat_with_epsilon (
      gsc_benchmark_count_real (&config) / gsc_benchmark_count_dense (&config), 14.33 / 24, 0.005);
  config.depth = 4;
  g_assert_cmpfloat_with_epsilon (
      gsc_benchmark_count_real (&config) / gsc_benchmark_count_dense (&config), 38.33 / 48, 0.005);
}

static void
test_muon (void)
{
  GscConfig config = tiny_config ();
  double adamw = gsc_benchmark_count_real (&config);
  double d = config.width;
  /* square: gram d^3, its square 2 d^3, product 2 d^3; MLP: 4 d^3, 2 d^3, 8 d^3 */
  double block = 5 * (4 * 5 + 2 * 14) * d * d * d;

  config.optimizer = GSC_OPTIMIZER_MUON;
  g_assert_cmpfloat (gsc_benchmark_count_real (&config) - adamw, ==, block * config.depth);
}

static void
on_first_step (double step_seconds, gpointer data)
{
  guint *calls = data;

  g_assert_cmpfloat (step_seconds, >, 0);
  (*calls)++;
}

static void
test_run (void)
{
  GscConfig config = tiny_config ();
  g_autoptr (GError) error = NULL;
  GscBenchmark result;
  guint calls = 0;
  double steps;

  g_assert_true (gsc_benchmark_run (&config, 2, 0.1, on_first_step, &calls, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (calls, ==, 1);
  g_assert_cmpuint (result.threads, ==, 2);
  steps = result.steps_per_second;
  g_assert_cmpfloat (steps, >, 0);
  g_assert_cmpfloat_with_epsilon (result.tokens_per_second / steps, 110, 1e-6);
  g_assert_cmpfloat_with_epsilon (result.real_gflops / steps,
                                  gsc_benchmark_count_real (&config) * 1e-9, 1e-12);
  g_assert_cmpfloat_with_epsilon (result.dense_gflops / steps,
                                  gsc_benchmark_count_dense (&config) * 1e-9, 1e-12);
  g_assert_cmpfloat (result.peak_gflops, >, 0);
  g_assert_cmpfloat_with_epsilon (result.real_share, result.real_gflops / result.peak_gflops, 1e-9);
  g_assert_cmpfloat_with_epsilon (result.dense_share, result.dense_gflops / result.peak_gflops,
                                  1e-9);
}

static void
test_estimate (void)
{
  GscConfig config = tiny_config ();
  g_autoptr (GError) error = NULL;
  double small, large;

  config.width = 64;
  config.shots = 16;
  config.batch = 16;
  small = gsc_benchmark_estimate_step (&config, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (small, >, 0);
  /* extended a thousandfold, whatever the noise of a busy machine */
  config.batch = 16000;
  large = gsc_benchmark_estimate_step (&config, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (large, >, 20 * small);
}

static void
test_invalid (void)
{
  GscConfig config = tiny_config ();
  g_autoptr (GError) error = NULL;
  GscBenchmark result;

  config.p = 6;
  g_assert_false (gsc_benchmark_run (&config, 1, 0.1, NULL, NULL, &result, &error));
  g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpfloat (gsc_benchmark_estimate_step (&config, 1, &error), <, 0);
  g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/benchmark/real", test_real);
  g_test_add_func ("/benchmark/dense", test_dense);
  g_test_add_func ("/benchmark/savings", test_savings);
  g_test_add_func ("/benchmark/muon", test_muon);
  g_test_add_func ("/benchmark/run", test_run);
  g_test_add_func ("/benchmark/estimate", test_estimate);
  g_test_add_func ("/benchmark/invalid", test_invalid);

  return g_test_run ();
}
