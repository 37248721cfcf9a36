/* gsc-state-dict.h - a model file's tensors, whatever its format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-tensor-file.h"

G_BEGIN_DECLS

/* The tensors of a .safetensors or PyTorch .pth file under their plain names: "module." and
 * "_orig_mod.", which PyTorch's DistributedDataParallel and compile put in front, are taken off.
 * Immutable; any thread may read it. */
typedef struct _GscStateDict GscStateDict;

/* Opens @path; its content tells the format, not its name. @error: GSC_MODEL_ERROR_FORMAT or
 * G_FILE_ERROR, naming file and fault. Free with gsc_state_dict_free(). */
GscStateDict *gsc_state_dict_open (const char *path, GError **error);
void gsc_state_dict_free (GscStateDict *dict);

/* What the file says about itself: string -> string, empty for .pth. Borrowed. */
GHashTable *gsc_state_dict_get_metadata (const GscStateDict *dict);

/* Plain names of all tensors, sorted. Free with g_list_free(); the strings are @dict's. */
GList *gsc_state_dict_list_names (const GscStateDict *dict);

/* The tensor with the plain name @name, or NULL. Its own name may have a prefix; begin and end are
 * of no use here. */
const GscTensorInfo *gsc_state_dict_find (const GscStateDict *dict, const char *name);

/* Converts the elements of @info, which comes from gsc_state_dict_find(), to float32 into @out
 * (n_elements floats, row-major). */
void gsc_state_dict_read_f32 (const GscStateDict *dict, const GscTensorInfo *info, float *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscStateDict, gsc_state_dict_free)

G_END_DECLS
