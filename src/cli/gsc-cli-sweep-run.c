/* gsc-cli-sweep-run.c - grokscope-cli sweep run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli-sweep.h"
#include "gsc-interrupt.h"

#define MAX_JOBS 1024

typedef struct
{
  int jobs;
  int threads;
  gboolean slurm;
  GscCliSlurm job;
} Options;

/* A reader of the output that goes away ends it, as the pipe would have. */
typedef struct
{
  GscSweepDisplay *display;
  GCancellable *cancellable;
} Showing;

/* A GscSweepRunnerFunc */
static void
on_progress (GscSweepRunner *runner, gpointer data)
{
  Showing *showing = data;

  gsc_sweep_display_update (runner, showing->display);
  if (gsc_cli_output_is_gone ())
    g_cancellable_cancel (showing->cancellable);
}

static void
print_heading (const GscSweep *sweep, GscSweepRunner *runner, const char *folder, int jobs)
{
  g_autofree char *word = gsc_cli_quote (folder);
  guint n_jobs = jobs > 0 ? (guint) jobs : g_get_num_processors ();
  GscSweepRunnerSummary summary;

  gsc_sweep_runner_get_summary (runner, &summary);
  if (sweep->name[0] != '\0')
    gsc_cli_print ("%s\n", sweep->name);
  gsc_cli_print (ngettext ("%u run", "%u runs", sweep->n_cells), sweep->n_cells);
  for (guint i = 0; i < sweep->n_axes; i++)
    {
      g_autofree char *values = g_strjoinv (" ", sweep->axes[i].values);

      gsc_cli_print ("%s%s: %s", i == 0 ? " (" : "; ", sweep->axes[i].key, values);
    }
  gsc_cli_print (")\n");
  gsc_cli_print (_ ("In %s, at most %u at once, threads of each: %u. Ctrl+C stops and saves.\n\n"),
                 word, MIN (n_jobs, sweep->n_cells), summary.threads);
}

static GscCliStatus
print_summary (const GscSweep *sweep, GscSweepRunner *runner, const char *folder, int jobs)
{
  g_autofree char *word = gsc_cli_quote (folder);
  g_autofree char *option = jobs > 0 ? g_strdup_printf (" --jobs %d", jobs) : g_strdup ("");
  GscSweepRunnerSummary summary;
  guint elsewhere, open;

  gsc_sweep_runner_get_summary (runner, &summary);
  elsewhere = summary.n[GSC_SWEEP_TRAINING];
  open = summary.n[GSC_SWEEP_TO_DO] + summary.n[GSC_SWEEP_BEGUN];
  gsc_cli_print ("\n");
  if (open > 0)
    gsc_cli_print (_ ("Stopped; everything is saved. %u of %u runs are finished. To go on:\n"
                      "  %s sweep run %s%s\n"),
                   summary.n[GSC_SWEEP_FINISHED], sweep->n_cells, gsc_cli_get_program (), word,
                   option);
  else
    gsc_cli_print (_ ("%u of %u runs are finished.\n"), summary.n[GSC_SWEEP_FINISHED],
                   sweep->n_cells);
  if (elsewhere > 0)
    gsc_cli_print (ngettext ("%u run is being trained by another process.\n",
                             "%u runs are being trained by other processes.\n", elsewhere),
                   elsewhere);
  if (summary.n[GSC_SWEEP_FINISHED] > 0)
    gsc_cli_print (_ ("What they have learnt: %s sweep table %s\n"), gsc_cli_get_program (), word);
  if (summary.n[GSC_SWEEP_FAILED] == 0)
    return GSC_CLI_OK;
  gsc_cli_say (ngettext ("%u run failed.", "%u runs failed.", summary.n[GSC_SWEEP_FAILED]),
               summary.n[GSC_SWEEP_FAILED]);
  return GSC_CLI_FAILED;
}

static GscCliStatus
train (const GscSweep *sweep, const char *folder, const Options *options)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GscInterrupt) interrupt = gsc_interrupt_new (cancellable);
  g_autoptr (GscSweepRunner) runner
      = gsc_sweep_runner_new (sweep, folder, (guint) options->jobs, (guint) options->threads);
  g_autoptr (GscSweepDisplay) display = gsc_sweep_display_new (sweep);
  Showing showing = { display, cancellable };

  print_heading (sweep, runner, folder, options->jobs);
  gsc_sweep_display_update (runner, display);
  gsc_sweep_runner_run (runner, cancellable, on_progress, &showing);
  gsc_sweep_display_finish (display, runner);
  return print_summary (sweep, runner, folder, options->jobs);
}

static GscCliStatus
check (const Options *options, const char *command)
{
  GscCliStatus status;

  if (!gsc_cli_check_threads (command, options->threads, &status))
    return status;
  if (options->jobs < 0 || options->jobs > MAX_JOBS)
    return gsc_cli_misused (command, _ ("The number of jobs must be from 1 to %d."), MAX_JOBS);
  if (options->job.partition != NULL && !options->slurm)
    return gsc_cli_misused (command, _ ("--partition goes with --slurm only."));
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_sweep_run (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GscSweep) sweep = NULL;
  g_autofree char *partition = NULL;
  Options options = { 0 };
  const char *folder;
  const GOptionEntry entries[] = {
    { "jobs", 'J', 0, G_OPTION_ARG_INT, &options.jobs,
      N_ ("Train so many runs at once (default: one per processor)"), N_ ("N") },
    { "threads", 't', 0, G_OPTION_ARG_INT, &options.threads,
      N_ ("Threads of each run (default: one, more when few runs are left)"), N_ ("N") },
    { "slurm", 0, 0, G_OPTION_ARG_NONE, &options.slurm,
      N_ ("Train on a Slurm cluster: submit an array job and follow it"), NULL },
    { "partition", 0, 0, G_OPTION_ARG_STRING, &partition, N_ ("With --slurm: where"), N_ ("NAME") },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("[FILE] DIR"),
    .summary
    = N_ ("Trains all runs of the sweep FILE in the folder DIR, or goes on with those in DIR.\n"
          "Runs that are finished are passed over, runs that were begun are gone on with. Ctrl+C\n"
          "stops all of them after the present step and saves; a process that is killed loses of\n"
          "each run only the steps since its last record. Several processes may work on the same\n"
          "DIR, also on several machines: each takes runs that no other trains."),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 2,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  options.job = (GscCliSlurm){ .jobs = options.jobs,
                               .threads = MAX (options.threads, 1),
                               .partition = partition };
  status = check (&options, argv[0]);
  if (status != GSC_CLI_OK)
    return status;
  sweep = gsc_cli_sweep_open (arguments, &folder, &status);
  if (sweep == NULL)
    return status;
  return options.slurm ? gsc_cli_sweep_follow (sweep, folder, &options.job)
                       : train (sweep, folder, &options);
}
