/* sweep-fixture.h - small sweeps in a folder of their own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-sweep.h"

/* The members of "base" of a recipe that takes a moment, but for the number of steps: a record
 * every 10. */
#define SWEEP_FIXTURE_SHAPE                                                                        \
  "\"p\": 5, \"width\": 16, \"heads\": 2, \"depth\": 1, \"shots\": 4, \"batch\": 12, "             \
  "\"warmup_steps\": 2, \"record_every\": 10, \"eval_sequences\": 24"

/* The same with 60 steps. */
#define SWEEP_FIXTURE_BASE SWEEP_FIXTURE_SHAPE ", \"steps\": 60"

/* Must be right. (transfer full) */
GscSweep *sweep_fixture_parse (const char *text);

/* Four runs: tasks 8 and 12, seeds 1 and 2. (transfer full) */
GscSweep *sweep_fixture_new (void);
