/* gsc-run-summary.c - a run in a few numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-summary.h"

#include "gsc-stop-rule.h"

static const GscRecord *
get_record (GPtrArray *records, guint index)
{
  return g_ptr_array_index (records, index);
}

/* Fewest shots that reach @accuracy, or -1. */
static int
find_shots (const GscSetScore *score, double accuracy)
{
  for (guint shot = 0; shot < score->n_shots; shot++)
    if (score->shot_accuracy[shot] >= accuracy)
      return (int) shot;
  return -1;
}

static gint64
find_half_life (GPtrArray *records, GscSet set, const GscRunSummary *summary, double chance)
{
  double half = chance + (summary->peak_accuracy - chance) / 2;

  if (summary->peak_accuracy <= chance)
    return -1;
  for (guint i = (guint) summary->peak + 1; i < records->len; i++)
    {
      const GscRecord *record = get_record (records, i);

      if (record->sets[set].last_accuracy <= half)
        return record->step - summary->peak_step;
    }
  return -1;
}

GscRunSummary
gsc_run_summarise (GPtrArray *records, GscSet set, int p, const double thresholds[GSC_N_SETS])
{
  GscStopSummary stop = gsc_stop_summarise (records, set);
  GscRunSummary summary = { .peak = stop.peak, .half_life = -1, .shots_50 = -1, .shots_90 = -1 };
  const GscRecord *peak, *final;

  if (stop.peak < 0)
    return summary;
  peak = get_record (records, (guint) stop.peak);
  final = get_record (records, records->len - 1);
  summary.peak_step = stop.peak_step;
  summary.peak_accuracy = stop.peak_accuracy;
  summary.final_step = final->step;
  summary.final_accuracy = stop.final_accuracy;
  summary.drop = stop.drop;
  summary.half_life = find_half_life (records, set, &summary, 1.0 / p);
  summary.shots_50 = find_shots (&peak->sets[set], 0.5);
  summary.shots_90 = find_shots (&peak->sets[set], 0.9);
  summary.peak_phase = gsc_phase_of_record (peak, thresholds);
  summary.final_phase = gsc_phase_of_record (final, thresholds);
  return summary;
}
