/* gsc-ablation-table.c - how much each head matters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ablation-table.h"

#include <math.h>

#include "gsc-context.h"
#include "gsc-evaluation.h"
#include "gsc-head-means.h"
#include "gsc-ops.h"

/* Sequences between two looks at the watch: a second or so for the paper's models, and still some
 * micro-batches for every thread. */
#define CHUNK 128

/* Right answers of each sequence of a set. */
typedef struct
{
  guint all;
  guint last;
} Rights;

typedef struct
{
  const GscSubject *subject;
  GscEvaluation *evaluation;
  GscPass *pass;
  const float *weights;
  guint shots;
  guint n;       /* sequences of a set */
  float *losses; /* [CHUNK][shots] */
  gint32 *best;
  Rights *base;   /* [GSC_N_SETS][n], of the base line */
  Rights *rights; /* the same for the heads' */
  const GscWatch *watch;
  double done; /* share of the work: what is over, and what a chunk of sequences adds */
  double chunk_share;
} Work;

/* Counts the right answers of sequences first .. first + n of a set. */
static gboolean
count_rights (Work *work, const gint32 *rows, guint n, Rights *rights, GError **error)
{
  guint shots = work->shots;

  gsc_pass_losses (work->pass, work->weights, rows, n, work->losses, work->best);
  for (guint i = 0; i < n; i++)
    {
      rights[i] = (Rights){ 0, 0 };
      for (guint k = 0; k < shots; k++)
        {
          gboolean right = work->best[i * shots + k] == rows[(i * shots + k) * 3 + 2];

          if (!isfinite (work->losses[i * shots + k]))
            {
              gsc_context_set_diverged (error);
              return FALSE;
            }
          rights[i].all += right;
          if (k + 1 == shots)
            rights[i].last = right;
        }
    }
  return TRUE;
}

/* Runs all four sets with @ablation. */
static gboolean
run_sets (Work *work, const GscAblation *ablation, Rights *rights, GError **error)
{
  gsc_pass_set_ablation (work->pass, ablation);
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      guint n;
      const gint32 *rows = gsc_evaluation_get_rows (work->evaluation, set, &n);

      for (guint first = 0; first < n; first += CHUNK)
        {
          if (!gsc_watch_step (work->watch, work->done, error)
              || !count_rights (work, rows + (gsize) first * 3 * work->shots,
                                MIN (CHUNK, n - first), rights + (gsize) set * work->n + first,
                                error))
            return FALSE;
          work->done += work->chunk_share;
        }
    }
  return TRUE;
}

/* Mean and its standard error from the sums of n values and of their squares. */
static void
estimate (double sum, double squares, guint n, double *mean, double *error)
{
  double spread = n > 1 ? (squares - sum * sum / n) / (n - 1) : 0.0;

  *mean = sum / n;
  *error = sqrt (MAX (spread, 0.0) / n);
}

static double
get_share (const Rights *rights, gboolean last, guint shots)
{
  return last ? rights->last : rights->all / (double) shots;
}

/* Right answers are whole numbers, so that their sum is exact and the accuracy is the bits of
 * gsc_evaluation_run(). */
static void
measure (
    const Work *work, guint set, gboolean last, const Rights *rights, GscAblationMeasure *measure)
{
  double sum = 0.0, squares = 0.0, changes = 0.0, change_squares = 0.0;
  gsize right = 0;

  for (guint i = 0; i < work->n; i++)
    {
      const Rights *mine = &rights[(gsize) set * work->n + i];
      double share = get_share (mine, last, work->shots);
      double change = share - get_share (&work->base[(gsize) set * work->n + i], last, work->shots);

      right += last ? mine->last : mine->all;
      sum += share;
      squares += share * share;
      changes += change;
      change_squares += change * change;
    }
  estimate (sum, squares, work->n, &measure->accuracy, &measure->error);
  estimate (changes, change_squares, work->n, &measure->change, &measure->change_error);
  measure->accuracy = right / ((double) work->n * (last ? 1 : work->shots));
}

static void
score (const Work *work, const Rights *rights, GscAblationScore *score)
{
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      measure (work, set, FALSE, rights, &score->all[set]);
      measure (work, set, TRUE, rights, &score->last[set]);
    }
}

/* The base line, then every head that works. */
static gboolean
fill (GscAblationTable *table, Work *work, const GscAblation *start, GError **error)
{
  if (!run_sets (work, work->subject->ablation, work->base, error))
    return FALSE;
  score (work, work->base, &table->base);
  for (guint layer = 0; layer < (guint) table->model.depth; layer++)
    for (guint head = 0; head < (guint) table->model.heads; head++)
      {
        GscAblationScore *to = &table->heads[layer * (guint) table->model.heads + head];
        g_autoptr (GscAblation) ablation = NULL;

        if (gsc_ablation_table_is_ablated (table, layer, head))
          {
            *to = table->base;
            continue;
          }
        ablation = gsc_ablation_copy (start);
        gsc_ablation_set (ablation, layer, head, table->mode);
        if (!run_sets (work, ablation, work->rights, error))
          return FALSE;
        score (work, work->rights, to);
      }
  return gsc_watch_step (work->watch, 1.0, error);
}

/* How the measuring of means shows in the progress of the whole. */
typedef struct
{
  const GscWatch *watch;
  double share;
} Part;

static void
on_part (double done, gpointer data)
{
  const Part *part = data;

  if (part->watch->progress != NULL)
    part->watch->progress (done * part->share, part->watch->data);
}

/* What is ablated beside the heads in turn, with means where they are needed. Means cost about a
 * quarter of one evaluation. */
static GscAblation *
make_start (Work *work, GscAblationMode mode, GscTeam *team, double evaluation, GError **error)
{
  const GscSubject *subject = work->subject;
  const GscModelConfig *model = gsc_model_get_config (subject->model);
  Part part = { work->watch, evaluation / 4 };
  GscWatch watch = { .progress = on_part, .data = &part };
  g_autoptr (GscAblation) start = NULL;

  if (subject->ablation != NULL
      && (mode != GSC_ABLATION_MEAN || gsc_ablation_has_means (subject->ablation)))
    return gsc_ablation_copy (subject->ablation);
  if (mode != GSC_ABLATION_MEAN)
    return gsc_ablation_new (model, NULL, 0);

  watch.cancellable = work->watch != NULL ? work->watch->cancellable : NULL;
  start = gsc_head_means_measure (subject, team, work->watch != NULL ? &watch : NULL, error);
  if (start == NULL)
    return NULL;
  work->done = part.share;
  /* An ablation without means can only have heads at zero. */
  for (guint layer = 0; subject->ablation != NULL && layer < (guint) model->depth; layer++)
    for (guint head = 0; head < (guint) model->heads; head++)
      gsc_ablation_set (start, layer, head, gsc_ablation_get (subject->ablation, layer, head));
  return g_steal_pointer (&start);
}

static GscAblationTable *
make_table (const GscSubject *subject, GscAblationMode mode)
{
  GscAblationTable *table = g_new0 (GscAblationTable, 1);

  g_atomic_ref_count_init (&table->ref_count);
  table->model = *gsc_model_get_config (subject->model);
  table->p = subject->p;
  table->mode = mode;
  table->ablated = subject->ablation != NULL ? gsc_ablation_copy (subject->ablation) : NULL;
  table->n_shots = (guint) subject->config->shots;
  table->sequences = (guint) subject->config->eval_sequences;
  table->heads = g_new0 (GscAblationScore, (gsize) table->model.depth * table->model.heads);
  return table;
}

GscAblationTable *
gsc_ablation_table_new (const GscSubject *subject,
                        GscAblationMode mode,
                        GscTeam *team,
                        const GscWatch *watch,
                        GError **error)
{
  g_autoptr (GscAblationTable) table = NULL;
  g_autoptr (GscEvaluation) evaluation = NULL;
  g_autoptr (GscAblation) start = NULL;
  g_autoptr (GscTeam) own = NULL;
  Work work = { .subject = subject, .watch = watch };
  double share; /* of the work that one evaluation is */
  gboolean filled = FALSE;

  g_return_val_if_fail (mode == GSC_ABLATION_ZERO || mode == GSC_ABLATION_MEAN, NULL);

  if (!gsc_context_check_prime (subject->model, subject->p, error))
    return NULL;
  gsc_linear_init ();
  if (team == NULL)
    team = own = gsc_team_new (1);
  table = make_table (subject, mode);
  work.evaluation = evaluation
      = gsc_evaluation_new (subject->config, subject->tasks, subject->inputs);
  work.weights = gsc_model_peek_weights (subject->model);
  work.shots = table->n_shots;
  work.n = table->sequences;
  share = 1.0
          / (1.25 + table->model.depth * table->model.heads
             - (double) gsc_ablation_count (subject->ablation));
  work.chunk_share = share / (GSC_N_SETS * ((work.n + CHUNK - 1) / CHUNK));
  start = make_start (&work, mode, team, share, error);
  if (start == NULL)
    return NULL;

  work.pass = gsc_pass_new (team, gsc_model_get_layout (subject->model), subject->config->shots, 0);
  gsc_pass_update (work.pass, work.weights);
  work.losses = g_new (float, (gsize) CHUNK *work.shots);
  work.best = g_new (gint32, (gsize) CHUNK * work.shots);
  work.base = g_new (Rights, (gsize) GSC_N_SETS * work.n);
  work.rights = g_new (Rights, (gsize) GSC_N_SETS * work.n);
  filled = fill (table, &work, start, error);
  gsc_pass_free (work.pass); /* before the team */
  g_free (work.losses);
  g_free (work.best);
  g_free (work.base);
  g_free (work.rights);
  return filled ? g_steal_pointer (&table) : NULL;
}

GscAblationTable *
gsc_ablation_table_ref (GscAblationTable *table)
{
  g_atomic_ref_count_inc (&table->ref_count);
  return table;
}

void
gsc_ablation_table_unref (GscAblationTable *table)
{
  if (table == NULL || !g_atomic_ref_count_dec (&table->ref_count))
    return;
  g_clear_pointer (&table->ablated, gsc_ablation_unref);
  g_free (table->heads);
  g_free (table);
}

gboolean
gsc_ablation_table_is_ablated (const GscAblationTable *table, guint layer, guint head)
{
  return table->ablated != NULL
         && gsc_ablation_get (table->ablated, layer, head) != GSC_ABLATION_NONE;
}

int
gsc_ablation_table_find_worst (const GscAblationTable *table, GscSet set, gboolean last)
{
  double lowest = 0.0;
  int worst = -1;

  for (int i = 0; i < table->model.depth * table->model.heads; i++)
    {
      const GscAblationScore *score = &table->heads[i];
      double change = last ? score->last[set].change : score->all[set].change;

      if (change < lowest)
        {
          lowest = change;
          worst = i;
        }
    }
  return worst;
}
