/* gsc-library-edit.c - the library: renaming, copying and deleting its runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-library-private.h"
#include "gsc-run-store.h"

#define COPY_AT_ONCE (64 * 1024 * 1024) /* bytes; larger runs are copied in a thread */

gboolean
gsc_library_rename (GscLibrary *self, GscRun *run, const char *title, GError **error)
{
  GscLibraryEntry *entry;
  g_autoptr (GscRunNotes) notes = NULL;

  g_return_val_if_fail (GSC_IS_LIBRARY (self), FALSE);
  entry = gsc_library_find_entry (self, run);
  g_return_val_if_fail (entry != NULL, FALSE);

  notes = gsc_run_notes_copy (gsc_run_get_notes (run));
  g_free (notes->title);
  notes->title = title != NULL ? g_strstrip (g_utf8_make_valid (title, -1)) : NULL;
  if (notes->title != NULL && *notes->title == '\0')
    g_clear_pointer (&notes->title, g_free);
  return gsc_library_entry_save_notes (entry, notes, error);
}

/* Whether nobody trains the run, so that its folder can be copied or moved. */
static gboolean
check_at_rest (GscLibraryEntry *entry, GError **error)
{
  GscRun *run = gsc_library_entry_get_run (entry);

  if (gsc_run_get_state (run) == GSC_RUN_MODEL_FILE)
    return TRUE;
  if (gsc_run_get_state (run) != GSC_RUN_TRAINING
      && !gsc_run_folder_is_busy (gsc_run_get_path (run)))
    return TRUE;
  g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY,
               _ ("“%s” is being trained; stop it first."), gsc_run_get_title (run));
  return FALSE;
}

/* For the thread */
typedef struct
{
  char *from;
  char *to;
} CopyPaths;

static void
copy_paths_free (gpointer data)
{
  CopyPaths *paths = data;

  g_free (paths->from);
  g_free (paths->to);
  g_free (paths);
}

static void
copy_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const CopyPaths *paths = data;
  GError *error = NULL;

  if (gsc_run_store_copy (paths->from, paths->to, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The copy becomes a run like any other. */
static void
finish_copy (GscLibrary *self, GscLibraryEntry *entry, const GscRunNotes *notes)
{
  g_autoptr (GError) error = NULL;

  if (!gsc_library_entry_save_notes (entry, notes, &error))
    gsc_library_fail (self, error->message);
  gsc_run_set_state (gsc_library_entry_get_run (entry), GSC_RUN_WAITING, NULL);
  gsc_library_entry_refresh (entry);
  gsc_library_entry_set_watching (entry, TRUE);
}

/* For the main thread. A library that goes meanwhile cancels the copy. */
typedef struct
{
  GWeakRef library;
  GscLibraryEntry *entry; /* of the copy */
} Copying;

static void
copying_free (Copying *copying)
{
  g_weak_ref_clear (&copying->library);
  gsc_library_entry_unref (copying->entry);
  g_free (copying);
}

static void
end_copy (GscLibrary *self, GscLibraryEntry *entry, const GError *error)
{
  GscRun *run = gsc_library_entry_get_run (entry);

  if (error == NULL)
    {
      g_autoptr (GscRunNotes) notes = gsc_run_notes_copy (gsc_run_get_notes (run));

      finish_copy (self, entry, notes);
      return;
    }
  if (gsc_library_find_entry (self, run) != NULL)
    gsc_library_entry_unref (gsc_library_take_out (self, entry));
  gsc_library_fail (self, error->message);
}

static void
on_copied (GObject *object, GAsyncResult *result, gpointer data)
{
  Copying *copying = data;
  g_autoptr (GscLibrary) self = g_weak_ref_get (&copying->library);
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (self != NULL)
    end_copy (self, copying->entry, error);
  copying_free (copying);
}

static void
copy_later (GscLibrary *self, GscLibraryEntry *entry, const char *from)
{
  GscRun *run = gsc_library_entry_get_run (entry);
  Copying *copying = g_new0 (Copying, 1);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_copied, copying);
  CopyPaths *paths = g_new0 (CopyPaths, 1);

  g_weak_ref_init (&copying->library, self);
  copying->entry = gsc_library_entry_ref (entry);
  paths->from = g_strdup (from);
  paths->to = g_strdup (gsc_run_get_path (run));
  g_task_set_task_data (task, paths, copy_paths_free);
  gsc_run_set_state (run, GSC_RUN_BROKEN, _ ("The run is being copied…"));
  g_task_run_in_thread (task, copy_in_thread);
}

GscRun *
gsc_library_duplicate (GscLibrary *self, GscRun *run, GError **error)
{
  g_autoptr (GscRunNotes) notes = NULL;
  g_autofree char *stem = NULL;
  g_autofree char *path = NULL;
  const char *from;
  GscLibraryEntry *original, *entry;
  GscRun *copy;
  guint number;

  g_return_val_if_fail (GSC_IS_LIBRARY (self), NULL);
  original = gsc_library_find_entry (self, run);
  g_return_val_if_fail (original != NULL, NULL);

  from = gsc_run_get_path (run);
  if (!check_at_rest (original, error))
    return NULL;
  if (gsc_run_get_config (run) == NULL)
    {
      g_set_error_literal (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED, gsc_run_get_message (run));
      return NULL;
    }
  stem = gsc_run_store_get_stem (from);
  path = gsc_run_store_claim (self->folder, stem, &number, error);
  if (path == NULL)
    return NULL;

  notes = gsc_run_notes_copy (gsc_run_get_notes (run));
  g_free (notes->title);
  notes->title = g_strdup_printf (_ ("%s (copy)"), gsc_run_get_title (run));
  g_clear_pointer (&notes->example, g_free); /* the copy is the user's */
  entry = gsc_library_make_entry (self, path);
  copy = gsc_library_entry_get_run (entry);
  gsc_run_set_config (copy, gsc_run_get_config (run));
  gsc_run_set_notes (copy, notes);
  if (gsc_run_store_measure (from) >= COPY_AT_ONCE)
    copy_later (self, entry, from);
  else if (gsc_run_store_copy (from, path, NULL, error))
    finish_copy (self, entry, notes);
  else
    {
      gsc_library_entry_unref (entry);
      return NULL;
    }
  gsc_library_insert (self, entry);
  return copy;
}

gboolean
gsc_library_remove (GscLibrary *self, GscRun *run, GError **error)
{
  GscLibraryEntry *entry;
  char *aside;

  g_return_val_if_fail (GSC_IS_LIBRARY (self), FALSE);
  entry = gsc_library_find_entry (self, run);
  g_return_val_if_fail (entry != NULL, FALSE);

  if ((entry == self->training || !gsc_library_is_elsewhere (self, entry))
      && !check_at_rest (entry, error))
    return FALSE;
  if (gsc_library_is_elsewhere (self, entry))
    aside = g_strdup ("");
  else
    aside = gsc_run_store_set_aside (gsc_run_get_path (run), error);
  if (aside == NULL)
    return FALSE;
  if (entry == self->room.entry)
    gsc_library_stop_waiting (self);
  gsc_library_entry_set_watching (entry, FALSE);
  g_hash_table_insert (self->removed, gsc_library_take_out (self, entry), aside);
  return TRUE;
}

static GscLibraryEntry *
find_removed (GscLibrary *self, GscRun *run)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->removed);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    if (gsc_library_entry_get_run (entry) == run)
      return entry;
  return NULL;
}

gboolean
gsc_library_restore (GscLibrary *self, GscRun *run, GError **error)
{
  GscLibraryEntry *entry;
  const char *aside;

  g_return_val_if_fail (GSC_IS_LIBRARY (self), FALSE);
  entry = find_removed (self, run);
  if (entry == NULL)
    {
      g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NOT_RUN,
                   _ ("“%s” has been deleted for good."), gsc_run_get_title (run));
      return FALSE;
    }
  aside = g_hash_table_lookup (self->removed, entry);
  if (*aside != '\0' && !gsc_run_store_bring_back (aside, gsc_run_get_path (run), error))
    return FALSE;
  gsc_library_entry_ref (entry);
  g_hash_table_remove (self->removed, entry);
  gsc_library_entry_refresh (entry);
  gsc_library_entry_set_watching (entry, TRUE);
  gsc_library_insert (self, entry);
  return TRUE;
}

void
gsc_library_purge (GscLibrary *self, GscRun *run)
{
  GscLibraryEntry *entry;
  const char *aside;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (GSC_IS_LIBRARY (self));
  entry = find_removed (self, run);
  if (entry == NULL)
    return;
  aside = g_hash_table_lookup (self->removed, entry);
  if (*aside != '\0' && !gsc_run_store_purge (aside, gsc_run_get_path (run), &error))
    gsc_library_fail (self, error->message);
  g_hash_table_remove (self->removed, entry);
}
