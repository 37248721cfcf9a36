/* gsc-sequence.h - sequences of examples x y z of one task
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-rng.h"
#include "gsc-task.h"

G_BEGIN_DECLS

/* A sequence is 3 * shots tokens x1 y1 z1 x2 y2 z2 ..., all of one task and of one set of inputs
 * (experiment.md, "Tasks and data"). The functions that draw never allocate. */

/* Writes @shots examples of @task to tokens[0 .. 3 * shots). Each pair is drawn uniformly with
 * replacement from pairs[0 .. n_pairs) (numbers p x + y, see gsc-input-split.h), n_pairs >= 1. */
void gsc_sequence_draw (GscRng *rng,
                        int p,
                        const GscTask *task,
                        const guint16 *pairs,
                        guint n_pairs,
                        int shots,
                        gint32 *tokens);

/* Chooses the task, 0..n_tasks-1, of each row of the batch of @step: task_of_row[0 .. batch).
 * Every task gets the same number of rows, or one more where n_tasks does not divide batch; which
 * tasks get one more is random, and so is the order. n_tasks >= 1. Takes O(batch + n_tasks). */
void gsc_sequence_batch_tasks (
    guint64 seed, guint64 step, guint n_tasks, guint batch, guint *task_of_row);

/* Draws row @row of the training batch of @step, as gsc_sequence_draw(). It depends on nothing but
 * its arguments, so that any thread may draw any row, in any order. row < 2^32 - 1. */
void gsc_sequence_draw_row (guint64 seed,
                            guint64 step,
                            guint row,
                            int p,
                            const GscTask *task,
                            const guint16 *pairs,
                            guint n_pairs,
                            int shots,
                            gint32 *tokens);

/* Reads numbers typed by a user, "4 21 5 2 6 19 3 8": whole numbers in 0..p-1 with white space,
 * commas, semicolons or | between them. On success *tokens is a new array (free with g_free()) of
 * *n_tokens >= 1 numbers. FALSE and @error (GSC_TASK_ERROR_FORMAT), which names what was not
 * understood, if something is no number or outside 0..p-1, or if there is none. */
gboolean
gsc_sequence_parse (const char *text, int p, gint32 **tokens, guint *n_tokens, GError **error);

/* FALSE and @error (GSC_TASK_ERROR_FORMAT) unless a model can answer a sequence of @n_tokens: it
 * ends after a y, whose answer is asked for, or it holds complete examples only. */
gboolean gsc_sequence_check_length (guint n_tokens, GError **error);

/* Of a sequence of @n_tokens, how many are the context of a k-shot grid, which asks about pairs
 * after it (paper section 5): the complete examples of a typed one; of a drawn one, which is as
 * long as those of the training, all but the last example, so that no pair is asked about at a
 * position that the model was not trained on. One example is always left. */
guint gsc_sequence_count_context (guint n_tokens, gboolean typed);

G_END_DECLS
