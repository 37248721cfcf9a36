/* gsc-figure-shots.c - accuracy of the four sets and the exact references against the shots
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <glib/gi18n.h>

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

/* Translators: rules that the model is compared with: the one that knows all that can be known, one
 * that only finds examples with the same ratio of x and y, and one that knows the tasks of the
 * pre-training by heart, on these and on tasks held out. */
static const char *const names[N_SERIES] = {
  [SERIES_ID] = N_ ("i.d."),
  [SERIES_OOD] = N_ ("o.o.d."),
  [SERIES_BAYES] = N_ ("Bayes"),
  [SERIES_RATIO] = N_ ("ratio matching"),
  [SERIES_MEMORISING_ID] = N_ ("memorising, i.d."),
  [SERIES_MEMORISING_OOD] = N_ ("memorising, o.o.d."),
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
  looks[SERIES_ID] = gsc_figure_pages_get_set_look (style, gsc_run_data_get_set (FALSE, inputs));
  looks[SERIES_OOD] = gsc_figure_pages_get_set_look (style, gsc_run_data_get_set (TRUE, inputs));
  looks[SERIES_BAYES] = &series[GSC_SERIES_BAYES];
  looks[SERIES_RATIO] = &series[GSC_SERIES_RATIO];
  looks[SERIES_MEMORISING_ID] = &series[GSC_SERIES_MEMORISING];
  looks[SERIES_MEMORISING_OOD] = memorising_ood;
}

/* The lines of one plot; those that are not known are NULL. */
static void
get_curves (const GscRunData *data,
            const GscRecord *record,
            GscInputs inputs,
            const double *curves[N_SERIES])
{
  const GscReferenceCurves *references = &data->references[inputs];

  curves[SERIES_ID] = curves[SERIES_OOD] = NULL;
  if (record != NULL)
    {
      curves[SERIES_ID] = record->sets[gsc_run_data_get_set (FALSE, inputs)].shot_accuracy;
      curves[SERIES_OOD] = record->sets[gsc_run_data_get_set (TRUE, inputs)].shot_accuracy;
    }
  curves[SERIES_BAYES] = references->bayes;
  curves[SERIES_RATIO] = references->ratio;
  curves[SERIES_MEMORISING_ID] = references->memorising_id;
  curves[SERIES_MEMORISING_OOD] = references->memorising_ood;
}

/* One plot: the lines of one kind of inputs. */
static GscLinePlotInput
make_plot (GscFigurePage *page,
           const GscFrame *frame,
           const GscFigureOptions *options,
           GscInputs inputs)
{
  const GscRunData *data = frame->run;
  guint shots = (guint) data->config.shots;
  GscLineSeries *series = gsc_figure_page_alloc (page, N_SERIES * sizeof *series);
  double *x = gsc_figure_page_alloc (page, shots * sizeof *x);
  guint most = shots;
  const double *curves[N_SERIES];
  const GscSeriesLook *looks[N_SERIES];

  if (frame->beside != NULL)
    most = MAX (most, (guint) frame->beside->run->config.shots);
  get_curves (data, gsc_frame_get_scores (frame), inputs, curves);
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
    .heading = gsc_figure_pages_get_inputs_title (inputs),
    .x = { .min = -0.02 * most, .max = 1.02 * most - 1, .whole = TRUE, .title = _ ("shots") },
    .y = gsc_figure_pages_get_accuracy_axis (_ ("accuracy")),
    .series = series,
    .n_series = N_SERIES,
    .cursor = options->show_cursor ? frame->cursor.shot : NAN,
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
    entries[legend.n_entries++] = (GscLegendEntry){ .text = _ (names[i]), .look = looks[i] };
  return gsc_figure_page_add_legend (page, &legend, content);
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  GscFigurePage *page = gsc_figure_pages_begin (
      frame, options, style, width, height, _ ("Accuracy by number of examples in context"), TRUE);
  GscRect content = gsc_figure_page_get_content (page);
  GscRect area = add_legend (page, &content);
  GscRect halves[GSC_N_INPUTS];

  gsc_figure_pages_split (&area, style->text_size, halves);
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    {
      GscLinePlotInput plot = make_plot (page, frame, options, i);

      /* Beside each other they share it. */
      if (halves[i].y == area.y && halves[i].x > area.x)
        plot.y.title = NULL;
      gsc_figure_page_add_line_plot (page, &plot, &halves[i]);
    }
  return page;
}

/* Pick and tell */

static void
append_shot (GString *text, const GscRunData *data, const GscRecord *record, guint shot)
{
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    {
      const double *curves[N_SERIES];
      g_autoptr (GString) list = g_string_new (NULL);

      get_curves (data, record, i, curves);
      for (guint j = 0; j < N_SERIES; j++)
        if (curves[j] != NULL)
          g_string_append_printf (list, "%s%s %s", list->len > 0 ? ", " : "", _ (names[j]),
                                  GSC_SHARE (curves[j][shot]));
      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("%s: %s"), gsc_figure_pages_get_inputs_title (i), list->str);
    }
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  for (guint i = 0; i < GSC_N_INPUTS; i++)
    {
      const GscLinePlotLayout *layout = gsc_figure_page_get_line_plot (page, i);
      double last = frame->run->config.shots - 1;
      g_autofree char *shots = NULL;
      GString *text;

      if (!gsc_rect_contains (&layout->plot, x, y))
        continue;
      pick->kind = GSC_PICK_SHOT;
      pick->shot = (guint) lround (CLAMP (gsc_axis_unmap (&layout->x, x), 0, last));
      pick->rect
          = gsc_figure_pages_get_line_rect (&layout->plot, gsc_axis_map (&layout->x, pick->shot));
      shots = gsc_figure_pages_describe_shots (pick->shot);
      text = g_string_new (shots);
      append_shot (text, frame->run, gsc_frame_get_scores (frame), pick->shot);
      pick->text = g_string_free (text, FALSE);
      return TRUE;
    }
  return FALSE;
}

static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  if (direction == GSC_DIRECTION_LEFT && cursor->shot > 0)
    cursor->shot--;
  else if (direction == GSC_DIRECTION_RIGHT && cursor->shot + 1 < (guint) frame->run->config.shots)
    cursor->shot++;
  else
    return FALSE;
  return TRUE;
}

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscRecord *record = gsc_frame_get_scores (frame);
  const GscRunData *data = frame->run;
  guint shot = MIN (frame->cursor.shot, (guint) data->config.shots - 1);
  const GscReferenceCurves *references = &data->references[GSC_INPUTS_TEST];
  double values[GSC_N_SETS];
  g_autofree char *list = NULL;

  if (record == NULL)
    return g_strdup_printf (
        ngettext ("Accuracy after %u example, no record yet; on test inputs Bayes reaches %s and "
                  "ratio matching %s.",
                  "Accuracy after %u examples, no record yet; on test inputs Bayes reaches %s and "
                  "ratio matching %s.",
                  shot),
        shot, GSC_SHARE (references->bayes[shot]), GSC_SHARE (references->ratio[shot]));
  for (guint i = 0; i < GSC_N_SETS; i++)
    values[i] = record->sets[i].shot_accuracy[shot];
  list = gsc_figure_pages_describe_sets (values, ", ");
  /* Translators: a number of examples, a step, a list of accuracies, and two more of them. */
  return g_strdup_printf (
      ngettext ("Accuracy after %u example at step %s: %s; on test inputs Bayes reaches %s and "
                "ratio matching %s.",
                "Accuracy after %u examples at step %s: %s; on test inputs Bayes reaches %s and "
                "ratio matching %s.",
                shot),
      shot, GSC_COUNT (record->step), list, GSC_SHARE (references->bayes[shot]),
      GSC_SHARE (references->ratio[shot]));
}

/* A row for each shot and kind of inputs. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[] = {
    "shots",         "inputs",         "id", "ood", "bayes", "ratio_matching",
    "memorising_id", "memorising_ood", NULL,
  };
  GscFigureTable *table = gsc_figure_table_new (columns);
  guint shots = (guint) frame->run->config.shots;

  for (guint i = 0; i < GSC_N_INPUTS * shots; i++)
    {
      guint inputs = i / shots, shot = i % shots;
      const double *curves[N_SERIES];

      get_curves (frame->run, gsc_frame_get_scores (frame), inputs, curves);
      gsc_figure_table_add_int (table, shot);
      gsc_figure_table_add_text (table, inputs == GSC_INPUTS_TRAIN ? "training" : "test");
      for (guint j = 0; j < N_SERIES; j++)
        gsc_figure_table_add_number (table, curves[j] != NULL ? curves[j][shot] : NAN);
    }
  return table;
}

const GscFigureClass gsc_figure_shots = {
  .name = "shots",
  .title = N_ ("Accuracy by shot"),
  .slope = 0.25,
  .base = 105,
  .narrow = 35,
  .measure = GSC_MEASURE_ACCURACY,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
};
