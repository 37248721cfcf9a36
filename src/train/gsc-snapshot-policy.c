/* gsc-snapshot-policy.c - which snapshots of a run are taken and which are kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-snapshot-policy.h"

#include <math.h>

gboolean
gsc_snapshot_policy_wants (gint64 step, gint64 record_every, gint64 steps)
{
  return step % record_every == 0 || step == steps;
}

int
gsc_snapshot_policy_find_best (const GscSnapshotInfo *snapshots, guint n)
{
  int best = -1;

  for (guint i = 0; i < n; i++)
    {
      double score = snapshots[i].ood_test_last;

      /* A NaN, from a run that diverged, compares as false. */
      if (score >= 0 && (best < 0 || score > snapshots[best].ood_test_last))
        best = (int) i;
    }
  return best;
}

/* The kept snapshot that is missed least, or -1 if only those stay that always do. */
static int
find_least_missed (const GscSnapshotInfo *snapshots, guint n, int best, const gboolean *keep)
{
  double least = INFINITY;
  int found = -1;
  guint before = 0;

  for (guint i = 1; i + 1 < n; i++)
    {
      guint after = i + 1;
      double ratio;

      if (!keep[i])
        continue;
      while (!keep[after])
        after++;
      /* One is added because the first step is 0. */
      ratio = ((double) snapshots[after].step + 1) / ((double) snapshots[before].step + 1);
      if ((int) i != best && !snapshots[i].named && ratio <= least)
        {
          least = ratio;
          found = (int) i;
        }
      before = i;
    }
  return found;
}

void
gsc_snapshot_policy_thin (const GscSnapshotInfo *snapshots, guint n, goffset budget, gboolean *keep)
{
  int best = gsc_snapshot_policy_find_best (snapshots, n);
  goffset total = 0;

  for (guint i = 0; i < n; i++)
    {
      keep[i] = TRUE;
      total += snapshots[i].size;
    }
  while (total > budget)
    {
      int i = find_least_missed (snapshots, n, best, keep);

      if (i < 0)
        break;
      keep[i] = FALSE;
      total -= snapshots[i].size;
    }
}
