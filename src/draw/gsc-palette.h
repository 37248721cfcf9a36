/* gsc-palette.h - the colours of a figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* sRGB, each 0..1. */
typedef struct
{
  double red;
  double green;
  double blue;
} GscColor;

typedef enum
{
  GSC_MARKER_NONE,
  GSC_MARKER_CIRCLE,
  GSC_MARKER_SQUARE,
  GSC_MARKER_TRIANGLE,
  GSC_MARKER_DIAMOND,
} GscMarker;

typedef enum
{
  GSC_DASH_SOLID,
  GSC_DASH_DASHED,
  GSC_DASH_DOTTED,
  GSC_DASH_DASH_DOT,
} GscDash;

/* How one series is told from the others, without relying on its colour alone. */
typedef struct
{
  GscColor color;
  GscMarker marker;
  gboolean filled; /* the marker; else it is an outline */
  GscDash dash;
} GscSeriesLook;

enum
{
  GSC_PALETTE_N_SERIES = 8,
  GSC_PALETTE_N_PHASES = 4,
};

/* Fixed places of GscPalette.series. The colours are those of Okabe and Ito (2008), or lighter ones
 * of the same hue on a dark background. Measured series have solid lines and markers, references
 * have broken lines and none. */
typedef enum
{
  GSC_SERIES_ID_TRAIN, /* blue hues and circles: i.d. tasks; filled: training inputs */
  GSC_SERIES_ID_TEST,
  GSC_SERIES_OOD_TRAIN, /* orange hues and diamonds: o.o.d. tasks */
  GSC_SERIES_OOD_TEST,
  GSC_SERIES_BAYES,
  GSC_SERIES_RATIO,
  GSC_SERIES_MEMORISING,
  GSC_SERIES_CHANCE,
} GscSeriesRole;

typedef enum
{
  GSC_PALETTE_LIGHT, /* the app's light windows */
  GSC_PALETTE_DARK,  /* the app's dark windows, projectors */
  GSC_PALETTE_PAPER, /* files */
} GscPaletteKind;

typedef struct
{
  const char *name;
  GscColor background;
  GscColor foreground; /* text, axes */
  GscColor dim;        /* less important text and lines */
  GscColor grid;
  GscColor missing; /* cells without a value */
  GscColor hidden;  /* cells whose value is kept secret */
  GscColor input;   /* cells of numbers given, with text of the foreground: light blue */
  GscColor output;  /* cells of numbers asked for, likewise: light red */
  GscColor right;   /* a right answer */
  GscColor wrong;
  GscColor phases[GSC_PALETTE_N_PHASES]; /* i.d. memorisation and generalisation, then o.o.d. */
  GscSeriesLook series[GSC_PALETTE_N_SERIES];
} GscPalette;

/* Static. */
const GscPalette *gsc_palette_get (GscPaletteKind kind);

/* Viridis (van der Walt and Smith, 2015) at @value, 0 dark blue to 1 yellow: even steps for the
 * eye, in grey and for colour-blind readers, too. Clamped; NaN is as 0. */
GscColor gsc_palette_sequential (double value);

/* Blue at -1, white at 0, orange at 1. Clamped; NaN is as 0. */
GscColor gsc_palette_diverging (double value);

/* Round the circle from 0 to 1, where it begins anew: dark purple, blue, pale, orange, brown.
 * Lightness rises on the blue side and falls on the orange one, so that colour-blind readers, too,
 * can tell all of them apart. Any number, of which only the part after the point counts; NaN is as
 * 0. */
GscColor gsc_palette_cyclic (double value);

/* Relative luminance, 0 black to 1 white (WCAG 2). */
double gsc_color_get_luminance (const GscColor *color);

/* Contrast ratio of two colours, 1 to 21 (WCAG 2). */
double gsc_color_get_contrast (const GscColor *a, const GscColor *b);

G_END_DECLS
