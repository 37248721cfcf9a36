/* gsc-head-similarity.c - which heads look at the same tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-head-similarity.h"

#include <cblas.h>
#include <math.h>

/* A head whose weights are within rounding of even ones: so small is its product with itself, in
 * shares of that of a head that looks at one token alone (about 1 for each query). */
#define ROUNDING 1e-9

/* The rows of one head's map that are not there by necessity, side by side without the zeroes right
 * of the diagonal, less even attention. */
static void
fill_deviation (float *to, const float *map, guint n)
{
  for (guint query = 1; query < n; query++)
    for (guint key = 0; key <= query; key++)
      *to++ = map[(gsize) query * n + key] - 1.0f / (query + 1);
}

void
gsc_head_similarity_add (double *products, const float *attention, guint n_heads, guint n)
{
  gsize n_weights = (gsize) n * (n + 1) / 2 - 1;
  g_autofree float *deviations = NULL;
  g_autofree float *sums = NULL;

  if (n < 2)
    return;
  deviations = g_new (float, n_heads *n_weights);
  sums = g_new (float, (gsize) n_heads *n_heads);
  for (guint head = 0; head < n_heads; head++)
    fill_deviation (deviations + head * n_weights, attention + (gsize) head * n * n, n);
  cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) n_heads, (int) n_heads,
               (int) n_weights, 1, deviations, (int) n_weights, deviations, (int) n_weights, 0,
               sums, (int) n_heads);
  for (gsize i = 0; i < (gsize) n_heads * n_heads; i++)
    products[i] += sums[i];
}

void
gsc_head_similarity_finish (const double *products, guint n_heads, float *similarity)
{
  for (guint i = 0; i < n_heads; i++)
    for (guint j = 0; j < n_heads; j++)
      {
        double own = products[(gsize) i * n_heads + i];
        double other = products[(gsize) j * n_heads + j];
        double value = i == j;

        if (i != j && own > ROUNDING && other > ROUNDING)
          value = products[(gsize) MIN (i, j) * n_heads + MAX (i, j)] / sqrt (own * other);
        similarity[(gsize) i * n_heads + j] = (float) CLAMP (value, -1, 1);
      }
}
