/* gsc-cli-bench.c - grokscope-cli bench
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-benchmark.h"
#include "gsc-cli-recipe.h"
#include "gsc-cli.h"
#include "gsc-json-writer.h"
#include "gsc-sweep-bench.h"
#include "gsc-text-table.h"

#define SLOW_STEP 20.0 /* seconds */
#define MAX_SECONDS 86400.0
#define MAX_RUNS 256

/* A GscBenchmarkFunc */
static void
on_first_step (double step_seconds, gpointer data)
{
  if (step_seconds > SLOW_STEP)
    gsc_cli_say (_ ("One step takes %.0f s here, so that this will take some minutes."),
                 step_seconds);
}

static void
print_json (const GscBenchmark *result)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;
  const struct
  {
    const char *name;
    double number;
  } members[] = {
    { "steps_per_second", result->steps_per_second },
    { "tokens_per_second", result->tokens_per_second },
    { "real_gflops", result->real_gflops },
    { "dense_gflops", result->dense_gflops },
    { "peak_gflops", result->peak_gflops },
    { "real_share", result->real_share },
    { "dense_share", result->dense_share },
  };

  gsc_json_writer_begin_object (&json);
  gsc_json_writer_name (&json, "threads");
  gsc_json_writer_int (&json, result->threads);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      gsc_json_writer_name (&json, members[i].name);
      gsc_json_writer_number (&json, members[i].number);
    }
  gsc_json_writer_end_object (&json);
  gsc_json_writer_finish (&json);
}

static void
add_row (GscTextTable *table, const char *name, const char *unit, double number, double share)
{
  gsc_text_table_add (table, "%s", name);
  gsc_text_table_add (table, number < 100 ? "%.2f" : "%.0f", number);
  gsc_text_table_add (table, "%s", unit);
  if (share > 0.0)
    gsc_text_table_add (table, _ ("%.2f of the peak"), share);
  else
    gsc_text_table_add (table, "%s", "");
}

static void
print_text (const GscConfig *config, const GscBenchmark *result)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("lrll");
  g_autofree char *recipe = gsc_cli_recipe_describe (config);

  gsc_cli_print (ngettext ("%s\n%u thread\n\n", "%s\n%u threads\n\n", result->threads), recipe,
                 result->threads);
  add_row (table, _ ("training"), _ ("steps/s"), result->steps_per_second, 0.0);
  add_row (table, "", _ ("ms a step"), 1000.0 / result->steps_per_second, 0.0);
  add_row (table, "", _ ("tokens/s"), result->tokens_per_second, 0.0);
  add_row (table, _ ("computed"), "GFLOP/s", result->real_gflops, result->real_share);
  add_row (table, _ ("dense equivalent"), "GFLOP/s", result->dense_gflops, result->dense_share);
  add_row (table, _ ("sgemm peak here"), "GFLOP/s", result->peak_gflops, 0.0);
  gsc_text_table_print (table, 0);
  gsc_cli_print (
      _ ("\nThe dense equivalent is what a plain implementation would have had to compute for "
         "the same\nsteps; the difference is saved, exactly.\n"));
}

/* Several runs at once */

static GscCliStatus
measure_runs (const GscConfig *config, guint runs, double seconds, gboolean json)
{
  g_autoptr (GError) error = NULL;
  GscSweepBench result;

  if (!gsc_sweep_bench_run (config, runs, seconds, &result, &error))
    return gsc_cli_fail (error);
  if (json)
    {
      GscJsonWriter writer = GSC_JSON_WRITER_INIT;

      gsc_json_writer_begin_object (&writer);
      gsc_json_writer_name (&writer, "runs");
      gsc_json_writer_int (&writer, result.runs);
      gsc_json_writer_name (&writer, "alone_steps_per_second");
      gsc_json_writer_number (&writer, result.alone_steps_per_second);
      gsc_json_writer_name (&writer, "together_steps_per_second");
      gsc_json_writer_number (&writer, result.together_steps_per_second);
      gsc_json_writer_name (&writer, "share");
      gsc_json_writer_number (&writer, result.share);
      gsc_json_writer_end_object (&writer);
      gsc_json_writer_finish (&writer);
    }
  else
    gsc_cli_print (_ ("One run alone, one thread: %.2f steps/s\n"
                      "%u runs at once, one thread each: %.2f steps/s together\n"
                      "That is %.2f of %u times one alone.\n"),
                   result.alone_steps_per_second, result.runs, result.together_steps_per_second,
                   result.share, result.runs);
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_bench (int argc, char **argv)
{
  g_auto (GscCliRecipe) recipe = GSC_CLI_RECIPE_INIT;
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  gboolean json = FALSE;
  int threads = 0;
  int runs = 0;
  double seconds = 10.0;
  GscConfig config;
  GscBenchmark result;
  const GOptionEntry entries[] = {
    GSC_CLI_RECIPE_ENTRIES (recipe),
    { "threads", 't', 0, G_OPTION_ARG_INT, &threads,
      N_ ("Use so many threads (default: one per processor)"), N_ ("N") },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds, N_ ("Measure for so long (default: 10)"),
      N_ ("S") },
    { "runs", 0, 0, G_OPTION_ARG_INT, &runs,
      N_ ("Instead compare N runs at once, one thread each, with one alone"), N_ ("N") },
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .summary
    = N_ ("Measures how fast this machine trains a recipe (that of the preset “quick” if "
          "nothing else\nis said), and in turn how fast its matrix products are at best. Nothing "
          "is kept. Close\nother programs first."),
    .entries = entries,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  if (!gsc_cli_check_threads (argv[0], threads, &status))
    return status;
  if (!(seconds > 0.0 && seconds <= MAX_SECONDS))
    return gsc_cli_misused (argv[0], _ ("The number of seconds must be above 0 and at most %.0f."),
                            MAX_SECONDS);
  if (runs < 0 || runs > MAX_RUNS)
    return gsc_cli_misused (argv[0], _ ("The number of runs must be from 1 to %d."), MAX_RUNS);
  if (runs > 0 && threads > 0)
    return gsc_cli_misused (argv[0], _ ("With --runs each run has one thread: no --threads."));
  gsc_config_init_default (&config);
  status = gsc_cli_recipe_read (&recipe, &config);
  if (status != GSC_CLI_OK)
    return status;
  if (runs > 0)
    return measure_runs (&config, (guint) runs, seconds, json);
  if (!gsc_benchmark_run (&config, (guint) threads, seconds, on_first_step, NULL, &result, &error))
    return gsc_cli_fail (error);
  if (json)
    print_json (&result);
  else
    print_text (&config, &result);
  return GSC_CLI_OK;
}
