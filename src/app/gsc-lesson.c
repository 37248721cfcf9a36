/* gsc-lesson.c - the lessons: what the paper found, told with the run shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-lesson.h"

#include <glib/gi18n.h>

#include "gsc-phase.h"

static const GscLesson lessons[] = {
  { N_ ("The Task"),
    N_ ("A task is a pair (a, b); its rule z = a x + b y mod p makes this table. Test inputs are "
        "never trained on. The model is not told a and b: it has to read them off examples."),
    GSC_FIGURE_TASK_TABLE, GSC_LESSON_LAST, FALSE, GSC_LESSON_NOTHING },
  { N_ ("The Split"),
    N_ ("All p² tasks make a grid. Some are trained on (i.d.), the others never (o.o.d.); with "
        "training and test inputs that makes four sets. The cursor is on an o.o.d. task."),
    GSC_FIGURE_TASK_GRID, GSC_LESSON_LAST, TRUE, GSC_LESSON_TASKS },
  { N_ ("The Four Phases"),
    N_ ("By which of the four sets a model solves, it memorises or generalises, i.d. or o.o.d.; "
        "the more pre-training tasks, the further it gets. Play from the first step (P): skills "
        "come one by one."),
    GSC_FIGURE_LEARNING_CURVES, GSC_LESSON_FIRST, TRUE, GSC_LESSON_PHASE },
  { N_ ("Depth"),
    N_ ("Two blocks are the least that solves o.o.d. tasks. They answer nearly only what ratio "
        "matching explains: z of an earlier example, times the ratio of the inputs. Deeper models "
        "also combine several examples."),
    GSC_FIGURE_KSHOT, GSC_LESSON_PEAK, TRUE, GSC_LESSON_DEPTH },
  { N_ ("Transience and Early Stopping"),
    N_ ("In deeper models o.o.d. accuracy rises and then falls while i.d. accuracy stays: what was "
        "learnt gets lost. The best model is the one at the marker, and not the last."),
    GSC_FIGURE_LEARNING_CURVES, GSC_LESSON_PEAK, TRUE, GSC_LESSON_PEAK_AND_END },
  { N_ ("What the Heads Learnt"),
    N_ ("Each point is a head’s output for one pair of numbers. Heads that work with ratios can "
        "put them on a circle of circles, in the order of the discrete logarithm. [ and ] go "
        "through the heads, { and } through the layers."),
    GSC_FIGURE_PROJECTION, GSC_LESSON_PEAK, TRUE, GSC_LESSON_NOTHING },
};

const GscLesson *
gsc_lesson_get_all (guint *n_lessons)
{
  *n_lessons = G_N_ELEMENTS (lessons);
  return lessons;
}

/* -1: there are no records. */
static int
find_record (const GscLesson *lesson, const GscRunData *data)
{
  int n = (int) data->records->len;

  if (n == 0 || lesson->moment == GSC_LESSON_LAST)
    return n - 1;
  return lesson->moment == GSC_LESSON_FIRST ? 0 : gsc_run_data_find_record (data, "best", NULL);
}

void
gsc_lesson_apply (const GscLesson *lesson, GscSession *session)
{
  GscFrame *frame = gsc_session_get_frame (session);
  g_autoptr (GscRunData) data = frame != NULL ? gsc_run_data_ref (frame->run) : NULL;
  GscCursor cursor;
  const GscTask *task;
  int record;

  if (data == NULL)
    return;
  record = find_record (lesson, data);
  if (record >= 0)
    gsc_session_set_record (session, record);
  cursor = gsc_frame_default_cursor (data);
  task = &data->tasks->tasks[lesson->ood ? data->tasks->n_id : 0];
  cursor.a = task->a;
  cursor.b = task->b;
  gsc_session_set_cursor (session, &cursor);
}

static double
get_accuracy (const GscRecord *record)
{
  return record->sets[GSC_SET_OOD_TEST].last_accuracy;
}

static const GscRecord *
get_last (const GscRunData *data)
{
  return gsc_run_data_get_record (data, (int) data->records->len - 1);
}

static char *
describe_phase (const GscRecord *record)
{
  double thresholds[GSC_N_SETS];

  for (guint i = 0; i < GSC_N_SETS; i++)
    thresholds[i] = GSC_PHASE_THRESHOLD;
  /* Translators: the first is a number, the second a phase, such as “o.o.d. generalisation”. */
  return g_strdup_printf (_ ("Sets count as solved from %.1f on: this run ends in “%s”."),
                          GSC_PHASE_THRESHOLD,
                          _ (gsc_phase_get_title (gsc_phase_of_record (record, thresholds))));
}

static char *
describe_peak (const GscLesson *lesson, const GscRunData *data)
{
  const GscRecord *peak = gsc_run_data_get_record (data, find_record (lesson, data));

  return g_strdup_printf (
      _ ("This run: o.o.d./test accuracy at the last shot %.2f at step %'d, and %.2f at the end."),
      get_accuracy (peak), (int) peak->step, get_accuracy (get_last (data)));
}

char *
gsc_lesson_describe_run (const GscLesson *lesson, const GscRunData *data)
{
  guint n_blocks = (guint) data->config.depth;

  switch (lesson->fact)
    {
    case GSC_LESSON_TASKS:
      return g_strdup_printf (_ ("This run: %u of %u tasks are trained on."), data->tasks->n_id,
                              data->tasks->n_id + data->tasks->n_ood);
    case GSC_LESSON_DEPTH:
      return g_strdup_printf (
          ngettext ("This model has %u block.", "This model has %u blocks.", n_blocks), n_blocks);
    case GSC_LESSON_PHASE:
      return data->records->len > 0 ? describe_phase (get_last (data)) : NULL;
    case GSC_LESSON_PEAK_AND_END:
      return data->records->len > 0 ? describe_peak (lesson, data) : NULL;
    case GSC_LESSON_NOTHING:
    default:
      return NULL;
    }
}
