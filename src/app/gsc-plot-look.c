/* gsc-plot-look.c - how figures look on this desktop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-plot-look.h"

#include <adwaita.h>

/* Beyond these a figure is no figure any more. */
#define MIN_TEXT_SIZE 5.0
#define MAX_TEXT_SIZE 64.0

/* Logical pixels. */
#define HIGHLIGHT_WIDTH 2.0

GscPaletteKind
gsc_plot_look_get_palette (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  if (adw_style_manager_get_dark (manager))
    return GSC_PALETTE_DARK;
  return adw_style_manager_get_high_contrast (manager) ? GSC_PALETTE_PAPER : GSC_PALETTE_LIGHT;
}

double
gsc_plot_look_get_text_size (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    {
      double dpi = pango_cairo_context_get_resolution (context);

      size *= (dpi > 0 ? dpi : 96) / 72;
    }
  return CLAMP (size, MIN_TEXT_SIZE, MAX_TEXT_SIZE);
}

void
gsc_plot_look_snapshot_highlight (GtkSnapshot *snapshot, const GscRect *rect)
{
  const GscPalette *palette = gsc_palette_get (gsc_plot_look_get_palette ());
  const GscColor *colors[] = { &palette->background, &palette->foreground };
  double grow = HIGHLIGHT_WIDTH;

  for (guint i = 0; i < G_N_ELEMENTS (colors); i++, grow -= 1)
    {
      GskRoundedRect border;
      graphene_rect_t bounds;
      GdkRGBA color
          = { (float) colors[i]->red, (float) colors[i]->green, (float) colors[i]->blue, 1 };
      float width = (float) (i == 0 ? HIGHLIGHT_WIDTH + 1 : HIGHLIGHT_WIDTH - 0.5);
      const float widths[] = { width, width, width, width };
      GdkRGBA line[] = { color, color, color, color };

      graphene_rect_init (&bounds, (float) (rect->x - grow), (float) (rect->y - grow),
                          (float) (rect->width + 2 * grow), (float) (rect->height + 2 * grow));
      gsk_rounded_rect_init_from_rect (&border, &bounds, 1);
      gtk_snapshot_append_border (snapshot, &border, widths, line);
    }
}
