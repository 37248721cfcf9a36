/* test-export.c - figures as files and pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "gsc-application.h"
#include "gsc-board.h"
#include "gsc-export-dialog.h"
#include "gsc-export-image.h"
#include "gsc-export-provider.h"
#include "session-fixture.h"
#include "widget-fixture.h"

/* A session, what there is to export of it, and an empty folder. */
typedef struct
{
  SessionFixture shown;
  GscExportSource *source;
  GscExportPanels panels;
  GscFigurePaper paper;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  session_fixture_open (&fixture->shown, 4);
  session_fixture_wait (&fixture->shown);
  fixture->source = gsc_export_source_new (fixture->shown.session, 0);
  g_assert_nonnull (fixture->source);
  fixture->panels.figure = GSC_FIGURE_ATTENTION;
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    gsc_figure_panel_init (&fixture->panels.panels[i], (GscFigure) i);
  gsc_figure_paper_init (&fixture->paper, gsc_figure_venue_find ("nature-single"));
  fixture->folder = g_dir_make_tmp ("grokscope-export-XXXXXX", NULL);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  gsc_export_source_unref (fixture->source);
  session_fixture_close (&fixture->shown);
}

static GscExportItem
get_item (Fixture *fixture, GscFigure figure)
{
  return (GscExportItem){ .panel = fixture->panels.panels[figure] };
}

static char *
in_folder (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static void
assert_same_bytes (const char *path, const char *expected)
{
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  gsize length_a, length_b;

  g_assert_true (g_file_get_contents (path, &a, &length_a, NULL));
  g_assert_true (g_file_get_contents (expected, &b, &length_b, NULL));
  g_assert_cmpmem (a, length_a, b, length_b);
}

static void
assert_begins (const char *path, const char *start)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, start));
}

/* Settings */

static void
test_settings (void)
{
  g_autoptr (GSettings) settings = gsc_application_load_settings ();
  GscExportSettings before, after;
  GscFigurePaper paper;
  guint n;
  const GscFigureVenue *venues = gsc_figure_venue_get_all (&n);

  g_assert_nonnull (settings);
  gsc_export_settings_load (&after, settings);
  gsc_export_settings_init (&before);
  g_assert_cmpmem (&after, sizeof after, &before, sizeof before);
  /* the paper is the one of the command line's default */
  gsc_export_settings_get_paper (&after, &paper);
  g_assert_cmpfloat (paper.width, ==, 5.5 * 72);
  g_assert_cmpint (paper.theme, ==, GSC_PALETTE_PAPER);

  before = (GscExportSettings){
    .format = GSC_EXPORT_PNG,
    .dpi = 600,
    .width = 50.8,
    .height = 25.4,
    .inches = TRUE,
    .theme = GSC_PALETTE_DARK,
    .transparent = TRUE,
  };
  gsc_export_settings_save (&before, settings);
  gsc_export_settings_load (&after, settings);
  g_assert_cmpmem (&after, sizeof after, &before, sizeof before);
  gsc_export_settings_get_paper (&after, &paper);
  g_assert_cmpfloat_with_epsilon (paper.width, 144, 1e-9);
  g_assert_cmpfloat_with_epsilon (paper.height, 72, 1e-9);
  g_assert_cmpfloat (paper.dpi, ==, 600);
  g_assert_true (paper.transparent);

  /* every venue can be remembered; slides have their own pixels */
  for (guint i = 0; i < n; i++)
    {
      before.venue = &venues[i];
      gsc_export_settings_save (&before, settings);
      gsc_export_settings_load (&after, settings);
      g_assert_true (after.venue == &venues[i]);
      gsc_export_settings_get_paper (&after, &paper);
      g_assert_cmpfloat (paper.dpi, ==, venues[i].height > 0 ? venues[i].dpi : 600);
    }
  g_settings_reset (settings, "export-format");
  g_settings_reset (settings, "export-size");
  g_settings_reset (settings, "export-dpi");
  g_settings_reset (settings, "export-width");
  g_settings_reset (settings, "export-height");
  g_settings_reset (settings, "export-inches");
  g_settings_reset (settings, "export-theme");
  g_settings_reset (settings, "export-transparent");
}

/* Jobs */

typedef struct
{
  gboolean ended;
  GError *error;
} Outcome;

static void
on_done (GObject *object, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  gsc_export_job_run_finish (GSC_EXPORT_JOB (object), result, &outcome->error);
  outcome->ended = TRUE;
}

static gboolean
has_ended (gpointer data)
{
  return ((Outcome *) data)->ended;
}

static void
run_job (GscExportJob *job, Outcome *outcome)
{
  *outcome = (Outcome){ FALSE, NULL };
  gsc_export_job_run_async (job, NULL, on_done, outcome);
  session_fixture_iterate_until (has_ended, outcome);
}

/* The job's files are those of the function that the command line calls. */
static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  static const GscFigure figures[]
      = { GSC_FIGURE_LEARNING_CURVES, GSC_FIGURE_ATTENTION, GSC_FIGURE_PROJECTION };
  const GscFigureOrigin *origin = gsc_export_source_get_origin (fixture->source);
  GscFrame *frame = gsc_session_get_frame (fixture->shown.session);

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    for (guint format = 0; format < GSC_EXPORT_TABLE; format++)
      {
        GscExportItem item = get_item (fixture, figures[i]);
        const char *extension = gsc_export_format_get_extension ((GscExportFormat) format);
        g_autofree char *name = g_strdup_printf ("job.%s", extension);
        g_autofree char *other = g_strdup_printf ("expected.%s", extension);
        g_autofree char *path = in_folder (fixture, name);
        g_autofree char *expected = in_folder (fixture, other);
        g_autoptr (GscExportJob) job = gsc_export_job_new (
            fixture->source, &item, 1, (GscExportFormat) format, &fixture->paper, path, FALSE);
        Outcome outcome;

        g_assert_true (gsc_export_source_is_ready (fixture->source, &item));
        run_job (job, &outcome);
        g_assert_no_error (outcome.error);
        g_assert_cmpfloat (gsc_export_job_get_progress (job), ==, 1);
        g_assert_true (
            gsc_figure_export (&item.panel, frame, &fixture->paper, origin, expected, NULL));
        assert_same_bytes (path, expected);
      }
}

static void
test_table (Fixture *fixture, gconstpointer data)
{
  GscExportItem item = get_item (fixture, GSC_FIGURE_SHOTS);
  g_autofree char *path = in_folder (fixture, "numbers.csv");
  g_autofree char *again = g_build_filename (fixture->folder, "again", "numbers.csv", NULL);
  g_autofree char *subfolder = g_path_get_dirname (again);
  g_autoptr (GscExportJob) job = gsc_export_job_new (fixture->source, &item, 1, GSC_EXPORT_TABLE,
                                                     &fixture->paper, path, FALSE);
  g_auto (GStrv) files = gsc_export_job_list_files (job);
  Outcome outcome;

  g_assert_cmpuint (g_strv_length (files), ==, 3);
  run_job (job, &outcome);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (count_files (fixture->folder), ==, 3);
  g_assert_cmpint (g_mkdir (subfolder, 0700), ==, 0);
  g_assert_true (gsc_figure_export_table (
      &item.panel, gsc_session_get_frame (fixture->shown.session), &fixture->paper,
      gsc_export_source_get_origin (fixture->source), again, NULL));
  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (files[i]);
      g_autofree char *expected = g_build_filename (subfolder, name, NULL);

      assert_same_bytes (files[i], expected);
      g_unlink (expected);
    }
  g_rmdir (subfolder);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  GscExportItem items[GSC_N_FIGURES];
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *mine = in_folder (fixture, "attention.pdf");
  g_autoptr (GscExportJob) job = NULL;
  Outcome outcome = { FALSE, NULL };

  for (guint i = 0; i < GSC_N_FIGURES; i++)
    items[i] = get_item (fixture, (GscFigure) i);
  g_assert_true (g_file_set_contents (mine, "mine", -1, NULL));
  job = gsc_export_job_new (fixture->source, items, GSC_N_FIGURES, GSC_EXPORT_PDF, &fixture->paper,
                            fixture->folder, TRUE);
  gsc_export_job_run_async (job, cancellable, on_done, &outcome);
  while (gsc_export_job_get_progress (job) < 0.2)
    g_usleep (500);
  g_cancellable_cancel (cancellable);
  session_fixture_iterate_until (has_ended, &outcome);
  g_assert_error (outcome.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&outcome.error);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  assert_begins (mine, "mine");
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  GscExportItem items[2]
      = { get_item (fixture, GSC_FIGURE_SHOTS), get_item (fixture, GSC_FIGURE_TASK_GRID) };
  g_autofree char *nowhere = g_build_filename (fixture->folder, "gone", "shots.pdf", NULL);
  g_autofree char *folder = g_path_get_dirname (nowhere);
  g_autoptr (GscExportJob) one = gsc_export_job_new (fixture->source, items, 1, GSC_EXPORT_PDF,
                                                     &fixture->paper, nowhere, FALSE);
  g_autoptr (GscExportJob) two = gsc_export_job_new (fixture->source, items, 2, GSC_EXPORT_PDF,
                                                     &fixture->paper, folder, TRUE);
  Outcome outcome;

  run_job (one, &outcome);
  g_assert_error (outcome.error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (outcome.error->message, "gone"));
  g_clear_error (&outcome.error);
  run_job (two, &outcome);
  g_assert_error (outcome.error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull (strstr (outcome.error->message, "gone"));
  g_clear_error (&outcome.error);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* The dialog */

static gboolean
is_drawn (gpointer dialog)
{
  GscExportPreview *preview = gsc_export_dialog_get_preview (dialog);

  return !gsc_export_preview_is_busy (preview)
         && (gsc_export_preview_get_surface (preview) != NULL
             || gsc_export_preview_get_message (preview) != NULL);
}

static gboolean
is_null (gpointer pointer)
{
  return *(gpointer *) pointer == NULL;
}

static void
on_exported (GscExportDialog *dialog, char **paths, gpointer data)
{
  *(char ***) data = g_strdupv (paths);
}

static GscExportDialog *
open_dialog (Fixture *fixture)
{
  GscExportDialog *dialog = gsc_export_dialog_new (NULL, fixture->source, &fixture->panels, NULL);

  widget_fixture_present (GTK_WINDOW (dialog));
  session_fixture_iterate_until (is_drawn, dialog);
  return dialog;
}

static void
close_dialog (GscExportDialog *dialog)
{
  gpointer weak = dialog;

  g_object_add_weak_pointer (G_OBJECT (dialog), &weak);
  gtk_window_destroy (GTK_WINDOW (dialog));
  session_fixture_iterate_until (is_null, &weak);
}

static void
assert_size (GscExportDialog *dialog, double width)
{
  GscExportPreview *preview = gsc_export_dialog_get_preview (dialog);
  cairo_surface_t *surface = gsc_export_preview_get_surface (preview);
  double dpi = gsc_export_preview_get_screen_dpi (GTK_WIDGET (preview));
  double page_width, page_height;

  g_assert_null (gsc_export_preview_get_message (preview));
  gsc_export_preview_get_size (preview, &page_width, &page_height);
  g_assert_cmpfloat_with_epsilon (page_width, width, 1e-9);
  g_assert_cmpfloat (page_height, >, 50);
  g_assert_cmpfloat_with_epsilon (cairo_image_surface_get_width (surface), width * dpi / 72, 1.001);
}

static void
test_preview (Fixture *fixture, gconstpointer data)
{
  GscExportDialog *dialog = open_dialog (fixture);
  GscExportForm *form = gsc_export_dialog_get_form (dialog);
  GscExportPreview *preview = gsc_export_dialog_get_preview (dialog);
  GscExportSettings settings;
  double width, height;

  widget_fixture_assert_named (GTK_WIDGET (dialog));
  assert_size (dialog, 5.5 * 72);

  gsc_export_form_get_settings (form, &settings);
  settings.venue = gsc_figure_venue_find ("nature-single");
  gsc_export_form_set_settings (form, &settings);
  session_fixture_iterate_until (is_drawn, dialog);
  assert_size (dialog, 89 * 72 / 25.4);

  settings.venue = NULL;
  settings.width = 100;
  settings.height = 70;
  gsc_export_form_set_settings (form, &settings);
  session_fixture_iterate_until (is_drawn, dialog);
  assert_size (dialog, 100 * 72 / 25.4);
  gsc_export_preview_get_size (preview, &width, &height);
  g_assert_cmpfloat_with_epsilon (height, 70 * 72 / 25.4, 1e-9);

  /* fitted, it is as large as there is room for */
  gsc_export_preview_set_fit (preview, TRUE);
  session_fixture_iterate_until (is_drawn, dialog);
  g_assert_cmpint (cairo_image_surface_get_width (gsc_export_preview_get_surface (preview)), >,
                   (int) (width * 96 / 72));
  gsc_export_preview_set_fit (preview, FALSE);

  /* a figure of the paper, whose analyses nobody has made yet */
  gsc_export_form_choose_recipe (form, gsc_figure_recipe_find ("6"));
  gsc_export_form_choose (form, GSC_EXPORT_RECIPE);
  session_fixture_iterate_until (is_drawn, dialog);
  assert_size (dialog, 100 * 72 / 25.4);

  /* nothing is ticked: nothing to export */
  gsc_export_form_choose (form, GSC_EXPORT_SEVERAL);
  gsc_export_dialog_export_to (dialog, fixture->folder);
  g_assert_null (gsc_export_dialog_get_saver (dialog));
  close_dialog (dialog);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

static void
test_all (Fixture *fixture, gconstpointer data)
{
  GscExportDialog *dialog = open_dialog (fixture);
  gpointer weak = dialog;
  g_auto (GStrv) paths = NULL;

  g_object_add_weak_pointer (G_OBJECT (dialog), &weak);
  g_signal_connect (dialog, "exported", G_CALLBACK (on_exported), &paths);
  gsc_export_form_choose (gsc_export_dialog_get_form (dialog), GSC_EXPORT_ALL);
  gsc_export_dialog_export_to (dialog, fixture->folder);
  session_fixture_iterate_until (is_null, &weak);
  g_assert_cmpuint (g_strv_length (paths), ==, GSC_N_FIGURES);
  g_assert_cmpuint (count_files (fixture->folder), ==, GSC_N_FIGURES);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      g_autofree char *name = g_strconcat (gsc_figure_get_name ((GscFigure) i), ".pdf", NULL);
      g_autofree char *path = in_folder (fixture, name);

      g_assert_true (g_strv_contains ((const char *const *) paths, path));
      assert_begins (path, "%PDF-");
    }
}

static gboolean
has_question (gpointer dialog)
{
  return gsc_export_saver_get_question (gsc_export_dialog_get_saver (dialog)) != NULL;
}

static gboolean
has_no_saver (gpointer dialog)
{
  return gsc_export_dialog_get_saver (dialog) == NULL;
}

/* Nothing is replaced that the user has not agreed to. */
static void
test_replace (Fixture *fixture, gconstpointer data)
{
  GscExportDialog *dialog = open_dialog (fixture);
  GscExportForm *form = gsc_export_dialog_get_form (dialog);
  g_autofree char *shots = in_folder (fixture, "shots.pdf");
  gpointer weak = dialog;

  g_object_add_weak_pointer (G_OBJECT (dialog), &weak);
  g_assert_true (g_file_set_contents (shots, "mine", -1, NULL));
  gsc_export_form_tick (form, GSC_FIGURE_SHOTS, TRUE);
  gsc_export_form_tick (form, GSC_FIGURE_TASK_GRID, TRUE);
  gsc_export_form_choose (form, GSC_EXPORT_SEVERAL);

  gsc_export_dialog_export_to (dialog, fixture->folder);
  session_fixture_iterate_until (has_question, dialog);
  adw_message_dialog_response (gsc_export_saver_get_question (gsc_export_dialog_get_saver (dialog)),
                               "cancel");
  session_fixture_iterate_until (has_no_saver, dialog);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  assert_begins (shots, "mine");

  gsc_export_dialog_export_to (dialog, fixture->folder);
  session_fixture_iterate_until (has_question, dialog);
  adw_message_dialog_response (gsc_export_saver_get_question (gsc_export_dialog_get_saver (dialog)),
                               "replace");
  session_fixture_iterate_until (is_null, &weak);
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
  assert_begins (shots, "%PDF-");
}

/* The fault is said in the dialog, which stays open. */
static void
test_fault (Fixture *fixture, gconstpointer data)
{
  GscExportDialog *dialog = open_dialog (fixture);
  g_autofree char *path = g_build_filename (fixture->folder, "gone", "attention", NULL);

  gsc_export_dialog_export_to (dialog, path);
  session_fixture_iterate_until (has_no_saver, dialog);
  g_assert_nonnull (gsc_export_dialog_get_message (dialog));
  /* the name has got its extension */
  g_assert_nonnull (strstr (gsc_export_dialog_get_message (dialog), "attention.pdf"));
  close_dialog (dialog);
}

/* Pictures */

typedef struct
{
  GAsyncResult *result;
} Answer;

static void
on_answer (GObject *object, GAsyncResult *result, gpointer data)
{
  ((Answer *) data)->result = g_object_ref (result);
}

static gboolean
has_answer (gpointer data)
{
  return ((Answer *) data)->result != NULL;
}

/* What a content provider writes as @mime_type. */
static GBytes *
read_content (GdkContentProvider *provider, const char *mime_type)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;
  Answer answer = { NULL };

  gdk_content_provider_write_mime_type_async (provider, mime_type, stream, G_PRIORITY_DEFAULT, NULL,
                                              on_answer, &answer);
  session_fixture_iterate_until (has_answer, &answer);
  gdk_content_provider_write_mime_type_finish (provider, answer.result, &error);
  g_assert_no_error (error);
  g_object_unref (answer.result);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

static void
assert_picture (GBytes *png, const GscFigurePaper *paper, GscFigure figure)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (png, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, lround (paper->width * paper->dpi / 72));
  g_assert_cmpint (gdk_texture_get_height (texture), ==,
                   lround (gsc_figure_export_get_height (figure, paper) * paper->dpi / 72));
}

static void
test_clipboard (Fixture *fixture, gconstpointer data)
{
  GscExportItem item = get_item (fixture, GSC_FIGURE_SEQUENCE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GscExportImage) image
      = gsc_export_image_make (fixture->source, &item, &fixture->paper, NULL, &error);
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GdkContentFormats) formats = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) svg = NULL;

  g_assert_no_error (error);
  content = gsc_export_image_make_content (image);
  formats = gdk_content_provider_ref_formats (content);
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/png"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));
  png = read_content (content, "image/png");
  assert_picture (png, &fixture->paper, GSC_FIGURE_SEQUENCE);
  svg = read_content (content, "image/svg+xml");
  g_assert_nonnull (
      g_strstr_len (g_bytes_get_data (svg, NULL), (gssize) g_bytes_get_size (svg), "<text"));
}

static void
test_drag (Fixture *fixture, gconstpointer data)
{
  GscExportItem item = get_item (fixture, GSC_FIGURE_TASK_GRID);
  GdkContentProvider *provider = gsc_export_provider_new (fixture->source, &item, &fixture->paper);
  g_autoptr (GdkContentFormats) formats = gdk_content_provider_ref_formats (provider);
  g_autoptr (GscExportImage) image
      = gsc_export_image_make (fixture->source, &item, &fixture->paper, NULL, NULL);
  g_autoptr (GBytes) png = NULL;
  g_autoptr (GBytes) list = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/png"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "image/svg+xml"));
  g_assert_true (gdk_content_formats_contain_mime_type (formats, "text/uri-list"));
  png = read_content (provider, "image/png");
  g_assert_true (g_bytes_equal (png, image->png));
  list = read_content (provider, "text/uri-list");
  text = g_strndup (g_bytes_get_data (list, NULL), g_bytes_get_size (list));
  path = g_filename_from_uri (g_strstrip (text), NULL, NULL);
  g_assert_nonnull (path);
  g_assert_true (g_str_has_suffix (path, "task-grid.png"));
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (png, NULL), g_bytes_get_size (png));
  g_unlink (path);
  g_object_add_weak_pointer (G_OBJECT (provider), (gpointer *) &provider);
  g_object_unref (provider);
  g_assert_null (provider);
}

/* What a panel shows is what is exported of it. */
static void
test_panel (Fixture *fixture, gconstpointer data)
{
  GtkWidget *panel = g_object_ref_sink (gsc_panel_new (GSC_FIGURE_ATTENTION));
  GscFigurePanel export_panel;

  gsc_panel_set_session (GSC_PANEL (panel), fixture->shown.session);
  g_action_group_change_action_state (gsc_panel_get_action_group (GSC_PANEL (panel)), "scale",
                                      g_variant_new_string ("log"));
  gsc_panel_make_export (GSC_PANEL (panel), &export_panel);
  g_assert_cmpint (export_panel.figure, ==, GSC_FIGURE_ATTENTION);
  g_assert_cmpint (export_panel.options.weight_scale, ==, GSC_SCALE_LOG);
  g_assert_false (export_panel.options.bare);
  g_assert_false (export_panel.options.show_cursor);
  g_object_add_weak_pointer (G_OBJECT (panel), (gpointer *) &panel);
  g_object_unref (panel);
  g_assert_null (panel);
}

/* The window */

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (GSC_IS_EXPORT_DIALOG (window))
        return window;
    }
  return NULL;
}

static void
on_changed (gboolean *changed)
{
  *changed = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
assert_accel (GtkApplication *application, const char *action, const char *accel)
{
  g_auto (GStrv) accels = gtk_application_get_accels_for_action (application, action);

  g_assert_true (g_strv_contains ((const char *const *) accels, accel));
}

/* The clipboard's content is set when the picture has been drawn. */
static void
assert_copies (Fixture *fixture, GscWindow *window)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (window));
  GtkWidget *panel
      = GTK_WIDGET (gsc_board_get_panel (gsc_window_get_board (window), GSC_FIGURE_SHOTS));
  gboolean changed = FALSE;
  g_autoptr (GBytes) png = NULL;
  gulong handler
      = g_signal_connect_swapped (clipboard, "changed", G_CALLBACK (on_changed), &changed);
  GscFigurePaper paper;

  g_assert_true (
      widget_fixture_press (GTK_WIDGET (gsc_panel_get_plot (GSC_PANEL (panel))), "<Control>c"));
  session_fixture_iterate_until (is_true, &changed);
  g_signal_handler_disconnect (clipboard, handler);
  g_assert_nonnull (gdk_clipboard_get_content (clipboard));
  png = read_content (gdk_clipboard_get_content (clipboard), "image/png");
  gsc_figure_paper_init (&paper, NULL);
  assert_picture (png, &paper, GSC_FIGURE_SHOTS);
  gdk_clipboard_set_content (clipboard, NULL);
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "export", "export-data", "export-panel", "copy-image" };
  GscApplication *application = gsc_application_new (NULL, fixture->folder);
  g_autoptr (GscLibrary) library = NULL;
  g_autofree char *path = in_folder (fixture, "curves");
  g_autofree char *whole = in_folder (fixture, "curves.pdf");
  GscExportDialog *dialog;
  GscWindow *window;
  GActionGroup *actions;

  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  assert_accel (GTK_APPLICATION (application), "win.export", "<Control>e");
  assert_accel (GTK_APPLICATION (application), "win.export-data", "<Shift><Control>e");
  library = gsc_library_new (fixture->folder);
  window = gsc_window_new (ADW_APPLICATION (application), library, NULL);
  actions = G_ACTION_GROUP (window);
  widget_fixture_present (GTK_WINDOW (window));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (g_action_group_has_action (actions, names[i]));
      g_assert_false (g_action_group_get_action_enabled (actions, names[i]));
    }

  gsc_session_set_run (gsc_window_get_session (window), fixture->shown.run);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (g_action_group_get_action_enabled (actions, names[i]));
  g_assert_false (g_action_group_get_action_enabled (actions, "show-exported"));
  assert_copies (fixture, window);

  g_assert_true (
      gtk_widget_activate_action (GTK_WIDGET (window), "win.export-panel", "s", "learning-curves"));
  dialog = GSC_EXPORT_DIALOG (find_dialog ());
  g_assert_nonnull (dialog);
  session_fixture_iterate_until (is_drawn, dialog);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gsc_export_dialog_export_to (dialog, path);
  session_fixture_iterate_until (is_null, &dialog);
  assert_begins (whole, "%PDF-");
  g_assert_true (g_action_group_get_action_enabled (actions, "show-exported"));

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  session_fixture_iterate_until (is_null, &window);
  g_object_unref (application);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(name, func) g_test_add ("/export/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_add_func ("/export/settings", test_settings);
  ADD ("bytes", test_bytes);
  ADD ("table", test_table);
  ADD ("cancel", test_cancel);
  ADD ("errors", test_errors);
  ADD ("preview", test_preview);
  ADD ("all", test_all);
  ADD ("replace", test_replace);
  ADD ("fault", test_fault);
  ADD ("clipboard", test_clipboard);
  ADD ("drag", test_drag);
  ADD ("panel", test_panel);
  ADD ("window", test_window);
  return g_test_run ();
}
