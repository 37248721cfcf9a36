/* gsc-recipe-row.h - one value of the recipe with its field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-recipe.h"

G_BEGIN_DECLS

#define GSC_TYPE_RECIPE_ROW (gsc_recipe_row_get_type ())

/* A row for a list: title, field, and under them what is wrong with the value. Follows the recipe,
 * hides itself while its key is of no use (Muon's under AdamW), and has what gsc-term.h says of the
 * key as tooltip. */
G_DECLARE_FINAL_TYPE (GscRecipeRow, gsc_recipe_row, GSC, RECIPE_ROW, AdwPreferencesRow)

/* @key: a key that gsc_recipe_set_text() takes. */
GtkWidget *gsc_recipe_row_new (GscRecipe *recipe, const char *key);

/* "Task count" of the key "tasks"; NULL: there is no such row. Translated, static. */
const char *gsc_recipe_row_find_title (const char *key);

const char *gsc_recipe_row_get_key (GscRecipeRow *row);

/* The spin button, entry, drop-down or switch. Borrowed. */
GtkWidget *gsc_recipe_row_get_field (GscRecipeRow *row);

G_END_DECLS
