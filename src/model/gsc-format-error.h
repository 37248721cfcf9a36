/* gsc-format-error.h - reporting that a file is not what it claims to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sets @error to GSC_MODEL_ERROR_FORMAT with a message like printf's and returns FALSE, so that a
 * check can be written `return gsc_format_error (error, ...)`. */
gboolean gsc_format_error (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

G_END_DECLS
