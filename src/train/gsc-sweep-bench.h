/* gsc-sweep-bench.h - how well runs share a machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-config.h"

G_BEGIN_DECLS

typedef struct
{
  guint runs;
  double alone_steps_per_second;    /* of one run, with one thread, while nothing else trains */
  double together_steps_per_second; /* of all runs together, with one thread each */
  double share;                     /* of @runs times one alone; 1: they do not get in each other's
                                       way */
} GscSweepBench;

/* Trains @config for about @seconds, in turn once alone and @runs times at once, as a sweep does.
 * Medians of several rounds. FALSE and @error when the config is invalid or training diverges. */
gboolean gsc_sweep_bench_run (
    const GscConfig *config, guint runs, double seconds, GscSweepBench *result, GError **error);

G_END_DECLS
