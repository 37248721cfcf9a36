/* gsc-speed.c - steps a second over the last moments, and the time left
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-speed.h"

#include <string.h>

enum
{
  WINDOW = 3 * G_USEC_PER_SEC,
  PAUSE = G_USEC_PER_SEC / 10, /* between samples that are kept, but for the newest */
  LEAST = G_USEC_PER_SEC / 5,  /* a shorter time says nothing */
};

/* A window and its newest and oldest sample must fit. */
G_STATIC_ASSERT (GSC_SPEED_SAMPLES > WINDOW / PAUSE + 3);

static void
drop_oldest (GscSpeed *speed)
{
  speed->n--;
  memmove (speed->times, speed->times + 1, speed->n * sizeof *speed->times);
  memmove (speed->steps, speed->steps + 1, speed->n * sizeof *speed->steps);
}

void
gsc_speed_add (GscSpeed *speed, gint64 time, gint64 step)
{
  /* The newest sample moves on until it is far enough from the one before. */
  if (speed->n >= 2 && speed->times[speed->n - 1] - speed->times[speed->n - 2] < PAUSE)
    speed->n--;
  speed->times[speed->n] = time;
  speed->steps[speed->n] = step;
  speed->n++;
  while (speed->n > 2 && time - speed->times[1] >= WINDOW)
    drop_oldest (speed);
  if (speed->n == GSC_SPEED_SAMPLES)
    drop_oldest (speed);
}

double
gsc_speed_get (const GscSpeed *speed)
{
  gint64 time = speed->n > 0 ? speed->times[speed->n - 1] - speed->times[0] : 0;

  if (time < LEAST)
    return 0;
  return (double) (speed->steps[speed->n - 1] - speed->steps[0]) * G_USEC_PER_SEC / (double) time;
}

double
gsc_speed_get_seconds_left (const GscSpeed *speed, gint64 steps)
{
  double rate = gsc_speed_get (speed);

  return rate > 0 ? (double) (steps - speed->steps[speed->n - 1]) / rate : -1;
}
