/* gsc-continuation.h - one beginning of a sequence, many endings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The forward pass of many sequences that agree in all but their last few tokens. No position sees
 * a later one, so that the keys and values of the common beginning are computed once; then only the
 * endings cost anything. The figures that ask a model about all p^2 pairs after one context (paper,
 * figures 1d, 1e, 5 to 8) would take minutes without this at the paper's scale.
 */

#pragma once

#include "gsc-ablation.h"
#include "gsc-model.h"

G_BEGIN_DECLS

/* How far the endings are run: what is not looked at is not computed. */
typedef enum
{
  GSC_CONTINUATION_ATTENTION, /* up to the attention of one block */
  GSC_CONTINUATION_BLOCK,     /* through one block */
  GSC_CONTINUATION_LOGITS,    /* through all blocks to the logits */
} GscContinuationEnd;

typedef struct _GscContinuation GscContinuation;

/* Runs the beginning tokens[0 .. n_prefix), n_prefix >= 0, and makes room for @max_sequences
 * endings of @n_tail >= 1 tokens; all tokens in 0..vocab-1 (the caller's duty), at most
 * GSC_MAX_TIME of them in a sequence. @layer is the last block that is run, as far as @end says
 * (with LOGITS it is not read). @model and @ablation (nullable) are borrowed and must not change
 * while the continuation lives. Any thread, one at a time. */
GscContinuation *gsc_continuation_new (const GscModel *model,
                                       const GscAblation *ablation,
                                       const gint32 *tokens,
                                       int n_prefix,
                                       int n_tail,
                                       int max_sequences,
                                       GscContinuationEnd end,
                                       int layer);
void gsc_continuation_free (GscContinuation *continuation);

/* Runs the endings tails [sequences][n_tail], 1 to max_sequences of them. */
void gsc_continuation_forward (GscContinuation *continuation, const gint32 *tails, int sequences);

/* What was computed for the latest endings, rows in the order [sequences][n_tail]. Borrowed; valid
 * until the next pass. Of blocks that were run: the heads' outputs before Wo, side by side (head h
 * from float h * width / heads on; times its columns of Wo it is what the head adds to the residual
 * stream); what the MLP adds; the residual stream after the block. Each [rows][width]. */
const float *gsc_continuation_get_heads (const GscContinuation *continuation, int layer);
const float *gsc_continuation_get_mlp (const GscContinuation *continuation, int layer);
const float *gsc_continuation_get_stream (const GscContinuation *continuation, int layer);

/* [rows][vocab] with GSC_CONTINUATION_LOGITS. */
const float *gsc_continuation_get_logits (const GscContinuation *continuation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscContinuation, gsc_continuation_free)

G_END_DECLS
