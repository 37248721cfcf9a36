/* gsc-phase-reader.h - follows a sweep's folder as it fills up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads in a thread, for folders may be on slow shared disks and have hundreds of runs; one reading
 * at a time.
 */

#pragma once

#include <gio/gio.h>

#include "gsc-phase-frame.h"

G_BEGIN_DECLS

#define GSC_TYPE_PHASE_READER (gsc_phase_reader_get_type ())

/* For the main thread. Signal "changed": frame or states are other ones. */
G_DECLARE_FINAL_TYPE (GscPhaseReader, gsc_phase_reader, GSC, PHASE_READER, GObject)

/* Reads at once, and looks again every few seconds. NULL and @error if @folder has no sweep. */
GscPhaseReader *gsc_phase_reader_new (const char *folder, GError **error);

const char *gsc_phase_reader_get_folder (GscPhaseReader *reader);
const GscSweep *gsc_phase_reader_get_sweep (GscPhaseReader *reader); /* borrowed, never changes */

/* How the runs are looked at: thresholds and the like, and the plane. At first
 * gsc_sweep_table_options_default() but with unfinished runs, and gsc_phase_view_init(). */
void gsc_phase_reader_set_options (GscPhaseReader *reader, const GscSweepTableOptions *options);
void gsc_phase_reader_set_view (GscPhaseReader *reader, const GscPhaseView *view);
const GscSweepTableOptions *gsc_phase_reader_get_options (GscPhaseReader *reader);
const GscPhaseView *gsc_phase_reader_get_view (GscPhaseReader *reader);

/* Looks now, whatever the time. */
void gsc_phase_reader_look (GscPhaseReader *reader);

/* What was read last, or NULL before the first time. Borrowed. */
GscPhaseFrame *gsc_phase_reader_get_frame (GscPhaseReader *reader);

/* How many of all runs are in @state, those that the frame leaves out too. */
guint gsc_phase_reader_count (GscPhaseReader *reader, GscSweepState state);

/* Whether something is being read, or will be at once. */
gboolean gsc_phase_reader_is_busy (GscPhaseReader *reader);

G_END_DECLS
