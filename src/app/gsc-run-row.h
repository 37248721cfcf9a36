/* gsc-run-row.h - one run in the list of runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-run.h"

G_BEGIN_DECLS

#define GSC_TYPE_RUN_ROW (gsc_run_row_get_type ())

/* Title, state in words with an icon, progress while it trains, and a menu, which a right click and
 * the Menu key open too. Signals:
 *   "menu" ()              its menu is about to be shown: what it does is for this run
 *   "renamed" (char *title) the user has typed another title */
G_DECLARE_FINAL_TYPE (GscRunRow, gsc_run_row, GSC, RUN_ROW, GtkListBoxRow)

GtkWidget *gsc_run_row_new (GscRun *run, GMenuModel *menu);

GscRun *gsc_run_row_get_run (GscRunRow *row); /* borrowed */

/* Where the run stands in the tree of runs: how deep, and the run that it continues (nullable:
 * none that is listed). */
void gsc_run_row_set_place (GscRunRow *row, guint depth, GscRun *parent);

/* Shows an entry with the title, to change it. */
void gsc_run_row_edit_title (GscRunRow *row);

/* The entry shown then. Borrowed. */
GtkWidget *gsc_run_row_get_entry (GscRunRow *row);

/* The run's state in words: "paused at step 3,200 of 15,000". (transfer full) */
char *gsc_run_row_describe (GscRun *run);

G_END_DECLS
