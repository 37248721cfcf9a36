/* gsc-figure-pages.c - what the pages of gsc-figure.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-pages.h"

#include <math.h>

#include "gsc-number.h"

char *
gsc_figure_pages_describe (const GscRunData *data, const GscRecord *record)
{
  const GscConfig *config = &data->config;
  GString *text = g_string_new (NULL);
  char alpha[GSC_NUMBER_TEXT_SIZE];
  char step[GSC_TICK_LABEL_SIZE];

  g_string_append_printf (text, "p = %d, %d of %d tasks, α = %s, S = %d, d = %d, H = %d, L = %d, ",
                          config->p, config->tasks, config->p * config->p,
                          gsc_number_format (config->alpha, alpha), config->shots, config->width,
                          config->heads, config->depth);
  g_string_append_printf (text, "%s, seed %" G_GINT64_FORMAT,
                          config->optimizer == GSC_OPTIMIZER_MUON ? "Muon" : "AdamW", config->seed);
  if (record != NULL)
    g_string_append_printf (text, ", step %s",
                            gsc_ticks_format ((double) record->step, 0, FALSE, step));
  return g_string_free (text, FALSE);
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

      settings
          = g_strdup_printf ("%s, %u %s ablated", whole, ablated, ablated == 1 ? "head" : "heads");
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
  static const char *const titles[GSC_N_SETS]
      = { "i.d./train", "i.d./test", "o.o.d./train", "o.o.d./test" };

  return titles[set];
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

void
gsc_figure_pages_append_share (GString *text, double share)
{
  char label[GSC_TICK_LABEL_SIZE];

  g_string_append (text, isfinite (share) ? gsc_ticks_format (share, -2, FALSE, label) : "–");
}

void
gsc_figure_pages_append_count (GString *text, gint64 count)
{
  char label[GSC_TICK_LABEL_SIZE];

  g_string_append (text, gsc_ticks_format ((double) count, 0, FALSE, label));
}

void
gsc_figure_pages_append_percent (GString *text, double share)
{
  g_string_append_printf (text, "%.0f %%", 100 * share);
}

void
gsc_figure_pages_append_sets (GString *text, const double values[GSC_N_SETS], const char *separator)
{
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      g_string_append_printf (text, "%s%s ", i > 0 ? separator : "",
                              gsc_figure_pages_get_set_title (i));
      gsc_figure_pages_append_share (text, values[i]);
    }
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

  return gsc_figure_page_print (page, "%s", gsc_ticks_format ((double) count, 0, FALSE, text));
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
