/* gsc-mlp.c - the MLP's nonlinearities
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ops-private.h"
#include "gsc-vector.h"

/* tanh form of GELU: x * (1 + tanh (u)) / 2 with u = sqrt (2 / pi) (x + 0.044715 x^3) */
#define GELU_SCALE 0.79788456080286536f
#define GELU_CUBIC 0.044715f

void
GSC_OP (relu_forward) (float *x, size_t n)
{
#pragma omp simd
  for (size_t i = 0; i < n; i++)
    x[i] = x[i] < 0.0f ? 0.0f : x[i]; /* this way round, NaN stays NaN */
}

void
GSC_OP (relu_backward) (float *dy, const float *y, size_t n)
{
#pragma omp simd
  for (size_t i = 0; i < n; i++)
    dy[i] = y[i] > 0.0f ? dy[i] : 0.0f;
}

/* tanh from the exponential; for large arguments exp saturates and the quotient is exactly +-1 */
static inline GscVec
vec_tanh (GscVec u)
{
  return 1.0f - 2.0f / (gsc_vec_exp (2.0f * u) + 1.0f);
}

static inline GscVec
gelu (GscVec x)
{
  GscVec u = GELU_SCALE * (x + GELU_CUBIC * x * x * x);

  return 0.5f * x * (1.0f + vec_tanh (u));
}

static inline GscVec
gelu_slope (GscVec x)
{
  GscVec u = GELU_SCALE * (x + GELU_CUBIC * x * x * x);
  GscVec t = vec_tanh (u);

  return 0.5f * (1.0f + t)
         + 0.5f * x * (1.0f - t * t) * GELU_SCALE * (1.0f + 3.0f * GELU_CUBIC * x * x);
}

void
GSC_OP (gelu_forward) (float *y, const float *x, size_t n)
{
  size_t i = 0;

  for (; i + GSC_VLEN <= n; i += GSC_VLEN)
    gsc_vec_store (y + i, gelu (gsc_vec_load (x + i)));
  for (; i < n; i++)
    y[i] = gelu (gsc_vec_set1 (x[i]))[0];
}

void
GSC_OP (gelu_backward) (float *dy, const float *x, size_t n)
{
  size_t i = 0;

  for (; i + GSC_VLEN <= n; i += GSC_VLEN)
    gsc_vec_store (dy + i, gsc_vec_load (dy + i) * gelu_slope (gsc_vec_load (x + i)));
  for (; i < n; i++)
    dy[i] *= gelu_slope (gsc_vec_set1 (x[i]))[0];
}
