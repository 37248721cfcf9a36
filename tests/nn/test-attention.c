/* test-attention.c - attention against the twin, in all the shapes the model uses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>
#include <string.h>

#include "compare.h"
#include "guarded.h"
#include "naive.h"

/* Inputs of one attention call. Keys and values share rows, with a gap behind; gaps are NaN. */
typedef struct
{
  GscAttentionShape shape;
  GscAttentionInput input;
  NaiveAttentionInput naive;
  float *q;
  float *kv;
  size_t width;
  size_t q_rows;
  size_t kv_rows;
  size_t q_size;
  size_t kv_size;
  size_t n_out;
  size_t n_p;
  size_t n_scratch;
  int time_padded;
  float *cosines;
  float *sines;
  double deviation;
} Case;

static float *
random_rows (GscRng *rng, size_t rows, size_t stride, size_t used, double deviation)
{
  float *array = guarded_floats ((rows - 1) * stride + used);

  for (size_t r = 0; r < rows; r++)
    for (size_t i = 0; i < used; i++)
      array[r * stride + i] = (float) (deviation * gsc_rng_normal (rng));
  return array;
}

/* With @vocab > 0 queries, keys and values come from a table of so many tokens. */
static void
case_init (Case *c, GscRng *rng, const GscAttentionShape *shape, int vocab, double deviation)
{
  size_t n_keys = (size_t) shape->sequences * shape->time;
  size_t pairs = (size_t) shape->time * shape->head_size / 2;

  c->shape = *shape;
  c->width = (size_t) shape->heads * shape->head_size;
  c->deviation = deviation;
  c->q_rows = vocab > 0 ? (size_t) vocab : (size_t) shape->sequences * shape->queries;
  c->kv_rows = vocab > 0 ? (size_t) vocab : n_keys;
  c->input.q_stride = c->width + 3;
  c->input.kv_stride = 2 * c->width + 5;
  c->q_size = (c->q_rows - 1) * c->input.q_stride + c->width;
  c->kv_size = (c->kv_rows - 1) * c->input.kv_stride + 2 * c->width;
  c->n_out = (size_t) shape->sequences * shape->queries * c->width;
  c->time_padded = GSC_PADDED (shape->time);
  c->n_p = (size_t) shape->sequences * shape->heads * shape->queries * c->time_padded;
  c->n_scratch = gsc_attention_scratch_floats (shape);
  g_assert_cmpuint (c->n_scratch % 16, ==, 0);

  c->q = random_rows (rng, c->q_rows, c->input.q_stride, c->width, deviation);
  c->kv = random_rows (rng, c->kv_rows, c->input.kv_stride, 2 * c->width, deviation);
  c->input.q = c->q;
  c->input.k = c->kv;
  c->input.v = c->kv + c->width;
  c->input.tokens = vocab > 0 ? guarded_random_ints (rng, n_keys, vocab) : NULL;
  c->naive.q = widened (c->q, c->q_size);
  c->naive.k = widened (c->kv, c->kv_size);
  c->naive.v = c->naive.k + c->width;
  c->naive.q_stride = c->input.q_stride;
  c->naive.kv_stride = c->input.kv_stride;
  c->naive.tokens = c->input.tokens;
  c->cosines = guarded_floats (pairs);
  c->sines = guarded_floats (pairs);
  gsc_rope_table (c->cosines, c->sines, shape->time, shape->head_size);
}

static float *
garbage (size_t n, float value)
{
  float *array = guarded_floats (n);

  for (size_t i = 0; i < n; i++)
    array[i] = value;
  return array;
}

static void
check_probabilities (const Case *c, const float *p)
{
  for (size_t row = 0; row < c->n_p / c->time_padded; row++, p += c->time_padded)
    {
      int position = c->shape.query_first + (int) (row % c->shape.queries) * c->shape.query_stride;
      double sum = 0;

      for (int t = 0; t < c->time_padded; t++)
        {
          if (t > position)
            g_assert_cmpfloat (p[t], ==, 0);
          g_assert_cmpfloat (p[t], >=, 0);
          sum += p[t];
        }
      g_assert_cmpfloat_with_epsilon (sum, 1, 8 * FLT_EPSILON);
    }
}

/* Scores are sums of head_size products, uncertain by roundings of their size, and so, relatively,
 * are their exponentials; numbers of deviation s have scores of about s^2, sometimes five times it.
 * Outputs are sums over time, which the mean makes smaller than their terms. */
static double
tolerance_of (const Case *c)
{
  return FLT_EPSILON
         * (8 + sqrt (c->shape.time + c->shape.head_size) + 4 * c->deviation * c->deviation);
}

static void
check_forward (const GscOps *ops,
               const Case *c,
               float *p,
               const double *expected_out,
               const double *expected_p)
{
  float *out = guarded_floats (c->n_out), *again = guarded_floats (c->n_out);
  float *p_again = guarded_floats (c->n_p);

  ops->attention_forward (out, p, &c->input, c->cosines, c->sines, &c->shape,
                          garbage (c->n_scratch, NAN));
  check_probabilities (c, p);
  compare_floats ("probabilities", p, expected_p, c->n_p, tolerance_of (c));
  compare_floats ("out", out, expected_out, c->n_out, tolerance_of (c));
  ops->attention_forward (again, p_again, &c->input, c->cosines, c->sines, &c->shape,
                          garbage (c->n_scratch, 1e30f));
  compare_bits ("out again", again, out, c->n_out);
  compare_bits ("probabilities again", p_again, p, c->n_p);
}

/* @dq and @dkv: what the gradients hold before. */
static void
check_backward (const GscOps *ops,
                const Case *c,
                const float *p,
                const float *dout,
                const float *dq,
                const float *dkv,
                const double *expected_dq,
                const double *expected_dkv)
{
  const float values[] = { NAN, 1e30f };

  for (int i = 0; i < 2; i++)
    {
      float *q = guarded_copy (dq, c->q_size), *kv = guarded_copy (dkv, c->kv_size);
      GscAttentionGradient gradient = { q, kv, kv + c->width };

      ops->attention_backward (&gradient, dout, p, &c->input, c->cosines, c->sines, &c->shape,
                               garbage (c->n_scratch, values[i]));
      compare_floats ("gradient of queries", q, expected_dq, c->q_size, 2 * tolerance_of (c));
      compare_floats ("gradient of keys and values", kv, expected_dkv, c->kv_size,
                      2 * tolerance_of (c));
    }
}

static void
check (GscRng *rng, const GscAttentionShape *shape, int vocab, double deviation)
{
  Case c;
  double *expected_out, *expected_p, *expected_dq, *expected_dkv;
  float *dout, *dq, *dkv;
  NaiveAttentionGradient gradient;

  case_init (&c, rng, shape, vocab, deviation);
  expected_out = doubles (c.n_out);
  expected_p = doubles (c.n_p);
  naive_attention_forward (expected_out, expected_p, &c.naive, shape);

  dout = guarded_random (rng, c.n_out, 0, 1);
  /* Gradients are added to a table of tokens, and else written over whatever is there; gaps stay.
   */
  if (vocab > 0)
    {
      dq = random_rows (rng, c.q_rows, c.input.q_stride, c.width, 1);
      dkv = random_rows (rng, c.kv_rows, c.input.kv_stride, 2 * c.width, 1);
    }
  else
    {
      dq = guarded_floats (c.q_size);
      dkv = guarded_floats (c.kv_size);
    }
  expected_dq = widened (dq, c.q_size);
  expected_dkv = widened (dkv, c.kv_size);
  gradient = (NaiveAttentionGradient){ expected_dq, expected_dkv, expected_dkv + c.width };
  naive_attention_backward (&gradient, widened (dout, c.n_out), &c.naive, shape);

  for (int i = 0; gsc_ops_get_nth (i) != NULL; i++)
    {
      const GscOps *ops = gsc_ops_get_nth (i);
      float *p = guarded_floats (c.n_p);

      compare_case ("%s, %d sequences of %d, %d heads of %d, %d queries from %d by %d, vocab %d",
                    ops->name, shape->sequences, shape->time, shape->heads, shape->head_size,
                    shape->queries, shape->query_first, shape->query_stride, vocab);
      check_forward (ops, &c, p, expected_out, expected_p);
      check_backward (ops, &c, p, dout, dq, dkv, expected_dq, expected_dkv);
    }
  guarded_release ();
}

/* All positions, and those of the predictions only, from rows of their own and from a table. */
static void
check_variants (GscRng *rng, int sequences, int heads, int time, int size, double deviation)
{
  GscAttentionShape all = { sequences, time, heads, size, time, 0, 1 };
  GscAttentionShape some = { sequences, time, heads, size, (time + 1) / 3, 1, 3 };

  check (rng, &all, 0, deviation);
  check (rng, &all, 11, deviation);
  check (rng, &some, 0, deviation);
  check (rng, &some, 11, deviation);
}

static const int sizes[] = { 2, 6, 8, 16, 30, 32, 128 };

static void
test_short (void)
{
  static const int times[] = { 2, 3, 5, 8, 16, 17, 33, 47 };
  GscRng rng;

  gsc_rng_init (&rng, 1, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j++)
      check_variants (&rng, 2, 2, times[i], sizes[j], 1);
}

static void
test_long (void)
{
  static const int times[] = { 64, 65, 95, 129 };
  GscRng rng;

  gsc_rng_init (&rng, 2, GSC_RNG_SHOW, 0, 0);
  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes); j += 2)
      check_variants (&rng, 1, 2, times[i], sizes[j], 1);
}

static void
test_longest (void)
{
  GscRng rng;

  gsc_rng_init (&rng, 3, GSC_RNG_SHOW, 0, 0);
  check_variants (&rng, 1, 1, 383, 16, 1);
  check_variants (&rng, 1, 1, GSC_MAX_TIME, 6, 1);
  check (&rng, &(GscAttentionShape){ 1, 383, 1, 128, 128, 1, 3 }, 0, 1);
}

/* Scores far apart: most probabilities vanish, some to exactly 0. */
static void
test_sharp (void)
{
  GscRng rng;

  gsc_rng_init (&rng, 4, GSC_RNG_SHOW, 0, 0);
  check_variants (&rng, 2, 2, 47, 16, 4);
  check_variants (&rng, 2, 2, 17, 6, 8);
  check_variants (&rng, 1, 1, 95, 32, 8);
}

/* Other subsets of the positions: every second, the last only, all behind the first few. */
static void
test_queries (void)
{
  GscRng rng;

  gsc_rng_init (&rng, 5, GSC_RNG_SHOW, 0, 0);
  for (int vocab = 0; vocab <= 5; vocab += 5)
    {
      check (&rng, &(GscAttentionShape){ 3, 47, 2, 16, 23, 1, 2 }, vocab, 1);
      check (&rng, &(GscAttentionShape){ 3, 47, 2, 6, 1, 46, 1 }, vocab, 1);
      check (&rng, &(GscAttentionShape){ 3, 47, 2, 16, 1, 0, 1 }, vocab, 1);
      check (&rng, &(GscAttentionShape){ 3, 47, 2, 16, 28, 19, 1 }, vocab, 1);
      check (&rng, &(GscAttentionShape){ 3, 47, 2, 6, 5, 2, 11 }, vocab, 1);
      /* from the last place of a vector */
      check (&rng, &(GscAttentionShape){ 3, 47, 2, 16, 40, 7, 1 }, vocab, 1);
      check (&rng, &(GscAttentionShape){ 3, 47, 2, 6, 11, 15, 3 }, vocab, 1);
    }
}

/* A NaN reaches the outputs of every query that sees it, in its sequence and head. */
static void
test_nan (void)
{
  GscRng rng;
  GscAttentionShape shape = { 2, 21, 2, 6, 21, 0, 1 };

  gsc_rng_init (&rng, 6, GSC_RNG_SHOW, 0, 0);
  for (int i = 0; gsc_ops_get_nth (i) != NULL; i++)
    for (int part = 0; part < 3; part++) /* query, key, value */
      for (int t = 0; t < shape.time; t++)
        {
          Case c;
          float *out, *p;
          size_t row = shape.time + t; /* of the second sequence; the second head */

          case_init (&c, &rng, &shape, 0, 1);
          out = guarded_floats (c.n_out);
          p = guarded_floats (c.n_p);
          if (part == 0)
            c.q[row * c.input.q_stride + 7] = NAN;
          else
            c.kv[row * c.input.kv_stride + (part - 1) * c.width + 7] = NAN;
          gsc_ops_get_nth (i)->attention_forward (out, p, &c.input, c.cosines, c.sines, &shape,
                                                  garbage (c.n_scratch, 0));
          for (size_t at = 0; at < c.n_out; at++)
            if (at % c.width < 6 || at / c.width < (size_t) shape.time)
              g_assert_true (isfinite (out[at]));
          for (int r = t; r < (part == 0 ? t + 1 : shape.time); r++)
            g_assert_true (isnan (out[(shape.time + r) * c.width + 7]));
          guarded_release ();
        }
}

static void
test_rope_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      int pairs = sizes[i] / 2;
      size_t n = (size_t) GSC_MAX_TIME * pairs;
      float *cosines = guarded_floats (n), *sines = guarded_floats (n);
      double *expected_cosines = doubles (n), *expected_sines = doubles (n);

      for (int t = 0; t < GSC_MAX_TIME; t++)
        for (int j = 0; j < pairs; j++)
          {
            expected_cosines[t * pairs + j] = cos (t / pow (10000, (double) j / pairs));
            expected_sines[t * pairs + j] = sin (t / pow (10000, (double) j / pairs));
          }
      gsc_rope_table (cosines, sines, GSC_MAX_TIME, sizes[i]);
      compare_case ("heads of %d", sizes[i]);
      compare_absolute ("cosine", cosines, expected_cosines, n, FLT_EPSILON / 2);
      compare_absolute ("sine", sines, expected_sines, n, FLT_EPSILON / 2);
      guarded_release ();
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attention/short", test_short);
  g_test_add_func ("/attention/long", test_long);
  g_test_add_func ("/attention/longest", test_longest);
  g_test_add_func ("/attention/sharp", test_sharp);
  g_test_add_func ("/attention/queries", test_queries);
  g_test_add_func ("/attention/nan", test_nan);
  g_test_add_func ("/attention/rope-table", test_rope_table);
  return g_test_run ();
}
