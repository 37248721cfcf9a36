/* gsc-experiments.h - the presets as cards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-recipe.h"

G_BEGIN_DECLS

#define GSC_TYPE_EXPERIMENTS (gsc_experiments_get_type ())

/* One row per preset: its title and the time it takes on this machine. Activating one sets the
 * recipe to it; the one that the recipe is of also shows its question and what to look at. */
G_DECLARE_FINAL_TYPE (GscExperiments, gsc_experiments, GSC, EXPERIMENTS, GtkBox)

GtkWidget *gsc_experiments_new (GscRecipe *recipe);

/* The row of a preset. Borrowed; NULL if there is none. */
GtkListBoxRow *gsc_experiments_get_row (GscExperiments *experiments, const char *preset);

G_END_DECLS
