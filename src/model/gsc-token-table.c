/* gsc-token-table.c - the first block's LayerNorm and QKV for each vocabulary entry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-token-table.h"

#include "gsc-ops.h"

GscTokenTable *
gsc_token_table_new (GscParamLayout *layout)
{
  GscTokenTable *table = g_new0 (GscTokenTable, 1);
  gsize vocab = layout->config.vocab, width = layout->config.width;

  table->layout = gsc_param_layout_ref (layout);
  table->norm = g_aligned_alloc (vocab * width, sizeof (float), 64);
  table->mean = g_new (float, vocab);
  table->rstd = g_new (float, vocab);
  table->qkv = g_aligned_alloc (vocab * 3 * width, sizeof (float), 64);
  return table;
}

void
gsc_token_table_free (GscTokenTable *table)
{
  if (table == NULL)
    return;
  gsc_param_layout_unref (table->layout);
  g_aligned_free (table->norm);
  g_free (table->mean);
  g_free (table->rstd);
  g_aligned_free (table->qkv);
  g_free (table);
}

void
gsc_token_table_update (GscTokenTable *table, const float *weights)
{
  const GscParamLayout *layout = table->layout;
  const GscBlockOffsets *block = &layout->blocks[0];
  int vocab = layout->config.vocab, width = layout->config.width;

  gsc_ops_get ()->layernorm_forward (table->norm, table->mean, table->rstd,
                                     weights + layout->embedding, weights + block->ln_1_weight,
                                     weights + block->ln_1_bias, vocab, width);
  gsc_linear_forward (table->qkv, table->norm, weights + block->qkv, vocab, width, 3 * width);
}
