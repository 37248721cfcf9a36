/* gsc-phase.h - which of the four phases a model is in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paper, section 3 and figure 3a: what a model can do, by which of the four sets it solves.
 */

#pragma once

#include "gsc-record.h"

G_BEGIN_DECLS

/* In the order of the palette's colours, but for the first. */
typedef enum
{
  GSC_PHASE_NONE,               /* i.d./train is not solved */
  GSC_PHASE_ID_MEMORISATION,    /* i.d./train alone */
  GSC_PHASE_ID_GENERALISATION,  /* i.d./train and i.d./test */
  GSC_PHASE_OOD_MEMORISATION,   /* i.d./train and o.o.d./train, whatever i.d./test is */
  GSC_PHASE_OOD_GENERALISATION, /* all four */
  GSC_N_PHASES,
} GscPhase;

/* The usual threshold at the prototype's scale, where ratio matching explains 0.73. */
#define GSC_PHASE_THRESHOLD 0.5

/* The phase of a record whose sets count as solved from accuracies at the last shot of
 * thresholds[set] on. Accuracies that are not numbers count as unsolved. */
GscPhase gsc_phase_of_record (const GscRecord *record, const double thresholds[GSC_N_SETS]);

/* The same, of accuracies by set. */
GscPhase gsc_phase_of_accuracies (const double accuracies[GSC_N_SETS],
                                  const double thresholds[GSC_N_SETS]);

/* "none", "id-memorisation", "id-generalisation", "ood-memorisation", "ood-generalisation": for
 * files. Static. */
const char *gsc_phase_get_name (GscPhase phase);

/* "o.o.d. generalisation": for people. Static, in English, marked for translation. */
const char *gsc_phase_get_title (GscPhase phase);

G_END_DECLS
