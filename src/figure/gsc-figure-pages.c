/* gsc-figure-pages.c - what the pages of gsc-figure.h share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-pages.h"

#include "gsc-number.h"

char *
gsc_figure_pages_describe (const GscFigureData *data, const GscRecord *record)
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
