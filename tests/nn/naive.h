/* naive.h - every operation again: slow, obvious, in double precision
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The twins of gsc-ops.h and gsc-muon.h, with the same arguments in double. They are written from
 * the definitions and not from the operations; test-naive.c proves their gradients by finite
 * differences.
 */

#pragma once

#include "gsc-ops.h"

void naive_layernorm_forward (double *y,
                              double *mean,
                              double *rstd,
                              const double *x,
                              const double *weight,
                              const double *bias,
                              int rows,
                              int width);

/* Finds mean and deviation again from x. Adds to all three. */
void naive_layernorm_backward (double *dx,
                               double *dweight,
                               double *dbias,
                               const double *dy,
                               const double *x,
                               const double *weight,
                               int rows,
                               int width);

double naive_gelu (double x);
double naive_gelu_slope (double x);

void naive_softmax (double *probabilities, const double *logits, int rows, int vocab);
void naive_cross_entropy (double *losses,
                          int32_t *best,
                          double *dlogits,
                          const double *logits,
                          const int32_t *targets,
                          double scale,
                          int rows,
                          int vocab);

typedef struct
{
  const double *q;
  const double *k;
  const double *v;
  size_t q_stride;
  size_t kv_stride;
  const int32_t *tokens;
} NaiveAttentionInput;

typedef struct
{
  double *q;
  double *k;
  double *v;
} NaiveAttentionGradient;

void naive_attention_forward (double *out,
                              double *probabilities,
                              const NaiveAttentionInput *input,
                              const GscAttentionShape *shape);
void naive_attention_backward (const NaiveAttentionGradient *gradient,
                               const double *dout,
                               const NaiveAttentionInput *input,
                               const GscAttentionShape *shape);

void naive_product (double *c,
                    int add,
                    const double *a,
                    size_t a_row,
                    size_t a_col,
                    const double *b,
                    int b_transposed,
                    int m,
                    int n,
                    int k);
void
naive_linear_forward (double *y, const double *x, const double *w, int rows, int n_in, int n_out);
void naive_linear_backward_input (
    double *dx, const double *dy, const double *w, int rows, int n_in, int n_out);
void naive_linear_backward_weight (
    double *dw, const double *dy, const double *x, int rows, int n_in, int n_out, int fresh);

/* Update number t (from 1) of AdamW. */
void naive_adamw (double *weights,
                  double *m,
                  double *v,
                  const double *gradient,
                  size_t n,
                  double lr,
                  double weight_decay,
                  double beta1,
                  double beta2,
                  double epsilon,
                  int t);

/* What one Newton-Schulz step of Muon makes of a singular value. */
double naive_muon_polynomial (double s);
void naive_muon_orthogonalise (double *x, int rows, int cols);
void naive_muon_step (double *weights,
                      double *momentum,
                      const double *gradient,
                      int rows,
                      int cols,
                      double lr,
                      double weight_decay,
                      double mu);
