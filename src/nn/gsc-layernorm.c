/* gsc-layernorm.c - LayerNorm, alone or fused with a residual addition
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ops-private.h"
#include "gsc-vector.h"

#include <math.h>

/* Rows taken together where the width is whole vectors: the sums over one row are chains of
 * dependent instructions, and the weights are loaded once for all. */
#define GROUP 4

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

/* GROUP rows of x + delta, or of x where @delta is NULL; @sum is written with @delta only. */
static inline __attribute__ ((always_inline)) void
normalise_group (float *sum,
                 float *y,
                 float *mean,
                 float *rstd,
                 const float *const *x,
                 const float *delta,
                 const float *weight,
                 const float *bias,
                 int width)
{
  const float *rows[GROUP];
  GscVec sums[GROUP] = { 0 };
  GscVec squares[GROUP] = { 0 };

  for (int i = 0; i < width; i += GSC_VLEN)
#pragma GCC unroll 4
    for (int r = 0; r < GROUP; r++)
      {
        GscVec v = gsc_vec_load (x[r] + i);

        if (delta != NULL)
          {
            v += gsc_vec_load (delta + (size_t) r * width + i);
            gsc_vec_store (sum + (size_t) r * width + i, v);
          }
        sums[r] += v;
      }
#pragma GCC unroll 4
  for (int r = 0; r < GROUP; r++)
    {
      rows[r] = delta != NULL ? sum + (size_t) r * width : x[r];
      mean[r] = gsc_vec_sum (sums[r]) / (float) width;
    }

  for (int i = 0; i < width; i += GSC_VLEN)
#pragma GCC unroll 4
    for (int r = 0; r < GROUP; r++)
      {
        GscVec v = gsc_vec_load (rows[r] + i) - mean[r];

        squares[r] += v * v;
      }
#pragma GCC unroll 4
  for (int r = 0; r < GROUP; r++)
    rstd[r] = 1.0f / sqrtf (gsc_vec_sum (squares[r]) / (float) width + GSC_LAYERNORM_EPSILON);

  for (int i = 0; i < width; i += GSC_VLEN)
    {
      GscVec w = gsc_vec_load (weight + i), b = gsc_vec_load (bias + i);

#pragma GCC unroll 4
      for (int r = 0; r < GROUP; r++)
        gsc_vec_store (y + (size_t) r * width + i,
                       (gsc_vec_load (rows[r] + i) - mean[r]) * rstd[r] * w + b);
    }
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
  int r = 0;

  if (width % GSC_VLEN == 0)
    for (; r + GROUP <= rows; r += GROUP)
      {
        const float *x_rows[GROUP];

        for (int i = 0; i < GROUP; i++)
          x_rows[i] = x + (size_t) (r + i) * width;
        normalise_group (NULL, y + (size_t) r * width, mean + r, rstd + r, x_rows, NULL, weight,
                         bias, width);
      }
  for (; r < rows; r++)
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
  int r = 0;

  if (width % GSC_VLEN == 0)
    for (; r + GROUP <= rows; r += GROUP)
      {
        const float *from[GROUP];

        for (int i = 0; i < GROUP; i++)
          from[i] = x + (size_t) (x_rows != NULL ? x_rows[r + i] : r + i) * width;
        normalise_group (sum + (size_t) r * width, y + (size_t) r * width, mean + r, rstd + r, from,
                         delta + (size_t) r * width, weight, bias, width);
      }
  for (; r < rows; r++)
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

static inline __attribute__ ((always_inline)) void
backward_group (float *dx,
                float *dweight,
                float *dbias,
                const float *dy,
                const float *x,
                const float *mean,
                const float *rstd,
                const float *weight,
                int width)
{
  GscVec sums[GROUP] = { 0 }; /* of dy * weight */
  GscVec dots[GROUP] = { 0 }; /* of dy * weight * normalised x */
  float sum[GROUP], dot[GROUP];

  for (int i = 0; i < width; i += GSC_VLEN)
    {
      GscVec w = gsc_vec_load (weight + i);
      GscVec dw = gsc_vec_load (dweight + i), db = gsc_vec_load (dbias + i);

#pragma GCC unroll 4
      for (int r = 0; r < GROUP; r++)
        {
          GscVec d = gsc_vec_load (dy + (size_t) r * width + i);
          GscVec n = (gsc_vec_load (x + (size_t) r * width + i) - mean[r]) * rstd[r];
          GscVec g = d * w;

          sums[r] += g;
          dots[r] += g * n;
          dw += d * n;
          db += d;
        }
      gsc_vec_store (dweight + i, dw);
      gsc_vec_store (dbias + i, db);
    }
#pragma GCC unroll 4
  for (int r = 0; r < GROUP; r++)
    {
      sum[r] = gsc_vec_sum (sums[r]) / (float) width;
      dot[r] = gsc_vec_sum (dots[r]) / (float) width;
    }

  for (int i = 0; i < width; i += GSC_VLEN)
    {
      GscVec w = gsc_vec_load (weight + i);

#pragma GCC unroll 4
      for (int r = 0; r < GROUP; r++)
        {
          size_t at = (size_t) r * width + i;
          GscVec n = (gsc_vec_load (x + at) - mean[r]) * rstd[r];

          gsc_vec_store (dx + at,
                         gsc_vec_load (dx + at)
                             + rstd[r] * (gsc_vec_load (dy + at) * w - sum[r] - n * dot[r]));
        }
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
  int begin = 0;

  if (width % GSC_VLEN == 0)
    for (; begin + GROUP <= rows; begin += GROUP)
      {
        size_t at = (size_t) begin * width;

        backward_group (dx + at, dweight, dbias, dy + at, x + at, mean + begin, rstd + begin,
                        weight, width);
      }
  for (int r = begin; r < rows; r++)
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
