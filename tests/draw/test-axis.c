/* test-axis.c - axes and pieces of text: measures and places
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-axis.h"

#include <math.h>

#include "painted.h"

static void
test_label (void)
{
  GscStyle style, large;
  GscLabel label, twice, empty;

  painted_init_style (&style);
  gsc_style_init (&large, style.palette, 16);
  gsc_label_init (&label, &style, GSC_FONT_NORMAL, "accuracy");
  gsc_label_init (&twice, &large, GSC_FONT_NORMAL, "accuracy");
  /* The bundled font's line is 1.164 high; eight of its letters are 4 to 6 em wide. */
  g_assert_cmpfloat_with_epsilon (label.rect.height, 1.164 * 8, 0.05);
  g_assert_cmpfloat (label.rect.width, >, 4 * 8);
  g_assert_cmpfloat (label.rect.width, <, 6 * 8);
  g_assert_cmpfloat_with_epsilon (twice.rect.width, 2 * label.rect.width, 0.05);
  gsc_label_place (&label, 100, 50, 0.5, 1);
  g_assert_cmpfloat_with_epsilon (label.rect.x + label.rect.width / 2, 100, 1e-9);
  g_assert_cmpfloat_with_epsilon (gsc_rect_bottom (&label.rect), 50, 1e-9);

  gsc_label_init (&empty, &style, GSC_FONT_NORMAL, NULL);
  g_assert_cmpfloat (empty.rect.width + empty.rect.height, ==, 0);
  g_assert_false (gsc_label_is_near (&label, &empty, 1000));
  g_assert_true (gsc_label_is_near (&label, &label, 0));
  gsc_label_clear (&empty);
  gsc_label_clear (&label);
  gsc_label_clear (&twice);

  gsc_label_init (&label, &style, GSC_FONT_NORMAL, "not \xff UTF-8");
  g_assert_true (g_utf8_validate (label.text, -1, NULL));
  gsc_label_clear (&label);
}

/* Ink stays within the rectangle, which way the text may run, and however short it is cut. */
static void
test_label_ink (void)
{
  static const GscColor black = { 0, 0, 0 };
  const GscRect page = { 0, 0, 200, 200 };

  for (int vertical = 0; vertical < 2; vertical++)
    for (double length = 8; length < 140; length += 11)
      {
        GscStyle style;
        GscLabel label;
        Painted painted;
        GscRect around;
        guint inside;

        painted_init_style (&style);
        painted_init (&painted, page.width, page.height, 2);
        if (vertical)
          gsc_label_init_vertical (&label, &style, "training step of this long run");
        else
          gsc_label_init (&label, &style, GSC_FONT_NORMAL, "training step of this long run");
        gsc_label_shorten (&label, length);
        gsc_label_place (&label, 100, 100, 0.5, 0.5);
        g_assert_cmpfloat (vertical ? label.rect.height : label.rect.width, <=, length);
        gsc_label_paint (painted.cr, &label, &style, &black);
        around = (GscRect){ label.rect.x - 1, label.rect.y - 1, label.rect.width + 2,
                            label.rect.height + 2 };
        inside = painted_count_ink (&painted, &around);
        g_assert_cmpuint (painted_count_ink (&painted, &page), ==, inside);
        g_assert_cmpint (inside > 10, ==, label.text != NULL);
        g_assert_cmpint (label.text != NULL, ==, length > 2 * 1.164 * 8);
        painted_clear (&painted);
        gsc_label_clear (&label);
      }
}

static void
init_axis (GscAxis *axis, const GscAxisInput *input, GscAxisSide side, const GscRect *plot)
{
  GscStyle style;

  painted_init_style (&style);
  gsc_axis_init (axis, input, side, &style, side == GSC_AXIS_BOTTOM ? plot->width : plot->height);
  gsc_axis_place (axis, &style, plot);
}

static void
test_map (void)
{
  const GscRect plot = { 10, 20, 200, 100 };
  const GscAxisInput linear = { .min = -1, .max = 3 };
  const GscAxisInput logarithmic = { .min = 1, .max = 1e4, .logarithmic = TRUE };
  GscAxis axis;

  init_axis (&axis, &linear, GSC_AXIS_BOTTOM, &plot);
  g_assert_cmpfloat_with_epsilon (gsc_axis_map (&axis, -1), 10, 1e-9);
  g_assert_cmpfloat_with_epsilon (gsc_axis_map (&axis, 0), 60, 1e-9);
  g_assert_cmpfloat_with_epsilon (gsc_axis_map (&axis, 3), 210, 1e-9);
  g_assert_cmpfloat_with_epsilon (gsc_axis_unmap (&axis, 60), 0, 1e-9);
  g_assert_true (isnan (gsc_axis_map (&axis, NAN)));
  g_assert_true (isnan (gsc_axis_map (&axis, INFINITY)));
  gsc_axis_clear (&axis);

  /* upwards */
  init_axis (&axis, &logarithmic, GSC_AXIS_LEFT, &plot);
  g_assert_cmpfloat_with_epsilon (gsc_axis_map (&axis, 1), 120, 1e-9);
  g_assert_cmpfloat_with_epsilon (gsc_axis_map (&axis, 100), 70, 1e-9);
  g_assert_cmpfloat_with_epsilon (gsc_axis_unmap (&axis, 45), 1000, 1e-6);
  g_assert_true (isnan (gsc_axis_map (&axis, 0)));
  g_assert_true (isnan (gsc_axis_map (&axis, -5)));
  gsc_axis_clear (&axis);
}

/* Limits that make no axis give one all the same, and it holds those that make sense. */
static void
test_bad_limits (void)
{
  static const double values[]
      = { 0, 1, -1, 5, 1e-300, 1e300, -1e300, NAN, INFINITY, -INFINITY, G_MAXDOUBLE, -G_MAXDOUBLE };
  const GscRect plot = { 0, 0, 100, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    for (guint j = 0; j < G_N_ELEMENTS (values); j++)
      for (int logarithmic = 0; logarithmic < 2; logarithmic++)
        {
          const GscAxisInput input
              = { .min = values[i], .max = values[j], .logarithmic = logarithmic };
          GscAxis axis;

          init_axis (&axis, &input, GSC_AXIS_LEFT, &plot);
          g_assert_true (isfinite (axis.max - axis.min));
          g_assert_cmpfloat (axis.max, >, axis.min);
          g_assert_true (!logarithmic || axis.min > 0);
          g_assert_cmpfloat_with_epsilon (gsc_axis_map (&axis, axis.min), 100, 0.01);
          g_assert_cmpfloat_with_epsilon (gsc_axis_map (&axis, axis.max), 0, 0.01);
          gsc_axis_clear (&axis);
        }
}

/* At any length: labels keep apart, ticks lie on the axis, the title does not touch the labels. */
static void
test_no_overlap (void)
{
  static const GscAxisInput inputs[] = {
    { .min = 0, .max = 1, .title = "accuracy" },
    { .min = 0, .max = 200000, .whole = TRUE, .title = "training step" },
    { .min = -0.5, .max = 96.5, .whole = TRUE, .title = "a" },
    { .min = -1e7, .max = 3e7, .title = "a title that is far too long for a short axis" },
    { .min = 3, .max = 170000, .logarithmic = TRUE, .title = "step" },
    { .min = 4, .max = 60, .logarithmic = TRUE, .title = "step" },
    { .min = 1e-9, .max = 1e9, .logarithmic = TRUE, .title = "loss" },
  };
  static const GscAxisSide sides[] = { GSC_AXIS_BOTTOM, GSC_AXIS_LEFT, GSC_AXIS_RIGHT };

  for (guint i = 0; i < G_N_ELEMENTS (inputs); i++)
    for (guint k = 0; k < G_N_ELEMENTS (sides); k++)
      for (double length = 1; length < 700; length *= 1.3)
        {
          const GscRect plot = { 300, 300, length, length };
          GscAxis axis;
          guint n = 0;

          init_axis (&axis, &inputs[i], sides[k], &plot);
          for (guint a = 0; a < axis.ticks->len; a++)
            {
              double at = gsc_axis_map (&axis, g_array_index (axis.ticks, GscTick, a).value);

              g_assert_cmpfloat (at, >=, 300 - 1e-6);
              g_assert_cmpfloat (at, <=, 300 + length + 1e-6);
              for (guint b = 0; b < a; b++)
                g_assert_false (gsc_label_is_near (&axis.labels[a], &axis.labels[b], 1));
              g_assert_false (gsc_label_is_near (&axis.labels[a], &axis.title, 0));
              n += axis.labels[a].text != NULL;
            }
          g_assert_cmpuint (n, >=, length > 100 ? 2 : 1);
          if (axis.title.text != NULL)
            {
              GscRect reach = plot;

              reach.height += sides[k] == GSC_AXIS_BOTTOM ? axis.room : 0;
              reach.width += sides[k] == GSC_AXIS_RIGHT ? axis.room : 0;
              reach.x -= sides[k] == GSC_AXIS_LEFT ? axis.room : 0;
              reach.width += sides[k] == GSC_AXIS_LEFT ? axis.room : 0;
              painted_assert_inside (&axis.title.rect, &reach);
            }
          gsc_axis_clear (&axis);
        }
}

/* A tick is painted where it should be, and nothing beyond the room the axis asks for. */
static void
test_paint (void)
{
  const GscRect plot = { 50, 10, 100, 80 };
  const GscRect left_of_room = { 0, 0, 20, 120 };
  const GscAxisInput input = { .min = 0, .max = 1, .title = "accuracy" };
  GscStyle style;
  Painted painted;
  GscAxis axis;

  painted_init_style (&style);
  painted_init (&painted, 160, 120, 4);
  init_axis (&axis, &input, GSC_AXIS_LEFT, &plot);
  g_assert_cmpfloat (axis.room, <, 30);
  gsc_axis_paint_grid (painted.cr, &axis, &style);
  gsc_axis_paint (painted.cr, &axis, &style);
  for (guint i = 0; i < axis.ticks->len; i++)
    {
      double y = gsc_axis_map (&axis, g_array_index (axis.ticks, GscTick, i).value);

      g_assert_cmphex (painted_get (&painted, 50 - 1.5, y), <, 0x808080);
      g_assert_cmphex (painted_get (&painted, 100, y), !=, 0xffffff);
      g_assert_cmphex (painted_get (&painted, 100, y + 4), ==, 0xffffff);
      g_assert_cmpuint (painted_count_ink (&painted, &axis.labels[i].rect), >, 10);
    }
  g_assert_cmpuint (painted_count_ink (&painted, &axis.title.rect), >, 50);
  g_assert_cmpuint (painted_count_ink (&painted, &left_of_room), ==, 0);
  gsc_axis_clear (&axis);
  painted_clear (&painted);
}

static gpointer
measure_in_thread (gpointer data)
{
  for (int i = 0; i < 20; i++)
    test_label ();
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("measure", measure_in_thread, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label/measure", test_label);
  g_test_add_func ("/label/ink", test_label_ink);
  g_test_add_func ("/label/threads", test_threads);
  g_test_add_func ("/axis/map", test_map);
  g_test_add_func ("/axis/bad-limits", test_bad_limits);
  g_test_add_func ("/axis/no-overlap", test_no_overlap);
  g_test_add_func ("/axis/paint", test_paint);
  return g_test_run ();
}
