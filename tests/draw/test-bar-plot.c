/* test-bar-plot.c - bars stand where their numbers are and are as high as their values
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-bar-plot.h"

#include <math.h>

#include "painted.h"

static const double values[] = { 0.5, 0.25, 0.0, NAN, 1.0, -3.0, INFINITY, 0.125 };
static const double levels[] = { 0.25, 0.25, 0.25, 0.25, 0.125, NAN, 0.125, 0.5 };

static GscBarPlotInput
make_input (guint n)
{
  return (GscBarPlotInput){
    .heading = "additive characters",
    .x_title = "frequency",
    .y_title = "share of the variance",
    .first = 1,
    .n = n,
    .values = values,
    .levels = levels,
    .color = { 0.0, 0.4, 0.7 },
  };
}

/* Lengths are in proportion to values, bars in their order and apart. */
static void
test_bars (void)
{
  const GscBarPlotInput input = make_input (G_N_ELEMENTS (values));
  const GscRect area = { 5, 7, 240, 160 };
  g_autoptr (GscBarPlotLayout) layout = NULL;
  GscStyle style;
  double unit;

  painted_init_style (&style);
  layout = gsc_bar_plot_layout (&input, &style, &area);
  unit = layout->bars[4].height;
  g_assert_cmpfloat (unit, >, 0.8 * layout->plot.height);
  g_assert_cmpfloat (unit, <, layout->plot.height);
  for (guint i = 0; i < input.n; i++)
    {
      const GscRect *bar = &layout->bars[i];
      double value = isfinite (values[i]) ? MAX (values[i], 0) : 0;

      g_assert_cmpfloat_with_epsilon (bar->height, value * unit, 1e-9);
      g_assert_cmpfloat_with_epsilon (gsc_rect_bottom (bar), gsc_rect_bottom (&layout->plot), 1e-9);
      g_assert_cmpfloat_with_epsilon (
          bar->x + bar->width / 2, layout->plot.x + (i + 0.5) * layout->plot.width / input.n, 1e-9);
      if (isnan (levels[i]))
        g_assert_true (isnan (layout->levels[i]));
      else
        g_assert_cmpfloat_with_epsilon (gsc_rect_bottom (&layout->plot) - layout->levels[i],
                                        levels[i] * unit, 1e-9);
      if (i > 0)
        g_assert_cmpfloat (gsc_rect_right (bar - 1), <, bar->x);
    }
}

/* Everything inside the area, texts apart, for all sizes and numbers of bars; degenerate ones,
 * too. */
static void
test_layout (void)
{
  GscStyle style;

  painted_init_style (&style);
  for (guint n = 0; n <= G_N_ELEMENTS (values); n++)
    for (double width = 100; width < 500; width += 130)
      for (double height = 90; height < 400; height += 100)
        {
          const GscBarPlotInput input = make_input (n);
          const GscRect area = { 3, 4, width, height };
          g_autoptr (GscBarPlotLayout) layout = gsc_bar_plot_layout (&input, &style, &area);
          const GscAxis *axes[] = { &layout->x, &layout->y };

          painted_assert_inside (&layout->plot, &area);
          painted_assert_inside (&layout->heading.rect, &area);
          for (guint i = 0; i < 2; i++)
            {
              painted_assert_inside (&axes[i]->title.rect, &area);
              for (guint j = 0; j < axes[i]->ticks->len; j++)
                {
                  painted_assert_inside (&axes[i]->labels[j].rect, &area);
                  g_assert_false (gsc_label_is_near (&axes[i]->labels[j], &layout->heading, 0));
                }
            }
          for (guint i = 0; i < n; i++)
            painted_assert_inside (&layout->bars[i], &layout->plot);
        }
  for (double size = 0; size < 20; size += 5)
    {
      const GscBarPlotInput input = make_input (3);
      const GscRect area = { 0, 0, size, 20 - size };
      g_autoptr (GscBarPlotLayout) layout = gsc_bar_plot_layout (&input, &style, &area);

      g_assert_cmpint (gsc_bar_plot_pick (layout, -5, -5), ==, -1);
    }
}

/* Two plots with the same end can be compared; a bar is never cut. */
static void
test_max (void)
{
  const GscRect area = { 0, 0, 200, 150 };
  GscBarPlotInput input = make_input (2);
  GscStyle style;

  painted_init_style (&style);
  for (input.max = 0.1; input.max < 4; input.max += 0.3)
    {
      g_autoptr (GscBarPlotLayout) layout = gsc_bar_plot_layout (&input, &style, &area);

      g_assert_cmpfloat (layout->y.max, >=, input.max);
      g_assert_cmpfloat (layout->y.max, >, 0.5);
      g_assert_cmpfloat (layout->y.max, <=, MAX (input.max, 0.6));
      g_assert_cmpfloat (layout->y.min, ==, 0);
    }
}

/* Every place inside the axes is some bar's. */
static void
test_pick (void)
{
  const GscBarPlotInput input = make_input (G_N_ELEMENTS (values));
  const GscRect area = { 0, 0, 240, 160 };
  g_autoptr (GscBarPlotLayout) layout = NULL;
  GscStyle style;

  painted_init_style (&style);
  layout = gsc_bar_plot_layout (&input, &style, &area);
  for (guint i = 0; i < input.n; i++)
    {
      double x = layout->bars[i].x + layout->bars[i].width / 2;

      g_assert_cmpint (gsc_bar_plot_pick (layout, x, layout->plot.y + 1), ==, i);
      g_assert_cmpint (gsc_bar_plot_pick (layout, x, gsc_rect_bottom (&layout->plot)), ==, i);
      g_assert_cmpint (gsc_bar_plot_pick (layout, x, layout->plot.y - 1), ==, -1);
    }
  g_assert_cmpint (gsc_bar_plot_pick (layout, gsc_rect_right (&layout->plot), 50), ==, input.n - 1);
  g_assert_cmpint (gsc_bar_plot_pick (layout, layout->plot.x - 1, 50), ==, -1);
  g_assert_cmpint (gsc_bar_plot_pick (layout, NAN, NAN), ==, -1);
}

/* The colour inside bars, the page's beside them, a line across. */
static void
test_paint (void)
{
  const GscBarPlotInput input = make_input (2);
  const GscRect area = { 0, 0, 120, 100 };
  g_autoptr (GscBarPlotLayout) layout = NULL;
  Painted painted;
  GscStyle style;

  painted_init_style (&style);
  painted_init (&painted, 120, 100, 4);
  layout = gsc_bar_plot_layout (&input, &style, &area);
  gsc_bar_plot_paint (painted.cr, layout, &input, &style);
  for (guint i = 0; i < 2; i++)
    {
      double middle = layout->bars[i].x + layout->bars[i].width / 2;

      g_assert_cmphex (painted_get (&painted, middle, gsc_rect_bottom (&layout->bars[i]) - 4), ==,
                       painted_pack (&input.color));
      g_assert_cmphex (painted_get (&painted, middle, layout->levels[i]), ==,
                       painted_pack (&style.palette->foreground));
    }
  g_assert_cmphex (painted_get (&painted, layout->bars[1].x - 1, layout->levels[1] + 8), !=,
                   painted_pack (&input.color));
  painted_clear (&painted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bar-plot/bars", test_bars);
  g_test_add_func ("/bar-plot/layout", test_layout);
  g_test_add_func ("/bar-plot/max", test_max);
  g_test_add_func ("/bar-plot/pick", test_pick);
  g_test_add_func ("/bar-plot/paint", test_paint);
  return g_test_run ();
}
