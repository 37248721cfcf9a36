/* test-report.c - reports of runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-report.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gsc-figure.h"
#include "gsc-report-commands.h"
#include "gsc-report-html.h"
#include "gsc-run-notes.h"
#include "gsc-run-summary.h"
#include "gsc-training.h"

/* A run of a moment, shared by the tests. */
static char *folder;
static char *run_path;

static void
train (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscTraining) training = NULL;
  GscConfig config;

  gsc_config_init_default (&config);
  config.p = 5;
  config.width = 16;
  config.heads = 2;
  config.depth = 2;
  config.shots = 5;
  config.batch = 12;
  config.tasks = 12;
  config.warmup_steps = 5;
  config.steps = 30;
  config.record_every = 10;
  config.eval_sequences = 24;
  training = gsc_training_new (run_path, &config, 1, &error);
  g_assert_no_error (error);
  g_assert_true (gsc_training_run (training, NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

/* (transfer full) */
static char *
write_report (const char *name, const GscReportOptions *options, gsize *length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  gsc_report_write (run_path, path, options, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

/* What a document holds, as a parser of XML sees it. */
typedef struct
{
  GHashTable *ids;
  GPtrArray *references; /* "#..." without the mark, and url(#...) */
  GString *text;         /* of all elements */
  guint n_figures;
  guint n_tables;
} Parsed;

static void
add_references (Parsed *parsed, const char *value)
{
  const char *at = value;

  while ((at = strstr (at, "url(#")) != NULL)
    {
      const char *end = strchr (at, ')');

      g_assert_nonnull (end);
      g_ptr_array_add (parsed->references, g_strndup (at + 5, (gsize) (end - at - 5)));
      at = end;
    }
}

static void
on_start (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Parsed *parsed = data;
  gboolean labelled = FALSE;

  g_assert_cmpstr (element, !=, "script");
  g_assert_cmpstr (element, !=, "link");
  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean href = g_str_has_suffix (names[i], "href");

      if (g_str_equal (names[i], "id"))
        g_assert_true (g_hash_table_add (parsed->ids, g_strdup (values[i])));
      if (href && values[i][0] == '#')
        g_ptr_array_add (parsed->references, g_strdup (values[i] + 1));
      /* nothing outside: pictures are in the file itself */
      if ((href && values[i][0] != '#') || g_str_equal (names[i], "src"))
        g_assert_true (g_str_has_prefix (values[i], "data:"));
      labelled |= g_str_equal (names[i], "aria-label") && values[i][0] != '\0';
      add_references (parsed, values[i]);
    }
  parsed->n_tables += g_str_equal (element, "table");
  if (g_str_equal (element, "svg"))
    {
      g_assert_true (labelled);
      parsed->n_figures++;
    }
}

static void
on_text (
    GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Parsed *parsed = data;

  g_string_append_len (parsed->text, text, (gssize) length);
  g_string_append_c (parsed->text, '\n');
}

static void
parse (Parsed *parsed, const char *html, gsize length)
{
  static const GMarkupParser parser = { .start_element = on_start, .text = on_text };
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GError) error = NULL;

  *parsed = (Parsed){
    .ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .references = g_ptr_array_new_with_free_func (g_free),
    .text = g_string_new (NULL),
  };
  context = g_markup_parse_context_new (&parser, 0, parsed, NULL);
  g_markup_parse_context_parse (context, html, (gssize) length, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  for (guint i = 0; i < parsed->references->len; i++)
    g_assert_true (g_hash_table_contains (parsed->ids, g_ptr_array_index (parsed->references, i)));
}

static void
parsed_clear (Parsed *parsed)
{
  g_hash_table_unref (parsed->ids);
  g_ptr_array_unref (parsed->references);
  g_string_free (parsed->text, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parsed, parsed_clear)

static void
assert_has_number (const Parsed *parsed, double value)
{
  g_autofree char *text = g_strdup_printf ("\n%.4f\n", value);

  g_assert_nonnull (strstr (parsed->text->str, text));
}

/* Well-formed, whole, and with the numbers of the run. */
static void
test_content (void)
{
  const double thresholds[GSC_N_SETS] = { 0.5, 0.5, 0.5, 0.5 };
  const GscReportOptions options = { NULL };
  gsize length;
  g_autofree char *html = write_report ("report.html", &options, &length);
  g_autoptr (GscRunData) run = gsc_run_data_load (run_path, NULL);
  g_auto (Parsed) parsed = { NULL };

  parse (&parsed, html, length);
  g_assert_cmpuint (parsed.n_figures, ==, GSC_N_FIGURES);
  g_assert_cmpuint (parsed.n_tables, >=,
                    3 + GSC_N_FIGURES - 2); /* all but a few are not too long */
  g_assert_true (g_str_has_prefix (html, "<!DOCTYPE html>\n<html lang=\"en\""));
  for (guint set = 0; set < GSC_N_SETS; set++)
    {
      GscRunSummary summary = gsc_run_summarise (run->records, set, 5, thresholds);
      const GscRecord *last = g_ptr_array_index (run->records, run->records->len - 1);

      assert_has_number (&parsed, summary.peak_accuracy);
      assert_has_number (&parsed, summary.final_accuracy);
      assert_has_number (&parsed, summary.drop);
      assert_has_number (&parsed, last->sets[set].loss);
      assert_has_number (&parsed, last->sets[set].accuracy);
    }
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    g_assert_true (g_hash_table_contains (parsed.ids, gsc_figure_get_name (figure)));
  g_assert_nonnull (strstr (parsed.text->str, "arXiv:2406.02550"));
  g_assert_nonnull (strstr (parsed.text->str, "Grokscope " GSC_VERSION));
  g_assert_nonnull (strstr (parsed.text->str, "\"record_every\": 10"));
  g_assert_nonnull (strstr (parsed.text->str, "finished at step 30"));
  g_assert_nonnull (strstr (parsed.text->str, "Early stopping: off."));
  g_assert_null (strstr (parsed.text->str, "Left out"));
}

/* The same run: the same bytes, in both formats; another step: others. */
static void
test_deterministic (void)
{
  static const char *const names[] = { "a.html", "a.pdf" };
  const GscReportOptions best = { NULL };
  const GscReportOptions last = { .step = "last" };
  const GscReportOptions first = { .step = "0" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize lengths[4];
      g_autofree char *one = write_report (names[i], &best, &lengths[0]);
      g_autofree char *two = write_report (names[i], &best, &lengths[1]);
      g_autofree char *end = write_report (names[i], &last, &lengths[2]);
      g_autofree char *begin = write_report (names[i], &first, &lengths[3]);

      g_assert_cmpmem (one, lengths[0], two, lengths[1]);
      g_assert_false (lengths[2] == lengths[3] && memcmp (end, begin, lengths[2]) == 0);
      if (i == 1)
        g_assert_true (g_str_has_prefix (one, "%PDF-1."));
    }
}

/* The command makes the same recipe, whatever there is in it. */
static void
test_command (void)
{
  static const char *const changes[][2]
      = { { "lr", "0.00123456789" }, { "seed", "9007199254740991" },
          { "task_rule", "random" }, { "optimizer", "adamw" },
          { "tied", "false" },       { "epsilon", "1e-09" } };
  GscConfig config, again;
  g_autofree char *command = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  guint n = 0;

  gsc_config_init_default (&config);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_assert_true (gsc_config_set (&config, changes[i][0], changes[i][1], NULL));
  command = gsc_report_make_train_command (&config, "my run's $HOME");
  g_assert_true (g_shell_parse_argv (command, NULL, &words, &error));
  g_assert_cmpstr (words[0], ==, "grokscope-cli");
  g_assert_cmpstr (words[1], ==, "train");

  memset (&again, 0, sizeof again);
  for (n = 2; g_strcmp0 (words[n], "--set") == 0; n += 2)
    {
      g_auto (GStrv) parts = g_strsplit (words[n + 1], "=", 2);

      gsc_config_set (&again, parts[0], parts[1], &error);
      g_assert_no_error (error);
    }
  g_assert_true (gsc_config_equal (&config, &again));
  g_assert_cmpstr (words[n], ==, "my run's $HOME");
  g_assert_null (words[n + 1]);
}

/* Names that would be markup are not. */
static void
test_escaping (void)
{
  static const char evil[] = "</title><script>alert(1)</script>&\"' \x01 \xff url(#x) id=\"y\"";
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  g_autofree char *notes_path = g_build_filename (run_path, "notes.json", NULL);
  g_autoptr (GscReportDocument) document = gsc_report_document_new (evil);
  const GscReportOptions options = { NULL };
  g_auto (Parsed) parsed = { NULL };
  g_auto (Parsed) other = { NULL };
  g_autoptr (GString) made = NULL;
  g_autofree char *html = NULL;
  gsize length;

  notes->title = g_strdup ("<b>\"run\" & ]]> 'x'</b>");
  notes->parent = g_strdup ("<i>parent</i>");
  notes->parent_step = 20;
  notes->stop.mode = GSC_STOP_PATIENCE;
  notes->stop.patience = 7;
  notes->ended_step = 30;
  notes->ended_why = g_strdup ("Because <u>.");
  g_assert_true (gsc_run_notes_save (notes, run_path, NULL));
  html = write_report ("evil.html", &options, &length);
  g_assert_cmpint (g_remove (notes_path), ==, 0);
  parse (&parsed, html, length);
  g_assert_nonnull (strstr (parsed.text->str, "<b>\"run\" & ]]> 'x'</b>"));
  g_assert_nonnull (strstr (parsed.text->str, "<i>parent</i>"));
  g_assert_nonnull (strstr (parsed.text->str, "Because <u>."));
  g_assert_nonnull (strstr (parsed.text->str, "after 7 records"));
  g_assert_null (strstr (html, "<b>"));
  g_assert_null (strstr (html, "<i>"));

  gsc_report_document_add_heading (document, evil);
  gsc_report_document_add_code (document, evil);
  made = gsc_report_html_make (document, NULL);
  g_assert_nonnull (made);
  parse (&other, made->str, made->len);
  g_assert_null (strstr (made->str, "<script"));
  g_assert_null (strchr (made->str, 1));
  g_assert_true (g_utf8_validate (made->str, (gssize) made->len, NULL));
  g_assert_nonnull (strstr (other.text->str, "url(#x) id=\"y\""));
}

/* Where the snapshot of the step is gone, the report says what is missing. */
static void
test_without_model (void)
{
  g_autofree char *snapshot
      = g_build_filename (run_path, "snapshots", "step-00000010.safetensors", NULL);
  g_autofree char *away = g_build_filename (folder, "away", NULL);
  const GscReportOptions options = { .step = "10" };
  g_auto (Parsed) parsed = { NULL };
  g_autofree char *html = NULL;
  gsize length;

  g_assert_cmpint (g_rename (snapshot, away), ==, 0);
  html = write_report ("gone.html", &options, &length);
  g_assert_cmpint (g_rename (away, snapshot), ==, 0);
  parse (&parsed, html, length);
  g_assert_nonnull (strstr (parsed.text->str, "Left out, because the model of this step"));
  g_assert_cmpuint (parsed.n_figures, >, 0);
  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    g_assert_true (gsc_figure_needs_model (figure)
                   != g_hash_table_contains (parsed.ids, gsc_figure_get_name (figure)));
}

static void
cancel (double done, gpointer data)
{
  if (done > 0.3)
    g_cancellable_cancel (data);
}

/* Nothing is left of a report that was not finished. */
static void
test_faults (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const GscWatch watch = { .cancellable = cancellable, .progress = cancel, .data = cancellable };
  const GscReportOptions cancelled = { .watch = &watch };
  const GscReportOptions no_step = { .step = "11" };
  const GscReportOptions usual = { NULL };
  g_autofree char *path = g_build_filename (folder, "no.html", NULL);
  g_autofree char *text = g_build_filename (folder, "no.txt", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (gsc_report_write (run_path, path, &cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (gsc_report_write (run_path, path, &no_step, &error));
  g_assert_nonnull (strstr (error->message, "11"));
  g_clear_error (&error);
  g_assert_false (gsc_report_write (run_path, text, &usual, &error));
  g_assert_error (error, GSC_REPORT_WRITE_ERROR, GSC_REPORT_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_false (gsc_report_write (folder, path, &usual, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
  run_path = g_build_filename (folder, "run", NULL);
  train ();
  g_test_add_func ("/report/content", test_content);
  g_test_add_func ("/report/deterministic", test_deterministic);
  g_test_add_func ("/report/command", test_command);
  g_test_add_func ("/report/escaping", test_escaping);
  g_test_add_func ("/report/without-model", test_without_model);
  g_test_add_func ("/report/faults", test_faults);
  result = g_test_run ();
  remove_tree (folder);
  g_free (run_path);
  g_free (folder);
  return result;
}
