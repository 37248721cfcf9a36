/* gsc-stop-rule.c - early stopping: when to end a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-stop-rule.h"

#include <glib/gi18n.h>
#include <inttypes.h>

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

/* The highest record so far, found as records come one after another. */
typedef struct
{
  int index; /* -1: none yet */
  double accuracy;
} Peak;

static void
follow_peak (Peak *peak, GPtrArray *records, guint index, GscSet set)
{
  double accuracy = get_accuracy (records, index, set);

  /* false for what is not a number */
  if (accuracy >= 0 && (peak->index < 0 || accuracy > peak->accuracy))
    *peak = (Peak){ (int) index, accuracy };
}

/* Whether it holds after the record @index, where @peak is the highest up to there. */
static gboolean
holds_after (const GscStopRule *rule, GPtrArray *records, guint index, const Peak *peak, int p)
{
  const GscRecord *record = g_ptr_array_index (records, index);

  switch (rule->mode)
    {
    case GSC_STOP_PATIENCE:
      /* No record before the first above chance is better than that one, so that the highest of all
       * is the one to count from. */
      return peak->index >= 0 && peak->accuracy > 1.5 / p
             && (int) index - peak->index >= rule->patience;
    case GSC_STOP_AT_STEP:
      return record->step >= rule->step;
    case GSC_STOP_AT_ACCURACY:
      return record->sets[rule->set].last_accuracy >= rule->accuracy;
    case GSC_STOP_OFF:
    default:
      return FALSE;
    }
}

gboolean
gsc_stop_rule_holds (const GscStopRule *rule, GPtrArray *records, int p)
{
  Peak peak = { .index = -1 };

  if (records->len == 0)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    follow_peak (&peak, records, i, rule->set);
  return holds_after (rule, records, records->len - 1, &peak, p);
}

int
gsc_stop_rule_find (const GscStopRule *rule, GPtrArray *records, int p)
{
  Peak peak = { .index = -1 };

  for (guint i = 0; i < records->len; i++)
    {
      follow_peak (&peak, records, i, rule->set);
      if (holds_after (rule, records, i, &peak, p))
        return (int) i;
    }
  return -1;
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
    return g_strdup_printf (_ ("For %u records the %s accuracy has not been higher "
                               "than at step %" PRId64 " (%s); now it is %s."),
                            records->len - 1 - (guint) MAX (summary.peak, 0), get_title (rule->set),
                            summary.peak_step, peak, final);
  if (last != NULL && rule->mode == GSC_STOP_AT_ACCURACY)
    return g_strdup_printf (_ ("The %s accuracy is %s, at least %s."), get_title (rule->set), final,
                            g_ascii_formatd (limit, sizeof limit, "%.6g", rule->accuracy));
  return g_strdup_printf (_ ("Step %" PRId64 " was to be the last."),
                          last != NULL && !rule->only_marks ? last->step : rule->step);
}

GscStopSummary
gsc_stop_summarise (GPtrArray *records, GscSet set)
{
  const GscRecord *last = get_last (records);
  const GscRecord *best;
  GscStopSummary summary;
  Peak peak = { .index = -1 };

  for (guint i = 0; i < records->len; i++)
    follow_peak (&peak, records, i, set);
  summary = (GscStopSummary){ .peak = peak.index };
  if (peak.index < 0)
    return summary;
  best = g_ptr_array_index (records, (guint) peak.index);
  summary.peak_step = best->step;
  summary.peak_accuracy = best->sets[set].last_accuracy;
  summary.final_accuracy = last->sets[set].last_accuracy;
  if (summary.final_accuracy < summary.peak_accuracy)
    summary.drop = summary.peak_accuracy - summary.final_accuracy;
  return summary;
}
