/* gsc-label.h - a piece of text on a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-style.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_FONT_NORMAL,
  GSC_FONT_TITLE, /* larger and bold */
} GscFont;

/* A line of text, its size and its place. Sizes are measured at 72 dots per inch without hinting,
 * so that a layout is the same on every screen and on paper. Begin with zeroes
 * or gsc_label_init(), end with gsc_label_clear(). A label without text takes no room and paints
 * nothing. Each thread measures with font tables of its own. */
typedef struct
{
  char *text;
  GscFont font;
  gboolean vertical; /* read from the bottom to the top */
  GscRect rect;      /* what it covers */
} GscLabel;

/* Copies @text (NULL: no text) and measures it; it stands at (0, 0) then. */
void gsc_label_init (GscLabel *label, const GscStyle *style, GscFont font, const char *text);

/* The same for text that reads upwards. */
void gsc_label_init_vertical (GscLabel *label, const GscStyle *style, const char *text);

void gsc_label_clear (GscLabel *label);

/* Moves it so that the point at the shares (@across, @down) of its rectangle, each 0..1, is
 * at (x, y). */
void gsc_label_place (GscLabel *label, double x, double y, double across, double down);

/* Cuts text that is wider (vertical: higher) than @length and ends it with "…"; where next to
 * nothing would be left, there is no text any more. */
void gsc_label_shorten (GscLabel *label, double length);

void
gsc_label_paint (cairo_t *cr, const GscLabel *label, const GscStyle *style, const GscColor *color);

/* Paints the text of a horizontal label, whole, with its top left corner at each of places[n]: much
 * faster than as many labels. */
void gsc_label_paint_copies (cairo_t *cr,
                             const GscLabel *label,
                             const GscStyle *style,
                             const GscColor *color,
                             const GscPoint *places,
                             guint n);

/* Height of a line of text. */
double gsc_label_get_line_height (const GscStyle *style, GscFont font);

/* Whether both have text and come closer to each other than @distance. */
gboolean gsc_label_is_near (const GscLabel *a, const GscLabel *b, double distance);

G_END_DECLS
