/* gsc-zip.c - reading files out of a zip archive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "gsc-format-error.h"
#include "gsc-regular-file.h"

#define BLOCK_SIZE 65536

struct _GscZip
{
  int fd;
  gsize file_size;
  GHashTable *entries; /* name -> Entry, owned */
};

typedef struct
{
  gsize size;
  gboolean is_file;
} Entry;

typedef struct archive Archive;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Archive, archive_read_free)

static void
set_archive_error (GError **error, Archive *archive)
{
  const char *message = archive_error_string (archive);

  gsc_format_error (error, _ ("The zip archive is damaged (%s)."),
                    message != NULL ? message : _ ("no details are known"));
}

/* Reads from the start. Only zip is enabled, and only by its central directory. */
static Archive *
start_reading (GscZip *zip, GError **error)
{
  g_autoptr (Archive) archive = archive_read_new ();

  if (archive_read_support_format_zip_seekable (archive) != ARCHIVE_OK
      || lseek (zip->fd, 0, SEEK_SET) != 0
      || archive_read_open_fd (archive, zip->fd, BLOCK_SIZE) != ARCHIVE_OK)
    {
      set_archive_error (error, archive);
      return NULL;
    }
  return g_steal_pointer (&archive);
}

/* Moves on to the next entry. NULL at the end or, with @error set, after a fault. */
static struct archive_entry *
next_entry (Archive *archive, GError **error)
{
  struct archive_entry *entry;
  int status = archive_read_next_header (archive, &entry);

  /* A warning is about names in the locale's encoding, which is of no interest here. */
  if (status == ARCHIVE_OK || status == ARCHIVE_WARN)
    return entry;
  if (status != ARCHIVE_EOF)
    set_archive_error (error, archive);
  return NULL;
}

static const char *
get_name (struct archive_entry *entry)
{
  const char *name = archive_entry_pathname_utf8 (entry);

  if (name == NULL)
    name = archive_entry_pathname (entry);
  return name != NULL ? name : "";
}

static gboolean
list_entries (GscZip *zip, GError **error)
{
  g_autoptr (Archive) archive = start_reading (zip, error);
  g_autoptr (GError) fault = NULL;
  struct archive_entry *entry;

  if (archive == NULL)
    return FALSE;
  while ((entry = next_entry (archive, &fault)) != NULL)
    {
      gint64 size = archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1;
      Entry found = { (gsize) size, archive_entry_filetype (entry) == AE_IFREG
                                        && archive_entry_symlink (entry) == NULL
                                        && archive_entry_hardlink (entry) == NULL };

      if (size < 0 || (guint64) size > G_MAXSIZE / 2)
        return gsc_format_error (error, _ ("The zip archive does not say how long “%s” is."),
                                 get_name (entry));
      if (!g_hash_table_insert (zip->entries, g_strdup (get_name (entry)),
                                g_memdup2 (&found, sizeof found)))
        return gsc_format_error (error, _ ("The zip archive has the entry “%s” twice."),
                                 get_name (entry));
    }
  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  return TRUE;
}

GscZip *
gsc_zip_open (const char *path, GError **error)
{
  g_autoptr (GscZip) zip = g_new0 (GscZip, 1);

  zip->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  zip->fd = gsc_regular_file_open (path, &zip->file_size, error);
  if (zip->fd < 0 || !list_entries (zip, error))
    return NULL;
  return g_steal_pointer (&zip);
}

void
gsc_zip_free (GscZip *zip)
{
  if (zip == NULL)
    return;
  if (zip->fd >= 0)
    close (zip->fd);
  g_hash_table_unref (zip->entries);
  g_free (zip);
}

gsize
gsc_zip_get_file_size (const GscZip *zip)
{
  return zip->file_size;
}

GList *
gsc_zip_list_names (const GscZip *zip)
{
  return g_list_sort (g_hash_table_get_keys (zip->entries), (GCompareFunc) strcmp);
}

gboolean
gsc_zip_get_size (const GscZip *zip, const char *name, gsize *size)
{
  const Entry *entry = g_hash_table_lookup (zip->entries, name);

  if (entry == NULL)
    return FALSE;
  *size = entry->size;
  return TRUE;
}

gboolean
gsc_zip_is_file (const GscZip *zip, const char *name)
{
  const Entry *entry = g_hash_table_lookup (zip->entries, name);

  return entry != NULL && entry->is_file;
}

static gboolean
length_error (const char *name, GError **error)
{
  return gsc_format_error (
      error, _ ("The zip archive's entry “%s” is not as long as the archive says."), name);
}

/* The current entry, to its end, where libarchive checks the checksum. */
static gboolean
unpack_entry (
    Archive *archive, const char *name, gsize size, GscZipFunc func, gpointer data, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  gsize length = 0;
  la_ssize_t n;

  while ((n = archive_read_data (archive, block, BLOCK_SIZE)) > 0)
    {
      length += (gsize) n;
      if (length > size)
        return length_error (name, error);
      if (!func (name, block, (gsize) n, data, error))
        return FALSE;
    }
  if (n < 0)
    {
      set_archive_error (error, archive);
      return FALSE;
    }
  return length == size ? func (name, NULL, 0, data, error) : length_error (name, error);
}

gboolean
gsc_zip_unpack (GscZip *zip, GscZipFunc func, gpointer data, GError **error)
{
  g_autoptr (Archive) archive = start_reading (zip, error);
  g_autoptr (GError) fault = NULL;
  struct archive_entry *entry;

  if (archive == NULL)
    return FALSE;
  while ((entry = next_entry (archive, &fault)) != NULL)
    {
      g_autofree char *name = g_strdup (get_name (entry));
      gsize size;

      /* Not what was listed: somebody has changed the archive meanwhile. */
      if (!gsc_zip_get_size (zip, name, &size))
        return gsc_format_error (error, _ ("The zip archive has changed while it was read."));
      if (gsc_zip_is_file (zip, name)
          && !unpack_entry (archive, name, size, func, data, error))
        return FALSE;
    }
  if (fault == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/* The current entry's @size bytes: neither more nor fewer, with the right checksum. */
static GBytes *
read_entry (Archive *archive, const char *name, gsize size, GError **error)
{
  g_autofree guint8 *bytes = g_try_malloc (size + 1);
  gsize length = 0;

  if (bytes == NULL)
    {
      gsc_format_error (error, _ ("There is not enough memory for “%s”."), name);
      return NULL;
    }
  /* Asking for one byte too many makes libarchive reach the end, where it checks the checksum. */
  while (length <= size)
    {
      la_ssize_t n = archive_read_data (archive, bytes + length, size + 1 - length);

      if (n < 0)
        {
          set_archive_error (error, archive);
          return NULL;
        }
      if (n == 0)
        break;
      length += (gsize) n;
    }
  if (length != size)
    {
      length_error (name, error);
      return NULL;
    }
  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}

gboolean
gsc_zip_read (GscZip *zip, GHashTable *contents, GError **error)
{
  g_autoptr (Archive) archive = start_reading (zip, error);
  g_autoptr (GError) fault = NULL;
  struct archive_entry *entry;
  guint n_read = 0;

  if (archive == NULL)
    return FALSE;
  while (n_read < g_hash_table_size (contents) && (entry = next_entry (archive, &fault)) != NULL)
    {
      g_autofree char *name = g_strdup (get_name (entry));
      gsize size;
      GBytes *bytes;

      if (!g_hash_table_contains (contents, name) || !gsc_zip_get_size (zip, name, &size))
        continue;
      bytes = read_entry (archive, name, size, error);
      if (bytes == NULL)
        return FALSE;
      g_hash_table_replace (contents, g_steal_pointer (&name), bytes);
      n_read++;
    }
  if (fault != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  if (n_read < g_hash_table_size (contents))
    return gsc_format_error (error, _ ("The zip archive lacks an entry."));
  return TRUE;
}
