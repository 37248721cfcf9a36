/* test-circle-score.c - circles of the logarithm, other figures, and noise
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <complex.h>
#include <glib.h>
#include <math.h>

#include "gsc-circle-score.h"
#include "gsc-rng.h"
#include "gsc-zp.h"

/* All pairs of numbers, or all numbers, at the origin. (transfer full) */
static GscProjection *
make_projection (int p, gboolean pairs)
{
  GscProjection *projection = g_new0 (GscProjection, 1);
  guint n = (guint) (pairs ? p * p : p);

  g_atomic_ref_count_init (&projection->ref_count);
  projection->source.part = pairs ? GSC_PROJECTION_HEAD : GSC_PROJECTION_EMBEDDING;
  projection->p = p;
  projection->n = n;
  projection->first = g_new (guint16, n);
  projection->second = g_new (guint16, n);
  projection->x = g_new0 (double, n);
  projection->y = g_new0 (double, n);
  projection->variance[0] = 0.5;
  projection->variance[1] = 0.25;
  for (guint i = 0; i < n; i++)
    {
      projection->first[i] = (guint16) (pairs ? i / (guint) p : i);
      projection->second[i] = (guint16) (i % (guint) p);
    }
  return projection;
}

/* Adds radius * exp (2 pi i (j log u + k log v) / (p - 1)) to the points of numbers that have
 * logarithms. */
static void
add_circle (GscProjection *projection, double radius, int j, int k)
{
  int p = projection->p;
  g_autofree int *log = g_new (int, p);

  gsc_zp_discrete_log (p, gsc_zp_shown_root (p), log);
  for (guint i = 0; i < projection->n; i++)
    {
      int u = log[projection->first[i]], v = log[projection->second[i]];
      double angle = 2 * G_PI * (j * u + k * v) / (p - 1);

      if (u < 0 || (k != 0 && v < 0))
        continue;
      projection->x[i] += radius * cos (angle);
      projection->y[i] += radius * sin (angle);
    }
}

/* Far away, where numbers without logarithm are, too: both must not matter. */
static void
move (GscProjection *projection)
{
  for (guint i = 0; i < projection->n; i++)
    {
      gboolean zero
          = projection->first[i] == 0
            || (projection->source.part == GSC_PROJECTION_HEAD && projection->second[i] == 0);

      projection->x[i] += zero ? 1000.0 * i : 30.0;
      projection->y[i] -= zero ? -70.0 : 20.0;
    }
}

static void
assert_character (const GscCircleCharacter *character, int first, int second, double share)
{
  g_assert_cmpint (character->first, ==, first);
  g_assert_cmpint (character->second, ==, second);
  g_assert_cmpfloat_with_epsilon (character->share, share, 1e-9);
}

/* Each character of the numbers is a perfect circle, but for the one that is just even and odd; it
 * and its mirror image say the same. */
static void
test_circle (void)
{
  static const int primes[] = { 3, 5, 11, 29, 97 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    for (int j = 1; j < primes[i] - 1; j++)
      {
        int p = primes[i];
        g_autoptr (GscProjection) projection = make_projection (p, FALSE);
        GscCircleScore score;

        add_circle (projection, 3.0, j, 0);
        move (projection);
        g_assert_true (gsc_circle_score_init (&score, projection));
        if (2 * j == p - 1)
          g_assert_cmpfloat_with_epsilon (score.strongest[0].share, 0.0, 1e-9);
        else
          assert_character (&score.strongest[0], MIN (j, p - 1 - j), 0, 1.0);
        g_assert_cmpfloat_with_epsilon (score.parity, 2 * j == p - 1 ? 1.0 : 0.0, 1e-9);
        g_assert_cmpfloat_with_epsilon (score.strongest[1].share, 0.0, 1e-9);
        g_assert_cmpfloat (score.plane, ==, 0.75);
        g_assert_cmpint (score.root, ==, gsc_zp_shown_root (p));
      }
}

/* Two circles of pairs have the shares of their squared radii, whichever they are; so have two
 * splits of even and odd logarithms together. */
static void
test_circle_of_circles (void)
{
  const int p = 11;
  static const int turns[][6] = {
    { 1, 0, 0, 1 },  { 3, 0, 0, -2 }, { 0, 2, 4, 0 }, { 0, 2, 4, 4 },
    { 2, -1, 1, 1 }, { 5, 2, 3, 0 },  { 5, 3, 1, 5 }, { 1, -4, -1, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      const int *t = turns[i];
      g_autoptr (GscProjection) projection = make_projection (p, TRUE);
      GscCircleScore score, other;

      add_circle (projection, 2.0, t[0], t[1]);
      add_circle (projection, 1.0, t[2], t[3]);
      add_circle (projection, 1.0, 5, 5);
      add_circle (projection, 2.0, 5, 0);
      move (projection);
      g_assert_true (gsc_circle_score_init (&score, projection));
      assert_character (&score.strongest[0], t[0], t[1], 0.4);
      assert_character (&score.strongest[1], t[2], t[3], 0.1);
      g_assert_cmpfloat_with_epsilon (score.parity, 0.5, 1e-9);

      /* mirrored and turned */
      for (guint k = 0; k < projection->n; k++)
        {
          double x = projection->x[k], y = projection->y[k];

          projection->x[k] = 0.6 * x + 0.8 * y;
          projection->y[k] = 0.8 * x - 0.6 * y;
        }
      g_assert_true (gsc_circle_score_init (&other, projection));
      assert_character (&other.strongest[0], t[0], t[1], 0.4);
      assert_character (&other.strongest[1], t[2], t[3], 0.1);
      g_assert_cmpfloat_with_epsilon (other.parity, 0.5, 1e-9);
    }
}

/* The formula for ellipses, a line among them. */
static void
test_ellipse (void)
{
  for (double b = 0.0; b <= 1.0; b += 0.25)
    {
      g_autoptr (GscProjection) projection = make_projection (29, FALSE);
      GscCircleScore score;

      add_circle (projection, 1.0, 3, 0);
      for (guint i = 0; i < projection->n; i++)
        projection->y[i] *= b;
      g_assert_true (gsc_circle_score_init (&score, projection));
      assert_character (&score.strongest[0], 3, 0, (1 + b) * (1 + b) / (2 * (1 + b * b)));
    }
}

/* The shares are those of the definition, and there is none larger. */
static void
test_brute_force (void)
{
  const int p = 7, n = 6;
  g_autoptr (GscProjection) projection = make_projection (p, TRUE);
  GscCircleScore score;
  GscRng rng;
  int log[7];
  double total = 0.0, largest = 0.0, found = 0.0, parity = 0.0;

  gsc_rng_init (&rng, 1, 2, 3, 4);
  gsc_zp_discrete_log (p, gsc_zp_shown_root (p), log);
  for (guint i = 0; i < projection->n; i++)
    {
      projection->x[i] = gsc_rng_uniform (&rng);
      projection->y[i] = 4 * gsc_rng_uniform (&rng);
    }
  g_assert_true (gsc_circle_score_init (&score, projection));
  for (int j = 0; j < n; j++)
    for (int k = 0; k < n; k++)
      {
        double complex sum = 0;
        double power;

        for (guint i = 0; i < projection->n; i++)
          if (projection->first[i] > 0 && projection->second[i] > 0)
            sum += (projection->x[i] + I * projection->y[i])
                   * cexp (-2 * G_PI * I
                           * (j * log[projection->first[i]] + k * log[projection->second[i]]) / n);
        power = cabs (sum) * cabs (sum);
        if (j == 0 && k == 0)
          continue;
        total += power;
        if (j % 3 == 0 && k % 3 == 0)
          {
            parity += power;
            continue;
          }
        largest = MAX (largest, power);
        for (int sign = -1; sign <= 1; sign += 2)
          if ((j - sign * score.strongest[0].first) % n == 0
              && (k - sign * score.strongest[0].second) % n == 0)
            found = MAX (found, power);
      }
  g_assert_cmpfloat_with_epsilon (score.strongest[0].share, largest / total, 1e-9);
  g_assert_cmpfloat_with_epsilon (score.parity, parity / total, 1e-9);
  g_assert_cmpfloat_with_epsilon (found, largest, 1e-9 * total);
  g_assert_cmpfloat (score.strongest[1].share, <=, score.strongest[0].share);
}

/* The mean of the score of points without order is the one that is told; a circle whose numbers
 * change places at random is no circle of the logarithm any more. */
static void
test_noise (void)
{
  const int p = 29, rounds = 400;

  for (int kind = 0; kind < 3; kind++)
    {
      double sum = 0.0;
      GscCircleScore score = { 0 };
      int n_rounds = kind == 1 ? 20 : rounds;
      GscRng rng;

      gsc_rng_init (&rng, 5, (guint64) kind, 0, 0);
      for (int round = 0; round < n_rounds; round++)
        {
          g_autoptr (GscProjection) projection = make_projection (p, kind == 1);

          if (kind == 2)
            add_circle (projection, 1.0, 1, 0);
          for (guint i = projection->n - 1; i > 1; i--)
            if (kind == 2) /* 0 stays where it is */
              {
                guint k = 1 + (guint) (gsc_rng_uniform (&rng) * i);
                double x = projection->x[i], y = projection->y[i];

                projection->x[i] = projection->x[k];
                projection->y[i] = projection->y[k];
                projection->x[k] = x;
                projection->y[k] = y;
              }
            else
              {
                double radius = sqrt (-2 * log (1 - gsc_rng_uniform (&rng)));
                double angle = 2 * G_PI * gsc_rng_uniform (&rng);

                projection->x[i] = radius * cos (angle);
                projection->y[i] = radius * sin (angle);
              }
          g_assert_true (gsc_circle_score_init (&score, projection));
          g_assert_cmpfloat (score.strongest[0].share, <, 0.6);
          sum += score.strongest[0].share / n_rounds;
        }
      g_assert_cmpfloat_with_epsilon (sum, score.noise, 0.1 * score.noise);
    }
}

/* Nothing to measure. */
static void
test_degenerate (void)
{
  for (guint kind = 0; kind < 3; kind++)
    {
      g_autoptr (GscProjection) projection = make_projection (11, kind == 1);
      GscCircleScore score;

      for (guint i = 0; i < projection->n; i++)
        projection->x[i] = kind == 2 ? NAN : 0.7;
      g_assert_false (gsc_circle_score_init (&score, projection));
      g_assert_cmpfloat (score.plane, ==, 0.0);
      g_assert_cmpfloat (score.parity, ==, 0.0);
      assert_character (&score.strongest[0], 0, 0, 0.0);
      assert_character (&score.strongest[1], 0, 0, 0.0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/circle-score/circle", test_circle);
  g_test_add_func ("/circle-score/circle-of-circles", test_circle_of_circles);
  g_test_add_func ("/circle-score/ellipse", test_ellipse);
  g_test_add_func ("/circle-score/brute-force", test_brute_force);
  g_test_add_func ("/circle-score/noise", test_noise);
  g_test_add_func ("/circle-score/degenerate", test_degenerate);
  return g_test_run ();
}
