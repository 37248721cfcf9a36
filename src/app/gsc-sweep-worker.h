/* gsc-sweep-worker.h - the threads that train a sweep behind the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The counterpart of gsc-worker.h for sweeps: a gsc-sweep-runner in a thread of low priority. All
 * functions are for the main thread, and so are the signals.
 */

#pragma once

#include <gio/gio.h>

#include "gsc-sweep-runner.h"

G_BEGIN_DECLS

#define GSC_TYPE_SWEEP_WORKER (gsc_sweep_worker_get_type ())

/* Signals:
 *   "changed" (): it has begun, or gsc_sweep_worker_get_summary() says something new; some times a
 *     second
 *   "ended" (char *folder, char *message): all that can be trained is, or it was stopped;
 * everything is saved. @message: what went wrong, sentences for the user, or NULL */
G_DECLARE_FINAL_TYPE (GscSweepWorker, gsc_sweep_worker, GSC, SWEEP_WORKER, GObject)

GscSweepWorker *gsc_sweep_worker_new (void);

/* Trains what is not finished of the sweep in @folder, @jobs runs at once (at least 1). FALSE and
 * @error if it cannot be read, or G_IO_ERROR_BUSY if one is being trained. */
gboolean
gsc_sweep_worker_start (GscSweepWorker *worker, const char *folder, guint jobs, GError **error);

gboolean gsc_sweep_worker_is_running (GscSweepWorker *worker);

/* The folder of the sweep that is being trained, or NULL. Borrowed. */
const char *gsc_sweep_worker_get_folder (GscSweepWorker *worker);

/* How things stood a moment ago. FALSE before they are known, and when nothing is trained. */
gboolean gsc_sweep_worker_get_summary (GscSweepWorker *worker, GscSweepRunnerSummary *summary);

/* While it gives way, to the training of a single run, only half as many runs are trained at once,
 * and none where it would be one alone; the others are saved and gone on with afterwards. Sweeps
 * that are started later give way too. "changed" is emitted. */
void gsc_sweep_worker_set_gives_way (GscSweepWorker *worker, gboolean gives_way);
gboolean gsc_sweep_worker_gives_way (GscSweepWorker *worker);

/* Asks it to stop after the present steps; everything is saved first, then "ended" comes. */
void gsc_sweep_worker_stop (GscSweepWorker *worker);

/* The same, and waits; "ended" has been emitted then. For the end of the program. */
void gsc_sweep_worker_stop_and_wait (GscSweepWorker *worker);

G_END_DECLS
