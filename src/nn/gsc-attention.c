/* gsc-attention.c - causal attention with rotary positions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One sequence and one head at a time, from copies in scratch that fit the first cache levels:
 * heads padded to whole vectors, keys also transposed. Only the causal half of each product is
 * computed.
 */

#include "gsc-attention-softmax.h"
#include "gsc-ops-private.h"
#include "gsc-small-matrix.h"

#include <math.h>

/* Pieces of scratch; every row is padded to whole vectors and pads are zero.
 * gsc_attention_scratch_floats() counts them. */
typedef struct
{
  int head;       /* padded head size */
  int time;       /* padded time */
  float *cosines; /* [T][head], each angle twice */
  float *sines;   /* [T][head], minus and plus */
  float *q;       /* [Q][head] rotated */
  float *k;       /* [T][head] rotated */
  float *kt;      /* [head][time] transposed k */
  float *v;       /* [T][head] */
  float *vt;      /* [head][time] */
  float *out;     /* [Q][head]: outputs, or their gradients */
  float *ds;      /* [Q][time] gradient of the scores */
  float *dq;      /* [Q][head] */
  float *dk;      /* [T][head] */
  float *dv;      /* [T][head] */
} Scratch;

static Scratch
scratch_divide (float *at, const GscAttentionShape *shape)
{
  Scratch s;
  size_t rows = GSC_PADDED (shape->queries);

  s.head = GSC_PADDED (shape->head_size);
  s.time = GSC_PADDED (shape->time);
#define TAKE(field, size) s.field = at, at += (size)
  TAKE (cosines, (size_t) s.time * s.head);
  TAKE (sines, (size_t) s.time * s.head);
  TAKE (k, (size_t) s.time * s.head);
  TAKE (v, (size_t) s.time * s.head);
  TAKE (dk, (size_t) s.time * s.head);
  TAKE (dv, (size_t) s.time * s.head);
  TAKE (kt, (size_t) s.time * s.head);
  TAKE (vt, (size_t) s.time * s.head);
  TAKE (q, rows * s.head);
  TAKE (out, rows * s.head);
  TAKE (dq, rows * s.head);
  TAKE (ds, rows * s.time);
#undef TAKE
  return s;
}

/* One copy of the tiles for all of attention's products. */
static __attribute__ ((noinline)) void
band (int rows,
      float *c,
      size_t c_stride,
      GscLeftFactor a,
      const float *b,
      size_t b_stride,
      int n,
      int k_begin,
      int k_end)
{
  gsc_small_band (rows, 0, c, c_stride, a, b, b_stride, n, k_begin, k_end);
}

static inline int
query_position (const GscAttentionShape *shape, int r)
{
  return shape->query_first + r * shape->query_stride;
}

/* The first query that sees the key at position @t. */
static inline int
first_query_of (const GscAttentionShape *shape, int t)
{
  int r = t <= shape->query_first
              ? 0
              : (t - shape->query_first + shape->query_stride - 1) / shape->query_stride;

  return r < shape->queries ? r : shape->queries;
}

static void
expand_rope (Scratch *s,
             const float *rope_cos,
             const float *rope_sin,
             const GscAttentionShape *shape)
{
  int pairs = shape->head_size / 2;

  for (int t = 0; t < shape->time; t++)
    {
      float *c = s->cosines + (size_t) t * s->head;
      float *n = s->sines + (size_t) t * s->head;

      memset (c, 0, (size_t) s->head * sizeof (float));
      memset (n, 0, (size_t) s->head * sizeof (float));
      for (int i = 0; i < pairs; i++)
        {
          c[2 * i] = c[2 * i + 1] = rope_cos[t * pairs + i];
          n[2 * i] = -rope_sin[t * pairs + i];
          n[2 * i + 1] = rope_sin[t * pairs + i];
        }
    }
}

/* out [head] = row rotated to a position (sign 1) or back (sign -1) */
static inline __attribute__ ((always_inline)) void
rotate_row (
    float *out, const float *row, const float *cosines, const float *sines, float sign, int head)
{
  for (int i = 0; i < head; i += GSC_VLEN)
    {
      GscVec x = gsc_vec_load (row + i);

      gsc_vec_store (out + i, x * gsc_vec_load (cosines + i)
                                  + sign * (GSC_SWAP_PAIRS (x) * gsc_vec_load (sines + i)));
    }
}

/* out [padded] = row [size], zeros behind */
static inline void
copy_row (float *out, const float *row, int size, int padded)
{
  if (size == padded)
    {
      for (int i = 0; i < size; i += GSC_VLEN)
        gsc_vec_store (out + i, gsc_vec_load (row + i));
      return;
    }
  memcpy (out, row, (size_t) size * sizeof (float));
  memset (out + size, 0, (size_t) (padded - size) * sizeof (float));
}

/* out [head][time] = rows [time][head] transposed, zeros behind T */
GSC_ALWAYS_INLINE void
transpose (const int head, float *out, float *rows, int time, int padded_time)
{
  for (int i = time * head; i < padded_time * head; i += GSC_VLEN)
    gsc_vec_store (rows + i, (GscVec){ 0 });
  for (int t = 0; t < padded_time; t += GSC_VLEN)
    for (int c = 0; c < head; c += GSC_VLEN)
      gsc_vec_transpose (out + (size_t) c * padded_time + t, (size_t) padded_time,
                         rows + (size_t) t * head + c, (size_t) head);
}

/* One head of one sequence: queries, keys and values, or their gradients. Rows of q are q_stride
 * apart, those of k and v kv_stride; with @tokens row t is that of the token at position t. */
typedef struct
{
  float *q;
  float *k;
  float *v;
} Gradient;

typedef struct
{
  const float *q;
  const float *k;
  const float *v;
  size_t q_stride;
  size_t kv_stride;
  const int32_t *tokens; /* [T] or NULL */
  Gradient gradient;     /* in the same rows; backward only */
} Head;

static Head
find_head (const GscAttentionInput *input,
           const GscAttentionGradient *gradient,
           const GscAttentionShape *shape,
           int sequence,
           int head)
{
  size_t q = (size_t) head * shape->head_size;
  size_t kv = q;
  Head found = { .q_stride = input->q_stride, .kv_stride = input->kv_stride };

  if (input->tokens != NULL)
    found.tokens = input->tokens + (size_t) sequence * shape->time;
  else
    {
      q += (size_t) sequence * shape->queries * input->q_stride;
      kv += (size_t) sequence * shape->time * input->kv_stride;
    }
  found.q = input->q + q;
  found.k = input->k + kv;
  found.v = input->v + kv;
  if (gradient != NULL)
    found.gradient = (Gradient){ gradient->q + q, gradient->k + kv, gradient->v + kv };
  return found;
}

/* out [n][head] = rows of @from, zeros behind @size, turned to their positions when @s is not NULL.
 * Row i stands at position first + i * step. */
GSC_ALWAYS_INLINE void
load_rows (const int head,
           const int size,
           float *out,
           const float *from,
           size_t stride,
           const int32_t *tokens,
           int n,
           int first,
           int step,
           const Scratch *s)
{
  for (int i = 0; i < n; i++)
    {
      int position = first + i * step;
      const float *row = from + (size_t) (tokens != NULL ? tokens[position] : i) * stride;
      float *target = out + (size_t) i * head;

      if (size != head || s == NULL)
        {
          copy_row (target, row, size, head);
          row = target;
        }
      if (s != NULL)
        rotate_row (target, row, s->cosines + (size_t) position * head,
                    s->sines + (size_t) position * head, 1.0f, head);
    }
}

/* The other way: rows of @to = rows [n][head], or += with @tokens, turned back from their positions
 * when @s is not NULL. */
GSC_ALWAYS_INLINE void
store_rows (const int head,
            const int size,
            float *to,
            size_t stride,
            const int32_t *tokens,
            float *rows,
            int n,
            int first,
            int step,
            const Scratch *s)
{
  for (int i = 0; i < n; i++)
    {
      int position = first + i * step;
      float *target = to + (size_t) (tokens != NULL ? tokens[position] : i) * stride;
      float *row = rows + (size_t) i * head;

      if (s != NULL)
        rotate_row (row, row, s->cosines + (size_t) position * head,
                    s->sines + (size_t) position * head, -1.0f, head);
      if (size == head)
        for (int j = 0; j < head; j += GSC_VLEN)
          {
            GscVec x = gsc_vec_load (row + j);

            gsc_vec_store (target + j, tokens != NULL ? gsc_vec_load (target + j) + x : x);
          }
      else
        for (int j = 0; j < size; j++)
          target[j] = tokens != NULL ? target[j] + row[j] : row[j];
    }
}

static inline void
zero_behind (int rows, int from, float *p, int stride)
{
  for (int r = 0; r < rows; r++)
    for (int i = from; i < stride; i += GSC_VLEN)
      gsc_vec_store (p + (size_t) r * stride + i, (GscVec){ 0 });
}

/* A band of queries at a time: its scores are still in the first cache level when the softmax and
 * the mixing of values need them. @head and @size are constants, equal where no padding is needed.
 */
GSC_ALWAYS_INLINE void
forward_head (const int head,
              const int size,
              float *out,
              size_t width,
              float *p,
              const Head *in,
              const GscAttentionShape *shape,
              const Scratch *s,
              float rate)
{
  const int time = s->time;
  const float *v = s->v;
  size_t v_stride = (size_t) head;

  load_rows (head, size, s->k, in->k, in->kv_stride, in->tokens, shape->time, 0, 1, s);
  load_rows (head, size, s->q, in->q, in->q_stride, in->tokens, shape->queries, shape->query_first,
             shape->query_stride, s);
  if (in->tokens == NULL && size == head)
    {
      v = in->v;
      v_stride = in->kv_stride;
    }
  else
    load_rows (head, size, s->v, in->v, in->kv_stride, in->tokens, shape->time, 0, 1, NULL);
  transpose (head, s->kt, s->k, shape->time, time);

  for (int r = 0; r < shape->queries; r += GSC_TILE_ROWS)
    {
      int rows = shape->queries - r < GSC_TILE_ROWS ? shape->queries - r : GSC_TILE_ROWS;
      int seen = query_position (shape, r + rows - 1) + 1;
      int vecs = (seen + GSC_VLEN - 1) / GSC_VLEN;
      float *weights = p + (size_t) r * time;
      GscLeftFactor queries = { s->q + (size_t) r * head, (size_t) head, 1 };
      GscLeftFactor mixing = { weights, (size_t) time, 1 };

      band (rows, weights, (size_t) time, queries, s->kt, (size_t) time, vecs * GSC_VLEN, 0, size);
      gsc_softmax_band (rows, vecs, weights, time, query_position (shape, r) + 1,
                        shape->query_stride, rate);
      zero_behind (rows, vecs * GSC_VLEN, weights, time);
      if (size == head)
        band (rows, out + r * width, width, mixing, v, v_stride, head, 0, seen);
      else
        band (rows, s->out + (size_t) r * head, (size_t) head, mixing, v, v_stride, head, 0, seen);
    }
  if (size != head)
    store_rows (head, size, out, width, NULL, s->out, shape->queries, 0, 1, NULL);
}

/* out [T][head] = weights^T [T][Q] rows [Q][head], over the queries that see each band of keys */
static inline void
collect (float *out,
         size_t out_stride,
         const float *weights,
         int time,
         const float *rows_of_queries,
         size_t stride,
         int head,
         const GscAttentionShape *shape)
{
  for (int t = 0; t < shape->time; t += GSC_TILE_ROWS)
    {
      int rows = shape->time - t < GSC_TILE_ROWS ? shape->time - t : GSC_TILE_ROWS;
      GscLeftFactor a = { weights + t, 1, (size_t) time };

      band (rows, out + (size_t) t * out_stride, out_stride, a, rows_of_queries, stride, head,
            first_query_of (shape, t), shape->queries);
    }
}

GSC_ALWAYS_INLINE void
backward_head (const int head,
               const int size,
               const float *dout,
               size_t width,
               const float *p,
               const Head *in,
               const GscAttentionShape *shape,
               const Scratch *s,
               float scale)
{
  const int time = s->time;
  const Gradient *to = &in->gradient;
  const float *d = dout;
  size_t d_stride = width;

  load_rows (head, size, s->k, in->k, in->kv_stride, in->tokens, shape->time, 0, 1, s);
  load_rows (head, size, s->q, in->q, in->q_stride, in->tokens, shape->queries, shape->query_first,
             shape->query_stride, s);
  load_rows (head, size, s->v, in->v, in->kv_stride, in->tokens, shape->time, 0, 1, NULL);
  transpose (head, s->vt, s->v, shape->time, time);
  if (size != head)
    {
      load_rows (head, size, s->out, dout, width, NULL, shape->queries, 0, 1, NULL);
      d = s->out;
      d_stride = (size_t) head;
    }

  for (int r = 0; r < shape->queries; r += GSC_TILE_ROWS)
    {
      int rows = shape->queries - r < GSC_TILE_ROWS ? shape->queries - r : GSC_TILE_ROWS;
      int seen = query_position (shape, r + rows - 1) + 1;
      int vecs = (seen + GSC_VLEN - 1) / GSC_VLEN;
      float *ds = s->ds + (size_t) r * time;
      GscLeftFactor outputs = { d + r * d_stride, d_stride, 1 };
      GscLeftFactor mixing = { ds, (size_t) time, 1 };

      band (rows, ds, (size_t) time, outputs, s->vt, (size_t) time, vecs * GSC_VLEN, 0, size);
      gsc_softmax_band_backward (rows, vecs, ds, p + (size_t) r * time, time, scale);
      zero_behind (rows, vecs * GSC_VLEN, ds, time);
      band (rows, s->dq + (size_t) r * head, (size_t) head, mixing, s->k, (size_t) head, head, 0,
            seen);
    }
  store_rows (head, size, to->q, in->q_stride, in->tokens, s->dq, shape->queries,
              shape->query_first, shape->query_stride, s);
  collect (s->dk, (size_t) head, s->ds, time, s->q, (size_t) head, head, shape);
  store_rows (head, size, to->k, in->kv_stride, in->tokens, s->dk, shape->time, 0, 1, s);
  if (in->tokens == NULL && size == head)
    {
      collect (to->v, in->kv_stride, p, time, d, d_stride, head, shape);
      return;
    }
  collect (s->dv, (size_t) head, p, time, d, d_stride, head, shape);
  store_rows (head, size, to->v, in->kv_stride, in->tokens, s->dv, shape->time, 0, 1, NULL);
}

/* Calls a function with the head size as a constant where it is a usual one. */
#define WITH_HEAD(shape, padded, function, ...)                                                    \
  switch ((shape)->head_size)                                                                      \
    {                                                                                              \
    case 16:                                                                                       \
      function (16, 16, __VA_ARGS__);                                                              \
      break;                                                                                       \
    case 32:                                                                                       \
      function (32, 32, __VA_ARGS__);                                                              \
      break;                                                                                       \
    default:                                                                                       \
      function (padded, (shape)->head_size, __VA_ARGS__);                                          \
      break;                                                                                       \
    }

void
GSC_OP (attention_forward) (float *out,
                            float *probabilities,
                            const GscAttentionInput *input,
                            const float *rope_cos,
                            const float *rope_sin,
                            const GscAttentionShape *shape,
                            float *scratch)
{
  Scratch s = scratch_divide (scratch, shape);
  size_t width = (size_t) shape->heads * shape->head_size;
  float rate = (float) M_LOG2E / sqrtf ((float) shape->head_size);

  expand_rope (&s, rope_cos, rope_sin, shape);
  for (int sequence = 0; sequence < shape->sequences; sequence++)
    for (int head = 0; head < shape->heads; head++)
      {
        size_t number = (size_t) sequence * shape->heads + head;
        float *p = probabilities + number * shape->queries * s.time;
        float *to
            = out + (size_t) sequence * shape->queries * width + (size_t) head * shape->head_size;
        Head in = find_head (input, NULL, shape, sequence, head);

        WITH_HEAD (shape, s.head, forward_head, to, width, p, &in, shape, &s, rate)
      }
}

void
GSC_OP (attention_backward) (const GscAttentionGradient *gradient,
                             const float *dout,
                             const float *probabilities,
                             const GscAttentionInput *input,
                             const float *rope_cos,
                             const float *rope_sin,
                             const GscAttentionShape *shape,
                             float *scratch)
{
  Scratch s = scratch_divide (scratch, shape);
  size_t width = (size_t) shape->heads * shape->head_size;
  float scale = 1.0f / sqrtf ((float) shape->head_size);

  expand_rope (&s, rope_cos, rope_sin, shape);
  for (int sequence = 0; sequence < shape->sequences; sequence++)
    for (int head = 0; head < shape->heads; head++)
      {
        size_t number = (size_t) sequence * shape->heads + head;
        const float *p = probabilities + number * shape->queries * s.time;
        const float *from
            = dout + (size_t) sequence * shape->queries * width + (size_t) head * shape->head_size;
        Head in = find_head (input, gradient, shape, sequence, head);

        WITH_HEAD (shape, s.head, backward_head, from, width, p, &in, shape, &s, scale)
      }
}
