/* gsc-folder-watch.h - says when something has changed in a folder, but not too often
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GscFolderWatch GscFolderWatch;

/* May free the watch. */
typedef void (*GscFolderWatchFunc) (gpointer data);

/* Calls @func in the main loop at most once in @pause milliseconds, that long after the first
 * change of files in the folder @path itself (not below it). The folder may be made only later. */
GscFolderWatch *
gsc_folder_watch_new (const char *path, guint pause, GscFolderWatchFunc func, gpointer data);
void gsc_folder_watch_free (GscFolderWatch *watch);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscFolderWatch, gsc_folder_watch_free)

G_END_DECLS
