/* gsc-watch.c - following long work, and stopping it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-watch.h"

gboolean
gsc_watch_step (const GscWatch *watch, double done, GError **error)
{
  if (watch == NULL)
    return TRUE;
  if (watch->progress != NULL)
    watch->progress (CLAMP (done, 0.0, 1.0), watch->data);
  return !g_cancellable_set_error_if_cancelled (watch->cancellable, error);
}
