/* gsc-input-split.h - which pairs (x, y) are training inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All p^2 pairs (x, y), written as the number p x + y, in two sets: the same for every task
 * (experiment.md, "Tasks and data"). Immutable once made, so any thread may read it;
 * reference-counted (atomically). */
typedef struct
{
  int p;
  guint n_train;
  guint n_test;     /* n_train + n_test = p^2 */
  guint16 *train;   /* n_train pairs, ascending */
  guint16 *test;    /* n_test pairs, ascending */
  guint8 *is_train; /* p^2: 1 for a training input, 0 for a test input */
} GscInputSplit;

/* FALSE and @error (GSC_TASK_ERROR_RANGE) unless @p is a prime from 3 to 97, 0 < @alpha < 1, and
 * both sets would hold at least one pair. */
gboolean gsc_input_split_check (int p, double alpha, GError **error);

/* Chooses round (alpha p^2) pairs at random as training inputs; the same arguments give the same
 * split on every machine. Returns a new reference, or NULL and @error as
 * gsc_input_split_check(). */
GscInputSplit *gsc_input_split_new (int p, double alpha, guint64 seed, GError **error);

/* The split in which pair i is a training input where @is_train[i] is not 0 (p^2 entries): for
 * reading one that was saved. NULL and GSC_TASK_ERROR_RANGE unless there are pairs of both roles.
 */
GscInputSplit *gsc_input_split_new_from_roles (int p, const guint8 *is_train, GError **error);

GscInputSplit *gsc_input_split_ref (GscInputSplit *split);
void gsc_input_split_unref (GscInputSplit *split);

/* Whether (x, y) is a training input; x and y in 0..p-1. */
gboolean gsc_input_split_is_train (const GscInputSplit *split, int x, int y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscInputSplit, gsc_input_split_unref)

G_END_DECLS
