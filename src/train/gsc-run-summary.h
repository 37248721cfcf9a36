/* gsc-run-summary.h - a run in a few numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a table of runs compares: how good a set became and when, and what was left of it at the
 * end. Pure functions of records.
 */

#pragma once

#include "gsc-phase.h"

G_BEGIN_DECLS

/* A plain value. Accuracies are those of one set at the last shot. */
typedef struct
{
  int peak; /* index of the record with the highest accuracy, the earliest of several; -1: there is
               no record, and nothing else counts */
  gint64 peak_step;
  double peak_accuracy;
  gint64 final_step;
  double final_accuracy;
  double drop;      /* peak - final, at least 0 */
  gint64 half_life; /* steps from the peak to the first later record at which half of what exceeds
                       chance is lost; -1: it is not lost, or there never was any */
  int shots_50;     /* fewest examples after which the accuracy at the peak is at least 0.5; -1: no
                       number of examples is enough */
  int shots_90;     /* the same for 0.9 */
  GscPhase peak_phase;
  GscPhase final_phase;
} GscRunSummary;

/* Of @records (of GscRecord, by step) on @set; chance is 1 / @p. @thresholds: as
 * gsc_phase_of_record(). Records whose accuracy is not a number are passed over. */
GscRunSummary
gsc_run_summarise (GPtrArray *records, GscSet set, int p, const double thresholds[GSC_N_SETS]);

G_END_DECLS
