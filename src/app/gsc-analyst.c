/* gsc-analyst.c - the thread that looks inside models
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-analyst.h"

#include <string.h>

#include "gsc-head-means.h"
#include "gsc-head-modes.h"
#include "gsc-snapshot-cache.h"

/* Of one processor, for what nobody waits for. */
#define PACED_SHARE 0.02

/* Microseconds that an analysis may take before a later wish stops it. */
#define PASSING_TIME 150000

/* Models whose heads' means are kept. */
#define MEANS_LENGTH 8

/* A job with everything it points to. */
typedef struct
{
  guint64 serial;
  char *run_path;
  gint64 step;
  GscSnapshot *snapshot;
  GscRunData *data;
  GBytes *modes;
  gint32 *tokens;
  guint n_tokens;
  gboolean wants_probe;
  gboolean wants_projection;
  GscProjectionSource source;
  GscProjection *reference; /* or NULL */
  gboolean urgent;
  GCancellable *cancellable;
} Job;

/* The heads' means of a model. */
typedef struct
{
  GscSnapshot *snapshot;
  GscAblation *means;
} Means;

struct _GscAnalyst
{
  GObject parent_instance;

  /* Owned References */
  GThread *thread;

  /* shared with the thread, under the lock */
  GMutex lock;
  GCond wake;
  gboolean quits;
  Job *next;        /* the latest wish, not begun */
  Job *under_way;   /* begun: the thread's own */
  gint64 begin;     /* monotonic time of that */
  char *ahead_path; /* a stored model that is wanted soon; NULL: none */
  gint64 ahead_step;
  GscAnalysis *result; /* the latest, not yet given out */
  guint idle;

  /* the thread's own */
  GscSnapshotCache *cache;
  GQueue means; /* of Means, the latest first */
  GscProjection *previous;
  char *shown_path; /* of the stored model shown last, or NULL ... */
  gint64 shown_step;
  gint64 from_step;   /* ... and of the one before */
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
  g_clear_pointer (&job->data, gsc_run_data_unref);
  g_clear_pointer (&job->modes, g_bytes_unref);
  g_clear_pointer (&job->reference, gsc_projection_unref);
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
  g_clear_pointer (&analysis->snapshot, gsc_snapshot_unref);
  gsc_ablation_unref (analysis->ablation);
  gsc_probe_unref (analysis->probe);
  gsc_projection_unref (analysis->projection);
  g_free (analysis->message);
  g_free (analysis->notice);
  g_free (analysis);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscAnalysis, analysis_free)

static void
means_free (gpointer data)
{
  Means *means = data;

  gsc_snapshot_unref (means->snapshot);
  gsc_ablation_unref (means->means);
  g_free (means);
}

/* The thread */

/* NULL without @error where there is none yet. */
static GscSnapshot *
load_snapshot (GscAnalyst *self, const Job *job, char **notice, GError **error)
{
  if (job->snapshot != NULL)
    return gsc_snapshot_ref (job->snapshot);
  if (job->run_path == NULL)
    return NULL;
  return gsc_snapshot_cache_load (self->cache, job->run_path, job->step, notice, error);
}

/* Borrowed until the next call. @subject is of @snapshot. */
static const GscAblation *
find_means (GscAnalyst *self,
            const Job *job,
            GscSnapshot *snapshot,
            const GscSubject *subject,
            GError **error)
{
  g_autoptr (GscTeam) team = NULL;
  GscWatch watch = { .cancellable = job->cancellable };
  GscAblation *measured;
  Means *means;

  for (GList *l = self->means.head; l != NULL; l = l->next)
    if (((Means *) l->data)->snapshot == snapshot)
      return ((Means *) l->data)->means;
  team = job->urgent ? gsc_team_new (0) : NULL;
  measured = gsc_head_means_measure (subject, team, &watch, error);
  if (measured == NULL)
    return NULL;
  means = g_new (Means, 1);
  *means = (Means){ gsc_snapshot_ref (snapshot), measured };
  g_queue_push_head (&self->means, means);
  if (self->means.length > MEANS_LENGTH)
    means_free (g_queue_pop_tail (&self->means));
  return measured;
}

/* The ablation that the job wishes, for this model. NULL also where none is wished. */
static GscAblation *
make_ablation (GscAnalyst *self,
               const Job *job,
               GscSnapshot *snapshot,
               const GscSubject *subject,
               GError **error)
{
  const GscModelConfig *config = gsc_model_get_config (snapshot->model);
  const GscAblation *means = NULL;

  if (job->modes == NULL
      || g_bytes_get_size (job->modes) != (gsize) config->depth * (gsize) config->heads)
    return NULL;
  if (gsc_head_modes_need_means (job->modes))
    {
      means = find_means (self, job, snapshot, subject, error);
      if (means == NULL)
        return NULL;
    }
  return gsc_head_modes_make_ablation (job->modes, config, means);
}

static void
project (GscAnalyst *self,
         const Job *job,
         const GscSubject *subject,
         GscAnalysis *analysis,
         GError **error)
{
  GscProjection *projection = gsc_projection_new (subject, job->tokens, job->n_tokens, &job->source,
                                                  job->cancellable, error);
  const GscProjection *reference = self->previous;

  if (projection == NULL)
    return;
  if (job->reference != NULL
      && gsc_projection_source_equal (&job->reference->source, &projection->source))
    reference = job->reference;
  if (reference != NULL)
    {
      analysis->projection = gsc_projection_align (projection, reference);
      gsc_projection_unref (projection);
    }
  else
    analysis->projection = projection;
  g_clear_pointer (&self->previous, gsc_projection_unref);
  self->previous = gsc_projection_ref (analysis->projection);
}

static void
look (GscAnalyst *self, const Job *job, GscAnalysis *analysis, GError **error)
{
  GscSubject subject = {
    .model = analysis->snapshot->model,
    .p = job->data->config.p,
    .config = &job->data->config,
    .tasks = job->data->tasks,
    .inputs = job->data->inputs,
  };
  g_autoptr (GError) fault = NULL;

  analysis->ablation = make_ablation (self, job, analysis->snapshot, &subject, &fault);
  subject.ablation = analysis->ablation;
  if (fault == NULL && job->wants_probe)
    analysis->probe = gsc_probe_new (&subject, job->tokens, job->n_tokens, &fault);
  if (fault == NULL && job->wants_projection)
    project (self, job, &subject, analysis, &fault);
  if (fault != NULL)
    g_propagate_error (error, g_steal_pointer (&fault));
}

static GscAnalysis *
analyse (GscAnalyst *self, const Job *job)
{
  g_autoptr (GError) error = NULL;
  GscAnalysis *analysis = g_new0 (GscAnalysis, 1);

  analysis->serial = job->serial;
  analysis->step = -1;
  analysis->snapshot = load_snapshot (self, job, &analysis->notice, &error);
  if (analysis->snapshot != NULL)
    {
      analysis->step = analysis->snapshot->step;
      look (self, job, analysis, &error);
    }
  if (error != NULL)
    analysis->message = g_strdup (error->message);
  return analysis;
}

/* Which way the time goes. */
static void
note_step (GscAnalyst *self, const Job *job, gint64 step)
{
  if (job->snapshot != NULL || job->run_path == NULL || step < 0)
    return;
  if (g_strcmp0 (self->shown_path, job->run_path) != 0)
    {
      g_free (self->shown_path);
      self->shown_path = g_strdup (job->run_path);
      self->from_step = step;
    }
  else if (step != self->shown_step)
    self->from_step = self->shown_step;
  self->shown_step = step;
}

static gboolean
is_idle (GscAnalyst *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->next == NULL && !self->quits;
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

/* Reads what will be wanted soon, without the lock. */
static void
read_ahead (GscAnalyst *self)
{
  g_autofree char *path = g_steal_pointer (&self->ahead_path);
  gint64 step = self->ahead_step;
  GscSnapshot *snapshot;

  g_mutex_unlock (&self->lock);
  /* One that cannot be read is said when it is wanted. */
  snapshot = gsc_snapshot_cache_load (self->cache, path, step, NULL, NULL);
  g_clear_pointer (&snapshot, gsc_snapshot_unref);
  g_mutex_lock (&self->lock);
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
      if (job == NULL && self->ahead_path != NULL)
        read_ahead (self);
      else if (job == NULL)
        g_cond_wait (&self->wake, &self->lock);
      else if (!job->urgent && g_get_monotonic_time () < self->rests_until)
        g_cond_wait_until (&self->wake, &self->lock, self->rests_until);
      else
        {
          self->next = NULL;
          self->under_way = job;
          self->begin = g_get_monotonic_time ();
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
      self->under_way = NULL;
      note_step (self, job, analysis->step);
      if (!g_cancellable_is_cancelled (job->cancellable))
        {
          g_clear_pointer (&self->result, analysis_free);
          self->result = g_steal_pointer (&analysis);
          if (self->idle == 0)
            self->idle = g_idle_add (give_out, self);
        }
      g_mutex_unlock (&self->lock);
      /* What a drag or playing comes to next. */
      while (job->urgent && job->snapshot == NULL && job->run_path != NULL && is_idle (self)
             && gsc_snapshot_cache_prefetch (self->cache, job->run_path, self->from_step,
                                             self->shown_step))
        continue;
      job_free (job);
    }
  return NULL;
}

/* Whether @job is what @other is at another time: who drags the time wants to see what he passes,
 * so that what is begun may be finished, if that does not take long. */
static gboolean
is_at_another_time (const Job *job, const Job *other)
{
  return job->snapshot == NULL && other->snapshot == NULL && job->step != other->step
         && g_strcmp0 (job->run_path, other->run_path) == 0
         && gsc_head_modes_equal (job->modes, other->modes)
         && job->wants_probe == other->wants_probe
         && job->wants_projection == other->wants_projection
         && gsc_projection_source_equal (&job->source, &other->source)
         && job->n_tokens == other->n_tokens
         && (job->n_tokens == 0
             || memcmp (job->tokens, other->tokens, job->n_tokens * sizeof *job->tokens) == 0);
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
    .data = gsc_run_data_ref (wish->data),
    .modes = wish->modes != NULL ? g_bytes_ref (wish->modes) : NULL,
    .tokens = g_memdup2 (wish->tokens, wish->n_tokens * sizeof *wish->tokens),
    .n_tokens = wish->n_tokens,
    .wants_probe = wish->wants_probe,
    .wants_projection = wish->wants_projection,
    .source = wish->source,
    .reference = wish->reference != NULL ? gsc_projection_ref (wish->reference) : NULL,
    .urgent = wish->urgent,
    .cancellable = g_cancellable_new (),
  };

  g_mutex_lock (&self->lock);
  /* A user who waits is not put off by the training's next step. */
  if (self->next != NULL)
    job->urgent |= self->next->urgent;
  g_clear_pointer (&self->next, job_free);
  self->next = job;
  if (wish->urgent && self->under_way != NULL
      && !(is_at_another_time (job, self->under_way)
           && g_get_monotonic_time () - self->begin < PASSING_TIME))
    g_cancellable_cancel (self->under_way->cancellable);
  start = self->thread == NULL;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);

  if (start)
    self->thread = g_thread_new ("grokscope-look", run_thread, self);
}

void
gsc_analyst_prefetch (GscAnalyst *self, const char *run_path, gint64 step)
{
  g_return_if_fail (GSC_IS_ANALYST (self));

  g_mutex_lock (&self->lock);
  g_free (self->ahead_path);
  self->ahead_path = g_strdup (run_path);
  self->ahead_step = step;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
}

void
gsc_analyst_cancel (GscAnalyst *self)
{
  g_return_if_fail (GSC_IS_ANALYST (self));

  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->next, job_free);
  if (self->under_way != NULL)
    g_cancellable_cancel (self->under_way->cancellable);
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

  gsc_snapshot_cache_free (self->cache);
  g_free (self->shown_path);
  g_free (self->ahead_path);
  g_queue_clear_full (&self->means, means_free);
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
  self->cache = gsc_snapshot_cache_new ();
  g_queue_init (&self->means);
}

GscAnalyst *
gsc_analyst_new (void)
{
  return g_object_new (GSC_TYPE_ANALYST, NULL);
}
