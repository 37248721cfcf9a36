/* gsc-term.h - the terms of the experiment, each in one sentence
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What tooltips say of panels, of the recipe's keys and of the columns of tables. Where the paper
 * (arXiv 2406.02550) treats a term, its section or figures are named.
 */

#pragma once

#include "gsc-figure.h"

G_BEGIN_DECLS

/* All terms: names of panels, recipe keys, and words such as "phase". NULL-terminated; static. */
const char *const *gsc_term_get_all (void);

/* The term of a panel. Static. */
const char *gsc_term_of_figure (GscFigure figure);

/* The sentence of @term, a term or any key of the recipe; NULL for others. Translated, static. */
const char *gsc_term_get_sentence (const char *term);

/* The sentence, those of terms that one needs to read it, and where the paper has it:
 *
 *   How much each position looks at each earlier one, for every head.
 *   Paper: section 5, figure 6
 *
 * NULL where there is no sentence. (transfer full) */
char *gsc_term_explain (const char *term);

G_END_DECLS
