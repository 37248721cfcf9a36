/* gsc-recipe.h - the recipe in the controls: what the next run will train
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "gsc-config.h"
#include "gsc-preset.h"
#include "gsc-stop-rule.h"

G_BEGIN_DECLS

#define GSC_TYPE_RECIPE (gsc_recipe_get_type ())

/* For the main thread. Properties:
 *   preset (string or NULL)   the preset it was last set to
 *   modified (boolean)        differs from that preset
 *   valid (boolean)           has no faults
 *   estimate (string)         time and memory of the run in words, "" until known
 *   can-undo, can-redo (boolean)
 * Signal "changed": any value or fault has changed. */
G_DECLARE_FINAL_TYPE (GscRecipe, gsc_recipe, GSC, RECIPE, GObject)

/* The default preset. */
GscRecipe *gsc_recipe_new (void);

const GscConfig *gsc_recipe_get_config (GscRecipe *recipe);
GscStopRule gsc_recipe_get_stop_rule (GscRecipe *recipe);
const char *gsc_recipe_get_preset (GscRecipe *recipe);
gboolean gsc_recipe_is_modified (GscRecipe *recipe);
gboolean gsc_recipe_is_valid (GscRecipe *recipe);
const char *gsc_recipe_get_estimate (GscRecipe *recipe);

/* Makes the estimate again: more may be known about the machine's speed, or a training has ended.
 */
void gsc_recipe_refresh_estimate (GscRecipe *recipe);

/* Early stopping becomes off. */
void gsc_recipe_set_preset (GscRecipe *recipe, const char *name);

/* The recipe of a run (@preset: what it was started from, or NULL: the preset that it equals). */
void gsc_recipe_set_config (GscRecipe *recipe, const GscConfig *config, const char *preset);

/* Directly after gsc_recipe_set_config() both are undone in one step. */
void gsc_recipe_set_stop_rule (GscRecipe *recipe, const GscStopRule *rule);

/* What a user typed for a config key, or for "stop" (gsc_stop_mode_get_name()), "stop_patience",
 * "stop_step", "stop_accuracy" or "stop_only_marks". Text that is no value of that key is kept, and is a fault; the
 * config then has the value before. A run of edits of the same key is undone in one step. */
void gsc_recipe_set_text (GscRecipe *recipe, const char *key, const char *text);

/* The text of a key as last typed or set. (transfer full) */
char *gsc_recipe_get_text (GscRecipe *recipe, const char *key);

/* What is wrong with the value of @key, in words, or NULL. Borrowed until the next change. */
const char *gsc_recipe_get_fault (GscRecipe *recipe, const char *key);

/* The next run begins with a model of @base, and @origin says which: "“quick 1”, step 1,000". What
 * that model's shape says is fixed from now on (gsc_training_check_branch()). NULL: it begins anew,
 * as it does after gsc_recipe_set_preset() and gsc_recipe_set_config(). */
void gsc_recipe_set_origin (GscRecipe *recipe, const char *origin, const GscConfig *base);
const char *gsc_recipe_get_origin (GscRecipe *recipe); /* borrowed, or NULL */

/* Why the value of @key cannot be changed, or NULL. Static. */
const char *gsc_recipe_get_lock (GscRecipe *recipe, const char *key);

void gsc_recipe_undo (GscRecipe *recipe);
void gsc_recipe_redo (GscRecipe *recipe);

G_END_DECLS
