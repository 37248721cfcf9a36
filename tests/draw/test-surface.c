/* test-surface.c - pages as files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-surface.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "gsc-label.h"

static const GscSurfaceInfo info
    = { .title = "Title ä", .subject = "p = 11, α = 0.8", .creator = "Tests" };

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
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
}

/* A red square, and text in two sizes and both directions. */
static void
paint (cairo_t *cr, double width, double height, gpointer data)
{
  const GscRect square = { 0, 0, 20, 20 };
  GscStyle style;
  GscLabel label;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  cairo_set_source_rgb (cr, 1, 0, 0);
  gsc_style_add_rect (cr, &square);
  cairo_fill (cr);
  gsc_label_init (&label, &style, GSC_FONT_TITLE, "Accuracy α = 0.8, 10⁶");
  gsc_label_place (&label, 30, 10, 0, 0);
  gsc_label_paint (cr, &label, &style, &style.palette->foreground);
  gsc_label_clear (&label);
  gsc_label_init_vertical (&label, &style, "training step");
  gsc_label_place (&label, 30, 30, 0, 0);
  gsc_label_paint (cr, &label, &style, &style.palette->foreground);
  gsc_label_clear (&label);
  if (data != NULL)
    *(GscRect *) data = (GscRect){ 0, 0, width, height };
}

static char *
write_page (
    Fixture *fixture, const char *name, double width, double height, double dpi, gsize *length)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  GscRect painted = { 0 };
  char *bytes = NULL;

  g_assert_true (gsc_surface_write (path, width, height, dpi, &info, paint, &painted, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (painted.width, ==, width);
  g_assert_cmpfloat (painted.height, ==, height);
  g_assert_true (g_file_get_contents (path, &bytes, length, NULL));
  return bytes;
}

static gboolean
has (const char *bytes, gsize length, const char *text)
{
  return memmem (bytes, length, text, strlen (text)) != NULL;
}

/* Fonts are embedded outlines: a subset of TrueType (FontFile2) or CFF (FontFile3), never the
 * pictures of letters that publishers refuse. */
static void
test_pdf (Fixture *fixture, gconstpointer data)
{
  gsize length;
  g_autofree char *pdf = write_page (fixture, "page.PDF", 200, 100, 1, &length);

  g_assert_true (g_str_has_prefix (pdf, "%PDF-1."));
  g_assert_true (has (pdf, length, "/FontFile2") || has (pdf, length, "/FontFile3"));
  g_assert_false (has (pdf, length, "/Type3"));
  g_assert_true (has (pdf, length, "/MediaBox [ 0 0 200 100 ]"));
  g_assert_true (has (pdf, length, "/Title"));
  g_assert_true (has (pdf, length, "/Creator (Tests)"));
  g_assert_true (has (pdf, length, "/CreationDate (D:19700101000000Z"));
}

static void
test_same_bytes (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "page.pdf", "page.svg", "page.png" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize first_length, second_length;
      g_autofree char *first = write_page (fixture, names[i], 200, 100, 150, &first_length);
      g_autofree char *second = NULL;

      g_usleep (1100 * 1000); /* another second on the clock */
      second = write_page (fixture, names[i], 200, 100, 150, &second_length);
      g_assert_cmpmem (first, first_length, second, second_length);
    }
}

static void
test_date (Fixture *fixture, gconstpointer data)
{
  gsize length;
  g_autofree char *dated = NULL;
  g_autofree char *undated = NULL;

  g_setenv ("SOURCE_DATE_EPOCH", "1700000000", TRUE);
  dated = write_page (fixture, "dated.pdf", 200, 100, 1, &length);
  g_assert_true (has (dated, length, "/CreationDate (D:20231114221320Z"));
  g_setenv ("SOURCE_DATE_EPOCH", "yesterday", TRUE);
  undated = write_page (fixture, "undated.pdf", 200, 100, 1, &length);
  g_assert_true (has (undated, length, "/CreationDate (D:19700101000000Z"));
  g_unsetenv ("SOURCE_DATE_EPOCH");
}

static guint32
get_number (const char *bytes)
{
  guint32 number;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

/* CRC-32 by the polynomial division that defines it, bit by bit from the most significant. */
static guint32
divide (const char *data, gsize length)
{
  guint32 rest = 0xffffffff;
  guint32 mirrored = 0;

  for (gsize i = 0; i < length; i++)
    for (int bit = 0; bit < 8; bit++)
      {
        guint32 next = (guint32) ((guint8) data[i] >> bit & 1) ^ rest >> 31;

        rest = rest << 1 ^ (next ? 0x04c11db7 : 0);
      }
  for (int bit = 0; bit < 32; bit++)
    mirrored |= (rest >> bit & 1) << (31 - bit);
  return ~mirrored;
}

static void
test_png (Fixture *fixture, gconstpointer data)
{
  gsize length;
  g_autofree char *png = write_page (fixture, "page.png", 144, 72, 300, &length);
  g_autofree char *path = g_build_filename (fixture->folder, "page.png", NULL);
  g_autoptr (GString) chunks = g_string_new (NULL);
  cairo_surface_t *picture = cairo_image_surface_create_from_png (path);
  const guint32 *pixels;

  /* It can be read back. */
  g_assert_cmpint (cairo_surface_status (picture), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (picture), ==, 600);
  g_assert_cmpint (cairo_image_surface_get_height (picture), ==, 300);
  pixels = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (picture);
  g_assert_cmphex (pixels[0] & 0xffffff, ==, 0xff0000);
  g_assert_cmphex (pixels[82] & 0xffffff, ==, 0xff0000); /* 20 points are 83.3 pixels */
  g_assert_cmphex (pixels[84] & 0xffffff, ==, 0xffffff);
  cairo_surface_destroy (picture);

  for (gsize at = 8; at < length; at += get_number (png + at) + 12)
    {
      guint32 size = get_number (png + at);

      g_string_append_len (chunks, png + at + 4, 4);
      g_string_append_c (chunks, ' ');
      g_assert_cmphex (get_number (png + at + 8 + size), ==, divide (png + at + 4, size + 4));
      if (memcmp (png + at + 4, "pHYs", 4) == 0)
        {
          g_assert_cmpuint (get_number (png + at + 8), ==, 11811); /* 300 in 0.0254 metres */
          g_assert_cmpuint (get_number (png + at + 12), ==, 11811);
          g_assert_cmpuint (png[at + 16], ==, 1);
        }
    }
  g_assert_true (g_str_has_prefix (chunks->str, "IHDR pHYs iTXt iTXt iTXt "));
  g_assert_true (g_str_has_suffix (chunks->str, "IDAT IEND "));
  g_assert_true (has (png, length, info.title));
  g_assert_true (has (png, length, info.subject));
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    double width, height, dpi;
    int code;
  } cases[] = {
    { "page.tiff", 100, 100, 100, GSC_SURFACE_ERROR_FORMAT },
    { "page", 100, 100, 100, GSC_SURFACE_ERROR_FORMAT },
    { "page.pdf", 0, 100, 100, GSC_SURFACE_ERROR_SIZE },
    { "page.pdf", 100, NAN, 100, GSC_SURFACE_ERROR_SIZE },
    { "page.pdf", 100, 1e9, 100, GSC_SURFACE_ERROR_SIZE },
    { "page.png", 100, 100, 0, GSC_SURFACE_ERROR_SIZE },
    { "page.png", 100, 100, NAN, GSC_SURFACE_ERROR_SIZE },
    { "page.png", 1000, 100, 5000, GSC_SURFACE_ERROR_SIZE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_build_filename (fixture->folder, cases[i].name, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (gsc_surface_write (path, cases[i].width, cases[i].height, cases[i].dpi, &info,
                                         paint, NULL, &error));
      g_assert_error (error, GSC_SURFACE_ERROR, cases[i].code);
      g_assert_true (g_str_has_prefix (error->message, path));
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

/* A folder that is not there; and a page that cannot be painted leaves the old file. */
static void
paint_badly (cairo_t *cr, double width, double height, gpointer data)
{
  cairo_restore (cr); /* without cairo_save() */
}

static void
test_failed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lost = g_build_filename (fixture->folder, "none", "page.pdf", NULL);
  g_autofree char *old = g_build_filename (fixture->folder, "old.png", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (gsc_surface_write (lost, 100, 100, 100, &info, paint, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (old, "old", 3, NULL));
  g_assert_false (gsc_surface_write (old, 100, 100, 100, &info, paint_badly, NULL, &error));
  g_assert_error (error, GSC_SURFACE_ERROR, GSC_SURFACE_ERROR_FAILED);
  g_assert_true (g_file_get_contents (old, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "old");
}

/* Without a background there is nothing where nothing is painted. */
static void
test_transparent (Fixture *fixture, gconstpointer data)
{
  const GscSurfaceInfo clear = { .title = "Title", .transparent = TRUE };
  g_autofree char *path = g_build_filename (fixture->folder, "clear.png", NULL);
  g_autofree char *svg = g_build_filename (fixture->folder, "clear.svg", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface;
  const guint32 *row;

  gsc_surface_write (path, 100, 100, 72, &clear, paint, NULL, &error);
  g_assert_no_error (error);
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_image_surface_get_format (surface), ==, CAIRO_FORMAT_ARGB32);
  row = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (surface);
  g_assert_cmphex (row[10], ==, 0xffff0000); /* the red square */
  g_assert_cmphex (row[95], ==, 0);
  cairo_surface_destroy (surface);

  gsc_surface_write (svg, 100, 100, 72, &clear, paint, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (svg, &text, NULL, NULL));
  g_assert_null (strstr (text, "100%,100%,100%"));
  g_assert_nonnull (strstr (text, "100%,0%,0%"));
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_unsetenv ("SOURCE_DATE_EPOCH");
  ADD ("/surface/pdf", test_pdf);
  ADD ("/surface/png", test_png);
  ADD ("/surface/transparent", test_transparent);
  ADD ("/surface/same-bytes", test_same_bytes);
  ADD ("/surface/date", test_date);
  ADD ("/surface/refused", test_refused);
  ADD ("/surface/failed", test_failed);
  return g_test_run ();
}
