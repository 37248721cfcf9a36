/* test-kill.c - a training killed at any moment, again and again
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A process that trains is killed (SIGKILL) after random times, at least 200 times (fewer under a
 * sanitizer). After each kill the run must be readable as it lies, must not have lost more than the
 * steps since its last snapshot, and must go on; whatever number of kills it took, the finished
 * runs must be equal, bit by bit, to one that was never disturbed.
 */

#include "gsc-training.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "gsc-snapshot-files.h"
#include "run-fixture.h"

#define KILLS RUN_FIXTURE_FEWER (200)

static GscConfig
tiny_config (void)
{
  GscConfig config;

  gsc_config_init_default (&config);
  config.p = 5;
  config.width = 16;
  config.heads = 2;
  config.shots = 4;
  config.batch = 16;
  config.tasks = 12;
  config.warmup_steps = 2;
  config.steps = 240;
  config.record_every = 3;
  config.eval_sequences = 16;
  return config;
}

/* Trains on, or anew where there is no run yet. */
static void
train (const char *path, GError **error)
{
  g_autoptr (GscTraining) training = NULL;
  GscConfig config = tiny_config ();

  if (gsc_run_folder_is_run (path))
    training = gsc_training_resume (path, 1, error);
  else
    training = gsc_training_new (path, &config, 1, error);
  if (training != NULL)
    gsc_training_run (training, NULL, NULL, error);
}

/* In a process of its own that is killed after @life microseconds, if it lives so long. Returns
 * whether it was killed; one that ended must have succeeded. */
static gboolean
train_and_kill (const char *path, gint64 life)
{
  gint64 end = g_get_monotonic_time () + life;
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_autoptr (GError) error = NULL;

      train (path, &error);
      if (error != NULL)
        g_printerr ("%s\n", error->message);
      _exit (error == NULL ? 0 : 1);
    }
  while (waitpid (child, &status, WNOHANG) == 0)
    {
      if (g_get_monotonic_time () < end)
        {
          g_usleep (200);
          continue;
        }
      kill (child, SIGKILL);
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      break;
    }
  if (WIFSIGNALED (status))
    {
      g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
      return TRUE;
    }
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  return FALSE;
}

/* The run as it lies must be readable: its records up to the last one, and every snapshot. Returns
 * the last snapshot's step, -1 where there is none yet. */
static gint64
check_readable (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunFolder) folder = gsc_run_folder_open (path, FALSE, &error);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GArray) snapshots = NULL;
  gint64 last = -1;

  g_assert_no_error (error);
  records = gsc_run_folder_read_records (folder, &error);
  g_assert_no_error (error);
  snapshots = gsc_snapshot_files_list (path, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < snapshots->len; i++)
    {
      g_autoptr (GscModel) model = NULL;

      last = g_array_index (snapshots, GscSnapshotInfo, i).step;
      model = gsc_run_folder_load_snapshot (folder, last, &error);
      g_assert_no_error (error);
      g_assert_nonnull (model);
    }
  return last;
}

/* Goes on in this process without training a step: no more may be lost than what came after the
 * last snapshot but one, whose state may not have been written when the process was killed. */
static void
check_resumes (const char *path, gint64 last_snapshot)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscTraining) training = gsc_training_resume (path, 1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (gsc_trainer_get_step (gsc_training_get_trainer (training)), >=,
                   last_snapshot - tiny_config ().record_every);
}

static void
assert_same_runs (const char *a, const char *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GscRunFolder) first = gsc_run_folder_open (a, FALSE, &error);
  g_autoptr (GscRunFolder) second = gsc_run_folder_open (b, FALSE, &error);
  g_autoptr (GPtrArray) records = gsc_run_folder_read_records (first, &error);
  g_autoptr (GPtrArray) others = gsc_run_folder_read_records (second, &error);
  g_autoptr (GArray) snapshots = gsc_snapshot_files_list (a, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (records->len, ==, others->len);
  for (guint i = 0; i < records->len; i++)
    {
      GscRecord *x = g_ptr_array_index (records, i), *y = g_ptr_array_index (others, i);

      g_assert_cmpint (x->step, ==, y->step);
      g_assert_cmpfloat (x->train_loss, ==, y->train_loss);
      for (int set = 0; set < GSC_N_SETS; set++)
        g_assert_cmpfloat (x->sets[set].loss, ==, y->sets[set].loss);
    }
  for (guint i = 0; i < snapshots->len; i++)
    {
      gint64 step = g_array_index (snapshots, GscSnapshotInfo, i).step;
      g_autoptr (GscModel) x = gsc_run_folder_load_snapshot (first, step, &error);
      g_autoptr (GscModel) y = gsc_run_folder_load_snapshot (second, step, &error);
      gsize n;

      g_assert_no_error (error);
      n = gsc_model_get_layout (x)->n_floats * sizeof (float);
      g_assert_cmpmem (gsc_model_peek_weights (x), n, gsc_model_peek_weights (y), n);
    }
}

static void
test_kills (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  g_autofree char *undisturbed = g_strconcat (fixture->path, "-undisturbed", NULL);
  g_autofree char *path = NULL;
  guint kills = 0, runs = 0, early = 0;
  gint64 start = g_get_monotonic_time ();
  gint32 longest; /* microseconds that a process may live: a third of a run */

  g_assert_false (train_and_kill (undisturbed, 60 * G_USEC_PER_SEC));
  longest = (gint32) (g_get_monotonic_time () - start) / 3;

  while (kills < KILLS)
    {
      gint64 life = g_rand_int_range (rand, 0, longest);

      if (path == NULL)
        path = g_strdup_printf ("%s-%u", fixture->path, runs++);
      if (train_and_kill (path, life))
        {
          gint64 last;

          kills++;
          /* Before the folder is complete there is nothing to read, nor to lose. */
          if (!gsc_run_folder_is_run (path))
            {
              early++;
              continue;
            }
          last = check_readable (path);
          check_resumes (path, last);
        }
      else
        {
          assert_same_runs (undisturbed, path);
          g_clear_pointer (&path, g_free);
        }
    }
  g_test_message ("%u kills in %u runs, %u before there was a run", kills, runs, early);
  g_assert_cmpuint (runs, >=, 2);
  g_assert_cmpuint (early, <, KILLS / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/kill/at-any-moment", test_kills);
  return g_test_run ();
}
