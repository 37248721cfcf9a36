/* gsc-gauge.h - how fluid the window is while a model trains, and what showing it costs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Trains the preset "quick" in a temporary folder and measures, in turn, with everything shown and
 * with nothing shown:
 *   - the time from the start of the program's main() to the first frame;
 *   - how long the main loop was busy each time before it could wait again (a stall: no input is
 *     seen and nothing is drawn meanwhile);
 *   - frames of the session, and pictures of panels, a second;
 *   - training steps a second.
 */

#pragma once

#include "gsc-window.h"

G_BEGIN_DECLS

typedef struct _GscGauge GscGauge;

/* @seconds: all phases together (as long as the training lasts), shown and hidden ones in turn, a
 * multiple of four. NULL and @error where no temporary folder can be made. */
GscGauge *gsc_gauge_new (guint seconds, GError **error);

/* Removes the temporary folder. */
void gsc_gauge_free (GscGauge *gauge);

/* The temporary folder for runs. Borrowed. */
const char *gsc_gauge_get_folder (GscGauge *gauge);

/* Begins as soon as @window is drawn; at the end the figures are printed, a "name value" each line,
 * and the window is closed. @start: monotonic time of the program's start. */
void gsc_gauge_start (GscGauge *gauge, GscWindow *window, gint64 start);

G_END_DECLS
