/* test-legend.c - legends: rows and columns, and labels at lines' ends
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-end-labels.h"

#include <math.h>

#include "painted.h"

enum
{
  N_ENTRIES = 7,
};

static void
fill_entries (GscLegendEntry entries[N_ENTRIES], const GscStyle *style)
{
  static const char *const texts[N_ENTRIES] = {
    "i.d./train", "i.d./test", "o.o.d./train", "o.o.d./test", "Bayes", "ratio matching", "x"
  };

  for (guint i = 0; i < N_ENTRIES; i++)
    entries[i] = (GscLegendEntry){
      .text = texts[i],
      .kind = GSC_LEGEND_LINE,
      .look = &style->palette->series[i],
    };
}

/* Whatever the width: within it, no key or text on another, every entry found where it is. */
static void
test_rows (void)
{
  GscStyle style;
  GscLegendEntry entries[N_ENTRIES];
  const GscLegendInput input = { entries, N_ENTRIES };
  double previous_height = INFINITY;

  painted_init_style (&style);
  fill_entries (entries, &style);
  for (double width = 60; width < 800; width += 37)
    {
      const GscRect area = { 7, 9, width, 10 };
      g_autoptr (GscLegendLayout) layout = gsc_legend_layout (&input, &style, &area);

      g_assert_cmpfloat (layout->rect.width, <=, width);
      g_assert_cmpfloat (layout->rect.height, <=, previous_height);
      previous_height = layout->rect.height;
      for (guint i = 0; i < N_ENTRIES; i++)
        {
          const GscRect *key = &layout->keys[i];
          const GscRect *label = &layout->labels[i].rect;

          painted_assert_inside (key, &layout->rect);
          painted_assert_inside (label, &layout->rect);
          g_assert_cmpfloat (gsc_rect_right (key), <, label->x);
          g_assert_cmpint (gsc_legend_pick (layout, key->x + 1, key->y + 1), ==, (int) i);
          g_assert_cmpint (gsc_legend_pick (layout, gsc_rect_right (label) - 1, label->y + 1), ==,
                           (int) i);
          for (guint j = 0; j < i; j++)
            g_assert_false (gsc_label_is_near (&layout->labels[i], &layout->labels[j], 0));
        }
      g_assert_cmpint (gsc_legend_pick (layout, 2, 2), ==, -1);
    }
  /* wide enough for one row */
  g_assert_cmpfloat (previous_height, <, 1.5 * style.text_size);
}

static void
test_none (void)
{
  GscStyle style;
  const GscLegendInput input = { NULL, 0 };
  const GscRect area = { 0, 0, 100, 100 };
  g_autoptr (GscLegendLayout) layout = NULL;

  painted_init_style (&style);
  layout = gsc_legend_layout (&input, &style, &area);
  g_assert_cmpfloat (layout->rect.height, ==, 0);
  g_assert_cmpint (gsc_legend_pick (layout, 0, 0), ==, -1);
  g_assert_null (gsc_end_labels_new (&input, &style));
}

static void
test_paint (void)
{
  GscStyle style;
  GscLegendEntry entries[N_ENTRIES];
  const GscLegendInput input = { entries, N_ENTRIES };
  const GscRect area = { 0, 0, 150, 100 };
  g_autoptr (GscLegendLayout) layout = NULL;
  Painted painted;

  painted_init_style (&style);
  fill_entries (entries, &style);
  entries[6] = (GscLegendEntry){
    .text = "cell",
    .kind = GSC_LEGEND_CELL,
    .color = { 0.5, 0.75, 1 },
    .dotted = TRUE,
  };
  entries[5] = (GscLegendEntry){
    .text = "wrong",
    .kind = GSC_LEGEND_CELL,
    .color = { 0.5, 0.75, 1 },
    .verdict = GSC_VERDICT_WRONG,
  };
  layout = gsc_legend_layout (&input, &style, &area);
  painted_init (&painted, 150, 100, 4);
  gsc_legend_paint (painted.cr, layout, &input, &style);
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      const GscRect *key = &layout->keys[i];
      double middle_x = key->x + key->width / 2;
      double middle_y = key->y + key->height / 2;
      guint32 color = painted_pack (&style.palette->series[i].color);

      g_assert_cmpuint (painted_count_ink (&painted, &layout->labels[i].rect), >, 10);
      if (i == 0) /* filled marker */
        g_assert_cmphex (painted_get (&painted, middle_x, middle_y), ==, color);
      if (i == 1) /* outlined marker */
        g_assert_cmphex (painted_get (&painted, middle_x, middle_y), ==, 0xffffff);
      if (i < 4)
        g_assert_cmphex (painted_get (&painted, key->x + 1, middle_y), ==, color);
      if (i == 5) /* a cross of the foreground */
        g_assert_cmphex (painted_get (&painted, middle_x, middle_y), ==, 0x000000);
      if (i == 6)
        {
          g_assert_cmphex (painted_get (&painted, middle_x, middle_y), ==, 0x000000);
          g_assert_cmphex (painted_get (&painted, key->x + 1.5, key->y + 1.5), ==, 0x80bfff);
        }
    }
  painted_clear (&painted);
}

/* Apart, in order, within the limits; and what needs no move does not move. */
static void
test_spread (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (int round = 0; round < 500; round++)
    {
      guint n = (guint) g_rand_int_range (rand, 1, 9);
      double places[8], wanted[8];
      gboolean apart = TRUE;

      for (guint i = 0; i < n; i++)
        {
          wanted[i] = i == 0 ? g_rand_double_range (rand, 0, 20)
                             : wanted[i - 1] + g_rand_double_range (rand, 0, 20);
          apart = apart && (i == 0 || wanted[i] - wanted[i - 1] >= 10);
          places[i] = wanted[i];
        }
      gsc_end_labels_spread (places, n, 10, 0, 160);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpfloat (places[i], >=, 0);
          g_assert_cmpfloat (places[i], <=, 160);
          if (i > 0)
            g_assert_cmpfloat (places[i] - places[i - 1], >=, 10 - 1e-9);
          if (apart)
            g_assert_cmpfloat_with_epsilon (places[i], wanted[i], 1e-9);
        }
    }
}

/* The least sum of squares, found by trying everything on a grid. */
static void
test_spread_is_least (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);

  for (int round = 0; round < 40; round++)
    {
      double wanted[3], places[3], cost = 0, least = INFINITY;

      for (guint i = 0; i < 3; i++)
        wanted[i] = (i > 0 ? wanted[i - 1] : 0) + g_rand_int_range (rand, 0, 8);
      for (guint i = 0; i < 3; i++)
        places[i] = wanted[i];
      gsc_end_labels_spread (places, 3, 5, 0, 30);
      for (guint i = 0; i < 3; i++)
        cost += pow (places[i] - wanted[i], 2);
      for (double a = 0; a <= 20; a += 0.5)
        for (double b = a + 5; b <= 25; b += 0.5)
          for (double c = b + 5; c <= 30; c += 0.5)
            least = MIN (least,
                         pow (a - wanted[0], 2) + pow (b - wanted[1], 2) + pow (c - wanted[2], 2));
      g_assert_cmpfloat (cost, <=, least + 1e-9);
    }
}

static void
test_end_labels (void)
{
  GscStyle style;
  GscLegendEntry entries[N_ENTRIES];
  const GscLegendInput input = { entries, N_ENTRIES };
  const GscRect plot = { 10, 20, 100, 150 };
  g_autoptr (GscEndLabels) labels = NULL;
  GscPoint ends[N_ENTRIES];
  GscRect column;

  painted_init_style (&style);
  fill_entries (entries, &style);
  /* all but the last at nearly the same height, in reverse order */
  for (guint i = 0; i < N_ENTRIES; i++)
    ends[i] = (GscPoint){ 110, i < N_ENTRIES - 1 ? 100 - 0.1 * i : 160 };
  labels = gsc_end_labels_new (&input, &style);
  gsc_end_labels_place (labels, &style, &plot, ends);
  column = (GscRect){ 110, plot.y, labels->width, plot.height };
  for (guint i = 0; i < N_ENTRIES; i++)
    {
      painted_assert_inside (&labels->keys[i], &column);
      painted_assert_inside (&labels->labels[i].rect, &column);
      if (i > 0 && i < N_ENTRIES - 1)
        g_assert_cmpfloat (labels->keys[i].y, <, labels->keys[i - 1].y);
      for (guint j = 0; j < i; j++)
        g_assert_false (gsc_label_is_near (&labels->labels[i], &labels->labels[j], -0.01));
    }
  g_assert_cmpfloat_with_epsilon (labels->keys[6].y + labels->keys[6].height / 2, 160, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/legend/rows", test_rows);
  g_test_add_func ("/legend/none", test_none);
  g_test_add_func ("/legend/paint", test_paint);
  g_test_add_func ("/end-labels/spread", test_spread);
  g_test_add_func ("/end-labels/spread-is-least", test_spread_is_least);
  g_test_add_func ("/end-labels/place", test_end_labels);
  return g_test_run ();
}
