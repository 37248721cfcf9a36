/* gsc-figure-task-grid.c - accuracy of each task in the plane of all tasks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "gsc-figure-pages.h"

static const GscColorScale scale = { GSC_COLOR_SCALE_SEQUENTIAL, 0, 1 };

/* Fills values[p * p], cell b * p + a; NaN where a task was not measured. */
static void
fill_values (const GscFigureData *data,
             const GscSetScore *score,
             GscMeasure measure,
             double *values)
{
  const double *accuracy
      = measure == GSC_MEASURE_LAST_ACCURACY ? score->task_last_accuracy : score->task_accuracy;
  int p = data->config.p;

  for (guint i = 0; i < score->n_tasks; i++)
    {
      const GscTask *task = &data->tasks->tasks[score->task[i]];

      values[task->b * p + task->a] = accuracy[i];
    }
}

static GscHeatMapInput
make_grid (GscFigurePage *page,
           const GscFigureData *data,
           const GscFigureOptions *options,
           GscInputs inputs)
{
  const GscRecord *record = gsc_figure_data_get_record (data, options->record);
  guint p = (guint) data->config.p;
  double *values = gsc_figure_page_alloc (page, p * p * sizeof *values);
  guint8 *flags = gsc_figure_page_alloc (page, p * p);

  for (guint i = 0; i < p * p; i++)
    {
      const GscTask *task = &data->tasks->tasks[i];

      values[i] = NAN;
      if (task->role == GSC_TASK_ROLE_PRE_TRAINING)
        flags[(guint) task->b * p + (guint) task->a] = GSC_CELL_DOTTED;
    }
  if (record != NULL)
    {
      fill_values (data, &record->sets[gsc_figure_data_get_set (FALSE, inputs)], options->measure,
                   values);
      fill_values (data, &record->sets[gsc_figure_data_get_set (TRUE, inputs)], options->measure,
                   values);
    }
  return (GscHeatMapInput){
    .heading = inputs == GSC_INPUTS_TRAIN ? "training inputs" : "test inputs",
    .x_title = "a",
    .y_title = "b",
    .columns = p,
    .rows = p,
    .values = values,
    .flags = flags,
    .scale = scale,
  };
}

static gboolean
has_missing (const GscHeatMapInput *grid)
{
  for (guint i = 0; i < grid->columns * grid->rows; i++)
    if (isnan (grid->values[i]))
      return TRUE;
  return FALSE;
}

/* At most 3 entries. */
static GscLegendInput
make_legend (GscFigurePage *page, gboolean missing)
{
  GscLegendEntry *entries = gsc_figure_page_alloc (page, 3 * sizeof *entries);
  const GscPalette *palette = gsc_figure_page_get_style (page)->palette;

  entries[0] = (GscLegendEntry){
    .text = "pre-training task (i.d.)",
    .kind = GSC_LEGEND_CELL,
    .color = palette->background,
    .dotted = TRUE,
  };
  entries[1] = (GscLegendEntry){
    .text = "held-out task (o.o.d.)",
    .kind = GSC_LEGEND_CELL,
    .color = palette->background,
  };
  entries[2] = (GscLegendEntry){
    .text = "not measured",
    .kind = GSC_LEGEND_CELL,
    .color = palette->missing,
  };
  return (GscLegendInput){ entries, missing ? 3 : 2 };
}

GscFigurePage *
gsc_figure_pages_task_grid (const GscFigureData *data,
                            const GscFigureOptions *options,
                            const GscStyle *style,
                            double width,
                            double height)
{
  const GscRecord *record = gsc_figure_data_get_record (data, options->record);
  gboolean last = options->measure == GSC_MEASURE_LAST_ACCURACY;
  g_autofree char *settings = gsc_figure_pages_describe (data, record);
  GscFigurePage *page
      = gsc_figure_page_new (style, width, height,
                             last ? "Accuracy of each task z = ax + by at the last shot"
                                  : "Accuracy of each task z = ax + by over all shots",
                             settings);
  GscColorBarInput bar = { .scale = scale, .title = "accuracy" };
  g_autoptr (GscColorBarLayout) bar_probe = NULL;
  g_autoptr (GscLegendLayout) legend_probe = NULL;
  GscRect content = gsc_figure_page_get_content (page);
  GscRect area = content;
  double gap = 1.5 * style->text_size;
  double bottom = content.y;
  GscHeatMapInput grids[GSC_N_INPUTS];
  GscRect halves[GSC_N_INPUTS];
  GscRect bar_area = content;
  GscLegendInput legend;

  for (guint i = 0; i < GSC_N_INPUTS; i++)
    grids[i] = make_grid (page, data, options, i);
  legend = make_legend (page, has_missing (&grids[GSC_INPUTS_TRAIN])
                                  || has_missing (&grids[GSC_INPUTS_TEST]));
  legend_probe = gsc_legend_layout (&legend, style, &content);
  bar_probe = gsc_color_bar_layout (&bar, style, &content);
  area.height = MAX (area.height - legend_probe->rect.height - 2 * style->gap, 1);
  area.width = MAX (area.width - bar_probe->width - gap, 1);
  gsc_figure_pages_split (&area, gap, halves);
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    {
      const GscHeatMapLayout *layout = gsc_figure_page_add_heat_map (page, &grids[i], &halves[i]);

      /* right of the last grid, from the top of the first one to the bottom of the last one */
      if (i == 0)
        bar_area.y = layout->plot.y;
      bar_area.x = gsc_rect_right (&layout->plot) + gap;
      bar_area.height = gsc_rect_bottom (&layout->plot) - bar_area.y;
      bottom = gsc_rect_bottom (&layout->plot) + layout->x.room;
    }
  gsc_figure_page_add_color_bar (page, &bar, &bar_area);
  content.height
      = MIN (bottom + 2 * style->gap + legend_probe->rect.height, gsc_rect_bottom (&content))
        - content.y;
  gsc_figure_page_add_legend (page, &legend, &content);
  return page;
}
