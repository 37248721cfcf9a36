/* test-run-lock.c - two processes never train the same run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * With real processes. Other machines are made of other names and of not using flock(), which is
 * what a file system that knows locks of one machine only amounts to.
 */

#include "gsc-run-lock.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run-fixture.h"

#define N_PROCESSES 8
#define N_TURNS 25

static const GscRunLockHost here = { "here", "kernel-1", TRUE };
static const GscRunLockHost here_without = { "here", "kernel-1", FALSE };
static const GscRunLockHost there = { "there", "kernel-2", FALSE };

static void
make_folder (RunFixture *fixture)
{
  g_assert_cmpint (g_mkdir_with_parents (fixture->path, 0777), ==, 0);
}

static GscRunLock *
take (RunFixture *fixture, const GscRunLockHost *host)
{
  g_autoptr (GError) error = NULL;
  GscRunLock *lock = gsc_run_lock_take_on (fixture->path, host, &error);

  g_assert_no_error (error);
  g_assert_nonnull (lock);
  return lock;
}

static void
assert_busy (RunFixture *fixture, const GscRunLockHost *host, const char *who)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gsc_run_lock_take_on (fixture->path, host, &error));
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY);
  run_fixture_assert_message (error, fixture->path, "Another process is training in this folder");
  g_assert_nonnull (strstr (error->message, who));
}

/* As if nobody had touched the lock for so long. */
static void
make_old (RunFixture *fixture, const char *name, int seconds)
{
  g_autofree char *path = run_fixture_get_path (fixture, name);
  gint64 then = g_get_real_time () / G_USEC_PER_SEC - seconds;
  struct timespec times[2] = { { .tv_sec = then }, { .tv_sec = then } };

  g_assert_cmpint (utimensat (AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW), ==, 0);
}

static void
assert_no_claim (RunFixture *fixture)
{
  g_autofree char *claim = run_fixture_get_path (fixture, "lock-claim");

  g_assert_false (g_file_test (claim, G_FILE_TEST_IS_SYMLINK));
}

static void
test_holder_is_named (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *pid = g_strdup_printf ("(%d on here)", (int) getpid ());
  GscRunLock *lock;

  make_folder (fixture);
  lock = take (fixture, &here);
  assert_busy (fixture, &here, pid);
  assert_busy (fixture, &here_without, pid);
  assert_busy (fixture, &there, pid);
  g_assert_true (gsc_run_lock_is_held (fixture->path));
  gsc_run_lock_free (lock);
  g_assert_false (gsc_run_lock_is_held (fixture->path));
  assert_no_claim (fixture);
  gsc_run_lock_free (take (fixture, &there));
  gsc_run_lock_free (take (fixture, &here));
}

/* A child that holds the lock as on @host until it is killed. */
static pid_t
start_holder (RunFixture *fixture, const GscRunLockHost *host)
{
  int gate[2];
  pid_t child;
  char byte = 'n';

  g_assert_cmpint (pipe (gate), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      GscRunLock *lock = gsc_run_lock_take_on (fixture->path, host, NULL);

      byte = lock != NULL ? 'y' : 'n';
      if (write (gate[1], &byte, 1) != 1)
        _exit (1);
      for (;;)
        pause ();
    }
  g_assert_cmpint (read (gate[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'y');
  close (gate[0]);
  close (gate[1]);
  return child;
}

static void
kill_holder (pid_t child)
{
  int status;

  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
}

/* What a dead process of this machine left is free at once, with flock() and without. */
static void
test_dead_process_here (RunFixture *fixture, gconstpointer data)
{
  const GscRunLockHost *hosts[] = { &here, &here_without };

  make_folder (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      pid_t child = start_holder (fixture, hosts[i]);

      assert_busy (fixture, hosts[i], "on here");
      kill_holder (child);
      gsc_run_lock_free (take (fixture, hosts[i]));
    }
}

/* Of another machine nothing is known but when the file was last touched. */
static void
test_dead_process_there (RunFixture *fixture, gconstpointer data)
{
  pid_t child;

  make_folder (fixture);
  child = start_holder (fixture, &there);
  assert_busy (fixture, &here, "on there");
  kill_holder (child);
  assert_busy (fixture, &here, "on there");
  g_assert_true (gsc_run_lock_is_held (fixture->path));
  make_old (fixture, "lock", GSC_RUN_LOCK_STALE - 30);
  assert_busy (fixture, &here, "on there");
  make_old (fixture, "lock", GSC_RUN_LOCK_STALE + 10);
  g_assert_false (gsc_run_lock_is_held (fixture->path));
  gsc_run_lock_free (take (fixture, &here));
}

/* One that was only thought dead must find out before it writes, and must not give back what is not
 * its own any more. */
static void
test_taken_over (RunFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GscRunLock *first, *second;

  make_folder (fixture);
  first = take (fixture, &there);
  g_assert_true (gsc_run_lock_check (first, &error));
  make_old (fixture, "lock", GSC_RUN_LOCK_STALE + 10);
  second = take (fixture, &here);
  g_assert_false (gsc_run_lock_check (first, &error));
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY);
  gsc_run_lock_free (first);
  g_assert_true (gsc_run_lock_check (second, NULL));
  assert_busy (fixture, &there, "on here");
  gsc_run_lock_free (second);
}

/* The same through a run: nothing is written after the lock is lost. */
static void
test_folder_refuses (RunFixture *fixture, gconstpointer data)
{
  GscRunFolder *folder = run_fixture_create (fixture);
  g_autoptr (GscRecord) record = run_fixture_make_record (fixture, 10);
  g_autoptr (GscModel) model = run_fixture_make_model (fixture, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) snapshot_error = NULL;

  run_fixture_append (fixture, folder, 0);
  run_fixture_write_file (fixture, "lock", "taken", 5);
  g_assert_false (gsc_run_folder_append_record (folder, record, &error));
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY);
  g_assert_false (gsc_run_folder_save_snapshot (folder, model, 10, &snapshot_error));
  g_assert_error (snapshot_error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY);
  ASSERT_RECORDS (fixture, folder, 0);
  gsc_run_folder_free (folder);
}

/* A process that died within the moment in which it had the claim. */
static void
test_left_claim (RunFixture *fixture, gconstpointer data)
{
  g_autofree char *claim = run_fixture_get_path (fixture, "lock-claim");
  g_autoptr (GError) error = NULL;

  make_folder (fixture);
  g_assert_cmpint (symlink ("host here kernel kernel-1 pid 1 start 1 word w", claim), ==, 0);
  gsc_run_lock_free (take (fixture, &here));
  assert_no_claim (fixture);
  g_assert_cmpint (symlink ("host here kernel kernel-1 pid 1 start 1 word w", claim), ==, 0);
  gsc_run_lock_free (take (fixture, &here_without));
  assert_no_claim (fixture);

  /* Of another machine: not before it is old. */
  g_assert_cmpint (symlink ("host here kernel kernel-1 pid 1 start 1 word w", claim), ==, 0);
  g_assert_null (gsc_run_lock_take_on (fixture->path, &there, &error));
  g_assert_error (error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY);
  make_old (fixture, "lock-claim", GSC_RUN_LOCK_STALE + 10);
  gsc_run_lock_free (take (fixture, &there));
  assert_no_claim (fixture);
}

/* Whatever the file holds, one may train. */
static void
test_odd_contents (RunFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "",
                                       "\n",
                                       "host",
                                       "host a kernel b pid x start 1 word c",
                                       "host a kernel b pid -1 start 1 word c",
                                       "\xff\xfe host  kernel  pid  start" };

  make_folder (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      run_fixture_write_file (fixture, "lock", texts[i], strlen (texts[i]));
      gsc_run_lock_free (take (fixture, &here));
      run_fixture_write_file (fixture, "lock", texts[i], strlen (texts[i]));
      gsc_run_lock_free (take (fixture, &there));
    }
}

/* Takes the lock N_TURNS times, whoever else wants it, and each time makes the file "alone", which
 * two at once could not. */
static void
take_turns (RunFixture *fixture, const GscRunLockHost *host)
{
  g_autofree char *alone = run_fixture_get_path (fixture, "alone");

  for (int turns = 0; turns < N_TURNS;)
    {
      g_autoptr (GscRunLock) lock = gsc_run_lock_take_on (fixture->path, host, NULL);
      int fd;

      if (lock == NULL)
        {
          g_usleep (500);
          continue;
        }
      fd = open (alone, O_CREAT | O_EXCL | O_WRONLY, 0666);
      if (fd < 0 || !gsc_run_lock_check (lock, NULL))
        _exit (1);
      close (fd);
      g_usleep (300);
      if (unlink (alone) != 0)
        _exit (1);
      turns++;
    }
  _exit (0);
}

/* @data: whether the processes are on machines that do not see each other's locks, as on NFS
 * without lock daemon. */
static void
test_race (RunFixture *fixture, gconstpointer data)
{
  gboolean far = GPOINTER_TO_INT (data);
  pid_t children[N_PROCESSES];

  make_folder (fixture);
  for (int i = 0; i < N_PROCESSES; i++)
    {
      g_autofree char *name = g_strdup_printf ("host-%d", i);
      const GscRunLockHost host = { far ? name : "here", far ? name : "kernel-1", !far };

      children[i] = fork ();
      g_assert_cmpint (children[i], >=, 0);
      if (children[i] == 0)
        take_turns (fixture, &host);
    }
  for (int i = 0; i < N_PROCESSES; i++)
    {
      int status;

      g_assert_cmpint (waitpid (children[i], &status, 0), ==, children[i]);
      g_assert_true (WIFEXITED (status));
      g_assert_cmpint (WEXITSTATUS (status), ==, 0);
    }
  assert_no_claim (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RUN_FIXTURE_ADD ("/run-lock/holder-is-named", test_holder_is_named);
  RUN_FIXTURE_ADD ("/run-lock/dead-process-here", test_dead_process_here);
  RUN_FIXTURE_ADD ("/run-lock/dead-process-there", test_dead_process_there);
  RUN_FIXTURE_ADD ("/run-lock/taken-over", test_taken_over);
  RUN_FIXTURE_ADD ("/run-lock/folder-refuses", test_folder_refuses);
  RUN_FIXTURE_ADD ("/run-lock/left-claim", test_left_claim);
  RUN_FIXTURE_ADD ("/run-lock/odd-contents", test_odd_contents);
  g_test_add ("/run-lock/race-here", RunFixture, GINT_TO_POINTER (FALSE), run_fixture_set_up,
              test_race, run_fixture_tear_down);
  g_test_add ("/run-lock/race-between-machines", RunFixture, GINT_TO_POINTER (TRUE),
              run_fixture_set_up, test_race, run_fixture_tear_down);
  return g_test_run ();
}
