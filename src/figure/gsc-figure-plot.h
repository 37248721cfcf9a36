/* gsc-figure-plot.h - the kinds of plots that a page can hold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-bar-plot.h"
#include "gsc-cell-map.h"
#include "gsc-cell-table.h"
#include "gsc-color-bar.h"
#include "gsc-heat-map.h"
#include "gsc-legend.h"
#include "gsc-line-plot.h"
#include "gsc-multiples.h"
#include "gsc-scatter.h"
#include "gsc-strip.h"
#include "gsc-tiles.h"

G_BEGIN_DECLS

/* What all plots of src/draw can do, without their types: inputs and layouts are those of the kind.
 */
typedef struct
{
  gsize input_size;
  gpointer (*lay_out) (gconstpointer input, const GscStyle *style, const GscRect *area);
  void (*paint) (cairo_t *cr, gconstpointer layout, gconstpointer input, const GscStyle *style);
  void (*free) (gpointer layout);
  void (*list) (GArray *labels, gconstpointer layout); /* appends its GscLabels that have text */
  GscRect (*get_frame) (gconstpointer layout); /* without ticks and titles; NULL: it has none */
} GscFigurePlotClass;

extern const GscFigurePlotClass gsc_figure_plot_bar_plot;
extern const GscFigurePlotClass gsc_figure_plot_line_plot;
extern const GscFigurePlotClass gsc_figure_plot_heat_map;
extern const GscFigurePlotClass gsc_figure_plot_color_bar;
extern const GscFigurePlotClass gsc_figure_plot_legend;
extern const GscFigurePlotClass gsc_figure_plot_multiples;
extern const GscFigurePlotClass gsc_figure_plot_scatter;
extern const GscFigurePlotClass gsc_figure_plot_strip;
extern const GscFigurePlotClass gsc_figure_plot_tiles;
extern const GscFigurePlotClass gsc_figure_plot_cell_map;
extern const GscFigurePlotClass gsc_figure_plot_cell_table;

/* Appends those of labels[n] that have text. */
void gsc_figure_plot_list_labels (GArray *list, const GscLabel *labels, guint n);

G_END_DECLS
