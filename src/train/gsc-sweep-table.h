/* gsc-sweep-table.h - what a sweep has found: accuracies and phases by place
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paper, figures 1b, 3a and 4. Runs that differ in nothing but the seed are one place of the
 * diagram.
 */

#pragma once

#include "gsc-phase.h"
#include "gsc-sweep-cell.h"

G_BEGIN_DECLS

/* When a run is looked at. */
typedef enum
{
  GSC_SWEEP_BEST,  /* early-stopped: the record with the highest accuracy on a chosen set, the
                      earliest of several */
  GSC_SWEEP_FINAL, /* its last record */
  GSC_SWEEP_N_MOMENTS,
} GscSweepMoment;

/* "best", "final": for files. Static. */
const char *gsc_sweep_moment_get_name (GscSweepMoment moment);

/* One run. */
typedef struct
{
  GscSweepState state;
  gboolean counts; /* it has a record, and is finished or unfinished ones count */
  struct
  {
    gint64 step;
    double accuracy[GSC_N_SETS]; /* at the last shot */
    GscPhase phase;
  } at[GSC_SWEEP_N_MOMENTS]; /* where it counts */
} GscSweepResult;

/* All runs of one place, of those that count. */
typedef struct
{
  double step; /* mean */
  double mean[GSC_N_SETS];
  double spread[GSC_N_SETS]; /* sample standard deviation; NaN for fewer than two runs */
  GscPhase phase;            /* the most frequent one; the one that solves less of several */
  guint n_phase;             /* runs that are in it */
} GscSweepScore;

typedef struct
{
  guint first_cell; /* index of one of its cells */
  guint n_cells;    /* seeds */
  guint n_finished;
  guint n_runs; /* that count; where 0 the scores mean nothing */
  GscSweepScore at[GSC_SWEEP_N_MOMENTS];
} GscSweepPlace;

typedef struct
{
  guint n_cells;
  GscSweepResult *results; /* [n_cells] */
  guint n_places;
  GscSweepPlace *places; /* in the order of their first cells */
  guint *place_of;       /* [n_cells] */
} GscSweepTable;

typedef struct
{
  GscSet set;                    /* whose accuracy the best record has */
  double thresholds[GSC_N_SETS]; /* as gsc_phase_of_record() */
  gboolean unfinished;           /* unfinished runs count as they stand */
} GscSweepTableOptions;

/* o.o.d./test, GSC_PHASE_THRESHOLD, finished runs only. */
GscSweepTableOptions gsc_sweep_table_options_default (void);

/* Reads all runs in @folder. Runs that cannot be read do not count: the state says so. */
GscSweepTable *gsc_sweep_table_load (const GscSweep *sweep,
                                     const char *folder,
                                     const GscSweepTableOptions *options);

/* Of records at hand: @records[cell] is an array of GscRecord by step, @states[cell] its state. */
GscSweepTable *gsc_sweep_table_new (const GscSweep *sweep,
                                    GPtrArray *const *records,
                                    const GscSweepState *states,
                                    const GscSweepTableOptions *options);
void gsc_sweep_table_free (GscSweepTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscSweepTable, gsc_sweep_table_free)

G_END_DECLS
