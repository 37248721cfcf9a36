/* gsc-worker.c - the thread that trains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-worker.h"

#include "gsc-training-thread.h"

#define DEFAULT_INTERVAL 120 /* milliseconds */

struct _GscWorker
{
  GObject parent_instance;

  guint interval;

  /* What is to be said by "ended" as soon as "update" has been */
  gboolean over;
  GscWorkerEnd end;
  char *message;

  /* Owned References */
  GMainContext *context;
  GscTrainingThread *thread; /* NULL: not running */
  GSource *source;           /* atomic: pending, or NULL. Set by the thread while its mailbox was
                                empty, taken by the main thread before it empties it */
};

enum
{
  SIGNAL_UPDATE,
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (GscWorker, gsc_worker, G_TYPE_OBJECT)

static void
drop_source (GscWorker *self)
{
  GSource *source = g_atomic_pointer_exchange (&self->source, NULL);

  if (source == NULL)
    return;
  g_source_destroy (source);
  g_source_unref (source);
}

/* Emits "ended" if that is due; it may start the next training. */
static void
finish (GscWorker *self)
{
  g_autofree char *message = NULL;
  GscWorkerEnd end = self->end;

  if (!self->over)
    return;
  self->over = FALSE;
  message = g_steal_pointer (&self->message);
  g_clear_pointer (&self->thread, gsc_training_thread_free);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, end, message);
}

/* Empties the mailbox and says what lay in it. Handlers may do anything, even wait for the end or
 * drop the worker. */
static void
deliver (GscWorker *self)
{
  GscTrainingNews news;

  g_object_ref (self);
  drop_source (self);
  gsc_training_thread_take (self->thread, &news);
  if (news.over)
    {
      self->over = TRUE;
      self->end = news.end;
      self->message = g_steal_pointer (&news.message);
    }
  if (news.has_update)
    g_signal_emit (self, signals[SIGNAL_UPDATE], 0, &news.update);
  gsc_training_news_clear (&news);
  finish (self);
  g_object_unref (self);
}

static gboolean
on_idle (gpointer data)
{
  deliver (data);
  return G_SOURCE_REMOVE;
}

/* A GscTrainingThreadFunc, in the training's thread */
static void
on_news (gpointer data)
{
  GscWorker *self = data;
  GSource *source = g_idle_source_new ();

  g_source_set_static_name (source, "grokscope-news");
  g_source_set_priority (source, G_PRIORITY_DEFAULT_IDLE);
  g_source_set_callback (source, on_idle, self, NULL);
  g_atomic_pointer_set (&self->source, source);
  g_source_attach (source, self->context);
}

gboolean
gsc_worker_start (GscWorker *self, const GscWorkerJob *job)
{
  g_return_val_if_fail (GSC_IS_WORKER (self), FALSE);
  g_return_val_if_fail (job->path != NULL, FALSE);

  if (self->thread != NULL)
    return FALSE;
  self->thread = gsc_training_thread_start (job, self->interval, on_news, self);
  return TRUE;
}

gboolean
gsc_worker_is_running (GscWorker *self)
{
  g_return_val_if_fail (GSC_IS_WORKER (self), FALSE);
  return self->thread != NULL;
}

void
gsc_worker_stop (GscWorker *self, gboolean record)
{
  g_return_if_fail (GSC_IS_WORKER (self));

  if (self->thread != NULL)
    gsc_training_thread_stop (self->thread, record);
}

void
gsc_worker_stop_and_wait (GscWorker *self)
{
  g_return_if_fail (GSC_IS_WORKER (self));

  if (self->thread == NULL)
    return;
  g_object_ref (self);
  gsc_training_thread_stop (self->thread, FALSE);
  gsc_training_thread_join (self->thread);
  deliver (self);
  g_object_unref (self);
}

gint64
gsc_worker_get_step (GscWorker *self)
{
  g_return_val_if_fail (GSC_IS_WORKER (self), 0);
  return self->thread != NULL ? gsc_training_thread_get_step (self->thread) : 0;
}

void
gsc_worker_set_interval (GscWorker *self, guint interval)
{
  g_return_if_fail (GSC_IS_WORKER (self));

  self->interval = interval;
  if (self->thread != NULL)
    gsc_training_thread_set_interval (self->thread, interval);
}

GscWorker *
gsc_worker_new (void)
{
  return g_object_new (GSC_TYPE_WORKER, NULL);
}

/* Class */

static void
gsc_worker_dispose (GObject *object)
{
  GscWorker *self = GSC_WORKER (object);

  g_clear_pointer (&self->thread, gsc_training_thread_free); /* waits until all is saved */
  drop_source (self);
  self->over = FALSE;
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (gsc_worker_parent_class)->dispose (object);
}

static void
gsc_worker_class_init (GscWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gsc_worker_dispose;

  signals[SIGNAL_UPDATE] = g_signal_new ("update", GSC_TYPE_WORKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", GSC_TYPE_WORKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
}

static void
gsc_worker_init (GscWorker *self)
{
  self->interval = DEFAULT_INTERVAL;
  self->context = g_main_context_ref_thread_default ();
}
