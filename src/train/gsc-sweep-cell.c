/* gsc-sweep-cell.c - one run of a sweep: where it stands, and training it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-cell.h"

#include <glib/gi18n.h>

#include "gsc-record-tables.h"
#include "gsc-run-notes.h"
#include "gsc-snapshot-files.h"
#include "gsc-training.h"

/* Runs of a sweep are many: the snapshots of one may take its part of this, but at least so much.
 */
#define ALL_SNAPSHOTS (G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024)
#define MIN_SNAPSHOTS (G_GINT64_CONSTANT (16) * 1024 * 1024)

const char *
gsc_sweep_state_get_name (GscSweepState state)
{
  static const char *const names[GSC_SWEEP_N_STATES]
      = { "to-do", "begun", "training", "finished", "failed" };

  g_return_val_if_fail ((guint) state < GSC_SWEEP_N_STATES, NULL);
  return names[state];
}

/* Status */

void
gsc_sweep_status_clear (GscSweepStatus *status)
{
  g_clear_pointer (&status->why, g_free);
}

static const GscRecord *
get_last (GPtrArray *records)
{
  return records->len > 0 ? g_ptr_array_index (records, records->len - 1) : NULL;
}

/* What was measured after the last step counts only with its snapshot: a process killed between the
 * two has not finished. */
static gboolean
is_complete (const char *path, const GscConfig *config, const GscRecord *last)
{
  g_autofree char *snapshot = NULL;

  if (last == NULL || last->step < config->steps)
    return FALSE;
  snapshot = gsc_snapshot_files_get_path (path, last->step);
  return g_file_test (snapshot, G_FILE_TEST_EXISTS);
}

static gboolean
check_config (const GscConfig *config, const GscConfig *expected, const char *path, GError **error)
{
  const char *const *keys = gsc_config_get_keys ();
  g_autofree char *name = g_filename_display_name (path);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *here = gsc_config_get (config, keys[i]);
      g_autofree char *there = gsc_config_get (expected, keys[i]);

      if (!g_str_equal (here, there))
        {
          g_set_error (
              error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED,
              _ ("%s: This run is of another recipe than the sweep's: its %s is %s, not %s. "
                 "Take it away or correct config.json."),
              name, keys[i], here, there);
          return FALSE;
        }
    }
  return TRUE;
}

static GPtrArray *
read_run (const GscSweepCell *cell, const char *path, GscSweepStatus *status, GError **error)
{
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, FALSE, error);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GscRunNotes) notes = NULL;
  const GscRecord *last;

  if (folder == NULL
      || !check_config (gsc_run_folder_get_config (folder), &cell->config, path, error))
    return NULL;
  notes = gsc_run_notes_load (path, error);
  if (notes == NULL)
    return NULL;
  records = gsc_record_tables_read_metrics (path, error);
  if (records == NULL)
    return NULL;
  last = get_last (records);
  status->step = last != NULL ? last->step : 0;
  status->seconds = last != NULL ? last->seconds : 0;
  status->state = GSC_SWEEP_BEGUN;
  if (is_complete (path, &cell->config, last))
    status->state = GSC_SWEEP_FINISHED;
  else if (last != NULL && notes->ended_step == last->step)
    {
      status->state = GSC_SWEEP_FINISHED;
      status->why = g_strdup (notes->ended_why);
    }
  return g_steal_pointer (&records);
}

void
gsc_sweep_get_status (const GscSweep *sweep,
                      const char *folder,
                      guint cell,
                      GscSweepStatus *status,
                      GPtrArray **records)
{
  g_autofree char *path = gsc_sweep_get_path (sweep, folder, cell);
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GError) error = NULL;

  *status = (GscSweepStatus){ .state = GSC_SWEEP_TO_DO };
  if (gsc_run_folder_is_run (path))
    {
      read = read_run (&sweep->cells[cell], path, status, &error);
      if (read == NULL)
        {
          status->state = GSC_SWEEP_FAILED;
          status->why = g_strdup (error->message);
        }
    }
  if (status->state <= GSC_SWEEP_BEGUN && gsc_run_folder_is_busy (path))
    status->state = GSC_SWEEP_TRAINING;
  if (records != NULL)
    *records = read != NULL ? g_steal_pointer (&read)
                            : g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_record_unref);
}

/* Training */

typedef struct
{
  const GscSweep *sweep;
  const GscSweepCell *cell;
  const char *path;
  GCancellable *cancellable;
  GscSweepStepFunc func;
  gpointer data;
  GPtrArray *records; /* without shots and tasks, or with: the rule needs neither */
  gboolean ended;     /* the rule holds */
} Training;

/* Whether the sweep's rule ends the run at its last record. */
static gboolean
rule_holds (const Training *training)
{
  const GscRecord *last = get_last (training->records);

  return last != NULL && last->step < training->cell->config.steps
         && gsc_stop_rule_holds (&training->sweep->stop, training->records,
                                 training->cell->config.p);
}

/* A GscTrainerCallback */
static gboolean
on_progress (GscTrainer *trainer,
             const GscStepInfo *info,
             const GscRecord *record,
             gpointer data,
             GError **error)
{
  Training *training = data;

  if (record != NULL)
    {
      g_ptr_array_add (training->records, gsc_record_copy (record));
      if (rule_holds (training))
        {
          training->ended = TRUE;
          gsc_trainer_stop (trainer);
        }
    }
  if (training->func != NULL)
    training->func (record != NULL ? record->step : info->step, record, training->data);
  /* The function may be the one to cancel. */
  if (g_cancellable_is_cancelled (training->cancellable))
    gsc_trainer_stop (trainer);
  return TRUE;
}

/* For the run, and for whoever looks at it: the app shows both. */
static gboolean
save_notes (const Training *training, const char *why, GError **error)
{
  g_autoptr (GscRunNotes) notes = gsc_run_notes_load (training->path, error);

  if (notes == NULL)
    return FALSE;
  notes->stop = training->sweep->stop;
  if (why != NULL)
    gsc_run_notes_set_ended (notes, get_last (training->records)->step, why);
  return gsc_run_notes_save (notes, training->path, error);
}

static GscTraining *
open_training (const GscSweepCell *cell, const char *path, guint threads, GError **error)
{
  g_autoptr (GError) fault = NULL;
  GscTraining *training;

  if (!gsc_run_folder_is_run (path))
    {
      training = gsc_training_new (path, &cell->config, threads, &fault);
      /* Another process has made it just now, and perhaps left it. */
      if (training != NULL || !g_error_matches (fault, GSC_RUN_ERROR, GSC_RUN_ERROR_EXISTS))
        {
          if (fault != NULL)
            g_propagate_error (error, g_steal_pointer (&fault));
          return training;
        }
    }
  return gsc_training_resume (path, threads, error);
}

/* Another process may have done the rest before we got the lock. */
static gboolean
is_finished (const Training *self, const char *folder)
{
  GscSweepStatus status;

  gsc_sweep_get_status (self->sweep, folder, (guint) (self->cell - self->sweep->cells), &status,
                        NULL);
  gsc_sweep_status_clear (&status);
  return status.state == GSC_SWEEP_FINISHED;
}

static gboolean
train (Training *self, const char *folder, guint threads, gboolean *finished, GError **error)
{
  g_autoptr (GscTraining) training = open_training (self->cell, self->path, threads, error);
  g_autoptr (GError) fault = NULL;
  GscTrainer *trainer;

  if (training == NULL
      || !check_config (gsc_run_folder_get_config (gsc_training_get_folder (training)),
                        &self->cell->config, self->path, error))
    return FALSE;
  *finished = is_finished (self, folder);
  if (*finished)
    return TRUE;
  gsc_run_folder_set_snapshot_budget (
      gsc_training_get_folder (training),
      CLAMP (ALL_SNAPSHOTS / self->sweep->n_cells, MIN_SNAPSHOTS, GSC_RUN_DEFAULT_BUDGET));
  trainer = gsc_training_get_trainer (training);
  self->records = gsc_record_tables_read_metrics (self->path, error);
  if (self->records == NULL || !save_notes (self, NULL, error))
    return FALSE;
  self->ended = rule_holds (self); /* it was killed just when the rule came to hold */
  if (!self->ended && !gsc_training_run (training, on_progress, self, &fault))
    {
      if (!g_error_matches (fault, GSC_TRAINER_ERROR, GSC_TRAINER_ERROR_DIVERGED)
          || get_last (self->records) == NULL)
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return FALSE;
        }
      *finished = TRUE;
      return save_notes (self, fault->message, error);
    }
  *finished = self->ended || gsc_trainer_get_step (trainer) >= self->cell->config.steps;
  if (self->ended)
    {
      g_autofree char *why = gsc_stop_rule_explain (&self->sweep->stop, self->records);

      gsc_run_folder_log (gsc_training_get_folder (training), "ended early: %s", why);
      return save_notes (self, why, error);
    }
  return TRUE;
}

gboolean
gsc_sweep_train (const GscSweep *sweep,
                 const char *folder,
                 guint cell,
                 guint threads,
                 GCancellable *cancellable,
                 GscSweepStepFunc func,
                 gpointer data,
                 gboolean *finished,
                 GError **error)
{
  g_autofree char *path = gsc_sweep_get_path (sweep, folder, cell);
  g_auto (GscSweepStatus) status = { .state = GSC_SWEEP_TO_DO };
  Training training = {
    .sweep = sweep,
    .cell = &sweep->cells[cell],
    .path = path,
    .cancellable = cancellable,
    .func = func,
    .data = data,
  };
  gboolean fine;

  gsc_sweep_get_status (sweep, folder, cell, &status, NULL);
  *finished = status.state == GSC_SWEEP_FINISHED;
  if (*finished)
    return TRUE;
  if (status.state == GSC_SWEEP_FAILED)
    {
      g_set_error_literal (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED, status.why);
      return FALSE;
    }
  fine = train (&training, folder, threads, finished, error);
  g_clear_pointer (&training.records, g_ptr_array_unref);
  return fine;
}
