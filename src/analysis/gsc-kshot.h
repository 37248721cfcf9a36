/* gsc-kshot.h - all queries of one task, after every number of examples
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The k-shot grid (paper, figure 5; figures.md, panel 8): after the first k examples of a context,
 * the answers of a model to all p^2 queries (x, y), beside what ratio matching and Bayes can say.
 * Where a model answers what ratio matching cannot, it has another skill: the algorithmic shift.
 */

#pragma once

#include "gsc-subject.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

/* Stands for "no number" where numbers of 0..p-1 are kept in a byte. */
#define GSC_KSHOT_NONE G_MAXUINT8

/* Cells after the same number of examples. The query (x, y) is cell x * p + y everywhere. */
typedef struct
{
  guint8 *answers;      /* [p * p] the model's most likely number of 0..p-1 */
  float *probabilities; /* [p * p] it gives that answer, among its whole vocabulary */
  guint8 *ratio;        /* [p * p] the answer of ratio matching; NONE: it has none */
  guint8 *bayes;        /* [p * p] the answer of all tasks that fit the examples; NONE: they do not
                           agree, and then every number is equally probable, or none fits */
  guint n_fitting;      /* tasks that fit the examples, p^2, p, 1; 0: they contradict each other */

  /* Cells that ratio matching explains (it has an answer, right or wrong), and cells where the
   * model is right, of those and of the others. */
  guint n_explained;
  guint n_right_explained;
  guint n_right_unexplained;

  /* Shares of the p^2 cells that are right. A rule that has no answer guesses: 1 / p. */
  double accuracy;
  double ratio_accuracy;
  double bayes_accuracy;

  /* The model's accuracy on the cells that ratio matching explains, and on the others; NaN where
   * there are none. */
  double explained_accuracy;
  double unexplained_accuracy;
} GscKshotColumn;

/* Immutable once made, so any thread may read it; reference-counted (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  int p;
  int a; /* the task z = a x + b y mod p, which says what is right */
  int b;
  guint n_examples;
  gint32 *tokens;          /* [3 * n_examples] the context */
  guint8 *truth;           /* [p * p] a x + b y */
  guint8 *explained_from;  /* [p * p] the first example (0-based) that explains the query; NONE:
                              none does */
  GscKshotColumn *columns; /* [n_examples + 1] by k, the number of examples */
} GscKshot;

/* What answers all queries after the first @shot examples of @kshot->tokens: fills in answers[p^2]
 * with numbers of 0..p-1 and probabilities[p^2]. FALSE and @error to stop. */
typedef gboolean (*GscKshotPredict) (const GscKshot *kshot,
                                     guint shot,
                                     guint8 *answers,
                                     float *probabilities,
                                     gpointer data,
                                     GError **error);

/* Asks @subject's model, with its ablation, about the task (@a, @b), both in 0..p-1, after the
 * examples of tokens[0 .. n_tokens), x1 y1 z1 x2 ..., in 0..p-1 (an incomplete last one is left
 * out, and those after which no query has room). They need not be of the task: a user may type
 * anything. Needs no config nor splits. Any thread. @team (nullable: this thread alone) shares out
 * the work without changing the result; @watch (nullable) follows and stops it. NULL and @error:
 * GSC_TASK_ERROR_RANGE for a p that the model has not or a task that is none, GSC_TASK_ERROR_FORMAT
 * for tokens, GSC_MODEL_ERROR_VALUE where the weights have diverged, G_IO_ERROR_CANCELLED. */
GscKshot *gsc_kshot_new (const GscSubject *subject,
                         int a,
                         int b,
                         const gint32 *tokens,
                         guint n_tokens,
                         GscTeam *team,
                         const GscWatch *watch,
                         GError **error);

/* The same for anything that answers; @predict is called for k = 0, 1, ... in this thread. */
GscKshot *gsc_kshot_new_predicted (int p,
                                   int a,
                                   int b,
                                   const gint32 *tokens,
                                   guint n_tokens,
                                   GscKshotPredict predict,
                                   gpointer data,
                                   GError **error);

GscKshot *gsc_kshot_ref (GscKshot *kshot);
void gsc_kshot_unref (GscKshot *kshot);

static inline guint
gsc_kshot_get_cell (const GscKshot *kshot, int x, int y)
{
  return (guint) (x * kshot->p + y);
}

static inline gboolean
gsc_kshot_is_right (const GscKshot *kshot, guint shot, guint cell)
{
  return kshot->columns[shot].answers[cell] == kshot->truth[cell];
}

/* How much more often the model is right than ratio matching: 1, 0 or -1 (figure 5, "model minus
 * rule"). */
static inline int
gsc_kshot_get_difference (const GscKshot *kshot, guint shot, guint cell)
{
  return gsc_kshot_is_right (kshot, shot, cell)
         - (kshot->columns[shot].ratio[cell] == kshot->truth[cell]);
}

/* The probability of the most probable answers under Bayes over all tasks: 1, 1 / p, or 0 where no
 * task fits the examples. */
static inline double
gsc_kshot_get_bayes_probability (const GscKshot *kshot, guint shot, guint cell)
{
  const GscKshotColumn *column = &kshot->columns[shot];

  if (column->n_fitting == 0)
    return 0;
  return column->bayes[cell] != GSC_KSHOT_NONE ? 1 : 1.0 / kshot->p;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscKshot, gsc_kshot_unref)

G_END_DECLS
