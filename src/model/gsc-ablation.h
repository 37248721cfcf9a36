/* gsc-ablation.h - heads that are taken out of a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An ablated head's output (the values of its keys, weighted by its attention, before the output
 * projection Wo) is replaced at every position: by zero, or by what it gives there on average, so
 * that later parts of the model meet what they are used to.
 */

#pragma once

#include "gsc-model-config.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_ABLATION_NONE, /* the head works */
  GSC_ABLATION_ZERO,
  GSC_ABLATION_MEAN,
} GscAblationMode;

/* Which heads are ablated and how. Reference-counted (atomically); not to be changed once it is
 * shared, and then for any thread. */
typedef struct _GscAblation GscAblation;

/* No head is ablated yet. @means (copied; nullable where no head is ablated by its mean): the mean
 * outputs of all heads, [depth][time][width], heads side by side; positions from @time on take
 * those three positions (an example) earlier, so that slots agree. @time: 0 without means, else at
 * least 3. */
GscAblation *gsc_ablation_new (const GscModelConfig *config, const float *means, int time);

/* A copy to change; the means are shared. */
GscAblation *gsc_ablation_copy (const GscAblation *ablation);
GscAblation *gsc_ablation_ref (GscAblation *ablation);
void gsc_ablation_unref (GscAblation *ablation);

/* MEAN only where the means are known. */
void gsc_ablation_set (GscAblation *ablation, guint layer, guint head, GscAblationMode mode);
GscAblationMode gsc_ablation_get (const GscAblation *ablation, guint layer, guint head);

gboolean gsc_ablation_has_means (const GscAblation *ablation);

/* Heads that are ablated; NULL: 0. */
guint gsc_ablation_count (const GscAblation *ablation);

/* Whether both ablate the same heads in the same way; NULL: none. Means are not compared. */
gboolean gsc_ablation_equal (const GscAblation *a, const GscAblation *b);

/* Replaces the outputs of block @layer's ablated heads in @mix [rows][width]. Row r is at position
 * first + stride * (r mod queries) of its sequence. @ablation may be NULL. */
void gsc_ablation_apply (const GscAblation *ablation,
                         guint layer,
                         float *mix,
                         gsize rows,
                         int queries,
                         int first,
                         int stride);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscAblation, gsc_ablation_unref)

G_END_DECLS
