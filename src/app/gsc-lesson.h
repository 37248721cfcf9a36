/* gsc-lesson.h - the lessons: what the paper found, told with the run shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"
#include "gsc-session.h"

G_BEGIN_DECLS

/* Where a lesson takes the session. */
typedef enum
{
  GSC_LESSON_FIRST, /* the first record */
  GSC_LESSON_PEAK,  /* the highest o.o.d./test accuracy at the last shot */
  GSC_LESSON_LAST,
} GscLessonMoment;

/* What is told of the run itself, below the text. */
typedef enum
{
  GSC_LESSON_NOTHING,
  GSC_LESSON_TASKS, /* how many are pre-training tasks */
  GSC_LESSON_PHASE, /* the one at the end */
  GSC_LESSON_DEPTH,
  GSC_LESSON_PEAK_AND_END, /* accuracies */
} GscLessonFact;

/* One card. The task of the cursor becomes the first one of its kind; the head the first one of the
 * last block, where what was put together for the answer is read out. */
typedef struct
{
  const char *title; /* in English, marked for translation, as is the text */
  const char *text;
  GscFigure figure; /* of the panel that is shown */
  GscLessonMoment moment;
  gboolean ood; /* an o.o.d. task */
  GscLessonFact fact;
} GscLesson;

/* All of them, in their order. Static. */
const GscLesson *gsc_lesson_get_all (guint *n_lessons);

/* Moves step, task and head; the shot to the last. Without a run that is loaded: nothing. */
void gsc_lesson_apply (const GscLesson *lesson, GscSession *session);

/* The lesson's fact in a sentence, or NULL where there is none. (transfer full) */
char *gsc_lesson_describe_run (const GscLesson *lesson, const GscRunData *data);

G_END_DECLS
