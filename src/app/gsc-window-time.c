/* gsc-window-time.c - the main window's actions that move the time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-window-private.h"

static void
show_state (GscWindow *self)
{
  GAction *play = g_action_map_lookup_action (G_ACTION_MAP (self), "play");

  g_simple_action_set_state (G_SIMPLE_ACTION (play),
                             g_variant_new_boolean (gsc_player_get_playing (self->player)));
}

static void
on_play (GSimpleAction *action, GVariant *value, gpointer data)
{
  GscWindow *self = data;

  gsc_player_set_playing (self->player, g_variant_get_boolean (value));
}

static void
on_speed (GSimpleAction *action, GVariant *value, gpointer data)
{
  GscWindow *self = data;
  double speed = g_ascii_strtod (g_variant_get_string (value, NULL), NULL);

  if (speed < GSC_PLAYER_MIN_SPEED || speed > GSC_PLAYER_MAX_SPEED)
    return;
  gsc_player_set_speed (self->player, speed);
  g_simple_action_set_state (action, value);
}

gboolean
gsc_window_space_plays (GscWindow *self)
{
  if (gsc_player_get_playing (self->player))
    return TRUE;
  return self->run != NULL && gsc_player_can_play (self->player)
         && (!gsc_session_get_live (self->session)
             || (gsc_run_get_state (self->run) == GSC_RUN_FINISHED
                 && gsc_library_get_training (self->library) == NULL));
}

static void
on_space (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;

  g_action_group_activate_action (G_ACTION_GROUP (self),
                                  gsc_window_space_plays (self) ? "play" : "toggle-training", NULL);
}

static void
on_go_to_peak (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;
  GscFrame *frame = gsc_session_get_frame (self->session);

  if (frame != NULL && frame->run->records->len > 0)
    gsc_session_set_record (self->session, gsc_run_data_find_record (frame->run, "best", NULL));
}

static void
on_stay_paused (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GscWindow *self = data;

  gsc_library_stop_waiting (self->library);
  gsc_banner_hide (self->banner);
}

void
gsc_window_add_time_actions (GscWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "play", .state = "false", .change_state = on_play },
    { .name = "play-speed", .parameter_type = "s", .state = "'2'", .change_state = on_speed },
    { .name = "space", .activate = on_space },
    { .name = "go-to-peak", .activate = on_go_to_peak },
    { .name = "stay-paused", .activate = on_stay_paused },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  self->player = gsc_player_new (self->session);
  g_signal_connect_object (self->player, "notify::playing", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
}
