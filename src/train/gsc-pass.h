/* gsc-pass.h - many sequences through one model, in parallel
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Splits sequences into micro-batches, small enough for a processor's cache, and shares them among
 * a team of threads. How they are split depends on the model and the number of sequences alone, and
 * sums are made in a fixed order: the same bits for any number of threads.
 */

#pragma once

#include "gsc-ablation.h"
#include "gsc-gradient.h"
#include "gsc-model.h"
#include "gsc-team.h"

G_BEGIN_DECLS

typedef struct _GscPass GscPass;

/* Writes sequence @row (3 * shots tokens, answers included) to @tokens. Called in any thread of the
 * team. */
typedef void (*GscPassDraw) (guint row, int32_t *tokens, gpointer data);

/* For sequences of @shots examples and at most @batch sequences per gradient (0: losses only).
 * @team is borrowed and must outlive the pass. */
GscPass *gsc_pass_new (GscTeam *team, GscParamLayout *layout, int shots, guint batch);
void gsc_pass_free (GscPass *pass);

/* Bytes gsc_pass_new() takes with this many threads. */
gsize gsc_pass_get_size (const GscParamLayout *layout, int shots, guint batch, guint threads);

/* Call after each change of @weights, before the two below. */
void gsc_pass_update (GscPass *pass, const float *weights);

/* Takes heads out (NULL: none); only for a pass without gradients. @ablation is borrowed. */
void gsc_pass_set_ablation (GscPass *pass, const GscAblation *ablation);

/* Mean cross-entropy over all answers of @batch sequences (nats), and its gradient. Returns the
 * gradient's squared norm in @squared_norm (not finite if any element is not) and the gradient
 * itself, a block like the weights, borrowed until the next call. */
double gsc_pass_gradient (GscPass *pass,
                          const float *weights,
                          GscPassDraw draw,
                          gpointer data,
                          const float **gradient,
                          double *squared_norm);

/* For n sequences in @rows [n][3 shots]: @losses and @best [n][shots], each answer's cross-entropy
 * and the most likely token. */
void gsc_pass_losses (GscPass *pass,
                      const float *weights,
                      const int32_t *rows,
                      guint n,
                      float *losses,
                      int32_t *best);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscPass, gsc_pass_free)

G_END_DECLS
