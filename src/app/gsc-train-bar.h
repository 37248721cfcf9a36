/* gsc-train-bar.h - what the next run will take, and the button that starts it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-recipe.h"

G_BEGIN_DECLS

#define GSC_TYPE_TRAIN_BAR (gsc_train_bar_get_type ())

/* Activates "win.train-new"; insensitive, with the reason as tooltip, while the recipe has faults.
 */
G_DECLARE_FINAL_TYPE (GscTrainBar, gsc_train_bar, GSC, TRAIN_BAR, GtkBox)

GtkWidget *gsc_train_bar_new (GscRecipe *recipe);

G_END_DECLS
