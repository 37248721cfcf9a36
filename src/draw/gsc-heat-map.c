/* gsc-heat-map.c - a grid of coloured cells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-heat-map.h"

#include <math.h>

/* Radius of a dot, in widths of a cell. */
#define DOT_RADIUS 0.14

/* Numbers in cells may be so much smaller than other text, and take these shares of a cell. */
#define MIN_NUMBER_SIZE 0.75
#define NUMBER_WIDTH 0.86
#define NUMBER_HEIGHT 1.05

/* Size of check marks and crosses, in widths of a cell; but no larger than text. */
#define VERDICT_SIZE 0.26
#define LARGE_VERDICT_SIZE 0.6 /* where the cells have no numbers */

/* Numbers beside such marks stand so far from the middle, to the left and down; in widths of a
 * cell. */
#define VERDICT_SHIFT 0.07

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

static double
get_greatest (const GscHeatMapInput *input)
{
  double greatest = -1;

  for (guint i = 0; i < input->columns * input->rows; i++)
    if (input->values[i] > greatest) /* never for NaN */
      greatest = input->values[i];
  return greatest;
}

static GscStyle
get_number_style (const GscStyle *style, double size)
{
  GscStyle numbers = *style;

  numbers.text_size = size;
  return numbers;
}

/* The size at which the widest number fits into a cell, at most that of other text; 0 if it would
 * be too small to read. */
static double
choose_number_size (const GscHeatMapInput *input, const GscStyle *style, double side)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double greatest, share;
  GscLabel label;

  if (!input->numbers || side < MIN_NUMBER_SIZE * style->text_size)
    return 0;
  greatest = get_greatest (input);
  if (greatest < 0)
    return 0;
  g_snprintf (text, sizeof text, "%.0f", greatest);
  gsc_label_init (&label, style, GSC_FONT_NORMAL, text);
  share = MIN (1, NUMBER_WIDTH * side / label.rect.width);
  share = MIN (share, NUMBER_HEIGHT * side / label.rect.height);
  gsc_label_clear (&label);
  return share >= MIN_NUMBER_SIZE ? share * style->text_size : 0;
}

/* Of a cell, where axes and heading take @beside and @around of width and height. */
static double
get_side (const GscHeatMapInput *input,
          const GscStyle *style,
          const GscRect *area,
          double beside,
          double around)
{
  double side = MIN ((area->width - beside - style->axis_width) / input->columns,
                     (area->height - around) / input->rows);

  return MAX (side, 0.01);
}

GscHeatMapLayout *
gsc_heat_map_layout (const GscHeatMapInput *input, const GscStyle *style, const GscRect *area)
{
  GscHeatMapLayout *layout = g_new0 (GscHeatMapLayout, 1);
  GscAxisInput x = get_axis_input (input->columns, input->x_title);
  GscAxisInput y = get_axis_input (input->rows, input->y_title);
  double top = style->axis_width / 2, side, overhang;
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
  side = get_side (input, style, area, probe_y.room, top + probe_x.room);
  /* the highest label of the y axis reaches beyond a low cell, perhaps to the heading */
  overhang = (gsc_label_get_line_height (style, GSC_FONT_NORMAL) - side) / 2;
  if (layout->heading.text != NULL && overhang > 0)
    {
      top += overhang;
      side = get_side (input, style, area, probe_y.room, top + probe_x.room);
    }
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
  layout->number_size = choose_number_size (input, style, side);
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
  return gsc_rect_get_cell (&layout->plot, layout->columns, layout->rows, column, row);
}

int
gsc_heat_map_pick (const GscHeatMapLayout *layout, double x, double y)
{
  return gsc_rect_pick_cell (&layout->plot, layout->columns, layout->rows, x, y);
}

/* Painting */

static const GscColor black = { 0, 0, 0 };
static const GscColor white = { 1, 1, 1 };

static GscColor
get_fill (const GscHeatMapInput *input, const GscStyle *style, guint cell)
{
  if (input->colors != NULL)
    return input->colors[cell];
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

/* Black or white, whichever is seen better on it. */
static const GscColor *
get_ink (const GscColor *fill)
{
  gboolean dark = gsc_color_get_contrast (fill, &white) > gsc_color_get_contrast (fill, &black);

  return dark ? &white : &black;
}

void
gsc_heat_map_paint_dot (cairo_t *cr, const GscRect *cell, const GscColor *fill)
{
  gsc_style_set_color (cr, get_ink (fill));
  cairo_new_sub_path (cr);
  cairo_arc (cr, cell->x + cell->width / 2, cell->y + cell->height / 2, DOT_RADIUS * cell->width, 0,
             2 * G_PI);
  cairo_fill (cr);
}

static gboolean
has_verdicts (const GscHeatMapInput *input)
{
  for (guint i = 0; input->flags != NULL && i < input->rows * input->columns; i++)
    if (input->flags[i] & (GSC_CELL_RIGHT | GSC_CELL_WRONG))
      return TRUE;
  return FALSE;
}

/* All cells with the same number have one label; those of one ink are painted at once. */
static void
paint_numbers (cairo_t *cr,
               const GscHeatMapLayout *layout,
               const GscHeatMapInput *input,
               const GscStyle *style)
{
  GscStyle numbers = get_number_style (style, layout->number_size);
  guint n = input->rows * input->columns;
  int greatest = (int) get_greatest (input);
  g_autofree GscPoint *places = g_new (GscPoint, 2 * n);
  double shift = has_verdicts (input) ? VERDICT_SHIFT : 0;

  for (int number = 0; number <= greatest; number++)
    {
      GscPoint *on_dark = places;
      GscPoint *on_light = places + n;
      guint n_dark = 0, n_light = 0;
      char text[G_ASCII_DTOSTR_BUF_SIZE];
      GscLabel label;

      g_snprintf (text, sizeof text, "%d", number);
      gsc_label_init (&label, &numbers, GSC_FONT_NORMAL, text);
      for (guint i = 0; i < n; i++)
        if (input->values[i] == number)
          {
            GscRect cell
                = gsc_heat_map_layout_get_cell (layout, i % input->columns, i / input->columns);
            GscColor fill = get_fill (input, style, i);
            GscPoint place
                = { cell.x + (cell.width - label.rect.width) / 2 - shift * cell.width,
                    cell.y + (cell.height - label.rect.height) / 2 + shift * cell.height };

            if (get_ink (&fill) == &white)
              on_dark[n_dark++] = place;
            else
              on_light[n_light++] = place;
          }
      gsc_label_paint_copies (cr, &label, &numbers, &white, on_dark, n_dark);
      gsc_label_paint_copies (cr, &label, &numbers, &black, on_light, n_light);
      gsc_label_clear (&label);
    }
}

static void
paint_mark (cairo_t *cr,
            const GscRect *cell,
            guint8 flags,
            const GscColor *fill,
            const GscStyle *style,
            gboolean in_corner)
{
  GscVerdict verdict = flags & GSC_CELL_RIGHT   ? GSC_VERDICT_RIGHT
                       : flags & GSC_CELL_WRONG ? GSC_VERDICT_WRONG
                                                : GSC_VERDICT_NONE;
  double share = in_corner ? VERDICT_SIZE : LARGE_VERDICT_SIZE;
  double size = MIN (share * cell->width, style->text_size);
  double from_corner = in_corner ? 0.65 * size : cell->width / 2;

  if (flags & GSC_CELL_DOTTED)
    gsc_heat_map_paint_dot (cr, cell, fill);
  gsc_style_paint_verdict (cr, verdict, gsc_rect_right (cell) - from_corner, cell->y + from_corner,
                           size, get_ink (fill));
}

/* A frame that is seen on any colour: a line of the foreground in one of the background. */
static void
paint_frame (cairo_t *cr, const GscRect *cell, const GscStyle *style, double width)
{
  gsc_style_set_dash (cr, GSC_DASH_SOLID, 2.4 * width);
  gsc_style_set_color (cr, &style->palette->background);
  gsc_style_add_rect (cr, cell);
  cairo_stroke (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, width);
  gsc_style_set_color (cr, &style->palette->foreground);
  gsc_style_add_rect (cr, cell);
  cairo_stroke (cr);
}

static void
paint_flags (cairo_t *cr,
             const GscHeatMapLayout *layout,
             const GscHeatMapInput *input,
             const GscStyle *style)
{
  guint n = input->rows * input->columns;

  for (guint i = 0; i < n; i++)
    {
      GscRect cell = gsc_heat_map_layout_get_cell (layout, i % input->columns, i / input->columns);
      GscColor fill;

      if (input->flags[i] == 0)
        continue;
      fill = get_fill (input, style, i);
      paint_mark (cr, &cell, input->flags[i], &fill, style, layout->number_size > 0);
    }
  for (guint i = 0; i < n; i++)
    {
      GscRect cell = gsc_heat_map_layout_get_cell (layout, i % input->columns, i / input->columns);

      if (input->flags[i] & GSC_CELL_HINTED)
        paint_frame (cr, &cell, style, style->grid_width);
    }
}

/* The cell's frame, and faint lines along its column and its row to the axes. */
static void
paint_cursor (cairo_t *cr,
              const GscHeatMapLayout *layout,
              const GscHeatMapCursor *cursor,
              const GscStyle *style)
{
  const GscRect *plot = &layout->plot;
  GscRect cell;

  if (cursor->column >= layout->columns || cursor->row >= layout->rows)
    return;
  cell = gsc_heat_map_layout_get_cell (layout, cursor->column, cursor->row);
  paint_frame (cr, &(GscRect){ plot->x, cell.y, plot->width, cell.height }, style,
               style->grid_width);
  paint_frame (cr, &(GscRect){ cell.x, plot->y, cell.width, plot->height }, style,
               style->grid_width);
  paint_frame (cr, &cell, style, 1.4 * style->line_width);
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
  if (layout->number_size > 0)
    paint_numbers (cr, layout, input, style);
  if (input->flags != NULL)
    paint_flags (cr, layout, input, style);
  if (input->cursor != NULL)
    paint_cursor (cr, layout, input->cursor, style);
  cairo_restore (cr);
  gsc_axis_paint (cr, &layout->x, style);
  gsc_axis_paint (cr, &layout->y, style);
  gsc_label_paint (cr, &layout->heading, style, &style->palette->foreground);
}
