/* gsc-compare-bar.c - says what is compared with what, and how it is seen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-compare-bar.h"

#include <glib/gi18n.h>

#define SLIDER_WIDTH 80

/* Characters of the names that are always seen. */
#define NAME_WIDTH 15

struct _GscCompareBar
{
  GtkWidget parent_instance;

  /* Borrowed References */
  GtkRevealer *revealer;
  GtkLabel *label;
  GtkScale *slider;

  gboolean refreshing; /* the slider is brought in line, not used */

  /* Owned References */
  GscComparison *comparison;
};

G_DEFINE_FINAL_TYPE (GscCompareBar, gsc_compare_bar, GTK_TYPE_WIDGET)

static void
refresh_slider (GscCompareBar *self, GscSession *other)
{
  const GscFrame *frame = gsc_session_get_frame (other);
  guint n = frame != NULL ? frame->run->records->len : 0;
  GtkAdjustment *adjustment = gtk_range_get_adjustment (GTK_RANGE (self->slider));

  gtk_widget_set_visible (GTK_WIDGET (self->slider), n > 1);
  if (n < 2)
    return;
  self->refreshing = TRUE;
  gtk_adjustment_configure (adjustment, frame->record, 0, n - 1, 1, 10, 0);
  self->refreshing = FALSE;
}

static void
refresh (GscCompareBar *self)
{
  GscSession *other = gsc_comparison_get_other (self->comparison);

  if (other != NULL)
    {
      g_autofree char *a = gsc_comparison_describe (self->comparison, FALSE);
      g_autofree char *b = gsc_comparison_describe (self->comparison, TRUE);
      g_autofree char *text = g_strdup_printf ("A: %s\nB: %s", a, b);

      if (g_strcmp0 (gtk_label_get_text (self->label), text) != 0)
        {
          gtk_label_set_text (self->label, text);
          gtk_widget_set_tooltip_text (GTK_WIDGET (self->label), text);
        }
      refresh_slider (self, other);
    }
  if (gtk_revealer_get_reveal_child (self->revealer) != (other != NULL))
    gtk_revealer_set_reveal_child (self->revealer, other != NULL);
}

static void
on_slider (GscCompareBar *self)
{
  GscSession *other = gsc_comparison_get_other (self->comparison);

  if (!self->refreshing && other != NULL)
    gsc_session_set_record (other, (int) (gtk_range_get_value (GTK_RANGE (self->slider)) + 0.5));
}

const char *
gsc_compare_bar_get_text (GscCompareBar *self)
{
  g_return_val_if_fail (GSC_IS_COMPARE_BAR (self), NULL);

  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}

GtkRange *
gsc_compare_bar_get_slider (GscCompareBar *self)
{
  g_return_val_if_fail (GSC_IS_COMPARE_BAR (self), NULL);

  return GTK_RANGE (self->slider);
}

static void
gsc_compare_bar_dispose (GObject *object)
{
  GscCompareBar *self = GSC_COMPARE_BAR (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  if (self->comparison != NULL)
    g_signal_handlers_disconnect_by_data (self->comparison, self);
  g_clear_object (&self->comparison);
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (gsc_compare_bar_parent_class)->dispose (object);
}

static void
gsc_compare_bar_class_init (GscCompareBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_compare_bar_dispose;

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "gsccomparebar");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_TOOLBAR);
}

/* One of the four ways to see them. */
static GtkWidget *
make_switch (void)
{
  static const struct
  {
    const char *label;
    const char *tip;
    const char *target;
  } choices[] = {
    { "A", N_ ("A alone"), "a" },
    { "B", N_ ("B alone"), "b" },
    { N_ ("A and B"), N_ ("Side by side, with the same scales"), "both" },
    { "A − B", N_ ("The difference, where there is one"), "difference" },
  };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (choices[i].label));

      gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.compare-show");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", choices[i].target);
      gtk_widget_set_tooltip_text (button, _ (choices[i].tip));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (choices[i].tip), -1);
      gtk_box_append (GTK_BOX (box), button);
    }
  return box;
}

static GtkWidget *
make_button (const char *icon, const char *tip, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, tip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip, -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

static GtkWidget *
make_slider (void)
{
  GtkWidget *slider = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, NULL);

  gtk_scale_set_draw_value (GTK_SCALE (slider), FALSE);
  gtk_range_set_round_digits (GTK_RANGE (slider), 0);
  gtk_widget_set_size_request (slider, SLIDER_WIDTH, -1);
  gtk_widget_set_valign (slider, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (slider, _ ("The step of B"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (slider), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("The step of B"), -1);
  return slider;
}

static void
gsc_compare_bar_init (GscCompareBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  self->label = GTK_LABEL (gtk_label_new (NULL));
  self->slider = GTK_SCALE (make_slider ());
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (self->label, NAME_WIDTH);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
  gtk_widget_add_css_class (box, "gsc-compare-bar");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->slider));
  gtk_box_append (GTK_BOX (box), make_switch ());
  gtk_box_append (GTK_BOX (box), make_button ("object-flip-horizontal-symbolic", _ ("Swap A and B"),
                                              "win.compare-swap"));
  gtk_box_append (GTK_BOX (box), make_button ("window-close-symbolic",
                                              _ ("End the Comparison (Esc)"), "win.compare-stop"));
  gtk_revealer_set_child (self->revealer, box);
  gtk_widget_set_parent (GTK_WIDGET (self->revealer), GTK_WIDGET (self));
  g_signal_connect_swapped (self->slider, "value-changed", G_CALLBACK (on_slider), self);
}

GtkWidget *
gsc_compare_bar_new (GscComparison *comparison)
{
  GscCompareBar *self;

  g_return_val_if_fail (GSC_IS_COMPARISON (comparison), NULL);

  self = g_object_new (GSC_TYPE_COMPARE_BAR, NULL);
  self->comparison = g_object_ref (comparison);
  g_signal_connect_swapped (comparison, "changed", G_CALLBACK (refresh), self);
  refresh (self);
  return GTK_WIDGET (self);
}
