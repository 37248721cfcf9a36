/* gsc-controls.c - the form for the recipe
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-controls.h"

#include <glib/gi18n.h>

#include "gsc-recipe-row.h"

static const char *const first_keys[] = { "depth",          "tasks",     "stop",
                                          "stop_patience",  "stop_step", "stop_accuracy",
                                          "stop_only_marks" };

/* Under "More": a key, or NULL and the heading of the keys after it. */
static const struct
{
  const char *key;
  const char *heading;
} more_keys[] = {
  { .heading = N_ ("Model") },
  { .key = "heads" },
  { .key = "width" },
  { .key = "activation" },
  { .key = "tied" },
  { .heading = N_ ("Task and data") },
  { .key = "p" },
  { .key = "task_rule" },
  { .key = "alpha" },
  { .key = "shots" },
  { .heading = N_ ("Length") },
  { .key = "steps" },
  { .key = "batch" },
  { .key = "record_every" },
  { .key = "eval_sequences" },
  { .key = "seed" },
  { .heading = N_ ("Optimiser") },
  { .key = "optimizer" },
  { .key = "lr" },
  { .key = "weight_decay" },
  { .key = "muon_lr" },
  { .key = "muon_weight_decay" },
  { .key = "muon_momentum" },
  { .key = "beta1" },
  { .key = "beta2" },
  { .key = "epsilon" },
  { .key = "warmup_steps" },
  { .key = "lr_start" },
  { .key = "lr_floor" },
};

struct _GscControls
{
  GtkBox parent_instance;

  /* Owned References */
  GscRecipe *recipe;
  GHashTable *rows; /* key (static) to its row (borrowed) */

  /* Borrowed References */
  GtkWidget *preset;
  GtkWidget *modified;
  GtkWidget *reset;
  GtkWidget *more;
  GtkWidget *branch; /* says what the run continues */
  GtkWidget *origin;

  guint n_hidden_faults; /* under "More" */
};

G_DEFINE_FINAL_TYPE (GscControls, gsc_controls, GTK_TYPE_BOX)

/* A fault under "More" must be seen. */
static void
show_new_faults (GscControls *self)
{
  guint n_faults = 0;

  for (guint i = 0; i < G_N_ELEMENTS (more_keys); i++)
    n_faults += more_keys[i].key != NULL
                && gsc_recipe_get_fault (self->recipe, more_keys[i].key) != NULL;
  if (n_faults > self->n_hidden_faults)
    gsc_controls_set_expanded (self, TRUE);
  self->n_hidden_faults = n_faults;
}

static void
update_origin (GscControls *self)
{
  const char *origin = gsc_recipe_get_origin (self->recipe);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->branch, origin != NULL);
  if (origin == NULL)
    return;
  /* Translators: the title of a run and a step of it */
  text = g_strdup_printf (_ ("Continues %s. Change what you like; the model’s shape is fixed."),
                          origin);
  gtk_label_set_label (GTK_LABEL (self->origin), text);
}

static void
on_recipe_changed (GscControls *self)
{
  const char *name = gsc_recipe_get_preset (self->recipe);
  const GscPreset *preset = name != NULL ? gsc_preset_find (name, NULL) : NULL;
  gboolean modified = gsc_recipe_is_modified (self->recipe);

  gtk_label_set_label (GTK_LABEL (self->preset), preset != NULL ? _ (preset->title) : _ ("Own recipe"));
  gtk_widget_set_tooltip_text (self->preset, preset != NULL ? _ (preset->title) : NULL);
  gtk_widget_set_visible (self->modified, modified);
  gtk_widget_set_sensitive (self->reset, modified);
  show_new_faults (self);
  update_origin (self);
}

static void
on_reset (GscControls *self)
{
  const char *name = gsc_recipe_get_preset (self->recipe);

  if (name != NULL)
    gsc_recipe_set_preset (self->recipe, name);
}

static void
on_begin_anew (GscControls *self)
{
  gsc_recipe_set_origin (self->recipe, NULL, NULL);
}

static void
gsc_controls_dispose (GObject *object)
{
  GscControls *self = GSC_CONTROLS (object);

  if (self->recipe != NULL)
    g_signal_handlers_disconnect_by_data (self->recipe, self);
  g_clear_object (&self->recipe);

  G_OBJECT_CLASS (gsc_controls_parent_class)->dispose (object);
}

static void
gsc_controls_finalize (GObject *object)
{
  GscControls *self = GSC_CONTROLS (object);

  g_hash_table_unref (self->rows);

  G_OBJECT_CLASS (gsc_controls_parent_class)->finalize (object);
}

static void
gsc_controls_class_init (GscControlsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_controls_dispose;
  G_OBJECT_CLASS (klass)->finalize = gsc_controls_finalize;
}

static GtkWidget *
make_head (GscControls *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->preset = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->preset), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->preset), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->preset, TRUE);
  gtk_widget_add_css_class (self->preset, "dim-label");
  self->modified = gtk_label_new (_ ("modified"));
  gtk_widget_add_css_class (self->modified, "badge");
  gtk_widget_set_valign (self->modified, GTK_ALIGN_CENTER);
  self->reset = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_add_css_class (self->reset, "flat");
  gtk_widget_set_tooltip_text (self->reset, _ ("Reset to Preset"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reset to preset"), -1);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (on_reset), self);

  gtk_box_append (GTK_BOX (box), self->preset);
  gtk_box_append (GTK_BOX (box), self->modified);
  gtk_box_append (GTK_BOX (box), self->reset);
  return box;
}

/* Where the next run begins, if not anew. */
static GtkWidget *
make_branch (GscControls *self)
{
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("Begin _Anew"));

  self->branch = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->origin = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->origin), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->origin), 0);
  gtk_widget_set_halign (cancel, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (cancel, _ ("Do not continue that run: train a new model"));
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (on_begin_anew), self);
  gtk_widget_add_css_class (self->branch, "recipe-branch");
  gtk_box_append (GTK_BOX (self->branch), self->origin);
  gtk_box_append (GTK_BOX (self->branch), cancel);
  return self->branch;
}

static GtkWidget *
make_row (GscControls *self, const char *key)
{
  GtkWidget *row = gsc_recipe_row_new (self->recipe, key);

  g_hash_table_insert (self->rows, (gpointer) gsc_recipe_row_get_key (GSC_RECIPE_ROW (row)), row);
  return row;
}

static GtkWidget *
make_heading (const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "recipe-heading");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

static GtkWidget *
make_list (GscControls *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Recipe of the next run"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (first_keys); i++)
    gtk_list_box_append (GTK_LIST_BOX (list), make_row (self, first_keys[i]));

  self->more = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->more), _ ("More"));
  for (guint i = 0; i < G_N_ELEMENTS (more_keys); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self->more),
                              more_keys[i].key != NULL ? make_row (self, more_keys[i].key)
                                                       : make_heading (_ (more_keys[i].heading)));
  gtk_list_box_append (GTK_LIST_BOX (list), self->more);
  return list;
}

static void
gsc_controls_init (GscControls *self)
{
  self->rows = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

GtkWidget *
gsc_controls_new (GscRecipe *recipe)
{
  GscControls *self;

  g_return_val_if_fail (GSC_IS_RECIPE (recipe), NULL);

  self = g_object_new (GSC_TYPE_CONTROLS, NULL);
  self->recipe = g_object_ref (recipe);
  gtk_box_append (GTK_BOX (self), make_head (self));
  gtk_box_append (GTK_BOX (self), make_branch (self));
  gtk_box_append (GTK_BOX (self), make_list (self));
  on_recipe_changed (self);
  g_signal_connect_swapped (recipe, "changed", G_CALLBACK (on_recipe_changed), self);
  return GTK_WIDGET (self);
}

GtkWidget *
gsc_controls_get_field (GscControls *self, const char *key)
{
  GscRecipeRow *row;

  g_return_val_if_fail (GSC_IS_CONTROLS (self), NULL);
  row = g_hash_table_lookup (self->rows, key);
  g_return_val_if_fail (row != NULL, NULL);

  return gsc_recipe_row_get_field (row);
}

gboolean
gsc_controls_get_expanded (GscControls *self)
{
  g_return_val_if_fail (GSC_IS_CONTROLS (self), FALSE);

  return adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self->more));
}

void
gsc_controls_set_expanded (GscControls *self, gboolean expanded)
{
  g_return_if_fail (GSC_IS_CONTROLS (self));

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self->more), expanded);
}
