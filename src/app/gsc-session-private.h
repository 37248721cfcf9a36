/* gsc-session-private.h - shared by the files of the session
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-analyst.h"
#include "gsc-inspector.h"
#include "gsc-session.h"
#include "gsc-shown-sequence.h"

G_BEGIN_DECLS

/* An insight as it is shown. */
typedef struct
{
  GscInsightKey *key;  /* asked for last, or NULL */
  GscInsight *insight; /* alike but for the step, or NULL */
  gint64 step;         /* of its model */
  char *message;       /* why there is none, or NULL */
  gboolean cancelled;  /* by the user; not asked for again until something else is wanted */
} GscShownInsight;

struct _GscSession
{
  GObject parent_instance;

  /* Owned References */
  GscRun *run;
  GscAnalyst *analyst;
  GscInspector *inspector;
  GscFrame *frame;
  GscSnapshot *snapshot; /* the model that probe and projection are of */
  GscAblation *ablation; /* its heads that are ablated there */
  GscProbe *probe;
  GscProjection *projection;
  GBytes *ablated;  /* as wished: gsc-head-modes.h */
  GscFrame *beside; /* what is compared with, or NULL */
  char *message;
  GHashTable *notices; /* of texts, said already */

  GscCursor cursor;
  GscShownSequence sequence;
  gboolean live;
  int record; /* shown where not live */

  GscProjectionSource source;
  gboolean wants_probe;
  gboolean wants_projection;
  gboolean turns;        /* the projection to the one beside */
  guint wanted_insights; /* bits 1 << GscInsightKind */
  GscInsightRequest options[GSC_N_INSIGHTS];
  GscShownInsight insights[GSC_N_INSIGHTS];
  guint64 serial;  /* of the latest analysis asked for */
  gboolean urgent; /* a user waits for it */
  gboolean busy;
};

/* gsc-session.c */

GscRunData *gsc_session_get_data (GscSession *self); /* borrowed, or NULL */

/* The index of the record shown; -1: none. */
int gsc_session_get_record (GscSession *self);

/* Brings the cursor where this run has something, and draws a sequence where there is none. */
void gsc_session_prepare (GscSession *self);

/* A new frame from what is there now. */
void gsc_session_update_frame (GscSession *self);
void gsc_session_set_message (GscSession *self, const char *message);
void gsc_session_set_busy (GscSession *self, gboolean busy);
void gsc_session_notify_ablated (GscSession *self);
void gsc_session_emit_notice (GscSession *self, const char *message);
void gsc_session_emit_progress (GscSession *self);

/* gsc-session-model.c: what needs the model */

void gsc_session_init_model (GscSession *self);
void gsc_session_clear_model (GscSession *self);

/* Asks for whatever is wanted of the model at the present step. */
void gsc_session_request (GscSession *self, gboolean urgent);

/* The run is no longer shown. */
void gsc_session_forget_model (GscSession *self);

/* The model's part of a new frame. */
void gsc_session_fill_frame (GscSession *self, GscFrame *frame);

G_END_DECLS
