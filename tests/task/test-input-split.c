/* test-input-split.c - invariants of the input split over many primes, shares and seeds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-input-split.h"
#include "gsc-zp.h"

static void
check_split (int p, double alpha, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscInputSplit) split = gsc_input_split_new (p, alpha, seed, &error);
  g_autoptr (GscInputSplit) again = gsc_input_split_new (p, alpha, seed, &error);
  g_autofree guint *seen = g_new0 (guint, p * p);

  g_assert_no_error (error);
  g_assert_cmpint (split->p, ==, p);
  g_assert_cmpuint (split->n_train, ==, (guint) floor (alpha * (p * p) + 0.5));
  g_assert_cmpuint (split->n_train + split->n_test, ==, p * p);
  g_assert_cmpuint (split->n_train, >, 0);
  g_assert_cmpuint (split->n_test, >, 0);
  for (guint i = 0; i < split->n_train; i++)
    {
      int pair = split->train[i];

      g_assert_cmpint (pair, <, p * p);
      g_assert_true (i == 0 || split->train[i - 1] < pair);
      g_assert_true (gsc_input_split_is_train (split, pair / p, pair % p));
      seen[pair]++;
    }
  for (guint i = 0; i < split->n_test; i++)
    {
      int pair = split->test[i];

      g_assert_cmpint (pair, <, p * p);
      g_assert_true (i == 0 || split->test[i - 1] < pair);
      g_assert_false (gsc_input_split_is_train (split, pair / p, pair % p));
      seen[pair]++;
    }
  for (int pair = 0; pair < p * p; pair++)
    g_assert_cmpuint (seen[pair], ==, 1);
  g_assert_cmpmem (split->is_train, p * p, again->is_train, p * p);
}

static void
test_invariants (void)
{
  static const double alphas[] = { 0.06, 0.2, 1 / 3.0, 0.5, 0.7, 0.8, 0.94 };

  for (int p = GSC_ZP_MIN; p <= GSC_ZP_MAX; p++)
    if (gsc_zp_is_prime (p))
      for (guint64 seed = 0; seed < 20; seed++)
        for (guint i = 0; i < G_N_ELEMENTS (alphas); i++)
          check_split (p, alphas[i], seed);
}

static void
test_seeds_differ (void)
{
  g_autoptr (GscInputSplit) one = gsc_input_split_new (11, 0.8, 1, NULL);
  g_autoptr (GscInputSplit) two = gsc_input_split_new (11, 0.8, 2, NULL);

  g_assert_cmpint (memcmp (one->is_train, two->is_train, 121), !=, 0);
}

/* The same on every machine and in every later version (compare test-task-split.c). */
static void
test_known_split (void)
{
  static const guint16 known[] = { 11, 12, 13, 16, 17, 18, 24 };
  g_autoptr (GscInputSplit) split = gsc_input_split_new (5, 0.7, 42, NULL);

  g_assert_cmpmem (split->test, split->n_test * sizeof (guint16), known, sizeof known);
}

static void
test_distribution (void)
{
  enum
  {
    P = 5,
    N_SPLITS = 10000
  };
  guint counts[P * P] = { 0 };
  double expected = N_SPLITS * 15 / (double) (P * P);
  double sum = 0;

  for (guint64 seed = 0; seed < N_SPLITS; seed++)
    {
      g_autoptr (GscInputSplit) split = gsc_input_split_new (P, 0.6, seed, NULL);

      for (guint i = 0; i < split->n_train; i++)
        counts[split->train[i]]++;
    }
  for (guint i = 0; i < P * P; i++)
    sum += (counts[i] - expected) * (counts[i] - expected) / expected;
  /* At most 24 on average, less because a split takes each pair once at most. */
  g_assert_cmpfloat (sum, <, 24 + 5 * sqrt (2 * 24));
}

static void
test_refused (void)
{
  static const struct
  {
    int p;
    double alpha;
    const char *says;
  } refused[] = {
    { 12, 0.5, "p must be a prime from 3 to 97, not 12." },
    { 2, 0.5, "p must be a prime" },
    { 11, 0, "between 0 and 1, not 0." },
    { 11, -0.0, "between 0 and 1" },
    { 11, 1, "between 0 and 1, not 1." },
    { 11, -0.5, "between 0 and 1, not -0.5." },
    { 11, 1.5, "between 0 and 1" },
    { 11, NAN, "between 0 and 1" },
    { 11, INFINITY, "between 0 and 1" },
    { 11, -INFINITY, "between 0 and 1" },
    { 11, 0.004, "alpha = 0.004 leaves no training inputs among the 121 pairs at p = 11" },
    { 3, 0.95, "alpha = 0.95 leaves no test inputs among the 9 pairs at p = 3" },
    { 97, 1e-300, "choose a larger one" },
    { 97, 0.99999, "choose a smaller one" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gsc_input_split_new (refused[i].p, refused[i].alpha, 0, &error));
      g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
      g_assert_nonnull (strstr (error->message, refused[i].says));
      g_assert_false (gsc_input_split_check (refused[i].p, refused[i].alpha, NULL));
    }
}

static void
test_references (void)
{
  GscInputSplit *split = gsc_input_split_new (5, 0.5, 0, NULL);

  g_assert_true (gsc_input_split_ref (split) == split);
  gsc_input_split_unref (split);
  g_assert_cmpuint (split->n_train, ==, 13); /* 12.5 is rounded up */
  gsc_input_split_unref (split);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input-split/invariants", test_invariants);
  g_test_add_func ("/input-split/seeds-differ", test_seeds_differ);
  g_test_add_func ("/input-split/known-split", test_known_split);
  g_test_add_func ("/input-split/distribution", test_distribution);
  g_test_add_func ("/input-split/refused", test_refused);
  g_test_add_func ("/input-split/references", test_references);
  return g_test_run ();
}
