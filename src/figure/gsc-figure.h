/* gsc-figure.h - the figures of a run: from its data to a page
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place that knows both the engine's data and the plots. A figure is a pure function of
 * (data, options, style, size): the app's panels and the files come from here alike.
 */

#pragma once

#include "gsc-figure-data.h"
#include "gsc-figure-page.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_FIGURE_LEARNING_CURVES, /* the four sets against the training step */
  GSC_FIGURE_SHOTS,           /* the four sets and the exact references against the shots */
  GSC_FIGURE_TASK_GRID,       /* accuracy of each task in the plane of all tasks */
  GSC_N_FIGURES,
} GscFigure;

typedef enum
{
  GSC_MEASURE_LAST_ACCURACY, /* at the last shot */
  GSC_MEASURE_ACCURACY,      /* over all shots */
  GSC_MEASURE_LOSS,          /* learning curves only; elsewhere as ACCURACY */
} GscMeasure;

/* A plain value. */
typedef struct
{
  int record;                 /* index of the record shown (learning curves: marked), -1: none */
  GscMeasure measure;         /* learning curves, task grid */
  gboolean logarithmic_steps; /* learning curves; step 0 is left out then */
} GscFigureOptions;

/* The figure's usual measure, and @record. The task grid's is the accuracy over all shots: at the
 * last one alone a task has only a handful of answers. */
void gsc_figure_options_init (GscFigureOptions *options, GscFigure figure, int record);

/* "learning-curves", "shots", "task-grid": names of files. Static. */
const char *gsc_figure_get_name (GscFigure figure);

/* A good height for a page of @width with text of 8 points; both in points. */
double gsc_figure_get_height (GscFigure figure, double width);

/* The figure as a page of @width x @height points. Any data and any size give a page; it borrows
 * from @data. */
GscFigurePage *gsc_figure_lay_out (GscFigure figure,
                                   const GscFigureData *data,
                                   const GscFigureOptions *options,
                                   const GscStyle *style,
                                   double width,
                                   double height);

/* The same, painted. */
void gsc_figure_paint (GscFigure figure,
                       const GscFigureData *data,
                       const GscFigureOptions *options,
                       const GscStyle *style,
                       cairo_t *cr,
                       double width,
                       double height);

/* Writes it to a file as gsc_surface_write() does: on white paper, with text of 8 points. */
gboolean gsc_figure_write (GscFigure figure,
                           const GscFigureData *data,
                           const GscFigureOptions *options,
                           const char *path,
                           double width,
                           double height,
                           double dpi,
                           GError **error);

G_END_DECLS
