/* gsc-snapshot-cache.h - models read from a run's folder, the latest kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-snapshot.h"

G_BEGIN_DECLS

/* Not locked: for one thread. Some dozens of models, or 64 MiB of them. */
typedef struct _GscSnapshotCache GscSnapshotCache;

GscSnapshotCache *gsc_snapshot_cache_new (void);
void gsc_snapshot_cache_free (GscSnapshotCache *cache);

/* The stored model nearest to @step of the run in the folder @run_path: (transfer full). One that
 * cannot be read is passed over, and @notice (nullable, transfer full) names it and says why. NULL
 * without @error where the run has none yet; with @error (naming the file) where none near can be
 * read. */
GscSnapshot *gsc_snapshot_cache_load (
    GscSnapshotCache *cache, const char *run_path, gint64 step, char **notice, GError **error);

/* Reads one of the few models that come next on the way from the stored step @from to @step. FALSE:
 * there is nothing more to be read, or that was no way but a jump. */
gboolean gsc_snapshot_cache_prefetch (GscSnapshotCache *cache,
                                      const char *run_path,
                                      gint64 from,
                                      gint64 step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscSnapshotCache, gsc_snapshot_cache_free)

G_END_DECLS
