/* gsc-continuation.h - one beginning of a sequence, many endings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The forward pass of many sequences that agree in all but their last few tokens, up to the
 * attention of one block. No position sees a later one, so that the keys and values of the common
 * beginning are computed once; then only the endings cost anything. The figures that ask a model
 * about all p^2 pairs after one context (paper, figures 1d, 1e and 6) would take minutes without
 * this at the paper's scale.
 */

#pragma once

#include "gsc-model.h"

G_BEGIN_DECLS

typedef struct _GscContinuation GscContinuation;

/* Runs the beginning tokens[0 .. n_prefix), n_prefix >= 0, and makes room for @max_sequences
 * endings of @n_tail >= 1 tokens; all tokens in 0..vocab-1 (the caller's duty), at most
 * GSC_MAX_TIME of them in a sequence. @layer is the block whose attention is looked at: later ones
 * are not run. @model is borrowed and must not change while the continuation lives. Any thread, one
 * at a time. */
GscContinuation *gsc_continuation_new (const GscModel *model,
                                       const gint32 *tokens,
                                       int n_prefix,
                                       int n_tail,
                                       int max_sequences,
                                       int layer);
void gsc_continuation_free (GscContinuation *continuation);

/* Runs the endings tails [sequences][n_tail], 1 to max_sequences of them. */
void gsc_continuation_forward (GscContinuation *continuation, const gint32 *tails, int sequences);

/* What @head of the block gives at the n_tail positions of ending @sequence of the latest forward
 * pass, as gsc_workspace_get_head_output() does. Borrowed; valid until the next pass. */
const float *gsc_continuation_get_head_output (const GscContinuation *continuation,
                                               int sequence,
                                               int head,
                                               int *stride);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscContinuation, gsc_continuation_free)

G_END_DECLS
