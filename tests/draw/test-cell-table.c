/* test-cell-table.c - tables whose cells are coloured by their numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cell-table.h"

#include <math.h>

#include "painted.h"

enum
{
  ROWS = 7,
  COLUMNS = 3,
};

/* Two groups: rows 0 to 2 and 3 to 6. */
static const char *const names[ROWS]
    = { "one", "two", "three", "four", "five", "six", "quite a long name" };
static const char *const groups[ROWS] = { "upper", NULL, NULL, "lower" };
static const char *const tops[COLUMNS] = { "a", "b", "c" };
static const char *const bottoms[COLUMNS] = { "left", "middle", "right" };
static const char *const texts[ROWS * COLUMNS]
    = { "0", "+0.1", "−0.2", "0", "0", "0", "0", "0", "0", "0", "0",
        "0", "0",    "0",    "0", "0", "0", "0", "0", "0", "−1" };
static const double values[ROWS * COLUMNS]
    = { NAN, 0.1, -0.2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1 };

static const GscCellTableInput input = {
  .rows = ROWS,
  .columns = COLUMNS,
  .headings = { tops, bottoms },
  .row_names = names,
  .groups = groups,
  .values = values,
  .texts = texts,
  .scale = { GSC_COLOR_SCALE_DIVERGING, -1, 1 },
  .cursor = -1,
};

static const GscRect areas[] = {
  { 10, 20, 300, 200 }, { 0, 0, 120, 90 }, { 5, 5, 1000, 60 }, { 0, 0, 200, 800 }, { 3, 3, 9, 7 },
};

/* Cells lie in the area, below each other without a gap but between groups. */
static void
test_layout (void)
{
  GscStyle style;

  painted_init_style (&style);
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    {
      g_autoptr (GscCellTableLayout) layout = gsc_cell_table_layout (&input, &style, &areas[i]);

      for (guint row = 0; row < ROWS; row++)
        for (guint column = 0; column < COLUMNS; column++)
          {
            GscRect cell = gsc_cell_table_layout_get_cell (layout, row, column);

            painted_assert_inside (&cell, &layout->plot);
            if (areas[i].width > 20)
              painted_assert_inside (&cell, &areas[i]);
            if (column > 0)
              {
                GscRect left = gsc_cell_table_layout_get_cell (layout, row, column - 1);

                g_assert_cmpfloat_with_epsilon (gsc_rect_right (&left), cell.x, 1e-9);
              }
            if (row > 0)
              {
                GscRect above = gsc_cell_table_layout_get_cell (layout, row - 1, column);
                double gap = cell.y - gsc_rect_bottom (&above);

                if (row == 3)
                  g_assert_cmpfloat (gap, >, 0.1 * cell.height);
                else
                  g_assert_cmpfloat_with_epsilon (gap, 0, 1e-9);
              }
          }
    }
}

/* Names of rows where there is room for them, else of groups; text in cells likewise. */
static void
test_text (void)
{
  GscStyle style;
  g_autoptr (GscCellTableLayout) large = NULL;
  g_autoptr (GscCellTableLayout) low = NULL;
  g_autoptr (GscCellTableLayout) narrow = NULL;

  painted_init_style (&style);
  large = gsc_cell_table_layout (&input, &style, &areas[0]);
  g_assert_cmpfloat (large->text_size, ==, style.text_size);
  g_assert_cmpfloat (large->name_size, ==, style.text_size);
  for (guint row = 0; row < ROWS; row++)
    g_assert_cmpstr (large->row_names[row].text, ==, names[row]);
  for (guint i = 0; i < ROWS * COLUMNS; i++)
    g_assert_cmpstr (large->texts[i].text, ==, texts[i]);

  low = gsc_cell_table_layout (&input, &style, &areas[2]);
  g_assert_cmpfloat (low->text_size, ==, 0);
  g_assert_cmpstr (low->row_names[0].text, ==, "upper");
  g_assert_null (low->row_names[1].text);
  g_assert_cmpstr (low->row_names[3].text, ==, "lower");
  g_assert_null (low->texts[0].text);

  narrow = gsc_cell_table_layout (&input, &style, &(GscRect){ 0, 0, 60, 200 });
  g_assert_cmpfloat (narrow->text_size, ==, 0);
  g_assert_cmpstr (narrow->row_names[0].text, ==, "one");
}

/* Every place of the cells is the cell it is in. */
static void
test_pick (void)
{
  GscStyle style;
  g_autoptr (GscCellTableLayout) layout = NULL;
  GscCellTablePick pick;
  const GscRect *name;

  painted_init_style (&style);
  layout = gsc_cell_table_layout (&input, &style, &areas[0]);
  for (guint row = 0; row < ROWS; row++)
    for (guint column = 0; column < COLUMNS; column++)
      for (guint place = 0; place < 9; place++)
        {
          GscRect cell = gsc_cell_table_layout_get_cell (layout, row, column);

          g_assert_true (gsc_cell_table_pick (layout, cell.x + cell.width * (1 + place % 3) / 4,
                                              cell.y + cell.height * (1 + place / 3) / 4, &pick));
          g_assert_cmpuint (pick.row, ==, row);
          g_assert_cmpint (pick.column, ==, column);
        }
  name = &layout->row_names[4].rect;
  g_assert_true (gsc_cell_table_pick (layout, name->x + 1, name->y + name->height / 2, &pick));
  g_assert_cmpuint (pick.row, ==, 4);
  g_assert_cmpint (pick.column, ==, -1);
  g_assert_false (
      gsc_cell_table_pick (layout, gsc_rect_right (&layout->plot) + 2, layout->tops[2], &pick));
  g_assert_false (gsc_cell_table_pick (layout, layout->plot.x + 5, layout->plot.y - 2, &pick));
  g_assert_false (gsc_cell_table_pick (layout, layout->plot.x + 5, layout->tops[3] - 1, &pick));
}

/* Cells have the scale's colours, none where there is no number; the cursor's row has a frame. */
static void
test_paint (void)
{
  GscStyle style;
  g_autoptr (GscCellTableLayout) layout = NULL;
  GscCellTableInput with_cursor = input;
  Painted painted, other;
  GscRect frame;

  painted_init_style (&style);
  layout = gsc_cell_table_layout (&input, &style, &areas[0]);
  painted_init (&painted, 320, 240, 2);
  gsc_cell_table_paint (painted.cr, layout, &input, &style);
  for (guint row = 0; row < ROWS; row++)
    for (guint column = 0; column < COLUMNS; column++)
      {
        GscRect cell = gsc_cell_table_layout_get_cell (layout, row, column);
        double value = values[row * COLUMNS + column];
        GscColor color
            = isnan (value) ? style.palette->background : gsc_color_scale_get (&input.scale, value);

        guint32 found = painted_get (&painted, cell.x + 3, cell.y + cell.height / 2);
        guint32 expected = painted_pack (&color);

        /* painting rounds its own way */
        for (guint shift = 0; shift < 24; shift += 8)
          g_assert_cmpint (ABS ((int) (found >> shift & 0xff) - (int) (expected >> shift & 0xff)),
                           <=, 1);
      }

  with_cursor.cursor = 4;
  painted_init (&other, 320, 240, 2);
  gsc_cell_table_paint (other.cr, layout, &with_cursor, &style);
  frame = (GscRect){ layout->plot.x + 2, layout->tops[4] - 1, layout->plot.width - 4, 2 };
  g_assert_cmpuint (painted_count_ink (&other, &frame), >,
                    painted_count_ink (&painted, &frame) + 100);
  painted_clear (&painted);
  painted_clear (&other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cell-table/layout", test_layout);
  g_test_add_func ("/cell-table/text", test_text);
  g_test_add_func ("/cell-table/pick", test_pick);
  g_test_add_func ("/cell-table/paint", test_paint);
  return g_test_run ();
}
