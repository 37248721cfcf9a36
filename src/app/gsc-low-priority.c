/* gsc-low-priority.c - threads that let others go first
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-low-priority.h"

#ifdef __linux__
#include <errno.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

void
gsc_low_priority_enter (int by)
{
#ifdef __linux__
  id_t thread = (id_t) syscall (SYS_gettid);
  int nice_value;

  errno = 0;
  nice_value = getpriority (PRIO_PROCESS, thread);
  if (errno == 0 && setpriority (PRIO_PROCESS, thread, nice_value + by) != 0)
    g_debug ("a thread keeps the window's priority: %s", g_strerror (errno));
#endif
}
