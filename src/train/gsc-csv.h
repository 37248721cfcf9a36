/* gsc-csv.h - reading comma-separated tables of plain cells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables of a run folder hold numbers and words only, so that no cell is ever quoted; a line of
 * names comes first.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One row while it is read. */
typedef struct
{
  const char *path;
  guint line;    /* in the file, from 1 */
  gsize offset;  /* of its first byte in the file */
  guint n_cells; /* as many as the header has */
  char *const *cells;
} GscCsvRow;

/* FALSE with @error set (see gsc_csv_row_fail()) ends the reading. */
typedef gboolean (*GscCsvFunc) (const GscCsvRow *row, gpointer data, GError **error);

/* What to make of a last line that has no end or not all its cells. */
typedef enum
{
  GSC_CSV_TORN_IS_ERROR,    /* for files written at once */
  GSC_CSV_TORN_IS_LEFT_OUT, /* for files appended to, which a crash can tear there */
} GscCsvTorn;

/* Calls @func for each row of @path, whose first line must be @header. @good_length: (out)
 * (nullable): the file's length up to and without a torn last line. FALSE and @error naming the
 * file: those of gsc_text_file_read() and GSC_RUN_ERROR_DAMAGED. */
gboolean gsc_csv_read (const char *path,
                       const char *header,
                       GscCsvTorn torn,
                       GscCsvFunc func,
                       gpointer data,
                       gsize *good_length,
                       GError **error);

/* Sets GSC_RUN_ERROR_DAMAGED with a message that begins with file and line; returns FALSE. */
gboolean gsc_csv_row_fail (const GscCsvRow *row, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* The cell as a whole number from @min to @max; FALSE and @error as gsc_csv_row_fail(). */
gboolean gsc_csv_row_get_int (
    const GscCsvRow *row, guint cell, gint64 min, gint64 max, gint64 *value, GError **error);

/* The cell as a number; nan and inf count. */
gboolean gsc_csv_row_get_number (const GscCsvRow *row, guint cell, double *value, GError **error);

/* The cell's index among @words (NULL-terminated). */
gboolean gsc_csv_row_get_word (
    const GscCsvRow *row, guint cell, const char *const *words, guint *value, GError **error);

G_END_DECLS
