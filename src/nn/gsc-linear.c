/* gsc-linear.c - matrix products (BLAS), gathering and scattering of rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ops.h"

#include <cblas.h>
#include <string.h>

void
gsc_linear_init (void)
{
  /* The engine splits the batch over threads of its own; BLAS threads inside them would only
   * compete. */
  openblas_set_num_threads (1);
}

/* Our own kernel neither packs its left factor nor clears its result first, and is at least as fast
 * as BLAS up to these sizes (measured at widths 64 to 512). Of a weight gradient it walks over the
 * whole activations for each band, so that there it wins only while the matrix is small. */
#define OWN_SIDE 2048
#define OWN_GRADIENT (128 * 512)

static int
is_own (const GscOps *ops, int rows, int n_in, int n_out)
{
  return ops->product != NULL && n_in % GSC_PAD == 0 && n_out % GSC_PAD == 0 && n_in <= OWN_SIDE
         && n_out <= OWN_SIDE && rows > 0;
}

void
gsc_linear_forward (float *y, const float *x, const float *w, int rows, int n_in, int n_out)
{
  const GscOps *ops = gsc_ops_get ();

  if (is_own (ops, rows, n_in, n_out))
    ops->product (y, 0, x, n_in, 1, w, 1, rows, n_out, n_in);
  else
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, rows, n_out, n_in, 1.0f, x, n_in, w, n_in,
                 0.0f, y, n_out);
}

void
gsc_linear_backward_input (
    float *dx, const float *dy, const float *w, int rows, int n_in, int n_out)
{
  const GscOps *ops = gsc_ops_get ();

  if (is_own (ops, rows, n_in, n_out))
    ops->product (dx, 0, dy, n_out, 1, w, 0, rows, n_in, n_out);
  else
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, n_in, n_out, 1.0f, dy, n_out, w,
                 n_in, 0.0f, dx, n_in);
}

void
gsc_linear_backward_weight (
    float *dw, const float *dy, const float *x, int rows, int n_in, int n_out, int fresh)
{
  const GscOps *ops = gsc_ops_get ();

  if ((size_t) n_in * n_out <= OWN_GRADIENT && is_own (ops, rows, n_in, n_out))
    ops->product (dw, !fresh, dy, 1, n_out, x, 0, n_out, n_in, rows);
  else
    cblas_sgemm (CblasRowMajor, CblasTrans, CblasNoTrans, n_out, n_in, rows, 1.0f, dy, n_out, x,
                 n_in, fresh ? 0.0f : 1.0f, dw, n_in);
}

void
gsc_linear_gram (float *g, const float *x, int of_rows, int rows, int cols)
{
  const GscOps *ops = gsc_ops_get ();
  int n = of_rows ? rows : cols;

  if (ops->gram != NULL && n % GSC_PAD == 0 && (!of_rows || cols % GSC_PAD == 0))
    {
      ops->gram (g, x, of_rows, rows, cols);
      return;
    }
  cblas_ssyrk (CblasRowMajor, CblasUpper, of_rows ? CblasNoTrans : CblasTrans, n,
               of_rows ? cols : rows, 1.0f, x, cols, 0.0f, g, n);
  for (int i = 1; i < n; i++)
    for (int j = 0; j < i; j++)
      g[(size_t) i * n + j] = g[(size_t) j * n + i];
}

void
gsc_rows_gather (float *y, const float *table, const int32_t *rows, int n, int width)
{
  for (int r = 0; r < n; r++)
    memcpy (y + (size_t) r * width, table + (size_t) rows[r] * width,
            (size_t) width * sizeof (float));
}

void
gsc_rows_scatter_add (float *dtable, const float *dy, const int32_t *rows, int n, int width)
{
  for (int r = 0; r < n; r++)
    {
      float *out = dtable + (size_t) rows[r] * width;
      const float *in = dy + (size_t) r * width;

      for (int i = 0; i < width; i++)
        out[i] += in[i];
    }
}
