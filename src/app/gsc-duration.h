/* gsc-duration.h - lengths of time for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "0:07", "2:21", "3:05:10", "4 days": @seconds is not negative. (transfer full) */
char *gsc_duration_format (double seconds);

G_END_DECLS
