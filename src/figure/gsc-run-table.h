/* gsc-run-table.h - runs beside each other, in numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-table.h"
#include "gsc-run-data.h"
#include "gsc-run-summary.h"

G_BEGIN_DECLS

/* One row for each of @runs (of GscRunData): its name, what of the recipe experiments vary, and its
 * gsc_run_summarise() on @set with @thresholds. Cells without a value are empty. (transfer full) */
GscFigureTable *
gsc_run_table_new (GPtrArray *runs, GscSet set, const double thresholds[GSC_N_SETS]);

G_END_DECLS
