/* gsc-library-entry.c - a run in the library, and what follows it on the disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-library-entry.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "gsc-folder-watch.h"
#include "gsc-run-scan.h"

#define PAUSE 500 /* milliseconds between looks at the folder */

struct _GscLibraryEntry
{
  guint ref_count;
  GscRun *run;
  gint64 time;
  gboolean notes_are_damaged;
  GscFolderWatch *watch; /* NULL: not followed */
  gboolean loading;
  gboolean load_again; /* something changed while it was being loaded */
};

GscLibraryEntry *
gsc_library_entry_new (const char *path)
{
  GscLibraryEntry *entry = g_new0 (GscLibraryEntry, 1);

  entry->ref_count = 1;
  entry->run = gsc_run_new (path);
  entry->time = gsc_run_scan_get_time (path);
  return entry;
}

GscLibraryEntry *
gsc_library_entry_new_for_model (GscRun *run)
{
  GscLibraryEntry *entry = g_new0 (GscLibraryEntry, 1);

  entry->ref_count = 1;
  entry->run = g_object_ref (run);
  entry->time = g_get_real_time ();
  return entry;
}

GscLibraryEntry *
gsc_library_entry_ref (GscLibraryEntry *entry)
{
  entry->ref_count++;
  return entry;
}

void
gsc_library_entry_unref (GscLibraryEntry *entry)
{
  if (--entry->ref_count > 0)
    return;
  gsc_folder_watch_free (entry->watch);
  g_object_unref (entry->run);
  g_free (entry);
}

GscRun *
gsc_library_entry_get_run (GscLibraryEntry *entry)
{
  return entry->run;
}

gint64
gsc_library_entry_get_time (const GscLibraryEntry *entry)
{
  return entry->time;
}

/* Following */

/* Why a run is over though steps are left. */
static char *
describe_end (const GscRunNotes *notes)
{
  if (notes->ended_why != NULL)
    return g_strdup (notes->ended_why);
  return g_strdup_printf (_ ("Ended at step %'.0f."), (double) notes->ended_step);
}

/* @had_news: the message is about what is on the disk no longer. */
static void
apply_state (GscLibraryEntry *entry, const GscRunScan *scan, gboolean had_news)
{
  GscRun *run = entry->run;
  g_autofree char *message = NULL;
  GscRunState state = GSC_RUN_WAITING;

  if (scan->busy)
    state = GSC_RUN_ELSEWHERE;
  else if (gsc_run_scan_is_finished (scan))
    state = GSC_RUN_FINISHED;

  if (scan->notes_fault != NULL)
    message = g_strdup (scan->notes_fault);
  else if (state == GSC_RUN_FINISHED && scan->step < scan->config.steps)
    message = describe_end (scan->notes);
  else if (state == GSC_RUN_WAITING && gsc_run_get_state (run) == state && !had_news)
    message = g_strdup (gsc_run_get_message (run)); /* why its last training failed */
  gsc_run_set_state (run, state, message);
}

static void
apply_scan (GscLibraryEntry *entry, const GscRunScan *scan)
{
  GscRun *run = entry->run;
  gboolean had_news = entry->notes_are_damaged || gsc_run_get_step (run) != scan->step;
  double left = -1;

  if (scan->busy && scan->steps_per_second > 0)
    left = (double) MAX (scan->config.steps - scan->step, 0) / scan->steps_per_second;
  entry->notes_are_damaged = scan->notes_fault != NULL;
  gsc_run_set_config (run, &scan->config);
  gsc_run_set_notes (run, scan->notes);
  gsc_run_set_progress (run, scan->step, scan->loss, scan->busy ? scan->steps_per_second : 0, left);
  if (scan->busy)
    gsc_run_set_snapshot (run, NULL); /* ours are no longer the newest weights */
  apply_state (entry, scan, had_news);
}

static void load (GscLibraryEntry *entry);

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscLibraryEntry) entry = data;
  gboolean again = entry->load_again;
  gboolean loaded = gsc_run_load_finish (entry->run, result, NULL);

  entry->loading = FALSE;
  entry->load_again = FALSE;
  if (gsc_run_get_state (entry->run) == GSC_RUN_TRAINING)
    return;
  if (again)
    load (entry);
  if (loaded && gsc_run_get_state (entry->run) == GSC_RUN_BROKEN)
    gsc_library_entry_refresh (entry);
}

static void
load (GscLibraryEntry *entry)
{
  if (entry->loading)
    {
      entry->load_again = TRUE;
      return;
    }
  entry->loading = TRUE;
  gsc_run_load_async (entry->run, on_loaded, gsc_library_entry_ref (entry));
}

/* Whether the run's data lack records that are on the disk, or have some that no longer are. */
static gboolean
data_are_old (GscLibraryEntry *entry, const GscRunScan *scan)
{
  const GscRunData *data = gsc_run_get_data (entry->run);
  const GscRecord *last;

  if (data == NULL)
    return FALSE;
  last = gsc_run_data_get_record (data, (int) data->records->len - 1);
  return scan->record_step != (last != NULL ? last->step : -1)
         || !gsc_config_equal (&scan->config, &data->config);
}

gboolean
gsc_library_entry_refresh (GscLibraryEntry *entry)
{
  GscRun *run = entry->run;
  gboolean was_broken = gsc_run_get_state (run) == GSC_RUN_BROKEN;
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunScan) scan = NULL;

  if (gsc_run_get_state (run) == GSC_RUN_MODEL_FILE)
    return TRUE;
  scan = gsc_run_scan_new (gsc_run_get_path (run), &error);
  if (scan == NULL)
    {
      gsc_run_set_state (run, GSC_RUN_BROKEN, error->message);
      return FALSE;
    }
  if (was_broken && gsc_run_get_data (run) == NULL)
    {
      /* What is wrong may be in files that a scan does not read. */
      load (entry);
      return FALSE;
    }
  apply_scan (entry, scan);
  if (data_are_old (entry, scan))
    load (entry);
  return TRUE;
}

static void
on_folder_changed (gpointer data)
{
  g_autoptr (GscLibraryEntry) entry = gsc_library_entry_ref (data); /* it may be dropped */

  gsc_library_entry_refresh (entry);
}

void
gsc_library_entry_set_watching (GscLibraryEntry *entry, gboolean watching)
{
  if (gsc_run_get_state (entry->run) == GSC_RUN_MODEL_FILE)
    return;
  if (watching && entry->watch == NULL)
    entry->watch
        = gsc_folder_watch_new (gsc_run_get_path (entry->run), PAUSE, on_folder_changed, entry);
  else if (!watching)
    g_clear_pointer (&entry->watch, gsc_folder_watch_free);
}

/* Notes */

gboolean
gsc_library_entry_save_notes (GscLibraryEntry *entry, const GscRunNotes *notes, GError **error)
{
  const char *path = gsc_run_get_path (entry->run);

  if (entry->notes_are_damaged)
    {
      g_autofree char *file = g_build_filename (path, "notes.json", NULL);
      g_autofree char *kept = g_build_filename (path, "notes.json.damaged", NULL);

      g_rename (file, kept);
    }
  if (!gsc_run_notes_save (notes, path, error))
    return FALSE;
  entry->notes_are_damaged = FALSE;
  gsc_run_set_notes (entry->run, notes);
  return TRUE;
}
