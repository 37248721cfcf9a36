/* gsc-snapshot-policy.h - which snapshots of a run are taken and which are kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A snapshot is taken at every record, so that every point of the curves can be looked into, and
 * the best one is known only afterwards. When all together take more bytes than the budget, they
 * are thinned so that what stays is spread evenly over the logarithm of the step: skills come early
 * and quickly, and late steps look alike. The first, the best, the last and those that are named in
 * the run's notes are always kept.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A snapshot in a run folder. */
typedef struct
{
  gint64 step;
  goffset size;         /* bytes */
  double ood_test_last; /* o.o.d./test accuracy at the last shot at that step, from metrics.csv; -1
                           if unknown */
  gboolean named;       /* in notes.json or bookmarks.json: kept whatever the budget */
} GscSnapshotInfo;

/* Whether a snapshot is taken after @step updates: at each record, which are step 0, every
 * @record_every steps and the last of @steps. */
gboolean gsc_snapshot_policy_wants (gint64 step, gint64 record_every, gint64 steps);

/* Index of the one with the highest o.o.d./test accuracy at the last shot, the earliest of several;
 * -1 if none is known. @snapshots: @n of them, by step. */
int gsc_snapshot_policy_find_best (const GscSnapshotInfo *snapshots, guint n);

/* Sets keep[i] for each of @n snapshots (ascending steps) so that those kept have at most @budget
 * bytes together, or are only the first, the best, the last and the named. As long as there are too
 * many, the one goes whose neighbours kept are closest by the ratio of their steps; of several, the
 * latest. The same arguments give the same answer. */
void gsc_snapshot_policy_thin (const GscSnapshotInfo *snapshots,
                               guint n,
                               goffset budget,
                               gboolean *keep);

G_END_DECLS
