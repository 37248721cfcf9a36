/* gsc-phase-window.h - a sweep's folder as a phase diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-phase-options.h"
#include "gsc-phase-plot.h"
#include "gsc-sweep-worker.h"

G_BEGIN_DECLS

#define GSC_TYPE_PHASE_WINDOW (gsc_phase_window_get_type ())

/* The diagram fills in live, whoever trains: this program, another one, or a cluster on a shared
 * disk. Actions "phase.train" (pause or go on), "phase.table", "phase.export".
 * Signals:
 *   "open-run" (char *path, gint64 step): a cell was chosen
 *   "train" (): the sweep is to be trained here, with gsc_sweep_worker_start() */
G_DECLARE_FINAL_TYPE (GscPhaseWindow, gsc_phase_window, GSC, PHASE_WINDOW, AdwWindow)

/* NULL and @error if there is no sweep in @folder. @worker: the program's. */
GscPhaseWindow *gsc_phase_window_new (GscSweepWorker *worker, const char *folder, GError **error);

const char *gsc_phase_window_get_folder (GscPhaseWindow *window);

/* Borrowed. */
GscPhasePlot *gsc_phase_window_get_plot (GscPhaseWindow *window);
GscPhaseOptions *gsc_phase_window_get_options (GscPhaseWindow *window);
GscPhaseReader *gsc_phase_window_get_reader (GscPhaseWindow *window);

/* "7 of 12 runs finished, 2 under way". Borrowed. */
const char *gsc_phase_window_get_progress (GscPhaseWindow *window);

/* What the banner says, or NULL; and says something there. Borrowed. */
const char *gsc_phase_window_get_message (GscPhaseWindow *window);
void gsc_phase_window_say (GscPhaseWindow *window, const char *message);

/* Writes the diagram as a file whose extension says the format: .pdf, .svg, .png, or .csv with
 * .json and .py beside it. @error names it. */
gboolean gsc_phase_window_export (GscPhaseWindow *window, const char *path, GError **error);

G_END_DECLS
