/* gsc-panel-subtitle.c - what a panel shows, in a few words
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-panel-subtitle.h"

#include <glib/gi18n.h>

#include "gsc-ticks.h"

/* "8 200" as the figures write it. */
static char *
describe_step (gint64 step)
{
  char label[GSC_TICK_LABEL_SIZE];

  /* Translators: a training step */
  return g_strdup_printf (_ ("step %s"), gsc_ticks_format ((double) step, 0, FALSE, label));
}

static char *
describe_record (const GscFrame *frame)
{
  const GscRecord *record = gsc_frame_get_record (frame);

  return record != NULL ? describe_step (record->step) : g_strdup (_ ("not measured yet"));
}

static char *
describe_task (const GscFrame *frame)
{
  const GscTaskSplit *tasks = frame->run->tasks;
  const GscCursor *cursor = &frame->cursor;
  guint index = gsc_task_split_lookup (tasks, cursor->a, cursor->b);
  gboolean seen = tasks->tasks[index].role == GSC_TASK_ROLE_PRE_TRAINING;

  return g_strdup_printf ("z = %dx + %dy · %s", cursor->a, cursor->b,
                          seen ? _ ("pre-training task") : _ ("o.o.d. task"));
}

/* The step of the model that is shown, and @what of it. Takes @what. */
static char *
describe_model (const GscFrame *frame, char *what)
{
  g_autofree char *part = what;
  g_autofree char *step = frame->step >= 0 ? describe_step (frame->step) : NULL;

  return step != NULL ? g_strdup_printf ("%s · %s", part, step) : g_steal_pointer (&part);
}

static char *
describe_head (const GscFrame *frame)
{
  return g_strdup_printf (_ ("layer %u, head %u"), frame->cursor.layer + 1, frame->cursor.head + 1);
}

static char *
describe_projection (const GscFrame *frame)
{
  static const char *const slots[] = {
    [GSC_SLOTS_XY] = N_ ("slots x and y"),
    [GSC_SLOTS_XZ] = N_ ("slots x and z"),
    [GSC_SLOTS_YZ] = N_ ("slots y and z"),
  };
  const GscProjection *projection = frame->projection;

  if (projection == NULL)
    return describe_head (frame);
  if (projection->source.part == GSC_PROJECTION_EMBEDDING)
    return g_strdup (_ ("the embedding"));
  return g_strdup_printf (_ ("layer %u, head %u, %s of example %u"), projection->source.layer + 1,
                          projection->source.head + 1, _ (slots[projection->source.slots]),
                          projection->source.example + 1);
}

char *
gsc_panel_subtitle_make (GscFigure figure, const GscFrame *frame)
{
  switch (figure)
    {
    case GSC_FIGURE_TASK_GRID:
      return describe_record (frame);
    case GSC_FIGURE_TASK_TABLE:
      return describe_task (frame);
    case GSC_FIGURE_ATTENTION:
      return describe_model (frame, describe_head (frame));
    case GSC_FIGURE_PROJECTION:
      return describe_model (frame, describe_projection (frame));
    case GSC_FIGURE_SEQUENCE:
      return describe_model (frame, describe_task (frame));
    case GSC_FIGURE_LEARNING_CURVES:
    case GSC_FIGURE_SHOTS:
    case GSC_N_FIGURES:
    default:
      return describe_record (frame);
    }
}
