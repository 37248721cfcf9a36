/* gsc-sweep-worker.c - the threads that train a sweep behind the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-worker.h"

#include <glib/gi18n.h>
#include <pthread.h>

#include "gsc-low-priority.h"

/* Training lets the window go first, and that of a single run, which somebody looks at. */
#define NICE 15

struct _GscSweepWorker
{
  GObject parent_instance;

  /* Owned References */
  GThread *thread; /* NULL: nothing is trained */
  GscSweep *sweep;
  char *folder;
  GCancellable *cancellable;
  guint jobs;
  gboolean gives_way;

  pthread_mutex_t mutex;  /* for all below */
  GscSweepRunner *runner; /* the thread's, or NULL */
  guint limit;            /* for it */
  GSource *source;        /* hands out what is new, or NULL */
  GscSweepRunnerSummary summary;
  gboolean known; /* the summary is */
  gboolean over;
  char *message;
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GscSweepWorker, gsc_sweep_worker, G_TYPE_OBJECT)

/* In the main thread */

static void
clear_job (GscSweepWorker *self)
{
  g_clear_pointer (&self->sweep, gsc_sweep_free);
  g_clear_pointer (&self->folder, g_free);
  g_clear_object (&self->cancellable);
}

static void
hand_out (GscSweepWorker *self)
{
  g_autofree char *message = NULL;
  g_autofree char *folder = NULL;
  gboolean over;

  pthread_mutex_lock (&self->mutex);
  if (self->source != NULL)
    {
      g_source_destroy (self->source);
      g_clear_pointer (&self->source, g_source_unref);
    }
  over = self->over;
  if (over)
    message = g_steal_pointer (&self->message);
  pthread_mutex_unlock (&self->mutex);

  if (over && self->thread != NULL)
    {
      g_thread_join (g_steal_pointer (&self->thread));
      folder = g_steal_pointer (&self->folder);
      clear_job (self);
      self->over = self->known = FALSE;
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      g_signal_emit (self, signals[SIGNAL_ENDED], 0, folder, message);
    }
  else if (self->thread != NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
on_idle (gpointer data)
{
  g_autoptr (GscSweepWorker) self = g_object_ref (data);

  hand_out (self);
  return G_SOURCE_REMOVE;
}

/* In the thread. With the mutex. */
static void
queue_news (GscSweepWorker *self)
{
  if (self->source != NULL)
    return;
  self->source = g_idle_source_new ();
  g_source_set_callback (self->source, on_idle, self, NULL);
  g_source_attach (self->source, NULL);
}

/* The thread */

static void
on_progress (GscSweepRunner *runner, gpointer data)
{
  GscSweepWorker *self = data;
  GscSweepRunnerSummary summary;

  gsc_sweep_runner_get_summary (runner, &summary);
  pthread_mutex_lock (&self->mutex);
  self->summary = summary;
  self->known = TRUE;
  queue_news (self);
  pthread_mutex_unlock (&self->mutex);
}

/* What is wrong with the first run that failed, and how many others did. (transfer full), or NULL
 */
static char *
describe_failures (GscSweepWorker *self, GscSweepRunner *runner)
{
  const char *why = NULL;
  const char *name = NULL;
  guint n = 0;

  for (guint i = 0; i < self->sweep->n_cells; i++)
    {
      GscSweepRunnerCell cell;

      gsc_sweep_runner_get_cell (runner, i, &cell);
      if (cell.state != GSC_SWEEP_FAILED)
        continue;
      if (n++ == 0)
        {
          why = cell.why;
          name = self->sweep->cells[i].name;
        }
    }
  if (n == 0)
    return NULL;
  if (why == NULL)
    why = _ ("It cannot be gone on with.");
  /* Translators: the name of a run, and a sentence */
  if (n == 1)
    return g_strdup_printf (_ ("The run “%s” could not be trained. %s"), name, why);
  return g_strdup_printf (ngettext ("%u run could not be trained, the first of them “%s”. %s",
                                    "%u runs could not be trained, the first of them “%s”. %s", n),
                          n, name, why);
}

static gpointer
train (gpointer data)
{
  GscSweepWorker *self = data;
  g_autoptr (GscSweepRunner) runner = NULL;
  g_autofree char *message = NULL;

  gsc_low_priority_enter (NICE);
  runner = gsc_sweep_runner_new (self->sweep, self->folder, self->jobs, 0);
  pthread_mutex_lock (&self->mutex);
  self->runner = runner;
  gsc_sweep_runner_set_limit (runner, self->limit);
  pthread_mutex_unlock (&self->mutex);
  gsc_sweep_runner_run (runner, self->cancellable, on_progress, self);
  message = describe_failures (self, runner);
  pthread_mutex_lock (&self->mutex);
  self->runner = NULL;
  self->over = TRUE;
  self->message = g_steal_pointer (&message);
  queue_news (self);
  pthread_mutex_unlock (&self->mutex);
  return NULL;
}

/* Public functions */

static void
set_limit (GscSweepWorker *self)
{
  pthread_mutex_lock (&self->mutex);
  self->limit = self->gives_way ? self->jobs / 2 : self->jobs;
  if (self->runner != NULL)
    gsc_sweep_runner_set_limit (self->runner, self->limit);
  pthread_mutex_unlock (&self->mutex);
}

gboolean
gsc_sweep_worker_start (GscSweepWorker *self, const char *folder, guint jobs, GError **error)
{
  g_return_val_if_fail (GSC_IS_SWEEP_WORKER (self), FALSE);

  if (self->thread != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                   _ ("The phase diagram “%s” is being trained; pause it first."),
                   self->sweep->name);
      return FALSE;
    }
  self->sweep = gsc_sweep_load (folder, error);
  if (self->sweep == NULL)
    return FALSE;
  self->folder = g_canonicalize_filename (folder, NULL);
  self->cancellable = g_cancellable_new ();
  self->jobs = MAX (jobs, 1);
  set_limit (self);
  self->over = self->known = FALSE;
  self->thread = g_thread_new ("sweep worker", train, self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

gboolean
gsc_sweep_worker_is_running (GscSweepWorker *self)
{
  g_return_val_if_fail (GSC_IS_SWEEP_WORKER (self), FALSE);

  return self->thread != NULL;
}

const char *
gsc_sweep_worker_get_folder (GscSweepWorker *self)
{
  g_return_val_if_fail (GSC_IS_SWEEP_WORKER (self), NULL);

  return self->folder;
}

gboolean
gsc_sweep_worker_get_summary (GscSweepWorker *self, GscSweepRunnerSummary *summary)
{
  gboolean known;

  g_return_val_if_fail (GSC_IS_SWEEP_WORKER (self), FALSE);

  pthread_mutex_lock (&self->mutex);
  known = self->known;
  *summary = self->summary;
  pthread_mutex_unlock (&self->mutex);
  return known;
}

void
gsc_sweep_worker_set_gives_way (GscSweepWorker *self, gboolean gives_way)
{
  g_return_if_fail (GSC_IS_SWEEP_WORKER (self));

  if (self->gives_way == gives_way)
    return;
  self->gives_way = gives_way;
  set_limit (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
gsc_sweep_worker_gives_way (GscSweepWorker *self)
{
  g_return_val_if_fail (GSC_IS_SWEEP_WORKER (self), FALSE);

  return self->gives_way;
}

void
gsc_sweep_worker_stop (GscSweepWorker *self)
{
  g_return_if_fail (GSC_IS_SWEEP_WORKER (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

void
gsc_sweep_worker_stop_and_wait (GscSweepWorker *self)
{
  g_return_if_fail (GSC_IS_SWEEP_WORKER (self));

  if (self->thread == NULL)
    return;
  gsc_sweep_worker_stop (self);
  g_thread_join (g_thread_ref (self->thread));
  hand_out (self);
}

/* GObject */

static void
gsc_sweep_worker_dispose (GObject *object)
{
  gsc_sweep_worker_stop_and_wait (GSC_SWEEP_WORKER (object));

  G_OBJECT_CLASS (gsc_sweep_worker_parent_class)->dispose (object);
}

static void
gsc_sweep_worker_finalize (GObject *object)
{
  GscSweepWorker *self = GSC_SWEEP_WORKER (object);

  g_free (self->message);
  pthread_mutex_destroy (&self->mutex);

  G_OBJECT_CLASS (gsc_sweep_worker_parent_class)->finalize (object);
}

static void
gsc_sweep_worker_class_init (GscSweepWorkerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gsc_sweep_worker_dispose;
  G_OBJECT_CLASS (klass)->finalize = gsc_sweep_worker_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ENDED]
      = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
gsc_sweep_worker_init (GscSweepWorker *self)
{
  pthread_mutex_init (&self->mutex, NULL);
}

GscSweepWorker *
gsc_sweep_worker_new (void)
{
  return g_object_new (GSC_TYPE_SWEEP_WORKER, NULL);
}
