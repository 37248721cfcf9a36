/* gsc-reference.c - accuracy by shot of the exact references
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-reference.h"

#include <math.h>
#include <string.h>

#include "gsc-posterior.h"
#include "gsc-sequence.h"

/* The evaluation sets of a run count from 0; this step number keeps clear of their streams. */
#define REFERENCE_STEP G_MAXUINT32

/* The p + 1 lines through 0 of Z_p^2, and what share of the inputs lies on each. */
typedef struct
{
  guint n_lines;
  double zero;                 /* share of (0, 0) */
  double line[GSC_ZP_MAX + 1]; /* share of the other points of each line */
} LineShares;

static LineShares
count_lines (int p, const guint16 *pairs, guint n_pairs)
{
  LineShares shares = { (guint) p + 1, 0, { 0 } };
  guint n = pairs != NULL ? n_pairs : (guint) (p * p);

  for (guint i = 0; i < n; i++)
    {
      int pair = pairs != NULL ? pairs[i] : (int) i;
      int x = pair / p;
      int y = pair % p;

      /* The lines are y = slope x, and x = 0 as number p. */
      if (x != 0)
        shares.line[y * gsc_zp_inverse (x, p) % p] += 1.0 / n;
      else if (y != 0)
        shares.line[p] += 1.0 / n;
      else
        shares.zero = 1.0 / n;
    }
  return shares;
}

void
gsc_reference_bayes_curve (
    int p, const guint16 *pairs, guint n_pairs, guint shots, double *accuracy)
{
  LineShares shares = count_lines (p, pairs, n_pairs);

  for (guint k = 0; k < shots; k++)
    {
      double rank_0 = pow (shares.zero, k);
      double rank_2 = 1 - rank_0;
      double fixed = rank_0 * shares.zero; /* chance that the context fixes the answer */

      for (guint i = 0; i < shares.n_lines; i++)
        {
          double on_line = shares.line[i] + shares.zero;
          double rank_1 = pow (on_line, k) - rank_0;

          fixed += rank_1 * on_line;
          rank_2 -= rank_1;
        }
      fixed += rank_2;
      accuracy[k] = fixed + (1 - fixed) / p;
    }
}

void
gsc_reference_ratio_curve (
    int p, const guint16 *pairs, guint n_pairs, guint shots, double *answerable, double *accuracy)
{
  LineShares shares = count_lines (p, pairs, n_pairs);

  for (guint k = 0; k < shots; k++)
    {
      double share = shares.zero;

      for (guint i = 0; i < shares.n_lines; i++)
        share += shares.line[i] * (1 - pow (1 - shares.line[i], k));
      if (answerable != NULL)
        answerable[k] = share;
      if (accuracy != NULL)
        accuracy[k] = share + (1 - share) / p;
    }
}

/* Keeps those of tasks[0 .. n) that give the example's answer; returns how many. */
static guint
keep_fitting (GscTask *tasks, guint n, int p, const gint32 *example)
{
  guint n_kept = 0;

  for (guint i = 0; i < n; i++)
    if (gsc_task_answer (&tasks[i], p, example[0], example[1]) == example[2])
      tasks[n_kept++] = tasks[i];
  return n_kept;
}

static guint16 *
list_all_pairs (int p)
{
  guint16 *pairs = g_new (guint16, p * p);

  for (int i = 0; i < p * p; i++)
    pairs[i] = (guint16) i;
  return pairs;
}

void
gsc_reference_memorising_curve (int p,
                                const GscTask *known,
                                guint n_known,
                                const GscTask *truth,
                                guint n_truth,
                                const guint16 *pairs,
                                guint n_pairs,
                                guint shots,
                                guint64 seed,
                                guint n_draws,
                                double *accuracy,
                                double *standard_error)
{
  g_autofree guint16 *all_pairs = pairs == NULL ? list_all_pairs (p) : NULL;
  g_autofree GscTask *fitting = g_new (GscTask, n_known);
  g_autofree gint32 *tokens = g_new (gint32, 3 * shots);
  g_autofree double *squares = g_new0 (double, shots);

  for (guint k = 0; k < shots; k++)
    accuracy[k] = 0;

  for (guint draw = 0; draw < n_draws; draw++)
    {
      guint n_fitting = n_known;
      const GscTask *task;
      GscRng rng;

      gsc_rng_init (&rng, seed, GSC_RNG_EVAL, REFERENCE_STEP, draw);
      task = &truth[gsc_rng_below (&rng, n_truth)];
      gsc_sequence_draw (&rng, p, task, pairs != NULL ? pairs : all_pairs,
                         pairs != NULL ? n_pairs : (guint) (p * p), (int) shots, tokens);
      memcpy (fitting, known, n_known * sizeof (GscTask));
      for (guint k = 0; k < shots; k++)
        {
          const gint32 *example = &tokens[3 * k];
          GscPosterior posterior;
          double right;

          /* Only tasks that fit the examples before this one are left, so none is passed on. */
          gsc_posterior_of_tasks (&posterior, p, fitting, n_fitting, NULL, 0, example[0],
                                  example[1]);
          right = gsc_posterior_accuracy (&posterior, example[2]);
          accuracy[k] += right;
          squares[k] += right * right;
          n_fitting = keep_fitting (fitting, n_fitting, p, example);
        }
    }

  for (guint k = 0; k < shots; k++)
    {
      double variance;

      accuracy[k] /= n_draws;
      variance = squares[k] / n_draws - accuracy[k] * accuracy[k];
      if (standard_error != NULL)
        standard_error[k] = sqrt (MAX (variance, 0) / n_draws);
    }
}
