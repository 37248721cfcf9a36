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
 * a button that copies all of it as CSV. Esc closes it. Action "table.copy". */
G_DECLARE_FINAL_TYPE (GscTableDialog, gsc_table_dialog, GSC, TABLE_DIALOG, AdwWindow)

/* @parent: nullable. Takes @table. */
GscTableDialog *gsc_table_dialog_new (GtkWindow *parent, const char *title, GscFigureTable *table);

/* The rows in their present order. Borrowed; items are GObjects. */
GListModel *gsc_table_dialog_get_rows (GscTableDialog *dialog);

/* The text of a column in the row at @position of that order. Borrowed. */
const char *gsc_table_dialog_get_cell (GscTableDialog *dialog, guint position, guint column);

/* Sorts by a column; -1: the figure's own order. */
void gsc_table_dialog_sort (GscTableDialog *dialog, int column, GtkSortType order);

G_END_DECLS
