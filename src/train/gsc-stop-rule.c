/* gsc-stop-rule.c - early stopping: when to end a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-stop-rule.h"

#include "gsc-number.h"

static const char *const mode_names[] = { "off", "patience", "step", "accuracy" };

GscStopRule
gsc_stop_rule_default (void)
{
  return (GscStopRule){
    .mode = GSC_STOP_OFF,
    .set = GSC_SET_OOD_TEST,
    .patience = 20,
    .step = 5000,
    .accuracy = 0.6,
  };
}

const char *
gsc_stop_mode_get_name (GscStopMode mode)
{
  g_return_val_if_fail ((guint) mode < G_N_ELEMENTS (mode_names), NULL);
  return mode_names[mode];
}

int
gsc_stop_mode_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (mode_names); i++)
    if (g_str_equal (mode_names[i], name))
      return (int) i;
  return -1;
}

static const GscRecord *
get_last (GPtrArray *records)
{
  return records->len > 0 ? g_ptr_array_index (records, records->len - 1) : NULL;
}

static double
get_accuracy (GPtrArray *records, guint index, GscSet set)
{
  const GscRecord *record = g_ptr_array_index (records, index);

  return record->sets[set].last_accuracy;
}

/* The record of the highest accuracy, the earliest of several; -1 where none is a number. */
static int
find_peak (GPtrArray *records, GscSet set)
{
  int peak = -1;

  for (guint i = 0; i < records->len; i++)
    {
      double accuracy = get_accuracy (records, i, set);

      /* false for what is not a number */
      if (accuracy >= 0 && (peak < 0 || accuracy > get_accuracy (records, (guint) peak, set)))
        peak = (int) i;
    }
  return peak;
}

gboolean
gsc_stop_rule_holds (const GscStopRule *rule, GPtrArray *records, int p)
{
  const GscRecord *last = get_last (records);
  int peak;

  if (last == NULL)
    return FALSE;
  switch (rule->mode)
    {
    case GSC_STOP_PATIENCE:
      /* No record before the first above chance is better than that one, so that the highest of all
       * is the one to count from. */
      peak = find_peak (records, rule->set);
      return peak >= 0 && get_accuracy (records, (guint) peak, rule->set) > 1.5 / p
             && (int) records->len - 1 - peak >= rule->patience;
    case GSC_STOP_AT_STEP:
      return last->step >= rule->step;
    case GSC_STOP_AT_ACCURACY:
      return last->sets[rule->set].last_accuracy >= rule->accuracy;
    case GSC_STOP_OFF:
    default:
      return FALSE;
    }
}

/* "i.d./train", as the paper writes it. */
static const char *
get_title (GscSet set)
{
  static const char *const titles[GSC_N_SETS]
      = { "i.d./train", "i.d./test", "o.o.d./train", "o.o.d./test" };

  return titles[set];
}

char *
gsc_stop_rule_explain (const GscStopRule *rule, GPtrArray *records)
{
  GscStopSummary summary = gsc_stop_summarise (records, rule->set);
  const GscRecord *last = get_last (records);
  char peak[GSC_NUMBER_TEXT_SIZE], final[GSC_NUMBER_TEXT_SIZE], limit[GSC_NUMBER_TEXT_SIZE];

  g_ascii_formatd (peak, sizeof peak, "%.3f", summary.peak_accuracy);
  g_ascii_formatd (final, sizeof final, "%.3f", summary.final_accuracy);
  if (last != NULL && rule->mode == GSC_STOP_PATIENCE)
    return g_strdup_printf ("For %u records the %s accuracy has not been higher "
                            "than at step %" G_GINT64_FORMAT " (%s); now it is %s.",
                            records->len - 1 - (guint) MAX (summary.peak, 0), get_title (rule->set),
                            summary.peak_step, peak, final);
  if (last != NULL && rule->mode == GSC_STOP_AT_ACCURACY)
    return g_strdup_printf ("The %s accuracy is %s, at least %s.", get_title (rule->set), final,
                            g_ascii_formatd (limit, sizeof limit, "%.6g", rule->accuracy));
  return g_strdup_printf ("Step %" G_GINT64_FORMAT " was to be the last.",
                          last != NULL ? last->step : rule->step);
}

GscStopSummary
gsc_stop_summarise (GPtrArray *records, GscSet set)
{
  int peak = find_peak (records, set);
  const GscRecord *best = peak >= 0 ? g_ptr_array_index (records, (guint) peak) : NULL;
  const GscRecord *last = get_last (records);
  GscStopSummary summary = { .peak = peak };

  if (best == NULL)
    return summary;
  summary.peak_step = best->step;
  summary.peak_accuracy = best->sets[set].last_accuracy;
  summary.final_accuracy = last->sets[set].last_accuracy;
  if (summary.final_accuracy < summary.peak_accuracy)
    summary.drop = summary.peak_accuracy - summary.final_accuracy;
  return summary;
}
