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
    gsc_trainer_stop (trainer);
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

  train (whole, &config, (Plan){ -1, -1 }, &error);
  g_assert_no_error (error);
  for (int at = 1; at <= 30; at += 4)
    {
      g_autofree char *name = g_strdup_printf ("stopped-%d", at);
      g_autofree char *path = g_build_filename (fixture->parent, name, NULL);

      train (path, &config, (Plan){ at, -1 }, &error);
      g_assert_no_error (error);
      train (path, NULL, (Plan){ MIN (at + 7, 30), -1 }, &error);
      g_assert_no_error (error);
      train (path, NULL, (Plan){ -1, -1 }, &error);
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

  train (whole, &config, (Plan){ -1, -1 }, &error);
  g_assert_no_error (error);
  train (path, &config, (Plan){ 12, -1 }, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (state, &old, &length, &error));
  train (path, NULL, (Plan){ 22, -1 }, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (state, old, length, &error));
  train (path, NULL, (Plan){ -1, -1 }, &error);
  g_assert_no_error (error);
  assert_same_runs (whole, path);

  /* results without a state are never thrown away */
  g_assert_cmpint (g_remove (state), ==, 0);
  train (path, NULL, (Plan){ -1, -1 }, &error);
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

  train (path, &config, (Plan){ -1, 12 }, &error);
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
  train (path, NULL, (Plan){ -1, -1 }, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/training/stop-and-resume", test_stop_and_resume);
  RUN_FIXTURE_ADD ("/training/rows-past-the-state", test_rows_past_the_state);
  RUN_FIXTURE_ADD ("/training/divergence", test_divergence);
  return g_test_run ();
}
