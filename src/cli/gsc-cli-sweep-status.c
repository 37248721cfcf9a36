/* gsc-cli-sweep-status.c - grokscope-cli sweep status and sweep list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli-sweep.h"
#include "gsc-json-writer.h"
#include "gsc-text-table.h"

static const char *
get_state_title (GscSweepState state)
{
  static const char *const titles[GSC_SWEEP_N_STATES]
      = { N_ ("to do"), N_ ("begun"), N_ ("training"), N_ ("finished"), N_ ("failed") };

  return _ (titles[state]);
}

static void
statuses_free (GscSweepStatus *statuses, guint n)
{
  for (guint i = 0; i < n; i++)
    gsc_sweep_status_clear (&statuses[i]);
  g_free (statuses);
}

static void
print_json (const GscSweep *sweep, const GscSweepStatus *statuses, const guint *counts)
{
  GscJsonWriter json = GSC_JSON_WRITER_INIT;

  gsc_json_writer_begin_object (&json);
  gsc_json_writer_name (&json, "name");
  gsc_json_writer_string (&json, sweep->name);
  gsc_json_writer_name (&json, "counts");
  gsc_json_writer_begin_object (&json);
  for (guint i = 0; i < GSC_SWEEP_N_STATES; i++)
    {
      gsc_json_writer_name (&json, gsc_sweep_state_get_name ((GscSweepState) i));
      gsc_json_writer_int (&json, counts[i]);
    }
  gsc_json_writer_end_object (&json);
  gsc_json_writer_name (&json, "runs");
  gsc_json_writer_begin_array (&json);
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      gsc_json_writer_begin_object (&json);
      gsc_json_writer_name (&json, "run");
      gsc_json_writer_string (&json, sweep->cells[i].name);
      gsc_json_writer_name (&json, "state");
      gsc_json_writer_string (&json, gsc_sweep_state_get_name (statuses[i].state));
      gsc_json_writer_name (&json, "step");
      gsc_json_writer_int (&json, statuses[i].step);
      gsc_json_writer_name (&json, "steps");
      gsc_json_writer_int (&json, sweep->cells[i].config.steps);
      gsc_json_writer_name (&json, "seconds");
      gsc_json_writer_number (&json, statuses[i].seconds);
      gsc_json_writer_name (&json, "why");
      gsc_json_writer_string (&json, statuses[i].why);
      gsc_json_writer_end_object (&json);
    }
  gsc_json_writer_end_array (&json);
  gsc_json_writer_end_object (&json);
  gsc_json_writer_finish (&json);
}

static void
print_text (const GscSweep *sweep, const GscSweepStatus *statuses, const guint *counts)
{
  g_autoptr (GscTextTable) table = gsc_text_table_new ("llrrl");

  if (sweep->name[0] != '\0')
    gsc_cli_print ("%s\n\n", sweep->name);
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_autofree char *time
          = statuses[i].seconds > 0 ? gsc_cli_format_duration (statuses[i].seconds) : g_strdup ("");

      gsc_text_table_add (table, "%s", sweep->cells[i].name);
      gsc_text_table_add (table, "%s", get_state_title (statuses[i].state));
      gsc_text_table_add (table, "%.0f/%.0f", (double) statuses[i].step,
                          (double) sweep->cells[i].config.steps);
      gsc_text_table_add (table, "%s", time);
      gsc_text_table_add (table, "%s", statuses[i].why != NULL ? statuses[i].why : "");
    }
  gsc_text_table_print (table, 0);
  gsc_cli_print ("\n");
  for (guint i = 0, n = 0; i < GSC_SWEEP_N_STATES; i++)
    if (counts[i] > 0)
      gsc_cli_print ("%s%u %s", n++ > 0 ? ", " : "", counts[i],
                     get_state_title ((GscSweepState) i));
  gsc_cli_print ("\n");
}

GscCliStatus
gsc_cli_sweep_status (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GscSweep) sweep = NULL;
  guint counts[GSC_SWEEP_N_STATES] = { 0 };
  gboolean json = FALSE;
  GscSweepStatus *statuses;
  const GOptionEntry entries[] = {
    { "json", 'j', 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("DIR"),
    .summary
    = N_ ("Says where each run of the sweep in the folder DIR stands: steps done, time of\n"
          "training, and why it was ended early or cannot be gone on with."),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 1,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  sweep = gsc_cli_sweep_load (arguments[0]);
  if (sweep == NULL)
    return GSC_CLI_FAILED;
  statuses = g_new0 (GscSweepStatus, sweep->n_cells);
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      gsc_sweep_get_status (sweep, arguments[0], i, &statuses[i], NULL);
      counts[statuses[i].state]++;
    }
  if (json)
    print_json (sweep, statuses, counts);
  else
    print_text (sweep, statuses, counts);
  statuses_free (statuses, sweep->n_cells);
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_sweep_list (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GscSweep) sweep = NULL;
  g_autofree char *number = NULL;
  gboolean all = FALSE;
  int threads = 1;
  const GOptionEntry entries[] = {
    { "threads", 't', 0, G_OPTION_ARG_INT, &threads, N_ ("Threads of each run (default: 1)"),
      N_ ("N") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Finished runs, too"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("[FILE] DIR"),
    .summary
    = N_ ("Prints one command a line that trains a run of the sweep in the folder DIR, for each "
          "run\nthat is not finished. With GNU parallel or with xargs, four at once:\n"
          "\n"
          "  grokscope-cli sweep list DIR | parallel -j 4\n"
          "  grokscope-cli sweep list DIR | xargs -d '\\n' -n 1 -P 4 sh -c"),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 2,
  };
  GscCliStatus status = GSC_CLI_OK;
  const char *folder;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  if (!gsc_cli_check_threads (argv[0], threads, &status))
    return status;
  sweep = gsc_cli_sweep_open (arguments, &folder, &status);
  if (sweep == NULL)
    return status;
  number = g_strdup_printf ("%d", threads);
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_auto (GscSweepStatus) cell = { .state = GSC_SWEEP_TO_DO };
      g_autofree char *command = gsc_cli_sweep_get_command (folder, sweep->cells[i].name, number);

      gsc_sweep_get_status (sweep, folder, i, &cell, NULL);
      if (all || cell.state != GSC_SWEEP_FINISHED)
        gsc_cli_print ("%s\n", command);
    }
  return GSC_CLI_OK;
}
