/* gsc-training-thread.c - one training in a thread, and the mailbox it leaves its news in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-training-thread.h"

#include <math.h>
#include <pthread.h>

#include "gsc-low-priority.h"
#include "gsc-speed.h"
#include "gsc-training.h"

enum
{
  NICER = 10,                       /* than the window's threads */
  LARGE_WEIGHTS = 8 * 1024 * 1024,  /* bytes; larger ones are copied at most ... */
  LARGE_PAUSE = 1 * G_USEC_PER_SEC, /* ... this often */
};

typedef enum
{
  WISH_NONE,
  WISH_STOP,
  WISH_STOP_WITH_RECORD,
} Wish;

struct _GscTrainingThread
{
  /* The job; unchanged while the thread runs */
  char *path;
  char *name;
  char *parent_path;
  gint64 parent_step;
  gboolean is_new;
  GscConfig config; /* of a new run */
  GscStopRule stop;
  guint threads;
  GscTrainingThreadFunc func;
  gpointer func_data;

  GThread *thread; /* NULL once joined */
  int interval;    /* atomic, milliseconds */

  /* Shared, under the mutex: pthread's rather than GLib's, whose futexes ThreadSanitizer cannot see
   * into */
  pthread_mutex_t mutex;
  gint64 step;         /* done */
  GscTrainer *trainer; /* NULL while there is none */
  Wish wish;
  GscTrainingNews news;

  /* The thread's own */
  GscRunData *data;
  gboolean data_is_new;
  gint64 steps; /* planned */
  gint64 steps_done;
  gint64 last_update; /* times */
  gint64 last_record;
  gint64 last_copy;
  GscSpeed speed;
  char *explanation;    /* why the stop rule ended it */
  gboolean marked;      /* the stop rule held before */
  GscRunFolder *folder; /* the training's */
};

/* The mailbox */

static gboolean
is_empty (const GscTrainingNews *news)
{
  return !news->has_update && !news->over;
}

void
gsc_training_news_clear (GscTrainingNews *news)
{
  g_clear_pointer (&news->update.data, gsc_run_data_unref);
  g_clear_pointer (&news->update.snapshot, gsc_snapshot_unref);
  g_clear_pointer (&news->message, g_free);
  *news = (GscTrainingNews){ 0 };
}

/* Takes over what @update holds. What an older update brought and this one does not stays. */
static void
post_update (GscTrainingThread *self, GscWorkerUpdate *update)
{
  GscWorkerUpdate *held = &self->news.update;
  g_autoptr (GscRunData) old_data = NULL;
  g_autoptr (GscSnapshot) old_snapshot = NULL;
  gboolean was_empty;

  pthread_mutex_lock (&self->mutex);
  was_empty = is_empty (&self->news);
  if (update->data == NULL)
    update->data = g_steal_pointer (&held->data);
  if (update->snapshot == NULL)
    update->snapshot = g_steal_pointer (&held->snapshot);
  old_data = g_steal_pointer (&held->data);
  old_snapshot = g_steal_pointer (&held->snapshot);
  *held = *update;
  self->news.has_update = TRUE;
  if (was_empty)
    self->func (self->func_data);
  pthread_mutex_unlock (&self->mutex);
}

static void
post_end (GscTrainingThread *self, GscWorkerEnd end, char *message)
{
  gboolean was_empty;

  pthread_mutex_lock (&self->mutex);
  was_empty = is_empty (&self->news);
  self->news.over = TRUE;
  self->news.end = end;
  self->news.message = message;
  if (was_empty)
    self->func (self->func_data);
  pthread_mutex_unlock (&self->mutex);
}

void
gsc_training_thread_take (GscTrainingThread *self, GscTrainingNews *news)
{
  pthread_mutex_lock (&self->mutex);
  *news = self->news;
  self->news = (GscTrainingNews){ 0 };
  pthread_mutex_unlock (&self->mutex);
}

/* The training */

static gboolean
wants_copy (const GscTrainingThread *self, const GscModel *model, gint64 now)
{
  return gsc_model_get_layout (model)->n_floats * sizeof (float) <= LARGE_WEIGHTS
         || now - self->last_copy >= LARGE_PAUSE;
}

/* @always_copy: however large the weights are. */
static void
publish (GscTrainingThread *self,
         GscTrainer *trainer,
         const GscStepInfo *info,
         gboolean always_copy,
         gint64 now)
{
  const GscModel *model = gsc_trainer_get_model (trainer);
  GscWorkerUpdate update = {
    .info = *info,
    .steps_per_second = gsc_speed_get (&self->speed),
    .seconds_left = gsc_speed_get_seconds_left (&self->speed, self->steps),
  };

  if (self->data_is_new)
    {
      update.data = gsc_run_data_ref (self->data);
      self->data_is_new = FALSE;
      self->last_record = now;
    }
  if (always_copy || wants_copy (self, model, now))
    {
      update.snapshot = gsc_snapshot_new (gsc_model_copy (model), info->step);
      self->last_copy = now;
    }
  self->last_update = now;
  post_update (self, &update);
}

/* The rule holds, for the first time. */
static void
apply_rule (GscTrainingThread *self, GscTrainer *trainer)
{
  g_autofree char *why = gsc_stop_rule_explain (&self->stop, self->data->records);

  if (self->stop.only_marks)
    {
      self->marked = TRUE;
      gsc_run_folder_log (self->folder, "early stopping is only marked: %s", why);
      return;
    }
  gsc_run_folder_log (self->folder, "stopped early: %s", why);
  g_free (self->explanation);
  self->explanation = g_steal_pointer (&why);
  gsc_trainer_stop (trainer);
}

/* The record goes into the data at once, and the rule is asked. */
static void
take_record (GscTrainingThread *self, GscTrainer *trainer, const GscRecord *record)
{
  g_autoptr (GscRecord) copy = gsc_record_copy (record); /* ours only during the call */
  GscRunData *longer = gsc_run_data_append (self->data, copy);

  gsc_run_data_unref (self->data);
  self->data = longer;
  self->data_is_new = TRUE;
  if (record->step < self->steps && !self->marked
      && gsc_stop_rule_holds (&self->stop, self->data->records, self->data->config.p))
    apply_rule (self, trainer);
}

static void
note_step (GscTrainingThread *self, gint64 step)
{
  pthread_mutex_lock (&self->mutex);
  self->step = step;
  pthread_mutex_unlock (&self->mutex);
}

/* A GscTrainerCallback */
static gboolean
on_progress (GscTrainer *trainer,
             const GscStepInfo *info,
             const GscRecord *record,
             gpointer data,
             GError **error)
{
  GscTrainingThread *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 interval = (gint64) g_atomic_int_get (&self->interval) * 1000;

  note_step (self, info->step);
  gsc_speed_add (&self->speed, now, info->step);
  if (record != NULL)
    take_record (self, trainer, record);
  else if (self->stop.mode == GSC_STOP_AT_STEP && !self->stop.only_marks
           && info->step >= self->stop.step)
    gsc_trainer_stop_with_record (trainer); /* of just that step */
  if (now - self->last_update >= interval
      || (self->data_is_new && now - self->last_record >= interval))
    publish (self, trainer, info, FALSE, now);
  return TRUE;
}

static GscTraining *
open_training (GscTrainingThread *self, GError **error)
{
  if (!self->is_new)
    return gsc_training_resume (self->path, self->threads, error);
  if (self->parent_path != NULL)
    return gsc_training_branch (self->path, &self->config, self->parent_path, self->parent_step,
                                self->threads, error);
  return gsc_training_new (self->path, &self->config, self->threads, error);
}

static gboolean
make_data (GscTrainingThread *self, GscTraining *training, GError **error)
{
  GscTrainer *trainer = gsc_training_get_trainer (training);
  g_autoptr (GPtrArray) records
      = gsc_run_folder_read_records (gsc_training_get_folder (training), error);
  GscRunData *data;

  if (records == NULL)
    return FALSE;
  self->data = gsc_run_data_new (self->name, gsc_trainer_get_config (trainer),
                                 (GscTaskSplit *) gsc_trainer_get_tasks (trainer),
                                 (GscInputSplit *) gsc_trainer_get_inputs (trainer), records);
  data = gsc_run_data_replace_stop (self->data, &self->stop);
  gsc_run_data_unref (self->data);
  self->data = data;
  self->data_is_new = TRUE;
  return TRUE;
}

/* Where the run stands before and after. */
static GscStepInfo
describe_position (const GscTrainingThread *self, const GscTrainer *trainer)
{
  const GscRecord *last = gsc_run_data_get_record (self->data, (int) self->data->records->len - 1);
  GscStepInfo info = { .step = gsc_trainer_get_step (trainer), .loss = NAN };

  if (last != NULL)
    {
      info.loss = last->train_loss;
      info.grad_norm = last->grad_norm;
      info.lr = last->lr;
      info.seconds = last->seconds;
    }
  return info;
}

/* From here on gsc_training_thread_stop() reaches the trainer, or with NULL no longer does. */
static void
show_trainer (GscTrainingThread *self, GscTrainer *trainer)
{
  Wish wish;

  pthread_mutex_lock (&self->mutex);
  self->trainer = trainer;
  wish = self->wish;
  pthread_mutex_unlock (&self->mutex);
  if (trainer != NULL && wish == WISH_STOP)
    gsc_trainer_stop (trainer);
  else if (trainer != NULL && wish == WISH_STOP_WITH_RECORD)
    gsc_trainer_stop_with_record (trainer);
}

/* Keeps the newest step for the last update. */
typedef struct
{
  GscTrainingThread *self;
  GscStepInfo latest;
} Following;

static gboolean
follow (GscTrainer *trainer,
        const GscStepInfo *info,
        const GscRecord *record,
        gpointer data,
        GError **error)
{
  Following *following = data;

  following->latest = *info;
  return on_progress (trainer, info, record, following->self, error);
}

static gboolean
train (GscTrainingThread *self, GError **error)
{
  g_autoptr (GscTraining) training = open_training (self, error);
  Following following = { .self = self };
  GscTrainer *trainer;
  gboolean fine;

  if (training == NULL || !make_data (self, training, error))
    return FALSE;
  trainer = gsc_training_get_trainer (training);
  self->folder = gsc_training_get_folder (training);
  self->steps = gsc_trainer_get_config (trainer)->steps;
  following.latest = describe_position (self, trainer);
  note_step (self, following.latest.step);
  publish (self, trainer, &following.latest, TRUE, g_get_monotonic_time ());
  /* a run that was killed just when its rule came to hold */
  if (self->stop.only_marks)
    self->marked = gsc_stop_rule_find (&self->stop, self->data->records, self->data->config.p) >= 0;
  else if (following.latest.step < self->steps
           && gsc_stop_rule_holds (&self->stop, self->data->records, self->data->config.p))
    apply_rule (self, trainer);
  show_trainer (self, trainer);
  fine = gsc_training_run (training, follow, &following, error);
  show_trainer (self, NULL);
  publish (self, trainer, &following.latest, TRUE, g_get_monotonic_time ());
  self->steps_done = gsc_trainer_get_step (trainer);
  return fine;
}

static gpointer
thread_main (gpointer data)
{
  GscTrainingThread *self = data;
  g_autoptr (GError) error = NULL;

  gsc_low_priority_enter (NICER); /* and with it the training's threads, which it makes */
  if (!train (self, &error))
    post_end (self,
              g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? GSC_WORKER_NO_ROOM
                                                                        : GSC_WORKER_FAILED,
              g_strdup (error->message));
  else if (self->steps_done >= self->steps)
    post_end (self, GSC_WORKER_FINISHED, NULL);
  else if (self->explanation != NULL)
    post_end (self, GSC_WORKER_STOPPED_EARLY, g_strdup (self->explanation));
  else
    post_end (self, GSC_WORKER_STOPPED, NULL);
  return NULL;
}

/* For the main thread */

GscTrainingThread *
gsc_training_thread_start (const GscWorkerJob *job,
                           guint interval,
                           GscTrainingThreadFunc func,
                           gpointer data)
{
  GscTrainingThread *self = g_new0 (GscTrainingThread, 1);

  self->path = g_strdup (job->path);
  self->name = g_strdup (job->name);
  self->parent_path = g_strdup (job->parent_path);
  self->parent_step = job->parent_step;
  self->is_new = job->config != NULL;
  if (job->config != NULL)
    self->config = *job->config;
  self->stop = job->stop;
  self->threads = job->threads;
  self->func = func;
  self->func_data = data;
  gsc_training_thread_set_interval (self, interval);
  pthread_mutex_init (&self->mutex, NULL);
  self->thread = g_thread_new ("grokscope-train", thread_main, self);
  return self;
}

void
gsc_training_thread_join (GscTrainingThread *self)
{
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
}

void
gsc_training_thread_free (GscTrainingThread *self)
{
  if (self == NULL)
    return;
  gsc_training_thread_stop (self, FALSE);
  gsc_training_thread_join (self);
  gsc_training_news_clear (&self->news);
  pthread_mutex_destroy (&self->mutex);
  g_clear_pointer (&self->data, gsc_run_data_unref);
  g_free (self->explanation);
  g_free (self->path);
  g_free (self->name);
  g_free (self->parent_path);
  g_free (self);
}

void
gsc_training_thread_stop (GscTrainingThread *self, gboolean record)
{
  pthread_mutex_lock (&self->mutex);
  self->wish = MAX (self->wish, record ? WISH_STOP_WITH_RECORD : WISH_STOP);
  if (self->trainer != NULL && record)
    gsc_trainer_stop_with_record (self->trainer);
  else if (self->trainer != NULL)
    gsc_trainer_stop (self->trainer);
  pthread_mutex_unlock (&self->mutex);
}

gint64
gsc_training_thread_get_step (GscTrainingThread *self)
{
  gint64 step;

  pthread_mutex_lock (&self->mutex);
  step = self->step;
  pthread_mutex_unlock (&self->mutex);
  return step;
}

void
gsc_training_thread_set_interval (GscTrainingThread *self, guint interval)
{
  g_atomic_int_set (&self->interval, (int) MIN (interval, G_MAXINT));
}
