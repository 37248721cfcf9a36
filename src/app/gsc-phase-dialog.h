/* gsc-phase-dialog.h - asks what a new phase diagram is to be of
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-config.h"
#include "gsc-stop-rule.h"

G_BEGIN_DECLS

#define GSC_TYPE_PHASE_DIALOG (gsc_phase_dialog_get_type ())

/* Says what is wrong with the fields as they are typed, and how long it will take. Signal "start"
 * (char *folder): the sweep has been written into that new folder and is to be trained. */
G_DECLARE_FINAL_TYPE (GscPhaseDialog, gsc_phase_dialog, GSC, PHASE_DIALOG, AdwWindow)

/* @recipe and @stop: what the controls say, copied. @root: the folder that sweeps' folders are made
 * in. @jobs: runs that will be trained at once, at least 1. */
GscPhaseDialog *gsc_phase_dialog_new (GtkWindow *parent,
                                      const GscConfig *recipe,
                                      const GscStopRule *stop,
                                      const char *root,
                                      guint jobs);

/* What is wrong, a sentence a line, or NULL; and what is known of the cost: "4 runs", or "4 runs,
 * about 3 minutes with 2 at a time, 40 MB". Borrowed. */
const char *gsc_phase_dialog_get_faults (GscPhaseDialog *dialog);
const char *gsc_phase_dialog_get_estimate (GscPhaseDialog *dialog);

/* Whether the cost is still being measured. */
gboolean gsc_phase_dialog_is_busy (GscPhaseDialog *dialog);

/* What the button does. FALSE where there are faults, or the folder cannot be written. */
gboolean gsc_phase_dialog_start (GscPhaseDialog *dialog);

G_END_DECLS
