/* gsc-run-archive.c - a run as one file: writing it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-archive.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gsc-run-archive-names.h"
#include "gsc-run-folder.h"
#include "gsc-snapshot-files.h"
#include "gsc-zip-writer.h"

#define BLOCK_SIZE 65536

typedef struct
{
  const char *run;
  GscZipWriter *writer;
  GCancellable *cancellable;
  GscRunArchiveProgress progress;
  gpointer data;
  guint64 done;
  guint64 total; /* bytes */
} Saving;

/* A file of the run: open while its size is known, so that it is still that file when it is read,
 * though another process may have replaced it. */
typedef struct
{
  char *name; /* in the run, and in the archive */
  int fd;
  guint64 size;
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  close (part->fd);
  g_free (part->name);
  g_free (part);
}

static gboolean
set_errno (GError **error, const char *run, const char *name, int code)
{
  g_autofree char *path = g_build_filename (run, name, NULL);
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
               _ ("%s: The file cannot be read (%s)."), shown, g_strerror (code));
  return FALSE;
}

/* Adds the file if it is there: not every run has every file, and the trainer thins snapshots. */
static gboolean
add_part (GPtrArray *parts, const char *run, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (run, name, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  struct stat status;
  Part *part;

  if (fd < 0)
    return errno == ENOENT || set_errno (error, run, name, errno);
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    {
      close (fd);
      return set_errno (error, run, name, EINVAL);
    }
  part = g_new (Part, 1);
  part->name = g_strdup (name);
  part->fd = fd;
  part->size = (guint64) status.st_size;
  g_ptr_array_add (parts, part);
  return TRUE;
}

static gboolean
add_snapshots (GPtrArray *parts, const char *run, GError **error)
{
  g_autoptr (GArray) snapshots = gsc_snapshot_files_list (run, error);

  if (snapshots == NULL)
    return FALSE;
  for (guint i = 0; i < snapshots->len; i++)
    {
      g_autofree char *path
          = gsc_snapshot_files_get_path ("", g_array_index (snapshots, GscSnapshotInfo, i).step);

      if (!add_part (parts, run, path[0] == G_DIR_SEPARATOR ? path + 1 : path, error))
        return FALSE;
    }
  return TRUE;
}

/* In the order of the archive. Of a run that is being trained the state comes first: the rest is at
 * least as new then, and is cut back to it when the training is resumed. */
static GPtrArray *
list_parts (const char *run, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);

  for (guint i = 0; gsc_run_archive_names[i] != NULL; i++)
    if (!add_part (parts, run, gsc_run_archive_names[i], error))
      return NULL;
  if (!add_snapshots (parts, run, error)
      || !add_part (parts, run, GSC_RUN_ARCHIVE_LAST_NAME, error))
    return NULL;
  return g_steal_pointer (&parts);
}

static gboolean
save_part (Saving *saving, const Part *part, GError **error)
{
  g_autofree char *block = g_malloc (BLOCK_SIZE);
  guint64 left = part->size;

  /* Weights are random bits to any compressor. */
  if (!gsc_zip_writer_begin (saving->writer, part->name, part->size,
                             !g_str_has_suffix (part->name, ".safetensors"), error))
    return FALSE;
  while (left > 0)
    {
      gssize n = read (part->fd, block, MIN (left, BLOCK_SIZE));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0) /* 0: the run was rewound meanwhile */
        return set_errno (error, saving->run, part->name, n < 0 ? errno : EBUSY);
      if (g_cancellable_set_error_if_cancelled (saving->cancellable, error)
          || !gsc_zip_writer_append (saving->writer, block, (gsize) n, error))
        return FALSE;
      left -= (guint64) n;
      saving->done += (guint64) n;
      if (saving->progress != NULL)
        saving->progress ((double) saving->done / (double) saving->total, saving->data);
    }
  return TRUE;
}

gboolean
gsc_run_archive_save (const char *run,
                      const char *archive,
                      GCancellable *cancellable,
                      GscRunArchiveProgress progress,
                      gpointer data,
                      GError **error)
{
  static const char type[] = GSC_RUN_ARCHIVE_TYPE;
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (run, FALSE, error);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GscZipWriter) writer = NULL;
  Saving saving = { .run = run, .cancellable = cancellable, .progress = progress, .data = data };

  if (folder == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  parts = list_parts (run, error);
  if (parts == NULL)
    return FALSE;
  writer = gsc_zip_writer_new (archive, error);
  if (writer == NULL
      || !gsc_zip_writer_begin (writer, GSC_RUN_ARCHIVE_TYPE_NAME, strlen (type), FALSE, error)
      || !gsc_zip_writer_append (writer, type, strlen (type), error))
    return FALSE;
  saving.writer = writer;
  for (guint i = 0; i < parts->len; i++)
    saving.total += ((const Part *) g_ptr_array_index (parts, i))->size;
  for (guint i = 0; i < parts->len; i++)
    if (!save_part (&saving, g_ptr_array_index (parts, i), error))
      return FALSE;
  return gsc_zip_writer_commit (writer, error);
}
