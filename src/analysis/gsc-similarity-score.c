/* gsc-similarity-score.c - what a matrix of similarities depends on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-similarity-score.h"

#include "gsc-zp.h"

/* Similarities that vary less than this are equal. */
#define LEAST_VARIANCE 1e-12

/* What one input is to a relation is a number from 0 to p; this stands for none. */
#define NO_VALUE -1

typedef struct
{
  int p;
  int a, b;
  GscSlot slot;
  guint n;
  const float *values; /* [n][n] */
} Matrix;

gboolean
gsc_relation_applies (GscRelation relation, GscSlot slot)
{
  gboolean at_x = relation == GSC_RELATION_QUOTIENT || relation == GSC_RELATION_DIFFERENCE;

  return at_x == (slot == GSC_SLOT_X);
}

const char *
gsc_relation_get_name (GscRelation relation)
{
  static const char *const names[GSC_N_RELATIONS]
      = { "quotient", "difference", "x", "y", "ratio", "z" };

  return names[relation];
}

const char *
gsc_slot_get_name (GscSlot slot)
{
  static const char *const names[GSC_N_SLOTS] = { "x", "y", "z" };

  return names[slot];
}

/* y / x, p for infinity. */
static int
get_ratio (int p, int x, int y)
{
  if (x != 0)
    return y * gsc_zp_inverse (x, p) % p;
  return y != 0 ? p : NO_VALUE;
}

/* What each input is to @relation: [n] (transfer full) */
static int *
get_inputs (const Matrix *matrix, GscRelation relation)
{
  int p = matrix->p;
  int *inputs = g_new (int, matrix->n);
  g_autofree int *log = g_new (int, p);

  gsc_zp_discrete_log (p, gsc_zp_primitive_root (p), log);
  for (guint i = 0; i < matrix->n; i++)
    {
      int x = matrix->slot == GSC_SLOT_X ? (int) i : (int) i / p, y = (int) i % p;
      const int is[GSC_N_RELATIONS] = {
        [GSC_RELATION_QUOTIENT] = x == 0 ? NO_VALUE : log[x],
        [GSC_RELATION_DIFFERENCE] = x,
        [GSC_RELATION_X] = x,
        [GSC_RELATION_Y] = y,
        [GSC_RELATION_RATIO] = get_ratio (p, x, y),
        [GSC_RELATION_Z] = (matrix->a * x + matrix->b * y) % p,
      };

      inputs[i] = is[relation];
    }
  return inputs;
}

/* The class of two inputs; below (p + 1)^2. */
static inline guint
get_class (int p, GscRelation relation, int input, int other)
{
  int low = MIN (input, other), high = MAX (input, other);
  int cycle = relation == GSC_RELATION_QUOTIENT ? p - 1 : p;

  if (relation == GSC_RELATION_QUOTIENT || relation == GSC_RELATION_DIFFERENCE)
    return (guint) MIN (high - low, cycle - (high - low));
  return (guint) (low * (p + 1) + high);
}

static double
measure_share (const Matrix *matrix, GscRelation relation)
{
  guint n_classes = (guint) ((matrix->p + 1) * (matrix->p + 1));
  g_autofree int *inputs = get_inputs (matrix, relation);
  g_autofree double *sums = g_new0 (double, n_classes);
  g_autofree guint *counts = g_new0 (guint, n_classes);
  double sum = 0.0, variance = 0.0, between = 0.0, mean;
  guint pairs = 0, used = 0;

  for (guint i = 0; i < matrix->n; i++)
    for (guint j = 0; j < i; j++)
      if (inputs[i] != NO_VALUE && inputs[j] != NO_VALUE)
        {
          guint class = get_class (matrix->p, relation, inputs[i], inputs[j]);
          double value = matrix->values[(gsize) i * matrix->n + j];

          sums[class] += value;
          counts[class]++;
          sum += value;
          variance += value * value;
          pairs++;
        }
  if (pairs < 2)
    return 0.0;
  mean = sum / pairs;
  variance -= mean * sum;
  for (guint class = 0; class < n_classes; class ++)
    if (counts[class] > 0)
      {
        double off = sums[class] / counts[class] - mean;

        between += counts[class] * off * off;
        used++;
      }
  if (used == pairs || variance <= LEAST_VARIANCE * pairs)
    return 0.0;
  return CLAMP (1.0 - (variance - between) / (pairs - used) / (variance / (pairs - 1)), 0.0, 1.0);
}

void
gsc_similarity_score_measure (
    GscSimilarityScore *score, const float *values, int p, int a, int b, GscSlot slot)
{
  const Matrix matrix = { p, a, b, slot, (guint) (slot == GSC_SLOT_X ? p : p * p), values };
  double sum = 0.0;

  for (guint i = 0; i < matrix.n; i++)
    for (guint j = 0; j < i; j++)
      sum += values[(gsize) i * matrix.n + j];
  score->mean = sum / (matrix.n * (matrix.n - 1.0) / 2.0);
  for (guint relation = 0; relation < GSC_N_RELATIONS; relation++)
    score->shares[relation]
        = gsc_relation_applies (relation, slot) ? measure_share (&matrix, relation) : 0.0;
}

int
gsc_similarity_score_find_best (const GscSimilarityScore *score)
{
  double largest = 0.0;
  int best = -1;

  for (int relation = 0; relation < GSC_N_RELATIONS; relation++)
    if (score->shares[relation] > largest)
      {
        largest = score->shares[relation];
        best = relation;
      }
  return best;
}
