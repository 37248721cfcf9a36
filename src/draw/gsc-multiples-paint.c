/* gsc-multiples-paint.c - painting small heat maps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "gsc-multiples.h"

/* Steps of colour: more than a screen of 8 bits can show of one scale. */
#define N_COLORS 1024

/* Ticks that stand closer are a grey bar: so many of their widths apart. */
#define MIN_TICK_SPACING 3.0

static gboolean
has_tick (const GscMultiplesInput *input, guint cell)
{
  return input->tick_stride > 0 && cell >= input->first_tick
         && (cell - input->first_tick) % input->tick_stride == 0;
}

/* Rows and columns of values of a map. */
static int
get_resolution (const GscMultiplesInput *input)
{
  return (int) (input->resolution > 0 ? input->resolution : input->n);
}

/* All colours of the scale, so that a cell is only looked up. */
static void
fill_colors (const GscColorScale *scale, guint32 *colors)
{
  for (guint i = 0; i < N_COLORS; i++)
    {
      GscColor color = gsc_color_scale_get_at (scale, i / (N_COLORS - 1.0));

      colors[i] = gsc_color_scale_pack (&color);
    }
}

static void
fill_map (unsigned char *data,
          int stride,
          const GscMultiplesInput *input,
          const float *values,
          const GscColorScale *scale,
          const guint32 *colors,
          const GscStyle *style)
{
  guint32 background = gsc_color_scale_pack (&style->palette->background);
  guint32 missing = gsc_color_scale_pack (&style->palette->missing);
  int n = get_resolution (input);

  for (int i = 0; i < n; i++)
    {
      guint32 *pixels = (guint32 *) (gpointer) (data + i * stride);
      const float *row = values + (gsize) i * input->row_stride;
      int end = input->lower ? i + 1 : n;

      for (int j = 0; j < end; j++)
        pixels[j] = isnan (row[j])
                        ? missing
                        : colors[(guint) (gsc_color_scale_get_share (scale, row[j]) * (N_COLORS - 1)
                                          + 0.5)];
      for (int j = end; j < n; j++)
        pixels[j] = background;
    }
}

static void
paint_maps (cairo_t *cr,
            const GscMultiplesLayout *layout,
            const GscMultiplesInput *input,
            const GscStyle *style)
{
  int n = get_resolution (input);
  guint32 colors[N_COLORS];

  for (guint i = 0; i < input->rows * input->columns; i++)
    {
      GscRect map = gsc_multiples_layout_get_map (layout, i / input->columns, i % input->columns);
      cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, n, n);
      unsigned char *data = cairo_image_surface_get_data (image);
      const GscColorScale *scale = input->scales != NULL ? &input->scales[i] : &input->scale;

      if (i == 0 || input->scales != NULL)
        fill_colors (scale, colors);
      if (data != NULL) /* else there is no memory: no picture */
        {
          fill_map (data, cairo_image_surface_get_stride (image), input,
                    input->values + i * input->map_stride, scale, colors, style);
          cairo_surface_mark_dirty (image);
          gsc_color_scale_paint_image (cr, image, &map);
        }
      cairo_surface_destroy (image);
    }
}

static void
paint_frames (cairo_t *cr,
              const GscMultiplesLayout *layout,
              const GscMultiplesInput *input,
              const GscStyle *style)
{
  double border = style->line_width;

  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->axis_width);
  gsc_style_set_color (cr, &style->palette->dim);
  for (guint i = 0; i < input->rows * input->columns; i++)
    {
      GscRect map = gsc_multiples_layout_get_map (layout, i / input->columns, i % input->columns);

      gsc_style_add_rect (cr, &map);
    }
  cairo_stroke (cr);

  if (input->chosen >= 0 && (guint) input->chosen < input->rows * input->columns)
    {
      GscRect map = gsc_multiples_layout_get_map (layout, (guint) input->chosen / input->columns,
                                                  (guint) input->chosen % input->columns);

      /* around the cells, none of which it may hide */
      map.x -= border / 2;
      map.y -= border / 2;
      map.width += border;
      map.height += border;
      gsc_style_set_dash (cr, GSC_DASH_SOLID, 2 * border);
      gsc_style_set_color (cr, &style->palette->foreground);
      gsc_style_add_rect (cr, &map);
      cairo_stroke (cr);
    }
}

/* At the left of the first maps and below the last ones. */
static void
paint_ticks (cairo_t *cr,
             const GscMultiplesLayout *layout,
             const GscMultiplesInput *input,
             const GscStyle *style)
{
  double length = layout->tick_length;
  double width = layout->width / layout->n;
  double height = layout->height / layout->n;
  double left = layout->plot.x;
  double bottom = gsc_rect_bottom (&layout->plot);

  if (input->tick_stride * MIN (width, height) < MIN_TICK_SPACING * style->axis_width)
    return;
  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->axis_width);
  gsc_style_set_color (cr, &style->palette->dim);
  for (guint i = 0; i < input->n; i++)
    {
      if (!has_tick (input, i))
        continue;
      for (guint row = 0; row < input->rows; row++)
        {
          GscRect map = gsc_multiples_layout_get_map (layout, row, 0);

          cairo_move_to (cr, left - length, map.y + (i + 0.5) * height);
          cairo_line_to (cr, left, map.y + (i + 0.5) * height);
        }
      for (guint column = 0; column < input->columns; column++)
        {
          GscRect map = gsc_multiples_layout_get_map (layout, 0, column);

          cairo_move_to (cr, map.x + (i + 0.5) * width, bottom);
          cairo_line_to (cr, map.x + (i + 0.5) * width, bottom + length);
        }
    }
  cairo_stroke (cr);
}

void
gsc_multiples_paint (cairo_t *cr,
                     const GscMultiplesLayout *layout,
                     const GscMultiplesInput *input,
                     const GscStyle *style)
{
  const GscColor *foreground = &style->palette->foreground;

  cairo_save (cr);
  paint_maps (cr, layout, input, style);
  if (input->crossed != NULL)
    for (guint i = 0; i < input->rows * input->columns; i++)
      {
        GscRect map = gsc_multiples_layout_get_map (layout, i / input->columns, i % input->columns);

        if (input->crossed[i])
          gsc_map_badges_paint_cross (cr, &map, style);
      }
  paint_ticks (cr, layout, input, style);
  paint_frames (cr, layout, input, style);
  cairo_restore (cr);
  gsc_label_paint (cr, &layout->heading, style, foreground);
  for (guint i = 0; i < layout->rows; i++)
    gsc_label_paint (cr, &layout->row_labels[i], style, foreground);
  for (guint i = 0; i < layout->columns; i++)
    gsc_label_paint (cr, &layout->column_labels[i], style, foreground);
  for (guint i = 0; i < layout->n; i++)
    {
      gsc_label_paint (cr, &layout->x_labels[i], style, foreground);
      gsc_label_paint (cr, &layout->y_labels[i], style, foreground);
    }
  for (guint i = 0; i < layout->rows * layout->columns * GSC_MAP_BADGE_LINES; i++)
    gsc_map_badges_paint (cr, &layout->badges[i], style);
  gsc_label_paint (cr, &layout->x_title, style, foreground);
  gsc_label_paint (cr, &layout->y_title, style, foreground);
}
