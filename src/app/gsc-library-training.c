/* gsc-library-training.c - the library: training its runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

#include "gsc-library-private.h"
#include "gsc-run-store.h"
#include "gsc-training.h"

static void
set_training (GscLibrary *self, GscLibraryEntry *entry)
{
  if (self->training != NULL)
    gsc_library_entry_unref (self->training);
  self->training = entry != NULL ? gsc_library_entry_ref (entry) : NULL;
  gsc_library_notify_training (self);
}

/* Names the best step of @records: its snapshot is kept. */
static void
note_best (GscRunNotes *notes, GPtrArray *records)
{
  GscStopSummary summary = gsc_stop_summarise (records, notes->stop.set);

  if (summary.peak >= 0)
    notes->best = summary.peak_step;
}

/* A rule that only marks has come to hold: once, and not again when the run goes on later. */
static void
note_mark (GscLibrary *self, GscLibraryEntry *entry)
{
  GscRun *run = gsc_library_entry_get_run (entry);
  GscRunData *data = gsc_run_get_data (run);
  const GscStopRule *rule = &gsc_run_get_notes (run)->stop;
  g_autoptr (GPtrArray) so_far = g_ptr_array_new ();
  g_autoptr (GscRunNotes) notes = NULL;
  g_autofree char *why = NULL;
  g_autoptr (GError) error = NULL;
  int moment;

  if (!rule->only_marks || gsc_run_get_notes (run)->best >= 0 || data == NULL)
    return;
  moment = gsc_stop_rule_find (rule, data->records, data->config.p);
  if (moment < 0)
    return;
  for (int i = 0; i <= moment; i++)
    g_ptr_array_add (so_far, g_ptr_array_index (data->records, i));
  notes = gsc_run_notes_copy (gsc_run_get_notes (run));
  note_best (notes, so_far);
  if (!gsc_library_entry_save_notes (entry, notes, &error))
    gsc_library_fail (self, error->message);
  why = gsc_stop_rule_explain (&notes->stop, so_far);
  gsc_library_emit_marked (self, run, why);
}

void
gsc_library_on_update (GscWorker *worker, GscWorkerUpdate *update, GscLibrary *self)
{
  GscRun *run;

  if (self->training == NULL)
    return;
  run = gsc_library_entry_get_run (self->training);
  g_object_freeze_notify (G_OBJECT (run));
  if (update->data != NULL)
    gsc_run_set_data (run, update->data);
  if (update->snapshot != NULL)
    gsc_run_set_snapshot (run, update->snapshot);
  gsc_run_set_progress (run, update->info.step, update->info.loss, update->steps_per_second,
                        update->seconds_left);
  g_object_thaw_notify (G_OBJECT (run));
  if (update->data != NULL)
    note_mark (self, self->training);
}

/* Notes that the run is finished though steps are left. @why: NULL: the user said so. */
static void
note_end (GscLibrary *self, GscLibraryEntry *entry, const char *why)
{
  GscRun *run = gsc_library_entry_get_run (entry);
  g_autoptr (GscRunNotes) notes = gsc_run_notes_copy (gsc_run_get_notes (run));
  g_autoptr (GError) error = NULL;

  gsc_run_notes_set_ended (notes, gsc_run_get_step (run), why);
  if (why != NULL && gsc_run_get_data (run) != NULL)
    note_best (notes, gsc_run_get_data (run)->records);
  if (!gsc_library_entry_save_notes (entry, notes, &error))
    gsc_library_fail (self, error->message);
}

void
gsc_library_on_ended (GscWorker *worker, int end, const char *message, GscLibrary *self)
{
  g_autoptr (GscLibraryEntry) entry = NULL;
  GscRun *run;

  if (self->training == NULL)
    return;
  entry = gsc_library_entry_ref (self->training);
  run = gsc_library_entry_get_run (entry);
  if (end == GSC_WORKER_STOPPED_EARLY || (end == GSC_WORKER_STOPPED && self->ends))
    note_end (self, entry, end == GSC_WORKER_STOPPED_EARLY ? message : NULL);
  gsc_library_entry_refresh (entry);
  if (end == GSC_WORKER_FAILED || end == GSC_WORKER_NO_ROOM)
    gsc_run_set_state (run, gsc_run_get_state (run), message);
  gsc_library_entry_set_watching (entry, TRUE);
  set_training (self, NULL);
  if (end == GSC_WORKER_NO_ROOM && !gsc_library_wait_for_room (self, entry))
    end = GSC_WORKER_FAILED;
  gsc_library_emit_ended (self, run, end, message);
}

/* The weights of the last training are kept until the next one. */
static void
forget_snapshots (GscLibrary *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    gsc_run_set_snapshot (gsc_library_entry_get_run (g_ptr_array_index (self->entries, i)), NULL);
}

static void
start (GscLibrary *self, GscLibraryEntry *entry, GscWorkerJob *job)
{
  GscRun *run = gsc_library_entry_get_run (entry);

  job->path = gsc_run_get_path (run);
  job->name = gsc_run_get_title (run);
  job->stop = gsc_run_get_notes (run)->stop;
  job->threads = self->threads;
  self->ends = FALSE;
  gsc_library_stop_waiting (self);
  forget_snapshots (self);
  gsc_library_entry_set_watching (entry, FALSE);
  gsc_run_set_state (run, GSC_RUN_TRAINING, NULL);
  gsc_worker_start (self->worker, job);
  set_training (self, entry);
}

static gboolean
check_idle (GscLibrary *self, GError **error)
{
  if (self->training == NULL)
    return TRUE;
  g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY,
               _ ("“%s” is being trained; pause it first."),
               gsc_run_get_title (gsc_library_entry_get_run (self->training)));
  return FALSE;
}

/* Whether the run can begin with the weights of @parent; the thread would say so only later. */
static gboolean
check_parent (const GscConfig *config, GscRun *parent, gint64 step, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, step);
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (gsc_run_get_path (parent), FALSE, error);

  return folder != NULL
         && gsc_training_check_branch (config, gsc_run_folder_get_config (folder), error)
         && gsc_run_folder_find_step (folder, number, error) >= 0;
}

/* What the run's folder is called, and its title without a number. */
static const char *
get_stem (const GscRunNotes *notes)
{
  const char *preset = notes->preset;

  for (const char *c = preset; c != NULL && *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && *c != '_' && (*c != '-' || c == preset))
      return "run";
  return preset != NULL && *preset != '\0' ? preset : "run";
}

static GscRunNotes *
complete_notes (const GscRunNotes *notes, guint number, GscRun *parent)
{
  GscRunNotes *complete = gsc_run_notes_copy (notes);

  if (complete->title == NULL)
    complete->title = g_strdup_printf ("%s %u", get_stem (notes), number);
  if (parent != NULL)
    {
      g_free (complete->parent);
      complete->parent = g_path_get_basename (gsc_run_get_path (parent));
    }
  gsc_run_notes_set_ended (complete, -1, NULL);
  return complete;
}

GscRun *
gsc_library_train_new (GscLibrary *self,
                       const GscConfig *config,
                       const GscRunNotes *notes,
                       GscRun *parent,
                       GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GscRunNotes) complete = NULL;
  GscLibraryEntry *entry;
  GscRun *run;
  GscWorkerJob job = { .config = config };
  guint number;

  g_return_val_if_fail (GSC_IS_LIBRARY (self), NULL);

  if (!check_idle (self, error) || !gsc_config_validate (config, error)
      || (parent != NULL && !check_parent (config, parent, notes->parent_step, error)))
    return NULL;
  path = gsc_run_store_claim (self->folder, get_stem (notes), &number, error);
  if (path == NULL)
    return NULL;
  complete = complete_notes (notes, number, parent);
  if (!gsc_run_notes_save (complete, path, error))
    {
      g_rmdir (path);
      return NULL;
    }

  entry = gsc_library_make_entry (self, path);
  run = gsc_library_entry_get_run (entry);
  gsc_run_set_config (run, config);
  gsc_run_set_notes (run, complete);
  gsc_run_set_progress (run, 0, NAN, 0, -1);
  gsc_run_set_state (run, GSC_RUN_TRAINING, NULL);
  gsc_library_insert (self, entry);
  job.parent_path = parent != NULL ? gsc_run_get_path (parent) : NULL;
  job.parent_step = complete->parent_step;
  start (self, entry, &job);
  return run;
}

gboolean
gsc_library_resume (GscLibrary *self, GscRun *run, GError **error)
{
  GscLibraryEntry *entry;
  GscWorkerJob job = { .config = NULL };

  g_return_val_if_fail (GSC_IS_LIBRARY (self), FALSE);
  entry = gsc_library_find_entry (self, run);
  g_return_val_if_fail (entry != NULL, FALSE);

  if (!check_idle (self, error))
    return FALSE;
  if (!gsc_library_entry_refresh (entry))
    {
      g_set_error_literal (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED, gsc_run_get_message (run));
      return FALSE;
    }
  if (gsc_run_get_state (run) == GSC_RUN_ELSEWHERE)
    {
      g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY,
                   _ ("“%s” is being trained by another process."), gsc_run_get_title (run));
      return FALSE;
    }
  if (gsc_run_get_step (run) >= gsc_run_get_steps (run))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("All %'.0f steps of “%s” are done."), (double) gsc_run_get_steps (run),
                   gsc_run_get_title (run));
      return FALSE;
    }
  if (gsc_run_get_notes (run)->ended_step >= 0)
    {
      g_autoptr (GscRunNotes) notes = gsc_run_notes_copy (gsc_run_get_notes (run));

      /* Who goes on with a run that its rule has ended does not want that rule. */
      if (notes->ended_why != NULL)
        notes->stop.mode = GSC_STOP_OFF;
      gsc_run_notes_set_ended (notes, -1, NULL);
      if (!gsc_library_entry_save_notes (entry, notes, error))
        return FALSE;
    }
  start (self, entry, &job);
  return TRUE;
}

void
gsc_library_pause (GscLibrary *self)
{
  g_return_if_fail (GSC_IS_LIBRARY (self));
  gsc_worker_stop (self->worker, FALSE);
}

void
gsc_library_stop (GscLibrary *self)
{
  g_return_if_fail (GSC_IS_LIBRARY (self));
  self->ends = TRUE;
  gsc_worker_stop (self->worker, TRUE);
}

void
gsc_library_set_threads (GscLibrary *self, guint threads)
{
  g_return_if_fail (GSC_IS_LIBRARY (self));
  self->threads = threads;
}

GscWorker *
gsc_library_get_worker (GscLibrary *self)
{
  g_return_val_if_fail (GSC_IS_LIBRARY (self), NULL);
  return self->worker;
}

GscRun *
gsc_library_get_training (GscLibrary *self)
{
  g_return_val_if_fail (GSC_IS_LIBRARY (self), NULL);
  return self->training != NULL ? gsc_library_entry_get_run (self->training) : NULL;
}
