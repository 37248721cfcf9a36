/* training-fixture.c - tiny runs and a main loop that ends, for tests of the worker and the library
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "training-fixture.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE 150 /* seconds */

/* Not g_test_init()'s own isolation, whose folders GLib never frees. */
static char *place = NULL;

static void
empty (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        empty (child);
      g_remove (child);
    }
}

static void
remove_place (void)
{
  empty (place);
  g_rmdir (place);
  g_clear_pointer (&place, g_free);
}

void
training_fixture_init (int *argc, char ***argv)
{
  g_autofree char *data = NULL;

  place = g_strdup ("/dev/shm/grokscope-test-XXXXXX");
  if (g_mkdtemp (place) == NULL)
    {
      g_free (place);
      place = g_dir_make_tmp ("grokscope-test-XXXXXX", NULL);
    }
  g_assert_nonnull (place);
  atexit (remove_place);
  data = g_build_filename (place, "data", NULL);
  g_setenv ("HOME", place, TRUE);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (argc, argv, NULL);
}

static void
run_test (gconstpointer data)
{
  GTestFunc func = (GTestFunc) data;

  func ();
  empty (place);
}

void
training_fixture_add (const char *path, GTestFunc func)
{
  g_test_add_data_func (path, (gconstpointer) func, run_test);
}

GscConfig
training_fixture_config (void)
{
  GscConfig config;

  gsc_config_init_default (&config);
  config.p = 5;
  config.width = 16;
  config.heads = 2;
  config.shots = 4;
  config.batch = 16;
  config.tasks = 12;
  config.warmup_steps = 2;
  config.steps = 30;
  config.record_every = 5;
  config.eval_sequences = 16;
  return config;
}

char *
training_fixture_folder (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), name, NULL);
}

static gboolean
stop_at (GscTrainer *trainer,
         const GscStepInfo *info,
         const GscRecord *record,
         gpointer data,
         GError **error)
{
  if (info->step == *(const gint64 *) data)
    gsc_trainer_stop (trainer);
  return TRUE;
}

void
training_fixture_train (const char *path, const GscConfig *config, gint64 step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscTraining) training = gsc_training_new (path, config, 1, &error);

  g_assert_no_error (error);
  gsc_training_run (training, stop_at, &step, &error);
  g_assert_no_error (error);
}

GPtrArray *
training_fixture_read_records (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, FALSE, &error);
  GPtrArray *records;

  g_assert_no_error (error);
  records = gsc_run_folder_read_records (folder, &error);
  g_assert_no_error (error);
  return records;
}

GscModel *
training_fixture_load_snapshot (const char *path, gint64 step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, FALSE, &error);
  GscModel *model;

  g_assert_no_error (error);
  model = gsc_run_folder_load_snapshot (folder, step, &error);
  g_assert_no_error (error);
  return model;
}

/* The next record at a multiple of 5, or NULL. */
static const GscRecord *
next_record (GPtrArray *records, guint *index)
{
  while (*index < records->len)
    {
      const GscRecord *record = g_ptr_array_index (records, (*index)++);

      if (record->step % 5 == 0)
        return record;
    }
  return NULL;
}

void
training_fixture_assert_same_runs (const char *a, const char *b)
{
  g_autoptr (GPtrArray) first = training_fixture_read_records (a);
  g_autoptr (GPtrArray) second = training_fixture_read_records (b);
  g_autoptr (GscModel) one = NULL;
  g_autoptr (GscModel) two = NULL;
  const GscRecord *x, *y;
  guint i = 0, j = 0;
  gint64 last = 0;

  while ((x = next_record (first, &i)) != NULL)
    {
      y = next_record (second, &j);
      g_assert_nonnull (y);
      last = x->step;
      g_assert_cmpint (x->step, ==, y->step);
      g_assert_true (x->train_loss == y->train_loss && x->param_norm == y->param_norm
                     && x->lr == y->lr && x->grad_norm == y->grad_norm);
      for (guint s = 0; s < GSC_N_SETS; s++)
        {
          g_assert_true (x->sets[s].loss == y->sets[s].loss);
          g_assert_cmpmem (x->sets[s].task_accuracy, x->sets[s].n_tasks * sizeof (double),
                           y->sets[s].task_accuracy, y->sets[s].n_tasks * sizeof (double));
        }
    }
  g_assert_null (next_record (second, &j));
  one = training_fixture_load_snapshot (a, last);
  two = training_fixture_load_snapshot (b, last);
  g_assert_cmpmem (
      gsc_model_peek_weights (one), gsc_model_get_layout (one)->n_floats * sizeof (float),
      gsc_model_peek_weights (two), gsc_model_get_layout (two)->n_floats * sizeof (float));
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
training_fixture_wait (TrainingFixtureFunc done, gpointer data)
{
  gint64 end = g_get_monotonic_time () + PATIENCE * G_USEC_PER_SEC;
  guint tick = g_timeout_add (20, on_tick, NULL);

  while (!done (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (tick);
}

static gboolean
is_past (gpointer data)
{
  return g_get_monotonic_time () >= *(const gint64 *) data;
}

void
training_fixture_idle (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) milliseconds * 1000;

  training_fixture_wait (is_past, &end);
}

void
training_fixture_assert_sentence (const char *message, const char *name)
{
  g_assert_nonnull (message);
  if (strstr (message, name) == NULL)
    g_assert_cmpstr (message, ==, name);
  g_assert_true (g_str_has_suffix (message, "."));
}
