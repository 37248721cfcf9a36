/* test-svg.c - pages as SVG, with text as text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-svg.h"

#include <string.h>

#include "gsc-label.h"
#include "gsc-text-sink.h"

static const GscColor ink = { 1, 0.5, 0 };

static void
paint (cairo_t *cr, double width, double height, gpointer data)
{
  GscStyle style;
  GscLabel across, upwards, cut;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  cairo_rectangle (cr, 10, 10, 30, 20);
  cairo_set_source_rgb (cr, 0, 0, 1);
  cairo_fill (cr);

  gsc_label_init (&across, &style, GSC_FONT_TITLE, "a < b & \"c\"");
  gsc_label_place (&across, 50, 20, 0, 0);
  gsc_label_paint (cr, &across, &style, &ink);
  gsc_label_clear (&across);

  gsc_label_init_vertical (&upwards, &style, "upwards");
  gsc_label_place (&upwards, 5, 90, 0, 1);
  gsc_label_paint (cr, &upwards, &style, &ink);
  gsc_label_clear (&upwards);

  gsc_label_init (&cut, &style, GSC_FONT_NORMAL, "very much too long for so little room");
  gsc_label_place (&cut, 50, 50, 0, 0);
  gsc_label_shorten (&cut, 60);
  gsc_label_paint (cr, &cut, &style, &ink);
  gsc_label_clear (&cut);
}

static char *
make (GscPaintFunc func)
{
  const GscSurfaceInfo info = { "A <title>", "p = 11", "grokscope", FALSE };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_assert_cmpint (gsc_svg_make (bytes, 150, 100, &info, func, NULL), ==, CAIRO_STATUS_SUCCESS);
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return g_memdup2 (bytes->data, bytes->len);
}

/* What a parser sees. */
typedef struct
{
  guint texts;
  guint glyphs;
  gboolean in_text;
  char *title;
  GPtrArray *words;
  char *element;
} Seen;

static void
start (GMarkupParseContext *context,
       const char *name,
       const char **names,
       const char **values,
       gpointer data,
       GError **error)
{
  Seen *seen = data;

  g_free (seen->element);
  seen->element = g_strdup (name);
  if (strcmp (name, "text") == 0)
    seen->texts++;
  if (strcmp (name, "use") == 0 || strcmp (name, "symbol") == 0)
    seen->glyphs++;
}

static void
end (GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
  g_clear_pointer (&((Seen *) data)->element, g_free);
}

static void
text (
    GMarkupParseContext *context, const char *content, gsize length, gpointer data, GError **error)
{
  Seen *seen = data;

  if (seen->element != NULL && strcmp (seen->element, "text") == 0)
    g_ptr_array_add (seen->words, g_strndup (content, length));
  if (seen->element != NULL && strcmp (seen->element, "title") == 0)
    seen->title = g_strndup (content, length);
}

static void
test_text (void)
{
  const GMarkupParser parser = { .start_element = start, .end_element = end, .text = text };
  Seen seen = { .words = g_ptr_array_new_with_free_func (g_free) };
  g_autofree char *svg = make (paint);
  g_autoptr (GError) error = NULL;
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0, &seen, NULL);
  const char *cut;

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);

  g_assert_cmpuint (seen.texts, ==, 3);
  g_assert_cmpuint (seen.glyphs, ==, 0);
  g_assert_cmpstr (seen.title, ==, "A <title>");
  g_assert_cmpuint (seen.words->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (seen.words, 0), ==, "a < b & \"c\"");
  g_assert_cmpstr (g_ptr_array_index (seen.words, 1), ==, "upwards");
  cut = g_ptr_array_index (seen.words, 2);
  g_assert_true (g_str_has_prefix (cut, "very"));
  g_assert_true (g_str_has_suffix (cut, "…"));
  g_assert_cmpuint (strlen (cut), <, strlen ("very much too long for so little room"));

  g_assert_nonnull (strstr (svg, "fill=\"#ff8000\""));
  g_assert_nonnull (strstr (svg, "font-weight=\"bold\""));
  g_assert_nonnull (strstr (svg, "font-size=\"8.0000\""));
  g_assert_nonnull (strstr (svg, "150pt"));
  g_ptr_array_unref (seen.words);
  g_free (seen.title);
  g_free (seen.element);
}

/* Pictures, gradients and clips get names in SVG. (So do groups, but cairo 1.16 leaks them.) */
static void
paint_named (cairo_t *cr, double width, double height, gpointer data)
{
  cairo_surface_t *picture = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2, 2);
  cairo_pattern_t *gradient = cairo_pattern_create_linear (0, 0, 100, 0);

  paint (cr, width, height, data);
  cairo_pattern_add_color_stop_rgb (gradient, 0, 1, 0, 0);
  cairo_pattern_add_color_stop_rgb (gradient, 1, 0, 1, 0);
  cairo_rectangle (cr, 60, 60, 40, 30);
  cairo_clip (cr);
  cairo_scale (cr, 20, 20);
  cairo_set_source_surface (cr, picture, 3, 3);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_identity_matrix (cr);
  cairo_set_source (cr, gradient);
  cairo_paint_with_alpha (cr, 0.5);
  cairo_pattern_destroy (gradient);
  cairo_surface_destroy (picture);
}

/* References must lead to names that are there. */
static void
check_references (const char *svg)
{
  g_autoptr (GRegex) regex = g_regex_new ("(?:href=\"|url\\()#([^\")]+)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  for (g_regex_match (regex, svg, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL), n++)
    {
      g_autofree char *name = g_match_info_fetch (match, 1);
      g_autofree char *id = g_strdup_printf ("id=\"%s\"", name);

      g_assert_nonnull (strstr (svg, id));
    }
  g_assert_cmpuint (n, >, 0);
}

static void
test_same_bytes (void)
{
  g_autofree char *first = make (paint_named);
  g_autofree char *second = make (paint_named);

  g_assert_cmpstr (first, ==, second);
  check_references (first);
}

/* A context without a sink paints. */
static void
test_no_sink (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 150, 100);
  cairo_t *cr = cairo_create (surface);

  g_assert_null (gsc_text_sink_get (cr));
  paint (cr, 150, 100, NULL);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/svg/text", test_text);
  g_test_add_func ("/svg/same-bytes", test_same_bytes);
  g_test_add_func ("/svg/no-sink", test_no_sink);
  return g_test_run ();
}
