/* gsc-number.c - numbers as text, the same in every locale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-number.h"

#include <math.h>
#include <string.h>

enum
{
  SHORT_DIGITS = 9,
  PLAIN_DIGITS = 15,
  MAX_DIGITS = 17, /* no double needs more */
};

#define MAX_PLAIN 1e15 /* whole numbers below it are written without an exponent */

static char *
format_with_digits (double value, int digits, char *text)
{
  char format[8];

  if (isnan (value)) /* printf would write the sign of a NaN, too */
    return strcpy (text, "nan");
  g_snprintf (format, sizeof format, "%%.%dg", digits);
  return g_ascii_formatd (text, GSC_NUMBER_TEXT_SIZE, format, value);
}

char *
gsc_number_format (double value, char *text)
{
  if (!isfinite (value))
    return format_with_digits (value, MAX_DIGITS, text);
  /* 500 with one digit is 5e+02. */
  if (fabs (value) < MAX_PLAIN && value == trunc (value))
    return format_with_digits (value, PLAIN_DIGITS, text);
  for (int digits = 1; digits <= MAX_DIGITS; digits++)
    {
      format_with_digits (value, digits, text);
      if (g_ascii_strtod (text, NULL) == value)
        break;
    }
  return text;
}

char *
gsc_number_format_short (double value, char *text)
{
  return format_with_digits (value, SHORT_DIGITS, text);
}

gboolean
gsc_number_parse (const char *text, double *value)
{
  char *end;
  double parsed;

  /* g_ascii_strtod() alone would also take leading blanks, hexadecimal, "nan" and "infinity". */
  if (*text == '\0' || text[strspn (text, "0123456789+-.eE")] != '\0')
    return FALSE;
  parsed = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (parsed))
    return FALSE;
  *value = parsed;
  return TRUE;
}

gboolean
gsc_number_parse_any (const char *text, double *value)
{
  if (strcmp (text, "nan") == 0)
    *value = NAN;
  else if (strcmp (text, "inf") == 0)
    *value = INFINITY;
  else if (strcmp (text, "-inf") == 0)
    *value = -INFINITY;
  else
    return gsc_number_parse (text, value);
  return TRUE;
}

gboolean
gsc_number_parse_int (const char *text, gint64 *value)
{
  const char *digits = text + (*text == '+' || *text == '-');
  GError *error = NULL;

  if (*digits == '\0' || digits[strspn (digits, "0123456789")] != '\0')
    return FALSE;
  if (*text == '+')
    text = digits;
  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, value, &error))
    return TRUE;
  g_error_free (error);
  return FALSE;
}
