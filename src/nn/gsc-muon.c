/* gsc-muon.c - Muon: orthogonalised momentum
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-muon.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#define NEWTON_SCHULZ_STEPS 5

static const float A = 3.4445f, B = -4.7750f, C = 2.0315f;

size_t
gsc_muon_scratch_floats (int rows, int cols)
{
  size_t small = (size_t) (rows < cols ? rows : cols);
  size_t size = (size_t) rows * cols;

  return 2 * size + 2 * small * small;
}

/* The symmetric factors are computed on the smaller side: g = x x^T for wide x, x^T x for tall. */
void
gsc_muon_orthogonalise (float *x, int rows, int cols, float *scratch)
{
  int tall = rows > cols;
  int small = tall ? cols : rows;
  int large = tall ? rows : cols;
  size_t size = (size_t) rows * cols;
  size_t square = (size_t) small * small;
  float *gram = scratch;
  float *poly = gram + square;
  float *next = poly + square;
  double squares = 0.0;
  float inverse;

  for (size_t i = 0; i < size; i++)
    squares += (double) x[i] * x[i];
  inverse = (float) (1.0 / (sqrt (squares) + 1e-7));
  for (size_t i = 0; i < size; i++)
    x[i] *= inverse;

  for (int step = 0; step < NEWTON_SCHULZ_STEPS; step++)
    {
      /* gram and its square are symmetric: half of each is computed, then mirrored */
      cblas_ssyrk (CblasRowMajor, CblasUpper, tall ? CblasTrans : CblasNoTrans, small, large, 1.0f,
                   x, cols, 0.0f, gram, small);
      for (int i = 1; i < small; i++)
        for (int j = 0; j < i; j++)
          gram[(size_t) i * small + j] = gram[(size_t) j * small + i];
      /* poly = a I + b gram + c gram^2 */
      memcpy (poly, gram, square * sizeof (float));
      cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, small, small, small, C, gram, small,
                   gram, small, B, poly, small);
      for (int i = 0; i < small; i++)
        poly[(size_t) i * small + i] += A;
      if (tall)
        cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, cols, cols, 1.0f, x, cols,
                     poly, cols, 0.0f, next, cols);
      else
        cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, cols, rows, 1.0f, poly, rows,
                     x, cols, 0.0f, next, cols);
      memcpy (x, next, size * sizeof (float));
    }
}

void
gsc_muon_step (float *weights,
               float *momentum,
               const float *gradient,
               int rows,
               int cols,
               const GscMuonStep *step,
               float *scratch)
{
  size_t size = (size_t) rows * cols;
  float *update = scratch;
  float ratio = (float) rows / (float) cols;
  float rate = step->lr * (ratio > 1.0f ? sqrtf (ratio) : 1.0f);
  float keep = 1.0f - step->lr * step->weight_decay;

  for (size_t i = 0; i < size; i++)
    {
      momentum[i] = step->momentum * momentum[i] + gradient[i];
      update[i] = gradient[i] + step->momentum * momentum[i];
    }
  gsc_muon_orthogonalise (update, rows, cols, scratch + size);
  for (size_t i = 0; i < size; i++)
    weights[i] = weights[i] * keep - rate * update[i];
}
