/* gsc-similarity.h - cosine similarity of what a model computes for all inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures 7 and 8 of the paper: with the context fixed, the input of one example runs over all its
 * values, and what each head and each block gives is compared between every two of them.
 */

#pragma once

#include "gsc-similarity-score.h"
#include "gsc-subject.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

/* Immutable once made, so any thread may read it; reference-counted (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  GscModelConfig model;
  int p;
  int a, b; /* the task, which gives z */
  GscSlot slot;
  guint shot;    /* complete examples before the one that varies */
  guint n;       /* inputs: p at x, in order; p^2 at y and z, input p x + y */
  guint n_maps;  /* depth * (heads + 1): gsc_similarity_get_map() */
  float *values; /* [n_maps][n][n], -1..1; symmetric, the same above and below to the bit */
  GscSimilarityScore *scores; /* [n_maps] */
} GscSimilarity;

/* What is compared: each head's output times its columns of Wo ("OV output": what it adds to the
 * residual stream) and the residual stream after each block, at @slot of example @shot (0-based)
 * after the first @shot examples of tokens[0 .. n_tokens) (x1 y1 z1 ..., complete ones; those from
 * @shot on are not looked at). At z, z = a x + b y mod p follows.
 *
 * Each vector is standardised over its features (minus their mean, by their standard deviation)
 * and scaled to unit norm; the values are the products of these, that is the correlation
 * coefficients of the vectors' features. A vector whose features are all equal (a head that is
 * ablated to zero) has the similarity 0 to all and to itself.
 *
 * Takes 4 n_maps n^2 bytes (p = 29, 4 blocks of 4 heads, at y: 54 MiB), and while it works the
 * vectors beside them. Bits do not depend on the number of threads of @team (nullable). NULL and
 * @error: G_IO_ERROR_CANCELLED, as gsc_context_check_prime() and gsc_context_check_tokens(),
 * GSC_TASK_ERROR_FORMAT for too few examples or no room for one more, GSC_TASK_ERROR_RANGE for a
 * task outside 0..p-1 and where the matrices would take more than 1.2 GB (with 4 blocks of 4 heads:
 * p above 61), GSC_MODEL_ERROR_VALUE where the weights have diverged. Any thread. */
GscSimilarity *gsc_similarity_new (const GscSubject *subject,
                                   int a,
                                   int b,
                                   const gint32 *tokens,
                                   guint n_tokens,
                                   guint shot,
                                   GscSlot slot,
                                   GscTeam *team,
                                   const GscWatch *watch,
                                   GError **error);

GscSimilarity *gsc_similarity_ref (GscSimilarity *similarity);
void gsc_similarity_unref (GscSimilarity *similarity);

/* Which of the n_maps: heads of block @layer are 0 .. heads - 1, the block itself is @head =
 * heads. */
static inline guint
gsc_similarity_get_map (const GscSimilarity *similarity, guint layer, guint head)
{
  return layer * ((guint) similarity->model.heads + 1) + head;
}

static inline float
gsc_similarity_get (const GscSimilarity *similarity, guint map, guint i, guint j)
{
  return similarity->values[((gsize) map * similarity->n + i) * similarity->n + j];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscSimilarity, gsc_similarity_unref)

G_END_DECLS
