/* gsc-cli-recipe.c - the experiment asked for by --preset, --config and --set
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-cli-recipe.h"

#include <string.h>

#include "gsc-nearest-name.h"
#include "gsc-preset.h"
#include "gsc-text-file.h"

#define MAX_FILE_LENGTH (1024 * 1024)

void
gsc_cli_recipe_clear (GscCliRecipe *recipe)
{
  g_clear_pointer (&recipe->preset, g_free);
  g_clear_pointer (&recipe->config, g_free);
  g_clear_pointer (&recipe->sets, g_strfreev);
}

/* Not gsc_config_load(), which validates: what comes after the file may put right what is wrong in
 * it. */
static gboolean
read_file (GscConfig *config, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *text = NULL;
  gsize length;

  text = gsc_text_file_read (path, MAX_FILE_LENGTH, &length, error);
  if (text == NULL)
    return FALSE;
  if (gsc_config_read_text (config, text, length, error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

gboolean
gsc_cli_recipe_split (const char *set, char **key, char **value)
{
  const char *equals = strchr (set, '=');

  if (equals == NULL)
    return FALSE;
  *key = g_strstrip (g_strndup (set, (gsize) (equals - set)));
  *value = g_strstrip (g_strdup (equals + 1));
  return TRUE;
}

static void
apply_set (const char *set, GscConfig *config, GPtrArray *faults)
{
  g_autofree char *key = NULL;
  g_autofree char *value = NULL;
  g_autofree char *quoted = gsc_nearest_name_quote (set);
  g_autoptr (GError) error = NULL;

  if (!gsc_cli_recipe_split (set, &key, &value))
    g_ptr_array_add (faults, g_strdup_printf (_ ("“%s” is not of the form key=value."), quoted));
  else if (!gsc_config_set (config, key, value, &error))
    g_ptr_array_add (faults, g_strdup (error->message));
}

static GscCliStatus
report_faults (GPtrArray *faults)
{
  if (faults->len == 1)
    gsc_cli_say ("%s", (const char *) g_ptr_array_index (faults, 0));
  else
    {
      gsc_cli_say (ngettext ("The recipe has %u fault:", "The recipe has %u faults:", faults->len),
                   faults->len);
      for (guint i = 0; i < faults->len; i++)
        g_printerr ("  %s\n", (const char *) g_ptr_array_index (faults, i));
    }
  return GSC_CLI_USAGE;
}

GscCliStatus
gsc_cli_recipe_read (const GscCliRecipe *recipe, GscConfig *config)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;

  if (recipe->preset != NULL)
    {
      const GscPreset *preset = gsc_preset_find (recipe->preset, &error);

      if (preset == NULL)
        {
          gsc_cli_say ("%s", error->message);
          return GSC_CLI_USAGE;
        }
      *config = preset->config;
    }
  if (recipe->config != NULL && !read_file (config, recipe->config, &error))
    return gsc_cli_fail (error);
  for (guint i = 0; recipe->sets != NULL && recipe->sets[i] != NULL; i++)
    apply_set (recipe->sets[i], config, faults);

  found = gsc_config_get_faults (config);
  for (guint i = 0; i < found->len; i++)
    {
      const GscConfigFault *fault = g_ptr_array_index (found, i);

      g_ptr_array_add (faults, g_strdup (fault->message));
    }
  return faults->len == 0 ? GSC_CLI_OK : report_faults (faults);
}

gboolean
gsc_cli_recipe_sets_key (const GscCliRecipe *recipe, const char *key)
{
  for (guint i = 0; recipe->sets != NULL && recipe->sets[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (gsc_cli_recipe_split (recipe->sets[i], &name, &value) && g_str_equal (name, key))
        return TRUE;
    }
  return FALSE;
}

char *
gsc_cli_recipe_find_other_key (const GscCliRecipe *recipe, const char *const *allowed)
{
  for (guint i = 0; recipe->sets != NULL && recipe->sets[i] != NULL; i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;

      if (gsc_cli_recipe_split (recipe->sets[i], &name, &value) && !g_strv_contains (allowed, name))
        return gsc_nearest_name_quote (name);
    }
  return NULL;
}

char *
gsc_cli_recipe_describe (const GscConfig *config)
{
  g_autofree char *rule = gsc_config_get (config, "task_rule");
  g_autofree char *alpha = gsc_config_get (config, "alpha");
  g_autofree char *optimizer = gsc_config_get (config, "optimizer");
  g_autofree char *steps = gsc_config_get (config, "steps");
  g_autofree char *seed = gsc_config_get (config, "seed");

  return g_strdup_printf (_ ("p %d, %d of %d tasks (%s), alpha %s, %d shots, seed %s\n"
                             "width %d, %d heads, depth %d; batch %d, %s, %s steps"),
                          config->p, config->tasks, config->p * config->p, rule, alpha,
                          config->shots, seed, config->width, config->heads, config->depth,
                          config->batch, optimizer, steps);
}

char *
gsc_cli_recipe_get_help (void)
{
  GString *text = g_string_new (_ ("Keys of a recipe (--set, and config.json of a run):\n"));
  const char *const *keys = gsc_config_get_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *values = gsc_config_describe_values (keys[i]);

      g_string_append_printf (text, "  %-17s  %s\n                     (%s)\n", keys[i],
                              gsc_config_get_help (keys[i]), values);
    }
  return g_string_free (text, FALSE);
}
