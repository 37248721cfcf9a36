/* gsc-plot-look.h - how figures look on this desktop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-palette.h"
#include "gsc-rect.h"

G_BEGIN_DECLS

/* That of the desktop's style: light or dark; black on white for high contrast. */
GscPaletteKind gsc_plot_look_get_palette (void);

/* The size of @widget's text in logical pixels, as far as a figure can have it. */
double gsc_plot_look_get_text_size (GtkWidget *widget);

/* A frame around @rect: two lines, so that it is seen on any colour. */
void gsc_plot_look_snapshot_highlight (GtkSnapshot *snapshot, const GscRect *rect);

G_END_DECLS
