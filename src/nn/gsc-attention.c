/* gsc-attention.c - causal attention with rotary positions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One sequence and one head at a time, from copies in scratch that fit the first cache levels:
 * heads padded to whole vectors, keys also transposed. Only the causal half of each product is
 * computed.
 */

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
                                  + sign * (GSC_FOLD_1 (x) * gsc_vec_load (sines + i)));
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

static inline void
copy_rotated (
    float *out, const float *row, const float *cosines, const float *sines, int size, int padded)
{
  if (size == padded)
    {
      rotate_row (out, row, cosines, sines, 1.0f, padded);
      return;
    }
  copy_row (out, row, size, padded);
  rotate_row (out, out, cosines, sines, 1.0f, padded);
}

/* out [head][time] = rows [time][head] transposed; rows behind T are zeroed first */
static void
transpose (float *out, float *rows, int time, int padded_time, int head)
{
  memset (rows + (size_t) time * head, 0, (size_t) (padded_time - time) * head * sizeof (float));
  for (int t = 0; t < padded_time; t += GSC_VLEN)
    for (int c = 0; c < head; c += GSC_VLEN)
      gsc_vec_transpose (out + (size_t) c * padded_time + t, (size_t) padded_time,
                         rows + (size_t) t * head + c, (size_t) head);
}

static inline size_t
key_row (const GscAttentionInput *input, const GscAttentionShape *shape, int sequence, int t)
{
  size_t at = (size_t) sequence * shape->time + t;

  return input->tokens != NULL ? (size_t) input->tokens[at] : at;
}

static inline size_t
query_row (const GscAttentionInput *input, const GscAttentionShape *shape, int sequence, int r)
{
  if (input->tokens != NULL)
    return (size_t) input->tokens[(size_t) sequence * shape->time + query_position (shape, r)];
  return (size_t) sequence * shape->queries + r;
}

static void
load_head (Scratch *s,
           const GscAttentionInput *input,
           const GscAttentionShape *shape,
           int sequence,
           int head)
{
  int size = shape->head_size;
  size_t column = (size_t) head * size;

  for (int t = 0; t < shape->time; t++)
    {
      size_t row = key_row (input, shape, sequence, t) * input->kv_stride + column;

      copy_rotated (s->k + (size_t) t * s->head, input->k + row, s->cosines + (size_t) t * s->head,
                    s->sines + (size_t) t * s->head, size, s->head);
      copy_row (s->v + (size_t) t * s->head, input->v + row, size, s->head);
    }
  for (int r = 0; r < shape->queries; r++)
    {
      size_t row = query_row (input, shape, sequence, r) * input->q_stride + column;
      size_t angle = (size_t) query_position (shape, r) * s->head;

      copy_rotated (s->q + (size_t) r * s->head, input->q + row, s->cosines + angle,
                    s->sines + angle, size, s->head);
    }
}

/* scores [Q][time] = left [Q][head] right [head][time], up to the last key each band of queries
 * sees */
static void
causal_scores (float *scores,
               const float *left,
               const float *right,
               const Scratch *s,
               const GscAttentionShape *shape)
{
  for (int r = 0; r < shape->queries; r += GSC_TILE_ROWS)
    {
      int rows = shape->queries - r < GSC_TILE_ROWS ? shape->queries - r : GSC_TILE_ROWS;
      int seen = query_position (shape, r + rows - 1) + 1;
      GscLeftFactor a = { left + (size_t) r * s->head, (size_t) s->head, 1 };

      band (rows, scores + (size_t) r * s->time, (size_t) s->time, a, right, (size_t) s->time,
            (seen + GSC_VLEN - 1) / GSC_VLEN * GSC_VLEN, 0, shape->head_size);
    }
}

/* out [Q][head] = weights [Q][time] rows [T][head], over the keys each band of queries sees */
static void
causal_mix (float *out,
            size_t out_stride,
            const float *weights,
            const float *rows_of_keys,
            const Scratch *s,
            const GscAttentionShape *shape)
{
  for (int r = 0; r < shape->queries; r += GSC_TILE_ROWS)
    {
      int rows = shape->queries - r < GSC_TILE_ROWS ? shape->queries - r : GSC_TILE_ROWS;
      GscLeftFactor a = { weights + (size_t) r * s->time, (size_t) s->time, 1 };

      band (rows, out + (size_t) r * out_stride, out_stride, a, rows_of_keys, (size_t) s->head,
            s->head, 0, query_position (shape, r + rows - 1) + 1);
    }
}

/* out [T][head] = weights^T [T][Q] rows [Q][head], over the queries that see each band of keys */
static void
causal_collect (float *out,
                const float *weights,
                const float *rows_of_queries,
                const Scratch *s,
                const GscAttentionShape *shape)
{
  for (int t = 0; t < shape->time; t += GSC_TILE_ROWS)
    {
      int rows = shape->time - t < GSC_TILE_ROWS ? shape->time - t : GSC_TILE_ROWS;
      GscLeftFactor a = { weights + t, 1, (size_t) s->time };

      band (rows, out + (size_t) t * s->head, (size_t) s->head, a, rows_of_queries,
            (size_t) s->head, s->head, first_query_of (shape, t), shape->queries);
    }
}

static inline GscVecInt
lane_numbers (void)
{
  GscVecInt lane;

  for (int i = 0; i < GSC_VLEN; i++)
    lane[i] = i;
  return lane;
}

/* row [vecs * GSC_VLEN] = softmax of its first n places, zero behind, where rate = scale * log2
 * (e). With @vecs constant the row stays in registers. */
GSC_ALWAYS_INLINE void
softmax_row (const int vecs, float *row, int n, float rate)
{
  const GscVecInt tail = lane_numbers () < n - (vecs - 1) * GSC_VLEN;
  const GscVec lowest = gsc_vec_set1 (-INFINITY);
  GscVec e[GSC_MAX_TIME / GSC_VLEN]; /* the first vecs of them: registers */
  GscVec top, sums = { 0 };
  float max, inverse;

#pragma GCC unroll 8
  for (int i = 0; i < vecs; i++)
    e[i] = gsc_vec_load (row + (size_t) i * GSC_VLEN);
  e[vecs - 1] = (GscVec) ((tail & (GscVecInt) e[vecs - 1]) | (~tail & (GscVecInt) lowest));
  top = e[0];
#pragma GCC unroll 8
  for (int i = 1; i < vecs; i++)
    top = gsc_vec_max (top, e[i]);
  max = gsc_vec_max_of (top);
#pragma GCC unroll 8
  for (int i = 0; i < vecs; i++)
    e[i] = gsc_vec_exp2_negative ((e[i] - max) * rate);
  e[vecs - 1] = gsc_vec_and (tail, e[vecs - 1]);
#pragma GCC unroll 8
  for (int i = 0; i < vecs; i++)
    sums += e[i];
  inverse = 1.0f / gsc_vec_sum (sums);
#pragma GCC unroll 8
  for (int i = 0; i < vecs; i++)
    gsc_vec_store (row + (size_t) i * GSC_VLEN, e[i] * inverse);
}

/* ds = scale * p * (dp - sum (dp * p)) over the first n places, zero behind; @ds [vecs * GSC_VLEN]
 * holds dp where n reaches, anything behind */
GSC_ALWAYS_INLINE void
softmax_row_backward (const int vecs, float *ds, const float *p, int n, float scale)
{
  const GscVecInt tail = lane_numbers () < n - (vecs - 1) * GSC_VLEN;
  GscVec product[GSC_MAX_TIME / GSC_VLEN];
  GscVec sums = { 0 };
  float dot;

#pragma GCC unroll 8
  for (int i = 0; i < vecs; i++)
    product[i]
        = gsc_vec_load (ds + (size_t) i * GSC_VLEN) * gsc_vec_load (p + (size_t) i * GSC_VLEN);
  product[vecs - 1] = gsc_vec_and (tail, product[vecs - 1]);
#pragma GCC unroll 8
  for (int i = 0; i < vecs; i++)
    sums += product[i];
  dot = gsc_vec_sum (sums);
#pragma GCC unroll 8
  for (int i = 0; i < vecs; i++)
    gsc_vec_store (ds + (size_t) i * GSC_VLEN,
                   (product[i] - dot * gsc_vec_load (p + (size_t) i * GSC_VLEN)) * scale);
}

/* Rows [first, end) all reach into the same last vector, so that no branch depends on the row. */
GSC_ALWAYS_INLINE void
softmax_rows (const int vecs,
              float *p,
              const GscAttentionShape *shape,
              int first,
              int end,
              int stride,
              float rate)
{
  for (int r = first; r < end; r++)
    {
      softmax_row (vecs, p + (size_t) r * stride, query_position (shape, r) + 1, rate);
      for (int i = vecs * GSC_VLEN; i < stride; i += GSC_VLEN)
        gsc_vec_store (p + (size_t) r * stride + i, (GscVec){ 0 });
    }
}

GSC_ALWAYS_INLINE void
softmax_rows_backward (const int vecs,
                       float *ds,
                       const float *p,
                       const GscAttentionShape *shape,
                       int first,
                       int end,
                       int stride,
                       float scale)
{
  for (int r = first; r < end; r++)
    {
      softmax_row_backward (vecs, ds + (size_t) r * stride, p + (size_t) r * stride,
                            query_position (shape, r) + 1, scale);
      for (int i = vecs * GSC_VLEN; i < stride; i += GSC_VLEN)
        gsc_vec_store (ds + (size_t) r * stride + i, (GscVec){ 0 });
    }
}

/* Calls a row function with its number of vectors as a constant where that is small. */
#define WITH_VECS(vecs, function, ...)                                                             \
  switch (vecs)                                                                                    \
    {                                                                                              \
    case 1:                                                                                        \
      function (1, __VA_ARGS__);                                                                   \
      break;                                                                                       \
    case 2:                                                                                        \
      function (2, __VA_ARGS__);                                                                   \
      break;                                                                                       \
    case 3:                                                                                        \
      function (3, __VA_ARGS__);                                                                   \
      break;                                                                                       \
    case 4:                                                                                        \
      function (4, __VA_ARGS__);                                                                   \
      break;                                                                                       \
    default:                                                                                       \
      function (vecs, __VA_ARGS__);                                                                \
      break;                                                                                       \
    }

/* Softmax of all rows of scores, in groups that fill the same number of vectors. */
static void
softmax_all (float *p, const GscAttentionShape *shape, int stride, float rate)
{
  int first = 0;

  for (int vecs = 1; first < shape->queries; vecs++)
    {
      int end = first_query_of (shape, vecs * GSC_VLEN);

      WITH_VECS (vecs, softmax_rows, p, shape, first, end, stride, rate)
      first = end;
    }
}

static void
softmax_all_backward (
    float *ds, const float *p, const GscAttentionShape *shape, int stride, float scale)
{
  int first = 0;

  for (int vecs = 1; first < shape->queries; vecs++)
    {
      int end = first_query_of (shape, vecs * GSC_VLEN);

      WITH_VECS (vecs, softmax_rows_backward, ds, p, shape, first, end, stride, scale)
      first = end;
    }
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
  int size = shape->head_size;
  size_t width = (size_t) shape->heads * size;
  float rate = (float) M_LOG2E / sqrtf ((float) size);

  expand_rope (&s, rope_cos, rope_sin, shape);
  for (int sequence = 0; sequence < shape->sequences; sequence++)
    for (int head = 0; head < shape->heads; head++)
      {
        float *p
            = probabilities + ((size_t) sequence * shape->heads + head) * shape->queries * s.time;
        float *target = out + (size_t) sequence * shape->queries * width + (size_t) head * size;

        load_head (&s, input, shape, sequence, head);
        transpose (s.kt, s.k, shape->time, s.time, s.head);
        causal_scores (p, s.q, s.kt, &s, shape);
        softmax_all (p, shape, s.time, rate);
        if (size == s.head)
          {
            causal_mix (target, width, p, s.v, &s, shape);
            continue;
          }
        causal_mix (s.out, (size_t) s.head, p, s.v, &s, shape);
        for (int r = 0; r < shape->queries; r++)
          memcpy (target + r * width, s.out + (size_t) r * s.head, (size_t) size * sizeof (float));
      }
}

/* target [size] = row, or += with @add; @sines, when not NULL, turn the row back from its position
 * first */
static inline void
emit_row (float *target,
          float *row,
          const float *cosines,
          const float *sines,
          int size,
          int padded,
          int add)
{
  if (size != padded)
    {
      if (sines != NULL)
        rotate_row (row, row, cosines, sines, -1.0f, padded);
      for (int i = 0; i < size; i++)
        target[i] = add ? target[i] + row[i] : row[i];
      return;
    }
  for (int i = 0; i < size; i += GSC_VLEN)
    {
      GscVec x = gsc_vec_load (row + i);

      if (sines != NULL)
        x = x * gsc_vec_load (cosines + i) - GSC_FOLD_1 (x) * gsc_vec_load (sines + i);
      gsc_vec_store (target + i, add ? gsc_vec_load (target + i) + x : x);
    }
}

static inline __attribute__ ((always_inline)) void
store_head (const GscAttentionGradient *gradient,
            Scratch *s,
            const GscAttentionInput *input,
            const GscAttentionShape *shape,
            int sequence,
            int head,
            const int add)
{
  int size = shape->head_size;
  size_t column = (size_t) head * size;

  for (int t = 0; t < shape->time; t++)
    {
      size_t row = key_row (input, shape, sequence, t) * input->kv_stride + column;
      size_t at = (size_t) t * s->head;

      emit_row (gradient->k + row, s->dk + at, s->cosines + at, s->sines + at, size, s->head, add);
      emit_row (gradient->v + row, s->dv + at, NULL, NULL, size, s->head, add);
    }
  for (int r = 0; r < shape->queries; r++)
    {
      size_t row = query_row (input, shape, sequence, r) * input->q_stride + column;
      size_t angle = (size_t) query_position (shape, r) * s->head;

      emit_row (gradient->q + row, s->dq + (size_t) r * s->head, s->cosines + angle,
                s->sines + angle, size, s->head, add);
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
  int size = shape->head_size;
  size_t width = (size_t) shape->heads * size;
  float scale = 1.0f / sqrtf ((float) size);

  expand_rope (&s, rope_cos, rope_sin, shape);
  for (int sequence = 0; sequence < shape->sequences; sequence++)
    for (int head = 0; head < shape->heads; head++)
      {
        const float *p
            = probabilities + ((size_t) sequence * shape->heads + head) * shape->queries * s.time;
        const float *source
            = dout + (size_t) sequence * shape->queries * width + (size_t) head * size;

        load_head (&s, input, shape, sequence, head);
        transpose (s.vt, s.v, shape->time, s.time, s.head);
        for (int r = 0; r < shape->queries; r++)
          copy_row (s.out + (size_t) r * s.head, source + r * width, size, s.head);

        causal_scores (s.ds, s.out, s.vt, &s, shape);
        softmax_all_backward (s.ds, p, shape, s.time, scale);
        causal_mix (s.dq, (size_t) s.head, s.ds, s.k, &s, shape);
        causal_collect (s.dk, s.ds, s.q, &s, shape);
        causal_collect (s.dv, p, s.out, &s, shape);
        if (input->tokens != NULL)
          store_head (gradient, &s, input, shape, sequence, head, 1);
        else
          store_head (gradient, &s, input, shape, sequence, head, 0);
      }
}
