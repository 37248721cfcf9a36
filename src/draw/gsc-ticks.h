/* gsc-ticks.h - where an axis has its ticks, and what they say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Room for any tick's label, its ending zero byte included. */
#define GSC_TICK_LABEL_SIZE 48

typedef struct
{
  double value;
  gboolean minor;                  /* no label */
  char label[GSC_TICK_LABEL_SIZE]; /* UTF-8; empty for a minor tick */
} GscTick;

/* Pure functions, safe in any thread. (transfer full) array of GscTick, ascending, all within
 * min..max, at most @max_labels of them (at least 1) with a label. Limits that are not finite or
 * not in order give no tick. */

/* Multiples of 1, 2 or 5 times a power of ten (2.5 where else there would be too few), as many as
 * allowed. @whole: whole numbers only. */
GArray *gsc_ticks_linear (double min, double max, guint max_labels, gboolean whole);

/* Powers of ten with labels (every second, third ... where there are too many), 2 to 9 times them
 * as minor ticks. In less than two decades 1, 2 and 5 times have labels, if there is room for all
 * of them; where there is no power of ten the ticks are linear. Both limits above 0. */
GArray *gsc_ticks_log (double min, double max, guint max_labels);

/* From the largest 1, 2 or 5 times a power of ten downwards, and 0: evenly spread where places go
 * by the square root. No minor ticks. Limits from 0 up. */
GArray *gsc_ticks_square_root (double min, double max, guint max_labels);

/* Writes @value rounded to a multiple of 10^@exponent into @label and returns it: the locale's
 * decimal point, thousands set apart by thin spaces, a true minus sign; "3 × 10⁶" if @scientific.
 * For eyes, not for files that programs read. */
const char *
gsc_ticks_format (double value, int exponent, gboolean scientific, char label[GSC_TICK_LABEL_SIZE]);

G_END_DECLS
