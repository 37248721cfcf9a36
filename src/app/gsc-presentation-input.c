/* gsc-presentation-input.c - a presentation's keys, and its pointer, which hides
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-presentation-private.h"

/* Milliseconds until a resting pointer hides. */
#define POINTER_REST 2000

/* Keys */

/* At either end it stays, but for the blank. */
static gboolean
on_step (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GscPresentation *self = GSC_PRESENTATION (widget);

  if (!gsc_presentation_go (self, self->index + g_variant_get_int32 (arguments)))
    gsc_presentation_set_blank (self, FALSE);
  return TRUE;
}

static gboolean
on_number (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gsc_presentation_go (GSC_PRESENTATION (widget), g_variant_get_int32 (arguments) - 1);
  return TRUE;
}

static gboolean
on_blank (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  GscPresentation *self = GSC_PRESENTATION (widget);

  gsc_presentation_set_blank (self, !gsc_presentation_get_blank (self));
  return TRUE;
}

static gboolean
on_leave (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  g_signal_emit_by_name (widget, "leave");
  return TRUE;
}

void
gsc_presentation_add_keys (GtkWidgetClass *klass)
{
  static const guint next[] = { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, GDK_KEY_space };
  static const guint previous[] = { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up };
  static const guint blank[] = { GDK_KEY_b, GDK_KEY_period, GDK_KEY_KP_Decimal };
  static const guint leave[] = { GDK_KEY_Escape, GDK_KEY_F11 };

  for (guint i = 0; i < G_N_ELEMENTS (next); i++)
    gtk_widget_class_add_binding (klass, next[i], 0, on_step, "i", 1);
  for (guint i = 0; i < G_N_ELEMENTS (previous); i++)
    gtk_widget_class_add_binding (klass, previous[i], 0, on_step, "i", -1);
  for (guint i = 0; i < G_N_ELEMENTS (blank); i++)
    gtk_widget_class_add_binding (klass, blank[i], 0, on_blank, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (leave); i++)
    gtk_widget_class_add_binding (klass, leave[i], 0, on_leave, NULL);
  for (int i = 1; i <= 9; i++)
    {
      gtk_widget_class_add_binding (klass, GDK_KEY_0 + (guint) i, 0, on_number, "i", i);
      gtk_widget_class_add_binding (klass, GDK_KEY_KP_0 + (guint) i, 0, on_number, "i", i);
    }
}

/* The pointer */

static gboolean
on_pointer_rest (gpointer data)
{
  GscPresentation *self = data;

  self->pointer_timeout = 0;
  /* Over a figure it would have the figure's shape. */
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    if (self->panels[i] != NULL)
      gsc_plot_view_leave (gsc_panel_get_plot (self->panels[i]));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "none");
  return G_SOURCE_REMOVE;
}

void
gsc_presentation_wait_for_rest (GscPresentation *self)
{
  g_clear_handle_id (&self->pointer_timeout, g_source_remove);
  self->pointer_timeout = g_timeout_add (POINTER_REST, on_pointer_rest, self);
}

/* A new layout under a pointer that rests is a motion, too. */
static void
on_motion (GscPresentation *self, double x, double y)
{
  if (x == self->pointer_x && y == self->pointer_y)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  gsc_presentation_wait_for_rest (self);
}

void
gsc_presentation_add_pointer (GscPresentation *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
