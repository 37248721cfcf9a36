/* run-fixture.c - a small run in a folder of its own, for the tests of run folders
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "run-fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

void
run_fixture_set_up (RunFixture *fixture, gconstpointer data)
{
  /* Every write is brought to the disk, and the tests write thousands of times: in memory if there
   * is such a place. */
  fixture->parent = g_strdup ("/dev/shm/grokscope-test-XXXXXX");
  if (g_mkdtemp (fixture->parent) == NULL)
    {
      g_free (fixture->parent);
      fixture->parent = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
    }
  g_assert_nonnull (fixture->parent);
  fixture->path = g_build_filename (fixture->parent, "some", "run", NULL);
  gsc_config_init_default (&fixture->config);
  fixture->config.p = 5;
  fixture->config.width = 8;
  fixture->config.heads = 2;
  fixture->config.depth = 1;
  fixture->config.shots = 3;
  fixture->config.tasks = 12;
  fixture->config.task_rule = GSC_TASK_RULE_RECTANGLE;
  fixture->config.alpha = 0.6;
  fixture->config.steps = 1000;
  fixture->config.warmup_steps = 10;
  fixture->config.record_every = 10;
  fixture->config.eval_sequences = 18; /* 12 i.d. tasks: 2 or 1 each; 13 o.o.d. tasks: likewise */
  fixture->tasks = gsc_task_split_new (5, 12, GSC_TASK_RULE_RECTANGLE, 3, NULL);
  fixture->inputs = gsc_input_split_new (5, 0.6, 3, NULL);
  g_assert_nonnull (fixture->tasks);
  g_assert_nonnull (fixture->inputs);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
run_fixture_tear_down (RunFixture *fixture, gconstpointer data)
{
  remove_tree (fixture->parent);
  gsc_task_split_unref (fixture->tasks);
  gsc_input_split_unref (fixture->inputs);
  g_free (fixture->parent);
  g_free (fixture->path);
}

GscRunFolder *
run_fixture_create (RunFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GscRunFolder *folder = gsc_run_folder_create (fixture->path, &fixture->config, fixture->tasks,
                                                fixture->inputs, &error);

  g_assert_no_error (error);
  return folder;
}

GscRunFolder *
run_fixture_open (RunFixture *fixture, gboolean writable)
{
  g_autoptr (GError) error = NULL;
  GscRunFolder *folder = gsc_run_folder_open (fixture->path, writable, &error);

  g_assert_no_error (error);
  g_assert_nonnull (folder);
  return folder;
}

char *
run_fixture_get_path (RunFixture *fixture, const char *name)
{
  return g_build_filename (fixture->path, name, NULL);
}

char *
run_fixture_read_file (RunFixture *fixture, const char *name, gsize *length)
{
  g_autofree char *path = run_fixture_get_path (fixture, name);
  char *text = NULL;
  gsize ignored;

  g_assert_true (g_file_get_contents (path, &text, length != NULL ? length : &ignored, NULL));
  return text;
}

/* In place, not by renaming: what damage does. */
void
run_fixture_write_file (RunFixture *fixture, const char *name, const char *text, gsize length)
{
  g_autofree char *path = run_fixture_get_path (fixture, name);
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* How many of a set's tasks are in a record, and the first of them. */
static guint
get_scored (RunFixture *fixture, GscSet set, guint *first)
{
  gboolean is_id = set == GSC_SET_ID_TRAIN || set == GSC_SET_ID_TEST;
  guint n = is_id ? fixture->tasks->n_id : fixture->tasks->n_ood;

  *first = is_id ? 0 : fixture->tasks->n_id;
  return MIN (n, (guint) fixture->config.eval_sequences);
}

/* Numbers that differ in every place and have the nine digits that tables keep. */
static double
make_number (gint64 step, guint place)
{
  return (double) ((step * 7919 + place * 104729) % 999999937) / 1e9;
}

GscRecord *
run_fixture_make_record (RunFixture *fixture, gint64 step)
{
  guint n_tasks[GSC_N_SETS], first[GSC_N_SETS];
  guint place = 0;
  GscRecord *record;

  for (guint i = 0; i < GSC_N_SETS; i++)
    n_tasks[i] = get_scored (fixture, i, &first[i]);
  record = gsc_record_new ((guint) fixture->config.shots, n_tasks);
  record->step = step;
  record->train_loss = make_number (step, place++);
  record->lr = make_number (step, place++) * 1e-3;
  record->grad_norm = make_number (step, place++);
  record->param_norm = make_number (step, place++) * 1e3;
  record->seconds = make_number (step, place++) * 1e6;
  record->tokens_per_second = make_number (step, place++) * 1e9;
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      GscSetScore *score = &record->sets[i];
      guint n_all = i < 2 ? fixture->tasks->n_id : fixture->tasks->n_ood;

      score->loss = make_number (step, place++);
      score->accuracy = make_number (step, place++);
      score->last_accuracy = make_number (step, place++);
      score->sequences = (guint) fixture->config.eval_sequences;
      for (guint j = 0; j < score->n_shots; j++)
        score->shot_accuracy[j] = make_number (step, place++);
      for (guint j = 0; j < score->n_tasks; j++)
        {
          score->task[j] = first[i] + j;
          score->task_sequences[j] = gsc_evaluation_sequences_of_task (n_all, score->sequences, j);
          score->task_accuracy[j] = make_number (step, place++);
          score->task_last_accuracy[j] = make_number (step, place++);
        }
    }
  return record;
}

void
run_fixture_append (RunFixture *fixture, GscRunFolder *folder, gint64 step)
{
  g_autoptr (GscRecord) record = run_fixture_make_record (fixture, step);
  g_autoptr (GError) error = NULL;

  g_assert_true (gsc_run_folder_append_record (folder, record, &error));
  g_assert_no_error (error);
}

static void
assert_same_number (double a, double b)
{
  g_assert_true ((isnan (a) && isnan (b)) || a == b || fabs (a - b) <= 1e-9 * fabs (a));
}

void
run_fixture_assert_same_record (const GscRecord *a, const GscRecord *b)
{
  g_assert_cmpint (a->step, ==, b->step);
  assert_same_number (a->train_loss, b->train_loss);
  assert_same_number (a->lr, b->lr);
  assert_same_number (a->grad_norm, b->grad_norm);
  assert_same_number (a->param_norm, b->param_norm);
  assert_same_number (a->seconds, b->seconds);
  assert_same_number (a->tokens_per_second, b->tokens_per_second);
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      const GscSetScore *x = &a->sets[i], *y = &b->sets[i];

      assert_same_number (x->loss, y->loss);
      assert_same_number (x->accuracy, y->accuracy);
      assert_same_number (x->last_accuracy, y->last_accuracy);
      g_assert_cmpuint (x->sequences, ==, y->sequences);
      g_assert_cmpuint (x->n_shots, ==, y->n_shots);
      for (guint j = 0; j < x->n_shots; j++)
        assert_same_number (x->shot_accuracy[j], y->shot_accuracy[j]);
      g_assert_cmpuint (x->n_tasks, ==, y->n_tasks);
      for (guint j = 0; j < x->n_tasks; j++)
        {
          g_assert_cmpuint (x->task[j], ==, y->task[j]);
          g_assert_cmpuint (x->task_sequences[j], ==, y->task_sequences[j]);
          assert_same_number (x->task_accuracy[j], y->task_accuracy[j]);
          assert_same_number (x->task_last_accuracy[j], y->task_last_accuracy[j]);
        }
    }
}

/* The run's records must be those of @steps (ended by -1). */
void
run_fixture_assert_records (RunFixture *fixture, GscRunFolder *folder, const gint64 *steps)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = gsc_run_folder_read_records (folder, &error);
  guint n = 0;

  g_assert_no_error (error);
  for (; steps[n] >= 0; n++)
    {
      g_autoptr (GscRecord) expected = run_fixture_make_record (fixture, steps[n]);

      g_assert_cmpuint (n, <, records->len);
      run_fixture_assert_same_record (g_ptr_array_index (records, n), expected);
    }
  g_assert_cmpuint (records->len, ==, n);
}

GscModel *
run_fixture_make_model (RunFixture *fixture, guint64 seed)
{
  GscModelConfig config;
  GscModel *model;

  gsc_config_get_model (&fixture->config, &config);
  model = gsc_model_new (&config, NULL);
  g_assert_nonnull (model);
  gsc_model_init_weights (model, seed);
  return model;
}

void
run_fixture_save_snapshot (RunFixture *fixture, GscRunFolder *folder, gint64 step)
{
  g_autoptr (GscModel) model = run_fixture_make_model (fixture, (guint64) step);
  g_autoptr (GError) error = NULL;

  g_assert_true (gsc_run_folder_save_snapshot (folder, model, step, &error));
  g_assert_no_error (error);
}

/* A message is a sentence that names the file. */
void
run_fixture_assert_message (const GError *error, const char *name, const char *fault)
{
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_true (g_str_has_suffix (error->message, "."));
  if (strstr (error->message, fault) == NULL)
    g_assert_cmpstr (error->message, ==, fault);
}
