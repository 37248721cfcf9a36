/* gsc-report-pdf.h - a report as pages of a PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-report-document.h"

G_BEGIN_DECLS

/* Writes A4 pages with running title and page numbers; of the figures without their tables. The
 * same document gives the same bytes. @error: as gsc_surface_write_pages(). */
gboolean gsc_report_pdf_write (const GscReportDocument *document, const char *path, GError **error);

G_END_DECLS
