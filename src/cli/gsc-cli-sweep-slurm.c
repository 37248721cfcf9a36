/* gsc-cli-sweep-slurm.c - grokscope-cli sweep slurm: a script for a Slurm cluster
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One array job, one task a run. A task may be ended and put back into the queue at any time: it
 * saves on SIGTERM, loses at most the steps since its last record on SIGKILL, and goes on where it
 * was. Shortly before its time is up Slurm sends SIGUSR1; then it saves and queues again itself.
 * After a SIGTERM it does not: that is scancel, or a preemption, which Slurm puts back by itself.
 */

#include <math.h>
#include <string.h>

#include "gsc-atomic-file.h"
#include "gsc-cli-sweep.h"
#include "gsc-sweep-work.h"
#include "gsc-work.h"

#define SCRIPT_FILE "sweep.sbatch"

#define TIME_MARGIN 2.0 /* for slower nodes than this machine */
#define MIN_MINUTES 10
#define MEMORY_MARGIN 1.5

/* What the program takes before it has a model: itself, its libraries, their threads' buffers. */
#define BASE_MEMORY (64.0 * 1024 * 1024)

#define MIN_MEMORY 256 /* MiB */

/* "3,5,7-9": numbers from 1 of the runs that are not finished. (transfer full) */
static char *
list_numbers (const GscSweep *sweep, const char *folder, guint *n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  int first = -1; /* of the range under way */

  *n = 0;
  for (guint i = 0; i <= sweep->n_cells; i++)
    {
      g_auto (GscSweepStatus) status = { .state = GSC_SWEEP_FINISHED };

      if (i < sweep->n_cells)
        gsc_sweep_get_status (sweep, folder, i, &status, NULL);
      if (status.state != GSC_SWEEP_FINISHED)
        {
          (*n)++;
          if (first < 0)
            first = (int) i + 1;
          continue;
        }
      if (first < 0)
        continue;
      g_string_append_printf (text, "%s%d", text->len > 0 ? "," : "", first);
      if (first < (int) i)
        g_string_append_printf (text, "-%u", i);
      first = -1;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is not said is estimated. */
static gboolean
complete (GscCliSlurm *slurm, const GscSweep *sweep, GError **error)
{
  double memory = 0, seconds, total;

  for (guint i = 0; i < sweep->n_cells; i++)
    memory = MAX (memory,
                  BASE_MEMORY
                      + gsc_work_estimate_memory (&sweep->cells[i].config, (guint) slurm->threads));
  if (slurm->memory == 0)
    slurm->memory = (int) MAX (ceil (memory * MEMORY_MARGIN / (64 * 1024 * 1024)) * 64, MIN_MEMORY);
  if (slurm->minutes != 0)
    return TRUE;
  if (!gsc_sweep_estimate_time (sweep, (guint) slurm->threads, &seconds, &total, error))
    return FALSE;
  slurm->minutes = (int) CLAMP (ceil (seconds * TIME_MARGIN / 600) * 10, MIN_MINUTES, 1e6);
  return TRUE;
}

/* (transfer full) */
static char *
make_script (const char *folder, const char *numbers, const GscCliSlurm *slurm)
{
  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  g_autofree char *limit = slurm->jobs > 0 ? g_strdup_printf ("%%%d", slurm->jobs) : g_strdup ("");
  g_autofree char *partition = slurm->partition != NULL
                                   ? g_strdup_printf ("#SBATCH --partition=%s\n", slurm->partition)
                                   : g_strdup ("");
  g_autofree char *command = gsc_cli_sweep_get_command (folder, "\"$SLURM_ARRAY_TASK_ID\"",
                                                        "\"${SLURM_CPUS_PER_TASK:-1}\"");

  return g_strdup_printf (
      "#!/bin/sh\n"
      "# %s - the runs of a sweep as a Slurm job, made by grokscope-cli sweep slurm\n"
      "#SBATCH --job-name=grokscope\n"
      "#SBATCH --array=%s%s\n"
      "#SBATCH --ntasks=1\n"
      "#SBATCH --cpus-per-task=%d\n"
      "#SBATCH --time=%d\n"
      "#SBATCH --mem=%dM\n"
      "%s"
      "#SBATCH --chdir=\"%s\"\n"
      "#SBATCH --output=slurm-%%A_%%a.log\n"
      "#SBATCH --open-mode=append\n"
      "#SBATCH --requeue\n"
      "#SBATCH --signal=B:USR1@120\n"
      "\n"
      "cancelled=\n"
      "# SIGTERM goes to the program as well, where a second one would end it at once; SIGUSR1 "
      "comes\n"
      "# here alone.\n"
      "trap 'kill -TERM \"$child\"' USR1\n"
      "trap 'cancelled=yes; kill -HUP \"$child\"' TERM\n"
      "%s &\n"
      "child=$!\n"
      "wait \"$child\"\n"
      "status=$?\n"
      "# A signal ends the wait, not the program, which still has to save.\n"
      "while [ \"$status\" -gt 128 ] && kill -0 \"$child\" 2>/dev/null; do\n"
      "  wait \"$child\"\n"
      "  status=$?\n"
      "done\n"
      "# 75: it was stopped before its end, or another process trains the run.\n"
      "if [ \"$status\" -eq 75 ] && [ -z \"$cancelled\" ]; then\n"
      "  scontrol requeue \"$SLURM_JOB_ID\"\n"
      "fi\n"
      "exit \"$status\"\n",
      SCRIPT_FILE, numbers, limit, slurm->threads, slurm->minutes, slurm->memory, partition, path,
      command);
}

/* Slurm's options know no way to write these. */
static gboolean
check_path (const char *folder)
{
  g_autofree char *path = g_canonicalize_filename (folder, NULL);

  if (strpbrk (path, "\"\\\n") == NULL)
    return TRUE;
  gsc_cli_say (_ ("A folder for Slurm cannot have quotes, backslashes or line ends in its path."));
  return FALSE;
}

GscCliStatus
gsc_cli_sweep_write_script (
    const GscSweep *sweep, const char *folder, const GscCliSlurm *slurm, char **path, guint *n)
{
  g_autofree char *numbers = list_numbers (sweep, folder, n);
  g_autofree char *file = g_build_filename (folder, SCRIPT_FILE, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GscCliSlurm whole = *slurm;

  *path = NULL;
  if (*n == 0)
    return GSC_CLI_OK;
  if (!check_path (folder))
    return GSC_CLI_FAILED;
  if (!complete (&whole, sweep, &error))
    return gsc_cli_fail (error);
  text = make_script (folder, numbers, &whole);
  if (!gsc_atomic_file_write (file, text, strlen (text), &error))
    return gsc_cli_fail (error);
  gsc_cli_print (ngettext ("%u run: %d min at most, %d MiB of memory\n",
                           "%u runs: each %d min at most, %d MiB of memory\n", *n),
                 *n, whole.minutes, whole.memory);
  *path = g_steal_pointer (&file);
  return GSC_CLI_OK;
}

static GscCliStatus
check (const GscCliSlurm *slurm, const char *command)
{
  GscCliStatus status;

  if (!gsc_cli_check_threads (command, slurm->threads, &status))
    return status;
  if (slurm->threads < 1 || slurm->jobs < 0 || slurm->minutes < 0 || slurm->memory < 0)
    return gsc_cli_misused (command, _ ("These numbers must be at least 1."));
  return GSC_CLI_OK;
}

GscCliStatus
gsc_cli_sweep_slurm (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GscSweep) sweep = NULL;
  g_autofree char *path = NULL;
  g_autofree char *word = NULL;
  g_autofree char *partition = NULL;
  GscCliSlurm slurm = { .threads = 1 };
  const char *folder;
  guint n;
  const GOptionEntry entries[] = {
    { "jobs", 'J', 0, G_OPTION_ARG_INT, &slurm.jobs,
      N_ ("Train at most so many runs at once (default: as many as there is room for)"), N_ ("N") },
    { "threads", 't', 0, G_OPTION_ARG_INT, &slurm.threads, N_ ("Threads of each run (default: 1)"),
      N_ ("N") },
    { "time", 0, 0, G_OPTION_ARG_INT, &slurm.minutes,
      N_ ("Time limit of a run (default: twice what it would take here)"), N_ ("MINUTES") },
    { "memory", 0, 0, G_OPTION_ARG_INT, &slurm.memory,
      N_ ("Memory of a run (default: one and a half times what it should need)"), N_ ("MIB") },
    { "partition", 0, 0, G_OPTION_ARG_STRING, &partition, N_ ("Where (default: the cluster's)"),
      N_ ("NAME") },
    { 0 },
  };
  const GscCliSyntax syntax = {
    .arguments = N_ ("[FILE] DIR"),
    .summary = N_ (
        "Writes DIR/sweep.sbatch, a script for Slurm: an array job with one task for each run of\n"
        "the sweep in DIR that is not finished. DIR must be on a file system that all nodes "
        "share.\nA run that is preempted, whose node fails or whose time is up is queued again "
        "and goes on\nwhere it was. “sweep run --slurm” also submits it and follows it."),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = 2,
  };
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  slurm.partition = partition;
  status = check (&slurm, argv[0]);
  if (status != GSC_CLI_OK)
    return status;
  sweep = gsc_cli_sweep_open (arguments, &folder, &status);
  if (sweep == NULL)
    return status;
  status = gsc_cli_sweep_write_script (sweep, folder, &slurm, &path, &n);
  if (status != GSC_CLI_OK)
    return status;
  if (n == 0)
    {
      gsc_cli_print (_ ("All runs are finished.\n"));
      return GSC_CLI_OK;
    }
  word = gsc_cli_quote (path);
  gsc_cli_print (_ ("To submit them: sbatch %s\n"), word);
  return GSC_CLI_OK;
}
