/* gsc-record.h - what is measured at one step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The four sets: {i.d., o.o.d. tasks} x {training, test inputs}. */
typedef enum
{
  GSC_SET_ID_TRAIN,
  GSC_SET_ID_TEST,
  GSC_SET_OOD_TRAIN,
  GSC_SET_OOD_TEST,
  GSC_N_SETS,
} GscSet;

/* "id_train", "id_test", "ood_train", "ood_test": as in metrics.csv. Static. */
const char *gsc_set_get_name (GscSet set);

/* The measures of one set at one step (experiment.md, "What is measured"). Accuracies are shares in
 * 0..1. Arrays are owned by the GscRecord. */
typedef struct
{
  double loss;          /* mean cross-entropy over all z, nats */
  double accuracy;      /* over all z */
  double last_accuracy; /* at the last z (S - 1 shots) */
  guint sequences;      /* number of sequences all this rests on */
  guint n_shots;
  double *shot_accuracy; /* [n_shots], index = number of complete examples before the query */
  guint n_tasks;
  /* [n_tasks], indices into the run's task list (tasks.csv order) and the task's figures */
  guint *task;
  guint *task_sequences;
  double *task_accuracy;      /* over all z of the task's sequences */
  double *task_last_accuracy; /* at the last z */
} GscSetScore;

/* Reference-counted (atomically). Its maker fills it in; immutable once shared. */
typedef struct
{
  gatomicrefcount ref_count;
  gint64 step;       /* updates done before this record */
  double train_loss; /* of the latest training batch (before its update); at step 0: of the first
                        batch */
  double lr;         /* used by the latest update; at step 0: of the first one to come */
  double grad_norm;  /* of the latest training batch */
  double param_norm;
  double seconds;           /* training time up to this step, pauses and evaluation left out */
  double tokens_per_second; /* training speed since the previous record */
  GscSetScore sets[GSC_N_SETS];
} GscRecord;

/* How many of a set's @eval_sequences sequences are of its task @i (0-based) when it scores
 * @n_tasks tasks: as near the same number for each as may be, the first ones getting one more.
 * Tasks with none are not in the record. A set of i.d. tasks scores all pre-training tasks, one of
 * o.o.d. tasks the first gsc_task_split_n_scored_ood(). */
guint gsc_evaluation_sequences_of_task (guint n_tasks, guint eval_sequences, guint i);

/* A zeroed record with room for @n_shots and, per set, @n_tasks[set] tasks. */
GscRecord *gsc_record_new (guint n_shots, const guint n_tasks[GSC_N_SETS]);
GscRecord *gsc_record_copy (const GscRecord *record);
GscRecord *gsc_record_ref (GscRecord *record);
void gsc_record_unref (GscRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscRecord, gsc_record_unref)

G_END_DECLS
