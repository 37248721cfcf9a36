/* gsc-small-matrix.h - products of matrices that fit in the first cache level
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Attention multiplies many small matrices (47 x 16 by 16 x 48 for the smallest models), where a
 * BLAS call costs more than the product. Included by files compiled once per instruction set.
 */

#pragma once

#include <stddef.h>

#include "gsc-vector.h"

#if GSC_VLEN == 16
#define GSC_TILE_ROWS 6
#define GSC_TILE_VECS 4
#elif GSC_VLEN == 8
#define GSC_TILE_ROWS 6
#define GSC_TILE_VECS 2
#else
#define GSC_TILE_ROWS 4
#define GSC_TILE_VECS 2
#endif

/* Element (i, k) of the left factor is at[i * row + k * col]: either order, so that a transpose
 * costs nothing. */
typedef struct
{
  const float *at;
  size_t row;
  size_t col;
} GscLeftFactor;

#define GSC_ALWAYS_INLINE static inline __attribute__ ((always_inline))

/* c [rows][vecs * GSC_VLEN] = a [rows][k_begin..k_end) b [k_begin..k_end)[...], or += with @add;
 * rows, vecs and add are constants at each call, so that the accumulators live in registers. */
GSC_ALWAYS_INLINE void
gsc_small_tile (const int rows,
                const int vecs,
                const int add,
                float *c,
                size_t c_stride,
                GscLeftFactor a,
                const float *b,
                size_t b_stride,
                int k_begin,
                int k_end)
{
  GscVec acc[GSC_TILE_ROWS][GSC_TILE_VECS];

#pragma GCC unroll 6
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
    for (int j = 0; j < vecs; j++)
      acc[i][j]
          = add ? gsc_vec_load (c + (size_t) i * c_stride + (size_t) j * GSC_VLEN) : (GscVec){ 0 };

  for (int k = k_begin; k < k_end; k++)
    {
      GscVec right[GSC_TILE_VECS];

#pragma GCC unroll 4
      for (int j = 0; j < vecs; j++)
        right[j] = gsc_vec_load (b + (size_t) k * b_stride + (size_t) j * GSC_VLEN);
#pragma GCC unroll 6
      for (int i = 0; i < rows; i++)
        {
          float left = a.at[(size_t) i * a.row + (size_t) k * a.col];

#pragma GCC unroll 4
          for (int j = 0; j < vecs; j++)
            acc[i][j] += left * right[j];
        }
    }

#pragma GCC unroll 6
  for (int i = 0; i < rows; i++)
#pragma GCC unroll 4
    for (int j = 0; j < vecs; j++)
      gsc_vec_store (c + (size_t) i * c_stride + (size_t) j * GSC_VLEN, acc[i][j]);
}

GSC_ALWAYS_INLINE void
gsc_small_row_band (const int rows,
                    const int add,
                    float *c,
                    size_t c_stride,
                    GscLeftFactor a,
                    const float *b,
                    size_t b_stride,
                    int n,
                    int k_begin,
                    int k_end)
{
  int j = 0;

  for (; j + GSC_TILE_VECS * GSC_VLEN <= n; j += GSC_TILE_VECS * GSC_VLEN)
    gsc_small_tile (rows, GSC_TILE_VECS, add, c + j, c_stride, a, b + j, b_stride, k_begin, k_end);
  switch ((n - j) / GSC_VLEN)
    {
#if GSC_TILE_VECS > 2
    case 3:
      gsc_small_tile (rows, 3, add, c + j, c_stride, a, b + j, b_stride, k_begin, k_end);
      break;
    case 2:
      gsc_small_tile (rows, 2, add, c + j, c_stride, a, b + j, b_stride, k_begin, k_end);
      break;
#endif
    case 1:
      gsc_small_tile (rows, 1, add, c + j, c_stride, a, b + j, b_stride, k_begin, k_end);
      break;
    default:
      break;
    }
}

/* c [rows][n] = a b over k_begin <= k < k_end, or += with @add, with rows at most GSC_TILE_ROWS and
 * n a multiple of GSC_VLEN. */
GSC_ALWAYS_INLINE void
gsc_small_band (int rows,
                const int add,
                float *c,
                size_t c_stride,
                GscLeftFactor a,
                const float *b,
                size_t b_stride,
                int n,
                int k_begin,
                int k_end)
{
  switch (rows)
    {
#if GSC_TILE_ROWS > 4
    case 6:
      gsc_small_row_band (6, add, c, c_stride, a, b, b_stride, n, k_begin, k_end);
      break;
    case 5:
      gsc_small_row_band (5, add, c, c_stride, a, b, b_stride, n, k_begin, k_end);
      break;
#endif
    case 4:
      gsc_small_row_band (4, add, c, c_stride, a, b, b_stride, n, k_begin, k_end);
      break;
    case 3:
      gsc_small_row_band (3, add, c, c_stride, a, b, b_stride, n, k_begin, k_end);
      break;
    case 2:
      gsc_small_row_band (2, add, c, c_stride, a, b, b_stride, n, k_begin, k_end);
      break;
    default:
      gsc_small_row_band (1, add, c, c_stride, a, b, b_stride, n, k_begin, k_end);
      break;
    }
}
