/* gsc-export-preview.h - a figure as it will be printed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "gsc-export-source.h"

G_BEGIN_DECLS

#define GSC_TYPE_EXPORT_PREVIEW (gsc_export_preview_get_type ())

/* Draws in a thread what a file will hold, and says so while that takes long.
 *
 * Properties, notified:
 *   fit (boolean): as large as there is room for; otherwise at its true size on this screen
 * Signal "changed" (): what the functions below tell. */
G_DECLARE_FINAL_TYPE (GscExportPreview, gsc_export_preview, GSC, EXPORT_PREVIEW, GtkWidget)

GtkWidget *gsc_export_preview_new (void);

/* Shows @item (copied) soon, and nothing for NULL. */
void gsc_export_preview_show (GscExportPreview *preview,
                              GscExportSource *source,
                              const GscExportItem *item,
                              const GscFigurePaper *paper);

/* Stops what is being computed for it. */
void gsc_export_preview_stop (GscExportPreview *preview);

/* Whether what was asked for is still being made. */
gboolean gsc_export_preview_is_busy (GscExportPreview *preview);

/* The page's size in points; 0 where there is none. */
void gsc_export_preview_get_size (GscExportPreview *preview, double *width, double *height);

/* Its pixels, NULL where there is none. Borrowed; not to be changed. */
cairo_surface_t *gsc_export_preview_get_surface (GscExportPreview *preview);

/* Why there is no page, or NULL. Borrowed. */
const char *gsc_export_preview_get_message (GscExportPreview *preview);

void gsc_export_preview_set_fit (GscExportPreview *preview, gboolean fit);
gboolean gsc_export_preview_get_fit (GscExportPreview *preview);

/* Logical pixels in an inch of the screen that @widget is on: as the monitor says, 96 where it does
 * not say, or nothing that can be. */
double gsc_export_preview_get_screen_dpi (GtkWidget *widget);

G_END_DECLS
