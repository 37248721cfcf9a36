/* naive-attention.c - attention again: slow, obvious, in double precision
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "naive.h"

#include <glib.h>
#include <math.h>

/* One head of one sequence: its rotated queries and keys. */
typedef struct
{
  int time;
  int queries;
  int size;
  int position[GSC_MAX_TIME]; /* of each query */
  size_t q_at[GSC_MAX_TIME];  /* where each query begins in the input, and so its gradient */
  size_t kv_at[GSC_MAX_TIME]; /* each key and value */
  double *q;                  /* [Q][size] */
  double *k;                  /* [T][size] */
  double *p;                  /* [Q][T] probabilities, 0 where masked */
} Head;

/* Turns the pairs (0, 1), (2, 3), ... of row by the angles of @position, or back. */
static void
rotate (double *row, int size, int position, int back)
{
  for (int i = 0; i < size; i += 2)
    {
      double angle = position * pow (10000, -(double) i / size) * (back ? -1 : 1);
      double a = row[i], b = row[i + 1];

      row[i] = a * cos (angle) - b * sin (angle);
      row[i + 1] = a * sin (angle) + b * cos (angle);
    }
}

static void
head_init (Head *h,
           const NaiveAttentionInput *input,
           const GscAttentionShape *shape,
           int sequence,
           int head)
{
  h->time = shape->time;
  h->queries = shape->queries;
  h->size = shape->head_size;
  h->q = g_new (double, h->queries * h->size);
  h->k = g_new (double, h->time * h->size);
  h->p = g_new0 (double, h->queries * h->time);

  for (int t = 0; t < h->time; t++)
    {
      int place = sequence * h->time + t;
      int row = input->tokens != NULL ? input->tokens[place] : place;

      h->kv_at[t] = row * input->kv_stride + head * h->size;
      for (int i = 0; i < h->size; i++)
        h->k[t * h->size + i] = input->k[h->kv_at[t] + i];
      rotate (h->k + t * h->size, h->size, t, 0);
    }
  for (int r = 0; r < h->queries; r++)
    {
      int t = shape->query_first + r * shape->query_stride;
      int row = input->tokens != NULL ? input->tokens[sequence * h->time + t]
                                      : sequence * h->queries + r;
      double sum = 0;

      h->position[r] = t;
      h->q_at[r] = row * input->q_stride + head * h->size;
      for (int i = 0; i < h->size; i++)
        h->q[r * h->size + i] = input->q[h->q_at[r] + i];
      rotate (h->q + r * h->size, h->size, t, 0);

      for (int s = 0; s <= t; s++)
        {
          double score = 0;

          for (int i = 0; i < h->size; i++)
            score += h->q[r * h->size + i] * h->k[s * h->size + i];
          h->p[r * h->time + s] = exp (score / sqrt (h->size));
          sum += h->p[r * h->time + s];
        }
      for (int s = 0; s <= t; s++)
        h->p[r * h->time + s] /= sum;
    }
}

static void
head_clear (Head *h)
{
  g_free (h->q);
  g_free (h->k);
  g_free (h->p);
}

void
naive_attention_forward (double *out,
                         double *probabilities,
                         const NaiveAttentionInput *input,
                         const GscAttentionShape *shape)
{
  int padded = GSC_PADDED (shape->time);
  Head h;

  for (int sequence = 0; sequence < shape->sequences; sequence++)
    for (int head = 0; head < shape->heads; head++)
      {
        head_init (&h, input, shape, sequence, head);
        for (int r = 0; r < h.queries; r++)
          {
            double *row = out + ((sequence * h.queries + r) * shape->heads + head) * h.size;
            double *p = probabilities + ((sequence * shape->heads + head) * h.queries + r) * padded;

            for (int t = 0; t < padded; t++)
              p[t] = t < h.time ? h.p[r * h.time + t] : 0;
            for (int i = 0; i < h.size; i++)
              {
                row[i] = 0;
                for (int t = 0; t <= h.position[r]; t++)
                  row[i] += p[t] * input->v[h.kv_at[t] + i];
              }
          }
        head_clear (&h);
      }
}

static void
add_row (double *target, const double *row, int size)
{
  for (int i = 0; i < size; i++)
    target[i] += row[i];
}

static void
clear_row (double *target, int size)
{
  for (int i = 0; i < size; i++)
    target[i] = 0;
}

static void
head_backward (const Head *h,
               const NaiveAttentionGradient *gradient,
               const double *dout,
               size_t dout_stride,
               const double *v)
{
  g_autofree double *dq = g_new0 (double, h->queries * h->size);
  g_autofree double *dk = g_new0 (double, h->time * h->size);

  for (int r = 0; r < h->queries; r++, dout += dout_stride)
    {
      double dp[GSC_MAX_TIME] = { 0 };
      double mean = 0; /* of dp under p */

      for (int t = 0; t <= h->position[r]; t++)
        {
          double p = h->p[r * h->time + t];

          for (int i = 0; i < h->size; i++)
            {
              dp[t] += dout[i] * v[h->kv_at[t] + i];
              gradient->v[h->kv_at[t] + i] += p * dout[i];
            }
          mean += p * dp[t];
        }
      for (int t = 0; t <= h->position[r]; t++)
        {
          double ds = h->p[r * h->time + t] * (dp[t] - mean) / sqrt (h->size);

          for (int i = 0; i < h->size; i++)
            {
              dq[r * h->size + i] += ds * h->k[t * h->size + i];
              dk[t * h->size + i] += ds * h->q[r * h->size + i];
            }
        }
    }
  for (int r = 0; r < h->queries; r++)
    {
      rotate (dq + r * h->size, h->size, h->position[r], 1);
      add_row (gradient->q + h->q_at[r], dq + r * h->size, h->size);
    }
  for (int t = 0; t < h->time; t++)
    {
      rotate (dk + t * h->size, h->size, t, 1);
      add_row (gradient->k + h->kv_at[t], dk + t * h->size, h->size);
    }
}

void
naive_attention_backward (const NaiveAttentionGradient *gradient,
                          const double *dout,
                          const NaiveAttentionInput *input,
                          const GscAttentionShape *shape)
{
  size_t width = (size_t) shape->heads * shape->head_size;
  Head h;

  for (int sequence = 0; sequence < shape->sequences; sequence++)
    for (int head = 0; head < shape->heads; head++)
      {
        head_init (&h, input, shape, sequence, head);
        for (int t = 0; input->tokens == NULL && t < h.time; t++)
          {
            clear_row (gradient->k + h.kv_at[t], h.size);
            clear_row (gradient->v + h.kv_at[t], h.size);
          }
        for (int r = 0; input->tokens == NULL && r < h.queries; r++)
          clear_row (gradient->q + h.q_at[r], h.size);
        head_backward (&h, gradient, dout + sequence * h.queries * width + head * h.size, width,
                       input->v);
        head_clear (&h);
      }
}
