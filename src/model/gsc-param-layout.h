/* gsc-param-layout.h - where each weight lies in one block of floats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-model-config.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_PARAM_EMBEDDING, /* decays; AdamW also under Muon (token embedding, untied output) */
  GSC_PARAM_MATRIX,    /* decays; Muon's */
  GSC_PARAM_NORM,      /* LayerNorm weight or bias: never decays */
} GscParamKind;

/* One tensor. Row-major, rows * cols floats from @offset; matrices map cols
 * inputs to rows outputs (y = W x), as in PyTorch. A LayerNorm tensor has
 * rows = width and cols = 1, and one dimension in files. */
typedef struct
{
  char *name; /* PyTorch state_dict name, e.g. transformer.h.0.attn.to_qkv.weight */
  GscParamKind kind;
  gsize offset; /* in floats from the start of the block; a multiple of 16 */
  int rows;
  int cols;
} GscParamView;

/* Offsets of one block's tensors, in floats. */
typedef struct
{
  gsize ln_1_weight, ln_1_bias; /* [d] */
  gsize qkv;                    /* [3 d][d], rows q, k, v */
  gsize out;                    /* [d][d] */
  gsize ln_2_weight, ln_2_bias; /* [d] */
  gsize fc;                     /* [4 d][d] */
  gsize proj;                   /* [d][4 d] */
} GscBlockOffsets;

/* Immutable after construction and reference-counted; any thread may read it.
 * Weights, gradients and optimiser moments are blocks of the same layout. */
typedef struct
{
  GscModelConfig config;
  gsize n_floats; /* length of a block, padding (always zero) included */
  gsize n_params; /* weights proper, without padding */
  guint n_views;  /* in state_dict order */
  GscParamView *views;
  gsize embedding; /* [vocab][d] */
  GscBlockOffsets blocks[GSC_MODEL_MAX_DEPTH];
  gsize ln_f_weight, ln_f_bias; /* [d] */
  gsize head;                   /* [vocab][d] output matrix; equals embedding when tied */
} GscParamLayout;

/* @config must pass gsc_model_config_check(). Free with gsc_param_layout_unref(). */
GscParamLayout *gsc_param_layout_new (const GscModelConfig *config);
GscParamLayout *gsc_param_layout_ref (GscParamLayout *layout);
void gsc_param_layout_unref (GscParamLayout *layout);

/* The tensor called @name, or NULL. Owned by the layout. */
const GscParamView *gsc_param_layout_find (const GscParamLayout *layout, const char *name);

/* A zeroed block of n_floats floats, 64-byte aligned. Free with gsc_param_block_free(). */
float *gsc_param_block_new (const GscParamLayout *layout);
void gsc_param_block_free (float *block);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscParamLayout, gsc_param_layout_unref)

G_END_DECLS
