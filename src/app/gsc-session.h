/* gsc-session.h - what the window shows: one object that all views follow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Views show the property "frame" and change the cursor here; none talks to another. What needs the
 * model (probe, projection) is computed by a GscAnalyst in its own thread and arrives with a later
 * frame; everything else changes at once.
 */

#pragma once

#include "gsc-frame.h"
#include "gsc-run.h"

G_BEGIN_DECLS

#define GSC_TYPE_SESSION (gsc_session_get_type ())

/* For the main thread. Properties:
 *   run (GscRun or NULL)      the run shown
 *   frame (pointer, GscFrame) everything shown; NULL without a run or before it is loaded. Notified
 *                             at most some ten times a second while training
 *   live (boolean)            follows the newest record and the training's weights
 *   busy (boolean)            an analysis takes longer than a moment
 *   message (string or NULL)  why the model cannot be shown */
G_DECLARE_FINAL_TYPE (GscSession, gsc_session, GSC, SESSION, GObject)

GscSession *gsc_session_new (void);

GscRun *gsc_session_get_run (GscSession *session); /* borrowed */
void gsc_session_set_run (GscSession *session, GscRun *run);

GscFrame *gsc_session_get_frame (GscSession *session); /* borrowed, or NULL */

/* The cursor. Positions that the run does not have are brought into range. */
GscCursor gsc_session_get_cursor (GscSession *session);
void gsc_session_set_cursor (GscSession *session, const GscCursor *cursor);
void gsc_session_set_task (GscSession *session, int a, int b);
void gsc_session_set_shot (GscSession *session, guint shot);
void gsc_session_set_head (GscSession *session, guint layer, guint head);

/* Time: the index of a record, or live. Models are shown from the nearest snapshot. */
void gsc_session_set_record (GscSession *session, int record);
void gsc_session_set_live (GscSession *session, gboolean live);
gboolean gsc_session_get_live (GscSession *session);

/* Back to the default cursor, the context drawn for it, and live: what Esc does. */
void gsc_session_unlock (GscSession *session);
gboolean gsc_session_is_locked (GscSession *session);

/* The sequence: drawn for the cursor's task from training inputs by a seed, or typed. */
gint64 gsc_session_get_context_seed (GscSession *session);
void gsc_session_new_context (GscSession *session); /* the next seed */
gboolean gsc_session_set_sequence (GscSession *session, const char *text, GError **error);
char *gsc_session_get_sequence (GscSession *session); /* "4 21 5 | 2 6 19": (transfer full) */
gboolean gsc_session_has_own_sequence (GscSession *session);

/* What the projection panel shows. */
GscProjectionSource gsc_session_get_projection (GscSession *session);
void gsc_session_set_projection (GscSession *session, const GscProjectionSource *source);

/* Panels that are not shown cost nothing: whether a probe and a projection are wanted. */
void gsc_session_set_wanted (GscSession *session, gboolean probe, gboolean projection);

G_END_DECLS
