/* gsc-recipe-state.c - a recipe as it was typed: what undo brings back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-recipe-state.h"

#include <glib/gi18n.h>

#include "gsc-preset.h"
#include "gsc-stop-text.h"

/* Early stopping is edited like the config's keys. */
static const char *const stop_keys[]
    = { "stop", "stop_patience", "stop_step", "stop_accuracy", "stop_only_marks" };

GscRecipeState *
gsc_recipe_state_new (void)
{
  GscRecipeState *state = g_new0 (GscRecipeState, 1);

  state->texts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  return state;
}

void
gsc_recipe_state_free (GscRecipeState *state)
{
  g_hash_table_unref (state->texts);
  g_free (state->preset);
  g_free (state);
}

GscRecipeState *
gsc_recipe_state_copy (const GscRecipeState *state)
{
  GscRecipeState *copy = gsc_recipe_state_new ();
  GHashTableIter iter;
  gpointer key, text;

  copy->config = state->config;
  copy->rule = state->rule;
  copy->preset = g_strdup (state->preset);
  g_hash_table_iter_init (&iter, state->texts);
  while (g_hash_table_iter_next (&iter, &key, &text))
    g_hash_table_insert (copy->texts, key, g_strdup (text));
  return copy;
}

const char *
gsc_recipe_state_find_key (const char *key)
{
  const char *const *keys = gsc_config_get_keys ();

  for (guint i = 0; keys[i] != NULL; i++)
    if (g_str_equal (keys[i], key))
      return keys[i];
  for (guint i = 0; i < G_N_ELEMENTS (stop_keys); i++)
    if (g_str_equal (stop_keys[i], key))
      return stop_keys[i];
  return NULL;
}

static gboolean
is_stop_key (const char *key)
{
  return g_str_equal (key, "stop") || g_str_has_prefix (key, "stop_");
}

void
gsc_recipe_state_set_preset (GscRecipeState *state, const char *preset)
{
  char *copy = g_strdup (preset);

  g_free (state->preset);
  state->preset = copy;
}

/* Texts */

char *
gsc_recipe_state_get_text (const GscRecipeState *state, const char *key)
{
  const char *text = g_hash_table_lookup (state->texts, key);

  if (text != NULL)
    return g_strdup (text);
  if (is_stop_key (key))
    return gsc_stop_text_get (&state->rule, key);
  return gsc_config_get (&state->config, key);
}

void
gsc_recipe_state_set_text (GscRecipeState *state, const char *key, const char *text)
{
  g_hash_table_insert (state->texts, (gpointer) key, g_strdup (text));
  if (is_stop_key (key))
    g_free (gsc_stop_text_set (&state->rule, key, text));
  else
    gsc_config_set (&state->config, key, text, NULL);
}

void
gsc_recipe_state_forget_stop_texts (GscRecipeState *state)
{
  for (guint i = 0; i < G_N_ELEMENTS (stop_keys); i++)
    g_hash_table_remove (state->texts, stop_keys[i]);
}

/* Faults */

/* What is wrong with a text itself, or NULL. (transfer full) */
static char *
check_text (const GscRecipeState *state, const char *key, const char *text)
{
  GscConfig config = state->config;
  GscStopRule rule = state->rule;
  g_autoptr (GError) error = NULL;

  if (is_stop_key (key))
    return gsc_stop_text_is_used (&rule, key) ? gsc_stop_text_set (&rule, key, text) : NULL;
  if (*text == '\0')
    {
      g_autofree char *takes = gsc_config_describe_values (key);

      /* Translators: a key of the recipe, "a whole number from 1 to 8". */
      return g_strdup_printf (_ ("%s is empty; it must be %s."), key, takes);
    }
  return gsc_config_set (&config, key, text, &error) ? NULL : g_strdup (error->message);
}

/* @key: static. @message is taken, NULL for none; what was found first stays. */
static void
add_fault (GHashTable *faults, const char *key, char *message)
{
  if (message != NULL && !g_hash_table_contains (faults, key))
    g_hash_table_insert (faults, (gpointer) key, message);
  else
    g_free (message);
}

static char *
check_stop_step (const GscRecipeState *state)
{
  g_autofree char *stop = g_strdup_printf ("%" G_GINT64_FORMAT, state->rule.step);
  g_autofree char *steps = g_strdup_printf ("%" G_GINT64_FORMAT, state->config.steps);

  if (state->rule.mode != GSC_STOP_AT_STEP || state->rule.step <= state->config.steps)
    return NULL;
  return g_strdup_printf (_ ("The step to stop at, %s, is after the last of %s steps."), stop,
                          steps);
}

void
gsc_recipe_state_find_faults (const GscRecipeState *state, GHashTable *faults)
{
  g_autoptr (GPtrArray) list = gsc_config_get_faults (&state->config);
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_remove_all (faults);
  /* A text that is no value comes before what is wrong with the value it had. */
  g_hash_table_iter_init (&iter, state->texts);
  while (g_hash_table_iter_next (&iter, &key, &text))
    add_fault (faults, key, check_text (state, key, text));
  for (guint i = 0; i < G_N_ELEMENTS (stop_keys); i++)
    {
      g_autofree char *value = gsc_stop_text_get (&state->rule, stop_keys[i]);

      add_fault (faults, stop_keys[i], check_text (state, stop_keys[i], value));
    }
  add_fault (faults, gsc_recipe_state_find_key ("stop_step"), check_stop_step (state));
  for (guint i = 0; i < list->len; i++)
    {
      const GscConfigFault *fault = g_ptr_array_index (list, i);

      add_fault (faults, gsc_recipe_state_find_key (fault->key), g_strdup (fault->message));
    }
}

gboolean
gsc_recipe_state_is_modified (const GscRecipeState *state)
{
  const GscPreset *preset = state->preset != NULL ? gsc_preset_find (state->preset, NULL) : NULL;
  GHashTableIter iter;
  gpointer key, text;

  if (preset == NULL)
    return FALSE;
  if (!gsc_config_equal (&state->config, &preset->config) || state->rule.mode != GSC_STOP_OFF)
    return TRUE;
  g_hash_table_iter_init (&iter, state->texts);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      g_autofree char *fault = check_text (state, key, text);

      if (fault != NULL)
        return TRUE;
    }
  return FALSE;
}
