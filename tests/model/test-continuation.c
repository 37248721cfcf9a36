/* test-continuation.c - endings after a common beginning against whole sequences
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "gsc-continuation.h"
#include "gsc-ops.h"
#include "gsc-rng.h"
#include "gsc-workspace.h"

#define MAX_TIME 14

static GscModel *
make_model (GscActivation activation, int width, int heads, int depth)
{
  g_autoptr (GError) error = NULL;
  GscModelConfig config = { .vocab = 13,
                            .width = width,
                            .heads = heads,
                            .depth = depth,
                            .activation = activation,
                            .tied = TRUE };
  GscModel *model = gsc_model_new (&config, &error);
  float *weights;

  g_assert_no_error (error);
  gsc_model_init_weights (model, 7);
  /* Strong enough that attention is far from even. */
  weights = gsc_model_get_weights (model);
  for (gsize i = 0; i < gsc_model_get_layout (model)->n_floats; i++)
    weights[i] *= 2.0f;
  return model;
}

/* Random sequences that agree in their first @n_prefix tokens, and their endings. */
static gint32 *
draw_sequences (int vocab, int n_prefix, int n_tail, int sequences, gint32 *tails)
{
  int time = n_prefix + n_tail;
  gint32 *whole = g_new (gint32, sequences * time);
  GscRng rng;

  gsc_rng_init (&rng, 11, GSC_RNG_EVAL, 0, 0);
  for (int s = 0; s < sequences; s++)
    for (int t = 0; t < time; t++)
      {
        gint32 token = (gint32) gsc_rng_below (&rng, (guint32) vocab);

        whole[s * time + t] = t < n_prefix && s > 0 ? whole[t] : token;
        if (t >= n_prefix)
          tails[s * n_tail + t - n_prefix] = token;
      }
  return whole;
}

/* Some heads by zero and some by means that differ from position to position. */
static GscAblation *
make_ablation (const GscModelConfig *config)
{
  int time = 7; /* shorter than some sequences */
  g_autofree float *means = g_new (float, config->depth *time * config->width);
  GscAblation *ablation;

  for (int i = 0; i < config->depth * time * config->width; i++)
    means[i] = (float) (i % 23) * 0.1f - 1.0f;
  ablation = gsc_ablation_new (config, means, time);
  for (int l = 0; l < config->depth; l++)
    gsc_ablation_set (ablation, (guint) l, (guint) ((l + 1) % config->heads),
                      l % 2 == 0 ? GSC_ABLATION_MEAN : GSC_ABLATION_ZERO);
  return ablation;
}

/* Rows of the endings against those of the whole sequences. */
static void
compare (const float *got, const float *whole, int n_prefix, int n_tail, int sequences, int width)
{
  int time = n_prefix + n_tail;

  for (int s = 0; s < sequences; s++)
    for (int t = 0; t < n_tail; t++)
      for (int c = 0; c < width; c++)
        g_assert_cmpfloat_with_epsilon (got[(s * n_tail + t) * width + c],
                                        whole[(s * time + n_prefix + t) * width + c], 2e-4);
}

/* The MLP's output is what the stream has more than before the block and its heads gave. */
static void
check_mlp (const GscModel *model, const GscContinuation *continuation, int layer, int rows)
{
  const GscParamLayout *layout = gsc_model_get_layout ((GscModel *) model);
  int d = layout->config.width;
  g_autofree float *heads = g_new (float, rows *d);
  const float *before = gsc_continuation_get_stream (continuation, layer - 1);
  const float *after = gsc_continuation_get_stream (continuation, layer);
  const float *mlp = gsc_continuation_get_mlp (continuation, layer);

  gsc_linear_forward (heads, gsc_continuation_get_heads (continuation, layer),
                      gsc_model_peek_weights (model) + layout->blocks[layer].out, rows, d, d);
  for (int i = 0; i < rows * d; i++)
    g_assert_cmpfloat_with_epsilon (mlp[i], after[i] - before[i] - heads[i], 2e-4);
}

/* Runs @sequences endings in batches of @batch and compares everything that @end computes up to
 * @layer with a workspace's on the whole sequences. */
static void
check_layer (const GscModel *model,
             const GscAblation *ablation,
             GscContinuationEnd end,
             int layer,
             int n_prefix,
             int n_tail,
             int sequences,
             int batch)
{
  GscParamLayout *layout = gsc_model_get_layout ((GscModel *) model);
  const float *weights = gsc_model_peek_weights (model);
  const GscModelConfig *config = &layout->config;
  int time = n_prefix + n_tail;
  g_autofree gint32 *tails = g_new (gint32, sequences * n_tail);
  g_autofree gint32 *whole = draw_sequences (config->vocab, n_prefix, n_tail, sequences, tails);
  g_autoptr (GscTokenTable) table = gsc_token_table_new (layout);
  g_autoptr (GscWorkspace) ws = gsc_workspace_new (layout, sequences, time, GSC_OUTPUTS_ALL, FALSE);
  g_autoptr (GscContinuation) continuation = NULL;
  int rows, stride;

  gsc_token_table_update (table, weights);
  gsc_workspace_set_ablation (ws, ablation);
  gsc_workspace_forward (ws, weights, table, whole, sequences);
  continuation = gsc_continuation_new (model, ablation, whole, n_prefix, n_tail, batch, end, layer);

  for (int begin = 0; begin < sequences; begin += batch)
    {
      int n = MIN (batch, sequences - begin);
      int last = end == GSC_CONTINUATION_LOGITS ? config->depth - 1 : layer;

      gsc_continuation_forward (continuation, tails + begin * n_tail, n);
      for (int l = 0; l <= last; l++)
        {
          const float *heads = gsc_workspace_get_head_output (ws, l, begin, 0, &rows, &stride);

          compare (gsc_continuation_get_heads (continuation, l), heads, n_prefix, n_tail, n,
                   config->width);
          if (l == last && end == GSC_CONTINUATION_ATTENTION)
            continue;
          compare (gsc_continuation_get_stream (continuation, l),
                   gsc_workspace_get_stream (ws, l + 1, &rows) + begin * time * config->width,
                   n_prefix, n_tail, n, config->width);
          if (l > 0)
            check_mlp (model, continuation, l, n * n_tail);
        }
      if (end == GSC_CONTINUATION_LOGITS)
        compare (gsc_continuation_get_logits (continuation),
                 gsc_workspace_get_logits (ws) + begin * time * config->vocab, n_prefix, n_tail, n,
                 config->vocab);
    }
}

static void
check_model (const GscModel *model)
{
  static const int tails[] = { 1, 2, 3 };
  static const int times[] = { 2, 3, 4, MAX_TIME };
  const GscModelConfig *config = gsc_model_get_config (model);
  g_autoptr (GscAblation) ablation = make_ablation (config);

  for (int k = 0; k < config->depth * 6; k++)
    for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
      for (guint j = 0; j < G_N_ELEMENTS (times); j++)
        if (times[j] >= tails[i])
          {
            int layer = k / 6, prefix = times[j] - tails[i];
            GscContinuationEnd end = (GscContinuationEnd) (k % 3);
            const GscAblation *without = k % 6 < 3 ? NULL : ablation;

            check_layer (model, without, end, layer, prefix, tails[i], 1, 1);
            check_layer (model, without, end, layer, prefix, tails[i], 9, 4);
            check_layer (model, without, end, layer, prefix, tails[i], 9, 20);
          }
}

static void
test_relu (void)
{
  g_autoptr (GscModel) model = make_model (GSC_ACTIVATION_RELU, 32, 2, 3);

  check_model (model);
}

/* A width and a head size that fill no vector. */
static void
test_gelu_odd (void)
{
  g_autoptr (GscModel) model = make_model (GSC_ACTIVATION_GELU, 24, 3, 2);

  check_model (model);
}

static void
test_one_block (void)
{
  g_autoptr (GscModel) model = make_model (GSC_ACTIVATION_RELU, 16, 1, 1);

  check_model (model);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gsc_linear_init ();
  g_test_add_func ("/continuation/relu", test_relu);
  g_test_add_func ("/continuation/gelu-odd", test_gelu_odd);
  g_test_add_func ("/continuation/one-block", test_one_block);
  return g_test_run ();
}
