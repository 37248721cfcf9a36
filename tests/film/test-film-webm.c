/* test-film-webm.c - films as WebM files, read back with GStreamer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "film-fixture.h"

#include <string.h>

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include "gsc-film-webm.h"

/* Of 255: what 4:2:0 and the encoder may change in a picture on average. */
#define TOLERANCE 6.0

/* A film that was read. */
typedef struct
{
  guint n_frames;
  int width, height;
  int rate, rate_divisor;
  GstClockTime end;
  char *title;
  cairo_surface_t *first;
  cairo_surface_t *last;
} Reading;

static cairo_surface_t *
copy_picture (GstSample *sample, int width, int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  GstBuffer *buffer = gst_sample_get_buffer (sample);

  cairo_surface_flush (surface);
  g_assert_cmpuint (gst_buffer_extract (buffer, 0, cairo_image_surface_get_data (surface),
                                        4 * (gsize) width * (gsize) height),
                    ==, 4 * (gsize) width * (gsize) height);
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
take_sample (Reading *reading, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  const GstStructure *caps = gst_caps_get_structure (gst_sample_get_caps (sample), 0);
  cairo_surface_t *picture;

  g_assert_true (gst_structure_get_int (caps, "width", &reading->width));
  g_assert_true (gst_structure_get_int (caps, "height", &reading->height));
  g_assert_true (
      gst_structure_get_fraction (caps, "framerate", &reading->rate, &reading->rate_divisor));
  picture = copy_picture (sample, reading->width, reading->height);
  if (reading->first == NULL)
    reading->first = cairo_surface_reference (picture);
  g_clear_pointer (&reading->last, cairo_surface_destroy);
  reading->last = picture;
  reading->end = GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer);
  reading->n_frames++;
}

static void
take_messages (Reading *reading, GstElement *pipeline)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message;

  while ((message = gst_bus_pop (bus)) != NULL)
    {
      g_assert_cmpint (GST_MESSAGE_TYPE (message), !=, GST_MESSAGE_ERROR);
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_TAG && reading->title == NULL)
        {
          GstTagList *tags = NULL;

          gst_message_parse_tag (message, &tags);
          gst_tag_list_get_string (tags, GST_TAG_TITLE, &reading->title);
          gst_tag_list_unref (tags);
        }
      gst_message_unref (message);
    }
  gst_object_unref (bus);
}

static Reading
read_film (const char *path)
{
  g_autoptr (GError) error = NULL;
  Reading reading = { .n_frames = 0 };
  GstElement *pipeline = gst_parse_launch ("filesrc name=source ! decodebin ! videoconvert ! "
                                           "video/x-raw,format=BGRx ! appsink name=sink sync=false",
                                           &error);
  GstElement *source, *sink;
  GstSample *sample;

  g_assert_no_error (error);
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (source, "location", path, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while ((sample = gst_app_sink_pull_sample (GST_APP_SINK (sink))) != NULL)
    {
      take_sample (&reading, sample);
      gst_sample_unref (sample);
    }
  take_messages (&reading, pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (source);
  gst_object_unref (sink);
  gst_object_unref (pipeline);
  return reading;
}

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->first, cairo_surface_destroy);
  g_clear_pointer (&reading->last, cairo_surface_destroy);
  g_free (reading->title);
}

static void
check_film (FilmFixture *fixture)
{
  g_autofree char *path = film_fixture_get_path (fixture, "film.webm");
  g_autoptr (GscFilm) film = film_fixture_make (fixture);
  g_autoptr (GError) error = NULL;
  int width = fixture->settings.width, height = fixture->settings.height;
  guint n = gsc_film_count_frames (film);
  cairo_surface_t *first, *last;
  FilmWatch watch;
  Reading reading;

  film_watch_init (&watch, 2);
  gsc_film_webm_write (film, path, &watch.watch, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (watch.latest, ==, 1);
  film_watch_clear (&watch);
  /* the run and the film, and nothing beside them */
  g_assert_cmpuint (film_fixture_count_files (fixture->place), ==, 2);

  reading = read_film (path);
  g_assert_cmpuint (reading.n_frames, ==, n);
  g_assert_cmpint (reading.width, ==, width);
  g_assert_cmpint (reading.height, ==, height);
  g_assert_cmpint (reading.rate, ==, 10 * reading.rate_divisor);
  g_assert_cmpfloat_with_epsilon ((double) reading.end / GST_SECOND, n / 10.0, 0.005);
  g_assert_cmpstr (reading.title, ==, "tiny: learning curves, projection");

  first = film_fixture_paint (film, 0);
  last = film_fixture_paint (film, n - 1);
  g_assert_cmpfloat (film_fixture_compare (reading.first, first), <, TOLERANCE);
  g_assert_cmpfloat (film_fixture_compare (reading.last, last), <, TOLERANCE);
  g_assert_cmpfloat (film_fixture_compare (reading.first, first), <,
                     film_fixture_compare (reading.first, last));
  g_assert_cmpfloat (film_fixture_compare (reading.last, last), <,
                     film_fixture_compare (reading.last, first));
  cairo_surface_destroy (first);
  cairo_surface_destroy (last);
  reading_clear (&reading);
}

static void
test_film (FilmFixture *fixture, gconstpointer data)
{
  check_film (fixture);
}

/* 4:2:0 has no half pixels; and dark colours. */
static void
test_odd_size (FilmFixture *fixture, gconstpointer data)
{
  fixture->settings.width = 163;
  fixture->settings.height = 97;
  fixture->settings.theme = GSC_PALETTE_DARK;
  check_film (fixture);
}

static void
test_replace (FilmFixture *fixture, gconstpointer data)
{
  g_autofree char *path = film_fixture_get_path (fixture, "film.webm");

  g_assert_true (g_file_set_contents (path, "older", -1, NULL));
  check_film (fixture);
}

static void
test_cancel (FilmFixture *fixture, gconstpointer data)
{
  static const double shares[] = { 0, 0.7, 1 };
  g_autofree char *path = film_fixture_get_path (fixture, "film.webm");
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path, "older", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autoptr (GscFilm) film = film_fixture_make (fixture);
      g_autoptr (GError) error = NULL;
      FilmWatch watch;

      film_watch_init (&watch, shares[i]);
      g_assert_false (gsc_film_webm_write (film, path, &watch.watch, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      film_watch_clear (&watch);
    }
  g_assert_cmpuint (film_fixture_count_files (fixture->place), ==, 2);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "older");
}

static void
test_no_folder (FilmFixture *fixture, gconstpointer data)
{
  g_autofree char *path = film_fixture_get_path (fixture, "missing/film.webm");
  g_autoptr (GscFilm) film = film_fixture_make (fixture);
  g_autoptr (GError) error = NULL;

  g_assert_false (gsc_film_webm_write (film, path, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_true (g_str_has_prefix (error->message, path));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (gsc_film_webm_is_supported (&error));
  g_assert_no_error (error);
  FILM_FIXTURE_ADD ("/film-webm/film", test_film);
  FILM_FIXTURE_ADD ("/film-webm/odd-size", test_odd_size);
  FILM_FIXTURE_ADD ("/film-webm/replace", test_replace);
  FILM_FIXTURE_ADD ("/film-webm/cancel", test_cancel);
  FILM_FIXTURE_ADD ("/film-webm/no-folder", test_no_folder);
  result = g_test_run ();
  gst_deinit ();
  return result;
}
