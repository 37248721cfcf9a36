/* test-zp.c - arithmetic in Z_p against its definitions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>

#include "gsc-zp.h"

/* Every prime an experiment may have, with its smallest primitive root (OEIS A001918). */
static const int primes[][2] = {
  { 3, 2 },  { 5, 2 },  { 7, 3 },  { 11, 2 }, { 13, 2 }, { 17, 3 }, { 19, 2 }, { 23, 5 },
  { 29, 2 }, { 31, 3 }, { 37, 2 }, { 41, 6 }, { 43, 3 }, { 47, 5 }, { 53, 2 }, { 59, 2 },
  { 61, 2 }, { 67, 2 }, { 71, 7 }, { 73, 5 }, { 79, 3 }, { 83, 2 }, { 89, 3 }, { 97, 5 },
};

static void
test_primes (void)
{
  gboolean composite[1000] = { TRUE, TRUE };

  for (int d = 2; d < 1000; d++)
    for (int n = 2 * d; n < 1000; n += d)
      composite[n] = TRUE;
  for (int n = 0; n < 1000; n++)
    g_assert_cmpint (gsc_zp_is_prime (n), ==, !composite[n]);
  g_assert_false (gsc_zp_is_prime (-7));
  g_assert_false (gsc_zp_is_prime (G_MININT));
  g_assert_true (gsc_zp_is_prime (G_MAXINT)); /* a Mersenne prime */
}

static void
test_check_prime (void)
{
  static const int refused[] = { G_MININT, -7, 0, 1, 2, 4, 9, 91, 96, 98, 101, G_MAXINT };
  guint n_accepted = 0;

  for (int p = -5; p < 200; p++)
    if (gsc_zp_check_prime (p, NULL))
      g_assert_cmpint (p, ==, primes[n_accepted++][0]);
  g_assert_cmpuint (n_accepted, ==, G_N_ELEMENTS (primes));

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *number = g_strdup_printf ("not %d.", refused[i]);

      g_assert_false (gsc_zp_check_prime (refused[i], &error));
      g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
      g_assert_true (g_str_has_suffix (error->message, number));
    }
}

static void
test_power_and_inverse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      int p = primes[i][0];

      for (int a = 0; a < p; a++)
        {
          int power = 1;

          for (int exponent = 0; exponent < 2 * p; exponent++)
            {
              g_assert_cmpint (gsc_zp_power (a, exponent, p), ==, power);
              power = power * a % p;
            }
          if (a == 0)
            continue;
          g_assert_cmpint (gsc_zp_inverse (a, p), >=, 1);
          g_assert_cmpint (gsc_zp_inverse (a, p), <, p);
          g_assert_cmpint (a * gsc_zp_inverse (a, p) % p, ==, 1);
        }
    }
}

static void
test_primitive_root (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      int p = primes[i][0];

      g_assert_cmpint (gsc_zp_primitive_root (p), ==, primes[i][1]);
      for (int g = 1; g < p; g++)
        {
          gboolean reached[GSC_ZP_MAX] = { FALSE };
          int n_reached = 0;

          for (int power = 1; !reached[power]; power = power * g % p)
            {
              reached[power] = TRUE;
              n_reached++;
            }
          g_assert_cmpint (gsc_zp_is_primitive_root (g, p), ==, n_reached == p - 1);
        }
      g_assert_false (gsc_zp_is_primitive_root (0, p));
      g_assert_false (gsc_zp_is_primitive_root (-1, p));
      g_assert_false (gsc_zp_is_primitive_root (p, p));
      g_assert_false (gsc_zp_is_primitive_root (p + primes[i][1], p));
    }
  g_assert_true (gsc_zp_is_primitive_root (27, 29)); /* the base of the paper's figures */
  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    g_assert_cmpint (gsc_zp_shown_root (primes[i][0]), ==, primes[i][0] == 29 ? 27 : primes[i][1]);
}

static void
test_discrete_log (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      int p = primes[i][0];

      for (int root = 1; root < p; root++)
        {
          int log[GSC_ZP_MAX];

          if (!gsc_zp_is_primitive_root (root, p))
            continue;
          gsc_zp_discrete_log (p, root, log);
          g_assert_cmpint (log[0], ==, -1);
          g_assert_cmpint (log[1], ==, 0);
          g_assert_cmpint (log[p - 1], ==, (p - 1) / 2);
          for (int n = 1; n < p; n++)
            {
              g_assert_cmpint (log[n], >=, 0);
              g_assert_cmpint (log[n], <, p - 1);
              g_assert_cmpint (gsc_zp_power (root, log[n], p), ==, n);
            }
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zp/primes", test_primes);
  g_test_add_func ("/zp/check-prime", test_check_prime);
  g_test_add_func ("/zp/power-and-inverse", test_power_and_inverse);
  g_test_add_func ("/zp/primitive-root", test_primitive_root);
  g_test_add_func ("/zp/discrete-log", test_discrete_log);
  return g_test_run ();
}
