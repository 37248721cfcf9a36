/* gsc-ops.h - every operation of the transformer, forward beside backward
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The page to read first. All arrays are row-major float32; R is the number of rows (tokens), d the
 * width, T the time (tokens of a sequence). Forward functions write their outputs; backward
 * functions accumulate weight gradients and say for each input gradient whether they write or add.
 * Nothing here allocates, starts threads or fails; every function may run in many threads at once
 * on different outputs. The same inputs give the same bits on the same machine.
 *
 * The operations with inner loops of their own are compiled for several instruction sets; GscOps is
 * the table of one of them. Matrix products are BLAS's and the same in all.
 */

#pragma once

#include <stddef.h>
#include <stdint.h>

#include "gsc-activation.h"

#define GSC_LAYERNORM_EPSILON 1e-5f
#define GSC_ROPE_BASE 10000.0

/* Rows of attention scratch and probabilities are padded to this many floats. */
#define GSC_PAD 16
#define GSC_PADDED(n) (((n) + GSC_PAD - 1) / GSC_PAD * GSC_PAD)

/* The longest sequence attention can take: 128 examples. */
#define GSC_MAX_TIME 384

/* What one attention call covers. Queries may be only some of the positions: query r of a sequence
 * stands at position query_first + r * query_stride, and sees the keys at positions up to its own.
 */
typedef struct
{
  int sequences;
  int time; /* T: keys of each sequence, at most GSC_MAX_TIME */
  int heads;
  int head_size; /* even */
  int queries;   /* Q: query rows of each sequence */
  int query_first;
  int query_stride;
} GscAttentionShape;

/* Queries, keys and values of an attention call, heads side by side in each row. Query r of
 * sequence s is row s * Q + r of @q, key t is row s * T + t of @k and @v; or, when @tokens is not
 * NULL ([sequences * T]), the row given by the token at that position: rows then belong to the
 * vocabulary (first block, exact saving 1 of performance.md). */
typedef struct
{
  const float *q;
  const float *k;
  const float *v;
  size_t q_stride; /* floats from row to row */
  size_t kv_stride;
  const int32_t *tokens;
} GscAttentionInput;

/* Where gradients of a GscAttentionInput go, in the same rows and strides: written when the input
 * has no
 * @tokens, added to the vocabulary's rows when it has. */
typedef struct
{
  float *q;
  float *k;
  float *v;
} GscAttentionGradient;

/* One step of AdamW for a range of parameters. */
typedef struct
{
  float lr;
  float weight_decay; /* decoupled: weights shrink by 1 - lr * weight_decay first */
  float beta1;
  float beta2;
  float epsilon;
  float correction1; /* 1 - beta1^t */
  float correction2; /* 1 - beta2^t */
} GscAdamWStep;

typedef struct
{
  const char *name; /* "generic", "x86-64-v3", "x86-64-v4" */

  /* y [R][d] = LayerNorm (x) * weight + bias; mean, rstd [R] are kept for backward. */
  void (*layernorm_forward) (float *y,
                             float *mean,
                             float *rstd,
                             const float *x,
                             const float *weight,
                             const float *bias,
                             int rows,
                             int width);

  /* sum [R][d] = x + delta, y = LayerNorm (sum). Row r of x is x_rows[r] when @x_rows is not NULL.
   * @sum may be @delta. */
  void (*residual_layernorm_forward) (float *sum,
                                      float *y,
                                      float *mean,
                                      float *rstd,
                                      const float *x,
                                      const int32_t *x_rows,
                                      const float *delta,
                                      const float *weight,
                                      const float *bias,
                                      int rows,
                                      int width);

  /* Adds to dx [R][d], dweight [d] and dbias [d]. */
  void (*layernorm_backward) (float *dx,
                              float *dweight,
                              float *dbias,
                              const float *dy,
                              const float *x,
                              const float *mean,
                              const float *rstd,
                              const float *weight,
                              int rows,
                              int width);

  /* out [sequences * Q][heads * head_size]; probabilities [sequences][heads][Q][GSC_PADDED (T)],
   * zero where masked. RoPE (tables from gsc_rope_table()) is applied to queries and keys here.
   * Scale 1 / sqrt (head_size).
   * @scratch: gsc_attention_scratch_floats(), 64-byte aligned. */
  void (*attention_forward) (float *out,
                             float *probabilities,
                             const GscAttentionInput *input,
                             const float *rope_cos,
                             const float *rope_sin,
                             const GscAttentionShape *shape,
                             float *scratch);

  /* Gradients of queries, keys and values (before RoPE) from dout [sequences * Q][heads *
   * head_size]. */
  void (*attention_backward) (const GscAttentionGradient *gradient,
                              const float *dout,
                              const float *probabilities,
                              const GscAttentionInput *input,
                              const float *rope_cos,
                              const float *rope_sin,
                              const GscAttentionShape *shape,
                              float *scratch);

  /* c [m][n] = a b, or += with @add. Element (i, j) of a [m][k] is a[i * a_row + j * a_col]; b is
   * [k][n], or [n][k] with
   * @b_transposed. m, n, k > 0; n, and with @b_transposed k, multiples of 16 (GSC_PAD): it does not
   * check. Meant for products too small for BLAS to be at its best; NULL where BLAS is better at
   * all sizes. Use gsc_linear_*(). */
  void (*product) (float *c,
                   int add,
                   const float *a,
                   size_t a_row,
                   size_t a_col,
                   const float *b,
                   int b_transposed,
                   int m,
                   int n,
                   int k);

  /* g [cols][cols] = x^T x for x [rows][cols], or with @of_rows g [rows][rows] = x x^T, of which
   * half is computed. rows, cols > 0; the side of g, and with @of_rows both, multiples of 16. NULL
   * where BLAS is better. Use gsc_linear_gram(). */
  void (*gram) (float *g, const float *x, int of_rows, int rows, int cols);

  /* x = max (x, 0) in place; backward: dy = 0 where y = relu (x) is 0, in place. */
  void (*relu_forward) (float *x, size_t n);
  void (*relu_backward) (float *dy, const float *y, size_t n);

  /* y = gelu (x), tanh form; backward: dy *= gelu' (x), in place. */
  void (*gelu_forward) (float *y, const float *x, size_t n);
  void (*gelu_backward) (float *dy, const float *x, size_t n);

  /* Softmax cross-entropy of logits [R][vocab] against targets [R]. losses [R] in nats; best [R]:
   * the most likely token (lowest on ties). When @dlogits is not NULL it receives scale * (softmax
   * - one-hot); it may be @logits. */
  void (*cross_entropy) (float *losses,
                         int32_t *best,
                         float *dlogits,
                         const float *logits,
                         const int32_t *targets,
                         float scale,
                         int rows,
                         int vocab);

  /* probabilities [R][vocab] = softmax (logits). */
  void (*softmax) (float *probabilities, const float *logits, int rows, int vocab);

  /* y [n] += x [n] */
  void (*add) (float *y, const float *x, size_t n);

  /* sum [n] = parts[0] + ... + parts[k-1], in this order; returns the sum of squares of the result
   * (NaN or infinite if any element is). @sum may be parts[0]. */
  double (*reduce) (float *sum, const float *const *parts, int n_parts, size_t n);

  /* weights, first and second moments of n parameters after one AdamW step (Loshchilov & Hutter).
   */
  void (*adamw) (float *weights,
                 float *m,
                 float *v,
                 const float *gradient,
                 size_t n,
                 const GscAdamWStep *step);
} GscOps;

/* The table for this processor: the widest instruction set it has. Any thread. */
const GscOps *gsc_ops_get (void);

/* Table number i of those this processor can run, best first; NULL past the last. For tests and
 * benchmarks. */
const GscOps *gsc_ops_get_nth (int i);

/* cos, sin [T][head_size / 2]: angle t * base^(-2 i / head_size) of pair (2 i, 2 i + 1) at position
 * t. */
void gsc_rope_table (float *cosines, float *sines, int time, int head_size);

/* Floats of scratch an attention call of this shape needs. */
size_t gsc_attention_scratch_floats (const GscAttentionShape *shape);

/* y [R][n_out] = x [R][n_in] w^T, with w [n_out][n_in]. */
void gsc_linear_forward (float *y, const float *x, const float *w, int rows, int n_in, int n_out);

/* dx [R][n_in] = dy [R][n_out] w. */
void gsc_linear_backward_input (
    float *dx, const float *dy, const float *w, int rows, int n_in, int n_out);

/* dw [n_out][n_in] += dy^T x; with @fresh, dw = dy^T x whatever dw holds. */
void gsc_linear_backward_weight (
    float *dw, const float *dy, const float *x, int rows, int n_in, int n_out, int fresh);

/* g = x^T x [cols][cols] for x [rows][cols], or with @of_rows g = x x^T [rows][rows]. */
void gsc_linear_gram (float *g, const float *x, int of_rows, int rows, int cols);

/* y [R][d] = table [tokens[r]]; backward: dtable [tokens[r]] += dy [r]. */
void gsc_rows_gather (float *y, const float *table, const int32_t *rows, int n, int width);
void gsc_rows_scatter_add (float *dtable, const float *dy, const int32_t *rows, int n, int width);

/* Makes BLAS run in the calling thread only; call once before using the engine's threads. */
void gsc_linear_init (void);
