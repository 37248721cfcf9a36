/* gsc-panel.c - a figure on a card, with its name and its menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-panel.h"

#include <glib/gi18n.h>

#include "gsc-panel-subtitle.h"
#include "gsc-sequence-editor.h"
#include "gsc-table-dialog.h"

struct _GscPanel
{
  GtkWidget parent_instance;

  GscFigure figure;
  GscPanelSettings settings;
  gboolean enlarged;

  /* Borrowed References */
  GtkWidget *header;
  GtkWidget *subtitle;
  GtkWidget *menu_button;
  GtkWidget *enlarge_button;
  GtkWidget *overlay; /* of plot and note */
  GscPlotView *plot;
  GtkWidget *note;
  GtkWidget *editor; /* of the sequence; or NULL */

  /* Owned References */
  GscSession *session;
  GSimpleActionGroup *actions;
  GMenuModel *menu;
};

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
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscPanel, gsc_panel, GTK_TYPE_WIDGET)

static GscFrame *
get_frame (GscPanel *self)
{
  return self->session != NULL ? gsc_session_get_frame (self->session) : NULL;
}

static void
set_text (GtkWidget *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
}

static void
refresh (GscPanel *self)
{
  const GscFrame *frame = get_frame (self);
  g_autofree char *subtitle = frame != NULL ? gsc_panel_subtitle_make (self->figure, frame) : NULL;
  g_autofree char *fault = NULL;
  const char *note = frame == NULL ? _ ("Nothing to show yet") : NULL;

  if (self->session != NULL && gsc_figure_needs_model (self->figure))
    g_object_get (self->session, "message", &fault, NULL);
  if (fault != NULL)
    note = fault;
  set_text (self->subtitle, subtitle != NULL ? subtitle : "");
  set_text (self->note, note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
}

/* Settings */

static void
apply_settings (GscPanel *self)
{
  gsc_plot_view_set_options (self->plot, &self->settings.options);
  if (self->figure == GSC_FIGURE_PROJECTION && self->session != NULL)
    gsc_session_set_projection (self->session, &self->settings.source);
}

static void
change_setting (GSimpleAction *action, GVariant *value, gpointer data)
{
  GscPanel *self = data;

  if (!gsc_panel_settings_set (&self->settings, self->figure, g_action_get_name (G_ACTION (action)),
                               value))
    return;
  g_simple_action_set_state (action, value);
  apply_settings (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

GVariant *
gsc_panel_save_state (GscPanel *self)
{
  g_autofree const char **names = gsc_panel_settings_list (self->figure);
  GVariantDict state;

  g_variant_dict_init (&state, NULL);
  for (guint i = 0; names[i] != NULL; i++)
    g_variant_dict_insert_value (&state, names[i],
                                 gsc_panel_settings_get (&self->settings, self->figure, names[i]));
  return g_variant_dict_end (&state);
}

void
gsc_panel_load_state (GscPanel *self, GVariant *state)
{
  g_autofree const char **names = gsc_panel_settings_list (self->figure);

  if (!g_variant_is_of_type (state, G_VARIANT_TYPE_VARDICT))
    return;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GVariant) value = g_variant_lookup_value (state, names[i], NULL);

      if (value != NULL
          && g_variant_is_of_type (value, g_action_group_get_action_state_type (
                                              G_ACTION_GROUP (self->actions), names[i])))
        g_action_group_change_action_state (G_ACTION_GROUP (self->actions), names[i], value);
    }
}

/* Actions */

static void
enlarge (GscPanel *self)
{
  g_signal_emit (self, signals[SIGNAL_ENLARGE], 0);
}

static void
change_enlarge (GSimpleAction *action, GVariant *value, gpointer data)
{
  GscPanel *self = data;

  if (g_variant_get_boolean (value) != self->enlarged)
    enlarge (self);
}

static void
activate_hide (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_HIDE], 0);
}

static void
activate_move_earlier (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_MOVE], 0, -1);
}

static void
activate_move_later (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_MOVE], 0, 1);
}

GtkWindow *
gsc_panel_show_table (GscPanel *self)
{
  const GscFrame *frame = get_frame (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GscTableDialog *dialog;

  if (frame == NULL)
    return NULL;
  dialog = gsc_table_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ (gsc_figure_get_title (self->figure)),
      gsc_figure_tabulate (self->figure, frame, &self->settings.options));
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WINDOW (dialog);
}

static void
activate_table (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_panel_show_table (data);
}

static void
activate_copy_image (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscPanel *self = data;
  GdkTexture *texture = gsc_plot_view_get_texture (self->plot);

  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
}

static void
add_setting_actions (GscPanel *self)
{
  g_autofree const char **names = gsc_panel_settings_list (self->figure);

  for (guint i = 0; names[i] != NULL; i++)
    {
      GVariant *value = gsc_panel_settings_get (&self->settings, self->figure, names[i]);
      gboolean is_switch = g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN);
      g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (
          names[i], is_switch ? NULL : G_VARIANT_TYPE_STRING, value);

      g_signal_connect (action, "change-state", G_CALLBACK (change_setting), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }
}

static void
add_actions (GscPanel *self)
{
  static const GActionEntry entries[] = {
    { .name = "enlarge", .state = "false", .change_state = change_enlarge },
    { .name = "table", .activate = activate_table },
    { .name = "copy-image", .activate = activate_copy_image },
    { .name = "move-earlier", .activate = activate_move_earlier },
    { .name = "move-later", .activate = activate_move_later },
    { .name = "hide", .activate = activate_hide },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  add_setting_actions (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "panel", G_ACTION_GROUP (self->actions));
}

static GMenuModel *
make_menu (GscPanel *self)
{
  GMenu *menu = gsc_panel_settings_make_menu (self->figure, "panel");
  g_autoptr (GMenu) show = g_menu_new ();
  g_autoptr (GMenu) place = g_menu_new ();

  g_menu_append (show, _ ("Show as _Table"), "panel.table");
  g_menu_append (show, _ ("_Copy Image"), "panel.copy-image");
  g_menu_append (place, _ ("_Enlarge"), "panel.enlarge");
  g_menu_append (place, _ ("Move E_arlier"), "panel.move-earlier");
  g_menu_append (place, _ ("Move _Later"), "panel.move-later");
  g_menu_append (place, _ ("_Hide"), "panel.hide");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (show));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (place));
  return G_MENU_MODEL (menu);
}

/* Dragging a header onto another panel */

static GdkContentProvider *
drag_prepare (GscPanel *self)
{
  return gdk_content_provider_new_typed (GSC_TYPE_PANEL, self);
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

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (drag_prepare), self);
  g_signal_connect_swapped (source, "drag-begin", G_CALLBACK (drag_begin), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped), self);
  gtk_widget_add_controller (self->header, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
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

  self->header = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->header, "panel-header");
  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
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
  gtk_box_append (GTK_BOX (self->header), self->menu_button);
  gtk_box_append (GTK_BOX (self->header), self->enlarge_button);
  gtk_widget_set_parent (self->header, GTK_WIDGET (self));
}

static void
add_plot (GscPanel *self)
{
  self->overlay = gtk_overlay_new ();
  self->plot = GSC_PLOT_VIEW (gsc_plot_view_new (self->figure));
  gtk_widget_set_vexpand (GTK_WIDGET (self->plot), TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->plot));
  self->note = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->note), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->note), GTK_JUSTIFY_CENTER);
  gtk_widget_set_halign (self->note, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->note, GTK_ALIGN_CENTER);
  gtk_widget_set_can_target (self->note, FALSE);
  gtk_widget_add_css_class (self->note, "panel-note");
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->note);
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  g_signal_connect_swapped (self->plot, "enlarge", G_CALLBACK (enlarge), self);
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
  add_actions (self);
  self->menu = make_menu (self);
  add_header (self);
  add_plot (self);
  if (self->figure == GSC_FIGURE_SEQUENCE)
    {
      self->editor = gsc_sequence_editor_new ();
      gtk_widget_set_parent (self->editor, GTK_WIDGET (self));
    }
  add_drag_and_drop (self);
  show_enlarged (self);
  apply_settings (self);
  refresh (self);
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
      g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (refresh), self);
      g_signal_connect_swapped (session, "notify::message", G_CALLBACK (refresh), self);
    }
  gsc_plot_view_set_session (self->plot, session);
  if (self->editor != NULL)
    gsc_sequence_editor_set_session (GSC_SEQUENCE_EDITOR (self->editor), session);
  apply_settings (self);
  refresh (self);
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

int
gsc_panel_measure_chrome (GscPanel *self, int width)
{
  int height, rest;

  gtk_widget_measure (self->header, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  if (self->editor != NULL)
    {
      gtk_widget_measure (self->editor, GTK_ORIENTATION_VERTICAL, width, &rest, NULL, NULL, NULL);
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
