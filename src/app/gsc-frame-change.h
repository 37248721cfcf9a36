/* gsc-frame-change.h - what the step from one frame to the next means for a figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_FRAME_CHANGE_NONE,        /* the figure looks the same */
  GSC_FRAME_CHANGE_BY_TRAINING, /* something new to see, which nobody asked for */
  GSC_FRAME_CHANGE_BY_USER,     /* what somebody has just asked for */
} GscFrameChange;

/* @before may be NULL. @live: the session follows the newest record. Any thread. */
GscFrameChange gsc_frame_change_find (GscFigure figure,
                                      const GscFrame *before,
                                      const GscFrame *after,
                                      gboolean live);

/* Whether the figure shows something of the frame's probe, or of its projection. */
gboolean gsc_frame_change_shows_probe (GscFigure figure);
gboolean gsc_frame_change_shows_projection (GscFigure figure);

/* The kind of insight that the figure shows (GscInsightKind), or -1. */
int gsc_frame_change_get_insight (GscFigure figure);

G_END_DECLS
