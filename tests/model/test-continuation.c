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

/* Runs @sequences endings in batches of @batch and compares every head of @layer with a workspace's
 * on the whole sequences. */
static void
check_layer (const GscModel *model, int layer, int n_prefix, int n_tail, int sequences, int batch)
{
  GscParamLayout *layout = gsc_model_get_layout (model);
  const float *weights = gsc_model_peek_weights (model);
  int time = n_prefix + n_tail, heads = layout->config.heads;
  int size = layout->config.width / heads;
  g_autofree gint32 *whole = g_new (gint32, sequences * time);
  g_autofree gint32 *tails = g_new (gint32, sequences * n_tail);
  g_autoptr (GscTokenTable) table = gsc_token_table_new (layout);
  g_autoptr (GscWorkspace) ws = gsc_workspace_new (layout, sequences, time, GSC_OUTPUTS_ALL, FALSE);
  g_autoptr (GscContinuation) continuation = NULL;
  GscRng rng;

  gsc_rng_init (&rng, 11, GSC_RNG_EVAL, 0, 0);
  for (int s = 0; s < sequences; s++)
    for (int t = 0; t < time; t++)
      {
        gint32 token = (gint32) gsc_rng_below (&rng, (guint32) layout->config.vocab);

        whole[s * time + t] = t < n_prefix && s > 0 ? whole[t] : token;
        if (t >= n_prefix)
          tails[s * n_tail + t - n_prefix] = token;
      }
  gsc_token_table_update (table, weights);
  gsc_workspace_forward (ws, weights, table, whole, sequences);
  continuation = gsc_continuation_new (model, whole, n_prefix, n_tail, batch, layer);

  for (int begin = 0; begin < sequences; begin += batch)
    {
      int n = MIN (batch, sequences - begin);

      gsc_continuation_forward (continuation, tails + begin * n_tail, n);
      for (int s = 0; s < n; s++)
        for (int h = 0; h < heads; h++)
          {
            int queries, stride, expected_stride;
            const float *expected = gsc_workspace_get_head_output (ws, layer, begin + s, h,
                                                                   &queries, &expected_stride);
            const float *output = gsc_continuation_get_head_output (continuation, s, h, &stride);

            for (int t = 0; t < n_tail; t++)
              for (int c = 0; c < size; c++)
                g_assert_cmpfloat_with_epsilon (
                    output[t * stride + c], expected[(n_prefix + t) * expected_stride + c], 1e-4);
          }
    }
}

static void
check_model (const GscModel *model)
{
  static const int tails[] = { 1, 2, 3 };
  static const int times[] = { 2, 3, 4, MAX_TIME };

  for (int layer = 0; layer < gsc_model_get_config (model)->depth; layer++)
    for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
      for (guint j = 0; j < G_N_ELEMENTS (times); j++)
        if (times[j] >= tails[i])
          {
            check_layer (model, layer, times[j] - tails[i], tails[i], 1, 1);
            check_layer (model, layer, times[j] - tails[i], tails[i], 9, 4);
            check_layer (model, layer, times[j] - tails[i], tails[i], 9, 20);
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
