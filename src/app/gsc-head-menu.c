/* gsc-head-menu.c - the menu of a head, at the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-head-menu.h"

#include "gsc-head-actions.h"

struct _GscHeadMenu
{
  GtkWidget parent_instance;

  /* Borrowed References */
  GscPlotView *plot; /* NULL once it is gone */
  GtkWidget *popover;
};

G_DEFINE_FINAL_TYPE (GscHeadMenu, gsc_head_menu, GTK_TYPE_WIDGET)

static void
pop_up (GscHeadMenu *self, double x, double y)
{
  GdkRectangle at = { 0, 0, 1, 1 };
  double menu_x, menu_y;

  if (gtk_widget_translate_coordinates (GTK_WIDGET (self->plot), GTK_WIDGET (self), x, y, &menu_x,
                                        &menu_y))
    {
      at.x = (int) menu_x;
      at.y = (int) menu_y;
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &at);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

gboolean
gsc_head_menu_open_at (GscHeadMenu *self, double x, double y)
{
  g_return_val_if_fail (GSC_IS_HEAD_MENU (self), FALSE);

  if (self->plot == NULL || !gsc_plot_view_choose (self->plot, x, y))
    return FALSE;
  pop_up (self, x, y);
  return TRUE;
}

void
gsc_head_menu_open (GscHeadMenu *self)
{
  g_return_if_fail (GSC_IS_HEAD_MENU (self));

  if (self->plot != NULL)
    pop_up (self, gtk_widget_get_width (GTK_WIDGET (self->plot)) / 2.0,
            gtk_widget_get_height (GTK_WIDGET (self->plot)) / 2.0);
}

GtkPopover *
gsc_head_menu_get_popover (GscHeadMenu *self)
{
  g_return_val_if_fail (GSC_IS_HEAD_MENU (self), NULL);

  return GTK_POPOVER (self->popover);
}

static void
pressed (GscHeadMenu *self, int n_press, double x, double y, GtkGesture *gesture)
{
  if (gsc_head_menu_open_at (self, x, y))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
key_pressed (GtkWidget *plot, GVariant *arguments, gpointer data)
{
  gsc_head_menu_open (data);
  return TRUE;
}

static void
add_controllers (GscHeadMenu *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed), self, G_CONNECT_SWAPPED);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                        gtk_callback_action_new (key_pressed, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->plot), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self->plot), keys);
}

static void
gsc_head_menu_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_popover_present (GTK_POPOVER (GSC_HEAD_MENU (widget)->popover));
}

static void
gsc_head_menu_dispose (GObject *object)
{
  GscHeadMenu *self = GSC_HEAD_MENU (object);

  g_clear_weak_pointer (&self->plot);
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (gsc_head_menu_parent_class)->dispose (object);
}

static void
gsc_head_menu_class_init (GscHeadMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_head_menu_dispose;
  GTK_WIDGET_CLASS (klass)->size_allocate = gsc_head_menu_size_allocate;
}

static void
gsc_head_menu_init (GscHeadMenu *self)
{
  g_autoptr (GMenuModel) menu = gsc_head_actions_make_menu ("board.show-head");

  self->popover = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
}

GtkWidget *
gsc_head_menu_new (GscPlotView *plot)
{
  GscHeadMenu *self = g_object_new (GSC_TYPE_HEAD_MENU, NULL);

  g_set_weak_pointer (&self->plot, plot);
  add_controllers (self);
  return GTK_WIDGET (self);
}
