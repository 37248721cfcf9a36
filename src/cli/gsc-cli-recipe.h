/* gsc-cli-recipe.h - the experiment asked for by --preset, --config and --set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-cli.h"
#include "gsc-config.h"

G_BEGIN_DECLS

/* As given on the command line; empty: the default preset. */
typedef struct
{
  char *preset;
  char *config; /* file */
  char **sets;  /* "key=value", NULL-terminated, or NULL */
} GscCliRecipe;

#define GSC_CLI_RECIPE_INIT                                                                        \
  {                                                                                                \
    NULL                                                                                           \
  }

/* The options, for a GOptionEntry array. @recipe: an lvalue. */
#define GSC_CLI_RECIPE_ENTRIES(recipe)                                                             \
  { "preset",   'p', 0, G_OPTION_ARG_STRING, &(recipe).preset, N_ ("Start from this preset"),      \
    N_ ("NAME") },                                                                                 \
      { "config",                                                                                  \
        'c',                                                                                       \
        0,                                                                                         \
        G_OPTION_ARG_FILENAME,                                                                     \
        &(recipe).config,                                                                          \
        N_ ("Then take what this JSON file says"),                                                 \
        N_ ("FILE") },                                                                             \
  {                                                                                                \
    "set", 's', 0, G_OPTION_ARG_STRING_ARRAY, &(recipe).sets,                                      \
        N_ ("Then set one key; may be given several times"), N_ ("KEY=VALUE")                      \
  }

void gsc_cli_recipe_clear (GscCliRecipe *recipe);

/* Puts preset, then file, then sets onto *@config, whose values stay where none of them says
 * anything, and checks the whole. Anything but GSC_CLI_OK: every fault has been reported. */
GscCliStatus gsc_cli_recipe_read (const GscCliRecipe *recipe, GscConfig *config);

/* Splits "key=value" of --set; blanks around either do not count. FALSE if there is no "=". */
gboolean gsc_cli_recipe_split (const char *set, char **key, char **value);

/* Whether --set names @key. */
gboolean gsc_cli_recipe_sets_key (const GscCliRecipe *recipe, const char *key);

/* The first key that --set names and that is not in @allowed (NULL-terminated), or NULL. (transfer
 * full) */
char *gsc_cli_recipe_find_other_key (const GscCliRecipe *recipe, const char *const *allowed);

/* One or two lines that name the experiment. (transfer full) */
char *gsc_cli_recipe_describe (const GscConfig *config);

/* For --help: all keys with their meaning and values. (transfer full) */
char *gsc_cli_recipe_get_help (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GscCliRecipe, gsc_cli_recipe_clear)

G_END_DECLS
