/* gsc-run-folder.h - a run on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   config.json        the recipe; there only once the folder is complete
 *   tasks.csv          every task of Z_p^2, pre-training tasks first (gsc-split-tables.h)
 *   inputs.csv         every input pair (gsc-split-tables.h)
 *   metrics.csv        one row a record (gsc-record-tables.h)
 *   per_shot.csv       one row per record and set: accuracy at each shot
 *   per_task.csv       one row per record, set and measure: accuracy of each task
 *   snapshots/         step-NNNNNNNN.safetensors: weights (gsc-snapshot-policy.h says which)
 *   state.safetensors  optimiser state for resume
 *   initial.safetensors  the weights it began with, if they were not drawn from the seed
 *   notes.json         title, origin, stop rule (gsc-run-notes.h); not of every run
 *   bookmarks.json     what the app presents (gsc-bookmarks.h); not of every run
 *   events.log         what happened, one line each
 *   lock               of the process that trains (gsc-run-lock.h)
 *
 * Tables are append-only CSV: every program reads them, a crash can tear only the last line (which
 * readers drop and the next writer cuts off), and no library is needed. Everything else is written
 * atomically.
 */

#pragma once

#include "gsc-config.h"
#include "gsc-input-split.h"
#include "gsc-model.h"
#include "gsc-record.h"
#include "gsc-run-error.h"
#include "gsc-snapshot-policy.h"
#include "gsc-task-split.h"

G_BEGIN_DECLS

typedef struct _GscRunFolder GscRunFolder;

/* Makes the folder (parents too) and writes config.json, tasks.csv and inputs.csv; takes the
 * writer's lock. EXISTS when there is a run already. */
GscRunFolder *gsc_run_folder_create (const char *path,
                                     const GscConfig *config,
                                     const GscTaskSplit *tasks,
                                     const GscInputSplit *inputs,
                                     GError **error);

/* The same for a run that begins with the weights @initial (nullable), which are kept so that it
 * begins with them again when it is killed before its first state. */
GscRunFolder *gsc_run_folder_create_from (const char *path,
                                          const GscConfig *config,
                                          const GscTaskSplit *tasks,
                                          const GscInputSplit *inputs,
                                          const GscModel *initial,
                                          GError **error);

/* Opens an existing run. For writing it takes the lock (BUSY when another process holds it; the
 * lock goes with its process) and cuts torn last lines; for reading it changes nothing. Free with
 * gsc_run_folder_free(), which drops the lock. */
GscRunFolder *gsc_run_folder_open (const char *path, gboolean writable, GError **error);
void gsc_run_folder_free (GscRunFolder *folder);

/* TRUE if @path looks like a run (has a config.json). */
gboolean gsc_run_folder_is_run (const char *path);

/* Whether the writer still holds the lock (gsc-run-lock.h): FALSE and BUSY when another process has
 * taken it over. Records and snapshots are refused then. */
gboolean gsc_run_folder_check_lock (GscRunFolder *folder, GError **error);

/* Whether a process holds the lock, this one included. Does not disturb it, nor one that is about
 * to take it. FALSE also for what is no run. */
gboolean gsc_run_folder_is_busy (const char *path);

const char *gsc_run_folder_get_path (const GscRunFolder *folder);
const GscConfig *gsc_run_folder_get_config (const GscRunFolder *folder);

/* The run may be trained longer than first planned, or recorded at other steps: replaces
 * config.json, in which nothing else may change. @error: also GSC_CONFIG_ERROR_INVALID. */
gboolean gsc_run_folder_set_schedule (GscRunFolder *folder,
                                      gint64 steps,
                                      gint64 record_every,
                                      GError **error);

/* What tasks.csv and inputs.csv say. (transfer full) */
GscTaskSplit *gsc_run_folder_read_tasks (GscRunFolder *folder, GError **error);
GscInputSplit *gsc_run_folder_read_inputs (GscRunFolder *folder, GError **error);

/* Appends one record to metrics.csv, per_shot.csv and per_task.csv. Steps must ascend. */
gboolean
gsc_run_folder_append_record (GscRunFolder *folder, const GscRecord *record, GError **error);

/* Drops every row after @step (before resuming from a state of that step). */
gboolean gsc_run_folder_rewind (GscRunFolder *folder, gint64 step, GError **error);

/* All records, oldest first, a torn last line left out. (transfer full) array of GscRecord*. */
GPtrArray *gsc_run_folder_read_records (GscRunFolder *folder, GError **error);

/* Writes snapshots/step-NNNNNNNN.safetensors, then thins by the policy. */
gboolean gsc_run_folder_save_snapshot (GscRunFolder *folder,
                                       const GscModel *model,
                                       gint64 step,
                                       GError **error);

/* Snapshots present, by step. (transfer full) array of GscSnapshotInfo*. */
GPtrArray *gsc_run_folder_list_snapshots (GscRunFolder *folder, GError **error);

/* The step meant by @which: "last", "best" (highest o.o.d./test accuracy at the last shot; earliest
 * if several), or a number (the snapshot of exactly that step; the error names the nearest). -1 on
 * error. */
gint64 gsc_run_folder_find_step (GscRunFolder *folder, const char *which, GError **error);

/* The weights of the snapshot at exactly @step. (transfer full) */
GscModel *gsc_run_folder_load_snapshot (GscRunFolder *folder, gint64 step, GError **error);

/* The weights the run began with, or NULL: with @error, or without where they are drawn from the
 * seed. (transfer full) */
GscModel *gsc_run_folder_load_initial (GscRunFolder *folder, GError **error);

/* Bytes all snapshots together may take; default GSC_RUN_DEFAULT_BUDGET. */
#define GSC_RUN_DEFAULT_BUDGET (G_GINT64_CONSTANT (512) * 1024 * 1024)
void gsc_run_folder_set_snapshot_budget (GscRunFolder *folder, goffset bytes);

/* Path of the optimiser state. (transfer full) */
char *gsc_run_folder_get_state_path (const GscRunFolder *folder);

/* Appends "TIME EVENT" to events.log; failures are not errors (the log is a courtesy). */
void gsc_run_folder_log (GscRunFolder *folder, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscRunFolder, gsc_run_folder_free)

G_END_DECLS
