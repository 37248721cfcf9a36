/* gsc-phase-origin.h - what a new phase diagram can begin with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-sweep.h"

G_BEGIN_DECLS

typedef struct
{
  char *name; /* for people */
  GscConfig base;
  GscStopRule stop;
  GscSweep *sweep; /* NULL: a recipe without axes */
} GscPhaseOrigin;

void gsc_phase_origin_free (GscPhaseOrigin *origin);

/* The recipe in the controls, the sweeps that come with the program, the presets. (transfer full)
 * of GscPhaseOrigin */
GPtrArray *gsc_phase_origin_list (const GscConfig *recipe, const GscStopRule *stop);

G_END_DECLS
