/* gsc-regular-file.h - opening a file that a user named
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens @path for reading if it is a regular file that is not empty; never waits (a named pipe is
 * refused, not opened). @size: (out): its length in bytes. Returns a descriptor to be closed with
 * close(), or -1 and @error: G_FILE_ERROR if it cannot be opened or is no regular file,
 * GSC_MODEL_ERROR_FORMAT if it is empty. The message does not name the file: callers prefix it, as
 * they do with everything else that can go wrong with it. */
int gsc_regular_file_open (const char *path, gsize *size, GError **error);

G_END_DECLS
