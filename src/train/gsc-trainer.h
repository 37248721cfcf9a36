/* gsc-trainer.h - the training loop, synchronous and deterministic
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A trainer owns the model, the optimiser's state, the tasks, the inputs and its own threads. It
 * knows no main loop and no files but the state it is asked to save. The same config gives the same
 * bits on the same machine for any number of threads, and after gsc_trainer_save_state() and
 * gsc_trainer_load_state() at any step.
 */

#pragma once

#include "gsc-config.h"
#include "gsc-input-split.h"
#include "gsc-model.h"
#include "gsc-record.h"
#include "gsc-task-split.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_TRAINER_ERROR_DIVERGED, /* NaN or infinity in loss or gradient */
  GSC_TRAINER_ERROR_STATE,    /* a saved state does not fit */
} GscTrainerError;

#define GSC_TRAINER_ERROR (gsc_trainer_error_quark ())
GQuark gsc_trainer_error_quark (void);

typedef struct _GscTrainer GscTrainer;

typedef struct
{
  guint threads; /* 0: one per processor */
  GscTaskSplit
      *tasks; /* NULL: drawn from the config's seed. Borrowed during gsc_trainer_new(), copied */
  GscInputSplit *inputs;   /* NULL: drawn from the config's seed. Likewise */
  const GscModel *initial; /* weights to begin with, of the config's shape (else
                              GSC_MODEL_ERROR_SHAPE); NULL: drawn from the config's seed. Borrowed
                              during gsc_trainer_new(), copied */
} GscTrainerOptions;

/* The defaults: all processors, splits and weights drawn from the seed. */
GscTrainerOptions gsc_trainer_options_default (void);

/* What happened in one update. */
typedef struct
{
  gint64 step; /* updates done, this one included */
  double loss; /* of the batch, before the update */
  double grad_norm;
  double lr;
  double seconds; /* training time so far, evaluation left out */
} GscStepInfo;

/* Called by gsc_trainer_run() in its own thread: after each update with @record NULL, and at each
 * record (step 0, every record_every steps and the last) with the record, which is the callee's to
 * read only during the call. FALSE with @error set ends the run with that error. */
typedef gboolean (*GscTrainerCallback) (GscTrainer *trainer,
                                        const GscStepInfo *info,
                                        const GscRecord *record,
                                        gpointer data,
                                        GError **error);

/* @config is validated and copied. @options may be NULL. */
GscTrainer *
gsc_trainer_new (const GscConfig *config, const GscTrainerOptions *options, GError **error);
void gsc_trainer_free (GscTrainer *trainer);

const GscConfig *gsc_trainer_get_config (const GscTrainer *trainer);
guint gsc_trainer_get_threads (const GscTrainer *trainer);
gint64 gsc_trainer_get_step (const GscTrainer *trainer); /* updates done */
/* Borrowed; weights change with each step, so look only between steps or in the callback. */
GscModel *gsc_trainer_get_model (GscTrainer *trainer);
const GscTaskSplit *gsc_trainer_get_tasks (const GscTrainer *trainer);
const GscInputSplit *gsc_trainer_get_inputs (const GscTrainer *trainer);

/* One update. @info may be NULL. On GSC_TRAINER_ERROR_DIVERGED the weights are those before the
 * step. */
gboolean gsc_trainer_step (GscTrainer *trainer, GscStepInfo *info, GError **error);

/* The four sets at the present weights. (transfer full) */
GscRecord *gsc_trainer_evaluate (GscTrainer *trainer);

/* Steps and records until config.steps, gsc_trainer_stop() or an error. TRUE when it ended by
 * itself or was asked to stop. */
gboolean
gsc_trainer_run (GscTrainer *trainer, GscTrainerCallback callback, gpointer data, GError **error);

/* Asks gsc_trainer_run() to return after the present step. Any thread, or a signal handler. */
void gsc_trainer_stop (GscTrainer *trainer);
gboolean gsc_trainer_is_stopping (const GscTrainer *trainer);

/* The same, with a record of the step it stops at, if that has none. A run that goes on later keeps
 * that record and has the same bits and the same other records as one that never stopped. */
void gsc_trainer_stop_with_record (GscTrainer *trainer);

/* Weights, optimiser moments, step and clocks, written atomically as one .safetensors file. */
gboolean gsc_trainer_save_state (GscTrainer *trainer, const char *path, GError **error);
gboolean gsc_trainer_load_state (GscTrainer *trainer, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscTrainer, gsc_trainer_free)

G_END_DECLS
