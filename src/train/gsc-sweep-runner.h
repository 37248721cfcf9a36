/* gsc-sweep-runner.h - trains the runs of a sweep, several at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Runs at the same time are threads of one process: they share nothing but the program, each keeps
 * its own folder locked, and a process that is killed loses of each run what a killed run loses -
 * the steps since its last record. Several processes, on one machine or on many, may work on the
 * same sweep: what one trains, the others leave alone.
 */

#pragma once

#include "gsc-sweep-cell.h"

G_BEGIN_DECLS

typedef struct _GscSweepRunner GscSweepRunner;

/* One run, as far as this runner knows. A plain value. */
typedef struct
{
  GscSweepState state; /* TRAINING also when another process trains it */
  gboolean here;       /* trained by this runner at this moment */
  gint64 step;
  double left;     /* seconds that it will still take; negative while not known. Only if here */
  const char *why; /* as GscSweepStatus.why; the runner's, for as long as it lives */
} GscSweepRunnerCell;

/* All of them together. */
typedef struct
{
  guint n[GSC_SWEEP_N_STATES];
  guint n_here;
  double done;     /* share of all work, 0 to 1, whoever did it */
  double left;     /* seconds; negative while not known. An upper bound with early stopping */
  guint threads;   /* of a run, when all jobs are busy */
  gboolean ending; /* it has been cancelled, and the last steps are being saved */
} GscSweepRunnerSummary;

/* Several times a second, in the thread of gsc_sweep_runner_run(). */
typedef void (*GscSweepRunnerFunc) (GscSweepRunner *runner, gpointer data);

/* Looks at all runs in @folder, which takes a moment. @jobs: runs at once, 0: one for each
 * processor. @threads: of each run, 0: one where there are at least as many runs to be done as
 * processors, otherwise what is left of them for each. @sweep is borrowed. */
GscSweepRunner *
gsc_sweep_runner_new (const GscSweep *sweep, const char *folder, guint jobs, guint threads);
void gsc_sweep_runner_free (GscSweepRunner *runner);

/* Trains all runs that are not finished; returns when that is done, or when @cancellable (nullable)
 * was cancelled and all is saved. To be called once. Runs that fail do not end it. */
void gsc_sweep_runner_run (GscSweepRunner *runner,
                           GCancellable *cancellable,
                           GscSweepRunnerFunc func,
                           gpointer data);

/* Brings the number of runs at once down to @limit, with one thread each, or up again to what
 * gsc_sweep_runner_new() was told. What is too many is saved after the present step and gone on
 * with later; with 0 all waits. Any thread, at any time. */
void gsc_sweep_runner_set_limit (GscSweepRunner *runner, guint limit);

/* How things stand. Any thread. */
void gsc_sweep_runner_get_cell (GscSweepRunner *runner, guint cell, GscSweepRunnerCell *result);
void gsc_sweep_runner_get_summary (GscSweepRunner *runner, GscSweepRunnerSummary *summary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscSweepRunner, gsc_sweep_runner_free)

G_END_DECLS
