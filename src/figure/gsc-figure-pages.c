/* gsc-figure-pages.c - what the pages of gsc-figure.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-pages.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n.h>

char *
gsc_figure_pages_describe (const GscRunData *data, const GscRecord *record)
{
  const GscConfig *config = &data->config;
  const char *optimizer = config->optimizer == GSC_OPTIMIZER_MUON ? "Muon" : "AdamW";
  g_autofree char *seed = g_strdup_printf ("%" G_GINT64_FORMAT, config->seed);

  if (record == NULL)
    /* Translators: the settings of a training: p is the modulus, then how many of all tasks are
     * trained on, α the share of training inputs, S shots, d width, H heads, L layers; the last two
     * are the optimiser's name and the seed of the random numbers. Keep the letters. */
    return g_strdup_printf (
        _ ("p = %d, %d of %d tasks, α = %g, S = %d, d = %d, H = %d, L = %d, %s, "
           "seed %s"),
        config->p, config->tasks, config->p * config->p, config->alpha, config->shots,
        config->width, config->heads, config->depth, optimizer, seed);
  return g_strdup_printf (_ ("p = %d, %d of %d tasks, α = %g, S = %d, d = %d, H = %d, L = %d, %s, "
                             "seed %s, step %s"),
                          config->p, config->tasks, config->p * config->p, config->alpha,
                          config->shots, config->width, config->heads, config->depth, optimizer,
                          seed, GSC_COUNT (record->step));
}

GscFigurePage *
gsc_figure_pages_begin (const GscFrame *frame,
                        const GscFigureOptions *options,
                        const GscStyle *style,
                        double width,
                        double height,
                        const char *title,
                        gboolean of_record)
{
  g_autofree char *settings = NULL;
  guint ablated = of_record ? gsc_ablation_count (frame->ablation) : 0;

  if (options->bare)
    return gsc_figure_page_new (style, width, height, NULL, NULL);
  settings
      = gsc_figure_pages_describe (frame->run, of_record ? gsc_frame_get_record (frame) : NULL);
  if (ablated > 0)
    {
      g_autofree char *whole = g_steal_pointer (&settings);

      /* Translators: the first %s is a list of settings. To ablate a head is to switch it off. */
      settings = g_strdup_printf (ngettext ("%s, %u head ablated", "%s, %u heads ablated", ablated),
                                  whole, ablated);
    }
  return gsc_figure_page_new (style, width, height, title, settings);
}

GscFigurePage *
gsc_figure_pages_note (const GscFrame *frame,
                       const GscFigureOptions *options,
                       const GscStyle *style,
                       double width,
                       double height,
                       const char *title,
                       const char *reason)
{
  GscFigurePage *page = gsc_figure_pages_begin (frame, options, style, width, height, title, FALSE);
  GscRect content = gsc_figure_page_get_content (page);

  gsc_figure_page_add_note (page, reason, &content);
  return page;
}

gboolean
gsc_figure_pages_no_move (const GscFrame *frame,
                          GscDirection direction,
                          GscCursor *cursor,
                          int *record)
{
  return FALSE;
}

const GscTask *
gsc_figure_pages_get_task (const GscFrame *frame)
{
  const GscTaskSplit *tasks = frame->run->tasks;
  int index = gsc_task_split_lookup (tasks, frame->cursor.a, frame->cursor.b);

  return &tasks->tasks[index >= 0 ? (guint) index : tasks->n_id];
}

const char *
gsc_figure_pages_get_set_title (GscSet set)
{
  /* Translators: sets of tasks and inputs: in distribution (i.d., tasks of the pre-training) and
   * out of distribution (o.o.d., tasks held out), on inputs of the training and of the test. */
  static const char *const titles[GSC_N_SETS]
      = { N_ ("i.d./train"), N_ ("i.d./test"), N_ ("o.o.d./train"), N_ ("o.o.d./test") };

  return _ (titles[set]);
}

const GscSeriesLook *
gsc_figure_pages_get_set_look (const GscStyle *style, GscSet set)
{
  static const GscSeriesRole roles[GSC_N_SETS]
      = { GSC_SERIES_ID_TRAIN, GSC_SERIES_ID_TEST, GSC_SERIES_OOD_TRAIN, GSC_SERIES_OOD_TEST };

  return &style->palette->series[roles[set]];
}

GscAxisInput
gsc_figure_pages_get_accuracy_axis (const char *title)
{
  return (GscAxisInput){ .min = -0.03, .max = 1.03, .title = title };
}

const char *
gsc_figure_pages_format_share (double share, char label[GSC_TICK_LABEL_SIZE])
{
  if (isfinite (share))
    return gsc_ticks_format (share, -2, FALSE, label);
  g_strlcpy (label, "–", GSC_TICK_LABEL_SIZE);
  return label;
}

const char *
gsc_figure_pages_format_percent (double share, char label[GSC_TICK_LABEL_SIZE])
{
  if (!isfinite (share))
    return gsc_figure_pages_format_share (share, label);
  /* Translators: a percentage, with or without a blank as the language writes it. */
  g_snprintf (label, GSC_TICK_LABEL_SIZE, _ ("%.0f %%"), 100 * share);
  return label;
}

const char *
gsc_figure_pages_format_count (gint64 count, char label[GSC_TICK_LABEL_SIZE])
{
  return gsc_ticks_format ((double) count, 0, FALSE, label);
}

char *
gsc_figure_pages_describe_sets (const double values[GSC_N_SETS], const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < GSC_N_SETS; i++)
    g_string_append_printf (text, "%s%s %s", i > 0 ? separator : "",
                            gsc_figure_pages_get_set_title (i), GSC_SHARE (values[i]));
  return g_string_free (text, FALSE);
}

char *
gsc_figure_pages_describe_shots (guint shots)
{
  /* Translators: a shot is an example that the model has seen in the context. */
  return g_strdup_printf (ngettext ("%u shot", "%u shots", shots), shots);
}

char *
gsc_figure_pages_describe_sequences (guint sequences)
{
  return g_strdup_printf (ngettext ("%u sequence", "%u sequences", sequences), sequences);
}

char *
gsc_figure_pages_describe_head (guint layer, guint head)
{
  /* Translators: a layer of the transformer and one of its heads of attention. */
  return g_strdup_printf (_ ("layer %u, head %u"), layer + 1, head + 1);
}

const char *
gsc_figure_pages_get_inputs_title (GscInputs inputs)
{
  return inputs == GSC_INPUTS_TRAIN ? _ ("training inputs") : _ ("test inputs");
}

const char *
gsc_figure_pages_get_no_model (void)
{
  return _ ("No model to show yet");
}

char *
gsc_figure_pages_begin_sentence (const char *text)
{
  g_autofree char *first = g_utf8_substring (text, 0, *text != '\0' ? 1 : 0);
  g_autofree char *capital = g_utf8_strup (first, -1);

  return g_strconcat (capital, text + strlen (first), NULL);
}

char *
gsc_figure_pages_end_sentence (const char *note)
{
  /* Translators: a short note, which gets a full stop. */
  return g_strdup_printf (C_ ("note", "%s."), note);
}

GscRect
gsc_figure_pages_get_line_rect (const GscRect *plot, double x)
{
  return (GscRect){ x - 1, plot->y, 2, plot->height };
}

const char *
gsc_figure_pages_format (double value, int digits, char label[GSC_TICK_LABEL_SIZE])
{
  double size = fabs (value);
  int power = isfinite (value) && size > 0 ? (int) floor (log10 (size)) : 0;

  return gsc_ticks_format (value, power - digits + 1, power < -4 || power > 6, label);
}

const char *
gsc_figure_pages_print_count (GscFigurePage *page, gint64 count)
{
  char text[GSC_TICK_LABEL_SIZE];

  return gsc_figure_page_print (page, "%s", gsc_figure_pages_format_count (count, text));
}

void
gsc_figure_pages_split (const GscRect *area, double gap, GscRect halves[2])
{
  halves[0] = halves[1] = *area;
  if (area->width >= area->height)
    {
      halves[0].width = halves[1].width = MAX ((area->width - gap) / 2, 1);
      halves[1].x += halves[0].width + gap;
    }
  else
    {
      halves[0].height = halves[1].height = MAX ((area->height - gap) / 2, 1);
      halves[1].y += halves[0].height + gap;
    }
}
