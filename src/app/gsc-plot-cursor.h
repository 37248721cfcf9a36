/* gsc-plot-cursor.h - what pointing into a figure does to the session's cursor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"
#include "gsc-session.h"

G_BEGIN_DECLS

/* Goes to what was picked: a task, a shot, a head, a record. Other picks change nothing. */
void gsc_plot_cursor_choose (GscSession *session, const GscFigurePick *pick);

/* Moves inside the figure by so many places, or (0) as far as it goes; along the learning curves
 * that end is where a training goes on. */
void
gsc_plot_cursor_move (GscSession *session, GscFigure figure, GscDirection direction, guint places);

G_END_DECLS
