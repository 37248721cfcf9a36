/* gsc-elementwise.c - sums over parameters and the AdamW update
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ops-private.h"

#include <math.h>
#include <string.h>

/* Squares are summed in float over this many elements, then in double. */
#define BLOCK 1024

void
GSC_OP (add) (float *y, const float *x, size_t n)
{
#pragma omp simd
  for (size_t i = 0; i < n; i++)
    y[i] += x[i];
}

double
GSC_OP (reduce) (float *sum, const float *const *parts, int n_parts, size_t n)
{
  double total = 0.0;

  /* Block by block, so that the running sum stays in the first cache level. */
  for (size_t begin = 0; begin < n; begin += BLOCK)
    {
      size_t size = n - begin < BLOCK ? n - begin : BLOCK;
      float block[BLOCK];
      float squares = 0.0f;

      memcpy (block, parts[0] + begin, size * sizeof (float));
      for (int k = 1; k < n_parts; k++)
        {
          const float *part = parts[k] + begin;

#pragma omp simd
          for (size_t i = 0; i < size; i++)
            block[i] += part[i];
        }
#pragma omp simd reduction(+ : squares)
      for (size_t i = 0; i < size; i++)
        squares += block[i] * block[i];
      memcpy (sum + begin, block, size * sizeof (float));
      total += squares;
    }
  return total;
}

void
GSC_OP (adamw) (
    float *weights, float *m, float *v, const float *gradient, size_t n, const GscAdamWStep *step)
{
  const float keep = 1.0f - step->lr * step->weight_decay;
  const float beta1 = step->beta1, beta2 = step->beta2;
  const float rate = step->lr / step->correction1;
  const float root = 1.0f / sqrtf (step->correction2);
  const float epsilon = step->epsilon;

#pragma omp simd
  for (size_t i = 0; i < n; i++)
    {
      float g = gradient[i];
      float m1 = beta1 * m[i] + (1.0f - beta1) * g;
      float v1 = beta2 * v[i] + (1.0f - beta2) * g * g;

      m[i] = m1;
      v[i] = v1;
      weights[i] = weights[i] * keep - rate * m1 / (sqrtf (v1) * root + epsilon);
    }
}
