/* gsc-runs-table.h - the library's runs in numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-library.h"
#include "gsc-table-dialog.h"

G_BEGIN_DECLS

#define GSC_TYPE_RUNS_TABLE (gsc_runs_table_get_type ())

/* gsc_run_table_new() of all runs that can be read, on o.o.d. tasks with test inputs; reads those
 * that have not been read yet, and follows them all. Signals:
 *   "changed" (): gsc_runs_table_make_table() would give something else
 *   "open" (GscRun *run): a user has chosen it in a window of gsc_runs_table_make_window() */
G_DECLARE_FINAL_TYPE (GscRunsTable, gsc_runs_table, GSC, RUNS_TABLE, GObject)

GscRunsTable *gsc_runs_table_new (GscLibrary *library);

/* (transfer full) */
GscFigureTable *gsc_runs_table_make_table (GscRunsTable *table);

/* The run of a row of the latest gsc_runs_table_make_table(), or NULL. Borrowed. */
GscRun *gsc_runs_table_get_run (GscRunsTable *table, guint row);

/* A window with it, which keeps it and is brought up to date with it. @parent: nullable. */
GtkWindow *gsc_runs_table_make_window (GscRunsTable *table, GtkWindow *parent);

G_END_DECLS
