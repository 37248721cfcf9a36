/* gsc-input-split.c - which pairs (x, y) are training inputs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-input-split.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gsc-rng.h"
#include "gsc-zp.h"

static guint
count_train (int p, double alpha)
{
  return (guint) lround (alpha * (p * p));
}

gboolean
gsc_input_split_check (int p, double alpha, GError **error)
{
  guint n_all;
  guint n_train;

  if (!gsc_zp_check_prime (p, error))
    return FALSE;
  if (!(alpha > 0 && alpha < 1)) /* also catches NaN */
    {
      g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
                   _ ("alpha, the share of training inputs, must be between 0 and 1, not %g."),
                   alpha);
      return FALSE;
    }
  n_all = (guint) (p * p);
  n_train = count_train (p, alpha);
  if (n_train > 0 && n_train < n_all)
    return TRUE;
  g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
               n_train == 0 ? _ ("alpha = %g leaves no training inputs among the %u pairs at p = "
                                 "%d; choose a larger one.")
                            : _ ("alpha = %g leaves no test inputs among the %u pairs at p = %d; "
                                 "choose a smaller one."),
               alpha, n_all, p);
  return FALSE;
}

GscInputSplit *
gsc_input_split_new (int p, double alpha, guint64 seed, GError **error)
{
  g_autofree guint32 *pairs = NULL;
  g_autofree guint8 *is_train = NULL;
  guint n_all, n_train;
  GscRng rng;

  if (!gsc_input_split_check (p, alpha, error))
    return NULL;

  n_all = (guint) (p * p);
  n_train = count_train (p, alpha);
  pairs = g_new (guint32, n_all);
  for (guint i = 0; i < n_all; i++)
    pairs[i] = i;
  gsc_rng_init (&rng, seed, GSC_RNG_INPUTS, 0, 0);
  gsc_rng_shuffle (&rng, pairs, n_all);

  is_train = g_new0 (guint8, n_all);
  for (guint i = 0; i < n_train; i++)
    is_train[pairs[i]] = 1;
  return gsc_input_split_new_from_roles (p, is_train, error);
}

GscInputSplit *
gsc_input_split_new_from_roles (int p, const guint8 *is_train, GError **error)
{
  GscInputSplit *split;
  guint n_all, n_train = 0;

  if (!gsc_zp_check_prime (p, error))
    return NULL;
  n_all = (guint) (p * p);
  for (guint i = 0; i < n_all; i++)
    n_train += is_train[i] != 0;
  if (n_train == 0 || n_train == n_all)
    {
      g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
                   _ ("All %u pairs have the same role; there must be training and test inputs."),
                   n_all);
      return NULL;
    }

  split = g_atomic_rc_box_new0 (GscInputSplit);
  split->p = p;
  split->train = g_new (guint16, n_train);
  split->test = g_new (guint16, n_all - n_train);
  split->is_train = g_new0 (guint8, n_all);
  for (guint i = 0; i < n_all; i++)
    {
      split->is_train[i] = is_train[i] != 0;
      if (is_train[i])
        split->train[split->n_train++] = (guint16) i;
      else
        split->test[split->n_test++] = (guint16) i;
    }
  return split;
}

static void
input_split_clear (gpointer data)
{
  GscInputSplit *split = data;

  g_free (split->train);
  g_free (split->test);
  g_free (split->is_train);
}

GscInputSplit *
gsc_input_split_ref (GscInputSplit *split)
{
  return g_atomic_rc_box_acquire (split);
}

void
gsc_input_split_unref (GscInputSplit *split)
{
  g_atomic_rc_box_release_full (split, input_split_clear);
}

gboolean
gsc_input_split_is_train (const GscInputSplit *split, int x, int y)
{
  return split->is_train[x * split->p + y];
}
