/* gsc-model-config.h - shape of a transformer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "gsc-activation.h"

G_BEGIN_DECLS

/* Errors of src/model. Every message is a sentence for the user. */
typedef enum
{
  GSC_MODEL_ERROR_SHAPE,  /* impossible sizes */
  GSC_MODEL_ERROR_FORMAT, /* a file is not what it claims to be */
  GSC_MODEL_ERROR_VALUE,  /* NaN or infinite weights */
} GscModelError;

#define GSC_MODEL_ERROR (gsc_model_error_quark ())
GQuark gsc_model_error_quark (void);

enum
{
  GSC_MODEL_MAX_DEPTH = 8,
  GSC_MODEL_MAX_WIDTH = 4096,
  GSC_MODEL_MAX_VOCAB = 1024,
};

/* Shape of the transformer of experiment.md ("Model"): RoPE over the whole head
 * (adjacent pairs, base 10000), MLP 4 * width wide, no biases but LayerNorm's. */
typedef struct
{
  int vocab; /* tokens: p, or p + 18 in the authors' checkpoints */
  int width; /* d, a multiple of 2 * heads */
  int heads; /* H */
  int depth; /* L, number of blocks, 1 to GSC_MODEL_MAX_DEPTH */
  GscActivation activation;
  gboolean tied; /* logits through the token embedding (the paper's way) */
} GscModelConfig;

/* FALSE and @error (GSC_MODEL_ERROR_SHAPE) unless the sizes can be built. */
gboolean gsc_model_config_check (const GscModelConfig *config, GError **error);

gboolean gsc_model_config_equal (const GscModelConfig *a, const GscModelConfig *b);

G_END_DECLS
