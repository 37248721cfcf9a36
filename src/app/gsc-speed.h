/* gsc-speed.h - steps a second over the last moments, and the time left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

enum
{
  GSC_SPEED_SAMPLES = 40,
};

/* A sliding window over wall time, so that evaluation and saving count, too. A plain value; all
 * zero: nothing known yet. Times are in microseconds of any clock that never goes back. */
typedef struct
{
  gint64 times[GSC_SPEED_SAMPLES];
  gint64 steps[GSC_SPEED_SAMPLES];
  guint n;
} GscSpeed;

/* @step steps are done at @time. Cheap enough for every step. */
void gsc_speed_add (GscSpeed *speed, gint64 time, gint64 step);

/* Steps a second over about the last three seconds, or over the last step where that took longer; 0
 * until known. */
double gsc_speed_get (const GscSpeed *speed);

/* Seconds until @steps steps are done, by that speed; negative: not known. */
double gsc_speed_get_seconds_left (const GscSpeed *speed, gint64 steps);

G_END_DECLS
