/* test-pca.c - principal components of points whose components are known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>

#include "gsc-pca.h"
#include "gsc-rng.h"

/* Points [n][m], normal, coordinate j with a standard deviation of 1 + j (transfer full). */
static double *
draw_points (guint n, guint m, guint64 seed)
{
  double *points = g_new (double, (gsize) n *m);
  GscRng rng;

  gsc_rng_init (&rng, seed, GSC_RNG_EVAL, 0, 0);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < m; j++)
      points[(gsize) i * m + j] = 5.0 + (1.0 + j) * gsc_rng_normal (&rng);
  return points;
}

static double
dot (const double *a, const double *b, guint m)
{
  double sum = 0.0;

  for (guint j = 0; j < m; j++)
    sum += a[j] * b[j];
  return sum;
}

/* The directions are orthonormal, the scores are the points on them, do not correlate, and have the
 * variance that is claimed; of all variance, all that is claimed to be there is there. */
static void
check_invariants (const GscPca *pca, const double *points, guint n, guint m)
{
  double total = 0.0;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < m; j++)
      total += pow (points[(gsize) i * m + j] - pca->mean[j], 2);
  for (guint a = 0; a < pca->k; a++)
    {
      double highest = 0.0;
      gboolean seen = FALSE;

      if (pca->variance[a] == 0.0)
        continue;
      for (guint b = 0; b < pca->k; b++)
        {
          double correlation = 0.0;

          for (guint i = 0; i < n; i++)
            correlation += pca->scores[i * pca->k + a] * pca->scores[i * pca->k + b] / total;
          g_assert_cmpfloat_with_epsilon (correlation, a == b ? pca->variance[a] : 0.0, 1e-10);
          if (pca->variance[b] > 0.0)
            g_assert_cmpfloat_with_epsilon (
                dot (&pca->directions[(gsize) a * m], &pca->directions[(gsize) b * m], m),
                a == b ? 1.0 : 0.0, 1e-8);
        }
      if (a > 0)
        g_assert_cmpfloat (pca->variance[a], <=, pca->variance[a - 1]);
      for (guint i = 0; i < n; i++)
        {
          double score = dot (&points[(gsize) i * m], &pca->directions[(gsize) a * m], m)
                         - dot (pca->mean, &pca->directions[(gsize) a * m], m);

          g_assert_cmpfloat_with_epsilon (pca->scores[i * pca->k + a], score, 1e-9);
          highest = MAX (highest, fabs (score));
        }
      for (guint i = 0; i < n && !seen; i++)
        if (fabs (pca->scores[i * pca->k + a]) > highest * 0.5000001)
          {
            g_assert_cmpfloat (pca->scores[i * pca->k + a], >, 0.0);
            seen = TRUE;
          }
    }
}

/* Points on an ellipse of axes 3 and 1 in a plane of an m-dimensional space, away from the origin.
 */
static void
check_ellipse (guint n, guint m)
{
  g_autofree double *points = g_new (double, (gsize) n *m);
  g_autofree double *u = g_new (double, m);
  g_autofree double *v = g_new (double, m);
  g_autoptr (GscPca) pca = NULL;
  double along, norm;

  for (guint j = 0; j < m; j++)
    {
      u[j] = sin (1.0 + j);
      v[j] = cos (3.0 * j);
    }
  norm = sqrt (dot (u, u, m));
  for (guint j = 0; j < m; j++)
    u[j] /= norm;
  along = dot (u, v, m);
  for (guint j = 0; j < m; j++)
    v[j] -= along * u[j];
  norm = sqrt (dot (v, v, m));
  for (guint j = 0; j < m; j++)
    v[j] /= norm;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < m; j++)
      points[(gsize) i * m + j]
          = 3.0 * cos (2 * G_PI * i / n) * u[j] + sin (2 * G_PI * i / n) * v[j] + 0.5 * (j % 3);

  pca = gsc_pca_new (points, n, m, 3, 0.0);
  check_invariants (pca, points, n, m);
  g_assert_cmpfloat_with_epsilon (pca->variance[0], 0.9, 1e-12);
  g_assert_cmpfloat_with_epsilon (pca->variance[1], 0.1, 1e-12);
  g_assert_cmpfloat (pca->variance[2], ==, 0.0);
  g_assert_cmpfloat_with_epsilon (fabs (dot (pca->directions, u, m)), 1.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (fabs (dot (pca->directions + m, v, m)), 1.0, 1e-12);
  for (guint i = 0; i < n; i++)
    {
      /* Point 0 is the farthest of the first axis. The first that is at least half as far as the
       * farthest on the second has a positive sine, too. */
      g_assert_cmpfloat_with_epsilon (pca->scores[3 * i], 3.0 * cos (2 * G_PI * i / n), 1e-12);
      g_assert_cmpfloat_with_epsilon (pca->scores[3 * i + 1], sin (2 * G_PI * i / n), 1e-12);
      g_assert_cmpfloat (pca->scores[3 * i + 2], ==, 0.0);
    }
  for (guint j = 0; j < m; j++)
    g_assert_cmpfloat_with_epsilon (pca->mean[j], 0.5 * (j % 3), 1e-12);
}

static void
test_ellipse (void)
{
  check_ellipse (29, 2);
  check_ellipse (29, 7);
  check_ellipse (29, 29);
  check_ellipse (29, 200);
}

/* Both components of a circle are worth as much. */
static void
test_circle (void)
{
  double points[11][4];
  g_autoptr (GscPca) pca = NULL;

  for (guint i = 0; i < 11; i++)
    {
      points[i][0] = points[i][2] = cos (2 * G_PI * i / 11);
      points[i][1] = sin (2 * G_PI * i / 11);
      points[i][3] = -points[i][1];
    }
  pca = gsc_pca_new (&points[0][0], 11, 4, 2, 0.0);
  check_invariants (pca, &points[0][0], 11, 4);
  for (guint i = 0; i < 11; i++)
    g_assert_cmpfloat_with_epsilon (hypot (pca->scores[2 * i], pca->scores[2 * i + 1]), G_SQRT2,
                                    1e-12);
  g_assert_cmpfloat_with_epsilon (pca->variance[0], 0.5, 1e-12);
  g_assert_cmpfloat_with_epsilon (pca->variance[1], 0.5, 1e-12);
}

/* The share of the variance of points [n][m] on the most telling direction, by power iteration. */
static double
find_share (const double *points, guint n, guint m, guint component)
{
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (double));
  g_autofree double *centred = g_new (double, (gsize) n *m);
  g_autofree double *direction = g_new (double, m);
  double total = 0.0, share = 0.0;

  for (guint j = 0; j < m; j++)
    {
      double mean = 0.0;

      for (guint i = 0; i < n; i++)
        mean += points[(gsize) i * m + j] / n;
      for (guint i = 0; i < n; i++)
        centred[(gsize) i * m + j] = points[(gsize) i * m + j] - mean;
    }
  total = dot (centred, centred, n * m);
  for (guint c = 0; c <= component; c++)
    {
      for (guint j = 0; j < m; j++)
        direction[j] = 1.0 + j % 2;
      for (guint round = 0; round < 3000; round++)
        {
          g_autofree double *next = g_new0 (double, m);
          double norm;

          for (guint i = 0; i < n; i++)
            {
              double score = dot (&centred[(gsize) i * m], direction, m);

              for (guint j = 0; j < m; j++)
                next[j] += score * centred[(gsize) i * m + j];
            }
          norm = sqrt (dot (next, next, m));
          for (guint j = 0; j < m; j++)
            direction[j] = next[j] / norm;
        }
      share = 0.0;
      for (guint i = 0; i < n; i++)
        {
          double score = dot (&centred[(gsize) i * m], direction, m);

          share += score * score / total;
          for (guint j = 0; j < m; j++)
            centred[(gsize) i * m + j] -= score * direction[j];
        }
    }
  return share;
}

static void
test_brute_force (void)
{
  static const guint sizes[][2] = { { 30, 5 }, { 5, 30 }, { 8, 8 }, { 2, 3 }, { 40, 1 } };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      guint n = sizes[s][0], m = sizes[s][1], k = MIN (2, MIN (n - 1, m));
      g_autofree double *points = draw_points (n, m, s);
      g_autoptr (GscPca) pca = gsc_pca_new (points, n, m, k, 0.0);
      g_autoptr (GscPca) all = gsc_pca_new (points, n, m, n + m, 0.0);
      double sum = 0.0;

      check_invariants (pca, points, n, m);
      check_invariants (all, points, n, m);
      for (guint c = 0; c < k; c++)
        g_assert_cmpfloat_with_epsilon (pca->variance[c], find_share (points, n, m, c), 1e-6);
      for (guint c = 0; c < n + m; c++)
        {
          sum += all->variance[c];
          if (c >= MIN (n - 1, m))
            g_assert_cmpfloat (all->variance[c], ==, 0.0);
        }
      g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-12);
    }
}

/* Turning the axes of the space, and points that are there several times (which leads through the
 * other Gram matrix), change no score, not even its sign. */
static void
test_same_distances (void)
{
  const guint n = 6, m = 10, copies = 3;
  g_autofree double *points = draw_points (n, m, 1);
  g_autofree double *turned = g_new (double, n *m);
  g_autofree double *repeated = g_new (double, copies *n *m);
  g_autoptr (GscPca) pca = NULL;
  g_autoptr (GscPca) of_turned = NULL;
  g_autoptr (GscPca) of_repeated = NULL;

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < m; j += 2)
      {
        const double *pair = &points[i * m + j];

        turned[i * m + j] = 0.6 * pair[1] - 0.8 * pair[0];
        turned[i * m + j + 1] = 0.6 * pair[0] + 0.8 * pair[1];
      }
  for (guint i = 0; i < copies * n * m; i++)
    repeated[i] = points[i % (n * m)];
  pca = gsc_pca_new (points, n, m, 2, 0.0);
  of_turned = gsc_pca_new (turned, n, m, 2, 0.0);
  of_repeated = gsc_pca_new (repeated, copies * n, m, 2, 0.0);
  for (guint c = 0; c < 2; c++)
    {
      g_assert_cmpfloat_with_epsilon (of_turned->variance[c], pca->variance[c], 1e-12);
      g_assert_cmpfloat_with_epsilon (of_repeated->variance[c], pca->variance[c], 1e-12);
    }
  for (guint i = 0; i < 2 * n; i++)
    {
      g_assert_cmpfloat_with_epsilon (of_turned->scores[i], pca->scores[i], 1e-10);
      for (guint copy = 0; copy < copies; copy++)
        g_assert_cmpfloat_with_epsilon (of_repeated->scores[copy * 2 * n + i], pca->scores[i],
                                        1e-10);
    }
}

static void
check_zero (const double *points, guint n, guint m)
{
  g_autoptr (GscPca) pca = gsc_pca_new (points, n, m, 2, 0.0);

  for (guint i = 0; i < 2 * n; i++)
    g_assert_cmpfloat (pca->scores[i], ==, 0.0);
  for (guint i = 0; i < 2 * m; i++)
    g_assert_cmpfloat (pca->directions[i], ==, 0.0);
  for (guint i = 0; i < m; i++)
    g_assert_true (isfinite (pca->mean[i]));
  g_assert_cmpfloat (pca->variance[0], ==, 0.0);
  g_assert_cmpfloat (pca->variance[1], ==, 0.0);
}

static void
test_degenerate (void)
{
  static const guint sizes[][2] = { { 1, 1 }, { 1, 5 }, { 7, 1 }, { 7, 3 }, { 3, 7 } };
  static const double fills[] = { 0.0, 0.1, 1e9 / 3, 1e200, NAN, INFINITY };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint f = 0; f < G_N_ELEMENTS (fills); f++)
      {
        guint n = sizes[s][0], m = sizes[s][1];
        g_autofree double *points = g_new (double, n *m);

        for (guint i = 0; i < n * m; i++)
          points[i] = fills[f];
        check_zero (points, n, m);
      }
}

/* One number that is none spoils all. Points on a line have one component. */
static void
test_line_and_nan (void)
{
  double points[5][3];
  g_autoptr (GscPca) pca = NULL;

  for (guint i = 0; i < 5; i++)
    for (guint j = 0; j < 3; j++)
      points[i][j] = (j + 1.0) * i / 3;
  pca = gsc_pca_new (&points[0][0], 5, 3, 2, 0.0);
  check_invariants (pca, &points[0][0], 5, 3);
  g_assert_cmpfloat_with_epsilon (pca->variance[0], 1.0, 1e-12);
  g_assert_cmpfloat (pca->variance[1], ==, 0.0);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpfloat_with_epsilon (pca->scores[2 * i], (2.0 - i) * sqrt (14) / 3, 1e-12);
  points[3][1] = NAN;
  check_zero (&points[0][0], 5, 3);
}

/* What is smaller than the points' own errors is no component. */
static void
test_precision (void)
{
  double points[4][2] = { { 100, 0.01 }, { 100, -0.01 }, { 101, 0 }, { 99, 0 } };
  static const struct
  {
    double precision;
    guint n_components;
  } cases[] = { { 0.0, 2 }, { 1e-5, 2 }, { 1e-3, 1 }, { 0.1, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GscPca) pca = gsc_pca_new (&points[0][0], 4, 2, 2, cases[i].precision);

      check_invariants (pca, &points[0][0], 4, 2);
      for (guint c = 0; c < 2; c++)
        g_assert_cmpint (pca->variance[c] > 0.0, ==, c < cases[i].n_components);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pca/ellipse", test_ellipse);
  g_test_add_func ("/pca/circle", test_circle);
  g_test_add_func ("/pca/brute-force", test_brute_force);
  g_test_add_func ("/pca/same-distances", test_same_distances);
  g_test_add_func ("/pca/degenerate", test_degenerate);
  g_test_add_func ("/pca/line-and-nan", test_line_and_nan);
  g_test_add_func ("/pca/precision", test_precision);
  return g_test_run ();
}
