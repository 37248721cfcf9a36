/* gsc-head-similarity.h - which heads look at the same tokens
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The cosine between the attention of two heads, each less even attention (1 / (query + 1) on every
 * token that a query sees), over all queries and keys of all sequences. Without the subtraction all
 * heads would be alike, as they all see few tokens at the beginning. 1: the same weights; 0:
 * nothing in common; -1: one looks where the other does not. All sequences count one by one, not as
 * their mean: two heads that follow different contents may have the same mean.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Adds to @products [heads][heads] the scalar products of one sequence's attention
 * [heads][n][n]. */
void gsc_head_similarity_add (double *products, const float *attention, guint n_heads, guint n);

/* The cosines [heads][heads] from the products: 1 on the diagonal, and 0 where a head looks exactly
 * evenly, which has no direction. */
void gsc_head_similarity_finish (const double *products, guint n_heads, float *similarity);

G_END_DECLS
