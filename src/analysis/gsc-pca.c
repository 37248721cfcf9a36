/* gsc-pca.c - principal components
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-pca.h"

#include <cblas.h>
#include <math.h>

#include "gsc-lapack.h"

/* How exact sums of doubles are at worst, and their eigenvalues, relative to the largest. */
#define PRECISION 1e-12
#define EIGENVALUE_PRECISION 1e-13

/* The mean of points [n][m], and the points without it (transfer full). */
static double *
centre (const double *points, guint n, guint m, double *mean)
{
  double *centred = g_new (double, (gsize) n *m);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < m; j++)
      mean[j] += points[(gsize) i * m + j] / n;
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < m; j++)
      centred[(gsize) i * m + j] = points[(gsize) i * m + j] - mean[j];
  return centred;
}

/* Eigenvalues, ascending, of the symmetric a [size][size]; its rows become the eigenvectors. FALSE
 * where LAPACK finds none. */
static gboolean
find_eigenvectors (double *a, double *values, int size)
{
  int n_work = -1, info = 0;
  double best;
  g_autofree double *work = NULL;

  dsyev_ ("V", "U", &size, a, &size, values, &best, &n_work, &info, 1, 1);
  n_work = (int) best;
  work = g_new (double, n_work);
  dsyev_ ("V", "U", &size, a, &size, values, work, &n_work, &info, 1, 1);
  return info == 0;
}

/* The direction in which the points scatter as @vector says: an eigenvector of the m x m Gram
 * matrix is that direction, one of the n x n matrix holds the scores. */
static void
set_direction (GscPca *pca, guint component, const double *centred, const double *vector)
{
  double *direction = pca->directions + (gsize) component * pca->m;
  int n = (int) pca->n, m = (int) pca->m;

  if (pca->m <= pca->n)
    cblas_dcopy (m, vector, 1, direction, 1);
  else
    cblas_dgemv (CblasRowMajor, CblasTrans, n, m, 1.0, centred, m, vector, 1, 0.0, direction, 1);
  cblas_dscal (m, 1.0 / cblas_dnrm2 (m, direction, 1), direction, 1);
}

static void
set_scores (GscPca *pca, guint component, const double *centred)
{
  double *direction = pca->directions + (gsize) component * pca->m;
  double *scores = pca->scores + component;
  int n = (int) pca->n, m = (int) pca->m, k = (int) pca->k;
  double farthest;
  guint i = 0;

  cblas_dgemv (CblasRowMajor, CblasNoTrans, n, m, 1.0, centred, m, direction, 1, 0.0, scores, k);
  farthest = fabs (scores[(gsize) cblas_idamax (n, scores, k) * pca->k]);
  while (fabs (scores[(gsize) i * pca->k]) < farthest / 2)
    i++;
  if (scores[(gsize) i * pca->k] >= 0)
    return;
  cblas_dscal (m, -1.0, direction, 1);
  cblas_dscal (n, -1.0, scores, k);
}

GscPca *
gsc_pca_new (const double *points, guint n, guint m, guint k, double precision)
{
  GscPca *pca = g_new0 (GscPca, 1);
  guint size = MIN (n, m);
  g_autofree double *centred = NULL;
  g_autofree double *gram = g_new0 (double, (gsize) size *size);
  g_autofree double *values = g_new0 (double, size);
  double total = 0.0, squares = 0.0, rounding;

  pca->n = n;
  pca->m = m;
  pca->k = k;
  pca->mean = g_new0 (double, m);
  pca->directions = g_new0 (double, (gsize) k *m);
  pca->scores = g_new0 (double, (gsize) n *k);
  pca->variance = g_new0 (double, k);

  for (gsize i = 0; i < (gsize) n * m; i++)
    squares += points[i] * points[i];
  if (!isfinite (squares))
    return pca;
  centred = centre (points, n, m, pca->mean);
  cblas_dsyrk (CblasRowMajor, CblasLower, m <= n ? CblasTrans : CblasNoTrans, (int) size,
               (int) MAX (n, m), 1.0, centred, (int) m, 0.0, gram, (int) size);
  for (guint i = 0; i < size; i++)
    total += gram[(gsize) i * size + i];
  rounding = squares * pow (MAX (precision, PRECISION), 2);
  if (total <= rounding || !find_eigenvectors (gram, values, (int) size))
    return pca;

  for (guint c = 0; c < MIN (k, size); c++)
    {
      double value = values[size - 1 - c];

      if (value <= MAX (rounding, EIGENVALUE_PRECISION * total))
        break;
      set_direction (pca, c, centred, gram + (gsize) (size - 1 - c) * size);
      set_scores (pca, c, centred);
      pca->variance[c] = MIN (value / total, 1.0);
    }
  return pca;
}

void
gsc_pca_free (GscPca *pca)
{
  if (pca == NULL)
    return;
  g_free (pca->mean);
  g_free (pca->directions);
  g_free (pca->scores);
  g_free (pca->variance);
  g_free (pca);
}
