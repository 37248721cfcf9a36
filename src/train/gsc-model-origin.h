/* gsc-model-origin.h - what a model file says about the experiment it comes from
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-config.h"

G_BEGIN_DECLS

/* A plain value. */
typedef struct
{
  gboolean whole;       /* the complete recipe is known */
  gboolean knows_p;
  gboolean knows_shots; /* it was trained with */
  gint64 step;          /* that the model was trained to; -1: not known */
} GscModelOrigin;

/* Takes what @metadata (of gsc_checkpoint_load()) say into @config, whose other keys stay. Other
 * programs may keep other things under the same names: what cannot be read does not count. */
void gsc_model_origin_read (GscModelOrigin *origin, GHashTable *metadata, GscConfig *config);

/* Gives @config the shape of @model: width, heads, depth, activation, tied. */
void gsc_model_origin_take_shape (GscConfig *config, const GscModelConfig *model);

G_END_DECLS
