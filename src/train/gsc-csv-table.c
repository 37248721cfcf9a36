/* gsc-csv-table.c - a table that rows are appended to, whatever happens meanwhile
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-csv-table.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gsc-atomic-file.h"
#include "gsc-file-error.h"
#include "gsc-text-file.h"

struct _GscCsvTable
{
  char *path;
  char *header;
};

GscCsvTable *
gsc_csv_table_new (const char *path, const char *header)
{
  GscCsvTable *table = g_new0 (GscCsvTable, 1);

  table->path = g_strdup (path);
  table->header = g_strdup (header);
  return table;
}

void
gsc_csv_table_free (GscCsvTable *table)
{
  if (table == NULL)
    return;
  g_free (table->path);
  g_free (table->header);
  g_free (table);
}

const char *
gsc_csv_table_get_path (const GscCsvTable *table)
{
  return table->path;
}

gboolean
gsc_csv_table_create (const GscCsvTable *table, GError **error)
{
  g_autofree char *line = g_strconcat (table->header, "\n", NULL);

  return gsc_atomic_file_write (table->path, line, strlen (line), error);
}

/* FALSE with errno set. */
static gboolean
write_durably (int fd, const GString *rows)
{
  gsize done = 0;

  while (done < rows->len) /* a second write happens only after a signal or on a full disk */
    {
      gssize n = write (fd, rows->str + done, rows->len - done);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        done += (gsize) n;
    }
  /* EINVAL: the file system knows no such thing for this kind of file. */
  return fdatasync (fd) == 0 || errno == EINVAL;
}

gboolean
gsc_csv_table_append (const GscCsvTable *table, const GString *rows, goffset *start, GError **error)
{
  int fd = open (table->path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  struct stat status;
  gboolean written = FALSE;
  int code = 0;

  if (fd >= 0 && fstat (fd, &status) == 0)
    {
      *start = status.st_size;
      written = write_durably (fd, rows);
      code = errno;
      if (!written && ftruncate (fd, *start) != 0)
        g_debug ("%s: what was written of a row stays until the next start", table->path);
    }
  else
    code = errno;
  if (fd >= 0)
    close (fd);

  if (!written)
    {
      g_autofree char *name = g_filename_display_name (table->path);

      g_set_error (error, G_FILE_ERROR, gsc_file_error_from_errno (code),
                   _ ("%s: The row cannot be written (%s)."), name, g_strerror (code));
    }
  return written;
}

void
gsc_csv_table_undo (const GscCsvTable *table, goffset start)
{
  if (truncate (table->path, start) != 0)
    g_debug ("%s: a row of an incomplete record stays until the next start", table->path);
}

typedef struct
{
  GscCsvTableFunc func;
  gpointer data;
  gint64 last_step;
} Reading;

static gboolean
read_row (const GscCsvRow *row, gpointer data, GError **error)
{
  Reading *reading = data;
  gint64 step;

  if (!gsc_csv_row_get_int (row, 0, 0, G_MAXINT64, &step, error))
    return FALSE;
  if (step < reading->last_step)
    return gsc_csv_row_fail (
        row, error, _ ("Step %" PRId64 " comes after step %" PRId64 "; steps must ascend."), step,
        reading->last_step);
  reading->last_step = step;
  return reading->func == NULL || reading->func (row, step, reading->data, error);
}

gboolean
gsc_csv_table_read (const GscCsvTable *table, GscCsvTableFunc func, gpointer data, GError **error)
{
  Reading reading = { func, data, 0 };

  return gsc_csv_read (table->path, table->header, GSC_CSV_TORN_IS_LEFT_OUT, read_row, &reading,
                       NULL, error);
}

typedef struct
{
  gint64 step;
  gsize offset; /* of the first row of a later step; 0: none yet */
} Cutting;

static gboolean
find_later_row (const GscCsvRow *row, gpointer data, GError **error)
{
  Cutting *cutting = data;
  gint64 step;

  if (!gsc_csv_row_get_int (row, 0, 0, G_MAXINT64, &step, error))
    return FALSE;
  if (cutting->offset == 0 && step > cutting->step)
    cutting->offset = row->offset;
  return TRUE;
}

gboolean
gsc_csv_table_cut (const GscCsvTable *table, gint64 step, GError **error)
{
  Cutting cutting = { step, 0 };
  g_autofree char *text = NULL;
  gsize good_length, length;

  if (!gsc_csv_read (table->path, table->header, GSC_CSV_TORN_IS_LEFT_OUT, find_later_row, &cutting,
                     &good_length, error))
    return FALSE;
  if (cutting.offset > 0)
    good_length = cutting.offset;

  text = gsc_text_file_read (table->path, G_MAXSIZE, &length, error);
  if (text == NULL)
    return FALSE;
  return length <= good_length || gsc_atomic_file_write (table->path, text, good_length, error);
}
