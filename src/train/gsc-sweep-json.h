/* gsc-sweep-json.h - a list of faults, and the parts of a sweep's file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Used by the gsc-sweep*.c files only.
 */

#pragma once

#include "gsc-sweep.h"

G_BEGIN_DECLS

/* Adds a sentence to @faults (of char*). */
void gsc_sweep_add_fault (GPtrArray *faults, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Sets INVALID with one sentence a line; @faults must not be empty. */
void gsc_sweep_set_faults (GPtrArray *faults, GError **error);

/* gsc_sweep_new() that adds what it finds wrong to the faults there are already; NULL if there are
 * any in the end. */
GscSweep *gsc_sweep_build (const char *name,
                           const GscConfig *base,
                           const GscSweepAxis *axes,
                           guint n_axes,
                           const GscStopRule *stop,
                           GPtrArray *faults);

G_END_DECLS
