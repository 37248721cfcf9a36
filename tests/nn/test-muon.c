/* test-muon.c - Muon against its definition: singular values, known cases and the twin
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "gsc-muon.h"
#include "guarded.h"
#include "naive.h"

static const struct
{
  int rows;
  int cols;
} shapes[] = {
  { 1, 1 },   { 1, 7 },   { 7, 1 },   { 2, 3 },   { 5, 5 },    { 16, 16 }, { 33, 33 },
  { 64, 64 }, { 64, 16 }, { 16, 64 }, { 17, 40 }, { 100, 25 }, { 48, 12 }, { 12, 48 },
};

/* What five steps amplify a rounding by, at most: the polynomial's slope at 0, five times.
 * Roundings of the first step are of the size of its largest elements. */
static const double growth = 3.4445 * 3.4445 * 3.4445 * 3.4445 * 3.4445;

static void
orthogonalise (float *x, int rows, int cols)
{
  gsc_muon_orthogonalise (x, rows, cols, guarded_floats (gsc_muon_scratch_floats (rows, cols)));
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The singular values of x, smallest first, min (rows, cols) of them: one-sided Jacobi rotations
 * make the shorter dimension's vectors orthogonal, and then these are their lengths. */
static double *
singular_values (const float *x, int rows, int cols)
{
  int n = MIN (rows, cols), length = MAX (rows, cols);
  double *vectors = doubles ((size_t) n * length);
  double *values = doubles (n);

  for (int i = 0; i < n; i++)
    for (int j = 0; j < length; j++)
      vectors[i * length + j] = rows <= cols ? x[i * cols + j] : x[j * cols + i];
  for (int sweep = 0; sweep < 30; sweep++)
    for (int a = 0; a < n; a++)
      for (int b = a + 1; b < n; b++)
        {
          double *u = vectors + a * length, *v = vectors + b * length;
          double uu = 0, vv = 0, uv = 0, angle;

          for (int i = 0; i < length; i++)
            {
              uu += u[i] * u[i];
              vv += v[i] * v[i];
              uv += u[i] * v[i];
            }
          angle = 0.5 * atan2 (2 * uv, uu - vv);
          for (int i = 0; i < length; i++)
            {
              double old = u[i];

              u[i] = cos (angle) * old + sin (angle) * v[i];
              v[i] = cos (angle) * v[i] - sin (angle) * old;
            }
        }
  for (int i = 0; i < n; i++)
    {
      double squares = 0;

      for (int j = 0; j < length; j++)
        squares += vectors[i * length + j] * vectors[i * length + j];
      values[i] = sqrt (squares);
    }
  qsort (values, n, sizeof *values, compare_doubles);
  return values;
}

static double
five_steps (double s)
{
  for (int step = 0; step < 5; step++)
    s = naive_muon_polynomial (s);
  return s;
}

/* Singular values go through the polynomial one by one, and all that are not tiny end around 1. */
static void
test_singular_values (void)
{
  GscRng rng;

  gsc_rng_init (&rng, 1, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      int rows = shapes[i].rows, cols = shapes[i].cols, n = MIN (rows, cols);
      float *x = guarded_random (&rng, (size_t) rows * cols, 0, 3);
      double *before = singular_values (x, rows, cols);
      double *expected = doubles (n), *after;
      double squares = 0;

      for (int j = 0; j < n; j++)
        squares += before[j] * before[j];
      for (int j = 0; j < n; j++)
        {
          expected[j] = five_steps (before[j] / sqrt (squares));
          if (before[j] / sqrt (squares) > 0.004)
            {
              g_assert_cmpfloat (expected[j], >, 0.6);
              g_assert_cmpfloat (expected[j], <, 1.3);
            }
        }
      qsort (expected, n, sizeof *expected, compare_doubles);
      orthogonalise (x, rows, cols);
      after = singular_values (x, rows, cols);
      for (int j = 0; j < n; j++)
        g_assert_cmpfloat_with_epsilon (after[j], expected[j], growth * FLT_EPSILON);
      g_assert_cmpfloat (after[n - 1], <, 1.3);
      g_assert_cmpfloat (after[n / 2], >, 0.6);
      guarded_release ();
    }
}

static void
test_twin (void)
{
  GscRng rng;

  gsc_rng_init (&rng, 2, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      int rows = shapes[i].rows, cols = shapes[i].cols;
      size_t n = (size_t) rows * cols;
      float *x = guarded_random (&rng, n, 0, 0.02);
      double *expected = widened (x, n);

      compare_case ("%d x %d", rows, cols);
      orthogonalise (x, rows, cols);
      naive_muon_orthogonalise (expected, rows, cols);
      compare_floats ("x", x, expected, n, growth * FLT_EPSILON);
      guarded_release ();
    }
}

static void
test_zero (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      size_t n = (size_t) shapes[i].rows * shapes[i].cols;
      float *x = guarded_floats (n);

      memset (x, 0, n * sizeof *x);
      orthogonalise (x, shapes[i].rows, shapes[i].cols);
      for (size_t j = 0; j < n; j++)
        g_assert_cmpfloat (x[j], ==, 0);
      guarded_release ();
    }
}

/* Only the direction counts, from gradients of 1e-3 to those whose squares float could not hold. */
static void
test_scale (void)
{
  static const float scales[] = { 1e-3f, 0x1p-4f, 3, 1e10f, 1e25f, -1 };
  GscRng rng;

  gsc_rng_init (&rng, 3, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      size_t n = (size_t) shapes[i].rows * shapes[i].cols;
      const float *x = guarded_random (&rng, n, 0, 1);
      float *plain = guarded_copy (x, n);
      double *expected;

      orthogonalise (plain, shapes[i].rows, shapes[i].cols);
      for (guint j = 0; j < G_N_ELEMENTS (scales); j++)
        {
          float *scaled = guarded_copy (x, n);
          /* 1e-7 beside the norm is what keeps zero zero */
          double epsilon = 1e-7 / (fabs (scales[j]) * 0.1);

          expected = widened (plain, n);
          for (size_t l = 0; l < n; l++)
            {
              scaled[l] *= scales[j];
              expected[l] *= scales[j] < 0 ? -1 : 1;
            }
          compare_case ("%d x %d times %g", shapes[i].rows, shapes[i].cols, scales[j]);
          orthogonalise (scaled, shapes[i].rows, shapes[i].cols);
          compare_floats ("x", scaled, expected, n, 4 * growth * FLT_EPSILON + 8 * epsilon);
        }
      guarded_release ();
    }
}

/* An orthogonal matrix has one singular value, and stays itself times what becomes of that. */
static void
test_orthogonal (void)
{
  for (int n = 1; n <= 40; n++)
    {
      float *x = guarded_floats ((size_t) n * n);
      double *expected;

      /* A reflection, I - 2 v v^T, with v = (1, 1, ...) / sqrt (n). */
      for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
          x[i * n + j] = (float) ((i == j) - 2.0 / n);
      expected = widened (x, (size_t) n * n);
      for (int i = 0; i < n * n; i++)
        expected[i] *= five_steps (1 / sqrt (n));
      compare_case ("reflection of %d", n);
      orthogonalise (x, n, n);
      compare_floats ("x", x, expected, (size_t) n * n, growth * FLT_EPSILON);
      guarded_release ();
    }
}

/* A matrix of rank one has the singular value 1 and no other. */
static void
test_rank_one (void)
{
  GscRng rng;

  gsc_rng_init (&rng, 4, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      int rows = shapes[i].rows, cols = shapes[i].cols;
      size_t n = (size_t) rows * cols;
      float *u = guarded_random (&rng, rows, 0, 1), *v = guarded_random (&rng, cols, 0, 1);
      float *x = guarded_floats (n);
      double *expected = doubles (n);
      double squares = 0;

      for (int r = 0; r < rows; r++)
        for (int c = 0; c < cols; c++)
          {
            expected[r * cols + c] = (double) u[r] * v[c];
            x[r * cols + c] = u[r] * v[c];
            squares += expected[r * cols + c] * expected[r * cols + c];
          }
      for (size_t j = 0; j < n; j++)
        expected[j] *= five_steps (1) / sqrt (squares);
      compare_case ("rank one, %d x %d", rows, cols);
      orthogonalise (x, rows, cols);
      /* where nothing is, every rounding grows */
      compare_floats ("x", x, expected, n, 8 * growth * FLT_EPSILON);
      guarded_release ();
    }
}

static void
test_step (void)
{
  GscRng rng;

  gsc_rng_init (&rng, 5, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      int rows = shapes[i].rows, cols = shapes[i].cols;
      size_t n = (size_t) rows * cols;
      float *weights = guarded_random (&rng, n, 0, 0.1);
      float *momentum = guarded_floats (n);
      double *expected = widened (weights, n), *expected_momentum = doubles (n);

      memset (momentum, 0, n * sizeof *momentum);
      for (int t = 1; t <= 5; t++)
        {
          const float *gradient = guarded_random (&rng, n, 0, 0.01);
          float *scratch = guarded_floats (gsc_muon_scratch_floats (rows, cols));
          GscMuonStep step = { 0.02f * t, 0.5f, 0.95f };

          compare_case ("%d x %d, step %d", rows, cols, t);
          gsc_muon_step (weights, momentum, gradient, rows, cols, &step, scratch);
          naive_muon_step (expected, expected_momentum, widened (gradient, n), rows, cols, step.lr,
                           0.5, step.momentum);
          compare_floats ("momentum", momentum, expected_momentum, n, 4 * FLT_EPSILON);
          compare_floats ("weights", weights, expected, n, growth * FLT_EPSILON);
        }
      guarded_release ();
    }
}

/* Without a gradient weights only shrink. */
static void
test_decay (void)
{
  float weights[6] = { 1, -2, 3, -4, 5, 7 }, momentum[6] = { 0 }, gradient[6] = { 0 };
  GscMuonStep step = { 0.125f, 0.5f, 0.9f };

  gsc_muon_step (weights, momentum, gradient, 2, 3, &step,
                 guarded_floats (gsc_muon_scratch_floats (2, 3)));
  compare_case ("decay");
  compare_bits ("weights", weights,
                (const float[]){ 0.9375f, -1.875f, 2.8125f, -3.75f, 4.6875f, 6.5625f }, 6);
  guarded_release ();
}

/* A gradient that is not finite must not pass for one that is. */
static void
test_nan (void)
{
  GscRng rng;
  float *x;

  gsc_rng_init (&rng, 6, GSC_RNG_SHOW, 0, 0);
  for (int bad = 0; bad < 12; bad++)
    {
      x = guarded_random (&rng, 12, 0, 1);
      x[bad] = NAN;
      orthogonalise (x, 3, 4);
      for (int i = 0; i < 12; i++)
        g_assert_true (isnan (x[i]));
      guarded_release ();
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/muon/singular-values", test_singular_values);
  g_test_add_func ("/muon/twin", test_twin);
  g_test_add_func ("/muon/zero", test_zero);
  g_test_add_func ("/muon/scale", test_scale);
  g_test_add_func ("/muon/orthogonal", test_orthogonal);
  g_test_add_func ("/muon/rank-one", test_rank_one);
  g_test_add_func ("/muon/step", test_step);
  g_test_add_func ("/muon/decay", test_decay);
  g_test_add_func ("/muon/nan", test_nan);
  return g_test_run ();
}
