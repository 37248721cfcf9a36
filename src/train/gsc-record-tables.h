/* gsc-record-tables.h - the records of a run as three tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   metrics.csv   step,train_loss,lr,grad_norm,param_norm,seconds,tokens_per_second,
 *                 then for each set SET_loss,SET_accuracy,SET_last_accuracy
 *   per_shot.csv  step,set,sequences,shot_0,...:
 *                 accuracy after so many complete examples
 *   per_task.csv  step,set,measure,a:b,...:
 *                 "accuracy" or "last_accuracy" of each task, in tasks.csv order;
 *                 empty where the set does not score the task
 *
 * Numbers have nine significant digits and a decimal point. The row in metrics.csv is written last:
 * a step is a record only when all its rows are there, so that a crash between two tables leaves
 * rows that readers skip and the next writer removes.
 */

#pragma once

#include "gsc-config.h"
#include "gsc-record.h"
#include "gsc-task-split.h"

G_BEGIN_DECLS

typedef struct _GscRecordTables GscRecordTables;

/* Touches no file. @folder: path of the run folder; @config and @tasks as the run's: they decide
 * the columns. @tasks is referenced. */
GscRecordTables *
gsc_record_tables_new (const char *folder, const GscConfig *config, const GscTaskSplit *tasks);
void gsc_record_tables_free (GscRecordTables *tables);

/* Writes the three tables without rows. */
gboolean gsc_record_tables_create (GscRecordTables *tables, GError **error);

/* Before the first append to tables that exist: removes torn lines, and rows of a step that is not
 * in metrics.csv. */
gboolean gsc_record_tables_repair (GscRecordTables *tables, GError **error);

/* Appends one record; after a failure no table has any of it. Its step must be later than the last.
 */
gboolean
gsc_record_tables_append (GscRecordTables *tables, const GscRecord *record, GError **error);

/* Removes every row of a later step than @step. */
gboolean gsc_record_tables_rewind (GscRecordTables *tables, gint64 step, GError **error);

/* All complete records, oldest first: array of GscRecord*. (transfer full) */
GPtrArray *gsc_record_tables_read (GscRecordTables *tables, GError **error);

/* What metrics.csv in @folder alone says: array of GscRecord* without shots and tasks, by step.
 * Quick, whatever the number of tasks. (transfer full) */
GPtrArray *gsc_record_tables_read_metrics (const char *folder, GError **error);

/* What metrics.csv in @folder says about o.o.d./test accuracy at the last shot: step (gint64*) ->
 * accuracy (double*). (transfer full) */
GHashTable *gsc_record_tables_read_scores (const char *folder, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscRecordTables, gsc_record_tables_free)

G_END_DECLS
