/* gsc-posterior.h - what the examples of a context say about the next answer (Bayes)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-task.h"
#include "gsc-zp.h"

G_BEGIN_DECLS

/* The posterior over the answer z of a query (x, y), after some examples, under a uniform prior
 * over a set of tasks (experiment.md, "Exact references"). No noise is assumed, so it is a count:
 * every task of the set that fits all examples votes for its answer. A plain value. */
typedef struct
{
  int p;
  guint n_fitting;                /* tasks that fit the context; 0: none does */
  guint counts[GSC_ZP_MAX];       /* of those, the tasks that answer z, for z in 0..p-1 */
  double probability[GSC_ZP_MAX]; /* counts / n_fitting; all 0 where no task fits */
  int best;                       /* the most probable answer, the smallest of several; or -1 */
  guint n_best;                   /* how many answers are equally probable as the best */
} GscPosterior;

/* The examples are tokens[0 .. 3 * n_examples), x1 y1 z1 x2 ..., all tokens and @x, @y in 0..p-1,
 * p a prime from 3 to 97. The examples may contradict each other, as a user may type anything:
 * then n_fitting is 0. */

/* The set is all p^2 tasks. Takes O(n_examples + p): linear algebra, no list of tasks. */
void gsc_posterior_all_tasks (
    GscPosterior *posterior, int p, const gint32 *tokens, guint n_examples, int x, int y);

/* The set is tasks[0 .. n_tasks): with the pre-training tasks, a memorising Bayes predictor. For an
 * o.o.d. task soon none of them fits. */
void gsc_posterior_of_tasks (GscPosterior *posterior,
                             int p,
                             const GscTask *tasks,
                             guint n_tasks,
                             const gint32 *tokens,
                             guint n_examples,
                             int x,
                             int y);

/* The chance that a predictor that gives the most probable answer is right where @z in 0..p-1 is
 * the truth: ties are broken at random (1 / n_best or 0), and where no task fits it guesses
 * (1 / p). */
double gsc_posterior_accuracy (const GscPosterior *posterior, int z);

G_END_DECLS
