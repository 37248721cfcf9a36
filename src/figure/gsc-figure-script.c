/* gsc-figure-script.c - a Python script that draws a figure again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A script is made of a heading with what differs from figure to figure, scripts/common.py and
 * scripts/NAME.py, each without the comment that it begins with.
 */

#include "gsc-figure-script.h"

#include <string.h>

#include "gsc-figure-pages.h"
#include "gsc-plain-locale.h"

/* Compiled from scripts.gresource.xml. */
extern GResource *gsc_figure_scripts_get_resource (void);

void
gsc_figure_script_append_part (GString *script, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/gsc/figure/scripts/%s.py", name);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (gsc_figure_scripts_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  const char *text, *end;
  gsize length;

  g_return_if_fail (bytes != NULL);
  text = g_bytes_get_data (bytes, &length);
  end = text + length;
  while (text < end && (*text == '#' || *text == '\n'))
    {
      const char *line = memchr (text, '\n', (gsize) (end - text));

      text = line != NULL ? line + 1 : end;
    }
  g_string_append_len (script, text, end - text);
}

void
gsc_figure_script_append_text (GString *script, const char *name, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) quoted = g_string_new (NULL);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '"' || c == '\\')
        g_string_append_printf (quoted, "\\%c", (char) c);
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (quoted, "\\x%02x", c);
      else
        g_string_append_unichar (quoted, c);
    }
  g_string_append_printf (script, "%s = \"%s\"\n", name, quoted->str);
}

void
gsc_figure_script_append_number (GString *script, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (script, "%s = %s\n", name,
                          g_ascii_formatd (text, sizeof text, "%.10g", value));
}

static const char *
get_measure_title (const GscFigureOptions *options)
{
  switch (options->measure)
    {
    case GSC_MEASURE_LAST_ACCURACY:
      return "accuracy at the last shot";
    case GSC_MEASURE_ACCURACY:
      return "accuracy";
    case GSC_MEASURE_LOSS:
    default:
      return "loss";
    }
}

char *
gsc_figure_script_make (const GscFigurePanel *panel,
                        const GscFrame *frame,
                        const char *csv_name,
                        const GscFigurePaper *paper,
                        double height)
{
  const GscFigureOptions *options = &panel->options;
  g_auto (GscPlainLocale) plain = gsc_plain_locale_begin ();
  const GscRecord *record = gsc_frame_get_record (frame);
  g_autofree char *settings = gsc_figure_pages_describe (frame->run, record);
  g_autofree char *title
      = g_strdup_printf ("%s of %s", gsc_figure_get_title (panel->figure), frame->run->name);
  GString *script = g_string_new ("#!/usr/bin/env python3\n"
                                  "# Draws a figure of Grokscope again, from its table and nothing "
                                  "else.\n"
                                  "# Usage: python3 THIS_FILE [OUT.pdf|.svg|.png]\n\n");

  gsc_figure_script_append_text (script, "CSV", csv_name);
  gsc_figure_script_append_text (script, "TITLE", title);
  gsc_figure_script_append_text (script, "SETTINGS", settings);
  gsc_figure_script_append_number (script, "WIDTH", paper->width / 72);
  gsc_figure_script_append_number (script, "HEIGHT", height / 72);
  gsc_figure_script_append_number (script, "TEXT_SIZE", paper->text_size);
  gsc_figure_script_append_number (script, "P", frame->run->config.p);
  gsc_figure_script_append_number (script, "SHOTS", frame->run->config.shots);
  gsc_figure_script_append_text (script, "MEASURE", get_measure_title (options));
  gsc_figure_script_append_number (script, "STEP", record != NULL ? (double) record->step : -1);
  g_string_append_printf (script, "LOGARITHMIC_STEPS = %s\n",
                          options->logarithmic_steps ? "True" : "False");
  gsc_figure_script_append_text (script, "LABELS",
                                 options->labels == GSC_LABELS_LOG ? "log" : "value");
  g_string_append_printf (script, "PARITY = %s\n\n", options->parity_colors ? "True" : "False");
  gsc_figure_script_append_part (script, "common");
  g_string_append_c (script, '\n');
  gsc_figure_script_append_part (script, gsc_figure_get_name (panel->figure));
  g_string_append (script, "\nfinish()\n");
  return g_string_free (script, FALSE);
}
