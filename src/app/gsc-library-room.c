/* gsc-library-room.c - the library: a training that waits for room on the disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-library-private.h"
#include "gsc-training.h"

/* A quota does not show in the file system's free space: an attempt that fails although there is
 * room by that number makes the next one wait this many times as long, up to a limit. */
#define PATIENCE 2
#define MAX_PATIENCE 16

static void look (GscLibrary *self);

static gboolean
on_pause_over (gpointer data)
{
  GscLibrary *self = data;

  self->room.timeout = 0;
  look (self);
  return G_SOURCE_REMOVE;
}

static void
wait_on (GscLibrary *self)
{
  self->room.timeout = g_timeout_add (self->room.pause * self->room.patience, on_pause_over, self);
}

static void
go_on (GscLibrary *self)
{
  g_autoptr (GscLibraryEntry) entry = gsc_library_entry_ref (self->room.entry);
  GscRun *run = gsc_library_entry_get_run (entry);
  g_autoptr (GError) error = NULL;

  if (gsc_library_resume (self, run, &error))
    {
      gsc_library_emit_resumed (self, run);
      return;
    }
  /* Opening a run writes, too. */
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    wait_on (self);
  else
    {
      gsc_library_stop_waiting (self);
      gsc_library_fail (self, error->message);
    }
}

static void
on_room (GObject *object, GAsyncResult *result, gpointer data)
{
  GscLibrary *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info
      = g_file_query_filesystem_info_finish (G_FILE (object), result, &error);

  /* Cancelled: the library may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->room.cancellable);
  /* A file system that does not say is tried. */
  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
      || g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
             >= self->room.needed)
    go_on (self);
  else
    wait_on (self);
}

static void
look (GscLibrary *self)
{
  GscRun *run = gsc_library_entry_get_run (self->room.entry);
  g_autoptr (GFile) folder = g_file_new_for_path (gsc_run_get_path (run));

  self->room.cancellable = g_cancellable_new ();
  g_file_query_filesystem_info_async (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, G_PRIORITY_DEFAULT,
                                      self->room.cancellable, on_room, self);
}

gboolean
gsc_library_wait_for_room (GscLibrary *self, GscLibraryEntry *entry)
{
  GscRun *run = gsc_library_entry_get_run (entry);
  gint64 step = gsc_run_get_step (run);

  /* What is not even a run yet cannot go on. */
  if (gsc_run_get_state (run) != GSC_RUN_WAITING)
    return FALSE;
  if (self->room.failed_path == NULL
      || !g_str_equal (self->room.failed_path, gsc_run_get_path (run))
      || self->room.failed_step != step)
    self->room.patience = 1;
  else
    self->room.patience = MIN (PATIENCE * self->room.patience, MAX_PATIENCE);
  g_free (self->room.failed_path);
  self->room.failed_path = g_strdup (gsc_run_get_path (run));
  self->room.failed_step = step;
  self->room.entry = gsc_library_entry_ref (entry);
  self->room.needed = (guint64) gsc_training_get_record_size (gsc_run_get_config (run));
  wait_on (self);
  gsc_library_notify_waiting (self);
  return TRUE;
}

void
gsc_library_stop_waiting (GscLibrary *self)
{
  g_return_if_fail (GSC_IS_LIBRARY (self));

  if (self->room.entry == NULL)
    return;
  g_clear_handle_id (&self->room.timeout, g_source_remove);
  g_cancellable_cancel (self->room.cancellable);
  g_clear_object (&self->room.cancellable);
  g_clear_pointer (&self->room.entry, gsc_library_entry_unref);
  gsc_library_notify_waiting (self);
}

GscRun *
gsc_library_get_waiting (GscLibrary *self)
{
  g_return_val_if_fail (GSC_IS_LIBRARY (self), NULL);

  return self->room.entry != NULL ? gsc_library_entry_get_run (self->room.entry) : NULL;
}

guint64
gsc_library_get_needed_room (GscLibrary *self)
{
  g_return_val_if_fail (GSC_IS_LIBRARY (self), 0);

  return self->room.needed;
}

void
gsc_library_set_room_pause (GscLibrary *self, guint milliseconds)
{
  g_return_if_fail (GSC_IS_LIBRARY (self));

  self->room.pause = milliseconds;
}
