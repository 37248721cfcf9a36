/* gsc-table-dialog.h - a figure's numbers as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-figure-table.h"

G_BEGIN_DECLS

#define GSC_TYPE_TABLE_DIALOG (gsc_table_dialog_get_type ())

/* A window with the rows, which are sorted by a click on a heading or from the list "Sort by", and
 * buttons that copy all of it as CSV or save it. Esc closes it. Actions "table.copy", "table.save".
 * Signal "chosen" (guint row): a double click or Enter on that row of the table. */
G_DECLARE_FINAL_TYPE (GscTableDialog, gsc_table_dialog, GSC, TABLE_DIALOG, AdwWindow)

/* @parent: nullable. Takes @table. */
GscTableDialog *gsc_table_dialog_new (GtkWindow *parent, const char *title, GscFigureTable *table);

/* The rows in their present order. Borrowed; items are GObjects. */
GListModel *gsc_table_dialog_get_rows (GscTableDialog *dialog);

/* The text of a column in the row at @position of that order. Borrowed. */
const char *gsc_table_dialog_get_cell (GscTableDialog *dialog, guint position, guint column);

/* Shows @table (taken) in place of the one before, whose columns it must have. Sorting and selection
 * stay. */
void gsc_table_dialog_set_table (GscTableDialog *dialog, GscFigureTable *table);

/* Writes the CSV to a file. @error names it. */
gboolean gsc_table_dialog_save (GscTableDialog *dialog, const char *path, GError **error);

/* Sorts by a column; -1: the figure's own order. */
void gsc_table_dialog_sort (GscTableDialog *dialog, int column, GtkSortType order);

G_END_DECLS
