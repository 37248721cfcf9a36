/* gsc-sweep-work.h - how long a sweep takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Work is counted in floating-point operations (gsc-work.h), so that runs of different size can be
 * added up; over a speed it is time.
 */

#pragma once

#include "gsc-sweep.h"

G_BEGIN_DECLS

/* Seconds of training one run from its beginning to its end here, with @threads threads: measured
 * by a few steps of the run of @sweep that has most to do in a step, which takes a few seconds.
 * @seconds: (out): the longest run's. @total: (out): of all runs one after another. */
gboolean gsc_sweep_estimate_time (
    const GscSweep *sweep, guint threads, double *seconds, double *total, GError **error);

G_END_DECLS
