/* gsc-figure-pages.h - what the figures share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure-class.h"

G_BEGIN_DECLS

/* "p = 11, 96 of 121 tasks, ..., step 200"; @record may be NULL. (transfer full) */
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

/* "i.d./train" and so on in the language of the locale. Static. */
const char *gsc_figure_pages_get_set_title (GscSet set);

/* How a set's line looks. Static. */
const GscSeriesLook *gsc_figure_pages_get_set_look (const GscStyle *style, GscSet set);

/* The axis of shares from 0 to 1, with room for markers at both ends. */
GscAxisInput gsc_figure_pages_get_accuracy_axis (const char *title);

/* Two equal areas in @area, @gap apart: side by side, or one above the other where @area is higher
 * than wide. */
void gsc_figure_pages_split (const GscRect *area, double gap, GscRect halves[2]);

/* Numbers for the places of a translated sentence, as the locale writes them, in memory that lives
 * to the end of the block: a share as "0.71" ("–" for NaN), a share as "71 %", a whole number as
 * ticks show it. */
#define GSC_SHARE(share) gsc_figure_pages_format_share (share, (char[GSC_TICK_LABEL_SIZE]){ 0 })
#define GSC_PERCENT(share) gsc_figure_pages_format_percent (share, (char[GSC_TICK_LABEL_SIZE]){ 0 })
#define GSC_COUNT(count) gsc_figure_pages_format_count (count, (char[GSC_TICK_LABEL_SIZE]){ 0 })

/* The same into @label, which they return. */
const char *gsc_figure_pages_format_share (double share, char label[GSC_TICK_LABEL_SIZE]);
const char *gsc_figure_pages_format_percent (double share, char label[GSC_TICK_LABEL_SIZE]);
const char *gsc_figure_pages_format_count (gint64 count, char label[GSC_TICK_LABEL_SIZE]);

/* "i.d./train 0.98", ... of the four sets with @separator between them. (transfer full) */
char *gsc_figure_pages_describe_sets (const double values[GSC_N_SETS], const char *separator);

/* "1 shot", "2 shots", and "1 sequence", "256 sequences". (transfer full) */
char *gsc_figure_pages_describe_shots (guint shots);
char *gsc_figure_pages_describe_sequences (guint sequences);

/* "layer 2, head 3", both counted from 0. (transfer full) */
char *gsc_figure_pages_describe_head (guint layer, guint head);

/* "training inputs", "test inputs" in the language of the locale. Static. */
const char *gsc_figure_pages_get_inputs_title (GscInputs inputs);

/* A sentence for a page that has nothing to show, the same everywhere. Static. */
const char *gsc_figure_pages_get_no_model (void);

/* @text with a capital letter at its beginning. (transfer full) */
char *gsc_figure_pages_begin_sentence (const char *text);

/* A note as a sentence of its own: with a full stop. (transfer full) */
char *gsc_figure_pages_end_sentence (const char *note);

/* What a pick of one place of the x axis highlights: a narrow strip of @plot at @x. */
GscRect gsc_figure_pages_get_line_rect (const GscRect *plot, double x);

/* @value rounded to @digits significant digits, as ticks show it, into @label, which it returns:
 * for tooltips and sentences. */
const char *gsc_figure_pages_format (double value, int digits, char label[GSC_TICK_LABEL_SIZE]);

/* A whole number as ticks show it. Lives as long as @page. */
const char *gsc_figure_pages_print_count (GscFigurePage *page, gint64 count);

G_END_DECLS
