/* gsc-text-file.h - reading a text file of limited size
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads the regular file @path of 1 to @max_length bytes; never waits (as on a named pipe) and
 * allocates nothing before the size is checked. A file that grows meanwhile is read to the length
 * it had. @length: (out). Returns the bytes and a zero byte after them, to be freed with g_free(),
 * or NULL and @error naming the file: G_FILE_ERROR, or GSC_MODEL_ERROR_FORMAT for an empty or too
 * large file. */
char *gsc_text_file_read (const char *path, gsize max_length, gsize *length, GError **error);

G_END_DECLS
