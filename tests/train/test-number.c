/* test-number.c - numbers as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <float.h>
#include <math.h>
#include <string.h>

#include "gsc-number.h"

static void
test_numbers (void)
{
  static const struct
  {
    double value;
    const char *text;
  } cases[] = {
    { 0.1, "0.1" },
    { 2, "2" },
    { -0.0, "-0" },
    { 1e-8, "1e-08" },
    { 1.5e-4, "0.00015" },
    { 1e22, "1e+22" },
    { DBL_MAX, "1.7976931348623157e+308" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 4.9406564584124654e-324, "5e-324" },
    { 1e5, "100000" },
    { 123456, "123456" },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  char text[GSC_NUMBER_TEXT_SIZE];
  double back;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (gsc_number_format (cases[i].value, text), ==, cases[i].text);
  for (guint i = 0; i < 5000; i++)
    {
      union
      {
        guint64 bits;
        double value;
      } number = { (guint64) g_rand_int (random) << 32 | g_rand_int (random) };

      if (!isfinite (number.value))
        continue;
      gsc_number_format (number.value, text);
      g_assert_cmpuint (strlen (text), <, GSC_NUMBER_TEXT_SIZE);
      g_assert_true (gsc_number_parse (text, &back));
      g_assert_cmpmem (&back, sizeof back, &number.value, sizeof back);
      gsc_number_format_short (number.value, text);
      g_assert_true (gsc_number_parse_any (text, &back) || fabs (number.value) > 1e308);
      g_assert_cmpfloat (fabs (back - number.value), <=, fabs (number.value) * 1e-8 + 1e-307);
    }
  g_assert_true (gsc_number_parse_any (gsc_number_format (-NAN, text), &back) && isnan (back));
  g_assert_true (gsc_number_parse_any (gsc_number_format (-INFINITY, text), &back));
  g_assert_cmpfloat (back, ==, -INFINITY);
  g_assert_true (gsc_number_parse_any (gsc_number_format (INFINITY, text), &back));
  g_assert_cmpfloat (back, ==, INFINITY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/numbers", test_numbers);
  return g_test_run ();
}
