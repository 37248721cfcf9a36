/* gsc-model-dialog.h - asks what a model file does not say
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-model-file.h"
#include "gsc-recipe.h"

G_BEGIN_DECLS

#define GSC_TYPE_MODEL_DIALOG (gsc_model_dialog_get_type ())

/* A window with fields for p, heads, shots and the task split, filled in as far as the file is
 * known, and what is wrong with them in words. Open makes the run in a thread.
 * Signal "opened" (GscRun *run): then the window closes. */
G_DECLARE_FINAL_TYPE (GscModelDialog, gsc_model_dialog, GSC, MODEL_DIALOG, AdwWindow)

/* Takes @file over. */
GscModelDialog *gsc_model_dialog_new (GtkWindow *parent, GscModelFile *file);

/* The values in the fields, as a recipe. Borrowed. */
GscRecipe *gsc_model_dialog_get_recipe (GscModelDialog *dialog);

/* Why these values cannot be opened, or NULL. Borrowed. */
const char *gsc_model_dialog_get_fault (GscModelDialog *dialog);

/* What the button Open does. */
void gsc_model_dialog_open (GscModelDialog *dialog);

G_END_DECLS
