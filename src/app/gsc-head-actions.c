/* gsc-head-actions.c - what can be done with the heads of the model shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-head-actions.h"

#include <glib/gi18n.h>

/* By GscAblationMode. */
static const char *const mode_names[] = { "none", "zero", "mean" };

struct _GscHeadActions
{
  GSimpleActionGroup parent_instance;

  /* Owned References */
  GscSession *session;
  GSimpleAction *ablate;
  GSimpleAction *restore_all;
};

G_DEFINE_FINAL_TYPE (GscHeadActions, gsc_head_actions, G_TYPE_SIMPLE_ACTION_GROUP)

static GscAblationMode
get_mode (GscHeadActions *self)
{
  GscCursor cursor = gsc_session_get_cursor (self->session);

  return gsc_session_get_head_mode (self->session, cursor.layer, cursor.head);
}

/* Text that names no mode is passed over. */
static void
set_mode (GscHeadActions *self, const char *name, gboolean toggle)
{
  GscCursor cursor = gsc_session_get_cursor (self->session);

  for (guint i = 0; i < G_N_ELEMENTS (mode_names); i++)
    {
      GscAblationMode mode = (GscAblationMode) i;

      if (!g_str_equal (mode_names[i], name))
        continue;
      if (toggle && get_mode (self) == mode)
        mode = GSC_ABLATION_NONE;
      gsc_session_ablate (self->session, cursor.layer, cursor.head, mode);
    }
}

static void
change_ablate (GSimpleAction *action, GVariant *value, gpointer data)
{
  set_mode (data, g_variant_get_string (value, NULL), FALSE);
}

static void
activate_toggle (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_mode (data, g_variant_get_string (parameter, NULL), TRUE);
}

static void
activate_restore_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gsc_session_restore_heads (((GscHeadActions *) data)->session);
}

/* The actions' states follow the cursor and what is ablated. */
static void
refresh (GscHeadActions *self)
{
  const char *name = mode_names[get_mode (self)];
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (self->ablate));

  if (!g_str_equal (g_variant_get_string (state, NULL), name))
    g_simple_action_set_state (self->ablate, g_variant_new_string (name));
  g_simple_action_set_enabled (self->ablate, gsc_session_get_frame (self->session) != NULL);
  g_simple_action_set_enabled (self->restore_all, gsc_session_count_ablated (self->session) > 0);
}

static void
gsc_head_actions_dispose (GObject *object)
{
  GscHeadActions *self = GSC_HEAD_ACTIONS (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->ablate);
  g_clear_object (&self->restore_all);

  G_OBJECT_CLASS (gsc_head_actions_parent_class)->dispose (object);
}

static void
gsc_head_actions_class_init (GscHeadActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_head_actions_dispose;
}

static void
gsc_head_actions_init (GscHeadActions *self)
{
  static const GActionEntry toggle
      = { .name = "toggle", .activate = activate_toggle, .parameter_type = "s" };

  self->ablate = g_simple_action_new_stateful ("ablate", G_VARIANT_TYPE_STRING,
                                               g_variant_new_string (mode_names[0]));
  self->restore_all = g_simple_action_new ("restore-all", NULL);
  g_signal_connect (self->ablate, "change-state", G_CALLBACK (change_ablate), self);
  g_signal_connect (self->restore_all, "activate", G_CALLBACK (activate_restore_all), self);
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (self->ablate));
  g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (self->restore_all));
  g_action_map_add_action_entries (G_ACTION_MAP (self), &toggle, 1, self);
}

GscHeadActions *
gsc_head_actions_new (GscSession *session)
{
  GscHeadActions *self = g_object_new (GSC_TYPE_HEAD_ACTIONS, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::frame", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (session, "notify::ablated", G_CALLBACK (refresh), self);
  refresh (self);
  return self;
}

GMenuModel *
gsc_head_actions_make_menu (const char *alone)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) modes = g_menu_new ();
  g_autoptr (GMenu) rest = g_menu_new ();

  g_menu_append (modes, _ ("_Working"), "heads.ablate::none");
  g_menu_append (modes, _ ("Ablated to _Zero"), "heads.ablate::zero");
  g_menu_append (modes, _ ("Ablated to Its _Mean"), "heads.ablate::mean");
  g_menu_append (rest, _ ("_Restore All Heads"), "heads.restore-all");
  g_menu_append (rest, _ ("_Show Only This Head"), alone);
  g_menu_append_section (menu, _ ("This Head"), G_MENU_MODEL (modes));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (rest));
  return G_MENU_MODEL (menu);
}
