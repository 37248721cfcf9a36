/* gsc-panel-actions.c - a panel's settings, actions and menu
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gi18n.h>

#include "gsc-frame-change.h"
#include "gsc-panel-private.h"
#include "gsc-table-dialog.h"

/* Settings */

void
gsc_panel_apply_settings (GscPanel *self)
{
  int insight = gsc_frame_change_get_insight (self->figure);
  GscFigureOptions options = gsc_panel_get_shown_options (self);
  GscSession *other
      = self->comparison != NULL ? gsc_comparison_get_other (self->comparison) : NULL;

  gsc_plot_view_set_options (self->plot, &options);
  gsc_plot_view_set_options (self->other_plot, &options);
  if (self->slider != NULL)
    gtk_widget_set_visible (self->slider, self->settings.options.kshot_view == GSC_KSHOT_CURSOR);
  if (self->session == NULL)
    return;
  if (self->figure == GSC_FIGURE_PROJECTION)
    {
      gsc_session_set_projection (self->session, &self->settings.source);
      if (other != NULL)
        gsc_session_set_projection (other, &self->settings.source);
    }
  if (insight >= 0)
    {
      GscInsightRequest request = self->settings.request;

      request.kind = (GscInsightKind) insight;
      gsc_session_set_insight_options (self->session, &request);
      if (other != NULL)
        gsc_session_set_insight_options (other, &request);
    }
}

static void
change_setting (GSimpleAction *action, GVariant *value, gpointer data)
{
  GscPanel *self = data;

  if (!gsc_panel_settings_set (&self->settings, self->figure, g_action_get_name (G_ACTION (action)),
                               value))
    return;
  g_simple_action_set_state (action, value);
  gsc_panel_apply_settings (self);
  gsc_panel_emit_changed (self);
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
change_enlarge (GSimpleAction *action, GVariant *value, gpointer data)
{
  GscPanel *self = data;

  if (g_variant_get_boolean (value) != self->enlarged)
    gsc_panel_emit_enlarge (self);
}

static void
activate_hide (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_panel_emit_hide (data);
}

static void
activate_move_earlier (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_panel_emit_move (data, -1);
}

static void
activate_move_later (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_panel_emit_move (data, 1);
}

GtkWindow *
gsc_panel_show_table (GscPanel *self)
{
  GscSession *session = gsc_panel_get_shown_session (self);
  const GscFrame *frame = session != NULL ? gsc_session_get_frame (session) : NULL;
  const GscFigureOptions options = gsc_panel_get_shown_options (self);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GscTableDialog *dialog;

  if (frame == NULL)
    return NULL;
  dialog = gsc_table_dialog_new (
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _ (gsc_figure_get_title (self->figure)),
      gsc_figure_tabulate (self->figure, frame, &options));
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
  GdkTexture *texture = gsc_plot_view_get_texture (gsc_panel_get_shown_plot (self));

  /* The window's is for print; outside one there is that on the screen. */
  if (gtk_widget_activate_action (GTK_WIDGET (self), "win.copy-image", "s",
                                  gsc_figure_get_name (self->figure)))
    return;
  if (texture != NULL)
    gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (self)), texture);
}

static void
activate_export (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscPanel *self = data;

  gtk_widget_activate_action (GTK_WIDGET (self), "win.export-panel", "s",
                              gsc_figure_get_name (self->figure));
}

void
gsc_panel_make_export (GscPanel *self, GscFigurePanel *panel)
{
  const GscPanelSettings *settings = &self->settings;

  gsc_figure_panel_init (panel, self->figure);
  panel->options = gsc_panel_get_shown_options (self);
  panel->options.bare = FALSE;
  panel->options.show_cursor = FALSE;
  panel->options.every_pair = TRUE;
  panel->part = settings->source.part;
  panel->slots = settings->source.slots;
  panel->centred = settings->source.centred;
  panel->slot = settings->request.slot;
  panel->set = settings->request.set;
  panel->mode = settings->request.mode;
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

void
gsc_panel_add_actions (GscPanel *self)
{
  static const GActionEntry entries[] = {
    { .name = "enlarge", .state = "false", .change_state = change_enlarge },
    { .name = "table", .activate = activate_table },
    { .name = "copy-image", .activate = activate_copy_image },
    { .name = "export", .activate = activate_export },
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

GMenuModel *
gsc_panel_make_menu (GscPanel *self)
{
  GMenu *menu = gsc_panel_settings_make_menu (self->figure, "panel");
  g_autoptr (GMenu) show = g_menu_new ();
  g_autoptr (GMenu) place = g_menu_new ();

  g_menu_append (show, _ ("Show as _Table"), "panel.table");
  g_menu_append (show, _ ("_Copy Image"), "panel.copy-image");
  g_menu_append (show, _ ("E_xport…"), "panel.export");
  g_menu_append (place, _ ("_Enlarge"), "panel.enlarge");
  g_menu_append (place, _ ("Move E_arlier"), "panel.move-earlier");
  g_menu_append (place, _ ("Move _Later"), "panel.move-later");
  g_menu_append (place, _ ("_Hide"), "panel.hide");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (show));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (place));
  return G_MENU_MODEL (menu);
}
