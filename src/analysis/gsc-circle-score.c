/* gsc-circle-score.c - how much a projection looks like a circle of the discrete logarithm
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The transform over pairs is done one logarithm after the other, by its definition: with at most
 * 96 of them a fast transform would be more code and hardly faster.
 */

#include "gsc-circle-score.h"

#include <complex.h>
#include <math.h>

#include "gsc-zp.h"

/* Power below this share of all (that of the middle included) is rounding. */
#define PRECISION 1e-24

/* out[k * stride] = sum over t of in[t * stride] exp (-2 pi i k t / n), for both strides alike;
 * waves[n] are the exp (-2 pi i t / n). */
static void
transform (double complex *out,
           const double complex *in,
           const double complex *waves,
           guint n,
           guint stride)
{
  for (guint k = 0; k < n; k++)
    {
      double complex sum = 0;

      for (guint t = 0; t < n; t++)
        sum += in[t * stride] * waves[k * t % n];
      out[k * stride] = sum;
    }
}

/* The points by their logarithms: [log of first][log of second], columns = n of pairs and 1 of the
 * embedding (transfer full). */
static double complex *
collect (const GscProjection *projection, int root, guint n, guint columns)
{
  double complex *signal = g_new0 (double complex, (gsize) n *columns);
  g_autofree int *log = g_new (int, projection->p);

  gsc_zp_discrete_log (projection->p, root, log);
  for (guint i = 0; i < projection->n; i++)
    {
      int first = log[projection->first[i]];
      int second = columns > 1 ? log[projection->second[i]] : 0;

      if (first >= 0 && second >= 0)
        signal[(guint) first * columns + (guint) second] = projection->x[i] + I * projection->y[i];
    }
  return signal;
}

/* The spectrum [n][columns] of the signal of that shape (transfer full). */
static double complex *
transform_all (const double complex *signal, guint n, guint columns)
{
  g_autofree double complex *waves = g_new (double complex, n);
  g_autofree double complex *rows = g_new (double complex, (gsize) n *columns);
  double complex *spectrum = g_new (double complex, (gsize) n *columns);

  for (guint t = 0; t < n; t++)
    waves[t] = cexp (-2 * G_PI * I * t / n);
  for (guint i = 0; i < n; i++)
    if (columns > 1)
      transform (rows + (gsize) i * n, signal + (gsize) i * n, waves, n, 1);
    else
      rows[i] = signal[i];
  for (guint j = 0; j < columns; j++)
    transform (spectrum + j, rows + j, waves, n, columns);
  return spectrum;
}

/* An index of a character as a number of turns in one sense or the other. */
static int
get_turns (guint index, guint n)
{
  return index > n / 2 ? (int) index - (int) n : (int) index;
}

/* Mirrors all of them unless the first index that has another opposite than itself is above 0. */
static void
choose_signs (GscCircleScore *score, int n)
{
  int *indices[] = { &score->strongest[0].first, &score->strongest[0].second,
                     &score->strongest[1].first, &score->strongest[1].second };
  int sign = 0;

  for (guint i = 0; i < G_N_ELEMENTS (indices); i++)
    {
      if (*indices[i] == 0 || *indices[i] == n / 2)
        continue;
      if (sign == 0)
        sign = *indices[i] > 0 ? 1 : -1;
      *indices[i] *= sign;
    }
}

/* Puts the character among the strongest if it is one of them. */
static void
insert (GscCircleScore *score, const GscCircleCharacter *character)
{
  guint place = 0;

  while (place < 2 && character->share <= score->strongest[place].share)
    place++;
  if (place == 0)
    score->strongest[1] = score->strongest[0];
  if (place < 2)
    score->strongest[place] = *character;
}

gboolean
gsc_circle_score_init (GscCircleScore *score, const GscProjection *projection)
{
  guint n = (guint) projection->p - 1;
  guint columns = projection->source.part == GSC_PROJECTION_EMBEDDING ? 1 : n;
  guint n_characters = n * columns - 1, n_circles = 0;
  int root = gsc_zp_shown_root (projection->p);
  g_autofree double complex *signal = collect (projection, root, n, columns);
  g_autofree double complex *spectrum = transform_all (signal, n, columns);
  double total = 0;

  *score = (GscCircleScore){ .root = root,
                             .plane = projection->variance[0] + projection->variance[1] };
  for (guint i = 1; i <= n_characters; i++)
    {
      guint j = i / columns, k = i % columns;
      double power = creal (spectrum[i] * conj (spectrum[i]));

      total += power;
      if (j % (n / 2) == 0 && k % (n / 2) == 0)
        {
          score->parity += power;
          continue;
        }
      insert (score, &(GscCircleCharacter){ get_turns (j, n), get_turns (k, n), power });
      score->noise += 1.0 / ++n_circles / n_characters;
    }
  if (!isfinite (total) || total <= PRECISION * creal (spectrum[0] * conj (spectrum[0])))
    {
      *score = (GscCircleScore){ .root = root };
      return FALSE;
    }
  score->parity /= total;
  for (guint i = 0; i < G_N_ELEMENTS (score->strongest); i++)
    score->strongest[i].share /= total;
  choose_signs (score, (int) n);
  return TRUE;
}
