/* gsc-continuation.c - one beginning of a sequence, many endings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-continuation.h"

#include "gsc-ops.h"
#include "gsc-token-table.h"

/* Rows of tokens that are run together: the beginning, or a batch of endings. Their keys and values
 * stay in the rows from @at on of every block's qkv. */
typedef struct
{
  int sequences;
  int time;             /* tokens of each, from the start of the sequence */
  int queries;          /* the last of them, which are run now */
  gsize at;             /* 0 for the beginning, n_prefix for the endings */
  const gint32 *tokens; /* [sequences * queries] */
  const gint32 *seen;   /* [sequences * time] tokens */
  const gint32 *rows;   /* [sequences * time] the rows of qkv that hold them */
} Part;

struct _GscContinuation
{
  const GscModel *model;
  const GscAblation *ablation; /* or NULL */
  const GscOps *ops;
  GscTokenTable *table; /* stands for the first block's qkv */
  int n_prefix;
  int n_tail;
  int max_sequences;
  GscContinuationEnd end;
  int layer;    /* the last that is run */
  gint32 *seen; /* [max_sequences * (n_prefix + n_tail)] */
  gint32 *rows; /* likewise; never changes */

  float *qkv[GSC_MODEL_MAX_DEPTH]; /* [n_prefix + max_sequences * n_tail][3 d]; not the first */

  /* of the part being run, R rows; what can be asked for lies apart for each block */
  float *mix[GSC_MODEL_MAX_DEPTH];    /* [R][d] the heads' outputs */
  float *mlp[GSC_MODEL_MAX_DEPTH];    /* [R][d] */
  float *stream[GSC_MODEL_MAX_DEPTH]; /* [R][d] after the block */
  float *norm;                        /* [R][d] */
  float *middle;                      /* [R][d] */
  float *logits;                      /* [R][V] */
  float *wide;                        /* [R][4 d] */
  float *before;                      /* [R][4 d] before the activation; GELU only */
  float *mean;                        /* [R] */
  float *rstd;                        /* [R] */
  float *weights;                     /* attention's */
  float *rope_cos;                    /* [time][head_size / 2] */
  float *rope_sin;                    /* likewise */
  float *scratch;                     /* attention's */
  GPtrArray *blocks;                  /* all of these, to be freed */
};

static float *
take (GscContinuation *continuation, gsize n)
{
  float *buffer = g_aligned_alloc0 (MAX (n, 1), sizeof (float), 64);

  g_ptr_array_add (continuation->blocks, buffer);
  return buffer;
}

static GscAttentionShape
attention_shape (const GscContinuation *continuation, const Part *part)
{
  const GscModelConfig *config = gsc_model_get_config (continuation->model);

  return (GscAttentionShape){
    .sequences = part->sequences,
    .time = part->time,
    .heads = config->heads,
    .head_size = config->width / config->heads,
    .queries = part->queries,
    .query_first = part->time - part->queries,
    .query_stride = 1,
  };
}

static void
run_attention (GscContinuation *continuation, const Part *part, int layer)
{
  GscAttentionShape shape = attention_shape (continuation, part);
  const float *qkv = layer == 0 ? continuation->table->qkv : continuation->qkv[layer];
  gsize d = gsc_model_get_config (continuation->model)->width;
  /* In the later blocks rows are chosen by number as the first block chooses them by token. */
  GscAttentionInput input = {
    qkv, qkv + d, qkv + 2 * d, 3 * d, 3 * d, layer == 0 ? part->seen : part->rows,
  };

  continuation->ops->attention_forward (continuation->mix[layer], continuation->weights, &input,
                                        continuation->rope_cos, continuation->rope_sin, &shape,
                                        continuation->scratch);
  gsc_ablation_apply (continuation->ablation, (guint) layer, continuation->mix[layer],
                      (gsize) part->sequences * part->queries, shape.queries, shape.query_first,
                      shape.query_stride);
}

/* From the attention of @layer to the LayerNorm that the next block, or the logits, begin with. */
static void
run_rest_of_block (GscContinuation *continuation, const Part *part, int layer)
{
  const GscParamLayout *layout = gsc_model_get_layout (continuation->model);
  const GscBlockOffsets *at = &layout->blocks[layer];
  const float *weights = gsc_model_peek_weights (continuation->model);
  const float *stream = layer == 0 ? weights + layout->embedding : continuation->stream[layer - 1];
  gboolean last = layer == layout->config.depth - 1;
  gboolean gelu = layout->config.activation == GSC_ACTIVATION_GELU;
  int rows = part->sequences * part->queries;
  int d = layout->config.width;
  gsize n = (gsize) rows * 4 * d;

  gsc_linear_forward (continuation->middle, continuation->mix[layer], weights + at->out, rows, d,
                      d);
  continuation->ops->residual_layernorm_forward (
      continuation->middle, continuation->norm, continuation->mean, continuation->rstd, stream,
      layer == 0 ? part->tokens : NULL, continuation->middle, weights + at->ln_2_weight,
      weights + at->ln_2_bias, rows, d);
  gsc_linear_forward (gelu ? continuation->before : continuation->wide, continuation->norm,
                      weights + at->fc, rows, d, 4 * d);
  if (gelu)
    continuation->ops->gelu_forward (continuation->wide, continuation->before, n);
  else
    continuation->ops->relu_forward (continuation->wide, n);
  gsc_linear_forward (continuation->mlp[layer], continuation->wide, weights + at->proj, rows, 4 * d,
                      d);
  continuation->ops->residual_layernorm_forward (
      continuation->stream[layer], continuation->norm, continuation->mean, continuation->rstd,
      continuation->middle, NULL, continuation->mlp[layer],
      weights + (last ? layout->ln_f_weight : layout->blocks[layer + 1].ln_1_weight),
      weights + (last ? layout->ln_f_bias : layout->blocks[layer + 1].ln_1_bias), rows, d);
}

/* All blocks before the last that is run, and its queries, keys and values. */
static void
run_part (GscContinuation *continuation, const Part *part)
{
  const GscParamLayout *layout = gsc_model_get_layout (continuation->model);
  const float *weights = gsc_model_peek_weights (continuation->model);
  int d = layout->config.width;

  for (int l = 0; l < continuation->layer; l++)
    {
      run_attention (continuation, part, l);
      run_rest_of_block (continuation, part, l);
      gsc_linear_forward (continuation->qkv[l + 1] + part->at * 3 * d, continuation->norm,
                          weights + layout->blocks[l + 1].qkv, part->sequences * part->queries, d,
                          3 * d);
    }
}

static void
take_all (GscContinuation *continuation)
{
  const GscModelConfig *config = gsc_model_get_config (continuation->model);
  int time = continuation->n_prefix + continuation->n_tail;
  gsize d = config->width;
  gsize tails = (gsize) continuation->max_sequences * continuation->n_tail;
  gsize rows = MAX (tails, (gsize) continuation->n_prefix);
  gsize angles = (gsize) time * (d / config->heads) / 2;
  GscAttentionShape shape = { 1, time, config->heads, config->width / config->heads, time, 0, 1 };

  for (int l = 1; l <= continuation->layer; l++)
    continuation->qkv[l] = take (continuation, (continuation->n_prefix + tails) * 3 * d);
  for (int l = 0; l <= continuation->layer; l++)
    {
      continuation->mix[l] = take (continuation, rows * d);
      continuation->mlp[l] = take (continuation, rows * d);
      continuation->stream[l] = take (continuation, rows * d);
    }
  if (continuation->end == GSC_CONTINUATION_LOGITS)
    continuation->logits = take (continuation, tails * config->vocab);
  continuation->norm = take (continuation, rows * d);
  continuation->middle = take (continuation, rows * d);
  continuation->wide = take (continuation, rows * 4 * d);
  if (config->activation == GSC_ACTIVATION_GELU)
    continuation->before = take (continuation, rows * 4 * d);
  continuation->mean = take (continuation, rows);
  continuation->rstd = take (continuation, rows);
  continuation->weights = take (continuation, rows * config->heads * GSC_PADDED (time));
  continuation->rope_cos = take (continuation, angles);
  continuation->rope_sin = take (continuation, angles);
  continuation->scratch = take (continuation, gsc_attention_scratch_floats (&shape));
}

/* The tokens of the beginning in every sequence, and where its rows and those of the endings lie.
 */
static void
lay_out_rows (GscContinuation *continuation, const gint32 *tokens)
{
  int prefix = continuation->n_prefix, tail = continuation->n_tail;

  for (int s = 0; s < continuation->max_sequences; s++)
    {
      gint32 *rows = continuation->rows + (gsize) s * (prefix + tail);
      gint32 *seen = continuation->seen + (gsize) s * (prefix + tail);

      for (int t = 0; t < prefix; t++)
        {
          rows[t] = t;
          seen[t] = tokens[t];
        }
      for (int t = 0; t < tail; t++)
        rows[prefix + t] = prefix + s * tail + t;
    }
}

GscContinuation *
gsc_continuation_new (const GscModel *model,
                      const GscAblation *ablation,
                      const gint32 *tokens,
                      int n_prefix,
                      int n_tail,
                      int max_sequences,
                      GscContinuationEnd end,
                      int layer)
{
  const GscModelConfig *config = gsc_model_get_config (model);
  GscContinuation *continuation;
  int time = n_prefix + n_tail;

  if (end == GSC_CONTINUATION_LOGITS)
    layer = config->depth - 1;
  g_return_val_if_fail (n_prefix >= 0 && n_tail >= 1 && time <= GSC_MAX_TIME, NULL);
  g_return_val_if_fail (max_sequences >= 1 && layer >= 0 && layer < config->depth, NULL);

  continuation = g_new0 (GscContinuation, 1);
  continuation->model = model;
  continuation->ablation = ablation;
  continuation->ops = gsc_ops_get ();
  continuation->n_prefix = n_prefix;
  continuation->n_tail = n_tail;
  continuation->max_sequences = max_sequences;
  continuation->end = end;
  continuation->layer = layer;
  continuation->blocks = g_ptr_array_new_with_free_func (g_aligned_free);
  continuation->seen = g_new0 (gint32, (gsize) max_sequences * time);
  continuation->rows = g_new0 (gint32, (gsize) max_sequences * time);
  take_all (continuation);
  gsc_rope_table (continuation->rope_cos, continuation->rope_sin, time,
                  config->width / config->heads);
  lay_out_rows (continuation, tokens);
  continuation->table = gsc_token_table_new (gsc_model_get_layout (model));
  gsc_token_table_update (continuation->table, gsc_model_peek_weights (model));
  if (n_prefix > 0)
    run_part (continuation,
              &(Part){ 1, n_prefix, n_prefix, 0, tokens, continuation->seen, continuation->rows });
  return continuation;
}

void
gsc_continuation_free (GscContinuation *continuation)
{
  if (continuation == NULL)
    return;
  g_ptr_array_unref (continuation->blocks);
  gsc_token_table_free (continuation->table);
  g_free (continuation->seen);
  g_free (continuation->rows);
  g_free (continuation);
}

void
gsc_continuation_forward (GscContinuation *continuation, const gint32 *tails, int sequences)
{
  int prefix = continuation->n_prefix, tail = continuation->n_tail;
  Part part = { sequences,          prefix + tail,     tail, (gsize) prefix, tails,
                continuation->seen, continuation->rows };

  g_return_if_fail (sequences >= 1 && sequences <= continuation->max_sequences);

  for (int s = 0; s < sequences; s++)
    for (int t = 0; t < tail; t++)
      continuation->seen[(gsize) s * (prefix + tail) + prefix + t] = tails[s * tail + t];
  run_part (continuation, &part);
  run_attention (continuation, &part, continuation->layer);
  if (continuation->end != GSC_CONTINUATION_ATTENTION)
    run_rest_of_block (continuation, &part, continuation->layer);
  if (continuation->end == GSC_CONTINUATION_LOGITS)
    {
      const GscParamLayout *layout = gsc_model_get_layout (continuation->model);

      gsc_linear_forward (continuation->logits, continuation->norm,
                          gsc_model_peek_weights (continuation->model) + layout->head,
                          sequences * tail, layout->config.width, layout->config.vocab);
    }
}

const float *
gsc_continuation_get_heads (const GscContinuation *continuation, int layer)
{
  g_return_val_if_fail (layer >= 0 && layer <= continuation->layer, NULL);

  return continuation->mix[layer];
}

/* Whether the MLP of @layer is run. */
static gboolean
has_mlp (const GscContinuation *continuation, int layer)
{
  return layer >= 0
         && (layer < continuation->layer
             || (layer == continuation->layer && continuation->end != GSC_CONTINUATION_ATTENTION));
}

const float *
gsc_continuation_get_mlp (const GscContinuation *continuation, int layer)
{
  g_return_val_if_fail (has_mlp (continuation, layer), NULL);

  return continuation->mlp[layer];
}

const float *
gsc_continuation_get_stream (const GscContinuation *continuation, int layer)
{
  g_return_val_if_fail (has_mlp (continuation, layer), NULL);

  return continuation->stream[layer];
}

const float *
gsc_continuation_get_logits (const GscContinuation *continuation)
{
  g_return_val_if_fail (continuation->end == GSC_CONTINUATION_LOGITS, NULL);

  return continuation->logits;
}
