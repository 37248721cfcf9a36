/* film-fixture.c - a tiny trained run, and a small film of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "film-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "gsc-training.h"

static void
train (FilmFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscTraining) training = NULL;
  GscConfig config;

  gsc_config_init_default (&config);
  config.p = 5;
  config.width = 16;
  config.heads = 2;
  config.depth = 2;
  config.shots = 4;
  config.batch = 12;
  config.tasks = 12;
  config.task_rule = GSC_TASK_RULE_RECTANGLE;
  config.steps = 40;
  config.warmup_steps = 5;
  config.record_every = 10;
  config.eval_sequences = 24;
  training = gsc_training_new (fixture->path, &config, 1, &error);
  g_assert_no_error (error);
  gsc_training_run (training, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
film_fixture_set_up (FilmFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->place = g_strdup ("/dev/shm/grokscope-test-XXXXXX");
  if (g_mkdtemp (fixture->place) == NULL)
    {
      g_free (fixture->place);
      fixture->place = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
    }
  g_assert_nonnull (fixture->place);
  fixture->path = g_build_filename (fixture->place, "tiny", NULL);
  train (fixture);
  fixture->run = gsc_run_data_load (fixture->path, &error);
  g_assert_no_error (error);
  gsc_figure_panel_init (&fixture->panels[0], GSC_FIGURE_LEARNING_CURVES);
  gsc_figure_panel_init (&fixture->panels[1], GSC_FIGURE_PROJECTION);
  gsc_film_settings_init (&fixture->settings);
  fixture->settings.panels = fixture->panels;
  fixture->settings.n_panels = G_N_ELEMENTS (fixture->panels);
  fixture->settings.width = 160;
  fixture->settings.height = 96;
  fixture->settings.text_scale = 3;
  fixture->settings.rate = 10;
  fixture->settings.seconds = 0.9;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_tree (child);
      else
        g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
film_fixture_tear_down (FilmFixture *fixture, gconstpointer data)
{
  remove_tree (fixture->place);
  gsc_run_data_unref (fixture->run);
  g_free (fixture->path);
  g_free (fixture->place);
}

GscFilm *
film_fixture_make (FilmFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GscFilm *film = gsc_film_new (fixture->run, fixture->path, &fixture->settings, NULL, &error);

  g_assert_no_error (error);
  return film;
}

void
film_fixture_forget_model (FilmFixture *fixture, gint64 step)
{
  g_autofree char *name = g_strdup_printf ("step-%08d.safetensors", (int) step);
  g_autofree char *path = g_build_filename (fixture->path, "snapshots", name, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

char *
film_fixture_get_path (FilmFixture *fixture, const char *name)
{
  return g_build_filename (fixture->place, name, NULL);
}

guint
film_fixture_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

cairo_surface_t *
film_fixture_paint (GscFilm *film, guint frame)
{
  g_autoptr (GError) error = NULL;
  cairo_surface_t *picture = gsc_film_paint (film, frame, NULL, &error);

  g_assert_no_error (error);
  return picture;
}

double
film_fixture_compare (cairo_surface_t *a, cairo_surface_t *b)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  double sum = 0;

  g_assert_cmpint (cairo_image_surface_get_width (b), ==, width);
  g_assert_cmpint (cairo_image_surface_get_height (b), ==, height);
  for (int y = 0; y < height; y++)
    {
      const guint32 *row
          = (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (a)
                                               + y * cairo_image_surface_get_stride (a));
      const guint32 *other
          = (const guint32 *) (gconstpointer) (cairo_image_surface_get_data (b)
                                               + y * cairo_image_surface_get_stride (b));

      for (int x = 0; x < width; x++)
        for (int shift = 0; shift < 24; shift += 8)
          sum += abs ((int) (row[x] >> shift & 0xff) - (int) (other[x] >> shift & 0xff));
    }
  return sum / (3.0 * width * height);
}

static void
take_progress (double done, gpointer data)
{
  FilmWatch *watch = data;

  g_assert_cmpfloat (done, >=, watch->latest);
  watch->latest = done;
  if (done >= watch->stop_at)
    g_cancellable_cancel (watch->watch.cancellable);
}

void
film_watch_init (FilmWatch *watch, double stop_at)
{
  *watch = (FilmWatch){
    .watch = { .cancellable = g_cancellable_new (), .progress = take_progress, .data = watch },
    .stop_at = stop_at,
  };
}

void
film_watch_clear (FilmWatch *watch)
{
  g_clear_object (&watch->watch.cancellable);
}
