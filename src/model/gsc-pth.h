/* gsc-pth.h - named tensors in a PyTorch file
 *
 * What torch.save() makes of a state dict: a zip archive with a pickle (PREFIX/data.pkl) that
 * describes the tensors, and their numbers (PREFIX/data/KEY).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-tensor-file.h"

G_BEGIN_DECLS

/* An open, checked file, with its tensors in memory. Immutable; any thread may read it. */
typedef struct _GscPth GscPth;

/* Opens @path, a state dict or a dictionary that holds one under "model", "state_dict" or
 * "model_state_dict". Entries that are no tensors are left out. No code is run: whatever a state
 * dict does not need is refused. Memory for the numbers is taken only once their size agrees with
 * the pickle's and is no more than 16 times the file's (plus 1 MiB).
 * @error: GSC_MODEL_ERROR_FORMAT or G_FILE_ERROR, naming file and fault. Free with gsc_pth_free().
 */
GscPth *gsc_pth_open (const char *path, GError **error);
void gsc_pth_free (GscPth *pth);

guint gsc_pth_get_n_tensors (const GscPth *pth);

/* Tensor number @i, in the state dict's order. begin and end count bytes in the tensor's storage
 * and hold its first and last number; in between may be numbers of other tensors. */
const GscTensorInfo *gsc_pth_get_info (const GscPth *pth, guint i);

/* Converts the elements of @info, which comes from gsc_pth_get_info(), to float32 into @out
 * (n_elements floats, row-major). */
void gsc_pth_read_f32 (const GscPth *pth, const GscTensorInfo *info, float *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscPth, gsc_pth_free)

G_END_DECLS
