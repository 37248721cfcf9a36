/* gsc-figure-class.h - what each figure of gsc-figure.h is made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One file gsc-figure-NAME.c for each (with helper files where it grows).
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

typedef struct _GscFigureClass GscFigureClass;

struct _GscFigureClass
{
  const char *name;
  const char *title;
  gboolean needs_model;
  GscMeasure measure; /* the usual one */
  gboolean together;  /* heeds GSC_COMPARE_TOGETHER */
  const GscFigureClass *difference; /* what draws the frame minus the one beside it, or NULL */

  /* A good height is base + slope * width, and on a narrow page so much more, because texts and
   * legends take more lines there; points. */
  double slope;
  double base;
  double narrow;

  GscFigurePage *(*lay_out) (const GscFrame *frame,
                             const GscFigureOptions *options,
                             const GscStyle *style,
                             double width,
                             double height);

  /* @page is one of lay_out() with @frame and @options. Fills in @pick (zeroed before). */
  gboolean (*pick) (const GscFigurePage *page,
                    const GscFrame *frame,
                    const GscFigureOptions *options,
                    double x,
                    double y,
                    GscFigurePick *pick);
  gboolean (*move) (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record);
  char *(*summarise) (const GscFrame *frame, const GscFigureOptions *options);
  GscFigureTable *(*tabulate) (const GscFrame *frame, const GscFigureOptions *options);

  /* How far its scale has to reach for the frame, where that is for one model other than for
   * another; NULL: the scale is fixed, or not a matter of one number. */
  double (*get_extent) (const GscFrame *frame, const GscFigureOptions *options);
};

extern const GscFigureClass gsc_figure_learning_curves;
extern const GscFigureClass gsc_figure_task_grid;
extern const GscFigureClass gsc_figure_task_table;
extern const GscFigureClass gsc_figure_shots;
extern const GscFigureClass gsc_figure_attention;
extern const GscFigureClass gsc_figure_projection;
extern const GscFigureClass gsc_figure_sequence;
extern const GscFigureClass gsc_figure_kshot;
extern const GscFigureClass gsc_figure_similarity;
extern const GscFigureClass gsc_figure_noise;
extern const GscFigureClass gsc_figure_lens;
extern const GscFigureClass gsc_figure_spectrum;
extern const GscFigureClass gsc_figure_ablation;

extern const GscFigureClass gsc_figure_task_grid_difference;
extern const GscFigureClass gsc_figure_attention_difference;
extern const GscFigureClass gsc_figure_kshot_difference;

G_END_DECLS
