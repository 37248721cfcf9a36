/* gsc-worker.h - the thread that trains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only class that owns a training thread. It copies what is to be shown into a one-slot mailbox
 * under a lock, keeps at most one idle source pending (of lower priority than redrawing), and drops
 * what belongs to a training that is over. All its functions are for the main thread, and so are
 * its signals.
 */

#pragma once

#include <glib-object.h>

#include "gsc-run-data.h"
#include "gsc-snapshot.h"
#include "gsc-stop-rule.h"
#include "gsc-trainer.h"

G_BEGIN_DECLS

#define GSC_TYPE_WORKER (gsc_worker_get_type ())
G_DECLARE_FINAL_TYPE (GscWorker, gsc_worker, GSC, WORKER, GObject)

/* What is new since the update before. Owned by the worker, valid during the signal. */
typedef struct
{
  GscStepInfo info;        /* loss NaN: no step or record yet */
  double steps_per_second; /* over the last seconds */
  double seconds_left;     /* until config.steps; negative: not known yet */
  GscRunData *data;        /* with the newest record; NULL: no record since the last update */
  GscSnapshot *snapshot;   /* the present weights; NULL: not copied this time */
} GscWorkerUpdate;

/* Why a training is over. */
typedef enum
{
  GSC_WORKER_FINISHED,      /* all its steps are done */
  GSC_WORKER_STOPPED,       /* it was asked to */
  GSC_WORKER_STOPPED_EARLY, /* by the stop rule */
  GSC_WORKER_NO_ROOM,       /* on the disk: what is since the last record is lost */
  GSC_WORKER_FAILED,        /* see the error */
} GscWorkerEnd;

/* What to train. Copied. */
typedef struct
{
  const char *path;        /* the run's folder */
  const char *name;        /* for the figures */
  const GscConfig *config; /* of a new run; NULL: resume the run in the folder */
  const char *parent_path; /* new run: start with the weights and splits of this run ... */
  gint64 parent_step;      /* ... at its snapshot of this step; NULL path: from scratch */
  GscStopRule stop;
  guint threads; /* 0: one per processor */
} GscWorkerJob;

/* Signals:
 *   "update" (GscWorkerUpdate *update)
 *   "ended" (GscWorkerEnd end, char *message): message is a sentence for the user, NULL where all
 *     is well. The run's folder is closed and its lock is free by then. */
GscWorker *gsc_worker_new (void);

/* Starts a thread, whose training threads run at a lower priority than the window. TRUE, or FALSE
 * if one is running already. What goes wrong later is said by "ended". */
gboolean gsc_worker_start (GscWorker *worker, const GscWorkerJob *job);

gboolean gsc_worker_is_running (GscWorker *worker);

/* Asks it to stop after the present step; everything is saved first, then "ended" comes. With
 * @record the run gets a record of its last step. */
void gsc_worker_stop (GscWorker *worker, gboolean record);

/* The same, and waits until all is saved; "ended" has been emitted then. For the end of the
 * program. */
void gsc_worker_stop_and_wait (GscWorker *worker);

/* Steps the training has done by now, updates or not; 0 when there is none. */
gint64 gsc_worker_get_step (GscWorker *worker);

/* How often updates come at most, in milliseconds; default 120. */
void gsc_worker_set_interval (GscWorker *worker, guint interval);

G_END_DECLS
