/* gsc-line-plot-paint.c - lines over two axes: painting them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-line-plot.h"

#include <math.h>

/* Markers of one line stand at least so many of their sizes apart. */
#define MARKER_SPACING 5.0
/* ... unless every point can have its own: so many sizes apart. */
#define DENSE_SPACING 1.8

static void
paint_band (cairo_t *cr, const GscLinePlotLayout *layout, const GscLineSeries *series)
{
  guint first = 0;

  if (series->low == NULL || series->high == NULL)
    return;
  gsc_style_set_color_alpha (cr, &series->look->color, 0.2);
  /* one polygon for each piece without a gap */
  while (first < series->n)
    {
      guint end = first;

      while (end < series->n && isfinite (gsc_axis_map (&layout->x, series->x[end]))
             && isfinite (gsc_axis_map (&layout->y, series->low[end]))
             && isfinite (gsc_axis_map (&layout->y, series->high[end])))
        end++;
      for (guint i = first; i < end; i++)
        cairo_line_to (cr, gsc_axis_map (&layout->x, series->x[i]),
                       gsc_axis_map (&layout->y, series->low[i]));
      for (guint i = end; i-- > first;)
        cairo_line_to (cr, gsc_axis_map (&layout->x, series->x[i]),
                       gsc_axis_map (&layout->y, series->high[i]));
      cairo_close_path (cr);
      cairo_fill (cr);
      first = end + 1;
    }
}

static void
paint_line (
    cairo_t *cr, const GscPoint *points, guint n, const GscSeriesLook *look, const GscStyle *style)
{
  gboolean pen_down = FALSE;

  gsc_style_set_dash (cr, look->dash, style->line_width);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  gsc_style_set_color (cr, &look->color);
  for (guint i = 0; i < n; i++)
    {
      if (isnan (points[i].x))
        pen_down = FALSE;
      else if (pen_down)
        cairo_line_to (cr, points[i].x, points[i].y);
      else
        {
          cairo_move_to (cr, points[i].x, points[i].y);
          pen_down = TRUE;
        }
    }
  cairo_stroke (cr);
}

/* All points have markers where they do not touch; else every so many, beginning at another place
 * in each series, so that those of equal lines do not hide each other; always the last one. */
static void
paint_markers (cairo_t *cr,
               const GscLinePlotLayout *layout,
               guint index,
               const GscSeriesLook *look,
               const GscStyle *style)
{
  const GscPoint *points = layout->points[index];
  guint n = layout->n_points[index];
  double spacing = MARKER_SPACING * style->marker_size;
  double previous = layout->plot.x + (index % 4) * spacing / 4 - spacing;
  gboolean dense = TRUE;
  guint last = n;

  for (guint i = 0; i < n; i++)
    {
      if (isnan (points[i].x) || !gsc_rect_contains (&layout->plot, points[i].x, points[i].y))
        continue;
      if (last < n && points[i].x - points[last].x < DENSE_SPACING * style->marker_size)
        dense = FALSE;
      last = i;
    }
  for (guint i = 0; i < n; i++)
    {
      if (isnan (points[i].x) || !gsc_rect_contains (&layout->plot, points[i].x, points[i].y))
        continue;
      if (!dense && i != last && points[i].x - previous < spacing)
        continue;
      gsc_style_paint_marker (cr, style, look, points[i].x, points[i].y);
      previous = points[i].x;
    }
}

static void
paint_vertical (cairo_t *cr, const GscLinePlotLayout *layout, double x)
{
  cairo_move_to (cr, x, layout->plot.y);
  cairo_line_to (cr, x, gsc_rect_bottom (&layout->plot));
  cairo_stroke (cr);
}

static void
paint_marks (cairo_t *cr, const GscLinePlotLayout *layout, const GscStyle *style)
{
  for (guint i = 0; i < layout->n_marks; i++)
    {
      if (isnan (layout->mark_x[i]))
        continue;
      cairo_save (cr);
      gsc_style_set_dash (cr, GSC_DASH_DASHED, style->axis_width);
      gsc_style_set_color (cr, &style->palette->dim);
      paint_vertical (cr, layout, layout->mark_x[i]);
      cairo_restore (cr);
      gsc_label_paint (cr, &layout->mark_labels[i], style, &style->palette->dim);
    }
}

/* A ring around a point of a line, and how far the line goes from there to its end. */
static void
paint_rings (cairo_t *cr,
             const GscLinePlotLayout *layout,
             const GscLinePlotInput *input,
             const GscStyle *style)
{
  for (guint i = 0; i < layout->n_marks; i++)
    {
      const GscLineMark *mark = &input->marks[i];
      const GscPoint *ring = &layout->mark_rings[i];
      double radius = style->marker_size;
      double end_x, end_y;

      if (isnan (ring->x) || isnan (ring->y))
        continue;
      end_x = gsc_axis_map (&layout->x, mark->end_x);
      end_y = gsc_axis_map (&layout->y, mark->end_y);
      cairo_save (cr);
      gsc_style_set_color (cr, &mark->look->color);
      if (isfinite (end_x) && isfinite (end_y) && end_x > ring->x + radius)
        {
          gsc_style_set_dash (cr, GSC_DASH_DOTTED, style->line_width);
          cairo_move_to (cr, ring->x + radius, ring->y);
          cairo_line_to (cr, end_x, ring->y);
          cairo_line_to (cr, end_x, end_y);
          cairo_stroke (cr);
        }
      gsc_style_set_dash (cr, GSC_DASH_SOLID, style->line_width);
      gsc_style_set_color (cr, &style->palette->foreground);
      cairo_new_sub_path (cr);
      cairo_arc (cr, ring->x, ring->y, radius, 0, 2 * G_PI);
      cairo_stroke (cr);
      cairo_restore (cr);
    }
}

void
gsc_line_plot_paint (cairo_t *cr,
                     const GscLinePlotLayout *layout,
                     const GscLinePlotInput *input,
                     const GscStyle *style)
{
  GscRect clip = layout->plot;
  GscLegendInput legend = { layout->entries, layout->n_entries };

  gsc_axis_paint_grid (cr, &layout->y, style);
  paint_marks (cr, layout, style);

  /* A line on the border is whole. */
  clip.x -= style->line_width;
  clip.y -= style->line_width;
  clip.width += 2 * style->line_width;
  clip.height += 2 * style->line_width;
  cairo_save (cr);
  gsc_style_add_rect (cr, &clip);
  cairo_clip (cr);
  for (guint i = input->n_series; i-- > 0;)
    paint_band (cr, layout, &input->series[i]);
  for (guint i = input->n_series; i-- > 0;)
    paint_line (cr, layout->points[i], layout->n_points[i], input->series[i].look, style);
  cairo_restore (cr);

  gsc_axis_paint (cr, &layout->x, style);
  gsc_axis_paint (cr, &layout->y, style);
  for (guint i = input->n_series; i-- > 0;)
    paint_markers (cr, layout, i, input->series[i].look, style);
  paint_rings (cr, layout, input, style);
  if (!isnan (layout->cursor_x))
    {
      cairo_save (cr);
      gsc_style_set_dash (cr, GSC_DASH_SOLID, style->line_width);
      gsc_style_set_color (cr, &style->palette->foreground);
      paint_vertical (cr, layout, layout->cursor_x);
      cairo_restore (cr);
    }
  if (layout->end_labels != NULL)
    gsc_end_labels_paint (cr, layout->end_labels, &legend, style);
  if (layout->legend != NULL)
    gsc_legend_paint (cr, layout->legend, &legend, style);
  gsc_label_paint (cr, &layout->heading, style, &style->palette->foreground);
}
