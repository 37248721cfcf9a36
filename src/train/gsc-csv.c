/* gsc-csv.c - reading comma-separated tables of plain cells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-csv.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "gsc-nearest-name.h"
#include "gsc-number.h"
#include "gsc-run-error.h"
#include "gsc-text-file.h"

enum
{
  MAX_FILE_LENGTH = 1 << 30,
};

gboolean
gsc_csv_row_fail (const GscCsvRow *row, GError **error, const char *format, ...)
{
  g_autofree char *name = g_filename_display_name (row->path);
  g_autofree char *fault = NULL;
  va_list arguments;

  va_start (arguments, format);
  fault = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED, "%s, line %u: %s", name, row->line,
               fault);
  return FALSE;
}

gboolean
gsc_csv_row_get_int (
    const GscCsvRow *row, guint cell, gint64 min, gint64 max, gint64 *value, GError **error)
{
  g_autofree char *quoted = NULL;

  if (gsc_number_parse_int (row->cells[cell], value) && *value >= min && *value <= max)
    return TRUE;
  quoted = gsc_nearest_name_quote (row->cells[cell]);
  return gsc_csv_row_fail (
      row, error, _ ("Cell %u must be a whole number from %" PRId64 " to %" PRId64 ", not “%s”."),
      cell + 1, min, max, quoted);
}

gboolean
gsc_csv_row_get_number (const GscCsvRow *row, guint cell, double *value, GError **error)
{
  g_autofree char *quoted = NULL;

  if (gsc_number_parse_any (row->cells[cell], value))
    return TRUE;
  quoted = gsc_nearest_name_quote (row->cells[cell]);
  return gsc_csv_row_fail (row, error, _ ("Cell %u must be a number, not “%s”."), cell + 1, quoted);
}

gboolean
gsc_csv_row_get_word (
    const GscCsvRow *row, guint cell, const char *const *words, guint *value, GError **error)
{
  g_autofree char *quoted = NULL;
  g_autofree char *all = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], row->cells[cell]))
      {
        *value = i;
        return TRUE;
      }
  quoted = gsc_nearest_name_quote (row->cells[cell]);
  all = g_strjoinv (", ", (char **) words);
  return gsc_csv_row_fail (row, error, _ ("Cell %u must be one of %s, not “%s”."), cell + 1, all,
                           quoted);
}

/* Ends each cell of @line (ended by a zero byte itself) with a zero byte and collects where they
 * begin, at most @n_max of them. Returns the number of cells. */
static guint
split_cells (char *line, char **cells, guint n_max)
{
  guint n = 0;

  for (char *cell = line; cell != NULL; n++)
    {
      char *comma = strchr (cell, ',');

      if (comma != NULL)
        *comma++ = '\0';
      if (n < n_max)
        cells[n] = cell;
      cell = comma;
    }
  return n;
}

static guint
count_cells (const char *header)
{
  guint n = 1;

  for (; *header != '\0'; header++)
    n += *header == ',';
  return n;
}

/* Whether @text begins with the line @header; if so *rest is what follows. */
static gboolean
skip_header (char *text, gsize length, const char *header, char **rest)
{
  gsize n = strlen (header);

  if (length <= n || memcmp (text, header, n) != 0 || text[n] != '\n')
    return FALSE;
  *rest = text + n + 1;
  return TRUE;
}

gboolean
gsc_csv_read (const char *path,
              const char *header,
              GscCsvTorn torn,
              GscCsvFunc func,
              gpointer data,
              gsize *good_length,
              GError **error)
{
  guint n_columns = count_cells (header);
  g_autofree char **cells = g_new (char *, n_columns);
  GscCsvRow row = { .path = path, .line = 1, .n_cells = n_columns, .cells = cells };
  g_autofree char *text = NULL;
  char *line;
  gsize length;

  text = gsc_text_file_read (path, MAX_FILE_LENGTH, &length, error);
  if (text == NULL)
    return FALSE;
  if (!skip_header (text, length, header, &line))
    {
      g_autofree char *quoted = gsc_nearest_name_quote (header);

      return gsc_csv_row_fail (&row, error, _ ("The file must begin with the line “%s”."), quoted);
    }

  while (line < text + length)
    {
      char *end = memchr (line, '\n', (gsize) (text + length - line));
      gboolean is_last
          = end == NULL || memchr (end + 1, '\n', (gsize) (text + length - end - 1)) == NULL;
      gboolean whole = FALSE;
      guint n_cells = 0;

      row.line++;
      row.offset = (gsize) (line - text);
      if (end != NULL)
        {
          *end = '\0';
          whole = strlen (line) == (gsize) (end - line); /* else it holds a zero byte */
          n_cells = split_cells (line, cells, n_columns);
          whole = whole && n_cells == n_columns;
        }
      if (!whole && is_last && torn == GSC_CSV_TORN_IS_LEFT_OUT)
        break;
      if (end == NULL)
        return gsc_csv_row_fail (&row, error, _ ("The file ends in the middle of this line."));
      if (n_cells != n_columns)
        return gsc_csv_row_fail (
            &row, error, _ ("The line has %u cells instead of %u; correct it or delete it."),
            n_cells, n_columns);
      if (!whole)
        return gsc_csv_row_fail (&row, error,
                                 _ ("The line holds a zero byte; correct it or delete it."));
      if (!func (&row, data, error))
        return FALSE;
      line = end + 1;
    }
  if (good_length != NULL)
    *good_length = (gsize) (line - text);
  return TRUE;
}
