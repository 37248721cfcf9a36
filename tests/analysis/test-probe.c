/* test-probe.c - predictions and attention against PyTorch's and the exact rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-ops.h"
#include "gsc-probe.h"
#include "model-fixture.h"

/* Everything in a probe of the first @n_tokens of sequence @sequence. */
static void
check_probe (const ModelFixture *fixture, guint sequence, guint n_tokens)
{
  g_autoptr (GError) error = NULL;
  const gint32 *tokens = fixture->tokens + sequence * 3 * fixture->n_shots;
  const GscSubject subject = { .model = fixture->model, .p = fixture->p };
  g_autoptr (GscProbe) probe = gsc_probe_new (&subject, tokens, n_tokens, &error);
  const GscModelConfig *config = gsc_model_get_config (fixture->model);
  guint time = 3 * fixture->n_shots - 1; /* of the expected values */
  g_autofree float *all_logits = model_fixture_read (fixture, "logits");
  const float *logits = all_logits + (gsize) sequence * time * config->vocab;
  int p = fixture->p;

  g_assert_no_error (error);
  g_assert_true (gsc_model_config_equal (&probe->model, config));
  g_assert_cmpint (probe->p, ==, p);
  g_assert_cmpmem (probe->tokens, probe->n_tokens * sizeof (gint32), tokens,
                   n_tokens * sizeof (gint32));
  g_assert_cmpuint (probe->n_read, ==, n_tokens % 3 == 0 ? n_tokens - 1 : n_tokens);
  g_assert_cmpuint (probe->n_answers, ==, (n_tokens + 1) / 3);

  for (guint i = 0; i < probe->n_answers; i++)
    {
      const GscProbeAnswer *answer = &probe->answers[i];
      const float *row = logits + (3 * i + 1) * config->vocab;
      guint explaining[128];
      GscPosterior posterior;
      GscRatioMatch ratio;
      double sum = 0.0;

      g_assert_cmpuint (answer->shot, ==, i);
      g_assert_cmpuint (answer->position, ==, 3 * i + 1);
      g_assert_cmpint (answer->truth, ==, 3 * i + 2 < n_tokens ? tokens[3 * i + 2] : -1);

      for (int v = 0; v < config->vocab; v++)
        sum += exp ((double) row[v]);
      for (int z = 0; z < p; z++)
        {
          g_assert_cmpfloat_with_epsilon (answer->chances[z], exp ((double) row[z]) / sum, 1e-5);
          g_assert_cmpfloat (answer->chances[z], <=, answer->probability);
        }
      g_assert_cmpfloat (answer->chances[answer->answer], ==, answer->probability);

      ratio = gsc_ratio_match (p, tokens, i, tokens[3 * i], tokens[3 * i + 1], explaining);
      g_assert_true (answer->ratio.answerable == ratio.answerable);
      g_assert_true (answer->ratio.unanimous == ratio.unanimous);
      g_assert_cmpint (answer->ratio.answer, ==, ratio.answer);
      g_assert_cmpmem (answer->explaining, answer->ratio.n_explaining * sizeof (guint), explaining,
                       ratio.n_explaining * sizeof (guint));
      gsc_posterior_all_tasks (&posterior, p, tokens, i, tokens[3 * i], tokens[3 * i + 1]);
      g_assert_cmpint (answer->bayes, ==, posterior.best);
      g_assert_cmpfloat (answer->bayes_probability, ==, posterior.probability[posterior.best]);
    }

  for (guint layer = 0; layer < (guint) config->depth; layer++)
    {
      g_autofree char *name = g_strdup_printf ("attention.%u", layer);
      g_autofree float *expected = model_fixture_read (fixture, name);

      for (guint head = 0; head < (guint) config->heads; head++)
        for (guint query = 0; query < probe->n_read; query++)
          for (guint key = 0; key < probe->n_read; key++)
            {
              gsize at = ((gsize) (sequence * config->heads + head) * time + query) * time + key;

              g_assert_cmpfloat_with_epsilon (gsc_probe_get_weight (probe, layer, head, query, key),
                                              expected[at], 1e-5);
              if (key > query)
                g_assert_cmpfloat (gsc_probe_get_weight (probe, layer, head, query, key), ==, 0.0);
            }
    }
}

/* Causal: a sequence that is cut off has the answers and the attention of the whole one. */
static void
test_expected (ModelFixture *fixture, gconstpointer data)
{
  for (guint sequence = 0; sequence < fixture->n_sequences; sequence++)
    for (guint n = 2; n <= 3 * fixture->n_shots; n++)
      if (n % 3 != 1)
        check_probe (fixture, sequence, n);
}

/* Examples that no task fits, and the first example, which nothing explains. */
static void
test_contradiction (ModelFixture *fixture, gconstpointer data)
{
  const gint32 tokens[] = { 1, 2, 3, 1, 2, 4, 2, 4 };
  g_autoptr (GError) error = NULL;
  const GscSubject subject = { .model = fixture->model, .p = fixture->p };
  g_autoptr (GscProbe) probe = gsc_probe_new (&subject, tokens, G_N_ELEMENTS (tokens), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (probe->n_answers, ==, 3);
  g_assert_false (probe->answers[0].ratio.answerable);
  g_assert_cmpuint (probe->answers[0].ratio.n_explaining, ==, 0);
  g_assert_cmpfloat_with_epsilon (probe->answers[0].bayes_probability, 1.0 / fixture->p, 1e-12);
  g_assert_cmpint (probe->answers[1].ratio.answer, ==, 3);
  g_assert_cmpint (probe->answers[1].bayes, ==, 3);
  g_assert_cmpfloat (probe->answers[1].bayes_probability, ==, 1.0);
  g_assert_false (probe->answers[2].ratio.unanimous);
  g_assert_cmpuint (probe->answers[2].ratio.n_explaining, ==, 2);
  g_assert_cmpuint (probe->answers[2].explaining[0], ==, 0);
  g_assert_cmpuint (probe->answers[2].explaining[1], ==, 1);
  g_assert_cmpint (probe->answers[2].truth, ==, -1);
  g_assert_cmpint (probe->answers[2].bayes, ==, -1);
  g_assert_cmpfloat (probe->answers[2].bayes_probability, ==, 0.0);
}

static void
assert_refused (
    const GscModel *model, int p, const gint32 *tokens, guint n, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gsc_probe_new (&(GscSubject){ .model = model, .p = p }, tokens, n, &error));
  g_assert_error (error, domain, code);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_refused (ModelFixture *fixture, gconstpointer data)
{
  static const gint32 bad[] = { -1, 97, G_MAXINT, G_MININT };
  gint32 tokens[GSC_MAX_TIME + 3] = { 0 };
  int p = fixture->p;

  assert_refused (fixture->model, p, tokens, 0, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  assert_refused (fixture->model, p, NULL, 0, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  assert_refused (fixture->model, p, tokens, 1, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  assert_refused (fixture->model, p, tokens, 4, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  assert_refused (fixture->model, p, tokens, GSC_MAX_TIME + 3, GSC_TASK_ERROR,
                  GSC_TASK_ERROR_FORMAT);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    for (guint at = 0; at < 6; at++) /* even in a last z, which is not read */
      {
        gint32 sequence[6] = { 0 };

        sequence[at] = bad[i];
        assert_refused (fixture->model, p, sequence, 6, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
      }
  assert_refused (fixture->model, p, (gint32[]){ 0, p, 0 }, 3, GSC_TASK_ERROR,
                  GSC_TASK_ERROR_FORMAT);
  assert_refused (fixture->model, 31, tokens, 3, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  assert_refused (fixture->model, 8, tokens, 3, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  assert_refused (fixture->model, 0, tokens, 3, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  assert_refused (fixture->model, -7, tokens, 3, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
}

/* The longest sequence there can be. */
static void
test_longest (ModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscProbe) probe = NULL;
  const GscSubject subject = { .model = fixture->model, .p = fixture->p };
  gint32 tokens[GSC_MAX_TIME];

  for (guint i = 0; i < GSC_MAX_TIME; i++)
    tokens[i] = (gint32) (i * i) % fixture->p;
  probe = gsc_probe_new (&subject, tokens, GSC_MAX_TIME, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (probe->n_answers, ==, GSC_MAX_TIME / 3);
  for (guint query = 0; query < probe->n_read; query++)
    {
      double sum = 0.0;

      for (guint key = 0; key < probe->n_read; key++)
        sum += gsc_probe_get_weight (probe, (guint) probe->model.depth - 1, 0, query, key);
      g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-4);
    }
}

/* Weights that are no numbers any more. */
static void
test_diverged (ModelFixture *fixture, gconstpointer data)
{
  const GscParamLayout *layout = gsc_model_get_layout (fixture->model);
  float *weights = gsc_model_get_weights (fixture->model);

  weights[layout->blocks[layout->config.depth - 1].qkv] = NAN;
  assert_refused (fixture->model, fixture->p, fixture->tokens, 6, GSC_MODEL_ERROR,
                  GSC_MODEL_ERROR_VALUE);
}

/* Without a head: as the model whose output projection has nothing for that head. */
static void
test_ablated (ModelFixture *fixture, gconstpointer data)
{
  const GscParamLayout *layout = gsc_model_get_layout (fixture->model);
  const GscModelConfig *config = &layout->config;
  int size = config->width / config->heads;
  guint n = 3 * fixture->n_shots;

  for (int layer = 0; layer < config->depth; layer++)
    for (int head = 0; head < config->heads; head++)
      {
        g_autoptr (GscAblation) ablation = gsc_ablation_new (config, NULL, 0);
        g_autoptr (GscModel) without = gsc_model_copy (fixture->model);
        float *out = gsc_model_get_weights (without) + layout->blocks[layer].out;
        const GscSubject whole = { .model = fixture->model, .p = fixture->p };
        const GscSubject expected_subject = { .model = without, .p = fixture->p };
        GscSubject subject = whole;
        g_autoptr (GscProbe) probe = NULL;
        g_autoptr (GscProbe) expected = NULL;
        g_autoptr (GscProbe) before = gsc_probe_new (&whole, fixture->tokens, n, NULL);
        gboolean changed = FALSE;

        for (int row = 0; row < config->width; row++)
          memset (out + (gsize) row * config->width + head * size, 0, size * sizeof *out);
        gsc_ablation_set (ablation, (guint) layer, (guint) head, GSC_ABLATION_ZERO);
        subject.ablation = ablation;
        probe = gsc_probe_new (&subject, fixture->tokens, n, NULL);
        expected = gsc_probe_new (&expected_subject, fixture->tokens, n, NULL);
        for (guint i = 0; i < probe->n_answers; i++)
          for (int z = 0; z < fixture->p; z++)
            {
              g_assert_cmpfloat_with_epsilon (probe->answers[i].chances[z],
                                              expected->answers[i].chances[z], 1e-5);
              changed |= probe->answers[i].chances[z] != before->answers[i].chances[z];
            }
        g_assert_true (changed);
        for (gsize i = 0; i < (gsize) config->depth * config->heads * probe->n_read * probe->n_read;
             i++)
          g_assert_cmpfloat_with_epsilon (probe->attention[i], expected->attention[i], 1e-5);
      }
}

static void
test_references (ModelFixture *fixture, gconstpointer data)
{
  const GscSubject subject = { .model = fixture->model, .p = fixture->p };
  GscProbe *probe = gsc_probe_new (&subject, fixture->tokens, 5, NULL);

  g_assert_true (gsc_probe_ref (probe) == probe);
  gsc_probe_unref (probe);
  g_assert_true (g_atomic_ref_count_compare (&probe->ref_count, 1));
  g_assert_cmpuint (probe->n_read, ==, 5);
  gsc_probe_unref (probe);
  gsc_probe_unref (NULL);
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "depth2", "depth3" };
  static const struct
  {
    const char *name;
    void (*test) (ModelFixture *, gconstpointer);
  } tests[] = {
    { "expected", test_expected },     { "contradiction", test_contradiction },
    { "refused", test_refused },       { "longest", test_longest },
    { "diverged", test_diverged },     { "ablated", test_ablated },
    { "references", test_references },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path = g_strdup_printf ("/probe/%s/%s", names[i], tests[j].name);

        g_test_add (path, ModelFixture, names[i], model_fixture_open, tests[j].test,
                    model_fixture_close);
      }
  return g_test_run ();
}
