/* gsc-ops-table.c - the operations of one instruction set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ops-private.h"
#include "gsc-vector.h"

const GscOps GSC_OP (ops) = {
  .name = GSC_ISA_NAME,
  .layernorm_forward = GSC_OP (layernorm_forward),
  .residual_layernorm_forward = GSC_OP (residual_layernorm_forward),
  .layernorm_backward = GSC_OP (layernorm_backward),
  .attention_forward = GSC_OP (attention_forward),
  .attention_backward = GSC_OP (attention_backward),
#if GSC_VLEN >= 8
  .product = GSC_OP (product),
  .gram = GSC_OP (gram),
#endif
  .relu_forward = GSC_OP (relu_forward),
  .relu_backward = GSC_OP (relu_backward),
  .gelu_forward = GSC_OP (gelu_forward),
  .gelu_backward = GSC_OP (gelu_backward),
  .cross_entropy = GSC_OP (cross_entropy),
  .softmax = GSC_OP (softmax),
  .add = GSC_OP (add),
  .reduce = GSC_OP (reduce),
  .adamw = GSC_OP (adamw),
};
