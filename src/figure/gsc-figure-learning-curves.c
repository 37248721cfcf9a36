/* gsc-figure-learning-curves.c - accuracy or loss of the four sets against the training step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-curve-marks.h"
#include "gsc-figure-pages.h"

/* References closer than this are drawn as one line. */
#define SAME_ACCURACY 0.015

/* Two sets of inputs and chance. */
#define MAX_REFERENCES 3

static const char *const measure_names[] = {
  [GSC_MEASURE_LAST_ACCURACY] = N_ ("accuracy at the last shot"),
  [GSC_MEASURE_ACCURACY] = N_ ("accuracy over all shots"),
  [GSC_MEASURE_LOSS] = N_ ("loss (nats)"),
};

/* Plot under construction. */
typedef struct
{
  const GscRunData *data;
  const GscRunData *beside; /* what it is compared with, or NULL */
  const GscFigureOptions *options;
  GscFigurePage *page;
  GscLineSeries *series; /* [2 * GSC_N_SETS + MAX_REFERENCES] */
  guint n_series;
  GscAxisInput x;
} Curves;

/* The last step there is, or that there will be. */
static gint64
find_end (const GscRunData *data)
{
  const GscRecord *last = gsc_run_data_get_record (data, (int) data->records->len - 1);

  return last != NULL && last->step > 0 ? last->step : data->config.steps;
}

static void
set_steps (Curves *curves)
{
  const GPtrArray *records = curves->data->records;
  gint64 end = find_end (curves->data);

  if (curves->beside != NULL)
    end = MAX (end, find_end (curves->beside));
  curves->x = (GscAxisInput){
    .min = 0,
    .max = (double) end,
    .whole = TRUE,
    .logarithmic = curves->options->logarithmic_steps,
    .title = _ ("training step"),
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
add_set (
    Curves *curves, const GscRunData *data, GscSet set, const char *name, const GscSeriesLook *look)
{
  guint n = data->records->len;
  double *x = gsc_figure_page_alloc (curves->page, n * sizeof (double));
  double *y = gsc_figure_page_alloc (curves->page, n * sizeof (double));

  for (guint i = 0; i < n; i++)
    {
      const GscRecord *record = gsc_run_data_get_record (data, (int) i);

      x[i] = (double) record->step;
      y[i] = gsc_curve_marks_measure (&record->sets[set], curves->options->measure);
    }
  curves->series[curves->n_series++] = (GscLineSeries){
    .name = name,
    .look = look,
    .n = n,
    .x = x,
    .y = y,
  };
}

/* Of what is compared with: in the same colours, but dashed. */
static void
add_beside (Curves *curves)
{
  const GscStyle *style = gsc_figure_page_get_style (curves->page);

  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      GscSeriesLook *look = gsc_figure_page_alloc (curves->page, sizeof *look);

      *look = *gsc_figure_pages_get_set_look (style, i);
      look->dash = GSC_DASH_DASHED;
      add_set (curves, curves->beside, i, NULL, look);
    }
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
      add_level (curves, _ ("ratio matching"), look, (train + test) / 2);
      return;
    }
  *test_look = *look;
  test_look->dash = GSC_DASH_DASH_DOT;
  /* Translators: ratio matching on inputs of the training and of the test. */
  add_level (curves, _ ("ratio matching/train"), look, train);
  add_level (curves, _ ("ratio matching/test"), test_look, test);
}

static void
add_references (Curves *curves)
{
  const GscSeriesLook *chance = get_look (curves, GSC_SERIES_CHANCE);
  int p = curves->data->config.p;

  if (curves->options->measure == GSC_MEASURE_LOSS)
    {
      /* Translators: the loss of a guess is the natural logarithm of a number. */
      add_level (curves, gsc_figure_page_print (curves->page, _ ("chance, ln %d"), p), chance,
                 log (p));
      return;
    }
  add_ratio_matching (curves);
  add_level (curves, gsc_figure_page_print (curves->page, _ ("chance, 1/%d"), p), chance, 1.0 / p);
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
  for (guint i = 0; curves->beside != NULL && i < curves->beside->records->len; i++)
    for (guint j = 0; j < GSC_N_SETS; j++)
      {
        double loss = gsc_run_data_get_record (curves->beside, (int) i)->sets[j].loss;

        if (isfinite (loss))
          max = MAX (max, loss);
      }
  return (
      GscAxisInput){ .min = 0, .max = 1.05 * max, .title = _ (measure_names[GSC_MEASURE_LOSS]) };
}

/* The record of what is compared with, beside the marks that there are. */
static void
add_beside_mark (Curves *curves, const GscFrame *frame, GscLinePlotInput *plot)
{
  const GscRecord *record = gsc_frame_get_record (frame->beside);
  GscLineMark *marks;

  if (record == NULL)
    return;
  marks = gsc_figure_page_alloc (curves->page, (plot->n_marks + 1) * sizeof *marks);
  for (guint i = 0; i < plot->n_marks; i++)
    marks[i] = plot->marks[i];
  marks[plot->n_marks].x = (double) record->step;
  marks[plot->n_marks].label = gsc_figure_page_print (
      curves->page, _ ("B: step %s"), gsc_figure_pages_print_count (curves->page, record->step));
  plot->marks = marks;
  plot->n_marks++;
}

static const char *
get_title (GscMeasure measure)
{
  switch (measure)
    {
    case GSC_MEASURE_LOSS:
      return _ ("Loss during training");
    case GSC_MEASURE_ACCURACY:
      return _ ("Accuracy over all shots during training");
    case GSC_MEASURE_LAST_ACCURACY:
    default:
      return _ ("Accuracy at the last shot during training");
    }
}

static gboolean
is_together (const GscFrame *frame, const GscFigureOptions *options)
{
  return options->compare == GSC_COMPARE_TOGETHER && frame->beside != NULL;
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
  gboolean together = is_together (frame, options);
  gboolean same_run = together && frame->beside->run->tasks == data->tasks;
  const GscLinePlotLayout *layout;

  if (data->from_file)
    {
      gsc_figure_page_add_note (page, _ ("a model file has no learning curves"), &content);
      return page;
    }
  if (frame->beside != NULL)
    curves.beside = frame->beside->run;
  curves.series
      = gsc_figure_page_alloc (page, (2 * GSC_N_SETS + MAX_REFERENCES) * sizeof (GscLineSeries));
  set_steps (&curves);
  for (guint i = 0; i < GSC_N_SETS; i++)
    add_set (&curves, data, i, gsc_figure_pages_get_set_title (i),
             gsc_figure_pages_get_set_look (style, i));
  if (together && !same_run)
    add_beside (&curves);
  add_references (&curves);

  gsc_curve_marks_add (page, frame, options, &plot);
  if (together)
    add_beside_mark (&curves, frame, &plot);
  if (together && !same_run)
    plot.heading = gsc_figure_page_print (page, _ ("A, solid: %s; B, dashed: %s"), data->name,
                                          curves.beside->name);
  plot.x = curves.x;
  plot.y = options->measure == GSC_MEASURE_LOSS
               ? get_loss_axis (&curves)
               : gsc_figure_pages_get_accuracy_axis (_ ("accuracy"));
  plot.series = curves.series;
  plot.n_series = curves.n_series;
  layout = gsc_figure_page_add_line_plot (page, &plot, &content);
  if (data->records->len == 0)
    gsc_figure_page_add_note (page, _ ("no record yet"), &layout->plot);
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

static char *
describe_record (const GscRecord *record, const GscFigureOptions *options, const char *separator)
{
  double values[GSC_N_SETS];

  for (guint i = 0; i < GSC_N_SETS; i++)
    values[i] = gsc_curve_marks_measure (&record->sets[i], options->measure);
  return gsc_figure_pages_describe_sets (values, separator);
}

/* The record of what is compared with that is nearest to @step; @format has the places of its step
 * and of its numbers. */
static void
append_beside (GString *text,
               const GscFrame *frame,
               const GscFigureOptions *options,
               gint64 step,
               const char *format,
               const char *separator)
{
  const GscRecord *nearest = NULL;
  g_autofree char *values = NULL;

  for (guint i = 0; i < frame->beside->run->records->len; i++)
    {
      const GscRecord *record = gsc_run_data_get_record (frame->beside->run, (int) i);

      if (nearest == NULL || ABS (record->step - step) < ABS (nearest->step - step))
        nearest = record;
    }
  if (nearest == NULL)
    return;
  values = describe_record (nearest, options, separator);
  g_string_append_printf (text, format, GSC_COUNT (nearest->step), values);
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
  g_autofree char *values = NULL;
  GString *text;

  if (layout == NULL || !gsc_rect_contains (&layout->plot, x, y))
    return FALSE;
  pick->record = find_nearest (layout, frame->run, x);
  record = gsc_run_data_get_record (frame->run, pick->record);
  if (record == NULL)
    return FALSE;
  pick->kind = GSC_PICK_RECORD;
  pick->step = record->step;
  pick->rect = gsc_figure_pages_get_line_rect (&layout->plot,
                                               gsc_axis_map (&layout->x, (double) record->step));
  values = describe_record (record, options, "\n");
  text = g_string_new (NULL);
  /* Translators: a step, what is measured, and a list of numbers. */
  g_string_append_printf (text, _ ("step %s, %s\n%s"), GSC_COUNT (record->step),
                          _ (measure_names[options->measure]), values);
  gsc_curve_marks_append_what_if (text, frame->run, options, pick->record, "\n");
  if (is_together (frame, options))
    {
      g_string_append_c (text, '\n');
      /* Translators: of the second of two runs: a step and a list of numbers. */
      append_beside (text, frame, options, record->step, _ ("B, step %s:\n%s"), "\n");
    }
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
  g_autoptr (GString) numbers = NULL;
  g_autofree char *values = NULL;
  GString *text = NULL;

  if (data->from_file)
    return g_strdup (_ ("A model file: nothing is known of its training."));
  if (data->records->len == 0)
    return g_strdup (_ ("No records yet."));
  if (record == NULL)
    return g_strdup_printf (ngettext ("%u record, which is not shown.",
                                      "%u records, none of them shown.", data->records->len),
                            data->records->len);
  values = describe_record (record, options, ", ");
  numbers = g_string_new (values);
  gsc_curve_marks_append_what_if (numbers, data, options, frame->record, "; ");
  text = g_string_new (NULL);
  /* Translators: what is measured, a step and a list of numbers. */
  g_string_append_printf (text,
                          ngettext ("%u record; %s at step %s: %s.",
                                    "%u records; %s at step %s: %s.", data->records->len),
                          data->records->len, _ (measure_names[options->measure]),
                          GSC_COUNT (record->step), numbers->str);
  if (best >= 0)
    {
      const GscRecord *peak = gsc_run_data_get_record (data, best);

      g_string_append_c (text, ' ');
      g_string_append_printf (
          text, _ ("The best o.o.d./test accuracy at the last shot is %s, at step %s."),
          GSC_SHARE (peak->sets[GSC_SET_OOD_TEST].last_accuracy), GSC_COUNT (peak->step));
    }
  if (is_together (frame, options) && gsc_frame_get_record (frame->beside) != NULL)
    {
      g_string_append_c (text, ' ');
      /* Translators: of the second of two runs: a step and a list of numbers. */
      append_beside (text, frame, options, gsc_frame_get_record (frame->beside)->step,
                     _ ("B, step %s: %s."), ", ");
    }
  return g_string_free (text, FALSE);
}

/* The rows of one run, after its name where two of them are shown. */
static void
add_rows (GscFigureTable *table,
          const GscRunData *data,
          const GscFigureOptions *options,
          const char *name)
{
  gboolean is_loss = options->measure == GSC_MEASURE_LOSS;

  for (guint i = 0; i < data->records->len; i++)
    {
      const GscRecord *record = gsc_run_data_get_record (data, (int) i);

      if (options->logarithmic_steps && record->step <= 0)
        continue;
      if (name != NULL)
        gsc_figure_table_add_text (table, name);
      gsc_figure_table_add_int (table, record->step);
      for (guint j = 0; j < GSC_N_SETS; j++)
        gsc_figure_table_add_number (table,
                                     gsc_curve_marks_measure (&record->sets[j], options->measure));
      for (guint j = 0; j < GSC_N_INPUTS && !is_loss; j++)
        gsc_figure_table_add_number (table, get_ratio_level (data, options, j));
      gsc_figure_table_add_number (table, is_loss ? log (data->config.p) : 1.0 / data->config.p);
    }
}

/* A row for each record, in columns the four sets and the levels they are compared with. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  /* the first only where two runs are shown */
  static const char *const with_ratio[] = { "run",
                                            "step",
                                            "id_train",
                                            "id_test",
                                            "ood_train",
                                            "ood_test",
                                            "ratio_matching_train",
                                            "ratio_matching_test",
                                            "chance",
                                            NULL };
  static const char *const loss[]
      = { "run", "step", "id_train", "id_test", "ood_train", "ood_test", "chance", NULL };
  gboolean together = is_together (frame, options);
  const char *const *columns = options->measure == GSC_MEASURE_LOSS ? loss : with_ratio;
  GscFigureTable *table = gsc_figure_table_new (together ? columns : columns + 1);

  add_rows (table, frame->run, options, together ? "A" : NULL);
  if (together)
    add_rows (table, frame->beside->run, options, "B");
  return table;
}

const GscFigureClass gsc_figure_learning_curves = {
  .name = "learning-curves",
  .title = N_ ("Learning curves"),
  .slope = 0.3,
  .base = 80,
  .narrow = 65,
  .measure = GSC_MEASURE_LAST_ACCURACY,
  .together = TRUE,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
};
