/* gsc-workspace.c - one thread's forward and backward pass
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-workspace.h"

#include <string.h>

#include "gsc-ops.h"

/* Activations of one block. "Own rows" are all R rows, in the last block only the output positions.
 */
typedef struct
{
  float *norm_1;          /* [R][d]; not in the first block, where the token table has it */
  float *mean_1, *rstd_1; /* [R]; likewise */
  float *stream;     /* [R][d] residual stream entering the block; not in the first, where it is the
                        embedding */
  float *qkv;        /* [R][3 d], in the last block [R][2 d] k and v; not in the first */
  float *query_norm; /* [own][d] norm_1 at the output positions; last block only, not when it is
                        also the first */
  float *query;      /* [own][d] queries; likewise */
  float *probabilities;   /* [sequences][heads][own per sequence][padded time] */
  float *mix;             /* [own][d] attention's output, heads side by side */
  float *middle;          /* [own][d] residual stream between attention and MLP */
  float *norm_2;          /* [own][d] */
  float *mean_2, *rstd_2; /* [own] */
  float *before;          /* [own][4 d] before the activation; GELU only */
  float *hidden;          /* [own][4 d] after it */
} Block;

struct _GscWorkspace
{
  GscParamLayout *layout;
  const GscOps *ops;
  int max_sequences;
  int time;
  int n_outputs; /* Q */
  int first_output;
  int output_stride;
  gboolean trains;
  const GscAblation *ablation; /* borrowed, or NULL */

  int sequences; /* of the latest forward pass */
  Block blocks[GSC_MODEL_MAX_DEPTH];
  float *final_stream; /* [outputs][d] */
  float *final_norm;   /* [outputs][d] */
  float *final_mean, *final_rstd;
  float *logits;          /* [outputs][V] */
  float *losses;          /* [outputs] */
  int32_t *best;          /* [outputs] */
  int32_t *output_rows;   /* [outputs] row in 0..R-1 */
  int32_t *output_tokens; /* [outputs] token there */
  float *rope_cos, *rope_sin;
  float *scratch; /* attention's */

  /* backward */
  float *dstream; /* [R][d] gradient of the residual stream */
  float *dwide;   /* [R][4 d] */
  float *dnorm;   /* [R][d] */
  float *dmix;    /* [R][d] */
  float *dquery;  /* [outputs][d] */

  gsize n_bytes;
  gboolean measuring; /* count bytes, allocate nothing */
  GPtrArray *allocations;
};

/* Every buffer is taken here, so that the size is known without allocating. */
static gpointer
take (GscWorkspace *ws, gsize n)
{
  gpointer buffer;
  gsize bytes = (MAX (n, 1) * sizeof (float) + 63) / 64 * 64;

  ws->n_bytes += bytes;
  if (ws->measuring)
    return NULL;
  buffer = g_aligned_alloc0 (bytes, 1, 64);
  g_ptr_array_add (ws->allocations, buffer);
  return buffer;
}

static GscAttentionShape
attention_shape (const GscWorkspace *ws, int layer)
{
  const GscModelConfig *config = &ws->layout->config;
  gboolean last = layer == config->depth - 1;

  return (GscAttentionShape){
    .sequences = ws->sequences,
    .time = ws->time,
    .heads = config->heads,
    .head_size = config->width / config->heads,
    .queries = last ? ws->n_outputs : ws->time,
    .query_first = last ? ws->first_output : 0,
    .query_stride = last ? ws->output_stride : 1,
  };
}

static void
take_block (GscWorkspace *ws, int layer)
{
  const GscModelConfig *config = &ws->layout->config;
  Block *block = &ws->blocks[layer];
  gsize d = config->width;
  gsize rows = (gsize) ws->max_sequences * ws->time;
  gboolean last = layer == config->depth - 1;
  gsize own = last ? (gsize) ws->max_sequences * ws->n_outputs : rows;

  if (layer > 0)
    {
      block->norm_1 = take (ws, rows * d);
      block->mean_1 = take (ws, rows);
      block->rstd_1 = take (ws, rows);
      block->stream = take (ws, rows * d);
      block->qkv = take (ws, rows * (last ? 2 : 3) * d);
      if (last)
        {
          block->query_norm = take (ws, own * d);
          block->query = take (ws, own * d);
        }
    }
  block->probabilities = take (ws, own * config->heads * GSC_PADDED (ws->time));
  block->mix = take (ws, own * d);
  block->middle = take (ws, own * d);
  block->norm_2 = take (ws, own * d);
  block->mean_2 = take (ws, own);
  block->rstd_2 = take (ws, own);
  block->hidden = take (ws, own * 4 * d);
  if (config->activation == GSC_ACTIVATION_GELU)
    block->before = take (ws, own * 4 * d);
}

static void
take_all (GscWorkspace *ws)
{
  const GscModelConfig *config = &ws->layout->config;
  GscAttentionShape shape;
  gsize d = config->width;
  gsize rows = (gsize) ws->max_sequences * ws->time;
  gsize outputs = (gsize) ws->max_sequences * ws->n_outputs;
  gsize angles = (gsize) ws->time * (d / config->heads) / 2;

  for (int l = 0; l < config->depth; l++)
    take_block (ws, l);
  ws->final_stream = take (ws, outputs * d);
  ws->final_norm = take (ws, outputs * d);
  ws->final_mean = take (ws, outputs);
  ws->final_rstd = take (ws, outputs);
  ws->logits = take (ws, outputs * config->vocab);
  ws->losses = take (ws, outputs);
  ws->best = take (ws, outputs);
  ws->output_rows = take (ws, outputs);
  ws->output_tokens = take (ws, outputs);
  ws->rope_cos = take (ws, angles);
  ws->rope_sin = take (ws, angles);
  shape = attention_shape (ws, 0);
  shape.queries = ws->time; /* the larger of the two kinds of block */
  ws->scratch = take (ws, gsc_attention_scratch_floats (&shape));
  ws->dnorm = take (ws, rows * d); /* the forward pass adds residuals from here */
  if (ws->trains)
    {
      ws->dstream = take (ws, rows * d);
      ws->dwide = take (ws, rows * 4 * d);
      ws->dmix = take (ws, rows * d);
      ws->dquery = take (ws, outputs * d);
    }
}

static void
set_sizes (GscWorkspace *ws,
           GscParamLayout *layout,
           int max_sequences,
           int time,
           GscOutputs outputs,
           gboolean trains)
{
  ws->layout = layout;
  ws->ops = gsc_ops_get ();
  ws->max_sequences = max_sequences;
  ws->time = time;
  ws->first_output = outputs == GSC_OUTPUTS_ANSWERS ? 1 : 0;
  ws->output_stride = outputs == GSC_OUTPUTS_ANSWERS ? 3 : 1;
  ws->n_outputs = (time - ws->first_output + ws->output_stride - 1) / ws->output_stride;
  ws->trains = trains;
}

GscWorkspace *
gsc_workspace_new (
    GscParamLayout *layout, int max_sequences, int time, GscOutputs outputs, gboolean trains)
{
  GscWorkspace *ws = g_new0 (GscWorkspace, 1);

  g_return_val_if_fail (time >= 2 && time <= GSC_MAX_TIME && max_sequences >= 1, NULL);

  set_sizes (ws, gsc_param_layout_ref (layout), max_sequences, time, outputs, trains);
  ws->allocations = g_ptr_array_new_with_free_func (g_aligned_free);
  take_all (ws);
  gsc_rope_table (ws->rope_cos, ws->rope_sin, time, layout->config.width / layout->config.heads);
  for (int s = 0; s < max_sequences; s++)
    for (int q = 0; q < ws->n_outputs; q++)
      ws->output_rows[s * ws->n_outputs + q] = s * time + ws->first_output + q * ws->output_stride;
  return ws;
}

void
gsc_workspace_free (GscWorkspace *ws)
{
  if (ws == NULL)
    return;
  g_ptr_array_unref (ws->allocations);
  gsc_param_layout_unref (ws->layout);
  g_free (ws);
}

gsize
gsc_workspace_get_size (
    const GscParamLayout *layout, int max_sequences, int time, GscOutputs outputs, gboolean trains)
{
  GscWorkspace ws = { .measuring = TRUE };

  set_sizes (&ws, (GscParamLayout *) layout, max_sequences, time, outputs, trains);
  take_all (&ws);
  return ws.n_bytes;
}

int
gsc_workspace_get_time (const GscWorkspace *ws)
{
  return ws->time;
}

int
gsc_workspace_get_n_outputs (const GscWorkspace *ws)
{
  return ws->n_outputs;
}

const float *
gsc_workspace_get_logits (const GscWorkspace *ws)
{
  return ws->logits;
}

const float *
gsc_workspace_get_attention (
    const GscWorkspace *ws, int layer, int sequence, int head, int *n_queries, int *stride)
{
  GscAttentionShape shape = attention_shape (ws, layer);

  *n_queries = shape.queries;
  *stride = GSC_PADDED (ws->time);
  return ws->blocks[layer].probabilities
         + ((gsize) sequence * shape.heads + head) * shape.queries * *stride;
}

const float *
gsc_workspace_get_head_output (
    const GscWorkspace *ws, int layer, int sequence, int head, int *n_queries, int *stride)
{
  GscAttentionShape shape = attention_shape (ws, layer);

  *n_queries = shape.queries;
  *stride = ws->layout->config.width;
  return ws->blocks[layer].mix + (gsize) sequence * shape.queries * *stride
         + (gsize) head * shape.head_size;
}

const float *
gsc_workspace_get_stream (const GscWorkspace *ws, int layer, int *stream_rows)
{
  int depth = ws->layout->config.depth;

  g_return_val_if_fail (layer >= 1 && layer <= depth, NULL);

  *stream_rows = ws->sequences * (layer == depth ? ws->n_outputs : ws->time);
  return layer == depth ? ws->final_stream : ws->blocks[layer].stream;
}

void
gsc_workspace_set_ablation (GscWorkspace *ws, const GscAblation *ablation)
{
  g_return_if_fail (ablation == NULL || !ws->trains);

  ws->ablation = ablation;
}

/* Where a block's queries, keys and values lie. */
static GscAttentionInput
attention_input (const GscWorkspace *ws,
                 int layer,
                 const GscTokenTable *table,
                 const int32_t *tokens)
{
  const Block *block = &ws->blocks[layer];
  gsize d = ws->layout->config.width;

  if (layer == 0)
    return (
        GscAttentionInput){ table->qkv, table->qkv + d, table->qkv + 2 * d, 3 * d, 3 * d, tokens };
  if (layer == ws->layout->config.depth - 1)
    return (GscAttentionInput){ block->query, block->qkv, block->qkv + d, d, 2 * d, NULL };
  return (GscAttentionInput){ block->qkv, block->qkv + d, block->qkv + 2 * d, 3 * d, 3 * d, NULL };
}

static int
own_rows (const GscWorkspace *ws, int layer)
{
  return ws->sequences * (layer == ws->layout->config.depth - 1 ? ws->n_outputs : ws->time);
}

/* QKV of a block other than the first, from its norm_1. */
static void
forward_qkv (GscWorkspace *ws, int layer, const float *weights)
{
  Block *block = &ws->blocks[layer];
  const float *qkv = weights + ws->layout->blocks[layer].qkv;
  int d = ws->layout->config.width;
  int rows = ws->sequences * ws->time;
  int outputs = ws->sequences * ws->n_outputs;

  if (layer < ws->layout->config.depth - 1)
    {
      gsc_linear_forward (block->qkv, block->norm_1, qkv, rows, d, 3 * d);
      return;
    }
  gsc_linear_forward (block->qkv, block->norm_1, qkv + (gsize) d * d, rows, d, 2 * d);
  gsc_rows_gather (block->query_norm, block->norm_1, ws->output_rows, outputs, d);
  gsc_linear_forward (block->query, block->query_norm, qkv, outputs, d, d);
}

/* Adds the attention's output to the residual stream: middle = stream + mix Wo^T, norm_2 =
 * LayerNorm (middle). */
static void
forward_middle (GscWorkspace *ws, int layer, const float *weights, const int32_t *tokens)
{
  const GscBlockOffsets *at = &ws->layout->blocks[layer];
  Block *block = &ws->blocks[layer];
  int d = ws->layout->config.width;
  int rows = own_rows (ws, layer);
  gboolean last = layer == ws->layout->config.depth - 1;
  const float *stream = layer == 0 ? weights + ws->layout->embedding : block->stream;
  const int32_t *stream_rows = NULL;

  if (layer == 0)
    stream_rows = last ? ws->output_tokens : tokens;
  else if (last)
    stream_rows = ws->output_rows;

  gsc_linear_forward (block->middle, block->mix, weights + at->out, rows, d, d);
  ws->ops->residual_layernorm_forward (block->middle, block->norm_2, block->mean_2, block->rstd_2,
                                       stream, stream_rows, block->middle,
                                       weights + at->ln_2_weight, weights + at->ln_2_bias, rows, d);
}

/* hidden = activation (norm_2 W1^T); the caller adds hidden W2^T to the stream. */
static void
forward_hidden (GscWorkspace *ws, int layer, const float *weights)
{
  Block *block = &ws->blocks[layer];
  int d = ws->layout->config.width;
  int rows = own_rows (ws, layer);
  gsize n = (gsize) rows * 4 * d;
  gboolean gelu = ws->layout->config.activation == GSC_ACTIVATION_GELU;

  gsc_linear_forward (gelu ? block->before : block->hidden, block->norm_2,
                      weights + ws->layout->blocks[layer].fc, rows, d, 4 * d);
  if (gelu)
    ws->ops->gelu_forward (block->hidden, block->before, n);
  else
    ws->ops->relu_forward (block->hidden, n);
}

void
gsc_workspace_forward (GscWorkspace *ws,
                       const float *weights,
                       const GscTokenTable *table,
                       const int32_t *tokens,
                       int sequences)
{
  const GscParamLayout *layout = ws->layout;
  int d = layout->config.width, depth = layout->config.depth;
  int outputs = sequences * ws->n_outputs;

  g_return_if_fail (sequences >= 1 && sequences <= ws->max_sequences);

  ws->sequences = sequences;
  for (int i = 0; i < outputs; i++)
    ws->output_tokens[i] = tokens[ws->output_rows[i]];

  for (int l = 0; l < depth; l++)
    {
      Block *block = &ws->blocks[l];
      GscAttentionShape shape = attention_shape (ws, l);
      GscAttentionInput input = attention_input (ws, l, table, tokens);
      int rows = own_rows (ws, l);
      gboolean last = l == depth - 1;
      Block *next = last ? NULL : &ws->blocks[l + 1];

      if (l > 0)
        forward_qkv (ws, l, weights);
      ws->ops->attention_forward (block->mix, block->probabilities, &input, ws->rope_cos,
                                  ws->rope_sin, &shape, ws->scratch);
      gsc_ablation_apply (ws->ablation, l, block->mix, rows, shape.queries, shape.query_first,
                          shape.query_stride);
      forward_middle (ws, l, weights, tokens);
      forward_hidden (ws, l, weights);
      gsc_linear_forward (ws->dnorm, block->hidden, weights + layout->blocks[l].proj, rows, 4 * d,
                          d);
      ws->ops->residual_layernorm_forward (
          last ? ws->final_stream : next->stream, last ? ws->final_norm : next->norm_1,
          last ? ws->final_mean : next->mean_1, last ? ws->final_rstd : next->rstd_1, block->middle,
          NULL, ws->dnorm,
          weights + (last ? layout->ln_f_weight : layout->blocks[l + 1].ln_1_weight),
          weights + (last ? layout->ln_f_bias : layout->blocks[l + 1].ln_1_bias), rows, d);
    }
  gsc_linear_forward (ws->logits, ws->final_norm, weights + layout->head, outputs, d,
                      layout->config.vocab);
}

double
gsc_workspace_loss (
    GscWorkspace *ws, const int32_t *targets, float gradient_scale, float *losses, int32_t *best)
{
  int outputs = ws->sequences * ws->n_outputs;
  double sum = 0.0;

  if (losses == NULL)
    losses = ws->losses;
  if (best == NULL)
    best = ws->best;
  ws->ops->cross_entropy (losses, best, gradient_scale > 0.0f ? ws->logits : NULL, ws->logits,
                          targets, gradient_scale, outputs, ws->layout->config.vocab);
  for (int i = 0; i < outputs; i++)
    sum += losses[i];
  return sum;
}

/* dstream holds the gradient after the block (own rows); afterwards that between attention and MLP.
 */
static void
backward_mlp (GscWorkspace *ws, int layer, const float *weights, GscGradient *gradient)
{
  const GscBlockOffsets *at = &ws->layout->blocks[layer];
  Block *block = &ws->blocks[layer];
  int d = ws->layout->config.width;
  int rows = own_rows (ws, layer);
  gsize n = (gsize) rows * 4 * d;

  gsc_linear_backward_weight (gradient->block + at->proj, ws->dstream, block->hidden, rows, 4 * d,
                              d, gradient->fresh);
  gsc_linear_backward_input (ws->dwide, ws->dstream, weights + at->proj, rows, 4 * d, d);
  if (ws->layout->config.activation == GSC_ACTIVATION_GELU)
    ws->ops->gelu_backward (ws->dwide, block->before, n);
  else
    ws->ops->relu_backward (ws->dwide, block->hidden, n);
  gsc_linear_backward_weight (gradient->block + at->fc, ws->dwide, block->norm_2, rows, d, 4 * d,
                              gradient->fresh);
  gsc_linear_backward_input (ws->dnorm, ws->dwide, weights + at->fc, rows, d, 4 * d);
  ws->ops->layernorm_backward (ws->dstream, gradient->block + at->ln_2_weight,
                               gradient->block + at->ln_2_bias, ws->dnorm, block->middle,
                               block->mean_2, block->rstd_2, weights + at->ln_2_weight, rows, d);
}

/* Turns dstream (own rows) into the gradient of the block's input stream on all rows, but for
 * LayerNorm's part, whose input gradient is left in dnorm. Not for the first block. */
static void
backward_qkv (GscWorkspace *ws, int layer, const float *weights, GscGradient *gradient)
{
  const GscBlockOffsets *at = &ws->layout->blocks[layer];
  Block *block = &ws->blocks[layer];
  int d = ws->layout->config.width;
  int rows = ws->sequences * ws->time;
  int outputs = ws->sequences * ws->n_outputs;
  gsize kv = at->qkv + (gsize) d * d;

  if (layer < ws->layout->config.depth - 1)
    {
      gsc_linear_backward_weight (gradient->block + at->qkv, ws->dwide, block->norm_1, rows, d,
                                  3 * d, gradient->fresh);
      gsc_linear_backward_input (ws->dnorm, ws->dwide, weights + at->qkv, rows, d, 3 * d);
      return;
    }
  gsc_linear_backward_weight (gradient->block + kv, ws->dwide, block->norm_1, rows, d, 2 * d,
                              gradient->fresh);
  gsc_linear_backward_weight (gradient->block + at->qkv, ws->dquery, block->query_norm, outputs, d,
                              d, gradient->fresh);
  gsc_linear_backward_input (ws->dnorm, ws->dwide, weights + kv, rows, d, 2 * d);
  gsc_linear_backward_input (ws->dmix, ws->dquery, weights + at->qkv, outputs, d, d);
  gsc_rows_scatter_add (ws->dnorm, ws->dmix, ws->output_rows, outputs, d);

  /* the residual stream's own gradient, from output rows to all rows */
  memcpy (ws->dmix, ws->dstream, (gsize) outputs * d * sizeof (float));
  memset (ws->dstream, 0, (gsize) rows * d * sizeof (float));
  gsc_rows_scatter_add (ws->dstream, ws->dmix, ws->output_rows, outputs, d);
}

static GscAttentionGradient
attention_gradient (const GscWorkspace *ws, int layer, GscGradient *gradient)
{
  gsize d = ws->layout->config.width;

  if (layer == 0)
    return (GscAttentionGradient){ gradient->token_qkv, gradient->token_qkv + d,
                                   gradient->token_qkv + 2 * d };
  if (layer == ws->layout->config.depth - 1)
    return (GscAttentionGradient){ ws->dquery, ws->dwide, ws->dwide + d };
  return (GscAttentionGradient){ ws->dwide, ws->dwide + d, ws->dwide + 2 * d };
}

static void
backward_block (GscWorkspace *ws,
                int layer,
                const float *weights,
                const GscTokenTable *table,
                const int32_t *tokens,
                GscGradient *gradient)
{
  const GscParamLayout *layout = ws->layout;
  const GscBlockOffsets *at = &layout->blocks[layer];
  Block *block = &ws->blocks[layer];
  GscAttentionShape shape = attention_shape (ws, layer);
  GscAttentionInput input = attention_input (ws, layer, table, tokens);
  GscAttentionGradient dinput = attention_gradient (ws, layer, gradient);
  int d = layout->config.width;
  int rows = own_rows (ws, layer);

  backward_mlp (ws, layer, weights, gradient);
  gsc_linear_backward_weight (gradient->block + at->out, ws->dstream, block->mix, rows, d, d,
                              gradient->fresh);
  gsc_linear_backward_input (ws->dmix, ws->dstream, weights + at->out, rows, d, d);
  ws->ops->attention_backward (&dinput, ws->dmix, block->probabilities, &input, ws->rope_cos,
                               ws->rope_sin, &shape, ws->scratch);
  if (layer == 0)
    {
      gsc_rows_scatter_add (gradient->block + layout->embedding, ws->dstream,
                            layout->config.depth == 1 ? ws->output_tokens : tokens, rows, d);
      return;
    }
  backward_qkv (ws, layer, weights, gradient);
  ws->ops->layernorm_backward (ws->dstream, gradient->block + at->ln_1_weight,
                               gradient->block + at->ln_1_bias, ws->dnorm, block->stream,
                               block->mean_1, block->rstd_1, weights + at->ln_1_weight,
                               ws->sequences * ws->time, d);
}

void
gsc_workspace_backward (GscWorkspace *ws,
                        const float *weights,
                        const GscTokenTable *table,
                        const int32_t *tokens,
                        GscGradient *gradient)
{
  const GscParamLayout *layout = ws->layout;
  int d = layout->config.width;
  int outputs = ws->sequences * ws->n_outputs;

  g_return_if_fail (ws->trains);

  gsc_linear_backward_weight (gradient->block + layout->head, ws->logits, ws->final_norm, outputs,
                              d, layout->config.vocab, FALSE);
  gsc_linear_backward_input (ws->dnorm, ws->logits, weights + layout->head, outputs, d,
                             layout->config.vocab);
  memset (ws->dstream, 0, (gsize) outputs * d * sizeof (float));
  ws->ops->layernorm_backward (ws->dstream, gradient->block + layout->ln_f_weight,
                               gradient->block + layout->ln_f_bias, ws->dnorm, ws->final_stream,
                               ws->final_mean, ws->final_rstd, weights + layout->ln_f_weight,
                               outputs, d);
  for (int l = layout->config.depth - 1; l >= 0; l--)
    backward_block (ws, l, weights, table, tokens, gradient);
  gradient->fresh = FALSE;
}
