/* test-line-plot.c - lines over two axes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-line-plot.h"

#include <math.h>

#include "painted.h"

static const double steps[] = { 0, 1, 2, 3, 4 };
static const double rising[] = { 0, 0.25, 0.5, 0.75, 1 };
static const double level[] = { 0.5, 0.5, NAN, 0.5, 0.5 };
static const double low[] = { 0.3, 0.3, NAN, 0.3, 0.3 };
static const double high[] = { 0.7, 0.7, NAN, 0.7, 0.7 };

static const GscRect page = { 0, 0, 300, 160 };

/* A line without a marker hides nothing that is probed. */
static GscSeriesLook look = { { 1, 0, 0 }, GSC_MARKER_NONE, FALSE, GSC_DASH_SOLID };
static GscSeriesLook other_look = { { 0, 0, 1 }, GSC_MARKER_NONE, FALSE, GSC_DASH_SOLID };

static GscLinePlotInput
make_input (const GscLineSeries *series, guint n)
{
  return (GscLinePlotInput){
    .heading = "training inputs",
    .x = { .min = 0, .max = 4, .title = "step" },
    .y = { .min = 0, .max = 1, .title = "accuracy" },
    .series = series,
    .n_series = n,
    .cursor = NAN,
    .legend = TRUE,
  };
}

static void
test_layout (void)
{
  const GscLineSeries series[] = { { "one", &look, 5, steps, rising, NULL, NULL },
                                   { "another", &other_look, 5, steps, level, NULL, NULL } };
  GscLinePlotInput input = make_input (series, 2);
  GscStyle style;

  painted_init_style (&style);
  for (double width = 30; width < 600; width += 30)
    for (double height = 30; height < 400; height += 30)
      {
        const GscRect area = { 5, 6, width, height };
        g_autoptr (GscLinePlotLayout) layout = gsc_line_plot_layout (&input, &style, &area);

        g_assert_cmpfloat (layout->plot.width, >=, 1);
        g_assert_cmpfloat (layout->plot.height, >=, 1);
        g_assert_true (layout->end_labels == NULL || layout->legend == NULL);
        if (width < 90 || height < 90)
          continue;
        painted_assert_inside (&layout->plot, &area);
        painted_assert_inside (&layout->heading.rect, &area);
        painted_assert_inside (&layout->x.title.rect, &area);
        painted_assert_inside (&layout->y.title.rect, &area);
        g_assert_cmpfloat (layout->points[0][0].x, ==, layout->plot.x);
        g_assert_cmpfloat_with_epsilon (layout->points[0][4].y, layout->plot.y, 1e-9);
        g_assert_true (isnan (layout->points[1][2].x));
        if (layout->end_labels != NULL)
          for (guint i = 0; i < 2; i++)
            painted_assert_inside (&layout->end_labels->labels[i].rect, &area);
        if (layout->legend != NULL)
          painted_assert_inside (&layout->legend->rect, &area);
        g_assert_true (layout->end_labels != NULL || layout->legend != NULL);
        if (width >= 300)
          g_assert_nonnull (layout->end_labels);
      }
}

/* The last label of an axis reaches beyond its end; there is room for that on the page. */
static void
test_overhang (void)
{
  const GscLineSeries series[] = { { NULL, &look, 5, steps, rising, NULL, NULL } };
  GscLinePlotInput input = make_input (series, 1);
  GscStyle style;

  painted_init_style (&style);
  for (double max = 1; max < 1e6; max *= 10)
    for (double width = 90; width < 500; width += 23)
      {
        const GscRect area = { 0, 0, width, 120 };
        g_autoptr (GscLinePlotLayout) layout = NULL;

        input.x.max = max;
        layout = gsc_line_plot_layout (&input, &style, &area);
        for (guint i = 0; i < layout->x.ticks->len; i++)
          painted_assert_inside (&layout->x.labels[i].rect, &area);
        for (guint i = 0; i < layout->y.ticks->len; i++)
          painted_assert_inside (&layout->y.labels[i].rect, &area);
      }
}

static void
test_paint (void)
{
  g_autofree char *too_wide = g_strnfill (500, 'x');
  const GscLineSeries series[] = { { NULL, &look, 5, steps, level, low, high } };
  const GscLineMark marks[] = {
    { .x = 1.5, .label = "best", .look = &look, .y = 0.7, .end_x = 4, .end_y = 0.3 },
    { .x = 1.6, .label = too_wide, .brief = "beside" },
    { .x = 1.7, .label = too_wide },
    { .x = 9, .label = "outside" },
  };
  GscLinePlotInput input = make_input (series, 1);
  g_autoptr (GscLinePlotLayout) layout = NULL;
  GscStyle style;
  Painted painted;
  double y;

  painted_init_style (&style);
  input.marks = marks;
  input.n_marks = G_N_ELEMENTS (marks);
  input.cursor = 3.5;
  layout = gsc_line_plot_layout (&input, &style, &page);
  g_assert_null (layout->end_labels);
  painted_init (&painted, page.width, page.height, 4);
  gsc_line_plot_paint (painted.cr, layout, &input, &style);

  y = gsc_axis_map (&layout->y, 0.5);
  /* line, gap, line; cursor over it */
  g_assert_cmphex (painted_get (&painted, gsc_axis_map (&layout->x, 0.5), y), ==, 0xff0000);
  g_assert_cmphex (painted_get (&painted, gsc_axis_map (&layout->x, 2), y), ==, 0xffffff);
  g_assert_cmphex (painted_get (&painted, gsc_axis_map (&layout->x, 3.3), y), ==, 0xff0000);
  g_assert_cmphex (painted_get (&painted, gsc_axis_map (&layout->x, 3.5), y), ==, 0x000000);
  /* the band is a fifth of the line's colour, between its borders */
  y = gsc_axis_map (&layout->y, 0.65);
  g_assert_cmphex (painted_get (&painted, gsc_axis_map (&layout->x, 0.5), y), ==, 0xffcccc);
  g_assert_cmphex (painted_get (&painted, gsc_axis_map (&layout->x, 2), y), ==, 0xffffff);
  y = gsc_axis_map (&layout->y, 0.75);
  g_assert_cmphex (painted_get (&painted, gsc_axis_map (&layout->x, 0.5), y), ==, 0xffffff);

  g_assert_cmpuint (painted_count_ink (&painted, &layout->mark_labels[0].rect), >, 10);
  /* The brief text stands beside the first one; there is no room for the third. */
  g_assert_cmpstr (layout->mark_labels[1].text, ==, "beside");
  g_assert_false (gsc_label_is_near (&layout->mark_labels[0], &layout->mark_labels[1], style.gap));
  g_assert_null (layout->mark_labels[2].text);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (layout->mark_x[i], gsc_axis_map (&layout->x, marks[i].x), 1e-9);
  g_assert_true (isnan (layout->mark_x[3]));
  /* A ring around its point, from where the line's way to its end is drawn. */
  g_assert_true (isnan (layout->mark_rings[1].x));
  g_assert_cmphex (
      painted_get (&painted, layout->mark_rings[0].x + style.marker_size, layout->mark_rings[0].y),
      ==, 0x000000);
  g_assert_cmphex (painted_get (&painted, layout->mark_rings[0].x, layout->mark_rings[0].y), !=,
                   0x000000);
  painted_clear (&painted);
}

/* Nothing outside the axes, however far the values go. */
static void
test_clip (void)
{
  static const double wild[] = { -5, 7, 1e300, -1e300, 0.5 };
  const GscLineSeries series[] = { { NULL, &look, 5, steps, wild, NULL, NULL } };
  GscLinePlotInput input = make_input (series, 1);
  g_autoptr (GscLinePlotLayout) layout = NULL;
  GscStyle style;
  Painted painted;
  GscRect above;

  painted_init_style (&style);
  input.heading = NULL;
  layout = gsc_line_plot_layout (&input, &style, &page);
  painted_init (&painted, page.width, page.height, 2);
  gsc_line_plot_paint (painted.cr, layout, &input, &style);
  above = (GscRect){ layout->plot.x, 0, layout->plot.width, layout->plot.y - 2 };
  g_assert_cmpuint (painted_count_ink (&painted, &above), ==, 0);
  g_assert_cmpuint (painted_count_ink (&painted, &layout->plot), >, 100);
  painted_clear (&painted);
}

static void
test_pick (void)
{
  const GscLineSeries series[] = { { "one", &look, 5, steps, rising, NULL, NULL },
                                   { "another", &other_look, 5, steps, level, NULL, NULL } };
  GscLinePlotInput input = make_input (series, 2);
  g_autoptr (GscLinePlotLayout) layout = NULL;
  GscLinePlotPick pick;
  GscStyle style;

  painted_init_style (&style);
  layout = gsc_line_plot_layout (&input, &style, &page);
  g_assert_false (gsc_line_plot_pick (layout, 1, 1, &pick));
  g_assert_true (
      gsc_line_plot_pick (layout, layout->points[0][3].x + 2, layout->points[0][3].y + 1, &pick));
  g_assert_cmpint (pick.series, ==, 0);
  g_assert_cmpuint (pick.point, ==, 3);
  g_assert_cmpfloat_with_epsilon (pick.x, 3, 0.1);
  g_assert_cmpfloat_with_epsilon (pick.y, 0.75, 0.05);
  g_assert_true (
      gsc_line_plot_pick (layout, layout->points[1][4].x, layout->points[1][4].y, &pick));
  g_assert_cmpint (pick.series, ==, 1);
  g_assert_true (gsc_line_plot_pick (layout, layout->plot.x + 1, layout->plot.y + 1, &pick));
  g_assert_cmpint (pick.series, ==, -1);
}

/* What cannot be drawn leaves empty axes. */
static void
test_degenerate (void)
{
  static const double one[] = { 3 };
  static const double none[] = { NAN };
  static const double endless[] = { INFINITY };
  const GscLineSeries series[] = {
    { "empty", &look, 0, NULL, NULL, NULL, NULL },
    { "one", &look, 1, one, one, NULL, NULL },
    { "none", &look, 1, one, none, none, none },
    { "endless", &look, 1, endless, endless, one, endless },
  };
  static const GscAxisInput axes[] = {
    { .min = 0, .max = 0 },
    { .min = NAN, .max = INFINITY },
    { .min = -1, .max = 0, .logarithmic = TRUE },
    { .min = 3, .max = 3, .logarithmic = TRUE, .whole = TRUE },
  };
  GscStyle style;
  Painted painted;

  painted_init_style (&style);
  painted_init (&painted, 100, 100, 1);
  for (guint n = 0; n <= G_N_ELEMENTS (series); n++)
    for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
      for (double size = 0; size <= 100; size += 50)
        {
          const GscRect area = { 0, 0, size, size };
          GscLinePlotInput input = make_input (series, n);
          g_autoptr (GscLinePlotLayout) layout = NULL;

          input.x = axes[i];
          input.y = axes[(i + n) % G_N_ELEMENTS (axes)];
          layout = gsc_line_plot_layout (&input, &style, &area);
          gsc_line_plot_paint (painted.cr, layout, &input, &style);
          g_assert_cmpint (cairo_status (painted.cr), ==, CAIRO_STATUS_SUCCESS);
        }
  painted_clear (&painted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-plot/layout", test_layout);
  g_test_add_func ("/line-plot/overhang", test_overhang);
  g_test_add_func ("/line-plot/paint", test_paint);
  g_test_add_func ("/line-plot/clip", test_clip);
  g_test_add_func ("/line-plot/pick", test_pick);
  g_test_add_func ("/line-plot/degenerate", test_degenerate);
  return g_test_run ();
}
