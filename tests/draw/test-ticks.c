/* test-ticks.c - where axes have their ticks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ticks.h"

#include <math.h>
#include <string.h>

#define THIN_SPACE "\xe2\x80\x89"

/* "0|0.5|1", minor ticks as dots and thin spaces as plain ones. (transfer full) */
static char *
join (GArray *ticks)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ticks->len; i++)
    {
      const GscTick *tick = &g_array_index (ticks, GscTick, i);

      g_string_append (text, i > 0 ? "|" : "");
      g_string_append (text, tick->minor ? "." : tick->label);
    }
  g_array_unref (ticks);
  g_string_replace (text, THIN_SPACE, " ", 0);
  return g_string_free (text, FALSE);
}

static void
assert_linear (double min, double max, guint n, gboolean whole, const char *expected)
{
  g_autofree char *found = join (gsc_ticks_linear (min, max, n, whole));

  g_assert_cmpstr (found, ==, expected);
}

static void
assert_log (double min, double max, guint n, const char *expected)
{
  g_autofree char *found = join (gsc_ticks_log (min, max, n));

  g_assert_cmpstr (found, ==, expected);
}

static void
test_linear (void)
{
  assert_linear (0, 1, 6, FALSE, "0|0.2|0.4|0.6|0.8|1.0");
  assert_linear (-0.03, 1.03, 6, FALSE, "0|0.2|0.4|0.6|0.8|1.0");
  assert_linear (0, 1, 3, FALSE, "0|0.5|1.0");
  assert_linear (0, 1, 2, FALSE, "0|1");
  assert_linear (0, 10000, 6, FALSE, "0|2 000|4 000|6 000|8 000|10 000");
  assert_linear (-1, 1, 5, FALSE, "−1.0|−0.5|0|0.5|1.0");
  assert_linear (0, 200000, 3, TRUE, "0|100 000|200 000");
  assert_linear (0, 3e6, 4, FALSE, "0|10⁶|2 × 10⁶|3 × 10⁶");
  assert_linear (0, 1.5e7, 4, FALSE, "0|5 × 10⁶|1.0 × 10⁷|1.5 × 10⁷");
  assert_linear (0, 4e-6, 3, FALSE, "0|2 × 10⁻⁶|4 × 10⁻⁶");
  assert_linear (0.001, 0.0014, 5, FALSE, "0.0010|0.0011|0.0012|0.0013|0.0014");
  assert_linear (59, 141, 4, FALSE, "75|100|125");
  assert_linear (0, 1, 5, FALSE, "0|0.5|1.0");
  assert_linear (3.2, 3.9, 1, FALSE, "3.5");
}

static void
test_whole (void)
{
  assert_linear (-0.5, 2.5, 8, TRUE, "0|1|2");
  assert_linear (-0.5, 10.5, 6, TRUE, "0|2|4|6|8|10");
  assert_linear (0.2, 0.8, 5, TRUE, "");
}

static void
test_log (void)
{
  assert_log (1, 1000, 5, "1|.|.|.|.|.|.|.|.|10|.|.|.|.|.|.|.|.|100|.|.|.|.|.|.|.|.|1 000");
  assert_log (1, 10, 5, "1|2|.|.|5|.|.|.|.|10");
  assert_log (30, 900, 6, ".|.|50|.|.|.|.|100|200|.|.|500|.|.|.|.");
  assert_log (30, 900, 1, ".|.|.|.|.|.|.|100|.|.|.|.|.|.|.|.");
  assert_log (1e-6, 1e6, 4, ".|.|10⁻⁴|.|.|.|1|.|.|.|10 000|.|.");
  assert_log (21, 24, 4, "21|22|23|24");
}

static void
test_no_axis (void)
{
  static const double bad[][2]
      = { { 0, 0 }, { 1, 0 }, { NAN, 1 }, { 0, INFINITY }, { -INFINITY, 0 }, { 1e9, 1e9 + 1e-6 } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      assert_linear (bad[i][0], bad[i][1], 5, FALSE, "");
      assert_log (bad[i][0], bad[i][1], 5, "");
    }
  assert_log (0, 10, 5, "");
  assert_log (-1, 10, 5, "");
}

/* The number that a label says. */
static double
read_label (const char *label)
{
  static const char *const superscripts[]
      = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹", "⁻" };
  GString *text = g_string_new (label);
  double mantissa = 1, value;
  char *times;

  g_string_replace (text, THIN_SPACE, "", 0);
  g_string_replace (text, "−", "-", 0);
  for (guint i = 0; i < G_N_ELEMENTS (superscripts); i++)
    {
      char plain[] = { i < 10 ? (char) ('0' + i) : '-', '\0' };
      char marked[] = { '^', plain[0], '\0' };

      g_string_replace (text, superscripts[i], marked, 0);
    }
  times = strstr (text->str, "×");
  if (strchr (text->str, '^') != NULL)
    {
      GString *power = g_string_new (times != NULL ? times + strlen ("×") : text->str);
      gboolean negative = power->str[0] == '-';

      if (times != NULL)
        mantissa = g_ascii_strtod (text->str, NULL);
      g_string_replace (power, "^", "", 0);
      /* what is left is 10 and the exponent */
      value = mantissa * pow (10, g_ascii_strtod (power->str + (negative ? 3 : 2), NULL))
              * (negative ? -1 : 1);
      g_string_free (power, TRUE);
    }
  else
    value = g_ascii_strtod (text->str, NULL);
  g_string_free (text, TRUE);
  return value;
}

static void
check_ticks (GArray *ticks, double min, double max, guint n)
{
  guint n_labels = 0;
  const char *previous_label = "";
  double previous = -INFINITY;

  for (guint i = 0; i < ticks->len; i++)
    {
      const GscTick *tick = &g_array_index (ticks, GscTick, i);

      g_assert_cmpfloat (tick->value, >=, min);
      g_assert_cmpfloat (tick->value, <=, max);
      g_assert_cmpfloat (tick->value, >, previous);
      previous = tick->value;
      g_assert_cmpint (tick->minor, ==, tick->label[0] == '\0');
      if (tick->minor)
        continue;
      g_assert_cmpstr (tick->label, !=, previous_label);
      previous_label = tick->label;
      g_assert_true (g_utf8_validate (tick->label, -1, NULL));
      g_assert_cmpfloat_with_epsilon (read_label (tick->label), tick->value,
                                      1e-9 * MAX (fabs (min), fabs (max)));
      n_labels++;
    }
  g_assert_cmpuint (n_labels, <=, n);
  g_assert_cmpuint (n_labels, >=, 1);
}

/* Whatever the range: in order, inside, never too many, and labels say where the tick is. */
static void
test_any_range (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (int i = 0; i < 4000; i++)
    {
      double size = pow (10, g_rand_double_range (rand, -12, 12));
      double min = g_rand_double_range (rand, -1, 1) * size;
      double max = min + g_rand_double_range (rand, 0.001, 1) * size;
      guint n = (guint) g_rand_int_range (rand, 1, 9);
      GArray *ticks = gsc_ticks_linear (min, max, n, FALSE);

      check_ticks (ticks, min, max, n);
      g_array_unref (ticks);

      min = pow (10, g_rand_double_range (rand, -8, 8));
      max = min * pow (10, g_rand_double_range (rand, 0.01, 12));
      ticks = gsc_ticks_log (min, max, n);
      check_ticks (ticks, min, max, n);
      g_array_unref (ticks);
    }
}

/* Steps of a linear axis are 1, 2, 2.5 or 5 times a power of ten, and at least half of the allowed
 * labels are used but for one. */
static void
test_steps (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (int i = 0; i < 2000; i++)
    {
      double min = g_rand_double_range (rand, -100, 100);
      double max = min + g_rand_double_range (rand, 0.01, 500);
      guint n = (guint) g_rand_int_range (rand, 3, 9);
      GArray *ticks = gsc_ticks_linear (min, max, n, FALSE);
      double step, mantissa;

      g_assert_cmpuint (2 * ticks->len + 1, >=, n);
      if (ticks->len > 1)
        {
          step = g_array_index (ticks, GscTick, 1).value - g_array_index (ticks, GscTick, 0).value;
          mantissa = step / pow (10, floor (log10 (step) + 1e-6));
          g_assert_true (fabs (mantissa - 1) < 1e-6 || fabs (mantissa - 2) < 1e-6
                         || fabs (mantissa - 2.5) < 1e-6 || fabs (mantissa - 5) < 1e-6);
        }
      g_array_unref (ticks);
    }
}

static void
test_format (void)
{
  char label[GSC_TICK_LABEL_SIZE];

  g_assert_cmpstr (gsc_ticks_format (1234567, 0, FALSE, label), ==,
                   "1" THIN_SPACE "234" THIN_SPACE "567");
  g_assert_cmpstr (gsc_ticks_format (-999, 0, FALSE, label), ==, "−999");
  g_assert_cmpstr (gsc_ticks_format (0.30000000000000004, -1, FALSE, label), ==, "0.3");
  g_assert_cmpstr (gsc_ticks_format (-1e-17, -1, FALSE, label), ==, "0");
  g_assert_cmpstr (gsc_ticks_format (1000.5, -1, FALSE, label), ==, "1" THIN_SPACE "000.5");
  g_assert_cmpstr (gsc_ticks_format (9.9999999999e5, 6, TRUE, label), ==, "10⁶");
  g_assert_cmpstr (gsc_ticks_format (NAN, 0, FALSE, label), ==, "nan");
  g_assert_cmpstr (gsc_ticks_format (-INFINITY, 0, FALSE, label), ==, "−∞");
  g_assert_cmpstr (gsc_ticks_format (1e300, 0, FALSE, label), ==, "10³⁰⁰");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ticks/linear", test_linear);
  g_test_add_func ("/ticks/whole", test_whole);
  g_test_add_func ("/ticks/log", test_log);
  g_test_add_func ("/ticks/no-axis", test_no_axis);
  g_test_add_func ("/ticks/any-range", test_any_range);
  g_test_add_func ("/ticks/steps", test_steps);
  g_test_add_func ("/ticks/format", test_format);
  return g_test_run ();
}
