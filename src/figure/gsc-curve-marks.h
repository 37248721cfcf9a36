/* gsc-curve-marks.h - early stopping in the learning curves: the peak, the rule's moment, the
 * cursor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Deeper models forget tasks they never saw (paper, section 4): what a run would have been worth
 * had it been stopped at some step is read here.
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

/* The number that the curves show of a set. */
double gsc_curve_marks_measure (const GscSetScore *score, GscMeasure measure);

/* Adds to @plot the lines of the record shown, of the highest accuracy of the options' set with a
 * ring and the way down to the end, and of the record at which the run's stop rule holds. The
 * cursor's label says what the run would have been worth there. */
void gsc_curve_marks_add (GscFigurePage *page,
                          const GscFrame *frame,
                          const GscFigureOptions *options,
                          GscLinePlotInput *plot);

/* Index of the record with the highest value of the options' set, the earliest of several; -1 where
 * there is none, or the measure is the loss. */
int gsc_curve_marks_find_peak (const GscRunData *data, const GscFigureOptions *options);

/* ", stopped here 0.71, at the end 0.51 (−0.20)" of @record; nothing for the last one and the loss.
 */
void gsc_curve_marks_append_what_if (GString *text,
                                     const GscRunData *data,
                                     const GscFigureOptions *options,
                                     int record,
                                     const char *separator);

G_END_DECLS
