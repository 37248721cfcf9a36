/* gsc-inspector.h - the thread that looks inside models for longer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Computes insights one at a time, of low priority, on all processors; while a model trains on one,
 * and then those that nobody waits for are paced as well. What was computed is kept for a while.
 */

#pragma once

#include <glib-object.h>

#include "gsc-insight-cache.h"
#include "gsc-run-data.h"
#include "gsc-snapshot.h"

G_BEGIN_DECLS

#define GSC_TYPE_INSPECTOR (gsc_inspector_get_type ())
G_DECLARE_FINAL_TYPE (GscInspector, gsc_inspector, GSC, INSPECTOR, GObject)

/* One insight of one model. What it points to is copied or referenced. */
typedef struct
{
  GscInsightKey *key;
  GscSnapshot *snapshot; /* of key->step */
  GscRunData *data;      /* of the run: key->config, and the splits */
  GscAblation *ablation; /* what key->modes are for this model; NULL: none */
  gboolean urgent;       /* a user waits for it */
} GscInspectorWish;

/* What came of a wish. Owned by the inspector, valid during the signal. */
typedef struct
{
  GscInsightKey *key;  /* of the wish, or of an earlier one that is alike but for the step */
  GscInsight *insight; /* NULL: it could not be computed */
  const char *message; /* why not, or NULL */
} GscInspection;

/* For the main thread, like its signals:
 *   "done" (GscInspection *inspection): at once, if the insight has been computed before
 *   "progress" (): of any kind; some ten times a second at most */
GscInspector *gsc_inspector_new (void);

/* Asks for an insight instead of those of its kind asked for before. One under way that is alike
 * but for the step goes on, unless a user waits for the new one. */
void gsc_inspector_request (GscInspector *inspector, const GscInspectorWish *wish);

/* No insight of this kind is wanted any more; no "done" comes for it. */
void gsc_inspector_cancel (GscInspector *inspector, GscInsightKind kind);
void gsc_inspector_cancel_all (GscInspector *inspector);

/* The share of the work that is done, 0..1 (0 while it waits for its turn); negative: nothing of
 * this kind that a user waits for is to be done. */
double gsc_inspector_get_progress (GscInspector *inspector, GscInsightKind kind);

/* Whether a model is being trained meanwhile. */
void gsc_inspector_set_sharing (GscInspector *inspector, gboolean sharing);

/* Insights computed so far, those from the cache not counted. */
guint gsc_inspector_get_n_computed (GscInspector *inspector);

G_END_DECLS
