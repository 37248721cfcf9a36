/* gsc-gradient.h - gradients of all weights
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-param-layout.h"
#include "gsc-token-table.h"

G_BEGIN_DECLS

/* A block like the weights, and the gradient of the token table, which gsc_gradient_finish() turns
 * into gradients of the first block's weights and the embedding. One thread writes at a time. */
typedef struct
{
  GscParamLayout *layout;
  float *block;     /* [layout->n_floats] */
  float *token_qkv; /* [V][3 d]: gradient of GscTokenTable.qkv */
  gboolean
      fresh; /* matrices of the blocks hold nothing yet: the first backward pass overwrites them */
} GscGradient;

GscGradient *gsc_gradient_new (GscParamLayout *layout);
void gsc_gradient_free (GscGradient *gradient);

/* Starts a new gradient; at least one backward pass must follow before it is read. */
void gsc_gradient_clear (GscGradient *gradient);

/* Turns token_qkv into gradients of the first block's QKV matrix, LayerNorm and of the embedding,
 * adds them to the block and clears token_qkv. */
void gsc_gradient_finish (GscGradient *gradient, const float *weights, const GscTokenTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscGradient, gsc_gradient_free)

G_END_DECLS
