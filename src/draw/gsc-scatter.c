/* gsc-scatter.c - points in a plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-scatter.h"

#include <math.h>

#include "gsc-scatter-labels.h"

/* A point farther than this from the pointer is not meant. */
#define PICK_DISTANCE 12.0

/* Markers cover about so much of the distance that equally spread points would have. */
#define MARKER_SHARE 0.42

/* The least extent of an axis in proportion to its numbers, and the least that is no error of
 * rounding. */
#define FINEST 1e-8
#define SMALLEST 1e-280

/* Squares of numbers beyond this are no numbers any more. */
#define LARGEST 1e150

/* A marker with less contrast to the page has a grey border. */
#define MIN_CONTRAST 2.0

/* ... of at most so much of its size. */
#define BORDER_SHARE 0.15

static gboolean
is_there (const GscScatterInput *input, guint point)
{
  return fabs (input->x[point]) <= LARGEST && fabs (input->y[point]) <= LARGEST;
}

/* What the points cover, and how many there are. */
static guint
find_extent (const GscScatterInput *input, double min[2], double max[2])
{
  guint n = 0;

  min[0] = min[1] = max[0] = max[1] = 0;
  for (guint i = 0; i < input->n; i++)
    {
      if (!is_there (input, i))
        continue;
      min[0] = n == 0 ? input->x[i] : MIN (min[0], input->x[i]);
      max[0] = n == 0 ? input->x[i] : MAX (max[0], input->x[i]);
      min[1] = n == 0 ? input->y[i] : MIN (min[1], input->y[i]);
      max[1] = n == 0 ? input->y[i] : MAX (max[1], input->y[i]);
      n++;
    }
  return n;
}

/* The limits of both axes of @plot: around the points stays room for a label. */
static void
set_limits (const GscScatterInput *input,
            const GscStyle *style,
            const GscRect *plot,
            GscAxisInput axes[2])
{
  const double lengths[2] = { plot->width, plot->height };
  double min[2], max[2], middles[2], units[2];

  if (find_extent (input, min, max) > 0 && input->around != NULL)
    {
      min[0] = MIN (min[0], input->around->min_x);
      max[0] = MAX (max[0], input->around->max_x);
      min[1] = MIN (min[1], input->around->min_y);
      max[1] = MAX (max[1], input->around->max_y);
    }
  for (guint i = 0; i < 2; i++)
    {
      double pad = MIN (1.5 * style->text_size, 0.15 * lengths[i]);
      double extent = max[i] - min[i];

      middles[i] = min[i] + extent / 2;
      units[i] = extent > MAX (FINEST * fabs (middles[i]), SMALLEST)
                     ? extent / (lengths[i] - 2 * pad)
                     : 0;
    }
  if (input->equal_aspect)
    {
      double coarsest = MAX (fabs (middles[0]), fabs (middles[1]));

      units[0] = units[1] = MAX (units[0], units[1]);
      if (units[0] * MIN (lengths[0], lengths[1]) <= FINEST * coarsest)
        units[0] = units[1] = 0;
    }
  for (guint i = 0; i < 2; i++)
    {
      double size = MAX (fabs (middles[i]), fabs (middles[1 - i]));

      if (units[i] == 0) /* all in one place */
        units[i] = 2 * (size > SMALLEST ? size : 1) / MIN (lengths[0], lengths[1]);
      axes[i].min = middles[i] - units[i] * lengths[i] / 2;
      axes[i].max = middles[i] + units[i] * lengths[i] / 2;
    }
}

/* The room for the y axis depends on its labels, and these on the room for the x axis: once more
 * until it is enough. */
static void
lay_out_axes (GscScatterLayout *layout, const GscScatterInput *input, const GscStyle *style)
{
  const GscRect *area = &layout->area;
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double top = layout->heading.text != NULL ? line + style->gap / 2 : style->axis_width / 2;
  GscAxisInput axes[2] = { { .title = input->x_title }, { .title = input->y_title } };
  double left = 0, bottom = 0, right = style->axis_width / 2;
  gboolean enough;

  /* half of the highest label */
  top = MAX (top, line / 2);
  do
    {
      double overhang, above;

      gsc_axis_clear (&layout->x);
      gsc_axis_clear (&layout->y);
      layout->plot = (GscRect){ area->x + left, area->y + top, MAX (area->width - left - right, 1),
                                MAX (area->height - top - bottom, 1) };
      set_limits (input, style, &layout->plot, axes);
      gsc_axis_init (&layout->x, &axes[0], GSC_AXIS_BOTTOM, style, layout->plot.width);
      gsc_axis_init (&layout->y, &axes[1], GSC_AXIS_LEFT, style, layout->plot.height);
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

/* In the corner the first labels of both axes may meet: one of them goes. */
static void
clear_corner (GscScatterLayout *layout)
{
  for (guint i = 0; i < layout->x.ticks->len; i++)
    for (guint j = 0; j < layout->y.ticks->len; j++)
      if (gsc_label_is_near (&layout->x.labels[i], &layout->y.labels[j], 0))
        gsc_label_clear (&layout->x.labels[i]);
}

/* Around the box and markers at its border, as far as it lies in the plot. */
static void
place_box (GscScatterLayout *layout, const GscScatterBox *box)
{
  const GscRect *plot = &layout->plot;
  double away = layout->marker_size;
  gboolean known = isfinite (box->min_x + box->max_x) && isfinite (box->min_y + box->max_y);
  double left = MAX (gsc_axis_map (&layout->x, box->min_x) - away, plot->x);
  double right = MIN (gsc_axis_map (&layout->x, box->max_x) + away, gsc_rect_right (plot));
  double top = MAX (gsc_axis_map (&layout->y, box->max_y) - away, plot->y);
  double bottom = MIN (gsc_axis_map (&layout->y, box->min_y) + away, gsc_rect_bottom (plot));

  if (known && left < right && top < bottom)
    layout->box = (GscRect){ left, top, right - left, bottom - top };
}

GscScatterLayout *
gsc_scatter_layout (const GscScatterInput *input, const GscStyle *style, const GscRect *area)
{
  GscScatterLayout *layout = g_new0 (GscScatterLayout, 1);
  double min[2], max[2];
  guint n_there = find_extent (input, min, max);
  double spacing, middle, half;

  layout->area = *area;
  layout->n = input->n;
  layout->points = g_new (GscPoint, input->n);
  layout->n_groups = input->n_groups;
  layout->texts = g_new0 (GscLabel, input->n_groups);
  gsc_label_init (&layout->heading, style, GSC_FONT_NORMAL, input->heading);
  lay_out_axes (layout, input, style);
  clear_corner (layout);

  gsc_label_shorten (&layout->heading, area->width);
  half = layout->heading.rect.width / 2;
  middle = layout->plot.x + layout->plot.width / 2;
  gsc_label_place (
      &layout->heading,
      CLAMP (middle, area->x + half, MAX (gsc_rect_right (area) - half, area->x + half)), area->y,
      0.5, 0);

  spacing = sqrt (layout->plot.width * layout->plot.height / MAX (n_there, 1));
  layout->marker_size
      = CLAMP (MARKER_SHARE * spacing, 0.4 * style->marker_size, 1.4 * style->marker_size);
  for (guint i = 0; i < input->n; i++)
    {
      layout->points[i] = (GscPoint){ NAN, NAN };
      if (is_there (input, i))
        layout->points[i] = (GscPoint){ gsc_axis_map (&layout->x, input->x[i]),
                                        gsc_axis_map (&layout->y, input->y[i]) };
    }
  for (guint i = 0; i < input->n_groups; i++)
    gsc_label_init (&layout->texts[i], style, GSC_FONT_NORMAL, input->groups[i].label);
  if (input->box != NULL)
    place_box (layout, input->box);
  gsc_scatter_labels_place (layout, input, style);
  return layout;
}

void
gsc_scatter_layout_free (GscScatterLayout *layout)
{
  if (layout == NULL)
    return;
  gsc_label_clear (&layout->heading);
  gsc_axis_clear (&layout->x);
  gsc_axis_clear (&layout->y);
  for (guint i = 0; i < layout->n_groups; i++)
    gsc_label_clear (&layout->texts[i]);
  g_free (layout->texts);
  g_free (layout->points);
  g_free (layout->labels);
  g_free (layout->labelled);
  g_free (layout);
}

int
gsc_scatter_pick (const GscScatterLayout *layout, double x, double y)
{
  double nearest = PICK_DISTANCE;
  int found = -1;

  for (guint i = 0; i < layout->n; i++)
    {
      double distance = hypot (layout->points[i].x - x, layout->points[i].y - y);

      if (distance < nearest) /* never for NaN */
        {
          nearest = distance;
          found = (int) i;
        }
    }
  return found;
}

/* Painting */

/* The markers of a group as one path. */
static void
fill_group (cairo_t *cr,
            const GscScatterLayout *layout,
            const GscScatterInput *input,
            guint index,
            double size,
            const GscColor *color)
{
  for (guint i = 0; i < layout->n; i++)
    if (input->group[i] == index && !isnan (layout->points[i].x))
      gsc_style_add_marker (cr, input->groups[index].marker, layout->points[i].x,
                            layout->points[i].y, size);
  gsc_style_set_color (cr, color);
  cairo_fill (cr);
}

static void
paint_group (cairo_t *cr,
             const GscScatterLayout *layout,
             const GscScatterInput *input,
             guint index,
             const GscStyle *style)
{
  const GscColor *color = &input->groups[index].color;
  const GscPalette *palette = style->palette;
  double size = layout->marker_size;

  if (gsc_color_get_contrast (color, &palette->background) < MIN_CONTRAST)
    {
      double border = MIN (style->grid_width, BORDER_SHARE * size);

      /* a smaller marker on a grey one: much faster than a stroke */
      fill_group (cr, layout, input, index, size + border, &palette->dim);
      size -= border;
    }
  fill_group (cr, layout, input, index, size, color);
}

static void
paint_labels (cairo_t *cr, const GscScatterLayout *layout, const GscStyle *style)
{
  g_autofree GscPoint *places = g_new (GscPoint, layout->n_labels);
  guint first = 0;

  while (first < layout->n_labels)
    {
      const GscLabel *label = &layout->labels[first];
      guint n = 0;

      for (; first < layout->n_labels && layout->labels[first].text == label->text; first++)
        places[n++] = (GscPoint){ layout->labels[first].rect.x, layout->labels[first].rect.y };
      gsc_label_paint_copies (cr, label, style, &style->palette->foreground, places, n);
    }
}

void
gsc_scatter_paint (cairo_t *cr,
                   const GscScatterLayout *layout,
                   const GscScatterInput *input,
                   const GscStyle *style)
{
  gsc_axis_paint_grid (cr, &layout->x, style);
  gsc_axis_paint_grid (cr, &layout->y, style);
  gsc_axis_paint (cr, &layout->x, style);
  gsc_axis_paint (cr, &layout->y, style);
  cairo_save (cr);
  for (guint i = 0; i < input->n_groups; i++)
    paint_group (cr, layout, input, i, style);
  paint_labels (cr, layout, style);
  if (layout->box.width > 0)
    {
      gsc_style_set_dash (cr, GSC_DASH_SOLID, style->line_width);
      gsc_style_set_color (cr, &style->palette->foreground);
      gsc_style_add_rect (cr, &layout->box);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
  gsc_label_paint (cr, &layout->heading, style, &style->palette->foreground);
}
