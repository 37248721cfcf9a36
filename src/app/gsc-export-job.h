/* gsc-export-job.h - writes figures into files, in a thread
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-export-settings.h"
#include "gsc-export-source.h"

G_BEGIN_DECLS

#define GSC_TYPE_EXPORT_JOB (gsc_export_job_get_type ())

/* Several files become visible all together when the last one is drawn: a job that fails or is
 * cancelled leaves the files of its names as they were. For the main thread. */
G_DECLARE_FINAL_TYPE (GscExportJob, gsc_export_job, GSC, EXPORT_JOB, GObject)

/* Writes @items (copied; at least one) to @path: a file for a single item, or a folder for files
 * called as gsc_export_item_make_name() where @in_folder. Tables are several files each
 * (gsc_export_tables_list()). */
GscExportJob *gsc_export_job_new (GscExportSource *source,
                                  const GscExportItem *items,
                                  guint n_items,
                                  GscExportFormat format,
                                  const GscFigurePaper *paper,
                                  const char *path,
                                  gboolean in_folder);

/* The paths of all its files, in order, whether they are there or not: (transfer full) */
char **gsc_export_job_list_files (GscExportJob *job);

/* Once. */
void gsc_export_job_run_async (GscExportJob *job,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* @error: as gsc_figure_export() and gsc_export_source_make_frame(), G_FILE_ERROR, or
 * G_IO_ERROR_CANCELLED. */
gboolean gsc_export_job_run_finish (GscExportJob *job, GAsyncResult *result, GError **error);

/* The share that is done, 0..1, by now. */
double gsc_export_job_get_progress (GscExportJob *job);

G_END_DECLS
