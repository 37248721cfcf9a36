/* test-vector.c - vector functions of every instruction set this processor has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "compare.h"
#include "guarded.h"
#include "gsc-ops.h"
#include "vector-probe.h"

static const VectorProbe *const probes[] = {
#ifdef GSC_HAVE_X86_LEVELS
  &vector_probe_v4,
  &vector_probe_v3,
#endif
  &vector_probe_generic,
};

static void
for_all (void (*check) (const VectorProbe *probe))
{
  guint checked = 0;

  for (int i = 0; gsc_ops_get_nth (i) != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (probes); j++)
      if (strcmp (gsc_ops_get_nth (i)->name, probes[j]->name) == 0)
        {
          compare_case ("%s", probes[j]->name);
          check (probes[j]);
          guarded_release ();
          checked++;
        }
  g_assert_cmpuint (checked, >, 0);
  g_assert_null (gsc_ops_get_nth (checked));
}

/* f (x) for numbers from first to last, n of them, must be right to 2e-7 of itself. */
static void
check_function (void (*function) (float *y, const float *x, size_t n),
                double (*exact) (double x),
                double first,
                double last)
{
  enum
  {
    N = 1 << 18
  };
  float *x = guarded_floats (N), *y = guarded_floats (N);

  for (int i = 0; i < N; i++)
    x[i] = (float) (first + (last - first) * i / (N - 1));
  function (y, x, N);
  for (int i = 0; i < N; i++)
    {
      double expected = exact (x[i]);

      compare_absolute ("function", y + i, &expected, 1, 2e-7 * expected);
    }
}

static void
check_exp (const VectorProbe *probe)
{
  float *x = guarded_floats (16), *y = guarded_floats (16);

  check_function (probe->exponential, exp, -87, 88);
  check_function (probe->exponential, exp, -1, 1);
  check_function (probe->exponential, exp, -1e-6, 1e-6);

  /* Past the ends it stays there, and NaN stays NaN. */
  for (int i = 0; i < 16; i++)
    x[i] = 0;
  x[1] = -87.5f;
  x[2] = -INFINITY;
  x[3] = -1e30f;
  x[4] = 88.5f;
  x[5] = INFINITY;
  x[6] = NAN;
  x[7] = -NAN;
  probe->exponential (y, x, 16);
  g_assert_cmpfloat (y[0], ==, 1);
  g_assert_cmpfloat_with_epsilon (y[1] / exp (-87), 1, 2e-7);
  g_assert_cmpfloat (y[2], ==, y[1]);
  g_assert_cmpfloat (y[3], ==, y[1]);
  g_assert_cmpfloat_with_epsilon (y[4] / exp (88), 1, 2e-7);
  g_assert_cmpfloat (y[5], ==, y[4]);
  g_assert_true (isnan (y[6]));
  g_assert_true (isnan (y[7]));
  g_assert_cmpfloat (y[8], ==, 1);
}

static void
test_exp (void)
{
  for_all (check_exp);
}

static void
check_exp2 (const VectorProbe *probe)
{
  float *x = guarded_floats (16), *y = guarded_floats (16);

  check_function (probe->exp2_negative, exp2, -125.9999, 0);
  check_function (probe->exp2_negative, exp2, -2, 0);
  check_function (probe->exp2_negative, exp2, -1e-6, 0);

  for (int i = 0; i < 16; i++)
    x[i] = -i;
  x[1] = -126;
  x[2] = -INFINITY;
  x[3] = -300;
  x[4] = -1e30f;
  x[5] = NAN;
  x[6] = -NAN;
  probe->exp2_negative (y, x, 16);
  for (int i = 0; i < 16; i++)
    if (i == 0 || i > 6)
      g_assert_cmpfloat (y[i], ==, exp2 (-i));
    else if (i < 5)
      g_assert_cmpfloat (y[i], ==, 0);
    else
      g_assert_true (isnan (y[i]));
}

static void
test_exp2 (void)
{
  for_all (check_exp2);
}

static void
check_transpose (const VectorProbe *probe)
{
  int n = probe->length;

  for (int in_stride = n; in_stride < n + 3; in_stride++)
    for (int out_stride = n; out_stride < n + 3; out_stride++)
      {
        float *in = guarded_floats ((size_t) (n - 1) * in_stride + n);
        float *out = guarded_floats ((size_t) (n - 1) * out_stride + n);

        for (int i = 0; i < n; i++)
          for (int j = 0; j < n; j++)
            in[i * in_stride + j] = 100 * i + j;
        probe->transpose (out, out_stride, in, in_stride);
        for (int i = 0; i < n; i++)
          for (int j = 0; j < out_stride && (i < n - 1 || j < n); j++)
            if (j < n)
              g_assert_cmpfloat (out[i * out_stride + j], ==, 100 * j + i);
            else
              g_assert_true (isnan (out[i * out_stride + j]));
      }
}

static void
test_transpose (void)
{
  for_all (check_transpose);
}

/* Every lane counts once, and every lane can be the largest. */
static void
check_across (const VectorProbe *probe)
{
  float *x = guarded_floats (probe->length);

  for (int i = 0; i < probe->length; i++)
    x[i] = (float) (1 << i);
  g_assert_cmpfloat (probe->sum (x), ==, (1 << probe->length) - 1);
  for (int top = 0; top < probe->length; top++)
    {
      for (int i = 0; i < probe->length; i++)
        x[i] = i == top ? -1 : -2 - i;
      g_assert_cmpfloat (probe->max (x), ==, -1);
    }
}

static void
test_across (void)
{
  for_all (check_across);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vector/exp", test_exp);
  g_test_add_func ("/vector/exp2", test_exp2);
  g_test_add_func ("/vector/transpose", test_transpose);
  g_test_add_func ("/vector/across", test_across);
  return g_test_run ();
}
