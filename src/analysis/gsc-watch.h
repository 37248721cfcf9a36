/* gsc-watch.h - following long work, and stopping it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A plain value; everything is borrowed. Analyses take a pointer to one, NULL where nobody follows.
 */
typedef struct
{
  GCancellable *cancellable;                     /* or NULL */
  void (*progress) (double done, gpointer data); /* done: 0..1. In the analysis' thread; or NULL */
  gpointer data;
} GscWatch;

/* Tells that the share @done of the work is done. FALSE and G_IO_ERROR_CANCELLED: stop now. */
gboolean gsc_watch_step (const GscWatch *watch, double done, GError **error);

G_END_DECLS
