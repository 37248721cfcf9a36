/* test-elementwise.c - addition and the reduction of gradients
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>

#include "compare.h"
#include "guarded.h"
#include "gsc-ops.h"

static const size_t lengths[] = { 0, 1, 3, 15, 16, 17, 1000, 1023, 1024, 1025, 5000 };

static void
for_all (void (*check) (const GscOps *ops, GscRng *rng, size_t n), uint64_t seed)
{
  GscRng rng;

  gsc_rng_init (&rng, seed, GSC_RNG_SHOW, 0, 0);
  for (int i = 0; gsc_ops_get_nth (i) != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (lengths); j++)
      {
        compare_case ("%s, %zu numbers", gsc_ops_get_nth (i)->name, lengths[j]);
        check (gsc_ops_get_nth (i), &rng, lengths[j]);
        guarded_release ();
      }
}

static void
check_add (const GscOps *ops, GscRng *rng, size_t n)
{
  const float *x = guarded_random (rng, n, 0, 1);
  float *y = guarded_random (rng, n, 0, 1);
  float *expected = guarded_copy (y, n);

  for (size_t i = 0; i < n; i++)
    expected[i] += x[i];
  ops->add (y, x, n);
  compare_bits ("y", y, expected, n);
}

static void
test_add (void)
{
  for_all (check_add, 1);
}

/* The parts are added in their order, to the bit, so that a run does not depend on which thread was
 * ready first; squares are summed in float over a thousand numbers at most, then in double. */
static void
check_reduce_parts (const GscOps *ops, GscRng *rng, size_t n, int n_parts, int in_place)
{
  enum
  {
    MOST = 5
  };
  float *parts[MOST];
  float *expected, *sum;
  double squares = 0, got;

  for (int i = 0; i < n_parts; i++)
    parts[i] = guarded_random (rng, n, 0, pow (10, i));
  expected = guarded_copy (parts[0], n);
  for (int i = 1; i < n_parts; i++)
    for (size_t j = 0; j < n; j++)
      expected[j] += parts[i][j];
  for (size_t j = 0; j < n; j++)
    squares += (double) expected[j] * expected[j];

  sum = in_place ? parts[0] : guarded_floats (n);
  got = ops->reduce (sum, (const float *const *) parts, n_parts, n);
  compare_bits ("sum", sum, expected, n);
  g_assert_cmpfloat (fabs (got - squares), <=, 32 * FLT_EPSILON * squares);
}

static void
check_reduce (const GscOps *ops, GscRng *rng, size_t n)
{
  for (int n_parts = 1; n_parts <= 5; n_parts++)
    for (int in_place = 0; in_place < 2; in_place++)
      check_reduce_parts (ops, rng, n, n_parts, in_place);
}

static void
test_reduce (void)
{
  for_all (check_reduce, 2);
}

/* Wherever a number is not finite, in whichever part, the sum of squares is not. */
static void
test_reduce_not_finite (void)
{
  static const float values[] = { NAN, -NAN, INFINITY, -INFINITY };
  enum
  {
    N = 1050
  };
  GscRng rng;
  float *parts[3], *sum;

  gsc_rng_init (&rng, 3, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < 3; i++)
    parts[i] = guarded_random (&rng, N, 0, 1);
  sum = guarded_floats (N);
  for (int i = 0; gsc_ops_get_nth (i) != NULL; i++)
    for (size_t bad = 0; bad < N; bad += bad % 64 < 40 ? 1 : 11)
      {
        float *place = parts[bad % 3] + bad;
        float before = *place;

        *place = values[bad % G_N_ELEMENTS (values)];
        g_assert_false (
            isfinite (gsc_ops_get_nth (i)->reduce (sum, (const float *const *) parts, 3, N)));
        *place = before;
        g_assert_true (
            isfinite (gsc_ops_get_nth (i)->reduce (sum, (const float *const *) parts, 3, N)));
      }
  guarded_release ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/elementwise/add", test_add);
  g_test_add_func ("/elementwise/reduce", test_reduce);
  g_test_add_func ("/elementwise/reduce-not-finite", test_reduce_not_finite);
  return g_test_run ();
}
