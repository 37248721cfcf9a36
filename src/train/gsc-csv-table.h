/* gsc-csv-table.h - a table that rows are appended to, whatever happens meanwhile
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first column is the step, which never falls from row to row. A crash can tear only the last
 * line; readers leave it out and gsc_csv_table_cut() removes it.
 */

#pragma once

#include "gsc-csv.h"

G_BEGIN_DECLS

typedef struct _GscCsvTable GscCsvTable;

/* Touches no file. @header: the column names, without line end. */
GscCsvTable *gsc_csv_table_new (const char *path, const char *header);
void gsc_csv_table_free (GscCsvTable *table);

const char *gsc_csv_table_get_path (const GscCsvTable *table);

/* Writes the table without rows, atomically, in place of what was there. */
gboolean gsc_csv_table_create (const GscCsvTable *table, GError **error);

/* Appends @rows, whole lines each with its line end, in one write, and brings them to the disk.
 * When that fails (a full disk), the file is cut back to what it was. @start: (out): the file's
 * length before. @error: G_FILE_ERROR, naming the file. */
gboolean gsc_csv_table_append (const GscCsvTable *table,
                               const GString *rows,
                               goffset *start,
                               GError **error);

/* Takes an append back: cuts the file to @start bytes. What cannot be cut stays; it has a step that
 * gsc_csv_table_cut() will find. */
void gsc_csv_table_undo (const GscCsvTable *table, goffset start);

typedef gboolean (*GscCsvTableFunc) (const GscCsvRow *row,
                                     gint64 step,
                                     gpointer data,
                                     GError **error);

/* Calls @func (nullable) for each complete row. @error as gsc_csv_read(). */
gboolean
gsc_csv_table_read (const GscCsvTable *table, GscCsvTableFunc func, gpointer data, GError **error);

/* Removes a torn last line and every row of a later step than @step, atomically. */
gboolean gsc_csv_table_cut (const GscCsvTable *table, gint64 step, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscCsvTable, gsc_csv_table_free)

G_END_DECLS
