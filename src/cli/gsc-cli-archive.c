/* gsc-cli-archive.c - grokscope-cli archive and unarchive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <unistd.h>

#include "gsc-cli.h"
#include "gsc-interrupt.h"
#include "gsc-run-archive.h"

/* Of progress on a terminal; microseconds. */
#define INTERVAL 200000

typedef struct
{
  gint64 time; /* monotonic, of the latest line */
  gboolean shown;
} Progress;

static void
on_progress (double fraction, gpointer data)
{
  Progress *progress = data;
  gint64 now = g_get_monotonic_time ();

  if (!isatty (STDERR_FILENO) || now - progress->time < INTERVAL)
    return;
  /* Nothing for what takes no time. */
  if (progress->time != 0)
    {
      g_printerr ("\r%3.0f %%", 100 * fraction);
      progress->shown = TRUE;
    }
  progress->time = now;
}

static GscCliStatus
finish (const Progress *progress, gboolean fine, const GError *error)
{
  if (progress->shown)
    g_printerr ("\r     \r");
  if (fine)
    return GSC_CLI_OK;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return gsc_cli_fail (error);
  gsc_cli_say (_ ("Stopped; nothing was written."));
  return GSC_CLI_FAILED;
}

GscCliStatus
gsc_cli_archive (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GscInterrupt) interrupt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
    { "force", 'f', 0, G_OPTION_ARG_NONE, &force, N_ ("Replace FILE if it exists"), NULL },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("RUN FILE.grokrun"),
    .summary = N_ (
        "Writes the run folder RUN, with all its snapshots, into one file, to be kept or given\n"
        "away: a zip archive that the app opens, and “grokscope-cli unarchive” unpacks. The same\n"
        "run makes the same bytes."),
    .entries = entries,
    .min_arguments = 2,
    .max_arguments = 2,
  };
  GscCliStatus status = GSC_CLI_OK;
  Progress progress = { 0 };
  gboolean fine;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  name = g_filename_display_name (arguments[1]);
  if (!g_str_has_suffix (arguments[1], GSC_RUN_ARCHIVE_SUFFIX))
    return gsc_cli_misused (argv[0], _ ("%s: The archive's name must end in “%s”."), name,
                            GSC_RUN_ARCHIVE_SUFFIX);
  if (!force && g_file_test (arguments[1], G_FILE_TEST_EXISTS))
    {
      gsc_cli_say (_ ("%s: The file exists; --force replaces it."), name);
      return GSC_CLI_FAILED;
    }
  interrupt = gsc_interrupt_new (cancellable);
  fine = gsc_run_archive_save (arguments[0], arguments[1], cancellable, on_progress, &progress,
                               &error);
  return finish (&progress, fine, error);
}

GscCliStatus
gsc_cli_unarchive (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GscInterrupt) interrupt = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = { { 0 } };
  const GscCliSyntax syntax = {
    .arguments = N_ ("FILE.grokrun DIR"),
    .summary
    = N_ ("Unpacks a run from the file that “grokscope-cli archive” or the app has written into\n"
          "the folder DIR, which must not exist or be empty. Nothing but the files of a run is\n"
          "unpacked, and nothing at all from a damaged archive."),
    .entries = entries,
    .min_arguments = 2,
    .max_arguments = 2,
  };
  GscCliStatus status = GSC_CLI_OK;
  Progress progress = { 0 };
  gboolean fine;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  interrupt = gsc_interrupt_new (cancellable);
  fine = gsc_run_archive_load (arguments[0], arguments[1], cancellable, on_progress, &progress,
                               &error);
  return finish (&progress, fine, error);
}
