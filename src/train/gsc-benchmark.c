/* gsc-benchmark.c - how fast this machine trains, and how fast it could at best
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-benchmark.h"

#include <cblas.h>
#include <stdlib.h>

#include "gsc-ops.h"
#include "gsc-team.h"
#include "gsc-trainer.h"

#define N_ROUNDS 5
#define PEAK_SHARE 0.2 /* of the time, for matrix products */
#define MAX_SIZE 1024

static const int peak_sizes[] = { 256, 512, MAX_SIZE };

/* Counting */

double
gsc_benchmark_count_dense (const GscConfig *config)
{
  double time = gsc_config_get_time (config);
  double d = config->width;
  double per_token = (6 * 12 * d * d + 12 * time * d) * config->depth;

  return per_token * config->batch * time;
}

/* One matrix, five Newton-Schulz steps. */
static double
count_orthogonalise (double rows, double cols)
{
  double small = MIN (rows, cols);
  double large = MAX (rows, cols);

  return 5 * (3 * small * small * large + 2 * small * small * small);
}

static double
count_muon (const GscConfig *config)
{
  double d = config->width;
  double block = 4 * count_orthogonalise (d, d) /* q, k, v, output projection */
                 + count_orthogonalise (4 * d, d) + count_orthogonalise (d, 4 * d);

  return block * config->depth;
}

double
gsc_benchmark_count_real (const GscConfig *config)
{
  double time = gsc_config_get_time (config);
  double shots = config->shots;
  double d = config->width;
  double square = 6 * d * d; /* a d x d matrix at one position, forward and backward */
  double all_pairs = time * (time + 1) / 2;
  double answer_pairs = shots * (3 * shots + 1) / 2; /* position 3 i + 1 sees 3 i + 2 keys */
  double sequence = 6.0 * config->p * d * shots;     /* logits */
  double step = 3 * square * config->p;              /* the first block's q, k, v */

  for (int layer = 0; layer < config->depth; layer++)
    {
      gboolean last = layer == config->depth - 1;

      sequence += 9 * square * (last ? shots : time) + 12 * d * (last ? answer_pairs : all_pairs);
      if (layer > 0)
        sequence += square * (last ? shots + 2 * time : 3 * time);
    }
  step += sequence * config->batch;
  if (config->optimizer == GSC_OPTIMIZER_MUON)
    step += count_muon (config);
  return step;
}

/* Peak */

typedef struct
{
  GscTeam *team;
  float **buffers; /* one per thread: three matrices of MAX_SIZE */
  int size;
  guint repetitions;
} Peak;

static void
peak_init (Peak *peak, guint threads)
{
  gsize n = 3 * (gsize) MAX_SIZE * MAX_SIZE;

  peak->team = gsc_team_new (threads);
  peak->buffers = g_new (float *, gsc_team_get_threads (peak->team));
  for (guint i = 0; i < gsc_team_get_threads (peak->team); i++)
    {
      peak->buffers[i] = g_aligned_alloc (n, sizeof (float), 64);
      for (gsize j = 0; j < n; j++)
        peak->buffers[i][j] = (float) (j % 7) * 0.25f;
    }
}

static void
peak_clear (Peak *peak)
{
  for (guint i = 0; i < gsc_team_get_threads (peak->team); i++)
    g_aligned_free (peak->buffers[i]);
  g_free (peak->buffers);
  gsc_team_free (peak->team);
}

static void
multiply (guint item, guint thread, gpointer data)
{
  Peak *peak = data;
  int n = peak->size;
  gsize square = (gsize) MAX_SIZE * MAX_SIZE;
  const float *a = peak->buffers[thread];
  float *c = peak->buffers[thread] + 2 * square;

  for (guint i = 0; i < peak->repetitions; i++)
    cblas_sgemm (CblasRowMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1.0f, a, n, a + square, n,
                 0.0f, c, n);
}

/* Operations a second of all threads together in products of the size @peak says. */
static double
measure_products (Peak *peak)
{
  gint64 begin = g_get_monotonic_time ();
  guint threads = gsc_team_get_threads (peak->team);
  double elapsed;

  gsc_team_run (peak->team, threads, multiply, peak);
  elapsed = MAX (g_get_monotonic_time () - begin, 1) * 1e-6;
  return 2.0 * peak->size * peak->size * peak->size * peak->repetitions * threads / elapsed;
}

/* The best rate of about @seconds of products of all sizes. */
static double
measure_peak (Peak *peak, double seconds)
{
  double best = 0.0;
  double share = seconds / G_N_ELEMENTS (peak_sizes);

  for (guint i = 0; i < G_N_ELEMENTS (peak_sizes); i++)
    {
      double operations = 2.0 * peak_sizes[i] * peak_sizes[i] * peak_sizes[i];
      double rate;

      peak->size = peak_sizes[i];
      peak->repetitions = 1;
      rate = measure_products (peak); /* also warms the buffers */
      /* Several measurements, each long enough for all threads to be at work: the best counts. */
      peak->repetitions = (guint) CLAMP (
          share / 4 * rate / gsc_team_get_threads (peak->team) / operations, 1.0, 1e6);
      for (guint j = 0; j < 4; j++)
        rate = MAX (rate, measure_products (peak));
      best = MAX (best, rate);
    }
  return best;
}

/* Training */

/* Trains for about @seconds, at least one step. Steps a second, or -1 and @error. */
static double
measure_steps (GscTrainer *trainer, double seconds, GError **error)
{
  gint64 begin = g_get_monotonic_time ();
  double elapsed = 0.0;
  guint steps = 0;

  do
    {
      if (!gsc_trainer_step (trainer, NULL, error))
        return -1.0;
      steps++;
      elapsed = MAX (g_get_monotonic_time () - begin, 1) * 1e-6;
    }
  while (elapsed < seconds);
  return steps / elapsed;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static double
median_of_rounds (double *rates)
{
  qsort (rates, N_ROUNDS, sizeof *rates, compare_doubles);
  return rates[N_ROUNDS / 2];
}

gboolean
gsc_benchmark_run (const GscConfig *config,
                   guint threads,
                   double seconds,
                   GscBenchmarkFunc func,
                   gpointer data,
                   GscBenchmark *result,
                   GError **error)
{
  GscTrainerOptions options = gsc_trainer_options_default ();
  g_autoptr (GscTrainer) trainer = NULL;
  double rates[N_ROUNDS];
  double peaks[N_ROUNDS];
  Peak peak;

  options.threads = threads;
  trainer = gsc_trainer_new (config, &options, error);
  if (trainer == NULL)
    return FALSE;
  rates[0] = measure_steps (trainer, 0.0, error);
  if (rates[0] < 0.0)
    return FALSE;
  if (func != NULL)
    func (1.0 / rates[0], data);

  /* In turn, and medians of both, so that both see the same machine, busy or not. */
  peak_init (&peak, gsc_trainer_get_threads (trainer));
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      peaks[i] = measure_peak (&peak, seconds * PEAK_SHARE / N_ROUNDS);
      rates[i] = measure_steps (trainer, seconds * (1.0 - PEAK_SHARE) / N_ROUNDS, error);
      if (rates[i] < 0.0)
        {
          peak_clear (&peak);
          return FALSE;
        }
    }
  peak_clear (&peak);

  result->threads = gsc_trainer_get_threads (trainer);
  result->steps_per_second = median_of_rounds (rates);
  result->tokens_per_second
      = result->steps_per_second * config->batch * gsc_config_get_time (config);
  result->real_gflops = gsc_benchmark_count_real (config) * result->steps_per_second * 1e-9;
  result->dense_gflops = gsc_benchmark_count_dense (config) * result->steps_per_second * 1e-9;
  result->peak_gflops = median_of_rounds (peaks) * 1e-9;
  result->real_share = result->real_gflops / result->peak_gflops;
  result->dense_share = result->dense_gflops / result->peak_gflops;
  return TRUE;
}

/* Seconds of a step with @batch sequences, the better of two after one to warm up; or -1 and
 * @error. */
static double
time_batch (const GscConfig *config, int batch, guint threads, GError **error)
{
  GscTrainerOptions options = gsc_trainer_options_default ();
  GscConfig smaller = *config;
  g_autoptr (GscTrainer) trainer = NULL;
  double best = 0.0;

  smaller.batch = batch;
  smaller.eval_sequences = 1; /* not evaluated */
  options.threads = threads;
  trainer = gsc_trainer_new (&smaller, &options, error);
  if (trainer == NULL)
    return -1.0;
  for (guint i = 0; i < 2; i++)
    {
      double rate = measure_steps (trainer, 0.0, error);

      if (rate < 0.0)
        return -1.0;
      best = i == 0 ? rate : MAX (best, rate);
    }
  return 1.0 / best;
}

double
gsc_benchmark_estimate_step (const GscConfig *config, guint threads, GError **error)
{
  guint n_threads = threads > 0 ? threads : g_get_num_processors ();
  /* A few micro-batches for each thread. */
  int small = (int) MIN ((guint) config->batch, 8 * n_threads);
  int large = MIN (config->batch, 3 * small);
  double short_time = time_batch (config, small, threads, error);
  double long_time, per_sequence;

  if (short_time < 0.0 || small == config->batch)
    return short_time;
  /* On a slow machine the larger batch would take too long: everything counts as growing with the
   * batch. */
  if (short_time > 1.5)
    return short_time * config->batch / small;
  long_time = time_batch (config, large, threads, error);
  if (long_time < 0.0)
    return -1.0;
  per_sequence = MAX (long_time - short_time, 0.0) / (large - small);
  /* Noise can turn the line; a step is never faster per sequence than the larger batch's whole time
   * says by a half. */
  per_sequence = MAX (per_sequence, 0.5 * long_time / large);
  return long_time + per_sequence * (config->batch - large);
}
