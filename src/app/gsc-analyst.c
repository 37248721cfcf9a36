/* gsc-analyst.c - the thread that looks inside models
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyst.h"

#include "gsc-run-folder.h"
#include "gsc-snapshot-files.h"

/* Of one processor, for what nobody waits for. */
#define PACED_SHARE 0.02

/* Models read from disk that are kept for the next wish; bytes of weights and number. */
#define CACHE_BYTES (64 * 1024 * 1024)
#define CACHE_LENGTH 32

/* A job with everything it points to. */
typedef struct
{
  guint64 serial;
  char *run_path;
  gint64 step;
  GscSnapshot *snapshot;
  int p;
  gint32 *tokens;
  guint n_tokens;
  gboolean wants_probe;
  gboolean wants_projection;
  GscProjectionSource source;
  gboolean urgent;
  GCancellable *cancellable;
} Job;

typedef struct
{
  char *run_path;
  GscSnapshot *snapshot;
} CacheEntry;

struct _GscAnalyst
{
  GObject parent_instance;

  /* Owned References */
  GThread *thread;

  /* shared with the thread, under the lock */
  GMutex lock;
  GCond wake;
  gboolean quits;
  Job *next;               /* the latest wish, not begun */
  GCancellable *under_way; /* of the one begun */
  GscAnalysis *result;     /* the latest, not yet given out */
  guint idle;

  /* the thread's own */
  GQueue cache; /* of CacheEntry, the latest first */
  gsize cache_bytes;
  GscProjection *previous;
  gint64 rests_until; /* monotonic time before which only urgent jobs begin */
};

G_DEFINE_FINAL_TYPE (GscAnalyst, gsc_analyst, G_TYPE_OBJECT)

enum
{
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
job_free (Job *job)
{
  if (job == NULL)
    return;
  g_free (job->run_path);
  g_clear_pointer (&job->snapshot, gsc_snapshot_unref);
  g_free (job->tokens);
  g_object_unref (job->cancellable);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
analysis_free (GscAnalysis *analysis)
{
  if (analysis == NULL)
    return;
  gsc_probe_unref (analysis->probe);
  gsc_projection_unref (analysis->projection);
  g_free (analysis->message);
  g_free (analysis);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscAnalysis, analysis_free)

static void
cache_entry_free (gpointer data)
{
  CacheEntry *entry = data;

  g_free (entry->run_path);
  gsc_snapshot_unref (entry->snapshot);
  g_free (entry);
}

/* The thread */

static gsize
get_bytes (const GscSnapshot *snapshot)
{
  return gsc_model_get_layout (snapshot->model)->n_floats * sizeof (float);
}

static GscSnapshot *
find_cached (GscAnalyst *self, const char *run_path, gint64 step)
{
  for (GList *l = self->cache.head; l != NULL; l = l->next)
    {
      CacheEntry *entry = l->data;

      if (entry->snapshot->step == step && g_str_equal (entry->run_path, run_path))
        {
          g_queue_unlink (&self->cache, l);
          g_queue_push_head_link (&self->cache, l);
          return gsc_snapshot_ref (entry->snapshot);
        }
    }
  return NULL;
}

static void
add_cached (GscAnalyst *self, const char *run_path, GscSnapshot *snapshot)
{
  CacheEntry *entry = g_new (CacheEntry, 1);

  *entry = (CacheEntry){ g_strdup (run_path), gsc_snapshot_ref (snapshot) };
  g_queue_push_head (&self->cache, entry);
  self->cache_bytes += get_bytes (snapshot);
  while (self->cache.length > 1
         && (self->cache_bytes > CACHE_BYTES || self->cache.length > CACHE_LENGTH))
    {
      entry = g_queue_pop_tail (&self->cache);
      self->cache_bytes -= get_bytes (entry->snapshot);
      cache_entry_free (entry);
    }
}

/* The stored step nearest to @step, or -1 if the run has no snapshot. */
static gint64
find_nearest (const char *run_path, gint64 step, GError **error)
{
  g_autoptr (GArray) stored = gsc_snapshot_files_list (run_path, error);
  gint64 nearest = -1;

  if (stored == NULL)
    return -1;
  for (guint i = 0; i < stored->len; i++)
    {
      gint64 at = g_array_index (stored, GscSnapshotInfo, i).step;

      if (nearest < 0 || ABS (at - step) <= ABS (nearest - step))
        nearest = at;
    }
  return nearest;
}

/* NULL without @error where there is none yet. */
static GscSnapshot *
load_snapshot (GscAnalyst *self, const Job *job, GError **error)
{
  g_autoptr (GscRunFolder) folder = NULL;
  GscSnapshot *snapshot;
  GscModel *model;
  gint64 step;

  if (job->snapshot != NULL)
    return gsc_snapshot_ref (job->snapshot);
  if (job->run_path == NULL)
    return NULL;
  step = find_nearest (job->run_path, job->step, error);
  if (step < 0)
    return NULL;
  snapshot = find_cached (self, job->run_path, step);
  if (snapshot != NULL)
    return snapshot;
  folder = gsc_run_folder_open (job->run_path, FALSE, error);
  if (folder == NULL)
    return NULL;
  model = gsc_run_folder_load_snapshot (folder, step, error);
  if (model == NULL)
    return NULL;
  snapshot = gsc_snapshot_new (model, step);
  add_cached (self, job->run_path, snapshot);
  return snapshot;
}

static void
project (
    GscAnalyst *self, const Job *job, const GscModel *model, GscAnalysis *analysis, GError **error)
{
  GscProjection *projection = gsc_projection_new (model, job->p, job->tokens, job->n_tokens,
                                                  &job->source, job->cancellable, error);

  if (projection == NULL)
    return;
  if (self->previous != NULL)
    {
      analysis->projection = gsc_projection_align (projection, self->previous);
      gsc_projection_unref (projection);
    }
  else
    analysis->projection = projection;
  g_clear_pointer (&self->previous, gsc_projection_unref);
  self->previous = gsc_projection_ref (analysis->projection);
}

static GscAnalysis *
analyse (GscAnalyst *self, const Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscSnapshot) snapshot = load_snapshot (self, job, &error);
  GscAnalysis *analysis = g_new0 (GscAnalysis, 1);

  analysis->serial = job->serial;
  analysis->step = -1;
  if (snapshot != NULL)
    {
      analysis->step = snapshot->step;
      if (job->wants_probe)
        analysis->probe
            = gsc_probe_new (snapshot->model, job->p, job->tokens, job->n_tokens, &error);
      if (job->wants_projection && error == NULL)
        project (self, job, snapshot->model, analysis, &error);
    }
  if (error != NULL)
    analysis->message = g_strdup (error->message);
  return analysis;
}

static gboolean
give_out (gpointer data)
{
  GscAnalyst *self = data;
  g_autoptr (GscAnalysis) analysis = NULL;

  g_mutex_lock (&self->lock);
  analysis = g_steal_pointer (&self->result);
  self->idle = 0;
  g_mutex_unlock (&self->lock);
  if (analysis != NULL)
    g_signal_emit (self, signals[SIGNAL_DONE], 0, analysis);
  return G_SOURCE_REMOVE;
}

/* Waits for a wish whose time has come. NULL: the end. */
static Job *
take_job (GscAnalyst *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  for (;;)
    {
      Job *job = self->next;

      if (self->quits)
        return NULL;
      if (job == NULL)
        g_cond_wait (&self->wake, &self->lock);
      else if (!job->urgent && g_get_monotonic_time () < self->rests_until)
        g_cond_wait_until (&self->wake, &self->lock, self->rests_until);
      else
        {
          self->next = NULL;
          g_set_object (&self->under_way, job->cancellable);
          return job;
        }
    }
}

static gpointer
run_thread (gpointer data)
{
  GscAnalyst *self = data;
  Job *job;

  while ((job = take_job (self)) != NULL)
    {
      gint64 begin = g_get_monotonic_time ();
      g_autoptr (GscAnalysis) analysis = analyse (self, job);
      gint64 end = g_get_monotonic_time ();

      self->rests_until = end + (gint64) ((double) (end - begin) / PACED_SHARE);
      g_mutex_lock (&self->lock);
      g_clear_object (&self->under_way);
      if (!g_cancellable_is_cancelled (job->cancellable))
        {
          g_clear_pointer (&self->result, analysis_free);
          self->result = g_steal_pointer (&analysis);
          if (self->idle == 0)
            self->idle = g_idle_add (give_out, self);
        }
      g_mutex_unlock (&self->lock);
      job_free (job);
    }
  return NULL;
}

/* The main thread */

void
gsc_analyst_request (GscAnalyst *self, const GscAnalystJob *wish)
{
  Job *job = g_new0 (Job, 1);
  gboolean start;

  g_return_if_fail (GSC_IS_ANALYST (self));

  *job = (Job){
    .serial = wish->serial,
    .run_path = g_strdup (wish->run_path),
    .step = wish->step,
    .snapshot = wish->snapshot != NULL ? gsc_snapshot_ref (wish->snapshot) : NULL,
    .p = wish->p,
    .tokens = g_memdup2 (wish->tokens, wish->n_tokens * sizeof *wish->tokens),
    .n_tokens = wish->n_tokens,
    .wants_probe = wish->wants_probe,
    .wants_projection = wish->wants_projection,
    .source = wish->source,
    .urgent = wish->urgent,
    .cancellable = g_cancellable_new (),
  };

  g_mutex_lock (&self->lock);
  /* A user who waits is not put off by the training's next step. */
  if (self->next != NULL)
    job->urgent |= self->next->urgent;
  g_clear_pointer (&self->next, job_free);
  self->next = job;
  if (wish->urgent && self->under_way != NULL)
    g_cancellable_cancel (self->under_way);
  start = self->thread == NULL;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);

  if (start)
    self->thread = g_thread_new ("grokscope-look", run_thread, self);
}

void
gsc_analyst_cancel (GscAnalyst *self)
{
  g_return_if_fail (GSC_IS_ANALYST (self));

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->next, job_free);
  if (self->under_way != NULL)
    g_cancellable_cancel (self->under_way);
  g_clear_pointer (&self->result, analysis_free);
  g_clear_handle_id (&self->idle, g_source_remove);
  g_mutex_unlock (&self->lock);
}

static void
gsc_analyst_dispose (GObject *object)
{
  GscAnalyst *self = GSC_ANALYST (object);

  if (self->thread != NULL)
    {
      gsc_analyst_cancel (self);
      g_mutex_lock (&self->lock);
      self->quits = TRUE;
      g_cond_signal (&self->wake);
      g_mutex_unlock (&self->lock);
      g_clear_pointer (&self->thread, g_thread_join);
    }
  gsc_analyst_cancel (self);

  G_OBJECT_CLASS (gsc_analyst_parent_class)->dispose (object);
}

static void
gsc_analyst_finalize (GObject *object)
{
  GscAnalyst *self = GSC_ANALYST (object);

  g_queue_clear_full (&self->cache, cache_entry_free);
  g_clear_pointer (&self->previous, gsc_projection_unref);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);

  G_OBJECT_CLASS (gsc_analyst_parent_class)->finalize (object);
}

static void
gsc_analyst_class_init (GscAnalystClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gsc_analyst_dispose;
  object_class->finalize = gsc_analyst_finalize;

  signals[SIGNAL_DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
gsc_analyst_init (GscAnalyst *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  g_queue_init (&self->cache);
}

GscAnalyst *
gsc_analyst_new (void)
{
  return g_object_new (GSC_TYPE_ANALYST, NULL);
}
