/* test-layernorm.c - LayerNorm, alone and after a residual addition, against the twin
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "compare.h"
#include "guarded.h"
#include "naive.h"

static const int widths[] = { 1, 2, 4, 6, 15, 16, 17, 48, 64, 100, 512 };
static const int row_counts[] = { 1, 2, 5, 33 };

/* Runs check (ops, rng, rows, width) for all tables and sizes. */
static void
for_all (void (*check) (const GscOps *ops, GscRng *rng, int rows, int width), uint64_t seed)
{
  GscRng rng;

  gsc_rng_init (&rng, seed, GSC_RNG_SHOW, 0, 0);
  for (int i = 0; gsc_ops_get_nth (i) != NULL; i++)
    for (guint r = 0; r < G_N_ELEMENTS (row_counts); r++)
      for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
        {
          compare_case ("%s, %d rows of %d", gsc_ops_get_nth (i)->name, row_counts[r], widths[w]);
          check (gsc_ops_get_nth (i), &rng, row_counts[r], widths[w]);
          guarded_release ();
        }
}

/* The mean of numbers around @offset is uncertain by a few roundings of @offset, which the
 * deviation then divides. A variance from one pass would lose offset^2 instead. */
static void
check_forward_at (
    const GscOps *ops, GscRng *rng, int rows, int width, double offset, double deviation)
{
  size_t n = (size_t) rows * width;
  const float *x = guarded_random (rng, n, offset, deviation);
  const float *weight = guarded_random (rng, width, 1, 0.5);
  const float *bias = guarded_random (rng, width, 0, 1);
  float *y = guarded_floats (n), *mean = guarded_floats (rows), *rstd = guarded_floats (rows);
  double *expected = doubles (n), *expected_mean = doubles (rows), *expected_rstd = doubles (rows);
  double tolerance = FLT_EPSILON * (4 + sqrt (width) / 4) * (1 + 2 * offset / deviation);

  ops->layernorm_forward (y, mean, rstd, x, weight, bias, rows, width);
  naive_layernorm_forward (expected, expected_mean, expected_rstd, widened (x, n),
                           widened (weight, width), widened (bias, width), rows, width);
  compare_absolute ("mean", mean, expected_mean, rows,
                    FLT_EPSILON * (4 + sqrt (width) / 2) * (offset + deviation));
  if (width < 4)
    return; /* two numbers may be near to each other: the next test's matter */
  compare_floats ("rstd", rstd, expected_rstd, rows, tolerance);
  compare_floats ("y", y, expected, n, tolerance);
}

static void
check_forward (const GscOps *ops, GscRng *rng, int rows, int width)
{
  check_forward_at (ops, rng, rows, width, 0, 1);
  check_forward_at (ops, rng, rows, width, 1, 2);
  check_forward_at (ops, rng, rows, width, 1000, 1);
  check_forward_at (ops, rng, rows, width, 0, 0.003); /* epsilon is as large as the variance */
}

static void
test_forward (void)
{
  for_all (check_forward, 1);
}

/* Rows of equal numbers have no variance, only epsilon. */
static void
check_constant (const GscOps *ops, GscRng *rng, int rows, int width)
{
  size_t n = (size_t) rows * width;
  float *x = guarded_floats (n);
  const float *weight = guarded_random (rng, width, 1, 0.5);
  const float *bias = guarded_random (rng, width, 0, 1);
  float *y = guarded_floats (n), *mean = guarded_floats (rows), *rstd = guarded_floats (rows);

  for (size_t i = 0; i < n; i++)
    x[i] = 3;
  ops->layernorm_forward (y, mean, rstd, x, weight, bias, rows, width);
  for (int r = 0; r < rows; r++)
    {
      g_assert_cmpfloat (mean[r], ==, 3);
      g_assert_cmpfloat_with_epsilon (rstd[r], 1 / sqrt (1e-5), 1e-4);
      compare_bits ("y", y + (size_t) r * width, bias, width);
    }
}

static void
test_constant (void)
{
  for_all (check_constant, 2);
}

static void
check_residual (const GscOps *ops, GscRng *rng, int rows, int width, int with_rows, int in_place)
{
  enum
  {
    VOCAB = 7
  };
  size_t n = (size_t) rows * width;
  size_t n_x = with_rows ? (size_t) VOCAB * width : n;
  const float *x = guarded_random (rng, n_x, 0, 1);
  const int32_t *x_rows = with_rows ? guarded_random_ints (rng, rows, VOCAB) : NULL;
  float *delta = guarded_random (rng, n, 0, 1);
  const float *delta_before = guarded_copy (delta, n);
  const float *weight = guarded_random (rng, width, 1, 0.5);
  const float *bias = guarded_random (rng, width, 0, 1);
  float *sum = in_place ? delta : guarded_floats (n);
  float *expected_sum = guarded_floats (n);
  float *y = guarded_floats (n), *mean = guarded_floats (rows), *rstd = guarded_floats (rows);
  float *plain_y = guarded_floats (n);
  float *plain_mean = guarded_floats (rows), *plain_rstd = guarded_floats (rows);

  ops->residual_layernorm_forward (sum, y, mean, rstd, x, x_rows, delta, weight, bias, rows, width);
  for (int r = 0; r < rows; r++)
    for (int i = 0; i < width; i++)
      expected_sum[r * width + i]
          = x[(with_rows ? x_rows[r] : r) * width + i] + delta_before[r * width + i];
  compare_bits ("sum", sum, expected_sum, n);
  if (!in_place)
    compare_bits ("delta", delta, delta_before, n);
  /* What LayerNorm makes of the sum is the other tests' matter; here it must be the same. */
  ops->layernorm_forward (plain_y, plain_mean, plain_rstd, expected_sum, weight, bias, rows, width);
  compare_floats ("y", y, widened (plain_y, n), n, 4 * FLT_EPSILON);
  compare_floats ("mean", mean, widened (plain_mean, rows), rows, 4 * FLT_EPSILON);
  compare_floats ("rstd", rstd, widened (plain_rstd, rows), rows, 4 * FLT_EPSILON);
}

static void
check_residual_variants (const GscOps *ops, GscRng *rng, int rows, int width)
{
  for (int variant = 0; variant < 4; variant++)
    check_residual (ops, rng, rows, width, variant & 1, variant >> 1);
}

static void
test_residual (void)
{
  for_all (check_residual_variants, 3);
}

static void
check_backward (const GscOps *ops, GscRng *rng, int rows, int width)
{
  size_t n = (size_t) rows * width;
  const float *x = guarded_random (rng, n, 0.5, 2);
  const float *dy = guarded_random (rng, n, 0.1, 1);
  const float *weight = guarded_random (rng, width, 1, 0.5);
  const float *bias = guarded_random (rng, width, 0, 1);
  float *y = guarded_floats (n), *mean = guarded_floats (rows), *rstd = guarded_floats (rows);
  float *dx = guarded_random (rng, n, 0, 1);
  float *dweight = guarded_random (rng, width, 0, 1);
  float *dbias = guarded_random (rng, width, 0, 1);
  double *expected_dx = widened (dx, n);
  double *expected_dweight = widened (dweight, width);
  double *expected_dbias = widened (dbias, width);
  double sums = FLT_EPSILON * 4 * sqrt (rows);

  if (width < 4)
    return; /* too steep where the numbers of a row are near to each other */
  ops->layernorm_forward (y, mean, rstd, x, weight, bias, rows, width);
  ops->layernorm_backward (dx, dweight, dbias, dy, x, mean, rstd, weight, rows, width);
  naive_layernorm_backward (expected_dx, expected_dweight, expected_dbias, widened (dy, n),
                            widened (x, n), widened (weight, width), rows, width);
  compare_floats ("dx", dx, expected_dx, n, FLT_EPSILON * (8 + sqrt (width) / 4));
  compare_floats ("dweight", dweight, expected_dweight, width, sums);
  compare_floats ("dbias", dbias, expected_dbias, width, sums);
}

static void
test_backward (void)
{
  for_all (check_backward, 4);
}

static void
check_nan (const GscOps *ops, GscRng *rng, int rows, int width)
{
  size_t n = (size_t) rows * width;
  size_t bad = gsc_rng_below (rng, (uint32_t) n);
  float *x = guarded_random (rng, n, 0, 1);
  const float *weight = guarded_random (rng, width, 1, 0.5);
  const float *bias = guarded_random (rng, width, 0, 1);
  float *y = guarded_floats (n), *mean = guarded_floats (rows), *rstd = guarded_floats (rows);

  x[bad] = NAN;
  ops->layernorm_forward (y, mean, rstd, x, weight, bias, rows, width);
  for (size_t i = 0; i < n; i++)
    g_assert_true (isnan (y[i]) == (i / width == bad / width));
}

static void
test_nan (void)
{
  for_all (check_nan, 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layernorm/forward", test_forward);
  g_test_add_func ("/layernorm/constant", test_constant);
  g_test_add_func ("/layernorm/residual", test_residual);
  g_test_add_func ("/layernorm/backward", test_backward);
  g_test_add_func ("/layernorm/nan", test_nan);
  return g_test_run ();
}
