/* gsc-pickle-torch.c - what a state dict's pickle may ask for
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-pickle-torch.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-format-error.h"

enum
{
  GLOBAL_ORDERED_DICT,
  GLOBAL_REBUILD_TENSOR,
  GLOBAL_REBUILD_PARAMETER,
  GLOBAL_STORAGE, /* plus the dtype */
};

/* Every name that a pickle may mention. */
static const struct
{
  const char *module;
  const char *name;
  int id;
} allowed_globals[] = {
  { "collections", "OrderedDict", GLOBAL_ORDERED_DICT },
  { "torch._utils", "_rebuild_tensor_v2", GLOBAL_REBUILD_TENSOR },
  { "torch._utils", "_rebuild_parameter", GLOBAL_REBUILD_PARAMETER },
  { "torch", "FloatStorage", GLOBAL_STORAGE + GSC_DTYPE_F32 },
  { "torch", "HalfStorage", GLOBAL_STORAGE + GSC_DTYPE_F16 },
  { "torch", "BFloat16Storage", GLOBAL_STORAGE + GSC_DTYPE_BF16 },
  { "torch", "DoubleStorage", GLOBAL_STORAGE + GSC_DTYPE_F64 },
  { "torch", "IntStorage", GLOBAL_STORAGE + GSC_DTYPE_I32 },
  { "torch", "LongStorage", GLOBAL_STORAGE + GSC_DTYPE_I64 },
};

int
gsc_pickle_torch_find (const char *module, const char *name, GError **error)
{
  g_autofree char *called = NULL;
  g_autofree char *shown = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (allowed_globals); i++)
    if (strcmp (allowed_globals[i].module, module) == 0
        && strcmp (allowed_globals[i].name, name) == 0)
      return allowed_globals[i].id;

  called = g_strdup_printf ("%.100s.%.100s", module, name);
  shown = g_utf8_make_valid (called, -1);
  if (g_str_has_prefix (shown, "torch.") && g_str_has_suffix (shown, "Storage"))
    gsc_format_error (error, _ ("The file holds numbers of the unsupported kind %s."), shown);
  else
    gsc_format_error (error, _ ("The file asks to call %s; only tensors are allowed."), shown);
  return -1;
}

/* Whether @items are ("storage", class, key, location, number of elements). */
static gboolean
is_storage_id (GscPickleValue *const *items)
{
  return items[0]->type == GSC_PICKLE_STRING && strcmp (items[0]->u.string, "storage") == 0
         && items[1]->type == GSC_PICKLE_GLOBAL && items[1]->u.integer >= GLOBAL_STORAGE
         && items[2]->type == GSC_PICKLE_STRING && items[3]->type == GSC_PICKLE_STRING
         && items[4]->type == GSC_PICKLE_INT && items[4]->u.integer >= 0;
}

GscPickleValue *
gsc_pickle_torch_refer (GPtrArray *pool, const GscPickleValue *id, GError **error)
{
  GscPickleValue *const *items;
  GscPickleStorage *storage;
  GscPickleValue *value;

  if (id->type != GSC_PICKLE_TUPLE || id->u.items->len != 5
      || !is_storage_id ((GscPickleValue *const *) id->u.items->pdata))
    {
      gsc_format_error (error, _ ("The pickle refers to something that is no storage."));
      return NULL;
    }
  items = (GscPickleValue *const *) id->u.items->pdata;
  storage = g_new0 (GscPickleStorage, 1);
  storage->key = g_strdup (items[2]->u.string);
  storage->dtype = (GscDtype) (items[1]->u.integer - GLOBAL_STORAGE);
  storage->n_elements = items[4]->u.integer;
  value = gsc_pickle_value_new (pool, GSC_PICKLE_STORAGE);
  value->u.storage = storage;
  return value;
}

/* A tuple of at most 8 whole numbers, none negative. */
static gboolean
read_sizes (const GscPickleValue *tuple, gint64 sizes[8], guint *n)
{
  if (tuple->type != GSC_PICKLE_TUPLE || tuple->u.items->len > 8)
    return FALSE;
  *n = tuple->u.items->len;
  for (guint i = 0; i < *n; i++)
    {
      const GscPickleValue *size = g_ptr_array_index (tuple->u.items, i);

      if (size->type != GSC_PICKLE_INT || size->u.integer < 0)
        return FALSE;
      sizes[i] = size->u.integer;
    }
  return TRUE;
}

/* _rebuild_tensor_v2 (storage, offset, size, stride, requires_grad, hooks [, metadata]) */
static GscPickleValue *
rebuild_tensor (GPtrArray *pool, const GPtrArray *arguments, GError **error)
{
  GscPickleValue *const *items = (GscPickleValue *const *) arguments->pdata;
  GscPickleTensor tensor = { 0 };
  guint n_strides = 0;
  GscPickleValue *value;

  if (arguments->len < 6 || arguments->len > 7 || items[0]->type != GSC_PICKLE_STORAGE
      || items[1]->type != GSC_PICKLE_INT || items[1]->u.integer < 0
      || !read_sizes (items[2], tensor.dims, &tensor.n_dims)
      || !read_sizes (items[3], tensor.strides, &n_strides) || n_strides != tensor.n_dims)
    {
      gsc_format_error (error, _ ("The pickle describes a tensor in a way that makes no sense."));
      return NULL;
    }
  tensor.storage = items[0]->u.storage;
  tensor.offset = items[1]->u.integer;
  value = gsc_pickle_value_new (pool, GSC_PICKLE_TENSOR);
  value->u.tensor = g_memdup2 (&tensor, sizeof tensor);
  return value;
}

GscPickleValue *
gsc_pickle_torch_call (GPtrArray *pool,
                       const GscPickleValue *callee,
                       const GscPickleValue *arguments,
                       GError **error)
{
  if (callee->type == GSC_PICKLE_GLOBAL && arguments->type == GSC_PICKLE_TUPLE)
    {
      const GPtrArray *items = arguments->u.items;

      if (callee->u.integer == GLOBAL_REBUILD_TENSOR)
        return rebuild_tensor (pool, items, error);
      if (callee->u.integer == GLOBAL_ORDERED_DICT && items->len == 0)
        return gsc_pickle_value_new (pool, GSC_PICKLE_DICT);
      /* _rebuild_parameter (tensor, requires_grad, hooks) */
      if (callee->u.integer == GLOBAL_REBUILD_PARAMETER && items->len == 3
          && ((GscPickleValue *) g_ptr_array_index (items, 0))->type == GSC_PICKLE_TENSOR)
        return g_ptr_array_index (items, 0);
    }
  gsc_format_error (error, _ ("The pickle makes a call that no state dict needs."));
  return NULL;
}
