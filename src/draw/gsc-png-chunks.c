/* gsc-png-chunks.c - what a PNG picture says about itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-png-chunks.h"

#include <math.h>
#include <string.h>

/* Signature and the chunk IHDR, which must come first. */
#define HEADER_LENGTH (8 + 4 + 4 + 13 + 4)

#define METRES_PER_INCH 0.0254

static void
append_number (GByteArray *bytes, guint32 number)
{
  guint32 big_endian = GUINT32_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &big_endian, sizeof big_endian);
}

/* CRC-32 as of PNG, annex D. */
static guint32
get_crc (const guint8 *data, gsize length)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
  return ~crc;
}

static void
append_chunk (GByteArray *bytes, const char *type, const GByteArray *data)
{
  guint start;

  append_number (bytes, data->len);
  start = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) type, 4);
  g_byte_array_append (bytes, data->data, data->len);
  append_number (bytes, get_crc (bytes->data + start, bytes->len - start));
}

static void
append_resolution (GByteArray *bytes, double dpi)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint32 dots_per_metre = (guint32) lround (dpi / METRES_PER_INCH);
  const guint8 unit = 1; /* metre */

  append_number (data, dots_per_metre);
  append_number (data, dots_per_metre);
  g_byte_array_append (data, &unit, 1);
  append_chunk (bytes, "pHYs", data);
}

static void
append_text (GByteArray *bytes, const GscPngText *text)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  /* not compressed, in no language said, keyword not translated */
  const guint8 settings[4] = { 0 };

  g_byte_array_append (data, (const guint8 *) text->keyword, strlen (text->keyword) + 1);
  g_byte_array_append (data, settings, sizeof settings);
  g_byte_array_append (data, (const guint8 *) text->text, strlen (text->text));
  append_chunk (bytes, "iTXt", data);
}

void
gsc_png_chunks_insert (GByteArray *bytes, double dpi, const GscPngText *texts, guint n_texts)
{
  g_autoptr (GByteArray) rest = g_byte_array_new ();

  g_return_if_fail (bytes->len >= HEADER_LENGTH);
  g_byte_array_append (rest, bytes->data + HEADER_LENGTH, bytes->len - HEADER_LENGTH);
  g_byte_array_set_size (bytes, HEADER_LENGTH);
  append_resolution (bytes, dpi);
  for (guint i = 0; i < n_texts; i++)
    if (texts[i].text != NULL)
      append_text (bytes, &texts[i]);
  g_byte_array_append (bytes, rest->data, rest->len);
}
