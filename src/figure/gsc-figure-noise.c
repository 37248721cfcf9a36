/* gsc-figure-noise.c - accuracy with wrong labels in the context
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The paper's appendix: a map of numbers of shots and of wrong labels among them, and the accuracy
 * when one example alone is wrong. Examples count from 1 in all text.
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-maps.h"
#include "gsc-figure-pages.h"

/* In sizes of the text: where the page is lower or narrower the map has it for itself. */
#define MIN_HALF 12.0

enum
{
  SERIES_SINGLE,
  SERIES_CLEAN,
  N_SERIES,
};

/* What to say where there is nothing to show. */
static const char *
get_missing (void)
{
  return _ ("No label noise to show yet");
}

static const GscNoise *
get_noise (const GscFrame *frame)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_NOISE];

  return insight != NULL ? insight->noise : NULL;
}

/* Page */

static void
add_map (GscFigurePage *page,
         const GscNoise *noise,
         const GscFrame *frame,
         const GscFigureOptions *options,
         const GscRect *area)
{
  static const GscLegendInput no_legend = { 0 };
  guint n = noise->shots;
  double *values = gsc_figure_page_alloc (page, n * n * sizeof *values);
  GscHeatMapCursor *cursor = gsc_figure_page_alloc (page, sizeof *cursor);
  GscHeatMapInput map = {
    .heading = _ ("accuracy, %"),
    .x_title = _ ("shots"),
    /* Translators: examples in the context whose z is wrong. */
    .y_title = _ ("wrong labels"),
    .columns = n,
    .rows = n,
    .values = values,
    .numbers = TRUE,
    .scale = { GSC_COLOR_SCALE_SEQUENTIAL, 0, 100 },
  };
  GscColorBarInput bar = { .scale = map.scale, .whole = TRUE };

  for (guint m = 0; m < n; m++)
    for (guint k = 0; k < n; k++)
      {
        const GscNoiseScore *score = gsc_noise_get (noise, k, m);

        values[m * n + k] = score->sequences > 0 ? round (100 * score->accuracy) : NAN;
      }
  if (options->show_cursor)
    {
      *cursor = (GscHeatMapCursor){ .column = MIN (frame->cursor.shot, n - 1), .row = 0 };
      map.cursor = cursor;
    }
  gsc_figure_maps_add (page, &map, 1, &bar, &no_legend, area);
}

static void
add_curve (GscFigurePage *page, const GscNoise *noise, const GscNoise *beside, const GscRect *area)
{
  const GscStyle *style = gsc_figure_page_get_style (page);
  guint n = noise->shots - 1, most = MAX (n, beside != NULL ? beside->shots - 1 : 0);
  GscLineSeries *series = gsc_figure_page_alloc (page, N_SERIES * sizeof *series);
  double *numbers = gsc_figure_page_alloc (page, MAX (5 * n, 1) * sizeof *numbers);
  double *x = numbers, *y = x + n, *low = y + n, *high = low + n, *clean = high + n;
  GscLinePlotInput plot = {
    .heading = _ ("one wrong label"),
    .x = { .min = 1 - 0.02 * most,
           .max = 1.02 * most,
           .whole = TRUE,
           .title = _ ("the wrong example") },
    .y = gsc_figure_pages_get_accuracy_axis (gsc_figure_page_print (
        page, ngettext ("accuracy after %u shot", "accuracy after %u shots", n), n)),
    .series = series,
    .n_series = N_SERIES,
    .cursor = NAN,
    .legend = TRUE,
  };

  for (guint j = 0; j < n; j++)
    {
      const GscNoiseScore *score = &noise->single[j];

      x[j] = j + 1;
      y[j] = score->accuracy;
      low[j] = score->accuracy - score->error;
      high[j] = score->accuracy + score->error;
      clean[j] = gsc_noise_get (noise, n, 0)->accuracy;
    }
  series[SERIES_SINGLE] = (GscLineSeries){
    /* Translators: a curve: one label is wrong. */
    .name = _ ("one wrong"),
    .look = gsc_figure_pages_get_set_look (style, noise->set),
    .n = n,
    .x = x,
    .y = y,
    .low = low,
    .high = high,
  };
  series[SERIES_CLEAN] = (GscLineSeries){
    /* Translators: a curve: no label is wrong. */
    .name = _ ("none wrong"),
    .look = &style->palette->series[GSC_SERIES_BAYES],
    .n = n,
    .x = x,
    .y = clean,
  };
  gsc_figure_page_add_line_plot (page, &plot, area);
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  const GscNoise *noise = get_noise (frame);
  g_autofree char *title
      = noise == NULL ? g_strdup (_ ("Label noise"))
                      /* Translators: the last is a set of sequences: "o.o.d./test". */
                      : g_strdup_printf (_ ("Accuracy with wrong labels in the context, %s"),
                                         gsc_figure_pages_get_set_title (noise->set));
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height, title, TRUE);
  GscRect area = gsc_figure_page_get_content (page);
  GscRect halves[2];

  if (noise == NULL)
    {
      gsc_figure_page_add_note (page, get_missing (), &area);
      return page;
    }
  gsc_figure_pages_split (&area, 1.5 * style->text_size, halves);
  if (noise->shots > 1 && MIN (halves[1].width, halves[1].height) >= MIN_HALF * style->text_size)
    {
      add_map (page, noise, frame, options, &halves[0]);
      add_curve (page, noise, frame->beside != NULL ? get_noise (frame->beside) : NULL, &halves[1]);
    }
  else
    add_map (page, noise, frame, options, &area);
  return page;
}

/* Pick and tell */

/* "0.71 ± 0.03 (256 sequences)" */
static char *
describe_score (const GscNoiseScore *score)
{
  /* Translators: an accuracy, its standard error and a number of sequences. */
  return g_strdup_printf (
      ngettext ("%s ± %s (%s sequence)", "%s ± %s (%s sequences)", score->sequences),
      GSC_SHARE (score->accuracy), GSC_SHARE (score->error), GSC_COUNT (score->sequences));
}

static void
pick_cell (const GscNoise *noise, const GscHeatMapLayout *map, guint cell, GscFigurePick *pick)
{
  guint k = cell % noise->shots, m = cell / noise->shots;
  g_autofree char *score = describe_score (gsc_noise_get (noise, k, m));

  pick->kind = GSC_PICK_SHOT;
  pick->shot = k;
  pick->rect = gsc_heat_map_layout_get_cell (map, k, m);
  if (m > k)
    pick->text = g_strdup_printf (ngettext ("%u shot, fewer than these wrong labels",
                                            "%u shots, fewer than these wrong labels", k),
                                  k);
  else
    /* Translators: the last is "0.71 ± 0.03 (256 sequences)". */
    pick->text = g_strdup_printf (ngettext ("%u shot, %u of them wrong\naccuracy %s",
                                            "%u shots, %u of them wrong\naccuracy %s", k),
                                  k, m, score);
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscNoise *noise = get_noise (frame);
  const GscHeatMapLayout *map = gsc_figure_page_get_heat_map (page, 0);
  const GscLinePlotLayout *plot = gsc_figure_page_get_line_plot (page, 0);
  int cell = map != NULL ? gsc_heat_map_pick (map, x, y) : -1;
  g_autofree char *score = NULL;
  g_autofree char *clean = NULL;
  guint j;

  if (cell >= 0)
    {
      pick_cell (noise, map, (guint) cell, pick);
      return TRUE;
    }
  if (plot == NULL || !gsc_rect_contains (&plot->plot, x, y))
    return FALSE;
  j = (guint) lround (CLAMP (gsc_axis_unmap (&plot->x, x), 1, noise->shots - 1)) - 1;
  pick->kind = GSC_PICK_BAR;
  pick->rect = gsc_figure_pages_get_line_rect (&plot->plot, gsc_axis_map (&plot->x, j + 1));
  score = describe_score (&noise->single[j]);
  clean = describe_score (gsc_noise_get (noise, noise->shots - 1, 0));
  /* Translators: both accuracies are like "0.71 ± 0.03 (256 sequences)". */
  pick->text = g_strdup_printf (
      ngettext ("example %u alone wrong\naccuracy after %u shot %s\nnone wrong %s",
                "example %u alone wrong\naccuracy after %u shots %s\nnone wrong %s",
                noise->shots - 1),
      j + 1, noise->shots - 1, score, clean);
  return TRUE;
}

static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  return gsc_figure_shots.move (frame, direction, cursor, record);
}

static guint
find_worst (const GscNoise *noise)
{
  guint worst = 0;

  for (guint j = 1; j + 1 < noise->shots; j++)
    if (noise->single[j].accuracy < noise->single[worst].accuracy)
      worst = j;
  return worst;
}

/* After all shots: without wrong labels, with one, and with half of them. */
static char *
describe_scores (const GscNoise *noise)
{
  guint last = noise->shots - 1, half = last / 2;
  GString *text = g_string_new (NULL);
  g_autofree char *none = describe_score (gsc_noise_get (noise, last, 0));

  /* Translators: an accuracy, "0.71 ± 0.03 (256 sequences)". */
  g_string_append_printf (text, _ ("%s without wrong labels"), none);
  if (last > 0)
    {
      g_autofree char *one = describe_score (gsc_noise_get (noise, last, 1));

      /* Translators: an accuracy, then: with one wrong label. */
      g_string_append_printf (text, _ (", %s with one"), one);
    }
  if (last > 3)
    {
      g_autofree char *many = describe_score (gsc_noise_get (noise, last, half));

      /* Translators: an accuracy, then: with so many wrong labels. */
      g_string_append_printf (text, ngettext (", %s with %u", ", %s with %u", half), many, half);
    }
  return g_string_free (text, FALSE);
}

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscNoise *noise = get_noise (frame);
  g_autofree char *scores = NULL;
  GString *text;
  guint last;

  if (noise == NULL)
    return gsc_figure_pages_end_sentence (get_missing ());
  last = noise->shots - 1;
  scores = describe_scores (noise);
  text = g_string_new (NULL);
  /* Translators: a set of sequences, a number of shots, and a list of accuracies. */
  g_string_append_printf (
      text,
      ngettext ("Accuracy on %s after %u shot: %s.", "Accuracy on %s after %u shots: %s.", last),
      gsc_figure_pages_get_set_title (noise->set), last, scores);
  if (last > 0)
    {
      guint worst = find_worst (noise);
      g_autofree char *score = describe_score (&noise->single[worst]);

      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("It is lowest if example %u alone is wrong: %s."), worst + 1,
                              score);
    }
  return g_string_free (text, FALSE);
}

static void
add_row (GscFigureTable *table,
         const GscNoise *noise,
         guint shots,
         guint wrong,
         int example,
         const GscNoiseScore *score)
{
  gsc_figure_table_add_text (table, gsc_set_get_name (noise->set));
  gsc_figure_table_add_int (table, shots);
  gsc_figure_table_add_int (table, wrong);
  gsc_figure_table_add_number (table, example > 0 ? example : NAN);
  gsc_figure_table_add_number (table, score->accuracy);
  gsc_figure_table_add_number (table, score->error);
  gsc_figure_table_add_int (table, score->sequences);
}

/* The map, then the curve, whose rows name the wrong example. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[] = { "set",      "shots",          "wrong",     "wrong_example",
                                         "accuracy", "standard_error", "sequences", NULL };
  const GscNoise *noise = get_noise (frame);
  GscFigureTable *table = gsc_figure_table_new (columns);

  if (noise == NULL)
    return table;
  for (guint k = 0; k < noise->shots; k++)
    for (guint m = 0; m <= k; m++)
      if (gsc_noise_get (noise, k, m)->sequences > 0)
        add_row (table, noise, k, m, 0, gsc_noise_get (noise, k, m));
  for (guint j = 0; j + 1 < noise->shots; j++)
    add_row (table, noise, noise->shots - 1, 1, (int) j + 1, &noise->single[j]);
  return table;
}

const GscFigureClass gsc_figure_noise = {
  .name = "label-noise",
  .title = N_ ("Label noise"),
  .needs_model = TRUE,
  .slope = 0.42,
  .base = 40,
  .narrow = 40,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
};
