/* test-worker.c - the thread that trains: news, stopping, failing, and the same bits as without it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-worker.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <sys/resource.h>

#include "training-fixture.h"

/* What a worker has said. */
typedef struct
{
  GscWorker *worker;
  guint n_updates;
  guint n_ended;
  gint64 step; /* of the latest update */
  guint n_records;
  gint64 snapshot_step; /* of the latest one that came; -1: none */
  GscSnapshot *snapshot;
  GscWorkerEnd end;
  char *message;
  gint64 stop_at; /* stops at the first update from this step on; 0: never */
  gboolean with_record;
  gboolean waits; /* stops by waiting in the handler */
} Listener;

static void
on_update (GscWorker *worker, GscWorkerUpdate *update, Listener *listener)
{
  g_assert_cmpuint (listener->n_ended, ==, 0);
  g_assert_cmpint (update->info.step, >=, listener->step);
  listener->n_updates++;
  listener->step = update->info.step;
  if (update->data != NULL)
    {
      g_assert_cmpuint (update->data->records->len, >=, listener->n_records);
      listener->n_records = update->data->records->len;
    }
  if (update->snapshot != NULL)
    {
      g_assert_cmpint (update->snapshot->step, <=, update->info.step);
      g_clear_pointer (&listener->snapshot, gsc_snapshot_unref);
      listener->snapshot = gsc_snapshot_ref (update->snapshot);
      listener->snapshot_step = update->snapshot->step;
    }
  if (listener->stop_at == 0 || update->info.step < listener->stop_at)
    return;
  listener->stop_at = 0;
  if (listener->waits)
    gsc_worker_stop_and_wait (worker);
  else
    gsc_worker_stop (worker, listener->with_record);
}

static void
on_ended (GscWorker *worker, int end, const char *message, Listener *listener)
{
  g_assert_false (gsc_worker_is_running (worker));
  listener->n_ended++;
  listener->end = (GscWorkerEnd) end;
  listener->message = g_strdup (message);
}

static void
listener_init (Listener *listener)
{
  *listener = (Listener){ .worker = gsc_worker_new (), .snapshot_step = -1 };
  g_signal_connect (listener->worker, "update", G_CALLBACK (on_update), listener);
  g_signal_connect (listener->worker, "ended", G_CALLBACK (on_ended), listener);
}

/* The worker must be gone then. */
static void
listener_clear (Listener *listener)
{
  g_object_add_weak_pointer (G_OBJECT (listener->worker), (gpointer *) &listener->worker);
  g_object_unref (listener->worker);
  g_assert_null (listener->worker);
  g_clear_pointer (&listener->snapshot, gsc_snapshot_unref);
  g_free (listener->message);
}

static gboolean
has_ended (gpointer data)
{
  return ((Listener *) data)->n_ended > 0;
}

static void
start (Listener *listener, const GscWorkerJob *job)
{
  listener->n_ended = 0;
  listener->step = 0;
  listener->n_records = 0;
  g_clear_pointer (&listener->message, g_free);
  g_assert_true (gsc_worker_start (listener->worker, job));
  g_assert_true (gsc_worker_is_running (listener->worker));
}

static void
start_and_wait (Listener *listener, const GscWorkerJob *job)
{
  start (listener, job);
  training_fixture_wait (has_ended, listener);
  g_assert_cmpuint (listener->n_ended, ==, 1);
  g_assert_false (gsc_run_folder_is_busy (job->path));
}

static GscWorkerJob
make_job (const char *path, const GscConfig *config)
{
  return (GscWorkerJob){
    .path = path,
    .name = "A run",
    .config = config,
    .stop = gsc_stop_rule_default (),
    .threads = 2,
  };
}

static gint64
get_last_record (const char *path)
{
  g_autoptr (GPtrArray) records = training_fixture_read_records (path);

  return ((GscRecord *) g_ptr_array_index (records, records->len - 1))->step;
}

static void
test_to_the_end (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  g_autofree char *plain = training_fixture_folder ("plain");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  g_autoptr (GscModel) final = NULL;
  Listener listener;

  listener_init (&listener);
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_FINISHED);
  g_assert_null (listener.message);
  g_assert_cmpuint (listener.n_updates, >=, 1);
  g_assert_cmpint (listener.step, ==, 30);
  g_assert_cmpuint (listener.n_records, ==, 7);
  g_assert_cmpint (listener.snapshot_step, ==, 30);
  final = training_fixture_load_snapshot (path, 30);
  g_assert_cmpmem (gsc_model_peek_weights (final),
                   gsc_model_get_layout (final)->n_floats * sizeof (float),
                   gsc_model_peek_weights (listener.snapshot->model),
                   gsc_model_get_layout (final)->n_floats * sizeof (float));
  training_fixture_train (plain, &config, -1);
  training_fixture_assert_same_runs (plain, path);
  listener_clear (&listener);
}

static void
test_pause_and_resume (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  g_autofree char *plain = training_fixture_folder ("plain");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  Listener listener;

  config.steps = 400;
  training_fixture_train (plain, &config, -1);
  listener_init (&listener);
  gsc_worker_set_interval (listener.worker, 0);
  for (guint i = 1; i <= 3; i++)
    {
      listener.stop_at = 50 * i;
      listener.waits = i == 2;
      start_and_wait (&listener, &job);
      g_assert_cmpint (listener.end, ==, GSC_WORKER_STOPPED);
      g_assert_null (listener.message);
      g_assert_cmpint (listener.step, >=, 50 * i);
      g_assert_cmpint (listener.snapshot_step, ==, listener.step);
      job.config = NULL;
      job.threads = i;
    }
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_FINISHED);
  g_assert_cmpuint (listener.n_records, ==, 81);
  training_fixture_assert_same_runs (plain, path);
  listener_clear (&listener);
}

static void
test_stop_with_record (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  Listener listener;

  config.steps = 100000;
  config.record_every = 100000;
  listener_init (&listener);
  gsc_worker_set_interval (listener.worker, 0);
  listener.stop_at = 7;
  listener.with_record = TRUE;
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_STOPPED);
  g_assert_cmpint (listener.step, >=, 7);
  g_assert_cmpuint (listener.n_records, ==, 2); /* that of step 0, and it was shown */
  g_assert_cmpint (get_last_record (path), ==, listener.step);
  listener_clear (&listener);
}

/* Before there is a trainer to be stopped. */
static void
test_stop_at_once (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  Listener listener;

  config.steps = 100000;
  listener_init (&listener);
  start (&listener, &job);
  gsc_worker_stop (listener.worker, FALSE);
  training_fixture_wait (has_ended, &listener);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_STOPPED);
  g_assert_cmpint (listener.step, <, 1000);
  job.config = NULL;
  start (&listener, &job);
  gsc_worker_stop_and_wait (listener.worker);
  g_assert_cmpuint (listener.n_ended, ==, 1);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_STOPPED);
  gsc_worker_stop_and_wait (listener.worker); /* and once more, in vain */
  gsc_worker_stop (listener.worker, TRUE);
  g_assert_cmpuint (listener.n_ended, ==, 1);
  listener_clear (&listener);
}

static void
test_stop_rule (void)
{
  g_autofree char *path = training_fixture_folder ("by-step");
  g_autofree char *other = training_fixture_folder ("by-accuracy");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  Listener listener;

  config.steps = 100000;
  job.stop.mode = GSC_STOP_AT_STEP;
  job.stop.step = 12; /* between two records */
  listener_init (&listener);
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_STOPPED_EARLY);
  training_fixture_assert_sentence (listener.message, "12");
  g_assert_cmpint (listener.step, ==, 12);
  g_assert_cmpint (get_last_record (path), ==, 12);

  /* It still holds: nothing is to be done. */
  job.config = NULL;
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_STOPPED_EARLY);
  g_assert_cmpint (listener.step, ==, 12);

  job = make_job (other, &config);
  job.stop.mode = GSC_STOP_AT_ACCURACY;
  job.stop.set = GSC_SET_ID_TRAIN;
  job.stop.accuracy = 0.01;
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_STOPPED_EARLY);
  training_fixture_assert_sentence (listener.message, "i.d./train");
  g_assert_cmpint (get_last_record (other), ==, listener.step);

  /* At the last step a run is finished, whatever the rule says. */
  config.steps = 10;
  g_free (g_steal_pointer (&other));
  other = training_fixture_folder ("last");
  job = make_job (other, &config);
  job.stop.mode = GSC_STOP_AT_STEP;
  job.stop.step = 10;
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_FINISHED);
  listener_clear (&listener);
}

static void
test_branch (void)
{
  g_autofree char *parent = training_fixture_folder ("parent");
  g_autofree char *path = training_fixture_folder ("branch");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  g_autoptr (GscModel) origin = NULL;
  g_autoptr (GscModel) first = NULL;
  Listener listener;

  training_fixture_train (parent, &config, -1);
  origin = training_fixture_load_snapshot (parent, 20);
  job.parent_path = parent;
  job.parent_step = 20;
  listener_init (&listener);
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_FINISHED);
  first = training_fixture_load_snapshot (path, 0);
  g_assert_cmpmem (gsc_model_peek_weights (first), 1024, gsc_model_peek_weights (origin), 1024);
  listener_clear (&listener);
}

static void
test_failure (void)
{
  g_autofree char *data = training_fixture_folder ("");
  g_autofree char *file = training_fixture_folder ("file");
  g_autofree char *path = g_build_filename (file, "run", NULL);
  g_autofree char *missing = training_fixture_folder ("missing");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  Listener listener;

  g_assert_cmpint (g_mkdir_with_parents (data, 0777), ==, 0);
  g_assert_true (g_file_set_contents (file, "no folder", -1, NULL));
  listener_init (&listener);
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_FAILED);
  training_fixture_assert_sentence (listener.message, path);
  g_assert_cmpuint (listener.n_updates, ==, 0);

  job = make_job (missing, NULL);
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_FAILED);
  training_fixture_assert_sentence (listener.message, missing);
  listener_clear (&listener);
}

/* Makes the last snapshot one whose loss is no finite number. */
static void
spoil_snapshot (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, TRUE, &error);
  g_autoptr (GscModel) model = gsc_run_folder_load_snapshot (folder, 30, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < gsc_model_get_layout (model)->n_floats; i++)
    gsc_model_get_weights (model)[i] *= 1e30f;
  g_assert_true (gsc_run_folder_save_snapshot (folder, model, 30, &error));
}

static void
test_divergence (void)
{
  g_autofree char *parent = training_fixture_folder ("parent");
  g_autofree char *path = training_fixture_folder ("run");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  g_autoptr (GscModel) last = NULL;
  g_autoptr (GError) error = NULL;
  Listener listener;

  training_fixture_train (parent, &config, -1);
  spoil_snapshot (parent);
  job.parent_path = parent;
  job.parent_step = 30;
  listener_init (&listener);
  start_and_wait (&listener, &job);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_FAILED);
  training_fixture_assert_sentence (listener.message, "diverged at step 1");
  last = training_fixture_load_snapshot (path, get_last_record (path));
  g_assert_true (gsc_model_check_finite (last, &error));
  listener_clear (&listener);
}

/* Dropping the worker waits until all is saved. */
static void
test_dispose (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  g_autoptr (GError) error = NULL;
  g_autoptr (GscTraining) training = NULL;
  Listener listener;
  gint64 step;

  config.steps = 1000000;
  config.record_every = 1000000;
  listener_init (&listener);
  gsc_worker_set_interval (listener.worker, 0);
  start (&listener, &job);
  while (gsc_worker_get_step (listener.worker) < 20)
    g_main_context_iteration (NULL, FALSE);
  listener_clear (&listener);
  g_assert_cmpuint (listener.n_ended, ==, 0);
  g_assert_false (gsc_run_folder_is_busy (path));
  training = gsc_training_resume (path, 1, &error);
  g_assert_no_error (error);
  step = gsc_trainer_get_step (gsc_training_get_trainer (training));
  g_assert_cmpint (step, >=, 20);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (listener.step, <=, step);
}

/* A main loop that is held up finds one update, the newest. */
static void
test_mailbox (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  Listener listener;

  config.steps = 500;
  listener_init (&listener);
  gsc_worker_set_interval (listener.worker, 0);
  start (&listener, &job);
  while (gsc_worker_get_step (listener.worker) < 500 || gsc_run_folder_is_busy (path))
    g_usleep (1000);
  training_fixture_wait (has_ended, &listener);
  g_assert_cmpuint (listener.n_updates, ==, 1);
  g_assert_cmpint (listener.step, ==, 500);
  g_assert_cmpuint (listener.n_records, ==, 101);
  g_assert_cmpint (listener.snapshot_step, ==, 500);
  g_assert_false (g_main_context_pending (NULL));
  listener_clear (&listener);
}

/* Updates come as often as asked for, not with every step. */
static void
test_interval (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  Listener listener;

  config.steps = 600;
  listener_init (&listener);
  gsc_worker_set_interval (listener.worker, 1000000);
  start_and_wait (&listener, &job);
  g_assert_cmpuint (listener.n_updates, <=, 2); /* at the start and at the end */
  g_assert_cmpuint (listener.n_records, ==, 121);
  listener_clear (&listener);
}

static void
test_one_at_a_time (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  g_autofree char *other = training_fixture_folder ("other");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  GscWorkerJob second = make_job (other, &config);
  Listener listener;

  listener_init (&listener);
  g_assert_false (gsc_worker_is_running (listener.worker));
  g_assert_cmpint (gsc_worker_get_step (listener.worker), ==, 0);
  start (&listener, &job);
  g_assert_false (gsc_worker_start (listener.worker, &second));
  training_fixture_wait (has_ended, &listener);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  start_and_wait (&listener, &second);
  g_assert_cmpint (listener.end, ==, GSC_WORKER_FINISHED);
  listener_clear (&listener);
}

static void
start_next (GscWorker *worker, int end, const char *message, GscWorkerJob *next)
{
  if (next->path == NULL)
    return;
  g_assert_true (gsc_worker_start (worker, next));
  next->path = NULL;
}

/* Handlers of "ended" may begin the next training. */
static void
test_start_when_ended (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  g_autofree char *other = training_fixture_folder ("other");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  GscWorkerJob next = make_job (other, &config);
  GscWorker *worker = gsc_worker_new ();

  g_signal_connect (worker, "ended", G_CALLBACK (start_next), &next);
  g_assert_true (gsc_worker_start (worker, &job));
  while (next.path != NULL || gsc_worker_is_running (worker))
    g_main_context_iteration (NULL, TRUE);
  training_fixture_assert_same_runs (path, other);
  g_assert_finalize_object (worker);
}

#ifdef __linux__
/* The priority of the thread called @name, or -100. */
static int
find_priority (const char *name)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  const char *id;
  int priority = -100;

  while (dir != NULL && priority == -100 && (id = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", id, "comm", NULL);
      g_autofree char *comm = NULL;

      if (g_file_get_contents (path, &comm, NULL, NULL) && g_str_equal (g_strchomp (comm), name))
        priority = getpriority (PRIO_PROCESS, (id_t) g_ascii_strtoull (id, NULL, 10));
    }
  return priority;
}

static void
test_priority (void)
{
  g_autofree char *path = training_fixture_folder ("run");
  GscConfig config = training_fixture_config ();
  GscWorkerJob job = make_job (path, &config);
  int own = getpriority (PRIO_PROCESS, 0);
  int expected = MIN (own + 10, 19);
  Listener listener;

  config.steps = 1000000;
  listener_init (&listener);
  start (&listener, &job);
  while (gsc_worker_get_step (listener.worker) < 5)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (find_priority ("grokscope-train"), ==, expected);
  g_assert_cmpint (find_priority ("gsc-team"), ==, expected);
  g_assert_cmpint (getpriority (PRIO_PROCESS, 0), ==, own);
  listener_clear (&listener);
}
#endif

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);
  training_fixture_add ("/worker/to-the-end", test_to_the_end);
  training_fixture_add ("/worker/pause-and-resume", test_pause_and_resume);
  training_fixture_add ("/worker/stop-with-record", test_stop_with_record);
  training_fixture_add ("/worker/stop-at-once", test_stop_at_once);
  training_fixture_add ("/worker/stop-rule", test_stop_rule);
  training_fixture_add ("/worker/branch", test_branch);
  training_fixture_add ("/worker/failure", test_failure);
  training_fixture_add ("/worker/divergence", test_divergence);
  training_fixture_add ("/worker/dispose", test_dispose);
  training_fixture_add ("/worker/mailbox", test_mailbox);
  training_fixture_add ("/worker/interval", test_interval);
  training_fixture_add ("/worker/one-at-a-time", test_one_at_a_time);
  training_fixture_add ("/worker/start-when-ended", test_start_when_ended);
#ifdef __linux__
  training_fixture_add ("/worker/priority", test_priority);
#endif
  return g_test_run ();
}
