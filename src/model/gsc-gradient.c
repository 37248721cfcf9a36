/* gsc-gradient.c - gradients of all weights
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-gradient.h"

#include <string.h>

#include "gsc-ops.h"

static gsize
token_floats (const GscParamLayout *layout)
{
  return (gsize) layout->config.vocab * 3 * layout->config.width;
}

GscGradient *
gsc_gradient_new (GscParamLayout *layout)
{
  GscGradient *gradient = g_new0 (GscGradient, 1);

  gradient->layout = gsc_param_layout_ref (layout);
  gradient->block = gsc_param_block_new (layout);
  gradient->fresh = TRUE;
  gradient->token_qkv = g_aligned_alloc0 (token_floats (layout), sizeof (float), 64);
  return gradient;
}

void
gsc_gradient_free (GscGradient *gradient)
{
  if (gradient == NULL)
    return;
  gsc_param_block_free (gradient->block);
  g_aligned_free (gradient->token_qkv);
  gsc_param_layout_unref (gradient->layout);
  g_free (gradient);
}

void
gsc_gradient_clear (GscGradient *gradient)
{
  const GscParamLayout *layout = gradient->layout;

  /* Only what is added to in place. The large matrices are overwritten by the first backward pass,
   * which saves a walk over the whole block. */
  for (guint i = 0; i < layout->n_views; i++)
    if (layout->views[i].kind != GSC_PARAM_MATRIX)
      memset (gradient->block + layout->views[i].offset, 0,
              (gsize) layout->views[i].rows * layout->views[i].cols * sizeof (float));
  gradient->fresh = TRUE;
  memset (gradient->token_qkv, 0, token_floats (gradient->layout) * sizeof (float));
}

void
gsc_gradient_finish (GscGradient *gradient, const float *weights, const GscTokenTable *table)
{
  const GscParamLayout *layout = gradient->layout;
  const GscBlockOffsets *block = &layout->blocks[0];
  int vocab = layout->config.vocab, width = layout->config.width;
  g_autofree float *dnorm = g_new (float, (gsize) vocab *width);

  gsc_linear_backward_weight (gradient->block + block->qkv, gradient->token_qkv, table->norm, vocab,
                              width, 3 * width, TRUE);
  gsc_linear_backward_input (dnorm, gradient->token_qkv, weights + block->qkv, vocab, width,
                             3 * width);
  gsc_ops_get ()->layernorm_backward (
      gradient->block + layout->embedding, gradient->block + block->ln_1_weight,
      gradient->block + block->ln_1_bias, dnorm, weights + layout->embedding, table->mean,
      table->rstd, weights + block->ln_1_weight, vocab, width);
  memset (gradient->token_qkv, 0, token_floats (layout) * sizeof (float));
}
