/* gsc-task-split.h - which tasks are pre-training tasks and which are held out
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-task.h"

G_BEGIN_DECLS

/* How the pre-training tasks are chosen (experiment.md, "Tasks and data"). */
typedef enum
{
  GSC_TASK_RULE_RECTANGLE, /* corners (a, b), (a, y), (x, b), (x, y) of rectangles: the paper's way
                            */
  GSC_TASK_RULE_RANDOM,    /* any tasks, without replacement */
} GscTaskRule;

/* The authors score at most this many o.o.d. tasks in a record. */
enum
{
  GSC_TASK_SPLIT_MAX_SCORED_OOD = 256,
};

/* All p^2 tasks and their roles. Immutable once made, so any thread may read it;
 * reference-counted (atomically). */
typedef struct
{
  int p;
  guint n_id;         /* pre-training tasks: tasks[0 .. n_id) */
  guint n_ood;        /* held-out tasks: tasks[n_id .. n_id + n_ood); n_id + n_ood = p^2 */
  guint n_rectangles; /* complete rectangles, numbered from 0 in GscTask.rectangle */
  guint n_filled;     /* tasks filled in for want of a free rectangle */
  GscTask *tasks; /* p^2. The o.o.d. tasks are in random order: the first few are a fair sample */
  guint *index;   /* p^2: index[a * p + b] is where the task (a, b) stands in tasks */
} GscTaskSplit;

/* FALSE and @error (GSC_TASK_ERROR_RANGE) unless @p is a prime from 3 to 97, @n_id is from 1 to
 * p^2 - 1 and, for the rectangle rule, a multiple of 4. */
gboolean gsc_task_split_check (int p, guint n_id, GscTaskRule rule, GError **error);

/* Chooses @n_id pre-training tasks by @rule; the same arguments give the same split on every
 * machine. Rectangle rule: tasks[0 .. n_id/4) are the seeds, then three corners for each seed that
 * had a free rectangle left, then the filled-in tasks. A seed without a rectangle keeps the origin
 * GSC_TASK_ORIGIN_SEED and has rectangle -1. Returns a new reference, or NULL and @error as
 * gsc_task_split_check(). */
GscTaskSplit *
gsc_task_split_new (int p, guint n_id, GscTaskRule rule, guint64 seed, GError **error);

/* A split read from a file: @tasks are all p^2 tasks, the pre-training ones first, and their order
 * is kept. Rectangles must be numbered from 0 and have four corners each. Returns a new reference,
 * or NULL and @error (GSC_TASK_ERROR_RANGE for a bad @p, else GSC_TASK_ERROR_FORMAT, naming the
 * task at fault). @tasks is copied. */
GscTaskSplit *
gsc_task_split_new_from_tasks (int p, const GscTask *tasks, guint n_tasks, GError **error);

GscTaskSplit *gsc_task_split_ref (GscTaskSplit *split);
void gsc_task_split_unref (GscTaskSplit *split);

/* Index in tasks of the task (a, b), or -1 if a or b is outside 0..p-1. */
int gsc_task_split_lookup (const GscTaskSplit *split, int a, int b);

/* How many o.o.d. tasks a record scores: tasks[n_id .. n_id + this). */
guint gsc_task_split_n_scored_ood (const GscTaskSplit *split);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscTaskSplit, gsc_task_split_unref)

G_END_DECLS
