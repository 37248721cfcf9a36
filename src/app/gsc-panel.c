/* gsc-panel.c - a figure on a card, with its name and its menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-frame-change.h"
#include "gsc-head-menu.h"
#include "gsc-insight-bar.h"
#include "gsc-panel-private.h"
#include "gsc-panel-subtitle.h"
#include "gsc-sequence-editor.h"
#include "gsc-shot-slider.h"
#include "gsc-term.h"
#include "gsc-time-bar.h"

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_FIGURE,
  PROP_ENLARGED,
  N_PROPS,
};

enum
{
  SIGNAL_ENLARGE,
  SIGNAL_HIDE,
  SIGNAL_MOVE,
  SIGNAL_TAKE,
  SIGNAL_CHANGED,
  SIGNAL_PICTURE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscPanel, gsc_panel, GTK_TYPE_WIDGET)

static GscFrame *
get_frame (GscPanel *self)
{
  GscSession *session = gsc_panel_get_shown_session (self);

  return session != NULL ? gsc_session_get_frame (session) : NULL;
}

static void
set_text (GtkWidget *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
}

/* Why there is nothing to see, or NULL. (transfer full) */
static char *
make_note (GscPanel *self, const GscFrame *frame)
{
  int insight = gsc_frame_change_get_insight (self->figure);
  const char *message = NULL;
  char *fault = NULL;

  if (frame == NULL)
    return g_strdup (_ ("Nothing to show yet"));
  if (gsc_figure_needs_model (self->figure))
    g_object_get (self->session, "message", &fault, NULL);
  if (fault == NULL && insight >= 0)
    message = gsc_session_get_insight_message (self->session, (GscInsightKind) insight);
  return fault != NULL ? fault : g_strdup (message);
}

void
gsc_panel_refresh (GscPanel *self)
{
  const GscFrame *frame = get_frame (self);
  g_autofree char *subtitle = frame != NULL ? gsc_panel_subtitle_make (self->figure, frame) : NULL;
  g_autofree char *comparison = gsc_panel_describe_comparison (self);
  g_autofree char *note = make_note (self, frame);

  if (comparison != NULL && gsc_panel_get_shown_session (self) == self->session)
    set_text (self->subtitle, comparison);
  else
    set_text (self->subtitle, subtitle != NULL ? subtitle : "");
  set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
}

/* Signals */

void
gsc_panel_emit_enlarge (GscPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_ENLARGE], 0);
}

void
gsc_panel_emit_hide (GscPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_HIDE], 0);
}

void
gsc_panel_emit_move (GscPanel *self, int places)
{
  g_signal_emit (self, signals[SIGNAL_MOVE], 0, places);
}

void
gsc_panel_emit_changed (GscPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Dragging a header onto another panel, or as a picture to another window */

static GdkContentProvider *
drag_prepare (GscPanel *self)
{
  GdkContentProvider *providers[2] = { gdk_content_provider_new_typed (GSC_TYPE_PANEL, self) };

  g_signal_emit (self, signals[SIGNAL_PICTURE], 0, &providers[1]);
  return gdk_content_provider_new_union (providers, providers[1] != NULL ? 2 : 1);
}

static void
drag_begin (GscPanel *self, GdkDrag *drag, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (self->header);

  gtk_drag_source_set_icon (source, icon, 0, 0);
}

static gboolean
dropped (GscPanel *self, const GValue *value)
{
  GscPanel *other = g_value_get_object (value);

  if (other == NULL || other == self)
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_TAKE], 0, other);
  return TRUE;
}

static void
add_drag_and_drop (GscPanel *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (GSC_TYPE_PANEL, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE | GDK_ACTION_COPY);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (drag_prepare), self);
  g_signal_connect_swapped (source, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped), self);
  gtk_widget_add_controller (self->header, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
add_shortcuts (GscPanel *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>c"),
                        gtk_named_action_new ("panel.copy-image")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* GObject */

static void
gsc_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GscPanel *self = GSC_PANEL (object);

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_FIGURE:
      g_value_set_int (value, (int) self->figure);
      break;
    case PROP_ENLARGED:
      g_value_set_boolean (value, self->enlarged);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_panel_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GscPanel *self = GSC_PANEL (object);

  switch (id)
    {
    case PROP_SESSION:
      gsc_panel_set_session (self, g_value_get_object (value));
      break;
    case PROP_FIGURE:
      self->figure = (GscFigure) g_value_get_int (value);
      break;
    case PROP_ENLARGED:
      gsc_panel_set_enlarged (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
name_for_accessibility (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
add_header (GscPanel *self)
{
  GtkWidget *title = gtk_label_new (_ (gsc_figure_get_title (self->figure)));
  g_autofree char *term = gsc_term_explain (gsc_term_of_figure (self->figure));

  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->header, "panel-header");
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_set_tooltip_text (title, term);
  self->subtitle = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->subtitle, "caption");
  gtk_widget_add_css_class (self->subtitle, "dim-label");
  gtk_label_set_ellipsize (GTK_LABEL (self->subtitle), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->subtitle), 0);
  gtk_widget_set_hexpand (self->subtitle, TRUE);

  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), self->menu);
  gtk_widget_add_css_class (self->menu_button, "flat");
  name_for_accessibility (self->menu_button, _ ("Options"));
  /* It is the button inside that has the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->menu_button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Options"), -1);
  self->enlarge_button = gtk_button_new ();
  gtk_widget_add_css_class (self->enlarge_button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->enlarge_button), "panel.enlarge");

  gtk_box_append (GTK_BOX (self->header), title);
  gtk_box_append (GTK_BOX (self->header), self->subtitle);
  if (self->figure == GSC_FIGURE_LEARNING_CURVES)
    gtk_box_append (GTK_BOX (self->header), gsc_time_bar_new ());
  gtk_box_append (GTK_BOX (self->header), self->menu_button);
  gtk_box_append (GTK_BOX (self->header), self->enlarge_button);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
}

static void
chosen (GscPanel *self, const GscFigurePick *pick)
{
  /* The lens looks at the circle of the point. */
  if (pick->kind != GSC_PICK_POINT || !self->settings.options.lens || pick->x < 0)
    return;
  self->settings.options.lens_value = (guint) pick->x;
  gsc_panel_apply_settings (self);
}

static void
add_plot (GscPanel *self)
{
  int insight = gsc_frame_change_get_insight (self->figure);

  self->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), gsc_panel_make_sides (self));
  gtk_widget_set_vexpand (self->overlay, TRUE);
  self->note = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->note), GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (self->note, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->note, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (self->note, FALSE);
  gtk_widget_add_css_class (self->note, "panel-note");
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->note);
  if (insight >= 0)
    {
      self->bar
          = gsc_insight_bar_new ((GscInsightKind) insight, _ (gsc_figure_get_title (self->figure)));
      gtk_widget_set_valign (self->bar, GTK_ALIGN_END);
      gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->bar);
    }
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  g_signal_connect_swapped (self->plot, "enlarge", G_CALLBACK (gsc_panel_emit_enlarge), self);
  g_signal_connect_swapped (self->other_plot, "enlarge", G_CALLBACK (gsc_panel_emit_enlarge), self);
  if (self->figure == GSC_FIGURE_PROJECTION)
    g_signal_connect_swapped (self->plot, "chosen", G_CALLBACK (chosen), self);
}

/* What stands beside the plot. */
static void
add_companions (GscPanel *self)
{
  if (self->figure == GSC_FIGURE_SEQUENCE)
    {
      self->editor = gsc_sequence_editor_new ();
      gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
    }
  if (self->figure == GSC_FIGURE_KSHOT)
    {
      self->slider = gsc_shot_slider_new ();
      gtk_widget_set_parent (self->slider, GTK_WIDGET (self));
    }
  if (self->figure == GSC_FIGURE_ATTENTION || self->figure == GSC_FIGURE_ABLATION)
    gtk_widget_set_parent (gsc_head_menu_new (self->plot), GTK_WIDGET (self));
}

static void
show_enlarged (GscPanel *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "enlarge");

  gtk_button_set_icon_name (GTK_BUTTON (self->enlarge_button),
                            self->enlarged ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  if (self->enlarged)
    gtk_widget_add_css_class (GTK_WIDGET (self), "enlarged");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "enlarged");
  name_for_accessibility (self->enlarge_button,
                          self->enlarged ? _ ("Put Back (Esc)") : _ ("Enlarge"));
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (self->enlarged));
}

static void
gsc_panel_constructed (GObject *object)
{
  GscPanel *self = GSC_PANEL (object);

  G_OBJECT_CLASS (gsc_panel_parent_class)->constructed (object);
  gsc_panel_settings_init (&self->settings, self->figure);
  gsc_panel_add_actions (self);
  self->menu = gsc_panel_make_menu (self);
  add_header (self);
  add_plot (self);
  add_companions (self);
  add_drag_and_drop (self);
  add_shortcuts (self);
  show_enlarged (self);
  gsc_panel_apply_settings (self);
  gsc_panel_refresh (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (gsc_figure_get_title (self->figure)), -1);
}

static void
gsc_panel_dispose (GObject *object)
{
  GscPanel *self = GSC_PANEL (object);
  GtkWidget *child;

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  gsc_panel_set_comparison (self, NULL);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->actions);
  g_clear_object (&self->menu);
  G_OBJECT_CLASS (gsc_panel_parent_class)->dispose (object);
}

static void
gsc_panel_class_init (GscPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = gsc_panel_get_property;
  object_class->set_property = gsc_panel_set_property;
  object_class->constructed = gsc_panel_constructed;
  object_class->dispose = gsc_panel_dispose;

  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, GSC_TYPE_SESSION,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_FIGURE]
      = g_param_spec_int ("figure", NULL, NULL, 0, GSC_N_FIGURES - 1, 0,
                          G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ENLARGED]
      = g_param_spec_boolean ("enlarged", NULL, NULL, FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_ENLARGE] = g_signal_new ("enlarge", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_HIDE] = g_signal_new ("hide-panel", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MOVE] = g_signal_new ("move", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_TAKE] = g_signal_new ("take", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, GSC_TYPE_PANEL);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PICTURE] = g_signal_new ("picture", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, GDK_TYPE_CONTENT_PROVIDER, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "panel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gsc_panel_init (GscPanel *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
}

/* Public functions */

GtkWidget *
gsc_panel_new (GscFigure figure)
{
  return g_object_new (GSC_TYPE_PANEL, "figure", (int) figure, NULL);
}

GscFigure
gsc_panel_get_figure (GscPanel *self)
{
  return self->figure;
}

GscPlotView *
gsc_panel_get_plot (GscPanel *self)
{
  return self->plot;
}

void
gsc_panel_set_session (GscPanel *self, GscSession *session)
{
  if (self->session == session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session != NULL)
    {
      g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (gsc_panel_refresh), self);
      g_signal_connect_swapped (session, "notify::message", G_CALLBACK (gsc_panel_refresh), self);
      g_signal_connect_swapped (session, "progress", G_CALLBACK (gsc_panel_refresh), self);
    }
  gsc_plot_view_set_session (self->plot, session);
  if (self->editor != NULL)
    gsc_sequence_editor_set_session (GSC_SEQUENCE_EDITOR (self->editor), session);
  if (self->slider != NULL)
    gsc_shot_slider_set_session (GSC_SHOT_SLIDER (self->slider), session);
  if (self->bar != NULL)
    gsc_insight_bar_set_session (GSC_INSIGHT_BAR (self->bar), session);
  gsc_panel_apply_settings (self);
  gsc_panel_refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

gboolean
gsc_panel_get_enlarged (GscPanel *self)
{
  return self->enlarged;
}

void
gsc_panel_set_enlarged (GscPanel *self, gboolean enlarged)
{
  if (self->enlarged == enlarged)
    return;
  self->enlarged = enlarged;
  show_enlarged (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENLARGED]);
}

void
gsc_panel_set_presented (GscPanel *self)
{
  g_return_if_fail (GSC_IS_PANEL (self));

  gtk_widget_add_css_class (GTK_WIDGET (self), "presented");
  for (GtkWidget *child = gtk_widget_get_first_child (self->header); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_LABEL (child))
      gtk_widget_set_visible (child, FALSE);
  g_clear_pointer (&self->editor, gtk_widget_unparent);
  g_clear_pointer (&self->slider, gtk_widget_unparent);
}

int
gsc_panel_measure_chrome (GscPanel *self, int width)
{
  int height, rest;

  gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  if (gtk_widget_get_visible (self->caption) || gtk_widget_get_visible (self->other_caption))
    {
      gtk_widget_measure (self->caption, GTK_ORIENTATION_VERTICAL, -1, &rest, NULL, NULL, NULL);
      height += rest;
    }
  if (self->editor != NULL)
    {
      gtk_widget_measure (self->editor, GTK_ORIENTATION_VERTICAL, width, &rest, NULL, NULL, NULL);
      height += rest;
    }
  if (self->slider != NULL && gtk_widget_get_visible (self->slider))
    {
      gtk_widget_measure (self->slider, GTK_ORIENTATION_VERTICAL, width, &rest, NULL, NULL, NULL);
      height += rest;
    }
  return height;
}

GActionGroup *
gsc_panel_get_action_group (GscPanel *self)
{
  return G_ACTION_GROUP (self->actions);
}

GMenuModel *
gsc_panel_get_menu (GscPanel *self)
{
  return self->menu;
}
