/* gsc-svg.c - a painted page as SVG
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-svg.h"

#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include "gsc-text-sink.h"

static cairo_status_t
append_bytes (gpointer bytes, const unsigned char *data, unsigned int length)
{
  g_string_append_len (bytes, (const char *) data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The document with everything but text, which goes to @sink. */
static cairo_status_t
paint_shapes (GString *document,
              double width,
              double height,
              gboolean transparent,
              GscPaintFunc paint,
              gpointer data,
              GscTextSink *sink)
{
  cairo_surface_t *surface
      = cairo_svg_surface_create_for_stream (append_bytes, document, width, height);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  gsc_text_sink_attach (sink, cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  if (!transparent)
    cairo_paint (cr);
  paint (cr, width, height, data);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

/* cairo numbers the things it names by how many it has ever made: the same painting would give
 * other names the next time. Here they count from 1 in each document. */
static gboolean
renumber_one (const GMatchInfo *match, GString *result, gpointer data)
{
  GHashTable *numbers = data;
  g_autofree char *before = g_match_info_fetch (match, 1);
  g_autofree char *name = g_match_info_fetch (match, 2);
  gpointer number = g_hash_table_lookup (numbers, name);
  gsize letters = strcspn (name, "0123456789");

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_strdup (name), number);
    }
  g_string_append (result, before);
  g_string_append_len (result, name, (gssize) letters);
  g_string_append_printf (result, "-%u", GPOINTER_TO_UINT (number));
  return FALSE;
}

static void
renumber (GString *document)
{
  g_autoptr (GRegex) regex
      = g_regex_new ("(id=\"|href=\"#|url\\(#)([a-zA-Z-]+[0-9][0-9-]*)", 0, 0, NULL);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *renumbered = g_regex_replace_eval (regex, document->str, (gssize) document->len,
                                                      0, 0, renumber_one, numbers, NULL);

  if (renumbered != NULL)
    g_string_assign (document, renumbered);
}

/* " name="NUMBER"", the same in every locale and no longer than needed. */
static void
append_number (GString *document, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.4f", value);
  g_string_append_printf (document, " %s=\"%s\"", name, text);
}

static void
append_text (GString *document, const GscSinkText *text)
{
  const double values[] = { text->matrix.xx, text->matrix.yx, text->matrix.xy,
                            text->matrix.yy, text->matrix.x0, text->matrix.y0 };
  g_autofree char *family = g_markup_escape_text (text->family, -1);
  g_autofree char *escaped = g_markup_escape_text (text->text, -1);

  g_string_append (document, "<text transform=\"matrix(");
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (number, sizeof number, "%.4f", values[i]);
      g_string_append_printf (document, "%s%s", i > 0 ? " " : "", number);
    }
  g_string_append_printf (document, ")\" font-family=\"%s, sans-serif\"", family);
  append_number (document, "font-size", text->size);
  if (text->bold)
    g_string_append (document, " font-weight=\"bold\"");
  append_number (document, "textLength", text->width);
  g_string_append_printf (document, " lengthAdjust=\"spacingAndGlyphs\" fill=\"#%02x%02x%02x\"",
                          (guint) lround (text->color.red * 255),
                          (guint) lround (text->color.green * 255),
                          (guint) lround (text->color.blue * 255));
  g_string_append_printf (document, " xml:space=\"preserve\">%s</text>\n", escaped);
}

static void
append_element (GString *head, const char *name, const char *content)
{
  g_autofree char *escaped = NULL;

  if (content == NULL)
    return;
  escaped = g_markup_escape_text (content, -1);
  g_string_append_printf (head, "<%s>%s</%s>\n", name, escaped, name);
}

/* What the document says about itself comes right after its first tag. */
static void
insert_info (GString *document, const GscSurfaceInfo *info)
{
  g_autoptr (GString) head = g_string_new (NULL);
  g_autofree char *description = NULL;
  const char *svg = strstr (document->str, "<svg");
  const char *end = svg != NULL ? strchr (svg, '>') : NULL;
  gssize at;

  g_return_if_fail (end != NULL);
  description = info->creator != NULL && info->subject != NULL
                    ? g_strdup_printf ("%s (%s)", info->subject, info->creator)
                    : g_strdup (info->subject != NULL ? info->subject : info->creator);
  append_element (head, "title", info->title);
  append_element (head, "desc", description);
  at = end + 1 - document->str;
  if (document->str[at] == '\n')
    at++;
  g_string_insert (document, at, head->str);
}

cairo_status_t
gsc_svg_make (GByteArray *bytes,
              double width,
              double height,
              const GscSurfaceInfo *info,
              GscPaintFunc paint,
              gpointer data)
{
  g_autoptr (GscTextSink) sink = gsc_text_sink_new ();
  g_autoptr (GString) document = g_string_new (NULL);
  cairo_status_t status
      = paint_shapes (document, width, height, info->transparent, paint, data, sink);
  const GscSinkText *texts;
  char *end;
  guint n;

  if (status != CAIRO_STATUS_SUCCESS)
    return status;
  renumber (document);
  end = g_strrstr (document->str, "</svg>");
  g_return_val_if_fail (end != NULL, CAIRO_STATUS_WRITE_ERROR);
  g_string_truncate (document, (gsize) (end - document->str));
  texts = gsc_text_sink_get_texts (sink, &n);
  for (guint i = 0; i < n; i++)
    append_text (document, &texts[i]);
  g_string_append (document, "</svg>\n");
  insert_info (document, info);
  /* Cells stay cells at any zoom; viewers know one of two names for that. */
  g_string_replace (document, "<image ",
                    "<image image-rendering=\"optimizeSpeed\" style=\"image-rendering:pixelated\" ",
                    0);
  g_byte_array_append (bytes, (const guint8 *) document->str, (guint) document->len);
  return CAIRO_STATUS_SUCCESS;
}
