/* gsc-figure-plot.c - the kinds of plots that a page can hold
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-plot.h"

void
gsc_figure_plot_list_labels (GArray *list, const GscLabel *labels, guint n)
{
  for (guint i = 0; i < n; i++)
    if (labels[i].text != NULL)
      g_array_append_val (list, labels[i]);
}

static void
list_axis (GArray *list, const GscAxis *axis)
{
  gsc_figure_plot_list_labels (list, axis->labels, axis->ticks->len);
  gsc_figure_plot_list_labels (list, &axis->title, 1);
}

static void
list_line_plot (GArray *list, const GscLinePlotLayout *layout)
{
  gsc_figure_plot_list_labels (list, &layout->heading, 1);
  list_axis (list, &layout->x);
  list_axis (list, &layout->y);
  gsc_figure_plot_list_labels (list, layout->mark_labels, layout->n_marks);
  if (layout->end_labels != NULL)
    gsc_figure_plot_list_labels (list, layout->end_labels->labels, layout->end_labels->n);
  if (layout->legend != NULL)
    gsc_figure_plot_list_labels (list, layout->legend->labels, layout->legend->n_entries);
}

static void
list_strip (GArray *list, const GscStripLayout *layout)
{
  gsc_figure_plot_list_labels (list, layout->titles, layout->n_titles);
  for (guint i = 0; i < layout->n_groups; i++)
    {
      gsc_figure_plot_list_labels (list, layout->groups[i].numbers, GSC_STRIP_N_CELLS);
      gsc_figure_plot_list_labels (list, layout->groups[i].lines, GSC_STRIP_N_LINES);
    }
}

static void
list_cell_map (GArray *list, const GscCellMapLayout *layout)
{
  gsc_figure_plot_list_labels (list, &layout->letter, 1);
  gsc_figure_plot_list_labels (list, &layout->heading, 1);
  gsc_figure_plot_list_labels (list, &layout->x_title, 1);
  gsc_figure_plot_list_labels (list, &layout->y_title, 1);
  gsc_figure_plot_list_labels (list, layout->column_names, layout->columns);
  gsc_figure_plot_list_labels (list, layout->row_names, layout->rows);
  gsc_figure_plot_list_labels (list, layout->texts,
                               GSC_CELL_MAP_N_LINES * layout->rows * layout->columns);
}

static void
list_cell_table (GArray *list, const GscCellTableLayout *layout)
{
  gsc_figure_plot_list_labels (list, layout->headings, GSC_CELL_TABLE_N_HEADINGS * layout->columns);
  gsc_figure_plot_list_labels (list, layout->row_names, layout->rows);
  gsc_figure_plot_list_labels (list, layout->texts, layout->rows * layout->columns);
}

static void
list_tiles (GArray *list, const GscTilesLayout *layout)
{
  gsc_figure_plot_list_labels (list, layout->row_titles, 2 * layout->rows);
  gsc_figure_plot_list_labels (list, layout->column_titles, layout->columns);
  gsc_figure_plot_list_labels (list, layout->titles, layout->rows * layout->columns);
  gsc_figure_plot_list_labels (list, layout->x_ticks, GSC_TILES_N_TICKS * layout->columns);
  gsc_figure_plot_list_labels (list, layout->y_ticks, GSC_TILES_N_TICKS * layout->rows);
}

static void
list_multiples (GArray *list, const GscMultiplesLayout *layout)
{
  gsc_figure_plot_list_labels (list, &layout->heading, 1);
  gsc_figure_plot_list_labels (list, layout->row_labels, layout->rows);
  gsc_figure_plot_list_labels (list, layout->column_labels, layout->columns);
  gsc_figure_plot_list_labels (list, layout->x_labels, layout->n);
  gsc_figure_plot_list_labels (list, layout->y_labels, layout->n);
  gsc_figure_plot_list_labels (list, layout->badges,
                               layout->rows * layout->columns * GSC_MAP_BADGE_LINES);
  gsc_figure_plot_list_labels (list, &layout->x_title, 1);
  gsc_figure_plot_list_labels (list, &layout->y_title, 1);
}

static void
list_scatter (GArray *list, const GscScatterLayout *layout)
{
  gsc_figure_plot_list_labels (list, &layout->heading, 1);
  list_axis (list, &layout->x);
  list_axis (list, &layout->y);
  gsc_figure_plot_list_labels (list, layout->labels, layout->n_labels);
}

static void
list_heat_map (GArray *list, const GscHeatMapLayout *layout)
{
  gsc_figure_plot_list_labels (list, &layout->heading, 1);
  list_axis (list, &layout->x);
  list_axis (list, &layout->y);
}

static void
list_bar_plot (GArray *list, const GscBarPlotLayout *layout)
{
  gsc_figure_plot_list_labels (list, &layout->heading, 1);
  list_axis (list, &layout->x);
  list_axis (list, &layout->y);
}

static void
list_color_bar (GArray *list, const GscColorBarLayout *layout)
{
  list_axis (list, &layout->axis);
}

static void
list_legend (GArray *list, const GscLegendLayout *layout)
{
  gsc_figure_plot_list_labels (list, layout->labels, layout->n_entries);
}

/* Frames */

#define DEFINE_FRAME(name, Name)                                                                   \
  static GscRect name##_get_frame (gconstpointer layout)                                           \
  {                                                                                                \
    return ((const Gsc##Name##Layout *) layout)->plot;                                             \
  }

DEFINE_FRAME (bar_plot, BarPlot)
DEFINE_FRAME (line_plot, LinePlot)
DEFINE_FRAME (heat_map, HeatMap)
DEFINE_FRAME (multiples, Multiples)
DEFINE_FRAME (scatter, Scatter)
DEFINE_FRAME (cell_map, CellMap)
DEFINE_FRAME (cell_table, CellTable)

static GscRect
tiles_get_frame (gconstpointer data)
{
  const GscTilesLayout *layout = data;
  GscRect last = gsc_tiles_layout_get_map (layout, layout->rows - 1, layout->columns - 1);

  return (GscRect){ layout->first.x, layout->first.y, gsc_rect_right (&last) - layout->first.x,
                    gsc_rect_bottom (&last) - layout->first.y };
}

#define color_bar_get_frame NULL
#define legend_get_frame NULL
#define strip_get_frame NULL

/* A plot's functions take its own types; a page keeps all kinds alike. */
#define DEFINE_PLOT(name, Name)                                                                    \
  static gpointer name##_lay_out (gconstpointer input, const GscStyle *style, const GscRect *area) \
  {                                                                                                \
    return gsc_##name##_layout ((const Gsc##Name##Input *) input, style, area);                    \
  }                                                                                                \
                                                                                                   \
  static void name##_paint (cairo_t *cr, gconstpointer layout, gconstpointer input,                \
                            const GscStyle *style)                                                 \
  {                                                                                                \
    gsc_##name##_paint (cr, (const Gsc##Name##Layout *) layout, (const Gsc##Name##Input *) input,  \
                        style);                                                                    \
  }                                                                                                \
                                                                                                   \
  static void name##_free (gpointer layout)                                                        \
  {                                                                                                \
    gsc_##name##_layout_free ((Gsc##Name##Layout *) layout);                                       \
  }                                                                                                \
                                                                                                   \
  static void name##_list (GArray *labels, gconstpointer layout)                                   \
  {                                                                                                \
    list_##name (labels, (const Gsc##Name##Layout *) layout);                                      \
  }                                                                                                \
                                                                                                   \
  const GscFigurePlotClass gsc_figure_plot_##name                                                  \
      = { sizeof (Gsc##Name##Input), name##_lay_out, name##_paint, name##_free, name##_list,       \
          name##_get_frame };

DEFINE_PLOT (bar_plot, BarPlot)
DEFINE_PLOT (line_plot, LinePlot)
DEFINE_PLOT (heat_map, HeatMap)
DEFINE_PLOT (color_bar, ColorBar)
DEFINE_PLOT (legend, Legend)
DEFINE_PLOT (multiples, Multiples)
DEFINE_PLOT (scatter, Scatter)
DEFINE_PLOT (strip, Strip)
DEFINE_PLOT (tiles, Tiles)
DEFINE_PLOT (cell_map, CellMap)
DEFINE_PLOT (cell_table, CellTable)
