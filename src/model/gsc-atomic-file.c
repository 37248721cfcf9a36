/* gsc-atomic-file.c - writing a file completely or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-atomic-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gsc-file-error.h"

struct _GscAtomicFile
{
  char *path;   /* as the caller knows it, for messages */
  char *target; /* with symbolic links resolved */
  char *folder; /* of target */
  char *temporary;
  int fd; /* -1 once closed */
};

static void
set_error_from_errno (GError **error, const GscAtomicFile *file, int code)
{
  g_autofree char *name = g_filename_display_name (file->path);

  g_set_error (error, G_FILE_ERROR, gsc_file_error_from_errno (code),
               _ ("%s: The file cannot be written (%s)."), name, g_strerror (code));
}

/* Where to write and with which permissions; FALSE with errno set. */
static gboolean
resolve_target (GscAtomicFile *file, mode_t *mode, gboolean *exists)
{
  struct stat status;

  *exists = stat (file->path, &status) == 0;
  if (!*exists)
    {
      file->target = g_strdup (file->path);
      return errno == ENOENT;
    }
  if (!S_ISREG (status.st_mode))
    {
      errno = S_ISDIR (status.st_mode) ? EISDIR : EINVAL;
      return FALSE;
    }
  *mode = status.st_mode & 07777;
  file->target = realpath (file->path, NULL);
  return file->target != NULL;
}

GscAtomicFile *
gsc_atomic_file_new (const char *path, GError **error)
{
  GscAtomicFile *file = g_new0 (GscAtomicFile, 1);
  mode_t mode = 0;
  gboolean exists = FALSE;

  file->path = g_strdup (path);
  file->fd = -1;
  if (!resolve_target (file, &mode, &exists))
    {
      set_error_from_errno (error, file, errno);
      gsc_atomic_file_free (file);
      return NULL;
    }

  file->folder = g_path_get_dirname (file->target);
  file->temporary = g_build_filename (file->folder, GSC_ATOMIC_FILE_PREFIX "XXXXXX", NULL);
  file->fd = g_mkstemp_full (file->temporary, O_RDWR | O_CLOEXEC, 0666);
  if (file->fd < 0 || (exists && fchmod (file->fd, mode) != 0))
    {
      set_error_from_errno (error, file, errno);
      if (file->fd < 0)
        g_clear_pointer (&file->temporary, g_free);
      gsc_atomic_file_free (file);
      return NULL;
    }
  return file;
}

gboolean
gsc_atomic_file_append (GscAtomicFile *file, gconstpointer data, gsize length, GError **error)
{
  const char *from = data;

  while (length > 0)
    {
      gssize written = write (file->fd, from, MIN (length, 1 << 30));

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        {
          set_error_from_errno (error, file, errno);
          return FALSE;
        }
      from += written;
      length -= (gsize) written;
    }
  return TRUE;
}

static gboolean
sync_fd (int fd)
{
  int result;

  do
    result = fsync (fd);
  while (result != 0 && errno == EINTR);
  /* EINVAL: the file system knows no such thing for this kind of file. */
  return result == 0 || errno == EINVAL;
}

/* The new name is durable only once the folder is. By then the file is in place, so that a folder
 * that cannot be synced (not readable, say) is no reason to report a failure. */
static void
sync_folder (const char *folder)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  sync_fd (fd);
  close (fd);
}

gboolean
gsc_atomic_file_commit (GscAtomicFile *file, GError **error)
{
  gboolean synced = sync_fd (file->fd);
  int code = errno;

  /* Some network file systems report a full disk only here. */
  if (close (file->fd) != 0 && synced)
    {
      synced = FALSE;
      code = errno;
    }
  file->fd = -1;
  if (synced && g_rename (file->temporary, file->target) != 0)
    {
      synced = FALSE;
      code = errno;
    }
  if (!synced)
    {
      set_error_from_errno (error, file, code);
      return FALSE;
    }
  g_clear_pointer (&file->temporary, g_free);
  sync_folder (file->folder);
  return TRUE;
}

void
gsc_atomic_file_free (GscAtomicFile *file)
{
  if (file == NULL)
    return;
  if (file->fd >= 0)
    close (file->fd);
  if (file->temporary != NULL)
    g_unlink (file->temporary);
  g_free (file->temporary);
  g_free (file->folder);
  free (file->target); /* realpath() and GLib both use the C allocator */
  g_free (file->path);
  g_free (file);
}

gboolean
gsc_atomic_file_write (const char *path, gconstpointer data, gsize length, GError **error)
{
  g_autoptr (GscAtomicFile) file = gsc_atomic_file_new (path, error);

  return file != NULL && gsc_atomic_file_append (file, data, length, error)
         && gsc_atomic_file_commit (file, error);
}
