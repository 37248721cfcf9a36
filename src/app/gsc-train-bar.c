/* gsc-train-bar.c - what the next run will take, and the button that starts it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-train-bar.h"

#include <glib/gi18n.h>

struct _GscTrainBar
{
  GtkBox parent_instance;

  /* Owned References */
  GscRecipe *recipe;

  /* Borrowed References */
  GtkWidget *estimate;
  GtkWidget *holder; /* of the button, whose own sensitivity is its action's */
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (GscTrainBar, gsc_train_bar, GTK_TYPE_BOX)

static void
update_estimate (GscTrainBar *self)
{
  const char *estimate = gsc_recipe_get_estimate (self->recipe);

  if (!gsc_recipe_is_valid (self->recipe))
    gtk_label_set_label (GTK_LABEL (self->estimate), _ ("The recipe has a fault."));
  else
    gtk_label_set_label (GTK_LABEL (self->estimate),
                         *estimate != '\0' ? estimate : _ ("Estimating time and memory…"));
}

/* One fault is enough: the fields tell them all. */
static const char *
find_fault (GscTrainBar *self)
{
  static const char *const stop_keys[] = { "stop_patience", "stop_step", "stop_accuracy" };
  const char *const *keys = gsc_config_get_keys ();
  const char *fault = NULL;

  for (guint i = 0; fault == NULL && keys[i] != NULL; i++)
    fault = gsc_recipe_get_fault (self->recipe, keys[i]);
  for (guint i = 0; fault == NULL && i < G_N_ELEMENTS (stop_keys); i++)
    fault = gsc_recipe_get_fault (self->recipe, stop_keys[i]);
  return fault;
}

static void
on_recipe_changed (GscTrainBar *self)
{
  const char *fault = find_fault (self);

  gtk_button_set_label (GTK_BUTTON (self->button), gsc_recipe_get_origin (self->recipe) != NULL
                                                       ? _ ("_Train Branch")
                                                       : _ ("_Train New Run"));
  gtk_widget_set_sensitive (self->holder, fault == NULL);
  gtk_widget_set_tooltip_text (
      self->holder, fault != NULL ? fault : _ ("Train a new model by this recipe (Ctrl+Enter)"));
  update_estimate (self);
}

static void
gsc_train_bar_dispose (GObject *object)
{
  GscTrainBar *self = GSC_TRAIN_BAR (object);

  if (self->recipe != NULL)
    g_signal_handlers_disconnect_by_data (self->recipe, self);
  g_clear_object (&self->recipe);

  G_OBJECT_CLASS (gsc_train_bar_parent_class)->dispose (object);
}

static void
gsc_train_bar_class_init (GscTrainBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_train_bar_dispose;
}

static void
gsc_train_bar_init (GscTrainBar *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self), "train-bar");

  self->estimate = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->estimate), 0);
  gtk_label_set_wrap (GTK_LABEL (self->estimate), TRUE);
  /* As high as two lines, so that the button does not move while the text changes. */
  gtk_widget_add_css_class (self->estimate, "two-lines");
  gtk_widget_add_css_class (self->estimate, "caption");
  gtk_widget_add_css_class (self->estimate, "dim-label");
  gtk_widget_add_css_class (self->estimate, "numeric");
  gtk_box_append (GTK_BOX (self), self->estimate);

  self->button = gtk_button_new_with_mnemonic (_ ("_Train New Run"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.train-new");
  gtk_widget_add_css_class (self->button, "suggested-action");
  gtk_widget_set_hexpand (self->button, TRUE);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->estimate, NULL, -1);
  self->holder = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (GTK_BOX (self->holder), self->button);
  gtk_box_append (GTK_BOX (self), self->holder);
}

GtkWidget *
gsc_train_bar_new (GscRecipe *recipe)
{
  GscTrainBar *self;

  g_return_val_if_fail (GSC_IS_RECIPE (recipe), NULL);

  self = g_object_new (GSC_TYPE_TRAIN_BAR, NULL);
  self->recipe = g_object_ref (recipe);
  on_recipe_changed (self);
  g_signal_connect_swapped (recipe, "changed", G_CALLBACK (on_recipe_changed), self);
  g_signal_connect_swapped (recipe, "notify::estimate", G_CALLBACK (update_estimate), self);
  return GTK_WIDGET (self);
}
