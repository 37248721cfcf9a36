/* test-reference.c - the reference predictors against brute force over all tasks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "gsc-posterior.h"
#include "gsc-ratio-match.h"
#include "gsc-reference.h"
#include "gsc-sequence.h"
#include "gsc-task-split.h"

enum
{
  MAX_EXAMPLES = 6
};

static GscTask *
list_all_tasks (int p)
{
  GscTask *tasks = g_new0 (GscTask, p * p);

  for (int i = 0; i < p * p; i++)
    {
      tasks[i].a = i / p;
      tasks[i].b = i % p;
    }
  return tasks;
}

/* A posterior by the definition: probability of z = share of the fitting tasks that answer z. */
static void
check_posterior (const GscPosterior *posterior,
                 int p,
                 const GscTask *tasks,
                 guint n_tasks,
                 const gint32 *tokens,
                 guint n_examples,
                 int x,
                 int y)
{
  guint counts[GSC_ZP_MAX] = { 0 };
  guint n_fitting = 0;
  guint most = 0;
  guint n_best = 0;
  int best = -1;

  for (guint t = 0; t < n_tasks; t++)
    {
      guint n_right = 0;

      for (guint i = 0; i < n_examples; i++)
        n_right += (tasks[t].a * tokens[3 * i] + tasks[t].b * tokens[3 * i + 1]) % p
                   == tokens[3 * i + 2];
      if (n_right < n_examples)
        continue;
      n_fitting++;
      counts[(tasks[t].a * x + tasks[t].b * y) % p]++;
    }
  for (int z = 0; z < p; z++)
    if (counts[z] > most)
      {
        most = counts[z];
        best = z;
      }
  for (int z = 0; z < p && most > 0; z++)
    n_best += counts[z] == most;

  g_assert_cmpint (posterior->p, ==, p);
  g_assert_cmpuint (posterior->n_fitting, ==, n_fitting);
  g_assert_cmpint (posterior->best, ==, best);
  g_assert_cmpuint (posterior->n_best, ==, n_best);
  for (int z = 0; z < p; z++)
    {
      double probability = n_fitting == 0 ? 0 : (double) counts[z] / n_fitting;
      double accuracy = n_fitting == 0 ? 1.0 / p : counts[z] == most ? 1.0 / n_best : 0;

      g_assert_cmpuint (posterior->counts[z], ==, counts[z]);
      g_assert_cmpfloat (posterior->probability[z], ==, probability);
      g_assert_cmpfloat (gsc_posterior_accuracy (posterior, z), ==, accuracy);
    }
}

/* Draws a context of 0 to MAX_EXAMPLES examples; half of them of one task, the others whatever a
 * user might type. Small numbers of distinct pairs make low ranks likely. */
static guint
draw_context (GscRng *rng, int p, gint32 *tokens)
{
  guint n_examples = gsc_rng_below (rng, MAX_EXAMPLES + 1);
  guint16 pairs[MAX_EXAMPLES];
  guint n_pairs = 1 + gsc_rng_below (rng, MAX_EXAMPLES);
  GscTask task = { .a = (int) gsc_rng_below (rng, p), .b = (int) gsc_rng_below (rng, p) };

  for (guint i = 0; i < n_pairs; i++)
    pairs[i] = (guint16) gsc_rng_below (rng, p * p);
  gsc_sequence_draw (rng, p, &task, pairs, n_pairs, (int) n_examples, tokens);
  if (n_examples > 0 && gsc_rng_below (rng, 2) == 0)
    tokens[3 * gsc_rng_below (rng, n_examples) + 2] = (gint32) gsc_rng_below (rng, p);
  return n_examples;
}

static void
test_posterior (void)
{
  static const int primes[] = { 3, 5, 7 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      int p = primes[i];
      g_autofree GscTask *tasks = list_all_tasks (p);
      g_autoptr (GscTaskSplit) split = gsc_task_split_new (p, 4, GSC_TASK_RULE_RANDOM, 1, NULL);
      guint n_impossible = 0;
      GscRng rng;

      gsc_rng_init (&rng, 2, GSC_RNG_SHOW, 0, p);
      for (guint trial = 0; trial < 1500; trial++)
        {
          gint32 tokens[3 * MAX_EXAMPLES];
          guint n = draw_context (&rng, p, tokens);

          for (int x = 0; x < p; x++)
            for (int y = 0; y < p; y++)
              {
                GscPosterior posterior;

                gsc_posterior_all_tasks (&posterior, p, tokens, n, x, y);
                check_posterior (&posterior, p, tasks, p * p, tokens, n, x, y);
                n_impossible += posterior.n_fitting == 0;
                gsc_posterior_of_tasks (&posterior, p, split->tasks, split->n_id, tokens, n, x, y);
                check_posterior (&posterior, p, split->tasks, split->n_id, tokens, n, x, y);
              }
        }
      g_assert_cmpuint (n_impossible, >, 100);
    }
}

/* Linear algebra at the largest p, where products are largest. */
static void
test_posterior_large_prime (void)
{
  enum
  {
    P = 97
  };
  g_autofree GscTask *tasks = list_all_tasks (P);
  GscRng rng;

  gsc_rng_init (&rng, 3, GSC_RNG_SHOW, 0, 0);
  for (guint trial = 0; trial < 500; trial++)
    {
      gint32 tokens[3 * MAX_EXAMPLES];
      guint n = draw_context (&rng, P, tokens);
      int x = (int) gsc_rng_below (&rng, P);
      int y = (int) gsc_rng_below (&rng, P);
      GscPosterior posterior;

      gsc_posterior_all_tasks (&posterior, P, tokens, n, x, y);
      check_posterior (&posterior, P, tasks, P * P, tokens, n, x, y);
    }
}

/* The rule by its definition: tries every c. */
static void
check_ratio_match (int p, const gint32 *tokens, guint n_examples, int x, int y)
{
  guint explaining[MAX_EXAMPLES + 1];
  GscRatioMatch match, without_list;
  guint votes[GSC_ZP_MAX] = { 0 };
  guint n = 0;
  guint n_answers = 0;

  explaining[n_examples] = 4711;
  match = gsc_ratio_match (p, tokens, n_examples, x, y, explaining);
  without_list = gsc_ratio_match (p, tokens, n_examples, x, y, NULL);
  g_assert_cmpuint (explaining[n_examples], ==, 4711);
  g_assert_cmpint (without_list.answer, ==, match.answer);
  g_assert_cmpuint (without_list.n_explaining, ==, match.n_explaining);

  for (guint i = 0; i < n_examples; i++)
    for (int c = 0; c < p; c++)
      if (c * tokens[3 * i] % p == x && c * tokens[3 * i + 1] % p == y)
        {
          g_assert_cmpuint (n, <, match.n_explaining);
          g_assert_cmpuint (explaining[n++], ==, i);
          n_answers += votes[c * tokens[3 * i + 2] % p]++ == 0;
          break;
        }
  g_assert_cmpuint (match.n_explaining, ==, n);
  g_assert_cmpint (match.answerable, ==, n > 0 || (x == 0 && y == 0));
  g_assert_cmpint (match.unanimous, ==, n_answers <= 1);
  if (!match.answerable)
    g_assert_cmpint (match.answer, ==, -1);
  else
    for (int z = 0; z < p; z++)
      g_assert_true (votes[z] < votes[match.answer]
                     || (votes[z] == votes[match.answer] && z >= match.answer));
}

static void
test_ratio_match (void)
{
  static const int primes[] = { 3, 5, 7, 97 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      int p = primes[i];
      GscRng rng;

      gsc_rng_init (&rng, 4, GSC_RNG_SHOW, 0, p);
      for (guint trial = 0; trial < 1000; trial++)
        {
          gint32 tokens[3 * MAX_EXAMPLES];
          guint n = draw_context (&rng, p, tokens);
          int c = (int) gsc_rng_below (&rng, p);

          check_ratio_match (p, tokens, n, 0, 0);
          check_ratio_match (p, tokens, n, (int) gsc_rng_below (&rng, p),
                             (int) gsc_rng_below (&rng, p));
          if (n > 0) /* a query that is explained */
            check_ratio_match (p, tokens, n, c * tokens[0] % p, c * tokens[1] % p);
        }
    }
}

/* Where the examples are those of a task, the rule agrees with it and with Bayes. */
static void
test_ratio_match_is_right (void)
{
  enum
  {
    P = 11,
    SHOTS = 12
  };
  guint16 pairs[P * P];
  GscRng rng;

  for (int i = 0; i < P * P; i++)
    pairs[i] = (guint16) i;
  gsc_rng_init (&rng, 5, GSC_RNG_SHOW, 0, 0);
  for (guint trial = 0; trial < 2000; trial++)
    {
      GscTask task = { .a = (int) gsc_rng_below (&rng, P), .b = (int) gsc_rng_below (&rng, P) };
      gint32 tokens[3 * SHOTS];

      gsc_sequence_draw (&rng, P, &task, pairs, P * P, SHOTS, tokens);
      for (guint k = 0; k < SHOTS; k++)
        {
          const gint32 *query = &tokens[3 * k];
          GscRatioMatch match = gsc_ratio_match (P, tokens, k, query[0], query[1], NULL);
          GscPosterior posterior;

          g_assert_true (match.unanimous);
          if (!match.answerable)
            continue;
          gsc_posterior_all_tasks (&posterior, P, tokens, k, query[0], query[1]);
          g_assert_cmpint (match.answer, ==, query[2]);
          g_assert_cmpfloat (posterior.probability[query[2]], ==, 1);
        }
    }
}

/* Accuracies at k = 0..max_shot by going through all tasks, all contexts and all queries. */
static void
enumerate_curves (int p,
                  const guint16 *pairs,
                  guint n_pairs,
                  guint max_shot,
                  double *bayes,
                  double *answerable,
                  double *ratio)
{
  g_autofree GscTask *tasks = list_all_tasks (p);
  guint n_contexts = 1;

  for (guint k = 0; k <= max_shot; k++, n_contexts *= n_pairs)
    {
      double n = 0;

      bayes[k] = answerable[k] = ratio[k] = 0;
      for (int t = 0; t < p * p; t++)
        for (guint context = 0; context < n_contexts; context++)
          {
            gint32 tokens[3 * MAX_EXAMPLES];
            guint digits = context;

            for (guint i = 0; i < k; i++, digits /= n_pairs)
              {
                int pair = pairs[digits % n_pairs];

                tokens[3 * i] = pair / p;
                tokens[3 * i + 1] = pair % p;
                tokens[3 * i + 2] = (tasks[t].a * (pair / p) + tasks[t].b * (pair % p)) % p;
              }
            for (guint i = 0; i < n_pairs; i++)
              {
                int x = pairs[i] / p, y = pairs[i] % p;
                int z = (tasks[t].a * x + tasks[t].b * y) % p;
                GscRatioMatch match = gsc_ratio_match (p, tokens, k, x, y, NULL);
                GscPosterior posterior;

                gsc_posterior_all_tasks (&posterior, p, tokens, k, x, y);
                bayes[k] += gsc_posterior_accuracy (&posterior, z);
                answerable[k] += match.answerable;
                ratio[k] += match.answerable ? match.answer == z : 1.0 / p;
                n++;
              }
          }
      bayes[k] /= n;
      answerable[k] /= n;
      ratio[k] /= n;
    }
}

static void
check_exact_curves (int p, const guint16 *pairs, guint n_pairs, guint max_shot)
{
  double bayes[MAX_EXAMPLES], answerable[MAX_EXAMPLES], ratio[MAX_EXAMPLES];
  double curve[MAX_EXAMPLES], share[MAX_EXAMPLES], accuracy[MAX_EXAMPLES];
  guint16 all_pairs[49];

  for (int i = 0; i < p * p; i++)
    all_pairs[i] = (guint16) i;
  enumerate_curves (p, pairs != NULL ? pairs : all_pairs, pairs != NULL ? n_pairs : (guint) (p * p),
                    max_shot, bayes, answerable, ratio);
  gsc_reference_bayes_curve (p, pairs, n_pairs, max_shot + 1, curve);
  gsc_reference_ratio_curve (p, pairs, n_pairs, max_shot + 1, share, accuracy);
  for (guint k = 0; k <= max_shot; k++)
    {
      g_assert_cmpfloat_with_epsilon (curve[k], bayes[k], 1e-10);
      g_assert_cmpfloat_with_epsilon (share[k], answerable[k], 1e-10);
      g_assert_cmpfloat_with_epsilon (accuracy[k], ratio[k], 1e-10);
    }
}

static void
test_exact_curves (void)
{
  static const guint16 with_zero[] = { 0, 1, 2, 7, 11 };
  static const guint16 one_line[] = { 6, 12, 18 };
  static const guint16 zero_only[] = { 0 };
  static const guint16 mixed[] = { 3, 8, 9, 16, 24, 30, 48 };

  check_exact_curves (3, NULL, 0, 3);
  check_exact_curves (5, NULL, 0, 2);
  check_exact_curves (7, NULL, 0, 1);
  check_exact_curves (5, with_zero, G_N_ELEMENTS (with_zero), 4);
  check_exact_curves (5, one_line, G_N_ELEMENTS (one_line), 4);
  check_exact_curves (5, zero_only, G_N_ELEMENTS (zero_only), 4);
  check_exact_curves (7, mixed, G_N_ELEMENTS (mixed), 3);
}

/* The figures of experiment.md, "Exact references". */
static void
test_paper_prime (void)
{
  enum
  {
    P = 29,
    SHOTS = 32
  };
  double bayes[SHOTS], answerable[SHOTS], accuracy[SHOTS], small[16];

  gsc_reference_bayes_curve (P, NULL, 0, SHOTS, bayes);
  g_assert_cmpfloat_with_epsilon (bayes[0], (1 + 840.0 / 29) / 841, 1e-12);
  g_assert_cmpfloat_with_epsilon (bayes[0], 0.036, 0.0005);
  g_assert_cmpfloat_with_epsilon (bayes[1], 57.0 / 841, 0.0001);
  g_assert_cmpfloat_with_epsilon (bayes[1], 0.068, 0.0005);
  g_assert_cmpfloat_with_epsilon (bayes[2], 0.97, 0.005);
  g_assert_cmpfloat_with_epsilon (bayes[3], 0.999, 0.0005);

  gsc_reference_ratio_curve (P, NULL, 0, SHOTS, answerable, NULL);
  gsc_reference_ratio_curve (P, NULL, 0, SHOTS, NULL, accuracy);
  g_assert_cmpfloat_with_epsilon (answerable[1], 0.03, 0.005);
  g_assert_cmpfloat_with_epsilon (answerable[2], 0.07, 0.005);
  g_assert_cmpfloat_with_epsilon (answerable[10], 0.29, 0.005);
  g_assert_cmpfloat_with_epsilon (answerable[31], 0.65, 0.005);
  for (guint k = 0; k < SHOTS; k++)
    {
      double m = (P + 1) * (1 - pow (P / (P + 1.0), k));

      g_assert_cmpfloat_with_epsilon (answerable[k], (1 + m * (P - 1)) / (P * P), 0.0005);
      g_assert_cmpfloat_with_epsilon (accuracy[k], answerable[k] + (1 - answerable[k]) / P, 1e-12);
      g_assert_cmpfloat (accuracy[k], <=, bayes[k] + 1e-12);
    }

  gsc_reference_ratio_curve (11, NULL, 0, 16, small, NULL);
  g_assert_cmpfloat_with_epsilon (small[15], 0.73, 0.005);
}

/* With all tasks known, memorising is Bayes; with some, an enumeration of its posterior. */
static void
test_memorising_curve (void)
{
  enum
  {
    P = 5,
    SHOTS = 4,
    N_ID = 8,
    N_DRAWS = 20000
  };
  static const guint16 pairs[] = { 0, 1, 7, 8, 12, 14, 18, 21 };
  enum
  {
    N_PAIRS = G_N_ELEMENTS (pairs)
  };
  g_autoptr (GscTaskSplit) split = gsc_task_split_new (P, N_ID, GSC_TASK_RULE_RECTANGLE, 1, NULL);
  g_autofree GscTask *all = list_all_tasks (P);
  double bayes[SHOTS], curve[SHOTS], deviation[SHOTS];

  for (guint set = 0; set < 2; set++)
    {
      const guint16 *inputs = set == 0 ? NULL : pairs;

      gsc_reference_bayes_curve (P, inputs, N_PAIRS, SHOTS, bayes);
      gsc_reference_memorising_curve (P, all, P * P, all, P * P, inputs, N_PAIRS, SHOTS, 1, N_DRAWS,
                                      curve, deviation);
      for (guint k = 0; k < SHOTS; k++)
        {
          g_assert_cmpfloat (deviation[k], <=, 0.5 / sqrt (N_DRAWS));
          g_assert_cmpfloat (fabs (curve[k] - bayes[k]), <=, 4 * deviation[k] + 1e-12);
        }
    }

  for (guint role = 0; role < 2; role++)
    {
      const GscTask *truth = role == 0 ? split->tasks : split->tasks + split->n_id;
      guint n_truth = role == 0 ? split->n_id : split->n_ood;
      guint n_contexts = 1;

      gsc_reference_memorising_curve (P, split->tasks, N_ID, truth, n_truth, pairs, N_PAIRS, SHOTS,
                                      2, N_DRAWS, curve, deviation);
      for (guint k = 0; k < SHOTS; k++, n_contexts *= N_PAIRS)
        {
          double exact = 0;

          for (guint t = 0; t < n_truth; t++)
            for (guint context = 0; context < n_contexts; context++)
              for (guint i = 0; i < N_PAIRS; i++)
                {
                  gint32 tokens[3 * SHOTS];
                  guint digits = context;
                  GscPosterior posterior;
                  int x = pairs[i] / P, y = pairs[i] % P;

                  for (guint j = 0; j < k; j++, digits /= N_PAIRS)
                    {
                      tokens[3 * j] = pairs[digits % N_PAIRS] / P;
                      tokens[3 * j + 1] = pairs[digits % N_PAIRS] % P;
                      tokens[3 * j + 2]
                          = gsc_task_answer (&truth[t], P, tokens[3 * j], tokens[3 * j + 1]);
                    }
                  gsc_posterior_of_tasks (&posterior, P, split->tasks, N_ID, tokens, k, x, y);
                  exact
                      += gsc_posterior_accuracy (&posterior, gsc_task_answer (&truth[t], P, x, y));
                }
          exact /= (double) n_truth * n_contexts * N_PAIRS;
          g_assert_cmpfloat (fabs (curve[k] - exact), <=, 4 * deviation[k] + 1e-12);
        }
    }
}

/* The standard error is the spread of the curve over seeds. */
static void
test_memorising_error (void)
{
  enum
  {
    P = 5,
    SHOTS = 3,
    N_DRAWS = 100,
    N_SEEDS = 400
  };
  g_autoptr (GscTaskSplit) split = gsc_task_split_new (P, 8, GSC_TASK_RULE_RANDOM, 1, NULL);
  double sum[SHOTS] = { 0 }, squares[SHOTS] = { 0 }, errors[SHOTS] = { 0 };
  double curve[SHOTS], again[SHOTS], deviation[SHOTS];

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      gsc_reference_memorising_curve (P, split->tasks, 8, split->tasks, 8, NULL, 0, SHOTS, seed,
                                      N_DRAWS, curve, deviation);
      gsc_reference_memorising_curve (P, split->tasks, 8, split->tasks, 8, NULL, 0, SHOTS, seed,
                                      N_DRAWS, again, NULL);
      g_assert_cmpmem (curve, sizeof curve, again, sizeof again);
      for (guint k = 0; k < SHOTS; k++)
        {
          sum[k] += curve[k];
          squares[k] += curve[k] * curve[k];
          errors[k] += deviation[k];
        }
    }
  for (guint k = 0; k < SHOTS; k++)
    {
      double mean = sum[k] / N_SEEDS;
      double spread = sqrt (squares[k] / N_SEEDS - mean * mean);

      g_assert_cmpfloat_with_epsilon (spread / (errors[k] / N_SEEDS), 1, 0.15);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference/posterior", test_posterior);
  g_test_add_func ("/reference/posterior-large-prime", test_posterior_large_prime);
  g_test_add_func ("/reference/ratio-match", test_ratio_match);
  g_test_add_func ("/reference/ratio-match-is-right", test_ratio_match_is_right);
  g_test_add_func ("/reference/exact-curves", test_exact_curves);
  g_test_add_func ("/reference/paper-prime", test_paper_prime);
  g_test_add_func ("/reference/memorising-curve", test_memorising_curve);
  g_test_add_func ("/reference/memorising-error", test_memorising_error);
  return g_test_run ();
}
