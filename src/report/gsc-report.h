/* gsc-report.h - a run as one document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Settings, results, all figures, and how to make it again: in one file that needs no other, for
 * people who do not have the program. Text and numbers are of the locale; the same run gives the
 * same bytes.
 */

#pragma once

#include "gsc-team.h"
#include "gsc-watch.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_REPORT_ERROR_FORMAT, /* no format has that file name extension */
} GscReportError;

#define GSC_REPORT_WRITE_ERROR (gsc_report_error_quark ())
GQuark gsc_report_error_quark (void);

typedef struct
{
  const char *step;      /* which record: "best" (as NULL), "last", or its step */
  gboolean all_analyses; /* also those that would take long with this model */
  GscTeam *team;         /* or NULL: this thread alone */
  const GscWatch *watch; /* or NULL */
} GscReportOptions;

/* The formats' file name extensions without a dot, "html" and "pdf", NULL-terminated. Static. */
const char *const *gsc_report_get_extensions (void);

/* FALSE, and GSC_REPORT_WRITE_ERROR naming the file, unless its extension is one of them. */
gboolean gsc_report_check_path (const char *path, GError **error);

/* The paper's entry for a bibliography, in BibTeX. Static. */
const char *gsc_report_get_bibtex (void);

/* Writes a report of the run in the folder @run_path to the file @path, completely or not at all.
 * Any thread; takes seconds. Figures of a model whose snapshot is not there any more are left out,
 * and the report says so. @error: as gsc_run_data_load(), gsc_run_data_find_record(), the analyses
 * (G_IO_ERROR_CANCELLED), gsc_report_check_path(), G_FILE_ERROR. */
gboolean gsc_report_write (const char *run_path,
                           const char *path,
                           const GscReportOptions *options,
                           GError **error);

G_END_DECLS
