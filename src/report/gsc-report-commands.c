/* gsc-report-commands.c - how to make a run again from the command line
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-report-commands.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-figure-pages.h"

#define PROGRAM "grokscope-cli"

/* A word for a shell, quoted if it has to be. (transfer full) */
static char *
quote (const char *word)
{
  for (const char *c = word; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("/._-+:,=@%", *c) == NULL)
      return g_shell_quote (word);
  return *word != '\0' ? g_strdup (word) : g_shell_quote (word);
}

/* What a new run may be called: after @path, but not as the run itself, and no option. (transfer
 * full) */
static char *
make_folder_name (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_strdup_printf ("%s%s-again", name[0] == '-' ? "./" : "", name);
}

char *
gsc_report_make_train_command (const GscConfig *config, const char *folder)
{
  GString *command = g_string_new (PROGRAM " train");
  const char *const *keys = gsc_config_get_keys ();
  g_autofree char *word = quote (folder);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = gsc_config_get (config, keys[i]);
      g_autofree char *set = g_strdup_printf ("%s=%s", keys[i], value);
      g_autofree char *quoted = quote (set);

      g_string_append_printf (command, "%s--set %s", i % 4 == 0 ? " \\\n  " : " ", quoted);
    }
  g_string_append_printf (command, " \\\n  %s", word);
  return g_string_free (command, FALSE);
}

/* What the command alone would not give. */
static void
add_limits (GscReportDocument *document, const GscReportSource *source)
{
  const GscRunNotes *notes = source->notes;
  GPtrArray *records = source->run->records;
  gint64 last
      = records->len > 0 ? ((GscRecord *) g_ptr_array_index (records, records->len - 1))->step : 0;
  g_autofree char *text = NULL;

  if (notes->parent != NULL)
    gsc_report_document_add_paragraph (
        document, _ ("The run began with the weights of another run, see “Origin”; the command "
                     "begins with those drawn from the seed, so that its numbers differ."));
  if (last >= source->run->config.steps)
    return;
  text = g_strdup_printf (
      _ ("The run has been trained up to step %s. The planned number of steps stays in the "
         "command, since the learning rate depends on it: end the training after that step with "
         "Ctrl+C."),
      GSC_COUNT (last));
  gsc_report_document_add_paragraph (document, text);
}

void
gsc_report_add_commands (GscReportDocument *document, const GscReportSource *source)
{
  const GscRecord *record = gsc_run_data_get_record (source->run, source->record);
  g_autofree char *folder = make_folder_name (source->path);
  g_autofree char *train = gsc_report_make_train_command (&source->run->config, folder);
  g_autofree char *word = quote (folder);
  g_autofree char *step = record != NULL
                              ? g_strdup_printf (" --step %" G_GINT64_FORMAT, record->step)
                              : g_strdup ("");
  g_autofree char *figures
      = g_strdup_printf (PROGRAM " figures %s --out figures%s%s --format pdf,csv\n" PROGRAM
                                 " report %s --out report.html%s%s",
                         word, step, source->all_analyses ? " --all" : "", word, step,
                         source->all_analyses ? " --all-analyses" : "");

  gsc_report_document_add_heading (document, _ ("How to Reproduce It"));
  gsc_report_document_add_paragraph (
      document, _ ("The same recipe gives the same bits on the same machine, whatever the number "
                   "of threads; on another machine the last digits may differ, and with them, "
                   "after many steps, the curves. This trains it again:"));
  gsc_report_document_add_code (document, train);
  add_limits (document, source);
  gsc_report_document_add_paragraph (document, _ ("And this makes the figures, with their numbers "
                                                  "as tables, and this report of it:"));
  gsc_report_document_add_code (document, figures);
}
