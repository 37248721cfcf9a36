/* gsc-cli.h - what all subcommands of grokscope-cli share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Conventions: results go to standard output, everything else to standard error. Numbers for people
 * follow the locale; JSON never does. A reader that goes away (| head) is no failure.
 */

#pragma once

#include <glib.h>
#include <glib/gi18n.h>

G_BEGIN_DECLS

/* Exit codes. */
typedef enum
{
  GSC_CLI_OK = 0,
  GSC_CLI_FAILED = 1,      /* it was understood, but could not be done */
  GSC_CLI_USAGE = 2,       /* the command line makes no sense */
  GSC_CLI_UNFINISHED = 75, /* "sweep cell" was stopped before its end: to be run again */
} GscCliStatus;

/* One subcommand. @run gets the command line from its own name on (argv[0]) and may reorder it. */
typedef struct
{
  const char *name;
  const char *summary; /* marked for translation; one line */
  GscCliStatus (*run) (int argc, char **argv);
} GscCliCommand;

/* All of them, in the order of --help. Static. */
const GscCliCommand *gsc_cli_get_commands (guint *n_commands);

GscCliStatus gsc_cli_presets (int argc, char **argv);
GscCliStatus gsc_cli_train (int argc, char **argv);
GscCliStatus gsc_cli_eval (int argc, char **argv);
GscCliStatus gsc_cli_predict (int argc, char **argv);
GscCliStatus gsc_cli_analyse (int argc, char **argv);
GscCliStatus gsc_cli_figures (int argc, char **argv);
GscCliStatus gsc_cli_report (int argc, char **argv);
GscCliStatus gsc_cli_animate (int argc, char **argv);
GscCliStatus gsc_cli_info (int argc, char **argv);
GscCliStatus gsc_cli_runs (int argc, char **argv);
GscCliStatus gsc_cli_sweep (int argc, char **argv);
GscCliStatus gsc_cli_archive (int argc, char **argv);
GscCliStatus gsc_cli_unarchive (int argc, char **argv);
GscCliStatus gsc_cli_convert (int argc, char **argv);
GscCliStatus gsc_cli_bench (int argc, char **argv);

/* How a subcommand's command line is read. */
typedef struct
{
  const char *arguments;   /* as in "usage: ... ARGUMENTS"; marked for translation, NULL without */
  const char *summary;     /* the first paragraph of --help; marked for translation */
  const char *description; /* the last one, already translated, or NULL */
  const GOptionEntry *entries; /* ends with an empty one; --help is added */
  guint min_arguments;         /* beside the options */
  guint max_arguments;
} GscCliSyntax;

/* Reads the command line. TRUE: go on, with @arguments (NULL-terminated, file names; free with
 * g_strfreev()). FALSE: end with @status, everything has been said. */
gboolean gsc_cli_parse (
    const GscCliSyntax *syntax, int argc, char **argv, char ***arguments, GscCliStatus *status);

/* Locale, translations, signals. @program: argv[0]. */
void gsc_cli_init (const char *program);

/* To be called last: brings everything printed to its reader. Returns the exit code: @status, or
 * GSC_CLI_FAILED when the output could not be written although somebody wanted it. */
GscCliStatus gsc_cli_finish (GscCliStatus status);

/* Whether @threads is a number of threads, or 0 where none was given; reports it, too. */
gboolean gsc_cli_check_threads (const char *command, int threads, GscCliStatus *status);

/* How the user called this program, as a word for a shell command line. */
const char *gsc_cli_get_program (void);

/* A message to standard error, "grokscope-cli: MESSAGE". */
void gsc_cli_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* The same for an error; returns GSC_CLI_FAILED. */
GscCliStatus gsc_cli_fail (const GError *error);

/* The same for a command line that makes no sense, with a pointer to --help; returns GSC_CLI_USAGE.
 */
GscCliStatus gsc_cli_misused (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Prints text for people, in the locale's character set. */
void gsc_cli_print (const char *format, ...) G_GNUC_PRINTF (1, 2);

/* The same for a paragraph, broken at blanks to at most 80 columns of which the first @indent stay
 * empty. */
void gsc_cli_print_paragraph (const char *text, guint indent);

/* Whether nobody reads standard output any more. */
gboolean gsc_cli_output_is_gone (void);

/* @path as a word for a shell command line: quoted if it has to be. (transfer full) */
char *gsc_cli_quote (const char *path);

/* The names of the four sets for people, by GscSet; translated. Static. */
const char *gsc_cli_get_set_title (guint set);

/* "45 s", "3 min 20 s", "2 h 5 min", "12 days": for people. (transfer full) */
char *gsc_cli_format_duration (double seconds);

/* "12.3 kB": for people. (transfer full) */
char *gsc_cli_format_bytes (goffset bytes);

G_END_DECLS
