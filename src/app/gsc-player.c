/* gsc-player.c - plays a run's records one after another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-player.h"

struct _GscPlayer
{
  GObject parent_instance;

  /* Owned References */
  GscSession *session;

  gboolean playing;
  double speed;
  guint timeout; /* until the next record is due, or 0 */
  gboolean due;  /* it waits for the model of the present one */
};

enum
{
  PROP_0,
  PROP_PLAYING,
  PROP_SPEED,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (GscPlayer, gsc_player, G_TYPE_OBJECT)

static guint
count_records (GscPlayer *self)
{
  GscFrame *frame = gsc_session_get_frame (self->session);

  return frame != NULL ? frame->run->records->len : 0;
}

static void schedule (GscPlayer *self);

static void
advance (GscPlayer *self)
{
  GscFrame *frame = gsc_session_get_frame (self->session);
  int next = frame != NULL ? frame->record + 1 : 0;

  self->due = FALSE;
  if (frame == NULL || gsc_session_get_live (self->session)
      || (guint) next >= frame->run->records->len)
    {
      gsc_player_set_playing (self, FALSE);
      return;
    }
  gsc_session_set_record (self->session, next);
  if ((guint) next + 1 < count_records (self))
    {
      schedule (self);
      return;
    }
  /* The last one is what live shows, now and when more come. */
  gsc_player_set_playing (self, FALSE);
  gsc_session_set_live (self->session, TRUE);
}

static gboolean
is_busy (GscPlayer *self)
{
  gboolean busy;

  g_object_get (self->session, "busy", &busy, NULL);
  return busy;
}

static gboolean
on_due (gpointer data)
{
  GscPlayer *self = data;

  self->timeout = 0;
  self->due = TRUE;
  if (!is_busy (self))
    advance (self);
  return G_SOURCE_REMOVE;
}

static void
on_busy (GscPlayer *self)
{
  if (self->due && !is_busy (self))
    advance (self);
}

static void
schedule (GscPlayer *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add ((guint) (1000 / self->speed), on_due, self);
}

static void
on_live (GscPlayer *self)
{
  if (gsc_session_get_live (self->session))
    gsc_player_set_playing (self, FALSE);
}

static void
on_run (GscPlayer *self)
{
  gsc_player_set_playing (self, FALSE);
}

gboolean
gsc_player_can_play (GscPlayer *self)
{
  g_return_val_if_fail (GSC_IS_PLAYER (self), FALSE);

  return count_records (self) > 1;
}

void
gsc_player_set_playing (GscPlayer *self, gboolean playing)
{
  GscFrame *frame;

  g_return_if_fail (GSC_IS_PLAYER (self));

  playing = playing && gsc_player_can_play (self);
  if (self->playing == playing)
    return;
  self->playing = playing;
  self->due = FALSE;
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (playing)
    {
      frame = gsc_session_get_frame (self->session);
      if (gsc_session_get_live (self->session)
          || (guint) frame->record + 1 >= frame->run->records->len)
        gsc_session_set_record (self->session, 0);
      schedule (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYING]);
}

gboolean
gsc_player_get_playing (GscPlayer *self)
{
  g_return_val_if_fail (GSC_IS_PLAYER (self), FALSE);

  return self->playing;
}

void
gsc_player_set_speed (GscPlayer *self, double speed)
{
  g_return_if_fail (GSC_IS_PLAYER (self));

  speed = CLAMP (speed, GSC_PLAYER_MIN_SPEED, GSC_PLAYER_MAX_SPEED);
  if (self->speed == speed)
    return;
  self->speed = speed;
  if (self->timeout != 0)
    schedule (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPEED]);
}

double
gsc_player_get_speed (GscPlayer *self)
{
  g_return_val_if_fail (GSC_IS_PLAYER (self), 0);

  return self->speed;
}

/* GObject */

static void
gsc_player_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GscPlayer *self = GSC_PLAYER (object);

  switch (id)
    {
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_SPEED:
      g_value_set_double (value, self->speed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_player_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GscPlayer *self = GSC_PLAYER (object);

  switch (id)
    {
    case PROP_PLAYING:
      gsc_player_set_playing (self, g_value_get_boolean (value));
      break;
    case PROP_SPEED:
      gsc_player_set_speed (self, g_value_get_double (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_player_dispose (GObject *object)
{
  GscPlayer *self = GSC_PLAYER (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (gsc_player_parent_class)->dispose (object);
}

static void
gsc_player_class_init (GscPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = gsc_player_get_property;
  object_class->set_property = gsc_player_set_property;
  object_class->dispose = gsc_player_dispose;

  properties[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, flags);
  properties[PROP_SPEED] = g_param_spec_double ("speed", NULL, NULL, GSC_PLAYER_MIN_SPEED,
                                                GSC_PLAYER_MAX_SPEED, 2, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gsc_player_init (GscPlayer *self)
{
  self->speed = 2;
}

GscPlayer *
gsc_player_new (GscSession *session)
{
  GscPlayer *self = g_object_new (GSC_TYPE_PLAYER, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::busy", G_CALLBACK (on_busy), self);
  g_signal_connect_swapped (session, "notify::live", G_CALLBACK (on_live), self);
  g_signal_connect_swapped (session, "notify::run", G_CALLBACK (on_run), self);
  return self;
}
