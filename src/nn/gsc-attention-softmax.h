/* gsc-attention-softmax.h - the softmax of rows of attention scores, and its gradient
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For gsc-attention.c, compiled with it once per instruction set: a header, so that the compiler
 * sees it beside its caller.
 */

#pragma once

#include "gsc-ops.h"
#include "gsc-small-matrix.h"
#include "gsc-vector.h"

#include <math.h>

/* Rows whose softmax is taken together. */
#define GSC_SOFTMAX_GROUP 3

static inline GscVecInt
gsc_softmax_lanes (void)
{
  GscVecInt lane;

  for (int i = 0; i < GSC_VLEN; i++)
    lane[i] = i;
  return lane;
}

/* Softmax of @rows rows of @p, row i over its first n + i * step places and zero behind, up to
 * vecs * GSC_VLEN, which none of them exceeds; rate = scale * log2 (e). With @rows and @vecs
 * constant everything stays in registers; the rows are taken together because each alone is a chain
 * of dependent instructions. */
GSC_ALWAYS_INLINE void
gsc_softmax_group (
    const int rows, const int vecs, float *p, size_t stride, int n, int step, float rate)
{
  const GscVecInt lanes = gsc_softmax_lanes ();
  const GscVecInt lowest = (GscVecInt) gsc_vec_set1 (-INFINITY);
  GscVec e[GSC_SOFTMAX_GROUP][GSC_MAX_TIME / GSC_VLEN]; /* the first vecs of them: registers */
  GscVec sums[GSC_SOFTMAX_GROUP];
  float top[GSC_SOFTMAX_GROUP];

  if (vecs < 1)
    __builtin_unreachable (); /* a query sees itself */
#pragma GCC unroll 3
  for (int r = 0; r < rows; r++)
    {
      GscVec highest;

#pragma GCC unroll 8
      for (int i = 0; i < vecs; i++)
        {
          GscVecInt seen = lanes < n + r * step - i * GSC_VLEN;
          GscVecInt x = (GscVecInt) gsc_vec_load (p + r * stride + (size_t) i * GSC_VLEN);

          e[r][i] = (GscVec) ((seen & x) | (~seen & lowest));
        }
      highest = e[r][0];
#pragma GCC unroll 8
      for (int i = 1; i < vecs; i++)
        highest = gsc_vec_max (highest, e[r][i]);
      top[r] = gsc_vec_max_of (highest);
    }
#pragma GCC unroll 8
  for (int i = 0; i < vecs; i++)
#pragma GCC unroll 3
    for (int r = 0; r < rows; r++)
      {
        e[r][i] = gsc_vec_exp2_negative ((e[r][i] - top[r]) * rate);
        sums[r] = i == 0 ? e[r][i] : sums[r] + e[r][i];
      }
#pragma GCC unroll 3
  for (int r = 0; r < rows; r++)
    {
      float inverse = 1.0f / gsc_vec_sum (sums[r]);

#pragma GCC unroll 8
      for (int i = 0; i < vecs; i++)
        gsc_vec_store (p + r * stride + (size_t) i * GSC_VLEN, e[r][i] * inverse);
    }
}

/* ds = scale * p * (dp - sum (dp * p)); @ds holds dp where p is not zero, anything finite elsewhere
 */
GSC_ALWAYS_INLINE void
gsc_softmax_group_backward (
    const int rows, const int vecs, float *ds, const float *p, size_t stride, float scale)
{
  for (int r = 0; r < rows; r++)
    {
      GscVec product[GSC_MAX_TIME / GSC_VLEN];
      GscVec sums = { 0 };
      float dot;

#pragma GCC unroll 8
      for (int i = 0; i < vecs; i++)
        {
          product[i] = gsc_vec_load (ds + r * stride + (size_t) i * GSC_VLEN)
                       * gsc_vec_load (p + r * stride + (size_t) i * GSC_VLEN);
          sums += product[i];
        }
      dot = gsc_vec_sum (sums);
#pragma GCC unroll 8
      for (int i = 0; i < vecs; i++)
        gsc_vec_store (ds + r * stride + (size_t) i * GSC_VLEN,
                       (product[i] - dot * gsc_vec_load (p + r * stride + (size_t) i * GSC_VLEN))
                           * scale);
    }
}

GSC_ALWAYS_INLINE void
gsc_softmax_rows (const int vecs, int rows, float *p, size_t stride, int n, int step, float rate)
{
  for (; rows >= GSC_SOFTMAX_GROUP;
       rows -= GSC_SOFTMAX_GROUP, p += GSC_SOFTMAX_GROUP * stride, n += GSC_SOFTMAX_GROUP * step)
    gsc_softmax_group (GSC_SOFTMAX_GROUP, vecs, p, stride, n, step, rate);
  for (; rows > 0; rows--, p += stride, n += step)
    gsc_softmax_group (1, vecs, p, stride, n, step, rate);
}

/* Calls a function with its number of vectors as a constant where that is small. */
#define GSC_SOFTMAX_WITH_VECS(vecs, function, ...)                                                 \
  switch (vecs)                                                                                    \
    {                                                                                              \
    case 1:                                                                                        \
      function (1, __VA_ARGS__);                                                                   \
      break;                                                                                       \
    case 2:                                                                                        \
      function (2, __VA_ARGS__);                                                                   \
      break;                                                                                       \
    case 3:                                                                                        \
      function (3, __VA_ARGS__);                                                                   \
      break;                                                                                       \
    case 4:                                                                                        \
      function (4, __VA_ARGS__);                                                                   \
      break;                                                                                       \
    case 5:                                                                                        \
      function (5, __VA_ARGS__);                                                                   \
      break;                                                                                       \
    case 6:                                                                                        \
      function (6, __VA_ARGS__);                                                                   \
      break;                                                                                       \
    default:                                                                                       \
      function (vecs, __VA_ARGS__);                                                                \
      break;                                                                                       \
    }

/* The same for any numbers of rows and vectors. */
static void
gsc_softmax_band (int rows, int vecs, float *p, size_t stride, int n, int step, float rate)
{
  GSC_SOFTMAX_WITH_VECS (vecs, gsc_softmax_rows, rows, p, stride, n, step, rate)
}

/* And its gradient. */
static void
gsc_softmax_band_backward (
    int rows, int vecs, float *ds, const float *p, size_t stride, float scale)
{
#define GSC_SOFTMAX_BACKWARD(vecs, ...) gsc_softmax_group_backward (rows, vecs, __VA_ARGS__)
  GSC_SOFTMAX_WITH_VECS (vecs, GSC_SOFTMAX_BACKWARD, ds, p, stride, scale)
#undef GSC_SOFTMAX_BACKWARD
}

#undef GSC_SOFTMAX_WITH_VECS
