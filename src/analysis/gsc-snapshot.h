/* gsc-snapshot.h - a model at a step, to be shared between threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-model.h"

G_BEGIN_DECLS

/* Immutable once made; reference-counted (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  gint64 step;
  GscModel *model; /* owned; not to be written */
} GscSnapshot;

/* Takes @model over. */
GscSnapshot *gsc_snapshot_new (GscModel *model, gint64 step);
GscSnapshot *gsc_snapshot_ref (GscSnapshot *snapshot);
void gsc_snapshot_unref (GscSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscSnapshot, gsc_snapshot_unref)

G_END_DECLS
