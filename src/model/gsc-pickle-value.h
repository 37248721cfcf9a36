/* gsc-pickle-value.h - the values that a pickle describes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-dtype.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_PICKLE_NONE,
  GSC_PICKLE_BOOL,
  GSC_PICKLE_INT,
  GSC_PICKLE_FLOAT,
  GSC_PICKLE_STRING,
  GSC_PICKLE_TUPLE,
  GSC_PICKLE_LIST,
  GSC_PICKLE_DICT, /* also collections.OrderedDict */
  GSC_PICKLE_GLOBAL,
  GSC_PICKLE_STORAGE,
  GSC_PICKLE_TENSOR,
} GscPickleType;

/* Numbers that lie in their own file of the archive, PREFIX/data/KEY. */
typedef struct
{
  char *key;
  GscDtype dtype;
  gint64 n_elements; /* at least 0 */
} GscPickleStorage;

/* A view of a storage: element (i, j, ...) is number offset + i strides[0] + j strides[1] + ...
 * Whether that lies inside the storage has not been checked. */
typedef struct
{
  const GscPickleStorage *storage;
  gint64 offset; /* at least 0, as all dims and strides */
  guint n_dims;  /* 0 to 8 */
  gint64 dims[8];
  gint64 strides[8]; /* in numbers, not bytes */
} GscPickleTensor;

typedef struct _GscPickleValue GscPickleValue;

/* One value; owned by a pool, as all values it refers to. It may contain itself. */
struct _GscPickleValue
{
  GscPickleType type;
  union
  {
    gint64 integer; /* BOOL, INT; GLOBAL: see gsc-pickle-torch.h */
    double number;  /* FLOAT */
    char *string;
    GPtrArray *items; /* TUPLE, LIST; DICT: key, value, key, value, ... */
    GscPickleStorage *storage;
    GscPickleTensor *tensor;
  } u;
};

/* A new value, zero or empty, owned by @pool, an array from gsc_pickle_pool_new(). A storage,
 * tensor or string is filled by the caller with memory that then belongs to the value. */
GscPickleValue *gsc_pickle_value_new (GPtrArray *pool, GscPickleType type);

/* Free with g_ptr_array_unref(), which frees all its values. */
GPtrArray *gsc_pickle_pool_new (void);

/* The value of the last entry of @dict whose key is the string @key, or NULL. Borrowed. */
const GscPickleValue *gsc_pickle_dict_find (const GscPickleValue *dict, const char *key);

G_END_DECLS
