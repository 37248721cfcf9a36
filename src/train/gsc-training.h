/* gsc-training.h - a trainer and its run folder together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What both front ends call: trains a config into a folder, records, snapshots, keeps the state for
 * resuming.
 */

#pragma once

#include "gsc-run-folder.h"
#include "gsc-trainer.h"

G_BEGIN_DECLS

typedef struct _GscTraining GscTraining;

/* A new run in @path (see gsc_run_folder_create()), or NULL and @error. */
GscTraining *
gsc_training_new (const char *path, const GscConfig *config, guint threads, GError **error);

/* A new run in @path that begins with the weights of the run @parent_path at its snapshot of
 * exactly
 * @parent_step. Tasks are the parent's where p, tasks and task_rule are, inputs where p and alpha
 * are; others are drawn from the seed. The optimiser and the schedule begin anew. The parent is
 * only read. @error: also as gsc_training_check_branch(). */
GscTraining *gsc_training_branch (const char *path,
                                  const GscConfig *config,
                                  const char *parent_path,
                                  gint64 parent_step,
                                  guint threads,
                                  GError **error);

/* Whether a run of @config can begin with weights of one of @parent: p, width, heads, depth,
 * activation and tied must agree. FALSE and GSC_MODEL_ERROR_SHAPE naming what does not. */
gboolean
gsc_training_check_branch (const GscConfig *config, const GscConfig *parent, GError **error);

/* An existing run, at its saved state (or, when that is missing or damaged, an error that says so);
 * rows after it are dropped. */
GscTraining *gsc_training_resume (const char *path, guint threads, GError **error);
void gsc_training_free (GscTraining *training);

GscTrainer *gsc_training_get_trainer (GscTraining *training);  /* borrowed */
GscRunFolder *gsc_training_get_folder (GscTraining *training); /* borrowed */

/* Bytes that the files of one record of such a run need while they are written, with room to spare.
 * A training that fails with G_FILE_ERROR_NOSPC goes on when there is so much. */
goffset gsc_training_get_record_size (const GscConfig *config);

/* Runs to config.steps or gsc_trainer_stop() on the trainer; records and snapshots go to the
 * folder, and state is saved at the end, on stop, on error and now and then. @callback (nullable)
 * is called as by gsc_trainer_run(), after the folder has the record. On divergence the last good
 * snapshot and state stay, the event is logged, and the error says so. */
gboolean gsc_training_run (GscTraining *training,
                           GscTrainerCallback callback,
                           gpointer data,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscTraining, gsc_training_free)

G_END_DECLS
