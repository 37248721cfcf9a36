/* gsc-bar-plot.c - one bar for each of some whole numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-bar-plot.h"

#include <math.h>

/* A bar's share of the width it may have; its level is a bit wider. */
#define BAR_SHARE 0.7
#define LEVEL_SHARE 0.9

/* Room above the highest bar. */
#define HEADROOM 1.06

/* More than any share or count; larger numbers have no bar. */
#define LARGEST 1e150

static gboolean
is_there (double value)
{
  return value >= 0 && value <= LARGEST;
}

static double
find_highest (const GscBarPlotInput *input)
{
  double highest = is_there (input->max) ? input->max : 0;

  for (guint i = 0; i < input->n; i++)
    {
      if (is_there (input->values[i]))
        highest = MAX (highest, HEADROOM * input->values[i]);
      if (input->levels != NULL && is_there (input->levels[i]))
        highest = MAX (highest, HEADROOM * input->levels[i]);
    }
  return highest > 0 ? highest : 1;
}

/* The room for the y axis depends on its labels, and these on the room for the x axis: once more
 * until it is enough. */
static void
lay_out_axes (GscBarPlotLayout *layout, const GscBarPlotInput *input, const GscStyle *style)
{
  const GscRect *area = &layout->area;
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double top = MAX (layout->heading.text != NULL ? line + style->gap / 2 : style->axis_width / 2,
                    line / 2);
  const GscAxisInput x = { .min = input->first - 0.5,
                           .max = input->first + (double) MAX (input->n, 1) - 0.5,
                           .whole = TRUE,
                           .title = input->x_title };
  const GscAxisInput y = { .max = find_highest (input), .title = input->y_title };
  double left = 0, bottom = 0, right = style->axis_width / 2;
  gboolean enough;

  do
    {
      double overhang, above;

      gsc_axis_clear (&layout->x);
      gsc_axis_clear (&layout->y);
      layout->plot = (GscRect){ area->x + left, area->y + top, MAX (area->width - left - right, 1),
                                MAX (area->height - top - bottom, 1) };
      gsc_axis_init (&layout->x, &x, GSC_AXIS_BOTTOM, style, layout->plot.width);
      gsc_axis_init (&layout->y, &y, GSC_AXIS_LEFT, style, layout->plot.height);
      gsc_axis_place (&layout->x, style, &layout->plot);
      gsc_axis_place (&layout->y, style, &layout->plot);
      overhang = gsc_axis_get_overhang (&layout->x);
      /* then it stands above the y axis's highest label, too */
      above = layout->heading.rect.width > layout->plot.width ? 1.5 * line : 0;
      enough
          = above <= top && layout->y.room <= left && layout->x.room <= bottom && overhang <= right;
      top = MAX (top, above);
      left = MAX (left, layout->y.room);
      bottom = MAX (bottom, layout->x.room);
      right = MAX (right, overhang);
    }
  while (!enough && left + right < area->width && bottom + top < area->height);
}

GscBarPlotLayout *
gsc_bar_plot_layout (const GscBarPlotInput *input, const GscStyle *style, const GscRect *area)
{
  GscBarPlotLayout *layout = g_new0 (GscBarPlotLayout, 1);
  double half, bottom, width;

  layout->area = *area;
  layout->n = input->n;
  layout->bars = g_new (GscRect, input->n);
  layout->levels = g_new (double, input->n);
  gsc_label_init (&layout->heading, style, GSC_FONT_NORMAL, input->heading);
  lay_out_axes (layout, input, style);

  gsc_label_shorten (&layout->heading, area->width);
  half = layout->heading.rect.width / 2;
  gsc_label_place (&layout->heading,
                   CLAMP (layout->plot.x + layout->plot.width / 2, area->x + half,
                          MAX (gsc_rect_right (area) - half, area->x + half)),
                   area->y, 0.5, 0);

  bottom = gsc_rect_bottom (&layout->plot);
  width = layout->plot.width / MAX (input->n, 1);
  for (guint i = 0; i < input->n; i++)
    {
      double x = gsc_axis_map (&layout->x, input->first + (double) i);
      double top
          = is_there (input->values[i]) ? gsc_axis_map (&layout->y, input->values[i]) : bottom;

      layout->bars[i]
          = (GscRect){ x - BAR_SHARE * width / 2, top, BAR_SHARE * width, bottom - top };
      layout->levels[i] = NAN;
      if (input->levels != NULL && is_there (input->levels[i]))
        layout->levels[i] = gsc_axis_map (&layout->y, input->levels[i]);
    }
  return layout;
}

void
gsc_bar_plot_layout_free (GscBarPlotLayout *layout)
{
  if (layout == NULL)
    return;
  gsc_label_clear (&layout->heading);
  gsc_axis_clear (&layout->x);
  gsc_axis_clear (&layout->y);
  g_free (layout->bars);
  g_free (layout->levels);
  g_free (layout);
}

int
gsc_bar_plot_pick (const GscBarPlotLayout *layout, double x, double y)
{
  double place = (x - layout->plot.x) / layout->plot.width * layout->n;

  if (layout->n == 0 || !gsc_rect_contains (&layout->plot, x, y))
    return -1;
  return (int) CLAMP (floor (place), 0, layout->n - 1.0);
}

static void
paint_levels (cairo_t *cr, const GscBarPlotLayout *layout, const GscStyle *style)
{
  double half = LEVEL_SHARE * layout->plot.width / MAX (layout->n, 1) / 2;

  for (guint i = 0; i < layout->n; i++)
    if (!isnan (layout->levels[i]))
      {
        double middle = layout->bars[i].x + layout->bars[i].width / 2;

        cairo_move_to (cr, middle - half, layout->levels[i]);
        cairo_line_to (cr, middle + half, layout->levels[i]);
      }
  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->line_width);
  gsc_style_set_color (cr, &style->palette->foreground);
  cairo_stroke (cr);
}

void
gsc_bar_plot_paint (cairo_t *cr,
                    const GscBarPlotLayout *layout,
                    const GscBarPlotInput *input,
                    const GscStyle *style)
{
  gsc_axis_paint_grid (cr, &layout->y, style);
  cairo_save (cr);
  for (guint i = 0; i < layout->n; i++)
    if (layout->bars[i].height > 0)
      gsc_style_add_rect (cr, &layout->bars[i]);
  gsc_style_set_color (cr, &input->color);
  cairo_fill (cr);
  paint_levels (cr, layout, style);
  cairo_restore (cr);
  gsc_axis_paint (cr, &layout->x, style);
  gsc_axis_paint (cr, &layout->y, style);
  gsc_label_paint (cr, &layout->heading, style, &style->palette->foreground);
}
