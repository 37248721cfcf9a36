/* model-fixture.c - the fixtures' models, and a plain computation of what they do
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "model-fixture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "gsc-checkpoint.h"

float *
model_fixture_read (const ModelFixture *fixture, const char *name)
{
  const GscTensorInfo *info = gsc_tensor_file_find (fixture->expected, name);
  float *values;

  g_assert_nonnull (info);
  values = g_new (float, info->n_elements);
  gsc_tensor_file_read_f32 (fixture->expected, info, values);
  return values;
}

static int
read_setting (const ModelFixture *fixture, const char *name)
{
  return atoi (g_hash_table_lookup (gsc_tensor_file_get_metadata (fixture->expected), name));
}

void
model_fixture_open (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *model = g_strdup_printf ("%s.model.safetensors", (const char *) data);
  g_autofree char *expected = g_strdup_printf ("%s.expected.safetensors", (const char *) data);
  g_autofree char *model_path = g_test_build_filename (G_TEST_DIST, "data", model, NULL);
  g_autofree char *expected_path = g_test_build_filename (G_TEST_DIST, "data", expected, NULL);
  g_autofree float *tokens = NULL;

  fixture->model = gsc_checkpoint_load (model_path, 0, NULL, &error);
  g_assert_no_error (error);
  fixture->expected = gsc_tensor_file_open (expected_path, &error);
  g_assert_no_error (error);
  fixture->p = read_setting (fixture, "p");
  fixture->n_shots = (guint) read_setting (fixture, "shots");
  fixture->n_sequences = (guint) gsc_tensor_file_find (fixture->expected, "tokens")->dims[0];
  tokens = model_fixture_read (fixture, "tokens");
  fixture->tokens = g_new (gint32, fixture->n_sequences * 3 * fixture->n_shots);
  for (guint i = 0; i < fixture->n_sequences * 3 * fixture->n_shots; i++)
    fixture->tokens[i] = (gint32) tokens[i];
}

void
model_fixture_close (ModelFixture *fixture, gconstpointer data)
{
  gsc_model_free (fixture->model);
  gsc_tensor_file_free (fixture->expected);
  g_free (fixture->tokens);
}

/* y = LayerNorm (x), of one row */
static void
naive_layernorm (double *y, const double *x, const float *weight, const float *bias, int d)
{
  double mean = 0.0, variance = 0.0;

  for (int i = 0; i < d; i++)
    mean += x[i] / d;
  for (int i = 0; i < d; i++)
    variance += (x[i] - mean) * (x[i] - mean) / d;
  for (int i = 0; i < d; i++)
    y[i] = (x[i] - mean) / sqrt (variance + 1e-5) * weight[i] + bias[i];
}

/* y [n_out] += W x, of one row */
static void
naive_linear (double *y, const double *x, const float *w, int n_in, int n_out)
{
  for (int i = 0; i < n_out; i++)
    for (int j = 0; j < n_in; j++)
      y[i] += (double) w[(gsize) i * n_in + j] * x[j];
}

/* Turns the pairs of a query or key by its position. */
static void
naive_rope (double *x, int position, int size)
{
  for (int i = 0; i < size / 2; i++)
    {
      double angle = position * pow (10000.0, -2.0 * i / size);
      double a = x[2 * i], b = x[2 * i + 1];

      x[2 * i] = a * cos (angle) - b * sin (angle);
      x[2 * i + 1] = a * sin (angle) + b * cos (angle);
    }
}

/* mix [size] = values weighted by the attention of the query at position @at; qkv is [n][3 d] with
 * queries and keys turned */
static void
naive_attention (double *mix, const double *qkv, int at, int d, int head, int size)
{
  g_autofree double *weights = g_new (double, at + 1);
  const double *q = qkv + (gsize) at * 3 * d + head * size;
  double sum = 0.0;

  for (int t = 0; t <= at; t++)
    {
      const double *k = qkv + (gsize) t * 3 * d + d + head * size;
      double score = 0.0;

      for (int c = 0; c < size; c++)
        score += q[c] * k[c];
      weights[t] = exp (score / sqrt (size));
      sum += weights[t];
    }
  for (int c = 0; c < size; c++)
    {
      mix[c] = 0.0;
      for (int t = 0; t <= at; t++)
        mix[c] += weights[t] / sum * qkv[(gsize) t * 3 * d + 2 * d + head * size + c];
    }
}

/* All blocks up to @layer. Each may be NULL: what @head of that block adds to the residual stream,
 * what its MLP adds, and the stream after it; [n][width], zeroed. */
static void
run_blocks (const GscModel *model,
            const gint32 *tokens,
            int n,
            int layer,
            int head,
            double *head_output,
            double *mlp_output,
            double *stream_after)
{
  const GscParamLayout *layout = gsc_model_get_layout (model);
  const float *weights = gsc_model_peek_weights (model);
  int d = layout->config.width, heads = layout->config.heads, size = d / heads;
  g_autofree double *stream = g_new (double, n *d);
  g_autofree double *qkv = g_new (double, n * 3 * d);
  g_autofree double *norm = g_new (double, d);
  g_autofree double *mix = g_new (double, d);
  g_autofree double *hidden = g_new (double, 4 * d);

  g_assert_true (layout->config.activation == GSC_ACTIVATION_RELU);
  for (int i = 0; i < n * d; i++)
    stream[i] = weights[layout->embedding + tokens[i / d] * d + i % d];
  for (int l = 0; l <= layer; l++)
    {
      const GscBlockOffsets *at = &layout->blocks[l];

      memset (qkv, 0, n * 3 * d * sizeof (double));
      for (int t = 0; t < n; t++)
        {
          naive_layernorm (norm, stream + t * d, weights + at->ln_1_weight, weights + at->ln_1_bias,
                           d);
          naive_linear (qkv + t * 3 * d, norm, weights + at->qkv, d, 3 * d);
          for (int h = 0; h < 2 * heads; h++)
            naive_rope (qkv + t * 3 * d + h * size, t, size);
        }
      for (int t = 0; t < n; t++)
        {
          for (int h = 0; h < heads; h++)
            naive_attention (mix + h * size, qkv, t, d, h, size);
          for (int i = 0; i < d && l == layer && head_output != NULL; i++)
            for (int c = head * size; c < (head + 1) * size; c++)
              head_output[t * d + i] += (double) weights[at->out + i * d + c] * mix[c];
          naive_linear (stream + t * d, mix, weights + at->out, d, d);
          naive_layernorm (norm, stream + t * d, weights + at->ln_2_weight, weights + at->ln_2_bias,
                           d);
          memset (hidden, 0, 4 * d * sizeof (double));
          naive_linear (hidden, norm, weights + at->fc, d, 4 * d);
          for (int i = 0; i < 4 * d; i++)
            hidden[i] = MAX (hidden[i], 0.0);
          if (l == layer && mlp_output != NULL)
            naive_linear (mlp_output + t * d, hidden, weights + at->proj, 4 * d, d);
          naive_linear (stream + t * d, hidden, weights + at->proj, 4 * d, d);
        }
    }
  if (stream_after != NULL)
    memcpy (stream_after, stream, n * d * sizeof (double));
}

static double *
new_rows (const GscModel *model, int n)
{
  return g_new0 (double, n *gsc_model_get_config (model)->width);
}

double *
naive_head_output (const GscModel *model, const gint32 *tokens, int n, int layer, int head)
{
  double *output = new_rows (model, n);

  run_blocks (model, tokens, n, layer, head, output, NULL, NULL);
  return output;
}

double *
naive_mlp_output (const GscModel *model, const gint32 *tokens, int n, int layer)
{
  double *output = new_rows (model, n);

  run_blocks (model, tokens, n, layer, 0, NULL, output, NULL);
  return output;
}

double *
naive_stream (const GscModel *model, const gint32 *tokens, int n, int layer)
{
  double *output = new_rows (model, n);

  run_blocks (model, tokens, n, layer, 0, NULL, NULL, output);
  return output;
}
