/* gsc-library-entry.h - a run in the library, and what follows it on the disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Used by gsc-library.c only.
 */

#pragma once

#include "gsc-run.h"

G_BEGIN_DECLS

typedef struct _GscLibraryEntry GscLibraryEntry;

/* Reference-counted, because its reading ends when it ends. Watches nothing at first. */
GscLibraryEntry *gsc_library_entry_new (const char *path);

/* One for a model file's run, which is never read again nor watched. Takes a reference. */
GscLibraryEntry *gsc_library_entry_new_for_model (GscRun *run);
GscLibraryEntry *gsc_library_entry_ref (GscLibraryEntry *entry);
void gsc_library_entry_unref (GscLibraryEntry *entry);

GscRun *gsc_library_entry_get_run (GscLibraryEntry *entry); /* borrowed */

/* When it was made (gsc-run-scan.h). */
gint64 gsc_library_entry_get_time (const GscLibraryEntry *entry);

/* Whether the run is followed: what other processes do in its folder changes its properties, and
 * its data where they have been loaded. Off while this program trains it. */
void gsc_library_entry_set_watching (GscLibraryEntry *entry, gboolean watching);

/* Looks at the folder now. FALSE when the run cannot be read. */
gboolean gsc_library_entry_refresh (GscLibraryEntry *entry);

/* Saves the notes, and gives them to the run when they are saved. A damaged notes file is kept
 * beside the new one. */
gboolean
gsc_library_entry_save_notes (GscLibraryEntry *entry, const GscRunNotes *notes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscLibraryEntry, gsc_library_entry_unref)

G_END_DECLS
