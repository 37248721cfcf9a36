/* gsc-report-results.c - what came out, in a few tables
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-report-results.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gsc-figure-pages.h"
#include "gsc-run-summary.h"

#define NONE "–"

static const double thresholds[GSC_N_SETS]
    = { GSC_PHASE_THRESHOLD, GSC_PHASE_THRESHOLD, GSC_PHASE_THRESHOLD, GSC_PHASE_THRESHOLD };

/* As the locale writes it. */
static void
add_number (GscFigureTable *table, double value)
{
  g_autofree char *text = isfinite (value) ? g_strdup_printf ("%.4f", value) : g_strdup (NONE);

  gsc_figure_table_add_text (table, text);
}

static void
add_natural (GscFigureTable *table, gint64 value)
{
  g_autofree char *text
      = value >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, value) : g_strdup (NONE);

  gsc_figure_table_add_text (table, text);
}

static void
take_heading (GPtrArray *headings, char *text)
{
  g_ptr_array_add (headings, text);
}

/* The records that are looked at, by step: the peak, the one shown, the last. */
static GPtrArray *
list_moments (const GscReportSource *source, const GscRunSummary *summary)
{
  GPtrArray *moments = g_ptr_array_new ();
  int last = (int) source->run->records->len - 1;

  for (int i = 0; i <= last; i++)
    if (i == summary->peak || i == source->record || i == last)
      g_ptr_array_add (moments, g_ptr_array_index (source->run->records, i));
  return moments;
}

static GscFigureTable *
make_sets (GPtrArray *moments)
{
  g_autoptr (GPtrArray) headings = g_ptr_array_new_with_free_func (g_free);
  GscFigureTable *table;

  take_heading (headings, g_strdup (_ ("Set")));
  for (guint i = 0; i < moments->len; i++)
    {
      g_autofree char *step = g_strdup_printf (
          "%" G_GINT64_FORMAT, ((const GscRecord *) g_ptr_array_index (moments, i))->step);

      /* Translators: headings of a table; %s is a number of steps */
      take_heading (headings, g_strdup_printf (_ ("Step %s: last shot"), step));
      take_heading (headings, g_strdup_printf (_ ("Step %s: all shots"), step));
      take_heading (headings, g_strdup_printf (_ ("Step %s: loss"), step));
    }
  g_ptr_array_add (headings, NULL);
  table = gsc_figure_table_new ((const char *const *) headings->pdata);
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      gsc_figure_table_add_text (table, gsc_figure_pages_get_set_title (set));
      for (guint i = 0; i < moments->len; i++)
        {
          const GscRecord *record = g_ptr_array_index (moments, i);

          add_number (table, record->sets[set].last_accuracy);
          add_number (table, record->sets[set].accuracy);
          add_number (table, record->sets[set].loss);
        }
    }
  return table;
}

static GscFigureTable *
make_summaries (const GscRunData *run)
{
  const char *const headings[] = {
    _ ("Set"),  _ ("Peak"),      _ ("Its step"),       _ ("At the end"),
    _ ("Drop"), _ ("Half-life"), _ ("Shots for 50 %"), _ ("Shots for 90 %"),
    NULL,
  };
  GscFigureTable *table = gsc_figure_table_new (headings);

  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      GscRunSummary summary = gsc_run_summarise (run->records, set, run->config.p, thresholds);
      gboolean known = summary.peak >= 0;

      gsc_figure_table_add_text (table, gsc_figure_pages_get_set_title (set));
      add_number (table, known ? summary.peak_accuracy : NAN);
      add_natural (table, known ? summary.peak_step : -1);
      add_number (table, known ? summary.final_accuracy : NAN);
      add_number (table, known ? summary.drop : NAN);
      add_natural (table, summary.half_life);
      add_natural (table, summary.shots_50);
      add_natural (table, summary.shots_90);
    }
  return table;
}

static void
add_outcome (GscReportDocument *document, const GscRunSummary *summary)
{
  g_autofree char *peak = g_strdup_printf ("%.4f", summary->peak_accuracy);
  g_autofree char *final = g_strdup_printf ("%.4f", summary->final_accuracy);
  g_autofree char *drop = g_strdup_printf ("%.4f", summary->drop);
  g_autofree char *text = g_strdup_printf (
      /* Translators: accuracies as 0.7451, steps, and phases of the paper such as "o.o.d.
       * generalisation" */
      _ ("On held-out tasks and test inputs (o.o.d./test) the accuracy at the last shot was "
         "highest "
         "at step %s: %s; at step %s, the end, it is %s, which is %s less. Phase at the peak: %s; "
         "at "
         "the end: %s (a set counts as solved from an accuracy of %.2f on)."),
      GSC_COUNT (summary->peak_step), peak, GSC_COUNT (summary->final_step), final, drop,
      _ (gsc_phase_get_title (summary->peak_phase)), _ (gsc_phase_get_title (summary->final_phase)),
      GSC_PHASE_THRESHOLD);

  gsc_report_document_add_paragraph (document, text);
}

void
gsc_report_add_results (GscReportDocument *document, const GscReportSource *source)
{
  GscRunSummary summary = gsc_run_summarise (source->run->records, GSC_SET_OOD_TEST,
                                             source->run->config.p, thresholds);
  g_autoptr (GPtrArray) moments = list_moments (source, &summary);

  gsc_report_document_add_heading (document, _ ("Results"));
  if (moments->len == 0)
    {
      gsc_report_document_add_paragraph (document, _ ("Nothing has been measured yet."));
      return;
    }
  if (summary.peak >= 0)
    add_outcome (document, &summary);
  gsc_report_document_add_table (document, _ ("Accuracy and loss on the four sets"),
                                 make_sets (moments));
  gsc_report_document_add_table (document, _ ("Peak and forgetting, at the last shot"),
                                 make_summaries (source->run));
  gsc_report_document_add_paragraph (
      document, _ ("The half-life is the number of steps from a set’s peak until half of what "
                   "exceeds chance is lost. The shots are the fewest examples after which the "
                   "accuracy at the peak reaches 50 % and 90 %. A dash: it never happens."));
}
