/* test-film-dialog.c - exporting a film from the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-film-dialog.h"

#include "gsc-film-webm.h"
#include "training-fixture.h"
#include "widget-fixture.h"

#define SCHEMA "io.github.grokscope.Grokscope"

/* A tiny run that a session shows, and the dialog. */
typedef struct
{
  char *path;
  GscRun *run;
  GscSession *session;
  GSettings *settings;
  GscFilmDialog *dialog;
  char *exported; /* the path that was told */
  gboolean pictures;
} Fixture;

static gboolean
has_frame (gpointer data)
{
  return gsc_session_get_frame (((Fixture *) data)->session) != NULL;
}

static gboolean
has_preview (gpointer data)
{
  return gsc_film_dialog_has_preview (((Fixture *) data)->dialog);
}

static gboolean
is_idle (gpointer data)
{
  return !gsc_film_dialog_is_busy (((Fixture *) data)->dialog);
}

static void
on_exported (Fixture *fixture, const char *path, gboolean pictures)
{
  fixture->exported = g_strdup (path);
  fixture->pictures = pictures;
}

static void
open_fixture (Fixture *fixture)
{
  const GscConfig config = training_fixture_config ();

  *fixture = (Fixture){ .path = training_fixture_folder ("film") };
  training_fixture_train (fixture->path, &config, -1);
  fixture->run = gsc_run_new (fixture->path);
  fixture->session = gsc_session_new ();
  gsc_run_load_async (fixture->run, NULL, NULL);
  gsc_session_set_run (fixture->session, fixture->run);
  training_fixture_wait (has_frame, fixture);
  fixture->settings = g_settings_new (SCHEMA);
  g_settings_reset (fixture->settings, "film-format"); /* what the test before remembered */
  g_settings_reset (fixture->settings, "film-figures");
  g_settings_set_string (fixture->settings, "film-size", "1280x720");
  fixture->dialog = gsc_film_dialog_new (NULL, fixture->session, fixture->settings);
  g_assert_nonnull (fixture->dialog);
  g_object_ref (fixture->dialog);
  g_signal_connect_swapped (fixture->dialog, "exported", G_CALLBACK (on_exported), fixture);
  gsc_film_form_set_length (gsc_film_dialog_get_form (fixture->dialog), 1, 4);
  widget_fixture_present (GTK_WINDOW (fixture->dialog));
}

static void
close_fixture (Fixture *fixture)
{
  gpointer weak[] = { fixture->dialog, fixture->session };

  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    g_object_add_weak_pointer (weak[i], &weak[i]);
  gtk_window_destroy (GTK_WINDOW (fixture->dialog));
  g_object_unref (fixture->dialog);
  g_object_unref (fixture->session);
  g_object_unref (fixture->run);
  training_fixture_idle (300);
  for (guint i = 0; i < G_N_ELEMENTS (weak); i++)
    g_assert_null (weak[i]);
  g_object_unref (fixture->settings);
  g_free (fixture->exported);
  g_free (fixture->path);
}

/* What is in the folder beside the run. (transfer full) */
static char *
get_path (Fixture *fixture, const char *name)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  return g_build_filename (folder, name, NULL);
}

static void
test_pictures (void)
{
  Fixture fixture;
  g_autofree char *path = NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *beyond = NULL;

  open_fixture (&fixture);
  path = get_path (&fixture, "pictures/film");
  first = get_path (&fixture, "pictures/film-00001.png");
  last = get_path (&fixture, "pictures/film-00004.png");
  beyond = get_path (&fixture, "pictures/film-00005.png");
  widget_fixture_assert_named (GTK_WIDGET (fixture.dialog));
  training_fixture_wait (has_preview, &fixture);
  gsc_film_form_set_pictures (gsc_film_dialog_get_form (fixture.dialog), TRUE);
  g_assert_false (gsc_film_dialog_has_preview (fixture.dialog));
  gsc_film_dialog_write (fixture.dialog, path);
  g_assert_true (gsc_film_dialog_is_busy (fixture.dialog));
  training_fixture_wait (is_idle, &fixture);
  g_assert_cmpstr (gsc_film_dialog_get_message (fixture.dialog), ==, NULL);
  g_assert_cmpstr (fixture.exported, ==, path);
  g_assert_true (fixture.pictures);
  g_assert_true (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (last, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (beyond, G_FILE_TEST_EXISTS));
  close_fixture (&fixture);
}

static void
test_film (void)
{
  Fixture fixture;
  g_autofree char *path = NULL;
  gboolean possible;

  open_fixture (&fixture);
  possible = gsc_film_webm_is_supported (NULL);
  path = get_path (&fixture, "film.webm");
  gsc_film_dialog_write (fixture.dialog, path);
  training_fixture_wait (is_idle, &fixture);
  /* without GStreamer the form asks for pictures, whatever was remembered */
  g_assert_cmpstr (fixture.exported, ==, path);
  g_assert_true (fixture.pictures == !possible);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == possible);
  close_fixture (&fixture);
}

static void
test_cancel (void)
{
  Fixture fixture;
  g_autofree char *path = NULL;

  open_fixture (&fixture);
  path = get_path (&fixture, "film.webm");
  gsc_film_form_set_length (gsc_film_dialog_get_form (fixture.dialog), 300, 30);
  gsc_film_dialog_write (fixture.dialog, path);
  training_fixture_idle (300);
  g_assert_true (gsc_film_dialog_is_busy (fixture.dialog));
  gsc_film_dialog_cancel (fixture.dialog);
  g_assert_false (gsc_film_dialog_is_busy (fixture.dialog));
  training_fixture_idle (1000);
  g_assert_null (fixture.exported);
  g_assert_null (gsc_film_dialog_get_message (fixture.dialog));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  close_fixture (&fixture);
}

static void
test_faults (void)
{
  Fixture fixture;
  g_autofree char *path = NULL;
  GscFilmForm *form;

  open_fixture (&fixture);
  path = get_path (&fixture, "missing/missing/film.webm");
  form = gsc_film_dialog_get_form (fixture.dialog);
  gsc_film_dialog_write (fixture.dialog, path);
  training_fixture_wait (is_idle, &fixture);
  g_assert_null (fixture.exported);
  training_fixture_assert_sentence (gsc_film_dialog_get_message (fixture.dialog), "missing");
  gsc_film_form_set_length (form, 2, 4);
  g_assert_null (gsc_film_dialog_get_message (fixture.dialog));

  for (guint i = 0; i < GSC_N_FIGURES; i++)
    gsc_film_form_tick (form, i, FALSE);
  g_assert_nonnull (gsc_film_dialog_get_message (fixture.dialog));
  gsc_film_form_tick (form, GSC_FIGURE_SHOTS, TRUE);
  g_assert_null (gsc_film_dialog_get_message (fixture.dialog));
  close_fixture (&fixture);
}

/* The next dialog begins with what the last one chose. */
static void
test_remember (void)
{
  Fixture fixture;
  GscFilmForm *form;
  GscFilmSettings film;
  g_autoptr (GtkWidget) again = NULL;

  open_fixture (&fixture);
  form = gsc_film_dialog_get_form (fixture.dialog);
  for (guint i = 0; i < GSC_N_FIGURES; i++)
    gsc_film_form_tick (form, i, i == GSC_FIGURE_TASK_GRID);
  gsc_film_form_set_length (form, 7, 12);
  gsc_film_form_set_size (form, 4);
  gsc_film_form_set_steps (form, 10, 20);
  gsc_film_form_save (form, fixture.settings);

  again = g_object_ref_sink (GTK_WIDGET (
      gsc_film_form_new (gsc_session_get_frame (fixture.session)->run, fixture.settings)));
  gsc_film_settings_init (&film);
  gsc_film_form_get (GSC_FILM_FORM (again), &film);
  g_assert_cmpuint (film.n_panels, ==, 1);
  g_assert_cmpint (film.panels[0].figure, ==, GSC_FIGURE_TASK_GRID);
  g_assert_cmpfloat (film.seconds, ==, 7);
  g_assert_cmpint (film.rate, ==, 12);
  g_assert_cmpint (film.width, ==, 1080);
  g_assert_cmpint (film.height, ==, 1080);
  /* the steps are those of the run */
  g_assert_cmpint (film.from, ==, 0);
  g_assert_cmpint (film.to, ==, gsc_run_get_steps (fixture.run));

  /* the first step is not after the last */
  gsc_film_form_set_steps (GSC_FILM_FORM (again), 0, 10);
  gsc_film_form_set_steps (GSC_FILM_FORM (again), 20, 30);
  gsc_film_form_get (GSC_FILM_FORM (again), &film);
  g_assert_cmpint (film.from, ==, 20);
  g_assert_cmpint (film.to, ==, 30);
  close_fixture (&fixture);
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);
  adw_init ();
  training_fixture_add ("/film-dialog/pictures", test_pictures);
  training_fixture_add ("/film-dialog/film", test_film);
  training_fixture_add ("/film-dialog/cancel", test_cancel);
  training_fixture_add ("/film-dialog/faults", test_faults);
  training_fixture_add ("/film-dialog/remember", test_remember);
  return g_test_run ();
}
