/* gsc-run-store.h - folders of runs: making, copying, and putting them out of sight
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deleted runs go to the folder ".deleted" beside the runs, on the same disk, so that deleting and
 * its undoing are one renaming each. Symbolic links are never followed: a link goes, not what it
 * points to. @error names the folder or file.
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GSC_RUN_STORE_DELETED ".deleted"

/* Makes the folder "@stem-N" in @folder (and that, too), with the first number that is free.
 * Returns its path, or NULL and @error. @number: (out). */
char *gsc_run_store_claim (const char *folder, const char *stem, guint *number, GError **error);

/* "quick" for "/somewhere/quick-12": what names of copies begin with. (transfer full) */
char *gsc_run_store_get_stem (const char *path);

/* Bytes of all files in a run. */
goffset gsc_run_store_measure (const char *path);

/* Copies the run @from into the empty folder @to: config.json last, so that it is a run only when
 * it is whole; the lock, the notes and unfinished files are left out. On FALSE (also when it is
 * cancelled) @to is deleted. Any thread. */
gboolean
gsc_run_store_copy (const char *from, const char *to, GCancellable *cancellable, GError **error);

/* Deletes the folder and all that is in it for good; of a link only the link. For what the program
 * made itself: users' runs are purged. */
gboolean gsc_run_store_delete (const char *path, GError **error);

/* Moves the run into ".deleted"; returns its path there, or NULL and @error. */
char *gsc_run_store_set_aside (const char *path, GError **error);

/* Moves it back to @path, which must be free. */
gboolean gsc_run_store_bring_back (const char *aside, const char *path, GError **error);

/* Puts the folder @aside, which must be in a ".deleted", into the desktop's trash, from where it
 * would be restored to @path; or deletes it where there is no trash. */
gboolean gsc_run_store_purge (const char *aside, const char *path, GError **error);

/* The same with all that an earlier session left in ".deleted" of @folder. */
void gsc_run_store_purge_all (const char *folder);

G_END_DECLS
