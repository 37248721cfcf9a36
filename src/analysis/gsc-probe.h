/* gsc-probe.h - what a model does with one sequence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-model.h"
#include "gsc-posterior.h"
#include "gsc-ratio-match.h"
#include "gsc-subject.h"

G_BEGIN_DECLS

/* What the model says where the next token is a z. */
typedef struct
{
  guint position;      /* of the y before it, 0-based */
  guint shot;          /* complete examples before it */
  int truth;           /* the z that follows in the sequence; -1 where it ends after the y */
  int answer;          /* the model's most likely number of 0..p-1 */
  double probability;  /* it gives that answer */
  double *chances;     /* [p] the probability of each number */
  GscRatioMatch ratio; /* what ratio matching says */
  guint *explaining;   /* [ratio.n_explaining] examples, 0-based */
  int bayes;           /* the most probable answer of Bayes over all tasks; -1: no task fits */
  double bayes_probability;
} GscProbeAnswer;

/* Predictions and attention of one forward pass. Immutable once made, so any thread may read it;
 * reference-counted (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  GscModelConfig model;
  int p;
  guint n_tokens;
  gint32 *tokens; /* [n_tokens] x1 y1 z1 x2 ...; ends after a y or a z */
  guint n_read;   /* tokens the model read: all but a last z */
  guint n_answers;
  GscProbeAnswer *answers; /* [n_answers], by position */
  float *attention;        /* [depth][heads][n_read][n_read]: row = query, column = key */
} GscProbe;

/* Runs @subject's model, without the heads that are ablated, on tokens[0 .. n_tokens), each in
 * 0..p-1, of which at least 2, at most GSC_MAX_TIME and as gsc_sequence_check_length() asks. The
 * model's vocabulary may be larger than @p (the
 * authors' has p + 18); those tokens take part in the softmax but are no answers. Any thread; takes
 * about a forward pass of one sequence. NULL and @error: GSC_TASK_ERROR_FORMAT for a sequence that
 * does not fit, GSC_TASK_ERROR_RANGE for a @p that the model has not, GSC_MODEL_ERROR_VALUE where
 * the weights have diverged. */
GscProbe *
gsc_probe_new (const GscSubject *subject, const gint32 *tokens, guint n_tokens, GError **error);

GscProbe *gsc_probe_ref (GscProbe *probe);
void gsc_probe_unref (GscProbe *probe);

/* The weight with which @query looks at @key (0 for key > query). */
static inline float
gsc_probe_get_weight (const GscProbe *probe, guint layer, guint head, guint query, guint key)
{
  gsize n = probe->n_read;

  return probe->attention[((layer * (gsize) probe->model.heads + head) * n + query) * n + key];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscProbe, gsc_probe_unref)

G_END_DECLS
