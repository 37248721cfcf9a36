/* gsc-report.c - a run as one document
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-report.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gsc-atomic-file.h"
#include "gsc-figure-pages.h"
#include "gsc-figure-studio.h"
#include "gsc-report-commands.h"
#include "gsc-report-html.h"
#include "gsc-report-pdf.h"
#include "gsc-report-results.h"
#include "gsc-report-settings.h"
#include "gsc-sequence.h"

/* clang-format off */
G_DEFINE_QUARK (gsc-report-error-quark, gsc_report_error)
/* clang-format on */

/* The context that app and terminal show first, too. */
#define CONTEXT_SEED 1

/* Slow analyses are made of themselves up to so many products: about half a minute. */
#define MAX_PRODUCTS 4e11

/* The share of the work that is done before the figures' last one: writing takes the rest. */
#define FIGURES_SHARE 0.95

/* The report under way. */
typedef struct
{
  const GscReportOptions *options;
  GscReportSource source;
  GscReportDocument *document;
  GscRunNotes *notes;
  GscRunFolder *folder;
  GscModel *model; /* NULL: there is none of that step */
  char *why_no_model;
  gint32 *tokens;
  guint figure; /* is being made */
} Report;

static void
report_clear (Report *report)
{
  g_clear_pointer (&report->source.run, gsc_run_data_unref);
  g_clear_pointer (&report->document, gsc_report_document_free);
  g_clear_pointer (&report->notes, gsc_run_notes_free);
  g_clear_pointer (&report->folder, gsc_run_folder_free);
  g_clear_pointer (&report->model, gsc_model_free);
  g_clear_pointer (&report->why_no_model, g_free);
  g_clear_pointer (&report->tokens, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Report, report_clear)

const char *const *
gsc_report_get_extensions (void)
{
  static const char *const extensions[] = { "html", "pdf", NULL };

  return extensions;
}

static gboolean
has_extension (const char *path, const char *extension)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autofree char *ending = g_strconcat (".", extension, NULL);

  return g_str_has_suffix (lower, ending);
}

gboolean
gsc_report_check_path (const char *path, GError **error)
{
  const char *const *extensions = gsc_report_get_extensions ();
  g_autofree char *name = g_filename_display_name (path);

  for (guint i = 0; extensions[i] != NULL; i++)
    if (has_extension (path, extensions[i]))
      return TRUE;
  g_set_error (error, GSC_REPORT_WRITE_ERROR, GSC_REPORT_ERROR_FORMAT,
               _ ("%s: The file’s name must end in .html or .pdf."), name);
  return FALSE;
}

/* The run */

/* The model of the record; a run whose record has lost its snapshot has none. */
static void
load_model (Report *report)
{
  const GscRecord *record = gsc_run_data_get_record (report->source.run, report->source.record);
  g_autofree char *which = NULL;
  g_autoptr (GError) error = NULL;

  if (record == NULL)
    {
      report->why_no_model = g_strdup (_ ("Nothing has been measured yet."));
      return;
    }
  which = g_strdup_printf ("%" G_GINT64_FORMAT, record->step);
  if (gsc_run_folder_find_step (report->folder, which, &error) >= 0)
    report->model = gsc_run_folder_load_snapshot (report->folder, record->step, &error);
  if (report->model == NULL)
    report->why_no_model = g_strdup (error->message);
}

static gboolean
open_run (Report *report, const char *path, GError **error)
{
  const char *step = report->options->step != NULL ? report->options->step : "best";
  g_autoptr (GscRunData) data = NULL;

  report->folder = gsc_run_folder_open (path, FALSE, error);
  if (report->folder == NULL)
    return FALSE;
  report->notes = gsc_run_notes_load (path, error);
  if (report->notes == NULL)
    return FALSE;
  data = gsc_run_data_load (path, error);
  if (data == NULL)
    return FALSE;
  report->source = (GscReportSource){
    .path = path,
    .run = g_steal_pointer (&data),
    .notes = report->notes,
    .record = -1,
    .all_analyses = report->options->all_analyses,
  };
  if (report->source.run->records->len > 0 || report->options->step != NULL)
    {
      report->source.record = gsc_run_data_find_record (report->source.run, step, error);
      if (report->source.record < 0)
        return FALSE;
    }
  load_model (report);
  return TRUE;
}

/* Figures */

/* What a slow analysis does, in products: it asks the model once more for each head, or for each
 * number of wrong labels. */
static gboolean
takes_long (const GscConfig *config)
{
  double times = MAX (config->depth * config->heads + 1, config->shots);

  return 12.0 * config->eval_sequences * gsc_config_get_time (config) * config->width
             * config->width * config->depth * times
         > MAX_PRODUCTS;
}

static void
on_progress (double done, gpointer data)
{
  const Report *report = data;
  const GscWatch *watch = report->options->watch;

  if (watch->progress != NULL)
    watch->progress (FIGURES_SHARE * (report->figure + done) / GSC_N_FIGURES, watch->data);
}

static void
append_title (GString *list, GscFigure figure)
{
  g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "",
                          _ (gsc_figure_get_title (figure)));
}

/* Why figures are missing. */
static void
add_gaps (Report *report, GString *without_model, GString *slow)
{
  g_autofree char *text = NULL;

  if (without_model->len > 0)
    {
      /* Translators: names of figures, and a sentence that says what is wrong with a file */
      text = g_strdup_printf (_ ("Left out, because the model of this step is not there: %s. %s"),
                              without_model->str, report->why_no_model);
      gsc_report_document_add_paragraph (report->document, text);
      g_clear_pointer (&text, g_free);
    }
  if (slow->len > 0)
    {
      text = g_strdup_printf (_ ("Left out, because they would take long with this model: %s. “%s” "
                                 "makes them, too."),
                              slow->str, "grokscope-cli report --all-analyses");
      gsc_report_document_add_paragraph (report->document, text);
    }
}

static gboolean
add_all_figures (Report *report, GscFigureStudio *studio, GError **error)
{
  g_autoptr (GString) without_model = g_string_new (NULL);
  g_autoptr (GString) slow = g_string_new (NULL);
  gboolean patient = report->options->all_analyses || !takes_long (&report->source.run->config);

  for (report->figure = 0; report->figure < GSC_N_FIGURES; report->figure++)
    {
      GscFigurePanel panel;
      g_autoptr (GscFrame) frame = NULL;

      gsc_figure_panel_init (&panel, report->figure);
      panel.options.every_pair = FALSE;
      if (!gsc_watch_step (report->options->watch, FIGURES_SHARE * report->figure / GSC_N_FIGURES,
                           error))
        return FALSE;
      if (report->model == NULL && gsc_figure_needs_model (report->figure))
        append_title (without_model, report->figure);
      else if (gsc_figure_panel_is_slow (&panel) && !patient)
        append_title (slow, report->figure);
      else
        {
          frame = gsc_figure_studio_make (studio, &panel, error);
          if (frame == NULL)
            return FALSE;
          gsc_report_document_add_figure (report->document, &panel, frame);
        }
    }
  add_gaps (report, without_model, slow);
  return TRUE;
}

/* The sequence that is looked at, of the cursor's task. */
static void
draw_context (Report *report, const GscCursor *cursor)
{
  const GscRunData *run = report->source.run;
  const GscTask task = { .a = cursor->a, .b = cursor->b };
  GscRng rng;

  report->tokens = g_new (gint32, 3 * (guint) run->config.shots);
  gsc_rng_init (&rng, CONTEXT_SEED, GSC_RNG_SHOW, 0, 0);
  gsc_sequence_draw (&rng, run->config.p, &task, run->inputs->train, run->inputs->n_train,
                     run->config.shots, report->tokens);
}

static gboolean
add_figures (Report *report, GError **error)
{
  const GscRunData *run = report->source.run;
  const GscRecord *record = gsc_run_data_get_record (run, report->source.record);
  const GscWatch watch = {
    .cancellable = report->options->watch != NULL ? report->options->watch->cancellable : NULL,
    .progress = on_progress,
    .data = report,
  };
  const GscSubject subject = {
    .model = report->model,
    .p = run->config.p,
    .config = &run->config,
    .tasks = run->tasks,
    .inputs = run->inputs,
  };
  GscFigureMaterial material = {
    .run = report->source.run,
    .record = report->source.record,
    .subject = report->model != NULL ? &subject : NULL,
    .step = record != NULL ? record->step : -1,
    .cursor = gsc_frame_default_cursor (run),
    .n_tokens = 3 * (guint) run->config.shots,
    .n_context = gsc_sequence_count_context (3 * (guint) run->config.shots, FALSE),
    .team = report->options->team,
    .watch = report->options->watch != NULL ? &watch : NULL,
  };
  g_autoptr (GscFigureStudio) studio = NULL;
  g_autofree char *text = NULL;

  draw_context (report, &material.cursor);
  material.tokens = report->tokens;
  studio = gsc_figure_studio_new (&material);
  gsc_report_document_add_heading (report->document, _ ("Figures"));
  if (record != NULL)
    {
      text = g_strdup_printf (_ ("All figures but the learning curves are of step %s. What the "
                                 "model does with one task is "
                                 "shown for z = %d x + %d y, which it was not trained on."),
                              GSC_COUNT (record->step), material.cursor.a, material.cursor.b);
      gsc_report_document_add_paragraph (report->document, text);
    }
  return add_all_figures (report, studio, error);
}

/* The document */

const char *
gsc_report_get_bibtex (void)
{
  return "@inproceedings{he2024learning,\n"
         "  title     = {Learning to grok: Emergence of in-context learning and skill composition\n"
         "               in modular arithmetic tasks},\n"
         "  author    = {He, Tianyu and Doshi, Darshil and Das, Aritra and Gromov, Andrey},\n"
         "  booktitle = {Advances in Neural Information Processing Systems},\n"
         "  year      = {2024},\n"
         "  note      = {arXiv:2406.02550}\n"
         "}";
}

static void
add_citation (GscReportDocument *document)
{
  g_autofree char *program
      /* Translators: the version of the program */
      = g_strdup_printf (_ ("This report was made with Grokscope %s."), GSC_VERSION);

  gsc_report_document_add_heading (document, _ ("Program and Paper"));
  gsc_report_document_add_paragraph (document, program);
  gsc_report_document_add_paragraph (document, _ ("The experiment is that of this paper; please "
                                                  "cite it when you use these results:"));
  gsc_report_document_add_code (document, gsc_report_get_bibtex ());
}

static gboolean
make_document (Report *report, GError **error)
{
  const GscRunData *run = report->source.run;
  const char *name = report->notes->title != NULL ? report->notes->title : run->name;
  const GscRecord *record = gsc_run_data_get_record (run, report->source.record);
  g_autofree char *title = g_strdup_printf (_ ("Report of the run “%s”"), name);
  g_autofree char *about = gsc_figure_pages_describe (run, record);

  report->document = gsc_report_document_new (title);
  gsc_report_document_add_paragraph (report->document, about);
  gsc_report_add_results (report->document, &report->source);
  gsc_report_add_settings (report->document, &report->source);
  gsc_report_add_history (report->document, &report->source);
  if (!add_figures (report, error))
    return FALSE;
  gsc_report_add_commands (report->document, &report->source);
  add_citation (report->document);
  return gsc_watch_step (report->options->watch, FIGURES_SHARE, error);
}

gboolean
gsc_report_write (const char *run_path,
                  const char *path,
                  const GscReportOptions *options,
                  GError **error)
{
  g_auto (Report) report = { .options = options };
  g_autoptr (GString) html = NULL;

  if (!gsc_report_check_path (path, error) || !open_run (&report, run_path, error)
      || !make_document (&report, error))
    return FALSE;
  if (has_extension (path, "pdf"))
    return gsc_report_pdf_write (report.document, path, error);
  html = gsc_report_html_make (report.document, error);
  return html != NULL && gsc_atomic_file_write (path, html->str, html->len, error);
}
