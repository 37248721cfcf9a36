/* sweep-fixture.c - small sweeps in a folder of their own
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sweep-fixture.h"

#include <string.h>

GscSweep *
sweep_fixture_parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GscSweep *sweep = gsc_sweep_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_nonnull (sweep);
  return sweep;
}

GscSweep *
sweep_fixture_new (void)
{
  return sweep_fixture_parse ("{ \"base\": { " SWEEP_FIXTURE_BASE " }, "
                              "\"axes\": { \"tasks\": [8, 12], \"seed\": [1, 2] } }");
}
