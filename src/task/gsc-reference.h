/* gsc-reference.h - accuracy by shot of the exact references
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-task.h"

G_BEGIN_DECLS

/* The curves drawn beside a model's accuracy at 0..shots-1 shots (experiment.md, "Exact
 * references"). Everywhere p is a prime from 3 to 97, and examples and query are drawn uniformly
 * with replacement from pairs[0 .. n_pairs) (numbers p x + y without repetition, n_pairs >= 1, one
 * set of a GscInputSplit), or, where pairs is NULL, from all p^2 pairs. Arrays hold @shots values,
 * index k for k complete examples. Safe in any thread. */

/* Bayes over all p^2 tasks, for a task drawn among all of them: no predictor that does not know the
 * split can be better. Exact.
 *
 * With examples of rank 0, 1, 2 (all (0, 0); all on one line through 0; any other) the answer is
 * fixed if the query is (0, 0); on that line; always; else every z is equally likely, 1/p. A line
 * with n_l pairs besides (0, 0) of n, and n_0 = 1 if (0, 0) is in the set, else 0, has rank 1 with
 * chance ((n_l + n_0) / n)^k - (n_0 / n)^k after k examples. For all pairs: p + 1 lines of p - 1.
 */
void gsc_reference_bayes_curve (
    int p, const guint16 *pairs, guint n_pairs, guint shots, double *accuracy);

/* Ratio matching: @answerable gets the share of queries it can answer, @accuracy the accuracy of a
 * predictor that answers those and guesses the rest: answerable + (1 - answerable) / p, the guess
 * being right with chance 1/p for a task drawn among all. Either may be NULL. Exact.
 *
 * A query besides (0, 0) on a line with n_l such pairs is answerable with chance 1 - (1 - n_l/n)^k;
 * (0, 0) always is. For all pairs that makes 1/p^2 + (1 - 1/p^2) (1 - (1 - (p-1)/p^2)^k).
 * experiment.md's (1 + m (p-1)) / p^2 with m = (p+1) (1 - (p/(p+1))^k) is the same but for 1/(p+1)
 * in the place of (p-1)/p^2: it leaves out that an example may be (0, 0), which explains nothing.
 * The difference is below 0.0005 at p = 29. */
void gsc_reference_ratio_curve (
    int p, const guint16 *pairs, guint n_pairs, guint shots, double *answerable, double *accuracy);

/* Memorising Bayes: the posterior over @known (the pre-training tasks), for a task drawn uniformly
 * from @truth: the same tasks for i.d. accuracy, the held-out ones for o.o.d. accuracy. Ties are
 * broken at random and it guesses where none of @known fits (see gsc-posterior.h).
 *
 * A Monte Carlo mean over n_draws >= 1 sequences of the stream (seed, GSC_RNG_EVAL); the same
 * arguments give the same curve. Each draw contributes the expected accuracy over ties and guesses.
 * @standard_error, unless NULL, gets the standard error of each mean, sqrt (variance / n_draws):
 * at most 0.5 / sqrt (n_draws), 0.5 % for 10,000 draws. Shots share their draws, so their errors
 * are correlated. Takes O(n_draws * (n_known + shots * p)). */
void gsc_reference_memorising_curve (int p,
                                     const GscTask *known,
                                     guint n_known,
                                     const GscTask *truth,
                                     guint n_truth,
                                     const guint16 *pairs,
                                     guint n_pairs,
                                     guint shots,
                                     guint64 seed,
                                     guint n_draws,
                                     double *accuracy,
                                     double *standard_error);

G_END_DECLS
