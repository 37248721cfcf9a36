/* test-multiples.c - small heat maps in rows and columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-multiples.h"

#include <math.h>

#include "painted.h"

#define MAX_MAPS 64
#define MAX_CELLS 96

/* Every cell of every map another value. */
static float values[MAX_MAPS * MAX_CELLS * MAX_CELLS];

static GscMultiplesInput
make_input (guint rows, guint columns, guint n)
{
  for (guint i = 0; i < rows * columns * n * n; i++)
    values[i] = (float) (i * 37 % 101) / 100;
  return (GscMultiplesInput){
    .rows = rows,
    .columns = columns,
    .row_name = "layer",
    .column_name = "head",
    .x_title = "key",
    .y_title = "query",
    .stretch = 1.5,
    .n = n,
    .values = values,
    .map_stride = n * n,
    .row_stride = n,
    .scale = { GSC_COLOR_SCALE_SEQUENTIAL, 0, 1 },
    .first_tick = 2,
    .tick_stride = 3,
    .chosen = -1,
  };
}

/* All labels of a layout that have text. */
static GPtrArray *
list_labels (const GscMultiplesLayout *layout)
{
  GPtrArray *list = g_ptr_array_new ();
  const struct
  {
    const GscLabel *labels;
    guint n;
  } parts[] = {
    { &layout->heading, 1 },
    { &layout->x_title, 1 },
    { &layout->y_title, 1 },
    { layout->row_labels, layout->rows },
    { layout->column_labels, layout->columns },
    { layout->x_labels, layout->n },
    { layout->y_labels, layout->n },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint j = 0; j < parts[i].n; j++)
      if (parts[i].labels[j].text != NULL)
        g_ptr_array_add (list, (gpointer) &parts[i].labels[j]);
  return list;
}

/* Text within the area, on no other text and on no map. */
static void
assert_apart (const GscMultiplesLayout *layout)
{
  g_autoptr (GPtrArray) labels = list_labels (layout);
  GscLabel map = { .text = (char *) "map" };

  for (guint i = 0; i < labels->len; i++)
    {
      const GscLabel *label = g_ptr_array_index (labels, i);

      painted_assert_inside (&label->rect, &layout->area);
      map.rect = layout->plot;
      g_assert_false (gsc_label_is_near (label, &map, -0.01));
      for (guint j = 0; j < i; j++)
        g_assert_false (gsc_label_is_near (label, g_ptr_array_index (labels, j), 0));
    }
}

static void
test_layout (void)
{
  static const guint counts[] = { 1, 2, 4, 8 };
  GscStyle style;

  painted_init_style (&style);
  for (guint i = 0; i < 16; i++)
    for (double width = 80; width < 700; width += 70)
      for (double height = 80; height < 700; height += 70)
        {
          const GscRect area = { 3, 4, width, height };
          guint rows = counts[i / 4], columns = counts[i % 4];
          GscMultiplesInput input = make_input (rows, columns, 47);
          g_autoptr (GscMultiplesLayout) layout = gsc_multiples_layout (&input, &style, &area);
          GscRect first = gsc_multiples_layout_get_map (layout, 0, 0);
          GscRect last = gsc_multiples_layout_get_map (layout, rows - 1, columns - 1);
          GscRect cell = gsc_multiples_layout_get_cell (layout, rows - 1, columns - 1, 46, 46);

          painted_assert_inside (&layout->plot, &area);
          g_assert_cmpfloat (layout->width, <=, 1.5 * layout->height + 1e-6);
          g_assert_cmpfloat (layout->height, <=, 1.5 * layout->width + 1e-6);
          g_assert_cmpfloat_with_epsilon (first.x, layout->plot.x, 1e-6);
          g_assert_cmpfloat_with_epsilon (first.y, layout->plot.y, 1e-6);
          g_assert_cmpfloat_with_epsilon (gsc_rect_right (&last), gsc_rect_right (&layout->plot),
                                          1e-6);
          g_assert_cmpfloat_with_epsilon (gsc_rect_bottom (&cell), gsc_rect_bottom (&layout->plot),
                                          1e-6);
          assert_apart (layout);
          /* one map uses all of the width or of the height */
          if (width >= 200 && height >= 200)
            g_assert_true (layout->plot.width > 0.75 * width || layout->plot.height > 0.7 * height);
        }
}

/* Headings have their names where there is room, else titles have them. */
static void
test_headings (void)
{
  const GscRect large = { 0, 0, 400, 300 };
  const GscRect small = { 0, 0, 160, 150 };
  GscMultiplesInput input = make_input (4, 4, 10);
  g_autoptr (GscMultiplesLayout) wide = NULL;
  g_autoptr (GscMultiplesLayout) narrow = NULL;
  GscStyle style;

  painted_init_style (&style);
  wide = gsc_multiples_layout (&input, &style, &large);
  g_assert_cmpstr (wide->row_labels[1].text, ==, "layer 2");
  g_assert_cmpstr (wide->column_labels[3].text, ==, "head 4");
  g_assert_cmpstr (wide->x_title.text, ==, "key");
  input = make_input (8, 8, 10);
  narrow = gsc_multiples_layout (&input, &style, &small);
  g_assert_cmpstr (narrow->row_labels[1].text, ==, "2");
  g_assert_cmpstr (narrow->column_labels[3].text, ==, "4");
  g_assert_cmpstr (narrow->x_title.text, ==, "head, key");
  g_assert_cmpstr (narrow->y_title.text, ==, "layer, query");
}

/* A last column of another kind has a heading of its own where there is room for it. */
static void
test_last_column (void)
{
  const GscRect large = { 0, 0, 400, 300 };
  const GscRect small = { 0, 0, 160, 150 };
  GscMultiplesInput input = make_input (4, 4, 10);
  g_autoptr (GscMultiplesLayout) wide = NULL;
  g_autoptr (GscMultiplesLayout) narrow = NULL;
  GscStyle style;

  painted_init_style (&style);
  input.last_column = "block";
  wide = gsc_multiples_layout (&input, &style, &large);
  g_assert_cmpstr (wide->column_labels[2].text, ==, "head 3");
  g_assert_cmpstr (wide->column_labels[3].text, ==, "block");
  input = make_input (8, 8, 10);
  input.last_column = "block";
  narrow = gsc_multiples_layout (&input, &style, &small);
  g_assert_cmpstr (narrow->column_labels[6].text, ==, "7");
  g_assert_null (narrow->column_labels[7].text);
}

/* Averages in place of cells: two by two of them cover the map, whose cells are found as ever. */
static void
test_resolution (void)
{
  static const float averages[4] = { 0, 0.25, 0.5, 1 };
  const GscRect area = { 2, 3, 300, 260 };
  GscMultiplesInput input = make_input (1, 1, 7);
  g_autoptr (GscMultiplesLayout) layout = NULL;
  GscMultiplesPick pick;
  GscStyle style;
  Painted painted;

  painted_init_style (&style);
  input.values = averages;
  input.resolution = input.row_stride = 2;
  input.map_stride = 4;
  layout = gsc_multiples_layout (&input, &style, &area);
  painted_init (&painted, 304, 266, 3);
  gsc_multiples_paint (painted.cr, layout, &input, &style);
  for (guint i = 0; i < 49; i++)
    {
      GscRect cell = gsc_multiples_layout_get_cell (layout, 0, 0, i / 7, i % 7);
      double x = cell.x + cell.width / 4, y = cell.y + cell.height / 4;
      GscColor color = gsc_palette_sequential (averages[i / 7 / 4 * 2 + i % 7 / 4]);

      g_assert_true (gsc_multiples_pick (layout, x, y, &pick));
      g_assert_cmpuint (pick.cell_row, ==, i / 7);
      g_assert_cmpuint (pick.cell_column, ==, i % 7);
      for (guint shift = 0; shift < 24; shift += 8)
        g_assert_cmpint (ABS ((int) (painted_get (&painted, x, y) >> shift & 0xff)
                              - (int) (painted_pack (&color) >> shift & 0xff)),
                         <=, 1);
    }
  painted_clear (&painted);
}

/* The labels of a single map: all, or those of ticks, never one on another. */
static void
test_cell_labels (void)
{
  static const guint sizes[] = { 1, 2, 5, 24, 47, 95 };
  const char *labels[MAX_CELLS];
  gboolean all = FALSE, some = FALSE;
  GscStyle style;

  painted_init_style (&style);
  for (guint i = 0; i < MAX_CELLS; i++)
    labels[i] = i % 2 == 0 ? "28" : "5";
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (double side = 60; side < 900; side += 60)
      {
        const GscRect area = { 3, 4, side, side };
        GscMultiplesInput input = make_input (1, 1, sizes[i]);
        g_autoptr (GscMultiplesLayout) layout = NULL;
        guint n = 0, n_ticks = 0;

        input.labels = labels;
        input.heading = "layer 2, head 1";
        input.row_name = input.column_name = NULL;
        layout = gsc_multiples_layout (&input, &style, &area);
        assert_apart (layout);
        for (guint j = 0; j < sizes[i]; j++)
          {
            n += layout->x_labels[j].text != NULL;
            n_ticks += layout->x_labels[j].text != NULL && j % 3 == 2;
          }
        g_assert_true (n == sizes[i] || n == n_ticks);
        all |= sizes[i] > 20 && n == sizes[i];
        some |= n > 0 && n < sizes[i] / 3;
      }
  g_assert_true (all);
  g_assert_true (some);
}

/* Every cell has its colour, and is found where it is. */
static void
test_cells (void)
{
  const GscRect area = { 2, 3, 300, 260 };
  GscMultiplesInput input = make_input (2, 3, 5);
  g_autoptr (GscMultiplesLayout) layout = NULL;
  GscMultiplesPick pick;
  GscStyle style;
  Painted painted;

  painted_init_style (&style);
  values[7] = NAN;
  input.lower = TRUE;
  layout = gsc_multiples_layout (&input, &style, &area);
  painted_init (&painted, 304, 266, 3);
  gsc_multiples_paint (painted.cr, layout, &input, &style);
  for (guint i = 0; i < 6 * 25; i++)
    {
      guint row = i / 25 / 3, column = i / 25 % 3, cell_row = i % 25 / 5, cell_column = i % 5;
      GscRect cell = gsc_multiples_layout_get_cell (layout, row, column, cell_row, cell_column);
      GscColor color = gsc_palette_sequential (values[i]);
      double x = cell.x + cell.width / 2, y = cell.y + cell.height / 2;

      if (isnan (values[i]))
        color = style.palette->missing;
      if (cell_column > cell_row)
        color = style.palette->background;
      for (guint shift = 0; shift < 24; shift += 8)
        g_assert_cmpint (ABS ((int) (painted_get (&painted, x, y) >> shift & 0xff)
                              - (int) (painted_pack (&color) >> shift & 0xff)),
                         <=, 1);
      g_assert_true (gsc_multiples_pick (layout, x, y, &pick));
      g_assert_cmpuint (pick.row, ==, row);
      g_assert_cmpuint (pick.column, ==, column);
      g_assert_cmpuint (pick.cell_row, ==, cell_row);
      g_assert_cmpuint (pick.cell_column, ==, cell_column);
    }
  /* between two maps, and outside */
  g_assert_false (gsc_multiples_pick (layout, layout->plot.x + layout->width + layout->gap / 2,
                                      layout->plot.y + 1, &pick));
  g_assert_false (gsc_multiples_pick (layout, layout->plot.x - 1, layout->plot.y + 1, &pick));
  g_assert_false (
      gsc_multiples_pick (layout, layout->plot.x + 1, gsc_rect_bottom (&layout->plot) + 1, &pick));
  painted_clear (&painted);
}

/* The frame stands around the chosen map's cells and hides none of them. */
static void
test_chosen (void)
{
  const GscRect area = { 2, 3, 300, 200 };
  GscMultiplesInput input = make_input (2, 2, 4);
  g_autoptr (GscMultiplesLayout) layout = NULL;
  GscStyle style;

  painted_init_style (&style);
  layout = gsc_multiples_layout (&input, &style, &area);
  for (int chosen = -1; chosen < 4; chosen++)
    {
      Painted painted;

      input.chosen = chosen;
      painted_init (&painted, 304, 206, 8);
      gsc_multiples_paint (painted.cr, layout, &input, &style);
      for (guint i = 0; i < 4; i++)
        {
          GscRect map = gsc_multiples_layout_get_map (layout, i / 2, i % 2);
          guint32 outside
              = painted_get (&painted, gsc_rect_right (&map) + 0.8 * style.line_width, map.y + 20);
          GscColor inside = gsc_palette_sequential (values[i * 16]);

          g_assert_cmphex (outside, ==, (int) i == chosen ? 0x000000 : 0xffffff);
          g_assert_cmphex (painted_get (&painted, map.x + style.line_width, map.y + 3), ==,
                           painted_pack (&inside));
        }
      painted_clear (&painted);
    }
}

/* Badges stand in the free corner of their map, in the longest form that has room in all of them;
 * with two lines one below the other. */
static void
test_badges (void)
{
  static const char *const forms[] = { "previous 0.93", "previous\n0.93", "prev." };
  gboolean seen[G_N_ELEMENTS (forms) + 1] = { FALSE };
  GscStyle style;

  painted_init_style (&style);
  for (double width = 60; width < 500; width += 20)
    for (double height = 60; height < 500; height += 20)
      {
        const GscRect area = { 3, 4, width, height };
        GscMultiplesInput input = make_input (2, 3, 5);
        const char *badges[3 * 6] = { NULL };
        g_autoptr (GscMultiplesLayout) layout = NULL;
        guint form;

        for (guint i = 0; i < 18; i++)
          badges[i] = i % 6 % 2 == 0 ? forms[i / 6] : NULL;
        input.lower = TRUE;
        input.badges = badges;
        input.badge_forms = 3;
        layout = gsc_multiples_layout (&input, &style, &area);
        form = layout->badges[0].text == NULL                   ? 3
               : g_str_equal (layout->badges[0].text, forms[0]) ? 0
               : layout->badges[1].text != NULL                 ? 1
                                                                : 2;
        seen[form] = TRUE;
        for (guint i = 0; i < 6; i++)
          {
            GscRect map = gsc_multiples_layout_get_map (layout, i / 3, i % 3);
            const GscLabel *lines = &layout->badges[i * GSC_MAP_BADGE_LINES];

            g_assert_true ((lines[0].text != NULL) == (form < 3 && i % 2 == 0));
            g_assert_true ((lines[1].text != NULL) == (form == 1 && i % 2 == 0));
            for (guint k = 0; k < GSC_MAP_BADGE_LINES && lines[k].text != NULL; k++)
              {
                painted_assert_inside (&lines[k].rect, &map);
                /* no cell reaches to the right of the diagonal there */
                g_assert_cmpfloat ((lines[k].rect.x - map.x) / map.width, >=,
                                   (gsc_rect_bottom (&lines[k].rect) - map.y) / map.height);
              }
            g_assert_false (gsc_label_is_near (&lines[0], &lines[1], -0.01));
          }
      }
  for (guint i = 0; i < G_N_ELEMENTS (seen); i++)
    g_assert_true (seen[i]);
}

/* Maps with scales of their own; a map that is crossed out is veiled, and others are not. */
static void
test_scales_and_crosses (void)
{
  const GscRect area = { 2, 3, 300, 200 };
  GscMultiplesInput input = make_input (1, 2, 4);
  const GscColorScale scales[]
      = { { GSC_COLOR_SCALE_SEQUENTIAL, 0, 1 }, { GSC_COLOR_SCALE_SEQUENTIAL, 0, 0.5 } };
  const gboolean crossed[] = { FALSE, TRUE };
  g_autoptr (GscMultiplesLayout) layout = NULL;
  GscStyle style;
  Painted plain, marked;

  painted_init_style (&style);
  for (guint i = 0; i < 32; i++)
    values[i] = 0.25f;
  input.lower = TRUE;
  input.scales = scales;
  layout = gsc_multiples_layout (&input, &style, &area);
  painted_init (&plain, 304, 206, 4);
  painted_init (&marked, 304, 206, 4);
  gsc_multiples_paint (plain.cr, layout, &input, &style);
  input.crossed = crossed;
  gsc_multiples_paint (marked.cr, layout, &input, &style);
  for (guint i = 0; i < 2; i++)
    {
      GscRect cell = gsc_multiples_layout_get_cell (layout, 0, i, 3, 3);
      GscRect map = gsc_multiples_layout_get_map (layout, 0, i);
      GscColor color = gsc_palette_sequential (i == 0 ? 0.25 : 0.5);
      double x = cell.x + cell.width / 2, y = cell.y + cell.height / 2;

      for (guint shift = 0; shift < 24; shift += 8)
        g_assert_cmpint (ABS ((int) (painted_get (&plain, x, y) >> shift & 0xff)
                              - (int) (painted_pack (&color) >> shift & 0xff)),
                         <=, 1);
      g_assert_true ((painted_get (&plain, x, y) != painted_get (&marked, x, y)) == crossed[i]);
      /* the middle of the cross */
      x = map.x + 0.3 * map.width;
      y = map.y + 0.7 * map.height;
      g_assert_true ((painted_get (&marked, x, y) == painted_pack (&style.palette->foreground))
                     == crossed[i]);
    }
  painted_clear (&plain);
  painted_clear (&marked);
}

/* More cells than picture elements: averaged, so that no row or column vanishes. */
static void
test_small (void)
{
  const GscRect area = { 0, 0, 70, 70 };
  GscMultiplesInput input = make_input (1, 1, 96);
  GscColor dark = gsc_palette_sequential (0);
  g_autoptr (GscMultiplesLayout) layout = NULL;
  GscStyle style;
  Painted painted;

  painted_init_style (&style);
  layout = gsc_multiples_layout (&input, &style, &area);
  for (guint column = 0; column < 96; column++)
    {
      GscRect cell = gsc_multiples_layout_get_cell (layout, 0, 0, 40, column);
      gboolean found = FALSE;

      for (guint i = 0; i < 96 * 96; i++)
        values[i] = i % 96 == column;
      painted_init (&painted, 70, 70, 1);
      gsc_multiples_paint (painted.cr, layout, &input, &style);
      for (int offset = -1; offset <= 1; offset++)
        found |= painted_get (&painted, CLAMP (cell.x + offset, layout->plot.x + 1, 68), cell.y)
                 != painted_pack (&dark);
      g_assert_true (found);
      painted_clear (&painted);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/multiples/layout", test_layout);
  g_test_add_func ("/multiples/headings", test_headings);
  g_test_add_func ("/multiples/last-column", test_last_column);
  g_test_add_func ("/multiples/resolution", test_resolution);
  g_test_add_func ("/multiples/cell-labels", test_cell_labels);
  g_test_add_func ("/multiples/cells", test_cells);
  g_test_add_func ("/multiples/chosen", test_chosen);
  g_test_add_func ("/multiples/badges", test_badges);
  g_test_add_func ("/multiples/scales-and-crosses", test_scales_and_crosses);
  g_test_add_func ("/multiples/small", test_small);
  return g_test_run ();
}
