/* gsc-curve-marks.c - early stopping in the learning curves: the peak, the rule's moment, the
 * cursor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-curve-marks.h"

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"

/* The record shown, the peak, the rule's moment. */
#define MAX_MARKS 3

#define MINUS "\xe2\x88\x92"

double
gsc_curve_marks_measure (const GscSetScore *score, GscMeasure measure)
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

static double
get_value (const GscRunData *data, const GscFigureOptions *options, int index)
{
  return gsc_curve_marks_measure (&gsc_run_data_get_record (data, index)->sets[options->peak_set],
                                  options->measure);
}

static int
get_last (const GscRunData *data)
{
  return (int) data->records->len - 1;
}

int
gsc_curve_marks_find_peak (const GscRunData *data, const GscFigureOptions *options)
{
  double best = -1;
  int peak = -1;

  if (options->measure == GSC_MEASURE_LOSS)
    return -1;
  for (int i = 0; i <= get_last (data); i++)
    if (get_value (data, options, i) > best) /* never for NaN */
      {
        best = get_value (data, options, i);
        peak = i;
      }
  return peak;
}

/* "−0.20": the difference of two shares as they are written. */
static const char *
format_change (double here, double end, char label[GSC_TICK_LABEL_SIZE])
{
  double difference = round (end * 100) - round (here * 100);

  g_snprintf (label, GSC_TICK_LABEL_SIZE, "%s%.2f",
              difference < 0   ? MINUS
              : difference > 0 ? "+"
                               : "±",
              fabs (difference) / 100);
  return label;
}

#define CHANGE(here, end) format_change (here, end, (char[GSC_TICK_LABEL_SIZE]){ 0 })

/* Whether to say what the run would have been worth at that record. */
static gboolean
has_what_if (const GscRunData *data, const GscFigureOptions *options, int record)
{
  return options->measure != GSC_MEASURE_LOSS && options->mark_stop && record >= 0
         && record < get_last (data) && isfinite (get_value (data, options, record))
         && isfinite (get_value (data, options, get_last (data)));
}

void
gsc_curve_marks_append_what_if (GString *text,
                                const GscRunData *data,
                                const GscFigureOptions *options,
                                int record,
                                const char *separator)
{
  double here, end;

  if (!has_what_if (data, options, record))
    return;
  here = get_value (data, options, record);
  end = get_value (data, options, get_last (data));
  g_string_append (text, separator);
  /* Translators: a set of sequences, its accuracy had the training been stopped, that at its end
   * and the difference. */
  g_string_append_printf (text, _ ("stopped here: %s %s, at the end %s (%s)"),
                          gsc_figure_pages_get_set_title (options->peak_set), GSC_SHARE (here),
                          GSC_SHARE (end), CHANGE (here, end));
}

/* The marks under construction. */
typedef struct
{
  GscFigurePage *page;
  const GscRunData *data;
  const GscFigureOptions *options;
  GscLineMark marks[MAX_MARKS];
  guint n;
} Marks;

static GscLineMark *
add_mark (Marks *marks, int record)
{
  GscLineMark *mark = &marks->marks[marks->n++];

  mark->x = (double) gsc_run_data_get_record (marks->data, record)->step;
  return mark;
}

static const char *
print_step (Marks *marks, int record)
{
  return gsc_figure_pages_print_count (marks->page,
                                       gsc_run_data_get_record (marks->data, record)->step);
}

static void
add_shown (Marks *marks, int record)
{
  GscLineMark *mark = add_mark (marks, record);
  const char *step = print_step (marks, record);

  mark->label = mark->brief = gsc_figure_page_print (marks->page, _ ("step %s"), step);
  if (has_what_if (marks->data, marks->options, record))
    {
      double here = get_value (marks->data, marks->options, record);
      double end = get_value (marks->data, marks->options, get_last (marks->data));

      /* Translators: the accuracy there, that at the end of the training and the difference. */
      mark->label = gsc_figure_page_print (marks->page, _ ("step %s: %s, end %s (%s)"), step,
                                           GSC_SHARE (here), GSC_SHARE (end), CHANGE (here, end));
    }
}

static void
add_peak (Marks *marks, int record)
{
  const GscRunData *data = marks->data;
  const GscFigureOptions *options = marks->options;
  int last = get_last (data);
  GscLineMark *mark = add_mark (marks, record);
  const char *step = print_step (marks, record);
  const char *set = gsc_figure_pages_get_set_title (options->peak_set);
  double here = get_value (data, options, record), end = get_value (data, options, last);

  if (isfinite (end))
    /* Translators: a set of sequences, the step of its highest accuracy, this accuracy, that at the
     * end of the training and the difference. */
    mark->label
        = gsc_figure_page_print (marks->page, _ ("%s peak at %s: %s, end %s (%s)"), set, step,
                                 GSC_SHARE (here), GSC_SHARE (end), CHANGE (here, end));
  else
    /* Translators: a set of sequences, the step of its highest accuracy and this accuracy. */
    mark->label
        = gsc_figure_page_print (marks->page, _ ("%s peak at %s: %s"), set, step, GSC_SHARE (here));
  /* Translators: the step of the highest accuracy. */
  mark->brief = gsc_figure_page_print (marks->page, _ ("peak %s"), step);
  mark->look
      = gsc_figure_pages_get_set_look (gsc_figure_page_get_style (marks->page), options->peak_set);
  mark->y = here;
  mark->end_x = (double) gsc_run_data_get_record (data, last)->step;
  mark->end_y = end;
}

static void
add_rule (Marks *marks, int record)
{
  GscLineMark *mark = add_mark (marks, record);
  const char *step = print_step (marks, record);

  /* Translators: the rule of early stopping, and a step. */
  mark->label = gsc_figure_page_print (
      marks->page,
      marks->data->stop.only_marks ? _ ("rule would stop at %s") : _ ("rule stops at %s"), step);
  /* Translators: the rule of early stopping, and a step. */
  mark->brief = gsc_figure_page_print (marks->page, _ ("rule %s"), step);
}

void
gsc_curve_marks_add (GscFigurePage *page,
                     const GscFrame *frame,
                     const GscFigureOptions *options,
                     GscLinePlotInput *plot)
{
  const GscRunData *data = frame->run;
  Marks marks = { .page = page, .data = data, .options = options };
  gboolean shown = options->mark_record && gsc_frame_get_record (frame) != NULL;
  int peak = -1;
  int rule = -1;
  GscLineMark *kept;

  if (data->records->len < 2)
    return;
  if (options->mark_stop)
    {
      peak = gsc_curve_marks_find_peak (data, options);
      rule = gsc_stop_rule_find (&data->stop, data->records, data->config.p);
    }
  /* A peak that is the end needs no mark: that is where the line ends. */
  if (peak == get_last (data))
    peak = -1;
  if (shown && frame->record != peak)
    add_shown (&marks, frame->record);
  if (peak >= 0)
    add_peak (&marks, peak);
  if (rule >= 0)
    add_rule (&marks, rule);
  if (shown && options->show_cursor)
    plot->cursor = marks.marks[0].x;
  kept = gsc_figure_page_alloc (page, MAX_MARKS * sizeof *kept);
  for (guint i = 0; i < marks.n; i++)
    kept[i] = marks.marks[i];
  plot->marks = kept;
  plot->n_marks = marks.n;
}
