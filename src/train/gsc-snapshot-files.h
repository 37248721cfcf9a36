/* gsc-snapshot-files.h - the snapshot files of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files in the folder that are not named exactly step-NNNNNNNN.safetensors are left alone. @run is
 * the run folder's path in all functions; errors name the file or folder.
 */

#pragma once

#include "gsc-snapshot-policy.h"

G_BEGIN_DECLS

/* Name of the folder inside the run's. */
#define GSC_SNAPSHOT_FOLDER "snapshots"

/* (transfer full) */
char *gsc_snapshot_files_get_path (const char *run, gint64 step);

/* The step in a snapshot's file name; FALSE for other names. @step: (out). */
gboolean gsc_snapshot_files_parse_name (const char *name, gint64 *step);

/* The snapshots present, by step, all scores unknown: array of GscSnapshotInfo. (transfer full) */
GArray *gsc_snapshot_files_list (const char *run, GError **error);

/* The same with scores from metrics.csv. */
GArray *gsc_snapshot_files_list_scored (const char *run, GError **error);

/* Deletes what gsc_snapshot_policy_thin() does not keep of @budget bytes. */
gboolean gsc_snapshot_files_thin (const char *run, goffset budget, GError **error);

/* Deletes the snapshots of later steps than @step. */
gboolean gsc_snapshot_files_rewind (const char *run, gint64 step, GError **error);

/* As gsc_run_folder_find_step(). */
gint64 gsc_snapshot_files_find (const char *run, const char *which, GError **error);

G_END_DECLS
