/* gsc-circle-score.h - how much a projection looks like a circle of the discrete logarithm
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The paper finds heads whose outputs lie on a circle of circles, in the order of the discrete
 * logarithm (figures 1d, 6). On such a circle the points are a multiplicative character of their
 * number, so that this is measured by Fourier analysis on the group of pairs of numbers that are
 * not 0.
 */

#pragma once

#include "gsc-projection.h"

G_BEGIN_DECLS

/* The character exp (2 pi i (first log u + second log v) / (p - 1)) of the pair (u, v): how often
 * points go round, and in which sense, while the logarithm of one of the two goes through all its
 * values. From -(p - 3) / 2 to (p - 1) / 2. */
typedef struct
{
  int first;
  int second;   /* 0 for the embedding */
  double share; /* of the power in the plane, 0..1 */
} GscCircleCharacter;

/* A plain value. */
typedef struct
{
  int root;                        /* to which the logarithms are taken: gsc_zp_shown_root() */
  double plane;                    /* share of the variance of all dimensions in the two shown */
  GscCircleCharacter strongest[2]; /* the strongest first; the first one's share is the score */
  double parity; /* share of the characters that only tell even logarithms from odd ones */
  double noise;  /* what the score is on average for points without any order */
} GscCircleScore;

/* With s (u, v) = x + i y the point of the pair (u, v), both not 0 (embedding: of the number u),
 * and
 *
 *   P (j, k) = |sum over u, v of s (u, v) exp (-2 pi i (j log u + k log v) / (p - 1))|^2,
 *
 * the share of (j, k) is P (j, k) over the sum of P over all of them but (0, 0), the middle of the
 * points. A perfect circle in the order of the logarithm has a score of 1; a circle of circles has
 * its two circles as the two strongest, together 1; an ellipse with half-axes a and b has
 * (a + b)^2 / (2 (a^2 + b^2)), so that a line has 1/2. Where j and k are 0 or (p - 1) / 2 a
 * character has but the values 1 and -1: no circle, but the even and odd planes of the paper; these
 * have their share in parity instead. With N characters, C of which are circles, points without
 * order score (1 + 1/2 + ... + 1/C) / N on average: 0.30 for the embedding at p = 11, 0.05 for
 * pairs; 0.010 for pairs at p = 29. Mirroring a projection turns all signs; they are such that
 * the first index of the two characters that is neither 0 nor (p - 1) / 2, its own opposite, is
 * above 0.
 *
 * FALSE, with zeroes and characters 0, where all these points lie in one place. Any thread.
 * O(p^3). */
gboolean gsc_circle_score_init (GscCircleScore *score, const GscProjection *projection);

G_END_DECLS
