/* gsc-sweep-work.c - how long a sweep takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-work.h"

#include "gsc-benchmark.h"
#include "gsc-work.h"

gboolean
gsc_sweep_estimate_time (
    const GscSweep *sweep, guint threads, double *seconds, double *total, GError **error)
{
  const GscConfig *hardest = &sweep->cells[0].config;
  double speed, step, most = 0;

  *total = 0;
  for (guint i = 0; i < sweep->n_cells; i++)
    {
      const GscConfig *config = &sweep->cells[i].config;
      double work = gsc_work_count (config, 0, config->steps);

      if (gsc_benchmark_count_real (config) > gsc_benchmark_count_real (hardest))
        hardest = config;
      most = MAX (most, work);
      *total += work;
    }
  step = gsc_benchmark_estimate_step (hardest, threads, error);
  if (step < 0)
    return FALSE;
  speed = gsc_benchmark_count_real (hardest) / MAX (step, 1e-9);
  *seconds = most / speed;
  *total /= speed;
  return TRUE;
}
