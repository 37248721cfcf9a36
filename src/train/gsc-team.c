/* gsc-team.c - a team of threads that share out numbered pieces of work
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-team.h"

#include <pthread.h>

/* A step is a few rounds with little between them: a thread looks this many times for the next
 * round, or the end of this one, before it sleeps, because waking costs more. */
#define SPINS 2000

/* A cache line each, since each thread counts in its own. */
typedef struct
{
  int next; /* atomic: items of its share that have been taken */
  char padding[60];
} Share;

typedef struct
{
  GscTeam *team;
  guint number;
} Member;

struct _GscTeam
{
  guint threads;
  GThread **helpers; /* threads - 1 */
  Member *members;
  Share *shares; /* [threads] */

  /* pthread's rather than GLib's, whose futexes ThreadSanitizer cannot see into */
  pthread_mutex_t mutex;
  pthread_cond_t start;
  pthread_cond_t finish;
  int round;   /* atomic: grows by one, and around, for each gsc_team_run() */
  int working; /* atomic: helpers that have not finished the round */
  gboolean quits;

  /* of the round */
  GscTeamFunc func;
  gpointer data;
  guint n_items;
};

static inline void
relax (void)
{
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause ();
#endif
}

/* Item i is in the share of thread i modulo threads, so that round after round a thread finds what
 * it works on in its own cache; who has finished his share helps with the others'. */
static void
work (GscTeam *team, guint thread)
{
  for (guint i = 0; i < team->threads; i++)
    {
      guint owner = (thread + i) % team->threads;

      for (;;)
        {
          guint taken = (guint) g_atomic_int_add (&team->shares[owner].next, 1);
          guint64 item = owner + (guint64) taken * team->threads;

          if (item >= team->n_items)
            break;
          team->func ((guint) item, thread, team->data);
        }
    }
}

static gpointer
helper_main (gpointer data)
{
  Member *member = data;
  GscTeam *team = member->team;
  int seen = 0;

  for (;;)
    {
      for (int i = 0; i < SPINS && g_atomic_int_get (&team->round) == seen; i++)
        relax ();
      pthread_mutex_lock (&team->mutex);
      while (team->round == seen && !team->quits)
        pthread_cond_wait (&team->start, &team->mutex);
      seen = team->round;
      if (team->quits)
        {
          pthread_mutex_unlock (&team->mutex);
          return NULL;
        }
      pthread_mutex_unlock (&team->mutex);

      work (team, member->number);

      pthread_mutex_lock (&team->mutex);
      if (g_atomic_int_dec_and_test (&team->working))
        pthread_cond_signal (&team->finish);
      pthread_mutex_unlock (&team->mutex);
    }
}

GscTeam *
gsc_team_new (guint threads)
{
  GscTeam *team = g_new0 (GscTeam, 1);

  team->threads = threads > 0 ? threads : g_get_num_processors ();
  pthread_mutex_init (&team->mutex, NULL);
  pthread_cond_init (&team->start, NULL);
  pthread_cond_init (&team->finish, NULL);
  team->helpers = g_new0 (GThread *, team->threads);
  team->members = g_new0 (Member, team->threads);
  team->shares = g_new0 (Share, team->threads);
  for (guint i = 0; i + 1 < team->threads; i++)
    {
      team->members[i] = (Member){ team, i + 1 };
      team->helpers[i] = g_thread_new ("gsc-team", helper_main, &team->members[i]);
    }
  return team;
}

void
gsc_team_free (GscTeam *team)
{
  if (team == NULL)
    return;
  pthread_mutex_lock (&team->mutex);
  team->quits = TRUE;
  pthread_cond_broadcast (&team->start);
  pthread_mutex_unlock (&team->mutex);
  for (guint i = 0; i + 1 < team->threads; i++)
    g_thread_join (team->helpers[i]);
  pthread_mutex_destroy (&team->mutex);
  pthread_cond_destroy (&team->start);
  pthread_cond_destroy (&team->finish);
  g_free (team->helpers);
  g_free (team->members);
  g_free (team->shares);
  g_free (team);
}

guint
gsc_team_get_threads (const GscTeam *team)
{
  return team->threads;
}

void
gsc_team_run (GscTeam *team, guint n_items, GscTeamFunc func, gpointer data)
{
  if (team->threads == 1 || n_items <= 1)
    {
      for (guint i = 0; i < n_items; i++)
        func (i, 0, data);
      return;
    }

  pthread_mutex_lock (&team->mutex);
  team->func = func;
  team->data = data;
  team->n_items = n_items;
  for (guint i = 0; i < team->threads; i++)
    g_atomic_int_set (&team->shares[i].next, 0);
  g_atomic_int_set (&team->working, (int) team->threads - 1);
  g_atomic_int_inc (&team->round);
  pthread_cond_broadcast (&team->start);
  pthread_mutex_unlock (&team->mutex);

  work (team, 0);

  for (int i = 0; i < SPINS && g_atomic_int_get (&team->working) > 0; i++)
    relax ();
  pthread_mutex_lock (&team->mutex);
  while (team->working > 0)
    pthread_cond_wait (&team->finish, &team->mutex);
  pthread_mutex_unlock (&team->mutex);
}
