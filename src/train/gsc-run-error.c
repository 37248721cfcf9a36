/* gsc-run-error.c - what can be wrong with a run folder
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "gsc-run-error.h"

/* clang-format off */
G_DEFINE_QUARK (gsc-run-error-quark, gsc_run_error)
/* clang-format on */
