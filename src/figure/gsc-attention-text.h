/* gsc-attention-text.h - every head's attention as a sentence and as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

/* The roles of all heads, the scores of the cursor's, and which are ablated. (transfer full) */
char *gsc_attention_text_summarise (const GscFrame *frame, const GscFigureOptions *options);

/* A line for each query and key of each head that is shown, with the head's role; then one for each
 * pair of heads if their similarity is shown. (transfer full) */
GscFigureTable *gsc_attention_text_tabulate (const GscFrame *frame,
                                             const GscFigureOptions *options);

G_END_DECLS
