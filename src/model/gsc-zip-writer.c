/* gsc-zip-writer.c - writing a zip archive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-zip-writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n.h>

#include "gsc-atomic-file.h"

struct _GscZipWriter
{
  char *display_name; /* of the archive, for messages */
  GscAtomicFile *file;
  struct archive *archive;
  GError *fault;   /* what the file said, behind libarchive's back */
  gboolean ending; /* what is still written goes nowhere */
};

/* Whether a call of libarchive went well, and what it has written. Takes the file's own words where
 * that has said anything. */
static gboolean
check (GscZipWriter *writer, gboolean fine, GError **error)
{
  const char *message;

  if (writer->fault != NULL)
    {
      g_propagate_error (error, g_error_copy (writer->fault));
      return FALSE;
    }
  if (fine)
    return TRUE;
  message = archive_error_string (writer->archive);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
               _ ("%s: The archive cannot be written (%s)."), writer->display_name,
               message != NULL ? message : _ ("no details are known"));
  return FALSE;
}

/* Never fails: libarchive 3.6 does not free everything after that. */
static la_ssize_t
on_write (struct archive *archive, void *data, const void *bytes, size_t length)
{
  GscZipWriter *writer = data;

  if (writer->fault == NULL && !writer->ending)
    gsc_atomic_file_append (writer->file, bytes, length, &writer->fault);
  return (la_ssize_t) length;
}

GscZipWriter *
gsc_zip_writer_new (const char *path, GError **error)
{
  g_autoptr (GscZipWriter) writer = g_new0 (GscZipWriter, 1);

  writer->display_name = g_filename_display_name (path);
  writer->archive = archive_write_new ();
  writer->file = gsc_atomic_file_new (path, error);
  if (writer->file == NULL)
    return NULL;
  /* No padding after the last block: it would be part of the file. */
  if (!check (writer,
              archive_write_set_format_zip (writer->archive) == ARCHIVE_OK
                  && archive_write_set_bytes_in_last_block (writer->archive, 1) == ARCHIVE_OK
                  && archive_write_open (writer->archive, writer, NULL, on_write, NULL)
                         == ARCHIVE_OK,
              error))
    return NULL;
  return g_steal_pointer (&writer);
}

gboolean
gsc_zip_writer_begin (
    GscZipWriter *writer, const char *name, guint64 size, gboolean compress, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  int status;

  archive_entry_set_pathname_utf8 (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  archive_entry_set_size (entry, (la_int64_t) size);
  status = compress ? archive_write_zip_set_compression_deflate (writer->archive)
                    : archive_write_zip_set_compression_store (writer->archive);
  if (status == ARCHIVE_OK)
    status = archive_write_header (writer->archive, entry);
  archive_entry_free (entry);
  return check (writer, status == ARCHIVE_OK, error);
}

gboolean
gsc_zip_writer_append (GscZipWriter *writer, gconstpointer bytes, gsize length, GError **error)
{
  const char *from = bytes;

  while (length > 0)
    {
      la_ssize_t written = archive_write_data (writer->archive, from, length);

      if (!check (writer, written > 0, error))
        return FALSE;
      from += written;
      length -= (gsize) written;
    }
  return TRUE;
}

gboolean
gsc_zip_writer_commit (GscZipWriter *writer, GError **error)
{
  return check (writer, archive_write_close (writer->archive) == ARCHIVE_OK, error)
         && gsc_atomic_file_commit (writer->file, error);
}

void
gsc_zip_writer_free (GscZipWriter *writer)
{
  if (writer == NULL)
    return;
  writer->ending = TRUE;
  archive_write_free (writer->archive);
  g_clear_pointer (&writer->file, gsc_atomic_file_free);
  g_clear_error (&writer->fault);
  g_free (writer->display_name);
  g_free (writer);
}
