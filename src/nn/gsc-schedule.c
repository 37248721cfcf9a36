/* gsc-schedule.c - learning rate as a function of the step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-schedule.h"

#include <math.h>

double
gsc_schedule_get (int64_t step, int64_t warmup_steps, int64_t steps, double start, double floor)
{
  double progress;

  if (step < warmup_steps)
    return start + (1.0 - start) * (double) (step - 1) / (double) (warmup_steps - 1);
  if (step >= steps)
    return steps > warmup_steps ? floor : 1.0;
  progress = (double) (step - warmup_steps) / (double) (steps - warmup_steps);
  return floor + (1.0 - floor) * 0.5 * (1.0 + cos (M_PI * progress));
}
