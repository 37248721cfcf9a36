/* gsc-run-lock.h - who may write to a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two processes never train the same run, on one machine or on several that share its folder. Three
 * things together see to it:
 *
 *   - The file "lock" is locked with flock(). The kernel drops that with the process, however it
 *     ends, so that on one machine nothing ever remains of a dead one. Over NFS the server keeps
 *     such locks for all machines, unless it is mounted without (nolock, local_lock) - and some
 *     cluster file systems know locks of one machine only, or none.
 *   - So the file also says who holds it: machine, process, and a word of its own. It is changed
 *     only under a symbolic link "lock-claim" beside it, which exactly one process can make, on
 *     every file system and every version of NFS.
 *   - While it holds the lock a process touches the file every GSC_RUN_LOCK_BEAT seconds. A holder
 *     that is on another machine and has not done so for GSC_RUN_LOCK_STALE seconds, by the clock
 *     of the file server alone, is taken to be dead. One of the same machine is dead as soon as its
 *     process is.
 *
 * A process that was only thought dead (stopped for minutes, cut off from the server) finds out
 * before it writes: gsc_run_lock_check().
 */

#pragma once

#include "gsc-run-error.h"

G_BEGIN_DECLS

#define GSC_RUN_LOCK_FILE "lock"
#define GSC_RUN_LOCK_BEAT 15   /* seconds */
#define GSC_RUN_LOCK_STALE 120 /* seconds */

typedef struct _GscRunLock GscRunLock;

/* Takes the lock of the run folder @folder, which must exist. Tries for a moment.
 * GSC_RUN_ERROR_BUSY naming the holder; G_FILE_ERROR when the file cannot be opened or written. A
 * thread keeps it alive. */
GscRunLock *gsc_run_lock_take (const char *folder, GError **error);

/* Gives it back. */
void gsc_run_lock_free (GscRunLock *lock);

/* Whether it is still held. FALSE and GSC_RUN_ERROR_BUSY when another process has taken it over, so
 * that nothing may be written any more. Any thread. */
gboolean gsc_run_lock_check (GscRunLock *lock, GError **error);

/* Whether a process holds the lock of @folder, this one included. Disturbs nobody; of other
 * machines it goes by the clock of this one. */
gboolean gsc_run_lock_is_held (const char *folder);

/* The machine a process is on. */
typedef struct
{
  const char *name;   /* host name */
  const char *kernel; /* changes when it is booted; the same for all its containers */
  gboolean flock;     /* whether flock() is to be used */
} GscRunLockHost;

/* gsc_run_lock_take() as if on @host, which is copied: for tests of several machines on one. */
GscRunLock *gsc_run_lock_take_on (const char *folder, const GscRunLockHost *host, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscRunLock, gsc_run_lock_free)

G_END_DECLS
