/* gsc-noise.c - wrong labels in the context
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-noise.h"

#include <math.h>
#include <string.h>

#include "gsc-context.h"
#include "gsc-evaluation.h"
#include "gsc-ops.h"
#include "gsc-rng.h"

/* Sequences between two looks at the watch: about a second for the paper's models, and still some
 * micro-batches for every thread. */
#define CHUNK 128

/* Sequences for each number of wrong examples, and for each example that is wrong alone. */
#define MIN_REPEATS 32
#define MAX_REPEATS 256

/* Floating-point operations of the whole that a small model may take: seconds. */
#define BUDGET 1e11

/* What the streams of random numbers of wrong labels are told apart by from those of the
 * evaluation's sequences, which have the number of a set. */
#define STREAM (1u << 16)

typedef struct
{
  GscNoise *noise;
  const GscSubject *subject;
  GscPass *pass;
  const gint32 *rows; /* [n_rows][3 S] the evaluation's */
  guint n_rows;
  guint repeats;
  guint32 *order;  /* [n_rows] the evaluation's sequences, mixed: they stand there by task */
  gint32 *wrong;   /* [CHUNK][3 S] with wrong labels */
  float *losses;   /* [CHUNK][S] */
  gint32 *best;    /* [CHUNK][S] */
  guint *n_right;  /* [S][S] right answers after k shots, m wrong */
  guint *n_single; /* [S - 1] */
} Work;

guint
gsc_noise_get_repeats (const GscModelConfig *model, guint shots)
{
  double per_token = 24.0 * model->depth * model->width * model->width;
  double each = per_token * 3.0 * shots * 2.0 * shots; /* one repeat of all that is repeated */

  return (guint) CLAMP (BUDGET / each, MIN_REPEATS, MAX_REPEATS);
}

/* Which sequences there are: the evaluation's own, then those with 1 .. S - 1 wrong examples in
 * turn, then those with one, for each example in turn. */
static guint
count_sequences (const Work *work)
{
  return work->n_rows + 2 * (work->noise->shots - 1) * work->repeats;
}

/* Makes sequence @index: its tokens, and flags for each example that is wrong. Returns the
 * evaluation's that it comes from. */
static const gint32 *
make_sequence (const Work *work, guint index, gint32 *tokens, gboolean *is_wrong)
{
  guint shots = work->noise->shots, p = (guint) work->noise->p;
  const gint32 *row;
  guint32 places[GSC_MAX_TIME / 3];
  guint n_wrong;
  GscRng rng;

  memset (is_wrong, 0, shots * sizeof *is_wrong);
  if (index < work->n_rows)
    {
      row = work->rows + (gsize) index * 3 * shots;
      memcpy (tokens, row, 3 * shots * sizeof *tokens);
      return row;
    }

  index -= work->n_rows;
  row = work->rows + (gsize) work->order[index % work->n_rows] * 3 * shots;
  memcpy (tokens, row, 3 * shots * sizeof *tokens);
  gsc_rng_init (&rng, work->subject->config->seed, GSC_RNG_EVAL, STREAM + work->noise->set, index);
  for (guint i = 0; i + 1 < shots; i++)
    places[i] = i;
  if (index < (shots - 1) * work->repeats)
    {
      n_wrong = 1 + index % (shots - 1);
      gsc_rng_shuffle (&rng, places, shots - 1);
    }
  else
    {
      n_wrong = 1;
      places[0] = index % (shots - 1);
    }
  for (guint i = 0; i < n_wrong; i++)
    {
      gint32 *z = &tokens[3 * places[i] + 2];

      is_wrong[places[i]] = TRUE;
      *z = (gint32) ((guint) *z + 1 + gsc_rng_below (&rng, p - 1)) % (gint32) p;
    }
  return row;
}

/* Counts the right answers of one sequence. */
static void
count (Work *work, guint index, const gint32 *row, const gboolean *is_wrong, const gint32 *best)
{
  guint shots = work->noise->shots, wrong = 0;
  gboolean own = index < work->n_rows;
  gboolean single = index >= work->n_rows + (shots - 1) * work->repeats;

  for (guint k = 0; k < shots; k++)
    {
      gboolean right = best[k] == row[3 * k + 2];
      guint cell = k * shots + wrong;

      /* where nothing is wrong yet, only the evaluation's own sequences count */
      if (own || wrong > 0)
        {
          work->noise->grid[cell].sequences++;
          work->n_right[cell] += right;
        }
      wrong += is_wrong[k];
    }
  if (single)
    {
      guint j = (index - work->n_rows) % (shots - 1);

      work->noise->single[j].sequences++;
      work->n_single[j] += best[shots - 1] == row[3 * shots - 1];
    }
}

static gboolean
run (Work *work, const GscWatch *watch, GError **error)
{
  guint shots = work->noise->shots, n = count_sequences (work);
  const float *weights = gsc_model_peek_weights (work->subject->model);
  const gint32 *from[CHUNK];
  g_autofree gboolean *is_wrong = g_new (gboolean, CHUNK * shots);

  for (guint begin = 0; begin < n; begin += CHUNK)
    {
      guint size = MIN (CHUNK, n - begin);

      if (!gsc_watch_step (watch, (double) begin / n, error))
        return FALSE;
      for (guint i = 0; i < size; i++)
        from[i] = make_sequence (work, begin + i, work->wrong + (gsize) i * 3 * shots,
                                 is_wrong + i * shots);
      gsc_pass_losses (work->pass, weights, work->wrong, size, work->losses, work->best);
      for (guint i = 0; i < size * shots; i++)
        if (!isfinite (work->losses[i]))
          {
            gsc_context_set_diverged (error);
            return FALSE;
          }
      for (guint i = 0; i < size; i++)
        count (work, begin + i, from[i], is_wrong + i * shots, work->best + i * shots);
    }
  return gsc_watch_step (watch, 1.0, error);
}

static void
finish (GscNoiseScore *score, guint n_right)
{
  if (score->sequences == 0)
    return;
  score->accuracy = n_right / (double) score->sequences;
  score->error = sqrt (score->accuracy * (1.0 - score->accuracy) / score->sequences);
}

static GscNoise *
make_noise (const GscSubject *subject, GscSet set)
{
  GscNoise *noise = g_new0 (GscNoise, 1);

  g_atomic_ref_count_init (&noise->ref_count);
  noise->set = set;
  noise->p = subject->p;
  noise->shots = (guint) subject->config->shots;
  noise->grid = g_new0 (GscNoiseScore, noise->shots * noise->shots);
  noise->single = g_new0 (GscNoiseScore, noise->shots);
  return noise;
}

static void
start (Work *work, GscEvaluation *evaluation, GscTeam *team)
{
  const GscSubject *subject = work->subject;
  guint shots = work->noise->shots;
  GscRng rng;

  work->rows = gsc_evaluation_get_rows (evaluation, work->noise->set, &work->n_rows);
  work->repeats = gsc_noise_get_repeats (gsc_model_get_config (subject->model), shots);
  work->order = g_new (guint32, work->n_rows);
  for (guint i = 0; i < work->n_rows; i++)
    work->order[i] = i;
  gsc_rng_init (&rng, subject->config->seed, GSC_RNG_EVAL, STREAM + GSC_N_SETS, work->noise->set);
  gsc_rng_shuffle (&rng, work->order, work->n_rows);
  work->wrong = g_new (gint32, CHUNK * 3 * shots);
  work->losses = g_new (float, CHUNK *shots);
  work->best = g_new (gint32, CHUNK * shots);
  work->n_right = g_new0 (guint, shots * shots);
  work->n_single = g_new0 (guint, shots);
  work->pass = gsc_pass_new (team, gsc_model_get_layout (subject->model), (int) shots, 0);
  gsc_pass_set_ablation (work->pass, subject->ablation);
  gsc_pass_update (work->pass, gsc_model_peek_weights (subject->model));
}

static void
clear (Work *work)
{
  gsc_pass_free (work->pass);
  g_free (work->order);
  g_free (work->wrong);
  g_free (work->losses);
  g_free (work->best);
  g_free (work->n_right);
  g_free (work->n_single);
}

GscNoise *
gsc_noise_new (
    const GscSubject *subject, GscSet set, GscTeam *team, const GscWatch *watch, GError **error)
{
  g_autoptr (GscTeam) alone = NULL;
  g_autoptr (GscNoise) noise = NULL;
  g_autoptr (GscEvaluation) evaluation = NULL;
  Work work = { .subject = subject };
  gboolean done;

  g_return_val_if_fail (set < GSC_N_SETS, NULL);

  if (!gsc_context_check_prime (subject->model, subject->p, error))
    return NULL;
  gsc_linear_init ();
  if (team == NULL)
    team = alone = gsc_team_new (1);
  work.noise = noise = make_noise (subject, set);
  evaluation = gsc_evaluation_new (subject->config, subject->tasks, subject->inputs);
  start (&work, evaluation, team);
  done = run (&work, watch, error);
  for (guint i = 0; i < noise->shots * noise->shots; i++)
    finish (&noise->grid[i], work.n_right[i]);
  for (guint i = 0; i + 1 < noise->shots; i++)
    finish (&noise->single[i], work.n_single[i]);
  clear (&work);
  return done ? g_steal_pointer (&noise) : NULL;
}

GscNoise *
gsc_noise_ref (GscNoise *noise)
{
  g_atomic_ref_count_inc (&noise->ref_count);
  return noise;
}

void
gsc_noise_unref (GscNoise *noise)
{
  if (noise == NULL || !g_atomic_ref_count_dec (&noise->ref_count))
    return;
  g_free (noise->grid);
  g_free (noise->single);
  g_free (noise);
}
