/* gsc-cli-sweep.c - grokscope-cli sweep
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli-sweep.h"

#include <string.h>

#include "gsc-installed-path.h"
#include "gsc-nearest-name.h"

static const struct
{
  const char *name;
  const char *title; /* argv[0] of the part */
  GscCliStatus (*run) (int argc, char **argv);
} parts[] = {
  { "run", "sweep run", gsc_cli_sweep_run },
  { "status", "sweep status", gsc_cli_sweep_status },
  { "table", "sweep table", gsc_cli_sweep_table },
  { "list", "sweep list", gsc_cli_sweep_list },
  { "cell", "sweep cell", gsc_cli_sweep_cell },
  { "slurm", "sweep slurm", gsc_cli_sweep_slurm },
};

/* Folders */

GscSweep *
gsc_cli_sweep_load (const char *folder)
{
  g_autoptr (GError) error = NULL;
  GscSweep *sweep;

  if (!gsc_sweep_is_sweep (folder))
    {
      g_autofree char *name = g_filename_display_name (folder);

      gsc_cli_say (_ ("%s: This is no sweep's folder: there is no sweep.json in it."), name);
      return NULL;
    }
  sweep = gsc_sweep_load (folder, &error);
  if (sweep == NULL)
    gsc_cli_fail (error);
  return sweep;
}

/* A file, or the name of a sweep that comes with the program. (transfer full) */
static char *
find_file (const char *name)
{
  g_autofree char *installed = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  if (strchr (name, G_DIR_SEPARATOR) != NULL || g_file_test (name, G_FILE_TEST_EXISTS))
    return g_strdup (name);
  installed = g_strconcat (name, ".json", NULL);
  folder = gsc_installed_path (GSC_SWEEP_FOLDER);
  path = g_build_filename (folder, installed, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : g_strdup (name);
}

/* Several faults stand in lines of their own, as those of a recipe do. */
static GscCliStatus
report_file (const GError *error)
{
  gsc_cli_fail (error);
  return error->domain == GSC_CONFIG_ERROR && error->code == GSC_CONFIG_ERROR_INVALID
             ? GSC_CLI_USAGE
             : GSC_CLI_FAILED;
}

/* A folder that holds another sweep stays as it is. */
static GscCliStatus
check_folder (const GscSweep *sweep, const char *folder)
{
  g_autoptr (GscSweep) present = NULL;
  g_autofree char *word = gsc_cli_quote (folder);

  if (!gsc_sweep_is_sweep (folder))
    return GSC_CLI_OK;
  present = gsc_cli_sweep_load (folder);
  if (present == NULL)
    return GSC_CLI_FAILED;
  if (gsc_sweep_contains (sweep, present))
    return GSC_CLI_OK;
  gsc_cli_say (_ ("%s: There is another sweep in this folder, of other runs; choose another "
                  "folder."),
               word);
  g_printerr (_ ("To go on with it: %s sweep run %s\n"), gsc_cli_get_program (), word);
  return GSC_CLI_FAILED;
}

GscSweep *
gsc_cli_sweep_open (char **arguments, const char **folder, GscCliStatus *status)
{
  g_autoptr (GscSweep) sweep = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;

  *status = GSC_CLI_FAILED;
  *folder = arguments[1] != NULL ? arguments[1] : arguments[0];
  if (arguments[1] == NULL)
    return gsc_cli_sweep_load (*folder);
  file = find_file (arguments[0]);
  sweep = gsc_sweep_load (file, &error);
  if (sweep == NULL)
    {
      *status = report_file (error);
      return NULL;
    }
  *status = check_folder (sweep, *folder);
  if (*status != GSC_CLI_OK)
    return NULL;
  if (!gsc_sweep_save (sweep, *folder, &error))
    {
      *status = gsc_cli_fail (error);
      return NULL;
    }
  return g_steal_pointer (&sweep);
}

/* Words */

char *
gsc_cli_sweep_get_command (const char *folder, const char *cell, const char *threads)
{
  g_autofree char *program = NULL;
  g_autofree char *program_word = NULL;
  g_autofree char *path = g_canonicalize_filename (folder, NULL);
  g_autofree char *word = gsc_cli_quote (path);
  g_auto (GStrv) called = NULL;

  /* gsc_cli_get_program() is a word for a shell; a name without folder is found by $PATH. */
  if (g_shell_parse_argv (gsc_cli_get_program (), NULL, &called, NULL)
      && strchr (called[0], G_DIR_SEPARATOR) != NULL)
    program = g_canonicalize_filename (called[0], NULL);
  else
    program = g_strdup ("grokscope-cli");
  program_word = gsc_cli_quote (program);
  return g_strdup_printf ("%s sweep cell --threads=%s %s %s", program_word, threads, word, cell);
}

char *
gsc_cli_sweep_format_left (double seconds)
{
  gint64 whole = (gint64) CLAMP (seconds + 0.5, 0.0, 1e15);

  if (seconds < 0)
    return g_strdup ("-");
  if (whole >= 100 * 3600)
    return gsc_cli_format_duration (seconds);
  if (whole >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", (int) (whole / 3600), (int) (whole / 60 % 60),
                            (int) (whole % 60));
  return g_strdup_printf ("%d:%02d", (int) (whole / 60), (int) (whole % 60));
}

/* The command */

static GscCliStatus
explain (int argc, char **argv)
{
  const GOptionEntry entries[] = { { 0 } };
  const GscCliSyntax syntax = {
    .arguments = N_ ("run|status|table|list|cell|slurm …"),
    .summary = N_ ("Trains many runs that differ in a few keys, as for a phase diagram."),
    .description
    = _ ("  run [FILE] DIR   train the runs of the sweep FILE in the folder DIR, or go on with it\n"
         "  status DIR       where each run stands\n"
         "  table DIR        accuracies and phases, early-stopped and final\n"
         "  list DIR         one command a line that trains a run: for xargs and GNU parallel\n"
         "  cell DIR CELL    train one run, or go on with it\n"
         "  slurm [FILE] DIR write a script that trains the runs on a Slurm cluster\n"
         "\n"
         "“grokscope-cli sweep run --help” and so on say more; the form of FILE is explained in\n"
         "grokscope-cli(1). “phase-tiny” and “phase-small” come with the program.\n"),
    .entries = entries,
    .min_arguments = 1,
    .max_arguments = G_MAXUINT,
  };
  const char *names[G_N_ELEMENTS (parts) + 1] = { NULL };
  g_auto (GStrv) arguments = NULL;
  g_autofree char *quoted = NULL;
  GscCliStatus status = GSC_CLI_OK;

  if (!gsc_cli_parse (&syntax, argc, argv, &arguments, &status))
    return status;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    names[i] = parts[i].name;
  quoted = gsc_nearest_name_quote (arguments[0]);
  return gsc_cli_misused ("sweep", _ ("There is no “sweep %s”; the nearest one is “sweep %s”."),
                          quoted, gsc_nearest_name (arguments[0], names));
}

GscCliStatus
gsc_cli_sweep (int argc, char **argv)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts) && argc > 1; i++)
    if (g_str_equal (argv[1], parts[i].name))
      {
        g_autofree char *name = g_strdup_printf ("grokscope-cli %s", parts[i].title);

        g_set_prgname (name); /* for the usage line of --help */
        argv[1] = (char *) parts[i].title;
        return parts[i].run (argc - 1, argv + 1);
      }
  return explain (argc, argv);
}
