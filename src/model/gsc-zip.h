/* gsc-zip.h - reading files out of a zip archive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An open archive. For one thread at a time. All errors are without the archive's own name. */
typedef struct _GscZip GscZip;

/* Opens @path and lists its entries; none is unpacked. @error: G_FILE_ERROR, or
 * GSC_MODEL_ERROR_FORMAT if this is no zip archive, a damaged one, or one with two entries of the
 * same name. Free with gsc_zip_free(). */
GscZip *gsc_zip_open (const char *path, GError **error);
void gsc_zip_free (GscZip *zip);

/* Length of the archive itself, in bytes. */
gsize gsc_zip_get_file_size (const GscZip *zip);

/* Names of all entries, sorted. Free with g_list_free(); the strings are the archive's. */
GList *gsc_zip_list_names (const GscZip *zip);

/* How long the archive says that entry @name is once unpacked; FALSE if there is no such entry.
 * Nothing has checked that claim: check it before gsc_zip_read() allocates as much. */
gboolean gsc_zip_get_size (const GscZip *zip, const char *name, gsize *size);

/* Whether entry @name is a file, and no folder, link or device. FALSE if there is no such entry. */
gboolean gsc_zip_is_file (const GscZip *zip, const char *name);

/* What gsc_zip_unpack() gives: the next @length bytes of entry @name, and @length 0 once all of
 * them have come and fit the checksum. On FALSE, with @error set, no more follows. */
typedef gboolean (*GscZipFunc) (
    const char *name, gconstpointer bytes, gsize length, gpointer data, GError **error);

/* Unpacks all files in the order of the archive, a part at a time. @error: @func's, or
 * GSC_MODEL_ERROR_FORMAT, for instance if an entry's checksum or length is wrong. */
gboolean gsc_zip_unpack (GscZip *zip, GscZipFunc func, gpointer data, GError **error);

/* Unpacks the entries whose names are @contents' keys (strings owned by the table) and sets each
 * one's value to its bytes (GBytes, owned by the table). On FALSE some may be left unset.
 * @error: GSC_MODEL_ERROR_FORMAT, for instance if an entry's checksum or length is wrong. */
gboolean gsc_zip_read (GscZip *zip, GHashTable *contents, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscZip, gsc_zip_free)

G_END_DECLS
