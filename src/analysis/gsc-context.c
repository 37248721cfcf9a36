/* gsc-context.c - whether a model can be asked about numbers modulo p
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-context.h"

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
               "The model knows %d numbers, fewer than p = %d.", vocab, p);
  return FALSE;
}

gboolean
gsc_context_check_tokens (const gint32 *tokens, guint n_tokens, int p, GError **error)
{
  if (n_tokens > GSC_MAX_TIME)
    {
      g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                   "The sequence has %u numbers; a model can read at most %d.", n_tokens,
                   GSC_MAX_TIME);
      return FALSE;
    }
  for (guint i = 0; i < n_tokens; i++)
    if (tokens[i] < 0 || tokens[i] >= p)
      {
        g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                     "Number %u of the sequence, %d, is not a whole number from 0 to %d.", i + 1,
                     tokens[i], p - 1);
        return FALSE;
      }
  return TRUE;
}
