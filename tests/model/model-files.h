/* model-files.h - model files made to order, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-model.h"
#include "gsc-tensor-file.h"

G_BEGIN_DECLS

/* A tensor as it will lie in a file. */
typedef struct
{
  char *name;
  GscDtype dtype;
  guint n_dims;
  gint64 dims[8];
  GByteArray *bytes; /* little-endian, row-major */
} FileTensor;

/* The path of tests/data/@name. */
char *fixture_path (const char *name);

/* The content of tests/data/@name. */
GByteArray *fixture_bytes (const char *name);

/* Little-endian numbers, and text. */
void append_number (GByteArray *bytes, guint64 number, guint size);
void append_text (GByteArray *bytes, const char *text);

/* One number of kind @dtype, rounded towards zero. */
void append_value (GByteArray *bytes, GscDtype dtype, double value);

/* All of @model's tensors, or one made by hand. Free arrays with g_ptr_array_unref(). */
GPtrArray *tensors_from_model (const GscModel *model, GscDtype dtype, const char *prefix);
FileTensor *
tensors_add (GPtrArray *tensors, const char *name, GscDtype dtype, gint64 rows, gint64 cols);

/* A .safetensors file; @metadata: JSON of the __metadata__ object, or NULL. */
GByteArray *build_safetensors (GPtrArray *tensors, const char *metadata);

/* The same from its parts. */
GByteArray *join_safetensors (const char *header, gconstpointer data, gsize length);

/* Writes @bytes to @path, which is not synced: fast. */
void write_bytes (const char *path, const GByteArray *bytes);

/* A new folder for temporary files; remove_folder() deletes it with its files. */
char *make_folder (void);
void remove_folder (char *folder);

G_END_DECLS
