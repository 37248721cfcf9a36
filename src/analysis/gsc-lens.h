/* gsc-lens.h - what a model would answer after each layer ("logit lens")
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The residual stream before the first block and after each one, read out as the last one is:
 * through the final LayerNorm and the output weights, which are the embedding's where these are
 * tied.
 */

#pragma once

#include "gsc-record.h"
#include "gsc-subject.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

typedef struct
{
  double accuracy;    /* how often the most likely token is the right z */
  double probability; /* of the right z, on average */
} GscLensScore;

/* Immutable once made, so any thread may read it; reference-counted (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  guint n_layers;              /* depth + 1: 0 the embedding, l after block l */
  guint shots;                 /* of the config */
  guint sequences[GSC_N_SETS]; /* of each set */
  GscLensScore *scores;        /* [n_layers][GSC_N_SETS][shots]: by complete examples before */
  GscLensScore *means;         /* [n_layers][GSC_N_SETS]: over all shots */
} GscLens;

/* On the evaluation's sequences of all four sets (gsc-evaluation.h); after the last block the
 * accuracies are the model's own. @subject's config, tasks and inputs must be there. Bits do not
 * depend on the number of threads of @team (nullable). NULL and @error: G_IO_ERROR_CANCELLED, as
 * gsc_context_check_prime(), GSC_MODEL_ERROR_VALUE where the weights have diverged. Any thread. */
GscLens *
gsc_lens_new (const GscSubject *subject, GscTeam *team, const GscWatch *watch, GError **error);

GscLens *gsc_lens_ref (GscLens *lens);
void gsc_lens_unref (GscLens *lens);

static inline const GscLensScore *
gsc_lens_get (const GscLens *lens, guint layer, GscSet set, guint shot)
{
  return &lens->scores[(layer * GSC_N_SETS + set) * lens->shots + shot];
}

static inline const GscLensScore *
gsc_lens_get_mean (const GscLens *lens, guint layer, GscSet set)
{
  return &lens->means[layer * GSC_N_SETS + set];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscLens, gsc_lens_unref)

G_END_DECLS
