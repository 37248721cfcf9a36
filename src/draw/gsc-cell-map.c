/* gsc-cell-map.c - a grid of coloured cells with words or numbers in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cell-map.h"

#include <math.h>

/* Text in cells may be so much smaller than other text, and takes these shares of a cell. */
#define MIN_TEXT 0.65
#define TEXT_WIDTH 0.92
#define TEXT_HEIGHT 1.0

/* Of oblique lines, in text sizes. */
#define HATCH_SPACING 0.45

/* Side of the triangle in a corner, in heights of a cell; at most this many text sizes. */
#define CORNER_SIZE 0.3
#define MAX_CORNER 0.6

static const GscColor black = { 0, 0, 0 };
static const GscColor white = { 1, 1, 1 };

const GscColor *
gsc_cell_map_get_ink (const GscColor *fill)
{
  gboolean dark = gsc_color_get_contrast (fill, &white) > gsc_color_get_contrast (fill, &black);

  return dark ? &white : &black;
}

static GscStyle
resize (const GscStyle *style, double text_size)
{
  GscStyle other = *style;

  other.text_size = text_size;
  return other;
}

/* Layout */

static double
measure_text (const char *text, const GscStyle *style)
{
  GscLabel label;
  double width;

  if (text == NULL || *text == '\0')
    return 0;
  gsc_label_init (&label, style, GSC_FONT_NORMAL, text);
  width = label.rect.width;
  gsc_label_clear (&label);
  return width;
}

static double
measure_widest (const char *const *texts, guint n, const GscStyle *style)
{
  double widest = 0;

  for (guint i = 0; i < n; i++)
    widest = MAX (widest, measure_text (texts[i], style));
  return widest;
}

GscCellMapRoom
gsc_cell_map_measure (const GscCellMapInput *input, const GscStyle *style)
{
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double edge = style->line_width, names;
  GscCellMapRoom room = { edge, edge, edge, edge };

  if (input->heading != NULL || input->letter != NULL)
    room.top += gsc_label_get_line_height (style, GSC_FONT_TITLE) + style->gap / 2;
  names = measure_widest (input->row_names, input->rows, style);
  if (names > 0)
    room.left += names + style->gap;
  if (input->y_title[0] != NULL)
    room.left += line;
  if (measure_widest (input->column_names, input->columns, style) > 0)
    room.bottom += line + style->gap / 2;
  if (input->x_title[0] != NULL)
    room.bottom += line;
  /* names of low rows, and of a colour bar beside the map, reach beyond it */
  room.top = MAX (room.top, line / 2);
  room.bottom = MAX (room.bottom, line / 2);
  return room;
}

static const char *const *
get_text (const GscCellMapInput *input, guint way, guint cell)
{
  return &input->texts[(way * input->rows * input->columns + cell) * GSC_CELL_MAP_N_LINES];
}

/* How much of the usual size the texts of one way can have in cells of that size; 0 without any. */
static double
get_share (
    const GscCellMapInput *input, const GscStyle *style, guint way, double width, double height)
{
  double widest = 0;
  guint lines = 0;

  for (guint i = 0; i < input->rows * input->columns; i++)
    for (guint j = 0; j < GSC_CELL_MAP_N_LINES; j++)
      {
        const char *text = get_text (input, way, i)[j];

        if (text == NULL)
          continue;
        widest = MAX (widest, measure_text (text, style));
        lines = MAX (lines, j + 1);
      }
  if (lines == 0)
    return 0;
  return MIN (MIN (1, TEXT_WIDTH * width / widest),
              TEXT_HEIGHT * height / (lines * gsc_label_get_line_height (style, GSC_FONT_NORMAL)));
}

int
gsc_cell_map_choose_text (const GscCellMapInput *input,
                          const GscStyle *style,
                          double width,
                          double height)
{
  for (guint way = 0; way < input->n_texts; way++)
    if (get_share (input, style, way, width, height) >= MIN_TEXT)
      return (int) way;
  return -1;
}

/* The middle of each line of cells is at @first + i * @step, across or down; as many names as have
 * room are set, each so many after the other. */
static void
place_column_names (GscCellMapLayout *layout, const GscCellMapInput *input, const GscStyle *style)
{
  double step = layout->plot.width / layout->columns;
  double y = gsc_rect_bottom (&layout->plot) + style->gap / 2;

  for (guint stride = 1; stride <= layout->columns; stride++)
    {
      const GscLabel *before = NULL;
      gboolean fits = TRUE;

      for (guint i = 0; i < layout->columns; i++)
        {
          GscLabel *label = &layout->column_names[i];
          double middle = layout->plot.x + (i + 0.5) * step, half;

          gsc_label_clear (label);
          if (i % stride != 0 || *input->column_names[i] == '\0')
            continue;
          gsc_label_init (label, style, GSC_FONT_NORMAL, input->column_names[i]);
          half = label->rect.width / 2;
          middle = CLAMP (middle, layout->area.x + half,
                          MAX (gsc_rect_right (&layout->area) - half, layout->area.x + half));
          gsc_label_place (label, middle, y, 0.5, 0);
          if (before != NULL && gsc_label_is_near (before, label, style->text_size / 3))
            fits = FALSE;
          before = label;
        }
      if (fits)
        return;
    }
}

static void
place_row_names (GscCellMapLayout *layout, const GscCellMapInput *input, const GscStyle *style)
{
  double step = layout->plot.height / layout->rows;
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  /* the lowest name stays above the names of the columns, though its row is low */
  double shift = MAX ((line - step - style->gap) / 2, 0);
  guint stride = (guint) ceil ((line + shift) / step - 0.01);

  for (guint i = 0; i < layout->rows; i += MAX (stride, 1))
    {
      double middle = gsc_rect_bottom (&layout->plot) - (i + 0.5) * step;

      if (*input->row_names[i] == '\0')
        continue;
      gsc_label_init (&layout->row_names[i], style, GSC_FONT_NORMAL, input->row_names[i]);
      if (i == 0)
        middle -= shift;
      gsc_label_place (&layout->row_names[i], layout->plot.x - style->gap / 2, middle, 1, 0.5);
    }
}

/* The long title, or the short one, in the middle of the plot, or as near to that as the area lets
 * it. */
static void
place_titles (GscCellMapLayout *layout, const GscCellMapInput *input, const GscStyle *style)
{
  const GscRect *area = &layout->area;
  const GscRect *plot = &layout->plot;
  double x = plot->x + plot->width / 2, y = plot->y + plot->height / 2, half;

  gsc_label_init (&layout->x_title, style, GSC_FONT_NORMAL, input->x_title[0]);
  if (layout->x_title.rect.width > area->width && input->x_title[1] != NULL)
    {
      gsc_label_clear (&layout->x_title);
      gsc_label_init (&layout->x_title, style, GSC_FONT_NORMAL, input->x_title[1]);
    }
  gsc_label_shorten (&layout->x_title, area->width);
  half = layout->x_title.rect.width / 2;
  x = CLAMP (x, area->x + half, MAX (gsc_rect_right (area) - half, area->x + half));
  gsc_label_place (&layout->x_title, x, gsc_rect_bottom (area), 0.5, 1);

  gsc_label_init_vertical (&layout->y_title, style, input->y_title[0]);
  if (layout->y_title.rect.height > plot->height && input->y_title[1] != NULL)
    {
      gsc_label_clear (&layout->y_title);
      gsc_label_init_vertical (&layout->y_title, style, input->y_title[1]);
    }
  gsc_label_shorten (&layout->y_title, plot->height);
  gsc_label_place (&layout->y_title, area->x, y, 0, 0.5);
}

/* From the left edge of the cells, if there is room. */
static void
place_heading (GscCellMapLayout *layout, const GscCellMapInput *input, const GscStyle *style)
{
  double line = gsc_label_get_line_height (style, GSC_FONT_TITLE);
  double x = layout->plot.x, right = gsc_rect_right (&layout->area), width;

  gsc_label_init (&layout->letter, style, GSC_FONT_TITLE, input->letter);
  gsc_label_init (&layout->heading, style, GSC_FONT_NORMAL, input->heading);
  width = layout->heading.rect.width;
  if (layout->letter.text != NULL)
    width += layout->letter.rect.width + style->gap;
  x = CLAMP (right - width, layout->area.x, x);
  if (layout->letter.text != NULL)
    {
      gsc_label_place (&layout->letter, x, layout->area.y + line / 2, 0, 0.5);
      x += layout->letter.rect.width + style->gap;
    }
  gsc_label_shorten (&layout->heading, right - x);
  gsc_label_place (&layout->heading, x, layout->area.y + line / 2, 0, 0.5);
}

static void
place_texts (GscCellMapLayout *layout, const GscCellMapInput *input, const GscStyle *style)
{
  double width = layout->plot.width / layout->columns;
  double height = layout->plot.height / layout->rows, line;
  GscStyle small;

  layout->text = gsc_cell_map_choose_text (input, style, width, height);
  if (layout->text < 0)
    return;
  layout->text_size
      = style->text_size * get_share (input, style, (guint) layout->text, width, height);
  small = resize (style, layout->text_size);
  line = gsc_label_get_line_height (&small, GSC_FONT_NORMAL);
  for (guint i = 0; i < layout->rows * layout->columns; i++)
    {
      GscRect cell
          = gsc_cell_map_layout_get_cell (layout, i % layout->columns, i / layout->columns);
      const char *const *lines = get_text (input, (guint) layout->text, i);
      double y = cell.y + cell.height / 2 - (lines[1] != NULL ? line / 2 : 0);

      for (guint j = 0; j < GSC_CELL_MAP_N_LINES; j++)
        {
          GscLabel *label = &layout->texts[i * GSC_CELL_MAP_N_LINES + j];

          gsc_label_init (label, &small, GSC_FONT_NORMAL, lines[j]);
          gsc_label_place (label, cell.x + cell.width / 2, y + j * line, 0.5, 0.5);
        }
    }
}

GscCellMapLayout *
gsc_cell_map_layout (const GscCellMapInput *input, const GscStyle *style, const GscRect *area)
{
  GscCellMapLayout *layout = g_new0 (GscCellMapLayout, 1);
  GscCellMapRoom room = gsc_cell_map_measure (input, style);

  layout->area = *area;
  layout->columns = input->columns;
  layout->rows = input->rows;
  layout->plot = (GscRect){
    area->x + room.left,
    area->y + room.top,
    MAX (area->width - room.left - room.right, 0.01),
    MAX (area->height - room.top - room.bottom, 0.01),
  };
  layout->column_names = g_new0 (GscLabel, layout->columns);
  layout->row_names = g_new0 (GscLabel, layout->rows);
  layout->texts = g_new0 (GscLabel, layout->rows * layout->columns * GSC_CELL_MAP_N_LINES);
  place_heading (layout, input, style);
  place_titles (layout, input, style);
  place_column_names (layout, input, style);
  place_row_names (layout, input, style);
  place_texts (layout, input, style);
  return layout;
}

void
gsc_cell_map_layout_free (GscCellMapLayout *layout)
{
  if (layout == NULL)
    return;
  gsc_label_clear (&layout->letter);
  gsc_label_clear (&layout->heading);
  gsc_label_clear (&layout->x_title);
  gsc_label_clear (&layout->y_title);
  for (guint i = 0; i < layout->columns; i++)
    gsc_label_clear (&layout->column_names[i]);
  for (guint i = 0; i < layout->rows; i++)
    gsc_label_clear (&layout->row_names[i]);
  for (guint i = 0; i < layout->rows * layout->columns * GSC_CELL_MAP_N_LINES; i++)
    gsc_label_clear (&layout->texts[i]);
  g_free (layout->column_names);
  g_free (layout->row_names);
  g_free (layout->texts);
  g_free (layout);
}

GscRect
gsc_cell_map_layout_get_cell (const GscCellMapLayout *layout, guint column, guint row)
{
  return gsc_rect_get_cell (&layout->plot, layout->columns, layout->rows, column, row);
}

int
gsc_cell_map_pick (const GscCellMapLayout *layout, double x, double y)
{
  return gsc_rect_pick_cell (&layout->plot, layout->columns, layout->rows, x, y);
}

/* Painting */

/* One picture without interpolation, so that no viewer shows seams between cells. */
static void
paint_cells (cairo_t *cr, const GscCellMapLayout *layout, const GscCellMapInput *input)
{
  int columns = (int) input->columns;
  int rows = (int) input->rows;
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns, rows);
  unsigned char *data = cairo_image_surface_get_data (image);
  int stride = cairo_image_surface_get_stride (image);

  for (int row = 0; data != NULL && row < rows; row++)
    for (int column = 0; column < columns; column++)
      ((guint32 *) (gpointer) (data + row * stride))[column]
          = gsc_color_scale_pack (&input->colors[(rows - 1 - row) * columns + column]);
  cairo_surface_mark_dirty (image);
  gsc_color_scale_paint_image (cr, image, &layout->plot);
  cairo_surface_destroy (image);
}

static void
paint_hatches (cairo_t *cr, const GscRect *cell, const GscStyle *style)
{
  double spacing = HATCH_SPACING * style->text_size;

  cairo_save (cr);
  gsc_style_add_rect (cr, cell);
  cairo_clip (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->axis_width);
  gsc_style_set_color (cr, &style->palette->dim);
  for (double offset = spacing / 2; offset < cell->width + cell->height; offset += spacing)
    {
      cairo_move_to (cr, cell->x + offset, cell->y);
      cairo_line_to (cr, cell->x + offset - cell->height, gsc_rect_bottom (cell));
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
paint_corner (cairo_t *cr, const GscRect *cell, const GscColor *fill, const GscStyle *style)
{
  double side = MIN (CORNER_SIZE * MIN (cell->width, cell->height), MAX_CORNER * style->text_size);

  gsc_style_set_color (cr, gsc_cell_map_get_ink (fill));
  cairo_move_to (cr, gsc_rect_right (cell) - side, cell->y);
  cairo_rel_line_to (cr, side, 0);
  cairo_rel_line_to (cr, 0, side);
  cairo_close_path (cr);
  cairo_fill (cr);
}

void
gsc_cell_map_paint_flags (
    cairo_t *cr, const GscRect *cell, guint8 flags, const GscColor *fill, const GscStyle *style)
{
  if (flags & GSC_CELL_MAP_HATCHED)
    paint_hatches (cr, cell, style);
  if (flags & GSC_CELL_MAP_SPOTTED)
    gsc_heat_map_paint_dot (cr, cell, fill);
  if (flags & GSC_CELL_MAP_CORNERED)
    paint_corner (cr, cell, fill, style);
}

/* A frame that is seen on any colour: a line of the foreground in one of the background. */
static void
paint_cursor (cairo_t *cr, const GscRect *cell, const GscStyle *style)
{
  gsc_style_set_dash (cr, GSC_DASH_SOLID, 3.4 * style->line_width);
  gsc_style_set_color (cr, &style->palette->background);
  gsc_style_add_rect (cr, cell);
  cairo_stroke (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, 1.4 * style->line_width);
  gsc_style_set_color (cr, &style->palette->foreground);
  gsc_style_add_rect (cr, cell);
  cairo_stroke (cr);
}

static void
paint_texts (cairo_t *cr,
             const GscCellMapLayout *layout,
             const GscCellMapInput *input,
             const GscStyle *style)
{
  GscStyle small = resize (style, layout->text_size);

  for (guint i = 0; i < layout->rows * layout->columns; i++)
    for (guint j = 0; j < GSC_CELL_MAP_N_LINES; j++)
      gsc_label_paint (cr, &layout->texts[i * GSC_CELL_MAP_N_LINES + j], &small,
                       gsc_cell_map_get_ink (&input->colors[i]));
}

void
gsc_cell_map_paint (cairo_t *cr,
                    const GscCellMapLayout *layout,
                    const GscCellMapInput *input,
                    const GscStyle *style)
{
  const GscHeatMapCursor *cursor = input->cursor;
  const GscColor *ink = &style->palette->foreground;

  cairo_save (cr);
  paint_cells (cr, layout, input);
  for (guint i = 0; input->flags != NULL && i < layout->rows * layout->columns; i++)
    {
      GscRect cell
          = gsc_cell_map_layout_get_cell (layout, i % layout->columns, i / layout->columns);
      guint8 flags = input->flags[i];

      if (layout->text >= 0)
        flags &= (guint8) ~GSC_CELL_MAP_SPOTTED;
      gsc_cell_map_paint_flags (cr, &cell, flags, &input->colors[i], style);
    }
  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->axis_width);
  gsc_style_set_color (cr, ink);
  gsc_style_add_rect (cr, &layout->plot);
  cairo_stroke (cr);
  if (layout->text >= 0)
    paint_texts (cr, layout, input, style);
  if (cursor != NULL && cursor->column < layout->columns && cursor->row < layout->rows)
    {
      GscRect cell = gsc_cell_map_layout_get_cell (layout, cursor->column, cursor->row);

      paint_cursor (cr, &cell, style);
    }
  cairo_restore (cr);
  gsc_label_paint (cr, &layout->letter, style, ink);
  gsc_label_paint (cr, &layout->heading, style, ink);
  gsc_label_paint (cr, &layout->x_title, style, ink);
  gsc_label_paint (cr, &layout->y_title, style, ink);
  for (guint i = 0; i < layout->columns; i++)
    gsc_label_paint (cr, &layout->column_names[i], style, ink);
  for (guint i = 0; i < layout->rows; i++)
    gsc_label_paint (cr, &layout->row_names[i], style, ink);
}
