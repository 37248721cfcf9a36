/* gsc-run-lock.c - who may write to a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "gsc-atomic-file.h"
#include "gsc-file-error.h"
#include "gsc-number.h"

#define CLAIM_FILE "lock-claim"

enum
{
  RECORD_SIZE = 512, /* of the file: always the same, so that one write replaces all of it */
  LOCK_TRIES = 10,
  LOCK_PAUSE = 5000, /* microseconds */
  CLAIM_TRIES = 400, /* with pauses: two seconds */
};

/* A process, as the file and the claim name it. */
typedef struct
{
  char *host;   /* NULL: nobody */
  char *kernel; /* of the host */
  gint64 pid;
  gint64 start; /* of the process, in ticks since its machine was booted; 0: not known */
  char *word;   /* a random one for each holding */
} Holder;

struct _GscRunLock
{
  char *folder;
  char *path;
  char *claim;
  gboolean flock;
  int fd;
  Holder self;
  GThread *thread; /* keeps the lock alive */
  pthread_mutex_t mutex;
  pthread_cond_t ended_changed; /* by the monotonic clock */
  gboolean ended;
};

static void
holder_clear (Holder *holder)
{
  g_free (holder->host);
  g_free (holder->kernel);
  g_free (holder->word);
  *holder = (Holder){ .host = NULL };
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Holder, holder_clear)

/* This machine and its processes */

/* When the process began, so that a number given to another one since is not taken for it; 0 where
 * the system does not say. */
static gint64
read_start (gint64 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/stat", pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) fields = NULL;
  const char *after_name;
  gint64 start = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  after_name = strrchr (text, ')'); /* the name may hold anything */
  if (after_name == NULL)
    return 0;
  fields = g_strsplit (after_name, " ", 22);
  /* proc(5): the start is field 22, and the name field 2. */
  if (g_strv_length (fields) < 21 || !gsc_number_parse_int (fields[20], &start))
    return 0;
  return start;
}

static gboolean
is_alive (const Holder *holder)
{
  if (kill ((pid_t) holder->pid, 0) != 0 && errno == ESRCH)
    return FALSE;
  return holder->start == 0 || read_start (holder->pid) == holder->start;
}

static const GscRunLockHost *
get_host (void)
{
  static GscRunLockHost host;
  static gsize known = 0;

  if (g_once_init_enter (&known))
    {
      char *kernel = NULL;

      host.name = g_get_host_name ();
      if (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &kernel, NULL, NULL))
        host.kernel = g_strstrip (kernel);
      else
        host.kernel = host.name;
      host.flock = TRUE;
      g_once_init_leave (&known, 1);
    }
  return &host;
}

/* Records: what the file says */

static char *
holder_to_text (const Holder *holder)
{
  return g_strdup_printf ("host %s kernel %s pid %" G_GINT64_FORMAT " start %" G_GINT64_FORMAT
                          " word %s",
                          holder->host, holder->kernel, holder->pid, holder->start, holder->word);
}

/* Anything else than such a text is nobody. */
static void
holder_parse (Holder *holder, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 11);
  g_auto (Holder) read = { .host = NULL };

  holder_clear (holder);
  if (g_strv_length (words) < 10 || strcmp (words[0], "host") != 0
      || !gsc_number_parse_int (words[5], &read.pid) || read.pid <= 0
      || !gsc_number_parse_int (words[7], &read.start))
    return;
  read.host = g_strdup (words[1]);
  read.kernel = g_strdup (words[3]);
  read.word = g_strdup (g_strstrip (words[9]));
  *holder = read;
  read = (Holder){ .host = NULL };
}

static void
read_record (int fd, Holder *holder)
{
  char text[RECORD_SIZE + 1];
  gssize n = pread (fd, text, RECORD_SIZE, 0);

  text[MAX (n, 0)] = '\0';
  holder_parse (holder, text);
}

/* @text: NULL for nobody. FALSE with errno set. */
static gboolean
write_record (int fd, const char *text)
{
  char record[RECORD_SIZE];
  gsize length = text != NULL ? MIN (strlen (text), RECORD_SIZE - 1) : 0;
  gssize n;

  memset (record, ' ', RECORD_SIZE - 1);
  if (text != NULL)
    memcpy (record, text, length);
  record[RECORD_SIZE - 1] = '\n';
  n = pwrite (fd, record, RECORD_SIZE, 0);
  if (n >= 0 && n < RECORD_SIZE)
    errno = ENOSPC;
  return n == RECORD_SIZE && fsync (fd) == 0;
}

/* Whether whoever the file names cannot be writing any more. @age: seconds since it was touched.
 * @flocked: it is locked by us, which no process of this machine would have let happen. */
static gboolean
is_dead (const Holder *holder, const Holder *self, gboolean flocked, double age)
{
  if (holder->host == NULL)
    return TRUE;
  if (strcmp (holder->kernel, self->kernel) == 0)
    {
      if (flocked)
        return TRUE;
      if (strcmp (holder->host, self->host) == 0)
        return !is_alive (holder);
    }
  return age > GSC_RUN_LOCK_STALE;
}

/* The claim */

static double
get_seconds (const struct stat *status)
{
  return (double) status->st_mtim.tv_sec + status->st_mtim.tv_nsec * 1e-9;
}

/* Makes the symbolic link @path say @text and tells the time of that, by the server's clock. FALSE
 * with errno set. */
static gboolean
make_link (const char *path, const char *text, double *now)
{
  struct stat status;
  int result = symlink (text, path);
  int fault = errno;

  if (result != 0 && fault == EEXIST)
    {
      /* NFS may send a request again whose answer was lost. */
      g_autofree char *present = g_file_read_link (path, NULL);

      result = g_strcmp0 (present, text) == 0 ? 0 : -1;
    }
  if (result == 0 && lstat (path, &status) == 0)
    {
      *now = get_seconds (&status);
      return TRUE;
    }
  errno = result != 0 ? fault : errno;
  return FALSE;
}

/* Takes away a claim whose maker died within the moment that it was needed. */
static void
remove_dead_claim (const GscRunLock *lock)
{
  g_autofree char *text = g_file_read_link (lock->claim, NULL);
  g_autofree char *probe = NULL;
  g_autofree char *own = NULL;
  g_auto (Holder) holder = { .host = NULL };
  struct stat status;
  double now;

  if (text == NULL || lstat (lock->claim, &status) != 0)
    return;
  holder_parse (&holder, text);
  probe = g_strdup_printf ("%s/" GSC_ATOMIC_FILE_PREFIX "%s", lock->folder, lock->self.word);
  own = holder_to_text (&lock->self);
  if (!make_link (probe, own, &now))
    return;
  unlink (probe);
  if (is_dead (&holder, &lock->self, lock->flock, now - get_seconds (&status)))
    {
      /* Another process may have done so just now and made its own. */
      g_autofree char *present = g_file_read_link (lock->claim, NULL);

      if (g_strcmp0 (present, text) == 0)
        unlink (lock->claim);
    }
}

typedef enum
{
  CLAIM_MADE,
  CLAIM_UNKNOWN, /* there are no symbolic links here: a file system of one machine */
  CLAIM_BUSY,
  CLAIM_FAILED, /* errno is set */
} Claim;

static Claim
make_claim (const GscRunLock *lock, double *now)
{
  g_autofree char *text = holder_to_text (&lock->self);

  for (int i = 0; i < CLAIM_TRIES; i++)
    {
      if (i > 0)
        g_usleep (LOCK_PAUSE);
      if (make_link (lock->claim, text, now))
        return CLAIM_MADE;
      if (errno == EPERM || errno == EOPNOTSUPP || errno == ENOSYS)
        return CLAIM_UNKNOWN;
      if (errno != EEXIST)
        return CLAIM_FAILED;
      remove_dead_claim (lock);
    }
  return CLAIM_BUSY;
}

/* Taking */

static void
set_errno (GError **error, const char *path, const char *what, int code)
{
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, G_FILE_ERROR, gsc_file_error_from_errno (code), "%s: %s (%s).", name, what,
               g_strerror (code));
}

static void
set_busy (GError **error, const char *folder, const Holder *holder)
{
  g_autofree char *name = g_filename_display_name (folder);
  g_autofree char *who = holder->host != NULL ? g_strdup_printf (" (%" G_GINT64_FORMAT " on %s)",
                                                                 holder->pid, holder->host)
                                              : g_strdup ("");

  g_set_error (
      error, GSC_RUN_ERROR, GSC_RUN_ERROR_BUSY,
      _ ("%s: Another process is training in this folder%s; stop it first or choose another "
         "folder."),
      name, who);
}

/* @operation: LOCK_EX or LOCK_SH. FALSE with errno set. */
static gboolean
try_flock (int fd, int operation)
{
  int result;

  do
    result = flock (fd, operation | LOCK_NB);
  while (result != 0 && errno == EINTR);
  return result == 0;
}

/* Where the file system has no such locks the rest must do. FALSE and @error otherwise. */
static gboolean
take_flock (GscRunLock *lock, GError **error)
{
  g_auto (Holder) holder = { .host = NULL };

  if (!lock->flock)
    return TRUE;
  /* gsc_run_lock_is_held() in some process may hold it for a moment. */
  for (int i = 0; i < LOCK_TRIES; i++)
    {
      if (i > 0)
        g_usleep (LOCK_PAUSE);
      if (try_flock (lock->fd, LOCK_EX))
        return TRUE;
      if (errno != EWOULDBLOCK)
        break;
    }
  if (errno == EWOULDBLOCK)
    {
      read_record (lock->fd, &holder);
      set_busy (error, lock->folder, &holder);
      return FALSE;
    }
  if (errno == ENOSYS || errno == EOPNOTSUPP || errno == ENOLCK)
    {
      lock->flock = FALSE;
      return TRUE;
    }
  set_errno (error, lock->path, _ ("The run's lock cannot be taken"), errno);
  return FALSE;
}

/* Writes our name into the file if whoever is named there is dead. Under the claim. @now: the
 * server's clock; negative: not known. */
static gboolean
take_record (GscRunLock *lock, double now, GError **error)
{
  g_auto (Holder) holder = { .host = NULL };
  g_autofree char *text = holder_to_text (&lock->self);
  /* Another descriptor than lock->fd: opening brings what other machines wrote. */
  int fd = open (lock->path, O_RDWR | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  struct stat status;
  gboolean dead, taken = FALSE;

  if (fd < 0 || fstat (fd, &status) != 0)
    {
      set_errno (error, lock->path, _ ("The run's lock cannot be read"), errno);
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
  read_record (fd, &holder);
  dead = is_dead (&holder, &lock->self, lock->flock, now < 0 ? 0 : now - get_seconds (&status));
  if (!dead)
    set_busy (error, lock->folder, &holder);
  else if (!(taken = write_record (fd, text)))
    set_errno (error, lock->path, _ ("The run's lock cannot be written"), errno);
  close (fd);
  return taken;
}

static gboolean
take_claimed (GscRunLock *lock, GError **error)
{
  const Holder nobody = { .host = NULL };
  double now = -1;
  gboolean taken;

  switch (make_claim (lock, &now))
    {
    case CLAIM_MADE:
      taken = take_record (lock, now, error);
      unlink (lock->claim);
      return taken;
    case CLAIM_UNKNOWN:
      return take_record (lock, -1, error);
    case CLAIM_BUSY:
      set_busy (error, lock->folder, &nobody);
      return FALSE;
    case CLAIM_FAILED:
    default:
      set_errno (error, lock->claim, _ ("The run's lock cannot be taken"), errno);
      return FALSE;
    }
}

static gpointer
keep_alive (gpointer data)
{
  GscRunLock *lock = data;
  struct timespec next;
  int result;

  clock_gettime (CLOCK_MONOTONIC, &next);
  pthread_mutex_lock (&lock->mutex);
  while (!lock->ended)
    {
      next.tv_sec += GSC_RUN_LOCK_BEAT;
      do
        result = pthread_cond_timedwait (&lock->ended_changed, &lock->mutex, &next);
      while (!lock->ended && result == 0);
      /* No time of ours: the server's. It fails only when the lock is lost anyway. */
      if (!lock->ended && futimens (lock->fd, NULL) != 0)
        g_debug ("%s: %s", lock->path, g_strerror (errno));
    }
  pthread_mutex_unlock (&lock->mutex);
  return NULL;
}

static void
init_ended (GscRunLock *lock)
{
  pthread_condattr_t monotonic;

  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init (&lock->ended_changed, &monotonic);
  pthread_condattr_destroy (&monotonic);
  pthread_mutex_init (&lock->mutex, NULL);
}

GscRunLock *
gsc_run_lock_take (const char *folder, GError **error)
{
  return gsc_run_lock_take_on (folder, get_host (), error);
}

GscRunLock *
gsc_run_lock_take_on (const char *folder, const GscRunLockHost *host, GError **error)
{
  g_autoptr (GscRunLock) lock = g_new0 (GscRunLock, 1);

  init_ended (lock);
  lock->folder = g_strdup (folder);
  lock->path = g_build_filename (folder, GSC_RUN_LOCK_FILE, NULL);
  lock->claim = g_build_filename (folder, CLAIM_FILE, NULL);
  lock->flock = host->flock;
  lock->self = (Holder){
    .host = g_strdelimit (g_strdup (host->name), " \t\n", '-'),
    .kernel = g_strdup (host->kernel),
    .pid = getpid (),
    .start = read_start (getpid ()),
    .word = g_uuid_string_random (),
  };
  lock->fd = open (lock->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
  if (lock->fd < 0)
    {
      set_errno (error, lock->path, _ ("The run's lock cannot be opened"), errno);
      return NULL;
    }
  if (!take_flock (lock, error) || !take_claimed (lock, error))
    return NULL;
  lock->thread = g_thread_new ("run lock", keep_alive, lock);
  return g_steal_pointer (&lock);
}

/* Holding */

gboolean
gsc_run_lock_check (GscRunLock *lock, GError **error)
{
  g_auto (Holder) holder = { .host = NULL };
  int fd = open (lock->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

  if (fd < 0)
    {
      set_errno (error, lock->path, _ ("The run's lock is lost; nothing more is written"), errno);
      return FALSE;
    }
  read_record (fd, &holder);
  close (fd);
  if (g_strcmp0 (holder.word, lock->self.word) == 0)
    return TRUE;
  set_busy (error, lock->folder, &holder);
  return FALSE;
}

void
gsc_run_lock_free (GscRunLock *lock)
{
  if (lock == NULL)
    return;
  if (lock->thread != NULL)
    {
      pthread_mutex_lock (&lock->mutex);
      lock->ended = TRUE;
      pthread_cond_signal (&lock->ended_changed);
      pthread_mutex_unlock (&lock->mutex);
      g_thread_join (lock->thread);
      if (gsc_run_lock_check (lock, NULL))
        write_record (lock->fd, NULL);
    }
  if (lock->fd >= 0)
    close (lock->fd);
  pthread_mutex_destroy (&lock->mutex);
  pthread_cond_destroy (&lock->ended_changed);
  g_free (lock->folder);
  g_free (lock->path);
  g_free (lock->claim);
  holder_clear (&lock->self);
  g_free (lock);
}

gboolean
gsc_run_lock_is_held (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, GSC_RUN_LOCK_FILE, NULL);
  const GscRunLockHost *host = get_host ();
  const Holder self = { .host = (char *) host->name, .kernel = (char *) host->kernel };
  g_auto (Holder) holder = { .host = NULL };
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  gboolean flocked, held;
  struct stat status;

  if (fd < 0)
    return FALSE;
  flocked = try_flock (fd, LOCK_SH);
  held = !flocked && errno == EWOULDBLOCK;
  if (!held && fstat (fd, &status) == 0)
    {
      double age = g_get_real_time () * 1e-6 - get_seconds (&status);

      read_record (fd, &holder);
      held = !is_dead (&holder, &self, flocked, age);
    }
  close (fd);
  return held;
}
