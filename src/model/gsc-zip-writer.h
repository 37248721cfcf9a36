/* gsc-zip-writer.h - writing a zip archive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An archive under way, written as a GscAtomicFile is: completely or not at all. The same entries
 * in the same order make the same bytes, whenever and by whomever (no times, no owners). For one
 * thread. @error (of all functions here) names the archive: G_FILE_ERROR. */
typedef struct _GscZipWriter GscZipWriter;

GscZipWriter *gsc_zip_writer_new (const char *path, GError **error);

/* Begins the file @name of @size bytes, which gsc_zip_writer_append() then has to be given. Not
 * @compress: kept as it is. */
gboolean gsc_zip_writer_begin (
    GscZipWriter *writer, const char *name, guint64 size, gboolean compress, GError **error);
gboolean
gsc_zip_writer_append (GscZipWriter *writer, gconstpointer bytes, gsize length, GError **error);

/* Puts the archive in its place. To be called once, before gsc_zip_writer_free(). */
gboolean gsc_zip_writer_commit (GscZipWriter *writer, GError **error);

/* Without an earlier commit nothing remains of what was written. */
void gsc_zip_writer_free (GscZipWriter *writer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscZipWriter, gsc_zip_writer_free)

G_END_DECLS
