/* gsc-product.c - matrix products of the size of one small block's weights
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One panel of b (PANEL columns, at most DEPTH rows of it) at a time, small enough for the first
 * cache level, is multiplied by bands of a read where they lie. A transposed b is turned while its
 * panel is copied.
 */

#include "gsc-ops-private.h"
#include "gsc-small-matrix.h"

#define PANEL 64
#define DEPTH 128

/* panel [depth][columns] = b [n0 + column][k0 + row], from b [n][k] */
static void
copy_transposed (float *panel, const float *b, size_t b_stride, int columns, int depth)
{
  for (int j = 0; j < columns; j += GSC_VLEN)
    for (int k = 0; k < depth; k += GSC_VLEN)
      gsc_vec_transpose (panel + (size_t) k * columns + j, (size_t) columns,
                         b + (size_t) j * b_stride + k, b_stride);
}

static inline __attribute__ ((always_inline)) void
multiply_panel (const int add,
                float *c,
                size_t c_stride,
                const float *a,
                size_t a_row,
                size_t a_col,
                const float *b,
                size_t b_stride,
                int m,
                int columns,
                int depth)
{
  for (int i = 0; i < m; i += GSC_TILE_ROWS)
    {
      GscLeftFactor left = { a + (size_t) i * a_row, a_row, a_col };

      gsc_small_band (m - i < GSC_TILE_ROWS ? m - i : GSC_TILE_ROWS, add, c + (size_t) i * c_stride,
                      c_stride, left, b, b_stride, columns, 0, depth);
    }
}

void
GSC_OP (product) (float *c,
                  int add,
                  const float *a,
                  size_t a_row,
                  size_t a_col,
                  const float *b,
                  int b_transposed,
                  int m,
                  int n,
                  int k)
{
  float panel[DEPTH * PANEL] __attribute__ ((aligned (64)));

  for (int j = 0; j < n; j += PANEL)
    {
      int columns = n - j < PANEL ? n - j : PANEL;

      for (int begin = 0; begin < k; begin += DEPTH)
        {
          int depth = k - begin < DEPTH ? k - begin : DEPTH;
          const float *left = a + (size_t) begin * a_col;
          const float *right = b + (size_t) begin * n + j;
          size_t stride = (size_t) n;

          if (b_transposed)
            {
              copy_transposed (panel, b + (size_t) j * k + begin, (size_t) k, columns, depth);
              right = panel;
              stride = (size_t) columns;
            }
          if (add || begin > 0)
            multiply_panel (1, c + j, (size_t) n, left, a_row, a_col, right, stride, m, columns,
                            depth);
          else
            multiply_panel (0, c + j, (size_t) n, left, a_row, a_col, right, stride, m, columns,
                            depth);
        }
    }
}
