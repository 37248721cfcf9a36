/* gsc-cli.c - what all subcommands of grokscope-cli share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "gsc-installed-path.h"
#include "gsc-nearest-name.h"
#include "gsc-text-table.h"

/* More than any machine would use well, and each takes memory. */
#define MAX_THREADS 1024

/* Of a paragraph. */
#define COLUMNS 80

static char *program_word = NULL;

void
gsc_cli_init (const char *program)
{
  g_autofree char *locale = gsc_installed_path (LOCALEDIR);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  /* Training must not die of a reader that goes away: it saves first. */
  signal (SIGPIPE, SIG_IGN);
  program_word = program != NULL && strchr (program, G_DIR_SEPARATOR) != NULL
                     ? gsc_cli_quote (program)
                     : g_strdup ("grokscope-cli");
}

GscCliStatus
gsc_cli_finish (GscCliStatus status)
{
  gboolean failed = fflush (stdout) != 0;
  int fault = failed ? errno : 0;

  g_clear_pointer (&program_word, g_free);
  if ((!failed && !ferror (stdout)) || gsc_cli_output_is_gone ())
    return status;
  if (fault != 0)
    gsc_cli_say (_ ("The output could not be written (%s)."), g_strerror (fault));
  else
    gsc_cli_say (_ ("The output could not be written."));
  return status == GSC_CLI_OK ? GSC_CLI_FAILED : status;
}

const char *
gsc_cli_get_program (void)
{
  return program_word;
}

gboolean
gsc_cli_output_is_gone (void)
{
  GPollFD output = { .fd = STDOUT_FILENO, .events = G_IO_OUT };

  return g_poll (&output, 1, 0) == 1 && (output.revents & (G_IO_ERR | G_IO_HUP)) != 0;
}

/* Printing */

void
gsc_cli_say (const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("grokscope-cli: %s\n", message);
}

GscCliStatus
gsc_cli_fail (const GError *error)
{
  gsc_cli_say ("%s", error->message);
  return GSC_CLI_FAILED;
}

static void
point_to_help (const char *command)
{
  g_printerr (_ ("“%s %s --help” says how it is used.\n"), gsc_cli_get_program (), command);
}

GscCliStatus
gsc_cli_misused (const char *command, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  gsc_cli_say ("%s", message);
  point_to_help (command);
  return GSC_CLI_USAGE;
}

void
gsc_cli_print (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_print ("%s", text);
}

void
gsc_cli_print_paragraph (const char *text, guint indent)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) lines = g_string_new (NULL);
  glong column = COLUMNS; /* full: the first word begins a line, too */

  for (guint i = 0; words[i] != NULL; i++)
    {
      glong length = gsc_text_table_measure (words[i]);

      if (column + 1 + length > COLUMNS)
        {
          g_string_append_printf (lines, "%s%*s", i > 0 ? "\n" : "", (int) indent, "");
          column = indent;
        }
      else
        {
          g_string_append_c (lines, ' ');
          column++;
        }
      g_string_append (lines, words[i]);
      column += length;
    }
  gsc_cli_print ("%s\n", lines->str);
}

char *
gsc_cli_quote (const char *path)
{
  for (const char *c = path; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("/._-+:,=@%", *c) == NULL)
      return g_shell_quote (path);
  return *path != '\0' ? g_strdup (path) : g_shell_quote (path);
}

const char *
gsc_cli_get_set_title (guint set)
{
  static const char *const titles[]
      = { N_ ("i.d./train"), N_ ("i.d./test"), N_ ("o.o.d./train"), N_ ("o.o.d./test") };

  return _ (titles[set]);
}

char *
gsc_cli_format_duration (double seconds)
{
  gint64 whole = (gint64) CLAMP (seconds + 0.5, 0.0, 1e15);

  if (whole < 60)
    return g_strdup_printf (_ ("%d s"), (int) whole);
  if (whole < 60 * 60)
    return g_strdup_printf (_ ("%d min %d s"), (int) (whole / 60), (int) (whole % 60));
  if (whole < 48 * 60 * 60)
    return g_strdup_printf (_ ("%d h %d min"), (int) (whole / 3600), (int) (whole / 60 % 60));
  return g_strdup_printf (_ ("%.0f days"), (double) whole / (24 * 60 * 60));
}

char *
gsc_cli_format_bytes (goffset bytes)
{
  return g_format_size ((guint64) MAX (bytes, 0));
}

/* Reading the command line */

static gboolean
check_arguments (const GscCliSyntax *syntax, const char *command, char **arguments)
{
  guint n = g_strv_length (arguments);
  g_autofree char *quoted = NULL;

  if (n < syntax->min_arguments)
    {
      gsc_cli_misused (command, _ ("Something is missing: %s."), _ (syntax->arguments));
      return FALSE;
    }
  if (n > syntax->max_arguments)
    {
      quoted = gsc_nearest_name_quote (arguments[syntax->max_arguments]);
      gsc_cli_misused (command, _ ("“%s” is one argument too many."), quoted);
      return FALSE;
    }
  return TRUE;
}

gboolean
gsc_cli_parse (
    const GscCliSyntax *syntax, int argc, char **argv, char ***arguments, GscCliStatus *status)
{
  /* The context translates all of its texts itself. */
  g_autoptr (GOptionContext) context = g_option_context_new (syntax->arguments);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = NULL;
  const char *command = argv[0];
  gboolean help = FALSE;
  const GOptionEntry common[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &help, N_ ("Show this text"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rest, NULL, NULL },
    { 0 },
  };

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, syntax->summary);
  g_option_context_set_description (context, syntax->description);
  g_option_context_add_main_entries (context, syntax->entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);

  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      *status = gsc_cli_misused (command, "%s", error->message);
      return FALSE;
    }
  if (help)
    {
      g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

      gsc_cli_print ("%s", text);
      *status = GSC_CLI_OK;
      return FALSE;
    }
  if (rest == NULL)
    rest = g_new0 (char *, 1);
  if (!check_arguments (syntax, command, rest))
    {
      *status = GSC_CLI_USAGE;
      return FALSE;
    }
  *arguments = g_steal_pointer (&rest);
  return TRUE;
}

gboolean
gsc_cli_check_threads (const char *command, int threads, GscCliStatus *status)
{
  if (threads >= 0 && threads <= MAX_THREADS)
    return TRUE;
  *status
      = gsc_cli_misused (command, _ ("The number of threads must be from 1 to %d."), MAX_THREADS);
  return FALSE;
}
