/* gsc-checkpoint.h - models on disk: our snapshots and the authors' checkpoints
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-model.h"

G_BEGIN_DECLS

/* Loads a model from @path, a .safetensors file (float32, float16, bfloat16) or a
 * PyTorch .pth file (zip + pickle; no code is ever run). The kind is told by content,
 * not by name. Depth, width and vocabulary come from the tensors' shapes. Heads come from
 * @heads, or, when it is 0, from the file's metadata, or from the size of the rotary frequencies
 * that the authors' files keep; activation from the metadata (ReLU without). Metadata that
 * contradict the shapes or @heads are an error, and so are a RoPE base or a LayerNorm epsilon other
 * than ours. An lm_head.weight equal to the embedding means tied, unless the metadata say
 * tied = false. Names may begin with "module." or "_orig_mod.".
 *
 * @metadata: (out, nullable): string -> string, whatever the file says about itself (may
 * be empty; NULL on error). Free with g_hash_table_unref().
 * Nothing large is allocated before sizes are checked against the file's length.
 * @error: GSC_MODEL_ERROR or G_FILE_ERROR; the message names the file and the fault. */
GscModel *gsc_checkpoint_load (const char *path, int heads, GHashTable **metadata, GError **error);

/* Writes @model as .safetensors with PyTorch state_dict names, atomically (temporary file in the
 * same folder, fsync, rename). Metadata: vocab, width, heads, depth, activation, tied, rope_theta,
 * layernorm_epsilon, and every pair of @metadata (nullable, string -> string; wins). Same input,
 * same bytes. A model with NaN or infinite weights is not saved.
 * @error: GSC_MODEL_ERROR_VALUE or G_FILE_ERROR; on FALSE an earlier file is as it was. */
gboolean
gsc_checkpoint_save (const GscModel *model, GHashTable *metadata, const char *path, GError **error);

G_END_DECLS
