/* test-projection.c - projections against a plain computation from the weights
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-ops.h"
#include "gsc-projection.h"
#include "gsc-zp.h"
#include "model-fixture.h"

static const int slots_of[][2]
    = { [GSC_SLOTS_XY] = { 0, 1 }, [GSC_SLOTS_XZ] = { 0, 2 }, [GSC_SLOTS_YZ] = { 1, 2 } };

static GscProjection *
make_ablated (const ModelFixture *fixture,
              const gint32 *tokens,
              const GscProjectionSource *source,
              const GscAblation *ablation)
{
  g_autoptr (GError) error = NULL;
  GscProjection *projection = gsc_projection_new (
      &(GscSubject){ .model = fixture->model, .p = fixture->p, .ablation = ablation }, tokens,
      3 * fixture->n_shots, source, NULL, &error);

  g_assert_no_error (error);
  return projection;
}

static GscProjection *
make (const ModelFixture *fixture, const gint32 *tokens, const GscProjectionSource *source)
{
  return make_ablated (fixture, tokens, source, NULL);
}

static double
dot (const double *a, const double *b, guint m)
{
  double sum = 0.0;

  for (guint j = 0; j < m; j++)
    sum += a[j] * b[j];
  return sum;
}

/* The largest share of the variance that centred points [n][m] have on one direction, which is then
 * taken out of them. */
static double
take_component (double *points, guint n, guint m, double total)
{
  g_autofree double *direction = g_new (double, m);
  double share = 0.0;

  for (guint j = 0; j < m; j++)
    direction[j] = 1.0 + j % 3;
  for (guint round = 0; round < 300; round++)
    {
      g_autofree double *next = g_new0 (double, m);
      double norm;

      for (guint i = 0; i < n; i++)
        {
          double score = dot (points + i * m, direction, m);

          for (guint j = 0; j < m; j++)
            next[j] += score * points[i * m + j];
        }
      norm = sqrt (dot (next, next, m));
      for (guint j = 0; j < m; j++)
        direction[j] = next[j] / norm;
    }
  for (guint i = 0; i < n; i++)
    {
      double score = dot (points + i * m, direction, m);

      share += score * score / total;
      for (guint j = 0; j < m; j++)
        points[i * m + j] -= score * direction[j];
    }
  return share;
}

/* Whether @centred shows points [n][m] on their two first components, and @in_paper on these plus
 * their mean. Says nothing about signs. */
static void
check_components (const GscProjection *centred,
                  const GscProjection *in_paper,
                  const double *points,
                  guint n,
                  guint m)
{
  g_autofree double *mean = g_new0 (double, m);
  g_autofree double *rest = g_new (double, n *m);
  g_autofree double *direction = g_new0 (double, m);
  double total, size = 0.0;

  g_assert_cmpuint (centred->n, ==, n);
  g_assert_cmpuint (in_paper->n, ==, n);
  for (guint i = 0; i < n * m; i++)
    mean[i % m] += points[i] / n;
  for (guint i = 0; i < n * m; i++)
    rest[i] = points[i] - mean[i % m];
  total = dot (rest, rest, n * m);
  size = sqrt (total / n);

  for (guint c = 0; c < 2; c++)
    {
      const double *scores = c == 0 ? centred->x : centred->y;
      const double *skewed = c == 0 ? in_paper->x : in_paper->y;
      double share = dot (scores, scores, n) / total;

      /* As large as it can be, and what it says it is. */
      g_assert_cmpfloat_with_epsilon (centred->variance[c], share, 1e-5);
      g_assert_cmpfloat_with_epsilon (in_paper->variance[c], share, 1e-5);
      g_assert_cmpfloat (share, >, 0.01); /* the fixture has something to show */

      /* The scores are those on the direction in which they are largest: the first component of
       * what the earlier ones leave, if their variance is the largest there is. */
      memset (direction, 0, m * sizeof (double));
      for (guint i = 0; i < n * m; i++)
        direction[i % m] += (points[i] - mean[i % m]) * scores[i / m] / (share * total);
      g_assert_cmpfloat_with_epsilon (dot (direction, direction, m), 1.0, 1e-4);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat_with_epsilon (
            scores[i], dot (points + i * m, direction, m) - dot (mean, direction, m), 1e-4 * size);
      g_assert_cmpfloat_with_epsilon (take_component (rest, n, m, total), share, 1e-3);

      /* As the released script does it: uncentred points on the sum of direction and mean. */
      for (guint j = 0; j < m; j++)
        direction[j] += mean[j];
      for (guint i = 0; i < n; i++)
        {
          double expected = dot (points + i * m, direction, m);

          g_assert_cmpfloat_with_epsilon (skewed[i], expected, 1e-4 * (size + fabs (expected)));
        }
    }
  g_assert_cmpfloat_with_epsilon (dot (centred->x, centred->y, n) / total, 0.0, 1e-5);
}

/* Whether the projection of a source is what the weights say. */
static void
check_pairs (const ModelFixture *fixture, guint sequence, const GscProjectionSource *source)
{
  const gint32 *tokens = fixture->tokens + sequence * 3 * fixture->n_shots;
  GscProjectionSource as_in_paper = *source;
  g_autoptr (GscProjection) centred = make (fixture, tokens, source);
  g_autoptr (GscProjection) in_paper = NULL;
  g_autofree gint32 *varied = g_memdup2 (tokens, 3 * fixture->n_shots * sizeof *tokens);
  guint d = (guint) gsc_model_get_config (fixture->model)->width;
  guint p = (guint) fixture->p, n = p * p;
  g_autofree double *points = g_new (double, n * 2 * d);
  const int *slots = slots_of[source->slots];
  guint start = 3 * source->example;
  int n_tokens = (int) start + 3, layer = (int) source->layer;

  as_in_paper.centred = FALSE;
  in_paper = make (fixture, tokens, &as_in_paper);
  g_assert_true (gsc_projection_source_equal (&centred->source, source));
  g_assert_cmpint (centred->p, ==, fixture->p);
  for (guint i = 0; i < n; i++)
    {
      g_autofree double *output = NULL;

      g_assert_cmpuint (centred->first[i], ==, i / p);
      g_assert_cmpuint (centred->second[i], ==, i % p);
      varied[start + (guint) slots[0]] = centred->first[i];
      varied[start + (guint) slots[1]] = centred->second[i];
      if (source->part == GSC_PROJECTION_HEAD)
        output = naive_head_output (fixture->model, varied, n_tokens, layer, (int) source->head);
      else if (source->part == GSC_PROJECTION_MLP)
        output = naive_mlp_output (fixture->model, varied, n_tokens, layer);
      else
        output = naive_stream (fixture->model, varied, n_tokens, layer);
      for (guint s = 0; s < 2; s++)
        memcpy (points + (i * 2 + s) * d, output + (start + (guint) slots[s]) * d,
                d * sizeof (double));
    }
  check_components (centred, in_paper, points, n, 2 * d);
}

/* Every block and pair of slots, the first and the last example, parts and heads in turn. */
static void
test_pairs (ModelFixture *fixture, gconstpointer data)
{
  const GscModelConfig *config = gsc_model_get_config (fixture->model);
  guint n = 0;

  for (guint layer = 0; layer < (guint) config->depth; layer++)
    for (guint slots = GSC_SLOTS_XY; slots <= GSC_SLOTS_YZ; slots++)
      for (guint part = GSC_PROJECTION_HEAD; part <= GSC_PROJECTION_MLP; part++)
        {
          const GscProjectionSource source = { .part = part,
                                               .layer = layer,
                                               .head = n % (guint) config->heads,
                                               .slots = slots,
                                               .example = n % 2 == 0 ? 0 : fixture->n_shots - 1,
                                               .centred = TRUE };

          check_pairs (fixture, n++ % fixture->n_sequences, &source);
        }
}

/* An ablated head has nothing to show; later parts of the model change, earlier ones do not. */
static void
test_ablation (ModelFixture *fixture, gconstpointer data)
{
  const GscModelConfig *config = gsc_model_get_config (fixture->model);
  g_autoptr (GscAblation) ablation = gsc_ablation_new (config, NULL, 0);

  gsc_ablation_set (ablation, 0, 1, GSC_ABLATION_ZERO);
  for (guint i = 0; i < 4; i++)
    {
      static const GscProjectionSource sources[] = {
        { .part = GSC_PROJECTION_HEAD, .layer = 0, .head = 1, .example = 1, .centred = TRUE },
        { .part = GSC_PROJECTION_HEAD, .layer = 0, .head = 0, .example = 1, .centred = TRUE },
        { .part = GSC_PROJECTION_MLP, .layer = 0, .example = 1, .centred = TRUE },
        { .part = GSC_PROJECTION_BLOCK, .layer = 1, .example = 1, .centred = TRUE },
      };
      g_autoptr (GscProjection) whole = make (fixture, fixture->tokens, &sources[i]);
      g_autoptr (GscProjection) ablated
          = make_ablated (fixture, fixture->tokens, &sources[i], ablation);
      double difference = 0.0;

      for (guint k = 0; k < whole->n; k++)
        difference = MAX (difference, fabs (whole->x[k] - ablated->x[k]));
      g_assert_cmpfloat (whole->variance[0], >, 0.0);
      g_assert_cmpint (ablated->variance[0] == 0.0, ==, i == 0);
      g_assert_cmpint (difference == 0.0, ==, i == 1);
    }
}

static void
test_embedding (ModelFixture *fixture, gconstpointer data)
{
  const GscParamLayout *layout = gsc_model_get_layout (fixture->model);
  const float *embedding = gsc_model_peek_weights (fixture->model) + layout->embedding;
  guint d = (guint) layout->config.width, p = (guint) fixture->p;
  GscProjectionSource source = { .part = GSC_PROJECTION_EMBEDDING, .centred = TRUE, .layer = 99 };
  g_autoptr (GscProjection) centred = make (fixture, fixture->tokens, &source);
  g_autoptr (GscProjection) in_paper = NULL;
  g_autofree double *points = g_new (double, p *d);

  source.centred = FALSE;
  /* There need be no context. */
  in_paper = gsc_projection_new (&(GscSubject){ .model = fixture->model, .p = fixture->p }, NULL, 0,
                                 &source, NULL, NULL);
  g_assert_nonnull (in_paper);
  for (guint i = 0; i < p * d; i++)
    points[i] = embedding[i];
  for (guint i = 0; i < p; i++)
    {
      g_assert_cmpuint (centred->first[i], ==, i);
      g_assert_cmpuint (centred->second[i], ==, i);
    }
  check_components (centred, in_paper, points, p, d);
}

static gboolean
look_alike (const GscProjection *a, const GscProjection *b)
{
  return memcmp (a->x, b->x, a->n * sizeof *a->x) == 0
         && memcmp (a->y, b->y, a->n * sizeof *a->y) == 0;
}

/* The result depends on the tokens before the second slot, but for the varied ones, and on no
 * others. */
static void
test_context (ModelFixture *fixture, gconstpointer data)
{
  const guint example = 2;

  for (guint slots = GSC_SLOTS_XY; slots <= GSC_SLOTS_YZ; slots++)
    {
      const GscProjectionSource source = { .part = GSC_PROJECTION_HEAD,
                                           .layer = 1,
                                           .head = 1,
                                           .slots = slots,
                                           .example = example,
                                           .centred = TRUE };
      g_autoptr (GscProjection) projection = make (fixture, fixture->tokens, &source);
      g_autoptr (GscProjection) again = make (fixture, fixture->tokens, &source);

      g_assert_true (look_alike (projection, again));
      for (guint at = 0; at < 3 * fixture->n_shots; at++)
        {
          g_autofree gint32 *tokens
              = g_memdup2 (fixture->tokens, 3 * fixture->n_shots * sizeof *tokens);
          g_autoptr (GscProjection) other = NULL;
          guint first = 3 * example + (guint) slots_of[slots][0];
          guint second = 3 * example + (guint) slots_of[slots][1];
          gboolean matters = at < second && at != first;

          tokens[at] = (tokens[at] + 1) % fixture->p;
          other = make (fixture, tokens, &source);
          g_assert_cmpint (look_alike (projection, other), ==, !matters);
        }
    }
}

static void
assert_refused (const ModelFixture *fixture,
                int p,
                const gint32 *tokens,
                guint n_tokens,
                const GscProjectionSource *source,
                int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gsc_projection_new (&(GscSubject){ .model = fixture->model, .p = p }, tokens,
                                     n_tokens, source, NULL, &error));
  g_assert_error (error, GSC_TASK_ERROR, code);
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_refused (ModelFixture *fixture, gconstpointer data)
{
  const GscModelConfig *config = gsc_model_get_config (fixture->model);
  const GscProjectionSource good = { .part = GSC_PROJECTION_HEAD, .example = fixture->n_shots - 1 };
  const GscProjectionSource embedding = { .part = GSC_PROJECTION_EMBEDDING };
  GscProjectionSource bad[10];
  guint n_tokens = 3 * fixture->n_shots;
  gint32 tokens[GSC_MAX_TIME + 3] = { 0 };
  int p = fixture->p;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    bad[i] = good;
  bad[0].part = (GscProjectionPart) 7;
  bad[1].slots = (GscSlotPair) 3;
  bad[2].layer = (guint) config->depth;
  bad[3].head = (guint) config->heads;
  bad[4].example = fixture->n_shots;
  bad[5].layer = G_MAXUINT;
  bad[6].head = G_MAXUINT;
  bad[7].example = G_MAXUINT / 3;
  bad[8].part = GSC_PROJECTION_BLOCK;
  bad[8].layer = (guint) config->depth;
  bad[9].part = GSC_PROJECTION_MLP;
  bad[9].layer = G_MAXUINT;
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (fixture, p, tokens, n_tokens, &bad[i], GSC_TASK_ERROR_RANGE);
  assert_refused (fixture, p, NULL, 0, &good, GSC_TASK_ERROR_RANGE);
  assert_refused (fixture, 31, tokens, n_tokens, &good, GSC_TASK_ERROR_RANGE);
  assert_refused (fixture, 9, tokens, n_tokens, &good, GSC_TASK_ERROR_RANGE);
  assert_refused (fixture, 31, NULL, 0, &embedding, GSC_TASK_ERROR_RANGE);

  assert_refused (fixture, p, tokens, n_tokens + 1, &good, GSC_TASK_ERROR_FORMAT);
  assert_refused (fixture, p, tokens, n_tokens + 2, &good, GSC_TASK_ERROR_FORMAT);
  assert_refused (fixture, p, tokens, GSC_MAX_TIME + 3, &good, GSC_TASK_ERROR_FORMAT);
  tokens[4] = p;
  assert_refused (fixture, p, tokens, n_tokens, &good, GSC_TASK_ERROR_FORMAT);
  tokens[4] = -1;
  assert_refused (fixture, p, tokens, n_tokens, &good, GSC_TASK_ERROR_FORMAT);
}

static void
test_cancelled (ModelFixture *fixture, gconstpointer data)
{
  const GscSubject subject = { .model = fixture->model, .p = fixture->p };

  for (guint part = GSC_PROJECTION_EMBEDDING; part <= GSC_PROJECTION_MLP; part++)
    {
      const GscProjectionSource source = { .part = part };
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GscProjection) projection = gsc_projection_new (
          &subject, fixture->tokens, 3 * fixture->n_shots, &source, cancellable, &error);

      g_assert_no_error (error);
      g_assert_nonnull (projection);
      g_cancellable_cancel (cancellable);
      g_assert_null (gsc_projection_new (&subject, fixture->tokens, 3 * fixture->n_shots, &source,
                                         cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (5000);
  g_cancellable_cancel (data);
  return NULL;
}

/* All pairs of 97 numbers take much longer than it takes until somebody cancels. */
static void
test_cancelled_underway (void)
{
  const GscModelConfig config = { .vocab = 97,
                                  .width = 64,
                                  .heads = 2,
                                  .depth = 2,
                                  .activation = GSC_ACTIVATION_RELU,
                                  .tied = TRUE };
  const GscProjectionSource source
      = { .part = GSC_PROJECTION_HEAD, .layer = 1, .slots = GSC_SLOTS_XZ, .example = 39 };
  g_autoptr (GscModel) model = gsc_model_new (&config, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint32 tokens[120] = { 0 };
  GThread *thread;

  gsc_model_init_weights (model, 1);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_null (gsc_projection_new (&(GscSubject){ .model = model, .p = 97 }, tokens, 120, &source,
                                     cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

/* A model that makes nothing of its tokens, and one whose weights are no numbers. */
static void
test_degenerate (ModelFixture *fixture, gconstpointer data)
{
  static const float fills[] = { 0.0f, 1.0f, NAN, INFINITY };
  const GscSubject subject = { .model = fixture->model, .p = fixture->p };
  float *weights = gsc_model_get_weights (fixture->model);

  for (guint f = 0; f < G_N_ELEMENTS (fills); f++)
    {
      for (gsize i = 0; i < gsc_model_get_layout (fixture->model)->n_floats; i++)
        weights[i] = fills[f];
      for (guint part = GSC_PROJECTION_EMBEDDING; part <= GSC_PROJECTION_MLP; part++)
        for (guint centred = FALSE; centred <= TRUE; centred++)
          {
            const GscProjectionSource source
                = { .part = part, .layer = 1, .example = 1, .centred = centred };
            g_autoptr (GError) error = NULL;
            g_autoptr (GscProjection) projection = NULL;
            g_autoptr (GscProjection) aligned = NULL;

            if (!isfinite (fills[f]))
              {
                g_assert_null (gsc_projection_new (&subject, fixture->tokens, 3 * fixture->n_shots,
                                                   &source, NULL, &error));
                g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE);
                continue;
              }
            projection = make (fixture, fixture->tokens, &source);
            aligned = gsc_projection_align (projection, projection);
            for (guint i = 0; i < projection->n; i++)
              {
                g_assert_cmpfloat (aligned->x[i], ==, 0.0);
                g_assert_cmpfloat (aligned->y[i], ==, 0.0);
              }
            g_assert_cmpfloat (aligned->variance[0], ==, 0.0);
            g_assert_cmpfloat (aligned->variance[1], ==, 0.0);
          }
    }
}

/* A projection of its own whose points are those of @projection, first mirrored if @mirrored, then
 * turned by @angle, with a bit of noise. */
static GscProjection *
turn (const ModelFixture *fixture,
      const GscProjection *projection,
      gboolean mirrored,
      double angle,
      double noise)
{
  GscProjection *turned = make (fixture, fixture->tokens, &projection->source);

  for (guint i = 0; i < projection->n; i++)
    {
      double x = projection->x[i], y = mirrored ? -projection->y[i] : projection->y[i];

      turned->x[i] = cos (angle) * x - sin (angle) * y + noise * sin (i * i);
      turned->y[i] = sin (angle) * x + cos (angle) * y + noise * cos (3 * i);
    }
  return turned;
}

static double
find_distance (const GscProjection *a, const GscProjection *b)
{
  double sum = 0.0;

  for (guint i = 0; i < a->n; i++)
    sum += pow (a->x[i] - b->x[i], 2) + pow (a->y[i] - b->y[i], 2);
  return sum;
}

static void
test_align (ModelFixture *fixture, gconstpointer data)
{
  const GscProjectionSource source
      = { .part = GSC_PROJECTION_HEAD, .slots = GSC_SLOTS_YZ, .example = 1, .centred = TRUE };
  g_autoptr (GscProjection) projection = make (fixture, fixture->tokens, &source);
  double size = sqrt (dot (projection->x, projection->x, projection->n));

  for (int mirrored = FALSE; mirrored <= TRUE; mirrored++)
    for (double angle = -7.0; angle < 7.0; angle += 0.7)
      {
        g_autoptr (GscProjection) reference = turn (fixture, projection, mirrored, angle, 0.0);
        g_autoptr (GscProjection) aligned = gsc_projection_align (projection, reference);
        g_autoptr (GscProjection) rough
            = turn (fixture, projection, mirrored, angle, 0.2 * size / sqrt (projection->n));
        g_autoptr (GscProjection) near = gsc_projection_align (projection, rough);
        double best = find_distance (near, rough);

        g_assert_true (gsc_projection_source_equal (&aligned->source, &source));
        g_assert_cmpmem (aligned->first, aligned->n * sizeof (guint16), projection->first,
                         projection->n * sizeof (guint16));
        g_assert_cmpmem (aligned->second, aligned->n * sizeof (guint16), projection->second,
                         projection->n * sizeof (guint16));
        g_assert_cmpfloat (sqrt (find_distance (aligned, reference)), <, 1e-9 * size);

        /* Each axis has its share of what the two had. */
        g_assert_cmpfloat_with_epsilon (aligned->variance[0]
                                            / dot (aligned->x, aligned->x, aligned->n),
                                        projection->variance[0] / (size * size), 1e-9);
        g_assert_cmpfloat_with_epsilon (aligned->variance[0] + aligned->variance[1],
                                        projection->variance[0] + projection->variance[1], 1e-12);

        /* Nothing comes nearer to a reference that is not the same. */
        for (int i = 0; i < 2 * 180; i++)
          {
            double a = (i % 180) * G_PI / 90;
            double sign = i < 180 ? 1.0 : -1.0, distance = 0.0;

            for (guint k = 0; k < projection->n; k++)
              {
                double x = projection->x[k], y = sign * projection->y[k];

                distance += pow (cos (a) * x - sin (a) * y - rough->x[k], 2)
                            + pow (sin (a) * x + cos (a) * y - rough->y[k], 2);
              }
            g_assert_cmpfloat (distance, >=, best * (1 - 1e-9));
          }
      }
}

/* Other parts, slots, heads, examples or primes have nothing to do with each other. */
static void
test_align_others (ModelFixture *fixture, gconstpointer data)
{
  const GscProjectionSource source
      = { .part = GSC_PROJECTION_HEAD, .layer = 1, .example = 1, .centred = TRUE };
  GscProjectionSource others[8];
  GscProjectionSource same = { .part = GSC_PROJECTION_EMBEDDING, .layer = 1, .head = 2 };
  g_autoptr (GscProjection) projection = make (fixture, fixture->tokens, &source);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    others[i] = source;
  others[0].part = GSC_PROJECTION_EMBEDDING;
  others[1].layer = 0;
  others[2].head = 1;
  others[3].slots = GSC_SLOTS_XZ;
  others[4].example = 0;
  others[5].centred = FALSE;
  others[6].part = GSC_PROJECTION_BLOCK;
  others[7].part = GSC_PROJECTION_MLP;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (GscProjection) other = make (fixture, fixture->tokens, &others[i]);
      g_autoptr (GscProjection) aligned = gsc_projection_align (projection, other);

      g_assert_false (gsc_projection_source_equal (&source, &others[i]));
      g_assert_true (aligned == projection);
      g_assert_true (g_atomic_ref_count_compare (&projection->ref_count, 2));
    }
  /* The embedding has no head, and neither has a block. */
  others[0].centred = FALSE;
  g_assert_true (gsc_projection_source_equal (&same, &others[0]));
  others[7] = others[6];
  others[7].head = 3;
  g_assert_true (gsc_projection_source_equal (&others[6], &others[7]));

  /* As in the paper means just as there. */
  {
    g_autoptr (GscProjection) in_paper = make (fixture, fixture->tokens, &others[5]);
    g_autoptr (GscProjection) turned = turn (fixture, in_paper, FALSE, 1.0, 0.0);
    g_autoptr (GscProjection) aligned = gsc_projection_align (turned, in_paper);

    g_assert_true (aligned == turned);
  }
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
    { "pairs", test_pairs },
    { "embedding", test_embedding },
    { "ablation", test_ablation },
    { "context", test_context },
    { "refused", test_refused },
    { "cancelled", test_cancelled },
    { "degenerate", test_degenerate },
    { "align", test_align },
    { "align-others", test_align_others },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/projection/cancelled-underway", test_cancelled_underway);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint j = 0; j < G_N_ELEMENTS (tests); j++)
      {
        g_autofree char *path = g_strdup_printf ("/projection/%s/%s", names[i], tests[j].name);

        g_test_add (path, ModelFixture, names[i], model_fixture_open, tests[j].test,
                    model_fixture_close);
      }
  return g_test_run ();
}
