/* pth-files.h - PyTorch files made to order, for tests
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model-files.h"

G_BEGIN_DECLS

/* What a pickle that PyTorch may write can look like. */
typedef enum
{
  PICKLE_PLAIN = 0,
  PICKLE_ORDERED = 1 << 0,     /* OrderedDict with _metadata, as Module.state_dict() returns */
  PICKLE_PROTOCOL_4 = 1 << 1,  /* frame, memoize, short strings, stack globals */
  PICKLE_PARAMETER = 1 << 2,   /* _rebuild_parameter around each tensor */
  PICKLE_TRANSPOSED = 1 << 3,  /* matrices stored column by column, with strides */
  PICKLE_ONE_STORAGE = 1 << 4, /* all tensors are views of one storage */
  PICKLE_TIED_HEAD = 1 << 5,   /* lm_head.weight is the first tensor under another name */
} PickleFlags;

/* A zip archive under construction, with entries that need not be true. */
typedef struct
{
  GByteArray *bytes;
  GByteArray *directory;
  guint n_entries;
} ZipWriter;

/* A .pth file; @wrapper: key of an outer dictionary that holds the state dict, or NULL. */
GByteArray *build_pth (GPtrArray *tensors, PickleFlags flags, const char *wrapper);

/* Its two parts: the pickle, and an archive of a pickle and the tensors' numbers. */
GByteArray *build_pickle (GPtrArray *tensors, PickleFlags flags, const char *wrapper);
GByteArray *build_pth_around (GPtrArray *tensors, const GByteArray *pickle, PickleFlags flags);

/* A .pth file with this pickle and @n zero bytes as data/0. */
GByteArray *wrap_pickle (const GByteArray *pickle, gsize n);

void zip_begin (ZipWriter *zip);
void zip_add (ZipWriter *zip, const char *name, gconstpointer data, gsize length);
/* An entry about which the archive may lie. */
void zip_add_raw (ZipWriter *zip,
                  const char *name,
                  gconstpointer data,
                  gsize length,
                  guint method,
                  guint32 crc,
                  guint32 unpacked_length);
GByteArray *zip_finish (ZipWriter *zip);
guint32 zip_crc (gconstpointer data, gsize length);

G_END_DECLS
