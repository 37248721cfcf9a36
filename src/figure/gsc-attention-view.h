/* gsc-attention-view.h - the attention that a frame has to show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One shape for both: the probe's, on one sequence, and the mean of the head maps. Layers, heads,
 * examples and tokens count from 1 in all text.
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

/* A plain value; borrowed from the frame. */
typedef struct
{
  const GscModelConfig *model;
  const GscProbe *probe;       /* NULL: the mean */
  const GscHeadMaps *maps;     /* NULL: of the probe */
  const float *attention;      /* [depth][heads][n_read][n_read] */
  guint n_read;                /* tokens that the model read */
  guint n;                     /* the first so many of them are shown */
  guint layer, head;           /* the cursor's, or the nearest that the model has */
  const GscAblation *ablation; /* or NULL */
  const GscFrame *beside;      /* what it is compared with, or NULL */
} GscAttentionView;

/* What @options ask to show; FALSE where the frame has it not. */
gboolean gsc_attention_view_init (GscAttentionView *view,
                                  const GscFrame *frame,
                                  const GscFigureOptions *options);

/* What to say where it has not, without a full stop. Static. */
const char *gsc_attention_view_get_missing (const GscFigureOptions *options);

guint gsc_attention_view_count_heads (const GscAttentionView *view); /* of all layers */

/* The weights of a head: rows of n_read. */
const float *gsc_attention_view_get_map (const GscAttentionView *view, guint layer, guint head);

/* Of what is shown; of the mean, over all tokens of all its sequences. */
void gsc_attention_view_get_roles (const GscAttentionView *view,
                                   guint layer,
                                   guint head,
                                   GscHeadRoles *roles);

/* Where a head's colours end if each has a scale of its own: its largest weight among the queries
 * of the second half, as the first ones have few tokens to choose from. */
double gsc_attention_view_get_top (const GscAttentionView *view, guint layer, guint head);

/* The same, and at least that of the same head in the frame beside, if it has one. */
double gsc_attention_view_get_common_top (const GscAttentionView *view,
                                          const GscFigureOptions *options,
                                          guint layer,
                                          guint head);

/* How alike the heads are, [heads of all layers] squared, as in gsc-head-similarity.h.
 * (transfer full) */
float *gsc_attention_view_dup_similarity (const GscAttentionView *view);

/* "mean over 48 sequences of i.d./train", of a view that shows a mean. (transfer full) */
char *gsc_attention_view_describe_source (const GscAttentionView *view);

/* "z of example 3 (token 9 = 5)"; of the mean "z of example 3 (token 9)". (transfer full) */
char *gsc_attention_view_describe_token (const GscAttentionView *view, guint token);

/* "layer 2, head 3: previous token 0.93", or the head alone if it has no role. (transfer full) */
char *gsc_attention_view_describe_head (guint layer, guint head, const GscHeadRoles *roles);

/* "previous token 0.93 (chance 0.08)" and so on, each but the first after @separator; that which
 * exceeds chance most first. (transfer full) */
char *gsc_attention_view_describe_scores (const GscHeadRoles *roles, const char *separator);

/* "ablated (zero)" or "ablated (mean)"; NULL: it works. Static. */
const char *
gsc_attention_view_describe_ablation (const GscAttentionView *view, guint layer, guint head);

G_END_DECLS
