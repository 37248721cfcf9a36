/* gsc-cli-presets.c - grokscope-cli presets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-benchmark.h"
#include "gsc-cli.h"
#include "gsc-json-writer.h"
#include "gsc-preset.h"

#define NAME_WIDTH 11

/* Seconds the whole recipe would take here, evaluation left out; -1 where it is not worth an
 * estimate. */
static double
estimate (const GscPreset *preset)
{
  double step;

  if (!preset->paper)
    return -1.0;
  step = gsc_benchmark_estimate_step (&preset->config, 0, NULL);
  return step > 0.0 ? step * (double) preset->config.steps : -1.0;
}

/* One preset; with its estimate where @seconds is not NULL. */
static void
write_preset (GscJsonWriter *json, const GscPreset *preset, const double *seconds)
{
  g_autofree char *config = g_strchomp (gsc_config_to_text (&preset->config));

  gsc_json_writer_begin_object (json);
  gsc_json_writer_name (json, "name");
  gsc_json_writer_string (json, preset->name);
  gsc_json_writer_name (json, "title");
  gsc_json_writer_string (json, preset->title);
  gsc_json_writer_name (json, "shows");
  gsc_json_writer_string (json, preset->shows);
  gsc_json_writer_name (json, "look");
  gsc_json_writer_string (json, preset->look);
  gsc_json_writer_name (json, "paper");
  gsc_json_writer_boolean (json, preset->paper);
  if (seconds != NULL)
    {
      gsc_json_writer_name (json, "estimated_seconds");
      if (*seconds >= 0.0)
        gsc_json_writer_number (json, *seconds);
      else
        gsc_json_writer_null (json);
    }
  gsc_json_writer_name (json, "config");
  gsc_json_writer_raw (json, config);
  gsc_json_writer_end_object (json);
}

static void
list (gboolean as_json)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;
  guint n_presets;
  const GscPreset *presets = gsc_preset_get_all (&n_presets);

  if (as_json)
    gsc_json_writer_begin_array (&json);
  for (guint i = 0; i < n_presets; i++)
    if (as_json)
      write_preset (&json, &presets[i], NULL);
    else
      {
        gsc_cli_print ("%-*s%s\n", NAME_WIDTH, presets[i].name, _ (presets[i].title));
        gsc_cli_print_paragraph (presets[i].shows, NAME_WIDTH);
        if (presets[i].paper)
          gsc_cli_print_paragraph (_ ("The paper's own recipe: days, weeks or months here."),
                                   NAME_WIDTH);
      }
  if (as_json)
    {
      gsc_json_writer_end_array (&json);
      gsc_json_writer_finish (&json);
      return;
    }
  gsc_cli_print (
      _ ("\n“%s presets NAME” prints a recipe, and how long the paper's would take on this "
         "machine.\n"),
      gsc_cli_get_program ());
}

static GscCliStatus
show (const char *name, gboolean as_json)
{
  g_autoptr (GError) error = NULL;
  const GscPreset *preset = gsc_preset_find (name, &error);
  g_autofree char *config = NULL;
  double seconds;

  if (preset == NULL)
    {
      gsc_cli_say ("%s", error->message);
      return GSC_CLI_USAGE;
    }
  if (!as_json)
    {
      /* The recipe alone goes to standard output, so that it can be kept in a file. */
      config = gsc_config_to_text (&preset->config);
      g_printerr ("%s: %s\n%s\n%s\n", preset->name, _ (preset->title), _ (preset->shows),
                  _ (preset->look));
    }
  seconds = estimate (preset);
  if (!as_json && seconds >= 0.0)
    {
      g_autofree char *duration = gsc_cli_format_duration (seconds);

      g_printerr (
          _ ("On this machine it would take about %s: an estimate from a few small steps just "
             "timed.\n"),
          duration);
    }
  if (as_json)
    {
      GscJsonWriter json = GSC_JSON_WRITER_INIT;

      write_preset (&json, preset, &seconds);
      gsc_json_writer_finish (&json);
    }
  else
    gsc_cli_print ("%s", config);
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_presets (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("[NAME]"),
    .summary
    = N_ ("Lists the presets, or prints the recipe of one as JSON that train --config reads. "
          "For the\npaper's recipes the time they would take on this machine is estimated, "
          "which takes some\nseconds itself."),
    .entries = entries,
    .max_arguments = 1,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  if (arguments[0] == NULL)
    {
      list (json);
      return GSC_CLI_OK;
    }
  return show (arguments[0], json);
}
