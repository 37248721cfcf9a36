/* gsc-heat-map.c - a grid of coloured cells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-heat-map.h"

#include <math.h>

/* Radius of a dot, in widths of a cell. */
#define DOT_RADIUS 0.14

/* The axis of @n cells: cell i reaches from i - 1/2 to i + 1/2. */
static GscAxisInput
get_axis_input (guint n, const char *title)
{
  return (GscAxisInput){ .min = -0.5, .max = n - 0.5, .whole = TRUE, .title = title };
}

/* In the middle of the grid, or as near to that as the area lets it. */
static void
place_heading (GscHeatMapLayout *layout)
{
  const GscRect *area = &layout->area;
  double middle = layout->plot.x + layout->plot.width / 2;
  double half;

  gsc_label_shorten (&layout->heading, area->width);
  half = layout->heading.rect.width / 2;
  middle = CLAMP (middle, area->x + half, MAX (gsc_rect_right (area) - half, area->x + half));
  gsc_label_place (&layout->heading, middle, area->y, 0.5, 0);
}

GscHeatMapLayout *
gsc_heat_map_layout (const GscHeatMapInput *input, const GscStyle *style, const GscRect *area)
{
  GscHeatMapLayout *layout = g_new0 (GscHeatMapLayout, 1);
  GscAxisInput x = get_axis_input (input->columns, input->x_title);
  GscAxisInput y = get_axis_input (input->rows, input->y_title);
  double top = style->axis_width / 2, side;
  GscAxis probe_x, probe_y;

  layout->area = *area;
  layout->columns = input->columns;
  layout->rows = input->rows;
  gsc_label_init (&layout->heading, style, GSC_FONT_NORMAL, input->heading);
  if (layout->heading.text != NULL)
    top = layout->heading.rect.height + style->gap / 2;

  /* Fewer labels take no more room: the longest axis that could be says enough. */
  gsc_axis_init (&probe_x, &x, GSC_AXIS_BOTTOM, style, area->width);
  gsc_axis_init (&probe_y, &y, GSC_AXIS_LEFT, style, area->height);
  side = MIN ((area->width - probe_y.room - style->axis_width) / input->columns,
              (area->height - top - probe_x.room) / input->rows);
  side = MAX (side, 0.01);
  layout->plot.width = side * input->columns;
  layout->plot.height = side * input->rows;
  layout->plot.x
      = area->x + probe_y.room + MAX (area->width - probe_y.room - layout->plot.width, 0) / 2;
  layout->plot.y = area->y + top;
  gsc_axis_clear (&probe_x);
  gsc_axis_clear (&probe_y);

  gsc_axis_init (&layout->x, &x, GSC_AXIS_BOTTOM, style, layout->plot.width);
  gsc_axis_init (&layout->y, &y, GSC_AXIS_LEFT, style, layout->plot.height);
  gsc_axis_place (&layout->x, style, &layout->plot);
  gsc_axis_place (&layout->y, style, &layout->plot);
  place_heading (layout);
  return layout;
}

void
gsc_heat_map_layout_free (GscHeatMapLayout *layout)
{
  if (layout == NULL)
    return;
  gsc_label_clear (&layout->heading);
  gsc_axis_clear (&layout->x);
  gsc_axis_clear (&layout->y);
  g_free (layout);
}

GscRect
gsc_heat_map_layout_get_cell (const GscHeatMapLayout *layout, guint column, guint row)
{
  double width = layout->plot.width / layout->columns;
  double height = layout->plot.height / layout->rows;

  return (GscRect){
    layout->plot.x + column * width,
    gsc_rect_bottom (&layout->plot) - (row + 1) * height,
    width,
    height,
  };
}

int
gsc_heat_map_pick (const GscHeatMapLayout *layout, double x, double y)
{
  const GscRect *plot = &layout->plot;
  guint column, row;

  if (!gsc_rect_contains (plot, x, y))
    return -1;
  column = (guint) ((x - plot->x) / plot->width * layout->columns);
  row = (guint) ((gsc_rect_bottom (plot) - y) / plot->height * layout->rows);
  return (int) (MIN (row, layout->rows - 1) * layout->columns + MIN (column, layout->columns - 1));
}

/* Painting */

static GscColor
get_fill (const GscHeatMapInput *input, const GscStyle *style, guint cell)
{
  if (isnan (input->values[cell]))
    return style->palette->missing;
  return gsc_color_scale_get (&input->scale, input->values[cell]);
}

static void
paint_cells (cairo_t *cr,
             const GscHeatMapLayout *layout,
             const GscHeatMapInput *input,
             const GscStyle *style)
{
  int columns = (int) input->columns;
  int rows = (int) input->rows;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns, rows);
  unsigned char *data = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);

  if (data == NULL) /* more cells than any picture has, or no memory: no picture */
    {
      cairo_surface_destroy (image);
      return;
    }
  for (int row = 0; row < rows; row++)
    for (int column = 0; column < columns; column++)
      {
        GscColor fill = get_fill (input, style, (guint) ((rows - 1 - row) * columns + column));

        ((guint32 *) (gpointer) (data + row * stride))[column] = gsc_color_scale_pack (&fill);
      }
  cairo_surface_mark_dirty (image);
  gsc_color_scale_paint_image (cr, image, &layout->plot);
  cairo_surface_destroy (image);
}

void
gsc_heat_map_paint_dot (cairo_t *cr, const GscRect *cell, const GscColor *fill)
{
  static const GscColor black = { 0, 0, 0 };
  static const GscColor white = { 1, 1, 1 };
  gboolean dark = gsc_color_get_contrast (fill, &white) > gsc_color_get_contrast (fill, &black);

  gsc_style_set_color (cr, dark ? &white : &black);
  cairo_new_sub_path (cr);
  cairo_arc (cr, cell->x + cell->width / 2, cell->y + cell->height / 2, DOT_RADIUS * cell->width, 0,
             2 * G_PI);
  cairo_fill (cr);
}

static void
paint_flags (cairo_t *cr,
             const GscHeatMapLayout *layout,
             const GscHeatMapInput *input,
             const GscStyle *style)
{
  guint n = input->rows * input->columns;

  for (guint i = 0; i < n; i++)
    if (input->flags[i] & GSC_CELL_DOTTED)
      {
        GscRect cell
            = gsc_heat_map_layout_get_cell (layout, i % input->columns, i / input->columns);
        GscColor fill = get_fill (input, style, i);

        gsc_heat_map_paint_dot (cr, &cell, &fill);
      }

  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->line_width);
  gsc_style_set_color (cr, &style->palette->foreground);
  for (guint i = 0; i < n; i++)
    if (input->flags[i] & GSC_CELL_OUTLINED)
      {
        GscRect cell
            = gsc_heat_map_layout_get_cell (layout, i % input->columns, i / input->columns);

        gsc_style_add_rect (cr, &cell);
      }
  cairo_stroke (cr);
}

void
gsc_heat_map_paint (cairo_t *cr,
                    const GscHeatMapLayout *layout,
                    const GscHeatMapInput *input,
                    const GscStyle *style)
{
  cairo_save (cr);
  paint_cells (cr, layout, input, style);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->axis_width);
  gsc_style_set_color (cr, &style->palette->foreground);
  gsc_style_add_rect (cr, &layout->plot);
  cairo_stroke (cr);
  if (input->flags != NULL)
    paint_flags (cr, layout, input, style);
  cairo_restore (cr);
  gsc_axis_paint (cr, &layout->x, style);
  gsc_axis_paint (cr, &layout->y, style);
  gsc_label_paint (cr, &layout->heading, style, &style->palette->foreground);
}
