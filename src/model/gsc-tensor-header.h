/* gsc-tensor-header.h - the JSON header of a safetensors file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-tensor-file.h"

G_BEGIN_DECLS

/* Reads and checks the header of a safetensors file: @length bytes of JSON at @text, followed in
 * the file by @data_length bytes of tensors.
 *
 * Appends a GscTensorInfo for each tensor to @infos, in the order of their data, and every pair of
 * __metadata__ to @metadata (string -> string, owning both). Each info's name is the caller's to
 * free, also after an error.
 * @error: GSC_MODEL_ERROR_FORMAT, without the file's name. */
gboolean gsc_tensor_header_parse (const char *text,
                                  gsize length,
                                  gsize data_length,
                                  GArray *infos,
                                  GHashTable *metadata,
                                  GError **error);

/* The header's JSON for @tensors, whose data follow each other in the order given, padded with
 * spaces to a multiple of 8 bytes. @error: GSC_MODEL_ERROR_FORMAT if two names are equal or a name
 * or metadatum is not UTF-8. */
char *gsc_tensor_header_build (const GscTensorSource *tensors,
                               guint n_tensors,
                               GHashTable *metadata,
                               GError **error);

G_END_DECLS
