/* gsc-plot-view.c - a figure of the session's frame, to look at and to point into
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-plot-view-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "gsc-frame-change.h"
#include "gsc-plot-look.h"

/* Logical pixels. */
#define MIN_WIDTH 120
#define MIN_HEIGHT 60

/* Seconds between two descriptions. */
#define DESCRIPTION_INTERVAL 1

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
  gsc_plot_view_update_pick (self);
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
  gsc_plot_view_update_pick (self);
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
  gsc_plot_view_add_keys (widget_class);
}

static void
gsc_plot_view_init (GscPlotView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  self->painter = gsc_painter_get_default ();
  self->client = gsc_painter_add_client (self->painter, painted, self);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);

  gsc_plot_view_add_pointer (self);
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
