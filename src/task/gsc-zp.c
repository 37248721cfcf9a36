/* gsc-zp.c - arithmetic in Z_p, the whole numbers modulo a prime
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-zp.h"

#include <glib/gi18n.h>

/* clang-format off */
G_DEFINE_QUARK (gsc-task-error-quark, gsc_task_error)
/* clang-format on */

gboolean
gsc_zp_is_prime (int n)
{
  if (n < 2)
    return FALSE;
  for (int d = 2; d <= n / d; d++)
    if (n % d == 0)
      return FALSE;
  return TRUE;
}

gboolean
gsc_zp_check_prime (int p, GError **error)
{
  if (p >= GSC_ZP_MIN && p <= GSC_ZP_MAX && gsc_zp_is_prime (p))
    return TRUE;
  g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
               _ ("p must be a prime from %d to %d, not %d."), GSC_ZP_MIN, GSC_ZP_MAX, p);
  return FALSE;
}

int
gsc_zp_power (int base, int exponent, int p)
{
  int result = 1 % p;

  for (; exponent > 0; exponent >>= 1)
    {
      if (exponent & 1)
        result = result * base % p;
      base = base * base % p;
    }
  return result;
}

int
gsc_zp_inverse (int a, int p)
{
  return gsc_zp_power (a, p - 2, p); /* Fermat: a^(p-1) = 1 */
}

gboolean
gsc_zp_is_primitive_root (int g, int p)
{
  int power = g;
  int order = 1;

  if (g < 1 || g >= p)
    return FALSE;
  for (; power != 1; order++)
    power = power * g % p;
  return order == p - 1;
}

int
gsc_zp_primitive_root (int p)
{
  int g = 1;

  while (!gsc_zp_is_primitive_root (g, p))
    g++;
  return g;
}

int
gsc_zp_shown_root (int p)
{
  return p == 29 ? 27 : gsc_zp_primitive_root (p);
}

void
gsc_zp_discrete_log (int p, int root, int *log)
{
  int power = 1;

  log[0] = -1;
  for (int i = 0; i < p - 1; i++)
    {
      log[power] = i;
      power = power * root % p;
    }
}
