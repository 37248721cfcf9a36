/* gsc-regular-file.c - opening a file that a user named
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-regular-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gsc-model-config.h"

int
gsc_regular_file_open (const char *path, gsize *size, GError **error)
{
  struct stat status;
  int fd;

  /* Without O_NONBLOCK, opening a named pipe would wait for a writer. */
  do
    fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  while (fd < 0 && errno == EINTR);
  if (fd < 0 || fstat (fd, &status) != 0)
    {
      int saved = errno;

      if (fd >= 0)
        close (fd);
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved),
                   _ ("The file cannot be opened (%s)."), g_strerror (saved));
      return -1;
    }

  if (S_ISDIR (status.st_mode))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR, _ ("This is a folder, not a file."));
  else if (!S_ISREG (status.st_mode))
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _ ("This is not a regular file."));
  else if (status.st_size == 0)
    g_set_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_FORMAT, _ ("The file is empty."));
  else if ((guint64) status.st_size > G_MAXSIZE / 2)
    g_set_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_FORMAT, _ ("The file is too large."));
  else
    {
      *size = (gsize) status.st_size;
      return fd;
    }
  close (fd);
  return -1;
}
