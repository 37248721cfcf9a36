/* gsc-inspector.c - the thread that looks inside models for longer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-inspector.h"

#include "gsc-low-priority.h"

/* Of the time, while a model trains, for what nobody waits for. */
#define PACED_SHARE 0.02

/* Less important than the window and than the training. */
#define NICER 15

/* Microseconds between two signals "progress". */
#define PROGRESS_INTERVAL (100 * 1000)

#define CACHE_BYTES (256 * 1024 * 1024)
#define CACHE_LENGTH 64

/* A wish that waits or is being granted. */
typedef struct
{
  gatomicrefcount ref_count;
  GscInsightKey *key;
  GscSnapshot *snapshot;
  GscRunData *data;
  GscAblation *ablation;
  gboolean urgent;
  GCancellable *cancellable;

  /* written by the thread */
  GscInsight *insight;
  GError *error;
} Job;

struct _GscInspector
{
  GObject parent_instance;

  /* Owned References */
  GThread *thread;
  GscInsightCache *cache;
  GscInsightKey *wanted[GSC_N_INSIGHTS]; /* what was asked for last, until it is there */
  guint n_computed;

  /* shared with the thread, under the lock */
  GMutex lock;
  GCond wake;
  gboolean quits;
  gboolean sharing;
  Job *waiting[GSC_N_INSIGHTS];
  Job *under_way;
  double progress; /* of the one under way */
  GQueue ended;    /* of Job, not yet given out */
  guint idle;
  gint64 rests_until;   /* monotonic time before which only urgent jobs begin */
  gint64 progress_time; /* of the latest that was told */
};

G_DEFINE_FINAL_TYPE (GscInspector, gsc_inspector, G_TYPE_OBJECT)

enum
{
  SIGNAL_DONE,
  SIGNAL_PROGRESS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static Job *
job_new (const GscInspectorWish *wish)
{
  Job *job = g_new0 (Job, 1);

  g_atomic_ref_count_init (&job->ref_count);
  job->key = gsc_insight_key_ref (wish->key);
  job->snapshot = gsc_snapshot_ref (wish->snapshot);
  job->data = gsc_run_data_ref (wish->data);
  job->ablation = wish->ablation != NULL ? gsc_ablation_ref (wish->ablation) : NULL;
  job->urgent = wish->urgent;
  job->cancellable = g_cancellable_new ();
  return job;
}

static Job *
job_ref (Job *job)
{
  g_atomic_ref_count_inc (&job->ref_count);
  return job;
}

static void
job_unref (Job *job)
{
  if (job == NULL || !g_atomic_ref_count_dec (&job->ref_count))
    return;
  gsc_insight_key_unref (job->key);
  gsc_snapshot_unref (job->snapshot);
  gsc_run_data_unref (job->data);
  gsc_ablation_unref (job->ablation);
  g_object_unref (job->cancellable);
  gsc_insight_unref (job->insight);
  g_clear_error (&job->error);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_unref)

/* The thread */

static gboolean give_out (gpointer data);

/* With the lock held. */
static void
queue_giving_out (GscInspector *self)
{
  if (self->idle == 0 && !self->quits)
    self->idle = g_idle_add (give_out, self);
}

static void
on_progress (double done, gpointer data)
{
  GscInspector *self = data;
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->lock);
  self->progress = done;
  if (now - self->progress_time >= PROGRESS_INTERVAL)
    {
      self->progress_time = now;
      queue_giving_out (self);
    }
  g_mutex_unlock (&self->lock);
}

static void
compute (GscInspector *self, Job *job, gboolean sharing)
{
  const GscSubject subject = {
    .model = job->snapshot->model,
    .p = job->data->config.p,
    .ablation = job->ablation,
    .config = &job->data->config,
    .tasks = job->data->tasks,
    .inputs = job->data->inputs,
  };
  const GscWatch watch = { .cancellable = job->cancellable, .progress = on_progress, .data = self };
  g_autoptr (GscTeam) team = sharing ? NULL : gsc_team_new (0);

  job->insight = gsc_insight_new (&job->key->request, &subject, team, &watch, &job->error);
}

/* The first that may begin now: those a user waits for first. With the lock held. */
static Job *
choose_job (GscInspector *self)
{
  gboolean rests = self->sharing && g_get_monotonic_time () < self->rests_until;
  int chosen = -1;

  for (int i = 0; i < GSC_N_INSIGHTS; i++)
    {
      const Job *job = self->waiting[i];

      if (job == NULL || (rests && !job->urgent))
        continue;
      if (chosen < 0 || (job->urgent && !self->waiting[chosen]->urgent))
        chosen = i;
    }
  return chosen >= 0 ? g_steal_pointer (&self->waiting[chosen]) : NULL;
}

static gboolean
has_waiting (GscInspector *self)
{
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    if (self->waiting[i] != NULL)
      return TRUE;
  return FALSE;
}

/* Waits for a job whose time has come. NULL: the end. */
static Job *
take_job (GscInspector *self, gboolean *sharing)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (;;)
    {
      Job *job;

      if (self->quits)
        return NULL;
      job = choose_job (self);
      if (job != NULL)
        {
          self->under_way = job_ref (job);
          self->progress = 0;
          *sharing = self->sharing;
          return job;
        }
      if (has_waiting (self))
        g_cond_wait_until (&self->wake, &self->lock, self->rests_until);
      else
        g_cond_wait (&self->wake, &self->lock);
    }
}

static gpointer
run_thread (gpointer data)
{
  GscInspector *self = data;
  gboolean sharing;
  Job *job;

  gsc_low_priority_enter (NICER);
  while ((job = take_job (self, &sharing)) != NULL)
    {
      gint64 begin = g_get_monotonic_time ();
      gint64 end;

      compute (self, job, sharing);
      end = g_get_monotonic_time ();
      g_mutex_lock (&self->lock);
      self->rests_until = end + (gint64) ((double) (end - begin) / PACED_SHARE);
      g_clear_pointer (&self->under_way, job_unref);
      g_queue_push_tail (&self->ended, job);
      queue_giving_out (self);
      g_mutex_unlock (&self->lock);
    }
  return NULL;
}

/* The main thread */

static void
emit_done (GscInspector *self, GscInsightKey *key, GscInsight *insight, const char *message)
{
  GscInspection inspection = { key, insight, message };

  g_signal_emit (self, signals[SIGNAL_DONE], 0, &inspection);
}

/* What nobody wants any more is still kept for later. */
static void
deliver (GscInspector *self, Job *job)
{
  GscInsightKey **wanted = &self->wanted[job->key->request.kind];

  if (job->insight != NULL)
    {
      self->n_computed++;
      gsc_insight_cache_add (self->cache, job->key, job->insight);
    }
  if (*wanted == NULL || g_cancellable_is_cancelled (job->cancellable)
      || !gsc_insight_key_is_alike (*wanted, job->key))
    return;
  if ((*wanted)->step == job->key->step)
    g_clear_pointer (wanted, gsc_insight_key_unref);
  emit_done (self, job->key, job->insight, job->error != NULL ? job->error->message : NULL);
}

static gboolean
give_out (gpointer data)
{
  g_autoptr (GscInspector) self = g_object_ref (data);
  Job *job;

  g_mutex_lock (&self->lock);
  self->idle = 0;
  while ((job = g_queue_pop_head (&self->ended)) != NULL)
    {
      g_mutex_unlock (&self->lock);
      deliver (self, job);
      job_unref (job);
      g_mutex_lock (&self->lock);
    }
  g_mutex_unlock (&self->lock);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
  return G_SOURCE_REMOVE;
}

/* With the lock held: of its kind, what is under way stops unless it serves @key as well. */
static void
stop_under_way (GscInspector *self, GscInsightKind kind, const GscInspectorWish *wish)
{
  Job *job = self->under_way;

  if (job == NULL || job->key->request.kind != kind)
    return;
  if (wish == NULL
      || (wish->urgent ? !gsc_insight_key_equal (job->key, wish->key)
                       : !gsc_insight_key_is_alike (job->key, wish->key)))
    g_cancellable_cancel (job->cancellable);
}

/* Whether @key is being computed already. With the lock held. */
static gboolean
is_under_way (GscInspector *self, const GscInsightKey *key)
{
  return self->under_way != NULL && gsc_insight_key_equal (self->under_way->key, key)
         && !g_cancellable_is_cancelled (self->under_way->cancellable);
}

static void
queue_job (GscInspector *self, const GscInspectorWish *wish)
{
  GscInsightKind kind = wish->key->request.kind;
  Job *job = job_new (wish);
  gboolean start;

  g_mutex_lock (&self->lock);
  stop_under_way (self, kind, wish);
  if (self->waiting[kind] != NULL)
    {
      /* A user who waits is not put off by the training's next step. */
      if (gsc_insight_key_is_alike (self->waiting[kind]->key, wish->key))
        job->urgent |= self->waiting[kind]->urgent;
      g_clear_pointer (&self->waiting[kind], job_unref);
    }
  if (is_under_way (self, wish->key))
    {
      self->under_way->urgent |= wish->urgent;
      job_unref (job);
    }
  else
    self->waiting[kind] = job;
  start = self->thread == NULL;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  if (start)
    self->thread = g_thread_new ("grokscope-inspect", run_thread, self);
}

void
gsc_inspector_request (GscInspector *self, const GscInspectorWish *wish)
{
  GscInsightKind kind = wish->key->request.kind;
  g_autoptr (GscInsightKey) key = gsc_insight_key_ref (wish->key);
  g_autoptr (GscInsight) known = NULL;

  g_return_if_fail (GSC_IS_INSPECTOR (self));

  known = gsc_insight_cache_find (self->cache, key);
  if (known != NULL)
    {
      gsc_insight_ref (known);
      gsc_inspector_cancel (self, kind);
      emit_done (self, key, known, NULL);
      return;
    }
  g_clear_pointer (&self->wanted[kind], gsc_insight_key_unref);
  self->wanted[kind] = gsc_insight_key_ref (key);
  queue_job (self, wish);
  if (wish->urgent)
    g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

void
gsc_inspector_cancel (GscInspector *self, GscInsightKind kind)
{
  g_return_if_fail (GSC_IS_INSPECTOR (self));

  if (self->wanted[kind] == NULL)
    return;
  g_clear_pointer (&self->wanted[kind], gsc_insight_key_unref);
  g_mutex_lock (&self->lock);
  stop_under_way (self, kind, NULL);
  g_clear_pointer (&self->waiting[kind], job_unref);
  g_mutex_unlock (&self->lock);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

void
gsc_inspector_cancel_all (GscInspector *self)
{
  for (guint i = 0; i < GSC_N_INSIGHTS; i++)
    gsc_inspector_cancel (self, (GscInsightKind) i);
}

double
gsc_inspector_get_progress (GscInspector *self, GscInsightKind kind)
{
  double progress = -1;

  g_return_val_if_fail (GSC_IS_INSPECTOR (self), -1);

  if (self->wanted[kind] == NULL)
    return -1;
  g_mutex_lock (&self->lock);
  if (self->waiting[kind] != NULL && self->waiting[kind]->urgent)
    progress = 0;
  else if (self->under_way != NULL && self->under_way->urgent
           && self->under_way->key->request.kind == kind)
    progress = self->progress;
  g_mutex_unlock (&self->lock);
  return progress;
}

void
gsc_inspector_set_sharing (GscInspector *self, gboolean sharing)
{
  g_return_if_fail (GSC_IS_INSPECTOR (self));

  g_mutex_lock (&self->lock);
  self->sharing = sharing;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
}

guint
gsc_inspector_get_n_computed (GscInspector *self)
{
  g_return_val_if_fail (GSC_IS_INSPECTOR (self), 0);

  return self->n_computed;
}

/* GObject */

static void
gsc_inspector_dispose (GObject *object)
{
  GscInspector *self = GSC_INSPECTOR (object);

  gsc_inspector_cancel_all (self);
  g_mutex_lock (&self->lock);
  self->quits = TRUE;
  g_clear_handle_id (&self->idle, g_source_remove);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&self->thread, g_thread_join);
  g_queue_clear_full (&self->ended, (GDestroyNotify) job_unref);

  G_OBJECT_CLASS (gsc_inspector_parent_class)->dispose (object);
}

static void
gsc_inspector_finalize (GObject *object)
{
  GscInspector *self = GSC_INSPECTOR (object);

  gsc_insight_cache_free (self->cache);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);

  G_OBJECT_CLASS (gsc_inspector_parent_class)->finalize (object);
}

static void
gsc_inspector_class_init (GscInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gsc_inspector_dispose;
  object_class->finalize = gsc_inspector_finalize;

  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gsc_inspector_init (GscInspector *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  g_queue_init (&self->ended);
  self->cache = gsc_insight_cache_new (CACHE_BYTES, CACHE_LENGTH);
}

GscInspector *
gsc_inspector_new (void)
{
  return g_object_new (GSC_TYPE_INSPECTOR, NULL);
}
