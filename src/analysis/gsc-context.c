/* gsc-context.c - whether a model can be asked about numbers modulo p
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-context.h"

#include <glib/gi18n.h>

#include "gsc-ops.h"
#include "gsc-zp.h"

gboolean
gsc_context_check_prime (const GscModel *model, int p, GError **error)
{
  int vocab = gsc_model_get_config (model)->vocab;

  if (!gsc_zp_check_prime (p, error))
    return FALSE;
  if (p <= vocab)
    return TRUE;
  g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
               ngettext ("The model knows %d number, fewer than p = %d.",
                         "The model knows %d numbers, fewer than p = %d.", (gulong) vocab),
               vocab, p);
  return FALSE;
}

gboolean
gsc_context_check_tokens (const gint32 *tokens, guint n_tokens, int p, GError **error)
{
  if (n_tokens > GSC_MAX_TIME)
    {
      g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                   _ ("The sequence has %u numbers; a model can read at most %d."), n_tokens,
                   GSC_MAX_TIME);
      return FALSE;
    }
  for (guint i = 0; i < n_tokens; i++)
    if (tokens[i] < 0 || tokens[i] >= p)
      {
        g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                     _ ("Number %u of the sequence, %d, is not a whole number from 0 to %d."),
                     i + 1, tokens[i], p - 1);
        return FALSE;
      }
  return TRUE;
}

void
gsc_context_set_diverged (GError **error)
{
  g_set_error_literal (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE,
                       _ ("The model has diverged: what it computes is not a number, so there is "
                          "nothing to show."));
}
