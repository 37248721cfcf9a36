/* gsc-context.h - whether a model can be asked about numbers modulo p
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-model.h"

G_BEGIN_DECLS

/* FALSE and @error (GSC_TASK_ERROR_RANGE) unless @p is a prime that an experiment may have and the
 * model knows the numbers 0..p-1. */
gboolean gsc_context_check_prime (const GscModel *model, int p, GError **error);

/* FALSE and @error (GSC_TASK_ERROR_FORMAT) unless all of tokens[0 .. n_tokens) are in 0..p-1 and no
 * model reads more than it can of them: GSC_MAX_TIME. */
gboolean gsc_context_check_tokens (const gint32 *tokens, guint n_tokens, int p, GError **error);

/* Sets @error (GSC_MODEL_ERROR_VALUE): the model's numbers are no longer finite. */
void gsc_context_set_diverged (GError **error);

G_END_DECLS
