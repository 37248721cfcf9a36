/* gsc-time-bar.c - the buttons that move the time: play, how fast, back to live
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-time-bar.h"

#include <glib/gi18n.h>

struct _GscTimeBar
{
  GtkWidget parent_instance;

  /* Borrowed References */
  GtkWidget *play;
  GtkWidget *speed;
  GtkWidget *live;
  GActionGroup *actions; /* the window's while mapped, or NULL */
};

G_DEFINE_FINAL_TYPE (GscTimeBar, gsc_time_bar, GTK_TYPE_WIDGET)

static const struct
{
  const char *name; /* state of the action */
  const char *brief;
  const char *label;
} speeds[] = {
  { "0.5", N_ ("½/s"), N_ ("Half a Record a Second") },
  { "1", N_ ("1/s"), N_ ("1 Record a Second") },
  { "2", N_ ("2/s"), N_ ("2 Records a Second") },
  { "4", N_ ("4/s"), N_ ("4 Records a Second") },
  { "8", N_ ("8/s"), N_ ("8 Records a Second") },
};

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_widget_set_tooltip_text (widget, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
show_playing (GscTimeBar *self)
{
  gboolean playing = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->play));

  gtk_button_set_icon_name (GTK_BUTTON (self->play), playing ? "media-playback-pause-symbolic"
                                                             : "media-playback-start-symbolic");
  set_name (self->play, playing ? _ ("Stop Playing (P)") : _ ("Play the Training (P)"));
}

static void
show_speed (GscTimeBar *self)
{
  g_autoptr (GVariant) state = g_action_group_get_action_state (self->actions, "play-speed");
  const char *name = state != NULL ? g_variant_get_string (state, NULL) : "";

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    if (g_str_equal (name, speeds[i].name))
      gtk_menu_button_set_label (GTK_MENU_BUTTON (self->speed), _ (speeds[i].brief));
}

static void
gsc_time_bar_map (GtkWidget *widget)
{
  GscTimeBar *self = GSC_TIME_BAR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  GTK_WIDGET_CLASS (gsc_time_bar_parent_class)->map (widget);
  if (!G_IS_ACTION_GROUP (root) || !g_action_group_has_action (G_ACTION_GROUP (root), "play-speed"))
    return;
  self->actions = G_ACTION_GROUP (root);
  g_signal_connect_swapped (self->actions, "action-state-changed::play-speed",
                            G_CALLBACK (show_speed), self);
  show_speed (self);
}

static void
gsc_time_bar_unmap (GtkWidget *widget)
{
  GscTimeBar *self = GSC_TIME_BAR (widget);

  if (self->actions != NULL)
    g_signal_handlers_disconnect_by_data (self->actions, self);
  self->actions = NULL;
  GTK_WIDGET_CLASS (gsc_time_bar_parent_class)->unmap (widget);
}

static GMenuModel *
make_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    {
      g_autofree char *action = g_strdup_printf ("win.play-speed::%s", speeds[i].name);

      g_menu_append (menu, _ (speeds[i].label), action);
    }
  return G_MENU_MODEL (menu);
}

static void
gsc_time_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (gsc_time_bar_parent_class)->dispose (object);
}

static void
gsc_time_bar_class_init (GscTimeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gsc_time_bar_dispose;
  widget_class->map = gsc_time_bar_map;
  widget_class->unmap = gsc_time_bar_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gsc_time_bar_init (GscTimeBar *self)
{
  g_autoptr (GMenuModel) menu = make_menu ();

  self->play = gtk_toggle_button_new ();
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->play), "win.play");
  g_signal_connect_swapped (self->play, "notify::active", G_CALLBACK (show_playing), self);
  show_playing (self);

  self->speed = gtk_menu_button_new ();
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->speed), menu);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->speed), _ (speeds[2].brief));
  set_name (self->speed, _ ("Speed of Playing"));
  /* It is the button inside that has the focus. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->speed)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Speed of Playing"), -1);

  self->live = gtk_button_new_from_icon_name ("media-skip-forward-symbolic");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->live), "win.go-live");
  set_name (self->live, _ ("Follow the Newest Step (End)"));

  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *button = i == 0 ? self->play : i == 1 ? self->speed : self->live;

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_parent (button, GTK_WIDGET (self));
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Time"),
                                  -1);
}

GtkWidget *
gsc_time_bar_new (void)
{
  return g_object_new (GSC_TYPE_TIME_BAR, NULL);
}
