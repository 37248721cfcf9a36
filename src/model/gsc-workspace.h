/* gsc-workspace.h - one thread's forward and backward pass
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A workspace holds the activations of one micro-batch; the weights, the token table and the
 * gradients are the caller's, so that threads share weights. Three exact savings (performance.md)
 * are made: the first block's LayerNorm and QKV are computed once per vocabulary entry
 * (GscTokenTable); the last block's query, output projection and MLP, and the logits, only at the
 * positions asked for.
 *
 * R = sequences * time rows; Q = output positions per sequence; V = vocabulary.
 */

#pragma once

#include "gsc-ablation.h"
#include "gsc-gradient.h"
#include "gsc-param-layout.h"
#include "gsc-token-table.h"

G_BEGIN_DECLS

/* At which positions logits (and losses) are wanted. */
typedef enum
{
  GSC_OUTPUTS_ANSWERS, /* 0-based 1, 4, 7, ...: the next token is a z (training, evaluation) */
  GSC_OUTPUTS_ALL,     /* every position */
} GscOutputs;

typedef struct _GscWorkspace GscWorkspace;

/* Room for @max_sequences sequences of @time tokens (2 to GSC_MAX_TIME). @trains: FALSE leaves out
 * what only the backward pass needs. Not thread-safe: one workspace per thread. */
GscWorkspace *gsc_workspace_new (
    GscParamLayout *layout, int max_sequences, int time, GscOutputs outputs, gboolean trains);
void gsc_workspace_free (GscWorkspace *ws);

/* Bytes gsc_workspace_new() would take. */
gsize gsc_workspace_get_size (
    const GscParamLayout *layout, int max_sequences, int time, GscOutputs outputs, gboolean trains);

int gsc_workspace_get_time (const GscWorkspace *ws);
int gsc_workspace_get_n_outputs (const GscWorkspace *ws); /* Q */

/* Runs the model on tokens [sequences][time], each in 0..V-1 (the caller's duty). @table must be up
 * to date with @weights. */
void gsc_workspace_forward (GscWorkspace *ws,
                            const float *weights,
                            const GscTokenTable *table,
                            const int32_t *tokens,
                            int sequences);

/* Takes heads out of the forward passes to come (NULL: none); not for a workspace that trains.
 * @ablation is borrowed, must be of the same shape of model, and not change while it is used. */
void gsc_workspace_set_ablation (GscWorkspace *ws, const GscAblation *ablation);

/* Cross-entropy at the outputs of the latest forward pass. @targets [sequences][Q]. Returns the sum
 * of losses (nats);
 * @losses and @best ([sequences][Q], nullable): each loss and the most likely token. With
 * @gradient_scale > 0 the logits turn into gradient_scale * d(sum of losses)/d(logits), ready for
 * gsc_workspace_backward(). */
double gsc_workspace_loss (
    GscWorkspace *ws, const int32_t *targets, float gradient_scale, float *losses, int32_t *best);

/* Adds the gradient of the latest forward pass (after gsc_workspace_loss() with a scale) to
 * @gradient; the first block's QKV part is finished later by gsc_gradient_finish(). */
void gsc_workspace_backward (GscWorkspace *ws,
                             const float *weights,
                             const GscTokenTable *table,
                             const int32_t *tokens,
                             GscGradient *gradient);

/* Logits [sequences][Q][V] of the latest forward pass. Borrowed. */
const float *gsc_workspace_get_logits (const GscWorkspace *ws);

/* Attention of block @layer, sequence and head: [queries][*stride], of which the first time columns
 * count; queries = time, or Q in the last block under GSC_OUTPUTS_ANSWERS. Borrowed; valid until
 * the next forward pass. */
const float *gsc_workspace_get_attention (
    const GscWorkspace *ws, int layer, int sequence, int head, int *n_queries, int *stride);

/* What @head of block @layer gives for @sequence before the output projection Wo: the values of its
 * keys, weighted by its attention. Rows [queries], as gsc_workspace_get_attention() has them, of
 * width / heads floats, *stride floats apart. Times its columns of Wo (head * width / heads and so
 * on) it is what the head adds to the residual stream. Borrowed; valid until the next forward pass.
 */
const float *gsc_workspace_get_head_output (
    const GscWorkspace *ws, int layer, int sequence, int head, int *n_queries, int *stride);

/* The residual stream after @layer >= 1 blocks in the latest forward pass, [*stream_rows][width]:
 * all positions of all sequences, after the last block only the output positions. (Before the first
 * it is the tokens' embedding.) Borrowed; valid until the next forward pass. */
const float *gsc_workspace_get_stream (const GscWorkspace *ws, int layer, int *stream_rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscWorkspace, gsc_workspace_free)

G_END_DECLS
