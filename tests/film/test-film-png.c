/* test-film-png.c - films as numbered pictures
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "film-fixture.h"

#include <glib/gstdio.h>

#include "gsc-film-png.h"

static char *
get_picture (const char *folder, guint number)
{
  g_autofree char *name = g_strdup_printf ("film-%05u.png", number);

  return g_build_filename (folder, name, NULL);
}

static void
write_film (GscFilm *film, const char *folder)
{
  g_autoptr (GError) error = NULL;

  gsc_film_png_write (film, folder, "film", NULL, &error);
  g_assert_no_error (error);
}

static void
test_pictures (FilmFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = film_fixture_get_path (fixture, "pictures");
  g_autoptr (GscFilm) film = film_fixture_make (fixture);

  write_film (film, folder);
  g_assert_cmpuint (film_fixture_count_files (folder), ==, 9);
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *path = get_picture (folder, i + 1);
      cairo_surface_t *file = cairo_image_surface_create_from_png (path);
      cairo_surface_t *painted = film_fixture_paint (film, i);

      g_assert_cmpint (cairo_surface_status (file), ==, CAIRO_STATUS_SUCCESS);
      g_assert_cmpfloat (film_fixture_compare (file, painted), ==, 0);
      cairo_surface_destroy (file);
      cairo_surface_destroy (painted);
    }
}

/* A shorter film in place of a longer one; other files stay. */
static void
test_replace (FilmFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = film_fixture_get_path (fixture, "pictures");
  g_autofree char *other = g_build_filename (folder, "other.png", NULL);
  g_autofree char *last = get_picture (folder, 5);
  g_autofree char *beyond = get_picture (folder, 6);
  g_autoptr (GscFilm) film = film_fixture_make (fixture);
  g_autoptr (GscFilm) shorter = NULL;

  write_film (film, folder);
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  fixture->settings.seconds = 0.5;
  shorter = film_fixture_make (fixture);
  write_film (shorter, folder);
  g_assert_true (g_file_test (last, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (beyond, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (film_fixture_count_files (folder), ==, 6);
}

static void
test_cancel (FilmFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = film_fixture_get_path (fixture, "pictures");
  g_autofree char *other = g_build_filename (folder, "other.png", NULL);
  g_autoptr (GscFilm) film = film_fixture_make (fixture);
  g_autoptr (GError) error = NULL;
  FilmWatch watch;

  film_watch_init (&watch, 0.7);
  g_assert_false (gsc_film_png_write (film, folder, "film", &watch.watch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  film_watch_clear (&watch);
  film_watch_init (&watch, 0.7);

  /* a folder that was there stays */
  g_assert_cmpint (g_mkdir (folder, 0777), ==, 0);
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  g_assert_false (gsc_film_png_write (film, folder, "film", &watch.watch, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (film_fixture_count_files (folder), ==, 1);
  film_watch_clear (&watch);
}

static void
test_no_folder (FilmFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = film_fixture_get_path (fixture, "missing/pictures");
  g_autoptr (GscFilm) film = film_fixture_make (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (gsc_film_png_write (film, folder, "film", NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_true (g_str_has_prefix (error->message, folder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FILM_FIXTURE_ADD ("/film-png/pictures", test_pictures);
  FILM_FIXTURE_ADD ("/film-png/replace", test_replace);
  FILM_FIXTURE_ADD ("/film-png/cancel", test_cancel);
  FILM_FIXTURE_ADD ("/film-png/no-folder", test_no_folder);
  return g_test_run ();
}
