/* gsc-attention-pattern.h - what a head looks at, in a few numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-probe.h"

G_BEGIN_DECLS

/* Mean weights over queries; each query's weights add up to 1, and one key may count in several of
 * them. A head without any pattern has 1 / n of each key. NaN where the sequence is too short. */
typedef struct
{
  double previous;  /* on the token before; queries from the second token on */
  double offset;    /* on the token @back places before; queries of the second half */
  guint back;       /* up to half of the sequence: where offset is highest; 0 is the query itself */
  double first;     /* on the first token of all; the same queries */
  double example;   /* on the query's own example, itself included; from the second example on */
  double same_slot; /* on x, y or z (as the query is) of earlier examples; the same queries */
} GscAttentionPattern;

/* Of the first @n tokens, at most probe->n_read. */
void gsc_attention_pattern_measure (
    GscAttentionPattern *pattern, const GscProbe *probe, guint layer, guint head, guint n);

/* "own example 0.62, previous token 0.31 ...", the highest first. (transfer full) */
char *gsc_attention_pattern_describe (const GscAttentionPattern *pattern);

G_END_DECLS
