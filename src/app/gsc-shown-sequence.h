/* gsc-shown-sequence.h - the sequence that a model is asked about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawn for a task from a run's training inputs by a seed, or typed by the user.
 */

#pragma once

#include "gsc-run-data.h"

G_BEGIN_DECLS

/* Begin with GSC_SHOWN_SEQUENCE_INIT, end with gsc_shown_sequence_clear(). */
typedef struct
{
  gint64 seed;
  gint32 *tokens; /* NULL: none yet */
  guint n_tokens;
  gboolean own; /* typed */
} GscShownSequence;

#define GSC_SHOWN_SEQUENCE_INIT                                                                    \
  {                                                                                                \
    .seed = 1                                                                                      \
  }

/* Forgets the tokens; the seed stays. */
void gsc_shown_sequence_clear (GscShownSequence *sequence);

/* Draws @data's config.shots examples of the task (a, b) of @data. */
void gsc_shown_sequence_draw (GscShownSequence *sequence, const GscRunData *data, int a, int b);

/* Takes the numbers of @text. FALSE and GSC_TASK_ERROR_FORMAT (the sequence stays as it was) for
 * what is no sequence, or a longer one than the run's model was trained on. */
gboolean gsc_shown_sequence_type (GscShownSequence *sequence,
                                  const GscRunData *data,
                                  const char *text,
                                  GError **error);

/* "4 21 5 | 2 6 19": (transfer full) */
char *gsc_shown_sequence_format (const GscShownSequence *sequence);

G_END_DECLS
