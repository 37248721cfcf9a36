/* gsc-kshot.c - all queries of one task, after every number of examples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-kshot.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

#include "gsc-context.h"
#include "gsc-continuation.h"
#include "gsc-ops.h"
#include "gsc-zp.h"

/* The tokens of a query. */
#define QUERY 2

/* Queries that are run together: enough rows for products at full speed, little enough for what is
 * between them to stay in the cache. Whatever the number of threads, so that the result is, too. */
#define BATCH 64

/* Batches between two looks at the watch. */
#define ROUND 16

/* What the rules know so far; grows by an example at a time. */
typedef struct
{
  guint8 *votes;    /* [p * p][p] examples that give the cell each answer by ratio matching */
  guint16 *fitting; /* [n_fitting] tasks a * p + b that fit all examples */
  guint n_fitting;
} Rules;

static void
rules_init (Rules *rules, int p)
{
  rules->votes = g_new0 (guint8, p * p * p);
  rules->n_fitting = (guint) (p * p);
  rules->fitting = g_new (guint16, rules->n_fitting);
  for (guint i = 0; i < rules->n_fitting; i++)
    rules->fitting[i] = (guint16) i;
}

static void
rules_clear (Rules *rules)
{
  g_free (rules->votes);
  g_free (rules->fitting);
}

/* The answer of most votes, the smallest of several. */
static guint8
count_votes (const guint8 *votes, int p)
{
  int best = 0;

  for (int z = 1; z < p; z++)
    if (votes[z] > votes[best])
      best = z;
  return (guint8) best;
}

/* The example explains its own multiples; (0, 0) has no other than itself. */
static void
add_to_ratio (GscKshot *kshot, Rules *rules, guint example, guint8 *ratio)
{
  const gint32 *tokens = kshot->tokens + 3 * example;
  int p = kshot->p, n = tokens[0] == 0 && tokens[1] == 0 ? 1 : p;

  for (int c = 0; c < n; c++)
    {
      guint cell = gsc_kshot_get_cell (kshot, c * tokens[0] % p, c * tokens[1] % p);
      guint8 *votes = rules->votes + cell * p;

      votes[c * tokens[2] % p]++;
      ratio[cell] = count_votes (votes, p);
      kshot->explained_from[cell] = MIN (kshot->explained_from[cell], example);
    }
}

static int
answer_task (int p, guint task, int x, int y)
{
  return ((int) task / p * x + (int) task % p * y) % p;
}

static void
add_to_bayes (const GscKshot *kshot, Rules *rules, guint example)
{
  const gint32 *tokens = kshot->tokens + 3 * example;
  guint n = 0;

  for (guint i = 0; i < rules->n_fitting; i++)
    if (answer_task (kshot->p, rules->fitting[i], tokens[0], tokens[1]) == tokens[2])
      rules->fitting[n++] = rules->fitting[i];
  rules->n_fitting = n;
}

/* What all tasks that fit answer to (x, y). Where they do not agree every number has as many of
 * them: they are a plane, a line or a point of all tasks (gsc-posterior.h). */
static guint8
agree (const Rules *rules, int p, int x, int y)
{
  int answer;

  if (rules->n_fitting == 0)
    return GSC_KSHOT_NONE;
  answer = answer_task (p, rules->fitting[0], x, y);
  for (guint i = 1; i < rules->n_fitting; i++)
    if (answer_task (p, rules->fitting[i], x, y) != answer)
      return GSC_KSHOT_NONE;
  return (guint8) answer;
}

/* Fills in what the rules say in every column. */
static void
apply_rules (GscKshot *kshot)
{
  int p = kshot->p;
  gsize n = (gsize) (p * p);
  Rules rules;

  rules_init (&rules, p);
  for (guint k = 0; k <= kshot->n_examples; k++)
    {
      GscKshotColumn *column = &kshot->columns[k];

      if (k == 0)
        {
          memset (column->ratio, GSC_KSHOT_NONE, n);
          column->ratio[0] = 0; /* (0, 0) needs no example */
        }
      else
        {
          memcpy (column->ratio, column[-1].ratio, n);
          add_to_ratio (kshot, &rules, k - 1, column->ratio);
          add_to_bayes (kshot, &rules, k - 1);
        }
      column->n_fitting = rules.n_fitting;
      for (int cell = 0; cell < p * p; cell++)
        column->bayes[cell] = agree (&rules, p, cell / p, cell % p);
    }
  rules_clear (&rules);
}

/* 1 or 0; the chance of a guess where there is no answer. */
static double
score_rule (const GscKshot *kshot, const guint8 *answers, guint cell)
{
  return answers[cell] == GSC_KSHOT_NONE ? 1.0 / kshot->p : answers[cell] == kshot->truth[cell];
}

static void
count_column (const GscKshot *kshot, guint shot)
{
  GscKshotColumn *column = &kshot->columns[shot];
  guint n = (guint) (kshot->p * kshot->p);
  double ratio = 0, bayes = 0;

  for (guint cell = 0; cell < n; cell++)
    {
      gboolean right = gsc_kshot_is_right (kshot, shot, cell);

      if (column->ratio[cell] != GSC_KSHOT_NONE)
        {
          column->n_explained++;
          column->n_right_explained += right;
        }
      else
        column->n_right_unexplained += right;
      ratio += score_rule (kshot, column->ratio, cell);
      bayes += score_rule (kshot, column->bayes, cell);
    }
  column->accuracy = (double) (column->n_right_explained + column->n_right_unexplained) / n;
  column->ratio_accuracy = ratio / n;
  column->bayes_accuracy = bayes / n;
  /* (0, 0) is always explained */
  column->explained_accuracy = (double) column->n_right_explained / column->n_explained;
  column->unexplained_accuracy
      = column->n_explained < n ? (double) column->n_right_unexplained / (n - column->n_explained)
                                : NAN;
}

/* A grid with room for everything, and nothing in it but the task and the context. */
static GscKshot *
make_kshot (int p, int a, int b, const gint32 *tokens, guint n_tokens)
{
  GscKshot *kshot = g_new0 (GscKshot, 1);
  gsize n = (gsize) (p * p);

  g_atomic_ref_count_init (&kshot->ref_count);
  kshot->p = p;
  kshot->a = a;
  kshot->b = b;
  kshot->n_examples = MIN (n_tokens, GSC_MAX_TIME - QUERY) / 3;
  kshot->tokens = g_memdup2 (tokens, 3 * kshot->n_examples * sizeof *tokens);
  kshot->truth = g_new (guint8, n);
  for (int cell = 0; cell < p * p; cell++)
    kshot->truth[cell] = (guint8) ((a * (cell / p) + b * (cell % p)) % p);
  kshot->explained_from = g_malloc (n);
  memset (kshot->explained_from, GSC_KSHOT_NONE, n);
  kshot->columns = g_new0 (GscKshotColumn, kshot->n_examples + 1);
  for (guint k = 0; k <= kshot->n_examples; k++)
    {
      kshot->columns[k].answers = g_new0 (guint8, n);
      kshot->columns[k].probabilities = g_new0 (float, n);
      kshot->columns[k].ratio = g_new (guint8, n);
      kshot->columns[k].bayes = g_new (guint8, n);
    }
  return kshot;
}

GscKshot *
gsc_kshot_new_predicted (int p,
                         int a,
                         int b,
                         const gint32 *tokens,
                         guint n_tokens,
                         GscKshotPredict predict,
                         gpointer data,
                         GError **error)
{
  g_autoptr (GscKshot) kshot = NULL;

  if (!gsc_zp_check_prime (p, error) || !gsc_context_check_tokens (tokens, n_tokens, p, error))
    return NULL;
  if (a < 0 || a >= p || b < 0 || b >= p)
    {
      g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
                   _ ("The task (%d, %d) is none: both of its numbers must be from 0 to %d."), a, b,
                   p - 1);
      return NULL;
    }

  kshot = make_kshot (p, a, b, tokens, n_tokens);
  apply_rules (kshot);
  for (guint k = 0; k <= kshot->n_examples; k++)
    {
      if (!predict (kshot, k, kshot->columns[k].answers, kshot->columns[k].probabilities, data,
                    error))
        return NULL;
      count_column (kshot, k);
    }
  return g_steal_pointer (&kshot);
}

/* A model's answers */

typedef struct
{
  const GscSubject *subject;
  GscTeam *team;
  const GscWatch *watch;
  GscContinuation **continuations; /* [threads] of the column being filled; NULL: not yet */
  int diverged;                    /* atomic */

  /* the column */
  const GscKshot *kshot;
  guint shot;
  guint first; /* batch of the round */
  guint8 *answers;
  float *probabilities;
} Asking;

/* The most likely of @p numbers, and the probability it has in the whole vocabulary. FALSE if the
 * logits are no numbers. */
static gboolean
read_logits (const float *logits, int vocab, int p, guint8 *answer, float *probability)
{
  double highest = -INFINITY, sum = 0.0;
  int best = 0;

  for (int v = 0; v < vocab; v++)
    {
      if (!isfinite (logits[v]))
        return FALSE;
      highest = MAX (highest, logits[v]);
      if (v < p && logits[v] > logits[best])
        best = v;
    }
  for (int v = 0; v < vocab; v++)
    sum += exp (logits[v] - highest);
  *answer = (guint8) best;
  *probability = (float) (exp (logits[best] - highest) / sum);
  return TRUE;
}

/* GscTeamFunc */
static void
ask_batch (guint item, guint thread, gpointer data)
{
  Asking *asking = data;
  const GscSubject *subject = asking->subject;
  int vocab = gsc_model_get_config (subject->model)->vocab;
  int p = subject->p;
  guint start = (asking->first + item) * BATCH;
  guint n = MIN (BATCH, (guint) (p * p) - start);
  gint32 tails[BATCH * QUERY];
  const float *logits;

  if (asking->continuations[thread] == NULL)
    asking->continuations[thread] = gsc_continuation_new (
        subject->model, subject->ablation, asking->kshot->tokens, 3 * (int) asking->shot, QUERY,
        MIN (BATCH, p * p), GSC_CONTINUATION_LOGITS, 0);
  for (guint i = 0; i < n; i++)
    {
      tails[QUERY * i] = (gint32) (start + i) / p;
      tails[QUERY * i + 1] = (gint32) (start + i) % p;
    }
  gsc_continuation_forward (asking->continuations[thread], tails, (int) n);
  logits = gsc_continuation_get_logits (asking->continuations[thread]);
  for (guint i = 0; i < n; i++)
    if (!read_logits (logits + (QUERY * i + 1) * vocab, vocab, p, &asking->answers[start + i],
                      &asking->probabilities[start + i]))
      g_atomic_int_set (&asking->diverged, TRUE);
}

static guint
count_threads (const GscTeam *team)
{
  return team != NULL ? gsc_team_get_threads (team) : 1;
}

static void
run_batches (Asking *asking, guint n)
{
  if (asking->team != NULL)
    gsc_team_run (asking->team, n, ask_batch, asking);
  else
    for (guint i = 0; i < n; i++)
      ask_batch (i, 0, asking);
}

static gboolean
ask_column (Asking *asking, GError **error)
{
  guint n_batches = ((guint) (asking->kshot->p * asking->kshot->p) + BATCH - 1) / BATCH;
  double n_columns = asking->kshot->n_examples + 1;

  for (asking->first = 0; asking->first < n_batches; asking->first += ROUND)
    {
      double done = (asking->shot + (double) asking->first / n_batches) / n_columns;

      if (!gsc_watch_step (asking->watch, done, error))
        return FALSE;
      run_batches (asking, MIN (ROUND, n_batches - asking->first));
      if (g_atomic_int_get (&asking->diverged))
        {
          gsc_context_set_diverged (error);
          return FALSE;
        }
    }
  return gsc_watch_step (asking->watch, (asking->shot + 1) / n_columns, error);
}

/* GscKshotPredict */
static gboolean
ask_model (const GscKshot *kshot,
           guint shot,
           guint8 *answers,
           float *probabilities,
           gpointer data,
           GError **error)
{
  Asking *asking = data;
  gboolean done;

  asking->kshot = kshot;
  asking->shot = shot;
  asking->answers = answers;
  asking->probabilities = probabilities;
  done = ask_column (asking, error);
  for (guint i = 0; i < count_threads (asking->team); i++)
    g_clear_pointer (&asking->continuations[i], gsc_continuation_free);
  return done;
}

GscKshot *
gsc_kshot_new (const GscSubject *subject,
               int a,
               int b,
               const gint32 *tokens,
               guint n_tokens,
               GscTeam *team,
               const GscWatch *watch,
               GError **error)
{
  g_autofree GscContinuation **continuations = g_new0 (GscContinuation *, count_threads (team));
  Asking asking = {
    .subject = subject,
    .team = team,
    .watch = watch,
    .continuations = continuations,
  };

  if (!gsc_context_check_prime (subject->model, subject->p, error))
    return NULL;
  gsc_linear_init ();
  return gsc_kshot_new_predicted (subject->p, a, b, tokens, n_tokens, ask_model, &asking, error);
}

GscKshot *
gsc_kshot_ref (GscKshot *kshot)
{
  g_atomic_ref_count_inc (&kshot->ref_count);
  return kshot;
}

void
gsc_kshot_unref (GscKshot *kshot)
{
  if (kshot == NULL || !g_atomic_ref_count_dec (&kshot->ref_count))
    return;
  for (guint k = 0; k <= kshot->n_examples; k++)
    {
      g_free (kshot->columns[k].answers);
      g_free (kshot->columns[k].probabilities);
      g_free (kshot->columns[k].ratio);
      g_free (kshot->columns[k].bayes);
    }
  g_free (kshot->columns);
  g_free (kshot->tokens);
  g_free (kshot->truth);
  g_free (kshot->explained_from);
  g_free (kshot);
}
