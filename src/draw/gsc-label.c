/* gsc-label.c - a piece of text on a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-label.h"

#include <pango/pangocairo.h>

#include "gsc-text-sink.h"

/* Any text at all: to know how high a line is. */
#define SAMPLE "0"

/* A text that is cut shorter than this says nothing. */
#define MIN_LINE_HEIGHTS 2.0

/* A context of our own: the default one follows the desktop's font settings. */
static PangoContext *
get_context (void)
{
  static GPrivate contexts = G_PRIVATE_INIT (g_object_unref);
  PangoContext *context = g_private_get (&contexts);
  g_autoptr (PangoFontMap) map = NULL;
  cairo_font_options_t *options;

  if (context != NULL)
    return context;

  map = pango_cairo_font_map_new ();
  pango_cairo_font_map_set_resolution (PANGO_CAIRO_FONT_MAP (map), 72);
  context = pango_font_map_create_context (map);
  options = cairo_font_options_create ();
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  /* or the user's language would choose among glyphs and fonts */
  pango_context_set_language (context, pango_language_from_string ("en"));
  pango_context_set_base_dir (context, PANGO_DIRECTION_LTR);
  g_private_set (&contexts, context);
  return context;
}

/* @length: the most it may take, or below 0 for any. (transfer full) */
static PangoLayout *
make_layout (const GscStyle *style, GscFont font, const char *text, double length)
{
  PangoLayout *layout = pango_layout_new (get_context ());
  PangoFontDescription *description = pango_font_description_new ();
  double size = font == GSC_FONT_TITLE ? style->title_size : style->text_size;

  pango_font_description_set_family_static (description, style->font_family);
  pango_font_description_set_size (description, (int) (size * PANGO_SCALE + 0.5));
  if (font == GSC_FONT_TITLE)
    pango_font_description_set_weight (description, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_auto_dir (layout, FALSE);
  if (length >= 0)
    {
      pango_layout_set_width (layout, (int) (MIN (length, 1e5) * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
  pango_layout_set_text (layout, text, -1);
  return layout;
}

static void
measure (GscLabel *label, PangoLayout *layout)
{
  PangoRectangle logical;
  double across, down;

  pango_layout_get_extents (layout, NULL, &logical);
  across = (double) logical.width / PANGO_SCALE;
  down = (double) logical.height / PANGO_SCALE;
  label->rect.width = label->vertical ? down : across;
  label->rect.height = label->vertical ? across : down;
}

static void
init (GscLabel *label, const GscStyle *style, GscFont font, const char *text, gboolean vertical)
{
  g_autoptr (PangoLayout) layout = NULL;

  *label = (GscLabel){ .font = font, .vertical = vertical };
  if (text == NULL || text[0] == '\0')
    return;
  label->text = g_utf8_make_valid (text, -1);
  layout = make_layout (style, font, label->text, -1);
  measure (label, layout);
}

void
gsc_label_init (GscLabel *label, const GscStyle *style, GscFont font, const char *text)
{
  init (label, style, font, text, FALSE);
}

void
gsc_label_init_vertical (GscLabel *label, const GscStyle *style, const char *text)
{
  init (label, style, GSC_FONT_NORMAL, text, TRUE);
}

void
gsc_label_clear (GscLabel *label)
{
  g_clear_pointer (&label->text, g_free);
}

void
gsc_label_place (GscLabel *label, double x, double y, double across, double down)
{
  label->rect.x = x - across * label->rect.width;
  label->rect.y = y - down * label->rect.height;
}

void
gsc_label_shorten (GscLabel *label, double length)
{
  double *extent = label->vertical ? &label->rect.height : &label->rect.width;
  double thickness = label->vertical ? label->rect.width : label->rect.height;

  if (label->text == NULL || *extent <= length)
    return;
  *extent = length;
  if (length < MIN_LINE_HEIGHTS * thickness)
    {
      gsc_label_clear (label);
      label->rect.width = label->rect.height = 0;
    }
}

/* At the current point. */
static void
show_layout (cairo_t *cr, PangoLayout *layout, const GscColor *color)
{
  GscTextSink *sink = gsc_text_sink_get (cr);

  if (sink != NULL)
    gsc_text_sink_add (sink, cr, layout, color);
  else
    pango_cairo_show_layout (cr, layout);
}

void
gsc_label_paint (cairo_t *cr, const GscLabel *label, const GscStyle *style, const GscColor *color)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (label->text == NULL || label->rect.width <= 0 || label->rect.height <= 0)
    return;
  /* A quarter of a point more than measured: whole text must not be cut by rounding. */
  layout = make_layout (style, label->font, label->text,
                        (label->vertical ? label->rect.height : label->rect.width) + 0.25);
  cairo_save (cr);
  gsc_style_set_color (cr, color);
  cairo_translate (cr, label->rect.x, label->rect.y);
  if (label->vertical)
    {
      cairo_translate (cr, 0, label->rect.height);
      cairo_rotate (cr, -G_PI / 2);
    }
  cairo_move_to (cr, 0, 0);
  show_layout (cr, layout, color);
  cairo_restore (cr);
}

void
gsc_label_paint_copies (cairo_t *cr,
                        const GscLabel *label,
                        const GscStyle *style,
                        const GscColor *color,
                        const GscPoint *places,
                        guint n)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (label->text == NULL || n == 0)
    return;
  layout = make_layout (style, label->font, label->text, -1);
  gsc_style_set_color (cr, color);
  for (guint i = 0; i < n; i++)
    {
      cairo_move_to (cr, places[i].x, places[i].y);
      show_layout (cr, layout, color);
    }
}

double
gsc_label_get_line_height (const GscStyle *style, GscFont font)
{
  GscLabel label;
  double height;

  gsc_label_init (&label, style, font, SAMPLE);
  height = label.rect.height;
  gsc_label_clear (&label);
  return height;
}

gboolean
gsc_label_is_near (const GscLabel *a, const GscLabel *b, double distance)
{
  return a->text != NULL && b->text != NULL && a->rect.x < gsc_rect_right (&b->rect) + distance
         && b->rect.x < gsc_rect_right (&a->rect) + distance
         && a->rect.y < gsc_rect_bottom (&b->rect) + distance
         && b->rect.y < gsc_rect_bottom (&a->rect) + distance;
}
