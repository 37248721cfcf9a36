/* test-figure-export.c - figures as files, and the numbers beside them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-figure-export.h"

#include <glib/gstdio.h>
#include <string.h>

#include "material-fixture.h"

typedef struct
{
  char *folder;
  MaterialFixture run;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
  material_fixture_init (&fixture->run, 11, 4, 20);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  material_fixture_clear (&fixture->run);
}

static char *
read_file (const Fixture *fixture, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, length, &error);
  g_assert_no_error (error);
  return text;
}

/* What the files of a panel say of themselves; the same bytes each time. */
static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "one.svg", "one.pdf", "one.png" };
  const GscFigureOrigin origin = { 42, fixture->run.tokens, fixture->run.material.n_tokens };
  GscFigurePanel panel;
  GscFigurePaper paper;
  g_autoptr (GscFrame) frame = NULL;

  gsc_figure_panel_init (&panel, GSC_FIGURE_ATTENTION);
  gsc_figure_paper_init (&paper, NULL);
  frame = material_fixture_make_frame (&fixture->run, &panel);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, names[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      gsize first_length, second_length;

      gsc_figure_export (&panel, frame, &paper, &origin, path, &error);
      g_assert_no_error (error);
      first = read_file (fixture, names[i], &first_length);
      gsc_figure_export (&panel, frame, &paper, &origin, path, &error);
      g_assert_no_error (error);
      second = read_file (fixture, names[i], &second_length);
      g_assert_cmpmem (first, first_length, second, second_length);
      if (i > 0)
        continue;
      g_assert_nonnull (strstr (first, "fixture: attention"));
      g_assert_nonnull (strstr (first, "seed 1"));
      g_assert_nonnull (strstr (first, "context seed 42"));
      g_assert_nonnull (strstr (first, "Grokscope " GSC_VERSION));
    }
}

/* A page without a background has nothing but what is drawn. */
static void
test_transparent (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "clear.png", NULL);
  GscFigurePanel panel;
  GscFigurePaper paper;
  g_autoptr (GscFrame) frame = NULL;
  cairo_surface_t *surface;
  const guint32 *row;

  gsc_figure_panel_init (&panel, GSC_FIGURE_SHOTS);
  gsc_figure_paper_init (&paper, NULL);
  paper.transparent = TRUE;
  frame = material_fixture_make_frame (&fixture->run, &panel);
  g_assert_true (gsc_figure_export (&panel, frame, &paper, NULL, path, NULL));
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_image_surface_get_format (surface), ==, CAIRO_FORMAT_ARGB32);
  row = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (surface);
  g_assert_cmpuint (row[0] >> 24, ==, 0);
  cairo_surface_destroy (surface);
}

/* Every figure's table, its description and its script belong together. */
static void
test_tables (Fixture *fixture, gconstpointer data)
{
  const GscFigureOrigin origin = { -1, fixture->run.tokens, fixture->run.material.n_tokens };

  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, "some.table.csv", NULL);
      g_autofree char *csv = NULL;
      g_autofree char *json = NULL;
      g_autofree char *script = NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();
      g_autoptr (GscFrame) frame = NULL;
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) lines = NULL;
      GscFigurePanel panel;
      GscFigurePaper paper;
      JsonObject *object;
      gsize length;

      gsc_figure_panel_init (&panel, figure);
      gsc_figure_paper_init (&paper, NULL);
      frame = material_fixture_make_frame (&fixture->run, &panel);
      gsc_figure_export_table (&panel, frame, &paper, &origin, path, &error);
      g_assert_no_error (error);
      csv = read_file (fixture, "some.table.csv", NULL);
      json = read_file (fixture, "some.table.json", &length);
      script = read_file (fixture, "some.table.py", NULL);

      g_assert_true (json_parser_load_from_data (parser, json, (gssize) length, &error));
      object = json_node_get_object (json_parser_get_root (parser));
      lines = g_strsplit (csv, "\n", -1);
      g_assert_cmpint (json_object_get_int_member (object, "rows"), ==,
                       g_strv_length (lines) - 2); /* a heading, and nothing after the last */
      g_assert_cmpint (json_object_get_int_member (object, "rows"), >, 0);
      g_assert_cmpstr (json_object_get_string_member (object, "figure"), ==,
                       gsc_figure_get_name (figure));
      g_assert_cmpstr (json_object_get_string_member (object, "run"), ==, "fixture");
      g_assert_cmpstr (json_object_get_string_member (object, "program"), ==,
                       "Grokscope " GSC_VERSION);
      g_assert_cmpint (json_object_get_int_member (object, "step"), ==, 1900);
      g_assert_cmpint (json_object_get_int_member (object, "seed"), ==, 1);
      g_assert_cmpint (
          json_object_get_int_member (json_object_get_object_member (object, "recipe"), "p"), ==,
          11);
      if (gsc_figure_needs_model (figure))
        {
          g_assert_true (json_object_get_null_member (object, "context_seed"));
          g_assert_cmpuint (
              json_array_get_length (json_object_get_array_member (object, "context")), ==,
              fixture->run.material.n_tokens);
          g_assert_cmpint (json_object_get_int_member (object, "model_step"), ==, 1900);
        }
      g_assert_nonnull (strstr (script, "CSV = \"some.table.csv\"\n"));
      g_assert_nonnull (strstr (script, "WIDTH = 5.5\n"));
      g_assert_nonnull (strstr (script, "P = 11\n"));
      g_assert_true (g_str_has_suffix (script, "\nfinish()\n"));
    }
}

/* A name that would end a string in Python does not. */
static void
test_quoting (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.csv", NULL);
  g_autofree char *script = NULL;
  g_autoptr (GscRunData) renamed = gsc_run_data_rename (fixture->run.run, "a\"\\\n'''b");
  g_autoptr (GscFrame) frame = gsc_frame_new (renamed, 3);
  GscFigurePanel panel;
  GscFigurePaper paper;

  gsc_figure_panel_init (&panel, GSC_FIGURE_SHOTS);
  gsc_figure_paper_init (&paper, NULL);
  g_assert_true (gsc_figure_export_table (&panel, frame, &paper, NULL, path, NULL));
  script = read_file (fixture, "a.py", NULL);
  g_assert_nonnull (strstr (script, "TITLE = \"Accuracy by shot of a\\\"\\\\\\x0a'''b\"\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/figure-export/pictures", Fixture, NULL, set_up, test_pictures, tear_down);
  g_test_add ("/figure-export/transparent", Fixture, NULL, set_up, test_transparent, tear_down);
  g_test_add ("/figure-export/tables", Fixture, NULL, set_up, test_tables, tear_down);
  g_test_add ("/figure-export/quoting", Fixture, NULL, set_up, test_quoting, tear_down);
  return g_test_run ();
}
