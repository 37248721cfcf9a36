/* gsc-sweep-runner.c - trains the runs of a sweep, several at once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-runner.h"

#include <pthread.h>
#include <time.h>

#include "gsc-run-error.h"
#include "gsc-work.h"

#define INTERVAL (200 * 1000 * 1000) /* nanoseconds between two calls of GscSweepRunnerFunc */
#define MIN_SECONDS 2.0              /* of training, before times are told */

typedef struct
{
  GscSweepState state;
  gboolean here;
  gboolean taken; /* by a job of this runner, now or before */
  gint64 step;
  gint64 first_step; /* when it was taken here */
  gint64 begin;      /* when it was taken here, monotonic */
  char *why;
} Cell;

struct _GscSweepRunner
{
  const GscSweep *sweep;
  char *folder;
  guint jobs;
  guint threads; /* 0: shared out */
  guint processors;
  GCancellable *cancellable;

  pthread_mutex_t mutex; /* for all below */
  pthread_cond_t ended;  /* n_jobs has changed */
  pthread_cond_t room;   /* limit, n_busy or what there is to do has changed */
  guint n_jobs;          /* that have not ended */
  guint n_busy;          /* of them, that train and have not been asked to give way */
  guint limit;           /* n_busy is brought to this at most */
  Cell *cells;
  gint64 begin; /* of training, monotonic; 0 before */
  double work;  /* done here since */
};

GscSweepRunner *
gsc_sweep_runner_new (const GscSweep *sweep, const char *folder, guint jobs, guint threads)
{
  GscSweepRunner *runner = g_new0 (GscSweepRunner, 1);
  pthread_condattr_t monotonic;

  pthread_mutex_init (&runner->mutex, NULL);
  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init (&runner->ended, &monotonic);
  pthread_cond_init (&runner->room, &monotonic);
  pthread_condattr_destroy (&monotonic);
  runner->sweep = sweep;
  runner->folder = g_strdup (folder);
  runner->processors = g_get_num_processors ();
  runner->jobs = jobs > 0 ? jobs : runner->processors;
  runner->limit = runner->jobs;
  runner->threads = threads;
  runner->cells = g_new0 (Cell, sweep->n_cells);
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_auto (GscSweepStatus) status = { .state = GSC_SWEEP_TO_DO };

      gsc_sweep_get_status (sweep, folder, i, &status, NULL);
      runner->cells[i].state = status.state;
      runner->cells[i].step = status.step;
      runner->cells[i].why = g_steal_pointer (&status.why);
    }
  return runner;
}

void
gsc_sweep_runner_free (GscSweepRunner *runner)
{
  if (runner == NULL)
    return;
  for (guint i = 0; i < runner->sweep->n_cells; i++)
    g_free (runner->cells[i].why);
  g_free (runner->cells);
  g_free (runner->folder);
  pthread_mutex_destroy (&runner->mutex);
  pthread_cond_destroy (&runner->ended);
  pthread_cond_destroy (&runner->room);
  g_free (runner);
}

/* Jobs */

static gboolean
is_wanted (const Cell *cell)
{
  return !cell->taken && cell->state != GSC_SWEEP_FINISHED && cell->state != GSC_SWEEP_FAILED;
}

/* The next run to train; those that others train come last, for they may be free by then. -1: there
 * is none. With the mutex. */
static int
find_next (const GscSweepRunner *runner)
{
  int busy = -1;

  for (guint i = 0; i < runner->sweep->n_cells; i++)
    {
      const Cell *cell = &runner->cells[i];

      if (!is_wanted (cell))
        continue;
      if (cell->state != GSC_SWEEP_TRAINING)
        return (int) i;
      if (busy < 0)
        busy = (int) i;
    }
  return busy;
}

/* Threads for one of the runs that are left. With the mutex. */
static guint
share_threads (const GscSweepRunner *runner)
{
  guint n = 0;

  if (runner->threads > 0)
    return runner->threads;
  /* What it gives way to has the others. */
  if (runner->limit < runner->jobs)
    return 1;
  for (guint i = 0; i < runner->sweep->n_cells; i++)
    n += runner->cells[i].here || is_wanted (&runner->cells[i]);
  return MAX (runner->processors / CLAMP (n, 1, runner->jobs), 1);
}

typedef struct
{
  GscSweepRunner *runner;
  guint index;
  guint threads;
  GCancellable *cancellable;
  gboolean limited; /* begun while there was a limit */
  gboolean gives_way;
} Job;

/* Whether there are too many runs, or this one has another number of threads than it may have now.
 * With the mutex. */
static gboolean
must_give_way (Job *job)
{
  GscSweepRunner *runner = job->runner;
  gboolean was_limited = job->limited;

  job->limited = runner->limit < runner->jobs;
  if (job->limited)
    return runner->n_busy > runner->limit || job->threads > share_threads (runner);
  return was_limited && job->threads < share_threads (runner);
}

/* Asks the job to end its run for now, which is gone on with later. With the mutex. */
static void
give_way (Job *job)
{
  GscSweepRunner *runner = job->runner;

  job->gives_way = TRUE;
  runner->n_busy--;
  g_cancellable_cancel (job->cancellable);
  pthread_cond_broadcast (&runner->room);
}

/* A GscSweepStepFunc */
static void
on_step (gint64 step, const GscRecord *record, gpointer data)
{
  Job *job = data;
  GscSweepRunner *runner = job->runner;
  Cell *cell = &runner->cells[job->index];

  pthread_mutex_lock (&runner->mutex);
  if (cell->begin == 0)
    {
      /* A run that is resumed may have gone back to its state. */
      cell->begin = g_get_monotonic_time ();
      cell->first_step = step;
    }
  else
    runner->work += gsc_work_count (&runner->sweep->cells[job->index].config, cell->step, step);
  cell->step = step;
  if (!g_cancellable_is_cancelled (job->cancellable) && must_give_way (job))
    give_way (job);
  pthread_mutex_unlock (&runner->mutex);
}

static void
note_end (Job *job, gboolean finished, const GError *error)
{
  GscSweepRunner *runner = job->runner;
  Cell *cell = &runner->cells[job->index];
  g_auto (GscSweepStatus) status = { .state = GSC_SWEEP_TO_DO };

  if (finished)
    gsc_sweep_get_status (runner->sweep, runner->folder, job->index, &status, NULL);
  pthread_mutex_lock (&runner->mutex);
  cell->here = FALSE;
  /* Another job may go on with it. */
  cell->taken = !job->gives_way || finished || error != NULL;
  cell->begin = 0;
  if (!job->gives_way)
    runner->n_busy--;
  pthread_cond_broadcast (&runner->room);
  if (finished)
    {
      cell->state = GSC_SWEEP_FINISHED;
      cell->step = status.step;
      cell->why = g_steal_pointer (&status.why);
    }
  else if (error == NULL)
    cell->state = GSC_SWEEP_BEGUN;
  else if (g_error_matches (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY))
    cell->state = GSC_SWEEP_TRAINING;
  else
    {
      cell->state = GSC_SWEEP_FAILED;
      cell->why = g_strdup (error->message);
    }
  pthread_mutex_unlock (&runner->mutex);
}

/* For a moment, as there is no sign when the runner is cancelled. With the mutex. */
static void
wait_for (GscSweepRunner *runner, pthread_cond_t *what)
{
  struct timespec until;

  clock_gettime (CLOCK_MONOTONIC, &until);
  until.tv_nsec += INTERVAL;
  if (until.tv_nsec >= 1000000000)
    {
      until.tv_nsec -= 1000000000;
      until.tv_sec++;
    }
  pthread_cond_timedwait (what, &runner->mutex, &until);
}

/* Waits until there is a run to train and room for it. FALSE: there will be none. With the mutex.
 */
static gboolean
take (GscSweepRunner *runner, Job *job)
{
  while (!g_cancellable_is_cancelled (runner->cancellable))
    {
      int next = find_next (runner);

      /* A job that gives way later goes on with its run itself. */
      if (next < 0)
        return FALSE;
      if (runner->n_busy < runner->limit)
        {
          Cell *cell = &runner->cells[next];

          job->index = (guint) next;
          job->threads = share_threads (runner);
          job->limited = runner->limit < runner->jobs;
          cell->taken = cell->here = TRUE;
          cell->state = GSC_SWEEP_TRAINING;
          runner->n_busy++;
          return TRUE;
        }
      wait_for (runner, &runner->room);
    }
  return FALSE;
}

static void
cancel_too (GCancellable *cancellable, GCancellable *other)
{
  g_cancellable_cancel (other);
}

static void
train (Job *job)
{
  GscSweepRunner *runner = job->runner;
  g_autoptr (GError) error = NULL;
  gboolean finished = FALSE;
  gulong handler = 0;

  if (runner->cancellable != NULL)
    handler = g_cancellable_connect (runner->cancellable, G_CALLBACK (cancel_too), job->cancellable,
                                     NULL);
  gsc_sweep_train (runner->sweep, runner->folder, job->index, job->threads, job->cancellable,
                   on_step, job, &finished, &error);
  g_cancellable_disconnect (runner->cancellable, handler);
  note_end (job, finished, error);
}

static gpointer
work (gpointer data)
{
  GscSweepRunner *runner = data;

  pthread_mutex_lock (&runner->mutex);
  for (;;)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Job job = { .runner = runner, .cancellable = cancellable };

      if (!take (runner, &job))
        break;
      pthread_mutex_unlock (&runner->mutex);
      train (&job);
      pthread_mutex_lock (&runner->mutex);
    }
  runner->n_jobs--;
  pthread_cond_signal (&runner->ended);
  pthread_mutex_unlock (&runner->mutex);
  return NULL;
}

void
gsc_sweep_runner_run (GscSweepRunner *runner,
                      GCancellable *cancellable,
                      GscSweepRunnerFunc func,
                      gpointer data)
{
  guint n = MIN (runner->jobs, runner->sweep->n_cells);
  g_autofree GThread **threads = g_new (GThread *, n);

  pthread_mutex_lock (&runner->mutex);
  runner->cancellable = cancellable;
  runner->begin = g_get_monotonic_time ();
  runner->n_jobs = n;
  for (guint i = 0; i < n; i++)
    threads[i] = g_thread_new ("sweep", work, runner);
  while (runner->n_jobs > 0)
    {
      wait_for (runner, &runner->ended);
      if (func != NULL)
        {
          pthread_mutex_unlock (&runner->mutex);
          func (runner, data);
          pthread_mutex_lock (&runner->mutex);
        }
    }
  pthread_mutex_unlock (&runner->mutex);
  for (guint i = 0; i < n; i++)
    g_thread_join (threads[i]);
}

void
gsc_sweep_runner_set_limit (GscSweepRunner *runner, guint limit)
{
  pthread_mutex_lock (&runner->mutex);
  if (limit != runner->limit)
    {
      runner->limit = limit;
      /* It has another speed from now on. */
      runner->work = 0;
      if (runner->begin > 0)
        runner->begin = g_get_monotonic_time ();
      pthread_cond_broadcast (&runner->room);
    }
  pthread_mutex_unlock (&runner->mutex);
}

/* How things stand */

static double
get_left (const GscSweepRunner *runner, guint index)
{
  const Cell *cell = &runner->cells[index];
  const GscConfig *config = &runner->sweep->cells[index].config;
  double seconds = (g_get_monotonic_time () - cell->begin) * 1e-6;
  gint64 steps = cell->step - cell->first_step;

  if (!cell->here || cell->begin == 0 || steps <= 0 || seconds < MIN_SECONDS)
    return -1;
  return seconds / (double) steps * (double) (config->steps - cell->step);
}

void
gsc_sweep_runner_get_cell (GscSweepRunner *runner, guint cell, GscSweepRunnerCell *result)
{
  pthread_mutex_lock (&runner->mutex);
  *result = (GscSweepRunnerCell){
    .state = runner->cells[cell].state,
    .here = runner->cells[cell].here,
    .step = runner->cells[cell].step,
    .left = get_left (runner, cell),
    .why = runner->cells[cell].why,
  };
  pthread_mutex_unlock (&runner->mutex);
}

void
gsc_sweep_runner_get_summary (GscSweepRunner *runner, GscSweepRunnerSummary *summary)
{
  double total = 0, open = 0, mine = 0, longest = -1;
  double seconds;

  *summary = (GscSweepRunnerSummary){ .left = -1 };
  pthread_mutex_lock (&runner->mutex);
  seconds = (g_get_monotonic_time () - runner->begin) * 1e-6;
  for (guint i = 0; i < runner->sweep->n_cells; i++)
    {
      const Cell *cell = &runner->cells[i];
      const GscConfig *config = &runner->sweep->cells[i].config;

      summary->n[cell->state]++;
      summary->n_here += cell->here;
      total += gsc_work_count (config, 0, config->steps);
      if (cell->state != GSC_SWEEP_FINISHED)
        open += gsc_work_count (config, cell->step, config->steps);
      if (cell->here || is_wanted (cell))
        {
          mine += gsc_work_count (config, cell->step, config->steps);
          longest = MAX (longest, get_left (runner, i));
        }
    }
  summary->done = total > 0 ? CLAMP (1 - open / total, 0, 1) : 1;
  if (mine <= 0)
    summary->left = 0;
  else if (runner->begin > 0 && runner->work > 0 && seconds >= MIN_SECONDS)
    summary->left = MAX (mine / (runner->work / seconds), longest);
  summary->threads = share_threads (runner);
  summary->ending = runner->cancellable != NULL && runner->n_jobs > 0
                    && g_cancellable_is_cancelled (runner->cancellable);
  pthread_mutex_unlock (&runner->mutex);
}
