/* gsc-tensor-file.c - named tensors on disk (the safetensors format)
 *
 * The format: eight bytes N (unsigned, little-endian), N bytes of JSON that say where each tensor
 * lies, then the tensors' numbers, little-endian.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-tensor-file.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "gsc-atomic-file.h"
#include "gsc-format-error.h"
#include "gsc-regular-file.h"
#include "gsc-tensor-header.h"

#define MAX_HEADER ((gsize) 64 << 20)

struct _GscTensorFile
{
  char *path;
  GMappedFile *map;
  const guint8 *data; /* into map: first byte after the header */
  GArray *infos;      /* GscTensorInfo, in the order of the data */
  GHashTable *by_name;
  GHashTable *metadata;
};

static void
tensor_info_clear (gpointer data)
{
  g_free (((GscTensorInfo *) data)->name);
}

static gboolean
read_header (GscTensorFile *file, gsize size, GError **error)
{
  const guint8 *bytes = (const guint8 *) g_mapped_file_get_contents (file->map);
  guint64 header = 0;

  if (size < 8)
    return gsc_format_error (
        error, _ ("The file is too short for a .safetensors file (%zu bytes)."), size);
  memcpy (&header, bytes, sizeof header);
  header = GUINT64_FROM_LE (header);
  if (header > MAX_HEADER || header > size - 8)
    return gsc_format_error (
        error,
        _ ("This is not a complete .safetensors file: its header should be %" PRIu64
           " bytes long, but %s."),
        header, header > size - 8 ? _ ("the file ends before that") : _ ("64 MiB is the limit"));
  file->data = bytes + 8 + header;
  return gsc_tensor_header_parse ((const char *) bytes + 8, (gsize) header,
                                  size - 8 - (gsize) header, file->infos, file->metadata, error);
}

GscTensorFile *
gsc_tensor_file_open (const char *path, GError **error)
{
  g_autoptr (GscTensorFile) file = g_new0 (GscTensorFile, 1);
  g_autofree char *name = g_filename_display_name (path);
  gsize size = 0;
  int fd;

  file->path = g_strdup (path);
  file->infos = g_array_new (FALSE, FALSE, sizeof (GscTensorInfo));
  g_array_set_clear_func (file->infos, tensor_info_clear);
  file->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  file->metadata = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  fd = gsc_regular_file_open (path, &size, error);
  if (fd >= 0)
    {
      file->map = g_mapped_file_new_from_fd (fd, FALSE, error);
      close (fd);
    }
  /* The length may have changed since it was asked for: what is mapped counts. */
  if (file->map == NULL || !read_header (file, g_mapped_file_get_length (file->map), error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  for (guint i = 0; i < file->infos->len; i++)
    {
      GscTensorInfo *info = &g_array_index (file->infos, GscTensorInfo, i);

      g_hash_table_insert (file->by_name, info->name, info);
    }
  return g_steal_pointer (&file);
}

void
gsc_tensor_file_free (GscTensorFile *file)
{
  if (file == NULL)
    return;
  g_clear_pointer (&file->map, g_mapped_file_unref);
  g_hash_table_unref (file->by_name);
  g_hash_table_unref (file->metadata);
  g_array_unref (file->infos);
  g_free (file->path);
  g_free (file);
}

const char *
gsc_tensor_file_get_path (const GscTensorFile *file)
{
  return file->path;
}

GHashTable *
gsc_tensor_file_get_metadata (const GscTensorFile *file)
{
  return file->metadata;
}

guint
gsc_tensor_file_get_n_tensors (const GscTensorFile *file)
{
  return file->infos->len;
}

const GscTensorInfo *
gsc_tensor_file_get_info (const GscTensorFile *file, guint i)
{
  g_return_val_if_fail (i < file->infos->len, NULL);

  return &g_array_index (file->infos, GscTensorInfo, i);
}

const GscTensorInfo *
gsc_tensor_file_find (const GscTensorFile *file, const char *name)
{
  return g_hash_table_lookup (file->by_name, name);
}

void
gsc_tensor_file_read_f32 (const GscTensorFile *file, const GscTensorInfo *info, float *out)
{
  gsc_dtype_to_f32 (info->dtype, file->data + info->begin, info->n_elements, 1, out);
}

/* Appends @tensor's numbers, little-endian whatever this machine is. */
static gboolean
append_data (GscAtomicFile *file, const GscTensorSource *tensor, GError **error)
{
  gsize size = gsc_dtype_get_size (tensor->dtype);
  gsize length = size;
  guint8 buffer[4096];

  for (guint i = 0; i < tensor->n_dims; i++)
    length *= (gsize) tensor->dims[i];
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN)
    return gsc_atomic_file_append (file, tensor->data, length, error);

  for (gsize done = 0; done < length; done += sizeof buffer)
    {
      const guint8 *from = (const guint8 *) tensor->data + done;
      gsize n = MIN (sizeof buffer, length - done);

      for (gsize i = 0; i < n; i++)
        buffer[i] = from[i / size * size + (size - 1 - i % size)];
      if (!gsc_atomic_file_append (file, buffer, n, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
gsc_tensor_file_write (const char *path,
                       const GscTensorSource *tensors,
                       guint n_tensors,
                       GHashTable *metadata,
                       GError **error)
{
  g_autofree char *header = gsc_tensor_header_build (tensors, n_tensors, metadata, error);
  g_autoptr (GscAtomicFile) file = NULL;
  guint64 length;

  if (header == NULL)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  file = gsc_atomic_file_new (path, error);
  if (file == NULL)
    return FALSE;
  length = GUINT64_TO_LE ((guint64) strlen (header));
  if (!gsc_atomic_file_append (file, &length, sizeof length, error)
      || !gsc_atomic_file_append (file, header, strlen (header), error))
    return FALSE;
  for (guint i = 0; i < n_tensors; i++)
    if (!append_data (file, &tensors[i], error))
      return FALSE;
  return gsc_atomic_file_commit (file, error);
}
