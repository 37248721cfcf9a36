/* gsc-sweep-work.h - how much there is to do in a sweep
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Work is counted in floating-point operations (gsc-benchmark.h), so that runs of different size
 * can be added up; over a speed it is time.
 */

#pragma once

#include "gsc-sweep.h"

G_BEGIN_DECLS

/* Operations of the steps after @from up to @to, with their evaluations. */
double gsc_sweep_count_work (const GscConfig *config, gint64 from, gint64 to);

/* Bytes that a process needs to train @config with @threads threads, about. */
double gsc_sweep_estimate_memory (const GscConfig *config, guint threads);

/* Seconds of training one run from its beginning to its end here, with @threads threads: measured
 * by a few steps of the run of @sweep that has most to do in a step, which takes a few seconds.
 * @seconds: (out): the longest run's. @total: (out): of all runs one after another. */
gboolean gsc_sweep_estimate_time (
    const GscSweep *sweep, guint threads, double *seconds, double *total, GError **error);

G_END_DECLS
