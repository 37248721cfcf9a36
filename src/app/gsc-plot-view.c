/* gsc-plot-view.c - a figure of the session's frame, to look at and to point into
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-plot-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "gsc-frame-change.h"
#include "gsc-plot-card.h"
#include "gsc-plot-cursor.h"
#include "gsc-plot-look.h"

/* Logical pixels. */
#define MIN_WIDTH 120
#define MIN_HEIGHT 60

/* Seconds between two descriptions. */
#define DESCRIPTION_INTERVAL 1

struct _GscPlotView
{
  GtkWidget parent_instance;

  GscFigure figure;
  GscFigureOptions options;
  gboolean unasked; /* a painting is wanted, but could not be asked for: there was no room */
  double drag_y;    /* where a drag along the steps began; NaN: there is none */

  /* the pointer */
  gboolean pointed;
  double pointer_x;
  double pointer_y;
  GscFigurePick pick; /* at the pointer; kind NONE: nothing */

  /* Owned References */
  GscSession *session;
  GscSession *leader; /* or NULL */
  GscPainter *painter;
  GscPainterClient *client;
  GscFrame *frame;   /* the session's, when it was last looked at */
  GscFrame *painted; /* that texture and page are of */
  GdkTexture *texture;
  GscFigurePage *page;
  int page_width; /* that texture and page are of */
  int page_height;
  char *description;
  guint description_source;
  GscPlotCard *card;
};

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_FIGURE,
  PROP_DESCRIPTION,
  N_PROPS,
};

enum
{
  SIGNAL_ENLARGE,
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscPlotView, gsc_plot_view, GTK_TYPE_WIDGET)

/* Description */

static gboolean
describe (gpointer user_data)
{
  GscPlotView *self = user_data;
  GscFrame *frame = self->session != NULL ? gsc_session_get_frame (self->session) : NULL;
  g_autofree char *text
      = frame != NULL ? gsc_figure_summarise (self->figure, frame, &self->options) : NULL;

  self->description_source = 0;
  if (g_strcmp0 (text, self->description) == 0)
    return G_SOURCE_REMOVE;
  g_free (self->description);
  self->description = g_steal_pointer (&text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->description != NULL ? self->description : "", -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
  return G_SOURCE_REMOVE;
}

static void
queue_description (GscPlotView *self)
{
  if (self->description_source == 0)
    self->description_source = g_timeout_add_seconds (DESCRIPTION_INTERVAL, describe, self);
}

/* Painting */

double
gsc_plot_view_get_text_size (GscPlotView *self)
{
  return gsc_plot_look_get_text_size (GTK_WIDGET (self));
}

static void
request (GscPlotView *self, GscPainterPace pace)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GscPainterJob job;

  if (self->client == NULL || self->frame == NULL)
    return;
  self->unasked = !gtk_widget_get_mapped (widget) || gtk_widget_get_width (widget) < 1
                  || gtk_widget_get_height (widget) < 1;
  if (self->unasked)
    return;
  job = (GscPainterJob){
    .frame = self->frame,
    .figure = self->figure,
    .options = self->options,
    .palette = gsc_plot_look_get_palette (),
    .text_size = gsc_plot_view_get_text_size (self),
    .width = gtk_widget_get_width (widget),
    .height = gtk_widget_get_height (widget),
    .scale = gtk_widget_get_scale_factor (widget),
  };
  gsc_painter_request (self->painter, self->client, &job, pace);
}

static void
request_at_once (GscPlotView *self)
{
  request (self, GSC_PAINTER_AT_ONCE);
}

static void update_pick (GscPlotView *self);

static void
painted (const GscPainterJob *job, GdkTexture *texture, GscFigurePage *page, gpointer data)
{
  GscPlotView *self = data;

  g_set_object (&self->texture, texture);
  gsc_figure_page_free (self->page);
  self->page = page;
  gsc_frame_ref (job->frame);
  gsc_frame_unref (self->painted);
  self->painted = job->frame;
  self->page_width = job->width;
  self->page_height = job->height;
  update_pick (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
forget_painting (GscPlotView *self)
{
  if (self->client != NULL)
    gsc_painter_cancel (self->painter, self->client);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->page, gsc_figure_page_free);
  g_clear_pointer (&self->painted, gsc_frame_unref);
  update_pick (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
frame_changed (GscPlotView *self)
{
  GscFrame *frame = self->session != NULL ? gsc_session_get_frame (self->session) : NULL;
  GscFrameChange change;

  queue_description (self);
  if (frame == NULL)
    {
      g_clear_pointer (&self->frame, gsc_frame_unref);
      forget_painting (self);
      return;
    }
  change = gsc_frame_change_find (self->figure, self->frame, frame,
                                  gsc_session_get_live (self->session));
  gsc_frame_ref (frame);
  gsc_frame_unref (self->frame);
  self->frame = frame;
  if (change != GSC_FRAME_CHANGE_NONE)
    request (self, change == GSC_FRAME_CHANGE_BY_USER ? GSC_PAINTER_AT_ONCE : GSC_PAINTER_PACED);
}

/* Whose cursor it moves. */
static GscSession *
get_leader (GscPlotView *self, gboolean in_time)
{
  return self->leader != NULL && !in_time ? self->leader : self->session;
}

/* The pointer */

static gboolean
is_same_pick (const GscFigurePick *a, const GscFigurePick *b)
{
  return a->kind == b->kind && g_strcmp0 (a->text, b->text) == 0 && a->rect.x == b->rect.x
         && a->rect.y == b->rect.y && a->rect.width == b->rect.width
         && a->rect.height == b->rect.height;
}

/* Looks up what is at the pointer and shows it. */
static void
update_pick (GscPlotView *self)
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
  update_pick (self);
  return self->pick.kind != GSC_PICK_NONE;
}

void
gsc_plot_view_leave (GscPlotView *self)
{
  self->pointed = FALSE;
  update_pick (self);
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
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, &pick);
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
    g_signal_emit (self, signals[SIGNAL_ENLARGE], 0);
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

/* GtkWidget */

static void
gsc_plot_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
}

static void
gsc_plot_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GscPlotView *self = GSC_PLOT_VIEW (widget);

  if (self->unasked || width != self->page_width || height != self->page_height)
    request_at_once (self);
  if (self->card != NULL)
    gtk_popover_present (GTK_POPOVER (self->card));
}

static void
show_picture (GscPlotView *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkNative *native = gtk_widget_get_native (widget);
  graphene_rect_t bounds, inside;
  cairo_t *cr;

  /* A picture of the size before stays unscaled for the moment until the next is there. It is cut
   * here and not by the widget's overflow, whose rounded corners cost more than the picture where
   * the processor draws. */
  graphene_rect_init (&bounds, 0, 0, (float) self->page_width, (float) self->page_height);
  graphene_rect_init (&inside, 0, 0, (float) gtk_widget_get_width (widget),
                      (float) gtk_widget_get_height (widget));
  if (!GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native)))
    {
      gtk_snapshot_push_clip (snapshot, &inside);
      gtk_snapshot_append_texture (snapshot, self->texture, &bounds);
      gtk_snapshot_pop (snapshot);
      return;
    }
  if (!graphene_rect_intersection (&bounds, &inside, &inside))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &inside);
  cairo_scale (cr, (double) self->page_width / gdk_texture_get_width (self->texture),
               (double) self->page_height / gdk_texture_get_height (self->texture));
  cairo_set_source_surface (cr, gsc_painter_get_surface (self->texture), 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_FAST);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);
}

static void
gsc_plot_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GscPlotView *self = GSC_PLOT_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (self->texture != NULL)
    show_picture (self, snapshot);
  if (self->pick.kind != GSC_PICK_NONE && self->pick.rect.width >= 0)
    {
      gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
      gsc_plot_look_snapshot_highlight (snapshot, &self->pick.rect);
      gtk_snapshot_pop (snapshot);
    }
  GTK_WIDGET_CLASS (gsc_plot_view_parent_class)->snapshot (widget, snapshot);
}

static void
gsc_plot_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gsc_plot_view_parent_class)->map (widget);
  request_at_once (GSC_PLOT_VIEW (widget));
}

static void
gsc_plot_view_unmap (GtkWidget *widget)
{
  GscPlotView *self = GSC_PLOT_VIEW (widget);

  gsc_plot_view_leave (self);
  if (self->client != NULL)
    gsc_painter_cancel (self->painter, self->client);
  GTK_WIDGET_CLASS (gsc_plot_view_parent_class)->unmap (widget);
}

static void
gsc_plot_view_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (gsc_plot_view_parent_class)->css_changed (widget, change);
  request_at_once (GSC_PLOT_VIEW (widget));
}

static void
gsc_plot_view_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (gsc_plot_view_parent_class)->system_setting_changed (widget, setting);
  request_at_once (GSC_PLOT_VIEW (widget));
}

/* GObject */

static void
gsc_plot_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GscPlotView *self = GSC_PLOT_VIEW (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_FIGURE:
      g_value_set_int (value, (int) self->figure);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, self->description);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_plot_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GscPlotView *self = GSC_PLOT_VIEW (object);

  switch (id)
    {
    case PROP_SESSION:
      gsc_plot_view_set_session (self, g_value_get_object (value));
      break;
    case PROP_FIGURE:
      self->figure = (GscFigure) g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_plot_view_constructed (GObject *object)
{
  GscPlotView *self = GSC_PLOT_VIEW (object);

  G_OBJECT_CLASS (gsc_plot_view_parent_class)->constructed (object);
  gsc_figure_options_init (&self->options, self->figure);
  self->options.bare = TRUE;
  self->options.show_cursor = TRUE;
  self->options.mark_record = TRUE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (gsc_figure_get_title (self->figure)), -1);
}

static void
gsc_plot_view_dispose (GObject *object)
{
  GscPlotView *self = GSC_PLOT_VIEW (object);

  gsc_plot_view_set_session (self, NULL);
  g_clear_object (&self->leader);
  g_clear_handle_id (&self->description_source, g_source_remove);
  if (self->client != NULL)
    gsc_painter_remove_client (self->painter, g_steal_pointer (&self->client));
  g_clear_object (&self->painter);
  if (self->card != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->card)));
  G_OBJECT_CLASS (gsc_plot_view_parent_class)->dispose (object);
}

static void
gsc_plot_view_finalize (GObject *object)
{
  GscPlotView *self = GSC_PLOT_VIEW (object);

  gsc_figure_pick_clear (&self->pick);
  g_free (self->description);
  G_OBJECT_CLASS (gsc_plot_view_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *class)
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

static void
gsc_plot_view_class_init (GscPlotViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gsc_plot_view_get_property;
  object_class->set_property = gsc_plot_view_set_property;
  object_class->constructed = gsc_plot_view_constructed;
  object_class->dispose = gsc_plot_view_dispose;
  object_class->finalize = gsc_plot_view_finalize;
  widget_class->measure = gsc_plot_view_measure;
  widget_class->size_allocate = gsc_plot_view_size_allocate;
  widget_class->snapshot = gsc_plot_view_snapshot;
  widget_class->map = gsc_plot_view_map;
  widget_class->unmap = gsc_plot_view_unmap;
  widget_class->css_changed = gsc_plot_view_css_changed;
  widget_class->system_setting_changed = gsc_plot_view_system_setting_changed;

  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, GSC_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FIGURE]
      = g_param_spec_int ("figure", NULL, NULL, 0, GSC_N_FIGURES - 1, 0,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_DESCRIPTION]
      = g_param_spec_string ("description", NULL, NULL, NULL,
                             G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_ENLARGE]
      = g_signal_new ("enlarge", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION, 0,
                      NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_activate_signal (widget_class, signals[SIGNAL_ENLARGE]);

  gtk_widget_class_set_css_name (widget_class, "plot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_install_action (widget_class, "plot.move", "(ii)", move_action);
  add_keys (widget_class);
}

static void
add_pointer (GscPlotView *self)
{
  GtkEventController *hover = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

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

static void
gsc_plot_view_init (GscPlotView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->drag_y = NAN;
  self->painter = gsc_painter_get_default ();
  self->client = gsc_painter_add_client (self->painter, painted, self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  add_pointer (self);
  self->card = gsc_plot_card_new (GTK_WIDGET (self));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (request_at_once), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (request_at_once), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (request_at_once), NULL);
}

/* Public functions */

GtkWidget *
gsc_plot_view_new (GscFigure figure)
{
  return g_object_new (GSC_TYPE_PLOT_VIEW, "figure", (int) figure, NULL);
}

GscFigure
gsc_plot_view_get_figure (GscPlotView *self)
{
  return self->figure;
}

GscSession *
gsc_plot_view_get_session (GscPlotView *self)
{
  return self->session;
}

void
gsc_plot_view_set_session (GscPlotView *self, GscSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (frame_changed), self);
  frame_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

void
gsc_plot_view_set_leader (GscPlotView *self, GscSession *leader)
{
  g_return_if_fail (GSC_IS_PLOT_VIEW (self));

  g_set_object (&self->leader, leader);
}

const GscFigureOptions *
gsc_plot_view_get_options (GscPlotView *self)
{
  return &self->options;
}

void
gsc_plot_view_set_options (GscPlotView *self, const GscFigureOptions *options)
{
  self->options = *options;
  queue_description (self);
  request_at_once (self);
}

const char *
gsc_plot_view_get_description (GscPlotView *self)
{
  return self->description;
}

GdkTexture *
gsc_plot_view_get_texture (GscPlotView *self)
{
  return self->texture;
}

const GscFigurePage *
gsc_plot_view_get_page (GscPlotView *self)
{
  return self->page;
}

const GscFrame *
gsc_plot_view_get_painted (GscPlotView *self)
{
  return self->painted;
}
