/* gsc-noise.h - wrong labels in the context
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The paper's appendix: how well a model answers when some examples of its context have a wrong z.
 */

#pragma once

#include "gsc-record.h"
#include "gsc-subject.h"
#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

/* An accuracy and how sure it is. */
typedef struct
{
  guint sequences; /* it is of; 0: nothing is known, and the rest is 0 */
  double accuracy;
  double error; /* standard error: sqrt (accuracy (1 - accuracy) / sequences) */
} GscNoiseScore;

/* Immutable once made, so any thread may read it; reference-counted (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  GscSet set;
  int p;
  guint shots;           /* S: of the config */
  GscNoiseScore *grid;   /* [S][S]: after k shots (row), m <= k of them wrong (column) */
  GscNoiseScore *single; /* [S - 1]: after all S - 1 shots, example j (0-based) alone wrong */
} GscNoise;

/* Asks the model for the z of every example of sequences of @set whose earlier examples have wrong
 * labels: any number of 0..p-1 but the right one, each as likely. Sequences are the evaluation's
 * (gsc-evaluation.h), drawn from the config's seed like what is wrong in them.
 *
 * m = 0 is the evaluation itself: all its sequences, unchanged. Of the others as many have 1, 2 ...
 * S - 1 wrong examples among their first S - 1, any as likely: after k < S - 1 shots each then
 * counts for the m that are wrong by there, which again may be any m of the k. So after k shots
 * about as many sequences have each m from 0 to k, and every pass serves all k. Those with one
 * example wrong, as many for each example j, are used for m = 1 too. There are
 * gsc_noise_get_repeats() sequences for each number of wrong examples and for each j: a second for
 * the quick preset, a minute or two on two cores for the paper's models.
 *
 * @subject's config, tasks and inputs must be there. Bits do not depend on the number of threads of
 * @team (nullable). NULL and @error: G_IO_ERROR_CANCELLED, as gsc_context_check_prime(),
 * GSC_MODEL_ERROR_VALUE where the weights have diverged. Any thread. */
GscNoise *gsc_noise_new (
    const GscSubject *subject, GscSet set, GscTeam *team, const GscWatch *watch, GError **error);

GscNoise *gsc_noise_ref (GscNoise *noise);
void gsc_noise_unref (GscNoise *noise);

/* 32 to 256, more for a model that takes less time. */
guint gsc_noise_get_repeats (const GscModelConfig *model, guint shots);

/* After @k shots, @m <= k of them wrong. */
static inline const GscNoiseScore *
gsc_noise_get (const GscNoise *noise, guint k, guint m)
{
  return &noise->grid[k * noise->shots + m];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscNoise, gsc_noise_unref)

G_END_DECLS
