/* gsc-duration.c - lengths of time for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-duration.h"

#include <glib/gi18n.h>

enum
{
  HOUR = 3600,
  DAY = 24 * HOUR,
};

/* From here on nobody asks for minutes. */
#define LONG (2 * DAY)

char *
gsc_duration_format (double seconds)
{
  gint64 whole = (gint64) (seconds + 0.5);
  int minutes = (int) (whole % HOUR / 60);

  if (whole >= LONG)
    return g_strdup_printf (ngettext ("%d day", "%d days", (gulong) (whole / DAY)),
                            (int) (whole / DAY));
  if (whole >= HOUR)
    return g_strdup_printf ("%d:%02d:%02d", (int) (whole / HOUR), minutes, (int) (whole % 60));
  return g_strdup_printf ("%d:%02d", minutes, (int) (whole % 60));
}
