/* gsc-model.h - a transformer's weights
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-param-layout.h"

G_BEGIN_DECLS

/* Shape and weights of one transformer. Not locked: many threads may read the
 * weights as long as none writes. */
typedef struct _GscModel GscModel;

/* A model with all weights zero. @error: GSC_MODEL_ERROR_SHAPE. */
GscModel *gsc_model_new (const GscModelConfig *config, GError **error);
GscModel *gsc_model_copy (const GscModel *model);
void gsc_model_free (GscModel *model);

const GscModelConfig *gsc_model_get_config (const GscModel *model);
GscParamLayout *gsc_model_get_layout (const GscModel *model); /* borrowed */

/* The weights, layout->n_floats of them. Borrowed; lives as long as the model. */
float *gsc_model_get_weights (GscModel *model);
const float *gsc_model_peek_weights (const GscModel *model);

/* Draws initial values (experiment.md, "Model"): normal with sigma = 0.4525 / sqrt (width),
 * the MLP's second matrix divided by sqrt (2 depth), LayerNorm 1 and 0. */
void gsc_model_init_weights (GscModel *model, guint64 seed);

/* FALSE and GSC_MODEL_ERROR_VALUE naming the tensor if any weight is NaN or infinite. */
gboolean gsc_model_check_finite (const GscModel *model, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscModel, gsc_model_free)

G_END_DECLS
