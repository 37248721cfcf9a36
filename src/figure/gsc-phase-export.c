/* gsc-phase-export.c - phase diagrams as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-export.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "gsc-atomic-file.h"
#include "gsc-figure-export.h"
#include "gsc-figure-script.h"
#include "gsc-number.h"
#include "gsc-plain-locale.h"
#include "gsc-surface.h"

#define CREATOR "Grokscope " GSC_VERSION

/* A figure's good height is one for text of 8 points. */
static double
get_height (const GscPhaseFigure *figure, const GscFigurePaper *paper)
{
  double scale_factor = paper->text_size / 8;

  if (paper->height > 0)
    return paper->height;
  return scale_factor * gsc_phase_figure_get_height (figure, paper->width / scale_factor);
}

/* "NAME OF THE SWEEP: phase-diagram" (transfer full) */
static char *
get_whole_title (const GscPhaseFigure *figure, const char *name)
{
  const char *sweep = figure->parts[0].frame->name;

  return *sweep != '\0' ? g_strdup_printf ("%s: %s", sweep, name) : g_strdup (name);
}

static void
paint_page (cairo_t *cr, double width, double height, gpointer page)
{
  gsc_figure_page_paint (page, cr);
}

gboolean
gsc_phase_export (const GscPhaseFigure *figure,
                  const GscFigurePaper *paper,
                  const char *path,
                  GError **error)
{
  const GscPhaseFigureOptions options = { .bare = FALSE };
  double height = get_height (figure, paper);
  g_autofree char *title = get_whole_title (figure, figure->name);
  g_autofree char *subject = gsc_phase_figure_describe (figure);
  const GscSurfaceInfo info = {
    .title = title, .subject = subject, .creator = CREATOR, .transparent = paper->transparent
  };
  g_autoptr (GscFigurePage) page = NULL;
  GscStyle style;

  gsc_figure_paper_init_style (paper, &style);
  page = gsc_phase_figure_lay_out (figure, &options, &style, paper->width, height);
  gsc_figure_page_set_transparent (page, paper->transparent);
  return gsc_surface_write (path, paper->width, height, paper->dpi, &info, paint_page, page, error);
}

/* What a table is of */

/* As a JSON string; as Python's, too. */
static void
append_quoted (GString *text, const char *string)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  g_autofree char *valid = g_utf8_make_valid (string, -1);
  g_autofree char *quoted = NULL;

  json_node_set_string (node, valid);
  quoted = json_to_string (node, FALSE);
  g_string_append (text, quoted);
}

/* "  "name": " of the next member. */
static void
append_name (GString *json, const char *name)
{
  g_string_append_printf (json, "%s  \"%s\": ", json->len > 2 ? ",\n" : "", name);
}

static void
add_text (GString *json, const char *name, const char *text)
{
  append_name (json, name);
  append_quoted (json, text);
}

/* An axis of the plane, or null. */
static void
add_axis (GString *json, const char *name, const GscPhaseAxis *axis)
{
  append_name (json, name);
  if (axis->key == NULL)
    {
      g_string_append (json, "null");
      return;
    }
  g_string_append_printf (json, "{ \"key\": \"%s\", \"values\": [", axis->key);
  for (guint i = 0; i < axis->n; i++)
    {
      g_string_append (json, i > 0 ? ", " : "");
      append_quoted (json, axis->names[i]);
    }
  g_string_append (json, "] }");
}

static void
add_columns (GString *json, const GscPhaseFigure *figure)
{
  g_autoptr (GscFigureTable) table = gsc_phase_figure_tabulate (figure);

  append_name (json, "columns");
  for (guint i = 0; i < table->n_columns; i++)
    {
      g_string_append (json, i > 0 ? ", " : "[");
      append_quoted (json, table->columns[i]);
    }
  g_string_append_c (json, ']');
  append_name (json, "rows");
  g_string_append_printf (json, "%u", table->n_rows);
}

static void
add_recipe (GString *json, const GscConfig *config)
{
  g_autofree char *text = gsc_config_to_text (config);
  g_auto (GStrv) lines = g_strsplit (g_strstrip (text), "\n", -1);
  g_autofree char *indented = g_strjoinv ("\n  ", lines);

  append_name (json, "recipe_of_the_first_run");
  g_string_append (json, indented);
}

char *
gsc_phase_export_describe (const GscPhaseFigure *figure)
{
  g_auto (GscPlainLocale) plain = gsc_plain_locale_begin ();
  const GscPhaseFrame *frame = figure->parts[0].frame;
  g_autofree char *title = gsc_phase_figure_get_title (figure);
  g_autofree char *summary = gsc_phase_figure_summarise (figure);
  g_autofree char *settings = gsc_phase_figure_describe (figure);
  GString *json = g_string_new ("{\n");
  char number[GSC_NUMBER_TEXT_SIZE];

  add_text (json, "figure", figure->name);
  add_text (json, "title", title);
  add_text (json, "summary", summary);
  add_text (json, "settings", settings);
  add_text (json, "program", CREATOR);
  add_text (json, "sweep", frame->name);
  add_text (json, "early_stopped_by", gsc_set_get_name (frame->set));
  append_name (json, "thresholds");
  g_string_append_c (json, '{');
  for (guint set = 0; set < GSC_N_SETS; set++)
    g_string_append_printf (json, "%s\"%s\": %s", set > 0 ? ", " : " ",
                            gsc_set_get_name ((GscSet) set),
                            gsc_number_format (frame->thresholds[set], number));
  g_string_append (json, " }");
  add_axis (json, "across", &frame->across);
  add_axis (json, "up", &frame->up);
  if (frame->together != NULL)
    add_text (json, "mean_over", frame->together);
  add_columns (json, figure);
  add_recipe (json, &frame->base);
  g_string_append (json, "\n}\n");
  return g_string_free (json, FALSE);
}

/* Tables */

/* The rows of the table that a map is drawn from, and what it shows of them, as a Python tuple. */
static void
append_part (GString *script, const GscPhaseFigure *figure, guint index)
{
  const GscPhasePart *part = &figure->parts[index];
  const GscPhaseFrame *frame = part->frame;
  g_autofree char *caption = gsc_phase_figure_get_caption (figure, index);

  g_string_append_printf (script, "    (\"%s\", {\"moment\": \"%s\"",
                          gsc_phase_map_get_name (part->map),
                          gsc_sweep_moment_get_name (frame->view.moment));
  for (guint i = 0; frame->fixed_keys[i] != NULL; i++)
    {
      g_string_append_printf (script, ", \"%s\": ", frame->fixed_keys[i]);
      append_quoted (script, frame->fixed_values[i]);
    }
  g_string_append (script, "}, ");
  append_quoted (script, caption);
  g_string_append (script, "),\n");
}

static char *
make_script (const GscPhaseFigure *figure, const GscFigurePaper *paper, const char *csv_name)
{
  g_auto (GscPlainLocale) plain = gsc_plain_locale_begin ();
  const GscPhaseFrame *frame = figure->parts[0].frame;
  g_autofree char *own_title = gsc_phase_figure_get_title (figure);
  g_autofree char *title = get_whole_title (figure, own_title);
  g_autofree char *settings = gsc_phase_figure_describe (figure);
  const GscPhaseAxis *across = &frame->across, *up = &frame->up;
  GString *script = g_string_new ("#!/usr/bin/env python3\n"
                                  "# Draws a figure of Grokscope again, from its table and nothing "
                                  "else.\n"
                                  "# Usage: python3 THIS_FILE [OUT.pdf|.svg|.png]\n\n");

  gsc_figure_script_append_text (script, "CSV", csv_name);
  gsc_figure_script_append_text (script, "TITLE", title);
  gsc_figure_script_append_text (script, "SETTINGS", settings);
  gsc_figure_script_append_number (script, "WIDTH", paper->width / 72);
  gsc_figure_script_append_number (script, "HEIGHT", get_height (figure, paper) / 72);
  gsc_figure_script_append_number (script, "TEXT_SIZE", paper->text_size);
  gsc_figure_script_append_text (script, "ACROSS", across->key != NULL ? across->key : "");
  gsc_figure_script_append_text (script, "UP", up->key != NULL ? up->key : "");
  gsc_figure_script_append_text (script, "ACROSS_TITLE",
                                 across->key != NULL ? _ (across->title) : "");
  gsc_figure_script_append_text (script, "UP_TITLE", up->key != NULL ? _ (up->title) : "");
  g_string_append (script, "PARTS = [\n");
  for (guint i = 0; i < figure->n_parts; i++)
    append_part (script, figure, i);
  g_string_append (script, "]\n\n");
  gsc_figure_script_append_part (script, "common");
  g_string_append_c (script, '\n');
  gsc_figure_script_append_part (script, "phase-diagram");
  g_string_append (script, "\nfinish()\n");
  return g_string_free (script, FALSE);
}

gboolean
gsc_phase_export_table (const GscPhaseFigure *figure,
                        const GscFigurePaper *paper,
                        const char *path,
                        GError **error)
{
  g_autoptr (GscFigureTable) table = gsc_phase_figure_tabulate (figure);
  g_autofree char *csv = gsc_figure_table_to_csv (table);
  g_autofree char *json = gsc_phase_export_describe (figure);
  g_autofree char *csv_name = g_path_get_basename (path);
  g_autofree char *script = make_script (figure, paper, csv_name);

  return gsc_atomic_file_write (path, csv, strlen (csv), error)
         && gsc_figure_export_write_beside (path, ".json", json, error)
         && gsc_figure_export_write_beside (path, ".py", script, error);
}
