/* gsc-plot-view-input.c - pointer and keys in a figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-plot-view-private.h"

#include <math.h>

#include "gsc-plot-cursor.h"

static gboolean
is_same_pick (const GscFigurePick *a, const GscFigurePick *b)
{
  return a->kind == b->kind && g_strcmp0 (a->text, b->text) == 0 && a->rect.x == b->rect.x
         && a->rect.y == b->rect.y && a->rect.width == b->rect.width
         && a->rect.height == b->rect.height;
}

/* Whose cursor it moves. */
static GscSession *
get_leader (GscPlotView *self, gboolean in_time)
{
  return self->leader != NULL && !in_time ? self->leader : self->session;
}

void
gsc_plot_view_update_pick (GscPlotView *self)
{
  g_auto (GscFigurePick) pick = { .kind = GSC_PICK_NONE };

  if (self->pointed && self->page != NULL)
    gsc_figure_pick (self->page, self->pointer_x, self->pointer_y, &pick);
  if (is_same_pick (&pick, &self->pick))
    return;
  gsc_figure_pick_clear (&self->pick);
  self->pick = pick;
  pick.text = NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   self->pick.kind != GSC_PICK_NONE ? "pointer" : NULL);
  if (self->pick.text != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gsc_plot_card_show (self->card, &self->pick, self->pointer_x, self->pointer_y);
  else if (self->card != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->card));
}

gboolean
gsc_plot_view_hover (GscPlotView *self, double x, double y)
{
  self->pointed = TRUE;
  self->pointer_x = x;
  self->pointer_y = y;
  gsc_plot_view_update_pick (self);
  return self->pick.kind != GSC_PICK_NONE;
}

void
gsc_plot_view_leave (GscPlotView *self)
{
  self->pointed = FALSE;
  gsc_plot_view_update_pick (self);
}

const char *
gsc_plot_view_get_hover_text (GscPlotView *self)
{
  return self->pick.text;
}

gboolean
gsc_plot_view_choose (GscPlotView *self, double x, double y)
{
  g_auto (GscFigurePick) pick = { .kind = GSC_PICK_NONE };

  if (self->page == NULL || self->session == NULL || !gsc_figure_pick (self->page, x, y, &pick))
    return FALSE;
  gsc_plot_cursor_choose (get_leader (self, pick.kind == GSC_PICK_RECORD), &pick);
  g_signal_emit_by_name (self, "chosen", &pick);
  return TRUE;
}

static void
motion (GscPlotView *self, double x, double y)
{
  gsc_plot_view_hover (self, x, y);
}

static void
pressed (GscPlotView *self, int n_press, double x, double y, GtkGesture *gesture)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2)
    g_signal_emit_by_name (self, "enlarge");
  else if (n_press == 1)
    gsc_plot_view_choose (self, x, y);
}

/* Along the learning curves time is dragged; at the height where the drag began, so that the
 * pointer may leave the plot. */
static void
drag_begin (GscPlotView *self, double x, double y)
{
  g_auto (GscFigurePick) pick = { .kind = GSC_PICK_NONE };

  self->drag_y = NAN;
  if (self->page != NULL && gsc_figure_pick (self->page, x, y, &pick)
      && pick.kind == GSC_PICK_RECORD)
    self->drag_y = y;
}

static void
drag_update (GscPlotView *self, double offset_x, double offset_y, GtkGestureDrag *gesture)
{
  double x, y;

  if (isnan (self->drag_y) || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  gsc_plot_view_choose (self, x + offset_x, self->drag_y);
}

void
gsc_plot_view_add_pointer (GscPlotView *self)
{
  GtkEventController *hover = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->drag_y = NAN;
  g_signal_connect_swapped (hover, "enter", G_CALLBACK (motion), self);
  g_signal_connect_swapped (hover, "motion", G_CALLBACK (motion), self);
  g_signal_connect_swapped (hover, "leave", G_CALLBACK (gsc_plot_view_leave), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), hover);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_gesture_group (click, drag);
}

/* Keys */

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GscPlotView *self = GSC_PLOT_VIEW (widget);
  int direction, places;

  g_variant_get (parameter, "(ii)", &direction, &places);
  /* Who types does not want the card of where the pointer was left. */
  gsc_plot_view_leave (self);
  if (self->session != NULL && direction >= GSC_DIRECTION_LEFT && direction <= GSC_DIRECTION_DOWN
      && places >= 0)
    gsc_plot_cursor_move (get_leader (self, self->figure == GSC_FIGURE_LEARNING_CURVES),
                          self->figure, (GscDirection) direction, (guint) places);
}

void
gsc_plot_view_add_keys (GtkWidgetClass *class)
{
  static const struct
  {
    guint keys[2]; /* 0: none */
    GscDirection direction;
    int places;
    int places_shift;
  } keys[] = {
    { { GDK_KEY_Left, GDK_KEY_KP_Left }, GSC_DIRECTION_LEFT, 1, 10 },
    { { GDK_KEY_Right, GDK_KEY_KP_Right }, GSC_DIRECTION_RIGHT, 1, 10 },
    { { GDK_KEY_Up, GDK_KEY_KP_Up }, GSC_DIRECTION_UP, 1, 10 },
    { { GDK_KEY_Down, GDK_KEY_KP_Down }, GSC_DIRECTION_DOWN, 1, 10 },
    { { GDK_KEY_Home, GDK_KEY_KP_Home }, GSC_DIRECTION_LEFT, 0, 0 },
    { { GDK_KEY_End, GDK_KEY_KP_End }, GSC_DIRECTION_RIGHT, 0, 0 },
  };

  gtk_widget_class_install_action (class, "plot.move", "(ii)", move_action);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (guint k = 0; k < 2; k++)
      {
        gtk_widget_class_add_binding_action (class, keys[i].keys[k], 0, "plot.move", "(ii)",
                                             keys[i].direction, keys[i].places);
        gtk_widget_class_add_binding_action (class, keys[i].keys[k], GDK_SHIFT_MASK, "plot.move",
                                             "(ii)", keys[i].direction, keys[i].places_shift);
      }
  gtk_widget_class_add_binding_signal (class, GDK_KEY_Return, 0, "enlarge", NULL);
  gtk_widget_class_add_binding_signal (class, GDK_KEY_KP_Enter, 0, "enlarge", NULL);
  gtk_widget_class_add_binding_signal (class, GDK_KEY_ISO_Enter, 0, "enlarge", NULL);
}
