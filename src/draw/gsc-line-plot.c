/* gsc-line-plot.c - lines over two axes: where everything stands
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-line-plot.h"

#include <math.h>

/* A legend beside the plot may take this share of the width; else it goes below. */
#define MAX_LEGEND_SHARE 0.4

/* A point farther than this from the pointer is not meant. */
#define PICK_DISTANCE 12.0

/* Points */

static void
map_points (GscLinePlotLayout *layout, const GscLinePlotInput *input)
{
  for (guint i = 0; i < input->n_series; i++)
    {
      const GscLineSeries *series = &input->series[i];

      for (guint j = 0; j < series->n; j++)
        {
          GscPoint point = { gsc_axis_map (&layout->x, series->x[j]),
                             gsc_axis_map (&layout->y, series->y[j]) };

          if (isnan (point.x) || isnan (point.y))
            point = (GscPoint){ NAN, NAN };
          layout->points[i][j] = point;
        }
    }
}

/* Where the line of a series ends, within the plot. */
static GscPoint
find_end (const GscLinePlotLayout *layout, guint series)
{
  const GscRect *plot = &layout->plot;

  for (guint i = layout->n_points[series]; i-- > 0;)
    {
      const GscPoint *point = &layout->points[series][i];

      if (!isnan (point->x) && point->x >= plot->x - 0.01
          && point->x <= gsc_rect_right (plot) + 0.01)
        return (GscPoint){ point->x, CLAMP (point->y, plot->y, gsc_rect_bottom (plot)) };
    }
  return (GscPoint){ gsc_rect_right (plot), plot->y + plot->height / 2 };
}

/* Marks */

static gboolean
touches_earlier (const GscLinePlotLayout *layout, guint index, double gap)
{
  for (guint i = 0; i < index; i++)
    if (gsc_label_is_near (&layout->mark_labels[index], &layout->mark_labels[i], gap))
      return TRUE;
  return FALSE;
}

/* Whether the label, with its left edge at @left, is within the plot's width and touches none. */
static gboolean
try_label (GscLinePlotLayout *layout, guint index, double left, double top, double gap)
{
  GscLabel *label = &layout->mark_labels[index];

  if (left < layout->plot.x - 0.01
      || left + label->rect.width > gsc_rect_right (&layout->plot) + 0.01)
    return FALSE;
  gsc_label_place (label, left, top, 0, 0);
  return !touches_earlier (layout, index, gap);
}

/* Over its line, or else beside an earlier label. */
static gboolean
place_label (GscLinePlotLayout *layout, guint index, double x, double top, double gap)
{
  const GscRect *plot = &layout->plot;
  double width = layout->mark_labels[index].rect.width;
  double right = MAX (gsc_rect_right (plot) - width, plot->x);

  if (try_label (layout, index, CLAMP (x - width / 2, plot->x, right), top, gap))
    return TRUE;
  for (guint i = 0; i < index; i++)
    {
      const GscRect *other = &layout->mark_labels[i].rect;

      if (layout->mark_labels[i].text != NULL
          && (try_label (layout, index, gsc_rect_right (other) + 2 * gap, top, gap)
              || try_label (layout, index, other->x - 2 * gap - width, top, gap)))
        return TRUE;
    }
  return FALSE;
}

static void
place_marks (GscLinePlotLayout *layout,
             const GscLinePlotInput *input,
             const GscStyle *style,
             double top)
{
  const GscRect *plot = &layout->plot;

  for (guint i = 0; i < input->n_marks; i++)
    {
      const GscLineMark *mark = &input->marks[i];
      const char *const texts[] = { mark->label, mark->brief };
      double x = gsc_axis_map (&layout->x, mark->x);
      gboolean placed = FALSE;

      layout->mark_rings[i] = (GscPoint){ NAN, NAN };
      layout->mark_x[i] = NAN;
      if (isnan (x) || x < plot->x - 0.01 || x > gsc_rect_right (plot) + 0.01)
        continue;
      layout->mark_x[i] = x;
      if (mark->look != NULL)
        layout->mark_rings[i] = (GscPoint){ x, gsc_axis_map (&layout->y, mark->y) };
      for (guint j = 0; j < G_N_ELEMENTS (texts) && !placed && texts[j] != NULL; j++)
        {
          gsc_label_init (&layout->mark_labels[i], style, GSC_FONT_NORMAL, texts[j]);
          placed = place_label (layout, i, x, top, style->gap);
          if (!placed)
            gsc_label_clear (&layout->mark_labels[i]);
        }
    }
}

static gboolean
has_mark_labels (const GscLinePlotInput *input)
{
  for (guint i = 0; i < input->n_marks; i++)
    if (input->marks[i].label != NULL)
      return TRUE;
  return FALSE;
}

/* Legend */

static void
list_entries (GscLinePlotLayout *layout, const GscLinePlotInput *input)
{
  layout->entries = g_new0 (GscLegendEntry, input->n_series);
  for (guint i = 0; input->legend && i < input->n_series; i++)
    if (input->series[i].name != NULL)
      layout->entries[layout->n_entries++] = (GscLegendEntry){
        .text = input->series[i].name,
        .kind = GSC_LEGEND_LINE,
        .look = input->series[i].look,
      };
}

/* Measures the legend: beside the plot, or in its place at the bottom of the area. */
static void
choose_legend (GscLinePlotLayout *layout, const GscStyle *style)
{
  GscLegendInput legend = { layout->entries, layout->n_entries };
  const GscRect *area = &layout->area;
  GscRect below = *area;
  g_autoptr (GscLegendLayout) probe = NULL;

  if (layout->n_entries == 0)
    return;
  layout->end_labels = gsc_end_labels_new (&legend, style);
  if (layout->end_labels->width <= MAX_LEGEND_SHARE * area->width
      && layout->end_labels->height <= 0.75 * area->height)
    return;
  g_clear_pointer (&layout->end_labels, gsc_end_labels_free);
  probe = gsc_legend_layout (&legend, style, &below);
  if (probe->rect.height > GSC_LEGEND_MAX_SHARE * area->height)
    return;
  below.y = gsc_rect_bottom (area) - probe->rect.height;
  layout->legend = gsc_legend_layout (&legend, style, &below);
}

static void
place_end_labels (GscLinePlotLayout *layout, const GscLinePlotInput *input, const GscStyle *style)
{
  g_autofree GscPoint *ends = g_new (GscPoint, layout->n_entries);
  guint n = 0;

  for (guint i = 0; i < input->n_series; i++)
    if (input->series[i].name != NULL)
      ends[n++] = find_end (layout, i);
  gsc_end_labels_place (layout->end_labels, style, &layout->plot, ends);
}

/* Axes */

/* Shares the area out: what is above and below decides the height of the y axis, whose labels
 * decide the width of the x axis. */
static void
lay_out_axes (GscLinePlotLayout *layout, const GscLinePlotInput *input, const GscStyle *style)
{
  const GscRect *area = &layout->area;
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double top = line / 2; /* half of the highest label */
  double bottom, right = style->axis_width / 2, overhang;
  GscAxis probe;

  if (layout->heading.text != NULL)
    top = MAX (top, layout->heading.rect.height + style->gap);
  if (has_mark_labels (input))
    top = MAX (top, (layout->heading.text != NULL ? layout->heading.rect.height : 0) + line
                        + style->gap / 2);
  gsc_axis_init (&probe, &input->x, GSC_AXIS_BOTTOM, style, area->width);
  bottom = probe.room;
  gsc_axis_clear (&probe);
  if (layout->legend != NULL)
    bottom += layout->legend->rect.height + 2 * style->gap;
  if (layout->end_labels != NULL)
    right = layout->end_labels->width;

  layout->plot.y = area->y + top;
  layout->plot.height = MAX (area->height - top - bottom, 1);
  gsc_axis_init (&layout->y, &input->y, GSC_AXIS_LEFT, style, layout->plot.height);
  layout->plot.x = area->x + layout->y.room;
  layout->plot.width = MAX (area->width - layout->y.room - right, 1);
  gsc_axis_init (&layout->x, &input->x, GSC_AXIS_BOTTOM, style, layout->plot.width);
  gsc_axis_place (&layout->x, style, &layout->plot);
  overhang = gsc_axis_get_overhang (&layout->x);
  if (overhang > right)
    {
      layout->plot.width = MAX (layout->plot.width - (overhang - right), 1);
      gsc_axis_clear (&layout->x);
      gsc_axis_init (&layout->x, &input->x, GSC_AXIS_BOTTOM, style, layout->plot.width);
      gsc_axis_place (&layout->x, style, &layout->plot);
    }
  gsc_axis_place (&layout->y, style, &layout->plot);
}

GscLinePlotLayout *
gsc_line_plot_layout (const GscLinePlotInput *input, const GscStyle *style, const GscRect *area)
{
  GscLinePlotLayout *layout = g_new0 (GscLinePlotLayout, 1);

  layout->area = *area;
  layout->n_series = input->n_series;
  layout->n_points = g_new0 (guint, input->n_series);
  layout->points = g_new0 (GscPoint *, input->n_series);
  for (guint i = 0; i < input->n_series; i++)
    {
      layout->n_points[i] = input->series[i].n;
      layout->points[i] = g_new (GscPoint, input->series[i].n);
    }
  layout->n_marks = input->n_marks;
  layout->mark_x = g_new0 (double, input->n_marks);
  layout->mark_labels = g_new0 (GscLabel, input->n_marks);
  layout->mark_rings = g_new0 (GscPoint, input->n_marks);

  gsc_label_init (&layout->heading, style, GSC_FONT_NORMAL, input->heading);
  list_entries (layout, input);
  choose_legend (layout, style);
  lay_out_axes (layout, input, style);
  gsc_label_shorten (&layout->heading, layout->plot.width);
  gsc_label_place (&layout->heading, layout->plot.x, area->y, 0, 0);
  map_points (layout, input);
  place_marks (layout, input, style,
               layout->plot.y - style->gap / 2
                   - gsc_label_get_line_height (style, GSC_FONT_NORMAL));
  layout->cursor_x = gsc_axis_map (&layout->x, input->cursor);
  if (layout->cursor_x < layout->plot.x || layout->cursor_x > gsc_rect_right (&layout->plot))
    layout->cursor_x = NAN;
  if (layout->end_labels != NULL)
    place_end_labels (layout, input, style);
  return layout;
}

void
gsc_line_plot_layout_free (GscLinePlotLayout *layout)
{
  if (layout == NULL)
    return;
  gsc_label_clear (&layout->heading);
  gsc_axis_clear (&layout->x);
  gsc_axis_clear (&layout->y);
  for (guint i = 0; i < layout->n_series; i++)
    g_free (layout->points[i]);
  g_free (layout->points);
  g_free (layout->n_points);
  for (guint i = 0; i < layout->n_marks; i++)
    gsc_label_clear (&layout->mark_labels[i]);
  g_free (layout->mark_labels);
  g_free (layout->mark_rings);
  g_free (layout->mark_x);
  gsc_end_labels_free (layout->end_labels);
  gsc_legend_layout_free (layout->legend);
  g_free (layout->entries);
  g_free (layout);
}

gboolean
gsc_line_plot_pick (const GscLinePlotLayout *layout, double x, double y, GscLinePlotPick *pick)
{
  double nearest = PICK_DISTANCE;

  if (!gsc_rect_contains (&layout->plot, x, y))
    return FALSE;
  *pick = (GscLinePlotPick){
    .x = gsc_axis_unmap (&layout->x, x),
    .y = gsc_axis_unmap (&layout->y, y),
    .series = -1,
  };
  for (guint i = 0; i < layout->n_series; i++)
    for (guint j = 0; j < layout->n_points[i]; j++)
      {
        double distance = hypot (layout->points[i][j].x - x, layout->points[i][j].y - y);

        if (distance < nearest) /* never for NaN */
          {
            nearest = distance;
            pick->series = (int) i;
            pick->point = j;
          }
      }
  return TRUE;
}
