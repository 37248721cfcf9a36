/* gsc-session.c - what the window shows: one object that all views follow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-session-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (GscSession, gsc_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_RUN,
  PROP_FRAME,
  PROP_LIVE,
  PROP_BUSY,
  PROP_MESSAGE,
  PROP_ABLATED,
  N_PROPERTIES,
};

enum
{
  SIGNAL_NOTICE,
  SIGNAL_PROGRESS,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

GscRunData *
gsc_session_get_data (GscSession *self)
{
  return self->run != NULL ? gsc_run_get_data (self->run) : NULL;
}

void
gsc_session_set_message (GscSession *self, const char *message)
{
  if (g_strcmp0 (self->message, message) == 0)
    return;
  g_free (self->message);
  self->message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

void
gsc_session_set_busy (GscSession *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

void
gsc_session_notify_ablated (GscSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ABLATED]);
}

void
gsc_session_emit_notice (GscSession *self, const char *message)
{
  if (g_hash_table_add (self->notices, g_strdup (message)))
    g_signal_emit (self, signals[SIGNAL_NOTICE], 0, message);
}

void
gsc_session_emit_progress (GscSession *self)
{
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

/* Frames */

int
gsc_session_get_record (GscSession *self)
{
  GscRunData *data = gsc_session_get_data (self);
  int last = data != NULL ? (int) data->records->len - 1 : -1;

  return self->live ? last : CLAMP (self->record, -1, last);
}

void
gsc_session_update_frame (GscSession *self)
{
  GscRunData *data = gsc_session_get_data (self);

  if (data == NULL && self->frame == NULL)
    return;
  g_clear_pointer (&self->frame, gsc_frame_unref);
  if (data != NULL)
    {
      self->frame = gsc_frame_new (data, gsc_session_get_record (self));
      self->frame->cursor = self->cursor;
      gsc_session_fill_frame (self, self->frame);
      gsc_frame_set_beside (self->frame, self->beside);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
}

void
gsc_session_set_beside (GscSession *self, GscFrame *beside)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  if (beside == self->beside)
    return;
  gsc_frame_unref (self->beside);
  self->beside = beside != NULL ? gsc_frame_ref (beside) : NULL;
  gsc_session_update_frame (self);
}

void
gsc_session_set_turns (GscSession *self, gboolean turns)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  self->turns = turns;
}

/* The cursor is where this run has something. */
static void
place_cursor (GscSession *self)
{
  GscRunData *data = gsc_session_get_data (self);

  if (data == NULL || gsc_frame_has_cursor (data, &self->cursor))
    return;
  self->cursor = gsc_frame_default_cursor (data);
  gsc_shown_sequence_clear (&self->sequence);
}

/* A sequence for the cursor's task, unless the user has typed one. */
static void
draw_sequence (GscSession *self)
{
  GscRunData *data = gsc_session_get_data (self);

  if (data == NULL || self->sequence.own)
    return;
  place_cursor (self);
  gsc_shown_sequence_draw (&self->sequence, data, self->cursor.a, self->cursor.b);
}

void
gsc_session_prepare (GscSession *self)
{
  place_cursor (self);
  if (self->sequence.tokens == NULL)
    draw_sequence (self);
}

/* The run */

static void
on_data (GscSession *self)
{
  if (gsc_session_get_data (self) != NULL)
    gsc_session_prepare (self);
  gsc_session_update_frame (self);
  if (self->snapshot == NULL || (self->live && gsc_run_get_snapshot (self->run) == NULL))
    gsc_session_request (self, TRUE);
}

/* Without one (the training is over) the newest stored one is shown. */
static void
on_snapshot (GscSession *self)
{
  if (self->live)
    gsc_session_request (self, FALSE);
}

GscRun *
gsc_session_get_run (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), NULL);

  return self->run;
}

void
gsc_session_set_run (GscSession *self, GscRun *run)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  if (run == self->run)
    return;
  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  gsc_session_forget_model (self);
  g_set_object (&self->run, run);
  self->live = TRUE;
  gsc_shown_sequence_clear (&self->sequence);
  /* A new run is seen from its usual place: another run's task may mean something else here. */
  self->cursor.a = -1;
  if (run != NULL)
    {
      g_signal_connect_swapped (run, "notify::data", G_CALLBACK (on_data), self);
      g_signal_connect_swapped (run, "notify::snapshot", G_CALLBACK (on_snapshot), self);
      if (gsc_run_get_data (run) == NULL)
        gsc_run_load_async (run, NULL, NULL);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVE]);
  on_data (self);
}

GscFrame *
gsc_session_get_frame (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), NULL);

  return self->frame;
}

/* The cursor */

GscCursor
gsc_session_get_cursor (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), (GscCursor){ 0 });

  return self->cursor;
}

void
gsc_session_set_cursor (GscSession *self, const GscCursor *wish)
{
  GscRunData *data = gsc_session_get_data (self);
  GscCursor cursor = *wish;
  gboolean other_task;

  g_return_if_fail (GSC_IS_SESSION (self));

  if (data == NULL)
    return;
  cursor.a = CLAMP (cursor.a, 0, data->config.p - 1);
  cursor.b = CLAMP (cursor.b, 0, data->config.p - 1);
  cursor.shot = MIN (cursor.shot, (guint) data->config.shots - 1);
  cursor.layer = MIN (cursor.layer, (guint) data->config.depth - 1);
  cursor.head = MIN (cursor.head, (guint) data->config.heads - 1);
  if (memcmp (&cursor, &self->cursor, sizeof cursor) == 0)
    return;
  other_task = cursor.a != self->cursor.a || cursor.b != self->cursor.b;
  self->cursor = cursor;
  if (other_task)
    {
      self->sequence.own = FALSE;
      draw_sequence (self);
    }
  gsc_session_update_frame (self);
  gsc_session_request (self, TRUE);
}

void
gsc_session_set_task (GscSession *self, int a, int b)
{
  GscCursor cursor = gsc_session_get_cursor (self);

  cursor.a = a;
  cursor.b = b;
  gsc_session_set_cursor (self, &cursor);
}

void
gsc_session_set_shot (GscSession *self, guint shot)
{
  GscCursor cursor = gsc_session_get_cursor (self);

  cursor.shot = shot;
  gsc_session_set_cursor (self, &cursor);
}

void
gsc_session_set_head (GscSession *self, guint layer, guint head)
{
  GscCursor cursor = gsc_session_get_cursor (self);

  cursor.layer = layer;
  cursor.head = head;
  gsc_session_set_cursor (self, &cursor);
}

/* Time */

void
gsc_session_set_record (GscSession *self, int record)
{
  GscRunData *data = gsc_session_get_data (self);

  g_return_if_fail (GSC_IS_SESSION (self));

  if (data == NULL || data->records->len == 0)
    return;
  record = CLAMP (record, 0, (int) data->records->len - 1);
  if (!self->live && record == self->record)
    return;
  self->record = record;
  if (self->live)
    {
      self->live = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVE]);
    }
  gsc_session_update_frame (self);
  gsc_session_request (self, TRUE);
}

void
gsc_session_set_live (GscSession *self, gboolean live)
{
  GscRunData *data = gsc_session_get_data (self);

  g_return_if_fail (GSC_IS_SESSION (self));

  if (!live)
    {
      if (data != NULL)
        gsc_session_set_record (self, gsc_session_get_record (self));
      return;
    }
  if (self->live)
    return;
  self->live = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVE]);
  gsc_session_update_frame (self);
  gsc_session_request (self, TRUE);
}

gboolean
gsc_session_get_live (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), TRUE);

  return self->live;
}

void
gsc_session_unlock (GscSession *self)
{
  GscRunData *data = gsc_session_get_data (self);

  g_return_if_fail (GSC_IS_SESSION (self));

  if (data == NULL || !gsc_session_is_locked (self))
    return;
  self->sequence.own = FALSE;
  self->cursor = gsc_frame_default_cursor (data);
  draw_sequence (self);
  if (!self->live)
    {
      self->live = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVE]);
    }
  gsc_session_update_frame (self);
  gsc_session_request (self, TRUE);
}

gboolean
gsc_session_is_locked (GscSession *self)
{
  GscRunData *data = gsc_session_get_data (self);
  GscCursor usual;

  g_return_val_if_fail (GSC_IS_SESSION (self), FALSE);

  if (data == NULL)
    return FALSE;
  usual = gsc_frame_default_cursor (data);
  return !self->live || self->sequence.own || memcmp (&usual, &self->cursor, sizeof usual) != 0;
}

/* The sequence, from outside */

gint64
gsc_session_get_context_seed (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), 0);

  return self->sequence.seed;
}

static void
on_sequence_changed (GscSession *self)
{
  gsc_session_update_frame (self);
  gsc_session_request (self, TRUE);
}

void
gsc_session_set_context_seed (GscSession *self, gint64 seed)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  if (seed == self->sequence.seed && !self->sequence.own)
    return;
  self->sequence.seed = seed;
  self->sequence.own = FALSE;
  draw_sequence (self);
  on_sequence_changed (self);
}

void
gsc_session_new_context (GscSession *self)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  gsc_session_set_context_seed (self, self->sequence.seed + 1);
}

gboolean
gsc_session_set_sequence (GscSession *self, const char *text, GError **error)
{
  GscRunData *data = gsc_session_get_data (self);

  g_return_val_if_fail (GSC_IS_SESSION (self), FALSE);

  if (data == NULL)
    return TRUE;
  if (!gsc_shown_sequence_type (&self->sequence, data, text, error))
    return FALSE;
  on_sequence_changed (self);
  return TRUE;
}

char *
gsc_session_get_sequence (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), NULL);

  return gsc_shown_sequence_format (&self->sequence);
}

gboolean
gsc_session_has_own_sequence (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), FALSE);

  return self->sequence.own;
}

const gint32 *
gsc_session_get_tokens (GscSession *self, guint *n_tokens)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), NULL);

  *n_tokens = self->sequence.n_tokens;
  return self->sequence.tokens;
}

GscSnapshot *
gsc_session_get_snapshot (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), NULL);

  return self->snapshot;
}

/* GObject */

static void
gsc_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GscSession *self = GSC_SESSION (object);

  switch (id)
    {
    case PROP_RUN:
      g_value_set_object (value, self->run);
      break;
    case PROP_FRAME:
      g_value_set_pointer (value, self->frame);
      break;
    case PROP_LIVE:
      g_value_set_boolean (value, self->live);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_ABLATED:
      g_value_set_boxed (value, self->ablated);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GscSession *self = GSC_SESSION (object);

  switch (id)
    {
    case PROP_RUN:
      gsc_session_set_run (self, g_value_get_object (value));
      break;
    case PROP_LIVE:
      gsc_session_set_live (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gsc_session_dispose (GObject *object)
{
  GscSession *self = GSC_SESSION (object);

  if (self->run != NULL)
    g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
  gsc_session_clear_model (self);
  g_clear_pointer (&self->frame, gsc_frame_unref);
  g_clear_pointer (&self->beside, gsc_frame_unref);

  G_OBJECT_CLASS (gsc_session_parent_class)->dispose (object);
}

static void
gsc_session_finalize (GObject *object)
{
  GscSession *self = GSC_SESSION (object);

  gsc_shown_sequence_clear (&self->sequence);
  g_free (self->message);
  g_hash_table_unref (self->notices);

  G_OBJECT_CLASS (gsc_session_parent_class)->finalize (object);
}

static void
gsc_session_class_init (GscSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags seen = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags set = seen | G_PARAM_WRITABLE;

  object_class->get_property = gsc_session_get_property;
  object_class->set_property = gsc_session_set_property;
  object_class->dispose = gsc_session_dispose;
  object_class->finalize = gsc_session_finalize;

  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, GSC_TYPE_RUN, set);
  properties[PROP_FRAME] = g_param_spec_pointer ("frame", NULL, NULL, seen);
  properties[PROP_LIVE] = g_param_spec_boolean ("live", NULL, NULL, TRUE, set);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, seen);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, seen);
  properties[PROP_ABLATED] = g_param_spec_boxed ("ablated", NULL, NULL, G_TYPE_BYTES, seen);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gsc_session_init (GscSession *self)
{
  self->live = TRUE;
  self->record = -1;
  self->notices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cursor.a = -1;
  self->sequence = (GscShownSequence) GSC_SHOWN_SEQUENCE_INIT;
  gsc_session_init_model (self);
}

GscSession *
gsc_session_new (void)
{
  return g_object_new (GSC_TYPE_SESSION, NULL);
}
