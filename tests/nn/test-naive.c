/* test-naive.c - the gradients of the twins against finite differences of their forward functions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib.h>
#include <math.h>

#include "guarded.h"
#include "naive.h"

#define STEP 1e-5

/* A number computed from parameters that a test changes. */
typedef double (*Loss) (gconstpointer data);

/* gradient[i] is how much loss grows with parameters[i]: the central difference is right to STEP^2.
 */
static void
check_gradient (Loss loss, gconstpointer data, double *parameters, const double *gradient, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      double value = parameters[i];
      double up, down;

      parameters[i] = value + STEP;
      up = loss (data);
      parameters[i] = value - STEP;
      down = loss (data);
      parameters[i] = value;
      g_assert_cmpfloat_with_epsilon ((up - down) / (2 * STEP), gradient[i], 2e-8);
    }
}

static double *
random_doubles (GscRng *rng, size_t n)
{
  double *array = doubles (n);

  for (size_t i = 0; i < n; i++)
    array[i] = gsc_rng_normal (rng);
  return array;
}

static double
dot (const double *a, const double *b, size_t n)
{
  double sum = 0;

  for (size_t i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

enum
{
  ROWS = 3,
  WIDTH = 6
};

typedef struct
{
  double *x;
  double *weight;
  double *bias;
  double *dy;
} LayerNorm;

static double
layernorm_loss (gconstpointer data)
{
  const LayerNorm *l = data;
  double y[ROWS * WIDTH], mean[ROWS], rstd[ROWS];

  naive_layernorm_forward (y, mean, rstd, l->x, l->weight, l->bias, ROWS, WIDTH);
  return dot (y, l->dy, ROWS * WIDTH);
}

static void
test_layernorm (void)
{
  GscRng rng;
  LayerNorm l;
  double *dx = doubles (ROWS * WIDTH), *dweight = doubles (WIDTH), *dbias = doubles (WIDTH);

  gsc_rng_init (&rng, 1, GSC_RNG_SHOW, 0, 0);
  l.x = random_doubles (&rng, ROWS * WIDTH);
  l.weight = random_doubles (&rng, WIDTH);
  l.bias = random_doubles (&rng, WIDTH);
  l.dy = random_doubles (&rng, ROWS * WIDTH);
  /* A row of small numbers, where epsilon matters. */
  for (int i = 0; i < WIDTH; i++)
    l.x[i] *= 0.01;
  naive_layernorm_backward (dx, dweight, dbias, l.dy, l.x, l.weight, ROWS, WIDTH);
  check_gradient (layernorm_loss, &l, l.x + WIDTH, dx + WIDTH, (ROWS - 1) * WIDTH);
  check_gradient (layernorm_loss, &l, l.weight, dweight, WIDTH);
  check_gradient (layernorm_loss, &l, l.bias, dbias, WIDTH);
  /* There the function is a hundred times steeper, so that its third derivative shows. */
  for (int i = 0; i < WIDTH; i++)
    {
      double value = l.x[i], up, down;

      l.x[i] = value + STEP / 100;
      up = layernorm_loss (&l);
      l.x[i] = value - STEP / 100;
      down = layernorm_loss (&l);
      l.x[i] = value;
      g_assert_cmpfloat_with_epsilon ((up - down) / (2 * STEP / 100), dx[i], 2e-6);
    }
  guarded_release ();
}

static double
gelu_loss (gconstpointer data)
{
  return naive_gelu (*(const double *) data);
}

static void
test_gelu (void)
{
  for (double x = -8; x <= 8; x += 0.0625)
    {
      double at = x, slope = naive_gelu_slope (x);

      check_gradient (gelu_loss, &at, &at, &slope, 1);
    }
  g_assert_cmpfloat (naive_gelu_slope (100), ==, 1);
  g_assert_cmpfloat (naive_gelu_slope (-100), ==, 0);
}

typedef struct
{
  double *logits;
  int32_t *targets;
} CrossEntropy;

static double
cross_entropy_loss (gconstpointer data)
{
  const CrossEntropy *c = data;
  double losses[ROWS], dlogits[ROWS * WIDTH];
  int32_t best[ROWS];

  naive_cross_entropy (losses, best, dlogits, c->logits, c->targets, 1, ROWS, WIDTH);
  return 0.7 * (losses[0] + losses[1] + losses[2]);
}

static void
test_cross_entropy (void)
{
  GscRng rng;
  CrossEntropy c;
  double losses[ROWS], dlogits[ROWS * WIDTH];
  int32_t best[ROWS];

  gsc_rng_init (&rng, 2, GSC_RNG_SHOW, 0, 0);
  c.logits = random_doubles (&rng, ROWS * WIDTH);
  c.targets = guarded_random_ints (&rng, ROWS, WIDTH);
  naive_cross_entropy (losses, best, dlogits, c.logits, c.targets, 0.7, ROWS, WIDTH);
  check_gradient (cross_entropy_loss, &c, c.logits, dlogits, ROWS * WIDTH);
  guarded_release ();
}

typedef struct
{
  GscAttentionShape shape;
  NaiveAttentionInput input;
  double *dout;
  size_t n_out;
  size_t n_p;
} Attention;

static double
attention_loss (gconstpointer data)
{
  const Attention *a = data;
  g_autofree double *out = g_new (double, a->n_out);
  g_autofree double *p = g_new (double, a->n_p);

  naive_attention_forward (out, p, &a->input, &a->shape);
  return dot (out, a->dout, a->n_out);
}

static void
check_attention (GscRng *rng, GscAttentionShape shape, int vocab)
{
  size_t width = (size_t) shape.heads * shape.head_size;
  size_t q_stride = width + 1, kv_stride = width + 2;
  size_t n_k = (size_t) shape.sequences * shape.time;
  size_t q_size = q_stride * (vocab > 0 ? vocab : shape.sequences * shape.queries);
  size_t kv_size = kv_stride * (vocab > 0 ? (size_t) vocab : n_k);
  double *q = random_doubles (rng, q_size);
  double *k = random_doubles (rng, kv_size);
  double *v = random_doubles (rng, kv_size);
  NaiveAttentionGradient gradient = { doubles (q_size), doubles (kv_size), doubles (kv_size) };
  Attention a = {
    .shape = shape,
    .input = { q, k, v, q_stride, kv_stride, NULL },
    .n_out = shape.sequences * shape.queries * width,
    .n_p = (size_t) shape.sequences * shape.heads * shape.queries * GSC_PADDED (shape.time),
  };

  if (vocab > 0)
    a.input.tokens = guarded_random_ints (rng, n_k, vocab);
  a.dout = random_doubles (rng, a.n_out);
  naive_attention_backward (&gradient, a.dout, &a.input, &a.shape);
  check_gradient (attention_loss, &a, q, gradient.q, q_size);
  check_gradient (attention_loss, &a, k, gradient.k, kv_size);
  check_gradient (attention_loss, &a, v, gradient.v, kv_size);
  guarded_release ();
}

static void
test_attention (void)
{
  GscRng rng;

  gsc_rng_init (&rng, 3, GSC_RNG_SHOW, 0, 0);
  check_attention (&rng, (GscAttentionShape){ 2, 7, 2, 6, 7, 0, 1 }, 0);
  check_attention (&rng, (GscAttentionShape){ 2, 8, 2, 4, 3, 1, 3 }, 0);
  check_attention (&rng, (GscAttentionShape){ 2, 7, 2, 6, 7, 0, 1 }, 4);
  check_attention (&rng, (GscAttentionShape){ 2, 8, 1, 4, 3, 1, 3 }, 4);
}

/* Rotation makes scores depend on the distance of query and key only. */
static void
test_attention_is_relative (void)
{
  GscRng rng;
  GscAttentionShape shape = { 1, 9, 1, 6, 9, 0, 1 };
  double *q, *k, *v, *out = doubles (9 * 6), *p = doubles (9 * 16);

  gsc_rng_init (&rng, 4, GSC_RNG_SHOW, 0, 0);
  q = random_doubles (&rng, 9 * 6);
  k = random_doubles (&rng, 9 * 6);
  v = random_doubles (&rng, 9 * 6);
  for (int i = 6; i < 9 * 6; i++)
    {
      q[i] = q[i % 6];
      k[i] = k[i % 6];
    }
  naive_attention_forward (out, p, &(NaiveAttentionInput){ q, k, v, 6, 6, NULL }, &shape);
  for (int r = 1; r < 8; r++)
    for (int t = 0; t < r; t++)
      g_assert_cmpfloat_with_epsilon (p[r * 16 + t] / p[r * 16 + r],
                                      p[(r + 1) * 16 + t + 1] / p[(r + 1) * 16 + r + 1], 1e-12);
  guarded_release ();
}

typedef struct
{
  double *x;
  double *w;
  double *dy;
} Linear;

enum
{
  N_IN = 5,
  N_OUT = 4
};

static double
linear_loss (gconstpointer data)
{
  const Linear *l = data;
  double y[ROWS * N_OUT];

  naive_linear_forward (y, l->x, l->w, ROWS, N_IN, N_OUT);
  return dot (y, l->dy, ROWS * N_OUT);
}

static void
test_linear (void)
{
  GscRng rng;
  Linear l;
  double *dx = doubles (ROWS * N_IN), *dw = doubles (N_OUT * N_IN);

  gsc_rng_init (&rng, 5, GSC_RNG_SHOW, 0, 0);
  l.x = random_doubles (&rng, ROWS * N_IN);
  l.w = random_doubles (&rng, N_OUT * N_IN);
  l.dy = random_doubles (&rng, ROWS * N_OUT);
  naive_linear_backward_input (dx, l.dy, l.w, ROWS, N_IN, N_OUT);
  naive_linear_backward_weight (dw, l.dy, l.x, ROWS, N_IN, N_OUT, 1);
  check_gradient (linear_loss, &l, l.x, dx, ROWS * N_IN);
  check_gradient (linear_loss, &l, l.w, dw, N_OUT * N_IN);
  guarded_release ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/naive/layernorm", test_layernorm);
  g_test_add_func ("/naive/gelu", test_gelu);
  g_test_add_func ("/naive/cross-entropy", test_cross_entropy);
  g_test_add_func ("/naive/attention", test_attention);
  g_test_add_func ("/naive/attention-is-relative", test_attention_is_relative);
  g_test_add_func ("/naive/linear", test_linear);
  return g_test_run ();
}
