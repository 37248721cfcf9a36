/* gsc-similarity-score.h - what a matrix of similarities depends on
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The paper's figures 7 and 8 show striped matrices; this says in numbers by what they are striped.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place in an example x y z. */
typedef enum
{
  GSC_SLOT_X,
  GSC_SLOT_Y,
  GSC_SLOT_Z,
  GSC_N_SLOTS,
} GscSlot;

/* What two inputs have to do with each other: each divides their pairs into classes. */
typedef enum
{
  GSC_RELATION_QUOTIENT,   /* at x: x / x' up to inversion, of x that are not 0 */
  GSC_RELATION_DIFFERENCE, /* at x: x - x' up to sign */
  GSC_RELATION_X,          /* at y and z: which x and x' */
  GSC_RELATION_Y,          /* at y and z: which y and y' */
  GSC_RELATION_RATIO,      /* at y and z: which ratios y / x (x = 0: infinite; (0, 0): left out) */
  GSC_RELATION_Z,          /* at y and z: which z and z', of the task */
  GSC_N_RELATIONS,
} GscRelation;

/* A plain value. From the pairs of different inputs. */
typedef struct
{
  double mean; /* similarity */

  /* The share of the similarities' variance that each relation explains, adjusted for the number of
   * its classes so that a matrix which has nothing to do with it has about 0 (epsilon squared:
   * 1 - (variance within classes / (pairs - classes)) / (all variance / (pairs - 1)), at least 0).
   * 1: the matrix is a function of the relation. 0 where the relation does not apply at the slot
   * and where all similarities agree. */
  double shares[GSC_N_RELATIONS];
} GscSimilarityScore;

/* Of the symmetric matrix @values [n][n] at @slot: n = p, input x; or n = p^2, input p x + y, with
 * z = a x + b y mod p. @p must be prime, @a and @b in 0..p-1. Any thread. */
void gsc_similarity_score_measure (
    GscSimilarityScore *score, const float *values, int p, int a, int b, GscSlot slot);

/* The relation with the largest share; -1 if all are 0. */
int gsc_similarity_score_find_best (const GscSimilarityScore *score);

/* Whether @relation says something at @slot. */
gboolean gsc_relation_applies (GscRelation relation, GscSlot slot);

/* "quotient", "difference", "x", "y", "ratio", "z". Static. */
const char *gsc_relation_get_name (GscRelation relation);

/* "x", "y", "z". Static. */
const char *gsc_slot_get_name (GscSlot slot);

G_END_DECLS
