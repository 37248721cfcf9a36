/* gsc-plot-card.c - the little card with the values at the pointer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-plot-card.h"

#include <math.h>

/* Things that are wider or higher have their card beside the pointer; logical pixels. */
#define LARGE 64.0

/* Between thing and card. */
#define DISTANCE 4

/* Above and below the pointer's tip. */
#define POINTER_ABOVE 8
#define POINTER_HEIGHT 28

struct _GscPlotCard
{
  GtkPopover parent_instance;

  /* Borrowed References */
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (GscPlotCard, gsc_plot_card, GTK_TYPE_POPOVER)

/* Whether a dialog is open that the window waits for: the card would lie over it. */
static gboolean
is_waiting (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (gtk_widget_get_visible (at->data) && gtk_window_get_modal (at->data)
        && (GtkRoot *) gtk_window_get_transient_for (at->data) == root)
      return TRUE;
  return FALSE;
}

/* The window has lost the focus: a dialog, or another program's window, may lie over it. */
static void
on_active (GscPlotCard *self, GParamSpec *pspec, GtkWindow *window)
{
  if (!gtk_window_is_active (window))
    gtk_popover_popdown (GTK_POPOVER (self));
}

static void
gsc_plot_card_root (GtkWidget *widget)
{
  GtkRoot *root;

  GTK_WIDGET_CLASS (gsc_plot_card_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (root, "notify::is-active", G_CALLBACK (on_active), widget,
                             G_CONNECT_SWAPPED);
}

static void
gsc_plot_card_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_root (widget), widget);
  GTK_WIDGET_CLASS (gsc_plot_card_parent_class)->unroot (widget);
}

/* The card must not come between the pointer and the figure. */
static void
gsc_plot_card_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (widget));
  cairo_region_t *nothing = cairo_region_create ();

  GTK_WIDGET_CLASS (gsc_plot_card_parent_class)->size_allocate (widget, width, height, baseline);
  gdk_surface_set_input_region (surface, nothing);
  cairo_region_destroy (nothing);
}

static void
gsc_plot_card_class_init (GscPlotCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->size_allocate = gsc_plot_card_size_allocate;
  widget_class->root = gsc_plot_card_root;
  widget_class->unroot = gsc_plot_card_unroot;
}

static void
gsc_plot_card_init (GscPlotCard *self)
{
  GtkPopover *popover = GTK_POPOVER (self);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_popover_set_child (popover, GTK_WIDGET (self->label));
  gtk_popover_set_autohide (popover, FALSE);
  gtk_popover_set_has_arrow (popover, FALSE);
  gtk_popover_set_position (popover, GTK_POS_BOTTOM);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "plot-card");
}

GscPlotCard *
gsc_plot_card_new (GtkWidget *parent)
{
  GscPlotCard *self = g_object_new (GSC_TYPE_PLOT_CARD, NULL);

  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  return self;
}

void
gsc_plot_card_show (GscPlotCard *self, const GscFigurePick *pick, double x, double y)
{
  const GscRect *rect = &pick->rect;
  GdkRectangle place = { (int) x, (int) y - POINTER_ABOVE, 1, POINTER_HEIGHT };

  if (rect->width > 0 && rect->width <= LARGE && rect->height > 0 && rect->height <= LARGE)
    place = (GdkRectangle){
      (int) floor (rect->x) - DISTANCE,
      (int) floor (rect->y) - DISTANCE,
      (int) ceil (rect->width) + 2 * DISTANCE,
      (int) ceil (rect->height) + 2 * DISTANCE,
    };
  if (is_waiting (GTK_WIDGET (self)))
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  gtk_label_set_text (self->label, pick->text);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), &place);
  gtk_popover_popup (GTK_POPOVER (self));
}
