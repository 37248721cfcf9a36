/* gsc-controls.h - the form for the recipe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-recipe.h"

G_BEGIN_DECLS

#define GSC_TYPE_CONTROLS (gsc_controls_get_type ())

/* Depth, task count and early stopping; everything else under "More"; the preset's name with
 * "modified" and a way back to it. */
G_DECLARE_FINAL_TYPE (GscControls, gsc_controls, GSC, CONTROLS, GtkBox)

GtkWidget *gsc_controls_new (GscRecipe *recipe);

/* The field of a key (see gsc_recipe_set_text()), to focus it or to look at it. Borrowed. */
GtkWidget *gsc_controls_get_field (GscControls *controls, const char *key);

/* Whether "More" is open. */
gboolean gsc_controls_get_expanded (GscControls *controls);
void gsc_controls_set_expanded (GscControls *controls, gboolean expanded);

G_END_DECLS
