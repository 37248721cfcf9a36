/* gsc-report-settings.c - what was trained, from where and for how long
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-report-settings.h"

#include <glib/gi18n.h>

#include "gsc-figure-pages.h"
#include "gsc-text-file.h"

#define LOG_FILE "events.log"
#define MAX_LOG_LENGTH (1024 * 1024)
#define MAX_EVENTS 60

/* Settings */

static void
take_paragraph (GscReportDocument *document, char *text)
{
  gsc_report_document_add_paragraph (document, text);
  g_free (text);
}

static void
add_words (GscReportDocument *document, const GscConfig *config)
{
  g_autofree char *rule = gsc_config_get (config, "task_rule");
  g_autofree char *activation = gsc_config_get (config, "activation");
  g_autofree char *optimizer = gsc_config_get (config, "optimizer");
  g_autofree char *seed = gsc_config_get (config, "seed");
  int p = config->p;

  take_paragraph (
      document,
      g_strdup_printf (
          /* Translators: two numbers of tasks and the name of a rule, such as "rectangle" */
          _ ("A task is a pair (a, b); its answers are z = a x + b y mod %d. Pre-training knows %d "
             "of the %d tasks (rule: %s); the others are held out (o.o.d.). Of the %d inputs (x, "
             "y), "
             "a share of %g is for training; the others are test inputs."),
          p, config->tasks, p * p, rule, p * p, config->alpha));
  take_paragraph (
      document,
      g_strdup_printf (
          _ ("The model is a causal transformer: depth %d, heads per layer %d, width %d, "
             "activation "
             "%s. It reads sequences of examples x, y, z (examples per sequence: %d) and learns to "
             "answer each z."),
          config->depth, config->heads, config->width, activation, config->shots));
  take_paragraph (
      document, g_strdup_printf (
                    _ ("It is trained with %s for %s steps (sequences per step: %d), the first %s "
                       "of them to warm up. Everything random is drawn from the seed %s."),
                    optimizer, GSC_COUNT (config->steps), config->batch,
                    GSC_COUNT (config->warmup_steps), seed));
}

static GscFigureTable *
make_settings (const GscConfig *config)
{
  const char *const headings[] = { _ ("Key"), _ ("Value"), _ ("Meaning"), NULL };
  GscFigureTable *table = gsc_figure_table_new (headings);
  const char *const *keys = gsc_config_get_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *value = gsc_config_get (config, keys[i]);

      gsc_figure_table_add_text (table, keys[i]);
      gsc_figure_table_add_text (table, value);
      gsc_figure_table_add_text (table, gsc_config_get_help (keys[i]));
    }
  return table;
}

void
gsc_report_add_settings (GscReportDocument *document, const GscReportSource *source)
{
  g_autofree char *json = gsc_config_to_text (&source->run->config);

  gsc_report_document_add_heading (document, _ ("What Was Trained"));
  add_words (document, &source->run->config);
  gsc_report_document_add_table (document, _ ("All settings"),
                                 make_settings (&source->run->config));
  gsc_report_document_add_paragraph (
      document, _ ("The recipe as JSON, as “grokscope-cli train --config FILE” reads it:"));
  gsc_report_document_add_code (document, g_strchomp (json));
}

/* History */

/* (transfer full) */
static char *
describe_origin (const GscRunNotes *notes)
{
  if (notes->parent != NULL)
    return g_strdup_printf (_ ("Origin: it began with the weights of the run “%s” at its step %s."),
                            notes->parent, GSC_COUNT (notes->parent_step));
  if (notes->preset != NULL)
    return g_strdup_printf (_ ("Origin: the preset “%s”; it began with fresh weights."),
                            notes->preset);
  return g_strdup (_ ("Origin: it began with fresh weights."));
}

/* (transfer full) */
static char *
describe_rule (const GscStopRule *rule)
{
  const char *set = gsc_figure_pages_get_set_title (rule->set);

  switch (rule->mode)
    {
    case GSC_STOP_PATIENCE:
      return g_strdup_printf (
          ngettext ("Early stopping: after %d record without a new best accuracy "
                    "on %s at the last shot.",
                    "Early stopping: after %d records without a new best "
                    "accuracy on %s at the last shot.",
                    (gulong) rule->patience),
          rule->patience, set);
    case GSC_STOP_AT_STEP:
      return g_strdup_printf (_ ("Early stopping: at step %s."), GSC_COUNT (rule->step));
    case GSC_STOP_AT_ACCURACY:
      return g_strdup_printf (_ ("Early stopping: at an accuracy of %g on %s at the last shot."),
                              rule->accuracy, set);
    case GSC_STOP_OFF:
    default:
      return g_strdup (_ ("Early stopping: off."));
    }
}

static void
add_stop (GscReportDocument *document, const GscReportSource *source)
{
  const GscRunNotes *notes = source->notes;
  GPtrArray *records = source->run->records;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *rule = describe_rule (&notes->stop);
  int held = gsc_stop_rule_find (&notes->stop, records, source->run->config.p);

  g_string_append (text, rule);
  if (notes->stop.mode != GSC_STOP_OFF && notes->stop.only_marks)
    g_string_append_printf (text, " %s", _ ("It only marks the moment; the run goes on."));
  if (held >= 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (
          text, _ ("The rule held at step %s."),
          GSC_COUNT (((const GscRecord *) g_ptr_array_index (records, (guint) held))->step));
    }
  if (notes->ended_step >= 0)
    {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, _ ("The run was ended at step %s."),
                              GSC_COUNT (notes->ended_step));
      if (notes->ended_why != NULL)
        g_string_append_printf (text, " %s", notes->ended_why);
    }
  gsc_report_document_add_paragraph (document, text->str);
}

static void
add_times (GscReportDocument *document, const GscRunData *run)
{
  const GscRecord *last = gsc_run_data_get_record (run, (int) run->records->len - 1);
  double tokens;

  if (last == NULL || !(last->seconds > 0))
    return;
  tokens = (double) last->step * run->config.batch * gsc_config_get_time (&run->config);
  take_paragraph (document,
                  g_strdup_printf (_ ("Training time up to the last record, without pauses and "
                                      "measuring: %.0f s (%.1f min), %.0f tokens a second on "
                                      "average."),
                                   last->seconds, last->seconds / 60, tokens / last->seconds));
}

/* The run's own log: when it was trained, and with how many threads. */
static void
add_log (GscReportDocument *document, const char *path)
{
  gsize length;
  g_autofree char *file = g_build_filename (path, LOG_FILE, NULL);
  g_autofree char *text = gsc_text_file_read (file, MAX_LOG_LENGTH, &length, NULL);
  g_auto (GStrv) lines = NULL;
  guint n;

  if (text == NULL)
    return; /* the log is a courtesy */
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  n = g_strv_length (lines);
  if (n > MAX_EVENTS)
    {
      g_autofree char *end = g_strjoinv ("\n", lines + n - MAX_EVENTS);

      gsc_report_document_add_paragraph (document, _ ("The end of the run’s log:"));
      gsc_report_document_add_code (document, end);
      return;
    }
  gsc_report_document_add_paragraph (document, _ ("The run’s log:"));
  gsc_report_document_add_code (document, text);
}

void
gsc_report_add_history (GscReportDocument *document, const GscReportSource *source)
{
  gsc_report_document_add_heading (document, _ ("Origin and History"));
  take_paragraph (document, describe_origin (source->notes));
  add_stop (document, source);
  add_times (document, source->run);
  add_log (document, source->path);
}
