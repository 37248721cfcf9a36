/* gsc-optimizer-state.h - AdamW's and Muon's moments, and their updates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-config.h"
#include "gsc-param-layout.h"
#include "gsc-team.h"

G_BEGIN_DECLS

/* Moments for every weight of a layout. Under Muon a matrix has only its momentum (in @m) and @v
 * stays zero there; q, k and v are orthogonalised apart. */
typedef struct _GscOptimizerState GscOptimizerState;

/* @config and @team are borrowed and must outlive the state. */
GscOptimizerState *
gsc_optimizer_state_new (const GscConfig *config, GscParamLayout *layout, GscTeam *team);
void gsc_optimizer_state_free (GscOptimizerState *state);

/* Update number @step (from 1) of @weights with @gradient, at @share of the peak learning rates. */
void gsc_optimizer_state_update (
    GscOptimizerState *state, float *weights, const float *gradient, gint64 step, double share);

/* First and second moments, blocks like the weights; for saving and restoring. Borrowed. */
float *gsc_optimizer_state_get_m (GscOptimizerState *state);
float *gsc_optimizer_state_get_v (GscOptimizerState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscOptimizerState, gsc_optimizer_state_free)

G_END_DECLS
