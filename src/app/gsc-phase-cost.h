/* gsc-phase-cost.h - how long a phase diagram takes, and how much room
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "gsc-sweep.h"

G_BEGIN_DECLS

/* "12 runs". (transfer full) */
char *gsc_phase_cost_count (const GscSweep *sweep);

/* Measures by a few steps, which takes some seconds, in a thread; @sweep is copied. @jobs: runs
 * that will be trained at once, at least 1. */
void gsc_phase_cost_measure_async (const GscSweep *sweep,
                                   guint jobs,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);

/* "12 runs, about 15 minutes with 2 at a time, up to 40 MB on disk"; NULL and @error where it
 * cannot be measured, or has been cancelled. (transfer full) */
char *gsc_phase_cost_measure_finish (GAsyncResult *result, GError **error);

G_END_DECLS
