/* gsc-text-sink.c - text that is kept as text while a page is painted
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-text-sink.h"

struct _GscTextSink
{
  GArray *texts; /* of GscSinkText */
};

static const cairo_user_data_key_t sink_key;

static void
text_clear (gpointer data)
{
  GscSinkText *text = data;

  g_free (text->text);
  g_free (text->family);
}

GscTextSink *
gsc_text_sink_new (void)
{
  GscTextSink *sink = g_new0 (GscTextSink, 1);

  sink->texts = g_array_new (FALSE, TRUE, sizeof (GscSinkText));
  g_array_set_clear_func (sink->texts, text_clear);
  return sink;
}

void
gsc_text_sink_free (GscTextSink *sink)
{
  if (sink == NULL)
    return;
  g_array_unref (sink->texts);
  g_free (sink);
}

void
gsc_text_sink_attach (GscTextSink *sink, cairo_t *cr)
{
  cairo_set_user_data (cr, &sink_key, sink, NULL);
}

GscTextSink *
gsc_text_sink_get (cairo_t *cr)
{
  return cairo_get_user_data (cr, &sink_key);
}

/* What of the text is to be seen: a layout that is too wide shows "…" for a part of it. */
static char *
get_visible_text (PangoLayout *layout)
{
  const char *text = pango_layout_get_text (layout);
  PangoLayoutLine *line = pango_layout_get_line_readonly (layout, 0);
  GString *visible = g_string_new (NULL);

  if (!pango_layout_is_ellipsized (layout))
    return g_string_free (g_string_assign (visible, text), FALSE);
  for (GSList *l = line->runs; l != NULL; l = l->next)
    {
      const PangoItem *item = ((PangoGlyphItem *) l->data)->item;

      if (item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS)
        g_string_append (visible, "…");
      else
        g_string_append_len (visible, text + item->offset, item->length);
    }
  return g_string_free (visible, FALSE);
}

void
gsc_text_sink_add (GscTextSink *sink, cairo_t *cr, PangoLayout *layout, const GscColor *color)
{
  const PangoFontDescription *font = pango_layout_get_font_description (layout);
  GscSinkText text = { .text = get_visible_text (layout), .color = *color };
  PangoRectangle logical;
  double x = 0, y = 0;

  pango_layout_get_extents (layout, NULL, &logical);
  text.width = (double) logical.width / PANGO_SCALE;
  text.family = g_strdup (pango_font_description_get_family (font));
  text.size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  text.bold = pango_font_description_get_weight (font) >= PANGO_WEIGHT_BOLD;
  cairo_get_current_point (cr, &x, &y);
  cairo_get_matrix (cr, &text.matrix);
  cairo_matrix_translate (&text.matrix, x,
                          y + (double) pango_layout_get_baseline (layout) / PANGO_SCALE);
  g_array_append_val (sink->texts, text);
}

const GscSinkText *
gsc_text_sink_get_texts (const GscTextSink *sink, guint *n)
{
  *n = sink->texts->len;
  return (const GscSinkText *) (gpointer) sink->texts->data;
}
