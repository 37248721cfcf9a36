/* test-noise.c - wrong labels against the evaluation, and for a model whose answers are known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-evaluation.h"
#include "gsc-noise.h"
#include "gsc-zp.h"
#include "subject-fixture.h"

#define EVAL 24

static GscNoise *
make (const GscSubject *subject, GscSet set, GscTeam *team)
{
  g_autoptr (GError) error = NULL;
  GscNoise *noise = gsc_noise_new (subject, set, team, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (noise);
  return noise;
}

/* Where nothing is wrong it is what a record of the run would say, with heads ablated or not. */
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
  gsc_ablation_set (ablation, 1, 2, GSC_ABLATION_ZERO);
  evaluation = gsc_evaluation_new (&fixture.config, fixture.tasks, fixture.inputs);
  pass = gsc_pass_new (team, gsc_model_get_layout (fixture.model), fixture.config.shots, 0);
  gsc_pass_update (pass, gsc_model_peek_weights (fixture.model));
  for (guint ablated = 0; ablated < 2; ablated++)
    {
      g_autoptr (GscRecord) record = NULL;

      fixture.subject.ablation = ablated ? ablation : NULL;
      gsc_pass_set_ablation (pass, fixture.subject.ablation);
      record = gsc_evaluation_run (evaluation, pass, gsc_model_peek_weights (fixture.model));
      for (guint set = 0; set < GSC_N_SETS; set++)
        {
          g_autoptr (GscNoise) noise = make (&fixture.subject, set, NULL);

          g_assert_cmpint (noise->set, ==, (int) set);
          for (guint k = 0; k < noise->shots; k++)
            {
              const GscNoiseScore *score = gsc_noise_get (noise, k, 0);

              g_assert_cmpuint (score->sequences, ==, EVAL);
              g_assert_cmpfloat (score->accuracy, ==, record->sets[set].shot_accuracy[k]);
            }
        }
    }
  gsc_pass_free (pass);
}

/* As many sequences as it says, and more than none wherever m <= k. */
static void
test_counts (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscNoise) noise = NULL;
  guint repeats, last;

  subject_fixture_init (&fixture, EVAL);
  noise = make (&fixture.subject, GSC_SET_OOD_TEST, NULL);
  repeats = gsc_noise_get_repeats (gsc_model_get_config (fixture.model), noise->shots);
  last = noise->shots - 1;
  g_assert_cmpuint (repeats, >=, 32);
  for (guint k = 0; k < noise->shots; k++)
    for (guint m = 0; m < noise->shots; m++)
      {
        const GscNoiseScore *score = gsc_noise_get (noise, k, m);

        g_assert_true ((score->sequences > 0) == (m <= k));
        g_assert_cmpfloat (score->accuracy, >=, 0);
        g_assert_cmpfloat (score->accuracy, <=, 1);
        if (score->sequences > 0)
          g_assert_cmpfloat_with_epsilon (
              score->error, sqrt (score->accuracy * (1 - score->accuracy) / score->sequences),
              1e-12);
        if (k == last && m > 1)
          g_assert_cmpuint (score->sequences, ==, repeats);
      }
  g_assert_cmpuint (gsc_noise_get (noise, last, 1)->sequences, ==, repeats * noise->shots);
  for (guint j = 0; j < last; j++)
    g_assert_cmpuint (noise->single[j].sequences, ==, repeats);
}

/* The paper's models take less of them, but not too few. */
static void
test_repeats (void)
{
  const GscModelConfig small = { .vocab = 11, .width = 64, .heads = 4, .depth = 2 };
  const GscModelConfig large = { .vocab = 29, .width = 512, .heads = 4, .depth = 6 };

  g_assert_cmpuint (gsc_noise_get_repeats (&small, 16), ==, 256);
  g_assert_cmpuint (gsc_noise_get_repeats (&large, 32), ==, 32);
}

/* A model that repeats the latest z: the head's queries and keys are the same for all tokens and
 * turn with the position so that two places back is where they agree. */
static void
build_repeater (GscModel *model)
{
  const GscParamLayout *layout = gsc_model_get_layout (model);
  float *weights = gsc_model_get_weights (model);
  int d = layout->config.width, vocab = layout->config.vocab;
  int size = d / layout->config.heads;
  const GscBlockOffsets *first = &layout->blocks[0];

  memset (weights, 0, layout->n_floats * sizeof (float));
  for (int v = 0; v < vocab; v++)
    {
      weights[layout->embedding + v * d + v] = 0.01f;
      weights[layout->embedding + v * d + vocab] = 0.1f; /* the same for all */
    }
  for (int i = 0; i < d; i++)
    {
      weights[layout->ln_f_weight + i] = 100.0f;
      for (int l = 0; l < layout->config.depth; l++)
        weights[layout->blocks[l].ln_1_weight + i] = 1.0f;
    }
  weights[first->qkv + vocab] = (float) (30 * cos (2));
  weights[first->qkv + d + vocab] = (float) (-30 * sin (2));
  weights[first->qkv + d * d + vocab] = 30.0f;
  g_assert_cmpint (vocab, <=, size);
  for (int v = 0; v < vocab; v++)
    {
      weights[first->qkv + (2 * d + v) * d + v] = 1.0f;
      weights[first->out + v * d + v] = 10.0f;
    }
}

/* For tasks whose z is always 0 the repeater is right unless the latest label is wrong. */
static void
test_repeater (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autofree GscTask *tasks = NULL;
  g_autoptr (GscTaskSplit) split = NULL;
  g_autoptr (GscNoise) noise = NULL;
  g_autoptr (GscNoise) other = NULL;
  g_autoptr (GError) error = NULL;
  guint last, p2, unlike = 0;

  subject_fixture_init (&fixture, EVAL);
  p2 = (guint) (fixture.config.p * fixture.config.p);
  tasks = g_new0 (GscTask, p2);
  for (guint i = 0; i < p2; i++)
    tasks[i] = (GscTask){
      .a = (int) i / fixture.config.p,
      .b = (int) i % fixture.config.p,
      .role = i == 0 ? GSC_TASK_ROLE_PRE_TRAINING : GSC_TASK_ROLE_OOD,
      .origin = i == 0 ? GSC_TASK_ORIGIN_RANDOM : GSC_TASK_ORIGIN_HELD_OUT,
      .rectangle = -1,
    };
  split = gsc_task_split_new_from_tasks (fixture.config.p, tasks, p2, &error);
  g_assert_no_error (error);
  fixture.subject.tasks = split;
  fixture.config.tasks = 1;
  build_repeater (fixture.model);

  noise = make (&fixture.subject, GSC_SET_ID_TRAIN, NULL);
  last = noise->shots - 1;
  for (guint j = 0; j < last; j++)
    g_assert_cmpfloat (noise->single[j].accuracy, ==, j + 1 < last ? 1 : 0);
  for (guint k = 1; k <= last; k++)
    for (guint m = 0; m <= k; m++)
      {
        const GscNoiseScore *score = gsc_noise_get (noise, k, m);
        double expected = 1 - m / (double) k;
        double error_bar = sqrt (expected * (1 - expected) / score->sequences);

        g_assert_cmpfloat (fabs (score->accuracy - expected), <=, 4 * error_bar);
      }

  fixture.config.seed++;
  other = make (&fixture.subject, GSC_SET_ID_TRAIN, NULL);
  for (guint k = 2; k <= last; k++)
    unlike += gsc_noise_get (noise, k, 1)->accuracy != gsc_noise_get (other, k, 1)->accuracy;
  g_assert_cmpuint (unlike, >, 0);
}

static void
assert_equal (const GscNoise *a, const GscNoise *b)
{
  for (guint i = 0; i < a->shots * a->shots; i++)
    {
      g_assert_cmpuint (a->grid[i].sequences, ==, b->grid[i].sequences);
      g_assert_cmpfloat (a->grid[i].accuracy, ==, b->grid[i].accuracy);
      g_assert_cmpfloat (a->grid[i].error, ==, b->grid[i].error);
    }
  for (guint i = 0; i + 1 < a->shots; i++)
    g_assert_cmpfloat (a->single[i].accuracy, ==, b->single[i].accuracy);
}

static void
test_threads (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscNoise) alone = NULL;

  subject_fixture_init (&fixture, EVAL);
  alone = make (&fixture.subject, GSC_SET_OOD_TRAIN, NULL);
  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr (GscTeam) team = gsc_team_new (threads);
      g_autoptr (GscNoise) shared = make (&fixture.subject, GSC_SET_OOD_TRAIN, team);

      assert_equal (alone, shared);
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
  g_assert_null (gsc_noise_new (&fixture.subject, GSC_SET_ID_TEST, NULL, &watch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  subject = fixture.subject;
  subject.p = 11;
  g_assert_null (gsc_noise_new (&subject, GSC_SET_ID_TEST, NULL, NULL, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  g_clear_error (&error);
  gsc_model_get_weights (fixture.model)[0] = NAN;
  g_assert_null (gsc_noise_new (&fixture.subject, GSC_SET_ID_TEST, NULL, NULL, &error));
  g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE);
}

/* One example in a sequence: there is no label before the last z. */
static void
test_one_shot (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscNoise) noise = NULL;

  subject_fixture_init (&fixture, EVAL);
  fixture.config.shots = 1;
  noise = make (&fixture.subject, GSC_SET_ID_TRAIN, NULL);
  g_assert_cmpuint (noise->shots, ==, 1);
  g_assert_cmpuint (gsc_noise_get (noise, 0, 0)->sequences, ==, EVAL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/noise/evaluation", test_evaluation);
  g_test_add_func ("/noise/counts", test_counts);
  g_test_add_func ("/noise/repeats", test_repeats);
  g_test_add_func ("/noise/repeater", test_repeater);
  g_test_add_func ("/noise/threads", test_threads);
  g_test_add_func ("/noise/errors", test_errors);
  g_test_add_func ("/noise/one-shot", test_one_shot);
  return g_test_run ();
}
