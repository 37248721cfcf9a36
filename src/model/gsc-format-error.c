/* gsc-format-error.c - reporting that a file is not what it claims to be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-format-error.h"

#include "gsc-model-config.h"

gboolean
gsc_format_error (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (
      error, g_error_new_valist (GSC_MODEL_ERROR, GSC_MODEL_ERROR_FORMAT, format, arguments));
  va_end (arguments);
  return FALSE;
}
