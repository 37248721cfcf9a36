/* gsc-snapshot.c - a model at a step, to be shared between threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-snapshot.h"

GscSnapshot *
gsc_snapshot_new (GscModel *model, gint64 step)
{
  GscSnapshot *snapshot = g_new0 (GscSnapshot, 1);

  g_atomic_ref_count_init (&snapshot->ref_count);
  snapshot->model = model;
  snapshot->step = step;
  return snapshot;
}

GscSnapshot *
gsc_snapshot_ref (GscSnapshot *snapshot)
{
  g_atomic_ref_count_inc (&snapshot->ref_count);
  return snapshot;
}

void
gsc_snapshot_unref (GscSnapshot *snapshot)
{
  if (snapshot == NULL || !g_atomic_ref_count_dec (&snapshot->ref_count))
    return;
  gsc_model_free (snapshot->model);
  g_free (snapshot);
}
