/* gsc-compare-dialog.h - chooses what to compare with
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "gsc-comparison.h"
#include "gsc-library.h"

G_BEGIN_DECLS

#define GSC_TYPE_COMPARE_DIALOG (gsc_compare_dialog_get_type ())

/* A window with the library's runs, of which one is chosen, and at which of its steps; then it
 * starts the comparison and closes. Esc closes it. */
G_DECLARE_FINAL_TYPE (GscCompareDialog, gsc_compare_dialog, GSC, COMPARE_DIALOG, AdwWindow)

/* @parent: nullable. */
GscCompareDialog *
gsc_compare_dialog_new (GtkWindow *parent, GscLibrary *library, GscComparison *comparison);

/* Chooses a run, and one of "best", "last", "same" (the step nearest to A's) and "first". */
void gsc_compare_dialog_choose (GscCompareDialog *dialog, GscRun *run, const char *which);

/* What the button does. */
void gsc_compare_dialog_apply (GscCompareDialog *dialog);

G_END_DECLS
