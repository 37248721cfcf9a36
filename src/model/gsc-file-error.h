/* gsc-file-error.h - what errno means for those who write files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As g_file_error_from_errno(), but all that says "there is no room for this" is
 * G_FILE_ERROR_NOSPC: a full disk, a quota that is used up, and a limit on the size of files. */
GFileError gsc_file_error_from_errno (int code);

G_END_DECLS
