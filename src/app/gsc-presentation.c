/* gsc-presentation.c - a run on a stage: bookmark after bookmark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-presentation.h"

#include <glib/gi18n.h>
#include <math.h>

#include "gsc-board-order.h"
#include "gsc-frame-change.h"
#include "gsc-session-bookmark.h"

#define TEXT_SCALE 1.5

/* Milliseconds: until a resting pointer hides; between two looks whether the next view is there,
 * and how long the one before is seen at most. */
#define POINTER_REST 2000
#define COVER_INTERVAL 16
#define COVER_TIME 500

#define GAP 12

struct _GscPresentation
{
  GtkWidget parent_instance;

  int index; /* of the bookmark shown, -1: none */
  double scale;
  double zoom;
  char *notice; /* or NULL */
  double pointer_x;
  double pointer_y;
  guint pointer_timeout;
  guint cover_timeout;
  gint64 cover_end; /* monotonic time */

  /* Borrowed References */
  GtkWidget *overlay;
  GtkWidget *view;  /* panels, notice and footer */
  GtkWidget *stage; /* of the panels */
  GtkWidget *notice_label;
  GtkWidget *caption;
  GtkWidget *status;
  GtkWidget *cover; /* the view before, while the next is prepared */
  GtkWidget *blank;
  GscPanel *panels[GSC_BOOKMARK_PANELS];

  /* Owned References */
  GscSession *session;
  GscComparison *comparison; /* or NULL */
  GscBookmarks *bookmarks;   /* or NULL */
  GtkCssProvider *style;
};

G_DEFINE_FINAL_TYPE (GscPresentation, gsc_presentation, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_LEAVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static guint
count (GscPresentation *self)
{
  return self->bookmarks != NULL ? gsc_bookmarks_get_length (self->bookmarks) : 0;
}

/* What is written */

static void
update_status (GscPresentation *self)
{
  g_autofree char *time = gsc_session_describe_time (self->session);
  g_autofree char *text = NULL;

  if (self->index >= 0)
    /* Translators: "step 4,250", and the number of the bookmark of how many there are */
    text = g_strdup_printf (_ ("%s · %d/%u"), time != NULL ? time : "", self->index + 1,
                            count (self));
  else
    text = g_steal_pointer (&time);
  gtk_label_set_text (GTK_LABEL (self->status), text != NULL ? text : "");
}

static void
set_notice (GscPresentation *self, const char *notice)
{
  g_free (self->notice);
  self->notice = g_strdup (notice);
  gtk_label_set_text (GTK_LABEL (self->notice_label), notice != NULL ? notice : "");
  gtk_widget_set_visible (self->notice_label, notice != NULL);
}

static void
on_notice (GscPresentation *self, const char *message)
{
  set_notice (self, message);
}

static void
on_bookmarks_changed (GscPresentation *self)
{
  int n = (int) count (self);

  self->index = n > 0 ? CLAMP (self->index, 0, n - 1) : -1;
  if (self->index >= 0)
    gtk_label_set_text (GTK_LABEL (self->caption),
                        gsc_bookmarks_get (self->bookmarks, (guint) self->index)->text);
  update_status (self);
}

/* The view before stays until the next is painted. */

static gboolean
is_painted (GscPresentation *self)
{
  gboolean busy = FALSE;

  g_object_get (self->session, "busy", &busy, NULL);
  if (busy || gsc_painter_is_busy (gsc_painter_get_default ()))
    return FALSE;
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    {
      GscPlotView *plot = self->panels[i] != NULL ? gsc_panel_get_plot (self->panels[i]) : NULL;

      if (plot != NULL && gtk_widget_get_mapped (GTK_WIDGET (plot))
          && gsc_plot_view_get_texture (plot) == NULL)
        return FALSE;
    }
  return TRUE;
}

static void
uncover (GscPresentation *self)
{
  g_clear_handle_id (&self->cover_timeout, g_source_remove);
  gtk_widget_set_visible (self->cover, FALSE);
  gtk_picture_set_paintable (GTK_PICTURE (self->cover), NULL);
}

static gboolean
on_cover_timeout (gpointer data)
{
  GscPresentation *self = data;

  if (!is_painted (self) && g_get_monotonic_time () < self->cover_end)
    return G_SOURCE_CONTINUE;
  self->cover_timeout = 0;
  uncover (self);
  return G_SOURCE_REMOVE;
}

static void
cover_view (GscPresentation *self)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GdkPaintable) image = NULL;

  if (!gtk_widget_get_mapped (self->view) || self->panels[0] == NULL)
    return;
  if (self->cover_timeout == 0)
    {
      paintable = gtk_widget_paintable_new (self->view);
      image = gdk_paintable_get_current_image (paintable);
      gtk_picture_set_paintable (GTK_PICTURE (self->cover), image);
      gtk_widget_set_visible (self->cover, TRUE);
      self->cover_timeout = g_timeout_add (COVER_INTERVAL, on_cover_timeout, self);
    }
  self->cover_end = g_get_monotonic_time () + COVER_TIME * 1000;
}

/* Panels */

/* What is not seen need not be computed. */
static void
update_wanted (GscPresentation *self)
{
  GscSession *sessions[]
      = { self->session,
          self->comparison != NULL ? gsc_comparison_get_other (self->comparison) : NULL };
  gboolean probe = FALSE;
  gboolean projection = FALSE;
  guint insights = 0;

  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    if (self->panels[i] != NULL)
      {
        GscFigure figure = gsc_panel_get_figure (self->panels[i]);
        int insight = gsc_frame_change_get_insight (figure);

        probe = probe || gsc_frame_change_shows_probe (figure);
        projection = projection || gsc_frame_change_shows_projection (figure);
        if (insight >= 0 && insight != GSC_INSIGHT_SCORES)
          insights |= 1u << insight;
      }
  for (guint i = 0; i < G_N_ELEMENTS (sessions) && sessions[i] != NULL; i++)
    {
      gsc_session_set_wanted (sessions[i], probe, projection);
      gsc_session_set_wanted_insights (sessions[i], insights);
    }
}

static void
remove_panel (GscPresentation *self, guint index)
{
  if (self->panels[index] == NULL)
    return;
  gtk_box_remove (GTK_BOX (self->stage), GTK_WIDGET (self->panels[index]));
  self->panels[index] = NULL;
}

/* Figures that this program does not have are left out. */
static void
set_panels (GscPresentation *self, const GscBookmark *bookmark)
{
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    {
      const GscBookmarkPanel *wish = &bookmark->panels[i];
      int figure = wish->figure != NULL ? gsc_board_order_find_figure (wish->figure) : -1;
      GscPanel *panel = self->panels[i];

      if (panel != NULL && (int) gsc_panel_get_figure (panel) != figure)
        {
          remove_panel (self, i);
          panel = NULL;
        }
      if (figure < 0)
        continue;
      if (panel == NULL)
        {
          panel = self->panels[i] = GSC_PANEL (gsc_panel_new ((GscFigure) figure));
          gsc_panel_set_presented (panel);
          gtk_widget_set_hexpand (GTK_WIDGET (panel), TRUE);
          gtk_box_insert_child_after (GTK_BOX (self->stage), GTK_WIDGET (panel),
                                      i > 0 ? GTK_WIDGET (self->panels[i - 1]) : NULL);
          gsc_panel_set_session (panel, self->session);
          gsc_panel_set_comparison (panel, self->comparison);
        }
      if (wish->choices != NULL)
        gsc_panel_load_state (panel, wish->choices);
    }
  update_wanted (self);
}

static gboolean
needs_model (GscPresentation *self)
{
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    if (self->panels[i] != NULL && gsc_figure_needs_model (gsc_panel_get_figure (self->panels[i])))
      return TRUE;
  return FALSE;
}

/* Text */

static void
update_style (GscPresentation *self)
{
  char scale[G_ASCII_DTOSTR_BUF_SIZE];
  char zoom[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *css = NULL;

  g_ascii_formatd (scale, sizeof scale, "%.3f", self->scale);
  g_ascii_formatd (zoom, sizeof zoom, "%.3f", self->zoom);
  css = g_strdup_printf ("presentation { font-size: %sem; } "
                         "presentation panel plot { font-size: %sem; }",
                         scale, zoom);
  gtk_css_provider_load_from_data (self->style, css, -1);
}

void
gsc_presentation_set_text_scale (GscPresentation *self, double scale)
{
  g_return_if_fail (GSC_IS_PRESENTATION (self));

  self->scale = scale;
  update_style (self);
}

void
gsc_presentation_set_zoom (GscPresentation *self, double zoom)
{
  g_return_if_fail (GSC_IS_PRESENTATION (self));

  if (zoom == self->zoom)
    return;
  self->zoom = CLAMP (zoom, GSC_BOOKMARK_MIN_ZOOM, GSC_BOOKMARK_MAX_ZOOM);
  update_style (self);
}

double
gsc_presentation_get_zoom (GscPresentation *self)
{
  g_return_val_if_fail (GSC_IS_PRESENTATION (self), 1);

  return self->zoom;
}

/* Going */

static void
prefetch (GscPresentation *self)
{
  const GscBookmark *next = NULL;

  if (self->index >= 0 && (guint) self->index + 1 < count (self))
    next = gsc_bookmarks_get (self->bookmarks, (guint) self->index + 1);
  if (next != NULL && !next->live)
    gsc_session_prefetch (self->session, next->step);
}

gboolean
gsc_presentation_go (GscPresentation *self, int index)
{
  g_autoptr (GscBookmark) bookmark = NULL;
  g_autofree char *notice = NULL;

  g_return_val_if_fail (GSC_IS_PRESENTATION (self), FALSE);

  if (index < 0 || (guint) index >= count (self))
    return FALSE;
  bookmark = gsc_bookmark_copy (gsc_bookmarks_get (self->bookmarks, (guint) index));
  cover_view (self);
  gsc_presentation_set_blank (self, FALSE);
  self->index = index;
  set_notice (self, NULL);
  set_panels (self, bookmark);
  gsc_presentation_set_zoom (self, bookmark->zoom);
  notice = gsc_session_show_bookmark (self->session, bookmark, needs_model (self));
  if (notice == NULL && self->panels[0] == NULL && self->panels[1] == NULL)
    notice = g_strdup_printf (_ ("This version has no figure “%s”."), bookmark->panels[0].figure);
  if (notice != NULL)
    set_notice (self, notice);
  gtk_label_set_text (GTK_LABEL (self->caption), bookmark->text);
  update_status (self);
  prefetch (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  return TRUE;
}

int
gsc_presentation_get_index (GscPresentation *self)
{
  g_return_val_if_fail (GSC_IS_PRESENTATION (self), -1);

  return self->index;
}

void
gsc_presentation_set_blank (GscPresentation *self, gboolean blank)
{
  g_return_if_fail (GSC_IS_PRESENTATION (self));

  gtk_widget_set_visible (self->blank, blank);
}

gboolean
gsc_presentation_get_blank (GscPresentation *self)
{
  g_return_val_if_fail (GSC_IS_PRESENTATION (self), FALSE);

  return gtk_widget_get_visible (self->blank);
}

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
  g_signal_emit (widget, signals[SIGNAL_LEAVE], 0);
  return TRUE;
}

static void
add_keys (GtkWidgetClass *klass)
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

static void
wait_for_rest (GscPresentation *self)
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
  wait_for_rest (self);
}

/* GtkWidget and GObject */

static void
gsc_presentation_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gsc_presentation_parent_class)->map (widget);
  gtk_widget_grab_focus (widget);
  wait_for_rest (GSC_PRESENTATION (widget));
}

static void
gsc_presentation_dispose (GObject *object)
{
  GscPresentation *self = GSC_PRESENTATION (object);

  g_clear_handle_id (&self->pointer_timeout, g_source_remove);
  g_clear_handle_id (&self->cover_timeout, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->comparison != NULL)
    g_signal_handlers_disconnect_by_data (self->comparison, self);
  if (self->bookmarks != NULL)
    g_signal_handlers_disconnect_by_data (self->bookmarks, self);
  if (self->style != NULL)
    gtk_style_context_remove_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                                   GTK_STYLE_PROVIDER (self->style));
  g_clear_object (&self->style);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->comparison);
  g_clear_object (&self->bookmarks);

  G_OBJECT_CLASS (gsc_presentation_parent_class)->dispose (object);
}

static void
gsc_presentation_finalize (GObject *object)
{
  g_free (GSC_PRESENTATION (object)->notice);

  G_OBJECT_CLASS (gsc_presentation_parent_class)->finalize (object);
}

static void
gsc_presentation_class_init (GscPresentationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gsc_presentation_dispose;
  object_class->finalize = gsc_presentation_finalize;
  widget_class->map = gsc_presentation_map;

  signals[SIGNAL_LEAVE] = g_signal_new ("leave", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "presentation");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  add_keys (widget_class);
}

static GtkWidget *
make_footer (GscPresentation *self)
{
  GtkWidget *footer = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2 * GAP);

  self->caption = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->caption), 0);
  gtk_label_set_wrap (GTK_LABEL (self->caption), TRUE);
  gtk_label_set_lines (GTK_LABEL (self->caption), 2);
  gtk_label_set_ellipsize (GTK_LABEL (self->caption), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (self->caption, TRUE);
  self->status = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->status, "dim-label");
  gtk_widget_add_css_class (self->status, "numeric");
  gtk_widget_add_css_class (self->status, "presentation-status");
  gtk_widget_set_valign (self->status, GTK_ALIGN_END);
  gtk_widget_add_css_class (footer, "presentation-footer");
  gtk_box_append (GTK_BOX (footer), self->caption);
  gtk_box_append (GTK_BOX (footer), self->status);
  return footer;
}

static void
gsc_presentation_init (GscPresentation *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->index = -1;
  self->scale = TEXT_SCALE;
  self->zoom = 1;
  self->stage = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  gtk_box_set_homogeneous (GTK_BOX (self->stage), TRUE);
  gtk_widget_set_vexpand (self->stage, TRUE);
  self->notice_label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->notice_label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->notice_label), 0);
  gtk_widget_add_css_class (self->notice_label, "presentation-notice");
  gtk_widget_set_visible (self->notice_label, FALSE);
  self->view = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->view, "presentation-view");
  gtk_box_append (GTK_BOX (self->view), self->stage);
  gtk_box_append (GTK_BOX (self->view), self->notice_label);
  gtk_box_append (GTK_BOX (self->view), make_footer (self));
  self->cover = gtk_picture_new ();
  gtk_widget_set_can_target (self->cover, FALSE);
  gtk_widget_set_visible (self->cover, FALSE);
  self->blank = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->blank, "presentation-blank");
  gtk_widget_set_visible (self->blank, FALSE);
  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->view);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->cover);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->blank);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Presentation"), -1);
  self->style = gtk_css_provider_new ();
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (GTK_WIDGET (self)),
                                              GTK_STYLE_PROVIDER (self->style),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2);
  update_style (self);
}

GtkWidget *
gsc_presentation_new (GscSession *session,
                      GscComparison *comparison,
                      GscBookmarks *bookmarks,
                      const GscBookmark *plain)
{
  GscPresentation *self = g_object_new (GSC_TYPE_PRESENTATION, NULL);

  self->session = g_object_ref (session);
  g_set_object (&self->comparison, comparison);
  g_set_object (&self->bookmarks, bookmarks);
  g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (update_status), self);
  g_signal_connect_swapped (session, "notice", G_CALLBACK (on_notice), self);
  if (comparison != NULL)
    g_signal_connect_swapped (comparison, "notify::other", G_CALLBACK (update_wanted), self);
  if (bookmarks != NULL)
    g_signal_connect_swapped (bookmarks, "changed", G_CALLBACK (on_bookmarks_changed), self);
  if (!gsc_presentation_go (self, 0))
    {
      set_panels (self, plain);
      gsc_presentation_set_zoom (self, plain->zoom);
      update_status (self);
    }
  return GTK_WIDGET (self);
}

GscPanel *
gsc_presentation_get_panel (GscPresentation *self, guint index)
{
  g_return_val_if_fail (GSC_IS_PRESENTATION (self), NULL);

  return index < GSC_BOOKMARK_PANELS ? self->panels[index] : NULL;
}

const char *
gsc_presentation_get_caption (GscPresentation *self)
{
  g_return_val_if_fail (GSC_IS_PRESENTATION (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->caption));
}

const char *
gsc_presentation_get_status (GscPresentation *self)
{
  g_return_val_if_fail (GSC_IS_PRESENTATION (self), NULL);

  return gtk_label_get_text (GTK_LABEL (self->status));
}

const char *
gsc_presentation_get_notice (GscPresentation *self)
{
  g_return_val_if_fail (GSC_IS_PRESENTATION (self), NULL);

  return self->notice;
}

GscBookmark *
gsc_presentation_make_bookmark (GscPresentation *self)
{
  GscBookmark *bookmark;
  guint n = 0;

  g_return_val_if_fail (GSC_IS_PRESENTATION (self), NULL);

  bookmark = gsc_session_make_bookmark (self->session, NULL);
  bookmark->zoom = self->zoom;
  for (guint i = 0; i < GSC_BOOKMARK_PANELS; i++)
    if (self->panels[i] != NULL)
      gsc_bookmark_set_panel (bookmark, n++,
                              gsc_figure_get_name (gsc_panel_get_figure (self->panels[i])),
                              gsc_panel_save_state (self->panels[i]));
  return bookmark;
}
