/* test-model-file.c - models somebody has saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-model-file.h"

#include <string.h>

#include "gsc-checkpoint.h"
#include "gsc-library.h"
#include "training-fixture.h"

static char *
get_fixture (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", name, NULL);
}

/* An experiment that the file's model fits into. */
static GscConfig
propose (const GscModelFile *file)
{
  GscConfig config = file->config;

  config.tasks = MIN (config.tasks, config.p * config.p - 1) / 4 * 4;
  config.eval_sequences = 8;
  return config;
}

/* The authors' kind of file and ours; neither is touched. */
static void
test_opens (void)
{
  static const char *const names[] = { "depth2.pth", "depth2.model.safetensors", "depth3.pth" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = get_fixture (names[i]);
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      gsize n_before, n_after;
      g_autoptr (GError) error = NULL;
      g_autoptr (GscModelFile) file = NULL;
      g_autoptr (GscModelFile) copy = NULL;
      g_autoptr (GscRun) run = NULL;
      GscRunData *data;
      GscConfig config;

      g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
      file = gsc_model_file_open (path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (file->shape.depth, ==, names[i][5] - '0');
      copy = gsc_model_file_copy (file);
      config = propose (copy);
      g_assert_cmpint (config.p, <=, file->shape.vocab);
      g_assert_cmpint (config.width, ==, file->shape.width);
      run = gsc_model_file_make_run (copy, &config, &error);
      g_assert_no_error (error);
      data = gsc_run_get_data (run);
      g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_MODEL_FILE);
      g_assert_cmpstr (gsc_run_get_title (run), ==, names[i]);
      g_assert_true (data->from_file);
      g_assert_cmpuint (data->records->len, ==, 0);
      g_assert_cmpuint (data->tasks->n_id, ==, config.tasks);
      g_assert_cmpint (gsc_model_get_config (gsc_run_get_snapshot (run)->model)->heads, ==,
                       data->config.heads);
      g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
      g_assert_cmpmem (before, n_before, after, n_after);
    }
}

/* A snapshot of a run knows everything. */
static void
test_origin (void)
{
  g_autofree char *run_path = training_fixture_folder ("origin");
  g_autofree char *path
      = g_build_filename (run_path, "snapshots", "step-00000030.safetensors", NULL);
  GscConfig config = training_fixture_config ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GscModelFile) file = NULL;

  training_fixture_train (run_path, &config, -1);
  file = gsc_model_file_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (file->heads_known);
  g_assert_cmpint (file->origin.step, ==, 30);
  g_assert_cmpint (file->shape.heads, ==, config.heads);
  if (file->origin.whole)
    g_assert_true (gsc_config_equal (&file->config, &config));
  g_assert_null (gsc_model_file_check (file, &config));
}

/* What does not fit is said in words. */
static void
test_faults (void)
{
  g_autofree char *path = get_fixture ("depth2.pth");
  g_autoptr (GscModelFile) file = gsc_model_file_open (path, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *fault = NULL;
  g_autofree char *large = NULL;
  g_autofree char *heads = NULL;
  GscConfig config = propose (file);

  config.p = 10;
  fault = gsc_model_file_check (file, &config);
  g_assert_nonnull (strstr (fault, "prime"));
  g_assert_null (gsc_model_file_make_run (file, &config, &error));
  g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
  config.p = 97;
  large = gsc_model_file_check (file, &config);
  g_assert_nonnull (strstr (large, "tokens"));
  config = propose (file);
  config.heads = 7;
  heads = gsc_model_file_check (file, &config);
  g_assert_nonnull (strstr (heads, "heads"));
}

/* Bad files are refused with a sentence that names them. */
static void
test_bad_files (void)
{
  g_autofree char *missing = training_fixture_folder ("missing.pth");
  g_autofree char *text = training_fixture_folder ("text.pth");
  g_autoptr (GError) no_file = NULL;
  g_autoptr (GError) no_model = NULL;

  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_assert_true (g_file_set_contents (text, "nothing of the kind", -1, NULL));
  g_assert_null (gsc_model_file_open (missing, &no_file));
  training_fixture_assert_sentence (no_file->message, "missing.pth");
  g_assert_null (gsc_model_file_open (text, &no_model));
  training_fixture_assert_sentence (no_model->message, "text.pth");
}

/* In the library it is looked at, and nothing else. */
static void
test_library (void)
{
  g_autofree char *folder = training_fixture_folder ("runs");
  g_autofree char *path = get_fixture ("depth2.pth");
  g_autoptr (GscModelFile) file = gsc_model_file_open (path, NULL);
  g_autoptr (GscLibrary) library = gsc_library_new (folder);
  GscConfig config = propose (file);
  g_autoptr (GscRun) first = gsc_model_file_make_run (file, &config, NULL);
  g_autoptr (GscRun) second = gsc_model_file_make_run (file, &config, NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) elsewhere = NULL;

  gsc_library_add_model_file (library, first);
  g_assert_true (gsc_library_find (library, path) == first);
  /* the same file again takes its place */
  gsc_library_add_model_file (library, second);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (library)), ==, 1);
  g_assert_true (gsc_library_find (library, path) == second);
  elsewhere = gsc_library_list_elsewhere (library);
  g_assert_cmpuint (g_strv_length (elsewhere), ==, 0);

  g_assert_true (gsc_library_remove (library, second, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (library)), ==, 0);
  g_assert_true (gsc_library_restore (library, second, &error));
  g_assert_no_error (error);
  g_assert_cmpint (gsc_run_get_state (second), ==, GSC_RUN_MODEL_FILE);
  g_assert_true (gsc_library_remove (library, second, &error));
  gsc_library_purge (library, second);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);

  g_test_add_func ("/model-file/opens", test_opens);
  training_fixture_add ("/model-file/origin", test_origin);
  g_test_add_func ("/model-file/faults", test_faults);
  training_fixture_add ("/model-file/bad-files", test_bad_files);
  training_fixture_add ("/model-file/library", test_library);
  return g_test_run ();
}
