/* gsc-figure-lens.c - what the model would answer after each layer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"

/* The two plots. */
enum
{
  PLOT_ACCURACY,
  PLOT_PROBABILITY,
  N_PLOTS,
};

static const char *const plot_names[N_PLOTS]
    = { N_ ("accuracy"), N_ ("probability of the right z") };

/* What to say where there is nothing to show. */
static const char *
get_missing (void)
{
  /* Translators: the logit lens reads the model's answer off the residual stream after each layer.
   */
  return _ ("No logit lens to show yet");
}

static const GscLens *
get_lens (const GscFrame *frame)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_LENS];

  return insight != NULL ? insight->lens : NULL;
}

static gboolean
is_last (const GscFigureOptions *options)
{
  return options->measure == GSC_MEASURE_LAST_ACCURACY;
}

/* At the last shot, or over all. */
static const GscLensScore *
get_score (const GscLens *lens, const GscFigureOptions *options, guint layer, GscSet set)
{
  if (is_last (options))
    return gsc_lens_get (lens, layer, set, lens->shots - 1);
  return gsc_lens_get_mean (lens, layer, set);
}

static double
get_value (const GscLensScore *score, guint plot)
{
  return plot == PLOT_ACCURACY ? score->accuracy : score->probability;
}

/* Page */

static GscLinePlotInput
make_plot (GscFigurePage *page,
           const GscLens *lens,
           const GscFrame *frame,
           const GscFigureOptions *options,
           guint plot)
{
  const GscStyle *style = gsc_figure_page_get_style (page);
  const GscLens *beside = frame->beside != NULL ? get_lens (frame->beside) : NULL;
  guint n = lens->n_layers, most = MAX (n, beside != NULL ? beside->n_layers : 0);
  GscLineSeries *series = gsc_figure_page_alloc (page, GSC_N_SETS * sizeof *series);
  double *x = gsc_figure_page_alloc (page, n * sizeof *x);

  for (guint layer = 0; layer < n; layer++)
    x[layer] = layer;
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      double *y = gsc_figure_page_alloc (page, n * sizeof *y);

      for (guint layer = 0; layer < n; layer++)
        y[layer] = get_value (get_score (lens, options, layer, set), plot);
      series[set] = (GscLineSeries){
        .look = gsc_figure_pages_get_set_look (style, set),
        .n = n,
        .x = x,
        .y = y,
      };
    }
  return (GscLinePlotInput){
    .heading = _ (plot_names[plot]),
    .x = { .min = -0.05 * most,
           .max = most - 1 + 0.05 * most,
           .whole = TRUE,
           .title = _ ("after layer (0: embedding)") },
    .y = gsc_figure_pages_get_accuracy_axis (NULL),
    .series = series,
    .n_series = GSC_N_SETS,
    .cursor = options->show_cursor ? MIN (frame->cursor.layer, n - 2) + 1.0 : NAN,
  };
}

static GscRect
add_legend (GscFigurePage *page, const GscRect *content)
{
  GscLegendEntry *entries = gsc_figure_page_alloc (page, GSC_N_SETS * sizeof *entries);
  const GscLegendInput legend = { .entries = entries, .n_entries = GSC_N_SETS };

  for (guint set = 0; set < GSC_N_SETS; set++)
    entries[set] = (GscLegendEntry){
      .text = gsc_figure_pages_get_set_title (set),
      .look = gsc_figure_pages_get_set_look (gsc_figure_page_get_style (page), set),
    };
  return gsc_figure_page_add_legend (page, &legend, content);
}

static char *
make_title (const GscLens *lens, const GscFigureOptions *options)
{
  if (lens == NULL)
    return g_strdup (_ ("What each layer would answer"));
  if (is_last (options))
    return g_strdup_printf (ngettext ("What each layer would answer after %u shot",
                                      "What each layer would answer after %u shots",
                                      lens->shots - 1),
                            lens->shots - 1);
  return g_strdup (_ ("What each layer would answer over all shots"));
}

static GscFigurePage *
lay_out (const GscFrame *frame,
         const GscFigureOptions *options,
         const GscStyle *style,
         double width,
         double height)
{
  const GscLens *lens = get_lens (frame);
  g_autofree char *title = make_title (lens, options);
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height, title, TRUE);
  GscRect content = gsc_figure_page_get_content (page);
  GscRect area, halves[N_PLOTS];

  if (lens == NULL)
    {
      gsc_figure_page_add_note (page, get_missing (), &content);
      return page;
    }
  area = add_legend (page, &content);
  gsc_figure_pages_split (&area, style->text_size, halves);
  for (guint i = 0; i < N_PLOTS; i++)
    {
      GscLinePlotInput plot = make_plot (page, lens, frame, options, i);

      gsc_figure_page_add_line_plot (page, &plot, &halves[i]);
    }
  return page;
}

/* Pick and tell */

/* "embedding" or "after layer 2". */
static char *
describe_layer (guint layer)
{
  if (layer == 0)
    return g_strdup (_ ("embedding"));
  return g_strdup_printf (_ ("after layer %u"), layer);
}

static char *
describe_values (const GscLens *lens, const GscFigureOptions *options, guint layer, guint plot)
{
  double values[GSC_N_SETS];

  for (guint set = 0; set < GSC_N_SETS; set++)
    values[set] = get_value (get_score (lens, options, layer, set), plot);
  return gsc_figure_pages_describe_sets (values, ", ");
}

static gboolean
pick (const GscFigurePage *page,
      const GscFrame *frame,
      const GscFigureOptions *options,
      double x,
      double y,
      GscFigurePick *pick)
{
  const GscLens *lens = get_lens (frame);

  for (guint i = 0; i < N_PLOTS; i++)
    {
      const GscLinePlotLayout *layout = gsc_figure_page_get_line_plot (page, i);
      g_autofree char *name = NULL;
      GString *text;
      guint layer;

      if (layout == NULL || !gsc_rect_contains (&layout->plot, x, y))
        continue;
      layer = (guint) lround (CLAMP (gsc_axis_unmap (&layout->x, x), 0, lens->n_layers - 1));
      /* what comes out of a block chooses it; the embedding is no block's */
      pick->kind = layer > 0 ? GSC_PICK_HEAD : GSC_PICK_BAR;
      pick->layer = layer > 0 ? layer - 1 : 0;
      pick->head = frame->cursor.head;
      pick->rect = gsc_figure_pages_get_line_rect (&layout->plot, gsc_axis_map (&layout->x, layer));
      name = describe_layer (layer);
      text = g_string_new (name);
      for (guint plot = 0; plot < N_PLOTS; plot++)
        {
          g_autofree char *values = describe_values (lens, options, layer, plot);

          g_string_append_c (text, '\n');
          /* Translators: what is measured, and a list of numbers. */
          g_string_append_printf (text, _ ("%s: %s"), _ (plot_names[plot]), values);
        }
      pick->text = g_string_free (text, FALSE);
      return TRUE;
    }
  return FALSE;
}

/* Through the layers. */
static gboolean
move (const GscFrame *frame, GscDirection direction, GscCursor *cursor, int *record)
{
  if (direction == GSC_DIRECTION_LEFT)
    return gsc_figure_attention.move (frame, GSC_DIRECTION_UP, cursor, record);
  if (direction == GSC_DIRECTION_RIGHT)
    return gsc_figure_attention.move (frame, GSC_DIRECTION_DOWN, cursor, record);
  return FALSE;
}

static char *
summarise (const GscFrame *frame, const GscFigureOptions *options)
{
  const GscLens *lens = get_lens (frame);
  g_autoptr (GString) list = NULL;

  if (lens == NULL)
    return gsc_figure_pages_end_sentence (get_missing ());
  list = g_string_new (NULL);
  for (guint layer = 0; layer < lens->n_layers; layer++)
    {
      g_autofree char *name = describe_layer (layer);
      g_autofree char *values = describe_values (lens, options, layer, PLOT_ACCURACY);

      g_string_append_printf (list, "%s%s %s", layer > 0 ? "; " : "", name, values);
    }
  /* Translators: the last is a list of "after layer 1" and numbers. */
  if (is_last (options))
    return g_strdup_printf (ngettext ("Accuracy that the layers would have after %u shot: %s.",
                                      "Accuracy that the layers would have after %u shots: %s.",
                                      lens->shots - 1),
                            lens->shots - 1, list->str);
  return g_strdup_printf (_ ("Accuracy that the layers would have over all shots: %s."), list->str);
}

/* A row for each layer, set and number of shots; the mean over these has none. */
static GscFigureTable *
tabulate (const GscFrame *frame, const GscFigureOptions *options)
{
  static const char *const columns[]
      = { "layer", "set", "shots", "accuracy", "probability", "sequences", NULL };
  const GscLens *lens = get_lens (frame);
  GscFigureTable *table = gsc_figure_table_new (columns);

  if (lens == NULL)
    return table;
  for (guint layer = 0; layer < lens->n_layers; layer++)
    for (guint set = 0; set < GSC_N_SETS; set++)
      for (guint k = 0; k <= lens->shots; k++)
        {
          const GscLensScore *score = k < lens->shots ? gsc_lens_get (lens, layer, set, k)
                                                      : gsc_lens_get_mean (lens, layer, set);

          gsc_figure_table_add_int (table, layer);
          gsc_figure_table_add_text (table, gsc_set_get_name (set));
          gsc_figure_table_add_number (table, k < lens->shots ? k : NAN);
          gsc_figure_table_add_number (table, score->accuracy);
          gsc_figure_table_add_number (table, score->probability);
          gsc_figure_table_add_int (table, lens->sequences[set]);
        }
  return table;
}

const GscFigureClass gsc_figure_lens = {
  .name = "logit-lens",
  .title = N_ ("Logit lens"),
  .needs_model = TRUE,
  .slope = 0.28,
  .base = 70,
  .narrow = 40,
  .measure = GSC_MEASURE_LAST_ACCURACY,
  .lay_out = lay_out,
  .pick = pick,
  .move = move,
  .summarise = summarise,
  .tabulate = tabulate,
};
