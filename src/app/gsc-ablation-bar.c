/* gsc-ablation-bar.c - says that the model shown is without some heads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-ablation-bar.h"

#include <glib/gi18n.h>

struct _GscAblationBar
{
  GtkWidget parent_instance;

  /* Borrowed References */
  GtkRevealer *revealer;
  GtkLabel *label;

  /* Owned References */
  GscSession *session;
};

G_DEFINE_FINAL_TYPE (GscAblationBar, gsc_ablation_bar, GTK_TYPE_WIDGET)

static double
get_accuracy (const GscRecord *record)
{
  return record->sets[GSC_SET_OOD_TEST].last_accuracy;
}

/* "2 heads ablated · o.o.d./test accuracy at the last shot 0.71 → 0.32" */
static char *
describe (GscSession *session)
{
  guint n = gsc_session_count_ablated (session);
  const GscFrame *frame = gsc_session_get_frame (session);
  const GscInsight *scores = frame != NULL ? frame->insights[GSC_INSIGHT_SCORES] : NULL;
  const GscRecord *base = frame != NULL ? gsc_frame_get_record (frame) : NULL;
  g_autofree char *heads = g_strdup_printf (ngettext ("%u head ablated", "%u heads ablated", n), n);

  if (scores == NULL)
    return g_strdup_printf (_ ("%s · measuring the accuracies…"), heads);
  if (base == NULL)
    return g_strdup_printf (_ ("%s · o.o.d./test accuracy at the last shot: %.2f"), heads,
                            get_accuracy (scores->scores));
  return g_strdup_printf (_ ("%s · o.o.d./test accuracy at the last shot: %.2f → %.2f"), heads,
                          get_accuracy (base), get_accuracy (scores->scores));
}

static void
refresh (GscAblationBar *self)
{
  gboolean any = gsc_session_count_ablated (self->session) > 0;
  g_autofree char *text = any ? describe (self->session) : NULL;

  if (any && g_strcmp0 (gtk_label_get_text (self->label), text) != 0)
    gtk_label_set_text (self->label, text);
  if (gtk_revealer_get_reveal_child (self->revealer) != any)
    gtk_revealer_set_reveal_child (self->revealer, any);
}

const char *
gsc_ablation_bar_get_text (GscAblationBar *self)
{
  g_return_val_if_fail (GSC_IS_ABLATION_BAR (self), NULL);

  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}

static void
gsc_ablation_bar_dispose (GObject *object)
{
  GscAblationBar *self = GSC_ABLATION_BAR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (gsc_ablation_bar_parent_class)->dispose (object);
}

static void
gsc_ablation_bar_class_init (GscAblationBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_ablation_bar_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "gscablationbar");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
gsc_ablation_bar_init (GscAblationBar *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Restore All"));

  gtk_widget_add_css_class (box, "gsc-ablation-bar");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Put all heads back (Shift+R)"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "heads.restore-all");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_revealer_set_child (GTK_REVEALER (revealer), box);
  gtk_widget_set_parent (revealer, GTK_WIDGET (self));
  self->revealer = GTK_REVEALER (revealer);
  self->label = GTK_LABEL (label);
}

GtkWidget *
gsc_ablation_bar_new (GscSession *session)
{
  GscAblationBar *self = g_object_new (GSC_TYPE_ABLATION_BAR, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (session, "notify::ablated", G_CALLBACK (refresh), self);
  refresh (self);
  return GTK_WIDGET (self);
}
