/* gsc-head-maps.h - the attention of all heads on many sequences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-head-roles.h"
#include "gsc-record.h"
#include "gsc-subject.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

/* Sequences of a set that are looked at, if it has so many: evenly spaced among the evaluation
 * sequences, which are sorted by task. */
#define GSC_HEAD_MAPS_MAX_SEQUENCES 48

/* Immutable once made, so any thread may read it; reference-counted (atomically). Head number
 * layer * heads + head. */
typedef struct
{
  gatomicrefcount ref_count;
  GscModelConfig model;
  int p;
  GscSet set;
  guint n_sequences;
  guint n;             /* tokens of each that the model reads: all but the last z */
  float *attention;    /* [depth][heads][n][n] the mean; row = query, column = key */
  GscHeadRoles *roles; /* [depth][heads] over the queries of all sequences */
  float *similarity;   /* [depth * heads][depth * heads] as in gsc-head-similarity.h */
} GscHeadMaps;

/* Runs @subject's model, without the heads that are ablated (whose attention is measured all the
 * same), on evaluation sequences of @set; needs @subject's config, tasks and inputs. Any thread;
 * takes about GSC_HEAD_MAPS_MAX_SEQUENCES forward passes. NULL and @error: GSC_TASK_ERROR_RANGE for
 * a p that the model has not, GSC_MODEL_ERROR_VALUE where the weights have diverged,
 * G_IO_ERROR_CANCELLED. */
GscHeadMaps *gsc_head_maps_new (
    const GscSubject *subject, GscSet set, GscTeam *team, const GscWatch *watch, GError **error);

GscHeadMaps *gsc_head_maps_ref (GscHeadMaps *maps);
void gsc_head_maps_unref (GscHeadMaps *maps);

static inline const GscHeadRoles *
gsc_head_maps_get_roles (const GscHeadMaps *maps, guint layer, guint head)
{
  return &maps->roles[layer * (guint) maps->model.heads + head];
}

/* The weight with which @query looks at @key on average (0 for key > query). */
static inline float
gsc_head_maps_get_weight (const GscHeadMaps *maps, guint layer, guint head, guint query, guint key)
{
  gsize n = maps->n;

  return maps->attention[((layer * (gsize) maps->model.heads + head) * n + query) * n + key];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscHeadMaps, gsc_head_maps_unref)

G_END_DECLS
