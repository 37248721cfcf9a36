/* gsc-tensor-file.h - named tensors on disk (the safetensors format)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-dtype.h"

G_BEGIN_DECLS

/* One tensor of a file; owned by it. */
typedef struct
{
  char *name;
  GscDtype dtype;
  guint n_dims; /* 0 to 8; 0: a scalar */
  gint64 dims[8];
  gsize n_elements;
  gsize begin; /* bytes from the start of the data */
  gsize end;
} GscTensorInfo;

/* An open, checked .safetensors file. Immutable; any thread may read it. */
typedef struct _GscTensorFile GscTensorFile;

/* Opens and checks @path: header length against file size (and at most 64 MiB), JSON, known dtypes,
 * shapes, offsets in order without holes, overlap or excess. The data are mapped, not read. @error:
 * GSC_MODEL_ERROR_FORMAT or G_FILE_ERROR, naming file and fault. Free with gsc_tensor_file_free().
 */
GscTensorFile *gsc_tensor_file_open (const char *path, GError **error);
void gsc_tensor_file_free (GscTensorFile *file);

const char *gsc_tensor_file_get_path (const GscTensorFile *file);
GHashTable *
gsc_tensor_file_get_metadata (const GscTensorFile *file); /* borrowed, string -> string */
guint gsc_tensor_file_get_n_tensors (const GscTensorFile *file);
/* Tensor number @i in the order of the data, and by name (NULL: there is none). */
const GscTensorInfo *gsc_tensor_file_get_info (const GscTensorFile *file, guint i);
const GscTensorInfo *gsc_tensor_file_find (const GscTensorFile *file, const char *name);

/* Converts @info's elements to float32 into @out (n_elements floats). Integers are converted too.
 */
void gsc_tensor_file_read_f32 (const GscTensorFile *file, const GscTensorInfo *info, float *out);

/* One tensor to be written; @data stays the caller's until gsc_tensor_file_write() returns. */
typedef struct
{
  const char *name;
  GscDtype dtype; /* F32, F64, I32 or I64 */
  guint n_dims;
  gint64 dims[8];
  gconstpointer data;
} GscTensorSource;

/* Writes tensors and @metadata (nullable, string -> string) to @path atomically and durably:
 * temporary file in the same folder, fsync, rename. Metadata keys are sorted: same input, same
 * bytes. */
gboolean gsc_tensor_file_write (const char *path,
                                const GscTensorSource *tensors,
                                guint n_tensors,
                                GHashTable *metadata,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscTensorFile, gsc_tensor_file_free)

G_END_DECLS
