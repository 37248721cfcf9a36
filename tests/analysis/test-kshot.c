/* test-kshot.c - all queries of a task against one query at a time and the exact rules
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-kshot.h"
#include "gsc-ops.h"
#include "gsc-probe.h"
#include "gsc-sequence.h"
#include "model-fixture.h"

#define SEED 11

/* Some examples of z = a x + b y. (transfer full) */
static gint32 *
draw_context (int p, int a, int b, guint n_examples, guint64 seed)
{
  const GscTask task = { .a = a, .b = b };
  gint32 *tokens = g_new (gint32, 3 * n_examples);
  g_autofree guint16 *pairs = g_new (guint16, p * p);
  GscRng rng;

  for (int i = 0; i < p * p; i++)
    pairs[i] = (guint16) i;
  gsc_rng_init (&rng, seed, 0, 0, 0);
  gsc_sequence_draw (&rng, p, &task, pairs, (guint) (p * p), (int) n_examples, tokens);
  return tokens;
}

static GscModel *
make_model (int vocab, int depth, GscActivation activation)
{
  const GscModelConfig config = {
    .vocab = vocab,
    .width = 32,
    .heads = 2,
    .depth = depth,
    .activation = activation,
    .tied = TRUE,
  };
  g_autoptr (GError) error = NULL;
  GscModel *model = gsc_model_new (&config, &error);

  g_assert_no_error (error);
  gsc_model_init_weights (model, SEED);
  return model;
}

/* Rules */

/* Answers all queries with 0. */
static gboolean
predict_zero (const GscKshot *kshot,
              guint shot,
              guint8 *answers,
              float *probabilities,
              gpointer data,
              GError **error)
{
  memset (answers, 0, (gsize) (kshot->p * kshot->p));
  return TRUE;
}

/* What the grid says of the rules at one cell against the functions that know one query. */
static void
check_cell (const GscKshot *kshot, guint shot, int x, int y, double *ratio_sum, double *bayes_sum)
{
  const GscKshotColumn *column = &kshot->columns[shot];
  guint cell = gsc_kshot_get_cell (kshot, x, y);
  int z = (kshot->a * x + kshot->b * y) % kshot->p;
  guint explaining[128];
  GscRatioMatch ratio = gsc_ratio_match (kshot->p, kshot->tokens, shot, x, y, explaining);
  GscPosterior posterior;

  gsc_posterior_all_tasks (&posterior, kshot->p, kshot->tokens, shot, x, y);
  g_assert_cmpuint (cell, ==, x * kshot->p + y);
  g_assert_cmpuint (kshot->truth[cell], ==, z);
  g_assert_cmpint (column->ratio[cell], ==, ratio.answerable ? ratio.answer : GSC_KSHOT_NONE);
  if (ratio.n_explaining > 0)
    g_assert_cmpuint (kshot->explained_from[cell], ==, explaining[0]);
  else
    g_assert_cmpuint (kshot->explained_from[cell], >=, shot);
  g_assert_cmpuint (column->n_fitting, ==, posterior.n_fitting);
  g_assert_cmpint (column->bayes[cell], ==,
                   posterior.n_best == 1 ? posterior.best : GSC_KSHOT_NONE);
  g_assert_cmpfloat (gsc_kshot_get_bayes_probability (kshot, shot, cell), ==,
                     posterior.best >= 0 ? posterior.probability[posterior.best] : 0);
  *ratio_sum += ratio.answerable ? ratio.answer == z : 1.0 / kshot->p;
  *bayes_sum += gsc_posterior_accuracy (&posterior, z);
}

static void
check_rules (int p, int a, int b, const gint32 *tokens, guint n_examples)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscKshot) kshot
      = gsc_kshot_new_predicted (p, a, b, tokens, 3 * n_examples, predict_zero, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (kshot->n_examples, ==, n_examples);
  g_assert_cmpmem (kshot->tokens, 3 * n_examples * sizeof *tokens, tokens,
                   3 * n_examples * sizeof *tokens);
  for (guint shot = 0; shot <= n_examples; shot++)
    {
      const GscKshotColumn *column = &kshot->columns[shot];
      double ratio = 0, bayes = 0;

      for (int x = 0; x < p; x++)
        for (int y = 0; y < p; y++)
          check_cell (kshot, shot, x, y, &ratio, &bayes);
      g_assert_cmpfloat_with_epsilon (column->ratio_accuracy, ratio / (p * p), 1e-9);
      g_assert_cmpfloat_with_epsilon (column->bayes_accuracy, bayes / (p * p), 1e-9);
    }
}

static void
test_rules (void)
{
  static const int primes[] = { 3, 5, 11 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    for (guint64 seed = 0; seed < 20; seed++)
      {
        int p = primes[i], a = (int) seed % p, b = (int) (seed / 3) % p;
        g_autofree gint32 *tokens = draw_context (p, a, b, 6, seed);

        check_rules (p, a, b, tokens, 6);
      }
}

/* What a user may type: examples of no task, of another one, of (0, 0), the same ones. */
static void
test_any_context (void)
{
  static const gint32 odd[] = { 0, 0, 0, 0, 0, 3, 1, 2, 3, 1, 2, 4, 2, 4, 1, 1, 2, 4 };
  static const gint32 zeros[] = { 0, 0, 0, 0, 0, 0, 2, 4, 6, 4, 1, 5 };
  GscRng rng;

  check_rules (7, 1, 1, odd, G_N_ELEMENTS (odd) / 3);
  check_rules (7, 3, 0, zeros, G_N_ELEMENTS (zeros) / 3);
  check_rules (7, 3, 0, NULL, 0);
  gsc_rng_init (&rng, SEED, 0, 0, 0);
  for (guint i = 0; i < 20; i++)
    {
      gint32 tokens[15];

      for (guint t = 0; t < G_N_ELEMENTS (tokens); t++)
        tokens[t] = (gint32) gsc_rng_below (&rng, 5);
      check_rules (5, 2, 3, tokens, 5);
    }
}

/* Accuracies */

/* Ratio matching where it has an answer, else a number that is never right. */
static gboolean
predict_ratio (const GscKshot *kshot,
               guint shot,
               guint8 *answers,
               float *probabilities,
               gpointer data,
               GError **error)
{
  for (int x = 0; x < kshot->p; x++)
    for (int y = 0; y < kshot->p; y++)
      {
        guint cell = gsc_kshot_get_cell (kshot, x, y);
        GscRatioMatch match = gsc_ratio_match (kshot->p, kshot->tokens, shot, x, y, NULL);

        answers[cell]
            = (guint8) (match.answerable ? match.answer : (kshot->truth[cell] + 1) % kshot->p);
        probabilities[cell] = 0.5;
      }
  return TRUE;
}

/* The other way round: wrong where ratio matching has an answer. */
static gboolean
predict_others (const GscKshot *kshot,
                guint shot,
                guint8 *answers,
                float *probabilities,
                gpointer data,
                GError **error)
{
  for (int cell = 0; cell < kshot->p * kshot->p; cell++)
    answers[cell]
        = (guint8) ((kshot->truth[cell] + (kshot->columns[shot].ratio[cell] != GSC_KSHOT_NONE))
                    % kshot->p);
  return TRUE;
}

static void
test_shift (void)
{
  int p = 7, n = p * p;
  g_autoptr (GError) error = NULL;
  g_autofree gint32 *tokens = draw_context (p, 2, 5, 12, SEED);
  g_autoptr (GscKshot) matcher
      = gsc_kshot_new_predicted (p, 2, 5, tokens, 36, predict_ratio, NULL, &error);
  g_autoptr (GscKshot) others
      = gsc_kshot_new_predicted (p, 2, 5, tokens, 36, predict_others, NULL, &error);
  guint before = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (matcher->columns[0].n_explained, ==, 1);
  for (guint shot = 0; shot <= 12; shot++)
    {
      const GscKshotColumn *column = &matcher->columns[shot];
      guint n_explained = 0;

      for (int cell = 0; cell < n; cell++)
        {
          gboolean explained = column->ratio[cell] != GSC_KSHOT_NONE;

          n_explained += explained;
          g_assert_cmpint (gsc_kshot_is_right (matcher, shot, cell), ==, explained);
          g_assert_cmpint (gsc_kshot_get_difference (matcher, shot, cell), ==, 0);
          g_assert_cmpint (gsc_kshot_get_difference (others, shot, cell), ==, explained ? -1 : 1);
          g_assert_cmpfloat (column->probabilities[cell], ==, 0.5);
        }
      g_assert_cmpuint (column->n_explained, ==, n_explained);
      g_assert_cmpuint (column->n_right_explained, ==, n_explained);
      g_assert_cmpuint (column->n_right_unexplained, ==, 0);
      g_assert_cmpfloat (column->explained_accuracy, ==, 1);
      g_assert_cmpfloat_with_epsilon (column->accuracy, (double) n_explained / n, 1e-12);
      g_assert_cmpfloat_with_epsilon (column->ratio_accuracy,
                                      (n_explained + (double) (n - n_explained) / p) / n, 1e-12);
      g_assert_cmpuint (n_explained, >=, before);
      before = n_explained;

      column = &others->columns[shot];
      g_assert_cmpuint (column->n_explained, ==, n_explained);
      g_assert_cmpuint (column->n_right_explained, ==, 0);
      g_assert_cmpfloat (column->explained_accuracy, ==, 0);
      g_assert_cmpuint (column->n_right_unexplained, ==, n - n_explained);
      if (n_explained < (guint) n)
        {
          g_assert_cmpfloat (column->unexplained_accuracy, ==, 1);
          g_assert_cmpfloat (matcher->columns[shot].unexplained_accuracy, ==, 0);
        }
    }
}

/* As soon as no cell is left that ratio matching does not explain, there is no accuracy on them. */
static void
test_all_explained (void)
{
  /* one example on each of the p + 1 lines through 0 */
  static const gint32 tokens[] = { 0, 1, 1, 1, 0, 2, 1, 1, 0, 1, 2, 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GscKshot) kshot
      = gsc_kshot_new_predicted (3, 2, 1, tokens, 12, predict_zero, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (kshot->columns[3].n_explained, ==, 7);
  g_assert_false (isnan (kshot->columns[3].unexplained_accuracy));
  g_assert_cmpuint (kshot->columns[4].n_explained, ==, 9);
  g_assert_true (isnan (kshot->columns[4].unexplained_accuracy));
  g_assert_cmpfloat (kshot->columns[4].ratio_accuracy, ==, 1);
}

/* z = 0 whatever x and y are. */
static void
test_zero_task (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint32 *tokens = draw_context (5, 0, 0, 4, SEED);
  g_autoptr (GscKshot) kshot
      = gsc_kshot_new_predicted (5, 0, 0, tokens, 12, predict_zero, NULL, &error);

  g_assert_no_error (error);
  check_rules (5, 0, 0, tokens, 4);
  for (guint shot = 0; shot <= 4; shot++)
    {
      g_assert_cmpfloat (kshot->columns[shot].accuracy, ==, 1);
      g_assert_cmpfloat (kshot->columns[shot].explained_accuracy, ==, 1);
      g_assert_cmpfloat (kshot->columns[shot].unexplained_accuracy, ==, 1);
    }
}

/* Models */

/* Every cell against a probe of its sequence. */
static void
check_model (const GscSubject *subject, int a, int b, const gint32 *tokens, guint n_examples)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint32 *sequence = g_new (gint32, 3 * n_examples + 2);
  g_autoptr (GscKshot) kshot
      = gsc_kshot_new (subject, a, b, tokens, 3 * n_examples, NULL, NULL, &error);

  g_assert_no_error (error);
  memcpy (sequence, tokens, 3 * n_examples * sizeof *sequence);
  for (guint shot = 0; shot <= n_examples; shot++)
    {
      const GscKshotColumn *column = &kshot->columns[shot];
      guint n_right = 0, n = (guint) (subject->p * subject->p);

      for (guint cell = 0; cell < n; cell++)
        {
          g_autoptr (GscProbe) probe = NULL;
          const GscProbeAnswer *answer;

          sequence[3 * shot] = (gint32) cell / subject->p;
          sequence[3 * shot + 1] = (gint32) cell % subject->p;
          probe = gsc_probe_new (subject, sequence, 3 * shot + 2, &error);
          g_assert_no_error (error);
          answer = &probe->answers[shot];
          g_assert_cmpfloat_with_epsilon (column->probabilities[cell], answer->probability, 1e-5);
          g_assert_cmpfloat_with_epsilon (answer->chances[column->answers[cell]],
                                          answer->probability, 1e-5);
          n_right += answer->answer == kshot->truth[cell];
        }
      g_assert_cmpfloat_with_epsilon (column->accuracy, (double) n_right / n, 1.0001 / n);
      memcpy (sequence + 3 * shot, tokens + 3 * shot,
              (shot < n_examples ? 3 : 0) * sizeof *sequence);
    }
}

/* Also of a vocabulary that is larger than p, more than a batch of queries, heads taken out. */
static void
test_model (void)
{
  g_autoptr (GscModel) model = make_model (11, 2, GSC_ACTIVATION_RELU);
  g_autoptr (GscModel) larger = make_model (9, 1, GSC_ACTIVATION_GELU);
  g_autoptr (GscAblation) ablation = gsc_ablation_new (gsc_model_get_config (model), NULL, 0);
  g_autofree gint32 *tokens = draw_context (11, 4, 7, 3, SEED);
  g_autofree gint32 *few = draw_context (5, 2, 0, 2, SEED);

  gsc_ablation_set (ablation, 1, 0, GSC_ABLATION_ZERO);
  check_model (&(GscSubject){ .model = model, .p = 11 }, 4, 7, tokens, 3);
  check_model (&(GscSubject){ .model = model, .p = 11, .ablation = ablation }, 4, 7, tokens, 3);
  check_model (&(GscSubject){ .model = larger, .p = 5 }, 2, 0, few, 2);
}

static void
test_pytorch_model (ModelFixture *fixture, gconstpointer data)
{
  const GscSubject subject = { .model = fixture->model, .p = fixture->p };

  check_model (&subject, 1, 2, fixture->tokens, 2);
}

static void
test_threads (void)
{
  g_autoptr (GscModel) model = make_model (29, 2, GSC_ACTIVATION_RELU);
  const GscSubject subject = { .model = model, .p = 29 };
  g_autofree gint32 *tokens = draw_context (29, 3, 8, 2, SEED);
  g_autoptr (GError) error = NULL;
  g_autoptr (GscKshot) expected = gsc_kshot_new (&subject, 3, 8, tokens, 6, NULL, NULL, &error);
  gsize n = 29 * 29;

  g_assert_no_error (error);
  for (guint threads = 1; threads <= 3; threads++)
    {
      g_autoptr (GscTeam) team = gsc_team_new (threads);
      g_autoptr (GscKshot) kshot = gsc_kshot_new (&subject, 3, 8, tokens, 6, team, NULL, &error);

      g_assert_no_error (error);
      for (guint shot = 0; shot <= 2; shot++)
        {
          const GscKshotColumn *a = &expected->columns[shot], *b = &kshot->columns[shot];

          g_assert_cmpmem (a->answers, n, b->answers, n);
          g_assert_cmpmem (a->probabilities, n * sizeof (float), b->probabilities,
                           n * sizeof (float));
          g_assert_cmpfloat (a->accuracy, ==, b->accuracy);
        }
    }
}

/* An incomplete example is left out, and examples after which no query has room. */
static void
test_length (void)
{
  g_autoptr (GscModel) model = make_model (3, 1, GSC_ACTIVATION_RELU);
  const GscSubject subject = { .model = model, .p = 3 };
  g_autofree gint32 *tokens = draw_context (3, 1, 2, GSC_MAX_TIME / 3, SEED);
  g_autoptr (GError) error = NULL;
  g_autoptr (GscKshot) cut = gsc_kshot_new (&subject, 1, 2, tokens, 8, NULL, NULL, &error);
  g_autoptr (GscKshot) full
      = gsc_kshot_new (&subject, 1, 2, tokens, GSC_MAX_TIME, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (cut->n_examples, ==, 2);
  g_assert_cmpuint (full->n_examples, ==, GSC_MAX_TIME / 3 - 1);
  check_rules (3, 1, 2, tokens, full->n_examples);
}

/* Errors and stopping */

static void
test_errors (void)
{
  g_autoptr (GscModel) model = make_model (5, 1, GSC_ACTIVATION_RELU);
  const GscSubject subject = { .model = model, .p = 5 };
  const GscSubject large = { .model = model, .p = 7 };
  const gint32 good[] = { 1, 2, 3 }, bad[] = { 1, 5, 3 };
  g_autoptr (GError) error = NULL;

  g_assert_null (gsc_kshot_new (&large, 1, 2, good, 3, NULL, NULL, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_null (gsc_kshot_new (&subject, 1, 5, good, 3, NULL, NULL, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_null (gsc_kshot_new (&subject, -1, 2, good, 3, NULL, NULL, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_null (gsc_kshot_new (&subject, 1, 2, bad, 3, NULL, NULL, &error));
  g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT);
  g_clear_error (&error);
  gsc_model_get_weights (model)[0] = NAN;
  g_assert_null (gsc_kshot_new (&subject, 1, 2, good, 3, NULL, NULL, &error));
  g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE);
}

typedef struct
{
  GCancellable *cancellable; /* or NULL */
  double latest;
  guint n_calls;
} Follower;

static void
follow (double done, gpointer data)
{
  Follower *follower = data;

  g_assert_cmpfloat (done, >=, follower->latest);
  follower->latest = done;
  follower->n_calls++;
  if (done > 0.4 && follower->cancellable != NULL)
    g_cancellable_cancel (follower->cancellable);
}

static void
test_watch (void)
{
  g_autoptr (GscModel) model = make_model (11, 1, GSC_ACTIVATION_RELU);
  const GscSubject subject = { .model = model, .p = 11 };
  g_autofree gint32 *tokens = draw_context (11, 4, 7, 9, SEED);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GscTeam) team = gsc_team_new (2);
  Follower patient = { 0 };
  Follower stopping = { .cancellable = cancellable };
  const GscWatch watch = { cancellable, follow, &patient };
  const GscWatch stop = { cancellable, follow, &stopping };
  g_autoptr (GError) error = NULL;
  g_autoptr (GscKshot) kshot = gsc_kshot_new (&subject, 4, 7, tokens, 27, team, &watch, &error);

  g_assert_no_error (error);
  g_assert_cmpfloat (patient.latest, ==, 1);
  g_assert_cmpuint (patient.n_calls, >=, 10);
  g_assert_null (gsc_kshot_new (&subject, 4, 7, tokens, 27, team, &stop, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpfloat (stopping.latest, <, 0.6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kshot/rules", test_rules);
  g_test_add_func ("/kshot/any-context", test_any_context);
  g_test_add_func ("/kshot/shift", test_shift);
  g_test_add_func ("/kshot/all-explained", test_all_explained);
  g_test_add_func ("/kshot/zero-task", test_zero_task);
  g_test_add_func ("/kshot/model", test_model);
  g_test_add ("/kshot/pytorch-model", ModelFixture, "depth2", model_fixture_open,
              test_pytorch_model, model_fixture_close);
  g_test_add_func ("/kshot/threads", test_threads);
  g_test_add_func ("/kshot/length", test_length);
  g_test_add_func ("/kshot/errors", test_errors);
  g_test_add_func ("/kshot/watch", test_watch);
  return g_test_run ();
}
