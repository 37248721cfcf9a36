/* gsc-shown-sequence.c - the sequence that a model is asked about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-shown-sequence.h"

#include <glib/gi18n.h>

#include "gsc-rng.h"
#include "gsc-sequence.h"
#include "gsc-zp.h"

void
gsc_shown_sequence_clear (GscShownSequence *sequence)
{
  g_clear_pointer (&sequence->tokens, g_free);
  sequence->n_tokens = 0;
  sequence->own = FALSE;
}

void
gsc_shown_sequence_draw (GscShownSequence *sequence, const GscRunData *data, int a, int b)
{
  const GscTask *task = &data->tasks->tasks[gsc_task_split_lookup (data->tasks, a, b)];
  GscRng rng;

  gsc_shown_sequence_clear (sequence);
  sequence->n_tokens = 3 * (guint) data->config.shots;
  sequence->tokens = g_new (gint32, sequence->n_tokens);
  gsc_rng_init (&rng, (guint64) sequence->seed, GSC_RNG_SHOW, 0, 0);
  gsc_sequence_draw (&rng, data->config.p, task, data->inputs->train, data->inputs->n_train,
                     data->config.shots, sequence->tokens);
}

gboolean
gsc_shown_sequence_type (GscShownSequence *sequence,
                         const GscRunData *data,
                         const char *text,
                         GError **error)
{
  g_autofree gint32 *tokens = NULL;
  guint most = 3 * (guint) data->config.shots;
  guint n_tokens;

  if (!gsc_sequence_parse (text, data->config.p, &tokens, &n_tokens, error)
      || !gsc_sequence_check_length (n_tokens, error))
    return FALSE;
  if (n_tokens > most)
    {
      g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                   _ ("The sequence has %u numbers; this model was trained on at most %u (%d "
                      "examples of x, y and z)."),
                   n_tokens, most, data->config.shots);
      return FALSE;
    }
  g_free (sequence->tokens);
  sequence->tokens = g_steal_pointer (&tokens);
  sequence->n_tokens = n_tokens;
  sequence->own = TRUE;
  return TRUE;
}

char *
gsc_shown_sequence_format (const GscShownSequence *sequence)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; sequence->tokens != NULL && i < sequence->n_tokens; i++)
    {
      if (i > 0)
        g_string_append (text, i % 3 == 0 ? " | " : " ");
      g_string_append_printf (text, "%d", sequence->tokens[i]);
    }
  return g_string_free (text, FALSE);
}
