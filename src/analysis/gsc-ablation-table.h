/* gsc-ablation-table.h - how much each head matters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-record.h"
#include "gsc-subject.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

/* One measure of the model with some heads ablated. Accuracies are shares in 0..1. */
typedef struct
{
  double accuracy;
  double error;  /* its standard error, from the spread between sequences; 0 for one sequence */
  double change; /* accuracy - the base line's */
  double change_error; /* standard error of the change: sequences are the same ones, so that it is
                          smaller than the errors of the two accuracies suggest */
} GscAblationMeasure;

/* Whether the change is more than chance between sequences is likely to make: twice its error. */
static inline gboolean
gsc_ablation_measure_is_clear (const GscAblationMeasure *measure)
{
  return ABS (measure->change) > 2 * measure->change_error;
}

typedef struct
{
  GscAblationMeasure all[GSC_N_SETS];  /* over all z */
  GscAblationMeasure last[GSC_N_SETS]; /* at the last z */
} GscAblationScore;

/* The four sets' accuracies of a model as it is, and with each single head ablated beside those
 * that are ablated already. Immutable once made, so any thread may read it; reference-counted
 * (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  GscModelConfig model;
  int p;
  GscAblationMode mode; /* of the heads in turn: ZERO or MEAN */
  GscAblation *ablated; /* what is ablated in every row, the base line included; or NULL */
  guint n_shots;
  guint sequences;         /* of each set */
  GscAblationScore base;   /* changes are 0 */
  GscAblationScore *heads; /* [depth * heads], head h of block l at l * heads + h. A head that is
                              ablated already has the base line's accuracies */
} GscAblationTable;

/* Scores the subject on the sequences that its run is scored on (gsc_evaluation_new(); its base
 * line is what a record of the run says), once as it is and once for each head. The subject's
 * config, tasks and inputs must be there. With GSC_ABLATION_MEAN the means are measured first
 * (gsc_head_means_measure()) unless subject->ablation knows them. @mode is ZERO or MEAN.
 *
 * Any thread; @team (nullable: this thread alone) shares out the work; the same bits for any number
 * of threads. Takes 1 + depth * heads evaluations. @watch (nullable) is asked several times in
 * each. NULL and @error: G_IO_ERROR_CANCELLED, GSC_TASK_ERROR_RANGE for a p that the model has not,
 * GSC_MODEL_ERROR_VALUE where the weights have diverged. */
GscAblationTable *gsc_ablation_table_new (const GscSubject *subject,
                                          GscAblationMode mode,
                                          GscTeam *team,
                                          const GscWatch *watch,
                                          GError **error);

GscAblationTable *gsc_ablation_table_ref (GscAblationTable *table);
void gsc_ablation_table_unref (GscAblationTable *table);

static inline const GscAblationScore *
gsc_ablation_table_get (const GscAblationTable *table, guint layer, guint head)
{
  return &table->heads[layer * (guint) table->model.heads + head];
}

/* Whether the head is ablated in every row. */
gboolean gsc_ablation_table_is_ablated (const GscAblationTable *table, guint layer, guint head);

/* The head whose ablation lowers @set's accuracy most (at the last z with @last), as an index into
 * heads; -1 if none lowers it. */
int gsc_ablation_table_find_worst (const GscAblationTable *table, GscSet set, gboolean last);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscAblationTable, gsc_ablation_table_unref)

G_END_DECLS
