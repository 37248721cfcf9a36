/* gsc-layernorm.c - LayerNorm, alone or fused with a residual addition
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ops-private.h"

#include <math.h>

/* One row; two passes, because the difference of large squares would lose the variance. */
static inline void
normalise_row (float *y,
               float *mean,
               float *rstd,
               const float *x,
               const float *weight,
               const float *bias,
               int width)
{
  float sum = 0.0f;
  float squares = 0.0f;
  float m, s;

#pragma omp simd reduction(+ : sum)
  for (int i = 0; i < width; i++)
    sum += x[i];
  m = sum / (float) width;

#pragma omp simd reduction(+ : squares)
  for (int i = 0; i < width; i++)
    squares += (x[i] - m) * (x[i] - m);
  s = 1.0f / sqrtf (squares / (float) width + GSC_LAYERNORM_EPSILON);

#pragma omp simd
  for (int i = 0; i < width; i++)
    y[i] = (x[i] - m) * s * weight[i] + bias[i];
  *mean = m;
  *rstd = s;
}

void
GSC_OP (layernorm_forward) (float *y,
                            float *mean,
                            float *rstd,
                            const float *x,
                            const float *weight,
                            const float *bias,
                            int rows,
                            int width)
{
  for (int r = 0; r < rows; r++)
    normalise_row (y + (size_t) r * width, mean + r, rstd + r, x + (size_t) r * width, weight, bias,
                   width);
}

void
GSC_OP (residual_layernorm_forward) (float *sum,
                                     float *y,
                                     float *mean,
                                     float *rstd,
                                     const float *x,
                                     const int32_t *x_rows,
                                     const float *delta,
                                     const float *weight,
                                     const float *bias,
                                     int rows,
                                     int width)
{
  for (int r = 0; r < rows; r++)
    {
      const float *x_row = x + (size_t) (x_rows != NULL ? x_rows[r] : r) * width;
      const float *delta_row = delta + (size_t) r * width;
      float *sum_row = sum + (size_t) r * width;

#pragma omp simd
      for (int i = 0; i < width; i++)
        sum_row[i] = x_row[i] + delta_row[i];
      normalise_row (y + (size_t) r * width, mean + r, rstd + r, sum_row, weight, bias, width);
    }
}

void
GSC_OP (layernorm_backward) (float *dx,
                             float *dweight,
                             float *dbias,
                             const float *dy,
                             const float *x,
                             const float *mean,
                             const float *rstd,
                             const float *weight,
                             int rows,
                             int width)
{
  for (int r = 0; r < rows; r++)
    {
      const float *dy_row = dy + (size_t) r * width;
      const float *x_row = x + (size_t) r * width;
      float *dx_row = dx + (size_t) r * width;
      float m = mean[r], s = rstd[r];
      float sum = 0.0f; /* of dy * weight */
      float dot = 0.0f; /* of dy * weight * normalised x */

#pragma omp simd reduction(+ : sum, dot)
      for (int i = 0; i < width; i++)
        {
          float g = dy_row[i] * weight[i];
          float normalised = (x_row[i] - m) * s;

          sum += g;
          dot += g * normalised;
          dweight[i] += dy_row[i] * normalised;
          dbias[i] += dy_row[i];
        }
      sum /= (float) width;
      dot /= (float) width;

#pragma omp simd
      for (int i = 0; i < width; i++)
        dx_row[i] += s * (dy_row[i] * weight[i] - sum - (x_row[i] - m) * s * dot);
    }
}
