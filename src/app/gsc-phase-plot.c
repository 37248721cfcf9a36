/* gsc-phase-plot.c - a phase diagram to look at and to point into
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-phase-plot.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gsc-plot-card.h"
#include "gsc-plot-look.h"

/* Logical pixels. */
#define MIN_WIDTH 280
#define MIN_HEIGHT 220

struct _GscPhasePlot
{
  GtkWidget parent_instance;

  GscHeatMapCursor cursor;
  GscPhasePick pick; /* at the pointer; text NULL: nothing */
  double pointer_x;  /* where it was last */
  double pointer_y;
  int width; /* that the page is laid out for */
  int height;

  /* Owned References */
  GscPhaseFigure *figure;
  GscFigurePage *page; /* NULL: to be laid out again */
  GscPlotCard *card;
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscPhasePlot, gsc_phase_plot, GTK_TYPE_WIDGET)

static const GscPhaseFrame *
get_frame (GscPhasePlot *self)
{
  return self->figure != NULL ? self->figure->parts[0].frame : NULL;
}

/* Painting */

static void
redo (GscPhasePlot *self)
{
  g_clear_pointer (&self->page, gsc_figure_page_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const GscFigurePage *
gsc_phase_plot_get_page (GscPhasePlot *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GscPhaseFigureOptions options = { .bare = TRUE, .cursor = self->cursor };
  GscStyle style;

  if (self->page != NULL || self->figure == NULL || gtk_widget_get_width (widget) < 1
      || gtk_widget_get_height (widget) < 1)
    return self->page;
  options.show_cursor = gtk_widget_has_focus (widget);
  gsc_style_init (&style, gsc_palette_get (gsc_plot_look_get_palette ()),
                  gsc_plot_look_get_text_size (widget));
  self->page
      = gsc_phase_figure_lay_out (self->figure, &options, &style, gtk_widget_get_width (widget),
                                  gtk_widget_get_height (widget));
  return self->page;
}

static void
gsc_phase_plot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GscPhasePlot *self = GSC_PHASE_PLOT (widget);
  const GscFigurePage *page = gsc_phase_plot_get_page (self);
  graphene_rect_t bounds;
  cairo_t *cr;

  if (page == NULL)
    return;
  graphene_rect_init (&bounds, 0, 0, (float) gtk_widget_get_width (widget),
                      (float) gtk_widget_get_height (widget));
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  gsc_figure_page_paint (page, cr);
  cairo_destroy (cr);
  if (self->pick.text != NULL)
    gsc_plot_look_snapshot_highlight (snapshot, &self->pick.rect);
}

static void
gsc_phase_plot_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

static void
gsc_phase_plot_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GscPhasePlot *self = GSC_PHASE_PLOT (widget);

  /* The card's coming and going allocates, too. */
  if (width != self->width || height != self->height)
    {
      self->width = width;
      self->height = height;
      gsc_phase_plot_leave (self);
      redo (self);
    }
  gtk_popover_present (GTK_POPOVER (self->card));
}

/* What it says */

static void
describe_cursor (GscPhasePlot *self)
{
  const GscPhaseFrame *frame = get_frame (self);
  g_autofree char *text = NULL;

  if (frame != NULL && self->cursor.column < frame->across.n && self->cursor.row < frame->up.n)
    text = gsc_phase_figure_describe_cell (frame, self->cursor.column, self->cursor.row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text != NULL ? text : "", -1);
}

void
gsc_phase_plot_set_figure (GscPhasePlot *self, GscPhaseFigure *figure)
{
  g_autofree char *summary = NULL;
  const GscPhaseFrame *frame;
  gboolean pointed;

  g_return_if_fail (GSC_IS_PHASE_PLOT (self));

  pointed = self->pick.text != NULL;

  gsc_phase_plot_leave (self);
  g_clear_pointer (&self->page, gsc_figure_page_free);
  g_clear_pointer (&self->figure, gsc_phase_figure_unref);
  if (figure != NULL)
    self->figure = gsc_phase_figure_ref (figure);
  frame = get_frame (self);
  if (frame != NULL)
    {
      summary = gsc_phase_figure_summarise (figure);
      self->cursor.column = MIN (self->cursor.column, frame->across.n - 1);
      self->cursor.row = MIN (self->cursor.row, frame->up.n - 1);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  summary != NULL ? summary : _ ("Phase diagram"), -1);
  describe_cursor (self);
  redo (self);
  if (pointed)
    gsc_phase_plot_hover (self, self->pointer_x, self->pointer_y);
}

GscPhaseFigure *
gsc_phase_plot_get_figure (GscPhasePlot *self)
{
  return self->figure;
}

GscHeatMapCursor
gsc_phase_plot_get_cursor (GscPhasePlot *self)
{
  return self->cursor;
}

/* The pointer */

static void
show_card (GscPhasePlot *self, double x, double y)
{
  GscFigurePick pick = { .rect = self->pick.rect, .text = self->pick.text };

  gsc_plot_card_show (self->card, &pick, x, y);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
gsc_phase_plot_hover (GscPhasePlot *self, double x, double y)
{
  const GscFigurePage *page = gsc_phase_plot_get_page (self);
  g_auto (GscPhasePick) pick = { 0 };

  if (page == NULL || !gsc_phase_figure_pick (page, x, y, &pick))
    {
      gsc_phase_plot_leave (self);
      return FALSE;
    }
  gsc_phase_pick_clear (&self->pick);
  self->pick = pick;
  pick = (GscPhasePick){ 0 };
  self->pointer_x = x;
  self->pointer_y = y;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->pick.run != NULL ? "pointer" : NULL);
  show_card (self, x, y);
  return TRUE;
}

void
gsc_phase_plot_leave (GscPhasePlot *self)
{
  if (self->pick.text == NULL)
    return;
  gsc_phase_pick_clear (&self->pick);
  self->pick = (GscPhasePick){ 0 };
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  gtk_popover_popdown (GTK_POPOVER (self->card));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
gsc_phase_plot_get_hover_text (GscPhasePlot *self)
{
  return self->pick.text;
}

gboolean
gsc_phase_plot_choose (GscPhasePlot *self, double x, double y)
{
  const GscFigurePage *page = gsc_phase_plot_get_page (self);
  g_autoptr (GscPhaseFigure) figure = NULL;
  g_auto (GscPhasePick) pick = { 0 };

  if (page == NULL || !gsc_phase_figure_pick (page, x, y, &pick))
    return FALSE;
  self->cursor = (GscHeatMapCursor){ pick.column, pick.row };
  describe_cursor (self);
  /* The run is the figure's. */
  figure = gsc_phase_figure_ref (self->figure);
  redo (self);
  if (pick.run == NULL)
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, pick.run);
  return TRUE;
}

/* Keys */

/* The cell's rectangle in the first map. */
static gboolean
find_cursor (GscPhasePlot *self, GscRect *rect)
{
  const GscFigurePage *page = gsc_phase_plot_get_page (self);
  const GscCellMapLayout *map = page != NULL ? gsc_figure_page_get_cell_map (page, 0) : NULL;

  if (map == NULL || self->cursor.column >= map->columns || self->cursor.row >= map->rows)
    return FALSE;
  *rect = gsc_cell_map_layout_get_cell (map, self->cursor.column, self->cursor.row);
  return TRUE;
}

gboolean
gsc_phase_plot_move (GscPhasePlot *self, GscDirection direction)
{
  GscRect rect;

  if (self->figure == NULL || !gsc_phase_figure_move (self->figure, direction, &self->cursor))
    return FALSE;
  describe_cursor (self);
  redo (self);
  if (find_cursor (self, &rect))
    gsc_phase_plot_hover (self, rect.x + rect.width / 2, rect.y + rect.height / 2);
  return TRUE;
}

gboolean
gsc_phase_plot_choose_cursor (GscPhasePlot *self)
{
  g_autoptr (GscPhaseFigure) figure = NULL;
  const GscPhaseFrame *frame = get_frame (self);
  const GscPhaseRun *run = NULL;

  if (frame == NULL)
    return FALSE;
  run = gsc_phase_frame_get_run (
      frame, gsc_phase_frame_get_cell (frame, self->cursor.column, self->cursor.row));
  if (run == NULL)
    return FALSE;
  figure = gsc_phase_figure_ref (self->figure);
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, run);
  return TRUE;
}

/* At the border it stays there, and Tab leaves. */
static gboolean
on_arrow (GtkWidget *widget, GVariant *direction, gpointer data)
{
  gsc_phase_plot_move (GSC_PHASE_PLOT (widget), (GscDirection) g_variant_get_int32 (direction));
  return TRUE;
}

static void
on_activate (GscPhasePlot *self)
{
  gsc_phase_plot_choose_cursor (self);
}

/* GObject */

static void
gsc_phase_plot_dispose (GObject *object)
{
  GscPhasePlot *self = GSC_PHASE_PLOT (object);

  gsc_phase_pick_clear (&self->pick);
  self->pick = (GscPhasePick){ 0 };
  g_clear_pointer (&self->page, gsc_figure_page_free);
  g_clear_pointer (&self->figure, gsc_phase_figure_unref);
  if (self->card != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->card)));

  G_OBJECT_CLASS (gsc_phase_plot_parent_class)->dispose (object);
}

static void
gsc_phase_plot_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (gsc_phase_plot_parent_class)->css_changed (widget, change);
  redo (GSC_PHASE_PLOT (widget));
}

static void
gsc_phase_plot_class_init (GscPhasePlotClass *klass)
{
  static const struct
  {
    guint key, keypad;
    GscDirection direction;
  } arrows[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, GSC_DIRECTION_LEFT },
    { GDK_KEY_Right, GDK_KEY_KP_Right, GSC_DIRECTION_RIGHT },
    { GDK_KEY_Up, GDK_KEY_KP_Up, GSC_DIRECTION_UP },
    { GDK_KEY_Down, GDK_KEY_KP_Down, GSC_DIRECTION_DOWN },
  };
  static const guint enters[]
      = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space, GDK_KEY_KP_Space };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gsc_phase_plot_dispose;
  widget_class->snapshot = gsc_phase_plot_snapshot;
  widget_class->measure = gsc_phase_plot_measure;
  widget_class->size_allocate = gsc_phase_plot_size_allocate;
  widget_class->css_changed = gsc_phase_plot_css_changed;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_ACTIVATE] = g_signal_new_class_handler (
      "activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION,
      G_CALLBACK (on_activate), NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_activate_signal (widget_class, signals[SIGNAL_ACTIVATE]);

  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++)
    {
      gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, on_arrow, "i",
                                    (int) arrows[i].direction);
      gtk_widget_class_add_binding (widget_class, arrows[i].keypad, 0, on_arrow, "i",
                                    (int) arrows[i].direction);
    }
  for (guint i = 0; i < G_N_ELEMENTS (enters); i++)
    gtk_widget_class_add_binding_signal (widget_class, enters[i], 0, "activate", NULL);
}

static void
on_motion (GscPhasePlot *self, double x, double y)
{
  gsc_phase_plot_hover (self, x, y);
}

static void
on_pressed (GscPhasePlot *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_released (GscPhasePlot *self, int n, double x, double y)
{
  if (n == 1)
    gsc_phase_plot_choose (self, x, y);
}

static void
gsc_phase_plot_init (GscPhasePlot *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  self->card = gsc_plot_card_new (GTK_WIDGET (self));
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (gsc_phase_plot_leave), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (redo), NULL);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (redo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (redo), self,
                           G_CONNECT_SWAPPED);
  gsc_phase_plot_set_figure (self, NULL);
}

GtkWidget *
gsc_phase_plot_new (void)
{
  return g_object_new (GSC_TYPE_PHASE_PLOT, NULL);
}
