/* gsc-figure-learning-curves.c - accuracy or loss of the four sets against the training step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"

/* References closer than this are drawn as one line. */
#define SAME_ACCURACY 0.015

/* Two sets of inputs and chance. */
#define MAX_REFERENCES 3

/* The record shown and the best one. */
#define MAX_MARKS 2

static const char *const measure_names[] = {
  [GSC_MEASURE_LAST_ACCURACY] = "accuracy at the last shot",
  [GSC_MEASURE_ACCURACY] = "accuracy over all shots",
  [GSC_MEASURE_LOSS] = "loss (nats)",
};

/* Plot under construction. */
typedef struct
{
  const GscRunData *data;
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
  const GscRecord *last = gsc_run_data_get_record (curves->data, (int) records->len - 1);
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
      gint64 step = gsc_run_data_get_record (curves->data, (int) i)->step;

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
      const GscRecord *record = gsc_run_data_get_record (curves->data, (int) i);

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
get_ratio_level (const GscRunData *data, const GscFigureOptions *options, GscInputs inputs)
{
  const double *ratio = data->references[inputs].ratio;
  int shots = data->config.shots;
  double sum = 0;

  if (options->measure == GSC_MEASURE_LAST_ACCURACY)
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
  double train = get_ratio_level (curves->data, curves->options, GSC_INPUTS_TRAIN);
  double test = get_ratio_level (curves->data, curves->options, GSC_INPUTS_TEST);

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

/* Where early stopping would have ended, or -1: the end says it already, or there is no accuracy
 * on the axis. */
static int
find_peak (const Curves *curves)
{
  int peak = gsc_run_data_find_record (curves->data, "best", NULL);

  if (curves->options->measure == GSC_MEASURE_LOSS || peak == (int) curves->data->records->len - 1)
    return -1;
  return peak;
}

static void
add_mark (Curves *curves, GscLinePlotInput *plot, GscLineMark *marks, int index, const char *name)
{
  const GscRecord *record = gsc_run_data_get_record (curves->data, index);

  marks[plot->n_marks].x = (double) record->step;
  marks[plot->n_marks].label = gsc_figure_page_print (
      curves->page, "%s %s", name, gsc_figure_pages_print_count (curves->page, record->step));
  plot->marks = marks;
  plot->n_marks++;
}

static void
add_marks (Curves *curves, const GscFrame *frame, GscLinePlotInput *plot)
{
  GscLineMark *marks = gsc_figure_page_alloc (curves->page, MAX_MARKS * sizeof *marks);
  gboolean shown = curves->options->mark_record && gsc_frame_get_record (frame) != NULL;
  int peak;

  if (curves->data->records->len < 2)
    return;
  peak = find_peak (curves);
  if (shown)
    add_mark (curves, plot, marks, frame->record, frame->record == peak ? "best: step" : "step");
  if (peak >= 0 && !(shown && frame->record == peak))
    add_mark (curves, plot, marks, peak, "best: step");
  if (shown && curves->options->show_cursor)
    plot->cursor = marks[0].x;
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

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  const GscRunData *data = frame->run;
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height,
                                                get_title (options->measure), FALSE);
  GscRect content = gsc_figure_page_get_content (page);
  Curves curves = { .data = data, .options = options, .page = page };
  GscLinePlotInput plot = { .cursor = NAN, .legend = TRUE };
  const GscLinePlotLayout *layout;

  curves.series
      = gsc_figure_page_alloc (page, (GSC_N_SETS + MAX_REFERENCES) * sizeof (GscLineSeries));
  set_steps (&curves);
  for (guint i = 0; i < GSC_N_SETS; i++)
    add_set (&curves, i);
  add_references (&curves);

  add_marks (&curves, frame, &plot);
  plot.x = curves.x;
  plot.y = options->measure == GSC_MEASURE_LOSS ? get_loss_axis (&curves)
                                                : gsc_figure_pages_get_accuracy_axis ("accuracy");
  plot.series = curves.series;
  plot.n_series = curves.n_series;
  layout = gsc_figure_page_add_line_plot (page, &plot, &content);
  if (data->records->len == 0)
    gsc_figure_page_add_note (page, "no record yet", &layout->plot);
  return page;
}

/* The record whose place is nearest to @x; -1: there is none on the axis. */
static int
find_nearest (const GscLinePlotLayout *layout, const GscRunData *data, double x)
{
  double nearest = INFINITY;
  int found = -1;

  for (guint i = 0; i < data->records->len; i++)
    {
      const GscRecord *record = gsc_run_data_get_record (data, (int) i);
      double distance = fabs (gsc_axis_map (&layout->x, (double) record->step) - x);

      if (distance < nearest) /* never for NaN */
        {
          nearest = distance;
          found = (int) i;
        }
    }
  return found;
}

static void
append_record (GString *text,
               const GscRecord *record,
               const GscFigureOptions *options,
               const char *separator)
{
  double values[GSC_N_SETS];

  for (guint i = 0; i < GSC_N_SETS; i++)
    values[i] = get_measure (&record->sets[i], options->measure);
  gsc_figure_pages_append_sets (text, values, separator);
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscLinePlotLayout *layout = gsc_figure_page_get_line_plot (page, 0);
  const GscRecord *record;
  GString *text;

  if (!gsc_rect_contains (&layout->plot, x, y))
    return FALSE;
  pick->record = find_nearest (layout, frame->run, x);
  record = gsc_run_data_get_record (frame->run, pick->record);
  if (record == NULL)
    return FALSE;
  pick->kind = GSC_PICK_RECORD;
  pick->step = record->step;
  pick->rect = gsc_figure_pages_get_line_rect (&layout->plot,
                                               gsc_axis_map (&layout->x, (double) record->step));
  text = g_string_new ("step ");
  gsc_figure_pages_append_count (text, record->step);
  g_string_append_printf (text, ", %s\n", measure_names[options->measure]);
  append_record (text, record, options, "\n");
  pick->text = g_string_free (text, FALSE);
  return TRUE;
}

static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  int next;

  if (direction != GSC_DIRECTION_LEFT && direction != GSC_DIRECTION_RIGHT)
    return FALSE;
  next = *record + (direction == GSC_DIRECTION_RIGHT ? 1 : -1);
  if (gsc_run_data_get_record (frame->run, next) == NULL)
    return FALSE;
  *record = next;
  return TRUE;
}

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscRunData *data = frame->run;
  const GscRecord *record = gsc_frame_get_record (frame);
  int best = gsc_run_data_find_record (data, "best", NULL);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u records", data->records->len);
  if (record == NULL)
    {
      g_string_append (text, data->records->len > 0 ? ", none of them shown." : " yet.");
      return g_string_free (text, FALSE);
    }
  g_string_append_printf (text, "; %s at step ", measure_names[options->measure]);
  gsc_figure_pages_append_count (text, record->step);
  g_string_append (text, ": ");
  append_record (text, record, options, ", ");
  g_string_append (text, ".");
  if (best >= 0)
    {
      const GscRecord *peak = gsc_run_data_get_record (data, best);

      g_string_append (text, " The best o.o.d./test accuracy at the last shot is ");
      gsc_figure_pages_append_share (text, peak->sets[GSC_SET_OOD_TEST].last_accuracy);
      g_string_append (text, ", at step ");
      gsc_figure_pages_append_count (text, peak->step);
      g_string_append (text, ".");
    }
  return g_string_free (text, FALSE);
}

/* A row for each record, in columns the four sets and the levels they are compared with. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const with_ratio[] = { "step",
                                            "id_train",
                                            "id_test",
                                            "ood_train",
                                            "ood_test",
                                            "ratio_matching_train",
                                            "ratio_matching_test",
                                            "chance",
                                            NULL };
  static const char *const loss[]
      = { "step", "id_train", "id_test", "ood_train", "ood_test", "chance", NULL };
  const GscRunData *data = frame->run;
  gboolean is_loss = options->measure == GSC_MEASURE_LOSS;
  GscFigureTable *table = gsc_figure_table_new (is_loss ? loss : with_ratio);

  for (guint i = 0; i < data->records->len; i++)
    {
      const GscRecord *record = gsc_run_data_get_record (data, (int) i);

      if (options->logarithmic_steps && record->step <= 0)
        continue;
      gsc_figure_table_add_int (table, record->step);
      for (guint j = 0; j < GSC_N_SETS; j++)
        gsc_figure_table_add_number (table, get_measure (&record->sets[j], options->measure));
      for (guint j = 0; j < GSC_N_INPUTS && !is_loss; j++)
        gsc_figure_table_add_number (table, get_ratio_level (data, options, j));
      gsc_figure_table_add_number (table, is_loss ? log (data->config.p) : 1.0 / data->config.p);
    }
  return table;
}

const GscFigureClass gsc_figure_learning_curves = {
  .name = "learning-curves",
  .title = N_ ("Learning curves"),
  .slope = 0.3,
  .base = 80,
  .narrow = 65,
  .measure = GSC_MEASURE_LAST_ACCURACY,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
};
