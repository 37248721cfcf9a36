/* gsc-sweep-cell.h - one run of a sweep: where it stands, and training it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "gsc-record.h"
#include "gsc-sweep.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_SWEEP_TO_DO,    /* there is no run yet */
  GSC_SWEEP_BEGUN,    /* there is one, which can be gone on with */
  GSC_SWEEP_TRAINING, /* some process does so now */
  GSC_SWEEP_FINISHED, /* all its steps are done, or it was ended early */
  GSC_SWEEP_FAILED,   /* it cannot be gone on with */
  GSC_SWEEP_N_STATES,
} GscSweepState;

/* "to-do", "begun", "training", "finished", "failed": for files. Static. */
const char *gsc_sweep_state_get_name (GscSweepState state);

typedef struct
{
  GscSweepState state;
  gint64 step;    /* of the last record; 0 without */
  double seconds; /* of training, up to there */
  char *why;      /* FINISHED: why it was ended early, or NULL; FAILED: what is wrong, a sentence */
} GscSweepStatus;

void gsc_sweep_status_clear (GscSweepStatus *status);

/* Where the run of @cell stands by what lies in its folder. @records: (out) (optional): its records
 * without shots and tasks (gsc_record_tables_read_metrics()), empty where there are none or they
 * cannot be read; (transfer full). */
void gsc_sweep_get_status (const GscSweep *sweep,
                           const char *folder,
                           guint cell,
                           GscSweepStatus *status,
                           GPtrArray **records);

/* After each step, with the record if there is one of it; in the thread that trains. */
typedef void (*GscSweepStepFunc) (gint64 step, const GscRecord *record, gpointer data);

/* Trains the run of @cell, or goes on with it, until its end or until @cancellable (nullable) is
 * cancelled; then it is saved after the present step. Snapshots of all runs together take at most 4
 * GiB, but each run may have 16 MiB. Does nothing where it is finished already. A run that diverges
 * is ended there: that is a result. @finished: (out): whether it is at its end. FALSE and @error
 * when it cannot be trained: GSC_RUN_ERROR_BUSY when another process trains it. */
gboolean gsc_sweep_train (const GscSweep *sweep,
                          const char *folder,
                          guint cell,
                          guint threads,
                          GCancellable *cancellable,
                          GscSweepStepFunc func,
                          gpointer data,
                          gboolean *finished,
                          GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscSweepStatus, gsc_sweep_status_clear)

G_END_DECLS
