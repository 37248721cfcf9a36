/* gsc-session-model.c - the session: what needs the model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-head-modes.h"
#include "gsc-sequence.h"
#include "gsc-session-private.h"

/* After every stored step: the newest. */
#define NEWEST (G_MAXINT64 / 4)

/* What is asked */

/* The wished source, brought into the range of what there is. */
static GscProjectionSource
get_source (GscSession *self)
{
  GscProjectionSource source = self->source;
  guint n_examples = self->sequence.n_tokens / 3;

  source.layer = self->cursor.layer;
  source.head = self->cursor.head;
  source.example = MIN (self->cursor.shot, MAX (n_examples, 1) - 1);
  if (n_examples == 0)
    source.part = GSC_PROJECTION_EMBEDDING;
  return source;
}

/* Tokens are borrowed from the sequence. */
static GscInsightRequest
get_request (GscSession *self, GscInsightKind kind)
{
  GscInsightRequest request = self->options[kind];
  guint n_tokens = gsc_sequence_count_context (self->sequence.n_tokens, self->sequence.own);

  request.kind = kind;
  request.step = self->snapshot != NULL ? self->snapshot->step : 0;
  request.a = self->cursor.a;
  request.b = self->cursor.b;
  request.tokens = self->sequence.tokens;
  request.n_tokens = n_tokens;
  request.shot = MIN (self->cursor.shot, n_tokens / 3);
  return request;
}

/* Scores are measured where no record has them. */
static gboolean
wants_scores (GscSession *self)
{
  GscRunData *data = gsc_session_get_data (self);

  return self->ablated != NULL || (data != NULL && data->from_file && data->records->len == 0);
}

static gboolean
wants_insight (GscSession *self, GscInsightKind kind)
{
  if (kind == GSC_INSIGHT_SCORES)
    return wants_scores (self);
  return (self->wanted_insights & (1u << kind)) != 0;
}

static gboolean
wants_model (GscSession *self)
{
  return self->wants_probe || self->wants_projection || self->wanted_insights != 0
         || wants_scores (self);
}

/* Insights */

static void
drop_insight (GscShownInsight *shown)
{
  g_clear_pointer (&shown->key, gsc_insight_key_unref);
  g_clear_pointer (&shown->insight, gsc_insight_unref);
  g_clear_pointer (&shown->message, g_free);
  shown->cancelled = FALSE;
}

/* An insight of another task, context or ablation is not shown in the place of the one asked for;
 * that of an earlier step is, until the new one is there. */
static void
request_insight (GscSession *self, GscInsightKind kind, gboolean urgent)
{
  GscShownInsight *shown = &self->insights[kind];
  GscRunData *data = gsc_session_get_data (self);
  GscInsightRequest request = get_request (self, kind);
  g_autoptr (GscInsightKey) key = gsc_insight_key_new (
      gsc_run_get_path (self->run), self->snapshot->step, &data->config, self->ablated, &request);
  GscInspectorWish wish = {
    .key = key,
    .snapshot = self->snapshot,
    .data = data,
    .ablation = self->ablation,
    .urgent = urgent,
  };

  if (shown->key != NULL && !gsc_insight_key_is_alike (shown->key, key))
    drop_insight (shown);
  if (shown->cancelled)
    return;
  /* It is there, or has failed, or is on its way. */
  if (shown->key != NULL && gsc_insight_key_equal (shown->key, key))
    {
      gboolean done
          = (shown->insight != NULL && shown->step == key->step) || shown->message != NULL;

      if (done || !urgent)
        return;
    }
  g_clear_pointer (&shown->key, gsc_insight_key_unref);
  g_clear_pointer (&shown->message, g_free);
  shown->key = gsc_insight_key_ref (key);
  gsc_inspector_request (self->inspector, &wish);
}

static void
stop_insight (GscSession *self, GscInsightKind kind)
{
  gsc_inspector_cancel (self->inspector, kind);
  drop_insight (&self->insights[kind]);
}

/* For the model that is here. */
static void
request_insights (GscSession *self, gboolean urgent)
{
  if (self->snapshot == NULL || gsc_session_get_data (self) == NULL)
    return;
  gsc_session_prepare (self);
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    if (wants_insight (self, (GscInsightKind) i))
      request_insight (self, (GscInsightKind) i, urgent);
    else if (self->insights[i].key != NULL)
      stop_insight (self, (GscInsightKind) i);
}

/* A model file's first scores become its run's only record. */
static void
keep_scores (GscSession *self, const GscInspection *inspection)
{
  GscRunData *data = gsc_session_get_data (self);
  g_autoptr (GscRunData) longer = NULL;

  if (!data->from_file || data->records->len > 0 || inspection->key->modes != NULL)
    return;
  longer = gsc_run_data_append (data, inspection->insight->scores);
  gsc_run_set_data (self->run, longer);
}

static void
on_insight (GscSession *self, GscInspection *inspection)
{
  GscShownInsight *shown = &self->insights[inspection->key->request.kind];

  if (shown->key == NULL || !gsc_insight_key_is_alike (shown->key, inspection->key))
    return;
  g_clear_pointer (&shown->message, g_free);
  if (inspection->insight != NULL)
    {
      gsc_insight_ref (inspection->insight);
      gsc_insight_unref (shown->insight);
      shown->insight = inspection->insight;
      shown->step = inspection->key->step;
    }
  else
    {
      g_clear_pointer (&shown->insight, gsc_insight_unref);
      shown->message = g_strdup (inspection->message);
    }
  gsc_session_update_frame (self);
  gsc_session_emit_progress (self);
  if (inspection->insight != NULL && inspection->key->request.kind == GSC_INSIGHT_SCORES)
    keep_scores (self, inspection);
}

/* Analyses */

void
gsc_session_request (GscSession *self, gboolean urgent)
{
  GscRunData *data = gsc_session_get_data (self);
  const GscRecord *record;
  GscAnalystJob job;

  if (data == NULL || !wants_model (self))
    return;
  gsc_session_prepare (self);
  record = gsc_run_data_get_record (data, gsc_session_get_record (self));
  job = (GscAnalystJob){
    .serial = ++self->serial,
    .run_path = gsc_run_get_path (self->run),
    .step = self->live       ? NEWEST
            : record != NULL ? record->step
                             : 0,
    .snapshot = self->live || data->from_file ? gsc_run_get_snapshot (self->run) : NULL,
    .data = data,
    .modes = self->ablated,
    .tokens = self->sequence.tokens,
    .n_tokens = self->sequence.n_tokens,
    .wants_probe = self->wants_probe,
    .wants_projection = self->wants_projection,
    .source = get_source (self),
    .reference = self->turns && self->beside != NULL ? self->beside->projection : NULL,
    .urgent = urgent,
  };
  self->urgent |= urgent;
  gsc_analyst_request (self->analyst, &job);
  if (urgent)
    gsc_session_set_busy (self, TRUE);
}

static void
on_analysis (GscSession *self, GscAnalysis *analysis)
{
  gboolean is_latest = analysis->serial == self->serial;
  gboolean urgent = self->urgent;

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
  g_clear_pointer (&self->snapshot, gsc_snapshot_unref);
  if (analysis->snapshot != NULL)
    self->snapshot = gsc_snapshot_ref (analysis->snapshot);
  g_clear_pointer (&self->ablation, gsc_ablation_unref);
  if (analysis->ablation != NULL)
    self->ablation = gsc_ablation_ref (analysis->ablation);
  gsc_session_set_message (self, analysis->message);
  if (analysis->notice != NULL)
    gsc_session_emit_notice (self, analysis->notice);
  if (is_latest)
    {
      self->urgent = FALSE;
      gsc_session_set_busy (self, FALSE);
      /* Where heads should be ablated and could not be, insights would be of another model. */
      if ((self->ablated != NULL) == (self->ablation != NULL))
        request_insights (self, urgent);
    }
  gsc_session_update_frame (self);
}

void
gsc_session_forget_model (GscSession *self)
{
  gsc_analyst_cancel (self->analyst);
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    stop_insight (self, (GscInsightKind) i);
  g_clear_pointer (&self->snapshot, gsc_snapshot_unref);
  g_clear_pointer (&self->ablation, gsc_ablation_unref);
  g_clear_pointer (&self->probe, gsc_probe_unref);
  g_clear_pointer (&self->projection, gsc_projection_unref);
  self->urgent = FALSE;
  gsc_session_set_busy (self, FALSE);
  gsc_session_set_message (self, NULL);
  if (self->ablated != NULL)
    {
      g_clear_pointer (&self->ablated, g_bytes_unref);
      gsc_session_notify_ablated (self);
    }
}

void
gsc_session_fill_frame (GscSession *self, GscFrame *frame)
{
  frame->step = self->snapshot != NULL ? self->snapshot->step : -1;
  if (self->wants_probe)
    gsc_frame_set_probe (frame, self->probe);
  if (self->wants_projection)
    gsc_frame_set_projection (frame, self->projection);
  gsc_frame_set_ablation (frame, self->ablation);
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    if (wants_insight (self, (GscInsightKind) i) && self->insights[i].insight != NULL)
      {
        gsc_frame_set_insight (frame, self->insights[i].insight);
        frame->insight_steps[i] = self->insights[i].step;
      }
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
    gsc_session_request (self, TRUE);
}

void
gsc_session_set_wanted (GscSession *self, gboolean probe, gboolean projection)
{
  gboolean more;

  g_return_if_fail (GSC_IS_SESSION (self));

  more = (probe && !self->wants_probe) || (projection && !self->wants_projection);
  self->wants_probe = probe;
  self->wants_projection = projection;
  if (!wants_model (self))
    {
      gsc_analyst_cancel (self->analyst);
      gsc_session_set_busy (self, FALSE);
    }
  if (more)
    gsc_session_request (self, TRUE);
}

void
gsc_session_set_wanted_insights (GscSession *self, guint kinds)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  if (kinds == self->wanted_insights)
    return;
  self->wanted_insights = kinds;
  if (self->snapshot == NULL)
    gsc_session_request (self, TRUE);
  else
    request_insights (self, TRUE);
  gsc_session_update_frame (self);
  gsc_session_emit_progress (self);
}

void
gsc_session_set_insight_options (GscSession *self, const GscInsightRequest *request)
{
  GscInsightRequest *options;
  GscInsightRequest before;
  GscInsightRequest after;

  g_return_if_fail (GSC_IS_SESSION (self));

  options = &self->options[request->kind];
  before = get_request (self, request->kind);
  options->set = request->set;
  options->slot = request->slot;
  options->mode = request->mode;
  after = get_request (self, request->kind);
  if (gsc_insight_request_equal (&before, &after))
    return;
  request_insights (self, TRUE);
  gsc_session_update_frame (self);
}

GscInsightRequest
gsc_session_get_insight_options (GscSession *self, GscInsightKind kind)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), (GscInsightRequest){ 0 });

  return self->options[kind];
}

void
gsc_session_prefetch (GscSession *self, gint64 step)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  if (gsc_session_get_data (self) != NULL && !gsc_session_get_data (self)->from_file)
    gsc_analyst_prefetch (self->analyst, gsc_run_get_path (self->run), step);
}

/* Progress */

double
gsc_session_get_progress (GscSession *self, GscInsightKind kind)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), -1);

  return gsc_inspector_get_progress (self->inspector, kind);
}

const char *
gsc_session_get_insight_message (GscSession *self, GscInsightKind kind)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), NULL);

  return self->insights[kind].message;
}

void
gsc_session_cancel_insight (GscSession *self, GscInsightKind kind)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  if (self->insights[kind].key == NULL)
    return;
  self->insights[kind].cancelled = TRUE;
  gsc_inspector_cancel (self->inspector, kind);
  gsc_session_emit_progress (self);
}

gboolean
gsc_session_is_insight_cancelled (GscSession *self, GscInsightKind kind)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), FALSE);

  return self->insights[kind].cancelled;
}

void
gsc_session_compute_insight (GscSession *self, GscInsightKind kind)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  self->insights[kind].cancelled = FALSE;
  if (self->snapshot != NULL && gsc_session_get_data (self) != NULL && wants_insight (self, kind))
    request_insight (self, kind, TRUE);
  gsc_session_emit_progress (self);
}

void
gsc_session_set_training (GscSession *self, gboolean training)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  gsc_inspector_set_sharing (self->inspector, training);
}

/* Ablation */

/* Takes @modes over. */
static void
set_ablated (GscSession *self, GBytes *modes)
{
  g_autoptr (GBytes) before = self->ablated;

  self->ablated = modes;
  if (gsc_head_modes_equal (before, modes))
    return;
  /* Nothing that was computed is of this model; it goes when what replaces it is there, but what
   * takes long goes at once. */
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    stop_insight (self, (GscInsightKind) i);
  gsc_session_notify_ablated (self);
  gsc_session_update_frame (self);
  gsc_session_request (self, TRUE);
  gsc_session_emit_progress (self);
}

static gboolean
get_shape (GscSession *self, GscModelConfig *shape)
{
  GscRunData *data = gsc_session_get_data (self);

  if (data == NULL)
    return FALSE;
  gsc_config_get_model (&data->config, shape);
  return TRUE;
}

void
gsc_session_ablate (GscSession *self, guint layer, guint head, GscAblationMode mode)
{
  GscModelConfig shape;

  g_return_if_fail (GSC_IS_SESSION (self));

  if (get_shape (self, &shape) && layer < (guint) shape.depth && head < (guint) shape.heads)
    set_ablated (self, gsc_head_modes_set (self->ablated, &shape, layer, head, mode));
}

void
gsc_session_restore_heads (GscSession *self)
{
  g_return_if_fail (GSC_IS_SESSION (self));

  set_ablated (self, NULL);
}

GscAblationMode
gsc_session_get_head_mode (GscSession *self, guint layer, guint head)
{
  GscModelConfig shape;

  g_return_val_if_fail (GSC_IS_SESSION (self), GSC_ABLATION_NONE);

  return get_shape (self, &shape) ? gsc_head_modes_get (self->ablated, &shape, layer, head)
                                  : GSC_ABLATION_NONE;
}

guint
gsc_session_count_ablated (GscSession *self)
{
  g_return_val_if_fail (GSC_IS_SESSION (self), 0);

  return gsc_head_modes_count (self->ablated);
}

/* Begin and end */

void
gsc_session_init_model (GscSession *self)
{
  self->wants_probe = TRUE;
  self->wants_projection = TRUE;
  self->source = (GscProjectionSource){
    .part = GSC_PROJECTION_HEAD,
    .slots = GSC_SLOTS_XY,
    .centred = TRUE,
  };
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    self->options[i] = (GscInsightRequest){
      .kind = (GscInsightKind) i,
      .set = GSC_SET_OOD_TEST,
      .slot = GSC_SLOT_X,
      .mode = GSC_ABLATION_ZERO,
    };
  self->analyst = gsc_analyst_new ();
  self->inspector = gsc_inspector_new ();
  g_signal_connect_swapped (self->analyst, "done", G_CALLBACK (on_analysis), self);
  g_signal_connect_swapped (self->inspector, "done", G_CALLBACK (on_insight), self);
  g_signal_connect_swapped (self->inspector, "progress", G_CALLBACK (gsc_session_emit_progress),
                            self);
}

void
gsc_session_clear_model (GscSession *self)
{
  if (self->inspector != NULL)
    g_signal_handlers_disconnect_by_data (self->inspector, self);
  g_clear_object (&self->analyst);
  g_clear_object (&self->inspector);
  g_clear_pointer (&self->snapshot, gsc_snapshot_unref);
  g_clear_pointer (&self->ablation, gsc_ablation_unref);
  g_clear_pointer (&self->probe, gsc_probe_unref);
  g_clear_pointer (&self->projection, gsc_projection_unref);
  g_clear_pointer (&self->ablated, g_bytes_unref);
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    drop_insight (&self->insights[i]);
}
