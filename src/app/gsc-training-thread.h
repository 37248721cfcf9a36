/* gsc-training-thread.h - one training in a thread, and the mailbox it leaves its news in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Used by gsc-worker.c only. The thread holds at most one message: a newer one takes its place, so
 * that a main loop that is held up costs no memory.
 */

#pragma once

#include "gsc-worker.h"

G_BEGIN_DECLS

typedef struct _GscTrainingThread GscTrainingThread;

/* Called by the thread, under its lock, when a message lies in an empty mailbox. */
typedef void (*GscTrainingThreadFunc) (gpointer data);

/* Starts at once. @job is copied. @interval: milliseconds between messages. */
GscTrainingThread *gsc_training_thread_start (const GscWorkerJob *job,
                                              guint interval,
                                              GscTrainingThreadFunc func,
                                              gpointer data);

/* Stops if it is still running, waits for it, and frees it. */
void gsc_training_thread_free (GscTrainingThread *thread);

/* Asks it to stop, with a record of its last step or without. */
void gsc_training_thread_stop (GscTrainingThread *thread, gboolean record);

/* Steps done so far, whatever lies in the mailbox. */
gint64 gsc_training_thread_get_step (GscTrainingThread *thread);

void gsc_training_thread_set_interval (GscTrainingThread *thread, guint interval);

/* Waits until it is over. */
void gsc_training_thread_join (GscTrainingThread *thread);

/* What lay in the mailbox. */
typedef struct
{
  gboolean has_update;
  GscWorkerUpdate update; /* owns data and snapshot */
  gboolean over;          /* the thread touches nothing any more, but may have to be joined */
  GscWorkerEnd end;
  char *message;
} GscTrainingNews;

/* Empties the mailbox. */
void gsc_training_thread_take (GscTrainingThread *thread, GscTrainingNews *news);
void gsc_training_news_clear (GscTrainingNews *news);

G_END_DECLS
