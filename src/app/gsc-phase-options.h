/* gsc-phase-options.h - the controls beside a phase diagram
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-phase-reader.h"

G_BEGIN_DECLS

#define GSC_TYPE_PHASE_OPTIONS (gsc_phase_options_get_type ())

/* Early-stopped or final, by which set; from what accuracy on a set is solved; unfinished runs; and
 * which plane of the sweep's axes is shown. */
G_DECLARE_FINAL_TYPE (GscPhaseOptions, gsc_phase_options, GSC, PHASE_OPTIONS, GtkWidget)

/* Shows what @reader has, and changes it. */
GtkWidget *gsc_phase_options_new (GscPhaseReader *reader);

/* For tests. Borrowed. */
GtkRange *gsc_phase_options_get_threshold (GscPhaseOptions *options, GscSet set);

G_END_DECLS
