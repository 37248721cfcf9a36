/* gsc-plot-cursor.c - what pointing into a figure does to the session's cursor
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-plot-cursor.h"

/* More places than any figure has. */
#define ALL_PLACES 100000

void
gsc_plot_cursor_choose (GscSession *session, const GscFigurePick *pick)
{
  switch (pick->kind)
    {
    case GSC_PICK_RECORD:
      gsc_session_set_record (session, pick->record);
      break;
    case GSC_PICK_TASK:
      gsc_session_set_task (session, pick->a, pick->b);
      break;
    case GSC_PICK_SHOT:
    case GSC_PICK_TOKEN:
      gsc_session_set_shot (session, pick->shot);
      break;
    case GSC_PICK_HEAD:
      gsc_session_set_head (session, pick->layer, pick->head);
      break;
    case GSC_PICK_INPUT:
    case GSC_PICK_POINT:
    case GSC_PICK_NONE:
    default:
      break;
    }
}

void
gsc_plot_cursor_move (GscSession *session, GscFigure figure, GscDirection direction, guint places)
{
  const GscFrame *frame = gsc_session_get_frame (session);
  GscCursor cursor;
  int record;

  if (frame == NULL)
    return;
  if (figure == GSC_FIGURE_LEARNING_CURVES && direction == GSC_DIRECTION_RIGHT && places == 0)
    {
      gsc_session_set_live (session, TRUE);
      return;
    }
  cursor = gsc_session_get_cursor (session);
  record = frame->record;
  for (guint i = 0; i < (places > 0 ? places : ALL_PLACES); i++)
    if (!gsc_figure_move (figure, frame, direction, &cursor, &record))
      break;
  if (record != frame->record)
    gsc_session_set_record (session, record);
  gsc_session_set_cursor (session, &cursor);
}
