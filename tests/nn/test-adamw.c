/* test-adamw.c - AdamW by hand and against the twin
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>

#include "compare.h"
#include "guarded.h"
#include "naive.h"

/* Every number here is a small whole number times a power of two, so that arithmetic is exact. */
static const float gradients[] = { 1, -1, 2, -3, 0.5, -0.125, 100, -4096, 7, 0x1p-20f, -0x1p20f };

enum
{
  N = 37 /* more than two vectors, and not a whole number of any */
};

static void
for_all (void (*check) (const GscOps *ops))
{
  for (int i = 0; gsc_ops_get_nth (i) != NULL; i++)
    {
      compare_case ("%s", gsc_ops_get_nth (i)->name);
      check (gsc_ops_get_nth (i));
      guarded_release ();
    }
}

static float *
filled (float value)
{
  float *array = guarded_floats (N);

  for (int i = 0; i < N; i++)
    array[i] = value;
  return array;
}

static float *
known_gradient (void)
{
  float *array = guarded_floats (N);

  for (int i = 0; i < N; i++)
    array[i] = gradients[i % G_N_ELEMENTS (gradients)];
  return array;
}

/* In the first step the corrected moments are g and g^2: weights move by lr, whatever the gradient.
 */
static void
check_first_step (const GscOps *ops)
{
  float *weights = filled (1), *m = filled (0), *v = filled (0), *g = known_gradient ();
  GscAdamWStep step = { 0x1p-7f, 0, 0.5f, 0.75f, 0, 0.5f, 0.25f };

  ops->adamw (weights, m, v, g, N, &step);
  for (int i = 0; i < N; i++)
    {
      g_assert_cmpfloat (weights[i], ==, g[i] > 0 ? 1 - 0x1p-7 : 1 + 0x1p-7);
      g_assert_cmpfloat (m[i], ==, 0.5f * g[i]);
      g_assert_cmpfloat (v[i], ==, 0.25f * g[i] * g[i]);
    }
}

static void
test_first_step (void)
{
  for_all (check_first_step);
}

/* Without a gradient there is only decay, and old moments fade. */
static void
check_decay (const GscOps *ops)
{
  float *weights = known_gradient (), *before = guarded_copy (weights, N);
  float *m = filled (0), *v = filled (2), *g = filled (0);
  GscAdamWStep step = { 0.125f, 0.5f, 0.5f, 0.75f, 1e-8f, 0.5f, 0.25f };

  ops->adamw (weights, m, v, g, N, &step);
  for (int i = 0; i < N; i++)
    {
      g_assert_cmpfloat (weights[i], ==, before[i] * 0.9375f);
      g_assert_cmpfloat (m[i], ==, 0);
      g_assert_cmpfloat (v[i], ==, 1.5);
    }
}

static void
test_decay (void)
{
  for_all (check_decay);
}

/* A huge epsilon turns the step into one of plain momentum, with rate lr / epsilon. */
static void
check_epsilon (const GscOps *ops)
{
  float *weights = filled (0), *m = filled (0), *v = filled (0), *g = known_gradient ();
  GscAdamWStep step = { 0.25f, 0.5f, 0.5f, 0.75f, 0x1p60f, 0.5f, 0.25f };

  ops->adamw (weights, m, v, g, N, &step);
  for (int i = 0; i < N; i++)
    g_assert_cmpfloat (weights[i], ==, -g[i] * 0x1p-62f);
}

static void
test_epsilon (void)
{
  for_all (check_epsilon);
}

/* Each of the steps leaves a few roundings in the weights; the moments hold sums of fading terms.
 */
static void
check_random (const GscOps *ops)
{
  enum
  {
    STEPS = 50
  };
  GscRng rng;
  float *weights, *m = filled (0), *v = filled (0);
  double *expected, *expected_m = doubles (N), *expected_v = doubles (N);

  gsc_rng_init (&rng, 1, GSC_RNG_SHOW, 0, 0);
  weights = guarded_random (&rng, N, 0, 1);
  expected = widened (weights, N);
  for (int t = 1; t <= STEPS; t++)
    {
      float *g = guarded_random (&rng, N, 0.1, 1e-3 * t);
      float lr = 0.01f * t / STEPS;
      GscAdamWStep step
          = { lr, 2, 0.9f, 0.98f, 1e-8f, (float) (1 - pow (0.9, t)), (float) (1 - pow (0.98, t)) };

      ops->adamw (weights, m, v, g, N, &step);
      naive_adamw (expected, expected_m, expected_v, widened (g, N), N, lr, 2, 0.9, 0.98, 1e-8, t);
      compare_floats ("m", m, expected_m, N, 4 * FLT_EPSILON);
      compare_floats ("v", v, expected_v, N, 8 * FLT_EPSILON);
      compare_floats ("weights", weights, expected, N, FLT_EPSILON * (2 + 0.25 * t));
    }
}

static void
test_random (void)
{
  for_all (check_random);
}

/* Every length from 1, so that no number behind the last vector is forgotten. */
static void
check_lengths (const GscOps *ops)
{
  for (size_t n = 1; n <= N; n++)
    {
      float *weights = guarded_floats (n), *m = guarded_floats (n), *v = guarded_floats (n);
      float *g = guarded_copy (known_gradient (), n);
      GscAdamWStep step = { 0x1p-7f, 0, 0.5f, 0.75f, 0, 0.5f, 0.25f };

      for (size_t i = 0; i < n; i++)
        weights[i] = m[i] = v[i] = 0;
      ops->adamw (weights, m, v, g, n, &step);
      for (size_t i = 0; i < n; i++)
        g_assert_cmpfloat (weights[i], ==, g[i] > 0 ? -0x1p-7 : 0x1p-7);
    }
}

static void
test_lengths (void)
{
  for_all (check_lengths);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/adamw/first-step", test_first_step);
  g_test_add_func ("/adamw/decay", test_decay);
  g_test_add_func ("/adamw/epsilon", test_epsilon);
  g_test_add_func ("/adamw/random", test_random);
  g_test_add_func ("/adamw/lengths", test_lengths);
  return g_test_run ();
}
