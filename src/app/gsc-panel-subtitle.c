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

/* @text and how many heads are ablated. Takes @text. */
static char *
add_ablation (const GscFrame *frame, char *text)
{
  guint n = gsc_ablation_count (frame->ablation);
  g_autofree char *heads = NULL;
  g_autofree char *before = text;

  if (n == 0)
    return g_steal_pointer (&before);
  heads = g_strdup_printf (ngettext ("%u head ablated", "%u heads ablated", n), n);
  return g_strdup_printf ("%s · %s", before, heads);
}

static char *
describe_record (const GscFrame *frame)
{
  const GscRecord *record = gsc_frame_get_record (frame);

  return record != NULL ? describe_step (record->step) : g_strdup (_ ("not measured yet"));
}

/* Of scores, which may have been measured anew. */
static char *
describe_scores (const GscFrame *frame)
{
  const GscInsight *scores = frame->insights[GSC_INSIGHT_SCORES];

  if (scores == NULL)
    return describe_record (frame);
  return add_ablation (frame, describe_step (scores->scores->step));
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

/* @what (nullable) of the model of @step. Takes @what. */
static char *
describe_model_at (const GscFrame *frame, char *what, gint64 step)
{
  g_autofree char *part = what;
  g_autofree char *when = NULL;

  /* A model file that does not say its step has none to show. */
  if (step < 0 || (frame->run->from_file && step == 0))
    return add_ablation (frame, g_strdup (part != NULL ? part : ""));
  when = describe_step (step);
  return add_ablation (frame, part != NULL ? g_strdup_printf ("%s · %s", part, when)
                                           : g_steal_pointer (&when));
}

/* @what of the model that is shown. Takes @what. */
static char *
describe_model (const GscFrame *frame, char *what)
{
  return describe_model_at (frame, what, frame->step);
}

/* @what of the model that the insight is of, which may be an earlier one. Takes @what. */
static char *
describe_insight (const GscFrame *frame, GscInsightKind kind, char *what)
{
  return describe_model_at (
      frame, what, frame->insights[kind] != NULL ? frame->insight_steps[kind] : frame->step);
}

static const char *
get_set_name (GscSet set)
{
  static const char *const sets[] = {
    [GSC_SET_ID_TRAIN] = N_ ("i.d. tasks, training inputs"),
    [GSC_SET_ID_TEST] = N_ ("i.d. tasks, test inputs"),
    [GSC_SET_OOD_TRAIN] = N_ ("o.o.d. tasks, training inputs"),
    [GSC_SET_OOD_TEST] = N_ ("o.o.d. tasks, test inputs"),
  };

  return _ (sets[set]);
}

static char *
describe_noise (const GscFrame *frame)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_NOISE];

  return insight != NULL ? g_strdup (get_set_name (insight->noise->set)) : NULL;
}

static char *
describe_similarity (const GscFrame *frame)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_SIMILARITY];

  if (insight == NULL)
    return NULL;
  /* Translators: x, y or z, and a number of examples. */
  return g_strdup_printf (_ ("outputs at %s after %u shots"),
                          gsc_slot_get_name (insight->similarity->slot), insight->similarity->shot);
}

static char *
describe_ablation (const GscFrame *frame)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_ABLATION];

  if (insight == NULL)
    return NULL;
  return g_strdup (insight->ablation->mode == GSC_ABLATION_MEAN ? _ ("each head by its mean")
                                                                : _ ("each head by zero"));
}

static char *
describe_kshot (const GscFrame *frame)
{
  const GscInsight *insight = frame->insights[GSC_INSIGHT_KSHOT];

  if (insight == NULL)
    return NULL;
  return g_strdup_printf ("z = %dx + %dy", insight->kshot->a, insight->kshot->b);
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
  switch (projection->source.part)
    {
    case GSC_PROJECTION_EMBEDDING:
      return g_strdup (_ ("the embedding"));
    case GSC_PROJECTION_BLOCK:
    case GSC_PROJECTION_MLP:
      return g_strdup_printf (projection->source.part == GSC_PROJECTION_MLP
                                  ? _ ("layer %u, MLP, %s of example %u")
                                  : _ ("layer %u, %s of example %u"),
                              projection->source.layer + 1, _ (slots[projection->source.slots]),
                              projection->source.example + 1);
    case GSC_PROJECTION_HEAD:
    default:
      break;
    }
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
    case GSC_FIGURE_SHOTS:
      return describe_scores (frame);
    case GSC_FIGURE_TASK_TABLE:
      return describe_task (frame);
    case GSC_FIGURE_ATTENTION:
      return describe_model (frame, describe_head (frame));
    case GSC_FIGURE_PROJECTION:
      return describe_model (frame, describe_projection (frame));
    case GSC_FIGURE_SEQUENCE:
      return describe_model (frame, describe_task (frame));
    case GSC_FIGURE_KSHOT:
      return describe_insight (frame, GSC_INSIGHT_KSHOT, describe_kshot (frame));
    case GSC_FIGURE_SIMILARITY:
      return describe_insight (frame, GSC_INSIGHT_SIMILARITY, describe_similarity (frame));
    case GSC_FIGURE_NOISE:
      return describe_insight (frame, GSC_INSIGHT_NOISE, describe_noise (frame));
    case GSC_FIGURE_LENS:
      return describe_insight (frame, GSC_INSIGHT_LENS, NULL);
    case GSC_FIGURE_SPECTRUM:
      return describe_insight (frame, GSC_INSIGHT_SPECTRUM, NULL);
    case GSC_FIGURE_ABLATION:
      return describe_insight (frame, GSC_INSIGHT_ABLATION, describe_ablation (frame));
    case GSC_FIGURE_LEARNING_CURVES:
    case GSC_N_FIGURES:
    default:
      return describe_record (frame);
    }
}
