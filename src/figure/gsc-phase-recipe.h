/* gsc-phase-recipe.h - the paper's figures of sweeps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The counterpart of gsc-figure-recipe.h: figures 1b, 3a and 4.
 */

#pragma once

#include <gio/gio.h>

#include "gsc-phase-figure.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_PHASE_RECIPE_1B, /* the phases */
  GSC_PHASE_RECIPE_3A, /* the phases at each depth */
  GSC_PHASE_RECIPE_4,  /* the four sets, early-stopped and final */
  GSC_PHASE_N_RECIPES,
} GscPhaseRecipe;

/* "1b", "3a", "4": for command lines. Static. */
const char *gsc_phase_recipe_get_name (GscPhaseRecipe recipe);

/* For people; marked for translation. Static. */
const char *gsc_phase_recipe_get_title (GscPhaseRecipe recipe);

/* The recipe of that name, or -1. */
int gsc_phase_recipe_find (const char *name);

/* The figure of @table, which is of @sweep with @options, looked at as in @view (1b heeds its
 * moment; 3a, too, for each depth). NULL and G_IO_ERROR_NOT_SUPPORTED, with a sentence that says
 * what to do, where the sweep lacks an axis that the figure needs. */
GscPhaseFigure *gsc_phase_recipe_make (GscPhaseRecipe recipe,
                                       const GscSweep *sweep,
                                       const GscSweepTable *table,
                                       const GscSweepTableOptions *options,
                                       const GscPhaseView *view,
                                       GError **error);

G_END_DECLS
