/* gsc-report-html.h - a report as one HTML file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-report-document.h"

G_BEGIN_DECLS

/* Markup that is HTML and XML alike and refers to nothing outside of it: figures are SVG inside it,
 * the style stands in its head. The same document gives the same bytes. (transfer full); NULL and
 * @error (GSC_SURFACE_ERROR) if a figure cannot be drawn. */
GString *gsc_report_html_make (const GscReportDocument *document, GError **error);

G_END_DECLS
