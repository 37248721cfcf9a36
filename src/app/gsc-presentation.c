/* gsc-presentation.c - a run on a stage: bookmark after bookmark
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-presentation-private.h"

#include <glib/gi18n.h>

#include "gsc-session-bookmark.h"

#define TEXT_SCALE 1.5

#define GAP 12

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
  gsc_presentation_cover_view (self);
  gsc_presentation_set_blank (self, FALSE);
  self->index = index;
  set_notice (self, NULL);
  gsc_presentation_set_panels (self, bookmark);
  gsc_presentation_set_zoom (self, bookmark->zoom);
  notice = gsc_session_show_bookmark (self->session, bookmark, gsc_presentation_needs_model (self));
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

/* GtkWidget and GObject */

static void
gsc_presentation_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gsc_presentation_parent_class)->map (widget);
  gtk_widget_grab_focus (widget);
  gsc_presentation_wait_for_rest (GSC_PRESENTATION (widget));
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
  gsc_presentation_add_keys (widget_class);
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

  gsc_presentation_add_pointer (self);
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
    g_signal_connect_swapped (comparison, "notify::other",
                              G_CALLBACK (gsc_presentation_update_wanted), self);
  if (bookmarks != NULL)
    g_signal_connect_swapped (bookmarks, "changed", G_CALLBACK (on_bookmarks_changed), self);
  if (!gsc_presentation_go (self, 0))
    {
      gsc_presentation_set_panels (self, plain);
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
