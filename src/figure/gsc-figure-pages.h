/* gsc-figure-pages.h - what the figures share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-class.h"

G_BEGIN_DECLS

/* "p = 11, 96 of 121 tasks, ..., step 200 (run quick-1)"; @record may be NULL. (transfer full) */
char *gsc_figure_pages_describe (const GscRunData *data, const GscRecord *record);

/* A page with the figure's title and the run's settings, or with neither where @options says so. */
GscFigurePage *gsc_figure_pages_begin (const GscFrame *frame,
                                       const GscFigureOptions *options,
                                       const GscStyle *style,
                                       double width,
                                       double height,
                                       const char *title,
                                       gboolean of_record);

/* The same with nothing but the reason for it. */
GscFigurePage *gsc_figure_pages_note (const GscFrame *frame,
                                      const GscFigureOptions *options,
                                      const GscStyle *style,
                                      double width,
                                      double height,
                                      const char *title,
                                      const char *reason);

/* Nothing to pick, nowhere to move: for figures that have no cursor of their own. */
gboolean gsc_figure_pages_no_move (const GscFrame *frame,
                                   GscDirection direction,
                                   GscCursor *cursor,
                                   int *record);

/* The cursor's task; the first held-out one if the cursor names none. Borrowed from the frame. */
const GscTask *gsc_figure_pages_get_task (const GscFrame *frame);

/* "i.d./train" and so on. Static. */
const char *gsc_figure_pages_get_set_title (GscSet set);

/* How a set's line looks. Static. */
const GscSeriesLook *gsc_figure_pages_get_set_look (const GscStyle *style, GscSet set);

/* The axis of shares from 0 to 1, with room for markers at both ends. */
GscAxisInput gsc_figure_pages_get_accuracy_axis (const char *title);

/* Two equal areas in @area, @gap apart: side by side, or one above the other where @area is higher
 * than wide. */
void gsc_figure_pages_split (const GscRect *area, double gap, GscRect halves[2]);

/* Append a share as "0.71" ("–" for NaN), a whole number as ticks show it, a share as "71 %". */
void gsc_figure_pages_append_share (GString *text, double share);
void gsc_figure_pages_append_count (GString *text, gint64 count);
void gsc_figure_pages_append_percent (GString *text, double share);

/* Append "i.d./train 0.98", ... of the four sets with @separator between them. */
void gsc_figure_pages_append_sets (GString *text,
                                   const double values[GSC_N_SETS],
                                   const char *separator);

/* What a pick of one place of the x axis highlights: a narrow strip of @plot at @x. */
GscRect gsc_figure_pages_get_line_rect (const GscRect *plot, double x);

/* @value rounded to @digits significant digits, as ticks show it, into @label, which it returns:
 * for tooltips and sentences. */
const char *gsc_figure_pages_format (double value, int digits, char label[GSC_TICK_LABEL_SIZE]);

/* A whole number as ticks show it. Lives as long as @page. */
const char *gsc_figure_pages_print_count (GscFigurePage *page, gint64 count);

G_END_DECLS
