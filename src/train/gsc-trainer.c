/* gsc-trainer.c - the training loop, synchronous and deterministic
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-trainer.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "gsc-evaluation.h"
#include "gsc-ops.h"
#include "gsc-optimizer-state.h"
#include "gsc-pass.h"
#include "gsc-schedule.h"
#include "gsc-sequence.h"
#include "gsc-trainer-state.h"

/* clang-format off */
G_DEFINE_QUARK (gsc-trainer-error-quark, gsc_trainer_error)
/* clang-format on */

struct _GscTrainer
{
  GscConfig config;
  GscTaskSplit *tasks;
  GscInputSplit *inputs;
  GscModel *model;
  GscTeam *team;
  GscPass *pass;
  GscEvaluation *evaluation;
  GscOptimizerState *optimizer;
  guint *task_of_row; /* [batch], of the step under way */
  guint64 draw_step;  /* step whose batch is being drawn */

  gint64 step;           /* updates done */
  GscStepInfo latest;    /* of the latest update; step 0 before the first */
  double seconds;        /* in updates so far */
  double record_seconds; /* seconds at the latest record */
  gint64 record_step;
  gint64 recorded_step; /* latest step a record was given for; -1: none */
  int stops;            /* atomic: bits of Stop */
};

enum
{
  STOP = 1 << 0,
  STOP_WITH_RECORD = 1 << 1,
};

GscTrainerOptions
gsc_trainer_options_default (void)
{
  return (GscTrainerOptions){ .threads = 0 };
}

static gboolean
check_initial (const GscModel *initial, const GscModelConfig *expected, GError **error)
{
  const GscModelConfig *found = gsc_model_get_config (initial);

  if (gsc_model_config_equal (found, expected))
    return TRUE;
  g_set_error (
      error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_SHAPE,
      _ ("The weights to begin with are of another model (vocabulary %d, width %d, heads %d, "
         "depth %d) than the recipe's (vocabulary %d, width %d, heads %d, depth %d)."),
      found->vocab, found->width, found->heads, found->depth, expected->vocab, expected->width,
      expected->heads, expected->depth);
  return FALSE;
}

static void
init_weights (GscModel *model, const GscModel *initial, gint64 seed)
{
  if (initial != NULL)
    memcpy (gsc_model_get_weights (model), gsc_model_peek_weights (initial),
            gsc_model_get_layout (model)->n_floats * sizeof (float));
  else
    gsc_model_init_weights (model, (guint64) seed);
}

GscTrainer *
gsc_trainer_new (const GscConfig *config, const GscTrainerOptions *options, GError **error)
{
  GscTrainerOptions defaults = gsc_trainer_options_default ();
  g_autoptr (GscTrainer) trainer = NULL;
  GscModelConfig model;

  if (options == NULL)
    options = &defaults;
  if (!gsc_config_validate (config, error))
    return NULL;

  trainer = g_new0 (GscTrainer, 1);
  trainer->config = *config;
  trainer->recorded_step = -1;
  if (options->tasks != NULL)
    trainer->tasks = gsc_task_split_ref (options->tasks);
  else
    trainer->tasks
        = gsc_task_split_new (config->p, config->tasks, config->task_rule, config->seed, error);
  if (trainer->tasks == NULL)
    return NULL;
  if (options->inputs != NULL)
    trainer->inputs = gsc_input_split_ref (options->inputs);
  else
    trainer->inputs = gsc_input_split_new (config->p, config->alpha, config->seed, error);
  if (trainer->inputs == NULL)
    return NULL;
  gsc_config_get_model (config, &model);
  if (options->initial != NULL && !check_initial (options->initial, &model, error))
    return NULL;
  trainer->model = gsc_model_new (&model, error);
  if (trainer->model == NULL)
    return NULL;

  gsc_linear_init ();
  init_weights (trainer->model, options->initial, config->seed);
  trainer->team = gsc_team_new (options->threads);
  trainer->pass = gsc_pass_new (trainer->team, gsc_model_get_layout (trainer->model), config->shots,
                                config->batch);
  trainer->evaluation = gsc_evaluation_new (config, trainer->tasks, trainer->inputs);
  trainer->optimizer = gsc_optimizer_state_new (
      &trainer->config, gsc_model_get_layout (trainer->model), trainer->team);
  trainer->task_of_row = g_new (guint, config->batch);
  gsc_pass_update (trainer->pass, gsc_model_peek_weights (trainer->model));
  return g_steal_pointer (&trainer);
}

void
gsc_trainer_free (GscTrainer *trainer)
{
  if (trainer == NULL)
    return;
  g_clear_pointer (&trainer->optimizer, gsc_optimizer_state_free);
  g_clear_pointer (&trainer->evaluation, gsc_evaluation_free);
  g_clear_pointer (&trainer->pass, gsc_pass_free);
  g_clear_pointer (&trainer->team, gsc_team_free);
  g_clear_pointer (&trainer->model, gsc_model_free);
  g_clear_pointer (&trainer->inputs, gsc_input_split_unref);
  g_clear_pointer (&trainer->tasks, gsc_task_split_unref);
  g_free (trainer->task_of_row);
  g_free (trainer);
}

const GscConfig *
gsc_trainer_get_config (const GscTrainer *trainer)
{
  return &trainer->config;
}

guint
gsc_trainer_get_threads (const GscTrainer *trainer)
{
  return gsc_team_get_threads (trainer->team);
}

gint64
gsc_trainer_get_step (const GscTrainer *trainer)
{
  return trainer->step;
}

GscModel *
gsc_trainer_get_model (GscTrainer *trainer)
{
  return trainer->model;
}

const GscTaskSplit *
gsc_trainer_get_tasks (const GscTrainer *trainer)
{
  return trainer->tasks;
}

const GscInputSplit *
gsc_trainer_get_inputs (const GscTrainer *trainer)
{
  return trainer->inputs;
}

/* A GscPassDraw: any row of the batch in any thread, from (seed, step, row) alone. */
static void
draw_row (guint row, int32_t *tokens, gpointer data)
{
  GscTrainer *trainer = data;

  gsc_sequence_draw_row (trainer->config.seed, trainer->draw_step, row, trainer->config.p,
                         &trainer->tasks->tasks[trainer->task_of_row[row]], trainer->inputs->train,
                         trainer->inputs->n_train, trainer->config.shots, tokens);
}

/* Loss and gradient of the batch of update number @step at the present weights. */
static double
batch_gradient (GscTrainer *trainer, gint64 step, const float **gradient, double *squared_norm)
{
  trainer->draw_step = step;
  gsc_sequence_batch_tasks (trainer->config.seed, step, trainer->tasks->n_id, trainer->config.batch,
                            trainer->task_of_row);
  return gsc_pass_gradient (trainer->pass, gsc_model_peek_weights (trainer->model), draw_row,
                            trainer, gradient, squared_norm);
}

static double
learning_rate_share (const GscTrainer *trainer, gint64 step)
{
  const GscConfig *config = &trainer->config;

  return gsc_schedule_get (step, config->warmup_steps, config->steps, config->lr_start,
                           config->lr_floor);
}

gboolean
gsc_trainer_step (GscTrainer *trainer, GscStepInfo *info, GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 step = trainer->step + 1;
  double share = learning_rate_share (trainer, step);
  float *weights = gsc_model_get_weights (trainer->model);
  const float *gradient;
  double squared_norm;
  double loss = batch_gradient (trainer, step, &gradient, &squared_norm);

  if (!isfinite (loss) || !isfinite (squared_norm))
    {
      g_set_error (
          error, GSC_TRAINER_ERROR, GSC_TRAINER_ERROR_DIVERGED,
          isfinite (loss)
              ? _ ("Training diverged at step %" PRId64
                   ": the gradient is not a finite number. Try a smaller learning rate; the model "
                   "before this step is kept.")
              : _ ("Training diverged at step %" PRId64
                   ": the loss is not a finite number. Try a smaller learning rate; the model "
                   "before this step is kept."),
          step);
      return FALSE;
    }
  gsc_optimizer_state_update (trainer->optimizer, weights, gradient, step, share);
  gsc_pass_update (trainer->pass, weights);

  trainer->step = step;
  trainer->seconds += (g_get_monotonic_time () - begin) * 1e-6;
  trainer->latest = (GscStepInfo){
    .step = step,
    .loss = loss,
    .grad_norm = sqrt (squared_norm),
    .lr = trainer->config.lr * share,
    .seconds = trainer->seconds,
  };
  if (info != NULL)
    *info = trainer->latest;
  return TRUE;
}

static double
param_norm (const GscTrainer *trainer)
{
  const float *weights = gsc_model_peek_weights (trainer->model);
  double squares = 0.0;

  for (gsize i = 0; i < gsc_model_get_layout (trainer->model)->n_floats; i++)
    squares += (double) weights[i] * weights[i];
  return sqrt (squares);
}

GscRecord *
gsc_trainer_evaluate (GscTrainer *trainer)
{
  GscRecord *record = gsc_evaluation_run (trainer->evaluation, trainer->pass,
                                          gsc_model_peek_weights (trainer->model));
  double elapsed = trainer->seconds - trainer->record_seconds;
  gint64 steps = trainer->step - trainer->record_step;

  record->step = trainer->step;
  record->param_norm = param_norm (trainer);
  record->seconds = trainer->seconds;
  if (elapsed > 0.0)
    record->tokens_per_second
        = (double) steps * trainer->config.batch * gsc_config_get_time (&trainer->config) / elapsed;
  if (trainer->step == 0)
    {
      const float *gradient;
      double squared_norm;

      /* no update yet: what the first one will see */
      record->train_loss = batch_gradient (trainer, 1, &gradient, &squared_norm);
      record->grad_norm = sqrt (squared_norm);
      record->lr = trainer->config.lr * learning_rate_share (trainer, 1);
    }
  else
    {
      record->train_loss = trainer->latest.loss;
      record->grad_norm = trainer->latest.grad_norm;
      record->lr = trainer->latest.lr;
    }
  trainer->record_seconds = trainer->seconds;
  trainer->record_step = trainer->step;
  return record;
}

static gboolean
give_record (GscTrainer *trainer, GscTrainerCallback callback, gpointer data, GError **error)
{
  g_autoptr (GscRecord) record = gsc_trainer_evaluate (trainer);

  trainer->recorded_step = trainer->step;
  return callback (trainer, &trainer->latest, record, data, error);
}

/* @stops: what it was asked for. */
static gboolean
wants_record (const GscTrainer *trainer, int stops)
{
  return trainer->recorded_step != trainer->step
         && (trainer->step % trainer->config.record_every == 0
             || trainer->step == trainer->config.steps || (stops & STOP_WITH_RECORD) != 0);
}

gboolean
gsc_trainer_run (GscTrainer *trainer, GscTrainerCallback callback, gpointer data, GError **error)
{
  for (;;)
    {
      int stops = g_atomic_int_get (&trainer->stops);

      if (wants_record (trainer, stops))
        {
          if (!give_record (trainer, callback, data, error))
            return FALSE;
          continue; /* which may have asked to stop */
        }
      if (trainer->step >= trainer->config.steps || stops != 0)
        return TRUE;
      if (!gsc_trainer_step (trainer, NULL, error))
        return FALSE;
      if (!callback (trainer, &trainer->latest, NULL, data, error))
        return FALSE;
    }
}

void
gsc_trainer_stop (GscTrainer *trainer)
{
  g_atomic_int_or (&trainer->stops, STOP);
}

void
gsc_trainer_stop_with_record (GscTrainer *trainer)
{
  g_atomic_int_or (&trainer->stops, STOP | STOP_WITH_RECORD);
}

gboolean
gsc_trainer_is_stopping (const GscTrainer *trainer)
{
  return g_atomic_int_get (&trainer->stops) != 0;
}

gboolean
gsc_trainer_save_state (GscTrainer *trainer, const char *path, GError **error)
{
  GscTrainerState state = {
    .config = &trainer->config,
    .layout = gsc_model_get_layout (trainer->model),
    .weights = gsc_model_get_weights (trainer->model),
    .m = gsc_optimizer_state_get_m (trainer->optimizer),
    .v = gsc_optimizer_state_get_v (trainer->optimizer),
    .step = trainer->step,
    .recorded_step = trainer->recorded_step,
    .record_step = trainer->record_step,
    .loss = trainer->latest.loss,
    .grad_norm = trainer->latest.grad_norm,
    .lr = trainer->latest.lr,
    .seconds = trainer->seconds,
    .record_seconds = trainer->record_seconds,
  };

  return gsc_trainer_state_save (&state, path, error);
}

gboolean
gsc_trainer_load_state (GscTrainer *trainer, const char *path, GError **error)
{
  GscTrainerState state = {
    .config = &trainer->config,
    .layout = gsc_model_get_layout (trainer->model),
    .weights = gsc_model_get_weights (trainer->model),
    .m = gsc_optimizer_state_get_m (trainer->optimizer),
    .v = gsc_optimizer_state_get_v (trainer->optimizer),
  };

  if (!gsc_trainer_state_load (&state, path, error))
    return FALSE;
  trainer->step = state.step;
  trainer->recorded_step = state.recorded_step;
  trainer->record_step = state.record_step;
  trainer->seconds = state.seconds;
  trainer->record_seconds = state.record_seconds;
  trainer->latest = (GscStepInfo){
    .step = state.step,
    .loss = state.loss,
    .grad_norm = state.grad_norm,
    .lr = state.lr,
    .seconds = state.seconds,
  };
  gsc_pass_update (trainer->pass, gsc_model_peek_weights (trainer->model));
  return TRUE;
}
