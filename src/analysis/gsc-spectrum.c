/* gsc-spectrum.c - which characters the embedding is made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-spectrum.h"

#include <math.h>

#include <glib/gi18n.h>

#include "gsc-context.h"
#include "gsc-zp.h"

/* Variance below this share of the sum of squares is rounding. */
#define PRECISION 1e-24

/* The power at @frequency of the rows order[0 .. n) of @embedding [][d]. */
static double
get_power (const float *embedding, const int *order, guint n, guint d, guint frequency)
{
  g_autofree double *real = g_new0 (double, d);
  g_autofree double *imaginary = g_new0 (double, d);
  double power = 0.0;

  for (guint t = 0; t < n; t++)
    {
      const float *row = embedding + (gsize) order[t] * d;
      double angle = 2 * G_PI * (frequency * t % n) / n;
      double cosine = cos (angle), sine = sin (angle);

      for (guint c = 0; c < d; c++)
        {
          real[c] += cosine * row[c];
          imaginary[c] -= sine * row[c];
        }
    }
  for (guint c = 0; c < d; c++)
    power += real[c] * real[c] + imaginary[c] * imaginary[c];
  return power;
}

static void
part_init (GscSpectrumPart *part, const float *embedding, const int *order, guint n, guint d)
{
  double mean = get_power (embedding, order, n, d, 0), total = 0.0, squares = 0.0;

  part->n = n;
  part->n_frequencies = n / 2;
  part->shares = g_new0 (double, part->n_frequencies + 1);
  part->noise = g_new0 (double, part->n_frequencies + 1);
  for (guint k = 1; k <= part->n_frequencies; k++)
    {
      /* frequency n - k is another one with the same power, unless it is the same one */
      guint copies = 2 * k == n ? 1 : 2;

      part->noise[k] = (double) copies / (n - 1);
      part->shares[k] = copies * get_power (embedding, order, n, d, k);
      total += part->shares[k];
    }
  part->mean = mean > 0.0 ? mean / (mean + total) : 0.0;
  if (total <= PRECISION * mean)
    total = 0.0;
  for (guint k = 1; k <= part->n_frequencies; k++)
    {
      part->shares[k] = total > 0.0 ? part->shares[k] / total : 0.0;
      squares += part->shares[k] * part->shares[k];
    }
  part->effective = squares > 0.0 ? 1.0 / squares : 0.0;
}

static gboolean
check_finite (const float *embedding, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (embedding[i]))
      {
        g_set_error (error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE,
                     _ ("The model's embedding is not finite. Choose an earlier step."));
        return FALSE;
      }
  return TRUE;
}

GscSpectrum *
gsc_spectrum_new (const GscSubject *subject, GError **error)
{
  const GscParamLayout *layout = gsc_model_get_layout (subject->model);
  const float *embedding = gsc_model_peek_weights (subject->model) + layout->embedding;
  guint p = (guint) subject->p, d = (guint) layout->config.width;
  g_autofree int *log = NULL;
  g_autofree int *order = NULL;
  GscSpectrum *spectrum;

  if (!gsc_context_check_prime (subject->model, subject->p, error)
      || !check_finite (embedding, (gsize) p * d, error))
    return NULL;

  spectrum = g_new0 (GscSpectrum, 1);
  g_atomic_ref_count_init (&spectrum->ref_count);
  spectrum->p = subject->p;
  spectrum->root = gsc_zp_shown_root (subject->p);
  log = g_new (int, p);
  order = g_new (int, p);
  for (guint i = 0; i < p; i++)
    order[i] = (int) i;
  part_init (&spectrum->additive, embedding, order, p, d);

  gsc_zp_discrete_log (subject->p, spectrum->root, log);
  for (guint i = 1; i < p; i++)
    order[log[i]] = (int) i;
  part_init (&spectrum->multiplicative, embedding, order, p - 1, d);
  return spectrum;
}

GscSpectrum *
gsc_spectrum_ref (GscSpectrum *spectrum)
{
  g_atomic_ref_count_inc (&spectrum->ref_count);
  return spectrum;
}

void
gsc_spectrum_unref (GscSpectrum *spectrum)
{
  if (spectrum == NULL || !g_atomic_ref_count_dec (&spectrum->ref_count))
    return;
  g_free (spectrum->additive.shares);
  g_free (spectrum->additive.noise);
  g_free (spectrum->multiplicative.shares);
  g_free (spectrum->multiplicative.noise);
  g_free (spectrum);
}
