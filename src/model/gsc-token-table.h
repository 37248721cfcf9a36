/* gsc-token-table.h - the first block's LayerNorm and QKV for each vocabulary entry
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first block's input depends on the token alone, so its LayerNorm and QKV are computed once
 * per vocabulary entry instead of once per position (performance.md, exact saving 1).
 */

#pragma once

#include "gsc-param-layout.h"

G_BEGIN_DECLS

/* V = vocabulary, d = width. Read by many threads between updates. */
typedef struct
{
  GscParamLayout *layout;
  float *norm; /* [V][d] LayerNorm 1 of the embedding */
  float *mean; /* [V] */
  float *rstd; /* [V] */
  float *qkv;  /* [V][3 d], before RoPE */
} GscTokenTable;

GscTokenTable *gsc_token_table_new (GscParamLayout *layout);
void gsc_token_table_free (GscTokenTable *table);

/* Recomputes everything from @weights; call after each change of them. One thread. */
void gsc_token_table_update (GscTokenTable *table, const float *weights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscTokenTable, gsc_token_table_free)

G_END_DECLS
