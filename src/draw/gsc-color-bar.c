/* gsc-color-bar.c - the key to a colour scale
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-color-bar.h"

/* More steps than anybody can tell apart. */
#define N_STEPS 256

GscColorBarLayout *
gsc_color_bar_layout (const GscColorBarInput *input, const GscStyle *style, const GscRect *area)
{
  GscColorBarLayout *layout = g_new0 (GscColorBarLayout, 1);
  GscAxisInput axis = {
    .logarithmic = input->scale.kind == GSC_COLOR_SCALE_LOGARITHMIC,
    .square_root = input->scale.kind == GSC_COLOR_SCALE_SQUARE_ROOT,
    .whole = input->whole,
    .title = input->title,
  };

  gsc_color_scale_get_limits (&input->scale, &axis.min, &axis.max);
  layout->bar = *area;
  layout->bar.width = style->text_size;
  layout->bar.height = MAX (area->height, 1);
  gsc_axis_init (&layout->axis, &axis, GSC_AXIS_RIGHT, style, layout->bar.height);
  gsc_axis_place (&layout->axis, style, &layout->bar);
  layout->width = layout->bar.width + layout->axis.room;
  return layout;
}

void
gsc_color_bar_layout_free (GscColorBarLayout *layout)
{
  if (layout == NULL)
    return;
  gsc_axis_clear (&layout->axis);
  g_free (layout);
}

void
gsc_color_bar_paint (cairo_t *cr,
                     const GscColorBarLayout *layout,
                     const GscColorBarInput *input,
                     const GscStyle *style)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, N_STEPS);
  unsigned char *data = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);

  for (int i = 0; data != NULL && i < N_STEPS; i++)
    {
      GscColor color = gsc_color_scale_get_at (&input->scale, 1 - (i + 0.5) / N_STEPS);

      *(guint32 *) (gpointer) (data + i * stride) = gsc_color_scale_pack (&color);
    }
  cairo_surface_mark_dirty (image);
  gsc_color_scale_paint_image (cr, image, &layout->bar);
  cairo_surface_destroy (image);

  cairo_save (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->axis_width);
  gsc_style_set_color (cr, &style->palette->foreground);
  gsc_style_add_rect (cr, &layout->bar);
  cairo_stroke (cr);
  cairo_restore (cr);
  gsc_axis_paint (cr, &layout->axis, style);
}

gboolean
gsc_color_bar_pick (const GscColorBarLayout *layout, double x, double y, double *value)
{
  if (!gsc_rect_contains (&layout->bar, x, y))
    return FALSE;
  *value = gsc_axis_unmap (&layout->axis, y);
  return TRUE;
}
