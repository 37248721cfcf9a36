/* gsc-figure-recipe.h - the figures of the paper, put together from this program's
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of one run: figures 1b, 3a and 4 are of sweeps.
 */

#pragma once

#include "gsc-figure-sheet.h"
#include "gsc-figure-studio.h"

G_BEGIN_DECLS

typedef struct _GscFigureRecipe GscFigureRecipe;

/* All of them, in the paper's order. Static. */
guint gsc_figure_recipe_count (void);
const GscFigureRecipe *gsc_figure_recipe_get (guint index);

/* The recipe of that name, or NULL. */
const GscFigureRecipe *gsc_figure_recipe_find (const char *name);

/* "1a", "5", "label-noise": for command lines. Static. */
const char *gsc_figure_recipe_get_name (const GscFigureRecipe *recipe);

/* "One task and one sequence": for people; marked for translation. Static. */
const char *gsc_figure_recipe_get_title (const GscFigureRecipe *recipe);

/* Its panels, without their frames: (transfer full) array of GscFigureSheetPanel. */
GArray *gsc_figure_recipe_list_panels (const GscFigureRecipe *recipe);

/* The same with the frames that @studio makes for them: a sheet. @error: as
 * gsc_figure_studio_make(). */
GscFigureSheet *gsc_figure_recipe_make (const GscFigureRecipe *recipe,
                                        GscFigureStudio *studio,
                                        const GscStyle *style,
                                        double width,
                                        double height,
                                        GError **error);

G_END_DECLS
