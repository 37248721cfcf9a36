/* gsc-muon.c - Muon: orthogonalised momentum
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-muon.h"

#include <math.h>
#include <string.h>

#include "gsc-ops.h"

#define NEWTON_SCHULZ_STEPS 5

static const float A = 3.4445f, B = -4.7750f, C = 2.0315f;

size_t
gsc_muon_scratch_floats (int rows, int cols)
{
  size_t small = (size_t) (rows < cols ? rows : cols);
  size_t size = (size_t) rows * cols;

  return 2 * size + 2 * small * small;
}

/* In double: squares of large gradients leave float's range. Several sums at once, because each is
 * a chain of additions that wait for each other. */
static double
sum_squares (const float *x, size_t n)
{
  double sums[8] = { 0.0 };
  double total = 0.0;
  size_t i = 0;

  for (; i + 8 <= n; i += 8)
    for (size_t j = 0; j < 8; j++)
      sums[j] += (double) x[i + j] * x[i + j];
  for (; i < n; i++)
    total += (double) x[i] * x[i];
  for (size_t j = 0; j < 8; j++)
    total += sums[j];
  return total;
}

/* The symmetric factors are computed on the smaller side: g = x x^T for wide x, x^T x for tall. */
void
gsc_muon_orthogonalise (float *x, int rows, int cols, float *scratch)
{
  int wide = rows < cols;
  int small = wide ? rows : cols;
  size_t size = (size_t) rows * cols;
  size_t square = (size_t) small * small;
  float *gram = scratch;
  float *poly = gram + square;
  float *from = x;
  float *to = poly + square;
  float inverse = (float) (1.0 / (sqrt (sum_squares (x, size)) + 1e-7));

  for (size_t i = 0; i < size; i++)
    x[i] *= inverse;

  for (int step = 0; step < NEWTON_SCHULZ_STEPS; step++)
    {
      float *swap = from;

      /* poly = a I + b gram + c gram^2; gram^2 is the gram matrix's own */
      gsc_linear_gram (gram, from, wide, rows, cols);
      gsc_linear_gram (poly, gram, 0, small, small);
      for (size_t i = 0; i < square; i++)
        poly[i] = C * poly[i] + B * gram[i];
      for (int i = 0; i < small; i++)
        poly[(size_t) i * small + i] += A;
      if (wide)
        gsc_linear_backward_input (to, poly, from, rows, cols, rows);
      else
        gsc_linear_backward_input (to, from, poly, rows, cols, cols);
      from = to;
      to = swap;
    }
  if (from != x)
    memcpy (x, from, size * sizeof (float));
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
