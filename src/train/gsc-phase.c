/* gsc-phase.c - which of the four phases a model is in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  const char *title;
} phases[GSC_N_PHASES] = {
  [GSC_PHASE_NONE] = { "none", N_ ("nothing solved") },
  [GSC_PHASE_ID_MEMORISATION] = { "id-memorisation", N_ ("i.d. memorisation") },
  [GSC_PHASE_ID_GENERALISATION] = { "id-generalisation", N_ ("i.d. generalisation") },
  [GSC_PHASE_OOD_MEMORISATION] = { "ood-memorisation", N_ ("o.o.d. memorisation") },
  [GSC_PHASE_OOD_GENERALISATION] = { "ood-generalisation", N_ ("o.o.d. generalisation") },
};

GscPhase
gsc_phase_of_accuracies (const double accuracies[GSC_N_SETS], const double thresholds[GSC_N_SETS])
{
  gboolean solved[GSC_N_SETS];

  for (int set = 0; set < GSC_N_SETS; set++)
    solved[set] = accuracies[set] >= thresholds[set];
  if (!solved[GSC_SET_ID_TRAIN])
    return GSC_PHASE_NONE;
  if (solved[GSC_SET_ID_TEST] && solved[GSC_SET_OOD_TRAIN] && solved[GSC_SET_OOD_TEST])
    return GSC_PHASE_OOD_GENERALISATION;
  if (solved[GSC_SET_OOD_TRAIN])
    return GSC_PHASE_OOD_MEMORISATION;
  return solved[GSC_SET_ID_TEST] ? GSC_PHASE_ID_GENERALISATION : GSC_PHASE_ID_MEMORISATION;
}

GscPhase
gsc_phase_of_record (const GscRecord *record, const double thresholds[GSC_N_SETS])
{
  double accuracies[GSC_N_SETS];

  for (int set = 0; set < GSC_N_SETS; set++)
    accuracies[set] = record->sets[set].last_accuracy;
  return gsc_phase_of_accuracies (accuracies, thresholds);
}

const char *
gsc_phase_get_name (GscPhase phase)
{
  g_return_val_if_fail ((guint) phase < GSC_N_PHASES, NULL);
  return phases[phase].name;
}

const char *
gsc_phase_get_title (GscPhase phase)
{
  g_return_val_if_fail ((guint) phase < GSC_N_PHASES, NULL);
  return phases[phase].title;
}
