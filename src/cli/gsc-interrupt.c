/* gsc-interrupt.c - Ctrl+C for work that can be cancelled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A signal handler may do next to nothing: it writes a byte to a pipe, and a thread that waits for
 * it cancels.
 */

#include "gsc-interrupt.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

static const int stop_signals[] = { SIGINT, SIGTERM, SIGHUP };

struct _GscInterrupt
{
  GCancellable *cancellable;
  GThread *thread;
  int pipe[2]; /* read, write */
  struct sigaction before[G_N_ELEMENTS (stop_signals)];
};

static volatile sig_atomic_t signal_pipe = -1;

static void
on_signal (int number)
{
  int fault = errno;

  if (write (signal_pipe, "", 1) < 0)
    _exit (128 + number); /* nobody is there to be told */
  errno = fault;
}

/* Until the other end is closed. */
static gpointer
wait_for_signals (gpointer data)
{
  GscInterrupt *interrupt = data;
  char byte;
  gssize n;

  while ((n = read (interrupt->pipe[0], &byte, 1)) != 0)
    if (n > 0)
      g_cancellable_cancel (interrupt->cancellable);
    else if (errno != EINTR)
      break;
  return NULL;
}

GscInterrupt *
gsc_interrupt_new (GCancellable *cancellable)
{
  GscInterrupt *interrupt = g_new0 (GscInterrupt, 1);
  struct sigaction action
      = { .sa_handler = on_signal, .sa_flags = (int) SA_RESETHAND | SA_RESTART };

  interrupt->cancellable = g_object_ref (cancellable);
  if (!g_unix_open_pipe (interrupt->pipe, FD_CLOEXEC, NULL))
    return interrupt; /* a signal ends the process then, which loses nothing either */
  signal_pipe = interrupt->pipe[1];
  interrupt->thread = g_thread_new ("signals", wait_for_signals, interrupt);
  for (guint i = 0; i < G_N_ELEMENTS (stop_signals); i++)
    {
      sigaction (stop_signals[i], NULL, &interrupt->before[i]);
      /* What was ignored from the start (nohup) stays so. */
      if (interrupt->before[i].sa_handler != SIG_IGN)
        sigaction (stop_signals[i], &action, NULL);
    }
  return interrupt;
}

void
gsc_interrupt_free (GscInterrupt *interrupt)
{
  if (interrupt == NULL)
    return;
  if (interrupt->thread != NULL)
    {
      for (guint i = 0; i < G_N_ELEMENTS (stop_signals); i++)
        sigaction (stop_signals[i], &interrupt->before[i], NULL);
      close (interrupt->pipe[1]);
      g_thread_join (interrupt->thread);
      close (interrupt->pipe[0]);
    }
  g_object_unref (interrupt->cancellable);
  g_free (interrupt);
}
