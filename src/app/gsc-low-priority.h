/* gsc-low-priority.h - threads that let others go first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes the calling thread, and those it starts from now on, nicer by @by (1 to 19) than it is,
 * where the system has a priority for each thread. There is no way back. */
void gsc_low_priority_enter (int by);

G_END_DECLS
