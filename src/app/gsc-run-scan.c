/* gsc-run-scan.c - where a run on disk stands, at a glance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-scan.h"

#include <errno.h>
#include <gio/gio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "gsc-number.h"
#include "gsc-regular-file.h"
#include "gsc-snapshot-files.h"

enum
{
  TAIL = 16 * 1024, /* bytes; a row of metrics.csv has a few hundred */
  LOSS_COLUMN = 1,
  SECONDS_COLUMN = 5,
  N_COLUMNS = 6, /* that are looked at */
};

void
gsc_run_scan_free (GscRunScan *scan)
{
  if (scan == NULL)
    return;
  gsc_run_notes_free (scan->notes);
  g_free (scan->notes_fault);
  g_free (scan);
}

/* The last bytes of a file, from the beginning of a line on, ended by a zero byte. */
static char *
read_tail (const char *path, GError **error)
{
  gsize size;
  int fd = gsc_regular_file_open (path, &size, error);
  gsize length = MIN (size, TAIL);
  g_autofree char *text = NULL;
  gssize n;
  int code;
  char *line;

  if (fd < 0)
    return NULL;
  text = g_malloc (length + 1);
  n = pread (fd, text, length, (off_t) (size - length));
  code = errno;
  close (fd);
  if (n < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("The file cannot be read (%s)."), g_strerror (code));
      return NULL;
    }
  text[n] = '\0';
  if (length == size)
    return g_steal_pointer (&text);
  line = strchr (text, '\n');
  return g_strdup (line != NULL ? line + 1 : "");
}

typedef struct
{
  gint64 step;
  double loss;
  double seconds;
} Row;

/* FALSE for the header and whatever else is no row. */
static gboolean
parse_row (const char *line, Row *row)
{
  g_auto (GStrv) cells = g_strsplit (line, ",", N_COLUMNS + 1);

  return g_strv_length (cells) > N_COLUMNS && gsc_number_parse_int (cells[0], &row->step)
         && row->step >= 0 && gsc_number_parse_any (cells[LOSS_COLUMN], &row->loss)
         && gsc_number_parse_any (cells[SECONDS_COLUMN], &row->seconds);
}

/* The last two records. Full reading, with all its checks, comes when the run is shown. */
static gboolean
read_records (GscRunScan *scan, const char *run, GError **error)
{
  g_autofree char *path = g_build_filename (run, "metrics.csv", NULL);
  g_autofree char *text = read_tail (path, error);
  g_auto (GStrv) lines = NULL;
  Row last, before;
  guint n_rows = 0;

  if (text == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  lines = g_strsplit (text, "\n", -1);
  /* The last piece is empty, or a line that is being written. */
  for (guint i = MAX (g_strv_length (lines), 1) - 1; i-- > 0 && n_rows < 2;)
    if (parse_row (lines[i], n_rows == 0 ? &last : &before))
      n_rows++;

  if (n_rows > 0)
    {
      scan->record_step = last.step;
      scan->loss = last.loss;
    }
  if (n_rows > 1 && last.seconds > before.seconds && last.step > before.step)
    scan->steps_per_second = (double) (last.step - before.step) / (last.seconds - before.seconds);
  return TRUE;
}

static gint64
find_last_snapshot (const char *path)
{
  g_autoptr (GArray) snapshots = gsc_snapshot_files_list (path, NULL);

  return snapshots != NULL && snapshots->len > 0
             ? g_array_index (snapshots, GscSnapshotInfo, snapshots->len - 1).step
             : 0;
}

GscRunScan *
gsc_run_scan_new (const char *path, GError **error)
{
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, FALSE, error);
  g_autoptr (GscRunScan) scan = NULL;
  g_autoptr (GError) fault = NULL;

  if (folder == NULL)
    return NULL;
  scan = g_new0 (GscRunScan, 1);
  scan->config = *gsc_run_folder_get_config (folder);
  scan->record_step = -1;
  scan->loss = NAN;
  scan->busy = gsc_run_folder_is_busy (path);
  if (!read_records (scan, path, error))
    return NULL;
  scan->step = MAX (scan->record_step, find_last_snapshot (path));
  scan->notes = gsc_run_notes_load (path, &fault);
  if (scan->notes == NULL)
    {
      scan->notes = gsc_run_notes_new ();
      scan->notes_fault = g_strdup (fault->message);
    }
  return g_steal_pointer (&scan);
}

gboolean
gsc_run_scan_is_finished (const GscRunScan *scan)
{
  return scan->step >= scan->config.steps || scan->notes->ended_step == scan->step;
}

gint64
gsc_run_scan_get_time (const char *path)
{
  /* tasks.csv is written once; a broken run may lack it. */
  g_autofree char *tasks = g_build_filename (path, "tasks.csv", NULL);
  const char *paths[] = { tasks, path };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr (GFileInfo) info = g_file_query_info (
          file, G_FILE_ATTRIBUTE_TIME_MODIFIED "," G_FILE_ATTRIBUTE_TIME_MODIFIED_USEC,
          G_FILE_QUERY_INFO_NONE, NULL, NULL);
      g_autoptr (GDateTime) time
          = info != NULL ? g_file_info_get_modification_date_time (info) : NULL;

      if (time != NULL)
        return g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
    }
  return 0;
}
