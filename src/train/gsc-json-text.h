/* gsc-json-text.h - JSON that others may have written
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Parses @length bytes, whatever they are: an error for all that is not JSON though json-glib would
 * read it, for nesting that would overflow the stack, and for a key that occurs twice (even in two
 * objects: most of our files are flat). @root: (out) (transfer full) (nullable): NULL for an empty
 * text. @error: GSC_CONFIG_ERROR_PARSE. */
gboolean gsc_json_text_parse (const char *text, gsize length, JsonNode **root, GError **error);

/* The same for a list of objects: a key may occur in each of them, and twice in none. */
gboolean
gsc_json_text_parse_nested (const char *text, gsize length, JsonNode **root, GError **error);

G_END_DECLS
