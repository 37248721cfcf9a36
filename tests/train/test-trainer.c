/* test-trainer.c - the training loop: same bits for any number of threads and across a resume
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "gsc-trainer.h"

static GscConfig
tiny_config (GscOptimizer optimizer)
{
  GscConfig config;

  gsc_config_init_default (&config);
  config.p = 5;
  config.width = 16;
  config.heads = 2;
  config.depth = 2;
  config.shots = 4;
  config.batch = 200; /* several micro-batches and lanes, the last one ragged */
  config.tasks = 12;
  config.optimizer = optimizer;
  config.warmup_steps = 3;
  config.steps = 12;
  config.record_every = 4;
  config.eval_sequences = 30;
  config.seed = 7;
  return config;
}

static GscTrainer *
new_trainer (const GscConfig *config, guint threads)
{
  g_autoptr (GError) error = NULL;
  GscTrainerOptions options = gsc_trainer_options_default ();
  GscTrainer *trainer;

  options.threads = threads;
  trainer = gsc_trainer_new (config, &options, &error);
  g_assert_no_error (error);
  return trainer;
}

static void
steps (GscTrainer *trainer, int n)
{
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < n; i++)
    {
      gboolean done = gsc_trainer_step (trainer, NULL, &error);

      g_assert_no_error (error);
      g_assert_true (done);
    }
}

static void
assert_same_weights (GscTrainer *a, GscTrainer *b)
{
  gsize bytes = gsc_model_get_layout (gsc_trainer_get_model (a))->n_floats * sizeof (float);

  g_assert_cmpmem (gsc_model_peek_weights (gsc_trainer_get_model (a)), bytes,
                   gsc_model_peek_weights (gsc_trainer_get_model (b)), bytes);
}

static void
assert_same_score (const GscSetScore *a, const GscSetScore *b)
{
  g_assert_true (a->loss == b->loss && a->accuracy == b->accuracy
                 && a->last_accuracy == b->last_accuracy);
  g_assert_cmpuint (a->sequences, ==, b->sequences);
  g_assert_cmpmem (a->shot_accuracy, a->n_shots * sizeof (double), b->shot_accuracy,
                   b->n_shots * sizeof (double));
  g_assert_cmpmem (a->task_accuracy, a->n_tasks * sizeof (double), b->task_accuracy,
                   b->n_tasks * sizeof (double));
}

static void
assert_same_record (const GscRecord *a, const GscRecord *b)
{
  g_assert_cmpint (a->step, ==, b->step);
  g_assert_true (a->train_loss == b->train_loss && a->lr == b->lr && a->grad_norm == b->grad_norm
                 && a->param_norm == b->param_norm);
  for (guint i = 0; i < GSC_N_SETS; i++)
    assert_same_score (&a->sets[i], &b->sets[i]);
}

static void
test_threads (gconstpointer data)
{
  GscConfig config = tiny_config (GPOINTER_TO_INT (data));
  g_autoptr (GscTrainer) one = new_trainer (&config, 1);
  g_autoptr (GscRecord) record = NULL;
  static const guint counts[] = { 2, 3, 8 };

  steps (one, 6);
  record = gsc_trainer_evaluate (one);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (GscTrainer) many = new_trainer (&config, counts[i]);
      g_autoptr (GscRecord) other = NULL;

      g_assert_cmpuint (gsc_trainer_get_threads (many), ==, counts[i]);
      steps (many, 6);
      other = gsc_trainer_evaluate (many);
      assert_same_weights (one, many);
      assert_same_record (record, other);
    }
}

static char *
scratch_path (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp (NULL, &error);

  g_assert_no_error (error);
  return g_build_filename (folder, name, NULL);
}

static void
remove_scratch (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Stop and resume at every step, with another number of threads: weights and the record at the end
 * are the same. */
static void
test_resume (gconstpointer data)
{
  GscConfig config = tiny_config (GPOINTER_TO_INT (data));
  g_autoptr (GscTrainer) whole = new_trainer (&config, 2);
  g_autoptr (GscRecord) record = NULL;
  g_autofree char *path = scratch_path ("state.safetensors");

  steps (whole, 8);
  record = gsc_trainer_evaluate (whole);
  for (int at = 0; at <= 8; at++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GscTrainer) first = new_trainer (&config, 2);
      g_autoptr (GscTrainer) second = new_trainer (&config, 3);
      g_autoptr (GscRecord) other = NULL;

      steps (first, at);
      gsc_trainer_save_state (first, path, &error);
      g_assert_no_error (error);
      steps (second, 2); /* what it had done is forgotten */
      gsc_trainer_load_state (second, path, &error);
      g_assert_no_error (error);
      g_assert_cmpint (gsc_trainer_get_step (second), ==, at);
      steps (second, 8 - at);
      assert_same_weights (whole, second);
      other = gsc_trainer_evaluate (second);
      assert_same_record (record, other);
    }
  remove_scratch (path);
}

static void
test_state_refused (void)
{
  GscConfig config = tiny_config (GSC_OPTIMIZER_MUON), other_config = config;
  g_autoptr (GError) error = NULL;
  g_autoptr (GscTrainer) trainer = new_trainer (&config, 1);
  g_autoptr (GscTrainer) fresh = new_trainer (&config, 1);
  g_autoptr (GscTrainer) other = NULL;
  g_autofree char *path = scratch_path ("state.safetensors");
  g_autofree char *contents = NULL;
  gsize length;

  steps (trainer, 3);
  gsc_trainer_save_state (trainer, path, &error);
  g_assert_no_error (error);

  other_config.seed = 8;
  other = new_trainer (&other_config, 1);
  g_assert_false (gsc_trainer_load_state (other, path, &error));
  g_assert_error (error, GSC_TRAINER_ERROR, GSC_TRAINER_ERROR_STATE);
  g_assert_nonnull (strstr (error->message, "another recipe"));
  g_clear_error (&error);

  /* more steps are allowed: a run may be continued */
  other_config = config;
  other_config.steps = 40;
  gsc_trainer_free (other);
  other = new_trainer (&other_config, 1);
  gsc_trainer_load_state (other, path, &error);
  g_assert_no_error (error);

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  for (gsize cut = 0; cut < length; cut += length / 23)
    {
      g_file_set_contents (path, contents, cut, &error);
      g_assert_no_error (error);
      g_assert_false (gsc_trainer_load_state (trainer, path, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
    }
  /* what was refused changed nothing */
  steps (fresh, 3);
  assert_same_weights (trainer, fresh);
  g_assert_cmpint (gsc_trainer_get_step (trainer), ==, 3);
  remove_scratch (path);
}

static void
test_divergence (void)
{
  GscConfig config = tiny_config (GSC_OPTIMIZER_ADAMW);
  g_autoptr (GError) error = NULL;
  g_autoptr (GscTrainer) trainer = new_trainer (&config, 2);
  GscModel *model = gsc_trainer_get_model (trainer);
  GscParamLayout *layout = gsc_model_get_layout (model);
  g_autoptr (GscModel) before = NULL;

  steps (trainer, 2);
  gsc_model_get_weights (model)[layout->blocks[1].fc + 5] = NAN;
  before = gsc_model_copy (model);
  g_assert_false (gsc_trainer_step (trainer, NULL, &error));
  g_assert_error (error, GSC_TRAINER_ERROR, GSC_TRAINER_ERROR_DIVERGED);
  g_assert_nonnull (strstr (error->message, "step 3"));
  g_assert_cmpint (gsc_trainer_get_step (trainer), ==, 2);
  g_assert_cmpmem (gsc_model_peek_weights (model), layout->n_floats * sizeof (float),
                   gsc_model_peek_weights (before), layout->n_floats * sizeof (float));
  g_clear_error (&error);

  /* overflow, without any NaN to begin with */
  gsc_trainer_free (trainer);
  trainer = new_trainer (&config, 1);
  model = gsc_trainer_get_model (trainer);
  gsc_model_get_weights (model)[gsc_model_get_layout (model)->ln_f_weight] = 3e38f;
  for (int i = 0; i < 3 && error == NULL; i++)
    gsc_trainer_step (trainer, NULL, &error);
  g_assert_error (error, GSC_TRAINER_ERROR, GSC_TRAINER_ERROR_DIVERGED);
}

typedef struct
{
  GArray *records; /* of gint64 */
  gint64 updates;
  gint64 stop_at;
  gint64 fail_at;
} Watch;

static gboolean
watch (GscTrainer *trainer,
       const GscStepInfo *info,
       const GscRecord *record,
       gpointer data,
       GError **error)
{
  Watch *w = data;

  g_assert_cmpint (info->step, ==, gsc_trainer_get_step (trainer));
  if (record != NULL)
    g_array_append_val (w->records, record->step);
  else
    w->updates++;
  if (record == NULL && info->step == w->stop_at)
    gsc_trainer_stop (trainer);
  if (info->step == w->fail_at)
    {
      g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "full");
      return FALSE;
    }
  return TRUE;
}

static void
assert_records (const Watch *w, const gint64 *expected, guint n)
{
  g_assert_cmpmem (w->records->data, w->records->len * sizeof (gint64), expected,
                   n * sizeof (gint64));
}

static void
test_run (void)
{
  GscConfig config = tiny_config (GSC_OPTIMIZER_MUON);
  g_autoptr (GError) error = NULL;
  g_autoptr (GscTrainer) trainer = NULL;
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (gint64));
  Watch w = { .records = records, .stop_at = -1, .fail_at = -1 };
  static const gint64 all[] = { 0, 4, 8, 12, 14 };

  config.steps = 14;
  trainer = new_trainer (&config, 2);
  g_assert_true (gsc_trainer_run (trainer, watch, &w, &error));
  g_assert_no_error (error);
  assert_records (&w, all, G_N_ELEMENTS (all));
  g_assert_cmpint (w.updates, ==, 14);

  /* stopped between records, then gone on with: nothing twice, nothing missing */
  gsc_trainer_free (trainer);
  g_array_set_size (records, 0);
  w.stop_at = 6;
  trainer = new_trainer (&config, 2);
  g_assert_true (gsc_trainer_run (trainer, watch, &w, &error));
  g_assert_cmpint (gsc_trainer_get_step (trainer), ==, 6);
  assert_records (&w, all, 2);
  {
    g_autofree char *path = scratch_path ("state.safetensors");
    g_autoptr (GscTrainer) second = new_trainer (&config, 1);

    gsc_trainer_save_state (trainer, path, &error);
    g_assert_no_error (error);
    gsc_trainer_load_state (second, path, &error);
    g_assert_no_error (error);
    g_assert_true (gsc_trainer_run (second, watch, &w, &error));
    assert_records (&w, all, G_N_ELEMENTS (all));
    remove_scratch (path);
  }

  /* an error of the callback ends the run */
  gsc_trainer_free (trainer);
  w.stop_at = -1;
  w.fail_at = 3;
  trainer = new_trainer (&config, 2);
  g_assert_false (gsc_trainer_run (trainer, watch, &w, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
  g_assert_cmpint (gsc_trainer_get_step (trainer), ==, 3);
}

static void
test_record (void)
{
  GscConfig config = tiny_config (GSC_OPTIMIZER_MUON);
  g_autoptr (GscTrainer) trainer = new_trainer (&config, 2);
  g_autoptr (GscRecord) record = gsc_trainer_evaluate (trainer);
  const GscTaskSplit *tasks = gsc_trainer_get_tasks (trainer);

  g_assert_cmpint (record->step, ==, 0);
  /* untrained: every answer about equally likely */
  g_assert_cmpfloat_with_epsilon (record->train_loss, log (config.p), 0.35);
  g_assert_cmpfloat (record->grad_norm, >, 0.0);
  g_assert_cmpfloat_with_epsilon (record->lr, config.lr * config.lr_start, 1e-12);
  for (guint i = 0; i < GSC_N_SETS; i++)
    {
      const GscSetScore *score = &record->sets[i];
      double shots = 0.0, by_task = 0.0, last_by_task = 0.0;
      guint sequences = 0;
      gboolean ood = i >= GSC_SET_OOD_TRAIN;

      g_assert_cmpuint (score->sequences, ==, config.eval_sequences);
      g_assert_cmpuint (score->n_tasks, ==, ood ? 13 : 12);
      for (guint k = 0; k < score->n_shots; k++)
        shots += score->shot_accuracy[k] / score->n_shots;
      for (guint t = 0; t < score->n_tasks; t++)
        {
          g_assert_true ((tasks->tasks[score->task[t]].role == GSC_TASK_ROLE_OOD) == ood);
          sequences += score->task_sequences[t];
          by_task += score->task_accuracy[t] * score->task_sequences[t];
          last_by_task += score->task_last_accuracy[t] * score->task_sequences[t];
        }
      g_assert_cmpuint (sequences, ==, score->sequences);
      g_assert_cmpfloat_with_epsilon (shots, score->accuracy, 1e-12);
      g_assert_cmpfloat_with_epsilon (by_task / sequences, score->accuracy, 1e-12);
      g_assert_cmpfloat_with_epsilon (last_by_task / sequences, score->last_accuracy, 1e-12);
      g_assert_cmpfloat (score->shot_accuracy[score->n_shots - 1], ==, score->last_accuracy);
    }
}

/* The point of it all, at a size that takes seconds: a model learns its training set. */
static void
test_learns (gconstpointer data)
{
  GscConfig config = tiny_config (GPOINTER_TO_INT (data));
  g_autoptr (GscTrainer) trainer = NULL;
  g_autoptr (GscRecord) before = NULL, after = NULL;

  config.task_rule = GSC_TASK_RULE_RANDOM;
  config.tasks = 1; /* a table to memorise */
  config.batch = 64;
  config.steps = 400;
  config.lr = 5e-3;
  config.weight_decay = 0.01;
  config.eval_sequences = 200;
  trainer = new_trainer (&config, 2);
  before = gsc_trainer_evaluate (trainer);
  steps (trainer, 400);
  after = gsc_trainer_evaluate (trainer);
  g_assert_cmpfloat (before->sets[GSC_SET_ID_TRAIN].last_accuracy, <, 0.4);
  g_assert_cmpfloat (after->sets[GSC_SET_ID_TRAIN].last_accuracy, >, 0.8);
}

static void
test_all_shapes (void)
{
  /* depth 1 is first and last block at once; GELU and untied have paths of their own */
  for (int depth = 1; depth <= 3; depth++)
    for (int variant = 0; variant < 4; variant++)
      {
        GscConfig config = tiny_config (variant % 2 ? GSC_OPTIMIZER_MUON : GSC_OPTIMIZER_ADAMW);
        g_autoptr (GscTrainer) trainer = NULL;
        g_autoptr (GError) error = NULL;
        GscStepInfo first, info;

        config.depth = depth;
        config.activation = variant & 1 ? GSC_ACTIVATION_GELU : GSC_ACTIVATION_RELU;
        config.tied = !(variant & 2);
        config.batch = 24;
        config.steps = 60;
        trainer = new_trainer (&config, 2);
        gsc_trainer_step (trainer, &first, &error);
        g_assert_no_error (error);
        steps (trainer, 50);
        gsc_trainer_step (trainer, &info, &error);
        g_assert_no_error (error);
        g_assert_cmpfloat (info.loss, <, first.loss);
      }
}

/* A trainer begins with the weights it is given, of its own shape only. */
static void
test_initial (void)
{
  GscConfig config = tiny_config (GSC_OPTIMIZER_MUON);
  GscConfig wide = config;
  g_autoptr (GscTrainer) first = new_trainer (&config, 1);
  g_autoptr (GscTrainer) second = NULL;
  g_autoptr (GscTrainer) refused = NULL;
  g_autoptr (GError) error = NULL;
  GscTrainerOptions options = gsc_trainer_options_default ();

  steps (first, 2);
  options.initial = gsc_trainer_get_model (first);
  second = gsc_trainer_new (&config, &options, &error);
  g_assert_no_error (error);
  assert_same_weights (first, second);
  g_assert_cmpint (gsc_trainer_get_step (second), ==, 0);
  steps (second, 1); /* its own copy */
  g_assert_false (memcmp (gsc_model_peek_weights (gsc_trainer_get_model (first)),
                          gsc_model_peek_weights (gsc_trainer_get_model (second)), 64)
                  == 0);

  wide.width = 32;
  refused = gsc_trainer_new (&wide, &options, &error);
  g_assert_null (refused);
  g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "width 16"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/trainer/threads/adamw", GINT_TO_POINTER (GSC_OPTIMIZER_ADAMW),
                        test_threads);
  g_test_add_data_func ("/trainer/threads/muon", GINT_TO_POINTER (GSC_OPTIMIZER_MUON),
                        test_threads);
  g_test_add_data_func ("/trainer/resume/adamw", GINT_TO_POINTER (GSC_OPTIMIZER_ADAMW),
                        test_resume);
  g_test_add_data_func ("/trainer/resume/muon", GINT_TO_POINTER (GSC_OPTIMIZER_MUON), test_resume);
  g_test_add_func ("/trainer/state-refused", test_state_refused);
  g_test_add_func ("/trainer/divergence", test_divergence);
  g_test_add_func ("/trainer/run", test_run);
  g_test_add_func ("/trainer/record", test_record);
  g_test_add_data_func ("/trainer/learns/adamw", GINT_TO_POINTER (GSC_OPTIMIZER_ADAMW),
                        test_learns);
  g_test_add_data_func ("/trainer/learns/muon", GINT_TO_POINTER (GSC_OPTIMIZER_MUON), test_learns);
  g_test_add_func ("/trainer/all-shapes", test_all_shapes);
  g_test_add_func ("/trainer/initial", test_initial);
  return g_test_run ();
}
