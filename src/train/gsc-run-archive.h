/* gsc-run-archive.h - a run as one file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * NAME.grokrun is a zip archive that every program can unpack: first "mimetype", not compressed,
 * which is GSC_RUN_ARCHIVE_TYPE, so that the file's kind is seen in its first bytes; then the files
 * of the run folder (gsc-run-folder.h) under their names, config.json last. Tables and texts are
 * compressed, weights are not: they hardly become smaller. The lock, and what is no part of a run,
 * are left out. The same run makes the same bytes.
 */

#pragma once

#include <gio/gio.h>

#include "gsc-run-error.h"

G_BEGIN_DECLS

#define GSC_RUN_ARCHIVE_SUFFIX ".grokrun"
#define GSC_RUN_ARCHIVE_TYPE "application/x-grokscope-run"

/* How much is done, 0 to 1; called often. */
typedef void (*GscRunArchiveProgress) (double fraction, gpointer data);

/* Writes the run folder @run into the file @archive, atomically; an existing file is replaced. A
 * run that is being trained is archived as it is at that moment. @progress may be NULL. @error
 * names the file; G_IO_ERROR_CANCELLED when cancelled. Any thread. */
gboolean gsc_run_archive_save (const char *run,
                               const char *archive,
                               GCancellable *cancellable,
                               GscRunArchiveProgress progress,
                               gpointer data,
                               GError **error);

/* Unpacks @archive into @folder, which must not exist or be empty: completely or not at all, by way
 * of a hidden folder beside it. Nothing is trusted: only files that a run has are unpacked, no link
 * and no path that leads elsewhere; sizes are checked before room is taken; and the run must be
 * readable. @error (naming the archive, or the folder): G_FILE_ERROR (NOSPC with the room that is
 * needed), GSC_MODEL_ERROR_FORMAT, GSC_RUN_ERROR (EXISTS, NOT_RUN, DAMAGED), those of what is in
 * the run, G_IO_ERROR_CANCELLED. Any thread. */
gboolean gsc_run_archive_load (const char *archive,
                               const char *folder,
                               GCancellable *cancellable,
                               GscRunArchiveProgress progress,
                               gpointer data,
                               GError **error);

/* Whether the file is to be taken for an archive: by its name or its first bytes. */
gboolean gsc_run_archive_is_archive (const char *path);

G_END_DECLS
