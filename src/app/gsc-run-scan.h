/* gsc-run-scan.h - where a run on disk stands, at a glance
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-run-notes.h"
#include "gsc-run-folder.h"

G_BEGIN_DECLS

typedef struct
{
  GscConfig config;
  GscRunNotes *notes;      /* the defaults where the file is damaged */
  char *notes_fault;       /* what is wrong with it, a sentence, or NULL */
  gint64 step;             /* done, by the last record and the last snapshot */
  gint64 record_step;      /* of the last record, -1: none */
  double loss;             /* of that record; NaN: none */
  double steps_per_second; /* between the last two records; 0: not known */
  gboolean busy;           /* a process trains it */
} GscRunScan;

/* Reads a few small pieces, however long the run is; writes nothing. NULL and @error naming the
 * folder or file. */
GscRunScan *gsc_run_scan_new (const char *path, GError **error);
void gsc_run_scan_free (GscRunScan *scan);

/* All steps are done, or it was declared finished where it stands. */
gboolean gsc_run_scan_is_finished (const GscRunScan *scan);

/* When the run was made, microseconds since 1970; 0 where it is gone. */
gint64 gsc_run_scan_get_time (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscRunScan, gsc_run_scan_free)

G_END_DECLS
