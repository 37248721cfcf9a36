/* test-sweep-runner.c - training the runs of a sweep, with real processes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-runner.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gsc-record-tables.h"
#include "gsc-run-notes.h"
#include "gsc-sweep-bench.h"
#include "gsc-training.h"
#include "run-fixture.h"
#include "sweep-fixture.h"

static GscSweepRunnerSummary
run (const GscSweep *sweep, const char *folder, guint jobs, guint threads)
{
  g_autoptr (GscSweepRunner) runner = gsc_sweep_runner_new (sweep, folder, jobs, threads);
  GscSweepRunnerSummary summary;

  gsc_sweep_runner_run (runner, NULL, NULL, NULL);
  gsc_sweep_runner_get_summary (runner, &summary);
  g_assert_cmpuint (summary.n_here, ==, 0);
  return summary;
}

/* All that was measured, but for times. (transfer full) */
static char *
describe_run (const GscSweep *sweep, const char *folder, guint cell)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) records = NULL;
  GscSweepStatus status;

  gsc_sweep_get_status (sweep, folder, cell, &status, &records);
  g_string_append (text, gsc_sweep_state_get_name (status.state));
  for (guint i = 0; i < records->len; i++)
    {
      const GscRecord *record = g_ptr_array_index (records, i);

      g_string_append_printf (text, " %d:%.9g", (int) record->step, record->train_loss);
      for (int set = 0; set < GSC_N_SETS; set++)
        g_string_append_printf (text, ",%.9g", record->sets[set].loss);
    }
  gsc_sweep_status_clear (&status);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_same_runs (const GscSweep *sweep, const char *folder, const char *other)
{
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_autofree char *here = describe_run (sweep, folder, i);
      g_autofree char *there = describe_run (sweep, other, i);

      g_assert_cmpstr (here, ==, there);
      g_assert_true (g_str_has_prefix (here, "finished 0:"));
    }
}

/* Whatever the number of jobs and threads, and equal to a run trained by itself. */
static void
test_runs (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_new ();
  g_autofree char *other = g_build_filename (fixture->parent, "other", NULL);
  g_autofree char *alone = g_build_filename (fixture->parent, "alone", NULL);
  GscSweepRunnerSummary summary = run (sweep, fixture->path, 3, 1);

  g_assert_cmpuint (summary.n[GSC_SWEEP_FINISHED], ==, 4);
  g_assert_cmpfloat (summary.done, ==, 1);
  g_assert_cmpfloat (summary.left, ==, 0);
  run (sweep, other, 1, 2);
  assert_same_runs (sweep, fixture->path, other);
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_autofree char *path = gsc_sweep_get_path (sweep, alone, i);
      g_autoptr (GscTraining) training = gsc_training_new (path, &sweep->cells[i].config, 1, NULL);

      g_assert_true (gsc_training_run (training, NULL, NULL, NULL));
    }
  assert_same_runs (sweep, fixture->path, alone);
}

static void
count_steps (gint64 step, const GscRecord *record, gpointer data)
{
  guint *steps = data;

  (*steps)++;
}

static void
test_finished_is_passed_over (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_new ();
  g_autoptr (GError) error = NULL;
  guint steps = 0;
  gboolean finished = FALSE;

  g_assert_true (
      gsc_sweep_train (sweep, fixture->path, 2, 1, NULL, count_steps, &steps, &finished, &error));
  g_assert_no_error (error);
  g_assert_true (finished);
  g_assert_cmpuint (steps, >=, 60);
  steps = 0;
  finished = FALSE;
  g_assert_true (
      gsc_sweep_train (sweep, fixture->path, 2, 1, NULL, count_steps, &steps, &finished, &error));
  g_assert_true (finished);
  g_assert_cmpuint (steps, ==, 0);
}

typedef struct
{
  GCancellable *cancellable;
  gint64 at;
} Cancelling;

static void
cancel_at (gint64 step, const GscRecord *record, gpointer data)
{
  const Cancelling *cancelling = data;

  if (step == cancelling->at)
    g_cancellable_cancel (cancelling->cancellable);
}

/* Stopped at any step and gone on with: the same as undisturbed. */
static void
test_cancel_and_go_on (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_new ();
  g_autofree char *undisturbed = g_build_filename (fixture->parent, "undisturbed", NULL);

  for (guint i = 0; i < sweep->n_cells; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Cancelling cancelling = { cancellable, 7 + 13 * i };
      GscSweepStatus status;
      gboolean finished = TRUE;

      g_assert_true (gsc_sweep_train (sweep, fixture->path, i, 1, cancellable, cancel_at,
                                      &cancelling, &finished, NULL));
      g_assert_false (finished);
      gsc_sweep_get_status (sweep, fixture->path, i, &status, NULL);
      g_assert_cmpint (status.state, ==, GSC_SWEEP_BEGUN);
      gsc_sweep_status_clear (&status);
    }
  run (sweep, fixture->path, 2, 1);
  run (sweep, undisturbed, 2, 1);
  assert_same_runs (sweep, fixture->path, undisturbed);
}

static void
cancel_soon (GscSweepRunner *runner, gpointer data)
{
  GscSweepRunnerSummary summary;

  gsc_sweep_runner_get_summary (runner, &summary);
  if (summary.n_here > 0)
    g_cancellable_cancel (data);
}

/* The whole runner: no run is begun any more, those under way are saved. */
static void
test_cancel_runner (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_parse (
      "{ \"base\": { " SWEEP_FIXTURE_SHAPE
      ", \"tasks\": 12 }, \"axes\": { \"steps\": [1000000, 1000001, 1000002] "
      "} }");
  g_autoptr (GscSweepRunner) runner = gsc_sweep_runner_new (sweep, fixture->path, 2, 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GscSweepRunnerSummary summary;
  GscSweepRunnerCell cell;

  gsc_sweep_runner_run (runner, cancellable, cancel_soon, cancellable);
  gsc_sweep_runner_get_summary (runner, &summary);
  g_assert_cmpuint (summary.n[GSC_SWEEP_BEGUN], ==, 2);
  g_assert_cmpuint (summary.n[GSC_SWEEP_TO_DO], ==, 1);
  gsc_sweep_runner_get_cell (runner, 0, &cell);
  g_assert_cmpint (cell.state, ==, GSC_SWEEP_BEGUN);
  g_assert_false (cell.here);
  g_assert_cmpint (cell.step, >, 0);
}

typedef struct
{
  guint limit; /* that was set last */
  guint n_calls;
  gboolean went_on; /* a run that had given way is trained again */
} Limiting;

/* All at once, then one, none, all: for some calls each. */
static void
change_limit (GscSweepRunner *runner, gpointer data)
{
  static const guint limits[] = { 3, 1, 0, 3 };
  Limiting *limiting = data;
  guint phase = MIN (limiting->n_calls / 2, G_N_ELEMENTS (limits) - 1);
  gboolean first = limiting->n_calls % 2 == 0;
  GscSweepRunnerSummary summary;

  gsc_sweep_runner_get_summary (runner, &summary);
  /* Giving way takes a step and a save. */
  if (!first && summary.n_here > limiting->limit)
    return;
  if (!first)
    g_assert_cmpuint (summary.n_here + summary.n[GSC_SWEEP_FINISHED], >=, MIN (limiting->limit, 3));
  if (limiting->n_calls > 6 && summary.n[GSC_SWEEP_BEGUN] == 0)
    limiting->went_on = TRUE;
  limiting->limit = limits[phase];
  gsc_sweep_runner_set_limit (runner, limits[phase]);
  limiting->n_calls++;
}

/* Runs give way and are gone on with, and nothing of that is seen in them. They are long enough to
 * be under way until the last change on a fast machine. */
static void
test_limit (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *text
      = g_strdup_printf ("{ \"base\": { " SWEEP_FIXTURE_SHAPE
                         ", \"tasks\": 12, \"steps\": %d }, \"axes\": { \"seed\": [1, 2, 3] } }",
                         RUN_FIXTURE_FEWER (6000));
  g_autoptr (GscSweep) sweep = sweep_fixture_parse (text);
  g_autofree char *undisturbed = g_build_filename (fixture->parent, "undisturbed", NULL);
  g_autoptr (GscSweepRunner) runner = gsc_sweep_runner_new (sweep, fixture->path, 3, 0);
  Limiting limiting = { .limit = 3 };
  GscSweepRunnerSummary summary;

  gsc_sweep_runner_run (runner, NULL, change_limit, &limiting);
  g_assert_cmpuint (limiting.n_calls, >=, 7);
  g_assert_true (limiting.went_on);
  gsc_sweep_runner_get_summary (runner, &summary);
  g_assert_cmpuint (summary.n[GSC_SWEEP_FINISHED], ==, 3);
  run (sweep, undisturbed, 3, 1);
  assert_same_runs (sweep, fixture->path, undisturbed);
}

/* Two processes work on one sweep, and both are killed and started again: no run is trained twice,
 * nothing is lost. */
static pid_t
start_process (const GscSweep *sweep, const char *folder)
{
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      run (sweep, folder, 2, 1);
      _exit (0);
    }
  return child;
}

static void
test_killed_processes (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_parse (
      "{ \"base\": { " SWEEP_FIXTURE_BASE " },"
      "  \"axes\": { \"alpha\": [0.4, 0.6], \"tasks\": [8, 12], \"seed\": [1, 2] } }");
  g_autofree char *undisturbed = g_build_filename (fixture->parent, "undisturbed", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  GscSweepRunnerSummary summary;
  pid_t children[2] = { 0, 0 };

  for (int kills = 0; kills < 12; kills++)
    {
      int which = kills % 2;
      int status;

      for (int i = 0; i < 2; i++)
        if (children[i] == 0)
          children[i] = start_process (sweep, fixture->path);
      g_usleep ((gulong) g_rand_int_range (rand, 2000, 60000));
      g_assert_cmpint (kill (children[which], SIGKILL), ==, 0);
      g_assert_cmpint (waitpid (children[which], &status, 0), ==, children[which]);
      g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);
      children[which] = 0;
    }
  for (int i = 0; i < 2; i++)
    if (children[i] != 0)
      {
        int status;

        g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
        g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
      }
  summary = run (sweep, fixture->path, 2, 1);
  g_assert_cmpuint (summary.n[GSC_SWEEP_FINISHED], ==, 8);
  run (sweep, undisturbed, 2, 1);
  assert_same_runs (sweep, fixture->path, undisturbed);
}

/* What another process trains is left alone. */
static void
test_busy (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_new ();
  g_autofree char *path = gsc_sweep_get_path (sweep, fixture->path, 1);
  g_autoptr (GError) error = NULL;
  GscTraining *held = gsc_training_new (path, &sweep->cells[1].config, 1, NULL);
  GscSweepRunnerSummary summary;
  gboolean finished;

  g_assert_nonnull (held);
  g_assert_false (
      gsc_sweep_train (sweep, fixture->path, 1, 1, NULL, NULL, NULL, &finished, &error));
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY);
  summary = run (sweep, fixture->path, 2, 1);
  g_assert_cmpuint (summary.n[GSC_SWEEP_FINISHED], ==, 3);
  g_assert_cmpuint (summary.n[GSC_SWEEP_TRAINING], ==, 1);
  gsc_training_free (held);
  summary = run (sweep, fixture->path, 2, 1);
  g_assert_cmpuint (summary.n[GSC_SWEEP_FINISHED], ==, 4);
}

/* The rule ends runs as it does in the app, which shows why; they are not gone on with. */
static void
test_stop_rule (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_parse (
      "{ \"base\": { " SWEEP_FIXTURE_BASE ", \"tasks\": 12 }, \"axes\": { \"seed\": [1, 2] },"
      "  \"stop\": { \"mode\": \"step\", \"step\": 25 } }");
  GscSweepRunnerSummary summary = run (sweep, fixture->path, 2, 1);

  g_assert_cmpuint (summary.n[GSC_SWEEP_FINISHED], ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = gsc_sweep_get_path (sweep, fixture->path, i);
      g_autoptr (GscRunNotes) notes = gsc_run_notes_load (path, NULL);
      GscSweepStatus status;
      guint steps = 0;
      gboolean finished;

      gsc_sweep_get_status (sweep, fixture->path, i, &status, NULL);
      g_assert_cmpint (status.step, ==, 30);
      g_assert_nonnull (strstr (status.why, "was to be the last"));
      gsc_sweep_status_clear (&status);
      g_assert_cmpint (notes->ended_step, ==, 30);
      g_assert_cmpint (notes->stop.mode, ==, GSC_STOP_AT_STEP);
      g_assert_true (
          gsc_sweep_train (sweep, fixture->path, i, 1, NULL, count_steps, &steps, &finished, NULL));
      g_assert_true (finished);
      g_assert_cmpuint (steps, ==, 0);
    }
}

/* One that diverges is at its end, which is a result, and is not gone on with; the others are not
 * touched by that. */
static void
test_divergence (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep
      = sweep_fixture_parse ("{ \"base\": { " SWEEP_FIXTURE_BASE
                             ", \"tasks\": 12, \"optimizer\": \"adamw\", \"beta1\": 0.99,"
                             "  \"beta2\": 0, \"epsilon\": 1e-30, \"weight_decay\": 0 },"
                             "  \"axes\": { \"lr\": [1, 1e-25] } }");
  GscSweepRunnerSummary summary = run (sweep, fixture->path, 2, 1);
  GscSweepStatus status;
  guint steps = 0;
  gboolean finished;

  g_assert_cmpuint (summary.n[GSC_SWEEP_FINISHED], ==, 2);
  gsc_sweep_get_status (sweep, fixture->path, 0, &status, NULL);
  g_assert_cmpint (status.step, <, 60);
  g_assert_nonnull (strstr (status.why, "diverged"));
  gsc_sweep_status_clear (&status);
  gsc_sweep_get_status (sweep, fixture->path, 1, &status, NULL);
  g_assert_cmpint (status.step, ==, 60);
  g_assert_null (status.why);
  g_assert_true (
      gsc_sweep_train (sweep, fixture->path, 0, 1, NULL, count_steps, &steps, &finished, NULL));
  g_assert_true (finished);
  g_assert_cmpuint (steps, ==, 0);
}

/* A folder that is of another recipe, or damaged, fails and says why. */
static void
test_failures (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_new ();
  g_autofree char *path = gsc_sweep_get_path (sweep, fixture->path, 0);
  g_autofree char *damaged = gsc_sweep_get_path (sweep, fixture->path, 1);
  g_autofree char *metrics = g_build_filename (damaged, "metrics.csv", NULL);
  GscConfig config = sweep->cells[0].config;
  GscSweepRunnerSummary summary;
  GscSweepStatus status;
  gboolean finished;

  config.depth = 2;
  gsc_training_free (gsc_training_new (path, &config, 1, NULL));
  g_assert_true (gsc_sweep_train (sweep, fixture->path, 1, 1, NULL, NULL, NULL, &finished, NULL));
  g_assert_true (g_file_set_contents (metrics, "nonsense\n", -1, NULL));
  summary = run (sweep, fixture->path, 2, 1);
  g_assert_cmpuint (summary.n[GSC_SWEEP_FAILED], ==, 2);
  g_assert_cmpuint (summary.n[GSC_SWEEP_FINISHED], ==, 2);
  gsc_sweep_get_status (sweep, fixture->path, 0, &status, NULL);
  g_assert_cmpint (status.state, ==, GSC_SWEEP_FAILED);
  g_assert_nonnull (strstr (status.why, "its depth is 2, not 1"));
  gsc_sweep_status_clear (&status);
}

static void
test_bench (void)
{
  g_autoptr (GscSweep) sweep = sweep_fixture_new ();
  g_autoptr (GError) error = NULL;
  GscConfig config = sweep->cells[0].config;
  GscSweepBench result;

  g_assert_true (gsc_sweep_bench_run (&config, 2, 0.2, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.runs, ==, 2);
  g_assert_cmpfloat (result.alone_steps_per_second, >, 0);
  g_assert_cmpfloat (result.together_steps_per_second, >, 0);
  g_assert_cmpfloat (result.share, >, 0);
  config.p = 6;
  g_assert_false (gsc_sweep_bench_run (&config, 2, 0.2, &result, &error));
  g_assert_error (error, GSC_CONFIG_ERROR, GSC_CONFIG_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/sweep-runner/runs", test_runs);
  RUN_FIXTURE_ADD ("/sweep-runner/finished-is-passed-over", test_finished_is_passed_over);
  RUN_FIXTURE_ADD ("/sweep-runner/cancel-and-go-on", test_cancel_and_go_on);
  RUN_FIXTURE_ADD ("/sweep-runner/cancel-runner", test_cancel_runner);
  RUN_FIXTURE_ADD ("/sweep-runner/limit", test_limit);
  RUN_FIXTURE_ADD ("/sweep-runner/killed-processes", test_killed_processes);
  RUN_FIXTURE_ADD ("/sweep-runner/busy", test_busy);
  RUN_FIXTURE_ADD ("/sweep-runner/stop-rule", test_stop_rule);
  RUN_FIXTURE_ADD ("/sweep-runner/divergence", test_divergence);
  RUN_FIXTURE_ADD ("/sweep-runner/failures", test_failures);
  g_test_add_func ("/sweep-runner/bench", test_bench);
  return g_test_run ();
}
