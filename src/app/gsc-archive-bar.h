/* gsc-archive-bar.h - a line across the window while runs are written to files or read from them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-library.h"

G_BEGIN_DECLS

#define GSC_TYPE_ARCHIVE_BAR (gsc_archive_bar_get_type ())

/* Does the work, in a thread, one file after the other; shows itself when that takes a moment, with
 * a button that cancels. Its end cancels all. Signals:
 *   "opened" (GscRun *run): the run is in the library now
 *   "saved" (char *title, char *path): the file is there
 *   "failed" (char *message): not after cancelling */
G_DECLARE_FINAL_TYPE (GscArchiveBar, gsc_archive_bar, GSC, ARCHIVE_BAR, GtkWidget)

GtkWidget *gsc_archive_bar_new (GscLibrary *library);

/* Unpacks the archive at @path into the library. */
void gsc_archive_bar_open (GscArchiveBar *bar, const char *path);

/* Writes @run into the file @path. */
void gsc_archive_bar_save (GscArchiveBar *bar, GscRun *run, const char *path);

/* Cancels what is under way; the next one begins. */
void gsc_archive_bar_cancel (GscArchiveBar *bar);

/* Whether nothing is under way. */
gboolean gsc_archive_bar_is_idle (GscArchiveBar *bar);

G_END_DECLS
