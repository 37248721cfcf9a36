/* test-activation.c - ReLU and GELU against their definitions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>

#include "compare.h"
#include "guarded.h"
#include "naive.h"

static const size_t lengths[] = { 1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 33, 64, 1000 };

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
check_relu (const GscOps *ops, GscRng *rng, size_t n)
{
  float *x = guarded_random (rng, n, 0, 1);
  float *dy = guarded_random (rng, n, 0, 1);
  float *y, *dx;

  x[gsc_rng_below (rng, (uint32_t) n)] = 0;
  y = guarded_copy (x, n);
  dx = guarded_copy (dy, n);
  ops->relu_forward (y, n);
  ops->relu_backward (dx, y, n);
  for (size_t i = 0; i < n; i++)
    {
      g_assert_cmpfloat (y[i], ==, MAX (x[i], 0));
      g_assert_cmpfloat (dx[i], ==, x[i] > 0 ? dy[i] : 0);
    }
}

static void
test_relu (void)
{
  for_all (check_relu, 1);
}

/* 1 + tanh (u) and 1 - tanh (u)^2 are differences of numbers near 1, uncertain by a rounding of 1
 * and multiplied by x, and in the slope by x^3 as well until they vanish behind 6. */
static void
check_gelu (const GscOps *ops, GscRng *rng, size_t n)
{
  static const double deviations[] = { 0.01, 1, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (deviations); i++)
    {
      const float *x = guarded_random (rng, n, 0, deviations[i]);
      float *y = guarded_floats (n), *dy = guarded_random (rng, n, 0, 1);
      const float *dy_before = guarded_copy (dy, n);

      ops->gelu_forward (y, x, n);
      ops->gelu_backward (dy, x, n);
      for (size_t j = 0; j < n; j++)
        {
          double expected = naive_gelu (x[j]);
          double slope = naive_gelu_slope (x[j]) * dy_before[j];

          compare_absolute ("y", y + j, &expected, 1, 2 * FLT_EPSILON * fabs (x[j]));
          compare_absolute ("dy", dy + j, &slope, 1, 24 * FLT_EPSILON * fabs (dy_before[j]));
        }
    }
}

static void
test_gelu (void)
{
  for_all (check_gelu, 2);
}

/* Far from 0 GELU is exactly x or 0, and its slope 1 or 0, without overflow on the way. */
static void
check_gelu_far (const GscOps *ops, GscRng *rng, size_t n)
{
  for (double size = 10; size < 1e18; size *= 10)
    {
      float *x = guarded_floats (n), *y = guarded_floats (n), *dy = guarded_floats (n);

      for (size_t i = 0; i < n; i++)
        {
          x[i] = (float) (i % 2 == 0 ? size : -size);
          dy[i] = 2;
        }
      ops->gelu_forward (y, x, n);
      ops->gelu_backward (dy, x, n);
      for (size_t i = 0; i < n; i++)
        {
          g_assert_cmpfloat (y[i], ==, i % 2 == 0 ? x[i] : 0);
          g_assert_cmpfloat (dy[i], ==, i % 2 == 0 ? 2 : 0);
        }
    }
}

static void
test_gelu_far (void)
{
  for_all (check_gelu_far, 3);
}

/* NaN stays NaN and stays alone. */
static void
check_nan (const GscOps *ops, GscRng *rng, size_t n)
{
  size_t bad = gsc_rng_below (rng, (uint32_t) n);
  float *x = guarded_random (rng, n, 0, 1);
  float *gelu = guarded_floats (n), *slope = guarded_copy (x, n);

  x[bad] = NAN;
  ops->gelu_forward (gelu, x, n);
  ops->gelu_backward (slope, x, n);
  ops->relu_forward (x, n);
  for (size_t i = 0; i < n; i++)
    {
      g_assert_true (isnan (gelu[i]) == (i == bad));
      g_assert_true (isnan (slope[i]) == (i == bad));
      g_assert_true (isnan (x[i]) == (i == bad));
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
  g_test_add_func ("/activation/relu", test_relu);
  g_test_add_func ("/activation/gelu", test_gelu);
  g_test_add_func ("/activation/gelu-far", test_gelu_far);
  g_test_add_func ("/activation/nan", test_nan);
  return g_test_run ();
}
