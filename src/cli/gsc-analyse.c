/* gsc-analyse.c - what the kinds of `grokscope-cli analyse` share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyse.h"

#include <stdio.h>
#include <unistd.h>

#include "gsc-cli.h"

#define REDRAW_INTERVAL 100000 /* microseconds */

/* Of a line of text. */
#define COLUMNS 80

/* Progress */

static gint64 redrawn = 0; /* when the line was last drawn; 0: it is not there */

static gboolean
can_rewrite (void)
{
  return isatty (STDERR_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

void
gsc_analyse_show_progress (double done, gpointer data)
{
  gint64 now = g_get_monotonic_time ();

  if (now - redrawn < REDRAW_INTERVAL || !can_rewrite ())
    return;
  redrawn = now;
  g_printerr ("\r");
  g_printerr (_ ("%.0f %% done; Ctrl+C stops"), 100 * done);
  g_printerr ("\033[K");
}

void
gsc_analyse_end_progress (void)
{
  if (redrawn != 0)
    g_printerr ("\r\033[K");
  redrawn = 0;
}

/* Text */

static void
print_ablated (const GscAnalyse *analyse)
{
  const GscAblation *ablation = analyse->subject.ablation;
  const GscModelConfig *model = gsc_model_get_config (analyse->subject.model);
  g_autoptr (GString) text = g_string_new (NULL);

  for (int layer = 0; layer < model->depth; layer++)
    for (int head = 0; head < model->heads; head++)
      {
        GscAblationMode mode = gsc_ablation_get (ablation, (guint) layer, (guint) head);

        if (mode != GSC_ABLATION_NONE)
          g_string_append_printf (text, "%s%d:%d (%s)", text->len > 0 ? ", " : "", layer + 1,
                                  head + 1,
                                  mode == GSC_ABLATION_MEAN ? _ ("its mean") : _ ("zero"));
      }
  /* Translators: heads as layer:head */
  gsc_cli_print (_ ("Ablated heads: %s\n"), text->str);
}

void
gsc_analyse_print_heading (const GscAnalyse *analyse)
{
  g_autofree char *recipe = gsc_cli_recipe_describe (&analyse->source->config);

  gsc_cli_print ("%s\n", recipe);
  if (analyse->source->step >= 0)
    gsc_cli_print (_ ("Weights after step %.0f\n"), (double) analyse->source->step);
  if (gsc_ablation_count (analyse->subject.ablation) > 0)
    print_ablated (analyse);
  gsc_cli_print ("\n");
}

/* Lines are broken between examples only. */
void
gsc_analyse_print_context (const GscAnalyse *analyse, guint n_tokens)
{
  g_autoptr (GString) line = g_string_new (NULL);

  if (analyse->a >= 0)
    gsc_cli_print (_ ("Task z = %d x + %d y mod %d\n"), analyse->a, analyse->b, analyse->subject.p);
  g_string_append (line, _ ("Context:"));
  for (guint i = 0; i < n_tokens; i += 3)
    {
      g_autoptr (GString) example = g_string_new (i > 0 ? " |" : "");

      for (guint j = i; j < MIN (i + 3, n_tokens); j++)
        g_string_append_printf (example, " %d", analyse->tokens[j]);
      if (g_utf8_strlen (line->str, -1) + g_utf8_strlen (example->str, -1) > COLUMNS)
        {
          gsc_cli_print ("%s\n", line->str);
          g_string_assign (line, " ");
        }
      g_string_append (line, example->str);
    }
  gsc_cli_print ("%s\n", line->str);
}

/* JSON */

static void
add_ablated (const GscAnalyse *analyse, GscJsonWriter *json)
{
  const GscAblation *ablation = analyse->subject.ablation;
  const GscModelConfig *model = gsc_model_get_config (analyse->subject.model);

  gsc_json_writer_name (json, "ablated");
  gsc_json_writer_begin_array (json);
  for (int layer = 0; ablation != NULL && layer < model->depth; layer++)
    for (int head = 0; head < model->heads; head++)
      {
        GscAblationMode mode = gsc_ablation_get (ablation, (guint) layer, (guint) head);

        if (mode == GSC_ABLATION_NONE)
          continue;
        gsc_json_writer_begin_object (json);
        gsc_analyse_add_int (json, "layer", layer + 1);
        gsc_analyse_add_int (json, "head", head + 1);
        gsc_analyse_add_string (json, "mode", mode == GSC_ABLATION_MEAN ? "mean" : "zero");
        gsc_json_writer_end_object (json);
      }
  gsc_json_writer_end_array (json);
}

void
gsc_analyse_begin_json (const GscAnalyse *analyse, GscJsonWriter *json)
{
  gsc_json_writer_begin_object (json);
  gsc_analyse_add_string (json, "what", analyse->what);
  gsc_json_writer_name (json, "step");
  if (analyse->source->step >= 0)
    gsc_json_writer_int (json, analyse->source->step);
  else
    gsc_json_writer_null (json);
  gsc_analyse_add_int (json, "p", analyse->subject.p);
  add_ablated (analyse, json);
}

void
gsc_analyse_end_json (GscJsonWriter *json)
{
  gsc_json_writer_end_object (json);
  gsc_json_writer_finish (json);
}

void
gsc_analyse_add_int (GscJsonWriter *json, const char *name, gint64 value)
{
  gsc_json_writer_name (json, name);
  gsc_json_writer_int (json, value);
}

void
gsc_analyse_add_number (GscJsonWriter *json, const char *name, double value)
{
  gsc_json_writer_name (json, name);
  gsc_json_writer_number (json, value);
}

void
gsc_analyse_add_string (GscJsonWriter *json, const char *name, const char *value)
{
  gsc_json_writer_name (json, name);
  gsc_json_writer_string (json, value);
}

void
gsc_analyse_add_bytes (GscJsonWriter *json, const char *name, const guint8 *values, guint n)
{
  gsc_json_writer_name (json, name);
  gsc_json_writer_begin_array (json);
  for (guint i = 0; i < n; i++)
    gsc_json_writer_int (json, values[i]);
  gsc_json_writer_end_array (json);
}

void
gsc_analyse_add_context (const GscAnalyse *analyse, GscJsonWriter *json, guint n_tokens)
{
  gsc_json_writer_name (json, "task");
  if (analyse->a >= 0)
    {
      gsc_json_writer_begin_array (json);
      gsc_json_writer_int (json, analyse->a);
      gsc_json_writer_int (json, analyse->b);
      gsc_json_writer_end_array (json);
    }
  else
    gsc_json_writer_null (json);
  gsc_json_writer_name (json, "context");
  gsc_json_writer_begin_array (json);
  for (guint i = 0; i < n_tokens; i++)
    gsc_json_writer_int (json, analyse->tokens[i]);
  gsc_json_writer_end_array (json);
}

/* CSV */

void
gsc_analyse_print_csv (GscFigureTable *table)
{
  g_autofree char *csv = gsc_figure_table_to_csv (table);

  fputs (csv, stdout); /* numbers and names, not text for the locale's character set */
  gsc_figure_table_free (table);
}

gboolean
gsc_analyse_wants_head (const GscAnalyse *analyse, int layer, int head)
{
  return (analyse->layer < 0 || analyse->layer == layer)
         && (analyse->head < 0 || analyse->head == head);
}
