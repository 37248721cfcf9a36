/* test-run.c - one run as the app knows it: what it tells views, and loading
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "training-fixture.h"

static void
count (GscRun *run, GParamSpec *pspec, guint *n)
{
  ++*n;
}

/* Notified when it changes, and only then. */
static void
test_properties (void)
{
  GscRun *run = gsc_run_new ("/nowhere/quick-7");
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  GscConfig config = training_fixture_config ();
  guint n_title = 0, n_state = 0, n_step = 0, n_steps = 0, n_loss = 0, n_message = 0;

  g_signal_connect (run, "notify::title", G_CALLBACK (count), &n_title);
  g_signal_connect (run, "notify::state", G_CALLBACK (count), &n_state);
  g_signal_connect (run, "notify::step", G_CALLBACK (count), &n_step);
  g_signal_connect (run, "notify::steps", G_CALLBACK (count), &n_steps);
  g_signal_connect (run, "notify::loss", G_CALLBACK (count), &n_loss);
  g_signal_connect (run, "notify::message", G_CALLBACK (count), &n_message);

  g_assert_cmpstr (gsc_run_get_path (run), ==, "/nowhere/quick-7");
  g_assert_cmpstr (gsc_run_get_title (run), ==, "quick-7");
  g_assert_null (gsc_run_get_config (run));
  g_assert_null (gsc_run_get_data (run));
  g_assert_null (gsc_run_get_snapshot (run));
  g_assert_true (isnan (gsc_run_get_loss (run)));

  notes->title = g_strdup ("Seven");
  for (guint i = 0; i < 2; i++)
    {
      gsc_run_set_notes (run, notes);
      gsc_run_set_config (run, &config);
      gsc_run_set_state (run, GSC_RUN_TRAINING, NULL);
      gsc_run_set_progress (run, 3, NAN, 12.5, 2);
    }
  g_assert_cmpstr (gsc_run_get_title (run), ==, "Seven");
  g_assert_true (gsc_config_equal (gsc_run_get_config (run), &config));
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_TRAINING);
  g_assert_cmpint (gsc_run_get_step (run), ==, 3);
  g_assert_cmpint (gsc_run_get_steps (run), ==, 30);
  g_assert_cmpfloat (gsc_run_get_steps_per_second (run), ==, 12.5);
  g_assert_cmpfloat (gsc_run_get_seconds_left (run), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      gsc_run_set_progress (run, 4, 0.5, 12.5, 2);
      gsc_run_set_state (run, GSC_RUN_BROKEN, "It is broken.");
    }
  gsc_run_set_state (run, GSC_RUN_BROKEN, gsc_run_get_message (run));
  g_assert_cmpstr (gsc_run_get_message (run), ==, "It is broken.");
  g_assert_cmpuint (n_title, ==, 1);
  g_assert_cmpuint (n_state, ==, 2);
  g_assert_cmpuint (n_step, ==, 2);
  g_assert_cmpuint (n_steps, ==, 1);
  g_assert_cmpuint (n_loss, ==, 1);
  g_assert_cmpuint (n_message, ==, 1);
  g_assert_finalize_object (run);
}

typedef struct
{
  guint n;
  gboolean loaded;
  char *message;
} Loaded;

static void
on_loaded (GObject *object, GAsyncResult *result, gpointer data)
{
  Loaded *loaded = data;
  g_autoptr (GError) error = NULL;

  loaded->n++;
  loaded->loaded = gsc_run_load_finish (GSC_RUN (object), result, &error);
  g_assert_true (loaded->loaded == (error == NULL));
  g_free (loaded->message);
  loaded->message = error != NULL ? g_strdup (error->message) : NULL;
}

static gboolean
is_loaded (gpointer data)
{
  return ((Loaded *) data)->n > 0;
}

static gboolean
load (GscRun *run)
{
  Loaded loaded = { 0 };

  gsc_run_load_async (run, on_loaded, &loaded);
  training_fixture_wait (is_loaded, &loaded);
  g_free (loaded.message);
  return loaded.loaded;
}

static void
test_load (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  GscConfig config = training_fixture_config ();
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  GscRun *run;
  GscRunData *data;
  guint n_data = 0;

  training_fixture_train (path, &config, 12);
  run = gsc_run_new (path);
  g_signal_connect (run, "notify::data", G_CALLBACK (count), &n_data);
  g_assert_true (load (run));
  data = gsc_run_get_data (run);
  g_assert_cmpuint (data->records->len, ==, 3);
  g_assert_cmpstr (data->name, ==, "run");
  g_assert_cmpint (gsc_run_get_steps (run), ==, 30);
  g_assert_cmpuint (n_data, ==, 1);

  /* what was read once is kept; figures bear the title */
  {
    GscReferenceCurves *references = data->references;
    g_autoptr (GscTraining) training = gsc_training_resume (path, 1, NULL);

    g_assert_true (gsc_training_run (training, NULL, NULL, NULL));
    g_assert_true (load (run));
    g_assert_cmpuint (gsc_run_get_data (run)->records->len, ==, 7);
    g_assert_true (gsc_run_get_data (run)->references == references);
  }
  notes->title = g_strdup ("A title");
  gsc_run_set_notes (run, notes);
  g_assert_cmpstr (gsc_run_get_data (run)->name, ==, "A title");
  g_assert_true (load (run));
  g_assert_cmpstr (gsc_run_get_data (run)->name, ==, "A title");
  g_assert_finalize_object (run);
}

static void
test_broken (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  g_autofree char *table = g_build_filename (path, "per_task.csv", NULL);
  GscConfig config = training_fixture_config ();
  GscRun *run = gsc_run_new (path);

  g_assert_false (load (run));
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_BROKEN);
  training_fixture_assert_sentence (gsc_run_get_message (run), path);
  training_fixture_train (path, &config, 12);
  g_assert_true (g_file_set_contents (table, "nonsense\n", -1, NULL));
  g_assert_false (load (run));
  training_fixture_assert_sentence (gsc_run_get_message (run), "per_task.csv");
  g_assert_null (gsc_run_get_data (run));
  g_assert_finalize_object (run);
}

/* Data that a training gives meanwhile are newer than what a load began to read before. */
static void
test_stale_load (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  GscConfig config = training_fixture_config ();
  g_autoptr (GscRunData) data = NULL;
  GscRun *run;
  Loaded loaded = { 0 };

  training_fixture_train (path, &config, 12);
  data = gsc_run_data_load (path, NULL);
  run = gsc_run_new (path);
  gsc_run_load_async (run, on_loaded, &loaded);
  gsc_run_set_data (run, data);
  training_fixture_wait (is_loaded, &loaded);
  g_assert_true (loaded.loaded);
  g_assert_true (gsc_run_get_data (run) == data);
  gsc_run_set_data (run, NULL);
  g_assert_null (gsc_run_get_data (run));
  g_assert_finalize_object (run);
}

/* Two loads at once: both end well, and the run outlives them. */
static void
test_two_loads (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  GscConfig config = training_fixture_config ();
  GscRun *run;
  Loaded first = { 0 }, second = { 0 };

  training_fixture_train (path, &config, 12);
  run = gsc_run_new (path);
  gsc_run_load_async (run, on_loaded, &first);
  gsc_run_load_async (run, on_loaded, &second);
  training_fixture_wait (is_loaded, &first);
  training_fixture_wait (is_loaded, &second);
  g_assert_true (first.loaded && second.loaded);
  g_assert_cmpuint (gsc_run_get_data (run)->records->len, ==, 3);
  gsc_run_load_async (run, NULL, NULL);
  g_object_add_weak_pointer (G_OBJECT (run), (gpointer *) &run);
  g_object_unref (run);
  while (run != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_snapshot (void)
{
  GscRun *run = gsc_run_new ("/nowhere/run");
  GscConfig config = training_fixture_config ();
  GscModelConfig shape;
  GscSnapshot *snapshot;
  guint n = 0;

  gsc_config_get_model (&config, &shape);
  snapshot = gsc_snapshot_new (gsc_model_new (&shape, NULL), 3);
  g_signal_connect (run, "notify::snapshot", G_CALLBACK (count), &n);
  gsc_run_set_snapshot (run, NULL);
  gsc_run_set_snapshot (run, snapshot);
  gsc_run_set_snapshot (run, snapshot);
  g_assert_true (gsc_run_get_snapshot (run) == snapshot);
  gsc_snapshot_unref (snapshot);
  g_assert_cmpint (gsc_run_get_snapshot (run)->step, ==, 3);
  gsc_run_set_snapshot (run, NULL);
  g_assert_cmpuint (n, ==, 2);
  g_assert_finalize_object (run);
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);
  training_fixture_add ("/run/properties", test_properties);
  training_fixture_add ("/run/load", test_load);
  training_fixture_add ("/run/broken", test_broken);
  training_fixture_add ("/run/stale-load", test_stale_load);
  training_fixture_add ("/run/two-loads", test_two_loads);
  training_fixture_add ("/run/snapshot", test_snapshot);
  return g_test_run ();
}
