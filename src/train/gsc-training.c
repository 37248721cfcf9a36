/* gsc-training.c - a trainer and its run folder together
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-training.h"

#include <glib/gi18n.h>

/* Bytes of the rows of a record, headers of files, and what a file system itself needs. */
#define ROW_SIZE (1024 * 1024)

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

/* Branches */

gboolean
gsc_training_check_branch (const GscConfig *config, const GscConfig *parent, GError **error)
{
  static const char *const keys[] = { "p", "width", "heads", "depth", "activation", "tied" };
  g_autoptr (GString) differences = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *here = gsc_config_get (config, keys[i]);
      g_autofree char *there = gsc_config_get (parent, keys[i]);

      if (!g_str_equal (here, there))
        {
          if (differences->len > 0)
            g_string_append (differences, ", ");
          /* Translators: a key of the recipe and its values, "depth is 4 instead of 2" */
          g_string_append_printf (differences, _ ("%s is %s instead of %s"), keys[i], here, there);
        }
    }
  if (differences->len == 0)
    return TRUE;
  g_set_error (
      error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_SHAPE,
      _ ("The new run cannot begin with the weights of the other, whose model is another: %s."),
      differences->str);
  return FALSE;
}

/* The splits that a branch takes over; NULL in @options for the others. */
static gboolean
share_splits (GscTrainerOptions *options,
              const GscConfig *config,
              GscRunFolder *parent,
              GError **error)
{
  const GscConfig *other = gsc_run_folder_get_config (parent);

  if (config->tasks == other->tasks && config->task_rule == other->task_rule)
    {
      options->tasks = gsc_run_folder_read_tasks (parent, error);
      if (options->tasks == NULL)
        return FALSE;
    }
  if (config->alpha == other->alpha)
    {
      options->inputs = gsc_run_folder_read_inputs (parent, error);
      if (options->inputs == NULL)
        return FALSE;
    }
  return TRUE;
}

GscTraining *
gsc_training_branch (const char *path,
                     const GscConfig *config,
                     const char *parent_path,
                     gint64 parent_step,
                     guint threads,
                     GError **error)
{
  GscTrainerOptions options = gsc_trainer_options_default ();
  g_autoptr (GscRunFolder) parent = NULL;
  g_autoptr (GscModel) initial = NULL;
  g_autoptr (GscTaskSplit) tasks = NULL;
  g_autoptr (GscInputSplit) inputs = NULL;
  g_autoptr (GscTrainer) trainer = NULL;
  g_autoptr (GscRunFolder) folder = NULL;
  g_autofree char *parent_name = NULL;
  gboolean shared;

  if (!gsc_config_validate (config, error))
    return NULL;
  parent = gsc_run_folder_open (parent_path, FALSE, error);
  if (parent == NULL
      || !gsc_training_check_branch (config, gsc_run_folder_get_config (parent), error))
    return NULL;
  initial = gsc_run_folder_load_snapshot (parent, parent_step, error);
  if (initial == NULL)
    return NULL;
  shared = share_splits (&options, config, parent, error);
  tasks = options.tasks;
  inputs = options.inputs;
  if (!shared)
    return NULL;

  options.threads = threads;
  options.initial = initial;
  trainer = gsc_trainer_new (config, &options, error);
  if (trainer == NULL)
    return NULL;
  folder = gsc_run_folder_create_from (path, config, gsc_trainer_get_tasks (trainer),
                                       gsc_trainer_get_inputs (trainer), initial, error);
  if (folder == NULL)
    return NULL;
  parent_name = g_filename_display_name (parent_path);
  gsc_run_folder_log (folder, "created with the weights of %s at step %" G_GINT64_FORMAT,
                      parent_name, parent_step);
  return training_new (g_steal_pointer (&folder), g_steal_pointer (&trainer));
}

/* Going on */

/* A run killed before its first state starts again from its first weights; one that has results but
 * lost its state is left alone, because starting again would throw them away. */
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
          _ ("%s is missing, so this run cannot be resumed; its records and snapshots are kept."),
          state);
      return FALSE;
    }
  return gsc_run_folder_rewind (folder, -1, error);
}

/* The trainer at its first step, with the splits from the folder, so that a run outlives changes in
 * how they are drawn. */
static GscTrainer *
make_trainer (GscRunFolder *folder, guint threads, const GscModel *initial, GError **error)
{
  GscTrainerOptions options = gsc_trainer_options_default ();
  g_autoptr (GscTaskSplit) tasks = NULL;
  g_autoptr (GscInputSplit) inputs = NULL;

  tasks = gsc_run_folder_read_tasks (folder, error);
  if (tasks == NULL)
    return NULL;
  inputs = gsc_run_folder_read_inputs (folder, error);
  if (inputs == NULL)
    return NULL;
  options.threads = threads;
  options.tasks = tasks;
  options.inputs = inputs;
  options.initial = initial;
  return gsc_trainer_new (gsc_run_folder_get_config (folder), &options, error);
}

GscTraining *
gsc_training_resume (const char *path, guint threads, GError **error)
{
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, TRUE, error);
  g_autoptr (GscTrainer) trainer = NULL;
  g_autoptr (GscModel) initial = NULL;
  g_autoptr (GError) fault = NULL;
  g_autofree char *state = NULL;
  gboolean has_state;

  if (folder == NULL)
    return NULL;
  state = gsc_run_folder_get_state_path (folder);
  has_state = g_file_test (state, G_FILE_TEST_EXISTS);
  if (!has_state)
    {
      initial = gsc_run_folder_load_initial (folder, &fault);
      if (fault != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return NULL;
        }
    }
  trainer = make_trainer (folder, threads, initial, error);
  if (trainer == NULL)
    return NULL;

  if (!has_state)
    {
      if (!restart_unrecorded (folder, state, error))
        return NULL;
    }
  else if (!gsc_trainer_load_state (trainer, state, error)
           || !gsc_run_folder_rewind (folder, gsc_trainer_get_step (trainer), error))
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

goffset
gsc_training_get_record_size (const GscConfig *config)
{
  GscModelConfig model;
  g_autoptr (GscParamLayout) layout = NULL;
  goffset weights;

  gsc_config_get_model (config, &model);
  layout = gsc_param_layout_new (&model);
  weights = (goffset) (layout->n_floats * sizeof (float));
  /* A snapshot, and a new state beside the old one: weights and two moments. */
  return 4 * weights + ROW_SIZE;
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
  if (!gsc_run_folder_check_lock (training->folder, error)
      || !gsc_trainer_save_state (trainer, training->state_path, error))
    return FALSE;
  if (!gsc_run_folder_save_snapshot (training->folder, gsc_trainer_get_model (trainer), step,
                                     error))
    return FALSE;
  gsc_run_folder_log (training->folder, "%s at step %" G_GINT64_FORMAT,
                      step >= gsc_trainer_get_config (trainer)->steps ? "finished" : "stopped",
                      step);
  return TRUE;
}
