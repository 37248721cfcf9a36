/* gsc-nearest-name.h - what a misspelt name was meant to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The element of @names (NULL-terminated, not empty) with the least edit distance to @text (letters
 * inserted, deleted, replaced or two neighbours swapped; upper and lower case, "-" and "_" count as
 * the same); three or more letters that are a part of a name count as one edit away from it. The
 * first of several. Borrowed from @names. @text may be anything, of any length. */
const char *gsc_nearest_name (const char *text, const char *const *names);

/* @text made fit for a message: valid UTF-8, no control characters, and cut when it is long. Free
 * with g_free(). */
char *gsc_nearest_name_quote (const char *text);

G_END_DECLS
