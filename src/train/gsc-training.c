/* gsc-training.c - a trainer and its run folder together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-training.h"

struct _GscTraining
{
  GscTrainer *trainer;
  GscRunFolder *folder;
  char *state_path;

  /* of the run under way */
  GscTrainerCallback callback;
  gpointer data;
};

static GscTraining *
training_new (GscRunFolder *folder, GscTrainer *trainer)
{
  GscTraining *training = g_new0 (GscTraining, 1);

  training->folder = folder;
  training->trainer = trainer;
  training->state_path = gsc_run_folder_get_state_path (folder);
  return training;
}

GscTraining *
gsc_training_new (const char *path, const GscConfig *config, guint threads, GError **error)
{
  GscTrainerOptions options = gsc_trainer_options_default ();
  g_autoptr (GscTrainer) trainer = NULL;
  g_autoptr (GscRunFolder) folder = NULL;

  options.threads = threads;
  trainer = gsc_trainer_new (config, &options, error);
  if (trainer == NULL)
    return NULL;
  folder = gsc_run_folder_create (path, config, gsc_trainer_get_tasks (trainer),
                                  gsc_trainer_get_inputs (trainer), error);
  if (folder == NULL)
    return NULL;
  gsc_run_folder_log (folder, "created");
  return training_new (g_steal_pointer (&folder), g_steal_pointer (&trainer));
}

/* A run killed before its first state starts again from its seed; one that has results but lost its
 * state is left alone, because starting again would throw them away. */
static gboolean
restart_unrecorded (GscRunFolder *folder, const char *state, GError **error)
{
  g_autoptr (GPtrArray) records = gsc_run_folder_read_records (folder, error);

  if (records == NULL)
    return FALSE;
  if (records->len > 0 && ((GscRecord *) g_ptr_array_index (records, records->len - 1))->step > 0)
    {
      g_set_error (
          error, GSC_TRAINER_ERROR, GSC_TRAINER_ERROR_STATE,
          "%s is missing, so this run cannot be resumed; its records and snapshots are kept.",
          state);
      return FALSE;
    }
  return gsc_run_folder_rewind (folder, -1, error);
}

GscTraining *
gsc_training_resume (const char *path, guint threads, GError **error)
{
  GscTrainerOptions options = gsc_trainer_options_default ();
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, TRUE, error);
  g_autoptr (GscTrainer) trainer = NULL;
  g_autoptr (GscTaskSplit) tasks = NULL;
  g_autoptr (GscInputSplit) inputs = NULL;
  g_autofree char *state = NULL;

  if (folder == NULL)
    return NULL;
  /* The splits come from the folder, so that a run outlives changes in how they are drawn. */
  tasks = gsc_run_folder_read_tasks (folder, error);
  if (tasks == NULL)
    return NULL;
  inputs = gsc_run_folder_read_inputs (folder, error);
  if (inputs == NULL)
    return NULL;
  options.threads = threads;
  options.tasks = tasks;
  options.inputs = inputs;
  trainer = gsc_trainer_new (gsc_run_folder_get_config (folder), &options, error);
  if (trainer == NULL)
    return NULL;

  state = gsc_run_folder_get_state_path (folder);
  if (g_file_test (state, G_FILE_TEST_EXISTS))
    {
      if (!gsc_trainer_load_state (trainer, state, error))
        return NULL;
      if (!gsc_run_folder_rewind (folder, gsc_trainer_get_step (trainer), error))
        return NULL;
    }
  else if (!restart_unrecorded (folder, state, error))
    return NULL;
  gsc_run_folder_log (folder, "resumed at step %" G_GINT64_FORMAT, gsc_trainer_get_step (trainer));
  return training_new (g_steal_pointer (&folder), g_steal_pointer (&trainer));
}

void
gsc_training_free (GscTraining *training)
{
  if (training == NULL)
    return;
  gsc_trainer_free (training->trainer);
  gsc_run_folder_free (training->folder);
  g_free (training->state_path);
  g_free (training);
}

GscTrainer *
gsc_training_get_trainer (GscTraining *training)
{
  return training->trainer;
}

GscRunFolder *
gsc_training_get_folder (GscTraining *training)
{
  return training->folder;
}

/* A GscTrainerCallback: the folder first, so that what the front end shows is already on disk. Each
 * record brings a snapshot and a state, so that a killed process loses only the steps since its
 * last record. */
static gboolean
on_progress (GscTrainer *trainer,
             const GscStepInfo *info,
             const GscRecord *record,
             gpointer data,
             GError **error)
{
  GscTraining *training = data;
  const GscConfig *config = gsc_trainer_get_config (trainer);

  if (record != NULL)
    {
      if (!gsc_run_folder_append_record (training->folder, record, error))
        return FALSE;
      if (gsc_snapshot_policy_wants (record->step, config->record_every, config->steps)
          && !gsc_run_folder_save_snapshot (training->folder, gsc_trainer_get_model (trainer),
                                            record->step, error))
        return FALSE;
      if (!gsc_trainer_save_state (trainer, training->state_path, error))
        return FALSE;
    }
  return training->callback == NULL
         || training->callback (trainer, info, record, training->data, error);
}

gboolean
gsc_training_run (GscTraining *training, GscTrainerCallback callback, gpointer data, GError **error)
{
  GscTrainer *trainer = training->trainer;
  g_autoptr (GError) failure = NULL;
  gint64 step;

  training->callback = callback;
  training->data = data;
  gsc_run_folder_log (training->folder, "training from step %" G_GINT64_FORMAT " with %u threads",
                      gsc_trainer_get_step (trainer), gsc_trainer_get_threads (trainer));
  if (!gsc_trainer_run (trainer, on_progress, training, &failure))
    {
      gsc_run_folder_log (training->folder, "failed: %s", failure->message);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  step = gsc_trainer_get_step (trainer);
  if (!gsc_trainer_save_state (trainer, training->state_path, error))
    return FALSE;
  if (!gsc_run_folder_save_snapshot (training->folder, gsc_trainer_get_model (trainer), step,
                                     error))
    return FALSE;
  gsc_run_folder_log (training->folder, "%s at step %" G_GINT64_FORMAT,
                      step >= gsc_trainer_get_config (trainer)->steps ? "finished" : "stopped",
                      step);
  return TRUE;
}
