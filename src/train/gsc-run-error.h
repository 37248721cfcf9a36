/* gsc-run-error.h - what can be wrong with a run folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every message names the folder or file and says what to do. */
typedef enum
{
  GSC_RUN_ERROR_EXISTS,  /* the folder already holds a run */
  GSC_RUN_ERROR_NOT_RUN, /* it holds none */
  GSC_RUN_ERROR_BUSY,    /* another process is training in it */
  GSC_RUN_ERROR_DAMAGED, /* a file cannot be understood */
  GSC_RUN_ERROR_NO_SNAPSHOT,
} GscRunError;

#define GSC_RUN_ERROR (gsc_run_error_quark ())
GQuark gsc_run_error_quark (void);

G_END_DECLS
