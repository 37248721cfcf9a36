/* gsc-export-preview.c - a figure as it will be printed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-export-preview.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gsc-export-drawing.h"

/* Milliseconds: who types a size does not want each digit's page; and before it is said that
 * something takes long. */
#define DELAY 60
#define PATIENCE 250

/* Pixels a side. */
#define MAX_PIXELS 8192.0

/* Logical pixels around a page, and of the pattern behind a transparent one. */
#define MARGIN 18
#define CHECK 8.0

#define USUAL_DPI 96.0
#define MIN_DPI 48.0
#define MAX_DPI 400.0

/* A page that is being made. */
typedef struct
{
  GscExportSource *source;
  GscExportItem item;
  GscFigurePaper paper;
  gboolean fit;
  double room_width, room_height; /* logical pixels: to fit in */
  double dpi;                     /* logical pixels in an inch: otherwise */
  int device_scale;

  /* the result */
  cairo_surface_t *surface;
  double width, height; /* points */
  double zoom;          /* logical pixels in a point */
} Job;

struct _GscExportPreview
{
  GtkWidget parent_instance;

  /* Borrowed References */
  GtkStack *stack; /* "page", "busy" or "message" */
  GtkWidget *scroller;
  GtkDrawingArea *area;
  GtkSpinner *spinner;
  GtkLabel *message;

  /* Owned References */
  GscExportSource *source;
  GCancellable *cancellable; /* of the thread under way; NULL: there is none */
  Job *shown;                /* or NULL */
  char *fault;               /* why there is none */

  GscExportItem item;
  GscFigurePaper paper;
  gboolean fit;
  gboolean busy;
  guint delay;
  guint patience;
};

enum
{
  PROP_0,
  PROP_FIT,
  N_PROPS,
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscExportPreview, gsc_export_preview, GTK_TYPE_WIDGET)

static void
job_free (gpointer data)
{
  Job *job = data;

  if (job == NULL)
    return;
  gsc_export_source_unref (job->source);
  g_clear_pointer (&job->surface, cairo_surface_destroy);
  g_free (job);
}

double
gsc_export_preview_get_screen_dpi (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = native != NULL ? gtk_native_get_surface (native) : NULL;
  GdkMonitor *monitor
      = surface != NULL
            ? gdk_display_get_monitor_at_surface (gtk_widget_get_display (widget), surface)
            : NULL;
  GdkRectangle geometry;
  double dpi;

  if (monitor == NULL || gdk_monitor_get_width_mm (monitor) <= 0)
    return USUAL_DPI;
  gdk_monitor_get_geometry (monitor, &geometry);
  dpi = geometry.width / (gdk_monitor_get_width_mm (monitor) / 25.4);
  return dpi >= MIN_DPI && dpi <= MAX_DPI ? dpi : USUAL_DPI;
}

/* The thread */

static void
begin_surface (Job *job, double height)
{
  double pixels;

  job->width = job->paper.width;
  job->height = height;
  job->zoom = job->fit ? MIN (job->room_width / job->width, job->room_height / job->height)
                       : job->dpi / 72;
  pixels = MIN (job->zoom * job->device_scale, MAX_PIXELS / MAX (job->width, job->height));
  job->surface
      = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX ((int) ceil (job->width * pixels), 1),
                                    MAX ((int) ceil (job->height * pixels), 1));
  cairo_surface_set_device_scale (job->surface, pixels, pixels);
}

/* A cairo context on white, as in gsc-surface.c, or on nothing. */
static cairo_t *
begin_painting (Job *job, double height)
{
  cairo_t *cr;

  begin_surface (job, height);
  cr = cairo_create (job->surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  if (!job->paper.transparent)
    cairo_paint (cr);
  return cr;
}

static gboolean
paint (Job *job, const GscWatch *watch, GError **error)
{
  g_autoptr (GscExportDrawing) drawing
      = gsc_export_drawing_new (job->source, &job->item, &job->paper, watch, error);
  cairo_t *cr;

  if (drawing == NULL)
    return FALSE;
  cr = begin_painting (job, gsc_export_drawing_get_height (drawing));
  gsc_export_drawing_paint (drawing, cr);
  cairo_destroy (cr);
  return TRUE;
}

static void
run_thread (GTask *task, gpointer object, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  const GscWatch watch = { .cancellable = cancellable };
  GError *error = NULL;

  if (paint (job, &watch, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The main thread */

static void
update_area (GscExportPreview *self)
{
  const Job *job = self->shown;
  gboolean grows = job != NULL && !self->fit;

  gtk_drawing_area_set_content_width (self->area,
                                      grows ? (int) ceil (job->width * job->zoom) + 2 * MARGIN : 0);
  gtk_drawing_area_set_content_height (
      self->area, grows ? (int) ceil (job->height * job->zoom) + 2 * MARGIN : 0);
  gtk_widget_queue_draw (GTK_WIDGET (self->area));
}

static void
update (GscExportPreview *self)
{
  const char *page = "page";

  if (self->busy && self->patience == 0)
    page = "busy";
  else if (!self->busy && self->fault != NULL)
    page = "message";
  gtk_label_set_text (self->message, self->fault != NULL ? self->fault : "");
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "busy"));
  gtk_stack_set_visible_child_name (self->stack, page);
  update_area (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_done (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GscExportPreview) self = data;
  GTask *task = G_TASK (result);
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (task, &error);

  /* Something else has been asked for meanwhile. */
  if (g_task_get_cancellable (task) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->patience, g_source_remove);
  self->busy = FALSE;
  g_clear_pointer (&self->shown, job_free);
  g_clear_pointer (&self->fault, g_free);
  if (done)
    {
      Job *job = g_task_get_task_data (task);

      self->shown = g_new (Job, 1);
      *self->shown = *job;
      self->shown->source = gsc_export_source_ref (job->source);
      self->shown->surface = cairo_surface_reference (job->surface);
    }
  else
    self->fault = g_strdup (error->message);
  update (self);
}

static void
cancel (GscExportPreview *self)
{
  g_clear_handle_id (&self->delay, g_source_remove);
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->busy = FALSE;
}

static gboolean
on_patience (gpointer data)
{
  GscExportPreview *self = data;

  self->patience = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_delay (gpointer data)
{
  GscExportPreview *self = data;
  g_autoptr (GTask) task = NULL;
  Job *job = g_new0 (Job, 1);

  self->delay = 0;
  *job = (Job){
    .source = gsc_export_source_ref (self->source),
    .item = self->item,
    .paper = self->paper,
    .fit = self->fit,
    .room_width = MAX (gtk_widget_get_width (self->scroller) - 2 * MARGIN, 2 * MARGIN),
    .room_height = MAX (gtk_widget_get_height (self->scroller) - 2 * MARGIN, 2 * MARGIN),
    .dpi = gsc_export_preview_get_screen_dpi (GTK_WIDGET (self)),
    .device_scale = gtk_widget_get_scale_factor (GTK_WIDGET (self)),
  };
  self->cancellable = g_cancellable_new ();
  task = g_task_new (NULL, self->cancellable, on_done, g_object_ref (self));
  g_task_set_source_tag (task, on_delay);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_thread);
  return G_SOURCE_REMOVE;
}

static void
restart (GscExportPreview *self)
{
  if (self->source == NULL)
    return;
  cancel (self);
  self->busy = TRUE;
  self->delay = g_timeout_add (DELAY, on_delay, self);
  self->patience = g_timeout_add (PATIENCE, on_patience, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
gsc_export_preview_show (GscExportPreview *self,
                         GscExportSource *source,
                         const GscExportItem *item,
                         const GscFigurePaper *paper)
{
  g_return_if_fail (GSC_IS_EXPORT_PREVIEW (self));

  if (item == NULL)
    {
      cancel (self);
      g_clear_pointer (&self->source, gsc_export_source_unref);
      g_clear_pointer (&self->shown, job_free);
      g_clear_pointer (&self->fault, g_free);
      update (self);
      return;
    }
  gsc_export_source_ref (source);
  gsc_export_source_unref (self->source);
  self->source = source;
  self->item = *item;
  self->paper = *paper;
  restart (self);
}

void
gsc_export_preview_stop (GscExportPreview *self)
{
  g_return_if_fail (GSC_IS_EXPORT_PREVIEW (self));

  cancel (self);
  update (self);
}

gboolean
gsc_export_preview_is_busy (GscExportPreview *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_PREVIEW (self), FALSE);

  return self->busy;
}

void
gsc_export_preview_get_size (GscExportPreview *self, double *width, double *height)
{
  g_return_if_fail (GSC_IS_EXPORT_PREVIEW (self));

  *width = self->shown != NULL ? self->shown->width : 0;
  *height = self->shown != NULL ? self->shown->height : 0;
}

cairo_surface_t *
gsc_export_preview_get_surface (GscExportPreview *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_PREVIEW (self), NULL);

  return self->shown != NULL ? self->shown->surface : NULL;
}

const char *
gsc_export_preview_get_message (GscExportPreview *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_PREVIEW (self), NULL);

  return self->fault;
}

gboolean
gsc_export_preview_get_fit (GscExportPreview *self)
{
  g_return_val_if_fail (GSC_IS_EXPORT_PREVIEW (self), FALSE);

  return self->fit;
}

void
gsc_export_preview_set_fit (GscExportPreview *self, gboolean fit)
{
  g_return_if_fail (GSC_IS_EXPORT_PREVIEW (self));

  fit = !!fit;
  if (fit == self->fit)
    return;
  self->fit = fit;
  restart (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIT]);
}

/* Drawing */

static void
draw_checks (cairo_t *cr, double width, double height)
{
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.8, 0.8, 0.8);
  for (int row = 0; row * CHECK < height; row++)
    for (int column = row % 2; column * CHECK < width; column += 2)
      cairo_rectangle (cr, column * CHECK, row * CHECK, MIN (CHECK, width - column * CHECK),
                       MIN (CHECK, height - row * CHECK));
  cairo_fill (cr);
}

static void
draw_page (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  GscExportPreview *self = data;
  const Job *job = self->shown;
  double zoom, page_width, page_height;

  if (job == NULL)
    return;
  /* Until the page has been drawn anew for another size. */
  zoom = self->fit ? MIN ((width - 2 * MARGIN) / job->width, (height - 2 * MARGIN) / job->height)
                   : job->zoom;
  if (zoom <= 0)
    return;
  page_width = job->width * zoom;
  page_height = job->height * zoom;
  cairo_translate (cr, floor ((width - page_width) / 2), floor ((height - page_height) / 2));
  cairo_set_source_rgba (cr, 0, 0, 0, 0.3);
  cairo_rectangle (cr, -1, -1, page_width + 2, page_height + 2);
  cairo_fill (cr);
  if (job->paper.transparent)
    draw_checks (cr, page_width, page_height);
  cairo_scale (cr, zoom, zoom);
  cairo_set_source_surface (cr, job->surface, 0, 0);
  cairo_paint (cr);
}

static void
on_resized (GscExportPreview *self)
{
  if (self->fit)
    restart (self);
}

/* GObject */

static void
gsc_export_preview_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FIT:
      g_value_set_boolean (value, GSC_EXPORT_PREVIEW (object)->fit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_export_preview_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_FIT:
      gsc_export_preview_set_fit (GSC_EXPORT_PREVIEW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_export_preview_dispose (GObject *object)
{
  GscExportPreview *self = GSC_EXPORT_PREVIEW (object);

  cancel (self);
  if (self->stack != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->stack));
  self->stack = NULL;
  g_clear_pointer (&self->source, gsc_export_source_unref);
  g_clear_pointer (&self->shown, job_free);
  g_clear_pointer (&self->fault, g_free);

  G_OBJECT_CLASS (gsc_export_preview_parent_class)->dispose (object);
}

static void
gsc_export_preview_class_init (GscExportPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = gsc_export_preview_get_property;
  object_class->set_property = gsc_export_preview_set_property;
  object_class->dispose = gsc_export_preview_dispose;

  properties[PROP_FIT]
      = g_param_spec_boolean ("fit", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
make_busy (GscExportPreview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *label
      = gtk_label_new (_ ("The figure is being computed; with a large model this takes a while."));

  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), 32, 32);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (box), label);
  return box;
}

static void
gsc_export_preview_init (GscExportPreview *self)
{
  self->area = GTK_DRAWING_AREA (gtk_drawing_area_new ());
  gtk_drawing_area_set_draw_func (self->area, draw_page, self, NULL);
  g_signal_connect_swapped (self->area, "resize", G_CALLBACK (on_resized), self);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->area));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Preview"), -1);
  self->message = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->message, TRUE);
  gtk_label_set_justify (self->message, GTK_JUSTIFY_CENTER);
  gtk_widget_set_margin_start (GTK_WIDGET (self->message), MARGIN);
  gtk_widget_set_margin_end (GTK_WIDGET (self->message), MARGIN);

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, self->scroller, "page");
  gtk_stack_add_named (self->stack, make_busy (self), "busy");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->message), "message");
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));
}

GtkWidget *
gsc_export_preview_new (void)
{
  return g_object_new (GSC_TYPE_EXPORT_PREVIEW, NULL);
}
