/* gsc-state-dict.c - a model file's tensors, whatever its format
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-state-dict.h"

#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "gsc-format-error.h"
#include "gsc-pth.h"
#include "gsc-regular-file.h"

/* One of the two is NULL. */
struct _GscStateDict
{
  GscTensorFile *tensor_file;
  GscPth *pth;
  GHashTable *by_name; /* plain name (points into the info's) -> GscTensorInfo */
  GHashTable *metadata;
};

typedef enum
{
  KIND_SAFETENSORS,
  KIND_PTH,
} Kind;

/* Tells the formats apart by their first bytes. */
static gboolean
find_kind (const char *path, Kind *kind, GError **error)
{
  guint8 bytes[9] = { 0 };
  gsize size;
  int fd = gsc_regular_file_open (path, &size, error);
  gssize n;

  if (fd < 0)
    return FALSE;
  n = pread (fd, bytes, sizeof bytes, 0);
  close (fd);
  if (n >= 2 && memcmp (bytes, "PK", 2) == 0 && bytes[8] != '{')
    *kind = KIND_PTH;
  else if (n >= 2 && bytes[0] == 0x80 && bytes[1] >= 2 && bytes[1] <= 5 && bytes[8] != '{')
    return gsc_format_error (
        error, _ ("This is a PyTorch file of the format used before version 1.6; save "
                  "it again with a newer PyTorch."));
  else
    *kind = KIND_SAFETENSORS;
  return TRUE;
}

static const char *
get_plain_name (const char *name)
{
  static const char *const prefixes[] = { "module.", "_orig_mod." };
  guint i = 0;

  while (i < G_N_ELEMENTS (prefixes))
    if (g_str_has_prefix (name, prefixes[i]))
      {
        name += strlen (prefixes[i]);
        i = 0;
      }
    else
      i++;
  return name;
}

static guint
get_n_tensors (const GscStateDict *dict)
{
  return dict->pth != NULL ? gsc_pth_get_n_tensors (dict->pth)
                           : gsc_tensor_file_get_n_tensors (dict->tensor_file);
}

static const GscTensorInfo *
get_info (const GscStateDict *dict, guint i)
{
  return dict->pth != NULL ? gsc_pth_get_info (dict->pth, i)
                           : gsc_tensor_file_get_info (dict->tensor_file, i);
}

static gboolean
index_names (GscStateDict *dict, GError **error)
{
  for (guint i = 0; i < get_n_tensors (dict); i++)
    {
      const GscTensorInfo *info = get_info (dict, i);
      const char *name = get_plain_name (info->name);

      if (!g_hash_table_insert (dict->by_name, (gpointer) name, (gpointer) info))
        return gsc_format_error (error, _ ("The file has the tensor “%s” twice."), name);
    }
  return TRUE;
}

GscStateDict *
gsc_state_dict_open (const char *path, GError **error)
{
  g_autoptr (GscStateDict) dict = g_new0 (GscStateDict, 1);
  g_autofree char *name = g_filename_display_name (path);
  Kind kind = KIND_SAFETENSORS;

  dict->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  if (!find_kind (path, &kind, error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  if (kind == KIND_PTH)
    dict->pth = gsc_pth_open (path, error);
  else
    dict->tensor_file = gsc_tensor_file_open (path, error);
  if (dict->pth == NULL && dict->tensor_file == NULL)
    return NULL;

  if (!index_names (dict, error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  dict->metadata = dict->pth != NULL
                       ? g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free)
                       : g_hash_table_ref (gsc_tensor_file_get_metadata (dict->tensor_file));
  return g_steal_pointer (&dict);
}

void
gsc_state_dict_free (GscStateDict *dict)
{
  if (dict == NULL)
    return;
  gsc_tensor_file_free (dict->tensor_file);
  gsc_pth_free (dict->pth);
  g_hash_table_unref (dict->by_name);
  g_clear_pointer (&dict->metadata, g_hash_table_unref);
  g_free (dict);
}

GHashTable *
gsc_state_dict_get_metadata (const GscStateDict *dict)
{
  return dict->metadata;
}

GList *
gsc_state_dict_list_names (const GscStateDict *dict)
{
  return g_list_sort (g_hash_table_get_keys (dict->by_name), (GCompareFunc) strcmp);
}

const GscTensorInfo *
gsc_state_dict_find (const GscStateDict *dict, const char *name)
{
  return g_hash_table_lookup (dict->by_name, name);
}

void
gsc_state_dict_read_f32 (const GscStateDict *dict, const GscTensorInfo *info, float *out)
{
  if (dict->pth != NULL)
    gsc_pth_read_f32 (dict->pth, info, out);
  else
    gsc_tensor_file_read_f32 (dict->tensor_file, info, out);
}
