/* gsc-benchmark.h - how fast this machine trains, and how fast it could at best
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Floating-point operations of one step are counted in two ways (performance.md). T = 3 shots - 1
 * tokens of a sequence, S = shots, d = width, L = depth, V = vocabulary; a multiplication and an
 * addition are two operations, and backward counts as two forward passes.
 *
 *   dense  what a plain implementation computes: for each of batch * T tokens, 6 per weight of the
 * blocks' matrices (12 d^2 L weights) and 12 T d L for attention (all T^2 pairs of query and key).
 *   real   what is computed here: a block's 12 d^2 weights at all positions, but
 *            - the first block's q, k, v (3 d^2) only for the V vocabulary entries, once a step;
 *            - the last block's q, output projection and MLP (10 d^2) only at the S positions that
 * predict a z;
 *            - attention only for pairs of a query that is needed and a key that it sees;
 *            - logits (6 V d) at the S positions;
 *            - with Muon, the products of its five Newton-Schulz steps: for a matrix with sides s
 * <= l, s^2 l for the Gram matrix (half of it, by symmetry), 2 s^3 for its square and 2 s^2 l for
 * the product. LayerNorm, softmax, the activation, AdamW and whatever a kernel computes beyond the
 * diagonal or in padding are not counted.
 */

#pragma once

#include "gsc-config.h"

G_BEGIN_DECLS

/* Operations of one step. */
double gsc_benchmark_count_dense (const GscConfig *config);
double gsc_benchmark_count_real (const GscConfig *config);

typedef struct
{
  guint threads;
  double steps_per_second; /* updates; evaluation left out */
  double tokens_per_second;
  double real_gflops; /* 10^9 operations a second */
  double dense_gflops;
  double peak_gflops; /* single precision matrix products in all threads at once */
  double real_share;  /* of peak */
  double dense_share;
} GscBenchmark;

/* Called once, when the first step (the slowest) is done. */
typedef void (*GscBenchmarkFunc) (double step_seconds, gpointer data);

/* Trains @config for about @seconds and measures, in turn and in the same process, matrix products:
 * each of @threads (0: one per processor) calls single-threaded BLAS on square matrices of sizes
 * 256, 512 and 1024. Speed and peak are medians of five rounds, in which they are measured in turn;
 * a round's peak is its best. At least one step a round is done, however long it takes. @func:
 * nullable. FALSE and @error when the config is invalid or training diverges. */
gboolean gsc_benchmark_run (const GscConfig *config,
                            guint threads,
                            double seconds,
                            GscBenchmarkFunc func,
                            gpointer data,
                            GscBenchmark *result,
                            GError **error);

/* An estimate of the seconds one step of @config takes: a few steps are timed at two small batches,
 * and the line through them extended. Takes a few seconds for the paper's largest recipe on a
 * machine of ten or more GFLOP/s a thread. Evaluation is left out. Negative and @error when the
 * config is invalid. */
double gsc_benchmark_estimate_step (const GscConfig *config, guint threads, GError **error);

G_END_DECLS
