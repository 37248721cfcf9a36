/* test-snapshot-policy.c - which snapshots are taken and which are kept
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "gsc-snapshot-policy.h"

static void
test_wants_every_record (void)
{
  for (gint64 every = 1; every < 12; every++)
    for (gint64 steps = 1; steps < 40; steps++)
      {
        g_assert_true (gsc_snapshot_policy_wants (0, every, steps));
        g_assert_true (gsc_snapshot_policy_wants (steps, every, steps));
        for (gint64 step = 1; step < steps; step++)
          g_assert_cmpint (gsc_snapshot_policy_wants (step, every, steps), ==, step % every == 0);
      }
}

static void
test_best (void)
{
  GscSnapshotInfo snapshots[] = { { .step = 0, .ood_test_last = 0.1 },
                                  { .step = 5, .ood_test_last = 0.7 },
                                  { .step = 9, .ood_test_last = 0.7 },
                                  { .step = 12, .ood_test_last = 0.2 } };

  g_assert_cmpint (gsc_snapshot_policy_find_best (snapshots, 4), ==, 1);
  snapshots[3].ood_test_last = 0.71;
  g_assert_cmpint (gsc_snapshot_policy_find_best (snapshots, 4), ==, 3);
  snapshots[3].ood_test_last = NAN;
  snapshots[0].ood_test_last = NAN;
  g_assert_cmpint (gsc_snapshot_policy_find_best (snapshots, 4), ==, 1);
  for (guint i = 0; i < 4; i++)
    snapshots[i].ood_test_last = i % 2 ? -1 : NAN;
  g_assert_cmpint (gsc_snapshot_policy_find_best (snapshots, 4), ==, -1);
  snapshots[2].ood_test_last = 0;
  g_assert_cmpint (gsc_snapshot_policy_find_best (snapshots, 4), ==, 2);
  g_assert_cmpint (gsc_snapshot_policy_find_best (snapshots, 0), ==, -1);
}

static goffset
get_kept_size (const GscSnapshotInfo *snapshots, guint n, const gboolean *keep)
{
  goffset size = 0;

  for (guint i = 0; i < n; i++)
    size += keep[i] ? snapshots[i].size : 0;
  return size;
}

/* Whatever the steps, sizes and scores. */
static void
test_promises (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (11);

  for (guint round = 0; round < 4000; round++)
    {
      guint n = (guint) g_rand_int_range (random, 0, 40);
      g_autofree GscSnapshotInfo *snapshots = g_new (GscSnapshotInfo, n + 1);
      g_autofree gboolean *keep = g_new (gboolean, n + 1);
      g_autofree gboolean *again = g_new (gboolean, n + 1);
      gint64 step = g_rand_int_range (random, 0, 3);
      goffset total = 0, largest_gone = 0, budget, kept;
      guint n_others = 0;
      int best;

      for (guint i = 0; i < n; i++)
        {
          snapshots[i] = (GscSnapshotInfo){ step, g_rand_int_range (random, 1, 1000), -1, FALSE };
          if (g_rand_int_range (random, 0, 4))
            snapshots[i].ood_test_last = g_rand_int_range (random, 0, 6) / 5.0;
          step += g_rand_int_range (random, 1, 1 << g_rand_int_range (random, 1, 20));
          total += snapshots[i].size;
        }
      budget = g_rand_int_range (random, 0, (gint32) total + 10);
      best = gsc_snapshot_policy_find_best (snapshots, n);
      gsc_snapshot_policy_thin (snapshots, n, budget, keep);

      kept = get_kept_size (snapshots, n, keep);
      for (guint i = 0; i < n; i++)
        {
          if (i == 0 || i == n - 1 || (int) i == best)
            g_assert_true (keep[i]);
          else
            n_others += keep[i] ? 1 : 0;
          if (!keep[i])
            largest_gone = MAX (largest_gone, snapshots[i].size);
        }
      /* Within the budget, or nothing left that could go; and no more goes than has to. */
      g_assert_true (kept <= budget || n_others == 0);
      g_assert_true (kept == total || kept + largest_gone > budget);
      gsc_snapshot_policy_thin (snapshots, n, total, again);
      g_assert_cmpint (get_kept_size (snapshots, n, again), ==, total);

      gsc_snapshot_policy_thin (snapshots, n, budget, again);
      g_assert_cmpmem (keep, n * sizeof *keep, again, n * sizeof *again);
    }
}

/* The one that goes is the one whose kept neighbours are closest by ratio, as found by trying all.
 */
static void
test_removes_least_missed (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (12);

  for (guint round = 0; round < 2000; round++)
    {
      enum
      {
        N = 12,
      };
      GscSnapshotInfo snapshots[N];
      gboolean keep[N];
      double least = INFINITY;
      int expected = -1;
      int best;
      gint64 step = 0;

      for (guint i = 0; i < N; i++)
        {
          snapshots[i] = (GscSnapshotInfo){ step, 100, g_rand_double (random), FALSE };
          step += g_rand_int_range (random, 1, 50);
        }
      best = gsc_snapshot_policy_find_best (snapshots, N);
      for (int i = 1; i < N - 1; i++)
        {
          double ratio = (snapshots[i + 1].step + 1.0) / (snapshots[i - 1].step + 1.0);

          if (i != best && ratio <= least)
            {
              least = ratio;
              expected = i;
            }
        }
      gsc_snapshot_policy_thin (snapshots, N, 100 * (N - 1), keep);
      for (int i = 0; i < N; i++)
        g_assert_cmpint (keep[i], ==, i != expected);
    }
}

/* A whole run that thins after each record, as the run folder does. */
static void
test_run (void)
{
  enum
  {
    ROOM = 20,
  };
  GscSnapshotInfo kept[ROOM + 2];
  guint n = 0;
  const gint64 every = 100, steps = 200000;
  double largest = 0;
  guint n_early = 0;

  for (gint64 step = 0; step <= steps; step += every)
    {
      gboolean keep[ROOM + 2];
      guint next = 0;

      /* The score rises, peaks at step 50,000 and falls. */
      kept[n++] = (GscSnapshotInfo){ step, 1000, 1 - fabs (step - 50000.0) / 200000, FALSE };
      gsc_snapshot_policy_thin (kept, n, 1000 * ROOM, keep);
      for (guint i = 0; i < n; i++)
        if (keep[i])
          kept[next++] = kept[i];
      n = next;
      g_assert_cmpuint (n, <=, ROOM);
      g_assert_cmpint (kept[n - 1].step, ==, step);
    }
  g_assert_cmpuint (n, ==, ROOM);
  g_assert_cmpint (kept[0].step, ==, 0);
  g_assert_cmpint (kept[1].step, ==, every);
  g_assert_cmpint (kept[gsc_snapshot_policy_find_best (kept, n)].step, ==, 50000);
  for (guint i = 2; i < n; i++)
    largest = MAX (largest, (double) kept[i].step / kept[i - 1].step);
  for (guint i = 0; i < n; i++)
    n_early += kept[i].step <= 10000;
  /* 2000-fold in 18 gaps: 1.53 each if even; never a hole. And half of them in the first twentieth
   * of the run. */
  g_assert_cmpfloat (largest, <, 2.5);
  g_assert_cmpuint (n_early, >=, ROOM / 2);
}

static void
test_one_larger_than_budget (void)
{
  GscSnapshotInfo snapshots[] = { { 0, 50, 0.1, FALSE },
                                  { 1, 50, 0.2, FALSE },
                                  { 2, 50, 0.9, FALSE },
                                  { 3, 50, 0.3, TRUE },
                                  { 4, 50, 0.4, FALSE } };
  gboolean keep[5];

  gsc_snapshot_policy_thin (snapshots, 5, 10, keep);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (keep[i], ==, i != 1); /* the fourth is named in the notes */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snapshot-policy/wants-every-record", test_wants_every_record);
  g_test_add_func ("/snapshot-policy/best", test_best);
  g_test_add_func ("/snapshot-policy/promises", test_promises);
  g_test_add_func ("/snapshot-policy/removes-least-missed", test_removes_least_missed);
  g_test_add_func ("/snapshot-policy/run", test_run);
  g_test_add_func ("/snapshot-policy/one-larger-than-budget", test_one_larger_than_budget);
  return g_test_run ();
}
