/* gsc-sweep-bench.c - how well runs share a machine
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-sweep-bench.h"

#include <stdlib.h>

#include "gsc-trainer.h"

#define N_ROUNDS 7

/* One run, in a thread of its own. */
typedef struct
{
  GscTrainer *trainer;
  gint64 end;  /* monotonic */
  double rate; /* steps a second; negative: @error is set */
  GError *error;
} Run;

/* At least one step. */
static gpointer
train (gpointer data)
{
  Run *run = data;
  gint64 begin = g_get_monotonic_time ();
  gint64 now;
  guint steps = 0;

  do
    {
      if (!gsc_trainer_step (run->trainer, NULL, &run->error))
        {
          run->rate = -1;
          return NULL;
        }
      steps++;
      now = g_get_monotonic_time ();
    }
  while (now < run->end);
  run->rate = steps / (MAX (now - begin, 1) * 1e-6);
  return NULL;
}

/* Steps a second of the first @n runs together, or -1 and @error. */
static double
measure (Run *runs, guint n, double seconds, GError **error)
{
  g_autofree GThread **threads = g_new (GThread *, n);
  gint64 end = g_get_monotonic_time () + (gint64) (seconds * 1e6);
  double rate = 0;

  for (guint i = 0; i < n; i++)
    {
      runs[i].end = end;
      threads[i] = g_thread_new ("bench", train, &runs[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      g_thread_join (threads[i]);
      rate = runs[i].rate < 0 || rate < 0 ? -1 : rate + runs[i].rate;
    }
  for (guint i = 0; i < n; i++)
    if (runs[i].error != NULL)
      {
        g_clear_error (error);
        g_propagate_error (error, g_steal_pointer (&runs[i].error));
      }
  return rate;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
get_median (double *rates)
{
  qsort (rates, N_ROUNDS, sizeof *rates, compare_doubles);
  return rates[N_ROUNDS / 2];
}

static gboolean
make_runs (Run *runs, guint n, const GscConfig *config, GError **error)
{
  GscTrainerOptions options = gsc_trainer_options_default ();

  options.threads = 1;
  for (guint i = 0; i < n; i++)
    {
      GscConfig other = *config;

      other.seed = (config->seed + i) & G_GINT64_CONSTANT (0xfffffffffffff);
      runs[i].trainer = gsc_trainer_new (&other, &options, error);
      if (runs[i].trainer == NULL)
        return FALSE;
    }
  return measure (runs, n, 0, error) >= 0; /* the first step is the slowest */
}

gboolean
gsc_sweep_bench_run (
    const GscConfig *config, guint n_runs, double seconds, GscSweepBench *result, GError **error)
{
  g_autofree Run *runs = g_new0 (Run, n_runs);
  double alone[N_ROUNDS], together[N_ROUNDS], shares[N_ROUNDS];
  double part = seconds / N_ROUNDS / 2;
  gboolean fine;

  g_return_val_if_fail (n_runs > 0, FALSE);
  fine = make_runs (runs, n_runs, config, error);
  /* In turn, so that both see the same machine, busy or not. */
  for (guint i = 0; i < N_ROUNDS && fine; i++)
    {
      alone[i] = measure (runs, 1, part, error);
      together[i] = alone[i] > 0 ? measure (runs, n_runs, part, error) : -1;
      shares[i] = together[i] / (n_runs * alone[i]);
      fine = together[i] > 0;
    }
  for (guint i = 0; i < n_runs; i++)
    gsc_trainer_free (runs[i].trainer);
  if (!fine)
    return FALSE;
  *result = (GscSweepBench){
    .runs = n_runs,
    .alone_steps_per_second = get_median (alone),
    .together_steps_per_second = get_median (together),
    .share = get_median (shares),
  };
  return TRUE;
}
