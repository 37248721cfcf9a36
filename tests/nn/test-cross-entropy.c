/* test-cross-entropy.c - softmax and cross-entropy against the twin
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>

#include "compare.h"
#include "guarded.h"
#include "naive.h"

enum
{
  ROWS = 5,
  LARGEST = 1024
};

/* Runs check (ops, rng, vocab) for all tables, all vocabularies of the paper's primes and around,
 * and the largest. */
static void
for_all (void (*check) (const GscOps *ops, GscRng *rng, int vocab), uint64_t seed)
{
  GscRng rng;

  gsc_rng_init (&rng, seed, GSC_RNG_SHOW, 0, 0);
  for (int i = 0; gsc_ops_get_nth (i) != NULL; i++)
    for (int vocab = 3; vocab <= LARGEST; vocab = vocab == 115 ? LARGEST : vocab + 1)
      {
        compare_case ("%s, vocabulary %d", gsc_ops_get_nth (i)->name, vocab);
        check (gsc_ops_get_nth (i), &rng, vocab);
        guarded_release ();
      }
}

/* A difference of logits of size s is uncertain by a rounding of s, and so, relatively, is its
 * exponential; the sum of these adds a rounding for each. */
static double
tolerance_of (int vocab, double deviation)
{
  return FLT_EPSILON * (2 + deviation / 2 + sqrt (vocab) / 8);
}

static void
check_at (const GscOps *ops, GscRng *rng, int vocab, double offset, double deviation)
{
  size_t n = (size_t) ROWS * vocab;
  float *logits = guarded_random (rng, n, offset, deviation);
  const int32_t *targets = guarded_random_ints (rng, ROWS, vocab);
  double *wide = widened (logits, n);
  double *expected_losses = doubles (ROWS), *expected_dlogits = doubles (n);
  double *expected_p = doubles (n);
  int32_t *expected_best = guarded_ints (ROWS);
  double tolerance = tolerance_of (vocab, deviation);

  naive_cross_entropy (expected_losses, expected_best, expected_dlogits, wide, targets, 0.375, ROWS,
                       vocab);
  naive_softmax (expected_p, wide, ROWS, vocab);
  for (int variant = 0; variant < 3; variant++) /* no gradient, apart, in place */
    {
      float *losses = guarded_floats (ROWS);
      int32_t *best = guarded_ints (ROWS);
      float *source = guarded_copy (logits, n);
      float *dlogits = variant == 0 ? NULL : variant == 1 ? guarded_floats (n) : source;

      ops->cross_entropy (losses, best, dlogits, source, targets, 0.375f, ROWS, vocab);
      compare_absolute ("loss", losses, expected_losses, ROWS,
                        FLT_EPSILON * (4 + 8 * deviation + fabs (offset)));
      for (int r = 0; r < ROWS; r++)
        g_assert_cmpint (best[r], ==, expected_best[r]);
      if (dlogits != NULL)
        compare_floats ("dlogits", dlogits, expected_dlogits, n, tolerance);
      if (variant < 2)
        compare_bits ("logits", source, logits, n);
    }
  {
    float *p = guarded_floats (n);

    ops->softmax (p, logits, ROWS, vocab);
    compare_floats ("probabilities", p, expected_p, n, tolerance);
  }
}

static void
check (const GscOps *ops, GscRng *rng, int vocab)
{
  check_at (ops, rng, vocab, 0, 1);
  check_at (ops, rng, vocab, 0, 20);
  check_at (ops, rng, vocab, -100, 3);
}

static void
test_random (void)
{
  for_all (check, 1);
}

/* Logits at the ends of what float holds: the loss is their difference. */
static void
check_extreme (const GscOps *ops, GscRng *rng, int vocab)
{
  float *logits = guarded_floats (vocab), *dlogits = guarded_floats (vocab);
  float *p = guarded_floats (vocab);
  int32_t *target = guarded_random_ints (rng, 1, vocab), *best = guarded_ints (1);
  int32_t top = (*target + 1) % vocab;
  float loss;

  for (int i = 0; i < vocab; i++)
    logits[i] = -1e30f;
  logits[top] = 1e30f;
  ops->softmax (p, logits, 1, vocab);
  ops->cross_entropy (&loss, best, dlogits, logits, target, 2, 1, vocab);
  g_assert_cmpfloat (loss, ==, 2e30f);
  g_assert_cmpint (*best, ==, top);
  for (int i = 0; i < vocab; i++)
    {
      g_assert_cmpfloat_with_epsilon (p[i], i == top, 1e-37);
      g_assert_cmpfloat_with_epsilon (dlogits[i], (i == top) * 2 - (i == *target) * 2, 1e-37);
    }
}

static void
test_extreme (void)
{
  for_all (check_extreme, 2);
}

/* Of equal logits the lowest token is best, and all are equally likely. */
static void
check_ties (const GscOps *ops, GscRng *rng, int vocab)
{
  float *logits = guarded_random (rng, vocab, 0, 1);
  float *p = guarded_floats (vocab);
  int32_t *target = guarded_random_ints (rng, 1, vocab), *best = guarded_ints (1);
  int a = (int) gsc_rng_below (rng, vocab), b = (int) gsc_rng_below (rng, vocab);
  float loss;

  logits[a] = logits[b] = 10;
  ops->cross_entropy (&loss, best, NULL, logits, target, 1, 1, vocab);
  g_assert_cmpint (*best, ==, MIN (a, b));
  for (int i = 0; i < vocab; i++)
    logits[i] = -0.5;
  ops->cross_entropy (&loss, best, NULL, logits, target, 1, 1, vocab);
  g_assert_cmpint (*best, ==, 0);
  g_assert_cmpfloat_with_epsilon (loss, log (vocab), 4 * FLT_EPSILON * log (vocab));
  ops->softmax (p, logits, 1, vocab);
  for (int i = 0; i < vocab; i++)
    g_assert_cmpfloat_with_epsilon (p[i] * vocab, 1, 2 * FLT_EPSILON);
}

static void
test_ties (void)
{
  for_all (check_ties, 3);
}

/* Whichever logit is NaN, or infinitely large, the loss and the gradient are not finite. */
static void
check_nan (const GscOps *ops, GscRng *rng, int vocab)
{
  static const float values[] = { NAN, -NAN, INFINITY };

  for (int bad = 0; bad<vocab; bad += vocab> 20 ? 7 : 1)
    for (guint i = 0; i < G_N_ELEMENTS (values); i++)
      {
        float *logits = guarded_random (rng, 2 * vocab, 0, 1);
        float *dlogits = guarded_floats (2 * vocab), *p = guarded_floats (2 * vocab);
        const int32_t *targets = guarded_random_ints (rng, 2, vocab);
        float losses[2], sum = 0;
        int32_t best[2];

        logits[bad] = values[i];
        ops->cross_entropy (losses, best, dlogits, logits, targets, 1, 2, vocab);
        ops->softmax (p, logits, 2, vocab);
        g_assert_false (isfinite (losses[0]));
        g_assert_true (isfinite (losses[1]));
        for (int j = 0; j < vocab; j++)
          {
            g_assert_true (isnan (dlogits[j]));
            sum += p[j];
            g_assert_true (isfinite (dlogits[vocab + j]));
            g_assert_true (isfinite (p[vocab + j]));
          }
        g_assert_true (isnan (sum));
        g_assert_cmpint (best[0], >=, 0);
        g_assert_cmpint (best[0], <, vocab);
        guarded_release ();
      }
}

static void
test_nan (void)
{
  for_all (check_nan, 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cross-entropy/random", test_random);
  g_test_add_func ("/cross-entropy/extreme", test_extreme);
  g_test_add_func ("/cross-entropy/ties", test_ties);
  g_test_add_func ("/cross-entropy/nan", test_nan);
  return g_test_run ();
}
