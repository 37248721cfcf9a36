/* test-schedule.c - the learning rate over a run
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>

#include "gsc-schedule.h"

/* The paper's: from 0.01 up over 10,000 steps, down to 0.1 at step 200,000. */
static void
test_paper (void)
{
  static const struct
  {
    gint64 step;
    double share;
  } known[] = {
    { 1, 0.01 },
    { 5000, 0.01 + 0.99 * 4999 / 9999 },
    { 10000, 1 },
    { 57500, 0.1 + 0.9 * (0.5 + M_SQRT2 / 4) }, /* a quarter of the way down */
    { 105000, 0.55 },                           /* half of it */
    { 152500, 0.1 + 0.9 * (0.5 - M_SQRT2 / 4) },
    { 200000, 0.1 },
    { 200001, 0.1 },
    { G_MAXINT64, 0.1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_cmpfloat_with_epsilon (gsc_schedule_get (known[i].step, 10000, 200000, 0.01, 0.1),
                                    known[i].share, 1e-14);
  g_assert_cmpfloat (gsc_schedule_get (1, 10000, 200000, 0.01, 0.1), ==, 0.01);
  g_assert_cmpfloat (gsc_schedule_get (10000, 10000, 200000, 0.01, 0.1), ==, 1);
  g_assert_cmpfloat (gsc_schedule_get (200000, 10000, 200000, 0.01, 0.1), ==, 0.1);
}

/* Up to the end of the warm-up, then down, always between start or floor and 1. */
static void
test_monotonic (void)
{
  static const gint64 warmups[] = { 0, 1, 2, 3, 50, 99, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (warmups); i++)
    {
      double last = -1;

      for (gint64 step = 1; step <= 110; step++)
        {
          double share = gsc_schedule_get (step, warmups[i], 100, 0.01, 0.1);

          g_assert_cmpfloat (share, <=, 1);
          if (step <= warmups[i])
            {
              g_assert_cmpfloat (share, >=, 0.01);
              g_assert_cmpfloat (share, >, last);
            }
          else
            {
              g_assert_cmpfloat (share, >=, 0.1);
              if (step > 1 && step <= 100)
                g_assert_cmpfloat (share, <, last);
              else if (step > 100)
                g_assert_cmpfloat (share, ==, last);
            }
          last = share;
        }
    }
}

static void
test_short_warmup (void)
{
  /* None: the first step is already a little below the peak. */
  g_assert_cmpfloat_with_epsilon (gsc_schedule_get (1, 0, 2, 0.01, 0.1), 0.55, 1e-15);
  g_assert_cmpfloat (gsc_schedule_get (2, 0, 2, 0.01, 0.1), ==, 0.1);
  /* One step: it is the peak. */
  g_assert_cmpfloat (gsc_schedule_get (1, 1, 3, 0.01, 0.1), ==, 1);
  g_assert_cmpfloat_with_epsilon (gsc_schedule_get (2, 1, 3, 0.01, 0.1), 0.55, 1e-15);
  g_assert_cmpfloat (gsc_schedule_get (3, 1, 3, 0.01, 0.1), ==, 0.1);
  /* Two: the start, then the peak. */
  g_assert_cmpfloat (gsc_schedule_get (1, 2, 4, 0.01, 0.1), ==, 0.01);
  g_assert_cmpfloat (gsc_schedule_get (2, 2, 4, 0.01, 0.1), ==, 1);
}

/* Warm-up to the end: the last step is the peak, and nothing follows. */
static void
test_warmup_only (void)
{
  g_assert_cmpfloat (gsc_schedule_get (1, 11, 11, 0, 0.1), ==, 0);
  g_assert_cmpfloat_with_epsilon (gsc_schedule_get (6, 11, 11, 0, 0.1), 0.5, 1e-15);
  g_assert_cmpfloat (gsc_schedule_get (11, 11, 11, 0, 0.1), ==, 1);
  g_assert_cmpfloat (gsc_schedule_get (12, 11, 11, 0, 0.1), ==, 1);
}

static void
test_one_step (void)
{
  g_assert_cmpfloat (gsc_schedule_get (1, 1, 1, 0.01, 0.1), ==, 1);
  g_assert_cmpfloat (gsc_schedule_get (1, 0, 1, 0.01, 0.1), ==, 0.1);
}

/* Start and floor of 1 keep the rate constant. */
static void
test_constant (void)
{
  for (gint64 step = 1; step < 30; step++)
    g_assert_cmpfloat (gsc_schedule_get (step, 7, 20, 1, 1), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schedule/paper", test_paper);
  g_test_add_func ("/schedule/monotonic", test_monotonic);
  g_test_add_func ("/schedule/short-warmup", test_short_warmup);
  g_test_add_func ("/schedule/warmup-only", test_warmup_only);
  g_test_add_func ("/schedule/one-step", test_one_step);
  g_test_add_func ("/schedule/constant", test_constant);
  return g_test_run ();
}
