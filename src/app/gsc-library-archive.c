/* gsc-library-archive.c - the library: a run that comes as one file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "gsc-library-private.h"
#include "gsc-run-store.h"

/* What a folder of an archive without a name is called. */
#define NO_NAME "run"

typedef struct
{
  char *archive;
  char *name; /* of the archive, without what tells that it is one */
  char *path; /* of the run; an empty folder at first */
  GscRunArchiveProgress progress;
  gpointer data;
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_free (import->archive);
  g_free (import->name);
  g_free (import->path);
  g_free (import);
}

static void
import_in_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  const Import *import = data;
  GError *error = NULL;

  if (gsc_run_archive_load (import->archive, import->path, cancellable, import->progress,
                            import->data, &error))
    g_task_return_boolean (task, TRUE);
  else
    {
      g_rmdir (import->path);
      g_task_return_error (task, error);
    }
}

static char *
get_name (const char *archive)
{
  char *name = g_path_get_basename (archive);
  gsize length = strlen (name), suffix = strlen (GSC_RUN_ARCHIVE_SUFFIX);

  if (length > suffix && g_ascii_strcasecmp (name + length - suffix, GSC_RUN_ARCHIVE_SUFFIX) == 0)
    name[length - suffix] = '\0';
  return name;
}

void
gsc_library_import_named (GscLibrary *self,
                          const char *archive,
                          const char *name,
                          GCancellable *cancellable,
                          GscRunArchiveProgress progress,
                          gpointer progress_data,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *stem = NULL;
  GError *error = NULL;
  Import *import;
  guint number;

  task = g_task_new (self, cancellable, callback, data);
  /* what is done by the time it is cancelled is there, and is not denied */
  g_task_set_check_cancellable (task, FALSE);
  import = g_new0 (Import, 1);
  g_task_set_task_data (task, import, import_free);
  import->archive = g_strdup (archive);
  import->name = g_strdup (name);
  import->progress = progress;
  import->data = progress_data;
  /* Folders whose names begin with a dot are not listed. */
  stem = gsc_run_store_get_stem (import->name);
  import->path
      = gsc_run_store_claim (self->folder, stem[0] != '.' ? stem : NO_NAME, &number, &error);
  if (import->path != NULL)
    g_task_run_in_thread (task, import_in_thread);
  else
    g_task_return_error (task, error);
}

void
gsc_library_import (GscLibrary *self,
                    const char *archive,
                    GCancellable *cancellable,
                    GscRunArchiveProgress progress,
                    gpointer progress_data,
                    GAsyncReadyCallback callback,
                    gpointer data)
{
  g_autofree char *name = get_name (archive);

  g_return_if_fail (GSC_IS_LIBRARY (self));

  gsc_library_import_named (self, archive, name, cancellable, progress, progress_data, callback,
                            data);
}

GscRun *
gsc_library_import_finish (GscLibrary *self, GAsyncResult *result, GError **error)
{
  const Import *import;
  GscRun *run;

  g_return_val_if_fail (GSC_IS_LIBRARY (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  import = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  run = gsc_library_open (self, import->path, error);
  /* One without a title is called after its file, not after a folder nobody has chosen. */
  if (run != NULL && gsc_run_get_notes (run) != NULL && gsc_run_get_notes (run)->title == NULL)
    {
      g_autofree char *title = g_filename_display_name (import->name);

      gsc_library_rename (self, run, title, NULL);
    }
  return run;
}
