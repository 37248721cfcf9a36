/* gsc-sequence.c - sequences of examples x y z of one task
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sequence.h"

#include <glib/gi18n.h>

#include "gsc-zp.h"

/* The row number of the stream that assigns tasks to rows: no row of a batch has it. */
#define ASSIGNMENT_ROW G_MAXUINT32

void
gsc_sequence_draw (GscRng *rng,
                   int p,
                   const GscTask *task,
                   const guint16 *pairs,
                   guint n_pairs,
                   int shots,
                   gint32 *tokens)
{
  for (int i = 0; i < shots; i++)
    {
      int pair = pairs[gsc_rng_below (rng, n_pairs)];
      int x = pair / p;
      int y = pair % p;

      tokens[3 * i] = x;
      tokens[3 * i + 1] = y;
      tokens[3 * i + 2] = gsc_task_answer (task, p, x, y);
    }
}

void
gsc_sequence_batch_tasks (
    guint64 seed, guint64 step, guint n_tasks, guint batch, guint *task_of_row)
{
  guint each = batch / n_tasks;
  guint extra = batch % n_tasks;
  guint n_rows = 0;
  GscRng rng;

  gsc_rng_init (&rng, seed, GSC_RNG_BATCH, step, ASSIGNMENT_ROW);
  for (guint task = 0; task < n_tasks; task++)
    {
      guint rows = each;

      /* Selection sampling: going through the tasks once, each is taken with the chance that
       * leaves every subset of the wanted size equally likely. It needs no list of tasks. */
      if (extra > 0 && gsc_rng_below (&rng, n_tasks - task) < extra)
        {
          rows++;
          extra--;
        }
      while (rows-- > 0)
        task_of_row[n_rows++] = task;
    }
  gsc_rng_shuffle (&rng, task_of_row, batch);
}

void
gsc_sequence_draw_row (guint64 seed,
                       guint64 step,
                       guint row,
                       int p,
                       const GscTask *task,
                       const guint16 *pairs,
                       guint n_pairs,
                       int shots,
                       gint32 *tokens)
{
  GscRng rng;

  gsc_rng_init (&rng, seed, GSC_RNG_BATCH, step, row);
  gsc_sequence_draw (&rng, p, task, pairs, n_pairs, shots, tokens);
}

/* The number @word spells, or -1 if it spells none in 0..p-1. */
static int
parse_token (const char *word, int p)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (word, 10, 0, (guint64) (p - 1), &value, NULL))
    return -1;
  return (int) value;
}

gboolean
gsc_sequence_parse (const char *text, int p, gint32 **tokens, guint *n_tokens, GError **error)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (gint32));
  g_auto (GStrv) words = g_strsplit_set (text, " \t\r\n\v\f,;|", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      gint32 value;

      if (words[i][0] == '\0') /* between two separators */
        continue;
      value = parse_token (words[i], p);
      if (value < 0)
        {
          g_autofree char *valid = g_utf8_make_valid (words[i], -1);
          g_autofree char *shown = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), 40));

          g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                       _ ("“%s” is not a whole number from 0 to %d (number %u of the sequence)."),
                       shown, p - 1, values->len + 1);
          return FALSE;
        }
      g_array_append_val (values, value);
    }
  if (values->len == 0)
    {
      g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                   _ ("The sequence is empty; give at least the two numbers x y."));
      return FALSE;
    }
  *n_tokens = values->len;
  *tokens = (gint32 *) g_array_free (g_steal_pointer (&values), FALSE);
  return TRUE;
}

gboolean
gsc_sequence_check_length (guint n_tokens, GError **error)
{
  if (n_tokens > 0 && n_tokens % 3 != 1)
    return TRUE;
  if (n_tokens == 0)
    g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                 _ ("The sequence is empty; give at least the two numbers x y."));
  else
    g_set_error (
        error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
        _ ("The sequence of %u numbers ends after an x; it must end after a y, whose answer "
           "is asked for, or hold complete examples x y z only."),
        n_tokens);
  return FALSE;
}

guint
gsc_sequence_count_context (guint n_tokens, gboolean typed)
{
  guint n_examples = n_tokens / 3;

  return 3 * (typed || n_examples <= 1 ? n_examples : n_examples - 1);
}
