/* gsc-library.h - the user's runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "gsc-run-archive.h"
#include "gsc-run.h"
#include "gsc-worker.h"

G_BEGIN_DECLS

#define GSC_TYPE_LIBRARY (gsc_library_get_type ())

/* A GListModel of GscRun, newest first: the runs in one folder, and runs opened from elsewhere.
 * Owns the worker. Follows runs that another process makes or trains (file monitors). For the main
 * thread. Property:
 *   training (GscRun or NULL) the run being trained here; notified
 *   waiting (GscRun or NULL)  the run that goes on as soon as there is room on the disk; notified
 * Signals:
 *   "failed" (char *message): something that the user asked for could not be done
 *   "marked" (GscRun *run, char *message): the stop rule, which only marks, has come to hold
 *   "resumed" (GscRun *run): there is room again, and the run that waited for it goes on
 *   "ended" (GscRun *run, int end, char *message): as GscWorker's; after GSC_WORKER_NO_ROOM
 * "waiting" is the run if it can go on */
G_DECLARE_FINAL_TYPE (GscLibrary, gsc_library, GSC, LIBRARY, GObject)

/* @folder is made when the first run is. Runs that are in it are listed at once. */
GscLibrary *gsc_library_new (const char *folder);

/* ~/.local/share/grokscope/runs: where ./dev run puts its runs, too. (transfer full) */
char *gsc_library_get_default_folder (void);

GscWorker *gsc_library_get_worker (GscLibrary *library); /* borrowed */

/* Threads that trainings from now on use; 0 (the default): one per processor. */
void gsc_library_set_threads (GscLibrary *library, guint threads);

/* The run being trained here, or NULL. Borrowed. */
GscRun *gsc_library_get_training (GscLibrary *library);

/* A new run, trained from now on. @notes: title (NULL: from the preset's name and a number),
 * preset, parent and stop rule. @parent: the run to start from at its snapshot of
 * notes->parent_step, or NULL. Borrowed. NULL and @error when another run is being trained or the
 * folder cannot be written. */
GscRun *gsc_library_train_new (GscLibrary *library,
                               const GscConfig *config,
                               const GscRunNotes *notes,
                               GscRun *parent,
                               GError **error);

/* Goes on with a run that waits. */
gboolean gsc_library_resume (GscLibrary *library, GscRun *run, GError **error);

/* Pauses the training (it waits then) or ends it (with a last record; it is finished then). */
void gsc_library_pause (GscLibrary *library);
void gsc_library_stop (GscLibrary *library);

/* Where the disk was full, a training is paused and goes on by itself; every few seconds it is
 * looked whether there is room for the next record. The run that waits for that, or NULL; and how
 * many bytes it needs. Training anything ends the waiting, and so does gsc_library_stop_waiting():
 * the run then waits for its user, like any that is paused. */
GscRun *gsc_library_get_waiting (GscLibrary *library); /* borrowed */
guint64 gsc_library_get_needed_room (GscLibrary *library);
void gsc_library_stop_waiting (GscLibrary *library);

/* Time between two looks; default 3000. */
void gsc_library_set_room_pause (GscLibrary *library, guint milliseconds);

gboolean gsc_library_rename (GscLibrary *library, GscRun *run, const char *title, GError **error);

/* A copy of the folder under a new name: (transfer none). Not of a run being trained. From 64 MiB
 * on it is made in a thread, and is BROKEN with a message that says so until it is done; "failed"
 * says if it is not. */
GscRun *gsc_library_duplicate (GscLibrary *library, GscRun *run, GError **error);

/* Takes the run off the list and its folder out of sight; a run from elsewhere is only taken off
 * the list. gsc_library_restore() undoes that; gsc_library_purge() makes it final (the folder goes
 * to the desktop's trash where there is one). Not of a run being trained. */
gboolean gsc_library_remove (GscLibrary *library, GscRun *run, GError **error);
gboolean gsc_library_restore (GscLibrary *library, GscRun *run, GError **error);
void gsc_library_purge (GscLibrary *library, GscRun *run);

/* A run in any folder; the one already listed if it is. Borrowed. NULL and @error (naming the
 * folder) if it is no run. */
GscRun *gsc_library_open (GscLibrary *library, const char *path, GError **error);

/* Unpacks the archive (gsc-run-archive.h) into a new folder of the library, in a thread. @progress
 * is called there. */
void gsc_library_import (GscLibrary *library,
                         const char *archive,
                         GCancellable *cancellable,
                         GscRunArchiveProgress progress,
                         gpointer progress_data,
                         GAsyncReadyCallback callback,
                         gpointer data);

/* The run, which is in the list now. Borrowed. */
GscRun *gsc_library_import_finish (GscLibrary *library, GAsyncResult *result, GError **error);

/* The run that comes with the program (data/examples), as a run of the library like any other: the
 * one that is listed, or one that is unpacked first, in a thread. */
void gsc_library_open_example (GscLibrary *library,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);

/* Borrowed. NULL and @error, naming the archive, if there is none or it cannot be read. */
GscRun *gsc_library_open_example_finish (GscLibrary *library, GAsyncResult *result, GError **error);

/* The archive to take the example from; NULL (the default): the one that comes with the program. */
void gsc_library_set_example (GscLibrary *library, const char *archive);

/* Lists the run of a model file (gsc-model-file.h), in the place of one of the same file. Taking it
 * off the list leaves the file as it is. */
void gsc_library_add_model_file (GscLibrary *library, GscRun *run);

/* Paths of the runs from elsewhere, model files left out, to be remembered. (transfer full),
 * NULL-terminated */
char **gsc_library_list_elsewhere (GscLibrary *library);

/* The run in that folder, or NULL. Borrowed. */
GscRun *gsc_library_find (GscLibrary *library, const char *path);

G_END_DECLS
