/* test-film.c - which pictures a film is made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "film-fixture.h"

#include "gsc-film-alignment.h"

#include <math.h>
#include <string.h>

static void
test_frames (FilmFixture *fixture, gconstpointer data)
{
  g_autoptr (GscFilm) film = film_fixture_make (fixture);

  g_assert_cmpuint (gsc_film_count_frames (film), ==, 9);
  for (guint i = 0; i < 9; i++)
    {
      gint64 step = 5 * (gint64) i;

      g_assert_cmpint (gsc_film_get_step (film, i), ==, step);
      g_assert_cmpint (gsc_film_get_record_step (film, i), ==, step / 10 * 10);
      g_assert_cmpint (gsc_film_get_model_step (film, i), ==, step / 10 * 10);
    }
  g_assert_cmpuint (gsc_film_count_pictures (film), ==, 5);
  g_assert_cmpstr (gsc_film_get_title (film), ==, "tiny: learning curves, projection");
  g_assert_cmpint (gsc_film_get_width (film), ==, 160);
  g_assert_cmpint (gsc_film_get_height (film), ==, 96);
}

static void
test_models (FilmFixture *fixture, gconstpointer data)
{
  g_autoptr (GscFilm) film = NULL;

  film_fixture_forget_model (fixture, 20);
  film_fixture_forget_model (fixture, 0);
  film = film_fixture_make (fixture);
  /* the newest one of then; at first, where there is none, the oldest */
  for (guint i = 0; i < 9; i++)
    {
      g_assert_cmpint (gsc_film_get_record_step (film, i), ==, 5 * i / 10 * 10);
      g_assert_cmpint (gsc_film_get_model_step (film, i), ==, i < 6 ? 10 : i < 8 ? 30 : 40);
    }
}

static void
test_range (FilmFixture *fixture, gconstpointer data)
{
  g_autoptr (GscFilm) film = NULL;
  g_autoptr (GError) error = NULL;

  fixture->settings.from = 12;
  fixture->settings.to = 1000;
  film = film_fixture_make (fixture);
  g_assert_cmpint (gsc_film_get_step (film, 0), ==, 12);
  g_assert_cmpint (gsc_film_get_step (film, 8), ==, 40);
  for (guint i = 1; i < 9; i++)
    g_assert_cmpint (gsc_film_get_step (film, i), >, gsc_film_get_step (film, i - 1));
  gsc_film_free (g_steal_pointer (&film));

  /* 20 steps at 4 a second */
  fixture->settings.from = 10;
  fixture->settings.to = 30;
  fixture->settings.speed = 4;
  film = film_fixture_make (fixture);
  g_assert_cmpuint (gsc_film_count_frames (film), ==, 50);
  g_assert_cmpint (gsc_film_get_step (film, 49), ==, 30);
  gsc_film_free (g_steal_pointer (&film));

  /* a single step is a picture */
  fixture->settings.from = 30;
  film = film_fixture_make (fixture);
  g_assert_cmpuint (gsc_film_count_frames (film), ==, 1);
  g_assert_cmpint (gsc_film_get_step (film, 0), ==, 30);

  fixture->settings.from = 31;
  g_assert_null (gsc_film_new (fixture->run, fixture->path, &fixture->settings, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "from step 0 to 40"));
}

static void
test_faults (FilmFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GscRunData) empty = gsc_run_data_replace_records (fixture->run, none);
  g_autoptr (GError) error = NULL;

  g_assert_null (gsc_film_new (empty, fixture->path, &fixture->settings, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "no records"));
  g_clear_error (&error);

  fixture->settings.seconds = 1e6;
  g_assert_null (gsc_film_new (fixture->run, fixture->path, &fixture->settings, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
  g_assert_nonnull (strstr (error->message, "99999"));
  g_clear_error (&error);

  fixture->settings.seconds = 1;
  fixture->settings.width = 1;
  g_assert_null (gsc_film_new (fixture->run, fixture->path, &fixture->settings, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_sizes (void)
{
  static const char *const bad[] = { "",           "1920",       "1920x",
                                     "x1080",      "1920x1080p", "-5x100",
                                     "1920x99999", "10x10",      "99999999999999999999999x100" };
  GscFilmSettings settings;

  gsc_film_settings_init (&settings);
  g_assert_true (gsc_film_settings_parse_size (&settings, "1280x720"));
  g_assert_cmpint (settings.width, ==, 1280);
  g_assert_cmpint (settings.height, ==, 720);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (gsc_film_settings_parse_size (&settings, bad[i]));
  g_assert_cmpint (settings.width, ==, 1280);
}

/* Pictures as they come. */
typedef struct
{
  GPtrArray *pictures;
  guint n_changed;
} Reel;

static gboolean
keep_picture (
    cairo_surface_t *picture, gboolean changed, guint frame, gpointer data, GError **error)
{
  Reel *reel = data;

  g_assert_cmpuint (frame, ==, reel->pictures->len);
  reel->n_changed += changed ? 1 : 0;
  g_ptr_array_add (reel->pictures, cairo_surface_reference (picture));
  return TRUE;
}

static Reel
run_film (GscFilm *film)
{
  Reel reel = { g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy), 0 };
  g_autoptr (GError) error = NULL;
  FilmWatch watch;

  film_watch_init (&watch, 2);
  gsc_film_run (film, keep_picture, &reel, &watch.watch, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (watch.latest, ==, 1);
  film_watch_clear (&watch);
  return reel;
}

static void
test_same_pictures (FilmFixture *fixture, gconstpointer data)
{
  g_autoptr (GscFilm) film = film_fixture_make (fixture);
  g_autoptr (GscFilm) again = film_fixture_make (fixture);
  Reel reel = run_film (film), other;
  cairo_surface_t *preview = film_fixture_paint (again, 4);

  /* what was painted before does not matter */
  cairo_surface_destroy (preview);
  other = run_film (again);
  g_assert_cmpuint (reel.pictures->len, ==, 9);
  g_assert_cmpuint (other.pictures->len, ==, 9);
  g_assert_cmpuint (reel.n_changed, ==, gsc_film_count_pictures (film));
  for (guint i = 0; i < 9; i++)
    {
      cairo_surface_t *picture = g_ptr_array_index (reel.pictures, i);

      g_assert_cmpfloat (film_fixture_compare (picture, g_ptr_array_index (other.pictures, i)), ==,
                         0);
      /* two frames a record */
      if (i > 0 && i % 2 == 1)
        g_assert_cmpfloat (film_fixture_compare (picture, g_ptr_array_index (reel.pictures, i - 1)),
                           ==, 0);
      else if (i > 0)
        g_assert_cmpfloat (film_fixture_compare (picture, g_ptr_array_index (reel.pictures, i - 1)),
                           >, 0);
    }
  g_ptr_array_unref (reel.pictures);
  g_ptr_array_unref (other.pictures);
}

static void
test_every_figure (FilmFixture *fixture, gconstpointer data)
{
  GscFigurePanel panels[GSC_N_FIGURES];
  g_autoptr (GscFilm) film = NULL;
  cairo_surface_t *first, *last;

  for (guint figure = 0; figure < GSC_N_FIGURES; figure++)
    gsc_figure_panel_init (&panels[figure], figure);
  fixture->settings.panels = panels;
  fixture->settings.n_panels = GSC_N_FIGURES;
  fixture->settings.width = 640;
  fixture->settings.height = 360;
  fixture->settings.text_scale = 0.5;
  film = film_fixture_make (fixture);
  first = film_fixture_paint (film, 0);
  last = film_fixture_paint (film, 8);
  g_assert_cmpfloat (film_fixture_compare (first, last), >, 0.1);
  cairo_surface_destroy (first);
  cairo_surface_destroy (last);
}

static void
test_cancel (FilmFixture *fixture, gconstpointer data)
{
  static const double shares[] = { 0, 0.1, 0.6 };

  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autoptr (GscFilm) film = film_fixture_make (fixture);
      g_autoptr (GError) error = NULL;
      Reel reel = { g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy), 0 };
      FilmWatch watch;

      film_watch_init (&watch, shares[i]);
      g_assert_false (gsc_film_run (film, keep_picture, &reel, &watch.watch, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (reel.pictures->len, <, 9);
      film_watch_clear (&watch);
      g_ptr_array_unref (reel.pictures);
    }
}

/* A model that is lost while the film is made. */
static void
test_lost_model (FilmFixture *fixture, gconstpointer data)
{
  g_autoptr (GscFilm) film = film_fixture_make (fixture);
  g_autoptr (GError) error = NULL;
  Reel reel = { g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy), 0 };

  film_fixture_forget_model (fixture, 30);
  g_assert_false (gsc_film_run (film, keep_picture, &reel, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (error->message[strlen (error->message) - 1], ==, '.');
  g_ptr_array_unref (reel.pictures);
}

/* Alignment */

/* A frame of a projection of four points, turned by @angle and @size as large. */
static GscFrame *
make_turned (GscRunData *run, gint64 step, double angle, double size)
{
  static const double x[] = { 1, 0, -0.5, 0.2 }, y[] = { 0.3, 1, 0, -0.7 };
  GscFrame *frame = gsc_frame_new (run, 0);
  g_autoptr (GscProjection) projection = g_new0 (GscProjection, 1);

  g_atomic_ref_count_init (&projection->ref_count);
  projection->source = (GscProjectionSource){ .part = GSC_PROJECTION_EMBEDDING, .centred = TRUE };
  projection->p = projection->n = 4;
  projection->first = g_new0 (guint16, 4);
  projection->second = g_new0 (guint16, 4);
  projection->x = g_new (double, 4);
  projection->y = g_new (double, 4);
  for (guint i = 0; i < 4; i++)
    {
      projection->x[i] = size * (cos (angle) * x[i] - sin (angle) * y[i]);
      projection->y[i] = size * (sin (angle) * x[i] + cos (angle) * y[i]);
    }
  frame->step = step;
  gsc_frame_set_projection (frame, projection);
  return frame;
}

static void
test_alignment (FilmFixture *fixture, gconstpointer data)
{
  g_autoptr (GscFilmAlignment) alignment = gsc_film_alignment_new (&fixture->panels[1]);
  g_autoptr (GscFrame) first = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GscFrame) frame = make_turned (fixture->run, 10 * i, 0.9 * i, 1 + i);

      gsc_film_alignment_add (alignment, frame);
    }
  gsc_film_alignment_finish (alignment);
  first = gsc_film_alignment_make_frame (alignment, 0);
  g_assert_null (gsc_film_alignment_make_frame (alignment, 5));
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (GscFrame) frame = gsc_film_alignment_make_frame (alignment, 10 * i);
      const GscProjection *box = frame->beside->projection;

      for (guint j = 0; j < 4; j++)
        {
          double x = frame->projection->x[j], y = frame->projection->y[j];

          /* turned back, but as large as it was */
          g_assert_cmpfloat_with_epsilon (x, (1 + i) * first->projection->x[j], 1e-6);
          g_assert_cmpfloat_with_epsilon (y, (1 + i) * first->projection->y[j], 1e-6);
          g_assert_cmpfloat (x, >=, box->x[0]);
          g_assert_cmpfloat (x, <=, box->x[1]);
          g_assert_cmpfloat (y, >=, box->y[0]);
          g_assert_cmpfloat (y, <=, box->y[1]);
        }
      g_assert_cmpfloat_with_epsilon (box->x[1], 4, 1e-6);
      g_assert_cmpfloat_with_epsilon (box->y[0], -2.8, 1e-6);
    }
}

static void
fill_part (GscSpectrumPart *part, guint n, double share)
{
  part->n = n;
  part->n_frequencies = n / 2;
  part->shares = g_new0 (double, 1 + part->n_frequencies);
  part->noise = g_new0 (double, 1 + part->n_frequencies);
  part->shares[1] = share;
  part->shares[2] = 1 - share;
}

/* A frame of a spectrum whose highest bar is @share. */
static GscFrame *
make_spectrum (GscRunData *run, gint64 step, double share)
{
  GscFrame *frame = gsc_frame_new (run, 0);
  GscInsight *insight = g_new0 (GscInsight, 1);
  GscSpectrum *spectrum = g_new0 (GscSpectrum, 1);

  g_atomic_ref_count_init (&insight->ref_count);
  g_atomic_ref_count_init (&spectrum->ref_count);
  spectrum->p = 5;
  spectrum->root = 2;
  fill_part (&spectrum->additive, 5, share);
  fill_part (&spectrum->multiplicative, 4, share);
  insight->kind = GSC_INSIGHT_SPECTRUM;
  insight->spectrum = spectrum;
  frame->step = step;
  gsc_frame_set_insight (frame, insight);
  gsc_insight_unref (insight);
  return frame;
}

static double
get_end_of_axis (const GscFigurePanel *panel, const GscFrame *frame)
{
  g_autoptr (GscFigurePage) page = NULL;
  GscStyle style;

  gsc_style_init (&style, gsc_palette_get (GSC_PALETTE_PAPER), 8);
  page = gsc_figure_lay_out (panel->figure, frame, &panel->options, &style, 400, 300);
  return gsc_figure_page_get_bar_plot (page, 0)->y.max;
}

/* The axis of each model's spectrum reaches as far as that of the one that needs most. */
static void
test_extent (FilmFixture *fixture, gconstpointer data)
{
  static const double shares[] = { 0.55, 0.9, 0.7 };
  GscFigurePanel panel;
  g_autoptr (GscFilmAlignment) alignment = NULL;
  double ends[G_N_ELEMENTS (shares)];

  gsc_figure_panel_init (&panel, GSC_FIGURE_SPECTRUM);
  alignment = gsc_film_alignment_new (&panel);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autoptr (GscFrame) frame = make_spectrum (fixture->run, 10 * i, shares[i]);

      ends[i] = get_end_of_axis (&panel, frame);
      gsc_film_alignment_add (alignment, frame);
    }
  gsc_film_alignment_finish (alignment);
  g_assert_cmpfloat (ends[0], <, ends[1]);
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autoptr (GscFrame) frame = gsc_film_alignment_make_frame (alignment, 10 * i);

      g_assert_cmpfloat (get_end_of_axis (&panel, frame), ==, ends[1]);
      g_assert_cmpfloat (frame->insights[GSC_INSIGHT_SPECTRUM]->spectrum->additive.shares[1], ==,
                         shares[i]);
    }
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    g_assert_cmpint (gsc_film_alignment_is_needed (i), ==,
                     i == GSC_FIGURE_PROJECTION || i == GSC_FIGURE_SPECTRUM
                         || i == GSC_FIGURE_ABLATION);
}

/* Both figures whose frames are kept for their scale make a whole film. */
static void
test_scaled_film (FilmFixture *fixture, gconstpointer data)
{
  g_autoptr (GscFilm) film = NULL;
  Reel reel;

  gsc_figure_panel_init (&fixture->panels[0], GSC_FIGURE_SPECTRUM);
  gsc_figure_panel_init (&fixture->panels[1], GSC_FIGURE_ABLATION);
  film = film_fixture_make (fixture);
  reel = run_film (film);
  g_assert_cmpuint (reel.pictures->len, ==, 9);
  g_assert_cmpfloat (film_fixture_compare (g_ptr_array_index (reel.pictures, 0),
                                           g_ptr_array_index (reel.pictures, 8)),
                     >, 0.1);
  g_ptr_array_unref (reel.pictures);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FILM_FIXTURE_ADD ("/film/frames", test_frames);
  FILM_FIXTURE_ADD ("/film/models", test_models);
  FILM_FIXTURE_ADD ("/film/range", test_range);
  FILM_FIXTURE_ADD ("/film/faults", test_faults);
  g_test_add_func ("/film/sizes", test_sizes);
  FILM_FIXTURE_ADD ("/film/same-pictures", test_same_pictures);
  FILM_FIXTURE_ADD ("/film/every-figure", test_every_figure);
  FILM_FIXTURE_ADD ("/film/cancel", test_cancel);
  FILM_FIXTURE_ADD ("/film/lost-model", test_lost_model);
  FILM_FIXTURE_ADD ("/film/alignment", test_alignment);
  FILM_FIXTURE_ADD ("/film/extent", test_extent);
  FILM_FIXTURE_ADD ("/film/scaled-film", test_scaled_film);
  return g_test_run ();
}
