/* gsc-palette.c - the colours of a figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-palette.h"

#include <math.h>

#define RGB(hex)                                                                                   \
  {                                                                                                \
    (((hex) >> 16) & 0xff) / 255.0, (((hex) >> 8) & 0xff) / 255.0, ((hex) &0xff) / 255.0           \
  }

/* Marker and dash of every place; only the colours differ between palettes. */
#define SERIES(id_train, id_test, ood_train, ood_test, bayes, ratio, memorising, chance)           \
  {                                                                                                \
    { RGB (id_train), GSC_MARKER_CIRCLE, TRUE, GSC_DASH_SOLID },                                   \
        { RGB (id_test), GSC_MARKER_CIRCLE, FALSE, GSC_DASH_SOLID },                               \
        { RGB (ood_train), GSC_MARKER_DIAMOND, TRUE, GSC_DASH_SOLID },                             \
        { RGB (ood_test), GSC_MARKER_DIAMOND, FALSE, GSC_DASH_SOLID },                             \
        { RGB (bayes), GSC_MARKER_NONE, FALSE, GSC_DASH_DASHED },                                  \
        { RGB (ratio), GSC_MARKER_NONE, FALSE, GSC_DASH_DASHED },                                  \
        { RGB (memorising), GSC_MARKER_NONE, FALSE, GSC_DASH_DASH_DOT },                           \
        { RGB (chance), GSC_MARKER_NONE, FALSE, GSC_DASH_DOTTED },                                 \
  }

#define ON_WHITE                                                                                   \
  SERIES (0x0072b2, 0x56b4e9, 0xe69f00, 0xd55e00, 0x000000, 0x009e73, 0xcc79a7, 0x6e6e6e)

/* Salmon, pale blue, mid blue, navy. */
#define PHASES                                                                                     \
  {                                                                                                \
    RGB (0xf4a582), RGB (0xc6dbef), RGB (0x6baed6), RGB (0x08306b)                                 \
  }

static const GscPalette palettes[] = {
  [GSC_PALETTE_LIGHT] = {
    .name = "light",
    .background = RGB (0xffffff),
    .foreground = RGB (0x2e3436),
    .dim = RGB (0x62676a),
    .grid = RGB (0xe4e6e8),
    .missing = RGB (0xd3d7cf),
    .hidden = RGB (0x16181a),
    .input = RGB (0xcfe6f7),
    .output = RGB (0xf9cdbd),
    .right = RGB (0x0072b2),
    .wrong = RGB (0xe69f00),
    .phases = PHASES,
    .series = ON_WHITE,
  },
  [GSC_PALETTE_DARK] = {
    .name = "dark",
    .background = RGB (0x1e1e1e),
    .foreground = RGB (0xeeeeec),
    .dim = RGB (0xa8abac),
    .grid = RGB (0x383838),
    .missing = RGB (0x4a4d4e),
    .hidden = RGB (0x000000),
    .input = RGB (0x1d4763),
    .output = RGB (0x74321f),
    .right = RGB (0x56b4e9),
    .wrong = RGB (0xe69f00),
    .phases = PHASES,
    .series
    = SERIES (0x4ba3e3, 0x9fd8f7, 0xe69f00, 0xf0824a, 0xf6f6f4, 0x2fc79a, 0xdd9cc0, 0x9a9d9e),
  },
  [GSC_PALETTE_PAPER] = {
    .name = "paper",
    .background = RGB (0xffffff),
    .foreground = RGB (0x000000),
    .dim = RGB (0x595959),
    .grid = RGB (0xe6e6e6),
    .missing = RGB (0xd0d0d0),
    .hidden = RGB (0x000000),
    .input = RGB (0xcfe6f7),
    .output = RGB (0xf9cdbd),
    .right = RGB (0x0072b2),
    .wrong = RGB (0xe69f00),
    .phases = PHASES,
    .series = ON_WHITE,
  },
};

const GscPalette *
gsc_palette_get (GscPaletteKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (palettes), &palettes[GSC_PALETTE_PAPER]);
  return &palettes[kind];
}

/* The colour at @value, 0..1, between evenly spaced anchors. */
static GscColor
interpolate (const GscColor *anchors, guint n_anchors, double value)
{
  double place = CLAMP (value, 0, 1) * (n_anchors - 1);
  guint below = MIN ((guint) place, n_anchors - 2);
  double share = place - below;
  const GscColor *a = &anchors[below];
  const GscColor *b = &anchors[below + 1];

  return (GscColor){
    a->red + share * (b->red - a->red),
    a->green + share * (b->green - a->green),
    a->blue + share * (b->blue - a->blue),
  };
}

GscColor
gsc_palette_sequential (double value)
{
  static const GscColor anchors[] = {
    RGB (0x440154), RGB (0x472d7b), RGB (0x3b528b), RGB (0x2c728e), RGB (0x21918c),
    RGB (0x28ae80), RGB (0x5ec962), RGB (0xaddc30), RGB (0xfde725),
  };

  return interpolate (anchors, G_N_ELEMENTS (anchors), isnan (value) ? 0 : value);
}

GscColor
gsc_palette_diverging (double value)
{
  static const GscColor anchors[] = {
    RGB (0x08519c), RGB (0x6baed6), RGB (0xffffff), RGB (0xf4a742), RGB (0xb35806),
  };

  return interpolate (anchors, G_N_ELEMENTS (anchors), isnan (value) ? 0.5 : (value + 1) / 2);
}

GscColor
gsc_palette_cyclic (double value)
{
  static const GscColor anchors[] = {
    RGB (0x3a2a5e), RGB (0x2458a6), RGB (0x4396dc), RGB (0x9fd0ee), RGB (0xf1e9d2),
    RGB (0xf2b94e), RGB (0xd9762b), RGB (0x8c3f33), RGB (0x3a2a5e),
  };

  return interpolate (anchors, G_N_ELEMENTS (anchors),
                      isfinite (value) ? value - floor (value) : 0);
}

static double
to_linear (double component)
{
  return component <= 0.04045 ? component / 12.92 : pow ((component + 0.055) / 1.055, 2.4);
}

double
gsc_color_get_luminance (const GscColor *color)
{
  return 0.2126 * to_linear (color->red) + 0.7152 * to_linear (color->green)
         + 0.0722 * to_linear (color->blue);
}

double
gsc_color_get_contrast (const GscColor *a, const GscColor *b)
{
  double first = gsc_color_get_luminance (a) + 0.05;
  double second = gsc_color_get_luminance (b) + 0.05;

  return first > second ? first / second : second / first;
}
