/* gsc-interrupt.h - Ctrl+C for work that can be cancelled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* While it lives, the first SIGINT, SIGTERM or SIGHUP cancels a GCancellable; a second one of the
 * same kind ends the process. One at a time in a process. */
typedef struct _GscInterrupt GscInterrupt;

/* Keeps a reference to @cancellable. */
GscInterrupt *gsc_interrupt_new (GCancellable *cancellable);
void gsc_interrupt_free (GscInterrupt *interrupt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscInterrupt, gsc_interrupt_free)

G_END_DECLS
