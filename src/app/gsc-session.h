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
 *   message (string or NULL)  why the model cannot be shown
 *   ablated (GBytes or NULL)  heads that are taken out (gsc-head-modes.h)
 * Signal "notice" (char *message): a stored model could not be read, and another is shown in its
 * place; once for each message.
 * Signal "progress" (): gsc_session_get_progress() or what is told beside it has changed. */
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

/* The model at @step will be wanted soon. */
void gsc_session_prefetch (GscSession *session, gint64 step);

/* Back to the default cursor, the context drawn for it, and live: what Esc does. */
void gsc_session_unlock (GscSession *session);
gboolean gsc_session_is_locked (GscSession *session);

/* The sequence: drawn for the cursor's task from training inputs by a seed, or typed. */
gint64 gsc_session_get_context_seed (GscSession *session);
void gsc_session_set_context_seed (GscSession *session, gint64 seed); /* draws; none is typed */
void gsc_session_new_context (GscSession *session);                   /* the next seed */
gboolean gsc_session_set_sequence (GscSession *session, const char *text, GError **error);
char *gsc_session_get_sequence (GscSession *session); /* "4 21 5 | 2 6 19": (transfer full) */
gboolean gsc_session_has_own_sequence (GscSession *session);
const gint32 *gsc_session_get_tokens (GscSession *session, guint *n_tokens); /* borrowed, or NULL */

/* The model that the frame's probe and projection are of. Borrowed, or NULL. */
GscSnapshot *gsc_session_get_snapshot (GscSession *session);

/* What the projection panel shows. */
GscProjectionSource gsc_session_get_projection (GscSession *session);
void gsc_session_set_projection (GscSession *session, const GscProjectionSource *source);

/* Panels that are not shown cost nothing: whether a probe and a projection are wanted, and which
 * insights, as bits 1 << GscInsightKind. */
void gsc_session_set_wanted (GscSession *session, gboolean probe, gboolean projection);
void gsc_session_set_wanted_insights (GscSession *session, guint kinds);

/* What is asked for insights of @request's kind: set, slot and mode count; the rest comes from the
 * cursor and the sequence. */
void gsc_session_set_insight_options (GscSession *session, const GscInsightRequest *request);
GscInsightRequest gsc_session_get_insight_options (GscSession *session, GscInsightKind kind);

/* Insights take their time. The share that is done, 0..1; negative: nothing of this kind that a
 * user waits for is being computed. */
double gsc_session_get_progress (GscSession *session, GscInsightKind kind);

/* Why an insight could not be computed, or NULL. Borrowed. */
const char *gsc_session_get_insight_message (GscSession *session, GscInsightKind kind);

/* Stops computing it, until something else is wanted or gsc_session_compute_insight(). */
void gsc_session_cancel_insight (GscSession *session, GscInsightKind kind);
gboolean gsc_session_is_insight_cancelled (GscSession *session, GscInsightKind kind);
void gsc_session_compute_insight (GscSession *session, GscInsightKind kind);

/* Whether a model is being trained meanwhile, so that insights leave the processors to it. */
void gsc_session_set_training (GscSession *session, gboolean training);

/* Heads taken out of the model, in all that is shown of it; the run's records stay as they are, but
 * the frame's scores are measured anew (gsc_frame_get_scores()). NONE puts one back. Heads that the
 * run has not are passed over. */
void gsc_session_ablate (GscSession *session, guint layer, guint head, GscAblationMode mode);
void gsc_session_restore_heads (GscSession *session);
GscAblationMode gsc_session_get_head_mode (GscSession *session, guint layer, guint head);
guint gsc_session_count_ablated (GscSession *session);

/* What every frame has beside it from now on (nullable; gsc_frame_set_beside()). */
void gsc_session_set_beside (GscSession *session, GscFrame *beside);

/* Whether projections are turned to lie as near as may be to those of the frame beside
 * (gsc_projection_align()), so that the two can be compared; otherwise to the one before. */
void gsc_session_set_turns (GscSession *session, gboolean turns);

G_END_DECLS
