/* test-run-folder.c - making, opening and locking a run on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run-fixture.h"

static void
test_create (RunFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "config.json",  "tasks.csv",    "inputs.csv", "metrics.csv",
                                       "per_shot.csv", "per_task.csv", "snapshots",  "lock" };
  g_autoptr (GscRunFolder) folder = NULL;
  g_autoptr (GPtrArray) snapshots = NULL;
  g_autofree char *state = NULL;
  g_autofree char *expected_state = run_fixture_get_path (fixture, "state.safetensors");
  GscConfig config;
  g_autofree char *config_path = run_fixture_get_path (fixture, "config.json");

  g_assert_false (gsc_run_folder_is_run (fixture->path));
  folder = run_fixture_create (fixture);
  g_assert_true (gsc_run_folder_is_run (fixture->path));
  g_assert_cmpstr (gsc_run_folder_get_path (folder), ==, fixture->path);
  g_assert_true (gsc_config_equal (gsc_run_folder_get_config (folder), &fixture->config));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = run_fixture_get_path (fixture, names[i]);

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  gsc_config_init_default (&config);
  g_assert_true (gsc_config_load (&config, config_path, NULL));
  g_assert_true (gsc_config_equal (&config, &fixture->config));
  state = gsc_run_folder_get_state_path (folder);
  g_assert_cmpstr (state, ==, expected_state);

  ASSERT_RECORDS (fixture, folder, -1);
  snapshots = gsc_run_folder_list_snapshots (folder, NULL);
  g_assert_cmpuint (snapshots->len, ==, 0);
}

static void
test_splits_round_trip (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscTaskSplit) tasks = NULL;
  g_autoptr (GscInputSplit) inputs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = run_fixture_read_file (fixture, "tasks.csv", NULL);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *first
      = g_strdup_printf ("%d,%d,pre-training,seed,%d,2,2", fixture->tasks->tasks[0].a,
                         fixture->tasks->tasks[0].b, fixture->tasks->tasks[0].rectangle);
  g_autofree char *last = g_strdup_printf ("%d,%d,ood,held-out,,1,1", fixture->tasks->tasks[24].a,
                                           fixture->tasks->tasks[24].b);

  g_assert_cmpstr (lines[0], ==, "a,b,role,origin,rectangle,sequences_train,sequences_test");
  if (fixture->tasks->tasks[0].rectangle >= 0)
    g_assert_cmpstr (lines[1], ==, first);
  g_assert_cmpstr (lines[25], ==, last);
  g_assert_cmpuint (g_strv_length (lines), ==, 27);

  tasks = gsc_run_folder_read_tasks (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tasks->n_id, ==, fixture->tasks->n_id);
  g_assert_cmpuint (tasks->n_ood, ==, fixture->tasks->n_ood);
  g_assert_cmpuint (tasks->n_rectangles, ==, fixture->tasks->n_rectangles);
  g_assert_cmpuint (tasks->n_filled, ==, fixture->tasks->n_filled);
  for (guint i = 0; i < 25; i++)
    {
      const GscTask *a = &tasks->tasks[i], *b = &fixture->tasks->tasks[i];

      g_assert_true (a->a == b->a && a->b == b->b && a->role == b->role && a->origin == b->origin
                     && a->rectangle == b->rectangle);
    }

  inputs = gsc_run_folder_read_inputs (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpint (inputs->p, ==, 5);
  g_assert_cmpmem (inputs->train, inputs->n_train * 2, fixture->inputs->train,
                   fixture->inputs->n_train * 2);
  g_assert_cmpmem (inputs->test, inputs->n_test * 2, fixture->inputs->test,
                   fixture->inputs->n_test * 2);
  g_assert_cmpmem (inputs->is_train, 25, fixture->inputs->is_train, 25);
}

static void
test_exists (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) state_error = NULL;
  g_autoptr (GError) again_error = NULL;
  g_autofree char *config_path = run_fixture_get_path (fixture, "config.json");
  g_autofree char *state_path = run_fixture_get_path (fixture, "state.safetensors");
  GscRunFolder *folder = run_fixture_create (fixture);

  run_fixture_append (fixture, folder, 0);
  gsc_run_folder_free (folder);
  g_assert_null (gsc_run_folder_create (fixture->path, &fixture->config, fixture->tasks,
                                        fixture->inputs, &error));
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_EXISTS);
  run_fixture_assert_message (error, fixture->path, "resume it or choose another folder");

  /* The records are still there, and the lock is free. */
  folder = run_fixture_open (fixture, TRUE);
  ASSERT_RECORDS (fixture, folder, 0);
  gsc_run_folder_free (folder);

  /* A folder that lost its recipe but holds a state is not overwritten either. */
  run_fixture_write_file (fixture, "state.safetensors", "x", 1);
  g_assert_cmpint (g_unlink (config_path), ==, 0);
  g_assert_null (gsc_run_folder_create (fixture->path, &fixture->config, fixture->tasks,
                                        fixture->inputs, &state_error));
  g_assert_error (state_error, GSC_RUN_ERROR, GSC_RUN_ERROR_EXISTS);

  /* One that was never finished is. */
  g_assert_cmpint (g_unlink (state_path), ==, 0);
  folder = gsc_run_folder_create (fixture->path, &fixture->config, fixture->tasks, fixture->inputs,
                                  &again_error);
  g_assert_no_error (again_error);
  ASSERT_RECORDS (fixture, folder, -1);
  gsc_run_folder_free (folder);
}

static void
test_cannot_create (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *file = g_build_filename (fixture->parent, "file", NULL);
  g_autofree char *below = g_build_filename (file, "run", NULL);
  const char *const paths[] = { file, below };
  GscConfig config = fixture->config;
  g_autoptr (GError) invalid = NULL;

  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gsc_run_folder_create (paths[i], &fixture->config, fixture->tasks,
                                            fixture->inputs, &error));
      g_assert_true (error != NULL && error->domain == G_FILE_ERROR);
      run_fixture_assert_message (error, paths[i], "The folder cannot be made");
    }
  config.steps = 0;
  g_assert_null (
      gsc_run_folder_create (fixture->path, &config, fixture->tasks, fixture->inputs, &invalid));
  g_assert_error (invalid, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_cannot_open (RunFixture *fixture, gconstpointer data)
{
  for (guint writable = 0; writable < 2; writable++)
    {
      g_autoptr (GError) missing = NULL;
      g_autoptr (GError) no_run = NULL;

      g_assert_null (gsc_run_folder_open (fixture->path, writable, &missing));
      g_assert_error (missing, GSC_RUN_ERROR, GSC_RUN_ERROR_NOT_RUN);
      run_fixture_assert_message (missing, fixture->path, "There is no such folder.");
      g_assert_null (gsc_run_folder_open (fixture->parent, writable, &no_run));
      g_assert_error (no_run, GSC_RUN_ERROR, GSC_RUN_ERROR_NOT_RUN);
      run_fixture_assert_message (no_run, fixture->parent, "no config.json");
    }
}

/* Permission is nothing to root, so that root becomes somebody else for a moment. */
static void
test_no_permission (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) create_error = NULL;
  g_autoptr (GError) open_error = NULL;
  g_autoptr (GError) record_error = NULL;
  g_autofree char *other = g_build_filename (fixture->parent, "other", NULL);
  g_autofree char *metrics = run_fixture_get_path (fixture, "metrics.csv");
  GscRunFolder *folder = run_fixture_create (fixture);
  gboolean root = geteuid () == 0;

  run_fixture_append (fixture, folder, 0);
  gsc_run_folder_free (folder);
  g_assert_cmpint (g_chmod (fixture->parent, 0555), ==, 0);
  g_assert_cmpint (g_chmod (fixture->path, 0000), ==, 0);
  if (root)
    g_assert_cmpint (seteuid (65534), ==, 0);
  g_assert_null (gsc_run_folder_create (other, &fixture->config, fixture->tasks, fixture->inputs,
                                        &create_error));
  g_assert_null (gsc_run_folder_open (fixture->path, TRUE, &open_error));
  if (root)
    g_assert_cmpint (seteuid (0), ==, 0);
  g_assert_error (create_error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  run_fixture_assert_message (create_error, other, "The folder cannot be made");
  g_assert_error (open_error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  run_fixture_assert_message (open_error, fixture->path, "config.json: The file cannot be opened");

  /* A run that may be read but not written: reading works, training says why not. */
  g_assert_cmpint (g_chmod (fixture->path, 0555), ==, 0);
  {
    g_autofree char *lock = run_fixture_get_path (fixture, "lock");
    g_autoptr (GError) lock_error = NULL;
    GscRunFolder *reader;

    g_assert_cmpint (g_chmod (lock, 0444), ==, 0);
    if (root)
      g_assert_cmpint (seteuid (65534), ==, 0);
    reader = gsc_run_folder_open (fixture->path, FALSE, &record_error);
    g_assert_no_error (record_error);
    ASSERT_RECORDS (fixture, reader, 0);
    gsc_run_folder_free (reader);
    g_assert_null (gsc_run_folder_open (fixture->path, TRUE, &lock_error));
    if (root)
      g_assert_cmpint (seteuid (0), ==, 0);
    g_assert_error (lock_error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
    run_fixture_assert_message (lock_error, lock, "The run's lock cannot be opened");
  }
  g_assert_cmpint (g_chmod (fixture->path, 0755), ==, 0);
  g_assert_cmpint (g_chmod (fixture->parent, 0755), ==, 0);
}

/* The lock */

static void
test_lock (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *writer = run_fixture_create (fixture);
  GscRunFolder *reader;
  int gate[2];
  pid_t child;
  int status;
  char byte;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) create_error = NULL;
  g_autoptr (GError) other_error = NULL;

  run_fixture_append (fixture, writer, 0);
  g_assert_null (gsc_run_folder_open (fixture->path, TRUE, &error));
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY);
  run_fixture_assert_message (error, fixture->path, "Another process is training in this folder");
  g_assert_null (gsc_run_folder_create (fixture->path, &fixture->config, fixture->tasks,
                                        fixture->inputs, &create_error));
  g_assert_error (create_error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY);

  /* Readers need no lock and see what is there. */
  reader = run_fixture_open (fixture, FALSE);
  ASSERT_RECORDS (fixture, reader, 0);
  run_fixture_append (fixture, writer, 10);
  ASSERT_RECORDS (fixture, reader, 0, 10);
  gsc_run_folder_free (reader);
  gsc_run_folder_free (writer);

  /* Another process takes it; when it dies without a word, the lock is free again. */
  g_assert_cmpint (pipe (gate), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      GscRunFolder *held = gsc_run_folder_open (fixture->path, TRUE, NULL);

      byte = held != NULL ? 'y' : 'n';
      if (write (gate[1], &byte, 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }
  g_assert_cmpint (read (gate[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'y');
  g_assert_null (gsc_run_folder_open (fixture->path, TRUE, &other_error));
  g_assert_error (other_error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY);
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  close (gate[0]);
  close (gate[1]);
  writer = run_fixture_open (fixture, TRUE);
  gsc_run_folder_free (writer);
}

static gpointer
ask_whether_busy (gpointer data)
{
  RunFixture *fixture = data;

  for (int i = 0; i < 2000; i++)
    gsc_run_folder_is_busy (fixture->path);
  return NULL;
}

/* The question is answered rightly, and whoever wants the lock meanwhile gets it. */
static void
test_busy (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *writer;
  GThread *asking;

  g_assert_false (gsc_run_folder_is_busy (fixture->path));
  writer = run_fixture_create (fixture);
  g_assert_true (gsc_run_folder_is_busy (fixture->path));
  g_assert_false (gsc_run_folder_is_busy (fixture->parent));
  gsc_run_folder_free (writer);
  g_assert_false (gsc_run_folder_is_busy (fixture->path));
  gsc_run_folder_free (run_fixture_open (fixture, FALSE));

  asking = g_thread_new ("asking", ask_whether_busy, fixture);
  for (int i = 0; i < 20; i++)
    gsc_run_folder_free (run_fixture_open (fixture, TRUE));
  g_thread_join (asking);
}

static void
test_unfinished_files (RunFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { ".grokscope-abc123", "snapshots/.grokscope-abc123" };
  GscRunFolder *folder = run_fixture_create (fixture);

  gsc_run_folder_free (folder);
  for (guint writable = 0; writable < 2; writable++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        run_fixture_write_file (fixture, names[i], "x", 1);
      folder = run_fixture_open (fixture, writable);
      gsc_run_folder_free (folder);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autofree char *path = run_fixture_get_path (fixture, names[i]);

          g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, !writable);
        }
    }
}

static void
test_set_schedule (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *folder = run_fixture_create (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) invalid = NULL;

  run_fixture_append (fixture, folder, 0);
  g_assert_true (gsc_run_folder_set_schedule (folder, 5000, 50, &error));
  g_assert_no_error (error);
  g_assert_cmpint (gsc_run_folder_get_config (folder)->steps, ==, 5000);
  g_assert_false (gsc_run_folder_set_schedule (folder, 0, 50, &invalid));
  g_assert_error (invalid, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
  g_assert_cmpint (gsc_run_folder_get_config (folder)->steps, ==, 5000);
  gsc_run_folder_free (folder);

  folder = run_fixture_open (fixture, FALSE);
  fixture->config.steps = 5000;
  fixture->config.record_every = 50;
  g_assert_true (gsc_config_equal (gsc_run_folder_get_config (folder), &fixture->config));
  ASSERT_RECORDS (fixture, folder, 0);
  gsc_run_folder_free (folder);
}

static void
test_log (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *folder = run_fixture_create (fixture);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  gsc_run_folder_log (folder, "started with %d threads", 3);
  gsc_run_folder_log (folder, "two\nlines");
  gsc_run_folder_free (folder);
  folder = run_fixture_open (fixture, FALSE);
  gsc_run_folder_log (folder, "readers write nothing");
  gsc_run_folder_free (folder);

  text = run_fixture_read_file (fixture, "events.log", NULL);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_regex_match_simple (
      "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ started with 3 threads$", lines[0], 0, 0));
  g_assert_true (g_str_has_suffix (lines[1], " two lines"));
  g_assert_cmpstr (lines[2], ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/run-folder/create", test_create);
  RUN_FIXTURE_ADD ("/run-folder/splits-round-trip", test_splits_round_trip);
  RUN_FIXTURE_ADD ("/run-folder/exists", test_exists);
  RUN_FIXTURE_ADD ("/run-folder/cannot-create", test_cannot_create);
  RUN_FIXTURE_ADD ("/run-folder/cannot-open", test_cannot_open);
  RUN_FIXTURE_ADD ("/run-folder/no-permission", test_no_permission);
  RUN_FIXTURE_ADD ("/run-folder/lock", test_lock);
  RUN_FIXTURE_ADD ("/run-folder/busy", test_busy);
  RUN_FIXTURE_ADD ("/run-folder/unfinished-files", test_unfinished_files);
  RUN_FIXTURE_ADD ("/run-folder/set-schedule", test_set_schedule);
  RUN_FIXTURE_ADD ("/run-folder/log", test_log);
  return g_test_run ();
}
