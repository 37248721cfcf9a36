/* gsc-head-roles.h - what a head looks at, in a few numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Paper, section 5 and figure 6. Each score is a share of the weight that a head gives away, since
 * the weights of a query add up to 1. A share says little without the one that chance gives, so
 * that both are measured.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One token may count in several of them. Queries and keys are positions, 0-based; a key is never
 * after its query. */
typedef enum
{
  /* The token before; queries from the second token on. */
  GSC_HEAD_ROLE_PREVIOUS,
  /* The one before that, which is x for a z; queries from the third token on. */
  GSC_HEAD_ROLE_TWO_BACK,
  /* The first token of all, where a head looks that has nothing to say; queries from the second
   * token on. */
  GSC_HEAD_ROLE_FIRST,
  /* The query's own example, the query itself included; queries from the second example on. */
  GSC_HEAD_ROLE_EXAMPLE,
  /* x, y or z, as the query is, of earlier examples; queries from the second example on. */
  GSC_HEAD_ROLE_SLOT,
  /* All three tokens of those earlier examples that explain the query by ratio matching:
   * (x, y) = c (x_i, y_i). Queries at a y that some, but not all, earlier examples explain. */
  GSC_HEAD_ROLE_RATIO,
  GSC_N_HEAD_ROLES,
  GSC_HEAD_ROLE_NONE = GSC_N_HEAD_ROLES,
} GscHeadRole;

/* A head has a role if its share exceeds the one by chance by this much of what it could:
 * (share - chance) / (1 - chance). 0 is chance, 1 is a perfect head. */
#define GSC_HEAD_ROLE_THRESHOLD (1.0 / 3)

/* ... and if the share is a mean of at least so many queries. */
#define GSC_HEAD_ROLE_MIN_QUERIES 8

/* A plain value. */
typedef struct
{
  double share[GSC_N_HEAD_ROLES]; /* 0..1, mean over the role's queries; NaN: there is none */

  /* The share expected by chance at the same queries: of a head that looks evenly at all tokens
   * that it sees; in the case of RATIO, of this head if the earlier examples stood in random order
   * (its weight on all of them, times the share of them that explain the query). */
  double chance[GSC_N_HEAD_ROLES];
  guint queries[GSC_N_HEAD_ROLES];

  /* Mean entropy of a query's weights, as a share of the entropy of even attention: 0 is one token
   * for each query, 1 is even. Queries from the second token on; NaN: there is none. */
  double spread;

  GscHeadRole best; /* that exceeds its chance most, if it is enough to have a role; or NONE */
} GscHeadRoles;

/* Of one head on the sequence tokens[0 .. n), x1 y1 z1 x2 ... in 0..p-1; @attention [n][@stride],
 * row = query, of which the first n columns count. */
void gsc_head_roles_measure (GscHeadRoles *roles,
                             int p,
                             const gint32 *tokens,
                             guint n,
                             const float *attention,
                             gsize stride);

/* Of one head on several sequences: means over the queries of all of them. The roles of sequence i
 * are parts[i * stride]. */
void
gsc_head_roles_pool (GscHeadRoles *roles, const GscHeadRoles *parts, guint n_parts, gsize stride);

/* (share - chance) / (1 - chance); NaN where the role has no queries. */
double gsc_head_roles_get_excess (const GscHeadRoles *roles, GscHeadRole role);

/* "previous", "two-back", "first", "example", "slot", "ratio", "none": stable names for files.
 * Static. */
const char *gsc_head_role_get_name (GscHeadRole role);

/* "previous token" and so on in the language of the locale, for people. Static. */
const char *gsc_head_role_get_title (GscHeadRole role);

G_END_DECLS
