/* test-ablation.c - heads taken out against models that lack them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <string.h>

#include "gsc-ablation.h"
#include "gsc-model.h"
#include "gsc-ops.h"
#include "gsc-rng.h"
#include "gsc-workspace.h"

#define TIME 11
#define SEQUENCES 3
#define DEPTH 2
#define HEADS 4
#define WIDTH 32

static GscModel *
make_model (void)
{
  g_autoptr (GError) error = NULL;
  GscModelConfig config
      = { .vocab = 7, .width = WIDTH, .heads = HEADS, .depth = DEPTH, .tied = TRUE };
  GscModel *model = gsc_model_new (&config, &error);
  float *weights;

  g_assert_no_error (error);
  gsc_model_init_weights (model, 3);
  weights = gsc_model_get_weights (model);
  for (gsize i = 0; i < gsc_model_get_layout (model)->n_floats; i++)
    weights[i] *= 2.0f;
  return model;
}

/* Logits [SEQUENCES][Q][V] of random sequences. */
static float *
run (GscModel *model, const GscAblation *ablation, GscOutputs outputs, gsize *n)
{
  GscParamLayout *layout = gsc_model_get_layout (model);
  g_autoptr (GscTokenTable) table = gsc_token_table_new (layout);
  g_autoptr (GscWorkspace) ws = gsc_workspace_new (layout, SEQUENCES, TIME, outputs, FALSE);
  gint32 tokens[SEQUENCES * TIME];
  GscRng rng;

  gsc_rng_init (&rng, 5, GSC_RNG_EVAL, 0, 0);
  for (int i = 0; i < SEQUENCES * TIME; i++)
    tokens[i] = (gint32) gsc_rng_below (&rng, 7);
  gsc_token_table_update (table, gsc_model_peek_weights (model));
  gsc_workspace_set_ablation (ws, ablation);
  gsc_workspace_forward (ws, gsc_model_peek_weights (model), table, tokens, SEQUENCES);
  *n = (gsize) SEQUENCES * (gsize) gsc_workspace_get_n_outputs (ws) * 7;
  return g_memdup2 (gsc_workspace_get_logits (ws), *n * sizeof (float));
}

static void
assert_equal_logits (const float *a, const float *b, gsize n)
{
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (a[i], b[i], 1e-4);
}

/* Sets the columns of Wo that read @head to zero. */
static void
remove_head (GscModel *model, int layer, int head)
{
  float *out = gsc_model_get_weights (model) + gsc_model_get_layout (model)->blocks[layer].out;

  for (int row = 0; row < WIDTH; row++)
    memset (out + row * WIDTH + head * WIDTH / HEADS, 0, WIDTH / HEADS * sizeof (float));
}

static void
test_zero (void)
{
  for (int outputs = 0; outputs < 2; outputs++)
    for (int i = 0; i < DEPTH * HEADS; i++)
      {
        g_autoptr (GscModel) model = make_model ();
        g_autoptr (GscModel) lacking = gsc_model_copy (model);
        g_autoptr (GscAblation) ablation = gsc_ablation_new (gsc_model_get_config (model), NULL, 0);
        g_autofree float *whole = NULL, *ablated = NULL, *expected = NULL;
        gsize n;
        double change = 0;

        gsc_ablation_set (ablation, i / HEADS, i % HEADS, GSC_ABLATION_ZERO);
        remove_head (lacking, i / HEADS, i % HEADS);
        whole = run (model, NULL, (GscOutputs) outputs, &n);
        ablated = run (model, ablation, (GscOutputs) outputs, &n);
        expected = run (lacking, NULL, (GscOutputs) outputs, &n);
        assert_equal_logits (ablated, expected, n);
        for (gsize k = 0; k < n; k++)
          change = MAX (change, ABS (whole[k] - ablated[k]));
        g_assert_cmpfloat (change, >, 1e-3);
      }
}

/* Replacing a head's outputs by what they are changes nothing. */
static void
test_own_outputs (void)
{
  g_autoptr (GscModel) model = make_model ();
  GscParamLayout *layout = gsc_model_get_layout (model);
  g_autoptr (GscTokenTable) table = gsc_token_table_new (layout);
  g_autoptr (GscWorkspace) ws = gsc_workspace_new (layout, 1, TIME, GSC_OUTPUTS_ALL, FALSE);
  g_autoptr (GscAblation) ablation = NULL;
  g_autofree float *means = g_new (float, DEPTH *TIME *WIDTH);
  g_autofree float *logits = NULL;
  gint32 tokens[TIME];

  for (int i = 0; i < TIME; i++)
    tokens[i] = i * 5 % 7;
  gsc_token_table_update (table, gsc_model_peek_weights (model));
  gsc_workspace_forward (ws, gsc_model_peek_weights (model), table, tokens, 1);
  logits = g_memdup2 (gsc_workspace_get_logits (ws), TIME * 7 * sizeof (float));
  for (int l = 0; l < DEPTH; l++)
    {
      int queries, stride;
      const float *mix = gsc_workspace_get_head_output (ws, l, 0, 0, &queries, &stride);

      g_assert_cmpint (queries * stride, ==, TIME * WIDTH);
      memcpy (means + l * TIME * WIDTH, mix, TIME * WIDTH * sizeof (float));
    }
  ablation = gsc_ablation_new (gsc_model_get_config (model), means, TIME);
  for (int i = 0; i < DEPTH * HEADS; i++)
    gsc_ablation_set (ablation, i / HEADS, i % HEADS, GSC_ABLATION_MEAN);
  gsc_workspace_set_ablation (ws, ablation);
  gsc_workspace_forward (ws, gsc_model_peek_weights (model), table, tokens, 1);
  assert_equal_logits (logits, gsc_workspace_get_logits (ws), TIME * 7);
}

/* Beyond the known positions the means of the same slot are taken; answers' rows know where they
 * are. */
static void
test_positions (void)
{
  GscModelConfig config = { .vocab = 7, .width = 4, .heads = 2, .depth = 1, .tied = TRUE };
  float means[5 * 4];
  float rows[12 * 4];
  g_autoptr (GscAblation) ablation = NULL;

  for (int i = 0; i < 5 * 4; i++)
    means[i] = (float) i;
  ablation = gsc_ablation_new (&config, means, 5);
  gsc_ablation_set (ablation, 0, 1, GSC_ABLATION_MEAN);

  memset (rows, 0, sizeof rows);
  gsc_ablation_apply (ablation, 0, rows, 12, 12, 0, 1);
  for (int t = 0; t < 12; t++)
    {
      int known = t < 5 ? t : 2 + (t - 2) % 3;

      g_assert_cmpfloat (rows[t * 4 + 0], ==, 0);
      g_assert_cmpfloat (rows[t * 4 + 2], ==, known * 4 + 2);
      g_assert_cmpfloat (rows[t * 4 + 3], ==, known * 4 + 3);
    }

  /* Two sequences of two answers. */
  gsc_ablation_apply (ablation, 0, rows, 4, 2, 1, 3);
  g_assert_cmpfloat (rows[0 * 4 + 2], ==, 1 * 4 + 2);
  g_assert_cmpfloat (rows[1 * 4 + 2], ==, 4 * 4 + 2);
  g_assert_cmpfloat (rows[2 * 4 + 2], ==, 1 * 4 + 2);
  g_assert_cmpfloat (rows[3 * 4 + 2], ==, 4 * 4 + 2);
}

static void
test_sets (void)
{
  GscModelConfig config = { .vocab = 7, .width = 4, .heads = 2, .depth = 2, .tied = TRUE };
  g_autoptr (GscAblation) a = gsc_ablation_new (&config, NULL, 0);
  g_autoptr (GscAblation) b = NULL;

  g_assert_cmpuint (gsc_ablation_count (NULL), ==, 0);
  g_assert_cmpuint (gsc_ablation_count (a), ==, 0);
  g_assert_true (gsc_ablation_equal (a, NULL));
  g_assert_false (gsc_ablation_has_means (a));
  gsc_ablation_set (a, 1, 0, GSC_ABLATION_ZERO);
  g_assert_false (gsc_ablation_equal (a, NULL));
  b = gsc_ablation_copy (a);
  g_assert_true (gsc_ablation_equal (a, b));
  gsc_ablation_set (b, 1, 0, GSC_ABLATION_NONE);
  gsc_ablation_set (b, 0, 0, GSC_ABLATION_ZERO);
  g_assert_cmpuint (gsc_ablation_count (b), ==, 1);
  g_assert_false (gsc_ablation_equal (a, b));
  g_assert_cmpint (gsc_ablation_get (a, 1, 0), ==, GSC_ABLATION_ZERO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gsc_linear_init ();
  g_test_add_func ("/ablation/zero", test_zero);
  g_test_add_func ("/ablation/own-outputs", test_own_outputs);
  g_test_add_func ("/ablation/positions", test_positions);
  g_test_add_func ("/ablation/sets", test_sets);
  return g_test_run ();
}
