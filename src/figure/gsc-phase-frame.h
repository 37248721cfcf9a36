/* gsc-phase-frame.h - what a phase diagram shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paper, figures 1b, 3a and 4; figures.md, panel 10. The runs of a sweep stand in a plane of two of
 * its axes. What they differ in beside these is either fixed or put together: seeds are, as a rule.
 */

#pragma once

#include "gsc-sweep-table.h"

G_BEGIN_DECLS

/* More than a recipe has keys. */
#define GSC_PHASE_MAX_AXES 64

#define GSC_PHASE_NO_AXIS (-1)
#define GSC_PHASE_ALL (-1)

/* How a sweep is looked at. A plain value; axes and values are numbers in the GscSweep. */
typedef struct
{
  GscSweepMoment moment;
  int across;                 /* the axis from left to right, or GSC_PHASE_NO_AXIS: one column */
  int up;                     /* the axis from the bottom to the top, or GSC_PHASE_NO_AXIS */
  int at[GSC_PHASE_MAX_AXES]; /* by axis: which value of it, or GSC_PHASE_ALL: the mean over all;
                                 those of across and up do not count */
} GscPhaseView;

/* The paper's: task counts across and shares of training inputs up, where they are axes of the
 * sweep; otherwise the first axes that are (seeds last). Early-stopped. Seeds are put together,
 * other axes are fixed at their first values. */
void gsc_phase_view_init (GscPhaseView *view, const GscSweep *sweep);

/* One axis of the plane, by ascending value where values are numbers. */
typedef struct
{
  int axis;          /* in the sweep, or GSC_PHASE_NO_AXIS */
  const char *key;   /* "tasks"; NULL without an axis. Static */
  const char *title; /* "pre-training tasks"; NULL without an axis. Static */
  gboolean doubling; /* each value is twice the one before */
  guint n;           /* at least 1 */
  guint *values;     /* [n] numbers of its values in the sweep */
  char **names;      /* [n] those values as text; "" without an axis */
} GscPhaseAxis;

/* One run of a cell. */
typedef struct
{
  guint cell; /* number in the sweep */
  char *name; /* of its folder in the sweep's */
  GscSweepState state;
  gboolean counts;             /* it has been measured, and is finished or may count without */
  gint64 step;                 /* where it counts: the record shown */
  double accuracy[GSC_N_SETS]; /* there, at the last shot */
  GscPhase phase;
} GscPhaseRun;

typedef struct
{
  guint first_run; /* its runs are frame->runs[first_run .. first_run + n_runs - 1] */
  guint n_runs;
  guint n_counted; /* that count; where 0, the rest means nothing: the cell is missing */
  guint n_states[GSC_SWEEP_N_STATES];
  gboolean partial;          /* not all of its runs are finished */
  double step;               /* mean */
  double mean[GSC_N_SETS];   /* accuracies */
  double spread[GSC_N_SETS]; /* sample standard deviation; NaN for fewer than two runs */
  GscPhase phase;            /* the most frequent one; the one that solves less of several */
  guint n_phase;             /* runs that are in it */
} GscPhaseCell;

/* Immutable and reference-counted: any thread may read it. Nothing in it is borrowed. */
typedef struct
{
  gatomicrefcount references;
  char *name; /* the sweep's */
  GscPhaseView view;
  GscSet set; /* early-stopped means where its accuracy was highest */
  double thresholds[GSC_N_SETS];
  GscConfig base;      /* the recipe of the first cell's run: axes vary in it */
  char **fixed_keys;   /* of axes that are fixed, NULL-terminated */
  char **fixed_values; /* theirs */
  char *together;      /* "seed": axes put together, with commas; NULL: none */
  GscPhaseAxis across; /* columns */
  GscPhaseAxis up;     /* rows */
  GscPhaseCell *cells; /* [up.n * across.n] row by row from the bottom, each from the left */
  guint n_runs;        /* of all cells */
  GscPhaseRun *runs;   /* [n_runs] cell by cell */
  guint n_states[GSC_SWEEP_N_STATES]; /* of those runs */
  guint n_missing;                    /* cells */
  guint n_phases[GSC_N_PHASES];       /* cells that are in each */
} GscPhaseFrame;

/* @table: of @sweep with @options. Copies all it needs. Fast (no files are read): from
 * gsc_sweep_watch_make_table() or gsc_sweep_table_load(). */
GscPhaseFrame *gsc_phase_frame_new (const GscSweep *sweep,
                                    const GscSweepTable *table,
                                    const GscSweepTableOptions *options,
                                    const GscPhaseView *view);
GscPhaseFrame *gsc_phase_frame_ref (GscPhaseFrame *frame);
void gsc_phase_frame_unref (GscPhaseFrame *frame);

/* The cell of that place. Borrowed. */
const GscPhaseCell *gsc_phase_frame_get_cell (const GscPhaseFrame *frame, guint column, guint row);

/* The run that stands for a cell, to be opened: the first that is in the cell's phase; of a missing
 * cell the first that has been begun. NULL where there is none. Borrowed. */
const GscPhaseRun *gsc_phase_frame_get_run (const GscPhaseFrame *frame, const GscPhaseCell *cell);

/* "pre-training tasks" for "tasks", in the paper's terms; other keys are their own titles. Static,
 * in English, marked for translation. */
const char *gsc_phase_axis_get_title (const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscPhaseFrame, gsc_phase_frame_unref)

G_END_DECLS
