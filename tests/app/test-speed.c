/* test-speed.c - steps a second by a clock of the test's own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-speed.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static void
test_unknown (void)
{
  GscSpeed speed = { 0 };

  g_assert_cmpfloat (gsc_speed_get (&speed), ==, 0);
  g_assert_cmpfloat (gsc_speed_get_seconds_left (&speed, 100), <, 0);
  gsc_speed_add (&speed, 5 * SECOND, 10);
  g_assert_cmpfloat (gsc_speed_get (&speed), ==, 0);
  gsc_speed_add (&speed, 5 * SECOND + 1000, 11); /* too short a time */
  g_assert_cmpfloat (gsc_speed_get (&speed), ==, 0);
  g_assert_cmpfloat (gsc_speed_get_seconds_left (&speed, 100), <, 0);
}

static void
test_steady (void)
{
  GscSpeed speed = { 0 };

  for (int i = 0; i <= 100000; i++)
    {
      gsc_speed_add (&speed, i * SECOND / 1000, i);
      g_assert_cmpuint (speed.n, <, GSC_SPEED_SAMPLES);
    }
  g_assert_cmpfloat_with_epsilon (gsc_speed_get (&speed), 1000, 1e-6);
  g_assert_cmpfloat_with_epsilon (gsc_speed_get_seconds_left (&speed, 103000), 3, 1e-6);
}

/* After a change of pace the old one is forgotten within about three seconds. */
static void
test_change (void)
{
  GscSpeed speed = { 0 };
  gint64 time = 0, step = 0;

  for (int i = 0; i < 1000; i++)
    gsc_speed_add (&speed, time += SECOND / 100, ++step);
  g_assert_cmpfloat_with_epsilon (gsc_speed_get (&speed), 100, 1e-6);
  for (int i = 0; i < 10; i++)
    gsc_speed_add (&speed, time += SECOND / 10, ++step);
  g_assert_cmpfloat (gsc_speed_get (&speed), <, 99);
  g_assert_cmpfloat (gsc_speed_get (&speed), >, 11);
  for (int i = 0; i < 23; i++)
    gsc_speed_add (&speed, time += SECOND / 10, ++step);
  g_assert_cmpfloat_with_epsilon (gsc_speed_get (&speed), 10, 1);
}

/* Steps that take longer than the window, and a pause for evaluation among them. */
static void
test_slow (void)
{
  GscSpeed speed = { 0 };

  for (int i = 0; i < 5; i++)
    gsc_speed_add (&speed, i * 10 * SECOND, i);
  g_assert_cmpfloat_with_epsilon (gsc_speed_get (&speed), 0.1, 1e-6);
  gsc_speed_add (&speed, 60 * SECOND, 4);
  g_assert_cmpfloat (gsc_speed_get (&speed), <, 0.1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/speed/unknown", test_unknown);
  g_test_add_func ("/speed/steady", test_steady);
  g_test_add_func ("/speed/change", test_change);
  g_test_add_func ("/speed/slow", test_slow);
  return g_test_run ();
}
