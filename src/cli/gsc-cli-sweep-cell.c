/* gsc-cli-sweep-cell.c - grokscope-cli sweep cell
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli-sweep.h"
#include "gsc-interrupt.h"
#include "gsc-nearest-name.h"
#include "gsc-number.h"
#include "gsc-run-error.h"

typedef struct
{
  const GscSweepCell *cell;
  gint64 begin; /* monotonic */
  gint64 first_step;
} Showing;

/* A GscSweepStepFunc. The output of several processes may go to one place: each line says whose it
 * is. */
static void
on_step (gint64 step, const GscRecord *record, gpointer data)
{
  Showing *showing = data;
  gint64 now = g_get_monotonic_time ();
  gint64 steps = showing->cell->config.steps;
  g_autofree char *left = NULL;

  if (showing->begin == 0)
    {
      showing->begin = now;
      showing->first_step = step;
    }
  if (record == NULL)
    return;
  left = gsc_cli_sweep_format_left (step > showing->first_step
                                        ? (now - showing->begin) * 1e-6
                                              / (double) (step - showing->first_step)
                                              * (double) (steps - step)
                                        : -1);
  gsc_cli_print (
      _ ("%s: step %.0f of %.0f, accuracies %.3f %.3f %.3f %.3f, %s left\n"), showing->cell->name,
      (double) step, (double) steps, record->sets[GSC_SET_ID_TRAIN].last_accuracy,
      record->sets[GSC_SET_ID_TEST].last_accuracy, record->sets[GSC_SET_OOD_TRAIN].last_accuracy,
      record->sets[GSC_SET_OOD_TEST].last_accuracy, left);
}

static GscCliStatus
train (const GscSweep *sweep, const char *folder, guint index, guint threads)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GscInterrupt) interrupt = gsc_interrupt_new (cancellable);
  g_autoptr (GError) error = NULL;
  g_auto (GscSweepStatus) status = { .state = GSC_SWEEP_TO_DO };
  Showing showing = { .cell = &sweep->cells[index] };
  gboolean finished;

  if (!gsc_sweep_train (sweep, folder, index, threads, cancellable, on_step, &showing, &finished,
                        &error))
    {
      gsc_cli_fail (error);
      return g_error_matches (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY) ? GSC_CLI_UNFINISHED
                                                                        : GSC_CLI_FAILED;
    }
  if (!finished)
    {
      gsc_cli_print (_ ("%s: stopped; everything is saved.\n"), showing.cell->name);
      return GSC_CLI_UNFINISHED;
    }
  gsc_sweep_get_status (sweep, folder, index, &status, NULL);
  gsc_cli_print (_ ("%s: finished, %.0f steps.%s%s\n"), showing.cell->name, (double) status.step,
                 status.why != NULL ? " " : "", status.why != NULL ? status.why : "");
  return GSC_CLI_OK;
}

/* A name, or a number from 1. -1: reported. */
static int
find_cell (const GscSweep *sweep, const char *text)
{
  g_autofree char *quoted = NULL;
  g_autofree const char **names = NULL;
  int found = gsc_sweep_find_cell (sweep, text);
  gint64 number;

  if (found >= 0)
    return found;
  if (gsc_number_parse_int (text, &number))
    {
      if (number >= 1 && number <= sweep->n_cells)
        return (int) number - 1;
      gsc_cli_say (_ ("The runs have the numbers 1 to %u, not %s."), sweep->n_cells, text);
      return -1;
    }
  names = g_new0 (const char *, sweep->n_cells + 1);
  for (guint i = 0; i < sweep->n_cells; i++)
    names[i] = sweep->cells[i].name;
  quoted = gsc_nearest_name_quote (text);
  gsc_cli_say (_ ("There is no run “%s” in this sweep; the nearest one is “%s”."), quoted,
               gsc_nearest_name (text, names));
  return -1;
}

GscCliStatus
gsc_cli_sweep_cell (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GscSweep) sweep = NULL;
  int threads = 1;
  int index;
  const GOptionEntry entries[] = {
    { "threads", 't', 0, G_OPTION_ARG_INT, &threads, N_ ("Use so many threads (default: 1)"),
      N_ ("N") },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("DIR CELL"),
    .summary = N_ (
        "Trains one run of the sweep in the folder DIR, or goes on with it. CELL is its name or\n"
        "its number, from 1. Does nothing if it is finished. Exit code 75 if it was stopped (and\n"
        "saved) before its end or another process trains it: then it is to be run again."),
    .entries = entries,
    .min_arguments = 2,
    .max_arguments = 2,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  if (!gsc_cli_check_threads (argv[0], threads, &status))
    return status;
  sweep = gsc_cli_sweep_load (arguments[0]);
  if (sweep == NULL)
    return GSC_CLI_FAILED;
  index = find_cell (sweep, arguments[1]);
  if (index < 0)
    return GSC_CLI_USAGE;
  return train (sweep, arguments[0], (guint) index, (guint) threads);
}
