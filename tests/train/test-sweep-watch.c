/* test-sweep-watch.c - a sweep's folder that fills up, read again cheaply
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-watch.h"

#include <glib/gstdio.h>
#include <math.h>

#include "gsc-run-lock.h"
#include "run-fixture.h"
#include "sweep-fixture.h"

/* The watch's table is that of reading everything anew. */
static void
assert_table (const GscSweep *sweep, const char *folder, const GscSweepWatch *watch)
{
  GscSweepTableOptions options = gsc_sweep_table_options_default ();

  for (guint unfinished = 0; unfinished < 2; unfinished++)
    {
      g_autoptr (GscSweepTable) here = NULL;
      g_autoptr (GscSweepTable) there = NULL;

      options.unfinished = unfinished;
      here = gsc_sweep_watch_make_table (watch, &options);
      there = gsc_sweep_table_load (sweep, folder, &options);
      for (guint i = 0; i < sweep->n_cells; i++)
        {
          const GscSweepResult *a = &here->results[i], *b = &there->results[i];

          g_assert_cmpint (a->state, ==, b->state);
          g_assert_cmpint (a->counts, ==, b->counts);
          g_assert_cmpint (a->at[GSC_SWEEP_FINAL].step, ==, b->at[GSC_SWEEP_FINAL].step);
          g_assert_cmpint (a->at[GSC_SWEEP_BEST].phase, ==, b->at[GSC_SWEEP_BEST].phase);
          for (guint set = 0; set < GSC_N_SETS; set++)
            g_assert_cmpfloat (a->at[GSC_SWEEP_BEST].accuracy[set], ==,
                               b->at[GSC_SWEEP_BEST].accuracy[set]);
        }
    }
}

/* Stops a run in its middle. */
static void
cancel_half (gint64 step, const GscRecord *record, gpointer data)
{
  if (step >= 30)
    g_cancellable_cancel (data);
}

static void
train (const GscSweep *sweep, const char *folder, guint cell, gboolean half)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gboolean finished;

  g_assert_true (gsc_sweep_train (sweep, folder, cell, 1, cancellable, half ? cancel_half : NULL,
                                  cancellable, &finished, &error));
  g_assert_no_error (error);
  g_assert_cmpint (finished, ==, !half);
}

static void
test_watch (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_new ();
  g_autoptr (GscSweepWatch) watch = gsc_sweep_watch_new (sweep, fixture->path);
  g_autoptr (GError) error = NULL;
  g_autofree char *run = gsc_sweep_get_path (sweep, fixture->path, 1);
  g_autofree char *config = NULL;
  GscRunLock *lock;

  g_assert_true (gsc_sweep_save (sweep, fixture->path, &error));
  g_assert_true (gsc_sweep_watch_update (watch));
  g_assert_cmpuint (gsc_sweep_watch_count_reads (watch), ==, 4);
  g_assert_false (gsc_sweep_watch_update (watch));
  g_assert_cmpuint (gsc_sweep_watch_count_reads (watch), ==, 4);
  assert_table (sweep, fixture->path, watch);

  /* one run in its middle: it alone is read */
  train (sweep, fixture->path, 1, TRUE);
  g_assert_true (gsc_sweep_watch_update (watch));
  g_assert_cmpuint (gsc_sweep_watch_count_reads (watch), ==, 5);
  g_assert_false (gsc_sweep_watch_update (watch));
  assert_table (sweep, fixture->path, watch);

  /* a process goes on with it: seen without reading */
  lock = gsc_run_lock_take (run, &error);
  g_assert_no_error (error);
  g_assert_true (gsc_sweep_watch_update (watch));
  assert_table (sweep, fixture->path, watch);
  gsc_run_lock_free (lock);
  g_assert_true (gsc_sweep_watch_update (watch));
  g_assert_cmpuint (gsc_sweep_watch_count_reads (watch), ==, 5);
  assert_table (sweep, fixture->path, watch);

  train (sweep, fixture->path, 1, FALSE);
  train (sweep, fixture->path, 3, FALSE);
  g_assert_true (gsc_sweep_watch_update (watch));
  g_assert_cmpuint (gsc_sweep_watch_count_reads (watch), ==, 7);
  assert_table (sweep, fixture->path, watch);

  /* a run that can be read no more */
  config = g_build_filename (run, "config.json", NULL);
  g_assert_true (g_file_set_contents (config, "{", 1, &error));
  g_assert_true (gsc_sweep_watch_update (watch));
  assert_table (sweep, fixture->path, watch);
  g_assert_false (gsc_sweep_watch_update (watch));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/sweep-watch/fills-up", test_watch);
  return g_test_run ();
}
