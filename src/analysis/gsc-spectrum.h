/* gsc-spectrum.h - which characters the embedding is made of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A model that adds modulo p tends to embed its numbers on circles n -> exp (2 pi i k n / p) of a
 * few frequencies k; one that multiplies, on circles of the discrete logarithm. Both are told apart
 * by Fourier analysis (figures.md, panel 7; the paper's section 5 for the logarithm).
 */

#pragma once

#include "gsc-subject.h"

G_BEGIN_DECLS

/* Power of an embedding at the frequencies of one group of n numbers, in an order of its own: with
 * E (t, c) dimension c of the number t,
 *
 *   P (k) = sum over c of |sum over t of E (t, c) exp (-2 pi i k t / n)|^2.
 *
 * As E is real, k and n - k have the same power and count as one frequency. */
typedef struct
{
  guint n;             /* numbers: p, or p - 1 */
  guint n_frequencies; /* n / 2: the frequencies 1..n_frequencies */
  double *shares;      /* [1 + n_frequencies] share of the variance at each frequency, which add up
                          to 1; [0] is 0: the mean has no variance. All 0 where nothing varies */
  double mean;      /* share of the mean in the sum of all squares, P (0) / (P (0) + P (1) + ...) */
  double effective; /* number of frequencies that matter, 1 / (sum of the squares of shares): 1
                       for a single one, n_frequencies for equal ones; 0 where nothing varies */
  double *noise;    /* [1 + n_frequencies] the shares of points without order, on average:
                       2 / (n - 1), but 1 / (n - 1) at frequency n / 2 of an even n */
} GscSpectrumPart;

/* Immutable once made, so any thread may read it; reference-counted (atomically). */
typedef struct
{
  gatomicrefcount ref_count;
  int p;
  int root;                       /* of the logarithms: gsc_zp_shown_root() */
  GscSpectrumPart additive;       /* of 0..p-1: n = p, t the number */
  GscSpectrumPart multiplicative; /* of 1..p-1: n = p - 1, t the logarithm of the number */
} GscSpectrum;

/* Of the first p rows of the token embedding, which ablations do not concern. Any thread; O(p^2 d).
 * NULL and @error: GSC_TASK_ERROR_RANGE for a p that the model has not, GSC_MODEL_ERROR_VALUE for
 * weights that are not finite. */
GscSpectrum *gsc_spectrum_new (const GscSubject *subject, GError **error);

GscSpectrum *gsc_spectrum_ref (GscSpectrum *spectrum);
void gsc_spectrum_unref (GscSpectrum *spectrum);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscSpectrum, gsc_spectrum_unref)

G_END_DECLS
