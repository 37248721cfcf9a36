/* test-heat-map.c - grids of coloured cells, and the bar that explains them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-heat-map.h"

#include <math.h>

#include "gsc-color-bar.h"
#include "painted.h"

#define COLUMNS 3
#define ROWS 2

static const GscRect page = { 0, 0, 200, 120 };

/* Row 0, the lower one, first. */
static const double values[ROWS * COLUMNS] = { 0, 0.5, 1, NAN, 2, 0.25 };
static const guint8 flags[ROWS * COLUMNS]
    = { GSC_CELL_DOTTED, 0, GSC_CELL_DOTTED, 0, GSC_CELL_HINTED, 0 };

static GscHeatMapInput
make_input (void)
{
  return (GscHeatMapInput){
    .heading = "test inputs",
    .x_title = "a",
    .y_title = "b",
    .columns = COLUMNS,
    .rows = ROWS,
    .values = values,
    .scale = { GSC_COLOR_SCALE_SEQUENTIAL, 0, 1 },
  };
}

static void
test_layout (void)
{
  static const guint sizes[] = { 1, 2, 3, 11, 29, 97 };
  GscStyle style;

  painted_init_style (&style);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (double width = 60; width < 500; width += 55)
      for (double height = 60; height < 500; height += 55)
        {
          const GscRect area = { 3, 4, width, height };
          GscHeatMapInput input = make_input ();
          g_autoptr (GscHeatMapLayout) layout = NULL;
          GscRect first, last;

          input.columns = input.rows = sizes[i];
          layout = gsc_heat_map_layout (&input, &style, &area);
          painted_assert_inside (&layout->plot, &area);
          g_assert_cmpfloat_with_epsilon (layout->plot.width, layout->plot.height, 1e-6);
          painted_assert_inside (&layout->heading.rect, &area);
          painted_assert_inside (&layout->x.title.rect, &area);
          painted_assert_inside (&layout->y.title.rect, &area);
          g_assert_false (gsc_label_is_near (&layout->heading, &layout->y.title, 0));
          for (guint j = 0; j < layout->y.ticks->len; j++)
            painted_assert_inside (&layout->y.labels[j].rect, &area);
          /* the cells fill the plot */
          first = gsc_heat_map_layout_get_cell (layout, 0, 0);
          last = gsc_heat_map_layout_get_cell (layout, sizes[i] - 1, sizes[i] - 1);
          g_assert_cmpfloat_with_epsilon (first.x, layout->plot.x, 1e-6);
          g_assert_cmpfloat_with_epsilon (gsc_rect_bottom (&first), gsc_rect_bottom (&layout->plot),
                                          1e-6);
          g_assert_cmpfloat_with_epsilon (gsc_rect_right (&last), gsc_rect_right (&layout->plot),
                                          1e-6);
          g_assert_cmpfloat_with_epsilon (last.y, layout->plot.y, 1e-6);
        }
}

/* Every cell has its colour from side to side, and is found where it is. */
static void
test_cells (void)
{
  GscHeatMapInput input = make_input ();
  g_autoptr (GscHeatMapLayout) layout = NULL;
  GscStyle style;
  Painted painted;

  painted_init_style (&style);
  layout = gsc_heat_map_layout (&input, &style, &page);
  painted_init (&painted, page.width, page.height, 3);
  gsc_heat_map_paint (painted.cr, layout, &input, &style);
  for (guint i = 0; i < ROWS * COLUMNS; i++)
    {
      GscRect cell = gsc_heat_map_layout_get_cell (layout, i % COLUMNS, i / COLUMNS);
      GscColor expected
          = isnan (values[i]) ? style.palette->missing : gsc_palette_sequential (values[i]);

      for (double share = 0.03; share < 1; share += 0.188)
        {
          double x = cell.x + share * cell.width;
          double y = cell.y + (1 - share) * cell.height;

          g_assert_cmphex (painted_get (&painted, x, y), ==, painted_pack (&expected));
          g_assert_cmpint (gsc_heat_map_pick (layout, x, y), ==, (int) i);
        }
    }
  g_assert_cmpint (gsc_heat_map_pick (layout, 1, 1), ==, -1);
  painted_clear (&painted);
}

static void
test_flags (void)
{
  GscHeatMapInput input = make_input ();
  g_autoptr (GscHeatMapLayout) layout = NULL;
  GscStyle style;
  Painted painted;
  GscRect dark, light, framed;

  painted_init_style (&style);
  input.flags = flags;
  layout = gsc_heat_map_layout (&input, &style, &page);
  painted_init (&painted, page.width, page.height, 4);
  gsc_heat_map_paint (painted.cr, layout, &input, &style);
  dark = gsc_heat_map_layout_get_cell (layout, 0, 0);
  light = gsc_heat_map_layout_get_cell (layout, 2, 0);
  framed = gsc_heat_map_layout_get_cell (layout, 1, 1);
  g_assert_cmphex (painted_get (&painted, dark.x + dark.width / 2, dark.y + dark.height / 2), ==,
                   0xffffff);
  g_assert_cmphex (painted_get (&painted, light.x + light.width / 2, light.y + light.height / 2),
                   ==, 0x000000);
  /* a dark line between two light ones, over the yellow of the cell and of its left neighbour */
  g_assert_cmphex (painted_get (&painted, framed.x, framed.y + framed.height / 2) & 0xff0000, <,
                   0x800000);
  g_assert_cmphex (painted_get (&painted, framed.x + 0.45, framed.y + framed.height / 2) & 0xff, >,
                   0x80);
  painted_clear (&painted);
}

/* Numbers of at least three quarters of the text's size in all cells, or in none. */
static void
test_numbers (void)
{
  static double numbers[ROWS * COLUMNS] = { 0, 12, 96, NAN, 5, 96 };
  GscHeatMapInput input = make_input ();
  GscStyle style;

  painted_init_style (&style);
  input.values = numbers;
  input.numbers = TRUE;
  for (double height = 45; height < 200; height += 5)
    {
      const GscRect area = { 0, 0, 3 * height, height };
      g_autoptr (GscHeatMapLayout) layout = gsc_heat_map_layout (&input, &style, &area);
      GscRect cell = gsc_heat_map_layout_get_cell (layout, 2, 0);
      GscStyle smaller = style;
      Painted painted;
      GscLabel label;

      if (layout->number_size == 0)
        {
          g_assert_cmpfloat (cell.width, <, 12);
          continue;
        }
      g_assert_cmpfloat (layout->number_size, >=, 0.75 * style.text_size);
      g_assert_cmpfloat (layout->number_size, <=, style.text_size);
      smaller.text_size = layout->number_size;
      gsc_label_init (&label, &smaller, GSC_FONT_NORMAL, "96");
      g_assert_cmpfloat (label.rect.width, <, cell.width);
      gsc_label_clear (&label);

      painted_init (&painted, area.width, area.height, 4);
      gsc_heat_map_paint (painted.cr, layout, &input, &style);
      for (guint i = 0; i < ROWS * COLUMNS; i++)
        {
          GscRect middle = gsc_heat_map_layout_get_cell (layout, i % COLUMNS, i / COLUMNS);
          guint32 fill = painted_get (&painted, middle.x + 1, middle.y + 1);
          guint n_ink = 0;

          for (double x = 0.2; x < 0.8; x += 0.01)
            n_ink
                += painted_get (&painted, middle.x + x * middle.width, middle.y + middle.height / 2)
                   != fill;
          g_assert_cmpint (n_ink > 0, ==, !isnan (numbers[i]));
        }
      painted_clear (&painted);
    }
}

/* Colours of the cells' own; the cursor's frame is black in white, its row and column are hinted.
 */
static void
test_cursor (void)
{
  static const GscHeatMapCursor cursor = { 1, 1 };
  static const GscHeatMapCursor outside = { COLUMNS, 0 };
  GscColor colors[ROWS * COLUMNS];
  GscHeatMapInput input = make_input ();
  g_autoptr (GscHeatMapLayout) layout = NULL;
  GscStyle style;
  GscRect cell;

  painted_init_style (&style);
  for (guint i = 0; i < ROWS * COLUMNS; i++)
    colors[i] = (GscColor){ 1, i / 51.0, 0 };
  input.colors = colors;
  layout = gsc_heat_map_layout (&input, &style, &page);
  cell = gsc_heat_map_layout_get_cell (layout, 1, 1);
  for (guint i = 0; i < 3; i++)
    {
      Painted painted;
      guint32 left, beyond;

      input.cursor = i == 0 ? NULL : i == 1 ? &cursor : &outside;
      painted_init (&painted, page.width, page.height, 8);
      gsc_heat_map_paint (painted.cr, layout, &input, &style);
      for (guint j = 0; j < ROWS * COLUMNS; j++)
        {
          GscRect other = gsc_heat_map_layout_get_cell (layout, j % COLUMNS, j / COLUMNS);

          g_assert_cmphex (
              painted_get (&painted, other.x + other.width / 2, other.y + other.height / 2), ==,
              painted_pack (&colors[j]));
        }
      left = painted_get (&painted, cell.x, cell.y + cell.height / 2);
      beyond = painted_get (&painted, cell.x - 0.3, cell.y + 1.5 * cell.height);
      g_assert_cmpint (left == 0x000000, ==, i == 1);
      g_assert_cmpint ((beyond & 0xff) > 0, ==, i == 1); /* no cell has any blue */
      painted_clear (&painted);
    }
}

/* Pixels of @cell that are not @fill, from the shares @from of its width and height on, 0.3 of
 * them.
 */
static guint
count_ink (Painted *painted, const GscRect *cell, double from_x, double from_y, guint32 fill)
{
  guint n = 0;

  for (guint i = 0; i < 1600; i++)
    n += painted_get (painted, cell->x + (from_x + 0.3 * (i % 40) / 40) * cell->width,
                      cell->y + (from_y + 0.3 * (i / 40) / 40) * cell->height)
         != fill;
  return n;
}

/* Check marks and crosses stand in the middle, or in the corner where there are numbers. */
static void
test_verdicts (void)
{
  static const guint8 verdicts[ROWS * COLUMNS]
      = { GSC_CELL_RIGHT, GSC_CELL_WRONG, 0, GSC_CELL_HINTED, 0, 0 };
  static const double equal[ROWS * COLUMNS] = { 1, 1, 1, 1, 1, 1 };
  GscHeatMapInput input = make_input ();
  GscStyle style;

  painted_init_style (&style);
  input.flags = verdicts;
  input.values = equal;
  for (guint numbers = 0; numbers < 2; numbers++)
    {
      g_autoptr (GscHeatMapLayout) layout = NULL;
      Painted painted;

      input.numbers = numbers == 1;
      layout = gsc_heat_map_layout (&input, &style, &page);
      painted_init (&painted, page.width, page.height, 8);
      gsc_heat_map_paint (painted.cr, layout, &input, &style);
      for (guint i = 0; i < ROWS * COLUMNS; i++)
        {
          GscRect cell = gsc_heat_map_layout_get_cell (layout, i % COLUMNS, i / COLUMNS);
          gboolean marked = (verdicts[i] & (GSC_CELL_RIGHT | GSC_CELL_WRONG)) != 0;

          g_assert_cmpint (count_ink (&painted, &cell, 0.65, 0.05, 0xfde725) > 20, ==,
                           numbers == 1 && marked);
          g_assert_cmpint (count_ink (&painted, &cell, 0.35, 0.35, 0xfde725) > 20, ==,
                           numbers == 1 || marked);
        }
      painted_clear (&painted);
    }
}

/* No seam: a grid of equal values is one colour, at any zoom. */
static void
test_no_seams (void)
{
  static double equal[97 * 97];
  const GscColor expected = gsc_palette_sequential (0.4);
  GscHeatMapInput input = make_input ();
  GscStyle style;

  painted_init_style (&style);
  for (guint i = 0; i < G_N_ELEMENTS (equal); i++)
    equal[i] = 0.4;
  input.values = equal;
  input.columns = input.rows = 97;
  for (double scale = 1; scale < 6; scale += 1.37)
    {
      g_autoptr (GscHeatMapLayout) layout = gsc_heat_map_layout (&input, &style, &page);
      const GscRect *plot = &layout->plot;
      Painted painted;

      painted_init (&painted, page.width, page.height, scale);
      gsc_heat_map_paint (painted.cr, layout, &input, &style);
      for (double x = plot->x + 1.5; x < gsc_rect_right (plot) - 1.5; x += 0.5 / scale)
        g_assert_cmphex (painted_get (&painted, x, plot->y + plot->height / 3), ==,
                         painted_pack (&expected));
      painted_clear (&painted);
    }
}

static void
test_scale (void)
{
  GscColorScale scale = { GSC_COLOR_SCALE_DIVERGING, -0.5, 2 };
  GscColor color = gsc_color_scale_get (&scale, 0);
  double min, max;

  g_assert_cmphex (painted_pack (&color), ==, 0xffffff);
  gsc_color_scale_get_limits (&scale, &min, &max);
  g_assert_cmpfloat (min, ==, -2);
  g_assert_cmpfloat (max, ==, 2);
  scale = (GscColorScale){ GSC_COLOR_SCALE_LIGHT, 0, 2 };
  color = gsc_color_scale_get (&scale, 0);
  g_assert_cmpfloat (gsc_color_get_contrast (&color, &(GscColor){ 0, 0, 0 }), >, 1.9);
  color = gsc_color_scale_get (&scale, 2);
  g_assert_cmphex (painted_pack (&color), ==, 0xfde725);
  scale = (GscColorScale){ GSC_COLOR_SCALE_SEQUENTIAL, 3, 3 };
  gsc_color_scale_get_limits (&scale, &min, &max);
  g_assert_cmpfloat (min, <, max);
  scale = (GscColorScale){ GSC_COLOR_SCALE_SEQUENTIAL, NAN, -INFINITY };
  gsc_color_scale_get_limits (&scale, &min, &max);
  g_assert_cmpfloat (min, <, max);
  g_assert_true (isfinite (max - min));
}

static void
test_color_bar (void)
{
  const GscColorBarInput input
      = { .scale = { GSC_COLOR_SCALE_SEQUENTIAL, 0, 1 }, .title = "accuracy" };
  const GscRect area = { 20, 10, 10, 100 };
  g_autoptr (GscColorBarLayout) layout = NULL;
  GscStyle style;
  Painted painted;
  double value;

  painted_init_style (&style);
  layout = gsc_color_bar_layout (&input, &style, &area);
  g_assert_cmpfloat (layout->bar.height, ==, 100);
  g_assert_cmpfloat_with_epsilon (gsc_rect_right (&layout->axis.title.rect), 20 + layout->width,
                                  0.01);
  painted_init (&painted, 100, 120, 4);
  gsc_color_bar_paint (painted.cr, layout, &input, &style);
  for (double share = 0.05; share < 1; share += 0.1)
    {
      double y = 110 - 100 * share;
      guint32 found = painted_get (&painted, layout->bar.x + layout->bar.width / 2, y);
      GscColor color = gsc_palette_sequential (share);
      guint32 expected = painted_pack (&color);

      for (int shift = 0; shift <= 16; shift += 8)
        g_assert_cmpint (ABS ((int) (found >> shift & 0xff) - (int) (expected >> shift & 0xff)), <=,
                         4);
      g_assert_true (gsc_color_bar_pick (layout, layout->bar.x + 1, y, &value));
      g_assert_cmpfloat_with_epsilon (value, share, 1e-6);
    }
  g_assert_false (gsc_color_bar_pick (layout, 0, 0, &value));
  painted_clear (&painted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/heat-map/layout", test_layout);
  g_test_add_func ("/heat-map/cells", test_cells);
  g_test_add_func ("/heat-map/flags", test_flags);
  g_test_add_func ("/heat-map/numbers", test_numbers);
  g_test_add_func ("/heat-map/cursor", test_cursor);
  g_test_add_func ("/heat-map/verdicts", test_verdicts);
  g_test_add_func ("/heat-map/no-seams", test_no_seams);
  g_test_add_func ("/color-scale/limits", test_scale);
  g_test_add_func ("/color-bar/all", test_color_bar);
  return g_test_run ();
}
