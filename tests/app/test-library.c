/* test-library.c - the user's runs: made, trained, renamed, copied, deleted, and those of others
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-library.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "training-fixture.h"

/* What a library has said. */
typedef struct
{
  GscLibrary *library;
  guint n_ended;
  int end;
  guint n_failed;
  char *failure;
} Place;

static void
on_ended (GscLibrary *library, GscRun *run, int end, const char *message, Place *place)
{
  g_assert_null (gsc_library_get_training (library));
  g_assert_cmpint (gsc_run_get_state (run), !=, GSC_RUN_TRAINING);
  place->n_ended++;
  place->end = end;
}

static void
on_failed (GscLibrary *library, const char *message, Place *place)
{
  training_fixture_assert_sentence (message, "");
  place->n_failed++;
  g_free (place->failure);
  place->failure = g_strdup (message);
}

static void
place_open (Place *place)
{
  g_autofree char *folder = gsc_library_get_default_folder ();

  *place = (Place){ .library = gsc_library_new (folder) };
  g_signal_connect (place->library, "ended", G_CALLBACK (on_ended), place);
  g_signal_connect (place->library, "failed", G_CALLBACK (on_failed), place);
}

static void
place_close (Place *place)
{
  g_assert_finalize_object (place->library);
  g_free (place->failure);
}

/* As when the program is started again. */
static void
place_reopen (Place *place)
{
  place_close (place);
  place_open (place);
}

static guint
get_n (const Place *place)
{
  return g_list_model_get_n_items (G_LIST_MODEL (place->library));
}

static GscRun *
get_run (const Place *place, guint index)
{
  g_autoptr (GscRun) run = g_list_model_get_item (G_LIST_MODEL (place->library), index);

  g_assert_nonnull (run);
  return run;
}

static char *
run_path (const char *name)
{
  g_autofree char *folder = gsc_library_get_default_folder ();

  return g_build_filename (folder, name, NULL);
}

static gboolean
exists (const char *name)
{
  g_autofree char *path = run_path (name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
is_idle (gpointer data)
{
  return gsc_library_get_training (((Place *) data)->library) == NULL;
}

static GscRun *
start (Place *place, const GscConfig *config, const char *preset)
{
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  g_autoptr (GError) error = NULL;
  GscRun *run;

  notes->preset = g_strdup (preset);
  run = gsc_library_train_new (place->library, config, notes, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (run);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_TRAINING);
  g_assert_true (gsc_library_get_training (place->library) == run);
  return run;
}

static GscRun *
train (Place *place, const char *preset)
{
  GscConfig config = training_fixture_config ();
  GscRun *run = start (place, &config, preset);

  training_fixture_wait (is_idle, place);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  return run;
}

static gboolean
has_steps (gpointer data)
{
  return gsc_run_get_step (data) >= 5;
}

static void
count (GObject *object, GParamSpec *pspec, guint *n)
{
  ++*n;
}

static void
test_default_folder (void)
{
  g_autofree char *folder = gsc_library_get_default_folder ();

  g_assert_true (g_str_has_prefix (folder, g_get_user_data_dir ()));
  g_assert_true (g_str_has_suffix (folder, "/grokscope/runs"));
}

static void
test_empty (void)
{
  g_autofree char *folder = gsc_library_get_default_folder ();
  g_auto (GStrv) elsewhere = NULL;
  Place place;

  place_open (&place);
  g_assert_cmpuint (get_n (&place), ==, 0);
  g_assert_null (gsc_library_get_training (place.library));
  g_assert_null (gsc_library_find (place.library, "/nowhere"));
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  elsewhere = gsc_library_list_elsewhere (place.library);
  g_assert_cmpuint (g_strv_length (elsewhere), ==, 0);
  gsc_library_pause (place.library);
  place_close (&place);
}

static void
test_train (void)
{
  g_autofree char *path = run_path ("quick-1");
  g_autofree char *plain = training_fixture_folder ("plain");
  GscConfig config = training_fixture_config ();
  guint n_training = 0;
  GscRun *run;
  Place place;

  place_open (&place);
  g_signal_connect (place.library, "notify::training", G_CALLBACK (count), &n_training);
  run = train (&place, "quick");
  g_assert_cmpuint (n_training, ==, 2);
  g_assert_cmpuint (place.n_ended, ==, 1);
  g_assert_cmpint (place.end, ==, GSC_WORKER_FINISHED);
  g_assert_cmpstr (gsc_run_get_title (run), ==, "quick 1");
  g_assert_cmpstr (gsc_run_get_path (run), ==, path);
  g_assert_cmpint (gsc_run_get_step (run), ==, 30);
  g_assert_cmpfloat (gsc_run_get_steps_per_second (run), ==, 0);
  g_assert_cmpuint (gsc_run_get_data (run)->records->len, ==, 7);
  g_assert_cmpstr (gsc_run_get_data (run)->name, ==, "quick 1");
  g_assert_cmpint (gsc_run_get_snapshot (run)->step, ==, 30);
  g_assert_null (gsc_run_get_message (run));
  training_fixture_train (plain, &config, -1);
  training_fixture_assert_same_runs (plain, path);

  /* the newest first, and the weights of the one before are let go */
  g_assert_true (train (&place, "quick") == get_run (&place, 0));
  g_assert_true (get_run (&place, 1) == run);
  g_assert_null (gsc_run_get_snapshot (run));
  g_assert_cmpstr (gsc_run_get_title (get_run (&place, 0)), ==, "quick 2");
  train (&place, "../deep");
  g_assert_true (exists ("run-1"));

  place_reopen (&place);
  g_assert_cmpuint (get_n (&place), ==, 3);
  g_assert_cmpstr (gsc_run_get_title (get_run (&place, 0)), ==, "run 1");
  g_assert_cmpstr (gsc_run_get_title (get_run (&place, 1)), ==, "quick 2");
  run = get_run (&place, 2);
  g_assert_cmpstr (gsc_run_get_title (run), ==, "quick 1");
  g_assert_cmpstr (gsc_run_get_notes (run)->preset, ==, "quick");
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  g_assert_cmpint (gsc_run_get_step (run), ==, 30);
  g_assert_false (isnan (gsc_run_get_loss (run)));
  g_assert_null (gsc_run_get_data (run));
  g_assert_true (gsc_config_equal (gsc_run_get_config (run), &config));
  place_close (&place);
}

/* Pause, restart of the program, resume: the same run as without. */
static void
test_pause_and_resume (void)
{
  g_autofree char *path = run_path ("quick-1");
  g_autofree char *plain = training_fixture_folder ("plain");
  GscConfig config = training_fixture_config ();
  g_autoptr (GError) error = NULL;
  gint64 step;
  GscRun *run;
  Place place;

  config.steps = 4000;
  config.record_every = 50;
  training_fixture_train (plain, &config, -1);
  place_open (&place);
  run = start (&place, &config, "quick");
  training_fixture_wait (has_steps, run);
  gsc_library_pause (place.library);
  training_fixture_wait (is_idle, &place);
  g_assert_cmpint (place.end, ==, GSC_WORKER_STOPPED);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_WAITING);
  step = gsc_run_get_step (run);

  place_reopen (&place);
  run = get_run (&place, 0);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_WAITING);
  g_assert_cmpint (gsc_run_get_step (run), ==, step);

  /* the program is left while it trains */
  g_assert_true (gsc_library_resume (place.library, run, &error));
  g_assert_no_error (error);
  gsc_worker_set_interval (gsc_library_get_worker (place.library), 1);
  training_fixture_idle (100);
  place_reopen (&place);
  run = get_run (&place, 0);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_WAITING);
  g_assert_cmpint (gsc_run_get_step (run), >=, step);

  g_assert_true (gsc_library_resume (place.library, run, &error));
  training_fixture_wait (is_idle, &place);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  training_fixture_assert_same_runs (plain, path);
  g_assert_false (gsc_library_resume (place.library, run, &error));
  training_fixture_assert_sentence (error->message, "quick 1");
  place_close (&place);
}

/* Ended by the user: finished, after a restart, too; until it goes on. */
static void
test_stop (void)
{
  GscConfig config = training_fixture_config ();
  g_autoptr (GError) error = NULL;
  GscRun *run;
  gint64 step;
  Place place;

  config.steps = 1000000;
  config.record_every = 1000;
  place_open (&place);
  run = start (&place, &config, "quick");
  training_fixture_wait (has_steps, run);
  gsc_library_stop (place.library);
  training_fixture_wait (is_idle, &place);
  g_assert_cmpint (place.end, ==, GSC_WORKER_STOPPED);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  training_fixture_assert_sentence (gsc_run_get_message (run), "Ended at step");
  step = gsc_run_get_step (run);
  g_assert_cmpint (gsc_run_data_get_record (gsc_run_get_data (run),
                                            (int) gsc_run_get_data (run)->records->len - 1)
                       ->step,
                   ==, step);

  place_reopen (&place);
  run = get_run (&place, 0);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  training_fixture_assert_sentence (gsc_run_get_message (run), "Ended at step");
  g_assert_true (gsc_library_resume (place.library, run, &error));
  g_assert_no_error (error);
  training_fixture_wait (has_steps, run);
  gsc_library_pause (place.library);
  training_fixture_wait (is_idle, &place);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_WAITING);
  g_assert_null (gsc_run_get_message (run));
  g_assert_cmpint (gsc_run_get_step (run), >=, step);
  place_close (&place);
}

static void
test_stop_rule (void)
{
  GscConfig config = training_fixture_config ();
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  g_autoptr (GError) error = NULL;
  GscRun *run;
  Place place;

  notes->title = g_strdup ("Stopped early");
  notes->stop.mode = GSC_STOP_AT_STEP;
  notes->stop.step = 17;
  place_open (&place);
  run = gsc_library_train_new (place.library, &config, notes, NULL, &error);
  g_assert_no_error (error);
  training_fixture_wait (is_idle, &place);
  g_assert_cmpint (place.end, ==, GSC_WORKER_STOPPED_EARLY);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  training_fixture_assert_sentence (gsc_run_get_message (run), "17");
  g_assert_cmpint (gsc_run_get_notes (run)->best, >=, 0); /* the best step is named */

  place_reopen (&place);
  run = get_run (&place, 0);
  g_assert_cmpstr (gsc_run_get_title (run), ==, "Stopped early");
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  training_fixture_assert_sentence (gsc_run_get_message (run), "17");
  /* who goes on all the same is not stopped again */
  g_assert_true (gsc_library_resume (place.library, run, &error));
  training_fixture_wait (is_idle, &place);
  g_assert_cmpint (place.end, ==, GSC_WORKER_FINISHED);
  g_assert_cmpint (gsc_run_get_step (run), ==, 30);
  g_assert_cmpint (gsc_run_get_notes (run)->stop.mode, ==, GSC_STOP_OFF);
  place_close (&place);
}

static void
count_mark (GscLibrary *library, GscRun *run, const char *message, guint *n)
{
  training_fixture_assert_sentence (message, "17");
  (*n)++;
}

/* A rule that only marks: the run goes on, the moment is told once, in the log and to the user, and
 * the best step so far is named. */
static void
test_only_marks (void)
{
  GscConfig config = training_fixture_config ();
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  g_autoptr (GscRunNotes) kept = NULL;
  g_autofree char *log_file = NULL;
  g_autofree char *log = NULL;
  guint n_marks = 0;
  GscRun *run;
  Place place;

  notes->stop.mode = GSC_STOP_AT_STEP;
  notes->stop.step = 17;
  notes->stop.only_marks = TRUE;
  place_open (&place);
  g_signal_connect (place.library, "marked", G_CALLBACK (count_mark), &n_marks);
  run = gsc_library_train_new (place.library, &config, notes, NULL, NULL);
  training_fixture_wait (is_idle, &place);
  g_assert_cmpint (place.end, ==, GSC_WORKER_FINISHED);
  g_assert_cmpint (gsc_run_get_step (run), ==, 30);
  g_assert_cmpuint (n_marks, ==, 1);
  g_assert_cmpint (gsc_run_get_data (run)->stop.mode, ==, GSC_STOP_AT_STEP);

  kept = gsc_run_notes_load (gsc_run_get_path (run), NULL);
  g_assert_true (kept->stop.only_marks);
  g_assert_cmpint (kept->ended_step, ==, -1);
  g_assert_cmpint (kept->best, >=, 0);
  log_file = g_build_filename (gsc_run_get_path (run), "events.log", NULL);
  g_assert_true (g_file_get_contents (log_file, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, "early stopping is only marked: "));
  g_assert_null (strstr (strstr (log, "only marked") + 1, "only marked"));
  place_close (&place);
}

static void
test_branch (void)
{
  GscConfig config = training_fixture_config ();
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  g_autoptr (GError) error = NULL;
  GscRun *parent, *run;
  Place place;

  place_open (&place);
  parent = train (&place, "quick");
  notes->preset = g_strdup ("quick");
  notes->parent_step = 10;
  run = gsc_library_train_new (place.library, &config, notes, parent, &error);
  g_assert_no_error (error);
  training_fixture_wait (is_idle, &place);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  place_reopen (&place);
  run = get_run (&place, 0);
  g_assert_cmpstr (gsc_run_get_notes (run)->parent, ==, "quick-1");
  g_assert_cmpint (gsc_run_get_notes (run)->parent_step, ==, 10);

  /* what cannot be is said at once, and leaves no folder */
  parent = gsc_library_find (place.library, gsc_run_get_path (get_run (&place, 1)));
  notes->parent_step = 11;
  g_assert_null (gsc_library_train_new (place.library, &config, notes, parent, &error));
  training_fixture_assert_sentence (error->message, "no snapshot of step 11");
  g_clear_error (&error);
  notes->parent_step = 10;
  config.width = 32;
  g_assert_null (gsc_library_train_new (place.library, &config, notes, parent, &error));
  training_fixture_assert_sentence (error->message, "width is 32 instead of 16");
  g_assert_false (exists ("quick-3"));
  place_close (&place);
}

static void
test_one_at_a_time (void)
{
  GscConfig config = training_fixture_config ();
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  GscRun *run, *other;
  Place place;

  place_open (&place);
  other = train (&place, "quick");
  config.steps = 1000000;
  run = start (&place, &config, "quick");
  training_fixture_wait (has_steps, run);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GError) error = NULL;

      switch (i)
        {
        case 0:
          g_assert_null (gsc_library_train_new (place.library, &config, notes, NULL, &error));
          break;
        case 1:
          g_assert_false (gsc_library_resume (place.library, other, &error));
          break;
        case 2:
          g_assert_null (gsc_library_duplicate (place.library, run, &error));
          break;
        case 3:
          g_assert_false (gsc_library_remove (place.library, run, &error));
          break;
        case 4:
          g_assert_false (gsc_library_resume (place.library, run, &error));
          break;
        default:
          config.lr = -1;
          gsc_library_pause (place.library);
          training_fixture_wait (is_idle, &place);
          g_assert_null (gsc_library_train_new (place.library, &config, notes, NULL, &error));
          training_fixture_assert_sentence (error->message, "lr must be");
          break;
        }
      if (i < 5)
        training_fixture_assert_sentence (error->message, "quick 2");
    }
  g_assert_cmpuint (get_n (&place), ==, 2);
  g_assert_false (exists ("run-1"));

  /* its name may change all the while */
  g_assert_true (gsc_library_resume (place.library, run, NULL));
  g_assert_true (gsc_library_rename (place.library, run, "On the way", NULL));
  g_assert_cmpstr (gsc_run_get_title (run), ==, "On the way");
  training_fixture_idle (300);
  g_assert_cmpstr (gsc_run_get_data (run)->name, ==, "On the way");
  place_close (&place);
}

static void
test_rename (void)
{
  g_autoptr (GError) error = NULL;
  GscRun *run;
  Place place;

  place_open (&place);
  run = train (&place, "quick");
  g_assert_true (gsc_library_rename (place.library, run, "  A \"new\" näme ", &error));
  g_assert_no_error (error);
  g_assert_cmpstr (gsc_run_get_title (run), ==, "A \"new\" näme");
  place_reopen (&place);
  run = get_run (&place, 0);
  g_assert_cmpstr (gsc_run_get_title (run), ==, "A \"new\" näme");
  g_assert_cmpstr (gsc_run_get_notes (run)->preset, ==, "quick");
  g_assert_true (gsc_library_rename (place.library, run, " ", &error));
  g_assert_cmpstr (gsc_run_get_title (run), ==, "quick-1");
  place_close (&place);
}

static void
test_duplicate (void)
{
  g_autofree char *path = run_path ("quick-1");
  g_autofree char *other = run_path ("quick-2");
  g_autoptr (GError) error = NULL;
  GscRun *run, *copy;
  Place place;

  place_open (&place);
  run = train (&place, "quick");
  copy = gsc_library_duplicate (place.library, run, &error);
  g_assert_no_error (error);
  g_assert_true (get_run (&place, 0) == copy);
  g_assert_cmpstr (gsc_run_get_path (copy), ==, other);
  g_assert_cmpstr (gsc_run_get_title (copy), ==, "quick 1 (copy)");
  g_assert_cmpint (gsc_run_get_state (copy), ==, GSC_RUN_FINISHED);
  training_fixture_assert_same_runs (path, other);
  place_reopen (&place);
  g_assert_cmpuint (get_n (&place), ==, 2);
  g_assert_cmpstr (gsc_run_get_title (get_run (&place, 0)), ==, "quick 1 (copy)");
  place_close (&place);
}

static gboolean
is_copied (gpointer data)
{
  return gsc_run_get_state (data) == GSC_RUN_FINISHED;
}

/* A large run is copied in a thread. */
static void
test_duplicate_large (void)
{
  g_autofree char *path = run_path ("quick-1");
  g_autofree char *large = run_path ("quick-1/figures.tar");
  g_autofree char *other = run_path ("quick-2");
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRun) kept = NULL;
  GscRun *run, *copy;
  Place place;

  place_open (&place);
  run = train (&place, "quick");
  g_assert_true (g_file_set_contents (large, "", 0, NULL));
  g_assert_cmpint (truncate (large, 80 << 20), ==, 0);
  copy = gsc_library_duplicate (place.library, run, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gsc_run_get_state (copy), ==, GSC_RUN_BROKEN);
  g_assert_nonnull (gsc_run_get_message (copy));
  training_fixture_wait (is_copied, copy);
  g_assert_null (gsc_run_get_message (copy));
  training_fixture_assert_same_runs (path, other);

  /* the program is left meanwhile: a whole copy or none */
  copy = gsc_library_duplicate (place.library, run, &error);
  kept = g_object_ref (copy);
  place_reopen (&place);
  training_fixture_idle (500);
  g_assert_cmpuint (get_n (&place), ==, exists ("quick-3/config.json") ? 3 : 2);
  g_assert_true (exists ("quick-3") == exists ("quick-3/config.json"));
  place_close (&place);
}

static void
test_remove_and_restore (void)
{
  g_autofree char *path = run_path ("quick-1");
  g_autoptr (GscRun) run = NULL;
  g_autoptr (GError) error = NULL;
  Place place;

  place_open (&place);
  run = g_object_ref (train (&place, "quick"));
  train (&place, "quick");
  g_assert_true (gsc_library_remove (place.library, run, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (get_n (&place), ==, 1);
  g_assert_null (gsc_library_find (place.library, path));
  g_assert_false (exists ("quick-1"));
  training_fixture_idle (600); /* what the monitors say changes nothing */
  g_assert_cmpuint (get_n (&place), ==, 1);

  g_assert_true (gsc_library_restore (place.library, run, &error));
  g_assert_no_error (error);
  g_assert_true (get_run (&place, 1) == run); /* where it was */
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  training_fixture_idle (600);
  g_assert_cmpuint (get_n (&place), ==, 2);

  /* its place is taken: it stays where it is */
  g_assert_true (gsc_library_remove (place.library, run, &error));
  g_assert_cmpint (g_mkdir (path, 0777), ==, 0);
  g_assert_false (gsc_library_restore (place.library, run, &error));
  training_fixture_assert_sentence (error->message, path);
  g_clear_error (&error);
  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_true (gsc_library_restore (place.library, run, &error));

  /* for good */
  g_assert_true (gsc_library_remove (place.library, run, &error));
  gsc_library_purge (place.library, run);
  g_assert_cmpuint (place.n_failed, ==, 0);
  g_assert_false (exists ("quick-1"));
  g_assert_false (exists (".deleted/quick-1"));
  gsc_library_purge (place.library, run); /* and once more, in vain */
  g_assert_false (gsc_library_restore (place.library, run, &error));
  training_fixture_assert_sentence (error->message, "quick 1");
  g_clear_error (&error);

  /* what was not undone is gone when the program is started again */
  g_assert_true (gsc_library_remove (place.library, get_run (&place, 0), &error));
  g_assert_true (exists (".deleted/quick-2"));
  place_reopen (&place);
  g_assert_cmpuint (get_n (&place), ==, 0);
  g_assert_false (exists (".deleted"));
  place_close (&place);
}

static void
test_elsewhere (void)
{
  g_autofree char *path = training_fixture_folder ("on/another/disk");
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *indirect = g_build_filename (parent, "..", "another", "disk", NULL);
  GscConfig config = training_fixture_config ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRun) run = NULL;
  Place place;

  training_fixture_train (path, &config, 12);
  place_open (&place);
  train (&place, "quick");
  run = g_object_ref (gsc_library_open (place.library, indirect, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (gsc_run_get_path (run), ==, path);
  g_assert_cmpstr (gsc_run_get_title (run), ==, "disk");
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_WAITING);
  g_assert_cmpint (gsc_run_get_step (run), ==, 12);
  g_assert_true (gsc_library_open (place.library, path, &error) == run);
  g_assert_cmpuint (get_n (&place), ==, 2);
  {
    g_auto (GStrv) elsewhere = gsc_library_list_elsewhere (place.library);

    g_assert_cmpuint (g_strv_length (elsewhere), ==, 1);
    g_assert_cmpstr (elsewhere[0], ==, path);
  }

  /* taken off the list only */
  g_assert_true (gsc_library_remove (place.library, run, &error));
  g_assert_true (gsc_library_restore (place.library, run, &error));
  g_assert_true (gsc_library_remove (place.library, run, &error));
  gsc_library_purge (place.library, run);
  g_assert_true (gsc_run_folder_is_run (path));

  /* trained here where it lies, and copied into the library */
  g_set_object (&run, gsc_library_open (place.library, path, &error));
  g_assert_true (gsc_library_resume (place.library, run, &error));
  training_fixture_wait (is_idle, &place);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  g_assert_nonnull (gsc_library_duplicate (place.library, run, &error));
  g_assert_true (exists ("disk-1"));

  g_assert_null (gsc_library_open (place.library, parent, &error));
  training_fixture_assert_sentence (error->message, parent);
  place_close (&place);
}

static gboolean
is_broken (gpointer data)
{
  return gsc_run_get_state (data) == GSC_RUN_BROKEN;
}

static gboolean
is_finished (gpointer data)
{
  return gsc_run_get_state (data) == GSC_RUN_FINISHED;
}

static void
test_broken (void)
{
  g_autofree char *config_path = run_path ("quick-1/config.json");
  g_autofree char *notes_path = run_path ("quick-1/notes.json");
  g_autofree char *kept_path = run_path ("quick-1/notes.json.damaged");
  g_autofree char *config = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;
  GscRun *run;
  Place place;

  place_open (&place);
  train (&place, "quick");
  g_assert_true (g_file_get_contents (config_path, &config, NULL, NULL));
  g_assert_true (g_file_set_contents (config_path, "{", 1, NULL));
  place_reopen (&place);
  run = get_run (&place, 0);
  g_assert_true (is_broken (run));
  training_fixture_assert_sentence (gsc_run_get_message (run), "config.json");
  g_assert_null (gsc_run_get_config (run));
  g_assert_false (gsc_library_resume (place.library, run, &error));
  training_fixture_assert_sentence (error->message, "config.json");
  g_clear_error (&error);
  g_assert_null (gsc_library_duplicate (place.library, run, &error));
  g_clear_error (&error);

  /* mended by hand while the program looks on */
  g_assert_true (g_file_set_contents (config_path, config, -1, NULL));
  training_fixture_wait (is_finished, run);
  g_assert_null (gsc_run_get_message (run));

  /* damaged notes are no reason not to show a run, and are kept when new ones are saved */
  g_assert_true (g_file_set_contents (notes_path, "{\"title\": 1}", -1, NULL));
  place_reopen (&place);
  run = get_run (&place, 0);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_FINISHED);
  g_assert_cmpstr (gsc_run_get_title (run), ==, "quick-1");
  training_fixture_assert_sentence (gsc_run_get_message (run), "notes.json");
  g_assert_true (gsc_library_rename (place.library, run, "Mended", &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (kept_path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "{\"title\": 1}");
  g_assert_true (gsc_library_remove (place.library, run, &error));
  place_close (&place);
}

/* The folder of the runs cannot be made. */
static void
test_unwritable (void)
{
  g_autofree char *folder = gsc_library_get_default_folder ();
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *above = g_path_get_dirname (parent);
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  g_autoptr (GError) error = NULL;
  GscConfig config = training_fixture_config ();
  Place place;

  g_assert_cmpint (g_mkdir_with_parents (above, 0777), ==, 0);
  g_assert_true (g_file_set_contents (parent, "a file", -1, NULL));
  place_open (&place);
  g_assert_null (gsc_library_train_new (place.library, &config, notes, NULL, &error));
  training_fixture_assert_sentence (error->message, folder);
  g_assert_cmpuint (get_n (&place), ==, 0);
  g_assert_null (gsc_library_get_training (place.library));
  place_close (&place);
}

/* What goes wrong while training ends it with a message; the run can go on. */
static void
test_failure (void)
{
  g_autofree char *table = run_path ("quick-1/metrics.csv");
  g_autofree char *text = NULL;
  GscConfig config = training_fixture_config ();
  GscRun *run;
  Place place;

  config.steps = 1000000;
  config.record_every = 20;
  place_open (&place);
  run = start (&place, &config, "quick");
  training_fixture_wait (has_steps, run);
  /* as a full disk would: rows cannot be appended to a folder */
  g_assert_true (g_file_get_contents (table, &text, NULL, NULL));
  g_assert_cmpint (g_unlink (table), ==, 0);
  g_assert_cmpint (g_mkdir (table, 0777), ==, 0);
  training_fixture_wait (is_idle, &place);
  g_assert_cmpint (place.end, ==, GSC_WORKER_FAILED);
  training_fixture_assert_sentence (gsc_run_get_message (run), "metrics.csv");
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_BROKEN);
  place_close (&place);
}

/* Other processes */

static GSubprocess *
spawn_training (const char *path, gint64 steps)
{
  g_autofree char *setting = g_strdup_printf ("steps=%" G_GINT64_FORMAT, steps);
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
      g_getenv ("GROKSCOPE_CLI"), "train", "--threads", "1", "--set", "p=5", "--set", "width=16",
      "--set", "heads=2", "--set", "shots=4", "--set", "batch=16", "--set", "tasks=12", "--set",
      "eval_sequences=16", "--set", "warmup_steps=2", "--set", "record_every=200", "--set", setting,
      path, NULL);

  g_assert_no_error (error);
  return process;
}

static gboolean
has_a_run (gpointer data)
{
  return get_n (data) > 0;
}

static gboolean
is_trained_elsewhere (gpointer data)
{
  return gsc_run_get_state (data) == GSC_RUN_ELSEWHERE && gsc_run_get_step (data) > 0
         && gsc_run_get_steps_per_second (data) > 0;
}

static gboolean
is_waiting (gpointer data)
{
  return gsc_run_get_state (data) == GSC_RUN_WAITING;
}

static gboolean
data_have_grown (gpointer data)
{
  return gsc_run_get_data (data) != NULL && gsc_run_get_data (data)->records->len >= 4;
}

/* A run that a terminal makes appears, moves on, and can be taken over when it stops. */
static void
test_another_process (void)
{
  g_autofree char *path = run_path ("quick-1");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  GscRun *run;
  Place place;

  place_open (&place);
  process = spawn_training (path, 10000000);
  training_fixture_wait (has_a_run, &place);
  run = get_run (&place, 0);
  g_assert_cmpstr (gsc_run_get_path (run), ==, path);
  gsc_run_load_async (run, NULL, NULL);
  training_fixture_wait (is_trained_elsewhere, run);
  g_assert_cmpfloat (gsc_run_get_seconds_left (run), >, 0);
  training_fixture_wait (data_have_grown, run);
  g_assert_false (gsc_library_resume (place.library, run, &error));
  training_fixture_assert_sentence (error->message, "quick-1");
  g_clear_error (&error);
  g_assert_false (gsc_library_remove (place.library, run, &error));
  g_clear_error (&error);
  g_assert_null (gsc_library_duplicate (place.library, run, &error));
  g_clear_error (&error);

  g_subprocess_send_signal (process, SIGKILL); /* says nothing to anybody */
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  training_fixture_wait (is_waiting, run);
  g_assert_cmpfloat (gsc_run_get_steps_per_second (run), ==, 0);
  g_assert_true (gsc_library_resume (place.library, run, &error));
  g_assert_no_error (error);
  training_fixture_idle (200);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_TRAINING);
  place_close (&place);
}

static gboolean
has_no_run (gpointer data)
{
  return get_n (data) == 0;
}

/* Runs that come and go in the folder, made before the library or after it. */
static void
test_folder_changes (void)
{
  g_autofree char *made = training_fixture_folder ("made");
  g_autofree char *folder = gsc_library_get_default_folder ();
  g_autofree char *path = run_path ("moved-in");
  g_autofree char *nothing = run_path ("nothing");
  GscConfig config = training_fixture_config ();
  Place place;

  training_fixture_train (made, &config, -1);
  g_assert_cmpint (g_mkdir_with_parents (nothing, 0777), ==, 0);
  place_open (&place);
  g_assert_cmpuint (get_n (&place), ==, 0);
  g_assert_cmpint (g_rename (made, path), ==, 0);
  training_fixture_wait (has_a_run, &place);
  g_assert_cmpint (gsc_run_get_state (get_run (&place, 0)), ==, GSC_RUN_FINISHED);
  g_assert_cmpint (g_rename (path, made), ==, 0);
  training_fixture_wait (has_no_run, &place);
  place_close (&place);
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);
  training_fixture_add ("/library/default-folder", test_default_folder);
  training_fixture_add ("/library/empty", test_empty);
  training_fixture_add ("/library/train", test_train);
  training_fixture_add ("/library/pause-and-resume", test_pause_and_resume);
  training_fixture_add ("/library/stop", test_stop);
  training_fixture_add ("/library/stop-rule", test_stop_rule);
  training_fixture_add ("/library/branch", test_branch);
  training_fixture_add ("/library/only-marks", test_only_marks);
  training_fixture_add ("/library/one-at-a-time", test_one_at_a_time);
  training_fixture_add ("/library/rename", test_rename);
  training_fixture_add ("/library/duplicate", test_duplicate);
  training_fixture_add ("/library/duplicate-large", test_duplicate_large);
  training_fixture_add ("/library/remove-and-restore", test_remove_and_restore);
  training_fixture_add ("/library/elsewhere", test_elsewhere);
  training_fixture_add ("/library/broken", test_broken);
  training_fixture_add ("/library/unwritable", test_unwritable);
  training_fixture_add ("/library/failure", test_failure);
  training_fixture_add ("/library/another-process", test_another_process);
  training_fixture_add ("/library/folder-changes", test_folder_changes);
  return g_test_run ();
}
