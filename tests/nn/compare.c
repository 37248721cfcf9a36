/* compare.c - numbers of float arithmetic against those of double arithmetic
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "compare.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static char *current;

void
compare_case (const char *format, ...)
{
  va_list args;

  g_free (current);
  va_start (args, format);
  current = g_strdup_vprintf (format, args);
  va_end (args);
}

static void
check (const char *what, size_t i, double got, double expected, double bound)
{
  double error = isnan (expected) && isnan (got) ? 0 : fabs (got - expected);

  if (!(error <= bound))
    g_test_message ("%s: %s [%zu] is %.9g, not %.9g", current, what, i, got, expected);
  g_assert_cmpfloat (error, <=, bound);
}

void
compare_floats (
    const char *what, const float *got, const double *expected, size_t n, double tolerance)
{
  double squares = 0;
  size_t numbers = 0;
  double scale;

  for (size_t i = 0; i < n; i++)
    if (!isnan (expected[i]))
      {
        squares += expected[i] * expected[i];
        numbers++;
      }
  scale = numbers > 0 ? sqrt (squares / (double) numbers) : 0;
  for (size_t i = 0; i < n; i++)
    check (what, i, got[i], expected[i],
           isnan (expected[i]) ? 0 : tolerance * (fabs (expected[i]) + scale));
}

void
compare_absolute (
    const char *what, const float *got, const double *expected, size_t n, double tolerance)
{
  for (size_t i = 0; i < n; i++)
    check (what, i, got[i], expected[i], tolerance);
}

void
compare_bits (const char *what, const float *got, const float *expected, size_t n)
{
  for (size_t i = 0; i < n; i++)
    if (memcmp (got + i, expected + i, sizeof *got) != 0)
      {
        uint32_t bits, expected_bits;

        memcpy (&bits, got + i, sizeof bits);
        memcpy (&expected_bits, expected + i, sizeof expected_bits);
        g_test_message ("%s: %s [%zu] is %.9g, not %.9g", current, what, i, got[i], expected[i]);
        g_assert_cmphex (bits, ==, expected_bits);
      }
}
