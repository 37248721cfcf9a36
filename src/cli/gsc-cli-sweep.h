/* gsc-cli-sweep.h - what the parts of `grokscope-cli sweep` share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "gsc-cli.h"
#include "gsc-sweep-runner.h"

G_BEGIN_DECLS

/* The parts. @argv[0] is "sweep run" and so on. */
GscCliStatus gsc_cli_sweep_run (int argc, char **argv);
GscCliStatus gsc_cli_sweep_status (int argc, char **argv);
GscCliStatus gsc_cli_sweep_table (int argc, char **argv);
GscCliStatus gsc_cli_sweep_list (int argc, char **argv);
GscCliStatus gsc_cli_sweep_cell (int argc, char **argv);
GscCliStatus gsc_cli_sweep_slurm (int argc, char **argv);

/* The sweep in a folder, or NULL: reported. */
GscSweep *gsc_cli_sweep_load (const char *folder);

/* The sweep that "[FILE] DIR" stands for; with FILE, writes it into DIR, where nothing but a part
 * of it may be. @folder: (out): DIR, borrowed. NULL: reported, and @status says how to end. */
GscSweep *gsc_cli_sweep_open (char **arguments, const char **folder, GscCliStatus *status);

/* The command that trains one run, with absolute paths, for a shell. @cell: a word of it. (transfer
 * full) */
char *gsc_cli_sweep_get_command (const char *folder, const char *cell, const char *threads);

/* "1:05", "2:00:10", "-" for a negative number. (transfer full) */
char *gsc_cli_sweep_format_left (double seconds);

/* Of the job that "sweep slurm" makes a script of. */
typedef struct
{
  int jobs;        /* runs at once; 0: as many as there is room for */
  int threads;     /* of each */
  int minutes;     /* time limit; 0: from an estimate */
  int memory;      /* MiB; 0: from an estimate */
  char *partition; /* NULL: the cluster's default */
} GscCliSlurm;

/* Writes DIR/sweep.sbatch for the runs that are not finished. @path: (out): its path. @n: (out):
 * the number of runs; with 0 nothing is written. */
GscCliStatus gsc_cli_sweep_write_script (
    const GscSweep *sweep, const char *folder, const GscCliSlurm *slurm, char **path, guint *n);

/* Submits that script unless a job of it is still there, and shows how its runs get on until it
 * ends. */
GscCliStatus
gsc_cli_sweep_follow (const GscSweep *sweep, const char *folder, const GscCliSlurm *slurm);

/* What "sweep run" shows while it trains. */
typedef struct _GscSweepDisplay GscSweepDisplay;

GscSweepDisplay *gsc_sweep_display_new (const GscSweep *sweep);
void gsc_sweep_display_free (GscSweepDisplay *display);

/* A GscSweepRunnerFunc. */
void gsc_sweep_display_update (GscSweepRunner *runner, gpointer display);

/* Tells what has ended since, and leaves the last line. */
void gsc_sweep_display_finish (GscSweepDisplay *display, GscSweepRunner *runner);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscSweepDisplay, gsc_sweep_display_free)

G_END_DECLS
