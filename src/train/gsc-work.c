/* gsc-work.c - how much there is to do in a training, and what it takes
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-work.h"

#include "gsc-benchmark.h"
#include "gsc-param-layout.h"
#include "gsc-pass.h"

gint64
gsc_work_count_records (const GscConfig *config, gint64 from, gint64 to)
{
  /* Step 0, every record_every steps, and the last. */
  return to / config->record_every - from / config->record_every + (from == 0)
         + (to == config->steps && to > from && to % config->record_every != 0);
}

double
gsc_work_count_record (const GscConfig *config)
{
  /* A forward pass, a third of a step's work, of four sets. */
  return gsc_benchmark_count_real (config) / 3 * 4 * config->eval_sequences / config->batch;
}

double
gsc_work_count (const GscConfig *config, gint64 from, gint64 to)
{
  if (to <= from)
    return 0;
  return (double) (to - from) * gsc_benchmark_count_real (config)
         + (double) gsc_work_count_records (config, from, to) * gsc_work_count_record (config);
}

double
gsc_work_estimate_memory (const GscConfig *config, guint threads)
{
  g_autoptr (GscParamLayout) layout = NULL;
  GscModelConfig model;
  double row = 3.0 * config->shots * sizeof (gint32);
  double losses = config->shots * (sizeof (float) + sizeof (gint32));

  gsc_config_get_model (config, &model);
  layout = gsc_param_layout_new (&model);
  /* Weights, two moments, and what is being written. */
  return 4.0 * layout->n_floats * sizeof (float)
         + gsc_pass_get_size (layout, config->shots, (guint) config->batch, threads)
         + 4 * (row + losses) * config->eval_sequences;
}
