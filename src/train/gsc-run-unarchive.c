/* gsc-run-unarchive.c - a run as one file: reading it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "gsc-atomic-file.h"
#include "gsc-file-error.h"
#include "gsc-run-archive-names.h"
#include "gsc-run-archive.h"
#include "gsc-run-folder.h"
#include "gsc-run-notes.h"
#include "gsc-snapshot-files.h"
#include "gsc-zip.h"

/* The most that deflate can make of a byte, and a little more: a larger claim is a lie. */
#define MAX_RATIO 1100

/* Far more than any run: what is larger is no run but an attack. */
#define MAX_BYTES (G_GUINT64_CONSTANT (1) << 40)

typedef struct
{
  const char *target; /* for messages */
  const char *folder; /* where to until all is there */
  GCancellable *cancellable;
  GscRunArchiveProgress progress;
  gpointer data;
  int fd; /* of the file under way, or -1 */
  guint64 done;
  guint64 total; /* bytes */
} Loading;

static gboolean
set_errno (GError **error, const char *path, const char *what, int code)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, gsc_file_error_from_errno (code), "%s: %s (%s).", name, what,
               g_strerror (code));
  return FALSE;
}

/* What it says it holds, before anything is unpacked. @archive: its name for messages. */
static gboolean
check_entries (GscZip *zip, const char *archive, guint64 *total, GError **error)
{
  g_autoptr (GList) names = gsc_zip_list_names (zip);
  gboolean any = FALSE;

  *total = 0;
  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;
      gsize size = 0;

      gsc_zip_get_size (zip, name, &size);
      any = any || g_str_equal (name, GSC_RUN_ARCHIVE_LAST_NAME);
      /* programs that pack a folder by hand add an entry for it */
      if (g_str_equal (name, GSC_SNAPSHOT_FOLDER "/") && size == 0)
        continue;
      if (!gsc_zip_is_file (zip, name)
          || !(gsc_run_archive_knows_name (name) || g_str_equal (name, GSC_RUN_ARCHIVE_TYPE_NAME)))
        {
          g_autofree char *shown = g_utf8_make_valid (name, -1);

          g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED,
                       _ ("%s: The archive holds “%s”, which is no file of a run; nothing was "
                          "unpacked."),
                       archive, shown);
          return FALSE;
        }
      if (size / MAX_RATIO > gsc_zip_get_file_size (zip) || size > MAX_BYTES - *total)
        {
          g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED,
                       _ ("%s: The archive is damaged: “%s” cannot be as large as it says."),
                       archive, name);
          return FALSE;
        }
      if (!g_str_equal (name, GSC_RUN_ARCHIVE_TYPE_NAME))
        *total += size;
    }
  if (any)
    return TRUE;
  g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NOT_RUN,
               _ ("%s: There is no run in this archive: it has no config.json."), archive);
  return FALSE;
}

static gboolean
check_room (const char *folder, guint64 needed, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_autofree char *needs = g_format_size (needed);
  g_autofree char *has = NULL;
  struct statvfs status;
  guint64 room;

  if (statvfs (folder, &status) != 0)
    return TRUE; /* then writing says it */
  room = (guint64) status.f_bavail * status.f_frsize;
  if (room >= needed)
    return TRUE;
  has = g_format_size (room);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC,
               _ ("%s: There is not enough room for the run: it needs %s, and %s are free."), name,
               needs, has);
  return FALSE;
}

static gboolean
write_bytes (int fd, const char *from, gsize length)
{
  while (length > 0)
    {
      gssize written = write (fd, from, length);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;
      from += written;
      length -= (gsize) written;
    }
  return TRUE;
}

/* For gsc_zip_unpack(). */
static gboolean
on_bytes (const char *name, gconstpointer bytes, gsize length, gpointer data, GError **error)
{
  Loading *loading = data;
  g_autofree char *path = g_build_filename (loading->folder, name, NULL);
  g_autofree char *shown = g_build_filename (loading->target, name, NULL);
  gboolean fine;

  if (g_cancellable_set_error_if_cancelled (loading->cancellable, error))
    return FALSE;
  if (g_str_equal (name, GSC_RUN_ARCHIVE_TYPE_NAME))
    return TRUE;
  if (loading->fd < 0) /* O_EXCL: the folder is new, and no name comes twice */
    loading->fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  fine = loading->fd >= 0 && write_bytes (loading->fd, bytes, length);
  if (!fine)
    return set_errno (error, shown, _ ("The file cannot be written"), errno);
  loading->done += length;
  if (length == 0)
    {
      fine = close (loading->fd) == 0;
      loading->fd = -1;
    }
  else if (loading->progress != NULL)
    loading->progress ((double) loading->done / (double) loading->total, loading->data);
  return fine || set_errno (error, shown, _ ("The file cannot be written"), errno);
}

/* Whether what was unpacked is a run, all of which can be read. */
static gboolean
check_run (const char *path, GError **error)
{
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, FALSE, error);
  g_autoptr (GscTaskSplit) tasks = NULL;
  g_autoptr (GscInputSplit) inputs = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GPtrArray) snapshots = NULL;
  g_autoptr (GscRunNotes) notes = NULL;

  return folder != NULL && (tasks = gsc_run_folder_read_tasks (folder, error)) != NULL
         && (inputs = gsc_run_folder_read_inputs (folder, error)) != NULL
         && (records = gsc_run_folder_read_records (folder, error)) != NULL
         && (snapshots = gsc_run_folder_list_snapshots (folder, error)) != NULL
         && (notes = gsc_run_notes_load (path, error)) != NULL;
}

/* Only what gsc_run_archive_load() has made itself. */
static void
delete_folder (const char *path)
{
  g_autofree char *snapshots = g_build_filename (path, GSC_SNAPSHOT_FOLDER, NULL);
  const char *const folders[] = { snapshots, path };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GDir) dir = g_dir_open (folders[i], 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *file = g_build_filename (folders[i], name, NULL);

          g_unlink (file);
        }
      g_rmdir (folders[i]);
    }
}

/* A message about a file of the hidden folder becomes one about that of the archive. */
static void
rename_in_error (GError *error, const char *temporary, const char *archive)
{
  g_autofree char *from = g_filename_display_name (temporary);
  g_autoptr (GString) text = g_string_new (error->message);

  g_string_replace (text, from, archive, 0);
  g_free (error->message);
  error->message = g_strdup (text->str);
}

/* Brings all to the disk, then shows it under its name. Renaming takes the place of an empty folder
 * and of nothing else. */
static gboolean
put_in_place (const char *temporary, const char *folder, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  int fd = open (temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int code = errno;

  if (fd >= 0 && syncfs (fd) != 0)
    code = errno;
  else if (fd >= 0)
    code = g_rename (temporary, folder) == 0 ? 0 : errno;
  if (fd >= 0)
    close (fd);
  if (code == 0)
    return TRUE;
  if (code != EEXIST && code != ENOTEMPTY && code != ENOTDIR)
    return set_errno (error, folder, _ ("The folder cannot be made"), code);
  g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_EXISTS,
               _ ("%s: There is something of this name already; choose another."), name);
  return FALSE;
}

/* Into a hidden folder beside @folder. */
static char *
make_temporary (const char *folder, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (folder, NULL);
  g_autofree char *parent = g_path_get_dirname (absolute);
  g_autofree char *path = g_build_filename (parent, GSC_ATOMIC_FILE_PREFIX "XXXXXX", NULL);
  g_autofree char *snapshots = NULL;

  if (g_mkdir_with_parents (parent, 0777) != 0 || g_mkdtemp_full (path, 0777) == NULL)
    {
      set_errno (error, folder, _ ("The folder cannot be made"), errno);
      return NULL;
    }
  snapshots = g_build_filename (path, GSC_SNAPSHOT_FOLDER, NULL);
  if (g_mkdir (snapshots, 0777) == 0)
    return g_steal_pointer (&path);
  set_errno (error, folder, _ ("The folder cannot be made"), errno);
  g_rmdir (path);
  return NULL;
}

/* Whether there is nothing at @folder, or an empty folder. */
static gboolean
check_free (const char *folder, GError **error)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  if (dir != NULL ? g_dir_read_name (dir) == NULL
                  : !g_file_test (folder, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
    return TRUE;
  g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_EXISTS,
               _ ("%s: There is something of this name already; choose another."), name);
  return FALSE;
}

static gboolean
unpack (GscZip *zip, Loading *loading, const char *archive, GError **error)
{
  g_autoptr (GError) fault = NULL;
  gboolean fine = gsc_zip_unpack (zip, on_bytes, loading, &fault)
                  && !g_cancellable_set_error_if_cancelled (loading->cancellable, &fault);

  if (loading->fd >= 0)
    close (loading->fd);
  if (!fine && fault->domain != G_FILE_ERROR && fault->domain != G_IO_ERROR)
    g_prefix_error (&fault, "%s: ", archive);
  fine = fine && check_run (loading->folder, &fault);
  if (!fine)
    {
      rename_in_error (fault, loading->folder, archive);
      g_propagate_error (error, g_steal_pointer (&fault));
    }
  return fine;
}

gboolean
gsc_run_archive_load (const char *archive,
                      const char *folder,
                      GCancellable *cancellable,
                      GscRunArchiveProgress progress,
                      gpointer data,
                      GError **error)
{
  g_autofree char *name = g_filename_display_name (archive);
  g_autofree char *temporary = NULL;
  g_autoptr (GscZip) zip = NULL;
  Loading loading = {
    .target = folder, .cancellable = cancellable, .progress = progress, .data = data, .fd = -1
  };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  zip = gsc_zip_open (archive, error);
  if (zip == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  if (!check_entries (zip, name, &loading.total, error) || !check_free (folder, error))
    return FALSE;
  temporary = make_temporary (folder, error);
  if (temporary == NULL)
    return FALSE;
  loading.folder = temporary;
  if (check_room (temporary, loading.total, error) && unpack (zip, &loading, name, error)
      && put_in_place (temporary, folder, error))
    return TRUE;
  delete_folder (temporary);
  return FALSE;
}
