/* gsc-shot-slider.c - how many examples come before the query
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-shot-slider.h"

#include <glib/gi18n.h>
#include <math.h>

struct _GscShotSlider
{
  GtkWidget parent_instance;

  gboolean updating; /* the slider is being set, not used */

  /* Borrowed References */
  GtkWidget *label;
  GtkWidget *scale;

  /* Owned References */
  GscSession *session;
};

G_DEFINE_FINAL_TYPE (GscShotSlider, gsc_shot_slider, GTK_TYPE_WIDGET)

static void
refresh (GscShotSlider *self)
{
  const GscFrame *frame = self->session != NULL ? gsc_session_get_frame (self->session) : NULL;
  guint shot = frame != NULL ? frame->cursor.shot : 0;
  int last = frame != NULL ? frame->run->config.shots - 1 : 0;
  g_autofree char *text = g_strdup_printf (ngettext ("%u shot", "%u shots", shot), shot);

  gtk_widget_set_sensitive (self->scale, last > 0);
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (self->label), text);
  self->updating = TRUE;
  gtk_range_set_range (GTK_RANGE (self->scale), 0, MAX (last, 1));
  gtk_range_set_value (GTK_RANGE (self->scale), shot);
  self->updating = FALSE;
}

static void
moved (GscShotSlider *self)
{
  if (!self->updating && self->session != NULL)
    gsc_session_set_shot (self->session,
                          (guint) lround (gtk_range_get_value (GTK_RANGE (self->scale))));
}

void
gsc_shot_slider_set_session (GscShotSlider *self, GscSession *session)
{
  g_return_if_fail (GSC_IS_SHOT_SLIDER (self));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (refresh), self);
  refresh (self);
}

GtkRange *
gsc_shot_slider_get_range (GscShotSlider *self)
{
  g_return_val_if_fail (GSC_IS_SHOT_SLIDER (self), NULL);

  return GTK_RANGE (self->scale);
}

static void
gsc_shot_slider_dispose (GObject *object)
{
  GscShotSlider *self = GSC_SHOT_SLIDER (object);
  GtkWidget *child;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (gsc_shot_slider_parent_class)->dispose (object);
}

static void
gsc_shot_slider_class_init (GscShotSliderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_shot_slider_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "gscshotslider");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gsc_shot_slider_init (GscShotSlider *self)
{
  self->label = gtk_label_new (NULL);
  gtk_label_set_width_chars (GTK_LABEL (self->label), 8);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_add_css_class (self->label, "caption");
  self->scale = gtk_scale_new_with_range (GTK_ORIENTATION_HORIZONTAL, 0, 1, 1);
  gtk_scale_set_draw_value (GTK_SCALE (self->scale), FALSE);
  gtk_range_set_round_digits (GTK_RANGE (self->scale), 0);
  gtk_widget_set_hexpand (self->scale, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Shots"), -1);
  g_signal_connect_swapped (self->scale, "value-changed", G_CALLBACK (moved), self);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_parent (self->scale, GTK_WIDGET (self));
  refresh (self);
}

GtkWidget *
gsc_shot_slider_new (void)
{
  return g_object_new (GSC_TYPE_SHOT_SLIDER, NULL);
}
