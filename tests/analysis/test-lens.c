/* test-lens.c - the logit lens against the evaluation and a plain computation
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>

#include "gsc-evaluation.h"
#include "gsc-lens.h"
#include "model-fixture.h"
#include "gsc-zp.h"
#include "subject-fixture.h"

#define EVAL 24

static GscLens *
make (const GscSubject *subject, GscTeam *team)
{
  g_autoptr (GError) error = NULL;
  GscLens *lens = gsc_lens_new (subject, team, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (lens);
  return lens;
}

/* After the last block it is what a record of the run would say, with heads ablated or not. */
static void
test_evaluation (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscTeam) team = gsc_team_new (1);
  g_autoptr (GscEvaluation) evaluation = NULL;
  g_autoptr (GscAblation) ablation = NULL;
  GscPass *pass;

  subject_fixture_init (&fixture, EVAL);
  ablation = gsc_ablation_new (gsc_model_get_config (fixture.model), NULL, 0);
  gsc_ablation_set (ablation, 0, 3, GSC_ABLATION_ZERO);
  evaluation = gsc_evaluation_new (&fixture.config, fixture.tasks, fixture.inputs);
  pass = gsc_pass_new (team, gsc_model_get_layout (fixture.model), fixture.config.shots, 0);
  gsc_pass_update (pass, gsc_model_peek_weights (fixture.model));
  for (guint ablated = 0; ablated < 2; ablated++)
    {
      g_autoptr (GscRecord) record = NULL;
      g_autoptr (GscLens) lens = NULL;

      fixture.subject.ablation = ablated ? ablation : NULL;
      gsc_pass_set_ablation (pass, fixture.subject.ablation);
      record = gsc_evaluation_run (evaluation, pass, gsc_model_peek_weights (fixture.model));
      lens = make (&fixture.subject, NULL);
      g_assert_cmpuint (lens->n_layers, ==, 3);
      for (guint set = 0; set < GSC_N_SETS; set++)
        {
          g_assert_cmpuint (lens->sequences[set], ==, EVAL);
          g_assert_cmpfloat (gsc_lens_get_mean (lens, 2, set)->accuracy, ==,
                             record->sets[set].accuracy);
          for (guint k = 0; k < lens->shots; k++)
            g_assert_cmpfloat (gsc_lens_get (lens, 2, set, k)->accuracy, ==,
                               record->sets[set].shot_accuracy[k]);
        }
    }
  gsc_pass_free (pass);
}

/* What the stream [d] would answer, by definition: the most likely token, and the probability of
 * @truth. */
static int
read_stream (const GscModel *model, const double *stream, int truth, double *probability)
{
  const GscParamLayout *layout = gsc_model_get_layout (model);
  const float *weights = gsc_model_peek_weights (model);
  int d = layout->config.width, best = 0;
  double mean = 0.0, variance = 0.0, sum = 0.0;
  double logits[16];

  g_assert_cmpint (layout->config.vocab, <=, 16);
  for (int i = 0; i < d; i++)
    mean += stream[i] / d;
  for (int i = 0; i < d; i++)
    variance += (stream[i] - mean) * (stream[i] - mean) / d;
  for (int v = 0; v < layout->config.vocab; v++)
    {
      logits[v] = 0.0;
      for (int i = 0; i < d; i++)
        logits[v] += ((stream[i] - mean) / sqrt (variance + 1e-5) * weights[layout->ln_f_weight + i]
                      + weights[layout->ln_f_bias + i])
                     * weights[layout->head + v * d + i];
      sum += exp (logits[v]);
      if (logits[v] > logits[best])
        best = v;
    }
  *probability = exp (logits[truth]) / sum;
  return best;
}

/* Every layer, set and shot of random weights, which LayerNorms are part of. */
static void
test_brute_force (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscEvaluation) evaluation = NULL;
  g_autoptr (GscLens) lens = NULL;
  const GscParamLayout *layout;
  float *weights;
  int d;

  subject_fixture_init (&fixture, EVAL);
  layout = gsc_model_get_layout (fixture.model);
  weights = gsc_model_get_weights (fixture.model);
  d = layout->config.width;
  for (int i = 0; i < d; i++)
    {
      weights[layout->ln_f_weight + i] = 1.0f + 0.1f * (float) (i % 5);
      weights[layout->ln_f_bias + i] = 0.1f * (float) (i % 3);
    }
  lens = make (&fixture.subject, NULL);
  evaluation = gsc_evaluation_new (&fixture.config, fixture.tasks, fixture.inputs);
  for (guint set = 0; set < GSC_N_SETS; set++)
    for (guint layer = 0; layer < lens->n_layers; layer++)
      {
        guint n, shots = lens->shots;
        const gint32 *rows = gsc_evaluation_get_rows (evaluation, set, &n);
        g_autofree double *right = g_new0 (double, shots);
        g_autofree double *probability = g_new0 (double, shots);
        double mean = 0.0;

        for (guint i = 0; i < n; i++)
          {
            const gint32 *row = rows + i * 3 * shots;
            int time = 3 * (int) shots - 1;
            g_autofree double *stream = g_new (double, time *d);

            if (layer == 0)
              for (int j = 0; j < time * d; j++)
                stream[j] = weights[layout->embedding + row[j / d] * d + j % d];
            else
              {
                g_free (stream);
                stream = naive_stream (fixture.model, row, time, (int) layer - 1);
              }
            for (guint k = 0; k < shots; k++)
              {
                double chance;
                int best = read_stream (fixture.model, stream + (3 * k + 1) * (guint) d,
                                        row[3 * k + 2], &chance);

                right[k] += (best == row[3 * k + 2]) / (double) n;
                probability[k] += chance / n;
                mean += chance / (n * shots);
              }
          }
        g_assert_cmpfloat_with_epsilon (gsc_lens_get_mean (lens, layer, set)->probability, mean,
                                        1e-4);
        for (guint k = 0; k < shots; k++)
          {
            const GscLensScore *score = gsc_lens_get (lens, layer, set, k);

            g_assert_cmpfloat_with_epsilon (score->accuracy, right[k], 1e-9);
            g_assert_cmpfloat_with_epsilon (score->probability, probability[k], 1e-4);
          }
      }
}

static void
test_threads (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscLens) alone = NULL;

  subject_fixture_init (&fixture, 200);
  alone = make (&fixture.subject, NULL);
  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr (GscTeam) team = gsc_team_new (threads);
      g_autoptr (GscLens) shared = make (&fixture.subject, team);
      gsize size = (gsize) alone->n_layers * GSC_N_SETS * sizeof *alone->scores;

      g_assert_cmpmem (alone->means, size, shared->means, size);
      g_assert_cmpmem (alone->scores, size * alone->shots, shared->scores, size * alone->shots);
    }
}

static void
on_progress (double done, gpointer data)
{
  if (done > 0.3)
    g_cancellable_cancel (data);
}

static void
test_errors (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const GscWatch watch = { cancellable, on_progress, cancellable };
  g_autoptr (GError) error = NULL;
  GscSubject subject;

  subject_fixture_init (&fixture, EVAL);
  g_assert_null (gsc_lens_new (&fixture.subject, NULL, &watch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  subject = fixture.subject;
  subject.p = 11;
  g_assert_null (gsc_lens_new (&subject, NULL, NULL, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  g_clear_error (&error);
  gsc_model_get_weights (fixture.model)[0] = NAN;
  g_assert_null (gsc_lens_new (&fixture.subject, NULL, NULL, &error));
  g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lens/evaluation", test_evaluation);
  g_test_add_func ("/lens/brute-force", test_brute_force);
  g_test_add_func ("/lens/threads", test_threads);
  g_test_add_func ("/lens/errors", test_errors);
  return g_test_run ();
}
