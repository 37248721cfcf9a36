/* test-spectrum.c - embeddings made of known characters, and of none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <complex.h>
#include <glib.h>
#include <math.h>

#include "gsc-rng.h"
#include "gsc-spectrum.h"
#include "gsc-zp.h"

#define WIDTH 16

/* A model of p numbers, and @extra tokens that are none, with random weights. */
static GscModel *
make_model (int p, int extra)
{
  const GscModelConfig config = { .vocab = p + extra,
                                  .width = WIDTH,
                                  .heads = 2,
                                  .depth = 1,
                                  .activation = GSC_ACTIVATION_RELU,
                                  .tied = TRUE };
  GscModel *model = gsc_model_new (&config, NULL);

  gsc_model_init_weights (model, 3);
  return model;
}

static float *
get_row (GscModel *model, int number)
{
  return gsc_model_get_weights (model) + gsc_model_get_layout (model)->embedding
         + (gsize) number * WIDTH;
}

/* Every dimension a wave of @frequency over the numbers in their order (log: NULL) or that of their
 * logarithms, plus the constant @mean. */
static void
set_wave (GscModel *model, int p, const int *log, int frequency, double size, double mean)
{
  int n = log != NULL ? p - 1 : p;

  for (int i = 0; i < p; i++)
    for (int c = 0; c < WIDTH; c++)
      {
        int t = log != NULL ? log[i] : i;

        get_row (model, i)[c]
            = (float) (t < 0
                           ? 9.0
                           : mean + size * (c + 1) * cos (2 * G_PI * frequency * t / n + 0.4 * c));
      }
}

static GscSpectrum *
measure (const GscModel *model, int p)
{
  g_autoptr (GError) error = NULL;
  GscSpectrum *spectrum = gsc_spectrum_new (&(GscSubject){ .model = model, .p = p }, &error);

  g_assert_no_error (error);
  g_assert_cmpint (spectrum->p, ==, p);
  g_assert_cmpint (spectrum->root, ==, gsc_zp_shown_root (p));
  g_assert_cmpuint (spectrum->additive.n, ==, p);
  g_assert_cmpuint (spectrum->multiplicative.n, ==, p - 1);
  return spectrum;
}

/* One frequency, and nothing else, is where it was put; in the other group it is not. */
static void
test_waves (void)
{
  const int p = 29;
  g_autoptr (GscModel) model = make_model (p, 18);
  int log[29];

  gsc_zp_discrete_log (p, gsc_zp_shown_root (p), log);
  for (int i = 1; i <= 28; i++)
    {
      gboolean additive = i <= 14;
      int frequency = additive ? i : i - 14;
      g_autoptr (GscSpectrum) spectrum = NULL;
      const GscSpectrumPart *part, *other;

      set_wave (model, p, additive ? NULL : log, frequency, 0.1, 0.7);
      spectrum = measure (model, p);
      part = additive ? &spectrum->additive : &spectrum->multiplicative;
      other = additive ? &spectrum->multiplicative : &spectrum->additive;
      g_assert_cmpuint (part->n_frequencies, ==, 14);
      for (int k = 0; k <= 14; k++)
        g_assert_cmpfloat_with_epsilon (part->shares[k], k == frequency ? 1.0 : 0.0, 1e-6);
      g_assert_cmpfloat_with_epsilon (part->effective, 1.0, 1e-5);
      g_assert_cmpfloat (part->mean, >, 0.1);
      g_assert_cmpfloat (part->mean, <, 0.99);
      g_assert_cmpfloat (other->effective, >, 1.5);
    }
}

/* The definition, and Parseval's equation: the power of all frequencies is n times the sum of
 * squares. */
static void
check_part (const GscSpectrumPart *part, GscModel *model, const int *order)
{
  guint n = part->n;
  g_autofree double *power = g_new0 (double, n);
  double squares = 0.0, variance = 0.0, sum = 0.0, noise = 0.0, effective = 0.0;

  for (guint k = 0; k < n; k++)
    for (guint c = 0; c < WIDTH; c++)
      {
        double complex wave = 0;

        for (guint t = 0; t < n; t++)
          wave += get_row (model, order[t])[c] * cexp (-2 * G_PI * I * k * t / n);
        power[k] += cabs (wave) * cabs (wave);
      }
  for (guint c = 0; c < WIDTH; c++)
    {
      double mean = 0.0;

      for (guint t = 0; t < n; t++)
        mean += (double) get_row (model, order[t])[c] / n;
      for (guint t = 0; t < n; t++)
        {
          squares += pow (get_row (model, order[t])[c], 2);
          variance += pow (get_row (model, order[t])[c] - mean, 2);
        }
    }
  g_assert_cmpuint (part->n_frequencies, ==, n / 2);
  g_assert_cmpfloat_with_epsilon (part->mean, power[0] / (n * squares), 1e-9);
  g_assert_cmpfloat (part->shares[0], ==, 0.0);
  g_assert_cmpfloat (part->noise[0], ==, 0.0);
  for (guint k = 1; k <= n / 2; k++)
    {
      double expected = (power[k] + (2 * k < n ? power[n - k] : 0)) / (n * variance);

      g_assert_cmpfloat_with_epsilon (part->shares[k], expected, 1e-9);
      g_assert_cmpfloat (part->noise[k], ==, (2 * k < n ? 2.0 : 1.0) / (n - 1));
      sum += part->shares[k];
      noise += part->noise[k];
      effective += expected * expected;
    }
  g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (noise, 1.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (part->effective, 1.0 / effective, 1e-9);
}

static void
test_brute_force (void)
{
  static const int primes[] = { 3, 5, 7, 11, 29 };

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      int p = primes[i];
      g_autoptr (GscModel) model = make_model (p, (int) i);
      g_autoptr (GscSpectrum) spectrum = measure (model, p);
      int numbers[29], powers[29];

      for (int k = 0; k < p; k++)
        {
          numbers[k] = k;
          powers[k] = gsc_zp_power (gsc_zp_shown_root (p), k, p);
        }
      check_part (&spectrum->additive, model, numbers);
      check_part (&spectrum->multiplicative, model, powers);
    }
}

/* Random weights have nearly all frequencies that there are. */
static void
test_noise (void)
{
  const int p = 97;
  g_autoptr (GscModel) model = make_model (p, 0);
  g_autoptr (GscSpectrum) spectrum = measure (model, p);
  g_autoptr (GscSpectrum) same = gsc_spectrum_ref (spectrum);

  g_assert_cmpfloat (same->additive.effective, >, 40);
  g_assert_cmpfloat (same->additive.effective, <=, 48);
  g_assert_cmpfloat (same->multiplicative.effective, >, 40);
  g_assert_cmpfloat (same->multiplicative.effective, <=, 48);
  for (guint k = 1; k <= 48; k++)
    {
      g_assert_cmpfloat (same->additive.shares[k], <, 3 * same->additive.noise[k]);
      g_assert_cmpfloat (same->multiplicative.shares[k], <, 3 * same->multiplicative.noise[k]);
    }
}

/* All numbers alike, and no numbers at all. */
static void
test_degenerate (void)
{
  static const float fills[] = { 0.0f, 0.3f };
  static const float bad[] = { NAN, -INFINITY };
  g_autoptr (GscModel) model = make_model (11, 18);

  for (guint f = 0; f < G_N_ELEMENTS (fills); f++)
    {
      g_autoptr (GscSpectrum) spectrum = NULL;

      for (int i = 0; i < 11 * WIDTH; i++)
        get_row (model, 0)[i] = fills[f];
      spectrum = measure (model, 11);
      g_assert_cmpfloat (spectrum->additive.effective, ==, 0.0);
      g_assert_cmpfloat (spectrum->multiplicative.effective, ==, 0.0);
      g_assert_cmpfloat_with_epsilon (spectrum->additive.mean, f == 0 ? 0.0 : 1.0, 1e-9);
      for (guint k = 0; k <= 5; k++)
        {
          g_assert_cmpfloat (spectrum->additive.shares[k], ==, 0.0);
          g_assert_cmpfloat (spectrum->multiplicative.shares[k], ==, 0.0);
        }
    }

  for (guint b = 0; b < G_N_ELEMENTS (bad); b++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GscSpectrum) spectrum = NULL;

      get_row (model, 11)[0] = bad[b]; /* a token that is no number */
      spectrum = measure (model, 11);
      get_row (model, 10)[WIDTH - 1] = bad[b];
      g_assert_null (gsc_spectrum_new (&(GscSubject){ .model = model, .p = 11 }, &error));
      g_assert_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE);
      get_row (model, 10)[WIDTH - 1] = 1;
    }
}

static void
test_refused (void)
{
  static const int primes[] = { -1, 0, 2, 9, 13, 101 };
  g_autoptr (GscModel) model = make_model (11, 0);

  for (guint i = 0; i < G_N_ELEMENTS (primes); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (gsc_spectrum_new (&(GscSubject){ .model = model, .p = primes[i] }, &error));
      g_assert_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spectrum/waves", test_waves);
  g_test_add_func ("/spectrum/brute-force", test_brute_force);
  g_test_add_func ("/spectrum/noise", test_noise);
  g_test_add_func ("/spectrum/degenerate", test_degenerate);
  g_test_add_func ("/spectrum/refused", test_refused);
  return g_test_run ();
}
