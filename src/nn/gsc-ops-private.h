/* gsc-ops-private.h - names of the operations compiled for one instruction set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each operation's file is compiled once per instruction set with GSC_ISA defined by the build;
 * GSC_OP (name) keeps the symbols apart.
 */

#pragma once

#include "gsc-ops.h"

#define GSC_OP_JOIN_(isa, name) gsc_##isa##_##name
#define GSC_OP_JOIN(isa, name) GSC_OP_JOIN_ (isa, name)
#define GSC_OP(name) GSC_OP_JOIN (GSC_ISA, name)

void GSC_OP (layernorm_forward) (float *y,
                                 float *mean,
                                 float *rstd,
                                 const float *x,
                                 const float *weight,
                                 const float *bias,
                                 int rows,
                                 int width);
void GSC_OP (residual_layernorm_forward) (float *sum,
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
void GSC_OP (layernorm_backward) (float *dx,
                                  float *dweight,
                                  float *dbias,
                                  const float *dy,
                                  const float *x,
                                  const float *mean,
                                  const float *rstd,
                                  const float *weight,
                                  int rows,
                                  int width);
void GSC_OP (attention_forward) (float *out,
                                 float *probabilities,
                                 const GscAttentionInput *input,
                                 const float *rope_cos,
                                 const float *rope_sin,
                                 const GscAttentionShape *shape,
                                 float *scratch);
void GSC_OP (attention_backward) (const GscAttentionGradient *gradient,
                                  const float *dout,
                                  const float *probabilities,
                                  const GscAttentionInput *input,
                                  const float *rope_cos,
                                  const float *rope_sin,
                                  const GscAttentionShape *shape,
                                  float *scratch);
void GSC_OP (product) (float *c,
                       int add,
                       const float *a,
                       size_t a_row,
                       size_t a_col,
                       const float *b,
                       int b_transposed,
                       int m,
                       int n,
                       int k);
void GSC_OP (gram) (float *g, const float *x, int of_rows, int rows, int cols);
void GSC_OP (relu_forward) (float *x, size_t n);
void GSC_OP (relu_backward) (float *dy, const float *y, size_t n);
void GSC_OP (gelu_forward) (float *y, const float *x, size_t n);
void GSC_OP (gelu_backward) (float *dy, const float *x, size_t n);
void GSC_OP (cross_entropy) (float *losses,
                             int32_t *best,
                             float *dlogits,
                             const float *logits,
                             const int32_t *targets,
                             float scale,
                             int rows,
                             int vocab);
void GSC_OP (softmax) (float *probabilities, const float *logits, int rows, int vocab);
void GSC_OP (add) (float *y, const float *x, size_t n);
double GSC_OP (reduce) (float *sum, const float *const *parts, int n_parts, size_t n);
void GSC_OP (adamw) (
    float *weights, float *m, float *v, const float *gradient, size_t n, const GscAdamWStep *step);

extern const GscOps GSC_OP (ops);
