/* gsc-report-results.h - what came out, in a few tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-report-document.h"
#include "gsc-report-source.h"

G_BEGIN_DECLS

/* The section: the four sets at the peak, at the step shown and at the end, and each set's
 * gsc_run_summarise(). */
void gsc_report_add_results (GscReportDocument *document, const GscReportSource *source);

G_END_DECLS
