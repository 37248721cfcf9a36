/* test-run-records.c - the tables of a run: round trips, tears and full disks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "run-fixture.h"

static const char *const table_names[] = { "metrics.csv", "per_shot.csv", "per_task.csv" };

static void
test_record_text (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = run_fixture_create (fixture);
  g_autoptr (GscRecord) record = run_fixture_make_record (fixture, 10);
  g_autofree char *metrics = NULL;
  g_autofree char *per_shot = NULL;
  g_autofree char *per_task = NULL;
  g_autofree char *task_start = NULL;

  record->train_loss = 2.5;
  record->lr = 1e-5;
  record->grad_norm = NAN;
  record->param_norm = INFINITY;
  record->seconds = 1.0 / 3;
  record->tokens_per_second = 123456;
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      record->sets[i].loss = i + 0.25;
      record->sets[i].accuracy = 0.5;
      record->sets[i].last_accuracy = 1;
    }
  for (guint i = 0; i < 3; i++)
    record->sets[0].shot_accuracy[i] = 0.25 * i;
  for (guint i = 0; i < 12; i++)
    record->sets[0].task_accuracy[i] = i / 8.0;
  g_assert_true (gsc_run_folder_append_record (folder, record, NULL));

  metrics = run_fixture_read_file (fixture, "metrics.csv", NULL);
  g_assert_cmpstr (metrics, ==,
                   "step,train_loss,lr,grad_norm,param_norm,seconds,tokens_per_second,"
                   "id_train_loss,id_train_accuracy,id_train_last_accuracy,"
                   "id_test_loss,id_test_accuracy,id_test_last_accuracy,"
                   "ood_train_loss,ood_train_accuracy,ood_train_last_accuracy,"
                   "ood_test_loss,ood_test_accuracy,ood_test_last_accuracy\n"
                   "10,2.5,1e-05,nan,inf,0.333333333,123456,"
                   "0.25,0.5,1,1.25,0.5,1,2.25,0.5,1,3.25,0.5,1\n");
  per_shot = run_fixture_read_file (fixture, "per_shot.csv", NULL);
  g_assert_true (g_str_has_prefix (per_shot, "step,set,sequences,shot_0,shot_1,shot_2\n"
                                             "10,id_train,18,0,0.25,0.5\n"
                                             "10,id_test,18,"));
  per_task = run_fixture_read_file (fixture, "per_task.csv", NULL);
  task_start = g_strdup_printf ("step,set,measure,%d:%d,%d:%d,", fixture->tasks->tasks[0].a,
                                fixture->tasks->tasks[0].b, fixture->tasks->tasks[1].a,
                                fixture->tasks->tasks[1].b);
  g_assert_true (g_str_has_prefix (per_task, task_start));
  g_assert_nonnull (strstr (per_task,
                            "\n10,id_train,accuracy,0,0.125,0.25,0.375,0.5,0.625,0.75,0.875,1,"
                            "1.125,1.25,1.375,,,,,,,,,,,,,\n10,id_train,last_accuracy,"));
  g_assert_nonnull (strstr (per_task, "\n10,ood_test,last_accuracy,,,,,,,,,,,,,0."));
  {
    g_autoptr (GPtrArray) records = gsc_run_folder_read_records (folder, NULL);

    g_assert_cmpuint (records->len, ==, 1);
    run_fixture_assert_same_record (g_ptr_array_index (records, 0), record);
  }
}

static void
test_records_round_trip (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *folder = run_fixture_create (fixture);

  run_fixture_append (fixture, folder, 0);
  run_fixture_append (fixture, folder, 10);
  ASSERT_RECORDS (fixture, folder, 0, 10);
  gsc_run_folder_free (folder);
  folder = run_fixture_open (fixture, TRUE);
  ASSERT_RECORDS (fixture, folder, 0, 10);
  run_fixture_append (fixture, folder, 20);
  run_fixture_append (fixture, folder, 1000000);
  gsc_run_folder_free (folder);
  folder = run_fixture_open (fixture, FALSE);
  ASSERT_RECORDS (fixture, folder, 0, 10, 20, 1000000);
  gsc_run_folder_free (folder);
}

/* Fewer sequences than tasks: only some tasks are in a record. */
static void
test_few_sequences (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscRunFolder) folder = NULL;
  g_autoptr (GscTaskSplit) tasks = NULL;

  fixture->config.eval_sequences = 5;
  folder = run_fixture_create (fixture);
  run_fixture_append (fixture, folder, 0);
  ASSERT_RECORDS (fixture, folder, 0);
  tasks = gsc_run_folder_read_tasks (folder, NULL);
  g_assert_nonnull (tasks);
}

static void
test_sequences_of_task (void)
{
  for (guint n = 1; n < 40; n++)
    for (guint sequences = 0; sequences < 130; sequences++)
      {
        guint sum = 0;
        guint least = gsc_evaluation_sequences_of_task (n, sequences, n - 1);

        for (guint i = 0; i < n; i++)
          {
            guint of_task = gsc_evaluation_sequences_of_task (n, sequences, i);

            sum += of_task;
            g_assert_true (of_task == least || of_task == least + 1);
            g_assert_true (i == 0
                           || of_task <= gsc_evaluation_sequences_of_task (n, sequences, i - 1));
          }
        g_assert_cmpuint (sum, ==, sequences);
      }
}

static void
test_steps_ascend (RunFixture *fixture, gconstpointer data)
{
  static const gint64 steps[] = { 10, 9, 0 };
  GscRunFolder *folder = run_fixture_create (fixture);

  run_fixture_append (fixture, folder, 0);
  run_fixture_append (fixture, folder, 10);
  for (guint round = 0; round < 2; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
        {
          g_autoptr (GscRecord) record = run_fixture_make_record (fixture, steps[i]);
          g_autoptr (GError) error = NULL;

          g_assert_false (gsc_run_folder_append_record (folder, record, &error));
          g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_DAMAGED);
          run_fixture_assert_message (error, "metrics.csv", "cannot follow one of step 10");
        }
      ASSERT_RECORDS (fixture, folder, 0, 10);
      gsc_run_folder_free (folder);
      folder = run_fixture_open (fixture, TRUE);
    }
  gsc_run_folder_free (folder);
}

/* Torn files */

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

static void
assert_tables (RunFixture *fixture, const Tables *expected)
{
  Tables now;

  tables_read (fixture, &now);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (now.text[i], ==, expected->text[i]);
  tables_clear (&now);
}

/* A crash may leave each table cut anywhere in what was last written. Readers must see whole
 * records only and change nothing; the writer must be able to go on as if nothing had happened. */
static void
test_torn_anywhere (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *folder = run_fixture_create (fixture);
  Tables before, after;

  run_fixture_append (fixture, folder, 0);
  run_fixture_append (fixture, folder, 10);
  tables_read (fixture, &before);
  run_fixture_append (fixture, folder, 20);
  tables_read (fixture, &after);
  gsc_run_folder_free (folder);

  for (guint table = 0; table < 3; table++)
    for (gsize cut = before.length[table]; cut < after.length[table]; cut++)
      {
        Tables torn;
        gsize length;
        g_autofree char *unchanged = NULL;

        tables_write (fixture, &after);
        run_fixture_write_file (fixture, table_names[table], after.text[table], cut);

        folder = run_fixture_open (fixture, FALSE);
        ASSERT_RECORDS (fixture, folder, 0, 10);
        gsc_run_folder_free (folder);
        unchanged = run_fixture_read_file (fixture, table_names[table], &length);
        g_assert_cmpuint (length, ==, cut);

        folder = run_fixture_open (fixture, TRUE);
        ASSERT_RECORDS (fixture, folder, 0, 10);
        tables_read (fixture, &torn);
        for (guint i = 0; i < 3; i++)
          g_assert_cmpint (torn.text[i][torn.length[i] - 1], ==, '\n');
        tables_clear (&torn);
        g_assert_true (gsc_run_folder_rewind (folder, 10, NULL));
        assert_tables (fixture, &before);
        run_fixture_append (fixture, folder, 20);
        assert_tables (fixture, &after);
        gsc_run_folder_free (folder);
      }
  tables_clear (&before);
  tables_clear (&after);
}

/* Killed between two tables: rows of a step that is not in metrics.csv go when the writer comes
 * back, and the same step can be recorded again at once. */
static void
test_killed_between_tables (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *folder = run_fixture_create (fixture);
  Tables before, after;

  run_fixture_append (fixture, folder, 0);
  tables_read (fixture, &before);
  run_fixture_append (fixture, folder, 10);
  tables_read (fixture, &after);
  gsc_run_folder_free (folder);

  /* Written in the order per_task, per_shot, metrics. */
  for (guint n_written = 0; n_written < 3; n_written++)
    {
      tables_write (fixture, &after);
      for (guint i = 0; i < 3 - n_written; i++)
        run_fixture_write_file (fixture, table_names[i], before.text[i], before.length[i]);
      folder = run_fixture_open (fixture, FALSE);
      ASSERT_RECORDS (fixture, folder, 0);
      gsc_run_folder_free (folder);
      folder = run_fixture_open (fixture, TRUE);
      assert_tables (fixture, &before);
      run_fixture_append (fixture, folder, 10);
      assert_tables (fixture, &after);
      gsc_run_folder_free (folder);
    }
  tables_clear (&before);
  tables_clear (&after);
}

/* What some file systems leave after a power cut: the right length, but zeros. */
static void
test_zero_tail (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *folder = run_fixture_create (fixture);
  Tables before;

  run_fixture_append (fixture, folder, 0);
  tables_read (fixture, &before);
  gsc_run_folder_free (folder);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *longer = g_malloc0 (before.length[i] + 5000);

      memcpy (longer, before.text[i], before.length[i]);
      run_fixture_write_file (fixture, table_names[i], longer, before.length[i] + 5000);
    }
  folder = run_fixture_open (fixture, TRUE);
  ASSERT_RECORDS (fixture, folder, 0);
  assert_tables (fixture, &before);
  gsc_run_folder_free (folder);
  tables_clear (&before);
}

static void
test_rewind (RunFixture *fixture, gconstpointer data)
{
  static const gint64 targets[] = { 35, 30, 29, 10, 9, 0, -1 };
  GscRunFolder *folder = run_fixture_create (fixture);
  g_autoptr (GPtrArray) snapshots = NULL;

  for (gint64 step = 0; step <= 40; step += 10)
    {
      run_fixture_append (fixture, folder, step);
      run_fixture_save_snapshot (fixture, folder, step);
    }
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      gint64 expected[] = { -1, -1, -1, -1, -1, -1 };
      guint n = 0;
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) left = NULL;

      for (gint64 step = 0; step <= MIN (targets[i], 40); step += 10)
        expected[n++] = step;
      g_assert_true (gsc_run_folder_rewind (folder, targets[i], &error));
      g_assert_no_error (error);
      run_fixture_assert_records (fixture, folder, expected);
      left = gsc_run_folder_list_snapshots (folder, NULL);
      g_assert_cmpuint (left->len, ==, n);
      for (guint j = 0; j < n; j++)
        g_assert_cmpint (((GscSnapshotInfo *) left->pdata[j])->step, ==, expected[j]);
    }
  run_fixture_append (fixture, folder, 0);
  run_fixture_append (fixture, folder, 10);
  ASSERT_RECORDS (fixture, folder, 0, 10);
  gsc_run_folder_free (folder);
}

/* A full disk, played by a limit on the size of files: first so small that nothing fits, then
 * larger byte by byte until the record does. Each time all tables must be as before. */
static void
test_disk_full (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *folder = run_fixture_create (fixture);
  g_autoptr (GscRecord) record = run_fixture_make_record (fixture, 10);
  struct rlimit limit, small;
  void (*handler) (int);
  Tables before;
  guint n_failed = 0;
  gboolean done = FALSE;

  run_fixture_append (fixture, folder, 0);
  tables_read (fixture, &before);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  handler = signal (SIGXFSZ, SIG_IGN);
  small = limit;
  for (gsize size = MIN (before.length[0], MIN (before.length[1], before.length[2])) - 3; !done;
       size++)
    {
      g_autoptr (GError) error = NULL;

      small.rlim_cur = size;
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
      done = gsc_run_folder_append_record (folder, record, &error);
      g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
      if (done)
        break;
      g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
      run_fixture_assert_message (error, ".csv", "The row cannot be written");
      assert_tables (fixture, &before);
      n_failed++;
    }
  signal (SIGXFSZ, handler);
  g_assert_cmpuint (n_failed, >, 100);
  ASSERT_RECORDS (fixture, folder, 0, 10);
  gsc_run_folder_free (folder);
  tables_clear (&before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/run-records/record-text", test_record_text);
  RUN_FIXTURE_ADD ("/run-records/records-round-trip", test_records_round_trip);
  RUN_FIXTURE_ADD ("/run-records/few-sequences", test_few_sequences);
  g_test_add_func ("/run-records/sequences-of-task", test_sequences_of_task);
  RUN_FIXTURE_ADD ("/run-records/steps-ascend", test_steps_ascend);
  RUN_FIXTURE_ADD ("/run-records/torn-anywhere", test_torn_anywhere);
  RUN_FIXTURE_ADD ("/run-records/killed-between-tables", test_killed_between_tables);
  RUN_FIXTURE_ADD ("/run-records/zero-tail", test_zero_tail);
  RUN_FIXTURE_ADD ("/run-records/rewind", test_rewind);
  RUN_FIXTURE_ADD ("/run-records/disk-full", test_disk_full);
  return g_test_run ();
}
