/* gsc-split-tables.h - tasks.csv and inputs.csv
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   tasks.csv   a,b,role,origin,rectangle,sequences_train,sequences_test: every task of Z_p^2,
 *               pre-training tasks first; the sequences are those of an evaluation set that are of
 *               this task; rectangle is empty for a task of none
 *   inputs.csv  x,y,role: every input pair in order
 */

#pragma once

#include "gsc-config.h"
#include "gsc-input-split.h"
#include "gsc-task-split.h"

G_BEGIN_DECLS

/* Written atomically. @error names the file. */
gboolean gsc_task_table_save (const char *path,
                              const GscTaskSplit *tasks,
                              guint eval_sequences,
                              GError **error);
gboolean gsc_input_table_save (const char *path, const GscInputSplit *inputs, GError **error);

/* What the file says, checked against @config. Returns a new reference, or NULL and @error naming
 * the file: G_FILE_ERROR or GSC_RUN_ERROR_DAMAGED. */
GscTaskSplit *gsc_task_table_load (const char *path, const GscConfig *config, GError **error);
GscInputSplit *gsc_input_table_load (const char *path, const GscConfig *config, GError **error);

G_END_DECLS
