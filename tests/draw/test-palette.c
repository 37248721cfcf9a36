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

/* How colours are seen */

typedef struct
{
  const char *name;
  double matrix[3][3]; /* of linear red, green and blue */
} Eye;

/* Machado, Oliveira and Fernandes 2009, severity 1; and luminance alone. */
static const Eye deuteranopia = { "deuteranopia",
                                  { { 0.367322, 0.860646, -0.227968 },
                                    { 0.280085, 0.672501, 0.047413 },
                                    { -0.011820, 0.042940, 0.968881 } } };
static const Eye protanopia = { "protanopia",
                                { { 0.152286, 1.052583, -0.204868 },
                                  { 0.114503, 0.786281, 0.099216 },
                                  { -0.003882, -0.048116, 1.051998 } } };
static const Eye grey
    = { "grey",
        { { 0.2126, 0.7152, 0.0722 }, { 0.2126, 0.7152, 0.0722 }, { 0.2126, 0.7152, 0.0722 } } };

static double
to_linear (double component)
{
  return component <= 0.04045 ? component / 12.92 : pow ((component + 0.055) / 1.055, 2.4);
}

static double
to_lab (double value)
{
  return value > 216.0 / 24389 ? cbrt (value) : (24389.0 / 27 * value + 16) / 116;
}

/* CIE L*a*b* of what the eye sees. */
static void
see (const Eye *eye, const GscColor *color, double lab[3])
{
  const double rgb[3]
      = { to_linear (color->red), to_linear (color->green), to_linear (color->blue) };
  double seen[3], x, y, z;

  for (guint i = 0; i < 3; i++)
    seen[i] = CLAMP (
        eye->matrix[i][0] * rgb[0] + eye->matrix[i][1] * rgb[1] + eye->matrix[i][2] * rgb[2], 0, 1);
  x = to_lab ((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
  y = to_lab (0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
  z = to_lab ((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
  lab[0] = 116 * y - 16;
  lab[1] = 500 * (x - y);
  lab[2] = 200 * (y - z);
}

/* CIE 1976: about 2.3 can just be seen side by side. */
static double
get_distance (const Eye *eye, const GscColor *a, const GscColor *b)
{
  double first[3], second[3];

  see (eye, a, first);
  see (eye, b, second);
  return sqrt (pow (first[0] - second[0], 2) + pow (first[1] - second[1], 2)
               + pow (first[2] - second[2], 2));
}

/* Colours are far apart for every eye; where only lightness is left, other marks tell lines apart
 * that are equally light. */
static void
test_eyes (void)
{
  static const Eye *const eyes[] = { &deuteranopia, &protanopia };

  for (guint kind = GSC_PALETTE_LIGHT; kind <= GSC_PALETTE_PAPER; kind++)
    for (guint i = 0; i < GSC_PALETTE_N_SERIES; i++)
      for (guint j = 0; j < i; j++)
        {
          const GscSeriesLook *a = &gsc_palette_get (kind)->series[i];
          const GscSeriesLook *b = &gsc_palette_get (kind)->series[j];
          gboolean sets = a->marker != GSC_MARKER_NONE && b->marker != GSC_MARKER_NONE;

          for (guint k = 0; k < G_N_ELEMENTS (eyes); k++)
            if (get_distance (eyes[k], &a->color, &b->color) < (sets ? 18 : 9.5))
              g_error ("%s: series %u and %u are too alike for %s", gsc_palette_get (kind)->name, j,
                       i, eyes[k]->name);
          if (get_distance (&grey, &a->color, &b->color) < 10)
            g_assert_true (a->marker != b->marker || a->filled != b->filled || a->dash != b->dash);
        }
}

/* The eyes see what they should: greys stay, red and green come together. */
static void
test_eyes_themselves (void)
{
  const GscColor middle = { 0.5, 0.5, 0.5 }, white = { 1, 1, 1 };
  const GscColor red = { 0.8, 0.25, 0 }, green = { 0.45, 0.5, 0 };
  double lab[3];

  see (&protanopia, &white, lab);
  g_assert_cmpfloat_with_epsilon (lab[0], 100, 0.1);
  g_assert_cmpfloat_with_epsilon (lab[1], 0, 0.5);
  see (&deuteranopia, &middle, lab);
  g_assert_cmpfloat_with_epsilon (lab[0], 53.4, 0.2);
  g_assert_cmpfloat (get_distance (&deuteranopia, &red, &green), <, 15);
  g_assert_cmpfloat (get_distance (&grey, &red, &green), <, 10);
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
  g_test_add_func ("/palette/eyes", test_eyes);
  g_test_add_func ("/palette/eyes-themselves", test_eyes_themselves);
  g_test_add_func ("/palette/sequential", test_sequential);
  g_test_add_func ("/palette/diverging", test_diverging);
  return g_test_run ();
}
