/* gsc-figure-difference.c - what the figures of a difference share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-difference.h"

#include <math.h>

#include <glib/gi18n.h>

/* A sum of tenths may miss the whole number by this. */
#define ROUNDING 1e-9

GscFigurePage *
gsc_figure_difference_begin (const GscFrame *frame,
                             const GscFigureOptions *options,
                             const GscStyle *style,
                             double width,
                             double height,
                             const char *title)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *settings = NULL;

  if (options->bare)
    return gsc_figure_page_new (style, width, height, NULL, NULL);
  a = gsc_figure_pages_describe (frame->run, gsc_frame_get_record (frame));
  b = gsc_figure_pages_describe (frame->beside->run, gsc_frame_get_record (frame->beside));
  /* Translators: two runs that are compared: each name is followed by a list of settings. */
  settings = g_strdup_printf (_ ("A: %s: %s, B: %s: %s"), frame->run->name, a,
                              frame->beside->run->name, b);
  return gsc_figure_page_new (style, width, height, title, settings);
}

GscColorScale
gsc_figure_difference_get_scale (double largest)
{
  double limit = isfinite (largest) ? MAX (ceil (10 * largest - ROUNDING), 1) / 10 : 1;

  return (GscColorScale){ GSC_COLOR_SCALE_DIVERGING, -limit, limit };
}

const char *
gsc_figure_difference_format (double difference, char label[GSC_TICK_LABEL_SIZE])
{
  char number[GSC_TICK_LABEL_SIZE];
  double rounded = round (100 * difference) / 100;

  if (!isfinite (difference))
    return gsc_figure_pages_format_share (NAN, label);
  g_snprintf (label, GSC_TICK_LABEL_SIZE, "%s%s", rounded > 0 ? "+" : "",
              gsc_ticks_format (rounded == 0 ? 0 : rounded, -2, FALSE, number));
  return label;
}
