/* gsc-frame-change.c - what the step from one frame to the next means for a figure
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-frame-change.h"

static gboolean
is_same_cursor (const GscCursor *a, const GscCursor *b)
{
  return a->a == b->a && a->b == b->b && a->shot == b->shot && a->layer == b->layer
         && a->head == b->head;
}

/* Whether both show the same run with the same eyes; it may have new records. */
static gboolean
is_same_place (const GscFrame *a, const GscFrame *b)
{
  return a->run->tasks == b->run->tasks && g_strcmp0 (a->run->name, b->run->name) == 0
         && is_same_cursor (&a->cursor, &b->cursor);
}

gboolean
gsc_frame_change_shows_probe (GscFigure figure)
{
  /* The table marks the model's answers where it has some. */
  return figure == GSC_FIGURE_TASK_TABLE || figure == GSC_FIGURE_ATTENTION
         || figure == GSC_FIGURE_SEQUENCE;
}

gboolean
gsc_frame_change_shows_projection (GscFigure figure)
{
  return figure == GSC_FIGURE_PROJECTION;
}

int
gsc_frame_change_get_insight (GscFigure figure)
{
  switch (figure)
    {
    case GSC_FIGURE_ATTENTION:
      return GSC_INSIGHT_HEAD_MAPS;
    case GSC_FIGURE_KSHOT:
      return GSC_INSIGHT_KSHOT;
    case GSC_FIGURE_SIMILARITY:
      return GSC_INSIGHT_SIMILARITY;
    case GSC_FIGURE_NOISE:
      return GSC_INSIGHT_NOISE;
    case GSC_FIGURE_LENS:
      return GSC_INSIGHT_LENS;
    case GSC_FIGURE_SPECTRUM:
      return GSC_INSIGHT_SPECTRUM;
    case GSC_FIGURE_ABLATION:
      return GSC_INSIGHT_ABLATION;
    case GSC_FIGURE_TASK_GRID:
    case GSC_FIGURE_SHOTS:
      return GSC_INSIGHT_SCORES;
    case GSC_FIGURE_LEARNING_CURVES:
    case GSC_FIGURE_TASK_TABLE:
    case GSC_FIGURE_PROJECTION:
    case GSC_FIGURE_SEQUENCE:
    case GSC_N_FIGURES:
    default:
      return -1;
    }
}

/* As far as the figure shows it. */
static gboolean
is_same_model (GscFigure figure, const GscFrame *a, const GscFrame *b)
{
  int insight = gsc_frame_change_get_insight (figure);

  if (insight >= 0 && a->insights[insight] != b->insights[insight])
    return FALSE;
  if (gsc_frame_change_shows_probe (figure))
    return a->probe == b->probe && a->step == b->step;
  if (gsc_frame_change_shows_projection (figure))
    return a->projection == b->projection && a->step == b->step;
  return TRUE;
}

/* Of what the frames are of, whatever they are compared with. */
static GscFrameChange
find_own_change (GscFigure figure, const GscFrame *before, const GscFrame *after, gboolean live)
{
  gboolean same_model;

  if (before == NULL || !is_same_place (before, after))
    return GSC_FRAME_CHANGE_BY_USER;
  same_model = is_same_model (figure, before, after);
  if (!live && (before->record != after->record || !same_model))
    return GSC_FRAME_CHANGE_BY_USER;
  if (!same_model)
    return GSC_FRAME_CHANGE_BY_TRAINING;
  /* Only the curves show more than one record. */
  if (figure == GSC_FIGURE_LEARNING_CURVES)
    return before->run->records == after->run->records && before->record == after->record
               ? GSC_FRAME_CHANGE_NONE
               : GSC_FRAME_CHANGE_BY_TRAINING;
  return gsc_frame_get_record (before) == gsc_frame_get_record (after)
             ? GSC_FRAME_CHANGE_NONE
             : GSC_FRAME_CHANGE_BY_TRAINING;
}

GscFrameChange
gsc_frame_change_find (GscFigure figure,
                       const GscFrame *before,
                       const GscFrame *after,
                       gboolean live)
{
  GscFrameChange change = find_own_change (figure, before, after, live);

  if (change != GSC_FRAME_CHANGE_NONE || before->beside == after->beside)
    return change;
  if (before->beside == NULL || after->beside == NULL)
    return GSC_FRAME_CHANGE_BY_USER;
  return find_own_change (figure, before->beside, after->beside, live);
}
