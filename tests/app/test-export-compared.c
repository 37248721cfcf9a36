/* test-export-compared.c - figures of two models as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "gsc-export-dialog.h"
#include "gsc-export-drawing.h"
#include "gsc-export-image.h"
#include "gsc-export-job.h"
#include "gsc-export-tables.h"
#include "session-fixture.h"

/* Two runs that are compared, at different records, and an empty folder. */
typedef struct
{
  SessionFixture a;
  SessionFixture b;
  GscComparison *comparison;
  GscExportSource *source;
  GscFigurePaper paper;
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  session_fixture_open (&fixture->a, 5);
  session_fixture_open (&fixture->b, 4);
  session_fixture_wait (&fixture->a);
  fixture->comparison = gsc_comparison_new (fixture->a.session);
  gsc_comparison_start (fixture->comparison, fixture->b.run, "100");
  fixture->source = gsc_export_source_new_compared (fixture->comparison, 1);
  g_assert_nonnull (gsc_export_source_get_other (fixture->source));
  gsc_figure_paper_init (&fixture->paper, gsc_figure_venue_find ("neurips"));
  fixture->paper.dpi = 72;
  fixture->folder = g_dir_make_tmp ("grokscope-export-XXXXXX", NULL);
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
  g_object_unref (fixture->comparison);
  session_fixture_close (&fixture->b);
  session_fixture_close (&fixture->a);
}

static GscExportItem
make_item (GscFigure figure, GscShow show)
{
  GscExportItem item = { .show = show };

  gsc_figure_panel_init (&item.panel, figure);
  return item;
}

static GscExportDrawing *
draw (Fixture *fixture, const GscExportItem *item)
{
  g_autoptr (GError) error = NULL;
  GscExportDrawing *drawing
      = gsc_export_drawing_new (fixture->source, item, &fixture->paper, NULL, &error);

  g_assert_no_error (error);
  return drawing;
}

static char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The drawing as SVG, whose text is text. */
static char *
write_svg (Fixture *fixture, const GscExportItem *item)
{
  g_autoptr (GscExportDrawing) drawing = draw (fixture, item);
  g_autofree char *path = g_build_filename (fixture->folder, "drawing.svg", NULL);
  g_autoptr (GError) error = NULL;

  gsc_export_drawing_write (drawing, path, &error);
  g_assert_no_error (error);
  return read_file (fixture, "drawing.svg");
}

static gboolean
holds (const char *text, const char *part)
{
  return strstr (text, part) != NULL;
}

/* Each is told apart, and the four ways differ. */
static void
test_captions (Fixture *fixture, gconstpointer data)
{
  GscExportItem item = make_item (GSC_FIGURE_TASK_GRID, GSC_SHOW_BOTH);
  g_autofree char *both = write_svg (fixture, &item);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *difference = NULL;

  g_assert_true (holds (both, ">fixture, step 400<"));
  g_assert_true (holds (both, ">fixture, step 100<"));
  g_assert_true (holds (both, "task-grid, A: fixture, step 400, B: fixture, step 100"));
  item.show = GSC_SHOW_A;
  a = write_svg (fixture, &item);
  item.show = GSC_SHOW_B;
  b = write_svg (fixture, &item);
  item.show = GSC_SHOW_DIFFERENCE;
  difference = write_svg (fixture, &item);
  g_assert_true (holds (a, "step 400") && !holds (a, "step 100"));
  g_assert_true (holds (b, "step 100") && !holds (b, "step 400"));
  g_assert_true (holds (difference, "A − B"));
  g_assert_false (holds (both, "A − B"));
}

/* The pixels of a part of the picture. (transfer full) */
static GBytes *
get_part (cairo_surface_t *surface, const GscRect *rect)
{
  int stride = cairo_image_surface_get_stride (surface);
  const guint8 *pixels = cairo_image_surface_get_data (surface);
  GByteArray *part = g_byte_array_new ();

  for (int y = (int) rect->y; y < (int) gsc_rect_bottom (rect); y++)
    g_byte_array_append (part, pixels + y * stride + 4 * (int) rect->x, 4 * (guint) rect->width);
  return g_byte_array_free_to_bytes (part);
}

static cairo_surface_t *
paint (Fixture *fixture, const GscExportItem *item)
{
  g_autoptr (GscExportDrawing) drawing = draw (fixture, item);
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) fixture->paper.width,
                                    (int) gsc_export_drawing_get_height (drawing));
  cairo_t *cr = cairo_create (surface);

  gsc_export_drawing_paint (drawing, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

/* Side by side on a wide page, below each other on a narrow one; A's half differs from B's. */
static void
test_sides (Fixture *fixture, gconstpointer data)
{
  GscExportItem item = make_item (GSC_FIGURE_TASK_GRID, GSC_SHOW_BOTH);
  cairo_surface_t *wide = paint (fixture, &item);
  double width = fixture->paper.width / 2 - 20;
  double height = cairo_image_surface_get_height (wide);
  const GscRect left = { 0, 20, width, height - 20 };
  const GscRect right = { fixture->paper.width / 2 + 7, 20, width, height - 20 };
  g_autoptr (GBytes) a = get_part (wide, &left);
  g_autoptr (GBytes) b = get_part (wide, &right);
  g_autoptr (GscExportDrawing) narrow = NULL;
  g_autoptr (GscExportDrawing) one = NULL;

  g_assert_false (g_bytes_equal (a, b));
  cairo_surface_destroy (wide);
  gsc_figure_paper_init (&fixture->paper, gsc_figure_venue_find ("nature-single"));
  narrow = draw (fixture, &item);
  item.show = GSC_SHOW_A;
  one = draw (fixture, &item);
  g_assert_cmpfloat (gsc_export_drawing_get_height (narrow), >,
                     1.9 * gsc_export_drawing_get_height (one));
}

/* A's steps end at 400 and B's at 300. Each alone has a scale of its own, and in one plot or side
 * by side both have the larger one. */
static void
test_scale (Fixture *fixture, gconstpointer data)
{
  GscExportItem item = make_item (GSC_FIGURE_LEARNING_CURVES, GSC_SHOW_BOTH);
  g_autoptr (GscExportSource) alone = gsc_export_source_new (fixture->b.session, 1);
  g_autoptr (GscFrame) frame = NULL;
  GscFrame *pair[2] = { NULL, NULL };
  GscStyle style;
  double ends[3];

  gsc_figure_paper_init_style (&fixture->paper, &style);
  g_assert_true (gsc_export_source_make_pair (fixture->source, &item.panel, pair, NULL, NULL));
  frame = gsc_export_source_make_frame (alone, &item.panel, NULL, NULL);
  for (guint i = 0; i < 3; i++)
    {
      GscFrame *shown = i < 2 ? pair[i] : frame;
      g_autoptr (GscFigurePage) page
          = gsc_figure_lay_out (item.panel.figure, shown, &item.panel.options, &style, 400, 300);

      ends[i] = gsc_figure_page_get_line_plot (page, 0)->x.max;
    }
  g_assert_cmpfloat (ends[0], ==, ends[1]);
  g_assert_cmpfloat (ends[0], >, ends[2]);
  gsc_frame_unref (pair[0]);
  gsc_frame_unref (pair[1]);
}

/* Files */

static void
on_done (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  gsc_export_job_run_finish (GSC_EXPORT_JOB (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

static void
write_files (Fixture *fixture, const GscExportItem *item, GscExportFormat format)
{
  g_autoptr (GscExportJob) job = gsc_export_job_new (fixture->source, item, 1, format,
                                                     &fixture->paper, fixture->folder, TRUE);
  g_auto (GStrv) files = gsc_export_job_list_files (job);
  gboolean done = FALSE;

  gsc_export_job_run_async (job, NULL, on_done, &done);
  session_fixture_iterate_until (is_true, &done);
  for (guint i = 0; files[i] != NULL; i++)
    g_assert_true (g_file_test (files[i], G_FILE_TEST_IS_REGULAR));
}

/* The number in @column of the first row. */
static double
read_number (const char *csv, const char *column)
{
  g_auto (GStrv) lines = g_strsplit (csv, "\n", -1);
  g_auto (GStrv) names = g_strsplit (lines[0], ",", -1);
  g_auto (GStrv) fields = g_strsplit (lines[1], ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (g_strstrip (names[i]), column))
      return g_ascii_strtod (fields[i], NULL);
  g_error ("no column %s in %s", column, lines[0]);
}

/* A's table, B's, and what is between them. */
static void
test_tables (Fixture *fixture, gconstpointer data)
{
  GscExportItem item = make_item (GSC_FIGURE_TASK_GRID, GSC_SHOW_DIFFERENCE);
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;
  g_autofree char *difference = NULL;
  g_autofree char *json = NULL;
  g_autofree char *nothing = g_build_filename (fixture->folder, "task-grid-difference.py", NULL);

  write_files (fixture, &item, GSC_EXPORT_TABLE);
  a = read_file (fixture, "task-grid-a.csv");
  b = read_file (fixture, "task-grid-b.csv");
  difference = read_file (fixture, "task-grid-difference.csv");
  g_assert_cmpstr (a, !=, b);
  g_assert_cmpfloat_with_epsilon (
      read_number (difference, "train_difference"),
      read_number (a, "train_accuracy") - read_number (b, "train_accuracy"), 1e-6);
  json = read_file (fixture, "task-grid-difference.json");
  g_assert_true (holds (json, "\"step\": 400"));
  g_assert_true (holds (json, "\"minus_step\": 100"));
  g_clear_pointer (&json, g_free);
  json = read_file (fixture, "task-grid-b.json");
  g_assert_true (holds (json, "\"step\": 100"));
  g_assert_false (holds (json, "minus"));
  g_assert_true (g_file_test (nothing, G_FILE_TEST_EXISTS) == FALSE);

  /* a figure without difference has the tables of both */
  item = make_item (GSC_FIGURE_SHOTS, GSC_SHOW_DIFFERENCE);
  {
    g_autoptr (GArray) tables = gsc_export_tables_list (fixture->source, &item);

    g_assert_cmpuint (tables->len, ==, 2);
    g_assert_cmpstr (g_array_index (tables, GscExportTable, 1).suffix, ==, "-b");
  }
}

/* Of a recipe: rows of A and of B below each other, and what they are above. */
static void
test_recipe (Fixture *fixture, gconstpointer data)
{
  GscExportItem item = { .recipe = gsc_figure_recipe_find ("1c"), .show = GSC_SHOW_A };
  g_autoptr (GscExportDrawing) one = draw (fixture, &item);
  g_autoptr (GscExportDrawing) two = NULL;
  g_autofree char *svg = NULL;
  g_autoptr (GArray) tables = NULL;

  item.show = GSC_SHOW_BOTH;
  two = draw (fixture, &item);
  g_assert_cmpfloat (gsc_export_drawing_get_height (two), >,
                     1.8 * gsc_export_drawing_get_height (one));
  svg = write_svg (fixture, &item);
  g_assert_true (holds (svg, ">A: fixture, step 400<"));
  g_assert_true (holds (svg, ">B: fixture, step 100<"));
  tables = gsc_export_tables_list (fixture->source, &item);
  g_assert_cmpuint (tables->len % 2, ==, 0);
}

static gboolean
has_probe (gpointer session)
{
  GscFrame *frame = gsc_session_get_frame (session);

  return frame != NULL && frame->probe != NULL;
}

/* All figures of two models, but for those that take long: something is written for every one. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  GscSession *other = gsc_comparison_get_other (fixture->comparison);

  gsc_session_set_live (other, TRUE); /* B's only model is its last one */
  session_fixture_iterate_until (has_probe, other);
  gsc_export_source_unref (fixture->source);
  fixture->source = gsc_export_source_new_compared (fixture->comparison, 1);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    {
      GscExportItem item = make_item ((GscFigure) i, GSC_SHOW_BOTH);

      if (gsc_figure_panel_is_slow (&item.panel))
        continue;
      write_files (fixture, &item, GSC_EXPORT_PDF);
      write_files (fixture, &item, GSC_EXPORT_PNG);
    }
}

/* What is copied or dragged is what is on the screen. */
static void
test_image (Fixture *fixture, gconstpointer data)
{
  GscExportItem item = make_item (GSC_FIGURE_SHOTS, GSC_SHOW_BOTH);
  g_autoptr (GscExportImage) both
      = gsc_export_image_make (fixture->source, &item, &fixture->paper, NULL, NULL);
  g_autofree char *expected = write_svg (fixture, &item);

  g_assert_cmpmem (g_bytes_get_data (both->svg, NULL), g_bytes_get_size (both->svg), expected,
                   strlen (expected));
}

/* The dialog */

static gboolean
is_drawn (gpointer dialog)
{
  GscExportPreview *preview = gsc_export_dialog_get_preview (dialog);

  return !gsc_export_preview_is_busy (preview) && gsc_export_preview_get_surface (preview) != NULL;
}

static double
get_page_height (GscExportDialog *dialog)
{
  double width, height;

  session_fixture_iterate_until (is_drawn, dialog);
  gsc_export_preview_get_size (gsc_export_dialog_get_preview (dialog), &width, &height);
  return height;
}

static GscShow
get_show (GscExportDialog *dialog)
{
  g_autoptr (GArray) items = gsc_export_form_list_items (gsc_export_dialog_get_form (dialog));

  g_assert_cmpuint (items->len, >=, 1);
  return g_array_index (items, GscExportItem, items->len - 1).show;
}

static void
test_dialog (Fixture *fixture, gconstpointer data)
{
  GscExportPanels panels = { .figure = GSC_FIGURE_SHOTS, .show = GSC_SHOW_BOTH };
  GscExportDialog *dialog;
  GscExportForm *form;
  double both, one;

  for (guint i = 0; i < GSC_N_FIGURES; i++)
    gsc_figure_panel_init (&panels.panels[i], (GscFigure) i);
  dialog = gsc_export_dialog_new (NULL, fixture->source, &panels, NULL);
  gtk_window_present (GTK_WINDOW (dialog));
  form = gsc_export_dialog_get_form (dialog);
  g_assert_cmpint (get_show (dialog), ==, GSC_SHOW_BOTH);
  both = get_page_height (dialog);
  gsc_export_form_choose_show (form, GSC_SHOW_B);
  g_assert_cmpint (get_show (dialog), ==, GSC_SHOW_B);
  one = get_page_height (dialog);
  g_assert_cmpfloat (both, !=, one);
  gsc_export_form_choose (form, GSC_EXPORT_ALL);
  g_assert_cmpint (get_show (dialog), ==, GSC_SHOW_B);
  gsc_export_form_choose (form, GSC_EXPORT_RECIPE);
  g_assert_cmpint (get_show (dialog), ==, GSC_SHOW_B);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  add ("/export-compared/captions", test_captions);
  add ("/export-compared/sides", test_sides);
  add ("/export-compared/scale", test_scale);
  add ("/export-compared/tables", test_tables);
  add ("/export-compared/recipe", test_recipe);
  add ("/export-compared/all", test_all);
  add ("/export-compared/image", test_image);
  add ("/export-compared/dialog", test_dialog);
  return g_test_run ();
}
