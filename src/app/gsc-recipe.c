/* gsc-recipe.c - the recipe in the controls: what the next run will train
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-recipe.h"

#include <glib/gi18n.h>

#include "gsc-estimate.h"
#include "gsc-recipe-state.h"
#include "gsc-training.h"

/* Milliseconds without a change after which the estimate is made. */
#define ESTIMATE_DELAY 400

/* Undo steps kept. */
#define MAX_HISTORY 200

/* What led from one state to the next, where it was no edit of a key. */
static const char change_preset[] = "preset";
static const char change_config[] = "config";
static const char change_rule[] = "rule";

struct _GscRecipe
{
  GObject parent_instance;

  /* Owned References */
  GscRecipeState *state;
  GPtrArray *undo; /* of GscRecipeState, the latest last */
  GPtrArray *redo;
  GHashTable *faults; /* key (static) to a sentence */
  char *estimate;
  char *origin; /* of the weights that the run begins with; NULL: it begins anew */

  GscConfig base; /* of the run they are of */
  const char *last_change; /* static; NULL after undo and redo: nothing merges with it */
  gboolean modified;
  gboolean measuring;
  guint estimate_source;
};

enum
{
  PROP_0,
  PROP_PRESET,
  PROP_MODIFIED,
  PROP_VALID,
  PROP_ESTIMATE,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscRecipe, gsc_recipe, G_TYPE_OBJECT)

/* Estimate */

static void estimate (GscRecipe *self);

static void
set_estimate (GscRecipe *self, char *text)
{
  if (g_strcmp0 (self->estimate, text) != 0)
    {
      g_free (self->estimate);
      self->estimate = text;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ESTIMATE]);
    }
  else
    g_free (text);
}

static void
show_estimate (GscRecipe *self)
{
  GscEstimate known;

  gsc_estimate_compute (&self->state->config, &self->state->rule, &known);
  set_estimate (self, gsc_estimate_to_text (&known));
}

/* @data: a GWeakRef, so that a measurement does not keep the recipe alive. */
static void
on_measured (GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *reference = data;
  g_autoptr (GscRecipe) self = g_weak_ref_get (reference);
  gboolean measured = gsc_estimate_measure_finish (result, NULL);

  g_weak_ref_clear (reference);
  g_free (reference);
  if (self == NULL)
    return;
  self->measuring = FALSE;
  /* The recipe may have changed since: it is looked at as it is now. */
  if (self->estimate_source != 0 || !gsc_recipe_is_valid (self))
    return;
  if (measured)
    estimate (self);
  else
    show_estimate (self);
}

/* Shows what is known, and measures what is not. */
static void
estimate (GscRecipe *self)
{
  GWeakRef *reference;

  if (gsc_estimate_is_measured (&self->state->config))
    {
      show_estimate (self);
      return;
    }
  if (self->measuring)
    return;
  self->measuring = TRUE;
  reference = g_new0 (GWeakRef, 1);
  g_weak_ref_init (reference, self);
  gsc_estimate_measure_async (&self->state->config, on_measured, reference);
}

static gboolean
on_estimate_due (gpointer data)
{
  GscRecipe *self = data;

  self->estimate_source = 0;
  estimate (self);
  return G_SOURCE_REMOVE;
}

/* What is shown belongs to another recipe by now. */
static void
restart_estimate (GscRecipe *self)
{
  g_clear_handle_id (&self->estimate_source, g_source_remove);
  set_estimate (self, g_strdup (""));
  if (gsc_recipe_is_valid (self))
    self->estimate_source = g_timeout_add (ESTIMATE_DELAY, on_estimate_due, self);
}

void
gsc_recipe_refresh_estimate (GscRecipe *self)
{
  g_return_if_fail (GSC_IS_RECIPE (self));

  if (self->estimate_source == 0 && gsc_recipe_is_valid (self))
    estimate (self);
}

/* Changes */

/* How the recipe looks from outside, to notify what differs. */
typedef struct
{
  char *preset;
  gboolean modified, valid, can_undo, can_redo;
} View;

static View
view_of (GscRecipe *self)
{
  return (View){
    .preset = g_strdup (self->state->preset),
    .modified = self->modified,
    .valid = gsc_recipe_is_valid (self),
    .can_undo = self->undo->len > 0,
    .can_redo = self->redo->len > 0,
  };
}

static void
notify_if (GscRecipe *self, gboolean differs, guint property)
{
  if (differs)
    g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* Brings everything that follows from the state up to date. @before: the view before the change. */
static void
update (GscRecipe *self, View *before)
{
  View now;

  /* Undo may lead to where the shape was another one. */
  if (self->origin != NULL
      && !gsc_training_check_branch (&self->state->config, &self->base, NULL))
    g_clear_pointer (&self->origin, g_free);
  gsc_recipe_state_find_faults (self->state, self->faults);
  self->modified = gsc_recipe_state_is_modified (self->state);
  now = view_of (self);

  g_object_freeze_notify (G_OBJECT (self));
  notify_if (self, g_strcmp0 (before->preset, now.preset) != 0, PROP_PRESET);
  notify_if (self, before->modified != now.modified, PROP_MODIFIED);
  notify_if (self, before->valid != now.valid, PROP_VALID);
  notify_if (self, before->can_undo != now.can_undo, PROP_CAN_UNDO);
  notify_if (self, before->can_redo != now.can_redo, PROP_CAN_REDO);
  restart_estimate (self);
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[CHANGED], 0);
  g_free (before->preset);
  g_free (now.preset);
}

/* Puts the present state where undo finds it. @change (static): a key, or what is done to all. */
static void
remember (GscRecipe *self, const char *change)
{
  if (self->undo->len == MAX_HISTORY)
    g_ptr_array_remove_index (self->undo, 0);
  g_ptr_array_add (self->undo, gsc_recipe_state_copy (self->state));
  g_ptr_array_set_size (self->redo, 0);
  self->last_change = change;
}

void
gsc_recipe_set_origin (GscRecipe *self, const char *origin, const GscConfig *base)
{
  g_return_if_fail (GSC_IS_RECIPE (self));
  g_return_if_fail (origin == NULL
                    || gsc_training_check_branch (&self->state->config, base, NULL));

  if (g_strcmp0 (origin, self->origin) == 0)
    return;
  g_free (self->origin);
  self->origin = g_strdup (origin);
  if (origin != NULL)
    self->base = *base;
  g_signal_emit (self, signals[CHANGED], 0);
}

const char *
gsc_recipe_get_origin (GscRecipe *self)
{
  g_return_val_if_fail (GSC_IS_RECIPE (self), NULL);

  return self->origin;
}

const char *
gsc_recipe_get_lock (GscRecipe *self, const char *key)
{
  /* as gsc_training_check_branch() has it */
  static const char *const fixed[]
      = { "p", "width", "heads", "depth", "activation", "tied", NULL };

  g_return_val_if_fail (GSC_IS_RECIPE (self), NULL);

  if (self->origin == NULL || !g_strv_contains (fixed, key))
    return NULL;
  return _ ("Fixed: the run continues a model of this shape.");
}

void
gsc_recipe_set_preset (GscRecipe *self, const char *name)
{
  const GscPreset *preset;
  View before;

  g_return_if_fail (GSC_IS_RECIPE (self));
  preset = gsc_preset_find (name, NULL);
  g_return_if_fail (preset != NULL);

  gsc_recipe_set_origin (self, NULL, NULL);
  if (g_strcmp0 (self->state->preset, name) == 0 && !self->modified)
    return;
  before = view_of (self);
  remember (self, change_preset);
  gsc_recipe_state_set_preset (self->state, preset->name);
  self->state->config = preset->config;
  self->state->rule = gsc_stop_rule_default ();
  g_hash_table_remove_all (self->state->texts);
  update (self, &before);
}

/* The preset that is this recipe, or NULL. */
static const char *
find_preset (const GscConfig *config)
{
  guint n_presets;
  const GscPreset *presets = gsc_preset_get_all (&n_presets);

  for (guint i = 0; i < n_presets; i++)
    if (gsc_config_equal (&presets[i].config, config))
      return presets[i].name;
  return NULL;
}

void
gsc_recipe_set_config (GscRecipe *self, const GscConfig *config, const char *preset)
{
  View before;

  g_return_if_fail (GSC_IS_RECIPE (self));
  g_return_if_fail (config != NULL);

  gsc_recipe_set_origin (self, NULL, NULL);
  /* A preset that this version does not know is none. */
  if (preset == NULL || gsc_preset_find (preset, NULL) == NULL)
    preset = find_preset (config);
  if (g_strcmp0 (self->state->preset, preset) == 0
      && gsc_config_equal (&self->state->config, config) && gsc_recipe_is_valid (self))
    return;
  before = view_of (self);
  remember (self, change_config);
  gsc_recipe_state_set_preset (self->state, preset);
  self->state->config = *config;
  g_hash_table_remove_all (self->state->texts);
  update (self, &before);
}

void
gsc_recipe_set_stop_rule (GscRecipe *self, const GscStopRule *rule)
{
  View before;

  g_return_if_fail (GSC_IS_RECIPE (self));
  g_return_if_fail (rule != NULL);

  before = view_of (self);
  /* The rule of the config just taken over belongs to the same step. */
  if (self->last_change != change_config)
    remember (self, change_rule);
  self->last_change = change_rule;
  self->state->rule = *rule;
  gsc_recipe_state_forget_stop_texts (self->state);
  update (self, &before);
}

void
gsc_recipe_set_text (GscRecipe *self, const char *key, const char *text)
{
  const char *name;
  g_autofree char *old = NULL;
  View before;

  g_return_if_fail (GSC_IS_RECIPE (self));
  g_return_if_fail (text != NULL);
  name = gsc_recipe_state_find_key (key);
  g_return_if_fail (name != NULL);

  old = gsc_recipe_state_get_text (self->state, name);
  if (g_str_equal (old, text))
    return;
  before = view_of (self);
  /* A run of edits of the same key is one step. */
  if (self->last_change != name)
    remember (self, name);
  gsc_recipe_state_set_text (self->state, name, text);
  update (self, &before);
}

char *
gsc_recipe_get_text (GscRecipe *self, const char *key)
{
  const char *name;

  g_return_val_if_fail (GSC_IS_RECIPE (self), NULL);
  name = gsc_recipe_state_find_key (key);
  g_return_val_if_fail (name != NULL, NULL);

  return gsc_recipe_state_get_text (self->state, name);
}

const char *
gsc_recipe_get_fault (GscRecipe *self, const char *key)
{
  g_return_val_if_fail (GSC_IS_RECIPE (self), NULL);

  return g_hash_table_lookup (self->faults, key);
}

/* Takes the state off the end of @from, and puts the present one at the end of @to. */
static void
travel (GscRecipe *self, GPtrArray *from, GPtrArray *to)
{
  View before;

  if (from->len == 0)
    return;
  before = view_of (self);
  g_ptr_array_add (to, self->state);
  self->state = g_ptr_array_steal_index (from, from->len - 1);
  self->last_change = NULL;
  update (self, &before);
}

void
gsc_recipe_undo (GscRecipe *self)
{
  g_return_if_fail (GSC_IS_RECIPE (self));

  travel (self, self->undo, self->redo);
}

void
gsc_recipe_redo (GscRecipe *self)
{
  g_return_if_fail (GSC_IS_RECIPE (self));

  travel (self, self->redo, self->undo);
}

/* Values */

const GscConfig *
gsc_recipe_get_config (GscRecipe *self)
{
  g_return_val_if_fail (GSC_IS_RECIPE (self), NULL);

  return &self->state->config;
}

GscStopRule
gsc_recipe_get_stop_rule (GscRecipe *self)
{
  g_return_val_if_fail (GSC_IS_RECIPE (self), gsc_stop_rule_default ());

  return self->state->rule;
}

const char *
gsc_recipe_get_preset (GscRecipe *self)
{
  g_return_val_if_fail (GSC_IS_RECIPE (self), NULL);

  return self->state->preset;
}

gboolean
gsc_recipe_is_modified (GscRecipe *self)
{
  g_return_val_if_fail (GSC_IS_RECIPE (self), FALSE);

  return self->modified;
}

gboolean
gsc_recipe_is_valid (GscRecipe *self)
{
  g_return_val_if_fail (GSC_IS_RECIPE (self), FALSE);

  return g_hash_table_size (self->faults) == 0;
}

const char *
gsc_recipe_get_estimate (GscRecipe *self)
{
  g_return_val_if_fail (GSC_IS_RECIPE (self), NULL);

  return self->estimate;
}

/* GObject */

static void
gsc_recipe_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  GscRecipe *self = GSC_RECIPE (object);

  switch (property_id)
    {
    case PROP_PRESET:
      g_value_set_string (value, self->state->preset);
      break;
    case PROP_MODIFIED:
      g_value_set_boolean (value, self->modified);
      break;
    case PROP_VALID:
      g_value_set_boolean (value, gsc_recipe_is_valid (self));
      break;
    case PROP_ESTIMATE:
      g_value_set_string (value, self->estimate);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->undo->len > 0);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->redo->len > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
gsc_recipe_dispose (GObject *object)
{
  GscRecipe *self = GSC_RECIPE (object);

  g_clear_handle_id (&self->estimate_source, g_source_remove);

  G_OBJECT_CLASS (gsc_recipe_parent_class)->dispose (object);
}

static void
gsc_recipe_finalize (GObject *object)
{
  GscRecipe *self = GSC_RECIPE (object);

  gsc_recipe_state_free (self->state);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_hash_table_unref (self->faults);
  g_free (self->estimate);
  g_free (self->origin);

  G_OBJECT_CLASS (gsc_recipe_parent_class)->finalize (object);
}

static void
gsc_recipe_class_init (GscRecipeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gsc_recipe_get_property;
  object_class->dispose = gsc_recipe_dispose;
  object_class->finalize = gsc_recipe_finalize;

  properties[PROP_PRESET] = g_param_spec_string ("preset", NULL, NULL, NULL, flags);
  properties[PROP_MODIFIED] = g_param_spec_boolean ("modified", NULL, NULL, FALSE, flags);
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, TRUE, flags);
  properties[PROP_ESTIMATE] = g_param_spec_string ("estimate", NULL, NULL, "", flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
gsc_recipe_init (GscRecipe *self)
{
  const GscPreset *preset = gsc_preset_get_default ();

  self->state = gsc_recipe_state_new ();
  gsc_recipe_state_set_preset (self->state, preset->name);
  self->state->config = preset->config;
  self->state->rule = gsc_stop_rule_default ();
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_recipe_state_free);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) gsc_recipe_state_free);
  self->faults = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  self->estimate = g_strdup ("");
  restart_estimate (self);
}

GscRecipe *
gsc_recipe_new (void)
{
  return g_object_new (GSC_TYPE_RECIPE, NULL);
}
