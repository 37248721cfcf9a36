/* test-run-damage.c - runs whose files say something else than they should
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "run-fixture.h"

static const char *const table_names[] = { "metrics.csv", "per_shot.csv", "per_task.csv" };

typedef struct
{
  char *text[3]; /* of each table */
  gsize length[3];
} Tables;

static void
tables_read (RunFixture *fixture, Tables *tables)
{
  for (guint i = 0; i < 3; i++)
    tables->text[i] = run_fixture_read_file (fixture, table_names[i], &tables->length[i]);
}

static void
tables_write (RunFixture *fixture, const Tables *tables)
{
  for (guint i = 0; i < 3; i++)
    run_fixture_write_file (fixture, table_names[i], tables->text[i], tables->length[i]);
}

static void
tables_clear (Tables *tables)
{
  for (guint i = 0; i < 3; i++)
    g_free (tables->text[i]);
}

/* @find (all but the first time it occurs when it begins with '*') becomes @replacement. */
static const struct
{
  const char *file, *find, *replacement, *fault;
} damages[] = {
  { "metrics.csv", "step,train", "stop,train", "must begin with the line" },
  { "metrics.csv", "\n10,", "\nten,", "must be a whole number" },
  { "metrics.csv", "\n10,", "\n-10,", "must be a whole number" },
  { "metrics.csv", "\n10,", "\n0,", "Step 0 comes twice" },
  { "metrics.csv", "\n10,", "\n40,", "Step 20 comes after step 40" },
  { "metrics.csv", "\n10,", "\n10,x", "must be a number" },
  { "metrics.csv", "\n10,", "\n10,1,", "20 cells instead of 19" },
  { "metrics.csv", "\n10,", "\n10", "18 cells instead of 19" },
  { "metrics.csv", "\n10,", "\n\n10,", "1 cells instead of 19" },
  { "per_shot.csv", "step,set", "set,step", "must begin with the line" },
  { "per_shot.csv", "\n10,id_train", "\n10,id_trian",
    "must be one of id_train, id_test, ood_train" },
  { "per_shot.csv", "\n10,id_train,18", "\n10,id_train,-18", "must be a whole number" },
  { "per_shot.csv", "\n10,id_train,18,", "\n10,id_train,18,x", "must be a number" },
  { "per_shot.csv", "\n10,id_test,18,", "\n10,id_test,18", "5 cells instead of 6" },
  { "per_task.csv", "measure", "measures", "must begin with the line" },
  { "per_task.csv", "\n10,id_train,accuracy", "\n10,id_train,accurate",
    "one of accuracy, last_accuracy" },
  { "per_task.csv", "\n10,id_test,accuracy,", "\n10,id_test,accuracy,x", "must be a number" },
  { "per_task.csv", "\n10,id_train,last_accuracy,0", "\n10,id_train,last_accuracy,,0",
    "29 cells instead of 28" },
  { "per_task.csv", "\n10,ood_train,accuracy,,", "\n10,ood_train,accuracy,1,", "does not score" },
};

static void
test_damaged_tables (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *folder = run_fixture_create (fixture);
  Tables good;

  for (gint64 step = 0; step <= 20; step += 10)
    run_fixture_append (fixture, folder, step);
  tables_read (fixture, &good);
  gsc_run_folder_free (folder);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *now = NULL;
      GString *changed;
      g_autoptr (GError) error = NULL;

      tables_write (fixture, &good);
      text = run_fixture_read_file (fixture, damages[i].file, NULL);
      changed = g_string_new (text);
      g_assert_cmpuint (g_string_replace (changed, damages[i].find, damages[i].replacement, 1), ==,
                        1);
      run_fixture_write_file (fixture, damages[i].file, changed->str, changed->len);

      folder = run_fixture_open (fixture, FALSE);
      g_assert_null (gsc_run_folder_read_records (folder, &error));
      g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED);
      run_fixture_assert_message (error, damages[i].file, damages[i].fault);
      gsc_run_folder_free (folder);

      /* Opening for writing may refuse, too, but never throws away what it does not understand. */
      folder = gsc_run_folder_open (fixture->path, TRUE, NULL);
      gsc_run_folder_free (folder);
      now = run_fixture_read_file (fixture, damages[i].file, NULL);
      g_assert_cmpstr (now, ==, changed->str);
      g_string_free (changed, TRUE);
    }
  tables_clear (&good);
}

static void
test_damaged_splits (RunFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *file, *find, *replacement, *fault;
  } cases[] = {
    { "tasks.csv", "a,b,role", "b,a,role", "must begin with the line" },
    { "tasks.csv", ",seed,", ",sead,", "must be one of seed, rectangle" },
    { "tasks.csv", ",pre-training,", ",training,", "must be one of pre-training, ood" },
    { "tasks.csv", ",ood,", ",pre-training,", "" },
    { "tasks.csv", "held-out,,", "held-out,x,", "must be a whole number" },
    { "tasks.csv", ",2,2\n", ",2\n", "6 cells instead of 7" },
    { "tasks.csv", ",2,2\n", ",2,-2\n", "must be a whole number" },
    { "inputs.csv", "x,y,role", "x,y", "must begin with the line" },
    { "inputs.csv", "\n2,3,", "\n3,2,", "The pair (2, 3) must stand here" },
    { "inputs.csv", "\n2,3,", "\n2,5,", "must be a whole number from 0 to 4" },
    { "inputs.csv", ",train\n", ",trian\n", "must be one of test, train" },
    { "inputs.csv", "\n4,4,", "\n4,4,x\n4,4,", "" },
  };
  GscRunFolder *folder = run_fixture_create (fixture);

  gsc_run_folder_free (folder);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = run_fixture_read_file (fixture, cases[i].file, NULL);
      GString *changed = g_string_new (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (GscTaskSplit) tasks = NULL;
      g_autoptr (GscInputSplit) inputs = NULL;

      g_assert_cmpuint (g_string_replace (changed, cases[i].find, cases[i].replacement, 1), ==, 1);
      run_fixture_write_file (fixture, cases[i].file, changed->str, changed->len);
      folder = run_fixture_open (fixture, FALSE);
      if (g_str_equal (cases[i].file, "tasks.csv"))
        tasks = gsc_run_folder_read_tasks (folder, &error);
      else
        inputs = gsc_run_folder_read_inputs (folder, &error);
      g_assert_true (tasks == NULL && inputs == NULL);
      g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED);
      run_fixture_assert_message (error, cases[i].file, cases[i].fault);
      gsc_run_folder_free (folder);
      run_fixture_write_file (fixture, cases[i].file, text, strlen (text));
      g_string_free (changed, TRUE);
    }
}

/* These files are written at once: no part of one will do, at whatever byte it ends. */
static void
test_cut_splits (RunFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "tasks.csv", "inputs.csv" };
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);

  for (guint i = 0; i < 2; i++)
    {
      gsize length;
      g_autofree char *text = run_fixture_read_file (fixture, names[i], &length);

      for (gsize cut = 0; cut < length; cut++)
        {
          g_autoptr (GError) error = NULL;

          run_fixture_write_file (fixture, names[i], text, cut);
          if (i == 0)
            g_assert_null (gsc_run_folder_read_tasks (folder, &error));
          else
            g_assert_null (gsc_run_folder_read_inputs (folder, &error));
          run_fixture_assert_message (error, names[i], "");
        }
      run_fixture_write_file (fixture, names[i], text, length);
    }
}

/* Any byte changed anywhere: an error or a result, never a crash, and no record that is not whole.
 */
static void
test_mutations (RunFixture *fixture, gconstpointer data)
{
  static const char *const names[]
      = { "metrics.csv", "per_shot.csv", "per_task.csv", "tasks.csv", "inputs.csv", "config.json" };
  g_autoptr (GRand) random = g_rand_new_with_seed (21);
  GscRunFolder *folder = run_fixture_create (fixture);

  run_fixture_append (fixture, folder, 0);
  run_fixture_append (fixture, folder, 10);
  gsc_run_folder_free (folder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length;
      g_autofree char *text = run_fixture_read_file (fixture, names[i], &length);

      for (guint round = 0; round < 300; round++)
        {
          g_autofree char *changed = g_memdup2 (text, length);
          g_autoptr (GError) error = NULL;
          g_autoptr (GPtrArray) records = NULL;

          changed[g_rand_int_range (random, 0, (gint32) length)]
              = (char) (round % 2 ? "0,\n-."[g_rand_int_range (random, 0, 5)]
                                  : g_rand_int_range (random, 0, 256));
          run_fixture_write_file (fixture, names[i], changed, length);
          folder = gsc_run_folder_open (fixture->path, FALSE, &error);
          if (folder != NULL)
            {
              g_autoptr (GscInputSplit) inputs = gsc_run_folder_read_inputs (folder, NULL);

              records = gsc_run_folder_read_records (folder, &error);
            }
          g_assert_true ((records == NULL) == (error != NULL));
          if (error != NULL)
            run_fixture_assert_message (error, fixture->path, "");
          else
            g_assert_cmpuint (records->len, <=, 2);
          gsc_run_folder_free (folder);
        }
      run_fixture_write_file (fixture, names[i], text, length);
    }
}

static void
test_missing_files (RunFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "metrics.csv", "per_shot.csv", "per_task.csv", "tasks.csv" };
  GscRunFolder *folder = run_fixture_create (fixture);

  run_fixture_append (fixture, folder, 0);
  gsc_run_folder_free (folder);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize length;
      g_autofree char *text = run_fixture_read_file (fixture, names[i], &length);
      g_autofree char *path = run_fixture_get_path (fixture, names[i]);

      for (guint as_folder = 0; as_folder < 2; as_folder++)
        {
          g_autoptr (GError) read_error = NULL;
          g_autoptr (GError) write_error = NULL;

          g_unlink (path);
          if (as_folder)
            g_assert_cmpint (g_mkdir (path, 0777), ==, 0);
          folder = run_fixture_open (fixture, FALSE);
          g_assert_null (gsc_run_folder_read_records (folder, &read_error));
          run_fixture_assert_message (read_error, path, as_folder ? "folder" : "cannot be opened");
          gsc_run_folder_free (folder);
          g_assert_null (gsc_run_folder_open (fixture->path, TRUE, &write_error));
          run_fixture_assert_message (write_error, path, "");
        }
      g_assert_cmpint (g_rmdir (path), ==, 0);
      run_fixture_write_file (fixture, names[i], text, length);
    }
  folder = run_fixture_open (fixture, TRUE);
  ASSERT_RECORDS (fixture, folder, 0);
  gsc_run_folder_free (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/run-damage/damaged-tables", test_damaged_tables);
  RUN_FIXTURE_ADD ("/run-damage/damaged-splits", test_damaged_splits);
  RUN_FIXTURE_ADD ("/run-damage/cut-splits", test_cut_splits);
  RUN_FIXTURE_ADD ("/run-damage/mutations", test_mutations);
  RUN_FIXTURE_ADD ("/run-damage/missing-files", test_missing_files);
  return g_test_run ();
}
