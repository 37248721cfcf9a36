/* gsc-param-layout.c - where each weight lies in one block of floats
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-param-layout.h"

#include <string.h>

/* Tensors start on cache lines, so that vector loads never straddle two tensors. */
#define ALIGN_FLOATS 16

static gsize
add_view (GscParamLayout *layout, char *name, GscParamKind kind, int rows, int cols)
{
  GscParamView *view = &layout->views[layout->n_views++];
  gsize size = (gsize) rows * cols;

  view->name = name;
  view->kind = kind;
  view->offset = layout->n_floats;
  view->rows = rows;
  view->cols = cols;
  layout->n_params += size;
  layout->n_floats += (size + ALIGN_FLOATS - 1) / ALIGN_FLOATS * ALIGN_FLOATS;
  return view->offset;
}

static void
add_block (GscParamLayout *layout, int l)
{
  GscBlockOffsets *block = &layout->blocks[l];
  int d = layout->config.width;

#define NAME(suffix) g_strdup_printf ("transformer.h.%d." suffix, l)
  block->ln_1_weight = add_view (layout, NAME ("ln_1.weight"), GSC_PARAM_NORM, d, 1);
  block->ln_1_bias = add_view (layout, NAME ("ln_1.bias"), GSC_PARAM_NORM, d, 1);
  block->qkv = add_view (layout, NAME ("attn.to_qkv.weight"), GSC_PARAM_MATRIX, 3 * d, d);
  block->out = add_view (layout, NAME ("attn.o.weight"), GSC_PARAM_MATRIX, d, d);
  block->ln_2_weight = add_view (layout, NAME ("ln_2.weight"), GSC_PARAM_NORM, d, 1);
  block->ln_2_bias = add_view (layout, NAME ("ln_2.bias"), GSC_PARAM_NORM, d, 1);
  block->fc = add_view (layout, NAME ("mlp.c_fc.weight"), GSC_PARAM_MATRIX, 4 * d, d);
  block->proj = add_view (layout, NAME ("mlp.c_proj.weight"), GSC_PARAM_MATRIX, d, 4 * d);
#undef NAME
}

GscParamLayout *
gsc_param_layout_new (const GscModelConfig *config)
{
  GscParamLayout *layout;
  int d = config->width;

  g_return_val_if_fail (gsc_model_config_check (config, NULL), NULL);

  layout = g_atomic_rc_box_new0 (GscParamLayout);
  layout->config = *config;
  layout->views = g_new0 (GscParamView, 4 + 8 * config->depth);
  layout->embedding = add_view (layout, g_strdup ("transformer.wte.weight"), GSC_PARAM_EMBEDDING,
                                config->vocab, d);
  for (int l = 0; l < config->depth; l++)
    add_block (layout, l);
  layout->ln_f_weight
      = add_view (layout, g_strdup ("transformer.ln_f.weight"), GSC_PARAM_NORM, d, 1);
  layout->ln_f_bias = add_view (layout, g_strdup ("transformer.ln_f.bias"), GSC_PARAM_NORM, d, 1);
  layout->head = layout->embedding;
  if (!config->tied)
    layout->head
        = add_view (layout, g_strdup ("lm_head.weight"), GSC_PARAM_EMBEDDING, config->vocab, d);
  return layout;
}

GscParamLayout *
gsc_param_layout_ref (GscParamLayout *layout)
{
  return g_atomic_rc_box_acquire (layout);
}

static void
param_layout_clear (gpointer data)
{
  GscParamLayout *layout = data;

  for (guint i = 0; i < layout->n_views; i++)
    g_free (layout->views[i].name);
  g_free (layout->views);
}

void
gsc_param_layout_unref (GscParamLayout *layout)
{
  g_atomic_rc_box_release_full (layout, param_layout_clear);
}

const GscParamView *
gsc_param_layout_find (const GscParamLayout *layout, const char *name)
{
  for (guint i = 0; i < layout->n_views; i++)
    if (strcmp (layout->views[i].name, name) == 0)
      return &layout->views[i];
  return NULL;
}

float *
gsc_param_block_new (const GscParamLayout *layout)
{
  return g_aligned_alloc0 (layout->n_floats, sizeof (float), 64);
}

void
gsc_param_block_free (float *block)
{
  g_aligned_free (block);
}
