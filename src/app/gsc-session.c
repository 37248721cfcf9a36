/* gsc-session.c - what the window shows: one object that all views follow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-session.h"

#include <string.h>

#include "gsc-analyst.h"
#include "gsc-rng.h"
#include "gsc-sequence.h"

struct _GscSession
{
  GObject parent_instance;

  /* Owned References */
  GscRun *run;
  GscAnalyst *analyst;
  GscFrame *frame;
  GscProbe *probe;
  GscProjection *projection;
  char *message;

  GscCursor cursor;
  gboolean live;
  int record; /* shown where not live */
  gint64 model_step;

  gint64 context_seed;
  gint32 *tokens; /* the sequence shown */
  guint n_tokens;
  gboolean own_sequence; /* typed, not drawn */

  GscProjectionSource source;
  gboolean wants_probe;
  gboolean wants_projection;
  guint64 serial; /* of the latest analysis asked for */
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (GscSession, gsc_session, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_RUN,
  PROP_FRAME,
  PROP_LIVE,
  PROP_BUSY,
  PROP_MESSAGE,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static GscRunData *
get_data (GscSession *self)
{
  return self->run != NULL ? gsc_run_get_data (self->run) : NULL;
}

static void
set_message (GscSession *self, const char *message)
{
  if (g_strcmp0 (self->message, message) == 0)
    return;
  g_free (self->message);
  self->message = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}

static void
set_busy (GscSession *self, gboolean busy)
{
  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

/* Frames */

static int
get_record (GscSession *self, GscRunData *data)
{
  int last = (int) data->records->len - 1;

  return self->live ? last : CLAMP (self->record, -1, last);
}

/* A new frame from what is there now. */
static void
update_frame (GscSession *self)
{
  GscRunData *data = get_data (self);

  if (data == NULL && self->frame == NULL)
    return;
  g_clear_pointer (&self->frame, gsc_frame_unref);
  if (data != NULL)
    {
      self->frame = gsc_frame_new (data, get_record (self, data));
      self->frame->cursor = self->cursor;
      self->frame->step = self->model_step;
      if (self->wants_probe)
        gsc_frame_set_probe (self->frame, self->probe);
      if (self->wants_projection)
        gsc_frame_set_projection (self->frame, self->projection);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRAME]);
}

/* The cursor is where this run has something. */
static void
place_cursor (GscSession *self)
{
  GscRunData *data = get_data (self);

  if (data == NULL || gsc_frame_has_cursor (data, &self->cursor))
    return;
  self->cursor = gsc_frame_default_cursor (data);
  self->own_sequence = FALSE;
  g_clear_pointer (&self->tokens, g_free);
}

/* The sequence */

static void
draw_sequence (GscSession *self)
{
  GscRunData *data = get_data (self);
  const GscTask *task;
  GscRng rng;

  if (data == NULL || self->own_sequence)
    return;
  place_cursor (self);
  task = &data->tasks->tasks[gsc_task_split_lookup (data->tasks, self->cursor.a, self->cursor.b)];
  g_free (self->tokens);
  self->n_tokens = 3 * (guint) data->config.shots;
  self->tokens = g_new (gint32, self->n_tokens);
  gsc_rng_init (&rng, (guint64) self->context_seed, GSC_RNG_SHOW, 0, 0);
  gsc_sequence_draw (&rng, data->config.p, task, data->inputs->train, data->inputs->n_train,
                     data->config.shots, self->tokens);
}

/* The wished source, brought into the range of what there is. */
static GscProjectionSource
get_source (GscSession *self)
{
  GscProjectionSource source = self->source;
  guint n_examples = self->n_tokens / 3;

  source.layer = self->cursor.layer;
  source.head = self->cursor.head;
  source.example = MIN (self->cursor.shot, MAX (n_examples, 1) - 1);
  if (n_examples == 0)
    source.part = GSC_PROJECTION_EMBEDDING;
  return source;
}

/* Analyses */

static void
request_analysis (GscSession *self, gboolean urgent)
{
  GscRunData *data = get_data (self);
  const GscRecord *record;
  GscAnalystJob job;

  if (data == NULL || !(self->wants_probe || self->wants_projection))
    return;
  place_cursor (self);
  if (self->tokens == NULL)
    draw_sequence (self);
  record = gsc_run_data_get_record (data, get_record (self, data));
  job = (GscAnalystJob){
    .serial = ++self->serial,
    .run_path = gsc_run_get_path (self->run),
    .step = self->live       ? G_MAXINT64 / 4
            : record != NULL ? record->step
                             : 0,
    .snapshot = self->live ? gsc_run_get_snapshot (self->run) : NULL,
    .p = data->config.p,
    .tokens = self->tokens,
    .n_tokens = self->n_tokens,
    .wants_probe = self->wants_probe,
    .wants_projection = self->wants_projection,
    .source = get_source (self),
    .urgent = urgent,
  };
  gsc_analyst_request (self->analyst, &job);
  if (urgent)
    set_busy (self, TRUE);
}

static void
on_analysis (GscSession *self, GscAnalysis *analysis)
{
  if (analysis->probe != NULL || analysis->step < 0)
    {
      gsc_probe_unref (self->probe);
      self->probe = analysis->probe != NULL ? gsc_probe_ref (analysis->probe) : NULL;
    }
  if (analysis->projection != NULL || analysis->step < 0)
    {
      gsc_projection_unref (self->projection);
      self->projection
          = analysis->projection != NULL ? gsc_projection_ref (analysis->projection) : NULL;
    }
  self->model_step = analysis->step;
  set_message (self, analysis->message);
  if (analysis->serial == self->serial)
    set_busy (self, FALSE);
  update_frame (self);
}

static void
forget_analysis (GscSession *self)
{
  gsc_analyst_cancel (self->analyst);
  g_clear_pointer (&self->probe, gsc_probe_unref);
  g_clear_pointer (&self->projection, gsc_projection_unref);
  self->model_step = -1;
  set_busy (self, FALSE);
  set_message (self, NULL);
}

/* The run */

static void
on_data (GscSession *self)
{
  GscRunData *data = get_data (self);

  place_cursor (self);
  if (data != NULL && self->tokens == NULL)
    draw_sequence (self);
  update_frame (self);
  if (self->model_step < 0 || (self->live && gsc_run_get_snapshot (self->run) == NULL))
    request_analysis (self, TRUE);
}

/* Without one (the training is over) the newest stored one is shown. */
static void
on_snapshot (GscSession *self)
{
  if (self->live)
    request_analysis (self, FALSE);
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
  forget_analysis (self);
  g_set_object (&self->run, run);
  self->live = TRUE;
  self->own_sequence = FALSE;
  g_clear_pointer (&self->tokens, g_free);
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
  GscRunData *data = get_data (self);
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
      self->own_sequence = FALSE;
      draw_sequence (self);
    }
  update_frame (self);
  request_analysis (self, TRUE);
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
  GscRunData *data = get_data (self);

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
  update_frame (self);
  request_analysis (self, TRUE);
}

void
gsc_session_set_live (GscSession *self, gboolean live)
{
  GscRunData *data = get_data (self);

  g_return_if_fail (GSC_IS_SESSION (self));

  if (!live)
    {
      if (data != NULL)
        gsc_session_set_record (self, get_record (self, data));
      return;
    }
  if (self->live)
    return;
  self->live = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVE]);
  update_frame (self);
  request_analysis (self, TRUE);
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
  GscRunData *data = get_data (self);

  g_return_if_fail (GSC_IS_SESSION (self));

  if (data == NULL || !gsc_session_is_locked (self))
    return;
  self->own_sequence = FALSE;
  self->cursor = gsc_frame_default_cursor (data);
  draw_sequence (self);
  if (!self->live)
    {
      self->live = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVE]);
    }
  update_frame (self);
  request_analysis (self, TRUE);
}

gboolean
gsc_session_is_locked (GscSession *self)
{
  GscRunData *data = get_data (self);
  GscCursor usual;

  g_return_val_if_fail (GSC_IS_SESSION (self), FALSE);

  if (data == NULL)
    return FALSE;
  usual = gsc_frame_default_cursor (data);
  return !self->live || self->own_sequence || memcmp (&usual, &self->cursor, sizeof usual) != 0;
}

/* The sequence, from outside */

gint64
gsc_session_get_context_seed (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), 0);

  return self->context_seed;
}

static void
on_sequence_changed (GscSession *self)
{
  update_frame (self);
  request_analysis (self, TRUE);
}

void
gsc_session_new_context (GscSession *self)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  self->context_seed++;
  self->own_sequence = FALSE;
  draw_sequence (self);
  on_sequence_changed (self);
}

gboolean
gsc_session_set_sequence (GscSession *self, const char *text, GError **error)
{
  GscRunData *data = get_data (self);
  g_autofree gint32 *tokens = NULL;
  guint n_tokens;
  guint most;

  g_return_val_if_fail (GSC_IS_SESSION (self), FALSE);

  if (data == NULL)
    return TRUE;
  if (!gsc_sequence_parse (text, data->config.p, &tokens, &n_tokens, error)
      || !gsc_sequence_check_length (n_tokens, error))
    return FALSE;
  most = 3 * (guint) data->config.shots;
  if (n_tokens > most)
    {
      g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
                   "The sequence has %u numbers; this model was trained on at most %u (%d "
                   "examples of x, y and z).",
                   n_tokens, most, data->config.shots);
      return FALSE;
    }
  g_free (self->tokens);
  self->tokens = g_steal_pointer (&tokens);
  self->n_tokens = n_tokens;
  self->own_sequence = TRUE;
  on_sequence_changed (self);
  return TRUE;
}

char *
gsc_session_get_sequence (GscSession *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (GSC_IS_SESSION (self), g_string_free (text, FALSE));

  if (self->tokens != NULL)
    for (guint i = 0; i < self->n_tokens; i++)
      {
        if (i > 0)
          g_string_append (text, i % 3 == 0 ? " | " : " ");
        g_string_append_printf (text, "%d", self->tokens[i]);
      }
  return g_string_free (text, FALSE);
}

gboolean
gsc_session_has_own_sequence (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), FALSE);

  return self->own_sequence;
}

/* What is wanted */

GscProjectionSource
gsc_session_get_projection (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), (GscProjectionSource){ 0 });

  return get_source (self);
}

void
gsc_session_set_projection (GscSession *self, const GscProjectionSource *source)
{
  GscProjectionSource before;
  GscProjectionSource after;

  g_return_if_fail (GSC_IS_SESSION (self));

  before = get_source (self);
  self->source = *source;
  after = get_source (self);
  if (!gsc_projection_source_equal (&before, &after))
    request_analysis (self, TRUE);
}

void
gsc_session_set_wanted (GscSession *self, gboolean probe, gboolean projection)
{
  gboolean more;

  g_return_if_fail (GSC_IS_SESSION (self));

  more = (probe && !self->wants_probe) || (projection && !self->wants_projection);
  self->wants_probe = probe;
  self->wants_projection = projection;
  if (!probe && !projection)
    gsc_analyst_cancel (self->analyst);
  if (more)
    request_analysis (self, TRUE);
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
  g_clear_object (&self->analyst);
  g_clear_pointer (&self->frame, gsc_frame_unref);
  g_clear_pointer (&self->probe, gsc_probe_unref);
  g_clear_pointer (&self->projection, gsc_projection_unref);

  G_OBJECT_CLASS (gsc_session_parent_class)->dispose (object);
}

static void
gsc_session_finalize (GObject *object)
{
  GscSession *self = GSC_SESSION (object);

  g_free (self->tokens);
  g_free (self->message);

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
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gsc_session_init (GscSession *self)
{
  self->live = TRUE;
  self->record = -1;
  self->model_step = -1;
  self->cursor.a = -1;
  self->context_seed = 1;
  self->wants_probe = TRUE;
  self->wants_projection = TRUE;
  self->source = (GscProjectionSource){
    .part = GSC_PROJECTION_HEAD,
    .slots = GSC_SLOTS_XY,
    .centred = TRUE,
  };
  self->analyst = gsc_analyst_new ();
  g_signal_connect_swapped (self->analyst, "done", G_CALLBACK (on_analysis), self);
}

GscSession *
gsc_session_new (void)
{
  return g_object_new (GSC_TYPE_SESSION, NULL);
}
