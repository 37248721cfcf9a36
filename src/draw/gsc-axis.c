/* gsc-axis.c - an axis: from numbers to places on the page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-axis.h"

#include <math.h>

/* More labels than this crowd any axis. */
#define MAX_LABELS 8

#define LARGEST (G_MAXDOUBLE / 8)

/* Limits */

static void
repair_limits (GscAxis *axis)
{
  if (!isfinite (axis->min) || !isfinite (axis->max))
    {
      axis->min = axis->logarithmic ? 1 : 0;
      axis->max = axis->logarithmic ? 10 : 1;
    }
  /* or the axis's length would not be a number */
  axis->min = CLAMP (axis->min, -LARGEST, LARGEST);
  axis->max = CLAMP (axis->max, -LARGEST, LARGEST);
  if (axis->min > axis->max)
    {
      double min = axis->max;

      axis->max = axis->min;
      axis->min = min;
    }
  if (axis->square_root)
    {
      axis->min = MAX (axis->min, 0);
      axis->max = MAX (axis->max, 0);
    }
  if (axis->logarithmic)
    {
      if (axis->max <= 0)
        axis->max = 10;
      if (axis->min <= 0)
        axis->min = axis->max / 10;
      if (axis->max < axis->min * (1 + 1e-9))
        {
          axis->min /= 2;
          axis->max *= 2;
        }
    }
  else if (axis->max - axis->min <= 1e-9 * MAX (fabs (axis->min), fabs (axis->max)))
    {
      double size = MAX (fabs (axis->min), 1) / 2;

      axis->min -= size;
      axis->max += size;
      if (axis->square_root)
        axis->min = MAX (axis->min, 0);
    }
}

/* 0 at min, 1 at max. */
static double
get_share (const GscAxis *axis, double value)
{
  if (axis->square_root)
    return value >= 0 ? (sqrt (value) - sqrt (axis->min)) / (sqrt (axis->max) - sqrt (axis->min))
                      : NAN;
  if (!axis->logarithmic)
    return (value - axis->min) / (axis->max - axis->min);
  return value > 0 ? (log (value) - log (axis->min)) / (log (axis->max) - log (axis->min)) : NAN;
}

/* Ticks */

static gboolean
is_bottom (const GscAxis *axis)
{
  return axis->side == GSC_AXIS_BOTTOM;
}

static void
clear_ticks (GscAxis *axis)
{
  for (guint i = 0; axis->ticks != NULL && i < axis->ticks->len; i++)
    gsc_label_clear (&axis->labels[i]);
  g_clear_pointer (&axis->labels, g_free);
  g_clear_pointer (&axis->ticks, g_array_unref);
}

static void
set_ticks (GscAxis *axis, const GscAxisInput *input, const GscStyle *style, guint max_labels)
{
  clear_ticks (axis);
  if (axis->logarithmic)
    axis->ticks = gsc_ticks_log (axis->min, axis->max, max_labels);
  else if (axis->square_root)
    axis->ticks = gsc_ticks_square_root (axis->min, axis->max, max_labels);
  else
    axis->ticks = gsc_ticks_linear (axis->min, axis->max, max_labels, input->whole);
  axis->labels = g_new0 (GscLabel, axis->ticks->len);
  for (guint i = 0; i < axis->ticks->len; i++)
    gsc_label_init (&axis->labels[i], style, GSC_FONT_NORMAL,
                    g_array_index (axis->ticks, GscTick, i).label);
}

/* Whether labels keep their distance on an axis of @length. */
static gboolean
labels_fit (const GscAxis *axis, const GscStyle *style, double length)
{
  double distance = is_bottom (axis) ? 0.7 * style->text_size : 0.4 * style->text_size;
  double previous_end = -G_MAXDOUBLE;

  for (guint i = 0; i < axis->ticks->len; i++)
    {
      const GscTick *tick = &g_array_index (axis->ticks, GscTick, i);
      const GscRect *rect = &axis->labels[i].rect;
      double half = (is_bottom (axis) ? rect->width : rect->height) / 2;
      double middle = get_share (axis, tick->value) * length;

      if (tick->minor)
        continue;
      if (middle - half < previous_end + distance)
        return FALSE;
      previous_end = middle + half;
    }
  return TRUE;
}

static double
get_label_room (const GscAxis *axis, const GscStyle *style)
{
  double room = is_bottom (axis) ? gsc_label_get_line_height (style, GSC_FONT_NORMAL) : 0;

  for (guint i = 0; !is_bottom (axis) && i < axis->ticks->len; i++)
    room = MAX (room, axis->labels[i].rect.width);
  return room;
}

void
gsc_axis_init (GscAxis *axis,
               const GscAxisInput *input,
               GscAxisSide side,
               const GscStyle *style,
               double length)
{
  *axis = (GscAxis){
    .side = side,
    .min = input->min,
    .max = input->max,
    .logarithmic = input->logarithmic,
    .square_root = input->square_root && !input->logarithmic,
  };
  repair_limits (axis);
  for (guint n = MAX_LABELS; n > 0; n--)
    {
      set_ticks (axis, input, style, n);
      if (labels_fit (axis, style, length))
        break;
    }

  if (is_bottom (axis))
    gsc_label_init (&axis->title, style, GSC_FONT_NORMAL, input->title);
  else
    gsc_label_init_vertical (&axis->title, style, input->title);
  axis->room = style->tick_length + style->gap / 2 + get_label_room (axis, style);
  if (axis->title.text != NULL)
    axis->room
        += style->gap / 2 + (is_bottom (axis) ? axis->title.rect.height : axis->title.rect.width);
}

void
gsc_axis_clear (GscAxis *axis)
{
  clear_ticks (axis);
  gsc_label_clear (&axis->title);
}

/* Places */

double
gsc_axis_map (const GscAxis *axis, double value)
{
  double share = get_share (axis, value);

  return isfinite (share) ? axis->start + share * (axis->end - axis->start) : NAN;
}

double
gsc_axis_unmap (const GscAxis *axis, double position)
{
  double length = axis->end - axis->start;
  double share = length != 0 ? (position - axis->start) / length : 0;

  if (axis->logarithmic)
    return exp (log (axis->min) + share * (log (axis->max) - log (axis->min)));
  if (axis->square_root)
    {
      double root = sqrt (axis->min) + share * (sqrt (axis->max) - sqrt (axis->min));

      return root > 0 ? root * root : 0;
    }
  return axis->min + share * (axis->max - axis->min);
}

/* Page coordinate, across the axis, of the line it is drawn on; and the way outwards. */
static double
get_edge (const GscAxis *axis)
{
  switch (axis->side)
    {
    case GSC_AXIS_BOTTOM:
      return gsc_rect_bottom (&axis->plot);
    case GSC_AXIS_RIGHT:
      return gsc_rect_right (&axis->plot);
    case GSC_AXIS_LEFT:
    default:
      return axis->plot.x;
    }
}

static double
get_outwards (const GscAxis *axis)
{
  return axis->side == GSC_AXIS_LEFT ? -1 : 1;
}

void
gsc_axis_place (GscAxis *axis, const GscStyle *style, const GscRect *plot)
{
  double outwards = get_outwards (axis);
  double labels_at = style->tick_length + style->gap / 2;
  double end_share = outwards < 0 ? 1 : 0; /* the side of a label that faces the axis */
  double middle;

  axis->plot = *plot;
  axis->start = is_bottom (axis) ? plot->x : gsc_rect_bottom (plot);
  axis->end = is_bottom (axis) ? gsc_rect_right (plot) : plot->y;
  for (guint i = 0; i < axis->ticks->len; i++)
    {
      double at = gsc_axis_map (axis, g_array_index (axis->ticks, GscTick, i).value);

      if (is_bottom (axis))
        gsc_label_place (&axis->labels[i], at, get_edge (axis) + labels_at, 0.5, 0);
      else
        gsc_label_place (&axis->labels[i], get_edge (axis) + outwards * labels_at, at, end_share,
                         0.5);
    }

  middle = (axis->start + axis->end) / 2;
  gsc_label_shorten (&axis->title, is_bottom (axis) ? plot->width : plot->height);
  if (is_bottom (axis))
    gsc_label_place (&axis->title, middle, get_edge (axis) + axis->room, 0.5, 1);
  else
    gsc_label_place (&axis->title, get_edge (axis) + outwards * axis->room, middle, 1 - end_share,
                     0.5);
}

double
gsc_axis_get_overhang (const GscAxis *axis)
{
  double overhang = 0;

  for (guint i = 0; i < axis->ticks->len; i++)
    {
      const GscRect *rect = &axis->labels[i].rect;
      double at = gsc_axis_map (axis, g_array_index (axis->ticks, GscTick, i).value);
      double half = (is_bottom (axis) ? rect->width : rect->height) / 2;

      if (axis->labels[i].text != NULL)
        overhang
            = MAX (overhang, is_bottom (axis) ? at + half - axis->end : axis->end - (at - half));
    }
  return overhang;
}

/* Painting */

/* Appends a line across the axis at @at, from @from to @to beyond its edge (outwards). */
static void
add_cross_line (cairo_t *cr, const GscAxis *axis, double at, double from, double to)
{
  double edge = get_edge (axis);
  double outwards = get_outwards (axis);

  if (is_bottom (axis))
    {
      cairo_move_to (cr, at, edge + from);
      cairo_line_to (cr, at, edge + to);
    }
  else
    {
      cairo_move_to (cr, edge + outwards * from, at);
      cairo_line_to (cr, edge + outwards * to, at);
    }
}

void
gsc_axis_paint_grid (cairo_t *cr, const GscAxis *axis, const GscStyle *style)
{
  double depth = is_bottom (axis) ? axis->plot.height : axis->plot.width;

  cairo_save (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->grid_width);
  gsc_style_set_color (cr, &style->palette->grid);
  for (guint i = 0; i < axis->ticks->len; i++)
    {
      const GscTick *tick = &g_array_index (axis->ticks, GscTick, i);

      if (!tick->minor)
        add_cross_line (cr, axis, gsc_axis_map (axis, tick->value), -depth, 0);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
gsc_axis_paint (cairo_t *cr, const GscAxis *axis, const GscStyle *style)
{
  double edge = get_edge (axis);

  cairo_save (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->axis_width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_SQUARE);
  gsc_style_set_color (cr, &style->palette->foreground);
  if (is_bottom (axis))
    {
      cairo_move_to (cr, axis->start, edge);
      cairo_line_to (cr, axis->end, edge);
    }
  else
    {
      cairo_move_to (cr, edge, axis->start);
      cairo_line_to (cr, edge, axis->end);
    }
  cairo_stroke (cr);

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  for (guint i = 0; i < axis->ticks->len; i++)
    {
      const GscTick *tick = &g_array_index (axis->ticks, GscTick, i);

      add_cross_line (cr, axis, gsc_axis_map (axis, tick->value), 0,
                      tick->minor ? 0.6 * style->tick_length : style->tick_length);
    }
  cairo_stroke (cr);
  cairo_restore (cr);

  for (guint i = 0; i < axis->ticks->len; i++)
    gsc_label_paint (cr, &axis->labels[i], style, &style->palette->foreground);
  gsc_label_paint (cr, &axis->title, style, &style->palette->foreground);
}
