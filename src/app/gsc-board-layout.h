/* gsc-board-layout.h - where the panels of a board stand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pure function: panels in their order are broken into rows as words are into lines, with one,
 * two or three columns by the width there is.
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-figure.h"

G_BEGIN_DECLS

/* Most panels, and room between and around them in logical pixels. */
#define GSC_BOARD_LAYOUT_MAX GSC_N_FIGURES
#define GSC_BOARD_LAYOUT_GAP 10

typedef struct
{
  GscFigure figure;
  int min_width;  /* of the panel */
  int min_height; /* of the panel, whatever its width */
  int chrome;     /* height of what is not the figure */
  gboolean pair;  /* two figures side by side */
} GscBoardItem;

/* Writes the place of each item into @places[n] (nullable) for a board of @width x @height, and
 * returns the height that it needs at least with this width: where that is more than @height, the
 * places are those for that height. @text_size: of the figures, in logical pixels. Any thread. */
int gsc_board_layout_place (const GscBoardItem *items,
                            guint n,
                            double text_size,
                            int width,
                            int height,
                            GdkRectangle *places);

/* One item alone: the whole board but for the margin. The least height, as above. */
int gsc_board_layout_place_alone (
    const GscBoardItem *item, double text_size, int width, int height, GdkRectangle *place);

/* The least width: that of the widest item and the margins. */
int gsc_board_layout_get_min_width (const GscBoardItem *items, guint n);

G_END_DECLS
