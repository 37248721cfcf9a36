/* gsc-report-settings.h - what was trained, from where and for how long
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-report-document.h"
#include "gsc-report-source.h"

G_BEGIN_DECLS

/* The sections: the recipe in words, as a table and as JSON; origin and early stopping; times. */
void gsc_report_add_settings (GscReportDocument *document, const GscReportSource *source);
void gsc_report_add_history (GscReportDocument *document, const GscReportSource *source);

G_END_DECLS
