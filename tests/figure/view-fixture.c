/* view-fixture.c - what a model does, without a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "view-fixture.h"

#include <math.h>

#include "gsc-zp.h"

/* How much a head likes a key; 0 is not at all. */
static double
get_liking (guint head, guint query, guint key)
{
  switch (head % 4)
    {
    case 0: /* the token before */
      return key + 1 == query ? 40 : 1;
    case 1: /* its own example */
      return key / 3 == query / 3 ? 20 : 0.5;
    case 2: /* its slot */
      return key % 3 == query % 3 ? 5 : 0.05;
    default: /* the first token */
      return key == 0 ? 60 : 1;
    }
}

static void
fill_row (float *row, guint head, guint query, ViewKind kind, GRand *random)
{
  double sum = 0;

  for (guint key = 0; key <= query; key++)
    {
      row[key] = 1;
      if (kind == VIEW_PATTERN)
        row[key] = (float) get_liking (head, query, key);
      else if (kind == VIEW_RANDOM)
        row[key] = (float) g_rand_double_range (random, 0.01, 1);
      sum += row[key];
    }
  for (guint key = 0; key <= query; key++)
    row[key] = kind == VIEW_NAN ? NAN : (float) (row[key] / sum);
}

GscProbe *
view_fixture_new_probe (int p, int depth, int heads, guint n_tokens, ViewKind kind)
{
  GscProbe *probe = g_new0 (GscProbe, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint n = n_tokens - (n_tokens % 3 == 0);

  g_atomic_ref_count_init (&probe->ref_count);
  probe->model = (GscModelConfig){ .vocab = p, .width = 8 * heads, .heads = heads, .depth = depth };
  probe->p = p;
  probe->n_tokens = n_tokens;
  probe->tokens = g_new (gint32, n_tokens);
  for (guint i = 0; i < n_tokens; i++)
    probe->tokens[i] = g_rand_int_range (random, 0, p);
  probe->n_read = n;
  probe->attention = g_new0 (float, (gsize) depth *(gsize) heads *n *n);
  for (guint head = 0; head < (guint) (depth * heads); head++)
    for (guint query = 0; query < n; query++)
      fill_row (probe->attention + ((gsize) head * n + query) * n, head, query, kind, random);
  return probe;
}

GscProjection *
view_fixture_new_projection (int p, GscProjectionPart part, ViewKind kind)
{
  GscProjection *projection = g_new0 (GscProjection, 1);
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autofree int *log = g_new (int, p);
  gboolean embedding = part == GSC_PROJECTION_EMBEDDING;
  guint n = (guint) (embedding ? p : p * p);

  gsc_zp_discrete_log (p, gsc_zp_primitive_root (p), log);
  g_atomic_ref_count_init (&projection->ref_count);
  projection->source = (GscProjectionSource){
    .part = part,
    .layer = 1,
    .slots = GSC_SLOTS_XY,
    .example = 15,
    .centred = TRUE,
  };
  projection->p = p;
  projection->n = n;
  projection->first = g_new (guint16, n);
  projection->second = g_new (guint16, n);
  projection->x = g_new0 (double, n);
  projection->y = g_new0 (double, n);
  projection->variance[0] = kind == VIEW_EQUAL ? 0 : 0.382;
  projection->variance[1] = kind == VIEW_EQUAL ? 0 : 0.207;
  for (guint i = 0; i < n; i++)
    {
      int first = (int) i / (embedding ? 1 : p);
      int second = (int) i % p;
      double outer = 2 * G_PI * log[first] / (p - 1);
      double inner = 2 * G_PI * log[second] / (p - 1);

      projection->first[i] = (guint16) first;
      projection->second[i] = (guint16) (embedding ? first : second);
      if (kind == VIEW_PATTERN)
        {
          projection->x[i]
              = (first > 0) * cos (outer) + (!embedding && second > 0) * 0.2 * cos (inner);
          projection->y[i]
              = (first > 0) * sin (outer) + (!embedding && second > 0) * 0.2 * sin (inner);
        }
      else if (kind == VIEW_RANDOM)
        {
          projection->x[i] = g_rand_double_range (random, -3, 3) + g_rand_double (random);
          projection->y[i] = g_rand_double_range (random, -1, 1) + g_rand_double (random);
        }
      else if (kind == VIEW_NAN)
        projection->x[i] = projection->y[i] = i % 2 == 0 ? NAN : INFINITY;
    }
  return projection;
}
