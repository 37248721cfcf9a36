/* gsc-file-error.c - what errno means for those who write files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-file-error.h"

#include <errno.h>

GFileError
gsc_file_error_from_errno (int code)
{
  return code == EDQUOT || code == EFBIG ? G_FILE_ERROR_NOSPC : g_file_error_from_errno (code);
}
