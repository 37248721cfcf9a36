/* gsc-cross-entropy.c - softmax and its cross-entropy
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ops-private.h"
#include "gsc-vector.h"

#include <math.h>

/* exponentials [vocab] = exp (logits - max); returns their sum and, in @best, the place of the
 * maximum */
static float
exponentials (float *out, const float *logits, int vocab, int32_t *best, float *max)
{
  float sum = 0.0f;
  int i = 0;

  *best = 0;
  for (int j = 1; j < vocab; j++)
    if (logits[j] > logits[*best])
      *best = j;
  *max = logits[*best];

  for (; i + GSC_VLEN <= vocab; i += GSC_VLEN)
    {
      GscVec e = gsc_vec_exp (gsc_vec_load (logits + i) - *max);

      gsc_vec_store (out + i, e);
      sum += gsc_vec_sum (e);
    }
  if (i < vocab)
    {
      GscVec tail = { 0 };
      size_t bytes = (size_t) (vocab - i) * sizeof (float);

      memcpy (&tail, logits + i, bytes);
      tail = gsc_vec_exp (tail - *max);
      memcpy (out + i, &tail, bytes);
      for (int j = i; j < vocab; j++)
        sum += out[j];
    }
  return sum;
}

void
GSC_OP (cross_entropy) (float *losses,
                        int32_t *best,
                        float *dlogits,
                        const float *logits,
                        const int32_t *targets,
                        float scale,
                        int rows,
                        int vocab)
{
  for (int r = 0; r < rows; r++)
    {
      const float *row = logits + (size_t) r * vocab;
      float local[1024]; /* the largest vocabulary */
      float *out = dlogits != NULL ? dlogits + (size_t) r * vocab : local;
      float target_logit = row[targets[r]]; /* read first: dlogits may be logits */
      float max;
      float sum = exponentials (out, row, vocab, &best[r], &max);

      losses[r] = logf (sum) + max - target_logit;
      if (dlogits == NULL)
        continue;
      for (int j = 0; j < vocab; j++)
        out[j] *= scale / sum;
      out[targets[r]] -= scale;
    }
}

void
GSC_OP (softmax) (float *probabilities, const float *logits, int rows, int vocab)
{
  for (int r = 0; r < rows; r++)
    {
      float *out = probabilities + (size_t) r * vocab;
      int32_t best;
      float max;
      float sum = exponentials (out, logits + (size_t) r * vocab, vocab, &best, &max);

      for (int j = 0; j < vocab; j++)
        out[j] /= sum;
    }
}
