/* gsc-cell-table.c - a table whose cells are coloured by their numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cell-table.h"

#include <math.h>

/* The largest cells, in text sizes. */
#define MAX_WIDTH 10.0
#define MAX_HEIGHT 2.5

/* Between groups of rows, in heights of a row. */
#define GROUP_GAP 0.3

/* Text may be so much smaller than other text, and takes these shares of a cell. */
#define MIN_TEXT 0.75
#define TEXT_WIDTH 0.86
#define TEXT_HEIGHT 1.05

/* Names may take this share of the width. */
#define MAX_NAMES 0.5

static const GscColor black = { 0, 0, 0 };
static const GscColor white = { 1, 1, 1 };

static gboolean
begins_group (const GscCellTableInput *input, guint row)
{
  return row > 0 && input->groups != NULL && input->groups[row] != NULL;
}

/* All rows with the gaps between groups, in heights of a row. */
static double
count_heights (const GscCellTableInput *input)
{
  double heights = input->rows;

  for (guint row = 0; row < input->rows; row++)
    if (begins_group (input, row))
      heights += GROUP_GAP;
  return heights;
}

static double
measure_widest (const char *const *texts, guint n, const GscStyle *style)
{
  double widest = 0;

  for (guint i = 0; i < n; i++)
    {
      GscLabel label;

      gsc_label_init (&label, style, GSC_FONT_NORMAL, texts[i]);
      widest = MAX (widest, label.rect.width);
      gsc_label_clear (&label);
    }
  return widest;
}

static GscStyle
resize (const GscStyle *style, double text_size)
{
  GscStyle other = *style;

  other.text_size = text_size;
  return other;
}

/* The largest size, up to the usual one, at which lines fit into rows; 0 if it would be too small
 * to read. */
static double
choose_row_size (const GscStyle *style, double height)
{
  double share = TEXT_HEIGHT * height / gsc_label_get_line_height (style, GSC_FONT_NORMAL);

  return share >= MIN_TEXT ? MIN (1, share) * style->text_size : 0;
}

/* The same for all texts in the cells. */
static double
choose_text_size (const GscCellTableInput *input,
                  const GscStyle *style,
                  double width,
                  double height)
{
  double widest = measure_widest (input->texts, input->rows * input->columns, style);
  double size = choose_row_size (style, height);

  if (widest > 0)
    size = MIN (size, TEXT_WIDTH * width / widest * style->text_size);
  return size >= MIN_TEXT * style->text_size ? size : 0;
}

static void
place_texts (GscCellTableLayout *layout, const GscCellTableInput *input, const GscStyle *style)
{
  const GscStyle small = resize (style, layout->text_size);

  for (guint i = 0; layout->text_size > 0 && i < input->rows * input->columns; i++)
    {
      GscRect cell
          = gsc_cell_table_layout_get_cell (layout, i / input->columns, i % input->columns);

      gsc_label_init (&layout->texts[i], &small, GSC_FONT_NORMAL, input->texts[i]);
      gsc_label_place (&layout->texts[i], cell.x + cell.width / 2, cell.y + cell.height / 2, 0.5,
                       0.5);
    }
}

/* Where the group of rows that begins with @row ends. */
static double
get_group_bottom (const GscCellTableLayout *layout, const GscCellTableInput *input, guint row)
{
  while (row + 1 < input->rows && input->groups[row + 1] == NULL)
    row++;
  return layout->tops[row] + layout->row_height;
}

static void
place_names (GscCellTableLayout *layout,
             const GscCellTableInput *input,
             const GscStyle *style,
             const char *const *names,
             double width)
{
  const GscStyle small = resize (style, layout->name_size);
  double line = gsc_label_get_line_height (&small, GSC_FONT_NORMAL);

  for (guint row = 0; names != NULL && row < input->rows; row++)
    {
      double bottom = layout->tops[row] + layout->row_height;

      if (names == input->groups)
        bottom = get_group_bottom (layout, input, row);
      if (names[row] == NULL || TEXT_HEIGHT * (bottom - layout->tops[row]) < line - 0.01)
        continue;
      gsc_label_init (&layout->row_names[row], &small, GSC_FONT_NORMAL, names[row]);
      gsc_label_shorten (&layout->row_names[row], width);
      gsc_label_place (&layout->row_names[row], layout->plot.x - style->gap,
                       (layout->tops[row] + bottom) / 2, 1, 0.5);
    }
}

/* From the cells upwards. */
static void
place_headings (GscCellTableLayout *layout, const GscCellTableInput *input, const GscStyle *style)
{
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double width = layout->plot.width / input->columns;

  for (guint i = 0; i < GSC_CELL_TABLE_N_HEADINGS; i++)
    for (guint column = 0; column < input->columns; column++)
      {
        GscLabel *label = &layout->headings[i * input->columns + column];

        gsc_label_init (label, style, GSC_FONT_NORMAL, input->headings[i][column]);
        gsc_label_shorten (label, width - style->gap / 2);
        gsc_label_place (
            label, layout->plot.x + (column + 0.5) * width,
            layout->plot.y - style->gap / 2 - (GSC_CELL_TABLE_N_HEADINGS - 1 - i) * line, 0.5, 1);
      }
}

GscCellTableLayout *
gsc_cell_table_layout (const GscCellTableInput *input, const GscStyle *style, const GscRect *area)
{
  GscCellTableLayout *layout = g_new0 (GscCellTableLayout, 1);
  double line = gsc_label_get_line_height (style, GSC_FONT_NORMAL);
  double above = GSC_CELL_TABLE_N_HEADINGS * line + style->gap / 2;
  double heights = count_heights (input), edge = style->line_width, widest = 0, left, y;
  const char *const *names = input->row_names;

  layout->rows = input->rows;
  layout->columns = input->columns;
  layout->row_height
      = MIN (MAX ((area->height - above - edge) / heights, 0.01), MAX_HEIGHT * style->text_size);
  layout->name_size = choose_row_size (style, layout->row_height);
  if (layout->name_size == 0)
    {
      names = input->groups;
      layout->name_size = style->text_size;
    }
  if (names != NULL)
    widest = MIN (measure_widest (names, input->rows, style), MAX_NAMES * area->width);
  left = widest > 0 ? widest + style->gap : edge;

  layout->plot.width
      = MAX (MIN (area->width - left - edge, input->columns * MAX_WIDTH * style->text_size), 0.01);
  layout->plot.height = heights * layout->row_height;
  layout->plot.x = area->x + left + MAX (area->width - left - edge - layout->plot.width, 0) / 2;
  layout->plot.y = area->y + above + MAX (area->height - above - edge - layout->plot.height, 0) / 2;
  layout->tops = g_new (double, input->rows);
  y = layout->plot.y;
  for (guint row = 0; row < input->rows; row++, y += layout->row_height)
    {
      if (begins_group (input, row))
        y += GROUP_GAP * layout->row_height;
      layout->tops[row] = y;
    }
  layout->headings = g_new0 (GscLabel, GSC_CELL_TABLE_N_HEADINGS * input->columns);
  layout->row_names = g_new0 (GscLabel, input->rows);
  layout->texts = g_new0 (GscLabel, input->rows * input->columns);
  layout->text_size
      = choose_text_size (input, style, layout->plot.width / input->columns, layout->row_height);
  place_headings (layout, input, style);
  place_names (layout, input, style, names, widest);
  place_texts (layout, input, style);
  return layout;
}

void
gsc_cell_table_layout_free (GscCellTableLayout *layout)
{
  if (layout == NULL)
    return;
  for (guint i = 0; i < GSC_CELL_TABLE_N_HEADINGS * layout->columns; i++)
    gsc_label_clear (&layout->headings[i]);
  for (guint row = 0; row < layout->rows; row++)
    gsc_label_clear (&layout->row_names[row]);
  for (guint i = 0; i < layout->rows * layout->columns; i++)
    gsc_label_clear (&layout->texts[i]);
  g_free (layout->texts);
  g_free (layout->headings);
  g_free (layout->row_names);
  g_free (layout->tops);
  g_free (layout);
}

GscRect
gsc_cell_table_layout_get_cell (const GscCellTableLayout *layout, guint row, guint column)
{
  double width = layout->plot.width / layout->columns;

  return (GscRect){ layout->plot.x + column * width, layout->tops[row], width, layout->row_height };
}

gboolean
gsc_cell_table_pick (const GscCellTableLayout *layout, double x, double y, GscCellTablePick *pick)
{
  for (guint row = 0; row < layout->rows; row++)
    {
      double top = layout->tops[row];
      const GscRect *name = &layout->row_names[row].rect;
      GscRect cells = { layout->plot.x, top, layout->plot.width, layout->row_height };

      if (gsc_rect_contains (&cells, x, y))
        {
          guint column = (guint) ((x - cells.x) / cells.width * layout->columns);

          *pick = (GscCellTablePick){ row, (int) MIN (column, layout->columns - 1) };
          return TRUE;
        }
      if (layout->row_names[row].text != NULL && gsc_rect_contains (name, x, y))
        {
          *pick = (GscCellTablePick){ row, -1 };
          return TRUE;
        }
    }
  return FALSE;
}

/* Painting */

static void
paint_cell (cairo_t *cr,
            const GscCellTableLayout *layout,
            const GscCellTableInput *input,
            const GscStyle *style,
            guint row,
            guint column)
{
  GscRect cell = gsc_cell_table_layout_get_cell (layout, row, column);
  double value = input->values[row * input->columns + column];
  const GscColor *ink = &style->palette->foreground;
  const GscStyle small = resize (style, layout->text_size);

  if (!isnan (value))
    {
      GscColor fill = gsc_color_scale_get (&input->scale, value);
      gboolean dark
          = gsc_color_get_contrast (&fill, &white) > gsc_color_get_contrast (&fill, &black);

      ink = dark ? &white : &black;
      gsc_style_set_color (cr, &fill);
      gsc_style_add_rect (cr, &cell);
      /* neighbours meet on the same pixels without a seam */
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
      cairo_fill (cr);
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_DEFAULT);
    }
  gsc_label_paint (cr, &layout->texts[row * input->columns + column], &small, ink);
}

/* A line around each group of rows. */
static void
paint_frames (cairo_t *cr,
              const GscCellTableLayout *layout,
              const GscCellTableInput *input,
              const GscStyle *style)
{
  guint first = 0;

  gsc_style_set_dash (cr, GSC_DASH_SOLID, style->axis_width);
  gsc_style_set_color (cr, &style->palette->foreground);
  for (guint row = 1; row <= input->rows; row++)
    if (row == input->rows || begins_group (input, row))
      {
        GscRect group = { layout->plot.x, layout->tops[first], layout->plot.width,
                          layout->tops[row - 1] + layout->row_height - layout->tops[first] };

        gsc_style_add_rect (cr, &group);
        cairo_stroke (cr);
        first = row;
      }
}

/* A frame that is seen on any colour: a line of the foreground in one of the background. */
static void
paint_cursor (cairo_t *cr, const GscCellTableLayout *layout, guint row, const GscStyle *style)
{
  GscRect cells = { layout->plot.x, layout->tops[row], layout->plot.width, layout->row_height };

  gsc_style_set_dash (cr, GSC_DASH_SOLID, 2.4 * style->line_width);
  gsc_style_set_color (cr, &style->palette->background);
  gsc_style_add_rect (cr, &cells);
  cairo_stroke (cr);
  gsc_style_set_dash (cr, GSC_DASH_SOLID, 1.4 * style->line_width);
  gsc_style_set_color (cr, &style->palette->foreground);
  gsc_style_add_rect (cr, &cells);
  cairo_stroke (cr);
}

void
gsc_cell_table_paint (cairo_t *cr,
                      const GscCellTableLayout *layout,
                      const GscCellTableInput *input,
                      const GscStyle *style)
{
  const GscStyle names = resize (style, layout->name_size);

  cairo_save (cr);
  for (guint row = 0; row < input->rows; row++)
    for (guint column = 0; column < input->columns; column++)
      paint_cell (cr, layout, input, style, row, column);
  paint_frames (cr, layout, input, style);
  if (input->cursor >= 0 && (guint) input->cursor < input->rows)
    paint_cursor (cr, layout, (guint) input->cursor, style);
  cairo_restore (cr);
  for (guint i = 0; i < GSC_CELL_TABLE_N_HEADINGS * input->columns; i++)
    gsc_label_paint (cr, &layout->headings[i], style, &style->palette->foreground);
  for (guint row = 0; row < input->rows; row++)
    gsc_label_paint (cr, &layout->row_names[row], &names, &style->palette->foreground);
}
