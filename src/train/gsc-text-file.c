/* gsc-text-file.c - reading a text file of limited size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-text-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "gsc-model-config.h"
#include "gsc-regular-file.h"

/* FALSE with errno set. @length: (inout): bytes wanted, bytes read. */
static gboolean
read_bytes (int fd, char *text, gsize *length)
{
  gsize done = 0;

  while (done < *length)
    {
      gssize n = read (fd, text + done, *length - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0) /* someone has cut the file */
        break;
      done += (gsize) n;
    }
  *length = done;
  text[done] = '\0';
  return TRUE;
}

char *
gsc_text_file_read (const char *path, gsize max_length, gsize *length, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *text = NULL;
  gsize size;
  int fd = gsc_regular_file_open (path, &size, error);

  if (fd < 0)
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  if (size > max_length)
    g_set_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_FORMAT,
                 _ ("%s: The file has %zu bytes; no such file has more than %zu."), name, size,
                 max_length);
  else
    {
      text = g_malloc (size + 1);
      if (!read_bytes (fd, text, &size))
        {
          int code = errno;

          g_clear_pointer (&text, g_free);
          g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                       _ ("%s: The file cannot be read (%s)."), name, g_strerror (code));
        }
      *length = size;
    }
  close (fd);
  return g_steal_pointer (&text);
}
