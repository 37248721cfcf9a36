/* test-run-data.c - what is known of a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "data-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gsc-reference.h"

static void
test_find_record (void)
{
  g_autoptr (GscRunData) data = data_fixture_new (5, 4, FIXTURE_RISING);
  static const struct
  {
    const char *which;
    int index;
    const char *message;
  } cases[] = {
    { "last", 3, NULL },
    { "best", 3, NULL },
    { "0", 0, NULL },
    { "200", 2, NULL },
    { "260", -1, "the nearest is that of step 300" },
    { "99999999999", -1, "step 300" },
    { "9223372036854775807", -1, "names no record" },
    { "-100", -1, "names no record" },
    { "worst", -1, "names no record" },
    { "", -1, "names no record" },
    { "\xff", -1, "names no record" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (gsc_run_data_find_record (data, cases[i].which, &error), ==, cases[i].index);
      g_assert_cmpint (error == NULL, ==, cases[i].message == NULL);
      if (error != NULL)
        {
          g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NO_SNAPSHOT);
          g_assert_nonnull (strstr (error->message, cases[i].message));
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
        }
    }
}

/* The best is the earliest of the highest; NaN never is, unless there is nothing else. */
static void
test_find_best (void)
{
  g_autoptr (GscRunData) equal = data_fixture_new (5, 4, FIXTURE_EQUAL);
  g_autoptr (GscRunData) no_number = data_fixture_new (5, 3, FIXTURE_NAN);
  g_autoptr (GscRunData) none = data_fixture_new (5, 0, FIXTURE_EQUAL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (gsc_run_data_find_record (equal, "best", NULL), ==, 0);
  g_assert_cmpint (gsc_run_data_find_record (no_number, "best", NULL), ==, 2);
  g_assert_cmpint (gsc_run_data_find_record (none, "best", &error), ==, -1);
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NO_SNAPSHOT);
  g_assert_null (gsc_run_data_get_record (none, 0));
  g_assert_null (gsc_run_data_get_record (equal, -1));
  g_assert_null (gsc_run_data_get_record (equal, 4));
  g_assert_nonnull (gsc_run_data_get_record (equal, 3));
}

/* The references are those of the run's own inputs, and the same each time. */
static void
test_references (void)
{
  g_autoptr (GscRunData) data = data_fixture_new (7, 1, FIXTURE_EQUAL);
  g_autoptr (GscRunData) again = data_fixture_new (7, 1, FIXTURE_EQUAL);
  guint shots = (guint) data->config.shots;
  g_autofree double *bayes = g_new (double, shots);
  g_autofree double *ratio = g_new (double, shots);

  gsc_reference_bayes_curve (7, data->inputs->test, data->inputs->n_test, shots, bayes);
  gsc_reference_ratio_curve (7, data->inputs->train, data->inputs->n_train, shots, NULL, ratio);
  for (guint i = 0; i < shots; i++)
    {
      g_assert_cmpfloat (data->references[GSC_INPUTS_TEST].bayes[i], ==, bayes[i]);
      g_assert_cmpfloat (data->references[GSC_INPUTS_TRAIN].ratio[i], ==, ratio[i]);
      for (guint k = 0; k < GSC_N_INPUTS; k++)
        {
          const GscReferenceCurves *curves = &data->references[k];

          g_assert_cmpfloat (curves->memorising_id[i], ==, again->references[k].memorising_id[i]);
          /* knowing the tasks helps on them, and cannot on others */
          g_assert_cmpfloat (curves->memorising_id[i], >=, curves->bayes[i] - 0.03);
          g_assert_cmpfloat (curves->memorising_ood[i], <=, curves->bayes[i] + 0.03);
        }
    }
}

/* It keeps nothing of its caller's. */
static void
test_immutable (void)
{
  g_autoptr (GscTaskSplit) tasks = gsc_task_split_new (5, 12, GSC_TASK_RULE_RANDOM, 1, NULL);
  g_autoptr (GscInputSplit) inputs = gsc_input_split_new (5, 0.5, 1, NULL);
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_record_unref);
  GscRunData *data, *other;
  GscConfig config;

  gsc_config_init_default (&config);
  config.p = 5;
  config.tasks = 12;
  config.shots = 4;
  g_ptr_array_add (records, data_fixture_make_record (&config, tasks, 10, 0.25, 1));
  data = gsc_run_data_new ("run", &config, tasks, inputs, records);
  g_ptr_array_set_size (records, 0);
  config.shots = 99;
  g_assert_cmpfloat (gsc_run_data_get_record (data, 0)->sets[0].shot_accuracy[3], ==, 0.25);
  g_assert_cmpint (data->config.shots, ==, 4);
  other = gsc_run_data_ref (data);
  gsc_run_data_unref (data);
  g_assert_cmpstr (other->name, ==, "run");
  gsc_run_data_unref (other);
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
        g_assert_cmpint (g_remove (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

static void
test_load (void)
{
  g_autofree char *parent = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (parent, "my run", NULL);
  g_autofree char *with_slash = g_strconcat (path, "/", NULL);
  g_autoptr (GscRunData) made = data_fixture_new (5, 3, FIXTURE_RISING);
  g_autoptr (GscRunData) loaded = NULL;
  g_autoptr (GscRunFolder) folder = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (gsc_run_data_load (path, &error));
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_NOT_RUN);
  g_clear_error (&error);

  made->config.eval_sequences = (int) made->tasks->n_ood; /* so that every task is scored */
  folder = gsc_run_folder_create (path, &made->config, made->tasks, made->inputs, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < made->records->len; i++)
    {
      gsc_run_folder_append_record (folder, g_ptr_array_index (made->records, i), &error);
      g_assert_no_error (error);
    }
  g_clear_pointer (&folder, gsc_run_folder_free);

  loaded = gsc_run_data_load (with_slash, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (loaded->name, ==, "my run");
  g_assert_true (gsc_config_equal (&loaded->config, &made->config));
  g_assert_cmpuint (loaded->records->len, ==, 3);
  g_assert_cmpint (gsc_run_data_get_record (loaded, 2)->step, ==, 200);
  g_assert_cmpint (loaded->tasks->tasks[0].a, ==, made->tasks->tasks[0].a);
  remove_tree (parent);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure-data/find-record", test_find_record);
  g_test_add_func ("/figure-data/find-best", test_find_best);
  g_test_add_func ("/figure-data/references", test_references);
  g_test_add_func ("/figure-data/immutable", test_immutable);
  g_test_add_func ("/figure-data/load", test_load);
  return g_test_run ();
}
