/* gsc-pickle-value.c - the values that a pickle describes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-pickle-value.h"

#include <string.h>

static void
value_free (gpointer data)
{
  GscPickleValue *value = data;

  switch (value->type)
    {
    case GSC_PICKLE_STRING:
      g_free (value->u.string);
      break;
    case GSC_PICKLE_TUPLE:
    case GSC_PICKLE_LIST:
    case GSC_PICKLE_DICT:
      g_ptr_array_unref (value->u.items);
      break;
    case GSC_PICKLE_STORAGE:
      if (value->u.storage != NULL)
        g_free (value->u.storage->key);
      g_free (value->u.storage);
      break;
    case GSC_PICKLE_TENSOR:
      g_free (value->u.tensor);
      break;
    case GSC_PICKLE_NONE:
    case GSC_PICKLE_BOOL:
    case GSC_PICKLE_INT:
    case GSC_PICKLE_FLOAT:
    case GSC_PICKLE_GLOBAL:
      break;
    }
  g_free (value);
}

GscPickleValue *
gsc_pickle_value_new (GPtrArray *pool, GscPickleType type)
{
  GscPickleValue *value = g_new0 (GscPickleValue, 1);

  value->type = type;
  if (type == GSC_PICKLE_TUPLE || type == GSC_PICKLE_LIST || type == GSC_PICKLE_DICT)
    value->u.items = g_ptr_array_new ();
  g_ptr_array_add (pool, value);
  return value;
}

GPtrArray *
gsc_pickle_pool_new (void)
{
  return g_ptr_array_new_with_free_func (value_free);
}

const GscPickleValue *
gsc_pickle_dict_find (const GscPickleValue *dict, const char *key)
{
  const GPtrArray *items = dict->u.items;

  for (guint i = items->len; i >= 2; i -= 2)
    {
      const GscPickleValue *name = g_ptr_array_index (items, i - 2);

      if (name->type == GSC_PICKLE_STRING && strcmp (name->u.string, key) == 0)
        return g_ptr_array_index (items, i - 1);
    }
  return NULL;
}
