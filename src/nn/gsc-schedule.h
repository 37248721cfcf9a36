/* gsc-schedule.h - learning rate as a function of the step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>

/* Share of the peak learning rate at update number @step (1 to steps): linear from @start at step 1
 * to 1 at step
 * @warmup_steps, then half a cosine down to @floor at @steps (experiment.md, "Training"). Past
 * @steps it stays what it was there. */
double
gsc_schedule_get (int64_t step, int64_t warmup_steps, int64_t steps, double start, double floor);
