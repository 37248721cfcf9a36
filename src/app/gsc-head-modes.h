/* gsc-head-modes.h - which heads a user has ablated, and how
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is wished, before there are a model and means for it: one byte (GscAblationMode) for each
 * head of [depth][heads] in a GBytes, which is immutable and may be shared between threads. NULL
 * stands for a model with all its heads, and is the only way to say so.
 */

#pragma once

#include "gsc-ablation.h"

G_BEGIN_DECLS

/* @modes with one head's changed: (transfer full), NULL if no head is ablated then. @modes is of
 * @config or NULL. */
GBytes *gsc_head_modes_set (
    GBytes *modes, const GscModelConfig *config, guint layer, guint head, GscAblationMode mode);

GscAblationMode
gsc_head_modes_get (GBytes *modes, const GscModelConfig *config, guint layer, guint head);

guint gsc_head_modes_count (GBytes *modes);

/* Whether a head is ablated by its mean. */
gboolean gsc_head_modes_need_means (GBytes *modes);

gboolean gsc_head_modes_equal (GBytes *a, GBytes *b);

/* The ablation itself: (transfer full), NULL for NULL. @means: one that knows the means, of the
 * model's shape; NULL where none is needed. */
GscAblation *gsc_head_modes_make_ablation (GBytes *modes,
                                           const GscModelConfig *config,
                                           const GscAblation *means);

G_END_DECLS
