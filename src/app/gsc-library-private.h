/* gsc-library-private.h - what the files of the library share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-folder-watch.h"
#include "gsc-library-entry.h"
#include "gsc-library.h"

G_BEGIN_DECLS

struct _GscLibrary
{
  GObject parent_instance;

  char *folder;
  char *example; /* archive, or NULL: the one that comes with the program */
  guint threads;
  guint poll;    /* runs while another process trains a run */
  gboolean ends; /* the training is to be finished when it stops, not only paused */

  /* Owned References */
  GPtrArray *entries;  /* of GscLibraryEntry, newest first */
  GHashTable *removed; /* GscLibraryEntry -> where its folder is now, "" for one from elsewhere */
  GHashTable *unfinished; /* path -> GscFolderWatch: folders that may become runs */
  GscFolderWatch *watch;
  GscWorker *worker;
  GscLibraryEntry *training; /* NULL: none */
  GCancellable *cancellable; /* of copies */

  /* gsc-library-room.c: a training that waits for room on the disk */
  struct
  {
    GscLibraryEntry *entry;    /* NULL: none */
    guint64 needed;            /* bytes */
    guint timeout;             /* until the next look, or 0 */
    GCancellable *cancellable; /* of the look under way, or NULL */
    guint pause;               /* milliseconds between looks ... */
    guint patience;            /* ... times this */
    char *failed_path;         /* the run for which there was no room last, or NULL ... */
    gint64 failed_step;        /* ... and its step */
  } room;
};

/* gsc-library.c */

/* Emits "failed". */
void gsc_library_fail (GscLibrary *library, const char *message);

/* A run that is not in the list yet. (transfer full) */
GscLibraryEntry *gsc_library_make_entry (GscLibrary *library, const char *path);

/* Puts it into its place in the list, and takes it over. */
void gsc_library_insert (GscLibrary *library, GscLibraryEntry *entry);

/* Takes it off the list; the caller takes it over. NULL if it is not in it. */
GscLibraryEntry *gsc_library_take_out (GscLibrary *library, GscLibraryEntry *entry);

/* The run's place in the list, borrowed, or NULL. */
GscLibraryEntry *gsc_library_find_entry (GscLibrary *library, GscRun *run);

gboolean gsc_library_is_elsewhere (GscLibrary *library, GscLibraryEntry *entry);

void gsc_library_notify_training (GscLibrary *library);
void gsc_library_notify_waiting (GscLibrary *library);
void gsc_library_emit_resumed (GscLibrary *library, GscRun *run);
void gsc_library_emit_marked (GscLibrary *library, GscRun *run, const char *message);
void gsc_library_emit_ended (GscLibrary *library, GscRun *run, int end, const char *message);

/* gsc-library-archive.c: as gsc_library_import(), by another @name than the archive's. */
void gsc_library_import_named (GscLibrary *library,
                               const char *archive,
                               const char *name,
                               GCancellable *cancellable,
                               GscRunArchiveProgress progress,
                               gpointer progress_data,
                               GAsyncReadyCallback callback,
                               gpointer data);

/* gsc-library-room.c: goes on with the run as soon as there is room. FALSE if it cannot be gone on
 * with. */
gboolean gsc_library_wait_for_room (GscLibrary *library, GscLibraryEntry *entry);

/* gsc-library-training.c: the worker's signals */
void gsc_library_on_update (GscWorker *worker, GscWorkerUpdate *update, GscLibrary *library);
void gsc_library_on_ended (GscWorker *worker, int end, const char *message, GscLibrary *library);

G_END_DECLS
