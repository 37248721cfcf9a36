/* gsc-ticks.c - where an axis has its ticks, and what they say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ticks.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define MINUS "\xe2\x88\x92"
#define THIN_SPACE "\xe2\x80\x89"
#define TIMES "\xe2\x80\x89\xc3\x97\xe2\x80\x89"

/* From here on numbers are written with a power of ten. */
#define MAX_PLAIN 1e6
#define MIN_PLAIN_EXPONENT (-4)

/* A tick this share of a step outside the range is on its border but for rounding. */
#define SLACK 1e-9

static void
add_tick (GArray *ticks, double value, const char *label)
{
  GscTick tick = { .value = value, .minor = label == NULL };

  if (label != NULL)
    g_strlcpy (tick.label, label, sizeof tick.label);
  g_array_append_val (ticks, tick);
}

/* Text */

static void
append_superscript (GString *text, int number)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  char plain[16];

  g_snprintf (plain, sizeof plain, "%d", number);
  for (const char *c = plain; *c != '\0'; c++)
    g_string_append (text, *c == '-' ? "⁻" : digits[*c - '0']);
}

/* @value >= 0 with @decimals places. */
static void
append_number (GString *text, double value, int decimals)
{
  char plain[GSC_TICK_LABEL_SIZE];
  gsize whole;

  g_snprintf (plain, sizeof plain, "%.*f", decimals, value);
  whole = strspn (plain, "0123456789");
  for (gsize i = 0; i < whole; i++)
    {
      g_string_append_c (text, plain[i]);
      if (i + 1 < whole && (whole - 1 - i) % 3 == 0)
        g_string_append (text, THIN_SPACE);
    }
  g_string_append (text, plain + whole);
}

const char *
gsc_ticks_format (double value, int exponent, gboolean scientific, char label[GSC_TICK_LABEL_SIZE])
{
  g_autoptr (GString) text = g_string_new (NULL);
  double size = fabs (value);

  if (!isfinite (value))
    g_string_assign (text, isnan (value) ? "nan" : value > 0 ? "∞" : MINUS "∞");
  else if (size < 0.5 * pow (10, exponent))
    g_string_assign (text, "0");
  else
    {
      if (value < 0)
        g_string_append (text, MINUS);
      if (scientific || size >= 1e15)
        {
          /* a little more, or 9.99999... of a rounding error takes the lower power */
          int power = (int) floor (log10 (size * (1 + SLACK)));
          int decimals = scientific ? CLAMP (power - exponent, 0, 15) : 0;
          double mantissa = size / pow (10, power);

          if (decimals > 0 || fabs (mantissa - 1) > SLACK)
            {
              append_number (text, mantissa, decimals);
              g_string_append (text, TIMES);
            }
          g_string_append (text, "10");
          append_superscript (text, power);
        }
      else
        append_number (text, size, CLAMP (-exponent, 0, 15));
    }
  g_strlcpy (label, text->str, GSC_TICK_LABEL_SIZE);
  return label;
}

/* Linear */

/* The multiples of a step within a range. */
typedef struct
{
  double step;
  int exponent; /* of the last digit that all of them need */
  double first; /* the first and the last one, in steps; last < first: none */
  double last;
} Multiples;

static Multiples
find_multiples (double min, double max, double factor, int power)
{
  Multiples multiples = { .step = factor * pow (10, power) };

  multiples.exponent = factor == 2.5 ? power - 1 : power;
  multiples.first = ceil (min / multiples.step - SLACK);
  multiples.last = floor (max / multiples.step + SLACK);
  return multiples;
}

static double
count_multiples (const Multiples *multiples)
{
  return multiples->last - multiples->first + 1;
}

/* The finest of 1, 2 and 5 times a power of ten with at most @max_labels multiples; 2.5 times
 * where 5 times would leave fewer than half of them. */
static Multiples
choose_multiples (double min, double max, guint max_labels, gboolean whole)
{
  static const double factors[] = { 1, 2, 2.5, 5 };
  /* so fine that there is at least one multiple */
  double least = MAX ((max - min) / (2 * (max_labels + 1)), DBL_MIN * 1e20);
  Multiples finer = { 0 };

  for (int power = (int) floor (log10 (least));; power++)
    for (guint i = 0; i < G_N_ELEMENTS (factors); i++)
      {
        Multiples found = find_multiples (min, max, factors[i], power);
        Multiples five = find_multiples (min, max, 5, power);

        if (found.step < least * (1 - SLACK) || (whole && found.exponent < 0))
          continue;
        if (count_multiples (&found) > max_labels)
          {
            finer = found;
            continue;
          }
        if (factors[i] == 2.5 && 2 * count_multiples (&five) >= max_labels)
          continue;
        if (count_multiples (&found) >= 1 || finer.step == 0)
          return found;
        /* Too many of the finer step, none of this one: one of the finer step near the middle. */
        finer.first = finer.last = floor ((finer.first + finer.last) / 2);
        return finer;
      }
}

GArray *
gsc_ticks_linear (double min, double max, guint max_labels, gboolean whole)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (GscTick));
  double size = MAX (fabs (min), fabs (max));
  Multiples multiples;
  gboolean scientific;

  if (!isfinite (min) || !isfinite (max) || !isfinite (max - min) || !(max - min > 1e-12 * size))
    return ticks;

  multiples = choose_multiples (min, max, MAX (max_labels, 1), whole);
  scientific = size >= MAX_PLAIN || multiples.exponent < MIN_PLAIN_EXPONENT;
  for (double i = multiples.first; i <= multiples.last; i++)
    {
      char label[GSC_TICK_LABEL_SIZE];
      double value = CLAMP (i * multiples.step, min, max);

      add_tick (ticks, value, gsc_ticks_format (value, multiples.exponent, scientific, label));
    }
  return ticks;
}

/* Logarithmic */

static const char *
format_power (double value, int exponent, char *label)
{
  return gsc_ticks_format (value, exponent, exponent < -3 || value >= MAX_PLAIN, label);
}

/* 1, 2 and 5 times powers of ten with labels, the other multiples without. */
static void
add_multiples (GArray *ticks, double min, double max, int low, int high)
{
  for (int power = low; power <= high; power++)
    for (int factor = 1; factor <= 9; factor++)
      {
        double value = factor * pow (10, power);
        char label[GSC_TICK_LABEL_SIZE];
        gboolean labelled = factor == 1 || factor == 2 || factor == 5;

        if (value >= min * (1 - SLACK) && value <= max * (1 + SLACK))
          add_tick (ticks, CLAMP (value, min, max),
                    labelled ? format_power (value, power, label) : NULL);
      }
}

/* Powers of ten, those divisible by @stride with labels. */
static void
add_powers (GArray *ticks, double min, double max, int low, int high, int stride)
{
  for (int power = low; power <= high; power++)
    for (int factor = 1; factor <= (stride == 1 ? 9 : 1); factor++)
      {
        double value = factor * pow (10, power);
        char label[GSC_TICK_LABEL_SIZE];
        gboolean labelled = factor == 1 && power % stride == 0;

        if (value >= min * (1 - SLACK) && value <= max * (1 + SLACK))
          add_tick (ticks, CLAMP (value, min, max),
                    labelled ? format_power (value, power, label) : NULL);
      }
}

static guint
count_labels (GArray *ticks)
{
  guint n = 0;

  for (guint i = 0; i < ticks->len; i++)
    n += !g_array_index (ticks, GscTick, i).minor;
  return n;
}

GArray *
gsc_ticks_log (double min, double max, guint max_labels)
{
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (GscTick));
  int low, high, inside;
  guint n;

  max_labels = MAX (max_labels, 1);
  if (!(min > 0) || !isfinite (max) || !(max > min * (1 + 1e-12)))
    return ticks;

  low = (int) floor (log10 (min) + SLACK);
  high = (int) ceil (log10 (max) - SLACK);
  inside = (int) floor (log10 (max) + SLACK) - (int) ceil (log10 (min) - SLACK) + 1;
  if (inside < 3)
    {
      add_multiples (ticks, min, max, low, high);
      n = count_labels (ticks);
      if (n >= 2 && n <= max_labels)
        return ticks;
      g_array_set_size (ticks, 0);
    }
  if (inside >= 1)
    {
      int stride = 1;

      do
        {
          g_array_set_size (ticks, 0);
          add_powers (ticks, min, max, low, high, stride++);
        }
      while (count_labels (ticks) > max_labels);
      return ticks;
    }
  g_array_unref (ticks);
  return gsc_ticks_linear (min, max, max_labels, FALSE);
}

/* Square root */

GArray *
gsc_ticks_square_root (double min, double max, guint max_labels)
{
  static const double factors[] = { 1, 2, 5 };
  GArray *ticks = g_array_new (FALSE, FALSE, sizeof (GscTick));
  gboolean zero = min == 0;
  int power, index = 2;

  if (!(min >= 0) || !isfinite (max) || !(max > min))
    return ticks;

  max_labels = MAX (max_labels, 1);
  if (zero)
    add_tick (ticks, 0, "0");
  power = (int) floor (log10 (max) + SLACK);
  while (ticks->len < max_labels)
    {
      double value = factors[index] * pow (10, power);
      char label[GSC_TICK_LABEL_SIZE];

      if (value < min * (1 - SLACK) || value < 1e-4 * max)
        break;
      if (value <= max * (1 + SLACK))
        {
          GscTick tick = { .value = MIN (value, max) };

          g_strlcpy (tick.label,
                     gsc_ticks_format (value, power, power < MIN_PLAIN_EXPONENT || max >= MAX_PLAIN,
                                       label),
                     sizeof tick.label);
          g_array_insert_val (ticks, zero ? 1 : 0, tick);
        }
      index = (index + 2) % 3;
      power -= index == 2;
    }
  if (ticks->len > 0)
    return ticks;
  g_array_unref (ticks);
  return gsc_ticks_linear (min, max, max_labels, FALSE);
}
