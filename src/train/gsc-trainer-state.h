/* gsc-trainer-state.h - everything a trainer needs to go on, as one file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-config.h"
#include "gsc-param-layout.h"

G_BEGIN_DECLS

/* What is saved. The blocks are the trainer's own; loading writes into them. The random streams
 * need no state: they are functions of the seed and the step. */
typedef struct
{
  const GscConfig *config; /* a state fits only runs of the same config, but for steps */
  const GscParamLayout *layout;
  float *weights;
  float *m;
  float *v;
  gint64 step;
  gint64 recorded_step; /* latest step with a record, or -1 */
  gint64 record_step;
  double loss;
  double grad_norm;
  double lr;
  double seconds;
  double record_seconds;
} GscTrainerState;

/* Writes @state atomically. */
gboolean gsc_trainer_state_save (const GscTrainerState *state, const char *path, GError **error);

/* Fills @state, whose config, layout and blocks are set. On error (GSC_TRAINER_ERROR_STATE, or the
 * file's own) nothing is changed. */
gboolean gsc_trainer_state_load (GscTrainerState *state, const char *path, GError **error);

G_END_DECLS
