/* test-similarity.c - similarities against a plain computation and of built models
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-ops.h"
#include "gsc-similarity.h"
#include "gsc-zp.h"
#include "model-fixture.h"
#include "subject-fixture.h"

#define P 7
#define N_EXAMPLES 4

static const gint32 context[3 * N_EXAMPLES] = { 1, 2, 3, 4, 5, 6, 0, 3, 2, 6, 6, 1 };

static GscSimilarity *
make (const GscSubject *subject, guint shot, GscSlot slot, GscTeam *team)
{
  g_autoptr (GError) error = NULL;
  GscSimilarity *similarity = gsc_similarity_new (subject, 3, 5, context, G_N_ELEMENTS (context),
                                                  shot, slot, team, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (similarity);
  return similarity;
}

/* What the map compares for one input, by definition: [d] */
static void
compute_vector (
    double *vector, const GscSimilarity *similarity, const GscModel *model, guint map, guint input)
{
  int d = similarity->model.width, heads = similarity->model.heads;
  int layer = (int) map / (heads + 1), head = (int) map % (heads + 1);
  int n = 3 * (int) similarity->shot + (int) similarity->slot + 1;
  gint32 tokens[3 * N_EXAMPLES + 3];
  gint32 *last = tokens + 3 * similarity->shot;
  g_autofree double *output = NULL;
  double mean = 0.0, norm = 0.0;

  memcpy (tokens, context, 3 * similarity->shot * sizeof *tokens);
  last[0] = similarity->slot == GSC_SLOT_X ? (gint32) input : (gint32) input / P;
  last[1] = (gint32) input % P;
  last[2] = (3 * last[0] + 5 * last[1]) % P;
  output = head < heads ? naive_head_output (model, tokens, n, layer, head)
                        : naive_stream (model, tokens, n, layer);
  memcpy (vector, output + (n - 1) * d, d * sizeof (double));
  for (int i = 0; i < d; i++)
    mean += vector[i] / d;
  for (int i = 0; i < d; i++)
    norm += (vector[i] - mean) * (vector[i] - mean);
  for (int i = 0; i < d; i++)
    vector[i] = (vector[i] - mean) / sqrt (norm);
}

static void
check_map (const GscSimilarity *similarity, const GscModel *model, guint map)
{
  guint n = similarity->n, d = (guint) similarity->model.width;
  g_autofree double *vectors = g_new (double, n *d);
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    compute_vector (vectors + i * d, similarity, model, map, i);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        double product = 0.0;

        for (guint c = 0; c < d; c++)
          product += vectors[i * d + c] * vectors[j * d + c];
        g_assert_cmpfloat_with_epsilon (gsc_similarity_get (similarity, map, i, j), product, 1e-4);
        g_assert_true (gsc_similarity_get (similarity, map, i, j)
                       == gsc_similarity_get (similarity, map, j, i));
        sum += i < j ? product : 0.0;
      }
  g_assert_cmpfloat_with_epsilon (similarity->scores[map].mean, sum / (n * (n - 1) / 2), 1e-4);
}

/* Every head and block, at each slot. */
static void
test_brute_force (void)
{
  g_auto (SubjectFixture) fixture = { 0 };

  subject_fixture_init (&fixture, 8);
  for (guint slot = 0; slot < GSC_N_SLOTS; slot++)
    for (guint shot = 0; shot <= N_EXAMPLES; shot += N_EXAMPLES / 2)
      {
        g_autoptr (GscSimilarity) similarity = make (&fixture.subject, shot, slot, NULL);

        g_assert_cmpuint (similarity->n, ==, slot == GSC_SLOT_X ? P : P * P);
        g_assert_cmpuint (similarity->n_maps, ==, 10);
        for (guint map = 0; map < similarity->n_maps; map++)
          check_map (similarity, fixture.model, map);
      }
}

/* A model whose blocks add nothing: its stream is the embedding, whatever came before. */
static void
empty_model (GscModel *model, float *(*write) (float *, int, int) )
{
  const GscParamLayout *layout = gsc_model_get_layout (model);
  float *weights = gsc_model_get_weights (model);

  memset (weights, 0, layout->n_floats * sizeof (float));
  write (weights + layout->embedding, layout->config.vocab, layout->config.width);
}

/* Rows 1, 2 ... of Sylvester's matrix: at right angles, each with the mean 0. */
static float *
write_orthogonal (float *embedding, int vocab, int d)
{
  for (int v = 0; v < vocab; v++)
    for (int i = 0; i < d; i++)
      embedding[v * d + i] = __builtin_parity ((unsigned) ((v + 1) & i)) ? -0.1f : 0.1f;
  return embedding;
}

static float *
write_equal (float *embedding, int vocab, int d)
{
  for (int i = 0; i < vocab * d; i++)
    embedding[i] = (float) (i % d) * 0.1f;
  return embedding;
}

/* All features equal, but not those of different numbers. */
static float *
write_flat (float *embedding, int vocab, int d)
{
  for (int i = 0; i < vocab * d; i++)
    embedding[i] = 1.0f + (float) (i / d) * 0.1f;
  return embedding;
}

/* Numbers on a circle by their logarithm; similarity depends on the quotient alone. */
static float *
write_circle (float *embedding, int vocab, int d)
{
  int log[P];

  gsc_zp_discrete_log (P, gsc_zp_primitive_root (P), log);
  memset (embedding, 0, sizeof (float) * (gsize) (vocab * d));
  for (int v = 1; v < vocab; v++)
    {
      double angle = 2 * G_PI * log[v] / (P - 1);

      embedding[v * d] = (float) cos (angle);
      embedding[v * d + 1] = (float) -cos (angle);
      embedding[v * d + 2] = (float) sin (angle);
      embedding[v * d + 3] = (float) -sin (angle);
    }
  return embedding;
}

static void
test_known (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscSimilarity) x = NULL;
  g_autoptr (GscSimilarity) y = NULL;
  g_autoptr (GscSimilarity) z = NULL;
  g_autoptr (GscSimilarity) equal = NULL;
  g_autoptr (GscSimilarity) flat = NULL;
  g_autoptr (GscSimilarity) circle = NULL;
  guint block, head;

  subject_fixture_init (&fixture, 8);
  empty_model (fixture.model, write_orthogonal);
  x = make (&fixture.subject, 2, GSC_SLOT_X, NULL);
  y = make (&fixture.subject, 2, GSC_SLOT_Y, NULL);
  z = make (&fixture.subject, 2, GSC_SLOT_Z, NULL);
  head = gsc_similarity_get_map (x, 1, 3);
  block = gsc_similarity_get_map (x, 1, 4);
  for (guint i = 0; i < P * P; i++)
    for (guint j = 0; j < P * P; j++)
      {
        guint value = (3 * (i / P) + 5 * i) % P, other = (3 * (j / P) + 5 * j) % P;

        g_assert_true (gsc_similarity_get (y, head, i, j) == 0.0f);
        g_assert_cmpfloat_with_epsilon (gsc_similarity_get (y, block, i, j), i % P == j % P, 1e-6);
        g_assert_cmpfloat_with_epsilon (gsc_similarity_get (z, block, i, j), value == other, 1e-6);
        if (i < P && j < P)
          g_assert_cmpfloat_with_epsilon (gsc_similarity_get (x, block, i, j), i == j, 1e-6);
      }
  for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
    {
      g_assert_cmpfloat (y->scores[head].shares[relation], ==, 0);
      g_assert_cmpfloat (x->scores[block].shares[relation], ==, 0); /* all are 0 */
      if (relation == GSC_RELATION_Y)
        g_assert_cmpfloat_with_epsilon (y->scores[block].shares[relation], 1, 1e-6);
      else
        g_assert_cmpfloat (y->scores[block].shares[relation], <, 0.2); /* ratio 0 is y = 0 */
      if (relation == GSC_RELATION_Z)
        g_assert_cmpfloat_with_epsilon (z->scores[block].shares[relation], 1, 1e-6);
      else
        g_assert_cmpfloat (z->scores[block].shares[relation], <, 0.2);
    }

  empty_model (fixture.model, write_equal);
  equal = make (&fixture.subject, 0, GSC_SLOT_Y, NULL);
  empty_model (fixture.model, write_flat);
  flat = make (&fixture.subject, 0, GSC_SLOT_X, NULL);
  for (guint i = 0; i < P * P; i++)
    for (guint j = 0; j < P * P; j++)
      g_assert_cmpfloat_with_epsilon (gsc_similarity_get (equal, block, i, j), 1, 1e-6);
  for (guint i = 0; i < P * P; i++)
    g_assert_true (gsc_similarity_get (flat, block, i / P, i % P) == 0.0f);
  g_assert_cmpfloat_with_epsilon (equal->scores[block].mean, 1, 1e-6);
  g_assert_cmpfloat (equal->scores[block].shares[GSC_RELATION_Y], ==, 0);

  empty_model (fixture.model, write_circle);
  circle = make (&fixture.subject, 1, GSC_SLOT_X, NULL);
  for (guint i = 1; i < P; i++)
    g_assert_cmpfloat_with_epsilon (gsc_similarity_get (circle, block, i, P - i), -1, 1e-6);
  g_assert_cmpfloat_with_epsilon (circle->scores[block].shares[GSC_RELATION_QUOTIENT], 1, 1e-6);
  g_assert_cmpfloat (circle->scores[block].shares[GSC_RELATION_DIFFERENCE], <, 0.5);
}

/* Of matrices that are made for it. */
static void
test_score (void)
{
  g_autofree float *values = g_new (float, P *P *P *P);
  GscSimilarityScore score;

  /* 1 for equal ratios; the pair (0, 0) has none and may be like anything */
  for (int i = 0; i < P * P; i++)
    for (int j = 0; j < P * P; j++)
      {
        gboolean none = i == 0 || j == 0;

        values[i * P * P + j] = none ? 0.3f : (float) (i / P * (j % P) % P == j / P * (i % P) % P);
      }
  gsc_similarity_score_measure (&score, values, P, 3, 5, GSC_SLOT_Y);
  g_assert_cmpfloat_with_epsilon (score.shares[GSC_RELATION_RATIO], 1, 1e-9);
  for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
    if (relation != GSC_RELATION_RATIO)
      g_assert_cmpfloat (score.shares[relation], <, 0.2);
  g_assert_cmpint (gsc_similarity_score_find_best (&score), ==, GSC_RELATION_RATIO);

  /* by the difference at x */
  for (int i = 0; i < P; i++)
    for (int j = 0; j < P; j++)
      values[i * P + j] = (float) cos (2 * G_PI * 2 * (i - j) / P);
  gsc_similarity_score_measure (&score, values, P, 3, 5, GSC_SLOT_X);
  g_assert_cmpfloat_with_epsilon (score.shares[GSC_RELATION_DIFFERENCE], 1, 1e-9);
  g_assert_cmpint (gsc_similarity_score_find_best (&score), ==, GSC_RELATION_DIFFERENCE);

  /* by nothing: within chance of nothing, though there are many classes */
  for (int i = 0; i < P * P; i++)
    for (int j = 0; j <= i; j++)
      values[i * P * P + j] = values[j * P * P + i] = (float) g_test_rand_double_range (-1, 1);
  gsc_similarity_score_measure (&score, values, P, 3, 5, GSC_SLOT_Z);
  for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
    g_assert_cmpfloat (score.shares[relation], <, 0.05);
  g_assert_cmpfloat (fabs (score.mean), <, 0.1);

  /* the smallest prime */
  gsc_similarity_score_measure (&score, values, 3, 1, 1, GSC_SLOT_X);
  for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
    g_assert_true (isfinite (score.shares[relation]));
  score = (GscSimilarityScore){ 0 };
  g_assert_cmpint (gsc_similarity_score_find_best (&score), ==, -1);

  g_assert_false (gsc_relation_applies (GSC_RELATION_RATIO, GSC_SLOT_X));
  g_assert_true (gsc_relation_applies (GSC_RELATION_RATIO, GSC_SLOT_Z));
  g_assert_true (gsc_relation_applies (GSC_RELATION_QUOTIENT, GSC_SLOT_X));
  g_assert_cmpstr (gsc_relation_get_name (GSC_RELATION_RATIO), ==, "ratio");
  g_assert_cmpstr (gsc_slot_get_name (GSC_SLOT_Z), ==, "z");
}

static void
test_threads (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscSimilarity) alone = NULL;

  subject_fixture_init (&fixture, 8);
  alone = make (&fixture.subject, 3, GSC_SLOT_Y, NULL);
  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr (GscTeam) team = gsc_team_new (threads);
      g_autoptr (GscSimilarity) shared = make (&fixture.subject, 3, GSC_SLOT_Y, team);
      gsize n = (gsize) alone->n_maps * alone->n * alone->n;

      g_assert_cmpmem (shared->values, n * sizeof (float), alone->values, n * sizeof (float));
      g_assert_cmpmem (shared->scores, alone->n_maps * sizeof *alone->scores, alone->scores,
                       alone->n_maps * sizeof *alone->scores);
    }
}

/* A head that is ablated to zero gives nothing to compare, and the block another stream. */
static void
test_ablation (void)
{
  g_auto (SubjectFixture) fixture = { 0 };
  g_autoptr (GscAblation) ablation = NULL;
  g_autoptr (GscSimilarity) whole = NULL;
  g_autoptr (GscSimilarity) ablated = NULL;

  subject_fixture_init (&fixture, 8);
  whole = make (&fixture.subject, 2, GSC_SLOT_X, NULL);
  ablation = gsc_ablation_new (gsc_model_get_config (fixture.model), NULL, 0);
  gsc_ablation_set (ablation, 0, 1, GSC_ABLATION_ZERO);
  fixture.subject.ablation = ablation;
  ablated = make (&fixture.subject, 2, GSC_SLOT_X, NULL);
  for (guint i = 0; i < P; i++)
    for (guint j = 0; j < P; j++)
      {
        g_assert_true (gsc_similarity_get (ablated, 1, i, j) == 0.0f);
        g_assert_true (gsc_similarity_get (ablated, 0, i, j)
                       == gsc_similarity_get (whole, 0, i, j));
      }
  g_assert_cmpfloat (gsc_similarity_get (ablated, 4, 0, 1), !=,
                     gsc_similarity_get (whole, 4, 0, 1));
}

typedef struct
{
  GCancellable *cancellable;
  guint steps_left; /* then it is cancelled */
  guint steps;
  double done;
} Follower;

static void
on_progress (double done, gpointer data)
{
  Follower *follower = data;

  g_assert_cmpfloat (done, >=, follower->done);
  g_assert_cmpfloat (done, <=, 1);
  follower->done = done;
  follower->steps++;
  if (follower->steps_left-- == 0)
    g_cancellable_cancel (follower->cancellable);
}

/* Stopped at whatever step, it ends there and says so. */
static void
test_cancel (void)
{
  g_auto (SubjectFixture) fixture = { 0 };

  subject_fixture_init (&fixture, 8);
  for (guint steps = 0;; steps++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Follower follower = { .cancellable = cancellable, .steps_left = steps };
      const GscWatch watch = { cancellable, on_progress, &follower };
      g_autoptr (GError) error = NULL;
      g_autoptr (GscSimilarity) similarity = gsc_similarity_new (
          &fixture.subject, 1, 1, context, 12, 1, GSC_SLOT_Y, NULL, &watch, &error);

      if (similarity != NULL)
        {
          g_assert_no_error (error);
          g_assert_cmpfloat (follower.done, ==, 1);
          g_assert_cmpuint (steps, >, 4);
          break;
        }
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (follower.steps, ==, steps + 1);
    }
}

static void
check_error (const GscSubject *subject,
             int a,
             const gint32 *tokens,
             guint n_tokens,
             guint shot,
             GQuark domain,
             int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      gsc_similarity_new (subject, a, 0, tokens, n_tokens, shot, GSC_SLOT_Y, NULL, NULL, &error));
  g_assert_error (error, domain, code);
}

static void
test_errors (void)
{
  static const gint32 bad[] = { 1, 2, P };
  static const gint32 zeros[GSC_MAX_TIME] = { 0 };
  const GscModelConfig huge = { .vocab = 97, .width = 16, .heads = 4, .depth = 1, .tied = TRUE };
  g_autoptr (GscModel) model = gsc_model_new (&huge, NULL);
  g_auto (SubjectFixture) fixture = { 0 };
  GscSubject subject;

  subject_fixture_init (&fixture, 8);
  subject = fixture.subject;
  check_error (&subject, P, context, 12, 1, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  check_error (&subject, 1, context, 12, 5, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  check_error (&subject, 1, bad, 3, 1, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  check_error (&subject, 1, zeros, GSC_MAX_TIME, GSC_MAX_TIME / 3, GSC_TASK_ERROR,
               GSC_TASK_ERROR_FORMAT);
  subject.p = 11;
  check_error (&subject, 1, context, 12, 1, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  check_error (&(GscSubject){ .model = model, .p = 97 }, 1, context, 12, 1, GSC_TASK_ERROR,
               GSC_TASK_ERROR_RANGE);

  gsc_model_get_weights (fixture.model)[gsc_model_get_layout (fixture.model)->blocks[1].qkv] = NAN;
  check_error (&fixture.subject, 1, context, 12, 1, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/similarity/brute-force", test_brute_force);
  g_test_add_func ("/similarity/known", test_known);
  g_test_add_func ("/similarity/score", test_score);
  g_test_add_func ("/similarity/threads", test_threads);
  g_test_add_func ("/similarity/ablation", test_ablation);
  g_test_add_func ("/similarity/cancel", test_cancel);
  g_test_add_func ("/similarity/errors", test_errors);
  return g_test_run ();
}
