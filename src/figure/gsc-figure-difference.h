/* gsc-figure-difference.h - what the figures of a difference share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A is the frame, B the one beside it, and what is shown is A − B.
 */

#pragma once

#include "gsc-figure-pages.h"

G_BEGIN_DECLS

/* A page with @title and the settings of both runs, or with neither where @options says so. */
GscFigurePage *gsc_figure_difference_begin (const GscFrame *frame,
                                            const GscFigureOptions *options,
                                            const GscStyle *style,
                                            double width,
                                            double height,
                                            const char *title);

/* The diverging scale for differences up to @largest either way: white at 0, and the limits a whole
 * number of tenths, at least one. */
GscColorScale gsc_figure_difference_get_scale (double largest);

/* "+0.31", "−0.02" or "0"; "–" for NaN. Writes into @label and returns it. */
const char *gsc_figure_difference_format (double difference, char label[GSC_TICK_LABEL_SIZE]);

/* The same in memory that lives to the end of the block. */
#define GSC_DIFFERENCE(difference)                                                                 \
  gsc_figure_difference_format (difference, (char[GSC_TICK_LABEL_SIZE]){ 0 })

G_END_DECLS
