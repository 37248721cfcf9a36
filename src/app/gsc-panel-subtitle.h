/* gsc-panel-subtitle.h - what a panel shows, in a few words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

/* "step 8 200", "z = 3x + 7y · o.o.d. task" ...: what the figure's page leaves to the panel when it
 * is bare. Any thread. (transfer full) */
char *gsc_panel_subtitle_make (GscFigure figure, const GscFrame *frame);

G_END_DECLS
