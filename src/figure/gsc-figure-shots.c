/* gsc-figure-shots.c - accuracy of the four sets and the exact references against the shots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "gsc-figure-pages.h"

/* In each plot: two sets of tasks, then the references. */
enum
{
  SERIES_ID,
  SERIES_OOD,
  SERIES_BAYES,
  SERIES_RATIO,
  SERIES_MEMORISING_ID,
  SERIES_MEMORISING_OOD,
  N_SERIES,
};

static const char *const reference_names[N_SERIES] = {
  [SERIES_BAYES] = "Bayes",
  [SERIES_RATIO] = "ratio matching",
  [SERIES_MEMORISING_ID] = "memorising, i.d.",
  [SERIES_MEMORISING_OOD] = "memorising, o.o.d.",
};

/* The looks of a plot's lines: the palette's, and one of our own. */
static void
get_looks (GscFigurePage *page, GscInputs inputs, const GscSeriesLook *looks[N_SERIES])
{
  const GscStyle *style = gsc_figure_page_get_style (page);
  const GscSeriesLook *series = style->palette->series;
  GscSeriesLook *memorising_ood = gsc_figure_page_alloc (page, sizeof *memorising_ood);

  *memorising_ood = series[GSC_SERIES_MEMORISING];
  memorising_ood->dash = GSC_DASH_DOTTED;
  looks[SERIES_ID] = gsc_figure_pages_get_set_look (style, gsc_figure_data_get_set (FALSE, inputs));
  looks[SERIES_OOD] = gsc_figure_pages_get_set_look (style, gsc_figure_data_get_set (TRUE, inputs));
  looks[SERIES_BAYES] = &series[GSC_SERIES_BAYES];
  looks[SERIES_RATIO] = &series[GSC_SERIES_RATIO];
  looks[SERIES_MEMORISING_ID] = &series[GSC_SERIES_MEMORISING];
  looks[SERIES_MEMORISING_OOD] = memorising_ood;
}

/* One plot: the lines of one kind of inputs. */
static GscLinePlotInput
make_plot (GscFigurePage *page,
           const GscFigureData *data,
           const GscRecord *record,
           GscInputs inputs)
{
  const GscReferenceCurves *references = &data->references[inputs];
  guint shots = (guint) data->config.shots;
  GscLineSeries *series = gsc_figure_page_alloc (page, N_SERIES * sizeof *series);
  double *x = gsc_figure_page_alloc (page, shots * sizeof *x);
  const double *curves[N_SERIES] = {
    [SERIES_BAYES] = references->bayes,
    [SERIES_RATIO] = references->ratio,
    [SERIES_MEMORISING_ID] = references->memorising_id,
    [SERIES_MEMORISING_OOD] = references->memorising_ood,
  };
  const GscSeriesLook *looks[N_SERIES];

  if (record != NULL)
    {
      curves[SERIES_ID] = record->sets[gsc_figure_data_get_set (FALSE, inputs)].shot_accuracy;
      curves[SERIES_OOD] = record->sets[gsc_figure_data_get_set (TRUE, inputs)].shot_accuracy;
    }
  for (guint i = 0; i < shots; i++)
    x[i] = i;
  get_looks (page, inputs, looks);
  for (guint i = 0; i < N_SERIES; i++)
    series[i] = (GscLineSeries){
      .look = looks[i],
      .n = curves[i] != NULL ? shots : 0,
      .x = x,
      .y = curves[i],
    };
  return (GscLinePlotInput){
    .heading = inputs == GSC_INPUTS_TRAIN ? "training inputs" : "test inputs",
    .x = { .min = -0.02 * shots, .max = 1.02 * shots - 1, .whole = TRUE, .title = "shots" },
    .y = gsc_figure_pages_get_accuracy_axis ("accuracy"),
    .series = series,
    .n_series = N_SERIES,
    .cursor = NAN,
  };
}

/* The four sets, then the references. */
static GscRect
add_legend (GscFigurePage *page, const GscRect *content)
{
  GscLegendEntry *entries = gsc_figure_page_alloc (page, (GSC_N_SETS + N_SERIES) * sizeof *entries);
  GscLegendInput legend = { .entries = entries };
  const GscSeriesLook *looks[N_SERIES];

  for (guint i = 0; i < GSC_N_SETS; i++)
    entries[legend.n_entries++] = (GscLegendEntry){
      .text = gsc_figure_pages_get_set_title (i),
      .look = gsc_figure_pages_get_set_look (gsc_figure_page_get_style (page), i),
    };
  get_looks (page, GSC_INPUTS_TRAIN, looks);
  for (guint i = SERIES_BAYES; i < N_SERIES; i++)
    entries[legend.n_entries++] = (GscLegendEntry){ .text = reference_names[i], .look = looks[i] };
  return gsc_figure_page_add_legend (page, &legend, content);
}

GscFigurePage *
gsc_figure_pages_shots (const GscFigureData *data,
                        const GscFigureOptions *options,
                        const GscStyle *style,
                        double width,
                        double height)
{
  const GscRecord *record = gsc_figure_data_get_record (data, options->record);
  g_autofree char *settings = gsc_figure_pages_describe (data, record);
  GscFigurePage *page = gsc_figure_page_new (style, width, height,
                                             "Accuracy by number of examples in context", settings);
  GscRect content = gsc_figure_page_get_content (page);
  GscRect area = add_legend (page, &content);
  GscRect halves[GSC_N_INPUTS];

  gsc_figure_pages_split (&area, style->text_size, halves);
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    {
      GscLinePlotInput plot = make_plot (page, data, record, i);

      /* Beside each other they share it. */
      if (halves[i].y == area.y && halves[i].x > area.x)
        plot.y.title = NULL;
      gsc_figure_page_add_line_plot (page, &plot, &halves[i]);
    }
  return page;
}
