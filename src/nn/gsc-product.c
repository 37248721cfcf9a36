/* gsc-product.c - matrix products of the size of one small block's weights
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One panel of b (PANEL columns, at most DEPTH rows of it) at a time, small enough for the second
 * cache level and read in order, is multiplied by bands of a read where they lie. The sums of a
 * tile stay in registers over the whole depth. A transposed b is turned while its panel is copied.
 */

#include "gsc-ops-private.h"
#include "gsc-small-matrix.h"

#define PANEL 64
#define DEPTH 512

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

/* The square block of @columns on the diagonal, from its first vector that reaches the diagonal on
 * in each band. */
static inline __attribute__ ((always_inline)) void
multiply_diagonal (const int add,
                   float *c,
                   size_t c_stride,
                   const float *a,
                   size_t a_row,
                   size_t a_col,
                   const float *b,
                   size_t b_stride,
                   int columns,
                   int depth)
{
  for (int i = 0; i < columns; i += GSC_TILE_ROWS)
    {
      GscLeftFactor left = { a + (size_t) i * a_row, a_row, a_col };
      int skipped = i / GSC_VLEN * GSC_VLEN;

      gsc_small_band (columns - i < GSC_TILE_ROWS ? columns - i : GSC_TILE_ROWS, add,
                      c + (size_t) i * c_stride + skipped, c_stride, left, b + skipped, b_stride,
                      columns - skipped, 0, depth);
    }
}

/* c = a b or +=; of a @symmetric product (m = n) whole vectors below the diagonal may be left as
 * they are. */
static inline __attribute__ ((always_inline)) void
multiply (const int symmetric,
          float *c,
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
          float *diagonal = c + (size_t) j * n + j;
          size_t stride = (size_t) n;
          int rows = symmetric ? j : m;

          if (b_transposed)
            {
              copy_transposed (panel, b + (size_t) j * k + begin, (size_t) k, columns, depth);
              right = panel;
              stride = (size_t) columns;
            }
          if (add || begin > 0)
            {
              multiply_panel (1, c + j, (size_t) n, left, a_row, a_col, right, stride, rows,
                              columns, depth);
              if (symmetric)
                multiply_diagonal (1, diagonal, (size_t) n, left + (size_t) j * a_row, a_row, a_col,
                                   right, stride, columns, depth);
            }
          else
            {
              multiply_panel (0, c + j, (size_t) n, left, a_row, a_col, right, stride, rows,
                              columns, depth);
              if (symmetric)
                multiply_diagonal (0, diagonal, (size_t) n, left + (size_t) j * a_row, a_row, a_col,
                                   right, stride, columns, depth);
            }
        }
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
  multiply (0, c, add, a, a_row, a_col, b, b_transposed, m, n, k);
}

void
GSC_OP (gram) (float *g, const float *x, int of_rows, int rows, int cols)
{
  int n = of_rows ? rows : cols;

  if (of_rows)
    multiply (1, g, 0, x, (size_t) cols, 1, x, 1, n, n, cols);
  else
    multiply (1, g, 0, x, 1, (size_t) cols, x, 0, n, n, rows);
  for (int i = GSC_VLEN; i < n; i += GSC_VLEN)
    for (int j = 0; j < i; j += GSC_VLEN)
      gsc_vec_transpose (g + (size_t) i * n + j, (size_t) n, g + (size_t) j * n + i, (size_t) n);
}
