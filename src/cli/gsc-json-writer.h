/* gsc-json-writer.h - JSON to standard output, number by number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Why not json-glib's generator: it would build a tree of every logit and attention weight first,
 * writes 0.1 as 0.10000000000000001 and NaN as nan, which is no JSON. The same in every locale.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint depth;
  gboolean filled[16]; /* by depth: something stands before */
  gboolean after_name;
} GscJsonWriter;

#define GSC_JSON_WRITER_INIT                                                                       \
  {                                                                                                \
    0                                                                                              \
  }

void gsc_json_writer_begin_object (GscJsonWriter *writer);
void gsc_json_writer_end_object (GscJsonWriter *writer);
void gsc_json_writer_begin_array (GscJsonWriter *writer);
void gsc_json_writer_end_array (GscJsonWriter *writer);

/* The name of an object's next member. */
void gsc_json_writer_name (GscJsonWriter *writer, const char *name);

/* @text is made valid UTF-8; NULL becomes null. */
void gsc_json_writer_string (GscJsonWriter *writer, const char *text);
void gsc_json_writer_int (GscJsonWriter *writer, gint64 number);
void gsc_json_writer_boolean (GscJsonWriter *writer, gboolean value);
void gsc_json_writer_null (GscJsonWriter *writer);

/* The shortest text that reads back exactly; null if not finite. */
void gsc_json_writer_number (GscJsonWriter *writer, double number);

/* Nine significant digits, enough for float32; null if not finite. */
void gsc_json_writer_float (GscJsonWriter *writer, float number);

/* @json: one complete value, whose line breaks and indentation are left out. */
void gsc_json_writer_raw (GscJsonWriter *writer, const char *json);

/* Ends the document with a line end. */
void gsc_json_writer_finish (GscJsonWriter *writer);

G_END_DECLS
