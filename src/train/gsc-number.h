/* gsc-number.h - numbers as text, the same in every locale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room for any number as text, its ending zero byte included. */
#define GSC_NUMBER_TEXT_SIZE 32

/* Writes the shortest text (whole numbers below 1e15 in full) that gsc_number_parse() reads back to
 * exactly @value into
 * @text[GSC_NUMBER_TEXT_SIZE] and returns @text. Always a decimal point, never a comma; "nan",
 * "inf" and "-inf" for what is not a number. */
char *gsc_number_format (double value, char *text);

/* The same with nine significant digits: enough for every share of up to a million sequences, at
 * about half the length. */
char *gsc_number_format_short (double value, char *text);

/* Reads the whole of @text as a decimal number. FALSE when it is anything else: empty, blanks or
 * letters before or after, hexadecimal, nan, infinite or too large for a double. */
gboolean gsc_number_parse (const char *text, double *value);

/* The same for what gsc_number_format() may also have written: nan, inf and -inf. */
gboolean gsc_number_parse_any (const char *text, double *value);

/* Reads the whole of @text as a whole number in 64 bits: an optional sign and digits, nothing else.
 */
gboolean gsc_number_parse_int (const char *text, gint64 *value);

G_END_DECLS
