/* gsc-insight-bar.c - how far the computing of an insight is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-insight-bar.h"

#include <glib/gi18n.h>

/* Milliseconds after which computing is announced. */
#define PATIENCE 400

struct _GscInsightBar
{
  GtkWidget parent_instance;

  GscInsightKind kind;
  guint patience; /* runs before the bar is shown */
  gboolean shown;

  /* Borrowed References */
  GtkWidget *box;
  GtkWidget *progress;
  GtkWidget *button;

  /* Owned References */
  GscSession *session;
};

G_DEFINE_FINAL_TYPE (GscInsightBar, gsc_insight_bar, GTK_TYPE_WIDGET)

static gboolean
is_cancelled (GscInsightBar *self)
{
  return self->session != NULL && gsc_session_is_insight_cancelled (self->session, self->kind);
}

static double
get_share (GscInsightBar *self)
{
  return self->session != NULL ? gsc_session_get_progress (self->session, self->kind) : -1;
}

static void
show (GscInsightBar *self, gboolean cancelled, double share)
{
  const char *label = cancelled ? _ ("Compute") : _ ("Cancel");

  gtk_widget_set_visible (self->box, cancelled || (share >= 0 && self->shown));
  gtk_widget_set_visible (self->progress, !cancelled);
  if (share >= 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), share);
  if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (self->button)), label) != 0)
    gtk_button_set_label (GTK_BUTTON (self->button), label);
}

static gboolean
lose_patience (gpointer data)
{
  GscInsightBar *self = data;

  self->patience = 0;
  self->shown = TRUE;
  show (self, is_cancelled (self), get_share (self));
  return G_SOURCE_REMOVE;
}

static void
refresh (GscInsightBar *self)
{
  gboolean cancelled = is_cancelled (self);
  double share = get_share (self);

  if (share < 0 || cancelled)
    {
      g_clear_handle_id (&self->patience, g_source_remove);
      self->shown = FALSE;
    }
  else if (!self->shown && self->patience == 0)
    self->patience = g_timeout_add (PATIENCE, lose_patience, self);
  show (self, cancelled, share);
}

static void
clicked (GscInsightBar *self)
{
  if (self->session == NULL)
    return;
  if (is_cancelled (self))
    gsc_session_compute_insight (self->session, self->kind);
  else
    gsc_session_cancel_insight (self->session, self->kind);
}

void
gsc_insight_bar_set_session (GscInsightBar *self, GscSession *session)
{
  g_return_if_fail (GSC_IS_INSIGHT_BAR (self));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_swapped (session, "progress", G_CALLBACK (refresh), self);
  refresh (self);
}

GtkWidget *
gsc_insight_bar_get_button (GscInsightBar *self)
{
  g_return_val_if_fail (GSC_IS_INSIGHT_BAR (self), NULL);

  return self->button;
}

static void
gsc_insight_bar_dispose (GObject *object)
{
  GscInsightBar *self = GSC_INSIGHT_BAR (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gsc_insight_bar_parent_class)->dispose (object);
}

static void
gsc_insight_bar_class_init (GscInsightBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_insight_bar_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "gscinsightbar");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gsc_insight_bar_init (GscInsightBar *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_add_css_class (self->box, "insight-bar");
  self->progress = gtk_progress_bar_new ();
  gtk_widget_set_valign (self->progress, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->progress, TRUE);
  self->button = gtk_button_new ();
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked), self);
  gtk_box_append (GTK_BOX (self->box), self->progress);
  gtk_box_append (GTK_BOX (self->box), self->button);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
gsc_insight_bar_new (GscInsightKind kind, const char *title)
{
  GscInsightBar *self = g_object_new (GSC_TYPE_INSIGHT_BAR, NULL);
  g_autofree char *name = g_strdup_printf (_ ("Computing: %s"), title);

  self->kind = kind;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name, -1);
  refresh (self);
  return GTK_WIDGET (self);
}
