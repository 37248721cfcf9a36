/* gsc-projection.c - what a part of the model makes of all pairs, in two dimensions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The output of a head has width numbers, but varies in no more than width / heads directions:
 * those of its columns of Wo. With Wo's columns = Q R (Q orthonormal) the distances between outputs
 * are those between R times the head's mix of values, and so are all products of outputs with each
 * other: the components are sought among these fewer numbers.
 */

#include "gsc-projection.h"

#include <cblas.h>
#include <math.h>

#include <glib/gi18n.h>

#include "gsc-context.h"
#include "gsc-continuation.h"
#include "gsc-lapack.h"
#include "gsc-ops.h"
#include "gsc-pca.h"
#include "gsc-zp.h"

/* Sequences run between two looks at the cancellable: some tens of milliseconds for the paper's
 * largest model. */
#define BATCH 64

/* What is left of float's precision after a forward pass: differences below are no structure. */
#define FORWARD_PRECISION 1e-6

/* Where two slots stand in their example, and how the sequences are cut: what comes before the
 * first varied slot is common to all. */
typedef struct
{
  int first;
  int second;
  int n_prefix;
  int n_tail; /* up to the second slot */
} Slots;

gboolean
gsc_projection_source_equal (const GscProjectionSource *a, const GscProjectionSource *b)
{
  if (a->part != b->part || !a->centred != !b->centred)
    return FALSE;
  if (a->part == GSC_PROJECTION_EMBEDDING)
    return TRUE;
  return a->layer == b->layer && a->slots == b->slots && a->example == b->example
         && (a->part != GSC_PROJECTION_HEAD || a->head == b->head);
}

static Slots
get_slots (const GscProjectionSource *source)
{
  Slots slots = {
    .first = source->slots == GSC_SLOTS_YZ ? 1 : 0,
    .second = source->slots == GSC_SLOTS_XY ? 1 : 2,
  };

  slots.n_prefix = 3 * (int) source->example + slots.first;
  slots.n_tail = slots.second - slots.first + 1;
  return slots;
}

/* Checks */

static gboolean
check_source (const GscModel *model,
              guint n_tokens,
              const GscProjectionSource *source,
              GError **error)
{
  const GscModelConfig *config = gsc_model_get_config (model);

  if (source->part == GSC_PROJECTION_EMBEDDING)
    return TRUE;
  if (source->part > GSC_PROJECTION_MLP || source->slots > GSC_SLOTS_YZ)
    g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
                 _ ("There is no such part of the model to project."));
  else if (source->part != GSC_PROJECTION_HEAD && source->layer >= (guint) config->depth)
    g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
                 ngettext ("The model has %d block; there is no block %u.",
                           "The model has %d blocks; there is no block %u.",
                           (gulong) config->depth),
                 config->depth, source->layer + 1);
  else if (source->layer >= (guint) config->depth
           || (source->part == GSC_PROJECTION_HEAD && source->head >= (guint) config->heads))
    g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
                 _ ("The model has %d blocks of %d heads each; there is no head %u in block %u."),
                 config->depth, config->heads, source->head + 1, source->layer + 1);
  else if (source->example >= n_tokens / 3)
    g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_RANGE,
                 ngettext ("The context has %u complete example; there is no example %u to vary.",
                           "The context has %u complete examples; there is no example %u to vary.",
                           n_tokens / 3),
                 n_tokens / 3, source->example + 1);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_context (
    const gint32 *tokens, guint n_tokens, int p, const GscProjectionSource *source, GError **error)
{
  if (source->part == GSC_PROJECTION_EMBEDDING)
    return TRUE;
  if (n_tokens % 3 == 0)
    return gsc_context_check_tokens (tokens, n_tokens, p, error);
  g_set_error (error, GSC_TASK_ERROR, GSC_TASK_ERROR_FORMAT,
               ngettext ("The context has %u number; it must hold complete examples x y z only.",
                         "The context has %u numbers; it must hold complete examples x y z only.",
                         n_tokens),
               n_tokens);
  return FALSE;
}

/* Points */

/* The distances of a head's columns of Wo [d][head size] as an upper triangle: the column-major
 * R [d x head size] of which rows 0 to column i of column i count (transfer full). */
static double *
factorise_output (const GscModel *model, const GscProjectionSource *source)
{
  const GscParamLayout *layout = gsc_model_get_layout (model);
  int d = layout->config.width, size = d / layout->config.heads;
  const float *out = gsc_model_peek_weights (model) + layout->blocks[source->layer].out
                     + (gsize) source->head * size;
  double *r = g_new (double, (gsize) d *size);
  g_autofree double *tau = g_new (double, size);
  g_autofree double *work = NULL;
  double best;
  int n_work = -1, info;

  for (int i = 0; i < size; i++)
    for (int j = 0; j < d; j++)
      r[(gsize) i * d + j] = out[(gsize) j * d + i];
  dgeqrf_ (&d, &size, r, &d, tau, &best, &n_work, &info);
  n_work = (int) best;
  work = g_new (double, n_work);
  dgeqrf_ (&d, &size, r, &d, tau, work, &n_work, &info);
  return r;
}

/* point [size] = R mix */
static void
apply_output (double *point, const float *mix, const double *r, int d, int size)
{
  for (int i = 0; i < size; i++)
    point[i] = mix[i];
  cblas_dtrmv (CblasColMajor, CblasUpper, CblasNoTrans, CblasNonUnit, size, r, d, point, 1);
}

/* The endings of pairs begin, begin + 1, ...: the example's tokens with the pair in its slots. */
static void
write_tails (gint32 *tails, const gint32 *example, const Slots *slots, int p, int begin, int n)
{
  for (int i = 0; i < n; i++)
    for (int t = 0; t < slots->n_tail; t++)
      {
        int slot = slots->first + t;
        gint32 value = example[slot];

        if (slot == slots->first)
          value = (begin + i) / p;
        else if (slot == slots->second)
          value = (begin + i) % p;
        tails[i * slots->n_tail + t] = value;
      }
}

/* The numbers of one slot's point: a head's are fewer than the model's width. */
static int
get_point_size (const GscModelConfig *config, const GscProjectionSource *source)
{
  return source->part == GSC_PROJECTION_HEAD ? config->width / config->heads : config->width;
}

/* point [size]: @source's output at row @row of the latest endings; @r is that of a head. */
static void
read_point (double *point,
            const GscContinuation *continuation,
            const GscModelConfig *config,
            const GscProjectionSource *source,
            const double *r,
            int row)
{
  int layer = (int) source->layer, d = config->width, size = get_point_size (config, source);
  const float *rows;

  if (source->part == GSC_PROJECTION_HEAD)
    {
      rows = gsc_continuation_get_heads (continuation, layer);
      apply_output (point, rows + (gsize) row * d + (gsize) source->head * size, r, d, size);
      return;
    }
  rows = source->part == GSC_PROJECTION_MLP ? gsc_continuation_get_mlp (continuation, layer)
                                            : gsc_continuation_get_stream (continuation, layer);
  for (int i = 0; i < d; i++)
    point[i] = rows[(gsize) row * d + i];
}

/* points [p^2][2 point size] (transfer full), or NULL and G_IO_ERROR_CANCELLED. */
static double *
compute_pair_points (const GscSubject *subject,
                     const gint32 *tokens,
                     const GscProjectionSource *source,
                     GCancellable *cancellable,
                     GError **error)
{
  const GscModelConfig *config = gsc_model_get_config (subject->model);
  const Slots slots = get_slots (source);
  gboolean of_head = source->part == GSC_PROJECTION_HEAD;
  int p = subject->p, size = get_point_size (config, source), n = p * p;
  g_autoptr (GscContinuation) continuation = NULL;
  g_autofree double *r = of_head ? factorise_output (subject->model, source) : NULL;
  g_autofree double *points = g_new (double, (gsize) n * 2 * size);
  gint32 tails[3 * BATCH];

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  continuation = gsc_continuation_new (
      subject->model, subject->ablation, tokens, slots.n_prefix, slots.n_tail, BATCH,
      of_head ? GSC_CONTINUATION_ATTENTION : GSC_CONTINUATION_BLOCK, (int) source->layer);
  for (int begin = 0; begin < n; begin += BATCH)
    {
      int count = MIN (BATCH, n - begin);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      write_tails (tails, tokens + 3 * source->example, &slots, p, begin, count);
      gsc_continuation_forward (continuation, tails, count);
      for (int i = 0; i < count; i++)
        {
          double *point = points + (gsize) (begin + i) * 2 * size;
          int row = i * slots.n_tail;

          read_point (point, continuation, config, source, r, row);
          read_point (point + size, continuation, config, source, r, row + slots.n_tail - 1);
        }
    }
  return g_steal_pointer (&points);
}

static gboolean
check_finite (const double *points, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (points[i]))
      {
        g_set_error (
            error, GSC_MODEL_ERROR, GSC_MODEL_ERROR_VALUE,
            _ ("The model's outputs are no numbers: its weights are not finite or too large. "
               "Choose an earlier step."));
        return FALSE;
      }
  return TRUE;
}

/* points [p][d] (transfer full) */
static double *
compute_embedding_points (const GscModel *model, int p)
{
  const GscParamLayout *layout = gsc_model_get_layout (model);
  const float *embedding = gsc_model_peek_weights (model) + layout->embedding;
  gsize n = (gsize) p * layout->config.width;
  double *points = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    points[i] = embedding[i];
  return points;
}

/* Projections */

static GscProjection *
make_projection (int p, guint n, const GscProjectionSource *source)
{
  GscProjection *projection = g_new0 (GscProjection, 1);

  g_atomic_ref_count_init (&projection->ref_count);
  projection->source = *source;
  projection->p = p;
  projection->n = n;
  projection->first = g_new (guint16, n);
  projection->second = g_new (guint16, n);
  projection->x = g_new (double, n);
  projection->y = g_new (double, n);
  return projection;
}

/* Puts points [n][m] on their first two components. */
static void
project (GscProjection *projection, const double *points, guint m)
{
  gboolean exact = projection->source.part == GSC_PROJECTION_EMBEDDING;
  g_autoptr (GscPca) pca
      = gsc_pca_new (points, projection->n, m, 2, exact ? 0.0 : FORWARD_PRECISION);
  double *coordinates[2] = { projection->x, projection->y };

  for (guint c = 0; c < 2; c++)
    {
      g_autofree double *onto = g_memdup2 (pca->directions + (gsize) c * m, m * sizeof (double));

      projection->variance[c] = pca->variance[c];
      if (projection->source.centred || pca->variance[c] == 0.0)
        {
          cblas_dcopy ((int) projection->n, pca->scores + c, 2, coordinates[c], 1);
          continue;
        }
      cblas_daxpy ((int) m, 1.0, pca->mean, 1, onto, 1);
      cblas_dgemv (CblasRowMajor, CblasNoTrans, (int) projection->n, (int) m, 1.0, points, (int) m,
                   onto, 1, 0.0, coordinates[c], 1);
    }
}

GscProjection *
gsc_projection_new (const GscSubject *subject,
                    const gint32 *tokens,
                    guint n_tokens,
                    const GscProjectionSource *source,
                    GCancellable *cancellable,
                    GError **error)
{
  const GscModelConfig *config = gsc_model_get_config (subject->model);
  gboolean embedding = source->part == GSC_PROJECTION_EMBEDDING;
  int p = subject->p;
  g_autofree double *points = NULL;
  GscProjection *projection;
  guint n, m;

  if (!gsc_context_check_prime (subject->model, p, error)
      || !check_source (subject->model, n_tokens, source, error)
      || !check_context (tokens, n_tokens, p, source, error)
      || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  gsc_linear_init ();
  points = embedding ? compute_embedding_points (subject->model, p)
                     : compute_pair_points (subject, tokens, source, cancellable, error);
  n = (guint) (embedding ? p : p * p);
  m = (guint) (embedding ? config->width : 2 * get_point_size (config, source));
  if (points == NULL || !check_finite (points, (gsize) n * m, error))
    return NULL;
  projection = make_projection (p, n, source);
  for (guint i = 0; i < n; i++)
    {
      projection->first[i] = (guint16) (embedding ? i : i / (guint) p);
      projection->second[i] = (guint16) (i % (guint) p);
    }
  project (projection, points, m);
  return projection;
}

GscProjection *
gsc_projection_align (GscProjection *projection, const GscProjection *reference)
{
  guint n = projection->n;
  GscProjection *aligned;
  double xx = 0.0, xy = 0.0, yx = 0.0, yy = 0.0; /* sums of own coordinate times reference's */
  double turned, mirrored, cosine, sine, sign;

  if (n != reference->n || !projection->source.centred
      || !gsc_projection_source_equal (&projection->source, &reference->source))
    return gsc_projection_ref (projection);
  for (guint i = 0; i < n; i++)
    {
      xx += projection->x[i] * reference->x[i];
      xy += projection->x[i] * reference->y[i];
      yx += projection->y[i] * reference->x[i];
      yy += projection->y[i] * reference->y[i];
    }
  /* The best orthogonal map mirrors y or not (sign), then turns. The sum of products of its image
   * with the reference, which is to be large, is cosine (xx + sign yy) + sine (xy - sign yx). */
  turned = hypot (xx + yy, xy - yx);
  mirrored = hypot (xx - yy, xy + yx);
  if (turned == 0.0 && mirrored == 0.0)
    return gsc_projection_ref (projection);
  sign = turned >= mirrored ? 1.0 : -1.0;
  cosine = (xx + sign * yy) / MAX (turned, mirrored);
  sine = (xy - sign * yx) / MAX (turned, mirrored);

  aligned = make_projection (projection->p, n, &projection->source);
  for (guint i = 0; i < n; i++)
    {
      double x = projection->x[i], y = sign * projection->y[i];

      aligned->first[i] = projection->first[i];
      aligned->second[i] = projection->second[i];
      aligned->x[i] = cosine * x - sine * y;
      aligned->y[i] = sine * x + cosine * y;
    }
  /* The components do not correlate, so that their variances mix as squares. */
  aligned->variance[0]
      = cosine * cosine * projection->variance[0] + sine * sine * projection->variance[1];
  aligned->variance[1]
      = sine * sine * projection->variance[0] + cosine * cosine * projection->variance[1];
  return aligned;
}

GscProjection *
gsc_projection_ref (GscProjection *projection)
{
  g_atomic_ref_count_inc (&projection->ref_count);
  return projection;
}

void
gsc_projection_unref (GscProjection *projection)
{
  if (projection == NULL || !g_atomic_ref_count_dec (&projection->ref_count))
    return;
  g_free (projection->first);
  g_free (projection->second);
  g_free (projection->x);
  g_free (projection->y);
  g_free (projection);
}
