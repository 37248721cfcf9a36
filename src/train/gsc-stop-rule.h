/* gsc-stop-rule.h - early stopping: when to end a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deeper models forget how to solve tasks they never saw (paper, section 4), so one must stop
 * early. The rule looks at records only and is a pure function of them.
 */

#pragma once

#include <glib.h>

#include "gsc-record.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_STOP_OFF,
  GSC_STOP_PATIENCE, /* so many records in a row without a new best accuracy */
  GSC_STOP_AT_STEP,
  GSC_STOP_AT_ACCURACY,
} GscStopMode;

/* A plain value. Accuracy is that at the last shot. */
typedef struct
{
  GscStopMode mode;
  GscSet set;          /* PATIENCE, AT_ACCURACY: whose accuracy; usually o.o.d./test */
  int patience;        /* records, at least 1 */
  gint64 step;         /* at least 1 */
  double accuracy;     /* above 0, at most 1 */
  gboolean only_marks; /* the run goes on; the moment is only noted */
} GscStopRule;

/* Off, with usual numbers in the other fields: o.o.d./test, 20 records, 5,000 steps, 0.6. */
GscStopRule gsc_stop_rule_default (void);

/* "off", "patience", "step", "accuracy"; static. -1 for an unknown name. */
const char *gsc_stop_mode_get_name (GscStopMode mode);
int gsc_stop_mode_find (const char *name);

/* Whether to stop after the last of @records (of GscRecord, by step). Patience counts only from the
 * first record at which the accuracy exceeded chance 1/@p by half as much again, so that a plateau
 * before learning is not taken for forgetting. */
gboolean gsc_stop_rule_holds (const GscStopRule *rule, GPtrArray *records, int p);

/* The index of the first of @records after which it holds, whether it stops there or only marks;
 * -1: it never does. */
int gsc_stop_rule_find (const GscStopRule *rule, GPtrArray *records, int p);

/* "For 20 records the o.o.d./test accuracy has not been higher than ...": why it holds, a sentence
 * for the user. (transfer full) */
char *gsc_stop_rule_explain (const GscStopRule *rule, GPtrArray *records);

/* What early stopping would have gained: the best record's index, its accuracy, the last one's, and
 * the drop between them. */
typedef struct
{
  int peak; /* index of the record, -1: there is none */
  gint64 peak_step;
  double peak_accuracy;
  double final_accuracy;
  double drop; /* peak - final, at least 0 */
} GscStopSummary;

GscStopSummary gsc_stop_summarise (GPtrArray *records, GscSet set);

G_END_DECLS
