/* test-scatter.c - points in a plane, and the scales of colour and place that they need
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-scatter.h"

#include <math.h>
#include <string.h>

#include "gsc-color-bar.h"
#include "painted.h"

#define MAX_POINTS 2000
#define N_GROUPS 29

static double xs[MAX_POINTS];
static double ys[MAX_POINTS];
static guint groups_of[MAX_POINTS];
static GscScatterGroup groups[N_GROUPS];
static char texts[N_GROUPS][8];

/* @n points in a cloud of @width x @height. */
static GscScatterInput
make_input (guint n, double width, double height)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (n);

  for (guint i = 0; i < n; i++)
    {
      xs[i] = g_rand_double_range (random, -width / 2, width / 2);
      ys[i] = g_rand_double_range (random, -height / 2, height / 2);
      groups_of[i] = i % N_GROUPS;
    }
  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_snprintf (texts[i], sizeof texts[i], "%u", i);
      groups[i] = (GscScatterGroup){ texts[i], gsc_palette_cyclic (i / (double) N_GROUPS),
                                     GSC_MARKER_CIRCLE };
    }
  return (GscScatterInput){
    .heading = "layer 2, head 1",
    .x_title = "PC 1 (38 %)",
    .y_title = "PC 2 (21 %)",
    .equal_aspect = TRUE,
    .n = n,
    .x = xs,
    .y = ys,
    .group = groups_of,
    .groups = groups,
    .n_groups = N_GROUPS,
  };
}

/* No label on another, on a marker, on an axis's text or outside the plot. */
static void
assert_labels_apart (const GscScatterLayout *layout)
{
  double half = layout->marker_size / 2;

  for (guint i = 0; i < layout->n_labels; i++)
    {
      const GscLabel *label = &layout->labels[i];

      painted_assert_inside (&label->rect, &layout->plot);
      g_assert_cmpstr (label->text, ==, texts[groups_of[layout->labelled[i]]]);
      for (guint j = 0; j < i; j++)
        {
          g_assert_false (gsc_label_is_near (label, &layout->labels[j], 0));
          g_assert_cmpuint (layout->labelled[i], !=, layout->labelled[j]);
          g_assert_cmpuint (groups_of[layout->labelled[i]], >=, groups_of[layout->labelled[j]]);
        }
      for (guint j = 0; j < layout->n; j++)
        {
          GscLabel marker = { .text = (char *) "marker" };

          if (isnan (layout->points[j].x))
            continue;
          marker.rect = (GscRect){ layout->points[j].x - half, layout->points[j].y - half, 2 * half,
                                   2 * half };
          g_assert_false (gsc_label_is_near (label, &marker, 0));
        }
    }
}

static void
assert_axes_inside (const GscScatterLayout *layout)
{
  const GscAxis *axes[] = { &layout->x, &layout->y };

  painted_assert_inside (&layout->plot, &layout->area);
  painted_assert_inside (&layout->heading.rect, &layout->area);
  for (guint i = 0; i < 2; i++)
    {
      painted_assert_inside (&axes[i]->title.rect, &layout->area);
      for (guint j = 0; j < axes[i]->ticks->len; j++)
        {
          painted_assert_inside (&axes[i]->labels[j].rect, &layout->area);
          g_assert_false (gsc_label_is_near (&axes[i]->labels[j], &layout->heading, 0));
        }
    }
}

static void
test_layout (void)
{
  static const guint counts[] = { 0, 1, 2, 11, 121, 841 };
  static const double shapes[][2] = { { 1, 1 }, { 1e-3, 2e-3 }, { 5e4, 10 }, { 0, 3 } };
  GscStyle style;

  painted_init_style (&style);
  for (guint i = 0; i < G_N_ELEMENTS (counts) * G_N_ELEMENTS (shapes); i++)
    for (double width = 120; width < 700; width += 190)
      for (double height = 100; height < 500; height += 130)
        {
          const GscRect area = { 3, 4, width, height };
          GscScatterInput input
              = make_input (counts[i / G_N_ELEMENTS (shapes)], shapes[i % G_N_ELEMENTS (shapes)][0],
                            shapes[i % G_N_ELEMENTS (shapes)][1]);
          g_autoptr (GscScatterLayout) layout = gsc_scatter_layout (&input, &style, &area);
          double per_x = layout->plot.width / (layout->x.max - layout->x.min);
          double per_y = layout->plot.height / (layout->y.max - layout->y.min);

          assert_axes_inside (layout);
          assert_labels_apart (layout);
          g_assert_cmpfloat_with_epsilon (per_x / per_y, 1, 1e-6);
          for (guint j = 0; j < input.n; j++)
            {
              g_assert_true (
                  gsc_rect_contains (&layout->plot, layout->points[j].x, layout->points[j].y));
              g_assert_cmpfloat_with_epsilon (layout->points[j].x - layout->points[0].x,
                                              (xs[j] - xs[0]) * per_x, 0.01);
              g_assert_cmpfloat_with_epsilon (layout->points[j].y - layout->points[0].y,
                                              -(ys[j] - ys[0]) * per_y, 0.01);
            }
        }
}

/* Without equal aspect the points fill both axes. */
static void
test_free_aspect (void)
{
  const GscRect area = { 0, 0, 300, 200 };
  GscScatterInput input = make_input (200, 1, 1000);
  g_autoptr (GscScatterLayout) layout = NULL;
  double left = 1e9, right = -1e9;
  GscStyle style;

  painted_init_style (&style);
  input.equal_aspect = FALSE;
  layout = gsc_scatter_layout (&input, &style, &area);
  for (guint i = 0; i < input.n; i++)
    {
      left = MIN (left, layout->points[i].x);
      right = MAX (right, layout->points[i].x);
    }
  g_assert_cmpfloat (right - left, >, 0.8 * layout->plot.width);
}

/* Every group has a label if any of its points has room; no label where there is none. */
static void
test_labels (void)
{
  const GscRect area = { 0, 0, 400, 300 };
  const GscRect tiny = { 0, 0, 120, 100 };
  GscScatterInput input = make_input (N_GROUPS, 1, 1);
  g_autoptr (GscScatterLayout) few = NULL;
  g_autoptr (GscScatterLayout) many = NULL;
  g_autoptr (GscScatterLayout) none = NULL;
  GscStyle style;

  painted_init_style (&style);
  /* on a circle, far apart */
  for (guint i = 0; i < N_GROUPS; i++)
    {
      xs[i] = cos (2 * G_PI * i / N_GROUPS);
      ys[i] = sin (2 * G_PI * i / N_GROUPS);
    }
  few = gsc_scatter_layout (&input, &style, &area);
  g_assert_cmpuint (few->n_labels, ==, N_GROUPS);

  input = make_input (MAX_POINTS, 1, 1);
  many = gsc_scatter_layout (&input, &style, &tiny);
  g_assert_cmpuint (many->n_labels, <, N_GROUPS);
  assert_labels_apart (many);

  for (guint i = 0; i < N_GROUPS; i++)
    groups[i].label = NULL;
  none = gsc_scatter_layout (&input, &style, &area);
  g_assert_cmpuint (none->n_labels, ==, 0);
}

static void
test_pick (void)
{
  const GscRect area = { 5, 6, 400, 300 };
  GscScatterInput input = make_input (121, 2, 1);
  g_autoptr (GscScatterLayout) layout = NULL;
  GscStyle style;

  painted_init_style (&style);
  layout = gsc_scatter_layout (&input, &style, &area);
  for (guint i = 0; i < input.n; i++)
    {
      double x = layout->points[i].x + 0.01, y = layout->points[i].y;

      g_assert_cmpint (gsc_scatter_pick (layout, x, y), ==, (int) i);
    }
  g_assert_cmpint (gsc_scatter_pick (layout, 5, 6), ==, -1);
}

/* Numbers that are none, or all the same. */
static void
test_degenerate (void)
{
  const GscRect areas[] = { { 0, 0, 200, 150 }, { 0, 0, 1, 1 }, { 0, 0, 300, 5 } };
  static const double odd[] = { NAN, INFINITY, -INFINITY, 1e200, 0, 1e-310, 1e149, 7 };
  GscStyle style;
  Painted painted;

  painted_init_style (&style);
  painted_init (&painted, 300, 150, 1);
  for (guint i = 0; i < G_N_ELEMENTS (areas) * G_N_ELEMENTS (odd); i++)
    for (guint k = 0; k < 3; k++)
      {
        GscScatterInput input = make_input (40, 1, 1);
        double value = odd[i % G_N_ELEMENTS (odd)];
        g_autoptr (GscScatterLayout) layout = NULL;

        /* one of them, those of one axis, all */
        for (guint j = 0; j < (k == 0 ? 1 : input.n); j++)
          {
            xs[j] = value;
            ys[j] = k == 2 ? value : ys[j];
          }
        layout = gsc_scatter_layout (&input, &style, &areas[i / G_N_ELEMENTS (odd)]);
        gsc_scatter_paint (painted.cr, layout, &input, &style);
        for (guint j = 0; j < input.n; j++)
          {
            gboolean there = fabs (xs[j]) < 1e150 && fabs (ys[j]) < 1e150;

            g_assert_true (there == isfinite (layout->points[j].x));
            g_assert_true (there == isfinite (layout->points[j].y));
          }
        g_assert_true (layout->x.min < layout->x.max && layout->y.min < layout->y.max);
        assert_labels_apart (layout);
      }
  painted_clear (&painted);
}

/* But for errors of rounding. */
static void
assert_color (guint32 found, const GscColor *color, int tolerance)
{
  for (guint shift = 0; shift < 24; shift += 8)
    g_assert_cmpint (
        ABS ((int) (found >> shift & 0xff) - (int) (painted_pack (color) >> shift & 0xff)), <=,
        tolerance);
}

/* A marker has its group's colour, with a border where that would not be seen; a label has ink. */
static void
test_paint (void)
{
  const GscRect area = { 0, 0, 300, 200 };
  GscScatterInput input = make_input (N_GROUPS, 1, 1);
  g_autoptr (GscScatterLayout) layout = NULL;
  GscStyle style;
  Painted painted;

  painted_init_style (&style);
  for (guint i = 0; i < N_GROUPS; i++)
    {
      xs[i] = i % 6;
      ys[i] = (int) (i / 6);
    }
  groups[3].color = (GscColor){ 1, 1, 1 };
  layout = gsc_scatter_layout (&input, &style, &area);
  painted_init (&painted, 300, 200, 4);
  gsc_scatter_paint (painted.cr, layout, &input, &style);
  for (guint i = 0; i < N_GROUPS; i++)
    assert_color (painted_get (&painted, layout->points[i].x, layout->points[i].y),
                  &groups[i].color, 1);
  g_assert_cmphex (
      painted_get (&painted, layout->points[3].x + layout->marker_size / 2, layout->points[3].y),
      !=, 0xffffff);
  g_assert_cmpuint (layout->n_labels, >, 0);
  for (guint i = 0; i < layout->n_labels; i++)
    g_assert_cmpuint (painted_count_ink (&painted, &layout->labels[i].rect), >, 20);
  painted_clear (&painted);
}

/* The circle of colours closes, has no jump, and neighbours of an 11th part are told apart. */
static void
test_cyclic (void)
{
  GscColor previous = gsc_palette_cyclic (0);
  GscColor end = gsc_palette_cyclic (1);
  GscColor before = gsc_palette_cyclic (-0.25);
  GscColor after = gsc_palette_cyclic (0.75);

  g_assert_cmphex (painted_pack (&previous), ==, painted_pack (&end));
  g_assert_cmphex (painted_pack (&before), ==, painted_pack (&after));
  for (guint i = 1; i <= 1000; i++)
    {
      GscColor color = gsc_palette_cyclic (i / 1000.0);
      GscColor next = gsc_palette_cyclic (i / 1000.0 + 1 / 11.0);

      g_assert_cmpfloat (fabs (color.red - previous.red), <, 0.01);
      g_assert_cmpfloat (fabs (color.green - previous.green), <, 0.01);
      g_assert_cmpfloat (fabs (color.blue - previous.blue), <, 0.01);
      g_assert_cmpfloat (
          hypot (hypot (color.red - next.red, color.green - next.green), color.blue - next.blue), >,
          0.1);
      previous = color;
    }
  end = gsc_palette_cyclic (NAN);
  previous = gsc_palette_cyclic (0);
  g_assert_cmphex (painted_pack (&end), ==, painted_pack (&previous));
}

/* Colour and place agree: on every bar a value's colour stands where its tick would. */
static void
test_scales (void)
{
  static const GscColorScale scales[] = {
    { GSC_COLOR_SCALE_SEQUENTIAL, 0, 1 },      { GSC_COLOR_SCALE_SQUARE_ROOT, 0, 1 },
    { GSC_COLOR_SCALE_LOGARITHMIC, 0.001, 1 }, { GSC_COLOR_SCALE_CYCLIC, 0, 11 },
    { GSC_COLOR_SCALE_SQUARE_ROOT, 4, 9 },     { GSC_COLOR_SCALE_LOGARITHMIC, 0, 5 },
  };
  const GscRect area = { 20, 10, 10, 100 };
  GscStyle style;

  painted_init_style (&style);
  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      const GscColorBarInput input = { .scale = scales[i], .title = "weight" };
      g_autoptr (GscColorBarLayout) layout = gsc_color_bar_layout (&input, &style, &area);
      Painted painted;
      double min, max, value;

      gsc_color_scale_get_limits (&scales[i], &min, &max);
      g_assert_cmpfloat (gsc_color_scale_get_share (&scales[i], min), ==, 0);
      g_assert_cmpfloat_with_epsilon (gsc_color_scale_get_share (&scales[i], max), 1, 1e-12);
      painted_init (&painted, 100, 120, 4);
      gsc_color_bar_paint (painted.cr, layout, &input, &style);
      for (double share = 0.05; share < 1; share += 0.1)
        {
          double y = 110 - 100 * share;
          GscColor color;

          g_assert_true (gsc_color_bar_pick (layout, layout->bar.x + 1, y, &value));
          g_assert_cmpfloat_with_epsilon (gsc_axis_map (&layout->axis, value), y, 1e-6);
          g_assert_cmpfloat_with_epsilon (gsc_color_scale_get_share (&scales[i], value), share,
                                          1e-6);
          color = gsc_color_scale_get (&scales[i], value);
          assert_color (painted_get (&painted, layout->bar.x + 5, y), &color, 5);
        }
      painted_clear (&painted);
    }
}

/* Ticks of square roots: round numbers in order, from 0 where that is the beginning. */
static void
test_square_root_ticks (void)
{
  static const double ends[][2] = { { 0, 1 }, { 0, 0.37 }, { 0, 5e6 }, { 0, 1e-9 }, { 4, 9 } };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    for (guint n = 1; n < 9; n++)
      {
        g_autoptr (GArray) ticks = gsc_ticks_square_root (ends[i][0], ends[i][1], n);

        g_assert_cmpuint (ticks->len, <=, n);
        g_assert_cmpuint (ticks->len, >, 0);
        for (guint j = 0; j < ticks->len; j++)
          {
            const GscTick *tick = &g_array_index (ticks, GscTick, j);

            g_assert_true (tick->value >= ends[i][0] && tick->value <= ends[i][1]);
            g_assert_cmpuint (strlen (tick->label), >, 0);
            g_assert_true (j == 0 || tick->value > (tick - 1)->value);
          }
        if (i == 0 && n == 5)
          {
            static const char *const expected[] = { "0", "0.1", "0.2", "0.5", "1" };

            for (guint j = 0; j < 5; j++)
              g_assert_cmpstr (g_array_index (ticks, GscTick, j).label, ==, expected[j]);
          }
      }
}

/* The box is around its part of the plane, within the plot, painted, and no label is on its
 * lines. */
static void
test_box (void)
{
  const GscRect area = { 0, 0, 300, 240 };
  const GscScatterBox boxes[] = {
    { -0.3, 0.1, -0.2, 0.25 },
    { -9, 9, -9, 9 },
    { 5, 6, 0, 1 },
    { NAN, 1, 0, 1 },
  };
  GscStyle style;

  painted_init_style (&style);
  for (guint b = 0; b < G_N_ELEMENTS (boxes); b++)
    {
      GscScatterInput input = make_input (60, 1, 1);
      g_autoptr (GscScatterLayout) layout = NULL;
      Painted painted;

      input.box = &boxes[b];
      layout = gsc_scatter_layout (&input, &style, &area);
      if (b >= 2)
        {
          g_assert_cmpfloat (layout->box.width, ==, 0);
          continue;
        }
      painted_assert_inside (&layout->box, &layout->plot);
      for (guint i = 0; i < input.n; i++)
        if (xs[i] > boxes[b].min_x && xs[i] < boxes[b].max_x && ys[i] > boxes[b].min_y
            && ys[i] < boxes[b].max_y)
          g_assert_true (
              gsc_rect_contains (&layout->box, layout->points[i].x, layout->points[i].y));
      for (guint i = 0; i < layout->n_labels; i++)
        {
          const GscRect *text = &layout->labels[i].rect;
          gboolean left = gsc_rect_contains (&layout->box, text->x, text->y);

          g_assert_cmpint (
              left, ==,
              gsc_rect_contains (&layout->box, gsc_rect_right (text), gsc_rect_bottom (text)));
        }
      painted_init (&painted, area.width, area.height, 4);
      gsc_scatter_paint (painted.cr, layout, &input, &style);
      g_assert_cmphex (painted_get (&painted, layout->box.x, layout->box.y + 5), ==,
                       painted_pack (&style.palette->foreground));
      painted_clear (&painted);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scatter/layout", test_layout);
  g_test_add_func ("/scatter/free-aspect", test_free_aspect);
  g_test_add_func ("/scatter/labels", test_labels);
  g_test_add_func ("/scatter/pick", test_pick);
  g_test_add_func ("/scatter/degenerate", test_degenerate);
  g_test_add_func ("/scatter/box", test_box);
  g_test_add_func ("/scatter/paint", test_paint);
  g_test_add_func ("/scatter/cyclic", test_cyclic);
  g_test_add_func ("/scatter/scales", test_scales);
  g_test_add_func ("/scatter/square-root-ticks", test_square_root_ticks);
  return g_test_run ();
}
