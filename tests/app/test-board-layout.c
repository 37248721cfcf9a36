/* test-board-layout.c - where the panels of a board stand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-board-layout.h"

#define TEXT_SIZE 11.0
#define CHROME 34

static const GscBoardItem all[] = {
  { GSC_FIGURE_LEARNING_CURVES, 240, 100, CHROME, FALSE },
  { GSC_FIGURE_TASK_GRID, 240, 100, CHROME, FALSE },
  { GSC_FIGURE_TASK_TABLE, 240, 100, CHROME, FALSE },
  { GSC_FIGURE_SHOTS, 240, 100, CHROME, FALSE },
  { GSC_FIGURE_ATTENTION, 240, 100, CHROME, FALSE },
  { GSC_FIGURE_PROJECTION, 240, 100, CHROME, FALSE },
  { GSC_FIGURE_SEQUENCE, 320, 140, CHROME + 44, FALSE },
};

static const int widths[]
    = { 340, 400, 560, 640, 725, 726, 980, 1275, 1276, 1600, 1920, 2560, 3840 };
static const int heights[] = { 100, 480, 600, 800, 1080, 1600, 2160 };

/* The items of @mask, in an order that depends on @seed. */
static guint
choose (guint mask, guint32 seed, GscBoardItem *items)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if ((mask & (1u << i)) != 0)
      items[n++] = all[i];
  for (guint i = n; seed != 0 && i > 1; i--)
    {
      guint k = (guint) g_rand_int_range (random, 0, (int) i);
      GscBoardItem item = items[k];

      items[k] = items[i - 1];
      items[i - 1] = item;
    }
  return n;
}

static void
check (const GscBoardItem *items, guint n, double text_size, int width, int height)
{
  GdkRectangle places[GSC_BOARD_LAYOUT_MAX];
  int needed = gsc_board_layout_place (items, n, text_size, width, height, places);
  const GdkRectangle board
      = { GSC_BOARD_LAYOUT_GAP, GSC_BOARD_LAYOUT_GAP, width - 2 * GSC_BOARD_LAYOUT_GAP,
          MAX (height, needed) - 2 * GSC_BOARD_LAYOUT_GAP };
  int bottom = 0;

  g_assert_cmpint (needed, ==, gsc_board_layout_place (items, n, text_size, width, 0, NULL));
  for (guint i = 0; i < n; i++)
    {
      const GdkRectangle *place = &places[i];
      GdkRectangle common;

      g_assert_cmpint (place->width, >=, items[i].min_width);
      g_assert_cmpint (place->height, >=, items[i].min_height);
      g_assert_cmpint (place->height - items[i].chrome, >=, (int) (8 * text_size));
      g_assert_true (gdk_rectangle_intersect (place, &board, &common));
      g_assert_true (gdk_rectangle_equal (place, &common));
      for (guint k = 0; k < i; k++)
        {
          const GdkRectangle *other = &places[k];
          /* with their gap */
          const GdkRectangle around
              = { other->x - GSC_BOARD_LAYOUT_GAP + 1, other->y - GSC_BOARD_LAYOUT_GAP + 1,
                  other->width + 2 * GSC_BOARD_LAYOUT_GAP - 2,
                  other->height + 2 * GSC_BOARD_LAYOUT_GAP - 2 };

          g_assert_false (gdk_rectangle_intersect (place, &around, NULL));
          /* the order of reading is the order of the panels */
          g_assert_true (
              other->y < place->y
              || (other->y == place->y && other->x < place->x && other->height == place->height));
        }
      bottom = MAX (bottom, place->y + place->height);
    }
  /* Nothing is left over. */
  if (n > 0)
    g_assert_cmpint (bottom + GSC_BOARD_LAYOUT_GAP, ==, MAX (height, needed));
}

/* At any size, with any panels, in any order. */
static void
test_places (void)
{
  GscBoardItem items[GSC_BOARD_LAYOUT_MAX];

  for (guint mask = 0; mask < 1u << G_N_ELEMENTS (all); mask++)
    for (guint32 seed = 0; seed < 4; seed++)
      {
        guint n = choose (mask, seed, items);

        for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
          for (guint h = 0; h < G_N_ELEMENTS (heights); h++)
            {
              check (items, n, TEXT_SIZE, widths[w], heights[h]);
              check (items, n, 1.6 * TEXT_SIZE, widths[w], heights[h]);
            }
      }
}

/* The places of all panels in their usual order. */
static void
place_all (int width, int height, GdkRectangle *places)
{
  gsc_board_layout_place (all, G_N_ELEMENTS (all), TEXT_SIZE, width, height, places);
}

/* ux.md's sketch. */
static void
test_wide (void)
{
  GdkRectangle p[GSC_BOARD_LAYOUT_MAX];
  const int inside = 1600 - 2 * GSC_BOARD_LAYOUT_GAP;

  place_all (1600, 1000, p);
  g_assert_cmpint (p[0].width, ==, inside);
  g_assert_cmpint (p[1].y, ==, p[3].y);
  g_assert_cmpint (p[4].y, >, p[3].y);
  g_assert_cmpint (p[4].y, ==, p[5].y);
  g_assert_cmpint (p[4].width, >, p[1].width);
  g_assert_cmpint (p[2].width, <, p[1].width);
  g_assert_cmpint (p[6].width, ==, inside);
  /* all of it fits on a screen of 1920 x 1080 */
  g_assert_cmpint (gsc_board_layout_place (all, G_N_ELEMENTS (all), TEXT_SIZE, 1600, 0, NULL), <=,
                   960);
}

static void
test_medium (void)
{
  GdkRectangle p[GSC_BOARD_LAYOUT_MAX];

  place_all (980, 700, p);
  g_assert_cmpint (p[1].y, ==, p[2].y);
  /* the odd one out is the one that looks good over the full width */
  g_assert_cmpint (p[3].width, ==, 980 - 2 * GSC_BOARD_LAYOUT_GAP);
  g_assert_cmpint (p[4].y, ==, p[5].y);
}

static void
test_narrow (void)
{
  GdkRectangle p[GSC_BOARD_LAYOUT_MAX];

  place_all (560, 600, p);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_assert_cmpint (p[i].x, ==, GSC_BOARD_LAYOUT_GAP);
      g_assert_cmpint (p[i].width, ==, 560 - 2 * GSC_BOARD_LAYOUT_GAP);
    }
}

/* Larger text has fewer columns on the same width. */
static void
test_large_text (void)
{
  GdkRectangle p[GSC_BOARD_LAYOUT_MAX];

  gsc_board_layout_place (all, G_N_ELEMENTS (all), 2 * TEXT_SIZE, 1300, 900, p);
  g_assert_cmpint (p[1].x, ==, p[3].x);
}

static void
test_alone (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    for (guint h = 0; h < G_N_ELEMENTS (heights); h++)
      {
        GdkRectangle place;
        int needed = gsc_board_layout_place_alone (&all[i], TEXT_SIZE, 900, heights[h], &place);

        g_assert_cmpint (place.x, ==, GSC_BOARD_LAYOUT_GAP);
        g_assert_cmpint (place.width, ==, 900 - 2 * GSC_BOARD_LAYOUT_GAP);
        g_assert_cmpint (place.height + 2 * GSC_BOARD_LAYOUT_GAP, ==, MAX (needed, heights[h]));
        g_assert_cmpint (needed, <, 480);
      }
  g_assert_cmpint (gsc_board_layout_get_min_width (all, G_N_ELEMENTS (all)), ==,
                   320 + 2 * GSC_BOARD_LAYOUT_GAP);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board-layout/places", test_places);
  g_test_add_func ("/board-layout/wide", test_wide);
  g_test_add_func ("/board-layout/medium", test_medium);
  g_test_add_func ("/board-layout/narrow", test_narrow);
  g_test_add_func ("/board-layout/large-text", test_large_text);
  g_test_add_func ("/board-layout/alone", test_alone);
  return g_test_run ();
}
