/* gsc-recipe-state.h - a recipe as it was typed: what undo brings back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys are the config's, and "stop", "stop_patience", "stop_step", "stop_accuracy" and
 * "stop_only_marks" for early stopping. Used by gsc-recipe.c only.
 */

#pragma once

#include "gsc-config.h"
#include "gsc-stop-rule.h"

G_BEGIN_DECLS

typedef struct
{
  GscConfig config;  /* for each key, the last text that was a value */
  GscStopRule rule;  /* likewise */
  char *preset;      /* or NULL */
  GHashTable *texts; /* key (static) to what was typed, for keys that were typed */
} GscRecipeState;

/* Zeroed. */
GscRecipeState *gsc_recipe_state_new (void);
GscRecipeState *gsc_recipe_state_copy (const GscRecipeState *state);
void gsc_recipe_state_free (GscRecipeState *state);

/* The static name that the functions below take for @key, or NULL for an unknown key. */
const char *gsc_recipe_state_find_key (const char *key);

void gsc_recipe_state_set_preset (GscRecipeState *state, const char *preset);

/* Keeps @text; the value follows if it is one. @key: static. */
void gsc_recipe_state_set_text (GscRecipeState *state, const char *key, const char *text);

/* As typed, else the value. (transfer full) */
char *gsc_recipe_state_get_text (const GscRecipeState *state, const char *key);

/* Early stopping has its values again instead of what was typed. */
void gsc_recipe_state_forget_stop_texts (GscRecipeState *state);

/* Fills @faults: key (static) to a sentence (owned). What early stopping does not use, has none. */
void gsc_recipe_state_find_faults (const GscRecipeState *state, GHashTable *faults);

/* Whether it differs from its preset, which has no early stopping; FALSE without one. */
gboolean gsc_recipe_state_is_modified (const GscRecipeState *state);

G_END_DECLS
