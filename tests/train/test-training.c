/* test-training.c - a trainer and its folder: stopped, killed and diverged runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-training.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "run-fixture.h"

static GscConfig
tiny_config (void)
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

typedef struct
{
  gint64 stop_at;
  gint64 poison_at;
  gboolean record; /* when it stops */
} Plan;

static gboolean
follow (GscTrainer *trainer,
        const GscStepInfo *info,
        const GscRecord *record,
        gpointer data,
        GError **error)
{
  Plan *plan = data;

  if (record == NULL && info->step == plan->stop_at)
    {
      if (plan->record)
        gsc_trainer_stop_with_record (trainer);
      else
        gsc_trainer_stop (trainer);
    }
  if (record == NULL && info->step == plan->poison_at)
    gsc_model_get_weights (gsc_trainer_get_model (trainer))[0] = NAN;
  return TRUE;
}

static void
train (const char *path, const GscConfig *config, Plan plan, GError **error)
{
  g_autoptr (GscTraining) training = config != NULL ? gsc_training_new (path, config, 2, error)
                                                    : gsc_training_resume (path, 3, error);

  if (training != NULL)
    gsc_training_run (training, follow, &plan, error);
}

/* Everything two runs must share: all figures but the clocks, and the last snapshot's bytes. */
static void
assert_same_runs (const char *a, const char *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunFolder) first = gsc_run_folder_open (a, FALSE, &error);
  g_autoptr (GscRunFolder) second = gsc_run_folder_open (b, FALSE, &error);
  g_autoptr (GPtrArray) records = gsc_run_folder_read_records (first, &error);
  g_autoptr (GPtrArray) others = gsc_run_folder_read_records (second, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, 7);
  g_assert_cmpuint (others->len, ==, records->len);
  for (guint i = 0; i < records->len; i++)
    {
      const GscRecord *x = g_ptr_array_index (records, i), *y = g_ptr_array_index (others, i);
      g_autoptr (GscModel) one = NULL;
      g_autoptr (GscModel) two = NULL;

      g_assert_cmpint (x->step, ==, y->step);
      g_assert_true (x->train_loss == y->train_loss && x->param_norm == y->param_norm
                     && x->lr == y->lr && x->grad_norm == y->grad_norm);
      for (guint s = 0; s < GSC_N_SETS; s++)
        {
          g_assert_true (x->sets[s].loss == y->sets[s].loss);
          g_assert_cmpmem (x->sets[s].task_accuracy, x->sets[s].n_tasks * sizeof (double),
                           y->sets[s].task_accuracy, y->sets[s].n_tasks * sizeof (double));
        }
      one = gsc_run_folder_load_snapshot (first, x->step, &error);
      g_assert_no_error (error);
      two = gsc_run_folder_load_snapshot (second, x->step, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (
          gsc_model_peek_weights (one), gsc_model_get_layout (one)->n_floats * sizeof (float),
          gsc_model_peek_weights (two), gsc_model_get_layout (two)->n_floats * sizeof (float));
    }
}

static void
test_stop_and_resume (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = g_build_filename (fixture->parent, "whole", NULL);
  GscConfig config = tiny_config ();

  train (whole, &config, (Plan){ -1, -1, FALSE }, &error);
  g_assert_no_error (error);
  for (int at = 1; at <= 30; at += 4)
    {
      g_autofree char *name = g_strdup_printf ("stopped-%d", at);
      g_autofree char *path = g_build_filename (fixture->parent, name, NULL);

      train (path, &config, (Plan){ at, -1, FALSE }, &error);
      g_assert_no_error (error);
      train (path, NULL, (Plan){ MIN (at + 7, 30), -1, FALSE }, &error);
      g_assert_no_error (error);
      train (path, NULL, (Plan){ -1, -1, FALSE }, &error);
      g_assert_no_error (error);
      assert_same_runs (whole, path);
    }
}

/* A process killed at a record leaves rows the saved state does not know of: they are dropped and
 * made again. */
static void
test_rows_past_the_state (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = g_build_filename (fixture->parent, "whole", NULL);
  g_autofree char *path = g_build_filename (fixture->parent, "killed", NULL);
  g_autofree char *state = g_build_filename (path, "state.safetensors", NULL);
  g_autofree char *old = NULL;
  gsize length;
  GscConfig config = tiny_config ();

  train (whole, &config, (Plan){ -1, -1, FALSE }, &error);
  g_assert_no_error (error);
  train (path, &config, (Plan){ 12, -1, FALSE }, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (state, &old, &length, &error));
  train (path, NULL, (Plan){ 22, -1, FALSE }, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (state, old, length, &error));
  train (path, NULL, (Plan){ -1, -1, FALSE }, &error);
  g_assert_no_error (error);
  assert_same_runs (whole, path);

  /* results without a state are never thrown away */
  g_assert_cmpint (g_remove (state), ==, 0);
  train (path, NULL, (Plan){ -1, -1, FALSE }, &error);
  g_assert_error (error, GSC_TRAINER_ERROR, GSC_TRAINER_ERROR_STATE);
  g_assert_nonnull (strstr (error->message, "state.safetensors"));
  assert_same_runs (whole, path);
}

static void
test_divergence (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->parent, "run", NULL);
  g_autofree char *log_path = g_build_filename (path, "events.log", NULL);
  g_autofree char *log = NULL;
  g_autoptr (GscRunFolder) folder = NULL;
  g_autoptr (GscModel) last = NULL;
  GscConfig config = tiny_config ();

  train (path, &config, (Plan){ -1, 12, FALSE }, &error);
  g_assert_error (error, GSC_TRAINER_ERROR, GSC_TRAINER_ERROR_DIVERGED);
  g_assert_nonnull (strstr (error->message, "step 13"));
  g_clear_error (&error);

  folder = gsc_run_folder_open (path, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gsc_run_folder_find_step (folder, "last", &error), ==, 10);
  last = gsc_run_folder_load_snapshot (folder, 10, &error);
  g_assert_no_error (error);
  g_assert_true (gsc_model_check_finite (last, &error));
  g_assert_true (g_file_get_contents (log_path, &log, NULL, &error));
  g_assert_nonnull (strstr (log, "diverged at step 13"));

  /* and it can go on from there */
  train (path, NULL, (Plan){ -1, -1, FALSE }, &error);
  g_assert_no_error (error);
}

static GPtrArray *
read_records (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, FALSE, &error);
  GPtrArray *records;

  g_assert_no_error (error);
  records = gsc_run_folder_read_records (folder, &error);
  g_assert_no_error (error);
  return records;
}

static GscModel *
load_snapshot (const char *path, gint64 step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, FALSE, &error);
  GscModel *model = gsc_run_folder_load_snapshot (folder, step, &error);

  g_assert_no_error (error);
  return model;
}

static void
assert_same_weights (const GscModel *a, const GscModel *b)
{
  gsize bytes = gsc_model_get_layout (a)->n_floats * sizeof (float);

  g_assert_cmpmem (gsc_model_peek_weights (a), bytes, gsc_model_peek_weights (b), bytes);
}

/* A run stopped with a record between two records has one more, and is the same run otherwise. */
static void
test_stop_with_record (RunFixture *fixture, gconstpointer data)
{
  static const int stops[] = { 1, 4, 5, 13, 29, 30 };
  g_autofree char *whole = g_build_filename (fixture->parent, "whole", NULL);
  g_autoptr (GPtrArray) expected = NULL;
  g_autoptr (GscModel) final = NULL;
  g_autoptr (GError) error = NULL;
  GscConfig config = tiny_config ();

  train (whole, &config, (Plan){ -1, -1, FALSE }, &error);
  g_assert_no_error (error);
  expected = read_records (whole);
  final = load_snapshot (whole, 30);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      g_autofree char *name = g_strdup_printf ("ended-%d", stops[i]);
      g_autofree char *path = g_build_filename (fixture->parent, name, NULL);
      g_autoptr (GPtrArray) ended = NULL;
      g_autoptr (GPtrArray) records = NULL;
      g_autoptr (GscModel) model = NULL;
      g_autoptr (GscModel) last = NULL;
      guint n = 0;

      train (path, &config, (Plan){ stops[i], -1, TRUE }, &error);
      g_assert_no_error (error);
      ended = read_records (path);
      g_assert_cmpint (((GscRecord *) g_ptr_array_index (ended, ended->len - 1))->step, ==,
                       stops[i]);
      model = load_snapshot (path, stops[i]);

      train (path, NULL, (Plan){ -1, -1, FALSE }, &error);
      g_assert_no_error (error);
      records = read_records (path);
      g_assert_cmpuint (records->len, ==, expected->len + (stops[i] % 5 != 0));
      for (guint j = 0; j < records->len; j++)
        {
          const GscRecord *record = g_ptr_array_index (records, j);
          const GscRecord *same = g_ptr_array_index (expected, n);

          if (record->step % 5 != 0)
            continue;
          n++;
          g_assert_cmpint (record->step, ==, same->step);
          g_assert_true (
              record->train_loss == same->train_loss && record->param_norm == same->param_norm
              && record->sets[GSC_SET_OOD_TEST].loss == same->sets[GSC_SET_OOD_TEST].loss);
        }
      last = load_snapshot (path, 30);
      assert_same_weights (last, final);
    }
}

static GscTraining *
branch (const char *path, const GscConfig *config, const char *parent, gint64 step)
{
  g_autoptr (GError) error = NULL;
  GscTraining *training = gsc_training_branch (path, config, parent, step, 2, &error);

  g_assert_no_error (error);
  g_assert_nonnull (training);
  return training;
}

/* A branch begins with the parent's weights and splits, goes another way, and leaves the parent
 * alone. */
static void
test_branch (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_build_filename (fixture->parent, "parent", NULL);
  g_autofree char *path = g_build_filename (fixture->parent, "branch", NULL);
  g_autofree char *log_path = g_build_filename (path, "events.log", NULL);
  g_autofree char *log = NULL;
  g_autoptr (GscTraining) training = NULL;
  g_autoptr (GscModel) origin = NULL;
  g_autoptr (GscModel) first = NULL;
  g_autoptr (GscModel) last = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  GscConfig config = tiny_config ();

  train (parent, &config, (Plan){ -1, -1, FALSE }, &error);
  g_assert_no_error (error);
  before = read_records (parent);
  origin = load_snapshot (parent, 10);

  config.seed += 1; /* other batches; the splits stay */
  config.lr *= 2;
  config.shots = 3;
  config.steps = 10;
  training = branch (path, &config, parent, 10);
  g_assert_cmpint (gsc_trainer_get_step (gsc_training_get_trainer (training)), ==, 0);
  assert_same_weights (gsc_trainer_get_model (gsc_training_get_trainer (training)), origin);
  g_assert_true (gsc_training_run (training, NULL, NULL, &error));
  g_assert_no_error (error);
  g_clear_pointer (&training, gsc_training_free);

  for (guint i = 0; i < 2; i++)
    {
      const char *name = i == 0 ? "tasks.csv" : "inputs.csv";
      g_autofree char *one = g_build_filename (parent, name, NULL);
      g_autofree char *two = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;
      g_autofree char *other = NULL;

      g_assert_true (g_file_get_contents (one, &text, NULL, NULL));
      g_assert_true (g_file_get_contents (two, &other, NULL, NULL));
      g_assert_cmpstr (text, ==, other);
    }
  first = load_snapshot (path, 0);
  assert_same_weights (first, origin);
  last = load_snapshot (path, 10);
  g_assert_false (memcmp (gsc_model_peek_weights (last), gsc_model_peek_weights (origin),
                          gsc_model_get_layout (last)->n_floats * sizeof (float))
                  == 0);
  records = read_records (path);
  g_assert_cmpuint (records->len, ==, 3);
  after = read_records (parent);
  g_assert_cmpuint (after->len, ==, before->len);
  g_assert_true (g_file_get_contents (log_path, &log, NULL, NULL));
  g_assert_nonnull (strstr (log, "created with the weights of"));
  g_assert_nonnull (strstr (log, "parent at step 10"));
}

/* Other tasks or inputs are drawn anew, each without the other. */
static void
test_branch_splits (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_build_filename (fixture->parent, "parent", NULL);
  g_autofree char *tasks_path = g_build_filename (fixture->parent, "tasks", NULL);
  g_autofree char *inputs_path = g_build_filename (fixture->parent, "inputs", NULL);
  g_autoptr (GscTraining) other_tasks = NULL;
  g_autoptr (GscTraining) other_inputs = NULL;
  g_autoptr (GscInputSplit) inputs = NULL;
  g_autoptr (GscTaskSplit) tasks = NULL;
  g_autoptr (GscRunFolder) folder = NULL;
  g_autoptr (GError) error = NULL;
  GscConfig config = tiny_config ();
  GscConfig changed = config;
  const GscTrainer *trainer;

  train (parent, &config, (Plan){ 5, -1, FALSE }, &error);
  g_assert_no_error (error);
  folder = gsc_run_folder_open (parent, FALSE, &error);
  tasks = gsc_run_folder_read_tasks (folder, &error);
  inputs = gsc_run_folder_read_inputs (folder, &error);
  g_assert_no_error (error);

  changed.seed += 1;
  changed.tasks = 8;
  other_tasks = branch (tasks_path, &changed, parent, 5);
  trainer = gsc_training_get_trainer (other_tasks);
  g_assert_cmpuint (gsc_trainer_get_tasks (trainer)->n_id, ==, 8);
  g_assert_cmpmem (gsc_trainer_get_inputs (trainer)->train,
                   gsc_trainer_get_inputs (trainer)->n_train * sizeof (guint16), inputs->train,
                   inputs->n_train * sizeof (guint16));

  changed = config;
  changed.alpha = 0.4;
  other_inputs = branch (inputs_path, &changed, parent, 5);
  trainer = gsc_training_get_trainer (other_inputs);
  g_assert_cmpuint (gsc_trainer_get_inputs (trainer)->n_train, <, inputs->n_train);
  g_assert_cmpmem (gsc_trainer_get_tasks (trainer)->tasks,
                   gsc_trainer_get_tasks (trainer)->n_id * sizeof (GscTask), tasks->tasks,
                   tasks->n_id * sizeof (GscTask));
}

/* Killed at any moment before its first state, a branch goes on as if nothing had happened. */
static void
test_branch_killed (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_build_filename (fixture->parent, "parent", NULL);
  g_autofree char *whole = g_build_filename (fixture->parent, "whole", NULL);
  g_autofree char *path = g_build_filename (fixture->parent, "killed", NULL);
  g_autofree char *initial = g_build_filename (path, "initial.safetensors", NULL);
  g_autoptr (GError) error = NULL;
  GscConfig config = tiny_config ();
  GscTraining *training;

  train (parent, &config, (Plan){ -1, -1, FALSE }, &error);
  g_assert_no_error (error);
  training = branch (whole, &config, parent, 30);
  g_assert_true (gsc_training_run (training, NULL, NULL, &error));
  gsc_training_free (training);

  gsc_training_free (branch (path, &config, parent, 30)); /* no step, no state */
  train (path, NULL, (Plan){ -1, -1, FALSE }, &error);
  g_assert_no_error (error);
  assert_same_runs (whole, path);

  /* With a state the first weights are no longer needed; without either it says so. */
  g_assert_true (g_file_set_contents (initial, "x", 1, NULL));
  train (path, NULL, (Plan){ -1, -1, FALSE }, &error);
  g_assert_no_error (error);
  g_free (g_steal_pointer (&path));
  g_free (g_steal_pointer (&initial));
  path = g_build_filename (fixture->parent, "damaged", NULL);
  initial = g_build_filename (path, "initial.safetensors", NULL);
  gsc_training_free (branch (path, &config, parent, 30));
  g_assert_true (g_file_set_contents (initial, "x", 1, NULL));
  train (path, NULL, (Plan){ -1, -1, FALSE }, &error);
  run_fixture_assert_message (error, "initial.safetensors", "");
}

static void
test_branch_refused (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *parent = g_build_filename (fixture->parent, "parent", NULL);
  g_autofree char *path = g_build_filename (fixture->parent, "branch", NULL);
  GscConfig config = tiny_config ();
  GscConfig other = config;
  GscConfig invalid = config;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) step_error = NULL;
  g_autoptr (GError) parent_error = NULL;
  g_autoptr (GError) config_error = NULL;

  train (parent, &config, (Plan){ 7, -1, FALSE }, &error);
  g_assert_no_error (error);

  other.width = 32;
  other.depth = 3;
  other.tied = FALSE;
  g_assert_null (gsc_training_branch (path, &other, parent, 5, 1, &error));
  g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "width is 32 instead of 16, depth is 3 instead of 2, "
                                            "tied is false instead of true."));
  g_assert_null (gsc_training_branch (path, &config, parent, 6, 1, &step_error));
  g_assert_error (step_error, GSC_RUN_ERROR, GSC_RUN_ERROR_NO_SNAPSHOT);
  g_assert_null (gsc_training_branch (path, &config, fixture->parent, 0, 1, &parent_error));
  g_assert_error (parent_error, GSC_RUN_ERROR, GSC_RUN_ERROR_NOT_RUN);
  invalid.lr = -1;
  g_assert_null (gsc_training_branch (path, &invalid, parent, 5, 1, &config_error));
  g_assert_error (config_error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/training/stop-and-resume", test_stop_and_resume);
  RUN_FIXTURE_ADD ("/training/rows-past-the-state", test_rows_past_the_state);
  RUN_FIXTURE_ADD ("/training/divergence", test_divergence);
  RUN_FIXTURE_ADD ("/training/stop-with-record", test_stop_with_record);
  RUN_FIXTURE_ADD ("/training/branch", test_branch);
  RUN_FIXTURE_ADD ("/training/branch-splits", test_branch_splits);
  RUN_FIXTURE_ADD ("/training/branch-killed", test_branch_killed);
  RUN_FIXTURE_ADD ("/training/branch-refused", test_branch_refused);
  return g_test_run ();
}
