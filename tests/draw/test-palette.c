/* test-palette.c - colours that can be seen and told apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-palette.h"

#include <math.h>

static void
assert_color (GscColor color, guint32 hex)
{
  g_assert_cmpuint ((guint) lround (color.red * 255), ==, hex >> 16);
  g_assert_cmpuint ((guint) lround (color.green * 255), ==, hex >> 8 & 0xff);
  g_assert_cmpuint ((guint) lround (color.blue * 255), ==, hex & 0xff);
}

static void
test_contrast (void)
{
  for (guint kind = GSC_PALETTE_LIGHT; kind <= GSC_PALETTE_PAPER; kind++)
    {
      const GscPalette *palette = gsc_palette_get (kind);

      /* text: WCAG AA; lines: what can be seen at all */
      g_assert_cmpfloat (gsc_color_get_contrast (&palette->foreground, &palette->background), >=,
                         7);
      g_assert_cmpfloat (gsc_color_get_contrast (&palette->dim, &palette->background), >=, 4.5);
      g_assert_cmpfloat (gsc_color_get_contrast (&palette->foreground, &palette->input), >=, 4.5);
      g_assert_cmpfloat (gsc_color_get_contrast (&palette->foreground, &palette->output), >=, 4.5);
      for (guint i = 0; i < GSC_PALETTE_N_SERIES; i++)
        g_assert_cmpfloat (gsc_color_get_contrast (&palette->series[i].color, &palette->background),
                           >=, 1.9);
    }
  g_assert_cmpstr (gsc_palette_get (GSC_PALETTE_DARK)->name, ==, "dark");
}

/* Two lines differ in marker, filling or dash, or are references of another colour. */
static void
test_looks_differ (void)
{
  const GscPalette *palette = gsc_palette_get (GSC_PALETTE_PAPER);

  for (guint i = 0; i < GSC_PALETTE_N_SERIES; i++)
    for (guint j = 0; j < i; j++)
      {
        const GscSeriesLook *a = &palette->series[i];
        const GscSeriesLook *b = &palette->series[j];
        gboolean same_color = a->color.red == b->color.red && a->color.green == b->color.green
                              && a->color.blue == b->color.blue;

        g_assert_false (same_color);
        if (a->marker != GSC_MARKER_NONE || b->marker != GSC_MARKER_NONE)
          g_assert_true (a->marker != b->marker || a->filled != b->filled);
      }
}

static void
test_sequential (void)
{
  double previous = -1;

  assert_color (gsc_palette_sequential (0), 0x440154);
  assert_color (gsc_palette_sequential (0.5), 0x21918c);
  assert_color (gsc_palette_sequential (1), 0xfde725);
  assert_color (gsc_palette_sequential (-3), 0x440154);
  assert_color (gsc_palette_sequential (1e300), 0xfde725);
  assert_color (gsc_palette_sequential (NAN), 0x440154);
  /* lighter with every step, so that it works in grey */
  for (int i = 0; i <= 200; i++)
    {
      GscColor color = gsc_palette_sequential (i / 200.0);

      g_assert_cmpfloat (gsc_color_get_luminance (&color), >, previous);
      previous = gsc_color_get_luminance (&color);
    }
}

static void
test_diverging (void)
{
  assert_color (gsc_palette_diverging (0), 0xffffff);
  assert_color (gsc_palette_diverging (NAN), 0xffffff);
  assert_color (gsc_palette_diverging (-2), 0x08519c);
  assert_color (gsc_palette_diverging (INFINITY), 0xb35806);
  for (int i = 1; i <= 100; i++)
    {
      GscColor low = gsc_palette_diverging (-i / 100.0);
      GscColor high = gsc_palette_diverging (i / 100.0);

      g_assert_cmpfloat (low.blue, >, low.red);
      g_assert_cmpfloat (high.red, >, high.blue);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/contrast", test_contrast);
  g_test_add_func ("/palette/looks-differ", test_looks_differ);
  g_test_add_func ("/palette/sequential", test_sequential);
  g_test_add_func ("/palette/diverging", test_diverging);
  return g_test_run ();
}
