/* gsc-analyst.h - the thread that looks inside models
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Loads snapshots and computes what is done in a moment: probes and projections, with heads ablated
 * if that is wished. Only the latest wish counts: one that is
 * under way is cancelled or its result dropped. Wishes that come by themselves while a model trains
 * are paced, so that they take a small share of one processor; those of a user are not.
 */

#pragma once

#include <glib-object.h>

#include "gsc-probe.h"
#include "gsc-projection.h"
#include "gsc-run-data.h"
#include "gsc-snapshot.h"

G_BEGIN_DECLS

#define GSC_TYPE_ANALYST (gsc_analyst_get_type ())
G_DECLARE_FINAL_TYPE (GscAnalyst, gsc_analyst, GSC, ANALYST, GObject)

/* What is wanted. Copied. */
typedef struct
{
  guint64 serial;        /* comes back with the result */
  const char *run_path;  /* whose stored snapshots are read ... */
  gint64 step;           /* ... at the one nearest to this step */
  GscSnapshot *snapshot; /* or this model, if not NULL */
  GscRunData *data;      /* of the run */
  GBytes *modes;         /* heads to ablate first (gsc-head-modes.h), or NULL */
  const gint32 *tokens;  /* the sequence */
  guint n_tokens;
  gboolean wants_probe;
  gboolean wants_projection;
  GscProjectionSource source;
  GscProjection *reference; /* what the projection is turned to; NULL: the one before */
  gboolean urgent;          /* a user waits for it */
} GscAnalystJob;

/* Owned by the analyst, valid during the signal. */
typedef struct
{
  guint64 serial;
  gint64 step;               /* of the model; -1: none */
  GscSnapshot *snapshot;     /* the model, or NULL */
  GscAblation *ablation;     /* its ablation, or NULL */
  GscProbe *probe;           /* or NULL */
  GscProjection *projection; /* or NULL; aligned with the reference or the one before */
  char *message;             /* what went wrong, or NULL */
  char *notice;              /* why it is not the nearest stored model, or NULL */
} GscAnalysis;

/* Signal "done" (GscAnalysis *analysis), in the main thread. */
GscAnalyst *gsc_analyst_new (void);

void gsc_analyst_request (GscAnalyst *analyst, const GscAnalystJob *job);

/* Reads the stored model nearest to @step when there is nothing else to do, so that it is at hand
 * when it is wanted; nothing before the first request. The latest such wish counts. */
void gsc_analyst_prefetch (GscAnalyst *analyst, const char *run_path, gint64 step);

/* Nothing is wanted any more; no "done" comes for earlier requests. */
void gsc_analyst_cancel (GscAnalyst *analyst);

G_END_DECLS
