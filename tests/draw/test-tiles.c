/* test-tiles.c - a table of small maps whose cells are of a few colours
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-tiles.h"

#include "painted.h"

#define ROWS 3
#define COLUMNS 2
#define N 5

static const GscColor colors[]
    = { { 0, 0, 1 }, { 1, 0.5, 0 }, { 0.2, 0.8, 0.4 }, { 0.5, 0, 0.5 }, { 0, 0, 0 } };
static guint8 cells[ROWS * COLUMNS * N * N];
static const char *const row_titles[ROWS][2]
    = { { "first", NULL }, { "second", "of three" }, { "last", NULL } };
static const char *const column_titles[COLUMNS] = { "left", "right" };
static const char *const titles[ROWS * COLUMNS] = { "0.1", "0.2", "0.3", "0.4", "0.5", "0.6" };

static GscTilesInput
make_input (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    cells[i] = (guint8) (i * 7 % 11 % G_N_ELEMENTS (colors));
  return (GscTilesInput){
    .rows = ROWS,
    .columns = COLUMNS,
    .row_titles = row_titles[0],
    .column_titles = column_titles,
    .titles = titles,
    .x_title = "x",
    .y_title = "y",
    .stretch = 1.5,
    .n = N,
    .cells = cells,
    .colors = colors,
    .chosen_column = -1,
  };
}

static GPtrArray *
list_labels (const GscTilesLayout *layout)
{
  GPtrArray *list = g_ptr_array_new ();
  const struct
  {
    const GscLabel *labels;
    guint n;
  } parts[] = {
    { layout->row_titles, 2 * ROWS },
    { layout->column_titles, COLUMNS },
    { layout->titles, ROWS * COLUMNS },
    { layout->x_ticks, GSC_TILES_N_TICKS * COLUMNS },
    { layout->y_ticks, GSC_TILES_N_TICKS * ROWS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint j = 0; j < parts[i].n; j++)
      if (parts[i].labels[j].text != NULL)
        g_ptr_array_add (list, (gpointer) &parts[i].labels[j]);
  return list;
}

/* Column x counts from the left and row y from the bottom, in every map; what is painted at a cell
 * is what is picked there. */
static void
test_cells (void)
{
  const GscRect area = { 20, 30, 300, 330 };
  GscTilesInput input = make_input ();
  g_autoptr (GscTilesLayout) layout = NULL;
  GscStyle style;
  Painted painted;

  painted_init_style (&style);
  painted_init (&painted, 340, 380, 2);
  layout = gsc_tiles_layout (&input, &style, &area);
  gsc_tiles_paint (painted.cr, layout, &input, &style);
  for (guint row = 0; row < ROWS; row++)
    for (guint column = 0; column < COLUMNS; column++)
      for (guint i = 0; i < N * N; i++)
        {
          GscRect map = gsc_tiles_layout_get_map (layout, row, column);
          double x = map.x + (i / N + 0.5) * map.width / N;
          double y = gsc_rect_bottom (&map) - (i % N + 0.5) * map.height / N;
          GscRect cell = gsc_tiles_layout_get_cell (layout, row, column, i / N, i % N);
          guint8 number = cells[(row * COLUMNS + column) * N * N + i];
          GscTilesPick pick;

          g_assert_true (gsc_rect_contains (&cell, x, y));
          g_assert_cmphex (painted_get (&painted, x, y), ==, painted_pack (&colors[number]));
          g_assert_true (gsc_tiles_pick (layout, x, y, &pick));
          g_assert_cmpuint (pick.row, ==, row);
          g_assert_cmpuint (pick.column, ==, column);
          g_assert_cmpuint (pick.x, ==, i / N);
          g_assert_cmpuint (pick.y, ==, i % N);
        }
  painted_clear (&painted);
}

static void
test_pick_outside (void)
{
  const GscRect area = { 20, 30, 300, 330 };
  GscTilesInput input = make_input ();
  g_autoptr (GscTilesLayout) layout = NULL;
  GscRect first, second;
  GscTilesPick pick;
  GscStyle style;

  painted_init_style (&style);
  layout = gsc_tiles_layout (&input, &style, &area);
  first = gsc_tiles_layout_get_map (layout, 0, 0);
  second = gsc_tiles_layout_get_map (layout, 0, 1);
  g_assert_false (gsc_tiles_pick (layout, 21, 31, &pick));
  g_assert_false (gsc_tiles_pick (layout, first.x - 1, first.y + 1, &pick));
  g_assert_false (
      gsc_tiles_pick (layout, (gsc_rect_right (&first) + second.x) / 2, first.y + 1, &pick));
}

/* Everything is inside the area, text on no other text and on no map, at any size that a page has.
 */
static void
test_tidy (void)
{
  static const double sizes[][2] = { { 400, 300 }, { 200, 500 }, { 200, 130 }, { 150, 150 },
                                     { 900, 200 }, { 700, 700 }, { 120, 90 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const GscRect area = { 5, 6, sizes[i][0], sizes[i][1] };
      GscTilesInput input = make_input ();
      g_autoptr (GscTilesLayout) layout = NULL;
      g_autoptr (GPtrArray) labels = NULL;
      GscStyle style;

      painted_init_style (&style);
      layout = gsc_tiles_layout (&input, &style, &area);
      labels = list_labels (layout);
      g_assert_cmpfloat (layout->width, <=, 1.5 * layout->height + 1e-6);
      g_assert_cmpfloat (layout->height, <=, 1.5 * layout->width + 1e-6);
      for (guint a = 0; a < labels->len; a++)
        {
          const GscLabel *label = g_ptr_array_index (labels, a);

          painted_assert_inside (&label->rect, &area);
          for (guint b = 0; b < a; b++)
            g_assert_false (gsc_label_is_near (label, g_ptr_array_index (labels, b), -0.01));
          for (guint map = 0; map < ROWS * COLUMNS; map++)
            {
              GscLabel place = { .text = (char *) "map" };

              place.rect = gsc_tiles_layout_get_map (layout, map / COLUMNS, map % COLUMNS);
              painted_assert_inside (&place.rect, &area);
              g_assert_false (gsc_label_is_near (label, &place, -0.01));
            }
        }
    }
}

/* On a large page everything is named; a small one goes without rather than in a muddle. */
static void
test_room (void)
{
  GscTilesInput input = make_input ();
  const GscRect large = { 0, 0, 400, 400 }, small = { 0, 0, 120, 55 };
  g_autoptr (GscTilesLayout) spacious = NULL;
  g_autoptr (GscTilesLayout) cramped = NULL;
  g_autoptr (GPtrArray) all = NULL;
  GscStyle style;

  painted_init_style (&style);
  spacious = gsc_tiles_layout (&input, &style, &large);
  all = list_labels (spacious);
  g_assert_cmpuint (all->len, ==,
                    ROWS + 1 + COLUMNS + ROWS * COLUMNS + GSC_TILES_N_TICKS * (ROWS + COLUMNS));
  g_assert_cmpstr (spacious->x_ticks[GSC_TILES_LAST].text, ==, "4");
  cramped = gsc_tiles_layout (&input, &style, &small);
  g_assert_null (cramped->titles[0].text);
  g_assert_null (cramped->row_titles[0].text);
}

/* The outline of the chosen column is outside its maps, and only there. */
static void
test_chosen (void)
{
  const GscRect area = { 0, 0, 300, 300 };
  GscTilesInput input = make_input ();
  g_autoptr (GscTilesLayout) layout = NULL;
  GscStyle style;
  Painted painted;
  GscRect map;

  painted_init_style (&style);
  painted_init (&painted, 300, 300, 4);
  input.chosen_column = 1;
  layout = gsc_tiles_layout (&input, &style, &area);
  gsc_tiles_paint (painted.cr, layout, &input, &style);
  map = gsc_tiles_layout_get_map (layout, 1, 1);
  g_assert_cmphex (painted_get (&painted, map.x - 0.7 * style.line_width, map.y + map.height / 2),
                   ==, painted_pack (&style.palette->foreground));
  map = gsc_tiles_layout_get_map (layout, 1, 0);
  g_assert_cmphex (painted_get (&painted, gsc_rect_right (&map) + 0.7 * style.line_width,
                                map.y + map.height / 2),
                   ==, 0xffffff);
  painted_clear (&painted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tiles/cells", test_cells);
  g_test_add_func ("/tiles/pick-outside", test_pick_outside);
  g_test_add_func ("/tiles/tidy", test_tidy);
  g_test_add_func ("/tiles/room", test_room);
  g_test_add_func ("/tiles/chosen", test_chosen);
  return g_test_run ();
}
