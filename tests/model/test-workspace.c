/* test-workspace.c - the whole model against the PyTorch fixtures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tolerances are those of the fixtures' README: logits and attention 1e-5 absolute, each gradient
 * 1e-5 relative in norm, AdamW losses 1e-5, weights after ten steps 1e-4 relative in norm.
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-checkpoint.h"
#include "gsc-ops.h"
#include "gsc-rng.h"
#include "gsc-tensor-file.h"
#include "gsc-workspace.h"

typedef struct
{
  GscModel *model;
  GscTensorFile *expected;
  int shots;
  int time;
} Fixture;

static float *
read_floats (GscTensorFile *file, const char *name, gsize *n)
{
  const GscTensorInfo *info = gsc_tensor_file_find (file, name);
  float *values;

  if (info == NULL)
    g_error ("the fixture has no %s", name);
  values = g_new (float, info->n_elements);
  gsc_tensor_file_read_f32 (file, info, values);
  if (n != NULL)
    *n = info->n_elements;
  return values;
}

static int32_t *
read_tokens (GscTensorFile *file, const char *name, gsize *n)
{
  g_autofree float *values = read_floats (file, name, n);
  int32_t *tokens = g_new (int32_t, *n);

  for (gsize i = 0; i < *n; i++)
    tokens[i] = (int32_t) values[i];
  return tokens;
}

static void
fixture_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *model = g_strdup_printf ("%s.model.safetensors", (const char *) data);
  g_autofree char *expected = g_strdup_printf ("%s.expected.safetensors", (const char *) data);
  g_autofree char *model_path = g_test_build_filename (G_TEST_DIST, "data", model, NULL);
  g_autofree char *expected_path = g_test_build_filename (G_TEST_DIST, "data", expected, NULL);
  GHashTable *metadata;

  fixture->model = gsc_checkpoint_load (model_path, 0, NULL, &error);
  g_assert_no_error (error);
  fixture->expected = gsc_tensor_file_open (expected_path, &error);
  g_assert_no_error (error);
  metadata = gsc_tensor_file_get_metadata (fixture->expected);
  fixture->shots = atoi (g_hash_table_lookup (metadata, "shots"));
  fixture->time = 3 * fixture->shots - 1;
}

static void
fixture_close (Fixture *fixture, gconstpointer data)
{
  gsc_model_free (fixture->model);
  gsc_tensor_file_free (fixture->expected);
}

/* rows [batch][3 shots] -> what the model reads [batch][3 shots - 1] and the answers [batch][shots]
 */
static void
split_tokens (const int32_t *rows, int batch, int shots, int32_t *read, int32_t *answers)
{
  int time = 3 * shots - 1;

  for (int b = 0; b < batch; b++)
    {
      memcpy (read + b * time, rows + b * 3 * shots, time * sizeof (int32_t));
      for (int i = 0; i < shots; i++)
        answers[b * shots + i] = rows[b * 3 * shots + 3 * i + 2];
    }
}

static double
relative_difference (const float *a, const float *b, gsize n)
{
  double difference = 0.0, norm = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      difference += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
      norm += (double) b[i] * b[i];
    }
  return sqrt (difference) / sqrt (norm);
}

static void
test_logits_and_attention (Fixture *fixture, gconstpointer data)
{
  GscParamLayout *layout = gsc_model_get_layout (fixture->model);
  const float *weights = gsc_model_peek_weights (fixture->model);
  g_autoptr (GscTokenTable) table = gsc_token_table_new (layout);
  g_autoptr (GscWorkspace) all = NULL;
  g_autoptr (GscWorkspace) answers_only = NULL;
  gsize n_tokens, n_logits;
  g_autofree int32_t *rows = read_tokens (fixture->expected, "tokens", &n_tokens);
  g_autofree float *expected = read_floats (fixture->expected, "logits", &n_logits);
  int batch = n_tokens / (3 * fixture->shots), time = fixture->time, vocab = layout->config.vocab;
  g_autofree int32_t *tokens = g_new (int32_t, batch * time);
  g_autofree int32_t *answers = g_new (int32_t, batch * fixture->shots);
  const float *logits, *reduced;

  split_tokens (rows, batch, fixture->shots, tokens, answers);
  all = gsc_workspace_new (layout, batch, time, GSC_OUTPUTS_ALL, FALSE);
  answers_only = gsc_workspace_new (layout, batch, time, GSC_OUTPUTS_ANSWERS, FALSE);
  gsc_token_table_update (table, weights);

  gsc_workspace_forward (all, weights, table, tokens, batch);
  logits = gsc_workspace_get_logits (all);
  g_assert_cmpuint (n_logits, ==, (gsize) batch * time * vocab);
  for (gsize i = 0; i < n_logits; i++)
    g_assert_cmpfloat_with_epsilon (logits[i], expected[i], 1e-5);

  gsc_workspace_forward (answers_only, weights, table, tokens, batch);
  reduced = gsc_workspace_get_logits (answers_only);
  for (int b = 0; b < batch; b++)
    for (int i = 0; i < fixture->shots; i++)
      for (int v = 0; v < vocab; v++)
        g_assert_cmpfloat_with_epsilon (reduced[(b * fixture->shots + i) * vocab + v],
                                        expected[(b * time + 3 * i + 1) * vocab + v], 1e-5);

  for (int l = 0; l < layout->config.depth; l++)
    {
      g_autofree char *name = g_strdup_printf ("attention.%d", l);
      g_autofree float *attention = read_floats (fixture->expected, name, NULL);

      for (int b = 0; b < batch; b++)
        for (int h = 0; h < layout->config.heads; h++)
          {
            int queries, stride;
            const float *map = gsc_workspace_get_attention (all, l, b, h, &queries, &stride);

            g_assert_cmpint (queries, ==, time);
            for (int i = 0; i < time; i++)
              for (int j = 0; j < time; j++)
                g_assert_cmpfloat_with_epsilon (
                    map[i * stride + j],
                    attention[((b * layout->config.heads + h) * time + i) * time + j], 1e-5);
          }
    }
}

/* A head's output is its keys' values, weighted by its attention; of the first block the values are
 * in the token table. */
static void
test_head_output (Fixture *fixture, gconstpointer data)
{
  GscParamLayout *layout = gsc_model_get_layout (fixture->model);
  const float *weights = gsc_model_peek_weights (fixture->model);
  g_autoptr (GscTokenTable) table = gsc_token_table_new (layout);
  gsize n_tokens;
  g_autofree int32_t *rows = read_tokens (fixture->expected, "tokens", &n_tokens);
  int batch = n_tokens / (3 * fixture->shots), time = fixture->time;
  int heads = layout->config.heads, d = layout->config.width, size = d / heads;
  int last = layout->config.depth - 1;
  g_autofree int32_t *tokens = g_new (int32_t, batch * time);
  g_autofree int32_t *answers = g_new (int32_t, batch * fixture->shots);
  g_autoptr (GscWorkspace) all = gsc_workspace_new (layout, batch, time, GSC_OUTPUTS_ALL, FALSE);
  g_autoptr (GscWorkspace) answers_only
      = gsc_workspace_new (layout, batch, time, GSC_OUTPUTS_ANSWERS, FALSE);

  split_tokens (rows, batch, fixture->shots, tokens, answers);
  gsc_token_table_update (table, weights);
  gsc_workspace_forward (all, weights, table, tokens, batch);
  gsc_workspace_forward (answers_only, weights, table, tokens, batch);
  for (int b = 0; b < batch; b++)
    for (int h = 0; h < heads; h++)
      {
        int queries, stride, map_stride, few, few_stride;
        const float *map = gsc_workspace_get_attention (all, 0, b, h, &queries, &map_stride);
        const float *output = gsc_workspace_get_head_output (all, 0, b, h, &queries, &stride);
        const float *full, *reduced;

        g_assert_cmpint (queries, ==, time);
        for (int i = 0; i < time; i++)
          for (int c = 0; c < size; c++)
            {
              double sum = 0.0;

              for (int j = 0; j <= i; j++)
                sum += (double) map[i * map_stride + j]
                       * table->qkv[tokens[b * time + j] * 3 * d + 2 * d + h * size + c];
              g_assert_cmpfloat_with_epsilon (output[i * stride + c], sum, 1e-5);
            }

        full = gsc_workspace_get_head_output (all, last, b, h, &queries, &stride);
        reduced = gsc_workspace_get_head_output (answers_only, last, b, h, &few, &few_stride);
        g_assert_cmpint (queries, ==, time);
        g_assert_cmpint (few, ==, fixture->shots);
        for (int i = 0; i < few; i++)
          for (int c = 0; c < size; c++)
            g_assert_cmpfloat_with_epsilon (reduced[i * few_stride + c],
                                            full[(3 * i + 1) * stride + c], 1e-5);
      }
}

/* Mean loss over the answers; its gradient in @gradient, micro-batches of @micro sequences. */
static double
mean_loss (
    GscModel *model, const int32_t *rows, int batch, int shots, int micro, GscGradient *gradient)
{
  GscParamLayout *layout = gsc_model_get_layout (model);
  const float *weights = gsc_model_peek_weights (model);
  int time = 3 * shots - 1;
  g_autoptr (GscTokenTable) table = gsc_token_table_new (layout);
  g_autoptr (GscWorkspace) ws = gsc_workspace_new (layout, micro, time, GSC_OUTPUTS_ANSWERS, TRUE);
  g_autofree int32_t *tokens = g_new (int32_t, batch * time);
  g_autofree int32_t *answers = g_new (int32_t, batch * shots);
  double sum = 0.0;

  split_tokens (rows, batch, shots, tokens, answers);
  gsc_token_table_update (table, weights);
  gsc_gradient_clear (gradient);
  for (int b = 0; b < batch; b += micro)
    {
      int n = MIN (micro, batch - b);

      gsc_workspace_forward (ws, weights, table, tokens + b * time, n);
      sum += gsc_workspace_loss (ws, answers + b * shots, 1.0f / (batch * shots), NULL, NULL);
      gsc_workspace_backward (ws, weights, table, tokens + b * time, gradient);
    }
  gsc_gradient_finish (gradient, weights, table);
  return sum / (batch * shots);
}

static void
test_loss_and_gradients (Fixture *fixture, gconstpointer data)
{
  GscParamLayout *layout = gsc_model_get_layout (fixture->model);
  g_autoptr (GscGradient) gradient = gsc_gradient_new (layout);
  gsize n_tokens;
  g_autofree int32_t *rows = read_tokens (fixture->expected, "tokens", &n_tokens);
  g_autofree float *expected = read_floats (fixture->expected, "loss", NULL);
  int batch = n_tokens / (3 * fixture->shots);

  for (int micro = 1; micro <= batch; micro++)
    {
      double loss = mean_loss (fixture->model, rows, batch, fixture->shots, micro, gradient);

      g_assert_cmpfloat_with_epsilon (loss, expected[0], 1e-5);
      for (guint i = 0; i < layout->n_views; i++)
        {
          const GscParamView *view = &layout->views[i];
          g_autofree char *name = g_strconcat ("grad.", view->name, NULL);
          gsize n;
          g_autofree float *reference = read_floats (fixture->expected, name, &n);
          double difference;

          g_assert_cmpuint (n, ==, (gsize) view->rows * view->cols);
          difference = relative_difference (gradient->block + view->offset, reference, n);
          g_test_message ("%s: %.2g", name, difference);
          g_assert_cmpfloat (difference, <, 1e-5);
        }
    }
}

static void
test_adamw (Fixture *fixture, gconstpointer data)
{
  GscParamLayout *layout = gsc_model_get_layout (fixture->model);
  GHashTable *metadata = gsc_tensor_file_get_metadata (fixture->expected);
  g_autoptr (GscGradient) gradient = gsc_gradient_new (layout);
  float *weights = gsc_model_get_weights (fixture->model);
  float *m = gsc_param_block_new (layout), *v = gsc_param_block_new (layout);
  gsize n_tokens;
  g_autofree int32_t *rows = read_tokens (fixture->expected, "adamw.tokens", &n_tokens);
  g_autofree float *losses = read_floats (fixture->expected, "adamw.losses", NULL);
  int batch = n_tokens / (10 * 3 * fixture->shots);
#define SETTING(name) ((float) g_ascii_strtod (g_hash_table_lookup (metadata, "adamw_" name), NULL))
  GscAdamWStep step = { .lr = SETTING ("lr"),
                        .beta1 = SETTING ("beta1"),
                        .beta2 = SETTING ("beta2"),
                        .epsilon = SETTING ("epsilon") };
  float decay = SETTING ("weight_decay");
#undef SETTING

  for (int t = 0; t < 10; t++)
    {
      double loss = mean_loss (fixture->model, rows + t * batch * 3 * fixture->shots, batch,
                               fixture->shots, batch, gradient);

      g_assert_cmpfloat_with_epsilon (loss, losses[t], 1e-5);
      step.correction1 = 1.0f - (float) pow (step.beta1, t + 1);
      step.correction2 = 1.0f - (float) pow (step.beta2, t + 1);
      for (guint i = 0; i < layout->n_views; i++)
        {
          const GscParamView *view = &layout->views[i];

          step.weight_decay = view->kind == GSC_PARAM_NORM ? 0.0f : decay;
          gsc_ops_get ()->adamw (weights + view->offset, m + view->offset, v + view->offset,
                                 gradient->block + view->offset, (gsize) view->rows * view->cols,
                                 &step);
        }
    }
  for (guint i = 0; i < layout->n_views; i++)
    {
      const GscParamView *view = &layout->views[i];
      g_autofree char *name = g_strconcat ("adamw.after.", view->name, NULL);
      g_autofree float *reference = read_floats (fixture->expected, name, NULL);

      g_assert_cmpfloat (
          relative_difference (weights + view->offset, reference, (gsize) view->rows * view->cols),
          <, 1e-4);
    }
  gsc_param_block_free (m);
  gsc_param_block_free (v);
}

int
main (int argc, char **argv)
{
  static const char *const depths[] = { "depth2", "depth3" };

  g_test_init (&argc, &argv, NULL);
  gsc_linear_init ();
  for (guint i = 0; i < G_N_ELEMENTS (depths); i++)
    {
      g_autofree char *logits = g_strdup_printf ("/workspace/%s/logits-and-attention", depths[i]);
      g_autofree char *output = g_strdup_printf ("/workspace/%s/head-output", depths[i]);
      g_autofree char *gradients = g_strdup_printf ("/workspace/%s/loss-and-gradients", depths[i]);
      g_autofree char *adamw = g_strdup_printf ("/workspace/%s/adamw", depths[i]);

      g_test_add (logits, Fixture, depths[i], fixture_open, test_logits_and_attention,
                  fixture_close);
      g_test_add (output, Fixture, depths[i], fixture_open, test_head_output, fixture_close);
      g_test_add (gradients, Fixture, depths[i], fixture_open, test_loss_and_gradients,
                  fixture_close);
      g_test_add (adamw, Fixture, depths[i], fixture_open, test_adamw, fixture_close);
    }
  return g_test_run ();
}
