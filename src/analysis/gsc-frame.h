/* gsc-frame.h - everything that is shown at one moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures are drawn from a frame and nothing else, in whatever thread.
 */

#pragma once

#include "gsc-insight.h"
#include "gsc-probe.h"
#include "gsc-projection.h"
#include "gsc-run-data.h"

G_BEGIN_DECLS

/* What all panels point at. A plain value. */
typedef struct
{
  int a; /* the task */
  int b;
  guint shot;
  guint layer;
  guint head;
} GscCursor;

typedef struct _GscFrame GscFrame;

/* Immutable once shared, so any thread may read it; reference-counted (atomically). */
struct _GscFrame
{
  gatomicrefcount ref_count;
  GscRunData *run;
  GscCursor cursor;
  int record;                /* index of the record shown, -1: none */
  gint64 step;               /* of the model that probe and projection are of; -1: none */
  GscProbe *probe;           /* of the sequence shown, or NULL */
  GscProjection *projection; /* or NULL */
  GscInsight *insights[GSC_N_INSIGHTS]; /* or NULL */
  gint64 insight_steps[GSC_N_INSIGHTS]; /* of the models that they are of */
  GscAblation *ablation;                /* heads that all of these are without; NULL: none */
  GscFrame *beside; /* what it is compared with: scales take in both; NULL: nothing */
};

/* A frame of @run at its record @record, with the cursor of gsc_frame_default_cursor() and no
 * model. The fields are the caller's to fill in until the frame is shared. */
GscFrame *gsc_frame_new (GscRunData *run, int record);

/* A copy to change (its parts are shared). */
GscFrame *gsc_frame_copy (const GscFrame *frame);

GscFrame *gsc_frame_ref (GscFrame *frame);
void gsc_frame_unref (GscFrame *frame);

/* The record shown, or NULL. */
const GscRecord *gsc_frame_get_record (const GscFrame *frame);

/* The scores shown: the record's; but where they have been measured anew (with heads ablated, or of
 * a model that has no records) those. NULL: there are none. */
const GscRecord *gsc_frame_get_scores (const GscFrame *frame);

/* The first held-out task, the last shot, the first head of the last block. */
GscCursor gsc_frame_default_cursor (const GscRunData *run);

/* Whether the cursor names things that this run has. */
gboolean gsc_frame_has_cursor (const GscRunData *run, const GscCursor *cursor);

/* Replace a part of a frame that is not shared yet; takes a reference (nullable). */
void gsc_frame_set_probe (GscFrame *frame, GscProbe *probe);
void gsc_frame_set_projection (GscFrame *frame, GscProjection *projection);
void gsc_frame_set_ablation (GscFrame *frame, GscAblation *ablation);

/* The same; @beside is itself compared with nothing. */
void gsc_frame_set_beside (GscFrame *frame, GscFrame *beside);

/* The same for an analysis of whatever kind. */
void gsc_frame_set_insight (GscFrame *frame, GscInsight *insight);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFrame, gsc_frame_unref)

G_END_DECLS
