/* view-fixture.h - what a model does, without a model
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-frame.h"

typedef enum
{
  VIEW_PATTERN, /* of attention: each head another one; of points: circles of circles */
  VIEW_RANDOM,
  VIEW_EQUAL, /* every number is the same */
  VIEW_NAN,
} ViewKind;

/* Attention on @n_tokens tokens of numbers below @p, a z being the last; rows add up to 1 but for
 * those of VIEW_NAN. No answers. (transfer full) */
GscProbe *view_fixture_new_probe (int p, int depth, int heads, guint n_tokens, ViewKind kind);

/* p^2 points of the slots x and y of example 16 in layer 2, head 1; or the p of the embedding.
 * (transfer full) */
GscProjection *view_fixture_new_projection (int p, GscProjectionPart part, ViewKind kind);
