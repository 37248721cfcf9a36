/* test-team.c - every piece of work is done once, and a thread does one at a time
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-team.h"

typedef struct
{
  int done[1000];
  int busy[16];
  guint threads;
} Work;

static void
one_item (guint item, guint thread, gpointer data)
{
  Work *work = data;

  g_assert_cmpuint (thread, <, work->threads);
  g_assert_cmpint (g_atomic_int_add (&work->busy[thread], 1), ==, 0);
  g_atomic_int_inc (&work->done[item]);
  g_atomic_int_add (&work->busy[thread], -1);
}

static void
test_each_once (void)
{
  static const guint sizes[] = { 0, 1, 2, 7, 16, 999 };

  for (guint threads = 1; threads <= 8; threads++)
    {
      g_autoptr (GscTeam) team = gsc_team_new (threads);

      g_assert_cmpuint (gsc_team_get_threads (team), ==, threads);
      for (guint round = 0; round < 60; round++)
        {
          Work work = { .threads = threads };
          guint n = sizes[round % G_N_ELEMENTS (sizes)];

          gsc_team_run (team, n, one_item, &work);
          for (guint i = 0; i < G_N_ELEMENTS (work.done); i++)
            g_assert_cmpint (work.done[i], ==, i < n ? 1 : 0);
        }
    }
}

static void
test_default_size (void)
{
  g_autoptr (GscTeam) team = gsc_team_new (0);

  g_assert_cmpuint (gsc_team_get_threads (team), ==, g_get_num_processors ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/team/each-once", test_each_once);
  g_test_add_func ("/team/default-size", test_default_size);
  return g_test_run ();
}
