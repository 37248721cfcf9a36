/* gsc-figure-learning-curves.c - accuracy or loss of the four sets against the training step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include "gsc-figure-pages.h"

/* References closer than this are drawn as one line. */
#define SAME_ACCURACY 0.015

/* Two sets of inputs and chance. */
#define MAX_REFERENCES 3

/* Plot under construction. */
typedef struct
{
  const GscFigureData *data;
  const GscFigureOptions *options;
  GscFigurePage *page;
  GscLineSeries *series; /* [GSC_N_SETS + MAX_REFERENCES] */
  guint n_series;
  GscAxisInput x;
} Curves;

static double
get_measure (const GscSetScore *score, GscMeasure measure)
{
  switch (measure)
    {
    case GSC_MEASURE_LOSS:
      return score->loss;
    case GSC_MEASURE_ACCURACY:
      return score->accuracy;
    case GSC_MEASURE_LAST_ACCURACY:
    default:
      return score->last_accuracy;
    }
}

static void
set_steps (Curves *curves)
{
  const GPtrArray *records = curves->data->records;
  const GscRecord *last = gsc_figure_data_get_record (curves->data, (int) records->len - 1);
  gint64 end = last != NULL && last->step > 0 ? last->step : curves->data->config.steps;

  curves->x = (GscAxisInput){
    .min = 0,
    .max = (double) end,
    .whole = TRUE,
    .logarithmic = curves->options->logarithmic_steps,
    .title = "training step",
  };
  if (!curves->x.logarithmic)
    return;
  curves->x.min = 1;
  for (guint i = 0; i < records->len; i++)
    {
      gint64 step = gsc_figure_data_get_record (curves->data, (int) i)->step;

      if (step > 0)
        {
          curves->x.min = (double) step;
          break;
        }
    }
}

static void
add_set (Curves *curves, GscSet set)
{
  guint n = curves->data->records->len;
  double *x = gsc_figure_page_alloc (curves->page, n * sizeof (double));
  double *y = gsc_figure_page_alloc (curves->page, n * sizeof (double));

  for (guint i = 0; i < n; i++)
    {
      const GscRecord *record = gsc_figure_data_get_record (curves->data, (int) i);

      x[i] = (double) record->step;
      y[i] = get_measure (&record->sets[set], curves->options->measure);
    }
  curves->series[curves->n_series++] = (GscLineSeries){
    .name = gsc_figure_pages_get_set_title (set),
    .look = gsc_figure_pages_get_set_look (gsc_figure_page_get_style (curves->page), set),
    .n = n,
    .x = x,
    .y = y,
  };
}

static const GscSeriesLook *
get_look (const Curves *curves, GscSeriesRole role)
{
  return &gsc_figure_page_get_style (curves->page)->palette->series[role];
}

/* A level line over the whole width. */
static void
add_level (Curves *curves, const char *name, const GscSeriesLook *look, double level)
{
  double *x = gsc_figure_page_alloc (curves->page, 2 * sizeof (double));
  double *y = gsc_figure_page_alloc (curves->page, 2 * sizeof (double));

  x[0] = curves->x.min;
  x[1] = curves->x.max;
  y[0] = y[1] = level;
  curves->series[curves->n_series++] = (GscLineSeries){
    .name = name,
    .look = look,
    .n = 2,
    .x = x,
    .y = y,
  };
}

/* What ratio matching reaches by the same measure. */
static double
get_ratio_level (const Curves *curves, GscInputs inputs)
{
  const double *ratio = curves->data->references[inputs].ratio;
  int shots = curves->data->config.shots;
  double sum = 0;

  if (curves->options->measure == GSC_MEASURE_LAST_ACCURACY)
    return ratio[shots - 1];
  for (int i = 0; i < shots; i++)
    sum += ratio[i];
  return sum / shots;
}

static void
add_ratio_matching (Curves *curves)
{
  const GscSeriesLook *look = get_look (curves, GSC_SERIES_RATIO);
  GscSeriesLook *test_look = gsc_figure_page_alloc (curves->page, sizeof *test_look);
  double train = get_ratio_level (curves, GSC_INPUTS_TRAIN);
  double test = get_ratio_level (curves, GSC_INPUTS_TEST);

  if (fabs (train - test) < SAME_ACCURACY)
    {
      add_level (curves, "ratio matching", look, (train + test) / 2);
      return;
    }
  *test_look = *look;
  test_look->dash = GSC_DASH_DASH_DOT;
  add_level (curves, "ratio matching/train", look, train);
  add_level (curves, "ratio matching/test", test_look, test);
}

static void
add_references (Curves *curves)
{
  const GscSeriesLook *chance = get_look (curves, GSC_SERIES_CHANCE);
  int p = curves->data->config.p;

  if (curves->options->measure == GSC_MEASURE_LOSS)
    {
      add_level (curves, gsc_figure_page_print (curves->page, "chance, ln %d", p), chance, log (p));
      return;
    }
  add_ratio_matching (curves);
  add_level (curves, gsc_figure_page_print (curves->page, "chance, 1/%d", p), chance, 1.0 / p);
}

/* From 0 to a little above everything drawn. */
static GscAxisInput
get_loss_axis (const Curves *curves)
{
  double max = 0;

  for (guint i = 0; i < curves->n_series; i++)
    for (guint j = 0; j < curves->series[i].n; j++)
      if (isfinite (curves->series[i].y[j]))
        max = MAX (max, curves->series[i].y[j]);
  return (GscAxisInput){ .min = 0, .max = 1.05 * max, .title = "loss (nats)" };
}

static const char *
get_title (GscMeasure measure)
{
  switch (measure)
    {
    case GSC_MEASURE_LOSS:
      return "Loss during training";
    case GSC_MEASURE_ACCURACY:
      return "Accuracy over all shots during training";
    case GSC_MEASURE_LAST_ACCURACY:
    default:
      return "Accuracy at the last shot during training";
    }
}

GscFigurePage *
gsc_figure_pages_learning_curves (const GscFigureData *data,
                                  const GscFigureOptions *options,
                                  const GscStyle *style,
                                  double width,
                                  double height)
{
  g_autofree char *settings = gsc_figure_pages_describe (data, NULL);
  GscFigurePage *page
      = gsc_figure_page_new (style, width, height, get_title (options->measure), settings);
  const GscRecord *shown = gsc_figure_data_get_record (data, options->record);
  GscRect content = gsc_figure_page_get_content (page);
  Curves curves = { .data = data, .options = options, .page = page };
  GscLinePlotInput plot = { .cursor = NAN, .legend = TRUE };

  curves.series
      = gsc_figure_page_alloc (page, (GSC_N_SETS + MAX_REFERENCES) * sizeof (GscLineSeries));
  set_steps (&curves);
  for (guint i = 0; i < GSC_N_SETS; i++)
    add_set (&curves, i);
  add_references (&curves);

  if (shown != NULL && data->records->len > 1)
    {
      GscLineMark *mark = gsc_figure_page_alloc (page, sizeof *mark);

      mark->x = (double) shown->step;
      mark->label = gsc_figure_page_print (page, "step %s",
                                           gsc_figure_pages_print_count (page, shown->step));
      plot.marks = mark;
      plot.n_marks = 1;
    }
  plot.x = curves.x;
  plot.y = options->measure == GSC_MEASURE_LOSS ? get_loss_axis (&curves)
                                                : gsc_figure_pages_get_accuracy_axis ("accuracy");
  plot.series = curves.series;
  plot.n_series = curves.n_series;
  gsc_figure_page_add_line_plot (page, &plot, &content);
  return page;
}
