/* gsc-report-source.h - the run that a report is of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-run-data.h"
#include "gsc-run-notes.h"

G_BEGIN_DECLS

/* Everything is borrowed. */
typedef struct
{
  const char *path; /* the run's folder */
  GscRunData *run;
  const GscRunNotes *notes;
  int record; /* shown; -1: the run has none */
  gboolean all_analyses;
} GscReportSource;

G_END_DECLS
