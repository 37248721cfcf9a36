/* gsc-projection.h - what a part of the model makes of all pairs, in two dimensions
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Figures 1d, 1e and 6 of the paper: the output of one head (or of a block or its MLP) at two slots
 * of one example, concatenated, over all p^2 values of the pair with the rest of the context fixed,
 * projected on its top two principal components. Or the embedding of the p numbers, likewise
 * projected.
 */

#pragma once

#include <gio/gio.h>

#include "gsc-subject.h"

G_BEGIN_DECLS

typedef enum
{
  GSC_PROJECTION_EMBEDDING, /* p points */
  GSC_PROJECTION_HEAD,      /* output of one head after the OV product (its columns of Wo); p^2 */
  GSC_PROJECTION_BLOCK,     /* the residual stream after a block; p^2 */
  GSC_PROJECTION_MLP,       /* what a block's MLP adds to the residual stream; p^2 */
} GscProjectionPart;

/* The two slots that are varied and looked at. */
typedef enum
{
  GSC_SLOTS_XY,
  GSC_SLOTS_XZ,
  GSC_SLOTS_YZ,
} GscSlotPair;

/* What is projected. A plain value. */
typedef struct
{
  GscProjectionPart part;
  guint layer; /* not of the embedding */
  guint head;  /* of a head only */
  GscSlotPair slots;
  guint example;    /* 0-based: the one whose slots are varied */
  gboolean centred; /* as PCA; FALSE: as in the paper, see gsc_projection_new() */
} GscProjectionSource;

gboolean gsc_projection_source_equal (const GscProjectionSource *a, const GscProjectionSource *b);

/* Immutable once made, so any thread may read it; reference-counted (atomically). The pairs stand
 * in the order of p * first + second. */
typedef struct
{
  gatomicrefcount ref_count;
  GscProjectionSource source;
  int p;
  guint n;            /* points */
  guint16 *first;     /* [n] value of the first slot (embedding: the number) */
  guint16 *second;    /* [n] of the second (embedding: the same number) */
  double *x;          /* [n] on the first principal component */
  double *y;          /* [n] on the second */
  double variance[2]; /* share of the variance on each, 0..1 */
} GscProjection;

/* Any thread. tokens[0 .. n_tokens) is a context of complete examples (all tokens in 0..p-1);
 * source->example must be one of them. With slots x and y the example's z is not read; with z its
 * other slot stays as in the context, and so do the examples before it; later ones are not read at
 * all. For the embedding there need be no context. The same arguments give the same signs
 * (gsc-pca.h). Runs the tokens before the pair once and two or three tokens for each of the p^2
 * pairs: some milliseconds for the quick preset, one or two seconds for the paper's models.
 *
 * With m the mean of the points q and d the unit direction of a component (of the centred points,
 * in both cases), a point's coordinate is (q - m) . d if source->centred, and else q . (d + m), as
 * in the paper's released script (figures.md, panel 7): the same number for all points, m . d, and
 * one that differs between them but not between the components, q . m, are added to the score. The
 * sign of d matters then, which is that of gsc-pca.h; and variance remains that of the components.
 *
 * @cancellable (nullable) is looked at between batches of pairs. NULL and @error:
 * G_IO_ERROR_CANCELLED, GSC_TASK_ERROR_RANGE for a source that does not exist or a p that the model
 * has not, GSC_TASK_ERROR_FORMAT for a context that does not fit, GSC_MODEL_ERROR_VALUE for
 * weights that are not finite or that make numbers which are not. Degenerate data (all points
 * alike) give zeroes and variance 0. */
GscProjection *gsc_projection_new (const GscSubject *subject,
                                   const gint32 *tokens,
                                   guint n_tokens,
                                   const GscProjectionSource *source,
                                   GCancellable *cancellable,
                                   GError **error);

/* @projection turned and mirrored about the origin so that its points lie as near as may be to
 * those of @reference (orthogonal Procrustes, the sum of squares), so that points glide when time
 * moves. The axes are then no longer the components, and variance is the share on the new axes. A
 * new reference to @projection itself when the two have different sources or nothing to align, and
 * for a source as in the paper, which does not say what its axes are in a turned plane. */
GscProjection *gsc_projection_align (GscProjection *projection, const GscProjection *reference);

GscProjection *gsc_projection_ref (GscProjection *projection);
void gsc_projection_unref (GscProjection *projection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GscProjection, gsc_projection_unref)

G_END_DECLS
