/* gsc-evaluation.h - accuracy and loss on the four sets
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-config.h"
#include "gsc-input-split.h"
#include "gsc-pass.h"
#include "gsc-record.h"
#include "gsc-task-split.h"

G_BEGIN_DECLS

/* The sequences every record of a run is measured on: drawn once from the config's seed, so that
 * curves compare. Each set has config.eval_sequences of them, shared evenly among its tasks
 * (pre-training tasks, or the first 256 o.o.d. tasks). Immutable. */
typedef struct _GscEvaluation GscEvaluation;

GscEvaluation *gsc_evaluation_new (const GscConfig *config,
                                   const GscTaskSplit *tasks,
                                   const GscInputSplit *inputs);
void gsc_evaluation_free (GscEvaluation *evaluation);

/* A new record with the sets' scores (everything else zero), for the model last given to
 * gsc_pass_update().
 * @pass must be for the config's shots. */
GscRecord *gsc_evaluation_run (GscEvaluation *evaluation, GscPass *pass, const float *weights);

/* The same with @step (nullable) called after every few sequences, in this thread, with the share
 * of the work that is done (0..1). NULL as soon as it returns FALSE. */
typedef gboolean (*GscEvaluationStep) (double done, gpointer data);
GscRecord *gsc_evaluation_run_followed (GscEvaluation *evaluation,
                                        GscPass *pass,
                                        const float *weights,
                                        GscEvaluationStep step,
                                        gpointer data);

/* The sequences of a set: [*n][3 shots]. Borrowed. */
const int32_t *gsc_evaluation_get_rows (const GscEvaluation *evaluation, GscSet set, guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscEvaluation, gsc_evaluation_free)

G_END_DECLS
