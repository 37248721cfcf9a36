/* test-linear.c - matrix products, gathering and scattering against the twins
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>

#include "compare.h"
#include "guarded.h"
#include "naive.h"

/* The roundings of a sum of k terms of either sign add up like a random walk. */
static double
tolerance_of (int k)
{
  return FLT_EPSILON * (2 + sqrt (k));
}

static void
check_product (GscRng *rng, int m, int n, int k, int a_transposed, int b_transposed, int add)
{
  /* A gap behind each row, or column, of a shows whether both strides are used. */
  size_t gap = m % 3;
  size_t a_row = a_transposed ? 1 : k + gap;
  size_t a_col = a_transposed ? m + gap : 1;
  size_t a_size = a_transposed ? (k - 1) * a_col + m : (m - 1) * a_row + k;
  const float *a = guarded_random (rng, a_size, 0, 1);
  const float *b = guarded_random (rng, (size_t) n * k, 0, 1);
  float *c = guarded_random (rng, (size_t) m * n, 0, 1);
  double *expected = widened (c, (size_t) m * n);

  naive_product (expected, add, widened (a, a_size), a_row, a_col, widened (b, (size_t) n * k),
                 b_transposed, m, n, k);
  for (int i = 0; gsc_ops_get_nth (i) != NULL; i++)
    {
      const GscOps *ops = gsc_ops_get_nth (i);
      float *got = add ? guarded_copy (c, (size_t) m * n) : guarded_floats ((size_t) m * n);

      if (ops->product == NULL)
        continue;
      compare_case ("%s, %d x %d x %d, a %s, b %s, %s", ops->name, m, n, k,
                    a_transposed ? "transposed" : "plain", b_transposed ? "transposed" : "plain",
                    add ? "added" : "written");
      ops->product (got, add, a, a_row, a_col, b, b_transposed, m, n, k);
      compare_floats ("c", got, expected, (size_t) m * n, tolerance_of (k));
    }
  guarded_release ();
}

static void
check_products (GscRng *rng, int m, int n, int k)
{
  for (int variant = 0; variant < 8; variant++)
    check_product (rng, m, n, k, variant & 1, variant >> 1 & 1, variant >> 2);
}

static void
test_product (void)
{
  static const int ms[] = { 1, 2, 3, 4, 5, 6, 7, 13, 48 };
  static const int sizes[] = { 16, 32, 48, 64, 80, 144 };
  GscRng rng;

  gsc_rng_init (&rng, 1, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (ms); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      for (guint l = 0; l < G_N_ELEMENTS (sizes); l++)
        check_products (&rng, ms[i], sizes[j], sizes[l]);
  check_products (&rng, 11, 16, 272);
  check_products (&rng, 11, 208, 400);
  check_products (&rng, 11, 80, 1040);
}

static void
check_gram (GscRng *rng, int rows, int cols, int of_rows)
{
  int n = of_rows ? rows : cols, k = of_rows ? cols : rows;
  const float *x = guarded_random (rng, (size_t) rows * cols, 0, 1);
  double *wide_x = widened (x, (size_t) rows * cols);
  double *expected = doubles ((size_t) n * n);

  naive_product (expected, 0, wide_x, of_rows ? cols : 1, of_rows ? 1 : cols, wide_x, of_rows, n, n,
                 k);
  /* the engine's choice first: BLAS where the sides are odd */
  for (int i = 0; i == 0 || gsc_ops_get_nth (i - 1) != NULL; i++)
    {
      const GscOps *ops = i > 0 ? gsc_ops_get_nth (i - 1) : NULL;
      float *got = guarded_floats ((size_t) n * n);

      if (ops != NULL && (ops->gram == NULL || n % GSC_PAD != 0 || (of_rows && k % GSC_PAD != 0)))
        continue;
      compare_case ("%s, %d x %d, %s", ops != NULL ? ops->name : "linear", rows, cols,
                    of_rows ? "of rows" : "of columns");
      if (ops != NULL)
        ops->gram (got, x, of_rows, rows, cols);
      else
        gsc_linear_gram (got, x, of_rows, rows, cols);
      compare_floats ("g", got, expected, (size_t) n * n, tolerance_of (k));
      for (int row = 0; row < n; row++)
        for (int col = 0; col < row; col++)
          g_assert_true (got[row * n + col] == got[col * n + row]);
    }
  guarded_release ();
}

static void
test_gram (void)
{
  static const int sizes[] = { 1, 5, 16, 31, 48, 64, 80, 144, 208 };
  GscRng rng;

  gsc_linear_init ();
  gsc_rng_init (&rng, 7, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      for (int of_rows = 0; of_rows < 2; of_rows++)
        check_gram (&rng, sizes[i], sizes[j], of_rows);
  check_gram (&rng, 1040, 32, 0);
  check_gram (&rng, 32, 1040, 1);
}

/* Gradients of weights sum over rows, and there may be any number of these. */
static void
test_product_any_depth (void)
{
  static const int depths[] = { 1, 2, 5, 15, 17, 129, 511, 512, 513, 1029 };
  GscRng rng;

  gsc_rng_init (&rng, 2, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    for (int add = 0; add < 2; add++)
      check_product (&rng, 23, 48, depths[i], 1, 0, add);
}

static void
check_linear (GscRng *rng, int rows, int n_in, int n_out)
{
  size_t n_x = (size_t) rows * n_in, n_y = (size_t) rows * n_out, n_w = (size_t) n_in * n_out;
  const float *x = guarded_random (rng, n_x, 0, 1);
  const float *w = guarded_random (rng, n_w, 0, 1);
  const float *dy = guarded_random (rng, n_y, 0, 1);
  double *wide_x = widened (x, n_x), *wide_w = widened (w, n_w), *wide_dy = widened (dy, n_y);
  float *y = guarded_floats (n_y), *dx = guarded_floats (n_x);
  double *expected_y = doubles (n_y), *expected_dx = doubles (n_x);

  compare_case ("%d rows, %d to %d", rows, n_in, n_out);
  gsc_linear_forward (y, x, w, rows, n_in, n_out);
  naive_linear_forward (expected_y, wide_x, wide_w, rows, n_in, n_out);
  compare_floats ("y", y, expected_y, n_y, tolerance_of (n_in));

  gsc_linear_backward_input (dx, dy, w, rows, n_in, n_out);
  naive_linear_backward_input (expected_dx, wide_dy, wide_w, rows, n_in, n_out);
  compare_floats ("dx", dx, expected_dx, n_x, tolerance_of (n_out));

  for (int fresh = 0; fresh < 2; fresh++)
    {
      float *dw = fresh ? guarded_floats (n_w) : guarded_random (rng, n_w, 0, 1);
      double *expected_dw = widened (dw, n_w);

      gsc_linear_backward_weight (dw, dy, x, rows, n_in, n_out, fresh);
      naive_linear_backward_weight (expected_dw, wide_dy, wide_x, rows, n_in, n_out, fresh);
      compare_floats (fresh ? "fresh dw" : "dw", dw, expected_dw, n_w, tolerance_of (rows));
    }
  guarded_release ();
}

static void
test_linear (void)
{
  static const int sizes[] = { 4, 15, 16, 64, 100, 192 };
  static const int rows[] = { 1, 2, 7, 47, 94 };
  GscRng rng;

  gsc_linear_init ();
  gsc_rng_init (&rng, 3, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
        check_linear (&rng, rows[r], sizes[i], sizes[j]);
}

/* On both sides of where BLAS takes over. */
static void
test_linear_large (void)
{
  GscRng rng;

  gsc_linear_init ();
  gsc_rng_init (&rng, 4, GSC_RNG_SHOW, 0, 0);
  check_linear (&rng, 33, 512, 512);
  check_linear (&rng, 19, 528, 64);
  check_linear (&rng, 19, 64, 528);
  check_linear (&rng, 5, 2064, 16);
  check_linear (&rng, 5, 16, 2064);
  check_linear (&rng, 47, 256, 1024);
  check_linear (&rng, 47, 1024, 256);
  check_linear (&rng, 600, 48, 32);
}

/* A NaN anywhere in the weights reaches an output of every row. */
static void
test_nan (void)
{
  GscRng rng;

  gsc_linear_init ();
  gsc_rng_init (&rng, 5, GSC_RNG_SHOW, 0, 0);
  for (int size = 16; size <= 17; size++)
    for (int bad = 0; bad < size * size; bad++)
      {
        float *x = guarded_random (&rng, 3 * size, 0, 1);
        float *w = guarded_random (&rng, size * size, 0, 1);
        float *y = guarded_floats (3 * size);

        w[bad] = NAN;
        gsc_linear_forward (y, x, w, 3, size, size);
        for (int i = 0; i < 3 * size; i++)
          g_assert_true (isnan (y[i]) == (i % size == bad / size));
        guarded_release ();
      }
}

static void
test_rows (void)
{
  enum
  {
    TABLE = 9,
    ROWS = 25
  };
  GscRng rng;

  gsc_rng_init (&rng, 6, GSC_RNG_SHOW, 0, 0);
  for (int width = 1; width < 40; width++)
    {
      const float *table = guarded_random (&rng, TABLE * width, 0, 1);
      const int32_t *rows = guarded_random_ints (&rng, ROWS, TABLE);
      float *y = guarded_floats (ROWS * width);
      float *dtable = guarded_random (&rng, TABLE * width, 0, 1);
      double *expected = widened (dtable, TABLE * width);

      compare_case ("width %d", width);
      gsc_rows_gather (y, table, rows, ROWS, width);
      for (int r = 0; r < ROWS; r++)
        compare_bits ("gathered", y + r * width, table + rows[r] * width, width);

      gsc_rows_scatter_add (dtable, y, rows, ROWS, width);
      for (int r = 0; r < ROWS; r++)
        for (int i = 0; i < width; i++)
          expected[rows[r] * width + i] += y[r * width + i];
      compare_floats ("scattered", dtable, expected, TABLE * width, 2 * FLT_EPSILON);
      guarded_release ();
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linear/product", test_product);
  g_test_add_func ("/linear/product-any-depth", test_product_any_depth);
  g_test_add_func ("/linear/gram", test_gram);
  g_test_add_func ("/linear/linear", test_linear);
  g_test_add_func ("/linear/large", test_linear_large);
  g_test_add_func ("/linear/nan", test_nan);
  g_test_add_func ("/linear/rows", test_rows);
  return g_test_run ();
}
