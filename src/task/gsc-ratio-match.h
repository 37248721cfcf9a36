/* gsc-ratio-match.h - the skill of ratio matching on one context
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ratio matching (paper, section 5; experiment.md, "Skills"): where the query is a multiple of an
 * earlier example, (x, y) = c (x_i, y_i), its answer is z = c z_i. A plain value. */
typedef struct
{
  gboolean answerable; /* some example explains the query, or the query is (0, 0) */
  int answer;          /* in 0..p-1; -1 where not answerable */
  gboolean unanimous;  /* all examples that explain the query give this answer */
  guint n_explaining;  /* examples that explain the query */
} GscRatioMatch;

/* Applies the rule to the query (@x, @y) after the examples tokens[0 .. 3 * n_examples), x1 y1 z1
 * x2 ..., all in 0..p-1, p a prime from 3 to 97. Lists the explaining examples (0-based, ascending)
 * in explaining[0 .. n_explaining) unless that is NULL; it needs room for n_examples. The query
 * (0, 0) has the answer 0 without any example, and every example explains it (c = 0); the example
 * (0, 0) explains no other query. Where a user's examples contradict each other, the answer is that
 * of most explaining examples, the smallest of several, and unanimous is FALSE. */
GscRatioMatch
gsc_ratio_match (int p, const gint32 *tokens, guint n_examples, int x, int y, guint *explaining);

G_END_DECLS
