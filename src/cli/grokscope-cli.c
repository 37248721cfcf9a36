/* grokscope-cli.c - the command-line tool: picks the subcommand
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli.h"
#include "gsc-nearest-name.h"

static const GscCliCommand commands[] = {
  { "presets", N_ ("list the presets, or print one recipe"), gsc_cli_presets },
  { "train", N_ ("train a model into a run folder, or go on with one"), gsc_cli_train },
  { "eval", N_ ("measure a model on the four sets, per shot"), gsc_cli_eval },
  { "predict", N_ ("ask a model, and show what explains its answers"), gsc_cli_predict },
  { "analyse", N_ ("look inside a model: heads, projections, skills"), gsc_cli_analyse },
  { "figures", N_ ("draw the figures of a run for print"), gsc_cli_figures },
  { "report", N_ ("write settings, results and figures of a run as one file"), gsc_cli_report },
  { "animate", N_ ("film the training of a run"), gsc_cli_animate },
  { "info", N_ ("say what a run or a model file holds"), gsc_cli_info },
  { "runs", N_ ("compare runs: peak, drop, phase"), gsc_cli_runs },
  { "sweep", N_ ("train many runs that differ in a few keys: phase diagrams"), gsc_cli_sweep },
  { "archive", N_ ("write a run as one file"), gsc_cli_archive },
  { "unarchive", N_ ("unpack a run from such a file"), gsc_cli_unarchive },
  { "convert", N_ ("write a model as .safetensors"), gsc_cli_convert },
  { "bench", N_ ("measure training speed on this machine"), gsc_cli_bench },
};

const GscCliCommand *
gsc_cli_get_commands (guint *n_commands)
{
  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}

static void
print_help (void)
{
  gsc_cli_print (
      _ ("Usage: grokscope-cli COMMAND [OPTION…] [ARGUMENT…]\n"
         "\n"
         "Trains small transformers that learn modular arithmetic from examples in their "
         "context,\n"
         "and looks into them.\n"
         "\n"
         "Commands:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    gsc_cli_print ("  %-9s %s\n", commands[i].name, _ (commands[i].summary));
  gsc_cli_print (_ ("\n"
                    "“grokscope-cli COMMAND --help” says more about a command; the manual is "
                    "grokscope-cli(1).\n"
                    "\n"
                    "Exit codes: 0 fine, 1 failed, 2 wrong usage.\n"));
}

static GscCliStatus
report_unknown (const char *name)
{
  g_autofree char *quoted = gsc_nearest_name_quote (name);
  const char *names[G_N_ELEMENTS (commands) + 1] = { NULL };

  if (name[0] == '-')
    gsc_cli_say (_ ("There is no option “%s”; options follow the command."), quoted);
  else
    {
      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        names[i] = commands[i].name;
      gsc_cli_say (_ ("There is no command “%s”; the nearest one is “%s”."), quoted,
                   gsc_nearest_name (name, names));
    }
  g_printerr (_ ("“%s --help” lists the commands.\n"), gsc_cli_get_program ());
  return GSC_CLI_USAGE;
}

static GscCliStatus
run (int argc, char **argv)
{
  if (argc < 2)
    {
      gsc_cli_say (_ ("A command is needed."));
      g_printerr (_ ("“%s --help” lists the commands.\n"), gsc_cli_get_program ());
      return GSC_CLI_USAGE;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      gsc_cli_print ("grokscope-cli %s\n", GSC_VERSION);
      return GSC_CLI_OK;
    }
  if (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")
      || g_str_equal (argv[1], "help"))
    {
      print_help ();
      return GSC_CLI_OK;
    }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (argv[1], commands[i].name))
      {
        g_autofree char *name = g_strdup_printf ("grokscope-cli %s", commands[i].name);

        g_set_prgname (name); /* for the usage line of --help */
        return commands[i].run (argc - 1, argv + 1);
      }
  return report_unknown (argv[1]);
}

int
main (int argc, char **argv)
{
  gsc_cli_init (argc > 0 ? argv[0] : NULL);
  return gsc_cli_finish (run (argc, argv));
}
