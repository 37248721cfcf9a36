/* test-strip.c - sequences of numbers in groups
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-strip.h"

#include <math.h>

#include "painted.h"

enum
{
  MAX_GROUPS = 40,
};

static const GscStripGroup group = {
  .cells = { "10", "7", "28" },
  .verdict = GSC_VERDICT_RIGHT,
  .lines = { "#12", "28", "97 %", "13 × #11" },
};

static GscStripInput
make_input (GscStripGroup groups[MAX_GROUPS], guint n)
{
  for (guint i = 0; i < n; i++)
    {
      groups[i] = group;
      if (i % 3 == 1)
        groups[i].verdict = GSC_VERDICT_WRONG;
    }
  return (GscStripInput){
    .groups = groups,
    .n_groups = n,
    .cursor = -1,
    .titles = { "example", "model", NULL, "ratio" },
    .cells_title = "x y z",
  };
}

static void
add_label (GArray *rects, const GscLabel *label)
{
  if (label->text != NULL)
    g_array_append_val (rects, label->rect);
}

/* Everything that may not touch: texts (but for those in cells), frames. */
static GArray *
list_rects (const GscStripLayout *layout)
{
  GArray *rects = g_array_new (FALSE, FALSE, sizeof (GscRect));

  for (guint i = layout->first; i < layout->first + layout->n_shown; i++)
    {
      g_array_append_val (rects, layout->groups[i].frame);
      for (guint j = 0; j < GSC_STRIP_N_LINES; j++)
        add_label (rects, &layout->groups[i].lines[j]);
    }
  for (guint i = 0; i < layout->n_titles; i++)
    add_label (rects, &layout->titles[i]);
  return rects;
}

static void
assert_tidy (const GscStripLayout *layout, const GscRect *area)
{
  g_autoptr (GArray) rects = list_rects (layout);

  for (guint i = 0; i < rects->len; i++)
    {
      const GscRect *a = &g_array_index (rects, GscRect, i);

      painted_assert_inside (a, area);
      for (guint j = 0; j < i; j++)
        {
          const GscRect *b = &g_array_index (rects, GscRect, j);

          g_assert_true (a->x >= gsc_rect_right (b) - 0.01 || b->x >= gsc_rect_right (a) - 0.01
                         || a->y >= gsc_rect_bottom (b) - 0.01
                         || b->y >= gsc_rect_bottom (a) - 0.01);
        }
    }
  for (guint i = layout->first; i < layout->first + layout->n_shown; i++)
    for (guint j = 0; j < GSC_STRIP_N_CELLS; j++)
      painted_assert_inside (&layout->groups[i].numbers[j].rect, &layout->groups[i].cells[j]);
}

/* Within the area, nothing on anything else, in reading order, at any size and length. */
static void
test_layout (void)
{
  static const guint lengths[] = { 1, 2, 7, 16, MAX_GROUPS };
  static const double sizes[][2]
      = { { 1200, 90 }, { 400, 250 }, { 300, 220 }, { 100, 700 }, { 3000, 40 }, { 2000, 900 } };

  for (guint i = 0; i < G_N_ELEMENTS (lengths) * G_N_ELEMENTS (sizes); i++)
    {
      GscStripGroup groups[MAX_GROUPS];
      GscStripInput input = make_input (groups, lengths[i / G_N_ELEMENTS (sizes)]);
      const double *size = sizes[i % G_N_ELEMENTS (sizes)];
      const GscRect area = { 7, 9, size[0], size[1] };
      g_autoptr (GscStripLayout) layout = NULL;
      GscStyle style;

      gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_LIGHT), 11);
      layout = gsc_strip_layout (&input, &style, &area);
      assert_tidy (layout, &area);
      g_assert_cmpuint (layout->first + layout->n_shown, <=, input.n_groups);
      for (guint j = layout->first + 1; j < layout->first + layout->n_shown; j++)
        {
          const GscRect *before = &layout->groups[j - 1].frame;
          const GscRect *after = &layout->groups[j].frame;

          g_assert_true (after->x > gsc_rect_right (before) || after->y > gsc_rect_bottom (before));
        }
    }
}

/* The less room, the less text; all groups as long as they fit somehow. */
static void
test_room (void)
{
  static const struct
  {
    double width;
    double height;
    guint n_shown;
    gboolean answers;
    gboolean notes;
  } cases[] = {
    { 1200, 160, 16, TRUE, TRUE },
    { 1200, 36, 16, TRUE, FALSE },
    { 1200, 20, 16, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GscStripGroup groups[MAX_GROUPS];
      GscStripInput input = make_input (groups, 16);
      const GscRect area = { 0, 0, cases[i].width, cases[i].height };
      g_autoptr (GscStripLayout) layout = NULL;
      GscStyle style;

      gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_LIGHT), 11);
      layout = gsc_strip_layout (&input, &style, &area);
      g_assert_cmpuint (layout->n_shown, ==, cases[i].n_shown);
      g_assert_cmpint (layout->answers, ==, cases[i].answers);
      g_assert_cmpint (layout->groups[3].lines[GSC_STRIP_ANSWER].text != NULL, ==,
                       cases[i].answers);
      g_assert_cmpint (layout->groups[3].lines[GSC_STRIP_NOTE].text != NULL, ==, cases[i].notes);
    }
}

/* Where not all fit, the cursor's is among them. */
static void
test_window (void)
{
  const GscRect area = { 0, 0, 200, 40 };
  GscStripGroup groups[MAX_GROUPS];
  GscStripInput input = make_input (groups, MAX_GROUPS);
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_LIGHT), 11);
  for (input.cursor = -1; input.cursor < MAX_GROUPS + 2; input.cursor++)
    {
      g_autoptr (GscStripLayout) layout = gsc_strip_layout (&input, &style, &area);
      guint cursor
          = input.cursor >= 0 && input.cursor < MAX_GROUPS ? (guint) input.cursor : MAX_GROUPS - 1;

      g_assert_cmpuint (layout->n_shown, <, MAX_GROUPS);
      g_assert_cmpuint (layout->n_shown, >, 3);
      g_assert_cmpuint (layout->first, <=, cursor);
      g_assert_cmpuint (layout->first + layout->n_shown, >, cursor);
      g_assert_cmpuint (layout->first + layout->n_shown, <=, MAX_GROUPS);
    }
}

/* Every cell, and the texts above and below it. */
static void
test_pick (void)
{
  const GscRect area = { 20, 30, 500, 300 };
  GscStripGroup groups[MAX_GROUPS];
  GscStripInput input = make_input (groups, 16);
  g_autoptr (GscStripLayout) layout = NULL;
  GscStripPick pick;
  GscStyle style;

  painted_init_style (&style);
  layout = gsc_strip_layout (&input, &style, &area);
  for (guint i = 0; i < 16; i++)
    {
      const GscStripGroupLayout *placed = &layout->groups[i];

      for (guint j = 0; j < GSC_STRIP_N_CELLS; j++)
        {
          double x = placed->cells[j].x + placed->cells[j].width / 2;

          g_assert_true (gsc_strip_pick (layout, x, placed->cells[j].y + 1, &pick));
          g_assert_cmpuint (pick.group, ==, i);
          g_assert_cmpuint (pick.cell, ==, j);
          g_assert_true (gsc_strip_pick (layout, x, gsc_rect_bottom (&placed->rect) - 1, &pick));
          g_assert_cmpuint (pick.group, ==, i);
          g_assert_cmpuint (pick.cell, ==, j);
        }
      g_assert_false (
          gsc_strip_pick (layout, gsc_rect_right (&placed->rect) + 0.5, placed->rect.y + 5, &pick));
    }
  g_assert_false (gsc_strip_pick (layout, 0, 0, &pick));
}

/* Given numbers are on blue, the one asked for on red; one that is not known is on nothing. The
 * cursor's group has the strongest frame, right and wrong have their colours. */
static void
test_paint (void)
{
  const GscRect area = { 0, 0, 300, 80 };
  GscStripGroup groups[MAX_GROUPS];
  GscStripInput input = make_input (groups, 3);
  g_autoptr (GscStripLayout) layout = NULL;
  const GscPalette *palette = gsc_palette_get (GSC_PALETTE_PAPER);
  GscStyle style;
  Painted painted;

  painted_init_style (&style);
  groups[2].open = TRUE;
  groups[2].verdict = GSC_VERDICT_NONE;
  input.cursor = 1;
  layout = gsc_strip_layout (&input, &style, &area);
  painted_init (&painted, area.width, area.height, 8);
  gsc_strip_paint (painted.cr, layout, &input, &style);
  for (guint i = 0; i < 3; i++)
    {
      const GscStripGroupLayout *placed = &layout->groups[i];
      guint32 colors[GSC_STRIP_N_CELLS];

      for (guint j = 0; j < GSC_STRIP_N_CELLS; j++)
        colors[j] = painted_get (&painted, placed->cells[j].x + 2,
                                 gsc_rect_bottom (&placed->cells[j]) - 2);
      g_assert_cmphex (colors[0], ==, painted_pack (&palette->input));
      g_assert_cmphex (colors[1], ==, painted_pack (&palette->input));
      g_assert_cmphex (colors[2], ==, i == 2 ? 0xffffff : painted_pack (&palette->output));
      g_assert_cmpint (
          painted_get (&painted, placed->frame.x + placed->frame.width / 3, placed->frame.y)
              == 0x000000,
          ==, i == 1);
    }
  /* the cross has its middle; the check mark passes below and left of it */
  g_assert_cmphex (painted_get (&painted, layout->groups[1].mark.x, layout->groups[1].mark.y), ==,
                   painted_pack (&palette->wrong));
  g_assert_cmphex (painted_get (&painted, layout->groups[0].mark.x - 0.1 * layout->text_size,
                                layout->groups[0].mark.y + 0.27 * layout->text_size),
                   ==, painted_pack (&palette->right));
  painted_clear (&painted);
}

static void
test_degenerate (void)
{
  static const double sizes[] = { 0.001, 1, 12, 1e5 };
  GscStripGroup groups[MAX_GROUPS];

  for (guint i = 0; i < 3 * 16; i++)
    {
      const GscRect area = { 0, 0, sizes[i % 4], sizes[i / 4 % 4] };
      GscStripInput input = make_input (groups, i / 16 * 20);
      g_autoptr (GscStripLayout) layout = NULL;
      GscStyle style;
      Painted painted;

      painted_init_style (&style);
      layout = gsc_strip_layout (&input, &style, &area);
      g_assert_cmpuint (layout->n_shown > 0, ==, input.n_groups > 0);
      painted_init (&painted, 50, 50, 1);
      gsc_strip_paint (painted.cr, layout, &input, &style);
      painted_clear (&painted);
    }
  gsc_strip_layout_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/strip/layout", test_layout);
  g_test_add_func ("/strip/room", test_room);
  g_test_add_func ("/strip/window", test_window);
  g_test_add_func ("/strip/pick", test_pick);
  g_test_add_func ("/strip/paint", test_paint);
  g_test_add_func ("/strip/degenerate", test_degenerate);
  return g_test_run ();
}
