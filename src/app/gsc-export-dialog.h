/* gsc-export-dialog.h - figures for papers and talks
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "gsc-export-form.h"
#include "gsc-export-preview.h"
#include "gsc-export-saver.h"

G_BEGIN_DECLS

#define GSC_TYPE_EXPORT_DIALOG (gsc_export_dialog_get_type ())

/* What is to be exported and how, beside the page as it will be printed (figures.md, "Export"). The
 * choices are remembered. Closes when the files are written; Esc closes it, and stops writing.
 *
 * Signal "exported" (char **paths): the files are there. */
G_DECLARE_FINAL_TYPE (GscExportDialog, gsc_export_dialog, GSC, EXPORT_DIALOG, AdwWindow)

/* @parent and @settings: nullable. */
GscExportDialog *gsc_export_dialog_new (GtkWindow *parent,
                                        GscExportSource *source,
                                        const GscExportPanels *panels,
                                        GSettings *settings);

/* Borrowed. */
GscExportForm *gsc_export_dialog_get_form (GscExportDialog *dialog);
GscExportPreview *gsc_export_dialog_get_preview (GscExportDialog *dialog);

/* What writes the files at present, or NULL. Borrowed. */
GscExportSaver *gsc_export_dialog_get_saver (GscExportDialog *dialog);

/* What went wrong, or NULL. Borrowed. */
const char *gsc_export_dialog_get_message (GscExportDialog *dialog);

/* What the button does: asks where. */
void gsc_export_dialog_export (GscExportDialog *dialog);

/* The same, but to @path: as gsc_export_saver_save_to(). */
void gsc_export_dialog_export_to (GscExportDialog *dialog, const char *path);

/* What Cancel and Esc do: stops what is being written; otherwise closes. */
void gsc_export_dialog_cancel (GscExportDialog *dialog);

G_END_DECLS
