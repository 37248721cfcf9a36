/* test-run-snapshots.c - snapshots of a run: names, choice, budget and damage
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "gsc-checkpoint.h"
#include "run-fixture.h"

static void
assert_step (GscRunFolder *folder, const char *which, gint64 expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (gsc_run_folder_find_step (folder, which, &error), ==, expected);
  g_assert_no_error (error);
}

static void
assert_no_step (GscRunFolder *folder, const char *which, const char *fault)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (gsc_run_folder_find_step (folder, which, &error), ==, -1);
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NO_SNAPSHOT);
  run_fixture_assert_message (error, gsc_run_folder_get_path (folder), fault);
}

static void
append_with_score (RunFixture *fixture, GscRunFolder *folder, gint64 step, double score)
{
  g_autoptr (GscRecord) record = run_fixture_make_record (fixture, step);
  g_autoptr (GError) error = NULL;

  record->sets[GSC_SET_OOD_TEST].last_accuracy = score;
  g_assert_true (gsc_run_folder_append_record (folder, record, &error));
  g_assert_no_error (error);
}

static void
test_find_step (RunFixture *fixture, gconstpointer data)
{
  static const double scores[] = { 0.1, 0.6, 0.6, 0.2, NAN };
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autofree char *metrics = NULL;
  gsize length;

  assert_no_step (folder, "last", "no snapshots yet");
  assert_no_step (folder, "best", "no snapshots yet");
  assert_no_step (folder, "0", "no snapshots yet");
  run_fixture_save_snapshot (fixture, folder, 0);
  assert_no_step (folder, "best", "No snapshot has a row in metrics.csv");
  assert_step (folder, "last", 0);
  for (guint i = 0; i < G_N_ELEMENTS (scores); i++)
    {
      append_with_score (fixture, folder, 10 * i, scores[i]);
      run_fixture_save_snapshot (fixture, folder, 10 * i);
    }
  assert_step (folder, "best", 10);
  assert_step (folder, "last", 40);
  assert_step (folder, "0", 0);
  assert_step (folder, "30", 30);
  assert_no_step (folder, "24", "no snapshot of step 24; the nearest is of step 20.");
  assert_no_step (folder, "9223372036854775807", "the nearest is of step 40.");
  assert_no_step (folder, "9223372036854775808", "names no snapshot");
  assert_no_step (folder, "-1", "“-1” names no snapshot; ask for best, last or the number");
  assert_no_step (folder, "", "names no snapshot");
  assert_no_step (folder, "Best", "names no snapshot");
  assert_no_step (folder, "10.0", "names no snapshot");

  /* Only the best needs metrics.csv. */
  metrics = run_fixture_read_file (fixture, "metrics.csv", &length);
  run_fixture_write_file (fixture, "metrics.csv", "rubbish\n", 8);
  assert_step (folder, "last", 40);
  assert_step (folder, "20", 20);
  {
    g_autoptr (GError) error = NULL;

    g_assert_cmpint (gsc_run_folder_find_step (folder, "best", &error), ==, -1);
    g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED);
    run_fixture_assert_message (error, "metrics.csv", "must begin with");
  }
}

static void
test_snapshot_round_trip (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscModel) model = run_fixture_make_model (fixture, 77);
  g_autoptr (GscModel) loaded = NULL;
  g_autoptr (GscModel) bare = NULL;
  g_autofree char *seed = NULL;
  g_autoptr (GHashTable) metadata = NULL;
  g_autoptr (GPtrArray) snapshots = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = run_fixture_get_path (fixture, "snapshots/step-00000120.safetensors");
  const GscSnapshotInfo *info;
  GStatBuf status;
  GscConfig config;
  const char *recipe;

  append_with_score (fixture, folder, 120, 0.375);
  g_assert_true (gsc_run_folder_save_snapshot (folder, model, 120, &error));
  g_assert_no_error (error);
  loaded = gsc_run_folder_load_snapshot (folder, 120, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (
      gsc_model_peek_weights (loaded), gsc_model_get_layout (loaded)->n_floats * sizeof (float),
      gsc_model_peek_weights (model), gsc_model_get_layout (model)->n_floats * sizeof (float));

  snapshots = gsc_run_folder_list_snapshots (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (snapshots->len, ==, 1);
  info = g_ptr_array_index (snapshots, 0);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (info->step, ==, 120);
  g_assert_cmpint (info->size, ==, status.st_size);
  g_assert_cmpfloat (info->ood_test_last, ==, 0.375);

  /* The file speaks for itself. */
  bare = gsc_checkpoint_load (path, 0, &metadata, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_hash_table_lookup (metadata, "p"), ==, "5");
  g_assert_cmpstr (g_hash_table_lookup (metadata, "shots"), ==, "3");
  g_assert_cmpstr (g_hash_table_lookup (metadata, "step"), ==, "120");
  seed = gsc_config_get (&fixture->config, "seed");
  g_assert_cmpstr (g_hash_table_lookup (metadata, "seed"), ==, seed);
  g_assert_nonnull (g_hash_table_lookup (metadata, "grokscope"));
  recipe = g_hash_table_lookup (metadata, "config");
  g_assert_nonnull (recipe);
  gsc_config_init_default (&config);
  g_assert_true (gsc_config_read_text (&config, recipe, strlen (recipe), &error));
  g_assert_no_error (error);
  g_assert_true (gsc_config_equal (&config, &fixture->config));
}

static void
test_bad_snapshots (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscModel) other = NULL;
  g_autofree char *path = run_fixture_get_path (fixture, "snapshots/step-00000010.safetensors");
  g_autoptr (GError) missing = NULL;
  g_autoptr (GError) wrong = NULL;
  RunFixture larger = *fixture;
  GscModelConfig shape;

  run_fixture_save_snapshot (fixture, folder, 0);
  g_assert_null (gsc_run_folder_load_snapshot (folder, 10, &missing));
  g_assert_error (missing, GSC_RUN_ERROR, GSC_RUN_ERROR_NO_SNAPSHOT);
  run_fixture_assert_message (missing, fixture->path, "the nearest is of step 0");

  larger.config.width = 12;
  gsc_config_get_model (&larger.config, &shape);
  other = gsc_model_new (&shape, NULL);
  g_assert_true (gsc_checkpoint_save (other, NULL, path, NULL));
  g_assert_null (gsc_run_folder_load_snapshot (folder, 10, &wrong));
  g_assert_error (wrong, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED);
  run_fixture_assert_message (wrong, path,
                              "of another model (vocabulary 5, width 12, heads 2, depth 1)");

  for (gsize length = 0; length < 60; length += 7)
    {
      g_autofree char *content = NULL;
      g_autoptr (GError) error = NULL;

      content = run_fixture_read_file (fixture, "snapshots/step-00000000.safetensors", NULL);
      run_fixture_write_file (fixture, "snapshots/step-00000010.safetensors", content, length);
      g_assert_null (gsc_run_folder_load_snapshot (folder, 10, &error));
      g_assert_nonnull (error);
      g_assert_nonnull (strstr (error->message, path));
    }
}

/* Only files with exactly our names are snapshots. */
static void
test_foreign_files (RunFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "step-5.safetensors",
                                       "step-0000000005.safetensors",
                                       "step-0000000x.safetensors",
                                       "step--0000005.safetensors",
                                       "step-+0000005.safetensors",
                                       "step-.safetensors",
                                       "step-99999999999999999999.safetensors",
                                       "step-00000005.safetensors.bak",
                                       "Step-00000005.safetensors",
                                       "step-00000005",
                                       "notes.txt" };
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GPtrArray) snapshots = NULL;
  g_autofree char *folder_name = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_build_filename ("snapshots", names[i], NULL);

      run_fixture_write_file (fixture, name, "x", 1);
    }
  folder_name = run_fixture_get_path (fixture, "snapshots/step-00000009.safetensors");
  g_assert_cmpint (g_mkdir (folder_name, 0777), ==, 0);
  run_fixture_save_snapshot (fixture, folder, 4294967295);
  gsc_run_folder_set_snapshot_budget (folder, 0);
  run_fixture_save_snapshot (fixture, folder, 7);
  snapshots = gsc_run_folder_list_snapshots (folder, NULL);
  g_assert_cmpuint (snapshots->len, ==, 2);
  g_assert_cmpint (((GscSnapshotInfo *) snapshots->pdata[0])->step, ==, 7);
  g_assert_cmpint (((GscSnapshotInfo *) snapshots->pdata[1])->step, ==, 4294967295);
  assert_step (folder, "4294967295", 4294967295);
  g_assert_true (gsc_run_folder_rewind (folder, 0, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_build_filename ("snapshots", names[i], NULL);
      g_autofree char *path = run_fixture_get_path (fixture, name);

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
test_budget (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  goffset size = 0;

  for (gint64 step = 0; step <= 600; step += 10)
    {
      g_autoptr (GPtrArray) snapshots = NULL;
      goffset total = 0;

      append_with_score (fixture, folder, step, step == 70 ? 0.9 : 0.5);
      run_fixture_save_snapshot (fixture, folder, step);
      snapshots = gsc_run_folder_list_snapshots (folder, NULL);
      for (guint i = 0; i < snapshots->len; i++)
        total += ((GscSnapshotInfo *) snapshots->pdata[i])->size;
      if (step == 0)
        {
          size = total;
          gsc_run_folder_set_snapshot_budget (folder, 8 * size + size / 2);
        }
      g_assert_cmpint (total, <=, 8 * size + size / 2);
      g_assert_cmpuint (snapshots->len, ==, MIN (8, step / 10 + 1));
      assert_step (folder, "last", step);
      assert_step (folder, "0", 0);
      if (step >= 70)
        assert_step (folder, "best", 70);
    }
}

static void
test_disk_full_snapshot (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscModel) model = run_fixture_make_model (fixture, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) snapshots = NULL;
  struct rlimit limit, small;
  void (*handler) (int);
  gboolean saved;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  handler = signal (SIGXFSZ, SIG_IGN);
  small = limit;
  small.rlim_cur = 2000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  saved = gsc_run_folder_save_snapshot (folder, model, 0, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, handler);
  g_assert_false (saved);
  run_fixture_assert_message (error, "step-00000000.safetensors", "");
  snapshots = gsc_run_folder_list_snapshots (folder, NULL);
  g_assert_cmpuint (snapshots->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/run-snapshots/find-step", test_find_step);
  RUN_FIXTURE_ADD ("/run-snapshots/snapshot-round-trip", test_snapshot_round_trip);
  RUN_FIXTURE_ADD ("/run-snapshots/bad-snapshots", test_bad_snapshots);
  RUN_FIXTURE_ADD ("/run-snapshots/foreign-files", test_foreign_files);
  RUN_FIXTURE_ADD ("/run-snapshots/budget", test_budget);
  RUN_FIXTURE_ADD ("/run-snapshots/disk-full-snapshot", test_disk_full_snapshot);
  return g_test_run ();
}
