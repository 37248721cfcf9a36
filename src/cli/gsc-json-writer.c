/* gsc-json-writer.c - JSON to standard output, number by number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-json-writer.h"

#include <math.h>
#include <stdio.h>

#include "gsc-number.h"

/* Whatever comes next: a comma if something stands before it. */
static void
separate (GscJsonWriter *writer)
{
  if (writer->after_name)
    {
      writer->after_name = FALSE;
      return;
    }
  if (writer->filled[writer->depth])
    putchar (',');
  writer->filled[writer->depth] = TRUE;
}

static void
begin (GscJsonWriter *writer, char bracket)
{
  separate (writer);
  putchar (bracket);
  writer->depth++;
  g_assert (writer->depth < G_N_ELEMENTS (writer->filled));
  writer->filled[writer->depth] = FALSE;
}

static void
end (GscJsonWriter *writer, char bracket)
{
  g_assert (writer->depth > 0 && !writer->after_name);
  putchar (bracket);
  writer->depth--;
}

void
gsc_json_writer_begin_object (GscJsonWriter *writer)
{
  begin (writer, '{');
}

void
gsc_json_writer_end_object (GscJsonWriter *writer)
{
  end (writer, '}');
}

void
gsc_json_writer_begin_array (GscJsonWriter *writer)
{
  begin (writer, '[');
}

void
gsc_json_writer_end_array (GscJsonWriter *writer)
{
  end (writer, ']');
}

static void
put_string (const char *text)
{
  putchar ('"');
  for (const char *c = text; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      printf ("\\%c", *c);
    else if (*c == '\n')
      fputs ("\\n", stdout);
    else if ((guchar) *c < 0x20 || *c == 0x7f)
      printf ("\\u%04x", (guchar) *c);
    else
      putchar (*c);
  putchar ('"');
}

void
gsc_json_writer_name (GscJsonWriter *writer, const char *name)
{
  separate (writer);
  put_string (name);
  putchar (':');
  writer->after_name = TRUE;
}

void
gsc_json_writer_string (GscJsonWriter *writer, const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    {
      gsc_json_writer_null (writer);
      return;
    }
  valid = g_utf8_make_valid (text, -1);
  separate (writer);
  put_string (valid);
}

void
gsc_json_writer_int (GscJsonWriter *writer, gint64 number)
{
  separate (writer);
  printf ("%" G_GINT64_FORMAT, number);
}

void
gsc_json_writer_boolean (GscJsonWriter *writer, gboolean value)
{
  gsc_json_writer_raw (writer, value ? "true" : "false");
}

void
gsc_json_writer_null (GscJsonWriter *writer)
{
  gsc_json_writer_raw (writer, "null");
}

void
gsc_json_writer_number (GscJsonWriter *writer, double number)
{
  char text[GSC_NUMBER_TEXT_SIZE];

  gsc_json_writer_raw (writer, isfinite (number) ? gsc_number_format (number, text) : "null");
}

void
gsc_json_writer_float (GscJsonWriter *writer, float number)
{
  char text[GSC_NUMBER_TEXT_SIZE];

  gsc_json_writer_raw (writer, isfinite (number) ? gsc_number_format_short ((double) number, text)
                                                 : "null");
}

void
gsc_json_writer_raw (GscJsonWriter *writer, const char *json)
{
  separate (writer);
  for (const char *c = json; *c != '\0'; c++)
    if (*c != '\n') /* never inside a string, where it is escaped */
      putchar (*c);
    else
      while (c[1] == ' ')
        c++;
}

void
gsc_json_writer_finish (GscJsonWriter *writer)
{
  g_assert (writer->depth == 0);
  putchar ('\n');
}
