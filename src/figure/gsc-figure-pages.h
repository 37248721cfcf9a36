/* gsc-figure-pages.h - the pages of gsc-figure.h, one file each, and what they share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

GscFigurePage *gsc_figure_pages_learning_curves (const GscFigureData *data,
                                                 const GscFigureOptions *options,
                                                 const GscStyle *style,
                                                 double width,
                                                 double height);
GscFigurePage *gsc_figure_pages_shots (const GscFigureData *data,
                                       const GscFigureOptions *options,
                                       const GscStyle *style,
                                       double width,
                                       double height);
GscFigurePage *gsc_figure_pages_task_grid (const GscFigureData *data,
                                           const GscFigureOptions *options,
                                           const GscStyle *style,
                                           double width,
                                           double height);

/* "p = 11, 96 of 121 tasks, ..., step 200 (run quick-1)"; @record may be NULL. (transfer full) */
char *gsc_figure_pages_describe (const GscFigureData *data, const GscRecord *record);

/* "i.d./train" and so on. Static. */
const char *gsc_figure_pages_get_set_title (GscSet set);

/* How a set's line looks. Static. */
const GscSeriesLook *gsc_figure_pages_get_set_look (const GscStyle *style, GscSet set);

/* The axis of shares from 0 to 1, with room for markers at both ends. */
GscAxisInput gsc_figure_pages_get_accuracy_axis (const char *title);

/* Two equal areas in @area, @gap apart: side by side, or one above the other where @area is higher
 * than wide. */
void gsc_figure_pages_split (const GscRect *area, double gap, GscRect halves[2]);

/* A whole number as ticks show it. Lives as long as @page. */
const char *gsc_figure_pages_print_count (GscFigurePage *page, gint64 count);

G_END_DECLS
