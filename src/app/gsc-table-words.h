/* gsc-table-words.h - the names in a figure's table, for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Tables are made for files: their columns and words are names such as "ood_test" and "peak_step".
 * On the screen they read "o.o.d./test" and "Peak, step", in the language of the user.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The heading of a column. A name of several words that is not known as a whole is put together
 * from its parts; one that is not known at all stays as it is. (transfer full) */
char *gsc_table_words_make_heading (const char *column);

/* The term (gsc-term.h) that says what the column is, or NULL. Static. */
const char *gsc_table_words_get_term (const char *column);

/* What a cell of @column with the text @cell reads, NULL: just that. Translated, static. */
const char *gsc_table_words_find_cell (const char *column, const char *cell);

G_END_DECLS
