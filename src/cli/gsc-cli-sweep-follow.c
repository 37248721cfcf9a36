/* gsc-cli-sweep-follow.c - grokscope-cli sweep run --slurm
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Slurm does the work; this only submits the script, looks at the folder and asks whether the job
 * is still there. The job's number lies in the folder, so that whoever comes back follows it
 * instead of submitting another.
 */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gsc-atomic-file.h"
#include "gsc-cli-sweep.h"
#include "gsc-interrupt.h"
#include "gsc-number.h"
#include "gsc-text-file.h"
#include "gsc-work.h"

#define JOB_FILE "slurm-job"
#define INTERVAL 2000     /* milliseconds between two looks */
#define SAY_INTERVAL 60.0 /* seconds between two lines, elsewhere than on a terminal */

/* Runs a command of Slurm. Its standard output, or NULL and @error with what it said. @cancellable:
 * nullable. */
static char *
run_command (const char *const *command, GError **error)
{
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      command, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, error);
  g_autofree char *output = NULL;
  g_autofree char *message = NULL;

  if (process == NULL)
    {
      g_prefix_error (error, _ ("Slurm is not here: "));
      return NULL;
    }
  if (!g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &message, error))
    return NULL;
  if (!g_subprocess_get_successful (process))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", command[0],
                   g_strstrip (message));
      return NULL;
    }
  return g_steal_pointer (&output);
}

/* The number of the job submitted last, or NULL. (transfer full) */
static char *
read_job (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, JOB_FILE, NULL);
  gsize length;
  g_autofree char *text = gsc_text_file_read (path, 64, &length, NULL);
  gint64 number;

  if (text == NULL || !gsc_number_parse_int (g_strstrip (text), &number) || number <= 0)
    return NULL;
  return g_steal_pointer (&text);
}

/* Whether the job waits or runs; TRUE while Slurm cannot be asked. */
static gboolean
is_there (const char *job)
{
  const char *const command[] = { "squeue", "--noheader", "--format=%i", "--jobs", job, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *output = run_command (command, &error);

  if (output != NULL)
    return g_strstrip (output)[0] != '\0';
  return strstr (error->message, "Invalid job id") == NULL;
}

/* The job's number, or NULL: reported. (transfer full) */
static char *
submit (const char *folder, const char *script)
{
  const char *const command[] = { "sbatch", "--parsable", script, NULL };
  g_autofree char *path = g_build_filename (folder, JOB_FILE, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *output = run_command (command, &error);
  char *end;

  if (output == NULL)
    {
      gsc_cli_fail (error);
      return NULL;
    }
  end = strpbrk (output, ";\n"); /* a cluster's name may follow */
  if (end != NULL)
    *end = '\0';
  if (!gsc_atomic_file_write (path, output, strlen (output), &error))
    gsc_cli_fail (error); /* the job runs all the same */
  return g_steal_pointer (&output);
}

/* Following */

typedef struct
{
  const GscSweep *sweep;
  const char *folder;
  gboolean live; /* a terminal that can rewrite a line */
  gint64 begin;  /* monotonic */
  gint64 said;
  double begin_share; /* of the work, that was done then */
  guint counts[GSC_SWEEP_N_STATES];
} Following;

/* Counts the runs; returns the share of the work that is done. */
static double
look (Following *following)
{
  double total = 0, done = 0;

  memset (following->counts, 0, sizeof following->counts);
  for (guint i = 0; i < following->sweep->n_cells; i++)
    {
      const GscConfig *config = &following->sweep->cells[i].config;
      g_auto (GscSweepStatus) status = { .state = GSC_SWEEP_TO_DO };
      double all = gsc_work_count (config, 0, config->steps);

      gsc_sweep_get_status (following->sweep, following->folder, i, &status, NULL);
      following->counts[status.state]++;
      total += all;
      done += status.state == GSC_SWEEP_FINISHED ? all : gsc_work_count (config, 0, status.step);
    }
  return total > 0 ? done / total : 1;
}

static void
say (Following *following)
{
  gint64 now = g_get_monotonic_time ();
  double share = look (following);
  double elapsed = (now - following->begin) * 1e-6;
  double done = share - following->begin_share;
  g_autofree char *left = gsc_cli_sweep_format_left (done > 0 ? elapsed / done * (1 - share) : -1);
  g_autofree char *line
      = g_strdup_printf (_ ("%u of %u runs finished, %u training, %.0f %% of the work; %s left"),
                         following->counts[GSC_SWEEP_FINISHED], following->sweep->n_cells,
                         following->counts[GSC_SWEEP_TRAINING], 100 * share, left);

  if (following->live)
    gsc_cli_print ("\r%s\033[K", line);
  else if (following->said == 0 || (now - following->said) * 1e-6 >= SAY_INTERVAL)
    {
      gsc_cli_print ("%s\n", line);
      following->said = now;
    }
}

static GscCliStatus
follow (const GscSweep *sweep, const char *folder, const char *job)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GscInterrupt) interrupt = gsc_interrupt_new (cancellable);
  Following following = {
    .sweep = sweep,
    .folder = folder,
    .live = isatty (STDOUT_FILENO) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0,
    .begin = g_get_monotonic_time (),
  };
  g_autofree char *word = gsc_cli_quote (folder);
  GPollFD cancelled;
  gboolean polled = g_cancellable_make_pollfd (cancellable, &cancelled);
  gboolean there = TRUE;
  guint open;

  following.begin_share = look (&following);
  while (there && !g_cancellable_is_cancelled (cancellable) && !gsc_cli_output_is_gone ())
    {
      there = is_there (job);
      say (&following);
      if (there)
        g_poll (&cancelled, polled ? 1 : 0, INTERVAL);
    }
  if (polled)
    g_cancellable_release_fd (cancellable);
  look (&following);
  gsc_cli_print (following.live ? "\n\n" : "\n");
  if (there)
    {
      gsc_cli_print (_ ("The job %s goes on. To end it: scancel %s. To follow it again:\n"
                        "  %s sweep run --slurm %s\n"),
                     job, job, gsc_cli_get_program (), word);
      return GSC_CLI_OK;
    }
  gsc_cli_print (_ ("%u of %u runs are finished.\n"), following.counts[GSC_SWEEP_FINISHED],
                 sweep->n_cells);
  open = sweep->n_cells - following.counts[GSC_SWEEP_FINISHED];
  if (open == 0)
    return GSC_CLI_OK;
  gsc_cli_say (ngettext ("The job ended with %u run unfinished; %s/slurm-%s_*.log say why.",
                         "The job ended with %u runs unfinished; %s/slurm-%s_*.log say why.", open),
               open, word, job);
  return GSC_CLI_FAILED;
}

GscCliStatus
gsc_cli_sweep_follow (const GscSweep *sweep, const char *folder, const GscCliSlurm *slurm)
{
  g_autofree char *job = read_job (folder);
  g_autofree char *script = NULL;
  GscCliStatus status;
  guint n;

  if (job != NULL && is_there (job))
    {
      gsc_cli_print (_ ("Following the job %s, which was submitted before.\n"), job);
      return follow (sweep, folder, job);
    }
  status = gsc_cli_sweep_write_script (sweep, folder, slurm, &script, &n);
  if (status != GSC_CLI_OK)
    return status;
  if (n == 0)
    {
      gsc_cli_print (_ ("All runs are finished.\n"));
      return GSC_CLI_OK;
    }
  g_free (job);
  job = submit (folder, script);
  if (job == NULL)
    return GSC_CLI_FAILED;
  gsc_cli_print (_ ("Submitted as job %s. Ctrl+C ends the following, not the job.\n"), job);
  return follow (sweep, folder, job);
}
