/* gsc-scores.c - a model's scores on the four sets, measured anew
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-scores.h"

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-context.h"
#include "gsc-evaluation.h"
#include "gsc-format-error.h"

typedef struct
{
  const GscWatch *watch;
  GError *error;
} Following;

static gboolean
follow (double done, gpointer data)
{
  Following *following = data;

  return gsc_watch_step (following->watch, done, &following->error);
}

GscRecord *
gsc_scores_new (
    const GscSubject *subject, gint64 step, GscTeam *team, const GscWatch *watch, GError **error)
{
  g_autoptr (GscTeam) alone = team == NULL ? gsc_team_new (1) : NULL;
  g_autoptr (GscEvaluation) evaluation = NULL;
  g_autoptr (GscPass) pass = NULL;
  g_autoptr (GscRecord) record = NULL;
  Following following = { .watch = watch };
  const float *weights = gsc_model_peek_weights (subject->model);

  if (!gsc_context_check_prime (subject->model, subject->p, error)
      || !gsc_watch_step (watch, 0, error))
    return NULL;
  evaluation = gsc_evaluation_new (subject->config, subject->tasks, subject->inputs);
  pass = gsc_pass_new (team != NULL ? team : alone, gsc_model_get_layout (subject->model),
                       subject->config->shots, 0);
  gsc_pass_update (pass, weights);
  gsc_pass_set_ablation (pass, subject->ablation);
  record = gsc_evaluation_run_followed (evaluation, pass, weights, follow, &following);
  if (record == NULL)
    {
      g_propagate_error (error, following.error);
      return NULL;
    }
  for (guint i = 0; i < GSC_N_SETS; i++)
    if (!isfinite (record->sets[i].loss))
      {
        g_set_error_literal (
            error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE,
            _ ("The model's weights are not all finite numbers: it cannot be scored."));
        return NULL;
      }
  record->step = step;
  return g_steal_pointer (&record);
}
