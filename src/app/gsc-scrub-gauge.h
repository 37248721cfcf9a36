/* gsc-scrub-gauge.h - how soon the panels follow when the time is moved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Moves the session's time through a run's records: one after another, back again, and by jumps.
 * Each time it takes the time until the window has drawn all panels as they are at that record:
 * their figures painted of the newest frame, with the model of the nearest snapshot.
 */

#pragma once

#include "gsc-window.h"

G_BEGIN_DECLS

typedef struct _GscScrubGauge GscScrubGauge;

/* @run: the run's folder, which is only read. NULL and @error where no temporary folder can be made
 * for a library. */
GscScrubGauge *gsc_scrub_gauge_new (const char *run, GError **error);
void gsc_scrub_gauge_free (GscScrubGauge *gauge);

/* The temporary folder. Borrowed. */
const char *gsc_scrub_gauge_get_folder (GscScrubGauge *gauge);

/* Begins as soon as everything of the run's newest step is shown; at the end the figures are
 * printed, a "name value" each line, and the window is closed. */
void gsc_scrub_gauge_start (GscScrubGauge *gauge, GscWindow *window);

G_END_DECLS
