/* gsc-sweep-work.c - how much there is to do in a sweep
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-work.h"

#include "gsc-benchmark.h"
#include "gsc-param-layout.h"
#include "gsc-pass.h"

/* What the program takes before it has a model: itself, its libraries, their threads' buffers. */
#define BASE_MEMORY (64.0 * 1024 * 1024)

/* A record costs a forward pass, a third of a step's work, of four sets. */
static double
count_record (const GscConfig *config)
{
  return gsc_benchmark_count_real (config) / 3 * 4 * config->eval_sequences / config->batch;
}

double
gsc_sweep_count_work (const GscConfig *config, gint64 from, gint64 to)
{
  gint64 records = to / config->record_every - from / config->record_every + (from == 0);

  if (to <= from)
    return 0;
  return (double) (to - from) * gsc_benchmark_count_real (config)
         + (double) records * count_record (config);
}

double
gsc_sweep_estimate_memory (const GscConfig *config, guint threads)
{
  g_autoptr (GscParamLayout) layout = NULL;
  GscModelConfig model;
  double row = 3.0 * config->shots * sizeof (gint32);
  double losses = config->shots * (sizeof (float) + sizeof (gint32));

  gsc_config_get_model (config, &model);
  layout = gsc_param_layout_new (&model);
  /* Weights, two moments, and what is being written. */
  return BASE_MEMORY + 4.0 * layout->n_floats * sizeof (float)
         + gsc_pass_get_size (layout, config->shots, (guint) config->batch, threads)
         + 4 * (row + losses) * config->eval_sequences;
}

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
      double work = gsc_sweep_count_work (config, 0, config->steps);

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
