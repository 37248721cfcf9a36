/* test-room.c - a disk that is full while a model trains
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program's own write() and statfs() stand before those of the C library, so that everything in
 * between runs as it does on a disk that is full.
 */

#include <errno.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "gsc-library.h"
#include "training-fixture.h"

#define PAUSE 20 /* milliseconds between looks at the disk */

/* The disk. Atomic: any thread writes. */
static int room = -1;     /* writes to files until it is full; -1: it never is */
static int no_space = 0;  /* whether it says that nothing is free */
static int n_refused = 0; /* writes */
static int n_looks = 0;   /* at the space */
static int code = ENOSPC; /* of refused writes */

ssize_t
write (int fd, const void *buffer, size_t count)
{
  struct stat status;

  if (g_atomic_int_get (&room) >= 0 && fd > 2 && fstat (fd, &status) == 0
      && S_ISREG (status.st_mode) && g_atomic_int_add (&room, -1) <= 0)
    {
      g_atomic_int_set (&room, 0);
      g_atomic_int_inc (&n_refused);
      errno = g_atomic_int_get (&code);
      return -1;
    }
  return syscall (SYS_write, fd, buffer, count);
}

/* The one for large files, as the rest of the program calls it. */
int
statfs (const char *path, struct statfs *space)
{
  int result = (int) syscall (SYS_statfs, path, space);

  g_atomic_int_inc (&n_looks);
  if (result == 0 && g_atomic_int_get (&no_space))
    space->f_bavail = space->f_bfree = 0;
  return result;
}

static void
set_room (int writes, gboolean says_so)
{
  g_atomic_int_set (&no_space, says_so);
  g_atomic_int_set (&room, writes);
}

/* A library, and what it has said. */
typedef struct
{
  GscLibrary *library;
  guint n_ended;
  int end;
  char *message;
  guint n_resumed;
  guint n_failed;
} Place;

static void
on_ended (GscLibrary *library, GscRun *run, int end, const char *message, Place *place)
{
  place->n_ended++;
  place->end = end;
  g_free (place->message);
  place->message = g_strdup (message);
}

static void
on_resumed (Place *place)
{
  place->n_resumed++;
}

static void
on_failed (Place *place)
{
  place->n_failed++;
}

static void
place_open (Place *place)
{
  g_autofree char *folder = gsc_library_get_default_folder ();

  *place = (Place){ .library = gsc_library_new (folder) };
  gsc_library_set_room_pause (place->library, PAUSE);
  g_signal_connect (place->library, "ended", G_CALLBACK (on_ended), place);
  g_signal_connect_swapped (place->library, "resumed", G_CALLBACK (on_resumed), place);
  g_signal_connect_swapped (place->library, "failed", G_CALLBACK (on_failed), place);
}

static void
place_close (Place *place)
{
  set_room (-1, FALSE);
  g_assert_finalize_object (place->library);
  g_free (place->message);
}

static GscRun *
train (Place *place)
{
  GscConfig config = training_fixture_config ();
  g_autoptr (GscRunNotes) notes = gsc_run_notes_new ();
  g_autoptr (GError) error = NULL;
  GscRun *run = gsc_library_train_new (place->library, &config, notes, NULL, &error);

  g_assert_no_error (error);
  return run;
}

static gboolean
has_ended (gpointer data)
{
  Place *place = data;

  return place->n_ended > 0 && gsc_library_get_training (place->library) == NULL;
}

static gboolean
has_failed_again (gpointer data)
{
  return ((Place *) data)->n_ended >= 3;
}

static gboolean
is_finished (gpointer data)
{
  return ((Place *) data)->end == GSC_WORKER_FINISHED;
}

/* After any number of writes: the run waits at a record, goes on by itself when there is room, and
 * is then the same as one that was never interrupted. */
static void
test_goes_on (void)
{
  g_autofree char *whole = training_fixture_folder ("whole");
  GscConfig config = training_fixture_config ();
  guint n_waited = 0;

  training_fixture_train (whole, &config, -1);
  for (int writes = 8; writes < 90; writes += 9)
    {
      Place place;
      GscRun *run;
      int looks;

      place_open (&place);
      run = train (&place);
      /* the notes are written; from here on the thread writes */
      code = writes % 2 ? EDQUOT : ENOSPC;
      set_room (writes, TRUE);
      training_fixture_wait (has_ended, &place);
      if (place.end != GSC_WORKER_NO_ROOM)
        {
          /* too soon for a run, or too late */
          g_assert_null (gsc_library_get_waiting (place.library));
          g_assert_true (place.end == GSC_WORKER_FAILED || place.end == GSC_WORKER_FINISHED);
          place_close (&place);
          continue;
        }
      n_waited++;
      g_assert_true (gsc_library_get_waiting (place.library) == run);
      g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_WAITING);
      g_assert_cmpuint (gsc_library_get_needed_room (place.library), >, 1000);
      training_fixture_assert_sentence (place.message, gsc_run_get_path (run));

      /* as long as nothing is free, it only looks */
      looks = g_atomic_int_get (&n_looks);
      training_fixture_idle (10 * PAUSE);
      g_assert_cmpint (g_atomic_int_get (&n_looks), >, looks + 1);
      g_assert_cmpuint (place.n_ended, ==, 1);

      /* a quota does not show: tried, and paused again */
      set_room (0, FALSE);
      training_fixture_wait (has_failed_again, &place);
      g_assert_true (gsc_library_get_waiting (place.library) == run);

      set_room (-1, FALSE);
      training_fixture_wait (is_finished, &place);
      g_assert_null (gsc_library_get_waiting (place.library));
      g_assert_cmpuint (place.n_resumed, ==, place.n_ended - 1);
      g_assert_cmpuint (place.n_failed, ==, 0);
      training_fixture_assert_same_runs (whole, gsc_run_get_path (run));
      place_close (&place);
    }
  g_assert_cmpuint (n_waited, >, 3);
  g_assert_cmpint (g_atomic_int_get (&n_refused), >, 0);
}

/* The user has the last word. */
static void
test_stays_paused (void)
{
  g_autoptr (GError) error = NULL;
  Place place;
  GscRun *run;

  place_open (&place);
  run = train (&place);
  code = EFBIG;
  set_room (50, TRUE);
  training_fixture_wait (has_ended, &place);
  g_assert_cmpint (place.end, ==, GSC_WORKER_NO_ROOM);
  gsc_library_stop_waiting (place.library);
  g_assert_null (gsc_library_get_waiting (place.library));
  set_room (-1, FALSE);
  training_fixture_idle (10 * PAUSE);
  g_assert_cmpuint (place.n_ended, ==, 1);
  g_assert_cmpint (gsc_run_get_state (run), ==, GSC_RUN_WAITING);

  g_assert_true (gsc_library_resume (place.library, run, &error));
  training_fixture_wait (is_finished, &place);
  place_close (&place);
}

/* A library that goes, and a run that is taken away, end the waiting. */
static void
test_gone (void)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      Place place;
      GscRun *run;

      place_open (&place);
      run = train (&place);
      code = ENOSPC;
      set_room (50, TRUE);
      training_fixture_wait (has_ended, &place);
      g_assert_true (gsc_library_get_waiting (place.library) == run);
      if (i == 0)
        {
          set_room (-1, FALSE);
          g_assert_true (gsc_library_remove (place.library, run, &error));
          g_assert_null (gsc_library_get_waiting (place.library));
          training_fixture_idle (5 * PAUSE);
        }
      place_close (&place);
    }
}

int
main (int argc, char **argv)
{
  training_fixture_init (&argc, &argv);
  training_fixture_add ("/room/goes-on", test_goes_on);
  training_fixture_add ("/room/stays-paused", test_stays_paused);
  training_fixture_add ("/room/gone", test_gone);
  return g_test_run ();
}
