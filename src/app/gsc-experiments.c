/* gsc-experiments.c - the presets as cards
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-experiments.h"

#include <glib/gi18n.h>

#include "gsc-estimate.h"

/* One card. */
typedef struct
{
  const GscPreset *preset;
  GtkWidget *row;
  GtkWidget *time;
  GtkWidget *modified;
  GtkWidget *mark;
  GtkWidget *details;
} Card;

struct _GscExperiments
{
  GtkBox parent_instance;

  /* Owned References */
  GscRecipe *recipe;
  GArray *cards; /* of Card, whose widgets are borrowed */

  /* Borrowed References */
  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (GscExperiments, gsc_experiments, GTK_TYPE_BOX)

static char *
describe_time (const GscPreset *preset)
{
  GscEstimate estimate;
  g_autofree char *time = NULL;

  gsc_estimate_compute (&preset->config, NULL, &estimate);
  if (estimate.seconds < 0.0)
    return g_strdup (preset->paper ? _ ("The paper's size · hours to days") : _ ("A few minutes"));
  time = gsc_estimate_seconds_to_text (estimate.seconds);
  if (preset->paper)
    return g_strdup_printf (_ ("The paper's size · %s here"), time);
  return g_strdup_printf (_ ("%s here"), time);
}

static void
update_times (GscExperiments *self)
{
  for (guint i = 0; i < self->cards->len; i++)
    {
      Card *card = &g_array_index (self->cards, Card, i);
      g_autofree char *time = describe_time (card->preset);

      gtk_label_set_label (GTK_LABEL (card->time), time);
    }
}

static void
on_recipe_changed (GscExperiments *self)
{
  const char *name = gsc_recipe_get_preset (self->recipe);

  for (guint i = 0; i < self->cards->len; i++)
    {
      Card *card = &g_array_index (self->cards, Card, i);
      gboolean current = g_strcmp0 (card->preset->name, name) == 0;

      gtk_widget_set_visible (card->mark, current);
      gtk_widget_set_visible (card->modified, current && gsc_recipe_is_modified (self->recipe));
      gtk_widget_set_visible (card->details, current);
      gtk_widget_set_tooltip_text (card->row, current ? NULL : _ (card->preset->shows));
      gtk_accessible_update_state (
          GTK_ACCESSIBLE (card->row), GTK_ACCESSIBLE_STATE_CHECKED,
          current ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
    }
}

static void
on_row_activated (GscExperiments *self, GtkListBoxRow *row)
{
  const Card *card = &g_array_index (self->cards, Card, (guint) gtk_list_box_row_get_index (row));

  gsc_recipe_set_preset (self->recipe, card->preset->name);
}

static void
gsc_experiments_dispose (GObject *object)
{
  GscExperiments *self = GSC_EXPERIMENTS (object);

  if (self->recipe != NULL)
    g_signal_handlers_disconnect_by_data (self->recipe, self);
  g_clear_object (&self->recipe);

  G_OBJECT_CLASS (gsc_experiments_parent_class)->dispose (object);
}

static void
gsc_experiments_finalize (GObject *object)
{
  GscExperiments *self = GSC_EXPERIMENTS (object);

  g_array_unref (self->cards);

  G_OBJECT_CLASS (gsc_experiments_parent_class)->finalize (object);
}

static void
gsc_experiments_class_init (GscExperimentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_experiments_dispose;
  G_OBJECT_CLASS (klass)->finalize = gsc_experiments_finalize;
}

static void
gsc_experiments_init (GscExperiments *self)
{
  self->cards = g_array_new (FALSE, TRUE, sizeof (Card));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);

  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Experiments"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_box_append (GTK_BOX (self), self->list);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_details (const GscPreset *preset)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_box_append (GTK_BOX (box), make_label (_ (preset->shows), "caption"));
  gtk_box_append (GTK_BOX (box), make_label (_ ("What to look at"), "caption-heading"));
  gtk_box_append (GTK_BOX (box), make_label (_ (preset->look), "caption"));
  gtk_widget_set_margin_top (box, 6);
  return box;
}

static void
add_card (GscExperiments *self, const GscPreset *preset)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *second = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = make_label (_ (preset->title), NULL);
  Card card = {
    .preset = preset,
    .row = gtk_list_box_row_new (),
    .time = make_label (NULL, "caption"),
    .modified = gtk_label_new (_ ("modified")),
    .mark = gtk_image_new_from_icon_name ("object-select-symbolic"),
    .details = make_details (preset),
  };

  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (card.time, "dim-label");
  gtk_widget_set_hexpand (card.time, TRUE);
  gtk_widget_add_css_class (card.modified, "badge");
  gtk_widget_set_valign (card.modified, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), title);
  gtk_box_append (GTK_BOX (line), card.mark);
  gtk_box_append (GTK_BOX (second), card.time);
  gtk_box_append (GTK_BOX (second), card.modified);
  gtk_box_append (GTK_BOX (box), line);
  gtk_box_append (GTK_BOX (box), second);
  gtk_box_append (GTK_BOX (box), card.details);
  gtk_widget_add_css_class (box, "recipe-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (card.row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (card.row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (preset->title), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ (preset->shows),
                                  -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), card.row);
  g_array_append_val (self->cards, card);
}

GtkWidget *
gsc_experiments_new (GscRecipe *recipe)
{
  GscExperiments *self;
  guint n_presets;
  const GscPreset *presets = gsc_preset_get_all (&n_presets);

  g_return_val_if_fail (GSC_IS_RECIPE (recipe), NULL);

  self = g_object_new (GSC_TYPE_EXPERIMENTS, NULL);
  self->recipe = g_object_ref (recipe);
  for (guint i = 0; i < n_presets; i++)
    add_card (self, &presets[i]);
  update_times (self);
  on_recipe_changed (self);
  g_signal_connect_swapped (recipe, "changed", G_CALLBACK (on_recipe_changed), self);
  /* The machine's speed is learnt with an estimate. */
  g_signal_connect_swapped (recipe, "notify::estimate", G_CALLBACK (update_times), self);
  return GTK_WIDGET (self);
}

GtkListBoxRow *
gsc_experiments_get_row (GscExperiments *self, const char *preset)
{
  g_return_val_if_fail (GSC_IS_EXPERIMENTS (self), NULL);

  for (guint i = 0; i < self->cards->len; i++)
    {
      const Card *card = &g_array_index (self->cards, Card, i);

      if (g_str_equal (card->preset->name, preset))
        return GTK_LIST_BOX_ROW (card->row);
    }
  return NULL;
}
