/* gsc-cli-report.c - grokscope-cli report
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyse.h"
#include "gsc-cli.h"
#include "gsc-interrupt.h"
#include "gsc-report.h"

typedef struct
{
  char *out;
  char *step;
  gboolean all_analyses;
  int threads;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->out);
  g_free (options->step);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static GscCliStatus
check (const Options *options, const char *command)
{
  g_autoptr (GError) error = NULL;
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_check_threads (command, options->threads, &status))
    return status;
  if (options->out == NULL)
    return gsc_cli_misused (command, _ ("Where to? Name a file with --out FILE.html or FILE.pdf."));
  if (!gsc_report_check_path (options->out, &error))
    return gsc_cli_misused (command, "%s", error->message);
  return GSC_CLI_OK;
}

static GscCliStatus
write_report (const Options *options, const char *run)
{
  g_autoptr (GscTeam) team = gsc_team_new ((guint) options->threads);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GscInterrupt) interrupt = gsc_interrupt_new (cancellable);
  g_autofree char *name = g_filename_display_name (options->out);
  g_autoptr (GError) error = NULL;
  const GscWatch watch = { .cancellable = cancellable, .progress = gsc_analyse_show_progress };
  const GscReportOptions report = {
    .step = options->step,
    .all_analyses = options->all_analyses,
    .team = team,
    .watch = &watch,
  };
  gboolean done = gsc_report_write (run, options->out, &report, &error);

  gsc_analyse_end_progress ();
  if (done)
    gsc_cli_print ("%s\n", name);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gsc_cli_say (_ ("Stopped before the report was written."));
  else
    gsc_cli_fail (error);
  return done ? GSC_CLI_OK : GSC_CLI_FAILED;
}

GscCliStatus
gsc_cli_report (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_auto (Options) options = { NULL };
  const GOptionEntry entries[] = {
    { "out", 'o', 0, G_OPTION_ARG_FILENAME, &options.out,
      N_ ("The file; its extension says the format"), N_ ("FILE.html|FILE.pdf") },
    { "step", 0, 0, G_OPTION_ARG_STRING, &options.step,
      N_ ("Which record of the run: a step, best (the default) or last"), N_ ("N|best|last") },
    { "all-analyses", 0, 0, G_OPTION_ARG_NONE, &options.all_analyses,
      N_ ("Those that take long with a large model, too"), NULL },
    { "threads", 't', 0, G_OPTION_ARG_INT, &options.threads,
      N_ ("Use so many threads (default: one per processor)"), N_ ("N") },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("RUN"),
    .summary = N_ (
        "Writes a report of a run into one file that needs no other: settings, the accuracy on "
        "the\nfour sets at the peak and at the end, all figures, and how to train it again. HTML "
        "has the\nfigures’ numbers as tables, too; PDF has pages for print. A file of that name is "
        "replaced.\nThe same run gives the same bytes."),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 1,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  status = check (&options, argv[0]);
  return status == GSC_CLI_OK ? write_report (&options, arguments[0]) : status;
}
