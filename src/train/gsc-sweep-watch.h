/* gsc-sweep-watch.h - a sweep's folder that fills up, read again cheaply
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of hundreds of runs only those are read again whose files have changed.
 */

#pragma once

#include "gsc-sweep-table.h"

G_BEGIN_DECLS

/* For one thread at a time; reads files, so not the user interface's. */
typedef struct _GscSweepWatch GscSweepWatch;

/* Borrows @sweep, which must outlive it. Nothing is read yet. */
GscSweepWatch *gsc_sweep_watch_new (const GscSweep *sweep, const char *folder);
void gsc_sweep_watch_free (GscSweepWatch *watch);

/* Looks at all runs and reads those that have changed since the last time. Whether anything has;
 * the first time, always. */
gboolean gsc_sweep_watch_update (GscSweepWatch *watch);

/* What gsc_sweep_table_load() would have given at the last update, without reading anything: for
 * thresholds that are moved with a slider. */
GscSweepTable *gsc_sweep_watch_make_table (const GscSweepWatch *watch,
                                           const GscSweepTableOptions *options);

/* How many runs have been read so far, all updates together: for tests and curiosity. */
guint gsc_sweep_watch_count_reads (const GscSweepWatch *watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscSweepWatch, gsc_sweep_watch_free)

G_END_DECLS
