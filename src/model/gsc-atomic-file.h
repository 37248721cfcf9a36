/* gsc-atomic-file.h - writing a file completely or not at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How names of unfinished files begin. One that a power cut left behind may be deleted. */
#define GSC_ATOMIC_FILE_PREFIX ".grokscope-"

/* A file under way: written beside its target under a temporary name, so that readers see the old
 * content or the new, never a part. For one thread. */
typedef struct _GscAtomicFile GscAtomicFile;

/* Starts to write @path, whose folder must exist. A symbolic link is followed; anything that exists
 * and is no regular file is refused. An existing file's permissions are kept.
 * @error (of all functions here): G_FILE_ERROR, naming the file. */
GscAtomicFile *gsc_atomic_file_new (const char *path, GError **error);

/* Appends @length bytes. */
gboolean
gsc_atomic_file_append (GscAtomicFile *file, gconstpointer data, gsize length, GError **error);

/* Brings everything to the disk (fsync), puts it in the target's place and brings that to the disk,
 * too. On FALSE the target is as it was. To be called once, before gsc_atomic_file_free(). */
gboolean gsc_atomic_file_commit (GscAtomicFile *file, GError **error);

/* Without an earlier commit nothing remains of what was written. */
void gsc_atomic_file_free (GscAtomicFile *file);

/* All of the above for content that is at hand. */
gboolean gsc_atomic_file_write (const char *path, gconstpointer data, gsize length, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscAtomicFile, gsc_atomic_file_free)

G_END_DECLS
