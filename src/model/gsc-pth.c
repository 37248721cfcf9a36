/* gsc-pth.c - named tensors in a PyTorch file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-pth.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>

#include "gsc-format-error.h"
#include "gsc-pickle.h"
#include "gsc-zip.h"

#define MAX_PICKLE ((gsize) 16 << 20)

/* PyTorch does not compress, but who packs a file again may. Weights hardly shrink, so that much
 * more data than file is a trap. */
#define MAX_UNPACKING 16
#define SMALL_FILE ((gsize) 1 << 20)

/* Only a tied output matrix shares its numbers with another tensor. */
#define MAX_SHARING 4

/* @info comes first: callers hold pointers to it. */
typedef struct
{
  GscTensorInfo info;
  gint64 strides[8];
  char *entry; /* of the archive: the storage */
} Tensor;

struct _GscPth
{
  GArray *tensors;      /* Tensor */
  GHashTable *storages; /* name of an entry -> GBytes */
};

static void
tensor_clear (gpointer data)
{
  Tensor *tensor = data;

  g_free (tensor->info.name);
  g_free (tensor->entry);
}

static GHashTable *
contents_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
}

/* The folder inside the archive that holds data.pkl, with its slash. */
static char *
find_prefix (const GscZip *zip, GError **error)
{
  g_autoptr (GList) names = gsc_zip_list_names (zip);
  const char *found = NULL;

  for (GList *link = names; link != NULL; link = link->next)
    {
      const char *name = link->data;
      const char *slash = strchr (name, '/');
      const char *base = slash != NULL ? slash + 1 : name;

      if (strcmp (base, "data.pkl") != 0)
        continue;
      if (found != NULL)
        {
          gsc_format_error (error, _ ("The zip archive has more than one data.pkl."));
          return NULL;
        }
      found = name;
    }
  if (found == NULL)
    {
      gsc_format_error (error, _ ("The zip archive has no data.pkl, so it is no PyTorch file."));
      return NULL;
    }
  return g_strndup (found, strlen (found) - strlen ("data.pkl"));
}

/* One short entry. NULL without @error: there is no such entry. */
static GBytes *
read_one (GscZip *zip, const char *name, gsize limit, GError **error)
{
  g_autoptr (GHashTable) contents = NULL;
  gsize size;

  if (!gsc_zip_get_size (zip, name, &size))
    return NULL;
  if (size > limit)
    {
      gsc_format_error (error, _ ("The entry “%s” is too large (%zu bytes)."), name, size);
      return NULL;
    }
  contents = contents_new ();
  g_hash_table_insert (contents, g_strdup (name), NULL);
  if (!gsc_zip_read (zip, contents, error))
    return NULL;
  return g_bytes_ref (g_hash_table_lookup (contents, name));
}

/* Old files do not say, and come from little-endian machines. */
static gboolean
check_byte_order (GscZip *zip, const char *prefix, GError **error)
{
  g_autofree char *name = g_strconcat (prefix, "byteorder", NULL);
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) bytes = read_one (zip, name, 16, &fault);
  gsize length = 0;
  const char *order = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  if (bytes != NULL && (length != strlen ("little") || memcmp (order, "little", length) != 0))
    return gsc_format_error (error, _ ("The file's byte order is not little-endian."));
  return TRUE;
}

static GscPickle *
read_pickle (GscZip *zip, const char *prefix, GError **error)
{
  g_autofree char *name = g_strconcat (prefix, "data.pkl", NULL);
  g_autoptr (GBytes) bytes = read_one (zip, name, MAX_PICKLE, error);
  gsize length;
  gconstpointer data;

  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &length);
  return gsc_pickle_parse (data, length, error);
}

static const GscPickleValue *
find_state_dict (const GscPickle *pickle, GError **error)
{
  static const char *const keys[] = { "model", "state_dict", "model_state_dict" };
  const GscPickleValue *root = gsc_pickle_get_root (pickle);

  if (root->type != GSC_PICKLE_DICT)
    {
      gsc_format_error (error, _ ("The file holds no dictionary of tensors."));
      return NULL;
    }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const GscPickleValue *value = gsc_pickle_dict_find (root, keys[i]);

      if (value != NULL && value->type == GSC_PICKLE_DICT)
        return value;
    }
  return root;
}

/* Whether the view lies inside its storage, and where. */
static gboolean
check_view (Tensor *tensor, const GscPickleTensor *view, GError **error)
{
  GscTensorInfo *info = &tensor->info;
  gsize n_numbers = (gsize) view->storage->n_elements; /* has been checked */
  gsize size = gsc_dtype_get_size (info->dtype);
  gsize last = (gsize) view->offset;
  gboolean fits = TRUE;

  info->n_elements = 1;
  for (guint i = 0; i < info->n_dims && fits; i++)
    fits = g_size_checked_mul (&info->n_elements, info->n_elements, (gsize) info->dims[i]);
  for (guint i = 0; i < info->n_dims && fits && info->n_elements > 0; i++)
    {
      gsize reach;

      fits = g_size_checked_mul (&reach, (gsize) info->dims[i] - 1, (gsize) tensor->strides[i])
             && g_size_checked_add (&last, last, reach);
    }
  if (!fits || (info->n_elements > 0 && last >= n_numbers))
    return gsc_format_error (error, _ ("Tensor “%s” reaches beyond the end of its data."),
                             info->name);
  if (info->n_elements > n_numbers)
    return gsc_format_error (error, _ ("Tensor “%s” has a shape larger than its data."),
                             info->name);
  if (info->n_elements > 0)
    {
      info->begin = (gsize) view->offset * size;
      info->end = (last + 1) * size;
    }
  return TRUE;
}

static gboolean
check_storage (GscZip *zip, const Tensor *tensor, const GscPickleStorage *storage, GError **error)
{
  gsize size, expected;

  if (!gsc_zip_get_size (zip, tensor->entry, &size))
    return gsc_format_error (error, _ ("The data of tensor “%s” are missing."), tensor->info.name);
  if ((guint64) storage->n_elements > G_MAXSIZE
      || !g_size_checked_mul (&expected, (gsize) storage->n_elements,
                              gsc_dtype_get_size (storage->dtype))
      || size != expected)
    return gsc_format_error (
        error,
        _ ("The data of tensor “%s” are %zu bytes long, not %" PRId64 " numbers of kind %s."),
        tensor->info.name, size, storage->n_elements, gsc_dtype_get_name (storage->dtype));
  return TRUE;
}

static gboolean
add_tensor (GscPth *pth,
            GscZip *zip,
            const char *prefix,
            const char *name,
            const GscPickleTensor *view,
            GError **error)
{
  Tensor *tensor;

  g_array_set_size (pth->tensors, pth->tensors->len + 1);
  tensor = &g_array_index (pth->tensors, Tensor, pth->tensors->len - 1);
  tensor->info.name = g_strdup (name);
  tensor->info.dtype = view->storage->dtype;
  tensor->info.n_dims = view->n_dims;
  memcpy (tensor->info.dims, view->dims, sizeof view->dims);
  memcpy (tensor->strides, view->strides, sizeof view->strides);
  tensor->entry = g_strconcat (prefix, "data/", view->storage->key, NULL);
  return check_storage (zip, tensor, view->storage, error) && check_view (tensor, view, error);
}

static gboolean
add_tensors (
    GscPth *pth, GscZip *zip, const char *prefix, const GscPickleValue *state_dict, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  const GPtrArray *items = state_dict->u.items;

  for (guint i = 0; i < items->len; i += 2)
    {
      const GscPickleValue *key = g_ptr_array_index (items, i);
      const GscPickleValue *value = g_ptr_array_index (items, i + 1);

      if (value->type != GSC_PICKLE_TENSOR)
        continue;
      if (key->type != GSC_PICKLE_STRING)
        return gsc_format_error (error, _ ("The file has a tensor without a name."));
      if (!g_hash_table_add (names, key->u.string))
        return gsc_format_error (error, _ ("The file has the tensor “%s” twice."), key->u.string);
      if (!add_tensor (pth, zip, prefix, key->u.string, value->u.tensor, error))
        return FALSE;
    }
  if (pth->tensors->len == 0)
    return gsc_format_error (error, _ ("The file holds no tensors."));
  return TRUE;
}

/* Before anything large is allocated: what the tensors need against what the file can hold. */
static gboolean
check_totals (const GscPth *pth, const GscZip *zip, GError **error)
{
  gsize unpacked = 0;
  gsize used = 0;
  gsize limit = gsc_zip_get_file_size (zip);
  GHashTableIter iter;
  gpointer entry;

  if (!g_size_checked_mul (&limit, limit, MAX_UNPACKING)
      || !g_size_checked_add (&limit, limit, SMALL_FILE))
    limit = G_MAXSIZE;
  g_hash_table_iter_init (&iter, pth->storages);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    {
      gsize size = 0;

      gsc_zip_get_size (zip, entry, &size);
      if (!g_size_checked_add (&unpacked, unpacked, size) || unpacked > limit)
        return gsc_format_error (
            error, _ ("The file claims to unpack to far more data than it can hold."));
    }
  for (guint i = 0; i < pth->tensors->len; i++)
    {
      const GscTensorInfo *info = &g_array_index (pth->tensors, Tensor, i).info;

      /* No overflow: no tensor is larger than its storage, and there are few tensors. */
      used += info->n_elements * gsc_dtype_get_size (info->dtype);
      if (used / MAX_SHARING > unpacked)
        return gsc_format_error (error, _ ("The tensors claim more numbers than the file holds."));
    }
  return TRUE;
}

static gboolean
load (GscPth *pth, const char *path, GError **error)
{
  g_autoptr (GscZip) zip = gsc_zip_open (path, error);
  g_autofree char *prefix = zip != NULL ? find_prefix (zip, error) : NULL;
  g_autoptr (GscPickle) pickle = NULL;
  const GscPickleValue *state_dict;

  if (prefix == NULL || !check_byte_order (zip, prefix, error))
    return FALSE;
  pickle = read_pickle (zip, prefix, error);
  state_dict = pickle != NULL ? find_state_dict (pickle, error) : NULL;
  if (state_dict == NULL || !add_tensors (pth, zip, prefix, state_dict, error))
    return FALSE;
  for (guint i = 0; i < pth->tensors->len; i++)
    g_hash_table_replace (pth->storages, g_strdup (g_array_index (pth->tensors, Tensor, i).entry),
                          NULL);
  return check_totals (pth, zip, error) && gsc_zip_read (zip, pth->storages, error);
}

GscPth *
gsc_pth_open (const char *path, GError **error)
{
  g_autoptr (GscPth) pth = g_new0 (GscPth, 1);

  pth->tensors = g_array_new (FALSE, TRUE, sizeof (Tensor));
  g_array_set_clear_func (pth->tensors, tensor_clear);
  pth->storages = contents_new ();
  if (!load (pth, path, error))
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  return g_steal_pointer (&pth);
}

void
gsc_pth_free (GscPth *pth)
{
  if (pth == NULL)
    return;
  g_array_unref (pth->tensors);
  g_hash_table_unref (pth->storages);
  g_free (pth);
}

guint
gsc_pth_get_n_tensors (const GscPth *pth)
{
  return pth->tensors->len;
}

const GscTensorInfo *
gsc_pth_get_info (const GscPth *pth, guint i)
{
  g_return_val_if_fail (i < pth->tensors->len, NULL);

  return &g_array_index (pth->tensors, Tensor, i).info;
}

void
gsc_pth_read_f32 (const GscPth *pth, const GscTensorInfo *info, float *out)
{
  const Tensor *tensor = (const Tensor *) info;
  GBytes *storage = g_hash_table_lookup (pth->storages, tensor->entry);
  const guint8 *from = (const guint8 *) g_bytes_get_data (storage, NULL) + info->begin;
  gsize size = gsc_dtype_get_size (info->dtype);
  guint n_outer = info->n_dims > 0 ? info->n_dims - 1 : 0;
  gsize row = info->n_dims > 0 ? (gsize) info->dims[n_outer] : 1;
  gsize step = info->n_dims > 0 ? (gsize) tensor->strides[n_outer] : 1;
  gint64 index[8] = { 0 };

  if (info->n_elements == 0)
    return;
  /* The innermost dimension at once, the others like an odometer. */
  for (gsize done = 0; done < info->n_elements; done += row)
    {
      gsize at = 0;

      for (guint i = 0; i < n_outer; i++)
        at += (gsize) (index[i] * tensor->strides[i]);
      gsc_dtype_to_f32 (info->dtype, from + at * size, row, step, out + done);
      for (guint i = n_outer; i > 0 && ++index[i - 1] == info->dims[i - 1]; i--)
        index[i - 1] = 0;
    }
}
