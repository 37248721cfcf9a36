/* test-rng.c - the random numbers against known answers and their distributions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-rng.h"

/* The known answers published with Random123 for Philox4x32-10. */
static void
test_philox (void)
{
  static const struct
  {
    uint32_t counter[4];
    uint32_t key[2];
    uint32_t out[4];
  } known[] = {
    { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
    { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
      { 0xffffffff, 0xffffffff },
      { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
    { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
      { 0xa4093822, 0x299f31d0 },
      { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      uint32_t out[4];

      gsc_rng_philox (known[i].key, known[i].counter, out);
      g_assert_cmpmem (out, sizeof out, known[i].out, sizeof known[i].out);
    }
}

/* A stream is the blocks of its counter, one after another, whatever a copy of it does. */
static void
test_stream_layout (void)
{
  GscRng rng, copy;

  gsc_rng_init (&rng, G_GUINT64_CONSTANT (0x123456789abcdef0), GSC_RNG_BATCH, 7, 0xfffffffe);
  for (uint32_t block = 0; block < 20; block++)
    {
      uint32_t key[2] = { 0x9abcdef0, 0x12345678 };
      uint32_t counter[4] = { block, GSC_RNG_BATCH, 7, 0xfffffffe };
      uint32_t expected[4];

      gsc_rng_philox (key, counter, expected);
      for (guint i = 0; i < 4; i++)
        {
          copy = rng;
          g_assert_cmphex (gsc_rng_next (&copy), ==, expected[i]);
          g_assert_cmphex (gsc_rng_next (&rng), ==, expected[i]);
        }
    }
}

static void
test_streams_differ (void)
{
  static const struct
  {
    uint64_t seed;
    GscRngDomain domain;
    uint64_t step;
    uint64_t row;
  } streams[] = {
    { 1, GSC_RNG_WEIGHTS, 2, 3 }, { 1, GSC_RNG_TASKS, 2, 3 },
    { 1, GSC_RNG_INPUTS, 2, 3 },  { 1, GSC_RNG_BATCH, 2, 3 },
    { 1, GSC_RNG_EVAL, 2, 3 },    { 1, GSC_RNG_SHOW, 2, 3 },
    { 2, GSC_RNG_BATCH, 2, 3 },   { G_GUINT64_CONSTANT (0x100000001), GSC_RNG_BATCH, 2, 3 },
    { 1, GSC_RNG_BATCH, 3, 3 },   { 1, GSC_RNG_BATCH, 3, 2 },
    { 1, GSC_RNG_BATCH, 2, 0 },   { 1, GSC_RNG_BATCH, 2, 0xffffffff },
    { 1, GSC_RNG_BATCH, 0, 0 },   { 0, GSC_RNG_BATCH, 2, 3 },
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    {
      GscRng rng;

      gsc_rng_init (&rng, streams[i].seed, streams[i].domain, streams[i].step, streams[i].row);
      for (guint j = 0; j < 1000; j++)
        {
          gint64 *number = g_new (gint64, 1);

          *number = (gint64) ((guint64) gsc_rng_next (&rng) << 32);
          *number |= gsc_rng_next (&rng);
          g_assert_true (g_hash_table_add (seen, number));
        }
    }
}

/* Pearson's statistic for a uniform distribution must not be more than 5 standard deviations above
 * its mean. The seeds are fixed, so a test that passes once always does. */
static void
check_uniform (const guint *counts, guint n_cells, double total)
{
  double expected = total / n_cells;
  double freedom = n_cells - 1.0;
  double sum = 0;

  for (guint i = 0; i < n_cells; i++)
    sum += (counts[i] - expected) * (counts[i] - expected) / expected;
  g_assert_cmpfloat (sum, <, freedom + 5 * sqrt (2 * freedom));
}

static void
test_below (void)
{
  for (guint n = 1; n <= 200; n++)
    {
      guint counts[200] = { 0 };
      GscRng rng;

      gsc_rng_init (&rng, 1, GSC_RNG_SHOW, 0, n);
      for (guint i = 0; i < 100 * n; i++)
        {
          uint32_t number = gsc_rng_below (&rng, n);

          g_assert_cmpuint (number, <, n);
          counts[number]++;
        }
      if (n > 1)
        check_uniform (counts, n, 100.0 * n);
    }
}

/* Where n is near 2^32 a multiply-shift without rejection would be biased by as much as a third:
 * with n = 3 * 2^30, a third of the numbers would come up twice as often as the others. */
static void
test_below_large (void)
{
  static const uint32_t bounds[] = { 3u << 30, 0x80000001u, 0xffffffffu };

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      guint by_third[3] = { 0 };
      guint by_rest[3] = { 0 };
      GscRng rng;

      gsc_rng_init (&rng, 2, GSC_RNG_SHOW, 0, i);
      for (guint j = 0; j < 30000; j++)
        {
          uint32_t number = gsc_rng_below (&rng, bounds[i]);

          g_assert_cmpuint (number, <, bounds[i]);
          by_third[(uint64_t) number * 3 / bounds[i]]++;
          by_rest[number % 3]++;
        }
      check_uniform (by_third, 3, 30000);
      check_uniform (by_rest, 3, 30000);
    }
}

static void
test_uniform (void)
{
  guint counts[100] = { 0 };
  guint fine[128] = { 0 };
  GscRng rng;

  gsc_rng_init (&rng, 3, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < 100000; i++)
    {
      double number = gsc_rng_uniform (&rng);

      g_assert_cmpfloat (number, >=, 0);
      g_assert_cmpfloat (number, <, 1);
      counts[(guint) (number * 100)]++;
      fine[(guint64) (number * 0x1p53) % 128]++; /* the lowest of the 53 bits are random too */
    }
  check_uniform (counts, 100, 100000);
  check_uniform (fine, 128, 100000);
}

static void
test_normal (void)
{
  enum
  {
    N = 200000
  };
  double moments[5] = { 0 };
  double product = 0, last = 0;
  guint within = 0;
  GscRng rng;

  gsc_rng_init (&rng, 4, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < N; i++)
    {
      double number = gsc_rng_normal (&rng);

      g_assert_true (isfinite (number));
      for (guint j = 1; j < 5; j++)
        moments[j] += pow (number, j) / N;
      within += fabs (number) < 1;
      product += number * last / N;
      last = number;
    }
  /* Five standard errors: the variances of x, x^2, x^3 and x^4 are 1, 2, 15 and 96. */
  g_assert_cmpfloat_with_epsilon (moments[1], 0, 5 * sqrt (1.0 / N));
  g_assert_cmpfloat_with_epsilon (moments[2], 1, 5 * sqrt (2.0 / N));
  g_assert_cmpfloat_with_epsilon (moments[3], 0, 5 * sqrt (15.0 / N));
  g_assert_cmpfloat_with_epsilon (moments[4], 3, 5 * sqrt (96.0 / N));
  g_assert_cmpfloat_with_epsilon (within / (double) N, erf (sqrt (0.5)), 5 * sqrt (0.22 / N));
  g_assert_cmpfloat_with_epsilon (product, 0, 5 * sqrt (1.0 / N));
}

static void
test_shuffle (void)
{
  guint orders[256] = { 0 };
  guint n_orders[24];
  guint n = 0;
  GscRng rng;

  gsc_rng_init (&rng, 5, GSC_RNG_SHOW, 0, 0);
  for (guint size = 0; size < 100; size++)
    {
      uint32_t values[101];
      gboolean seen[100] = { FALSE };

      for (guint i = 0; i < size; i++)
        values[i] = i;
      values[size] = 4711;
      gsc_rng_shuffle (&rng, values, size);
      g_assert_cmpuint (values[size], ==, 4711);
      for (guint i = 0; i < size; i++)
        {
          g_assert_cmpuint (values[i], <, size);
          g_assert_false (seen[values[i]]);
          seen[values[i]] = TRUE;
        }
    }

  for (guint i = 0; i < 24000; i++)
    {
      uint32_t values[4] = { 0, 1, 2, 3 };

      gsc_rng_shuffle (&rng, values, 4);
      orders[((values[0] * 4 + values[1]) * 4 + values[2]) * 4 + values[3]]++;
    }
  for (guint i = 0; i < 256; i++)
    if (orders[i] > 0)
      {
        g_assert_cmpuint (n, <, 24);
        n_orders[n++] = orders[i];
      }
  g_assert_cmpuint (n, ==, 24); /* every order comes up */
  check_uniform (n_orders, 24, 24000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rng/philox", test_philox);
  g_test_add_func ("/rng/stream-layout", test_stream_layout);
  g_test_add_func ("/rng/streams-differ", test_streams_differ);
  g_test_add_func ("/rng/below", test_below);
  g_test_add_func ("/rng/below-large", test_below_large);
  g_test_add_func ("/rng/uniform", test_uniform);
  g_test_add_func ("/rng/normal", test_normal);
  g_test_add_func ("/rng/shuffle", test_shuffle);
  return g_test_run ();
}
