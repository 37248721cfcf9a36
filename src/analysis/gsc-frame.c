/* gsc-frame.c - everything that is shown at one moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-frame.h"

GscFrame *
gsc_frame_new (GscRunData *run, int record)
{
  GscFrame *frame = g_new0 (GscFrame, 1);

  g_atomic_ref_count_init (&frame->ref_count);
  frame->run = gsc_run_data_ref (run);
  frame->cursor = gsc_frame_default_cursor (run);
  frame->record = record;
  frame->step = -1;
  return frame;
}

GscFrame *
gsc_frame_copy (const GscFrame *frame)
{
  GscFrame *copy = g_memdup2 (frame, sizeof *frame);

  g_atomic_ref_count_init (&copy->ref_count);
  gsc_run_data_ref (copy->run);
  if (copy->probe != NULL)
    gsc_probe_ref (copy->probe);
  if (copy->projection != NULL)
    gsc_projection_ref (copy->projection);
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    if (copy->insights[i] != NULL)
      gsc_insight_ref (copy->insights[i]);
  if (copy->ablation != NULL)
    gsc_ablation_ref (copy->ablation);
  if (copy->beside != NULL)
    gsc_frame_ref (copy->beside);
  return copy;
}

GscFrame *
gsc_frame_ref (GscFrame *frame)
{
  g_atomic_ref_count_inc (&frame->ref_count);
  return frame;
}

void
gsc_frame_unref (GscFrame *frame)
{
  if (frame == NULL || !g_atomic_ref_count_dec (&frame->ref_count))
    return;
  gsc_frame_unref (frame->beside);
  gsc_ablation_unref (frame->ablation);
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    gsc_insight_unref (frame->insights[i]);
  gsc_projection_unref (frame->projection);
  gsc_probe_unref (frame->probe);
  gsc_run_data_unref (frame->run);
  g_free (frame);
}

const GscRecord *
gsc_frame_get_record (const GscFrame *frame)
{
  return gsc_run_data_get_record (frame->run, frame->record);
}

const GscRecord *
gsc_frame_get_scores (const GscFrame *frame)
{
  const GscInsight *anew = frame->insights[GSC_INSIGHT_SCORES];

  return anew != NULL ? anew->scores : gsc_frame_get_record (frame);
}

GscCursor
gsc_frame_default_cursor (const GscRunData *run)
{
  const GscTask *task = &run->tasks->tasks[run->tasks->n_id];

  return (GscCursor){
    .a = task->a,
    .b = task->b,
    .shot = (guint) run->config.shots - 1,
    .layer = (guint) run->config.depth - 1,
    .head = 0,
  };
}

gboolean
gsc_frame_has_cursor (const GscRunData *run, const GscCursor *cursor)
{
  const GscConfig *config = &run->config;

  return cursor->a >= 0 && cursor->a < config->p && cursor->b >= 0 && cursor->b < config->p
         && cursor->shot < (guint) config->shots && cursor->layer < (guint) config->depth
         && cursor->head < (guint) config->heads;
}

void
gsc_frame_set_probe (GscFrame *frame, GscProbe *probe)
{
  if (probe != NULL)
    gsc_probe_ref (probe);
  gsc_probe_unref (frame->probe);
  frame->probe = probe;
}

void
gsc_frame_set_projection (GscFrame *frame, GscProjection *projection)
{
  if (projection != NULL)
    gsc_projection_ref (projection);
  gsc_projection_unref (frame->projection);
  frame->projection = projection;
}

void
gsc_frame_set_ablation (GscFrame *frame, GscAblation *ablation)
{
  if (ablation != NULL)
    gsc_ablation_ref (ablation);
  gsc_ablation_unref (frame->ablation);
  frame->ablation = ablation;
}

void
gsc_frame_set_beside (GscFrame *frame, GscFrame *beside)
{
  g_return_if_fail (beside == NULL || beside->beside == NULL);

  if (beside != NULL)
    gsc_frame_ref (beside);
  gsc_frame_unref (frame->beside);
  frame->beside = beside;
}

void
gsc_frame_set_insight (GscFrame *frame, GscInsight *insight)
{
  GscInsight **slot = &frame->insights[insight->kind];

  gsc_insight_ref (insight);
  gsc_insight_unref (*slot);
  *slot = insight;
}
