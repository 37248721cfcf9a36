/* gsc-export-saver.h - asks where figures are to be written, and writes them there
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-export-job.h"

G_BEGIN_DECLS

#define GSC_TYPE_EXPORT_SAVER (gsc_export_saver_get_type ())

/* For one export. A single file is chosen with its name, several get theirs in a chosen folder;
 * none is replaced before the user has agreed. The dialogs come through the desktop's portal.
 *
 * Signals:
 *   "started" (): the files are being drawn
 *   "ended" (char **paths, char *message): once. paths are those of the files, NULL where there are
 *     none; message says why, NULL where the user did not want it. */
G_DECLARE_FINAL_TYPE (GscExportSaver, gsc_export_saver, GSC, EXPORT_SAVER, GObject)

/* @parent: nullable. @items are copied. @settings: remembers the folder; nullable. */
GscExportSaver *gsc_export_saver_new (GtkWindow *parent,
                                      GscExportSource *source,
                                      const GscExportItem *items,
                                      guint n_items,
                                      GscExportFormat format,
                                      const GscFigurePaper *paper,
                                      GSettings *settings);

/* Whether it is a folder that is to be chosen. */
gboolean gsc_export_saver_wants_folder (GscExportSaver *saver);

/* Asks the user. Stays alive until the end. */
void gsc_export_saver_choose (GscExportSaver *saver);

/* The same as if the user had chosen @path, and had agreed that a file there is replaced; asks
 * about the others. */
void gsc_export_saver_save_to (GscExportSaver *saver, const char *path);

/* The question whether files may be replaced, while it is asked. Borrowed, or NULL. */
AdwMessageDialog *gsc_export_saver_get_question (GscExportSaver *saver);

/* Stops drawing: nothing is written. */
void gsc_export_saver_cancel (GscExportSaver *saver);

/* The share that is done, 0..1. */
double gsc_export_saver_get_progress (GscExportSaver *saver);

G_END_DECLS
